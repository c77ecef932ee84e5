//! What the slots of one row mean together: interval, days, cycle, time off and length.

use std::borrow::Cow;

use crate::protocol::{Administration, Period, PeriodUnit};
use crate::reading::dosing::entry::{Slots, slot};
use crate::reading::dosing::vocabulary::Frequency;

/// Slots told twice with different values are not told.
pub(super) fn cleared(slots: &Slots) -> Cow<'_, Slots> {
    if slots.conflicts == 0 {
        return Cow::Borrowed(slots);
    }
    let mut out = slots.clone();
    let conflict = |bit| slots.conflicts & bit != 0;
    if conflict(slot::DOSE) {
        (out.values, out.unit) = (None, None);
    }
    if conflict(slot::ROUTE) {
        out.route = None;
    }
    if conflict(slot::FREQUENCY) {
        out.frequency = Frequency::default();
    }
    if conflict(slot::DAYS) {
        out.days.clear();
    }
    if conflict(slot::CYCLE) {
        out.cycle = None;
    }
    if conflict(slot::CYCLES) {
        (out.cycles, out.mark) = (None, None);
    }
    if conflict(slot::LASTING) {
        out.lasting = None;
    }
    Cow::Owned(out)
}

/// Time off behind days 1 to n makes the cycle.
pub(super) fn add_rest(row: &mut Administration, rest: Period) {
    let run = row.days.iter().copied().eq(1..=row.days.len() as i32);
    let length = row.days.len() as f64 + rest.days();
    if run && row.days.len() > 1 && row.cycle.is_none() {
        row.cycle = Some(Period::new(length, PeriodUnit::Day));
        return;
    }
    if row.days.is_empty()
        && let Some(on) = row.duration.filter(|on| on.unit <= PeriodUnit::Week && on.days() <= 84.0)
    {
        row.days = (1..=on.days() as i32).collect();
        row.cycle = row.cycle.or(Some(Period::new(on.days() + rest.days(), PeriodUnit::Day)));
        row.duration = None;
    }
}

/// What interval, days, cycle and duration mean together.
pub(super) fn settle(row: &mut Administration, cycle_is_interval: bool) {
    if let (None, Some(every)) = (row.cycle, row.every)
        && !row.days.is_empty()
        && every.days() >= 7.0
        && !spaced_by(&row.days, every)
    {
        // "every 14 days, on days 1-43": days of the study.
        if row.days.iter().all(|day| f64::from(*day) <= every.days().ceil()) {
            row.cycle = Some(every);
        } else {
            row.days.clear();
        }
    }
    // "weekly for 6 weeks, followed by 2 weeks off": not on every day of the six weeks.
    let run = row.days.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1));
    if run && row.every.is_some_and(|every| every.days() > 1.0 && every.days() < row.days.len() as f64) {
        row.days.clear();
    }
    // "every 4 weeks (days 1, 29 and 57)": days of the study, which tell the interval again.
    // But "weekly on days 1, 8, 15 and 22": days of four weeks.
    let in_weeks =
        row.every.is_some_and(|every| every.days() <= 7.0) && row.days.iter().all(|day| *day <= 28);
    if row.cycle.is_none()
        && row.days.len() > 2
        && !in_weeks
        && row.every.is_some_and(|every| spaced_by(&row.days, every))
    {
        row.days.clear();
    }
    // "days -10 to -2: for 3 days": a window in which they lie.
    let shorter = |length: Period| length.unit == PeriodUnit::Day && length.days() < row.days.len() as f64;
    if row.cycle.is_none() && row.days.len() > 2 && row.duration.is_some_and(shorter) {
        row.days.clear();
    }
    let last = row.days.iter().copied().max().unwrap_or_default();
    // "days -14, 56 and 84": of the study.
    let before = row.days.iter().any(|day| *day < 0);
    if before && row.cycle.is_none() && row.days.len() > 1 && last > 28 && row.days.len() < last as usize {
        row.days.clear();
    }
    if row.cycle.is_some_and(|cycle| f64::from(last) > cycle.days().ceil()) {
        // Days of the study, not of the cycle.
        row.days.clear();
    }
    if row.days.len() > 1
        && row.every.zip(row.cycle).is_some_and(|(every, cycle)| every.days() == cycle.days())
    {
        row.every = None;
    }
    // "8 mg QD every 21 days": given daily, in cycles so long.
    if row.per_day.is_some()
        && row.days.is_empty()
        && row.cycle.is_none()
        && row.every.is_some_and(|e| e.days() >= 7.0)
    {
        row.cycle = row.every.take();
    }
    if cycle_is_interval && row.days.is_empty() && row.every.is_none() && row.per_day.is_none() {
        row.every = row.cycle;
    }
    let Some(cycle) = row.cycle else { return };
    if let Some(run) = row.duration
        && row.days.is_empty()
        && run.unit <= PeriodUnit::Week
        && run.days() < cycle.days()
        && row.every.is_none_or(|every| every.days() == cycle.days())
        && row.per_week.is_none()
    {
        row.days = (1..=run.days() as i32).collect();
        row.duration = None;
        row.every = None;
    }
}

/// "every 2 weeks, on days 1 and 15": the days are the interval told again, not days of a cycle so long.
fn spaced_by(days: &[i32], every: Period) -> bool {
    days.len() > 1 && days.windows(2).all(|pair| matches!(pair, [a, b] if f64::from(b - a) == every.days()))
}
