//! What the reader of a sentence keeps in mind between its parts, and what it hands back.

use std::collections::HashMap;

use crate::protocol::Period;
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::vocabulary::NameKind;

/// What stood between the last name or slot and this part.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::reading::dosing) struct Between {
    pub and: bool,
    pub or: bool,
    pub slash: bool,
    pub comma: bool,
    pub semicolon: bool,
    pub colon: bool,
    pub then: bool,
    pub give: bool,
    /// Something that may be another treatment.
    pub unknown: bool,
    /// A part of the treatment was named.
    pub phase: bool,
    pub words: usize,
}

impl Between {
    pub fn link(&self) -> Link {
        // "A, B and double chemotherapy", "A to the left arm and B": a few words say which or where.
        let described = (self.and && !self.phase || self.then) && self.words <= 3 && !self.unknown;
        if self.give || self.words > 0 && !described || self.semicolon && !self.then {
            Link::Apart
        } else if self.then {
            Link::Then
        } else if self.or {
            Link::Or
        } else if self.slash {
            Link::Slash
        } else {
            Link::And
        }
    }

    pub fn joint(&self) -> bool {
        self.and || self.or || self.slash || self.comma || self.then || self.semicolon
    }
}

/// Why parts are passed over for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reading::dosing) enum Mute {
    /// A condition, an example, a change, a negation: to the end of the brackets or of the sentence.
    Doubt(usize),
    /// A treatment before this one, something looked at: until something is given.
    Aside(usize),
    /// A limit of the dose before it: its amount only.
    Limit(usize),
    /// What the dose depends on: to a length behind a comma.
    Measured(usize),
    /// What a dose is made of: to the next schedule, which is the dose's.
    Content(usize),
    /// What a dose is dissolved in: to the next dose that is joined, or until something is given.
    Diluted(usize),
    /// What was given before, in a sentence that tells later what will be: until then.
    Before(usize),
    /// A condition that lets the planned course go on: to its comma.
    Passing(usize),
    /// Something that is lacking: to its comma.
    Lacking(usize),
    /// "as needed", said of the dose before it: to the next treatment that is joined.
    Trailing(usize),
}

/// A bracket that is open.
#[derive(Clone, Copy, Debug)]
pub(in crate::reading::dosing) struct Bracket {
    /// The part that opens it.
    pub open: usize,
    /// The entry before it.
    pub entry: Option<usize>,
    /// Names in it stand for the class before it.
    pub members: bool,
    /// Names in it are other names of the one before it.
    pub synonyms: bool,
    /// The first entry that shared the schedule before it.
    pub trail: Option<usize>,
}

/// Whose the slots are that stand in a sentence without a name of its own.
#[derive(Clone, Debug, Default)]
pub(in crate::reading::dosing) struct Subject {
    /// The treatment, where there is one only.
    pub name: Option<(String, NameKind)>,
    /// It is the label's, no sentence named it.
    pub from_label: bool,
    /// No row was read yet.
    pub first: bool,
    /// Nothing else was read of the text: what a capsule holds is the only dose there is.
    pub relaxed: bool,
}

impl Subject {
    /// A treatment without a row yet: "the treatment" is it.
    pub fn begins(&self) -> bool {
        self.first && self.name.as_ref().is_some_and(|(_, kind)| *kind == NameKind::Agent)
    }
}

/// Short names of treatments, as the text gives them.
pub(in crate::reading::dosing) type Aliases = HashMap<String, (String, NameKind)>;

/// A sentence's reading.
#[derive(Debug, Default)]
pub(in crate::reading::dosing) struct Clause {
    /// Treatments in the order of the text.
    pub entries: Vec<Entry>,
    /// Slots of a sentence that names no treatment, for all that were named.
    pub general: Slots,
    /// Tokens of `general`.
    pub general_span: Option<(usize, usize)>,
    /// A dose or a schedule that could not be given to a treatment.
    pub unread: bool,
    /// The phase that holds at its end.
    pub phase: Option<u16>,
    /// The phase that holds in the next sentence: one that stands before its treatments, or heads them.
    pub phase_after: Option<u16>,
    /// `general` is said of all treatments, as its words say ("all study drugs").
    pub of_all: bool,
    /// It is about a phase in which treatments are combined.
    pub combined: bool,
    /// The weeks that its heading tells ("Weeks 1-5: …").
    pub weeks: Option<Period>,
    /// Short names that it gives to treatments ("capecitabine (C)").
    pub aliases: Vec<(String, (String, NameKind))>,
    /// Treatments that it speaks of, but not as given here ("the MTD of X").
    pub aside: Vec<(String, NameKind)>,
    /// Classes whose members it names.
    pub classes: Vec<String>,
    /// A treatment was named in a part that was passed over as doubtful.
    pub doubted: bool,
    /// Treatments that it names, read or not: the next sentence may go on about them.
    pub mentioned: Vec<(String, NameKind)>,
}
