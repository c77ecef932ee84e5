//! Visits that were moved, and what moves with them.
//!
//! A moved day 1 takes the days of its cycle along: they are counted from it. Later cycles follow it when they are
//! counted from the actual visit, and stay where they are when they are counted from the plan. Another day that was
//! moved takes what comes after it along in the first case, and moves alone in the second. What is examined at times
//! counted from the start stays.

use std::collections::HashMap;

use jiff::civil::Date;

use super::step::plus_days;
use super::{Entry, Visit, Wanted};

/// What later visits are counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Later {
    /// The actual visit: what comes later moves with it.
    #[default]
    Visit,
    /// The plan: later cycles stay.
    Plan,
}

impl Later {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Visit => Self::Plan,
            Self::Plan => Self::Visit,
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Visit => "later cycles counted from the actual visit",
            Self::Plan => "later cycles counted from the plan",
        }
    }
}

/// A visit that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slip {
    /// Which.
    pub visit: Visit,
    /// By how many days; earlier ones are negative.
    pub days: i32,
}

/// Moves the entries.
pub(super) fn apply(entries: &mut Vec<Entry>, wanted: &Wanted) {
    if wanted.slips.is_empty() {
        return;
    }
    entries.retain_mut(|entry| {
        let Some(visit) = entry.visit else { return true };
        match plus_days(entry.planned, i64::from(shift(visit, wanted))) {
            Some(date) => {
                entry.date = date;
                true
            }
            None => false,
        }
    });
}

/// Days by which a visit is moved.
fn shift(visit: Visit, wanted: &Wanted) -> i32 {
    let moves = |slip: &&Slip| {
        let of = slip.visit;
        let same_cycle = of.cycle == visit.cycle;
        of.track == visit.track
            && match wanted.later {
                Later::Visit => (of.cycle, of.day) <= (visit.cycle, visit.day),
                Later::Plan if of.day <= 1 => same_cycle && of.day <= visit.day,
                Later::Plan => same_cycle && of.day == visit.day,
            }
    };
    wanted.slips.iter().filter(moves).fold(0_i32, |sum, slip| sum.saturating_add(slip.days))
}

/// A visit whose row is not in the order of its numbers any more.
pub(super) fn clash(entries: &[Entry]) -> Option<Visit> {
    let mut by_row: HashMap<usize, Vec<(Visit, Date)>> = HashMap::new();
    for entry in entries {
        if let Some(visit) = entry.visit {
            by_row.entry(entry.row).or_default().push((visit, entry.date));
        }
    }
    let mut clashes: Vec<Visit> = Vec::new();
    for visits in by_row.values_mut() {
        visits.sort();
        let pairs = visits.iter().zip(visits.iter().skip(1));
        clashes.extend(pairs.filter(|(before, after)| before.1 >= after.1).map(|(_, after)| after.0));
    }
    clashes.into_iter().min()
}
