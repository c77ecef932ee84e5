//! What a second reader has said about a row that was read: that it is right, wrong, or what it should be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// The kinds of rows that a second reader judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// What is given, how much, how often.
    Dosing,
    /// What is examined and when.
    Assessment,
    /// What an outcome measures.
    Kind,
    /// When an outcome is measured.
    TimeFrame,
    /// A limit of the criteria.
    Limit,
}

impl RowKind {
    /// What people call such a row.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dosing => "dosing",
            Self::Assessment => "examination",
            Self::Kind => "kind",
            Self::TimeFrame => "time frame",
            Self::Limit => "limit",
        }
    }
}

/// What the second reader says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// The row is right.
    Accepted,
    /// The row is wrong, and nothing stands in its place.
    Rejected,
    /// The row is wrong; these words, read by the same reader, are right.
    Corrected(String),
}

impl Verdict {
    /// The verdict in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Corrected(_) => "corrected",
        }
    }
}

/// A verdict on one row, with all that finds the row again: it holds for this text and this reading alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The record's id.
    pub trial: String,
    /// What kind of row.
    pub row: RowKind,
    /// The words it was read from.
    pub span: Span,
    /// SHA-256 of the whole text of the span's field, in hexadecimal.
    pub text: String,
    /// The row as it was read, without its places.
    pub read: serde_json::Value,
    /// What is said about it.
    pub verdict: Verdict,
    /// The second reader's initials.
    pub by: String,
    /// When, in UTC (`2026-11-21T14:05:00Z`).
    pub at: String,
}

impl Review {
    /// Whether both are about the same row of the same text.
    pub fn is_of_same_row(&self, other: &Self) -> bool {
        (&self.trial, self.row, &self.span, &self.text, &self.read)
            == (&other.trial, other.row, &other.span, &other.text, &other.read)
    }
}
