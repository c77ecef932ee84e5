//! "Dose level 1: 5 mg; dose level 2: 10 mg": rows that are the steps of one escalation become one row with levels.

use crate::protocol::Number;

use super::Draft;
use super::join::{agree, merge, without_dose};
use crate::reading::dosing::part::Rank;

/// So many cohorts with rising doses make an escalation; two may be two groups.
const FEWEST_COHORTS: usize = 3;

/// So many named dose levels make one.
const FEWEST_LEVELS: usize = 2;

/// Joins the steps of an escalation that follow each other.
pub(super) fn gather(drafts: Vec<Draft>) -> Vec<Draft> {
    // Only what has a rank is a step.
    if drafts.iter().all(|draft| draft.rank.is_none()) {
        return drafts;
    }
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut run: Vec<Draft> = Vec::new();
    for draft in drafts {
        if !run.last().is_some_and(|last| steps_up(last, &draft)) {
            out.append(&mut settled(&mut run));
        }
        run.push(draft);
    }
    out.append(&mut settled(&mut run));
    out
}

/// "The starting dose is 10 mg. It will be escalated to 20, 40 and 80 mg": the first dose is the first of the levels.
pub(super) fn take_first_dose(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let starts = out.last().is_some_and(|last| starts_levels(last, &draft));
        if starts && let Some(first) = out.pop() {
            let low = first.row.dose;
            draft.row.levels.splice(0..0, low);
            let levels = std::mem::take(&mut draft.row.levels);
            let mut whole = Draft { row: without_dose(&first.row), ..first };
            let unit = draft.row.unit.clone();
            merge(&mut whole, Draft { row: without_dose(&draft.row), ..draft });
            (whole.row.levels, whole.row.unit) = (levels, unit);
            draft = whole;
        }
        out.push(draft);
    }
    out
}

/// Whether the dose of the first is the one that the levels of the second begin above.
fn starts_levels(first: &Draft, rest: &Draft) -> bool {
    let (one, levels) = (&first.row, &rest.row);
    let below = one.dose.zip(levels.levels.first().copied()).is_some_and(|(dose, next)| dose.0 < next.0);
    let rising = levels.levels.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0));
    below
        && rising
        && one.dose_max.is_none()
        && one.drug == levels.drug
        && one.unit == levels.unit
        && one.epoch == levels.epoch
        && !first.follows
        && !first.begins
        && agree(&without_dose(one), &without_dose(levels))
}

/// Whether the second is the next step of the first.
fn steps_up(one: &Draft, next: &Draft) -> bool {
    // A level below the first one ("dose level -1") may be told last.
    let higher = one
        .row
        .dose
        .zip(next.row.dose)
        .is_some_and(|(low, high)| high.0 > low.0 || next.rank == Some(Rank::Level) && high.0 < low.0);
    one.rank.is_some()
        && one.rank == next.rank
        && one.row.drug == next.row.drug
        && one.row.epoch == next.row.epoch
        && one.row.unit == next.row.unit
        && one.row.dose_max.is_none()
        && next.row.dose_max.is_none()
        && higher
        && agree(&without_dose(&one.row), &without_dose(&next.row))
}

/// One row with levels out of a run that is long enough, the rows as they are out of others.
fn settled(run: &mut Vec<Draft>) -> Vec<Draft> {
    let fewest = match run.first().and_then(|first| first.rank) {
        Some(Rank::Level) => FEWEST_LEVELS,
        Some(Rank::Cohort) => FEWEST_COHORTS,
        _ => usize::MAX,
    };
    if run.len() < fewest {
        return std::mem::take(run);
    }
    let levels: Vec<Number> = run.iter().filter_map(|draft| draft.row.dose).collect();
    let mut steps = run.drain(..);
    let Some(mut first) = steps.next() else { return Vec::new() };
    for step in steps {
        merge(&mut first, Draft { row: without_dose(&step.row), ..step });
    }
    first.row.dose = None;
    first.row.levels = levels;
    vec![first]
}
