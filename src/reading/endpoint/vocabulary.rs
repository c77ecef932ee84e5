//! The endpoint reader's words: TOML tables, compiled for finding.
//!
//! What the words mean for a measure as a whole is [`super::kind`]'s.

use serde::Deserialize;

use crate::reading::phrases::{Dictionary, PhraseSet};

/// The tables that come with the program. Where two know the same phrase, the first one's meaning holds.
const TABLES: &[(&str, &str)] = &[
    ("measure.toml", include_str!("../../../assets/vocabulary/endpoints/measure.toml")),
    ("events.toml", include_str!("../../../assets/vocabulary/endpoints/events.toml")),
    ("responses.toml", include_str!("../../../assets/vocabulary/endpoints/responses.toml")),
    ("safety.toml", include_str!("../../../assets/vocabulary/endpoints/safety.toml")),
    ("drug.toml", include_str!("../../../assets/vocabulary/endpoints/drug.toml")),
    ("life.toml", include_str!("../../../assets/vocabulary/endpoints/life.toml")),
    ("function.toml", include_str!("../../../assets/vocabulary/endpoints/function.toml")),
    ("bodily.toml", include_str!("../../../assets/vocabulary/endpoints/bodily.toml")),
    ("laboratory.toml", include_str!("../../../assets/vocabulary/endpoints/laboratory.toml")),
    ("imaging.toml", include_str!("../../../assets/vocabulary/endpoints/imaging.toml")),
    ("services.toml", include_str!("../../../assets/vocabulary/endpoints/services.toml")),
    ("disease.toml", include_str!("../../../assets/vocabulary/endpoints/disease.toml")),
    ("fields.toml", include_str!("../../../assets/vocabulary/endpoints/fields.toml")),
    ("course.toml", include_str!("../../../assets/vocabulary/endpoints/course.toml")),
    ("composite.toml", include_str!("../../../assets/vocabulary/endpoints/composite.toml")),
    ("remedies.toml", include_str!("../../../assets/vocabulary/endpoints/remedies.toml")),
    ("conduct.toml", include_str!("../../../assets/vocabulary/endpoints/conduct.toml")),
    ("instruments.toml", include_str!("../../../assets/vocabulary/endpoints/instruments.toml")),
    ("analytes.toml", include_str!("../../../assets/vocabulary/endpoints/analytes.toml")),
    ("ratings.toml", include_str!("../../../assets/vocabulary/endpoints/ratings.toml")),
    ("care.toml", include_str!("../../../assets/vocabulary/endpoints/care.toml")),
    ("standards.toml", include_str!("../../../assets/vocabulary/standards.toml")),
];

/// Why a vocabulary file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {source}")]
pub struct VocabularyError {
    /// The file as it was named.
    pub file: String,
    /// What is wrong with it, and where.
    pub source: Box<toml::de::Error>,
}

/// All words of the endpoint reader.
#[derive(Clone, Debug, Default)]
pub struct EndpointVocabulary {
    /// The words of all sets.
    pub(super) dictionary: Dictionary,
    pub(super) kinds: PhraseSet,
    /// What a payload of `kinds` stands for.
    pub(super) ranked: Vec<Ranked>,
    pub(super) relation: PhraseSet,
    pub(super) population: PhraseSet,
    pub(super) scale: PhraseSet,
    pub(super) counted: PhraseSet,
    pub(super) rated: PhraseSet,
    pub(super) effect: PhraseSet,
    pub(super) occurrence: PhraseSet,
    pub(super) organ: PhraseSet,
    pub(super) share: PhraseSet,
    pub(super) mark: PhraseSet,
    pub(super) quantity: PhraseSet,
    pub(super) tumor: PhraseSet,
    pub(super) benign: PhraseSet,
    pub(super) prediction: PhraseSet,
    pub(super) domains: PhraseSet,
    /// How the names of drugs end.
    pub(super) stems: Vec<String>,
    /// What is taken of the body to find a drug in.
    pub(super) fluids: Vec<String>,
    /// What is carried by drugs and written like the symbol of a protein.
    pub(super) payloads: Vec<String>,
    pub(super) standards: PhraseSet,
    pub(super) named: Vec<Standard>,
    pub(super) assessors: PhraseSet,
    pub(super) assessor_names: Vec<String>,
}

/// A kind and how surely its words name it.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    /// Empty for words that name nothing.
    pub kind: String,
    /// From 1 to 100.
    pub rank: i32,
}

/// A standard and how its version is read.
#[derive(Clone, Debug)]
pub(super) struct Standard {
    pub name: String,
    pub version: Version,
}

/// How a standard's version stands behind its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Version {
    /// It has none.
    #[default]
    None,
    /// `1.1`, `v5.0`, `version 4.03`.
    Number,
    /// A year: `2014`.
    Year,
    /// A number that is written with the name: `PCWG3`.
    Joined,
    /// A questionnaire's module: `QLQ-C30`, `FACT-G`.
    Module,
    /// A module in words: `Cancer Therapy - General`.
    Named,
    /// How many levels an answer has: `EQ-5D-5L`.
    Levels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    phrases: Vec<PhraseGroup>,
    #[serde(default)]
    standard: Vec<StandardGroup>,
    #[serde(default)]
    assessor: Vec<AssessorGroup>,
    #[serde(default)]
    relation: WordList,
    #[serde(default)]
    population: WordList,
    #[serde(default)]
    scale: WordList,
    #[serde(default)]
    counted: WordList,
    #[serde(default)]
    rated: WordList,
    #[serde(default)]
    effect: WordList,
    #[serde(default)]
    occurrence: WordList,
    #[serde(default)]
    organ: WordList,
    #[serde(default)]
    tumor: WordList,
    #[serde(default)]
    benign: WordList,
    #[serde(default)]
    prediction: WordList,
    #[serde(default)]
    domains: WordList,
    #[serde(default)]
    responder: Responder,
    #[serde(default)]
    drug: Drug,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseGroup {
    kind: String,
    rank: i32,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardGroup {
    name: String,
    #[serde(default)]
    version: Version,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessorGroup {
    who: String,
    words: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordList {
    #[serde(default)]
    words: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Responder {
    #[serde(default)]
    who: Vec<String>,
    #[serde(default)]
    mark: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drug {
    #[serde(default)]
    quantity: Vec<String>,
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    fluids: Vec<String>,
    #[serde(default)]
    payloads: Vec<String>,
}

impl EndpointVocabulary {
    /// The vocabulary that comes with the program.
    ///
    /// # Errors
    /// Never in a released program: a test compiles it.
    pub fn embedded() -> Result<Self, VocabularyError> {
        let mut vocabulary = Self::default();
        vocabulary.add_built_in()?;
        Ok(vocabulary)
    }

    /// This vocabulary with a user's file before it: where both know a phrase, the file's meaning holds.
    ///
    /// # Errors
    /// When `toml` is not a vocabulary file; `file` names it in the message.
    pub fn extended(file: &str, toml: &str) -> Result<Self, VocabularyError> {
        let mut vocabulary = Self::default();
        vocabulary.add(file, toml)?;
        vocabulary.add_built_in()?;
        Ok(vocabulary)
    }

    fn add_built_in(&mut self) -> Result<(), VocabularyError> {
        TABLES.iter().try_for_each(|(name, toml)| self.add(name, toml))
    }

    fn add(&mut self, name: &str, toml: &str) -> Result<(), VocabularyError> {
        let file: File = toml::from_str(toml)
            .map_err(|source| VocabularyError { file: name.to_owned(), source: Box::new(source) })?;
        for group in file.phrases {
            add_all(&mut self.dictionary, &mut self.kinds, &group.words, self.ranked.len());
            self.ranked.push(Ranked { kind: group.kind, rank: group.rank });
        }
        for group in file.standard {
            add_all(&mut self.dictionary, &mut self.standards, &group.words, self.named.len());
            self.named.push(Standard { name: group.name, version: group.version });
        }
        for group in file.assessor {
            add_all(&mut self.dictionary, &mut self.assessors, &group.words, self.assessor_names.len());
            self.assessor_names.push(group.who);
        }
        add_all(&mut self.dictionary, &mut self.relation, &file.relation.words, 0);
        add_all(&mut self.dictionary, &mut self.population, &file.population.words, 0);
        add_all(&mut self.dictionary, &mut self.scale, &file.scale.words, 0);
        add_all(&mut self.dictionary, &mut self.counted, &file.counted.words, 0);
        add_all(&mut self.dictionary, &mut self.rated, &file.rated.words, 0);
        add_all(&mut self.dictionary, &mut self.effect, &file.effect.words, 0);
        add_all(&mut self.dictionary, &mut self.occurrence, &file.occurrence.words, 0);
        add_all(&mut self.dictionary, &mut self.organ, &file.organ.words, 0);
        add_all(&mut self.dictionary, &mut self.share, &file.responder.who, 0);
        add_all(&mut self.dictionary, &mut self.mark, &file.responder.mark, 0);
        add_all(&mut self.dictionary, &mut self.tumor, &file.tumor.words, 0);
        add_all(&mut self.dictionary, &mut self.benign, &file.benign.words, 0);
        add_all(&mut self.dictionary, &mut self.prediction, &file.prediction.words, 0);
        add_all(&mut self.dictionary, &mut self.domains, &file.domains.words, 0);
        add_all(&mut self.dictionary, &mut self.quantity, &file.drug.quantity, 0);
        self.stems.extend(file.drug.stems);
        self.fluids.extend(file.drug.fluids);
        self.payloads.extend(file.drug.payloads);
        Ok(())
    }
}

fn add_all(dictionary: &mut Dictionary, phrases: &mut PhraseSet, words: &[String], payload: usize) {
    for words in words {
        phrases.add(dictionary, words, payload);
    }
}
