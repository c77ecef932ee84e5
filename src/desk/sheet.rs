//! One pre-screening sheet: the criteria of a record and what is known of the patient.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::decide::{self, decided};
use crate::matching::limit::Truth;
use crate::protocol::{CriteriaReading, CriterionRole, Limit, Section, Trial};

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
    /// For a time since something: what it is counted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

/// One criterion as a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Under which heading it stands; none when the text does not say.
    pub section: Option<Section>,
    /// Its number in the sheet, from 1 within its section.
    pub number: usize,
    /// Its number as the text has it, with those of the items above it: `3b`, `2.1`; our own count where the text has none.
    #[serde(default)]
    pub label: String,
    /// The heading it stands under, in the text's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// The question it is a part of, as an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<usize>,
    /// One of several parts of which one is enough (or that must come together to shut out): by itself it stands in
    /// nobody's way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_of: bool,
    /// The limits that were read in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
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
    /// Not known yet.
    Open,
    /// Answered, but the text does not say whether that lets in or shuts out.
    Unsaid,
}

/// An answer and who gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The answer that counts.
    pub answer: Answer,
    /// It follows from an entered number and a limit; nobody has said so.
    pub by_limit: bool,
    /// The person's answer is not the one that the number gives.
    pub contradicted: bool,
}

impl Question {
    /// What was entered for a limit.
    pub fn entered_for(&self, limit: &Limit) -> Option<&Entered> {
        self.entered.iter().find(|e| e.variable == limit.variable && e.agent == limit.agent)
    }

    /// Whether what a limit states is so, by what was entered.
    pub fn truth(&self, limit: &Limit) -> Truth {
        self.entered_for(limit).map_or(Truth::Unknown, |entered| decide::holds(limit, entered))
    }

    /// The limits that one number answers, each group once: as indexes.
    pub fn asks(&self) -> Vec<Vec<usize>> {
        let mut asks: Vec<Vec<usize>> = Vec::new();
        for (index, limit) in self.limits.iter().enumerate() {
            let same = |group: &&mut Vec<usize>| {
                let first = group.first().and_then(|at| self.limits.get(*at));
                first.is_some_and(|f| f.variable == limit.variable && f.agent == limit.agent)
            };
            match asks.iter_mut().find(same) {
                Some(group) => group.push(index),
                None => asks.push(vec![index]),
            }
        }
        asks
    }

    /// How an answer bears on entry: an inclusion must be met, an exclusion must not.
    fn bearing_of(&self, answer: Answer) -> Bearing {
        match (answer, self.section) {
            (Answer::NotApplicable, _) => Bearing::Passes,
            (Answer::Unknown, _) => Bearing::Open,
            (_, None) => Bearing::Unsaid,
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

    /// The answer to a question that counts: the person's; where there is none, what an entered number and a limit
    /// decide.
    pub fn given(&self, index: usize) -> Given {
        let Some(question) = self.questions.get(index) else {
            return Given { answer: Answer::Unknown, by_limit: false, contradicted: false };
        };
        let by_limit = self.by_limit(index, question);
        match (question.answer, by_limit) {
            (Answer::Unknown, Some(answer)) => Given { answer, by_limit: true, contradicted: false },
            (answer, by_limit) => Given {
                answer,
                by_limit: false,
                contradicted: answer != Answer::Unknown && by_limit.is_some_and(|by| by != answer),
            },
        }
    }

    /// What the entered numbers decide about a question.
    fn by_limit(&self, index: usize, question: &Question) -> Option<Answer> {
        if question.entered.is_empty() {
            return None;
        }
        let limits: Vec<(&Limit, Truth)> =
            question.limits.iter().map(|limit| (limit, question.truth(limit))).collect();
        // What stands below a question may relax it: "ALT <= 2.5 x ULN" and a part for liver metastases.
        let parts = self.questions.iter().enumerate().skip(index + 1);
        let parts = parts.filter(|(at, _)| self.wholes(*at).any(|whole| whole == index));
        let below: Vec<&Limit> = parts.flat_map(|(_, part)| &part.limits).collect();
        decided(question, &limits, &below)
    }

    /// The questions that a question is a part of, the nearest first.
    fn wholes(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        // Parts come behind their whole: what does not is no sheet of ours, and must not hang us.
        let above = |at: usize| self.questions.get(at).and_then(|q| q.part_of).filter(|whole| *whole < at);
        std::iter::successors(above(index), move |at| above(*at))
    }

    /// How a question bears on entry, with what stands above it: a part that is left open is settled by the answer
    /// to its whole; one of several of which one is enough stands in nobody's way by itself.
    pub fn bearing(&self, index: usize) -> Bearing {
        let Some(question) = self.questions.get(index) else { return Bearing::Open };
        match question.bearing_of(self.given(index).answer) {
            Bearing::Open if self.whole_is_answered(index) => Bearing::Passes,
            Bearing::Fails if question.one_of => Bearing::Passes,
            bearing => bearing,
        }
    }

    fn whole_is_answered(&self, index: usize) -> bool {
        self.wholes(index).any(|at| self.given(at).answer != Answer::Unknown)
    }

    /// Questions that are still open.
    pub fn open(&self) -> usize {
        (0..self.questions.len()).filter(|at| self.bearing(*at) == Bearing::Open).count()
    }

    /// The first question that stands in the way, as an index.
    pub fn first_failing(&self) -> Option<usize> {
        (0..self.questions.len()).find(|at| self.bearing(*at) == Bearing::Fails)
    }

    /// This sheet with another criteria text: answers, values and notes stay with the questions whose words are the
    /// same, and the others are open again. How many could be kept.
    pub fn renewed(&self, trial: &Trial, reading: &CriteriaReading) -> (Self, usize) {
        let mut sheet = Self {
            begun: self.begun,
            retention_days: self.retention_days,
            ..Self::begin(&self.code, trial, reading, self.begun)
        };
        let mut kept = 0;
        let mut old: Vec<&Question> = self.questions.iter().collect();
        for question in &mut sheet.questions {
            let same = |known: &&Question| {
                known.section == question.section
                    && known.text == question.text
                    && known.heading == question.heading
            };
            let Some(at) = old.iter().position(same) else { continue };
            let known = old.remove(at);
            question.answer = known.answer;
            question.entered.clone_from(&known.entered);
            question.note.clone_from(&known.note);
            kept += usize::from(known.answer != Answer::Unknown || !known.entered.is_empty());
        }
        (sheet, kept)
    }
}

/// A question for every item, with what it stands under.
fn questions(reading: &CriteriaReading) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    let mut counts = Counts::default();
    // The items that the next one may be a part of: depth and index.
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut heading: Option<&str> = None;
    for criterion in &reading.criteria {
        if criterion.role == CriterionRole::Heading {
            heading = Some(criterion.text.trim());
            above.clear();
            continue;
        }
        above.retain(|(depth, _)| *depth < criterion.depth);
        let whole = above.last().map(|(_, index)| *index);
        let own = counts.next(criterion.section, whole, criterion.number.as_deref());
        let label = match whole.and_then(|at| questions.get(at)) {
            Some(whole) => below(&whole.label, &own),
            None => own,
        };
        above.push((criterion.depth, questions.len()));
        let inside = |limit: &&Limit| criterion.span.range().contains(&limit.span.start);
        questions.push(Question {
            section: criterion.section,
            number: counts.all(criterion.section),
            label,
            heading: heading.map(str::to_owned),
            part_of: whole,
            one_of: whole.and_then(|at| questions.get(at)).is_some_and(decide::one_is_enough),
            limits: reading.facts.iter().filter(inside).cloned().collect(),
            text: criterion.text.clone(),
            span: (criterion.span.start, criterion.span.end),
            answer: Answer::Unknown,
            entered: Vec::new(),
            note: String::new(),
        });
    }
    questions
}

/// A number below another: `2.1`, `2a`.
fn below(whole: &str, own: &str) -> String {
    let dot = if own.starts_with(|c: char| c.is_ascii_digit()) { "." } else { "" };
    format!("{whole}{dot}{own}")
}

/// Where questions stand beside one another: their section, and the question they are parts of.
type Place = (Option<Section>, Option<usize>);

/// Counts questions: all of a section, and those beside one another.
#[derive(Default)]
struct Counts {
    sections: Vec<(Option<Section>, usize)>,
    beside: Vec<(Place, usize)>,
}

impl Counts {
    /// The next question's number beside the others of its whole: the text's own, or our count.
    fn next(&mut self, section: Option<Section>, whole: Option<usize>, own: Option<&str>) -> String {
        count(&mut self.sections, section);
        let counted = count(&mut self.beside, (section, whole));
        own.map_or_else(|| counted.to_string(), str::to_owned)
    }

    /// How many of a section there are by now.
    fn all(&self, section: Option<Section>) -> usize {
        self.sections.iter().find(|(known, _)| *known == section).map_or(0, |(_, count)| *count)
    }
}

/// Counts one more of a key.
fn count<K: PartialEq>(counts: &mut Vec<(K, usize)>, key: K) -> usize {
    match counts.iter_mut().find(|(known, _)| *known == key) {
        Some((_, count)) => {
            *count += 1;
            *count
        }
        None => {
            counts.push((key, 1));
            1
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
