//! The parts of speech of time: what the scanner makes of words and numbers.

use std::ops::Range;

use serde::Deserialize;

use crate::protocol::{Period, PeriodUnit};

/// An event's place in the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventId(pub u16);

/// A word that governs the time or event after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// "after": the time before it is counted from what follows.
    After,
    /// "before".
    Before,
    /// "from": the frame starts at what follows.
    From,
    /// "to": the end of a range.
    To,
    /// "until": what follows ends the frame.
    Until,
    /// "up to", "within": what follows bounds the frame.
    UpTo,
    /// "for", "during": what follows is its length.
    For,
    /// "at": what follows is a point.
    At,
    /// "between".
    Between,
    /// "of".
    Of,
    /// "into": the time before it is counted from the start of what follows.
    Into,
    /// "then".
    Then,
    /// "compared to", "due to": what follows is not part of the frame.
    Aside,
    /// "reported at": what follows is a point, whatever was spoken of before.
    Told,
}

/// How firm a number is, or what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// "approximately".
    About,
    /// "at least".
    AtLeast,
    /// "an average of".
    Average,
    /// "an additional": comes on top of the time before.
    Additional,
    /// "over the past": the period a question asks about.
    Recall,
    /// "change": what is measured is a difference between points.
    Change,
}

/// What is begun and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// The treatment as a whole.
    Treatment,
    /// One giving of it.
    Dose,
    /// One giving that takes its time.
    Infusion,
    /// The study.
    Study,
    /// The follow-up.
    FollowUp,
    /// A treatment after that of the study.
    NextTreatment,
    /// A cycle of the treatment.
    Cycle,
}

/// A beginning or an end, or which one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// "start".
    Start,
    /// "end".
    End,
    /// "first".
    First,
    /// "last".
    Last,
    /// "second", "next".
    Nth,
}

/// What a [`Time`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A unit of time.
    Of(PeriodUnit),
    /// Cycles of the treatment.
    Cycle,
    /// Visits: no time in them.
    Visit,
}

/// One number of a time, or a range of two.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// The number; negative for "day -14".
    pub value: f64,
    /// The upper end of a range.
    pub to: Option<f64>,
    /// Tolerance either way ("± 3").
    pub window: Option<f64>,
}

/// One or more times with one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// The numbers, in the order of the text; never empty.
    pub amounts: Vec<Amount>,
    /// What they count.
    pub unit: Unit,
    /// A label ("day 29", "the 4th week") and not a length ("29 days").
    pub numbered: bool,
    /// Written as an adjective ("the 12-week period").
    pub adjective: bool,
    /// The tolerance's unit where it has its own ("week 12 ± 3 days").
    pub window_unit: Option<PeriodUnit>,
    /// For days of cycles: the cycles.
    pub cycles: Vec<f64>,
    /// The end of what is counted, not its start ("end of cycle 2").
    pub at_end: bool,
}

/// A repeat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Every {
    /// How many units lie between two.
    pub value: f64,
    /// The upper end of a range ("every 2-3 months").
    pub to: Option<f64>,
    /// The unit.
    pub unit: Unit,
    /// Tolerance either way, in the same unit unless it has its own.
    pub window: Option<f64>,
    /// The tolerance's own unit.
    pub window_unit: Option<PeriodUnit>,
    /// It is the length of a cycle ("every 3-week cycle").
    pub cycle: bool,
    /// Said in one word ("weekly"), which may also be an adjective.
    pub adverb: bool,
}

impl Every {
    /// Every `period`.
    pub const fn period(period: Period) -> Self {
        Self::new(period.value, Unit::Of(period.unit))
    }

    /// Every `value` units.
    pub const fn new(value: f64, unit: Unit) -> Self {
        Self { value, to: None, unit, window: None, window_unit: None, cycle: false, adverb: false }
    }
}

/// Punctuation and conjunctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `,`
    Comma,
    /// "and", "or", `&`
    And,
    /// `/`
    Slash,
    /// `+`, "plus"
    Plus,
    /// `-`, `~` between terms
    Dash,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// The end of a sentence or line.
    Stop,
    /// `(` `[`
    Open,
    /// `)` `]`
    Close,
    /// `=`
    Equals,
}

/// A part of speech.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// A time.
    Time(Time),
    /// A repeat.
    Every(Every),
    /// An event.
    Event(EventId),
    /// A governing word.
    Link(Link),
    /// How firm the next number is.
    Qualifier(Qualifier),
    /// Something begun and ended.
    Noun(Noun),
    /// A beginning or an end.
    Edge(Edge),
    /// Punctuation or conjunction.
    Mark(Mark),
    /// A word that means nothing here.
    Filler,
    /// A word or number that the vocabulary does not know.
    Unknown,
}

/// An atom and the pieces it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The atom.
    pub atom: Atom,
    /// Its pieces.
    pub pieces: Range<usize>,
}
