//! Examinations → dates, counted from the start: points, repeats with their tolerance. What is counted from another
//! event, or ends with one, has no date.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::course::{self, Course};
use super::doses::Doses;
use super::step::{Step, plus_days};
use super::words::{self, Cycles};
use super::{Basis, Entry, Kind, Undated, Visit, Wanted};
use crate::protocol::{Assessment, Interval, Moment, Period, PeriodUnit, Readings, TimeFrame, Trial, phrase};

/// Anchors that are the day that was named, or as near to it as the record tells.
const START: &[&str] = &["baseline", "enrollment", "randomization", "start_of_treatment", "first_dose"];

/// Repeats of one examination that are drawn at most.
const MOST: i64 = 1000;

/// What was made of the examinations.
#[derive(Debug, Default)]
pub(super) struct Examined {
    pub entries: Vec<Entry>,
    pub undated: Vec<Undated>,
}

/// Dates the examinations of a course.
pub(super) fn draw(
    trial: &Trial,
    readings: &Readings,
    course: &Course<'_>,
    wanted: &Wanted,
    doses: &Doses,
) -> Examined {
    let mut examined = Examined::default();
    let own = readings.assessments.iter().filter(|found| course.is_about(trial, &found.span.field));
    for (index, assessment) in own.enumerate() {
        let words = course::words(trial, &assessment.span);
        let mut one = One {
            assessment,
            cycles: words::cycles(&words, None),
            in_each_cycle: words::in_each_cycle(&words),
            wanted,
            doses,
            row: doses.rows + index,
            limit: wanted.cycles.and(doses.repeated_end),
            dates: BTreeSet::new(),
            out: Vec::new(),
            left: Vec::new(),
        };
        one.read(course);
        for why in one.left {
            let span = Some(assessment.span.clone());
            examined.undated.push(Undated { what: assessment.name.clone(), words: words.clone(), why, span });
        }
        examined.entries.extend(one.out);
    }
    let mut told = BTreeSet::new();
    examined.entries.retain(|entry| told.insert((entry.what.to_lowercase(), entry.date)));
    examined
}

/// One examination on its way to dates.
struct One<'a> {
    assessment: &'a Assessment,
    /// Which cycles its words name.
    cycles: Cycles,
    /// They speak of days that every cycle has.
    in_each_cycle: bool,
    wanted: &'a Wanted,
    doses: &'a Doses,
    row: usize,
    /// The day behind the last one that was asked for.
    limit: Option<Date>,
    dates: BTreeSet<Date>,
    out: Vec<Entry>,
    left: Vec<Cow<'static, str>>,
}

impl One<'_> {
    fn read(&mut self, course: &Course<'_>) {
        let timing = &self.assessment.timing;
        if *timing == TimeFrame::default() {
            return self.leave("no time is stated");
        }
        let by_cycle =
            |interval: &Interval| interval.every_cycles.is_some() || interval.until_cycle.is_some();
        if !course.first && !timing.intervals.iter().any(by_cycle) {
            return self.leave("counted from the trial's start and not from this part's");
        }
        if timing.anchor.as_deref().is_some_and(|anchor| !START.contains(&anchor)) {
            return self.leave("counted from an event whose day is not known");
        }
        self.points(timing);
        // "Day 8 of each cycle" is a day and no interval beside it.
        if !(self.in_each_cycle && timing.moments.iter().any(numbers_day)) {
            self.repeats(timing);
        }
        if timing.after.is_some() || timing.moments.iter().any(|moment| moment.after.is_some()) {
            self.leave("counted from an event whose day is not known");
        }
        if self.out.is_empty() && self.left.is_empty() {
            match timing.max {
                Some(max) => self.leave(format!("up to {}, and no day of it is named", phrase::period(max))),
                None => self.leave("the words name no day"),
            }
        }
    }

    fn leave(&mut self, why: impl Into<Cow<'static, str>>) {
        let why = why.into();
        if !self.left.contains(&why) {
            self.left.push(why);
        }
    }

    /// Single points. Where the text numbers days, day 1 is the start.
    fn points(&mut self, timing: &TimeFrame) {
        for point in &timing.points {
            let told = timing.moments.iter().find(|moment| moment.after.is_none() && moment.at == *point);
            match told {
                Some(moment) if numbers_day(moment) && self.cycles == Cycles::Apart => {
                    self.leave("days of cycles that its words tell apart");
                }
                Some(moment) if numbers_day(moment) && self.in_each_cycle => self.each_cycle(moment),
                Some(moment) => self.moment(moment),
                None if point.value == 0.0 || point.unit != PeriodUnit::Day => {
                    self.point(*point, spoken(*point), None)
                }
                None => self.leave("a day that may be a day's number or a number of days"),
            }
        }
    }

    /// A day of every cycle that is drawn; it moves with its cycle.
    fn each_cycle(&mut self, moment: &Moment) {
        let Some(step) = self.doses.step else {
            return self.leave("a day of each cycle, and the words state no cycle's length");
        };
        let day = moment.at.value as i32;
        for cycle in 1..=self.doses.drawn {
            let begin = step.from(self.wanted.start, i64::from(cycle) - 1);
            let Some(date) = begin.and_then(|begin| plus_days(begin, i64::from(day) - 1)) else { break };
            let before = self.out.len();
            self.add(date, "in each cycle".to_owned(), Basis::Named, moment.window);
            if let Some(entry) = self.out.get_mut(before) {
                entry.visit = Some(Visit { track: 0, cycle, day });
                entry.number = format!("C{cycle} D{day}");
            }
        }
    }

    fn moment(&mut self, moment: &Moment) {
        let numbered = numbers_day(moment);
        let at = if numbered { Period::new(moment.at.value - 1.0, PeriodUnit::Day) } else { moment.at };
        let name = if numbered { format!("day {}", moment.at.value) } else { spoken(moment.at) };
        self.point(at, name, moment.window);
    }

    fn point(&mut self, at: Period, name: String, window: Option<Period>) {
        let start = self.wanted.start;
        let date =
            if at.value == 0.0 { Some(start) } else { Step::of(at).and_then(|step| step.from(start, 1)) };
        let Some(date) = date else { return self.leave("a time that is no number of whole days or months") };
        let basis = if at.value == 0.0 { Basis::Baseline } else { Basis::Named };
        if self.limit.is_some_and(|limit| date >= limit) {
            return self.leave("lies beyond the cycles that were asked for");
        }
        self.add(date, name, basis, window);
    }

    /// Repeats, each until it is stated to end; the last one as far as is asked for or known.
    fn repeats(&mut self, timing: &TimeFrame) {
        let known_end = timing.max.filter(|_| !timing.at_least).and_then(|max| self.after(max));
        let mut from = Some(self.wanted.start);
        for interval in &timing.intervals {
            let Some(begin) = from else { return self.leave("a repeat whose begin is not known") };
            let end = self.end_of(interval);
            if end.is_none() && (interval.until.is_some() || interval.until_cycle.is_some()) {
                return self.leave("counted in cycles, and the words state no cycle's length");
            }
            self.repeat(interval, begin, end.or(known_end), end.is_some());
            from = end;
        }
        if timing.intervals.is_empty()
            && let Some(every) = timing.every
        {
            let span = self.assessment.span.clone();
            let only = Interval {
                every: Some(every),
                every_cycles: None,
                until: None,
                until_cycle: None,
                window: None,
                span,
            };
            self.repeat(&only, self.wanted.start, known_end, false);
        }
    }

    /// The date a length behind the start.
    fn after(&self, length: Period) -> Option<Date> {
        Step::of(length).and_then(|step| step.from(self.wanted.start, 1))
    }

    fn end_of(&self, interval: &Interval) -> Option<Date> {
        match (interval.until, interval.until_cycle) {
            (Some(until), _) => self.after(until),
            (None, Some(cycles)) => {
                self.doses.step.and_then(|step| step.from(self.wanted.start, i64::from(cycles)))
            }
            (None, None) => None,
        }
    }

    /// `closed`: the end is this repeat's own and belongs to it.
    fn repeat(&mut self, interval: &Interval, begin: Date, end: Option<Date>, closed: bool) {
        let (step, name) = match (interval.every, interval.every_cycles) {
            (Some(every), _) => (Step::of(every), format!("every {}", phrase::interval(every))),
            (None, Some(cycles)) => {
                let step = self.doses.step.and_then(|step| times(step, cycles));
                let each =
                    if cycles == 1 { "every cycle".to_owned() } else { format!("every {cycles} cycles") };
                (step, each)
            }
            (None, None) => return,
        };
        let Some(step) = step else {
            return self.leave("its interval cannot be counted in whole days or months");
        };
        // The treatment's drawn end bounds what has no end of its own.
        let open = end.is_none();
        let stop = end.or(self.doses.end);
        let Some(stop) = stop else {
            return self.leave(format!("{name}, and neither an end nor a cycle is known to draw it to"));
        };
        let reached = |date: &Date| if open && !closed { *date < stop } else { *date <= stop };
        for times in 1..=MOST {
            let Some(date) = step.from(begin, times).filter(reached) else { break };
            if self.limit.is_some_and(|limit| date >= limit) {
                return self.leave(format!("{name}: goes on beyond the cycles that were asked for"));
            }
            self.add(date, name.clone(), Basis::Counted, interval.window);
        }
        if open {
            self.leave(format!("{name}: goes on; its end is not stated as a time"));
        }
    }

    fn add(&mut self, date: Date, name: String, basis: Basis, window: Option<Period>) {
        if !self.dates.insert(date) {
            return;
        }
        let whole = window.and_then(Step::of).and_then(Step::days);
        let name = match (window, whole) {
            (Some(window), None) => format!("{name} ± {}", phrase::period(window)),
            _ => name,
        };
        // A window must lie on the calendar to be told as dates.
        let whole = whole.filter(|days| plus_days(date, *days).is_some() && plus_days(date, -days).is_some());
        self.out.push(Entry {
            date,
            planned: date,
            kind: Kind::Assessment,
            row: self.row,
            visit: None,
            number: String::new(),
            what: self.assessment.name.clone(),
            detail: name,
            window: whole,
            basis,
            span: Some(self.assessment.span.clone()),
        });
    }
}

/// Whether a moment is a day's number: day 1 is the start.
fn numbers_day(moment: &Moment) -> bool {
    moment.numbered && moment.at.unit == PeriodUnit::Day && moment.at.value >= 1.0
}

fn times(step: Step, count: u32) -> Option<Step> {
    let count = i64::from(count);
    match step {
        Step::Days(days) => days.checked_mul(count).map(Step::Days),
        Step::Months(months) => months.checked_mul(count).map(Step::Months),
    }
}

/// `week 8`, `month 6`; a point 0 is the baseline.
fn spoken(at: Period) -> String {
    if at.value == 0.0 {
        return "baseline: at or before the start".to_owned();
    }
    let one = if at.value == 1.0 { "1 " } else { "" };
    format!("{one}{} after the start", phrase::period(at))
}
