//! Trials side by side, aligned by meaning: what is the same, what differs, what only one of them says.
//!
//! Pure: takes trials with their readings and gives rows of cells. Drawing and printing are for others. What a
//! record does not state and what could not be read are told apart in every cell.

mod arms;
mod cell;
mod changes;
mod design;
mod eligibility;
mod endpoints;
mod relation;
pub mod schedule;
mod similar;
mod statement;

use clap::ValueEnum;
use serde::Serialize;

pub use cell::{Cell, Mark, State, related, same};
pub use changes::{are_versions, changes};
pub use relation::{Relation, relation};
pub use statement::Statement;

use crate::protocol::{Readings, Trial, display};

/// A trial and what was read from it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'t> {
    /// The record.
    pub trial: &'t Trial,
    /// Its readings.
    pub readings: &'t Readings,
}

/// Trials side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The trials' ids, one a column.
    pub trials: Vec<String>,
    /// The sections, in reading order.
    pub sections: Vec<ComparedSection>,
    /// Of versions of one record: what has changed, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    /// The first weeks of every trial on one axis, where the schedule is compared.
    #[serde(skip)]
    pub overlay: Vec<schedule::Lane>,
}

/// What a section compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum SectionName {
    /// Design, status, dates, sponsor.
    Design,
    /// Arms and what is given in them.
    Arms,
    /// Cycles, assessments and visits.
    Schedule,
    /// What is measured.
    Endpoints,
    /// Who may enter.
    Eligibility,
}

/// Every section, in reading order.
pub const SECTIONS: [SectionName; 5] = [
    SectionName::Design,
    SectionName::Arms,
    SectionName::Schedule,
    SectionName::Endpoints,
    SectionName::Eligibility,
];

impl SectionName {
    /// The name as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Design => "Design and status",
            Self::Arms => "Arms and treatments",
            Self::Schedule => "Schedule",
            Self::Endpoints => "Endpoints",
            Self::Eligibility => "Eligibility",
        }
    }

    /// The name in a few letters, where there is no room.
    pub fn short(self) -> &'static str {
        match self {
            Self::Design => "Design",
            Self::Arms => "Arms",
            Self::Schedule => "Sched",
            Self::Endpoints => "Ends",
            Self::Eligibility => "Elig",
        }
    }
}

/// One section's rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedSection {
    /// Which section.
    pub name: SectionName,
    /// The rows, aligned over all trials.
    pub rows: Vec<Row>,
}

/// One aligned row: a cell for each trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What it belongs to inside its section; empty where the section has no parts.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub group: &'static str,
    /// What is compared.
    pub label: String,
    /// Whether any two cells that were read say different things.
    pub differs: bool,
    /// One a trial, in the order of the columns.
    pub cells: Vec<Cell>,
}

impl Row {
    /// A row whose cells decide whether it differs.
    pub fn new(label: impl AsRef<str>, cells: Vec<Cell>) -> Self {
        Self {
            group: "",
            label: display::line(label.as_ref()).into_text().into_owned(),
            differs: cell::differ(&cells),
            cells,
        }
    }

    /// The row as part of a group.
    #[must_use]
    pub fn grouped(self, group: &'static str) -> Self {
        Self { group, ..self }
    }
}

/// Compares the chosen sections of trials. Linear in the trials' texts, quadratic in their unaligned rows.
pub fn compare(sides: &[Side<'_>], sections: &[SectionName]) -> Comparison {
    let rows = |name: SectionName| match name {
        SectionName::Design => design::rows(sides),
        SectionName::Endpoints => endpoints::rows(sides),
        SectionName::Arms => arms::rows(sides),
        SectionName::Schedule => schedule::rows(sides),
        SectionName::Eligibility => eligibility::rows(sides),
    };
    let sections: Vec<ComparedSection> =
        sections.iter().map(|name| ComparedSection { name: *name, rows: rows(*name) }).collect();
    let trials = sides.iter().map(|side| side.trial.id.clone()).collect();
    let drawn = sections.iter().any(|section| section.name == SectionName::Schedule);
    let overlay = if drawn { schedule::overlay(sides) } else { Vec::new() };
    Comparison { trials, sections, changes: Vec::new(), overlay }
}

#[cfg(test)]
mod relation_tests;
#[cfg(test)]
mod tests;
