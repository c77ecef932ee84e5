//! What was heard → [`TimeFrame`]: which bare times are points, what the latest time is, what the repeats hold for.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::draft::{Draft, Heard, Role};
use crate::protocol::{After, Interval, Moment, Period, PeriodUnit, Span, TimeFrame};
use crate::reading::hash::WordHasher;
use crate::reading::timing::atoms::Noun;
use crate::reading::timing::pieces::Pieces;
use crate::reading::timing::words::Numbered;

/// A range of labels this short inside a list is meant one by one ("weeks 1-2, 4 and 8").
const SHORT_RANGE: f64 = 7.0;

/// Settles a draft. `field` names the text in the spans.
pub fn settle(pieces: &Pieces<'_>, mut draft: Draft) -> TimeFrame {
    let lists = lists(pieces, &draft);
    for heard in &mut draft.times {
        let listed = lists.get(heard.list).is_some_and(List::names_points);
        settle_role(heard, listed);
    }
    let points = points(&draft);
    let after = latest_after(&draft);
    let bound = bound(&draft);
    let mut frame = TimeFrame { points, ..TimeFrame::default() };
    frame.every = draft.repeats.iter().find_map(|repeat| repeat.every);
    frame.until = std::mem::take(&mut draft.until);
    // "Baseline, end of treatment (week 8)" are two points; alone, its event is when it is measured.
    if frame.points.len() < 2 {
        let told = std::mem::take(&mut draft.told).into_iter();
        let new: Vec<String> = told.filter(|event| !frame.until.contains(event)).collect();
        frame.until.extend(new);
    }
    frame.anchor = anchor(&draft);
    match (after, bound) {
        (None, Some(bound)) if draft.base.is_some() => {
            frame.after = draft.base.clone().map(|event| After { event, value: bound.period });
        }
        (after, bound) => {
            frame.max = latest(&draft, &frame, bound.map(|b| b.period), after.is_some());
            if let Some(bound) = bound.filter(|b| frame.max == Some(b.period)) {
                frame.about = bound.firm.about;
                frame.at_least = bound.firm.at_least;
                frame.average = bound.firm.average;
            }
            frame.after = after;
        }
    }
    // "Throughout the study, up to 2 years": its length is told.
    if frame.max.is_none() && frame.after.is_none() {
        frame.until.append(&mut draft.whole);
    }
    // What is counted from an operation needs no anchor besides.
    if draft.from_base.is_some() && frame.after.as_ref().map(|after| &after.event) == draft.from_base.as_ref()
    {
        frame.anchor = None;
    }
    // "1 week before surgery" alone: no point behind the start, but it says what that is.
    let empty =
        frame.points.is_empty() && frame.max.is_none() && frame.after.is_none() && frame.until.is_empty();
    if empty && frame.anchor.is_none() && frame.every.is_none() {
        frame.anchor = draft.before.take();
    }
    frame.moments = moments(pieces, &draft);
    frame.intervals = intervals(pieces, &draft);
    frame.span = span(pieces, &draft.read);
    frame.unread =
        merged(&draft.unread).into_iter().map(|range| Span::new("text", pieces.raw(range))).collect();
    frame
}

/// A list of times, as far as it matters for what its members are.
#[derive(Clone, Default)]
struct List {
    /// The first time it names, in seconds.
    first: Option<i64>,
    /// It names another one.
    several: bool,
    /// One of them is an average: they are lengths, not points.
    average: bool,
    /// One of them is the length of the treatment.
    treatment: bool,
    /// One of them is the length of the follow-up.
    follow_up: bool,
    /// One of them is told of one part of the study: "12 weeks (part 1), 1 year (part 2)".
    part: bool,
    /// The start is a member.
    zero: bool,
}

impl List {
    fn names_points(&self) -> bool {
        let lengths = self.average || self.treatment && self.follow_up || self.part && !self.zero;
        self.several && !lengths
    }

    fn add(&mut self, seconds: i64) {
        self.several |= *self.first.get_or_insert(seconds) != seconds;
    }
}

/// The lists by their number.
fn lists(pieces: &Pieces<'_>, draft: &Draft) -> Vec<List> {
    let of_a_part = |heard: &Heard| {
        let numbered = pieces.word(heard.pieces.end + 1).and_then(|word| word.numbered);
        pieces.text(heard.pieces.end) == "(" && numbered == Some(Numbered::Other)
    };
    let mut lists = vec![List::default(); draft.lists + 1];
    for heard in draft.times.iter().filter(|heard| heard.role != Role::Bound) {
        let Some(list) = lists.get_mut(heard.list) else { continue };
        list.add(heard.at.map_or(-1, seconds));
        list.average |= heard.firm.average;
        list.treatment |= heard.noun == Some(Noun::Treatment);
        list.follow_up |= heard.noun == Some(Noun::FollowUp);
        list.part |= of_a_part(heard);
    }
    for id in &draft.zeros {
        if let Some(list) = lists.get_mut(*id) {
            list.add(0);
            list.zero = true;
        }
    }
    lists
}

fn seconds(period: Period) -> i64 {
    (period.days() * 86_400.0).round() as i64
}

fn settle_role(heard: &mut Heard, listed: bool) {
    if let (Some(from), Some(to)) = (heard.from, heard.at) {
        let short = heard.numbered && to.value - from.value <= SHORT_RANGE;
        // "0-6 months, and at 1 and 2 years": no sample, a stretch from the start.
        let stretch = from.value == 0.0 && !heard.numbered && to.unit >= PeriodUnit::Day;
        if heard.role != Role::Bound && (stretch || !(listed && (short || !heard.numbered))) {
            heard.role = Role::Bound;
        }
    }
    if heard.role == Role::Bare {
        // "At least 3 years" is a length, whatever it is listed with.
        heard.role = if listed && !heard.firm.at_least { Role::Point } else { Role::Bound };
    }
}

fn points(draft: &Draft) -> Vec<Period> {
    let mut points: Vec<Period> = Vec::new();
    let mut seen: HashSet<(i64, bool), BuildHasherDefault<WordHasher>> = HashSet::default();
    let mut add = |period: Period| {
        // Day 1 and 24 hours are two points: the one is a number, the other a length.
        let hours = period.value > 0.0 && period.unit < PeriodUnit::Day;
        if seen.insert((seconds(period), hours)) {
            points.push(period);
        }
    };
    if !draft.zeros.is_empty() {
        add(Period::new(0.0, PeriodUnit::Day));
    }
    // "0, 2 and 4 hours post-dose on day 1"
    let zero_hours = |heard: &Heard| is_hours(heard) && heard.at.is_some_and(|at| at.value == 0.0);
    let before_hours = draft.starts_with_a_dose && !draft.times.is_empty()
        || !draft.zeros.is_empty()
        || draft.times.iter().any(zero_hours);
    let hours = before_hours && draft.times.iter().any(is_hours);
    // One day, on which hours were counted from the dose, is no point of its own; several are.
    let day = |heard: &&Heard| heard.role == Role::Point && heard.numbered && !is_hours(heard);
    let one_day = draft.times.iter().filter(day).count() == 1;
    let mut hours_told = false;
    for heard in draft.times.iter().filter(|heard| heard.role == Role::Point && heard.after.is_none()) {
        let Some(at) = heard.at.filter(|_| !(heard.of_hours && one_day)) else { continue };
        // "Day 1 pre-dose, 1, 2 and 4 hours post-dose": the day of the dose is the point 0.
        // "1 hour after dosing on day 1": which dose.
        hours_told |= is_hours(heard);
        let of_the_dose = !before_hours && draft.counted_from.as_deref() == Some("first_dose");
        if of_the_dose && heard.numbered && is_day_one(at) && heard.from.is_none() && hours_told {
            continue;
        }
        if hours && heard.numbered && heard.from.is_none() && is_day_one(at) {
            add(Period::new(0.0, PeriodUnit::Day));
            continue;
        }
        if let Some(from) = heard.from.filter(|_| heard.numbered) {
            let mut value = from.value;
            while value < at.value {
                add(plain_zero(Period::new(value, at.unit)));
                value += 1.0;
            }
        }
        // "0.5, 1-2 and 4-6 hours": a sample at either end.
        if let Some(from) = heard.from.filter(|from| !heard.numbered && from.unit < PeriodUnit::Day) {
            add(plain_zero(from));
        }
        add(plain_zero(at));
    }
    points
}

fn is_day_one(at: Period) -> bool {
    at == Period::new(1.0, PeriodUnit::Day)
}

/// A sample so many hours after something.
fn is_hours(heard: &Heard) -> bool {
    heard.role == Role::Point && heard.after.is_none() && heard.at.is_some_and(|at| at.unit < PeriodUnit::Day)
}

/// "Week 0" is the point 0, whatever the unit.
fn plain_zero(period: Period) -> Period {
    if period.value == 0.0 { Period::new(0.0, PeriodUnit::Day) } else { period }
}

/// The longest time after a late event.
fn latest_after(draft: &Draft) -> Option<After> {
    let mut latest: Option<After> = None;
    for heard in &draft.times {
        let (Some(event), Some(value)) = (&heard.after, heard.at) else { continue };
        if latest.as_ref().is_none_or(|known| value.days() > known.value.days()) {
            latest = Some(After { event: event.clone(), value });
        }
    }
    latest
}

/// A bound and how firm it is.
#[derive(Clone, Copy)]
struct Bound {
    period: Period,
    firm: super::draft::Firmness,
    noun: Option<Noun>,
    goes_on: bool,
    repeats: usize,
}

/// The longest explicit bound. What bounds one repeat of several is not one; treatment and follow-up add up.
fn bound(draft: &Draft) -> Option<Bound> {
    let last = draft.repeats.len();
    // A bound of an earlier repeat counts when a later one adds to it.
    let additions =
        draft.times.iter().filter(|heard| heard.firm.additional || heard.goes_on && heard.repeats == last);
    let last_addition = additions.map(|heard| heard.repeats).max();
    let all: Vec<Bound> = draft
        .times
        .iter()
        .filter(|heard| heard.role == Role::Bound && heard.after.is_none())
        .filter(|heard| {
            last < 2
                || heard.repeats == 0
                || heard.repeats == last
                || heard.firm.additional
                || last_addition.is_some_and(|later| later > heard.repeats)
        })
        .filter(|heard| heard.at.is_some_and(|at| at.value > 0.0))
        .filter_map(|heard| {
            heard.at.map(|period| Bound {
                period,
                firm: heard.firm,
                noun: heard.noun,
                goes_on: heard.goes_on,
                repeats: heard.repeats,
            })
        })
        .collect();
    let mut sums: Vec<Bound> = Vec::with_capacity(all.len());
    for bound in all {
        if let Some(before) = sums.last_mut()
            && before.period.unit == bound.period.unit
            && adds_up(before, &bound)
        {
            before.period.value += bound.period.value;
            before.noun = None;
            before.repeats = bound.repeats;
            continue;
        }
        sums.push(bound);
    }
    sums.into_iter().reduce(|longest, next| {
        // The same length in two units ("12 months (52 weeks)") stays as it was said first.
        let longer = next.period.days() > longest.period.days() * 1.02;
        if longer { next } else { longest }
    })
}

fn adds_up(before: &Bound, next: &Bound) -> bool {
    // "monthly for 3 months, then quarterly for 9 months"
    if next.goes_on && before.repeats > 0 && next.repeats == before.repeats + 1 {
        return true;
    }
    let treatment_then_follow_up = before.noun == Some(Noun::Treatment) && next.noun == Some(Noun::FollowUp);
    treatment_then_follow_up || next.firm.additional
}

/// The latest time: the explicit bound or the last point, whichever is later.
fn latest(draft: &Draft, frame: &TimeFrame, bound: Option<Period>, after: bool) -> Option<Period> {
    let last = frame.points.iter().copied().reduce(|a, b| if b.days() > a.days() { b } else { a });
    match (bound, last) {
        (Some(bound), Some(last)) if last.days() > bound.days() * 1.02 => Some(last),
        (Some(bound), _) => Some(bound),
        (None, Some(last)) => {
            // The start alone is not the latest when something lies after a late event or at an event.
            let start_only = last.value == 0.0 && (after || !frame.until.is_empty());
            let later = draft.open || draft.visit_last || start_only;
            (!later).then_some(last)
        }
        (None, None) => None,
    }
}

fn anchor(draft: &Draft) -> Option<String> {
    draft.from.clone().or_else(|| draft.counted_from.clone()).or_else(|| {
        let hours = |heard: &Heard| heard.at.is_some_and(|at| at.unit < PeriodUnit::Day);
        match draft.mentioned.as_deref() {
            // A dose that is only mentioned is where hours are counted from, and nothing else.
            Some("first_dose") if !draft.times.iter().any(hours) => None,
            other => other.map(str::to_owned),
        }
    })
}

fn moments(pieces: &Pieces<'_>, draft: &Draft) -> Vec<Moment> {
    let named = draft.times.iter().filter(|heard| heard.role == Role::Point || heard.after.is_some());
    named
        .filter_map(|heard| {
            Some(Moment {
                at: heard.at?,
                numbered: heard.numbered,
                window: heard.window,
                after: heard.after.clone(),
                span: Span::new("text", pieces.raw(heard.pieces.clone())),
            })
        })
        .collect()
}

fn intervals(pieces: &Pieces<'_>, draft: &Draft) -> Vec<Interval> {
    let mut bounds: Vec<Option<&Heard>> = vec![None; draft.repeats.len() + 1];
    for heard in draft.times.iter().filter(|heard| heard.role == Role::Bound && heard.after.is_none()) {
        if let Some(bound) = bounds.get_mut(heard.repeats) {
            bound.get_or_insert(heard);
        }
    }
    let mut end: Option<Period> = None;
    let repeats = draft.repeats.iter().zip(bounds.into_iter().skip(1));
    repeats
        .map(|(repeat, bound)| {
            let own = bound.and_then(|heard| heard.at);
            // "Every 3 months for 2 years, then every 6 months for 3 years": those after the two.
            let until = match (end, own) {
                (Some(before), Some(own)) if bound.is_some_and(|heard| heard.goes_on) => {
                    Some(before.plus(own))
                }
                _ => own,
            };
            end = until;
            Interval {
                every: repeat.every,
                every_cycles: repeat.cycles,
                until,
                until_cycle: bound.and_then(|heard| heard.cycles),
                window: repeat.window,
                span: Span::new("text", pieces.raw(repeat.pieces.clone())),
            }
        })
        .collect()
}

fn span(pieces: &Pieces<'_>, read: &[std::ops::Range<usize>]) -> Option<Span> {
    let start = read.iter().map(|range| range.start).min()?;
    let end = read.iter().map(|range| range.end).max()?;
    Some(Span::new("text", pieces.raw(start..end)))
}

/// Ranges that touch become one.
fn merged(ranges: &[std::ops::Range<usize>]) -> Vec<std::ops::Range<usize>> {
    let mut merged: Vec<std::ops::Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => merged.push(range.clone()),
        }
    }
    merged
}
