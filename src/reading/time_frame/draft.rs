//! What was heard in a time frame, before it is settled what is a point, a bound or an interval.

use std::ops::Range;

use crate::protocol::Period;
use crate::reading::timing::atoms::Noun;

/// How a time was governed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// By nothing: a point in a list, a bound alone.
    Bare,
    /// "at", "after", or a label.
    Point,
    /// "up to", "until", "for".
    Bound,
}

/// The qualifiers in front of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Firmness {
    /// "approximately".
    pub about: bool,
    /// "at least".
    pub at_least: bool,
    /// "an average of".
    pub average: bool,
    /// "an additional".
    pub additional: bool,
}

/// One time as heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Its length or number; absent for cycles of unstated length and visits.
    pub at: Option<Period>,
    /// The lower end, for a range.
    pub from: Option<Period>,
    /// A label and not a length.
    pub numbered: bool,
    /// Tolerance either way.
    pub window: Option<Period>,
    /// How it was governed.
    pub role: Role,
    /// The list it stands in.
    pub list: usize,
    /// The late event it is counted from.
    pub after: Option<String>,
    /// Its own words say what it is counted from.
    pub tied: bool,
    /// A length that begins where the one before it ends ("then monthly for 5 months").
    pub goes_on: bool,
    /// How firm it is.
    pub firm: Firmness,
    /// What it is the length of ("2 years of treatment").
    pub noun: Option<Noun>,
    /// The day of the dose that hours before it are counted from ("2 hours post-dose on day 8").
    pub of_hours: bool,
    /// How many cycles, when it is counted in cycles.
    pub cycles: Option<u32>,
    /// How many repeats were heard before it.
    pub repeats: usize,
    /// Its pieces.
    pub pieces: Range<usize>,
}

/// A repeat as heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// Time between two.
    pub every: Option<Period>,
    /// Cycles between two.
    pub cycles: Option<u32>,
    /// Tolerance either way.
    pub window: Option<Period>,
    /// Its pieces.
    pub pieces: Range<usize>,
}

/// Everything heard in one time frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The times, in the order of the text.
    pub times: Vec<Heard>,
    /// The lists in which the start of the study is a member.
    pub zeros: Vec<usize>,
    /// The number of the last list; they count from 0.
    pub lists: usize,
    /// The repeats, in the order of the text.
    pub repeats: Vec<Repeat>,
    /// Events that end it.
    pub until: Vec<String>,
    /// The study as a whole: its end, unless its length is told.
    pub whole: Vec<String>,
    /// Events that are members of a list and lie at a time that is told with them.
    pub told: Vec<String>,
    /// Where it starts, said by "from".
    pub from: Option<String>,
    /// What a time is counted from, said after it.
    pub counted_from: Option<String>,
    /// An event that lies at the start and is only mentioned.
    pub mentioned: Option<String>,
    /// The late event from which the whole frame is counted.
    pub base: Option<String>,
    /// The late event at which the frame starts.
    pub from_base: Option<String>,
    /// Times before a repeat were counted from this event, and what bounds the repeat is too.
    pub repeats_from: Option<String>,
    /// "Day 1 pre-dose": the first day is named with the dose on it.
    pub starts_with_a_dose: bool,
    /// What a length was told to lie before.
    pub before: Option<String>,
    /// Something lies later than every time that could be read (a visit, cycles of unstated length).
    pub open: bool,
    /// A visit without a time was named after the last time.
    pub visit_last: bool,
    /// Pieces that were read.
    pub read: Vec<Range<usize>>,
    /// Pieces that the vocabulary does not know.
    pub unread: Vec<Range<usize>>,
}

impl Draft {
    /// Adds an ending event once.
    pub fn ends_at(&mut self, event: &str) {
        if !self.until.iter().any(|known| known == event) {
            self.until.push(event.to_owned());
        }
    }
}
