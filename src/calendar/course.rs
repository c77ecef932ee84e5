//! What can be laid on a calendar: an arm and one part of its treatment. A part that follows another has no known
//! first day, so that each is counted from a day of its own.

use crate::protocol::{Arm, Readings, Regimen, Span, Trial};
use crate::reading::regimen;

use super::Undated;

/// Parts that come before the others, whatever the order of the text.
const FIRST: &[&str] = &[
    "run_in",
    "loading",
    "induction",
    "titration",
    "neoadjuvant",
    "preoperative",
    "monotherapy",
    "escalation",
];

/// An arm and one part of its treatment.
#[derive(Clone, Copy, Debug)]
pub struct Course<'t> {
    /// The arm; none where the record has no arms or does not tell which one is meant.
    pub arm: Option<&'t Arm>,
    /// What is given; none where nothing was read.
    pub regimen: Option<&'t Regimen>,
    /// It is the first part of its arm, or the only one: times from the trial's start hold for it.
    pub first: bool,
}

impl Course<'_> {
    /// Arm and part in a few words.
    pub fn label(&self) -> String {
        let arm = match self.arm {
            Some(arm) => arm.label.as_str(),
            None => "Treatment (no arm told)",
        };
        match self.epoch() {
            Some(epoch) => format!("{arm} · {}", epoch.replace('_', " ")),
            None => arm.to_owned(),
        }
    }

    /// The part's name.
    pub fn epoch(&self) -> Option<&str> {
        self.regimen.and_then(|regimen| regimen.epoch.as_deref())
    }

    /// Whether words in a field are about this arm: an arm's or an intervention's own words may be another's.
    pub(super) fn is_about(&self, trial: &Trial, field: &str) -> bool {
        let Some(own) = self.arm else { return true };
        if let Some(index) = index_in(field, "arms[") {
            return trial.arms.get(index).is_some_and(|arm| std::ptr::eq(arm, own));
        }
        let Some(index) = index_in(field, "interventions[") else { return true };
        let lists = |arm: &Arm| regimen::lists(trial, arm, index);
        lists(own) || !trial.arms.iter().any(lists)
    }
}

fn index_in(field: &str, list: &str) -> Option<usize> {
    field.strip_prefix(list)?.split_once(']')?.0.parse().ok()
}

/// Every course of a trial: the arms in their order, each with its parts, what comes first by its name
/// before the part without one, that before others; then what no
/// arm is told for. There is always one, if only to date examinations.
pub fn courses<'t>(trial: &'t Trial, readings: &'t Readings) -> Vec<Course<'t>> {
    let mut courses = Vec::new();
    for arm in &trial.arms {
        add(&mut courses, Some(arm), readings.regimens_of(Some(&arm.label)));
    }
    let untold = readings.regimens_of(None);
    if !untold.is_empty() || trial.arms.is_empty() {
        add(&mut courses, None, untold);
    }
    courses
}

fn add<'t>(courses: &mut Vec<Course<'t>>, arm: Option<&'t Arm>, mut parts: Vec<&'t Regimen>) {
    parts.sort_by_key(|regimen| match regimen.epoch.as_deref() {
        Some(epoch) if FIRST.contains(&epoch) => 0,
        None => 1,
        Some(_) => 2,
    });
    if parts.is_empty() {
        courses.push(Course { arm, regimen: None, first: true });
    }
    let parts = parts.into_iter().enumerate();
    courses.extend(parts.map(|(at, regimen)| Course { arm, regimen: Some(regimen), first: at == 0 }));
}

/// The other parts of the arm's treatment, and what the record tells for no arm: kept without dates.
pub(super) fn other_parts(trial: &Trial, readings: &Readings, course: &Course<'_>) -> Vec<Undated> {
    let mut undated = Vec::new();
    for regimen in &readings.regimens {
        if course.regimen.is_some_and(|own| std::ptr::eq(own, regimen)) {
            continue;
        }
        let own = regimen.arm.as_deref() == course.arm.map(|arm| arm.label.as_str());
        let why = match (&regimen.epoch, own) {
            (Some(epoch), true) => {
                format!("part “{}”: the day on which it begins is not stated", epoch.replace('_', " "))
            }
            (None, true) => {
                "another part of the treatment: the day on which it begins is not stated".to_owned()
            }
            (_, false) if regimen.arm.is_none() => "the record does not tell for which arm".to_owned(),
            (_, false) => continue,
        };
        for row in &regimen.administrations {
            undated.push(Undated {
                what: row.drug.clone(),
                words: words(trial, &row.span),
                why: why.clone().into(),
                span: Some(row.span.clone()),
            });
        }
    }
    undated
}

/// Sentences that look like dosing and were not, or not wholly, read.
pub(super) fn unread(trial: &Trial, readings: &Readings, course: &Course<'_>) -> Vec<Undated> {
    let sentences = readings.dosing.sentences.iter().filter(|sentence| !sentence.read);
    let own = sentences.filter(|sentence| course.is_about(trial, &sentence.span.field));
    // A sentence that was read as an examination is told as that.
    let examined = |span: &Span| {
        let words = words(trial, span);
        let end = span.start + words.trim_end_matches(['.', ';', ' ', '\n']).len();
        let covers =
            |other: &Span| other.field == span.field && other.start <= span.start && end <= other.end;
        readings.assessments.iter().any(|assessment| covers(&assessment.span))
    };
    own.filter(|sentence| !examined(&sentence.span))
        .map(|sentence| Undated {
            what: String::new(),
            words: words(trial, &sentence.span),
            why: "not read, or not wholly".into(),
            span: Some(sentence.span.clone()),
        })
        .collect()
}

/// The record's words at a span.
pub(super) fn words(trial: &Trial, span: &Span) -> String {
    trial.text(&span.field).and_then(|text| span.of(text)).unwrap_or_default().to_owned()
}
