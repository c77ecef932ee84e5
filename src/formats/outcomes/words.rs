//! The words that the signs ask about, from `assets/vocabulary/outcome_words.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// Groups of words, all in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// Units of time, short and long.
    units: HashSet<String>,
    /// Numbers in words.
    numbers: HashSet<String>,
    /// Other words that time frames are made of.
    time: HashSet<String>,
    /// Verbs that make a sentence.
    verbs: HashSet<String>,
    /// Short forms whose point or comma ends nothing (`i.e.`).
    abbreviations: Vec<String>,
}

/// The embedded vocabulary; empty if it does not parse, which a test rules out.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

pub(super) const SOURCE: &str = include_str!("../../../assets/vocabulary/outcome_words.toml");

impl Words {
    /// A unit of time.
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }

    /// A number in words.
    pub fn is_number(&self, word: &str) -> bool {
        self.numbers.contains(word)
    }

    /// A word that time frames are made of.
    pub fn is_time(&self, word: &str) -> bool {
        self.is_unit(word) || self.is_number(word) || self.time.contains(word)
    }

    /// A verb that makes a sentence.
    pub fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word)
    }

    /// Whether a text (in lower case) ends in a short form that goes on.
    pub fn ends_in_abbreviation(&self, text: &str) -> bool {
        self.abbreviations.iter().any(|short| {
            text.strip_suffix(short.as_str())
                .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
        })
    }
}
