//! Dates: what was read of a trial's schedule, laid on the calendar from a day that somebody names.
//!
//! Knows readings and dates; asks no clock. The rule for all of it: a date stands only where the record's words give
//! it. Cycles are drawn as many as were asked for or are stated, whichever is fewer, and one where neither is known;
//! "until progression" draws nothing. What has no date is kept, word for word, with the reason.
//!
//! Day numbers: day 1 is the start; there is no day 0, unless the text counts one, and then that is the start.

mod assessments;
mod course;
mod doses;
pub mod grid;
mod slips;
pub mod start;
mod step;
pub mod told;
pub mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::protocol::{Period, Readings, Regimen, Span, Trial, phrase};

pub use course::{Course, courses};
pub use slips::{Later, Slip};

/// Cycles that are drawn at most, however many are asked for.
pub const MOST_CYCLES: u32 = 500;

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Day 1.
    pub start: Date,
    /// How many cycles; where the words state no cycle, how many doses.
    pub cycles: Option<u32>,
    /// Visits that were moved.
    pub slips: Vec<Slip>,
    /// What later visits are counted from.
    pub later: Later,
}

impl Wanted {
    /// Everything that is known, from a start on.
    pub fn from(start: Date) -> Self {
        Self { start, cycles: None, slips: Vec::new(), later: Later::default() }
    }
}

/// A visit by its number: the day of a cycle, or the number of a dose where the words state no cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Visit {
    /// Which of the course's rhythms counts it: 0 is the cycle, others are intervals of their own.
    pub track: usize,
    /// The cycle's or the dose's number, from 1.
    pub cycle: u32,
    /// The day of the cycle.
    pub day: i32,
}

/// What happens on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A cycle begins.
    Cycle,
    /// Something is given.
    Dose,
    /// Something is examined.
    Assessment,
}

/// How the words give a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// They name the day.
    Named,
    /// Every day.
    Daily,
    /// Counted from the start by the stated interval.
    Counted,
    /// At or before it: a baseline.
    Baseline,
}

/// Something on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The day.
    pub date: Date,
    /// The day it would be if no visit had been moved.
    pub planned: Date,
    /// What kind.
    pub kind: Kind,
    /// Which row of the schedule: a number that the dates of one row share.
    pub row: usize,
    /// Its number; examinations counted in time have none.
    pub visit: Option<Visit>,
    /// That number as people call it: `C2 D8`, `dose 3`, `D15`; empty for an examination counted in time.
    pub number: String,
    /// The treatment or examination as the record writes it; the cycle's number.
    pub what: String,
    /// Dose, route, how often on the day; how an examination's time was stated.
    pub detail: String,
    /// Days either way that are stated as tolerance.
    pub window: Option<i64>,
    /// How the words give the date.
    pub basis: Basis,
    /// The words.
    pub span: Option<Span>,
}

impl Entry {
    /// Days by which it was moved.
    pub fn moved(&self) -> i32 {
        self.date.since(self.planned).map(|span| span.get_days()).unwrap_or_default()
    }
}

/// Something that stands in the record and has no date.
#[derive(Clone, Debug, PartialEq)]
pub struct Undated {
    /// The treatment or examination as the record writes it; empty where nothing was read.
    pub what: String,
    /// The record's words.
    pub words: String,
    /// Why there is no date.
    pub why: Cow<'static, str>,
    /// Where the words stand.
    pub span: Option<Span>,
}

/// A course on the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The arm's label, if the record tells it.
    pub arm: Option<String>,
    /// The part of the treatment, where the words name one.
    pub epoch: Option<String>,
    /// The day that was named.
    pub start: Date,
    /// The start is the text's day 0 and not its day 1.
    pub from_zero: bool,
    /// The cycle's length, where the words state one.
    pub cycle: Option<Period>,
    /// How many cycles the record states.
    pub stated_cycles: Option<u32>,
    /// The most cycles that it states for one of the treatments.
    pub longest: Option<u32>,
    /// How many cycles (or doses, without a cycle) are drawn.
    pub drawn: u32,
    /// Events that end the treatment.
    pub until: Vec<String>,
    /// What later visits are counted from.
    pub later: Later,
    /// By date; on one date the cycle first, then doses in the record's order, then examinations.
    pub entries: Vec<Entry>,
    /// What could not be dated.
    pub undated: Vec<Undated>,
    /// A moved visit has passed another of its row: such a calendar is not to be shown.
    pub clash: Option<Visit>,
}

impl Undated {
    /// Its name, where the words do not hold it, and the words in quotation marks.
    pub fn told(&self) -> String {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = self.what.is_empty() || words.to_lowercase().contains(&self.what.to_lowercase());
        match (named, words.is_empty()) {
            (true, _) => format!("“{words}”"),
            (false, true) => self.what.clone(),
            (false, false) => format!("{}: “{words}”", self.what),
        }
    }
}

impl Dated {
    /// The visit on a day of a cycle, or with that dose's number.
    pub fn visit(&self, cycle: u32, day: i32) -> Option<Visit> {
        let visits = self.entries.iter().filter_map(|entry| entry.visit);
        visits.filter(|visit| visit.cycle == cycle && visit.day == day).min()
    }

    /// The words for how days are numbered.
    pub fn convention(&self) -> &'static str {
        if self.from_zero {
            "day 0 is the start, as the text counts"
        } else {
            "day 1 is the start; there is no day 0"
        }
    }

    /// Anything was moved.
    pub fn is_moved(&self) -> bool {
        self.entries.iter().any(|entry| entry.date != entry.planned)
    }
}

/// Lays a course on the calendar.
pub fn dated(trial: &Trial, readings: &Readings, course: &Course<'_>, wanted: &Wanted) -> Dated {
    let doses = doses::draw(trial, course, wanted);
    let mut dated = Dated {
        arm: course.arm.map(|arm| arm.label.clone()),
        epoch: course.regimen.and_then(|regimen| regimen.epoch.clone()),
        start: wanted.start,
        from_zero: doses.from_zero,
        cycle: doses.cycle,
        stated_cycles: doses.stated,
        drawn: doses.drawn,
        longest: doses.longest,
        until: course.regimen.map(ends).unwrap_or_default(),
        later: wanted.later,
        entries: Vec::new(),
        undated: doses.undated.clone(),
        clash: None,
    };
    let examined = assessments::draw(trial, readings, course, wanted, &doses);
    dated.entries = doses.entries;
    write_names(trial, &mut dated.entries);
    dated.entries.extend(examined.entries);
    slips::apply(&mut dated.entries, wanted);
    dated.clash = slips::clash(&dated.entries);
    dated.undated.extend(examined.undated);
    dated.undated.extend(course::other_parts(trial, readings, course));
    dated.undated.extend(course::unread(trial, readings, course));
    dated.entries.sort_by_key(|entry| (entry.date, entry.kind, entry.row, entry.visit));
    dated
}

/// Treatments with the capitals of the record.
fn write_names(trial: &Trial, entries: &mut [Entry]) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries {
        let written = || phrase::written(trial, &entry.what);
        entry.what = known.entry(entry.what.clone()).or_insert_with(written).clone();
    }
}

/// Every event that ends one of the treatments.
fn ends(regimen: &Regimen) -> Vec<String> {
    let mut until: Vec<String> = Vec::new();
    for event in regimen.administrations.iter().flat_map(|row| &row.stop) {
        if !until.contains(event) {
            until.push(event.clone());
        }
    }
    until
}

/// Dates of one row that follow each other day by day.
#[derive(Clone, Copy, Debug)]
pub struct Run<'e> {
    /// The first.
    pub from: &'e Entry,
    /// The last; the first again for a single day.
    pub to: &'e Entry,
}

impl Run<'_> {
    /// More than one day.
    pub fn is_long(&self) -> bool {
        self.from.date != self.to.date
    }

    /// Its visits' number: `C1 D1–21`.
    pub fn number(&self) -> String {
        match self.to.visit.filter(|_| self.is_long()) {
            Some(last) => format!("{}–{}", self.from.number, last.day),
            None => self.from.number.clone(),
        }
    }
}

/// Entries drawn together where one row follows itself day by day in one cycle.
pub fn runs(entries: &[Entry]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    // The run of each row that may still go on.
    let mut open: HashMap<usize, usize> = HashMap::new();
    for entry in entries {
        let known = open.get(&entry.row).and_then(|at| runs.get_mut(*at));
        match known.filter(|run| goes_on(run.to, entry)) {
            Some(run) => run.to = entry,
            None => {
                open.insert(entry.row, runs.len());
                runs.push(Run { from: entry, to: entry });
            }
        }
    }
    runs
}

/// Whether an entry is the next day of what was given the day before.
fn goes_on(last: &Entry, entry: &Entry) -> bool {
    let cycle = |entry: &Entry| entry.visit.map(|visit| (visit.track, visit.cycle));
    entry.kind == Kind::Dose
        && last.date.tomorrow().is_ok_and(|next| next == entry.date)
        && cycle(last) == cycle(entry)
        && last.moved() == entry.moved()
}
