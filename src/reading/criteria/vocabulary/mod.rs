//! The limit reader's vocabulary: variables, units and the words around them, from TOML.
//!
//! The built-in tables are in `assets/vocabulary`; a user's file of the same form adds variables, units and words.

mod classes;
mod trie;

use std::sync::LazyLock;

use serde::Deserialize;
use toml::{Table, Value};

use crate::reading::hash::WordMap;
use crate::reading::numbers::CARDINALS;

pub use classes::{Class, Lists};
pub use trie::{Mark, Trie};

use classes::LISTS;

/// What a variable's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariableKind {
    /// A length of time.
    Time,
    /// A score: whole numbers without a unit.
    Score,
    /// A class: a letter or Roman number.
    Class,
    /// Anything measured.
    Measure,
}

/// A variable of the patient's that limits are set on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Its key in facts and queries.
    pub name: String,
    /// What people read.
    #[serde(default)]
    pub label: String,
    /// What its value is.
    #[serde(default = "measure")]
    pub kind: VariableKind,
    /// Dimensions its values may have.
    #[serde(default)]
    pub units: Vec<String>,
    /// Those that its values are written in: the same, but that cells are also written `G/L`.
    #[serde(skip)]
    pub dimensions: Vec<String>,
    /// The unit it is shown and compared in; empty for none.
    #[serde(default)]
    pub canonical: String,
    /// The unit meant where the text names none.
    #[serde(default)]
    pub default: Option<String>,
    /// What a limit can be, in the canonical unit.
    #[serde(default)]
    pub range: Option<(f64, f64)>,
    /// Base units of mass (mg/dL) in one mmol/L.
    #[serde(default)]
    pub molar: Option<f64>,
    /// Charges of the ion: mEq in one mmol.
    #[serde(default)]
    pub valence: Option<f64>,
    /// Letters a class may have.
    #[serde(default)]
    pub letters: Option<String>,
    /// Whether a smaller value is the better one.
    #[serde(default)]
    pub low_is_better: bool,
    /// Whether only values above the normal range matter: "within the normal range" is "≤ 1 ULN".
    #[serde(default)]
    pub normal_from_below: bool,
    /// Whether a number without a unit is read.
    #[serde(default)]
    pub bare: bool,
    /// Beyond the command line's agreed list: `trialdeck read` prints its limits apart, as `other_facts`.
    #[serde(default)]
    pub beyond: bool,
    /// Which variable it is, told by the value (a "performance status" of 1 or of 80).
    #[serde(default)]
    pub by_value: Vec<ByValue>,
    /// Its synonyms.
    pub words: Vec<String>,
}

/// The variable that values up to a bound belong to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByValue {
    /// The variable's name.
    pub name: String,
    /// The largest value.
    pub up_to: f64,
}

fn measure() -> VariableKind {
    VariableKind::Measure
}

/// A unit of measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// As it is printed.
    pub name: String,
    /// What it measures.
    pub dimension: String,
    /// Base units in one of it.
    pub factor: f64,
    /// Added before the factor is applied (°F).
    #[serde(default)]
    pub offset: f64,
    /// How it is written.
    pub words: Vec<String>,
}

/// Why a vocabulary file cannot be used: the file, the place and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct VocabularyError {
    /// Which file.
    pub file: String,
    /// What is wrong, where, and what would be right.
    pub problem: String,
}

/// All the words the limit reader knows.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    variables: Vec<Variable>,
    units: Vec<Unit>,
    /// Where each variable and each unit stands, by its name.
    variable_names: WordMap<usize>,
    unit_names: WordMap<usize>,
    trie: Trie,
}

static EMBEDDED: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    CARDINALS.iter().for_each(|(word, _)| vocabulary.trie.insert_number(word));
    for (file, text) in FILES {
        // A test reads every embedded file, so a fault here cannot leave the workshop.
        let _ = vocabulary.add(file, text);
    }
    vocabulary
});

/// The built-in tables, in the order they are read.
const FILES: &[(&str, &str)] = &[
    ("assets/vocabulary/limit_units.toml", include_str!("../../../../assets/vocabulary/limit_units.toml")),
    (
        "assets/vocabulary/limit_variables.toml",
        include_str!("../../../../assets/vocabulary/limit_variables.toml"),
    ),
    ("assets/vocabulary/limit_words.toml", include_str!("../../../../assets/vocabulary/limit_words.toml")),
];

impl Vocabulary {
    /// The built-in vocabulary.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// This vocabulary and the variables, units and words of one more file. A variable or unit of a known name
    /// gets further words; one of a new name is added.
    ///
    /// # Errors
    /// When the text is no TOML, or names a list or a dimension that does not exist.
    pub fn extended(&self, file: &str, text: &str) -> Result<Self, VocabularyError> {
        let mut vocabulary = self.clone();
        vocabulary.add(file, text)?;
        Ok(vocabulary)
    }

    /// Every variable.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The variable of a name.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.get(*self.variable_names.get(name)?)
    }

    /// The variable at an index out of a mark.
    pub fn variable_at(&self, index: u16) -> Option<&Variable> {
        self.variables.get(usize::from(index))
    }

    /// The index of the variable of a name.
    pub fn index_of(&self, name: &str) -> Option<u16> {
        self.variable_names.get(name).and_then(|index| u16::try_from(*index).ok())
    }

    /// The unit of a printed name.
    pub fn unit(&self, name: &str) -> Option<&Unit> {
        self.units.get(*self.unit_names.get(name)?)
    }

    /// The unit at an index out of a mark.
    pub fn unit_at(&self, index: u16) -> Option<&Unit> {
        self.units.get(usize::from(index))
    }

    /// The units of some dimensions, in the vocabulary's order.
    pub fn units_of<'v, 'd>(
        &'v self,
        dimensions: &'d [&'d str],
    ) -> impl Iterator<Item = &'v Unit> + use<'v, 'd> {
        self.units.iter().filter(|unit| dimensions.contains(&unit.dimension.as_str()))
    }

    /// The phrases.
    pub fn trie(&self) -> &Trie {
        &self.trie
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), VocabularyError> {
        let fail = |problem: String| VocabularyError { file: file.to_owned(), problem };
        let table: Table = toml::from_str(text).map_err(|e| fail(e.to_string()))?;
        for (key, value) in table {
            match key.as_str() {
                "unit" => {
                    let units: Vec<Unit> = value.try_into().map_err(|e| fail(format!("[[unit]]: {e}")))?;
                    units.into_iter().for_each(|unit| self.add_unit(unit));
                }
                "variable" => {
                    let variables: Vec<Variable> =
                        value.try_into().map_err(|e| fail(format!("[[variable]]: {e}")))?;
                    variables.into_iter().for_each(|variable| self.add_variable(variable));
                }
                _ => self.add_lists(&key, value).map_err(fail)?,
            }
        }
        Ok(())
    }

    fn add_unit(&mut self, unit: Unit) {
        let next = self.units.len();
        let index = *self.unit_names.entry(unit.name.as_str().into()).or_insert(next);
        if index == next {
            self.units.push(unit.clone());
        }
        self.add_words(&unit.words, Class::Unit, index);
    }

    fn add_variable(&mut self, mut variable: Variable) {
        variable.dimensions.clone_from(&variable.units);
        if variable.units.iter().any(|dimension| dimension == "cells") {
            variable.dimensions.push("mass".to_owned());
        }
        let next = self.variables.len();
        let index = *self.variable_names.entry(variable.name.as_str().into()).or_insert(next);
        if index == next {
            self.variables.push(variable.clone());
        }
        self.add_words(&variable.words, Class::Variable, index);
    }

    fn add_words(&mut self, words: &[String], class: Class, payload: usize) {
        for word in words {
            self.trie.insert(word, class, u16::try_from(payload).unwrap_or(u16::MAX));
        }
    }

    fn add_lists(&mut self, table: &str, value: Value) -> Result<(), String> {
        let Value::Table(lists) = value else { return Err(format!("{table} is no table of word lists")) };
        for (key, value) in lists {
            if table == "multiples" && key == "twice" {
                self.add_multiples(value)?;
                continue;
            }
            let known = LISTS.iter().find(|(t, k, _)| *t == table && *k == key);
            let Some((_, _, class)) = known else {
                return Err(format!(
                    "[{table}] {key}: there is no such list; see assets/vocabulary/limit_words.toml"
                ));
            };
            let words: Vec<String> =
                value.try_into().map_err(|e| format!("[{table}] {key}: a list of phrases is needed: {e}"))?;
            self.add_words(&words, *class, 0);
        }
        Ok(())
    }

    /// "twice" and its like, each with its factor.
    fn add_multiples(&mut self, value: Value) -> Result<(), String> {
        let pairs: Vec<(String, f64)> = value
            .try_into()
            .map_err(|e| format!("[multiples] twice: pairs of a word and a number are needed: {e}"))?;
        for (word, factor) in pairs {
            self.trie.insert(&word, Class::Twice, (factor * 10.0) as u16);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_read() {
        let mut vocabulary = Vocabulary::default();
        for (file, text) in FILES {
            vocabulary.add(file, text).expect("a sound file");
        }
        assert!(vocabulary.variable("anc").is_some());
        assert!(vocabulary.unit("10^9/L").is_some());
    }

    #[test]
    fn dimensions_and_canonical_units_exist() {
        let vocabulary = Vocabulary::embedded();
        for variable in vocabulary.variables() {
            if !variable.canonical.is_empty() {
                let unit = vocabulary.unit(&variable.canonical).expect("a canonical unit that exists");
                assert!(variable.units.contains(&unit.dimension), "{}", variable.name);
            }
        }
    }

    #[test]
    fn a_users_file_adds_words_variables_and_units() {
        let extended = Vocabulary::embedded()
            .extended(
                "mine.toml",
                "[[variable]]\nname = \"anc\"\nwords = [\"segs\"]\n[comparators]\nge = [\"upwards of\"]",
            )
            .expect("a sound file");
        assert_eq!(extended.variables().len(), Vocabulary::embedded().variables().len());
        let error =
            Vocabulary::embedded().extended("mine.toml", "[comparators]\nabout = [\"circa\"]").unwrap_err();
        assert!(error.to_string().contains("mine.toml: [comparators] about"), "{error}");
    }
}
