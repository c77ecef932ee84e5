//! The parts of a dosing sentence, as the scanner finds them.

use crate::protocol::Period;
use crate::reading::quantities::Quantity;

use super::vocabulary::{Frequency, NameKind};

/// A part and the tokens it was read from.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What it is.
    pub what: What,
    /// First token.
    pub first: usize,
    /// First token after it.
    pub end: usize,
}

/// What ends with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bound {
    Sentence,
    Line,
    Paragraph,
}

/// How a group is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// "Dose level 2": its dose is a step of an escalation.
    Level,
    /// "Cohort 2": its dose is a step where several follow each other upwards.
    Cohort,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A treatment; its name ends at the token (a salt may follow).
    Name(NameKind, usize),
    /// Words that may be a name: the sentence decides.
    Unknown,
    /// A dose.
    Amount(Quantity),
    /// What one fraction of a radiation is.
    Fraction(Quantity),
    /// A way of giving.
    Route(u16),
    /// How often.
    Frequency(Frequency),
    /// Times of the day, as bits.
    Hours(u8),
    /// Days of the cycle.
    Days(Vec<i32>),
    /// The length of a cycle; the flag: it was said as an interval ("every 3-week cycle").
    Cycle(Period, bool),
    /// How many cycles.
    Cycles(u32),
    /// How many doses in all.
    Doses(u32),
    /// Which cycles ("cycles 1-4"); the last, and `None` where they go on.
    CycleMark(u32, Option<u32>),
    /// Weeks by number ("weeks 1-5").
    Weeks(u32, u32),
    /// For how long.
    Lasting(Period),
    /// Time on and time off, together a cycle.
    OnOff(Period, Period),
    /// So many first days of a cycle of a length.
    DaysOf(Period, Period),
    /// Time off that follows time on.
    Rest(Period),
    /// How long one giving takes.
    Infusion(Period, Option<Period>),
    /// "until": what follows ends the treatment.
    Until,
    /// An event that ends the treatment.
    Stop(u16),
    /// A part of the treatment.
    Phase(u16),
    /// Joins treatments given together.
    And,
    /// Joins alternatives.
    Or,
    /// `/`.
    Slash,
    /// `,`.
    Comma,
    /// `;`.
    Semicolon,
    /// `:`.
    Colon,
    /// One after the other.
    Then,
    /// `(` or `[`.
    Open,
    /// `)` or `]`.
    Close,
    /// Something is given.
    Give,
    /// Stands for treatments named before.
    Pronoun,
    /// "of": a dose before it belongs to the name after it.
    Of,
    /// "respectively".
    Respectively,
    /// A condition, an example, a change of dose, a negation: what follows is not planned dosing.
    Doubt,
    /// A treatment before this one.
    Prior,
    /// Something is looked at.
    Observe,
    /// What a dose is made of follows.
    Contain,
    /// A condition that lets the planned course go on.
    Passing,
    /// Given by itself.
    Alone,
    /// Given when it is needed.
    AsNeeded,
    /// The dose to begin with follows.
    Starting,
    /// The next dose of a planned rise follows.
    Step,
    /// What is lacking follows.
    Lacking,
    /// Something that people do or use, no medicine.
    Program,
    /// A dose-like number that was not understood.
    Stray,
    /// The rank of a group of patients, which a dose of its own may follow.
    Rank(Rank),
    /// The end of a sentence.
    Bound(Bound),
    /// Any other word.
    Other,
}
