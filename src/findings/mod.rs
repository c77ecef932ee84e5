//! What a careful reader would query in a record: one rule a fault, each finding with the words it is about.
//!
//! A pure room: a trial and its readings in, findings out. The rules know kinds of faults, never a trial, and stay silent
//! where they are not sure. How findings are printed is [`crate::output`]'s.

mod arms;
mod dates;
mod design;
mod distance;
mod limits;
mod names;
mod outcomes;
mod population;
mod prose;
mod subject;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::LazyLock;

use serde::Serialize;

use crate::protocol::{Readings, Span, Trial};

use subject::Subject;
use vocabulary::Vocabulary;

/// The embedded vocabulary, compiled once. Should it not compile (a test sees to it that it does), its rules find nothing.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::embedded().unwrap_or_default());

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Untidy: a slip that misleads nobody.
    Note,
    /// Two places disagree, or something is missing.
    Warning,
    /// The record contradicts itself in what a patient or a result depends on.
    Error,
}

impl Severity {
    /// Its name as printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A fault of a kind that records have.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, kept from version to version: `survival-by-response-criteria`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it looks for, in a few words.
    pub title: &'static str,
    /// Why a careful reader would query it.
    pub explanation: &'static str,
    check: fn(&Subject<'_>) -> Vec<Hit>,
}

/// One fault in one record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong here, with the record's own words.
    pub message: String,
    /// The words it is about, in fields of the trial; empty when what is wrong is that there are none.
    pub spans: Vec<Span>,
}

/// What a rule finds.
struct Hit {
    message: String,
    spans: Vec<Span>,
}

impl Hit {
    fn new(message: impl Into<String>, spans: Vec<Span>) -> Self {
        Self { message: message.into(), spans }
    }
}

/// All rules, in the order in which their findings are listed.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        names::RULES,
        outcomes::RULES,
        arms::RULES,
        design::RULES,
        population::RULES,
        limits::RULES,
        dates::RULES,
        prose::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// Everything the rules find in one trial, in the order of the rules.
pub fn check(trial: &Trial, readings: &Readings) -> Vec<Finding> {
    let subject = Subject::of(trial, readings, &VOCABULARY);
    let mut findings: Vec<Finding> = Vec::new();
    for rule in rules() {
        for hit in (rule.check)(&subject) {
            findings.push(Finding {
                rule: rule.id,
                severity: rule.severity,
                message: hit.message,
                spans: hit.spans,
            });
        }
    }
    findings
}
