//! What is given in an arm, epoch by epoch, and how much of the dosing prose was read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Administration, Period, Span};

/// The treatments of one arm in one epoch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Regimen {
    /// The arm's label; absent where the record has no arms or its words do not tell which arm is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arm: Option<String>,
    /// The part of the treatment (`induction`, `maintenance`, …), where the words name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// The cycle's length, where all of the rows that state one agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Period>,
    /// How many cycles, where every row states that many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycles: Option<u32>,
    /// Events that end it, every row of it alike.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub until: Vec<String>,
    /// The rows, in the order of the text; their spans name the trial's fields.
    pub administrations: Vec<Administration>,
}

/// A sentence of the record that looks like dosing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DosingSentence {
    /// Its words.
    pub span: Span,
    /// Whether rows were read from it, and nothing in it that looks like a dose was passed over.
    pub read: bool,
}

/// How much of the dosing prose was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Every sentence that looks like dosing.
    pub sentences: Vec<DosingSentence>,
}

impl Coverage {
    /// How many of the sentences were read.
    pub fn read(&self) -> usize {
        self.sentences.iter().filter(|sentence| sentence.read).count()
    }

    /// How many sentences look like dosing.
    pub fn total(&self) -> usize {
        self.sentences.len()
    }
}
