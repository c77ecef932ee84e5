//! One pre-screening sheet: the criteria of a record and what is known of the patient.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::protocol::{CriteriaReading, CriterionRole, Section, Trial};

/// How long a sheet is kept before its owner is asked to purge it, in days.
pub const RETENTION_DAYS: u16 = 90;

/// What is known of one criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// What the criterion says is so. For an exclusion that shuts the patient out.
    Met,
    /// What it says is not so.
    NotMet,
    /// Not known yet.
    #[default]
    Unknown,
    /// It does not concern this patient.
    NotApplicable,
}

/// A value that was entered for one of the criterion's limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entered {
    /// The variable's name in the vocabulary.
    pub variable: String,
    /// The number.
    pub value: f64,
    /// Its unit; empty where the variable has none.
    pub unit: String,
}

/// One criterion as a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Under which heading it stands; none when the text does not say.
    pub section: Option<Section>,
    /// Its number in the sheet, from 1 within its section.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// First and last byte of it in the record's criteria text.
    pub span: (usize, usize),
    /// What is known.
    #[serde(default)]
    pub answer: Answer,
    /// Values entered for its limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entered: Vec<Entered>,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// How a question bears on entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// It stands in the way.
    Fails,
    /// It does not stand in the way.
    Passes,
    /// Not known yet, or the text does not say whether it lets in or shuts out.
    Open,
}

impl Question {
    /// How the answer bears on entry: an inclusion must be met, an exclusion must not.
    pub fn bearing(&self) -> Bearing {
        match (self.answer, self.section) {
            (Answer::NotApplicable, _) => Bearing::Passes,
            (Answer::Unknown, _) | (_, None) => Bearing::Open,
            (Answer::Met, Some(Section::Inclusion)) | (Answer::NotMet, Some(Section::Exclusion)) => {
                Bearing::Passes
            }
            (Answer::NotMet, Some(Section::Inclusion)) | (Answer::Met, Some(Section::Exclusion)) => {
                Bearing::Fails
            }
        }
    }
}

/// A pre-screening sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The patient's code word.
    pub code: String,
    /// The trial's id.
    pub trial: String,
    /// The trial's title.
    pub title: String,
    /// The record's version or last-update date, when it states one.
    pub version: Option<String>,
    /// SHA-256 of the criteria text, in hexadecimal: tells when the record has changed.
    pub text_hash: String,
    /// The day it was begun.
    pub begun: Date,
    /// How long it may be kept, in days.
    pub retention_days: u16,
    /// The questions, in the text's order.
    pub questions: Vec<Question>,
}

impl Sheet {
    /// A new sheet with a question for every criterion, nothing answered.
    pub fn begin(code: &str, trial: &Trial, reading: &CriteriaReading, today: Date) -> Self {
        let text = trial.eligibility.text.as_deref().unwrap_or_default();
        Self {
            code: code.to_owned(),
            trial: trial.id.clone(),
            title: trial.title.clone(),
            version: trial.source.as_ref().and_then(|s| s.version.clone()),
            text_hash: text_hash(text),
            begun: today,
            retention_days: RETENTION_DAYS,
            questions: questions(reading),
        }
    }

    /// Whether the criteria text is no longer the one the sheet was begun with.
    pub fn is_stale(&self, criteria_text: &str) -> bool {
        self.text_hash != text_hash(criteria_text)
    }

    /// The last day on which it may be kept without asking.
    pub fn keep_until(&self) -> Date {
        self.begun.saturating_add(jiff::Span::new().days(i64::from(self.retention_days)))
    }

    /// Whether its time is over.
    pub fn is_due(&self, today: Date) -> bool {
        today > self.keep_until()
    }

    /// Questions that are still open.
    pub fn open(&self) -> usize {
        self.questions.iter().filter(|q| q.bearing() == Bearing::Open).count()
    }

    /// The first question that stands in the way.
    pub fn first_failing(&self) -> Option<&Question> {
        self.questions.iter().find(|q| q.bearing() == Bearing::Fails)
    }
}

fn questions(reading: &CriteriaReading) -> Vec<Question> {
    let mut counts: [(Option<Section>, usize); 3] =
        [(None, 0), (Some(Section::Inclusion), 0), (Some(Section::Exclusion), 0)];
    let items = reading.criteria.iter().filter(|c| c.role == CriterionRole::Item);
    items
        .map(|item| {
            let mut number = 0;
            for (section, count) in &mut counts {
                if *section == item.section {
                    *count += 1;
                    number = *count;
                }
            }
            Question {
                section: item.section,
                number,
                text: item.text.clone(),
                span: (item.span.start, item.span.end),
                answer: Answer::Unknown,
                entered: Vec::new(),
                note: String::new(),
            }
        })
        .collect()
}

/// SHA-256 of a text, in hexadecimal.
pub fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
