//! The next best question: the one unknown fact whose answer decides most of the open trials.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::limit::{Canonical, Truth, bound, keeps};
use super::patient::Patient;
use super::verdict::{Line, Verdict, record_ages};
use super::words::{entered, label, short};
use crate::protocol::{Limit, Section, Trial};
use crate::reading::criteria::typed::CLASS;
use crate::reading::criteria::vocabulary::{VariableKind, Vocabulary};

/// What to ask next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextQuestion {
    /// The variable's name in the vocabulary.
    pub variable: String,
    /// The unit the answers are in; empty where there is none.
    pub unit: String,
    /// In how many open trials an answer can make a difference.
    pub decides: usize,
    /// What each answer would leave, in ascending order.
    pub answers: Vec<PossibleAnswer>,
}

/// One range of answers and what it leaves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PossibleAnswer {
    /// Where the range begins; none for "and below".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// Whether it holds its beginning.
    pub from_included: bool,
    /// Where the range ends; none for "and above".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// Whether it holds its end.
    pub to_included: bool,
    /// How many of the trials that ask stay open with such a value.
    pub open: usize,
    /// How many it closes.
    pub closed: usize,
}

impl NextQuestion {
    /// What is asked for, for people: `ALT, × ULN`.
    pub fn words(&self) -> String {
        let unit = entered(0.0, &self.unit).trim_start_matches('0').trim().to_owned();
        let name = label(&self.variable);
        if unit.is_empty() || self.unit == CLASS { name } else { format!("{name}, {unit}") }
    }

    /// A range of answers, for people: `1 to below 1.5`, `0–1`.
    pub fn range(&self, answer: &PossibleAnswer) -> String {
        let shown = |value: f64| match self.unit.as_str() {
            CLASS => ["A", "B", "C"]
                .iter()
                .zip(1..)
                .find(|(_, n)| f64::from(*n) == value)
                .map(|(c, _)| (*c).to_owned()),
            _ => None,
        };
        let shown = |value: f64| shown(value).unwrap_or_else(|| short(value));
        match (answer.from, answer.to) {
            (Some(from), Some(to)) if from == to => shown(from),
            (Some(from), Some(to)) if is_whole(&self.variable) => format!("{}–{}", shown(from), shown(to)),
            (Some(from), Some(to)) => {
                let above = if answer.from_included { "" } else { "above " };
                let below = if answer.to_included { "" } else { "below " };
                format!("{above}{} to {below}{}", shown(from), shown(to))
            }
            (None, Some(to)) if answer.to_included => format!("up to {}", shown(to)),
            (None, Some(to)) => format!("below {}", shown(to)),
            (Some(from), None) if answer.from_included => format!("{} and more", shown(from)),
            (Some(from), None) => format!("above {}", shown(from)),
            (None, None) => "any".to_owned(),
        }
    }
}

/// A trial as the question sees it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'t> {
    /// The record.
    pub trial: &'t Trial,
    /// Its limits.
    pub limits: &'t [Limit],
    /// What is known of the patient against it.
    pub verdict: &'t Verdict,
}

/// A limit on the asked variable, its ends in one unit.
#[derive(Debug)]
struct Check {
    ends: Vec<(String, f64)>,
    /// What lies within the ends shuts out.
    excluded: bool,
    /// Another way to satisfy it may hold.
    another_way: bool,
}

impl Check {
    fn closes(&self, value: f64) -> bool {
        let within =
            self.ends.iter().map(|(op, bound)| keeps(op, value, *bound)).fold(Truth::Yes, Truth::and);
        let satisfied = if self.excluded { within.contrary() } else { within };
        satisfied == Truth::No && !self.another_way
    }
}

/// Finds the unknown variable that most open trials ask for, in one unit. Times since something are no question of one
/// number.
pub fn next_question(
    patient: &Patient,
    trials: &[Asked<'_>],
    canonical: Canonical<'_>,
) -> Option<NextQuestion> {
    let mut questions = Questions::new(patient);
    trials.iter().for_each(|trial| questions.add(trial, canonical));
    questions.next_question()
}

/// What open trials ask for, gathered one after the other: of trials that ask the same only the number is kept.
#[derive(Debug)]
pub struct Questions<'p> {
    patient: &'p Patient,
    asking: BTreeMap<(String, String), Askers>,
}

/// The trials that ask for a variable in a unit: what they check, and how many of them check the same.
#[derive(Debug, Default)]
struct Askers {
    checks: Vec<Vec<Check>>,
    counts: Vec<usize>,
    /// Where in these a check is, told by its words.
    known: HashMap<String, usize>,
}

impl Askers {
    fn add(&mut self, checks: Vec<Check>) {
        let place = *self.known.entry(format!("{checks:?}")).or_insert(self.checks.len());
        match self.counts.get_mut(place) {
            Some(count) => *count += 1,
            None => {
                self.checks.push(checks);
                self.counts.push(1);
            }
        }
    }

    fn count(&self) -> usize {
        self.counts.iter().sum()
    }
}

impl<'p> Questions<'p> {
    /// None yet.
    pub fn new(patient: &'p Patient) -> Self {
        Self { patient, asking: BTreeMap::new() }
    }

    /// The patient who is asked about.
    pub fn patient(&self) -> &'p Patient {
        self.patient
    }

    /// What a trial asks for, if it is open.
    pub fn add(&mut self, trial: &Asked<'_>, canonical: Canonical<'_>) {
        if trial.verdict.overall() != Truth::Unknown {
            return;
        }
        let mut checks: BTreeMap<(String, String), Vec<Check>> = BTreeMap::new();
        for line in trial.verdict.lines.iter().filter(|line| is_asked(self.patient, line)) {
            if let Some((unit, check)) = check(trial, line, canonical) {
                checks.entry((line.variable.clone(), unit)).or_default().push(check);
            }
        }
        for (asked, checks) in checks {
            self.asking.entry(asked).or_default().add(checks);
        }
    }

    /// The question that bears on most of them; of equals the first by name, so that it is stable.
    pub fn next_question(self) -> Option<NextQuestion> {
        let ((variable, unit), askers) =
            self.asking.into_iter().rev().max_by_key(|(_, askers)| askers.count())?;
        let answers = answers(&variable, &askers);
        Some(NextQuestion { variable, unit, decides: askers.count(), answers })
    }
}

fn is_asked(patient: &Patient, line: &Line) -> bool {
    line.satisfied == Truth::Unknown
        && !matches!(line.variable.as_str(), "washout" | "sex")
        && patient.value(&line.variable).is_none()
}

/// A line's limit, and the unit it is in: canonical, or a multiple of the limit of normal.
fn check(trial: &Asked<'_>, line: &Line, canonical: Canonical<'_>) -> Option<(String, Check)> {
    let lines = &trial.verdict.lines;
    let another_way = line.alternative.is_some_and(|group| {
        let others = lines.iter().filter(|other| other.alternative == Some(group) && *other != line);
        Truth::any(others.map(|other| other.satisfied)) != Truth::No
    });
    if line.limits.is_empty() {
        let age = record_ages(trial.trial).find(|age| age.asked() == line.asked)?;
        let ends = vec![(age.op.to_owned(), age.years())];
        return Some(("year".to_owned(), Check { ends, excluded: false, another_way }));
    }
    let limits = trial.limits.get(line.limits.clone())?;
    let excluded = limits.first()?.section == Some(Section::Exclusion);
    let bounds: Option<Vec<(f64, String)>> = limits.iter().map(|limit| bound(limit, canonical)).collect();
    let bounds = bounds?;
    let unit = bounds.first()?.1.clone();
    if bounds.iter().any(|(_, other)| *other != unit) {
        return None;
    }
    let ends = limits.iter().zip(&bounds).map(|(limit, (bound, _))| (limit.op.clone(), *bound)).collect();
    Some((unit, Check { ends, excluded, another_way }))
}

/// The ranges between the limits, and what a value in each would leave; neighbours that leave the same are one.
fn answers(variable: &str, askers: &Askers) -> Vec<PossibleAnswer> {
    let ends = askers.checks.iter().flatten().flat_map(|check| &check.ends);
    let mut bounds: Vec<f64> = ends.map(|(_, bound)| *bound).filter(|bound| bound.is_finite()).collect();
    bounds.sort_by(f64::total_cmp);
    bounds.dedup();
    let probes = if is_whole(variable) { whole_probes(variable, &bounds) } else { probes(&bounds) };
    let mut answers: Vec<(PossibleAnswer, Vec<bool>)> = Vec::new();
    for probe in probes {
        let closed: Vec<bool> =
            askers.checks.iter().map(|checks| checks.iter().any(|check| check.closes(probe.value))).collect();
        match answers.last_mut().filter(|(_, before)| *before == closed) {
            Some((last, _)) => (last.to, last.to_included) = (probe.to, probe.to_included),
            None => answers.push((probe.answer(&closed, askers), closed)),
        }
    }
    answers.into_iter().map(|(answer, _)| answer).collect()
}

/// Whether only whole numbers are answers.
fn is_whole(variable: &str) -> bool {
    let kind = Vocabulary::embedded().variable(variable).map(|known| known.kind);
    matches!(kind, Some(VariableKind::Score | VariableKind::Class))
}

/// A value, and the range it stands for.
struct Probe {
    from: Option<f64>,
    from_included: bool,
    to: Option<f64>,
    to_included: bool,
    value: f64,
}

impl Probe {
    fn answer(&self, closed: &[bool], askers: &Askers) -> PossibleAnswer {
        let closes =
            closed.iter().zip(&askers.counts).filter(|(closed, _)| **closed).map(|(_, count)| count).sum();
        PossibleAnswer {
            from: self.from,
            from_included: self.from_included,
            to: self.to,
            to_included: self.to_included,
            open: askers.count() - closes,
            closed: closes,
        }
    }
}

/// A value at each bound and between each two. Nothing that is asked for is below zero.
fn probes(bounds: &[f64]) -> Vec<Probe> {
    let mut probes = Vec::new();
    let mut below: Option<f64> = None;
    for bound in bounds {
        if below.is_some() || *bound > 0.0 {
            let value = below.map_or(bound / 2.0, |below| f64::midpoint(below, *bound));
            probes.push(Probe {
                from: below,
                from_included: false,
                to: Some(*bound),
                to_included: false,
                value,
            });
        }
        let at = Some(*bound);
        probes.push(Probe { from: at, from_included: true, to: at, to_included: true, value: *bound });
        below = Some(*bound);
    }
    if let Some(last) = below {
        probes.push(Probe {
            from: below,
            from_included: false,
            to: None,
            to_included: false,
            value: last + 1.0,
        });
    }
    probes
}

/// The most whole numbers that are tried one by one.
const MOST_WHOLE: i32 = 500;

/// Every whole number from below the first bound to above the last, inside the variable's scale.
fn whole_probes(variable: &str, bounds: &[f64]) -> Vec<Probe> {
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return Vec::new() };
    let range = Vocabulary::embedded().variable(variable).and_then(|known| known.range);
    let (least, most) = range.unwrap_or((0.0, f64::MAX));
    let least = least.min(*first);
    let (low, high) = ((first.ceil() - 1.0).max(least), (last.floor() + 1.0).min(most.max(*last)));
    let steps = (high - low).clamp(0.0, f64::from(MOST_WHOLE)) as i32;
    let at = |step: i32| low + f64::from(step);
    (0..=steps)
        .map(|step| {
            let value = at(step);
            let from = (step > 0 || value <= least).then_some(value);
            let to = (step < steps || value >= most).then_some(value);
            Probe { from, from_included: true, to, to_included: true, value }
        })
        .collect()
}
