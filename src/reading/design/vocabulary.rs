//! The words of study design, compiled for looking up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::reading::lexicon::Lexicon;

/// The words of study design. Names are indices into `names`.
#[derive(Debug, Default)]
pub struct Vocabulary {
    names: Vec<String>,
    /// Rules of dose escalation.
    pub escalation_method: Lexicon<usize>,
    /// Words that say that doses are escalated.
    pub escalation_mention: Lexicon<usize>,
    /// Dose-limiting toxicity.
    pub toxicity: Lexicon<usize>,
    /// Words between it and the time for which it is watched.
    pub window: Lexicon<usize>,
    /// Words of allocation.
    pub random: Lexicon<usize>,
    /// Ways of allocation.
    pub randomisation_method: Lexicon<usize>,
    /// Parts of a study.
    pub stage: Lexicon<usize>,
    /// Those who take part.
    pub people: Lexicon<usize>,
    /// Words of planning and taking in.
    pub planned: Lexicon<usize>,
    /// Words that speak of something else than the plan.
    pub not_planned: Lexicon<usize>,
    /// Words of follow-up.
    pub follow_up: Lexicon<usize>,
    /// Words that end the search for the people a number counts.
    pub not_people: Lexicon<usize>,
    /// Words that keep a number from counting cohorts.
    pub not_cohorts: Lexicon<usize>,
    /// Words that make "follow-up" a day of it.
    pub follow_up_day: Lexicon<usize>,
    /// Words between "follow-up" and its length.
    pub follow_up_joins: Lexicon<usize>,
    /// Words that make a time a point instead of a length.
    pub when: Lexicon<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    escalation_method: Table,
    escalation_mention: Table,
    toxicity: Table,
    window: Table,
    random: Table,
    randomisation_method: Table,
    stage: Table,
    people: Table,
    planned: Table,
    not_planned: Table,
    follow_up: Table,
    not_people: Table,
    not_cohorts: Table,
    follow_up_day: Table,
    follow_up_joins: Table,
    when: Table,
}

type Table = BTreeMap<String, Vec<String>>;

/// The vocabulary that is built in.
static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(|| {
    Vocabulary::parse(include_str!("../../../assets/vocabulary/design.toml")).unwrap_or_default()
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
        let mut names = Vec::new();
        Ok(Self {
            escalation_method: lexicon(&file.escalation_method, &mut names),
            escalation_mention: lexicon(&file.escalation_mention, &mut names),
            toxicity: lexicon(&file.toxicity, &mut names),
            window: lexicon(&file.window, &mut names),
            random: lexicon(&file.random, &mut names),
            randomisation_method: lexicon(&file.randomisation_method, &mut names),
            stage: lexicon(&file.stage, &mut names),
            people: lexicon(&file.people, &mut names),
            planned: lexicon(&file.planned, &mut names),
            not_planned: lexicon(&file.not_planned, &mut names),
            follow_up: lexicon(&file.follow_up, &mut names),
            not_people: lexicon(&file.not_people, &mut names),
            not_cohorts: lexicon(&file.not_cohorts, &mut names),
            follow_up_day: lexicon(&file.follow_up_day, &mut names),
            follow_up_joins: lexicon(&file.follow_up_joins, &mut names),
            when: lexicon(&file.when, &mut names),
            names,
        })
    }

    /// The name that is shown.
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }
}

fn lexicon(table: &Table, names: &mut Vec<String>) -> Lexicon<usize> {
    let mut lexicon = Lexicon::default();
    for (name, phrases) in table {
        phrases.iter().for_each(|phrase| lexicon.add(phrase, names.len()));
        names.push(name.clone());
    }
    lexicon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_vocabulary_compiles() {
        let file = include_str!("../../../assets/vocabulary/design.toml");
        assert!(Vocabulary::parse(file).is_ok_and(|vocabulary| !vocabulary.stage.is_empty()));
    }
}
