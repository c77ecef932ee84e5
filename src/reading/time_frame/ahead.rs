//! Looking ahead of an event or a time: what follows decides what it is.

use super::listen::Listener;
use crate::reading::timing::atoms::{Atom, EventId, Link, Mark, Noun, Qualifier, Unit};

/// How many atoms stand in brackets that are stepped over.
const FARTHEST_CLOSE: usize = 30;

impl Listener<'_> {
    /// "to", "through", "up to" or a dash follows, past words without meaning and one pair of brackets.
    pub(super) fn range_follows(&self, at: usize) -> bool {
        let next = self.past_brackets(at);
        match self.atom(next) {
            Some(Atom::Link(Link::To | Link::Until | Link::UpTo)) => true,
            Some(Atom::Mark(Mark::Dash)) => {
                !matches!(self.atom(next + 2), Some(Atom::Mark(Mark::Dash)))
                    && matches!(self.atom(next + 1), Some(Atom::Time(_)))
                    && !self.counts_from_a_late_event(next + 2)
            }
            _ => false,
        }
    }

    /// "Baseline - 4 months after the operation": two moments that no stretch joins, for they are counted apart.
    fn counts_from_a_late_event(&self, at: usize) -> bool {
        let early = |id: EventId| self.event(id).is_some_and(|event| event.after.is_none());
        self.atom(at) == Some(&Atom::Link(Link::After))
            && !matches!(self.atom(at + 1), Some(Atom::Event(id)) if early(*id))
    }

    /// "up to" follows behind a comma: "baseline, up to week 12", but not "baseline, up to 2 weeks before it".
    pub(super) fn bound_follows(&self, at: usize) -> bool {
        let next = self.past_brackets(at);
        self.atom(next) == Some(&Atom::Mark(Mark::Comma))
            && self.atom(next + 1) == Some(&Atom::Link(Link::UpTo))
            && self.atom(next + 3) != Some(&Atom::Link(Link::Before))
    }

    /// Death follows, past words without meaning: it has no adjective in common with what stands before it.
    pub(super) fn death_follows(&self, at: usize) -> bool {
        let next = (at..at + 8).find(|next| self.atom(*next) != Some(&Atom::Filler)).unwrap_or(at);
        matches!(self.atom(next), Some(Atom::Event(id)) if self.event(*id).is_some_and(|event| event.until.as_deref() == Some("death")))
    }

    /// A bracket with a length and nothing else: "(4 weeks)".
    pub(super) fn length_in_bracket(&self, at: usize) -> bool {
        let at = at + usize::from(self.atom(at) == Some(&Atom::Filler));
        let told = |at: usize| matches!(self.atom(at), Some(Atom::Time(time)) if !time.numbered);
        let firm = usize::from(self.atom(at + 1) == Some(&Atom::Qualifier(Qualifier::About)));
        self.atom(at) == Some(&Atom::Mark(Mark::Open))
            && told(at + 1 + firm)
            && self.atom(at + 2 + firm) == Some(&Atom::Mark(Mark::Close))
    }

    /// A time is told right behind: "end of treatment (8 weeks)", "end of treatment in the 8th week".
    pub(super) fn time_is_told(&self, at: usize) -> bool {
        let next = (at..at + 4).find(|next| self.atom(*next) != Some(&Atom::Filler)).unwrap_or(at);
        let inner = match self.atom(next) {
            Some(Atom::Mark(Mark::Open) | Atom::Link(Link::At)) => next + 1,
            _ => return false,
        };
        let skipped = |atom: Option<&Atom>| matches!(atom, Some(Atom::Filler | Atom::Qualifier(_)));
        let told = (inner..inner + 4).find(|next| !skipped(self.atom(*next)));
        matches!(told.and_then(|told| self.atom(told)), Some(Atom::Time(_)))
    }

    /// "within 7 days after it (i.e. the day of it and 6 more days)": the same in more words.
    pub(super) fn only_explains(&self, open: usize) -> bool {
        let text = |at: usize| self.atoms.get(at).map_or("", |placed| self.pieces.text(placed.pieces.start));
        let says = text(open + 1) == "ie" || text(open + 1) == "i" && text(open + 2) == "e";
        let told = |back: usize| match open.checked_sub(back).and_then(|at| self.atom(at)) {
            Some(Atom::Time(time)) => time.cycles.is_empty() && matches!(time.unit, Unit::Of(_)),
            _ => false,
        };
        // "Last dose + 30 days (i.e., up to 90 days)": how long that is in all.
        let bounds = (open + 1..open + 6).any(|at| self.atom(at) == Some(&Atom::Link(Link::UpTo)));
        says && !bounds && (1..6).any(told) && self.past_brackets(open) > open
    }

    pub(super) fn past_brackets(&self, at: usize) -> usize {
        let mut next = at;
        while matches!(self.atom(next), Some(Atom::Filler | Atom::Noun(Noun::Study | Noun::Treatment)))
            && next < at + 6
        {
            next += 1;
        }
        if matches!(self.atom(next), Some(Atom::Mark(Mark::Open))) {
            let close = (next..next + FARTHEST_CLOSE)
                .find(|i| matches!(self.atom(*i), Some(Atom::Mark(Mark::Close))));
            return close.map_or(next, |close| close + 1);
        }
        next
    }

    /// A time follows in the same breath: "post-treatment at 8 weeks", "post-program (6 months)".
    pub(super) fn time_follows(&self, at: usize) -> bool {
        for next in at..at + 6 {
            match self.atom(next) {
                Some(Atom::Time(_)) => return true,
                Some(
                    Atom::Filler
                    | Atom::Link(Link::At)
                    | Atom::Mark(Mark::Open | Mark::Colon | Mark::Dash)
                    | Atom::Qualifier(_)
                    | Atom::Noun(_)
                    | Atom::Link(Link::UpTo | Link::For | Link::Of),
                ) => {}
                _ => return false,
            }
        }
        false
    }

    /// What is measured stands between an event and the time behind it: "post-operative pain at 24 hours".
    pub(super) fn measured_later(&self, at: usize) -> bool {
        let mut words = 0;
        for next in at..at + 9 {
            match self.atom(next) {
                Some(Atom::Unknown) if words < 3 => words += 1,
                Some(Atom::Filler | Atom::Noun(_) | Atom::Qualifier(_)) => {}
                Some(Atom::Link(Link::At | Link::UpTo | Link::For | Link::Of)) if words > 0 => {
                    return self.time_follows(next);
                }
                _ => return false,
            }
        }
        false
    }

    /// A labelled day stands just before or behind: "day 1 pre-dose", "pre-dose on day 1".
    pub(super) fn labelled_day_near(&self, at: usize) -> bool {
        let label = |atom: Option<&Atom>| matches!(atom, Some(Atom::Time(time)) if time.numbered);
        let before = (1..=5).any(|back| at >= back && label(self.atom(at - back)));
        let mut next = self.past_brackets(at + 1);
        while matches!(self.atom(next), Some(Atom::Filler | Atom::Link(Link::At | Link::Of)))
            && next < at + 20
        {
            next += 1;
        }
        before || label(self.atom(next))
    }
}
