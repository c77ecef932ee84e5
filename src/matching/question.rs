//! The next best question: the one unknown fact whose answer decides most of the open trials.

use std::collections::BTreeMap;

use serde::Serialize;

use super::limit::{Canonical, Truth, bound};
use super::patient::{Measured, Patient};
use super::verdict::{Verdict, verdict};
use crate::protocol::{Limit, Trial};

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
    /// The smallest value of the range; none for "and below".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// The largest value of the range; none for "and above".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// How many of the trials that ask stay open with such a value.
    pub open: usize,
    /// How many it closes.
    pub closed: usize,
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

/// Finds the unknown variable that most open trials ask for. Washouts are no question of one number.
pub fn next_question(
    patient: &Patient,
    trials: &[Asked<'_>],
    canonical: Canonical<'_>,
) -> Option<NextQuestion> {
    let open: Vec<&Asked<'_>> = trials.iter().filter(|t| t.verdict.overall() == Truth::Unknown).collect();
    let mut asking: BTreeMap<&str, Vec<&Asked<'_>>> = BTreeMap::new();
    for trial in &open {
        let mut variables: Vec<&str> = trial
            .verdict
            .lines
            .iter()
            .filter(|line| {
                line.satisfied == Truth::Unknown && line.variable != "washout" && line.variable != "sex"
            })
            .filter(|line| patient.value(&line.variable).is_none())
            .map(|line| line.variable.as_str())
            .collect();
        variables.sort_unstable();
        variables.dedup();
        for variable in variables {
            asking.entry(variable).or_default().push(trial);
        }
    }
    // Most trials first; of equals the first by name, so that the question is stable.
    let (variable, askers) = asking.into_iter().rev().max_by_key(|(_, askers)| askers.len())?;
    let unit = unit_of(variable, &askers, canonical);
    let answers = answers(patient, variable, &unit, &askers, canonical);
    Some(NextQuestion { variable: variable.to_owned(), unit, decides: askers.len(), answers })
}

/// The unit that most of the limits come down to: canonical, or a multiple of the limit of normal.
fn unit_of(variable: &str, trials: &[&Asked<'_>], canonical: Canonical<'_>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let limits = trials.iter().flat_map(|t| t.limits).filter(|l| l.variable == variable);
    for (_, unit) in limits.filter_map(|limit| bound(limit, canonical)) {
        *counts.entry(unit).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(unit, _)| unit).unwrap_or_default()
}

/// The ranges between the limits, and what a value in each would leave; neighbours that leave the same are one.
fn answers(
    patient: &Patient,
    variable: &str,
    unit: &str,
    trials: &[&Asked<'_>],
    canonical: Canonical<'_>,
) -> Vec<PossibleAnswer> {
    let mut bounds: Vec<f64> = trials
        .iter()
        .flat_map(|t| t.limits)
        .filter(|l| l.variable == variable && !l.conditional && !l.except)
        .filter_map(|limit| bound(limit, canonical))
        .filter(|(_, own)| own == unit)
        .map(|(value, _)| value)
        .collect();
    bounds.sort_by(f64::total_cmp);
    bounds.dedup();
    let mut answers: Vec<PossibleAnswer> = Vec::new();
    for probe in probes(&bounds) {
        let stays = |asked: &&&Asked<'_>| {
            let mut known = patient.clone();
            set(&mut known, variable, probe.value, unit);
            verdict(&known, asked.trial, asked.limits, canonical).overall() != Truth::No
        };
        let open = trials.iter().filter(stays).count();
        match answers.last_mut().filter(|last| last.open == open) {
            Some(last) => last.to = probe.to,
            None => {
                answers.push(PossibleAnswer {
                    from: probe.from,
                    to: probe.to,
                    open,
                    closed: trials.len() - open,
                });
            }
        }
    }
    answers
}

struct Probe {
    from: Option<f64>,
    to: Option<f64>,
    value: f64,
}

/// A value at each bound and between each two, with the range it stands for.
fn probes(bounds: &[f64]) -> Vec<Probe> {
    let mut probes = Vec::new();
    let mut below: Option<f64> = None;
    for bound in bounds {
        let value = below.map_or(bound - 1.0, |below| f64::midpoint(below, *bound));
        probes.push(Probe { from: below, to: Some(*bound), value });
        probes.push(Probe { from: Some(*bound), to: Some(*bound), value: *bound });
        below = Some(*bound);
    }
    if let Some(last) = below {
        probes.push(Probe { from: Some(last), to: None, value: last + 1.0 });
    }
    probes
}

/// Makes a variable known.
fn set(patient: &mut Patient, variable: &str, value: f64, unit: &str) {
    match variable {
        "age" => patient.age = Some(value),
        "prior_lines" => patient.prior_lines = Some(value),
        _ => patient.values.push(Measured { variable: variable.to_owned(), value, unit: unit.to_owned() }),
    }
}
