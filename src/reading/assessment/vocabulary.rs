//! The names of examinations, compiled for looking up.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::protocol::AssessmentKind;
use crate::reading::lexicon::Lexicon;

/// The names of examinations and the words around them.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Names that stand in prose.
    pub text: Lexicon<AssessmentKind>,
    /// Names and words that tell what an outcome measures; those of `text` too.
    pub measure: Lexicon<AssessmentKind>,
    /// Words behind which a sentence speaks of what is given.
    pub stops: Lexicon<()>,
    /// Words before a name that make it none of the schedule.
    pub not_planned: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    imaging: Names,
    laboratory: Names,
    questionnaire: Names,
    biopsy: Names,
    examination: Names,
    follow_up: Names,
    stops: Words,
    not_planned: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    text: Vec<String>,
    measure: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// The vocabulary that is built in.
static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(|| {
    Vocabulary::parse(include_str!("../../../assets/vocabulary/assessments.toml")).unwrap_or_default()
});

impl Vocabulary {
    /// The vocabulary that is built in.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Compiles a vocabulary file.
    ///
    /// # Errors
    /// What is wrong in the file, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut new = Self::default();
        for (kind, names) in [
            (AssessmentKind::Imaging, &file.imaging),
            (AssessmentKind::Laboratory, &file.laboratory),
            (AssessmentKind::Questionnaire, &file.questionnaire),
            (AssessmentKind::Biopsy, &file.biopsy),
            (AssessmentKind::Examination, &file.examination),
            (AssessmentKind::FollowUp, &file.follow_up),
        ] {
            names.text.iter().for_each(|name| new.text.add(name, kind));
            names.text.iter().chain(&names.measure).for_each(|name| new.measure.add(name, kind));
        }
        file.stops.words.iter().for_each(|word| new.stops.add(word, ()));
        new.not_planned = file.not_planned.words.into_iter().collect();
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_vocabulary_compiles() {
        let file = include_str!("../../../assets/vocabulary/assessments.toml");
        assert!(Vocabulary::parse(file).is_ok_and(|vocabulary| !vocabulary.text.is_empty()));
    }
}
