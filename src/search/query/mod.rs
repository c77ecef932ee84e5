//! The query language: one for the bar, the finder and `trialdeck search`.
//!
//! Text in, a [`Query`] and its problems out. What a query means for a trial is for the index and the typed limits;
//! which words exist is for the dictionary. A faulty part is reported with its place and left out: what is right
//! is still searched.

mod field;
mod parse;
mod value;

pub use field::{FIELDS, Field, FieldKind};
pub use parse::parse;
pub use value::{Comparator, Operand};

use std::ops::Range;

/// A parsed query: every clause must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// All of these must hold.
    pub clauses: Vec<Clause>,
    /// What could not be understood, in the order of the text.
    pub problems: Vec<Problem>,
}

impl Query {
    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// One condition on a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The condition must not hold.
    pub negated: bool,
    /// At least one of these must hold (`OR` binds its neighbours).
    pub any: Vec<Atom>,
}

/// The smallest condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// What is asked.
    pub test: Test,
    /// Where in the query it stands.
    pub span: Range<usize>,
}

/// What an [`Atom`] asks of a trial.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// These words, next to each other when it is a phrase.
    Text {
        /// Only in this field; anywhere when `None`.
        field: Option<Field>,
        /// The words as typed.
        text: String,
        /// An exact phrase in quotes.
        phrase: bool,
        /// The word may be unfinished: it is the last one of the query and no blank follows.
        prefix: bool,
    },
    /// A comparison of a field of the record (`enrolment>100`).
    Compare {
        /// The field.
        field: Field,
        /// How.
        comparator: Comparator,
        /// With what.
        operand: Operand,
    },
    /// A typed limit of the criteria (`ecog<=1`, `anc>=1.5`).
    Limit {
        /// The variable's name in the vocabulary.
        variable: String,
        /// How.
        comparator: Comparator,
        /// The number.
        value: f64,
        /// The unit as typed; the variable's canonical one when none is.
        unit: Option<String>,
    },
    /// The trial states no limit on this variable (`ecog:none`).
    Unlimited {
        /// The variable's name in the vocabulary.
        variable: String,
    },
}

/// Something in the query that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the query.
    pub span: Range<usize>,
    /// What is wrong and what would be right.
    pub message: String,
}

#[cfg(test)]
mod tests;
