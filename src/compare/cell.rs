//! One trial's say in one row.

use serde::Serialize;

use super::relation::{Relation, relation};
use super::statement::Statement;
use crate::protocol::{Number, Span, display};

/// Whether a cell has something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The record states it, and it was read.
    Stated,
    /// The record does not state it.
    NotStated,
    /// The record has words on it that could not be read: they are the cell's text.
    NotRead,
}

/// What a cell stands out for, besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// The strictest limit of the row.
    Strictest,
    /// A primary endpoint.
    Primary,
}

/// One trial's say in one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What is shown.
    pub text: String,
    /// The number it comes down to, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Number>,
    /// The row's canonical unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Stated, not stated, not read.
    pub state: State,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What it stands out for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// What it demands, to be weighed against the other cells of its row.
    #[serde(skip)]
    pub statement: Option<Box<Statement>>,
}

impl Cell {
    /// A stated text, its escapes resolved; not stated when it is empty.
    pub fn stated(text: impl AsRef<str>) -> Self {
        let text = display::prose(text.as_ref()).into_text().into_owned();
        let state = if text.is_empty() { State::NotStated } else { State::Stated };
        Self { text, value: None, unit: None, state, span: None, mark: None, statement: None }
    }

    /// Nothing stated.
    pub fn not_stated() -> Self {
        Self::stated("")
    }

    /// Words that could not be read.
    pub fn not_read(words: impl AsRef<str>) -> Self {
        Self { state: State::NotRead, ..Self::stated(words) }
    }

    /// With the number it comes down to.
    pub fn with_value(mut self, value: f64, unit: impl Into<String>) -> Self {
        self.value = Some(Number(value));
        self.unit = Some(unit.into());
        self
    }

    /// With the words it was read from.
    pub fn at(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }

    /// With a mark.
    pub fn marked(mut self, mark: Option<Mark>) -> Self {
        self.mark = mark;
        self
    }
}

/// How `other` stands to `base`; none where that cannot be told or one of them says nothing.
pub fn related(base: &Cell, other: &Cell) -> Option<Relation> {
    if base.state != State::Stated || other.state != State::Stated {
        return None;
    }
    match (&base.statement, &other.statement) {
        (Some(one), Some(two)) => relation(one, two),
        (None, None) if same(base, other) => Some(Relation::Same),
        _ => None,
    }
}

/// How far two values may be apart and still be the same: conversion between units rounds.
const ROUNDING: f64 = 0.005;

/// Whether any two cells say different things. What was not read says nothing.
pub fn differ(cells: &[Cell]) -> bool {
    let mut read = cells.iter().filter(|cell| cell.state != State::NotRead);
    let Some(first) = read.next() else { return false };
    read.any(|cell| !same(first, cell))
}

/// Whether two cells that were read say the same.
pub fn same(one: &Cell, other: &Cell) -> bool {
    if one.state != other.state {
        return false;
    }
    if let (Some(a), Some(b)) = (&one.statement, &other.statement) {
        return relation(a, b) == Some(Relation::Same);
    }
    match (one.value, other.value) {
        (Some(a), Some(b)) if one.unit == other.unit => {
            (a.0 - b.0).abs() <= a.0.abs().max(b.0.abs()) * ROUNDING
        }
        _ => folded(&one.text) == folded(&other.text),
    }
}

/// A text without case and with single blanks.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
