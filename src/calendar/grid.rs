//! A regimen's cycle day by day, without dates: which row is given on which of its days, and how the words say so.

use crate::protocol::{Administration, PeriodUnit, Regimen};

/// Longest cycle that is laid out day by day or week by week.
pub const MOST_DAYS: usize = 7 * 52;

/// How a day of a row is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Given: the words name the day.
    Named,
    /// Given every day.
    Daily,
    /// Given by its interval, counted from day 1.
    Counted,
    /// Not given.
    Not,
    /// Beyond the row's own cycle.
    Beyond,
}

impl Day {
    /// Whether something is given.
    pub fn is_given(self) -> bool {
        matches!(self, Self::Named | Self::Daily | Self::Counted)
    }
}

/// The days of a regimen's grid: its longest cycle, else whole weeks up to the furthest day that is named; none when no
/// row has either, or it would be too long to lay out.
pub fn days_of_regimen(regimen: &Regimen) -> Option<usize> {
    let cycle = regimen.administrations.iter().filter_map(cycle_days).max();
    let furthest = regimen.administrations.iter().flat_map(|row| &row.days).max();
    let furthest = furthest.and_then(|day| usize::try_from(*day).ok()).unwrap_or(0);
    let days = match cycle {
        Some(days) => days.max(furthest),
        None if furthest > 0 => furthest.div_ceil(7) * 7,
        None => return None,
    };
    (days <= MOST_DAYS).then_some(days)
}

/// The length of a row's cycle in whole days.
fn cycle_days(row: &Administration) -> Option<usize> {
    row.cycle.map(|cycle| cycle.days().round() as usize).filter(|days| *days > 0)
}

/// The days of a row in a grid of so many; none when its words name no days of a cycle, or days before its first one.
pub fn days_of_row(row: &Administration, days: usize) -> Option<Vec<Day>> {
    let mut laid = vec![Day::Not; days];
    let cycle = cycle_days(row);
    if !row.days.is_empty() {
        for day in &row.days {
            // Day 0 and those before it have no place in a cycle that begins with day 1.
            let index = usize::try_from(*day).ok().and_then(|day| day.checked_sub(1))?;
            if let Some(slot) = laid.get_mut(index) {
                *slot = Day::Named;
            }
        }
    } else if let Some(every) = row.every {
        let step = every.days().round() as usize;
        let whole = step > 0 && matches!(every.unit, PeriodUnit::Day | PeriodUnit::Week);
        cycle.filter(|cycle| whole && cycle % step == 0)?;
        for slot in laid.iter_mut().step_by(step) {
            *slot = Day::Counted;
        }
    } else {
        cycle.filter(|_| row.per_day.is_some_and(|times| times.0 >= 1.0) && row.per_week.is_none())?;
        laid.fill(Day::Daily);
    }
    for slot in laid.iter_mut().skip(cycle.unwrap_or(usize::MAX)) {
        *slot = Day::Beyond;
    }
    Some(laid)
}
