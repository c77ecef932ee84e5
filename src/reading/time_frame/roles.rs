//! How a time is governed where it stands: a point, a bound, the start of a range, or the same told again.

use super::draft::{Heard, Role};
use super::listen::{Last, Lead, Listener};
use super::tail::{self, Tail};
use crate::protocol::PeriodUnit;
use crate::reading::timing::atoms::{Atom, Link, Mark, Noun, Time, Unit};

/// Occasions that are called by when they are.
const VISITS: &[&str] = &["visit", "survey", "assessment", "questionnaire", "interview", "examination"];

impl Listener<'_> {
    pub(super) fn role(&self, time: &Time, tail: Option<Tail>, at: usize) -> Role {
        match self.lead {
            Lead::At | Lead::After => Role::Point,
            Lead::To if self.change => Role::Point,
            // "Change from baseline through week 12": the difference of the two.
            Lead::Until
                if self.change && tail.is_none() && (time.numbered || !self.draft.zeros.is_empty()) =>
            {
                Role::Point
            }
            Lead::From | Lead::Between => Role::Point,
            // "and for the active patients 24 months after inclusion": for whom, not for how long.
            Lead::For if self.unknown > 0 && self.is_from_something(tail, at) => Role::Bare,
            Lead::Bound | Lead::Until | Lead::To | Lead::For | Lead::Before => Role::Bound,
            // "One week later" and no more.
            Lead::None if at == 0 && self.is_later(at + 1) => Role::Point,
            Lead::None | Lead::Started | Lead::Recall | Lead::Aside => {
                match self.brackets.last().map(|bracket| bracket.behind) {
                    // "end of treatment (week 8)" is week 8, "end of treatment (8 weeks)" how long it takes.
                    Some(Last::Until) => Role::Bound,
                    // But "at the end of treatment (8 weeks)" is when it is.
                    Some(Last::Late) if self.behind_at() => Role::Point,
                    Some(Last::Late) if !time.numbered && !self.is_listed() => Role::Bound,
                    Some(Last::Visit | Last::Cycle) if self.behind_at() => Role::Point,
                    Some(Last::LoneAfter) => Role::Point,
                    // "up to the last visit (week 26)".
                    Some(Last::Nothing | Last::Visit) if self.behind_a_bound() => Role::Bound,
                    // "baseline up to the follow-up (week 30)".
                    Some(Last::Nothing | Last::Visit) if self.behind_the_end_of_a_range() => Role::Bound,
                    _ if self.is_year_of_a_repeat(time, at) => Role::Bound,
                    _ if time.numbered => Role::Point,
                    // "12 or 20 weeks": one of them, as the case may be.
                    _ if self.is_one_of_two(time, at) => Role::Bound,
                    _ if self.is_of_a_visit(time, at) => Role::Point,
                    _ => Role::Bare,
                }
            }
        }
    }

    /// "The 6 months survey" and no more: it is called by when it is.
    fn is_of_a_visit(&self, time: &Time, at: usize) -> bool {
        let end = self.atoms.get(at).map_or(0, |placed| placed.pieces.end);
        let visit = (end..end + 2).find(|piece| VISITS.contains(&self.pieces.text(*piece)));
        let ends = |piece: usize| matches!(self.pieces.text(piece), "" | "(" | "," | ";" | "." | "and");
        matches!(time.amounts.as_slice(), [one] if one.to.is_none())
            && visit.is_some_and(|piece| ends(piece + 1))
    }

    /// Two lengths with nothing but "or" between them.
    fn is_one_of_two(&self, time: &Time, at: usize) -> bool {
        let pieces = self.atoms.get(at).map_or(0..0, |placed| placed.pieces.clone());
        let mut words = pieces.map(|piece| self.pieces.text(piece));
        time.amounts.len() == 2 && words.any(|word| word == "or")
    }

    /// In brackets behind a member of a list whose other members are points: "baseline, end of treatment (8 weeks)".
    fn is_listed(&self) -> bool {
        let Some(outer) = self.brackets.last().map(|bracket| bracket.list) else { return false };
        let point = |heard: &Heard| heard.list == outer && heard.role != Role::Bound;
        self.draft.zeros.contains(&outer) || self.draft.times.iter().rev().take(8).any(point)
    }

    /// Counted from an event that lies at the beginning, or a member of a list.
    fn is_from_something(&self, tail: Option<Tail>, at: usize) -> bool {
        let list = || {
            matches!(self.atom(at + 1), Some(Atom::Mark(Mark::Comma | Mark::And)))
                && matches!(self.atom(at + 2), Some(Atom::Time(_)))
        };
        match tail {
            Some(Tail::After(Some(id))) => {
                self.event(id).is_some_and(|event| event.from.is_some() && event.after.is_none())
            }
            None => list(),
            _ => false,
        }
    }

    /// In brackets behind what ends a range whose start was named.
    fn behind_the_end_of_a_range(&self) -> bool {
        let ends =
            |bracket: &super::listen::Bracket| matches!(bracket.lead, Lead::Bound | Lead::To | Lead::Until);
        self.started && !self.change && self.brackets.last().is_some_and(ends)
    }

    /// In brackets behind what "up to" or "until" governs.
    fn behind_a_bound(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| matches!(bracket.lead, Lead::Bound | Lead::Until))
    }

    /// "Every 3 months in year 1": how long the repeat holds.
    fn is_year_of_a_repeat(&self, time: &Time, at: usize) -> bool {
        let year = time.numbered && time.unit == Unit::Of(PeriodUnit::Year);
        let within = |at: usize| {
            self.atoms.get(at).is_some_and(|placed| self.pieces.text(placed.pieces.start) == "in")
        };
        year && at >= 2 && within(at - 1) && matches!(self.atom(at - 2), Some(Atom::Every(_)))
    }

    /// In brackets behind what "at" governs.
    pub(super) fn behind_at(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| bracket.lead == Lead::At)
    }

    /// "baseline day 1", "baseline week 0": the start told again.
    pub(super) fn is_start_again(&self, time: &Time, at: usize) -> bool {
        let first = matches!(time.amounts.as_slice(), [one] if one.to.is_none() && (one.value == 0.0 || one.value == 1.0 && time.unit == Unit::Of(PeriodUnit::Day)));
        let before = at.checked_sub(1).and_then(|before| self.atom(before));
        let zero = matches!(before, Some(Atom::Event(id)) if self.event(*id).is_some_and(|event| event.zero));
        time.numbered && first && zero && !self.range_follows(at + 1)
    }

    /// In brackets behind a point or a start, ungoverned: the same in other words ("week 24 (6 months)").
    pub(super) fn is_alias(&self, time: &Time) -> bool {
        let Some(bracket) = self.brackets.last() else { return false };
        let ungoverned = matches!(self.lead, Lead::None | Lead::At | Lead::Started);
        match bracket.behind {
            Last::Point => ungoverned,
            Last::Start => ungoverned && (time.numbered || self.started),
            _ => false,
        }
    }

    /// "the 1-month follow-up at 8 weeks": the number only names the visit.
    pub(super) fn names_a_visit(&self, time: &Time, at: usize) -> bool {
        let next = tail::past_noun(self.atoms, at + 1);
        time.adjective
            && matches!(self.atom(next), Some(Atom::Link(Link::At)))
            && matches!(self.atom(next + 1), Some(Atom::Time(_)))
    }

    /// "H0 + 2 h", "T0+5 months": what the next time is counted from.
    pub(super) fn is_reference(&self, time: &Time, at: usize) -> bool {
        let zero = time.numbered && matches!(time.amounts.as_slice(), [one] if one.value == 0.0);
        zero && self.plus_time(at + 1)
    }

    pub(super) fn plus_time(&self, at: usize) -> bool {
        self.atom(at) == Some(&Atom::Mark(Mark::Plus)) && matches!(self.atom(at + 1), Some(Atom::Time(_)))
    }

    /// "Baseline plus weeks 2 and 4" is a list.
    pub(super) fn plus_length(&self, at: usize) -> bool {
        self.plus_time(at) && matches!(self.atom(at + 1), Some(Atom::Time(time)) if !time.numbered)
    }

    /// "week 16/day 106": one day in two units.
    pub(super) fn is_same_day(&self, time: &Time, at: usize) -> bool {
        let slash = at > 1 && self.atom(at - 1) == Some(&Atom::Mark(Mark::Slash));
        let before = if slash { self.atom(at - 2) } else { None };
        matches!(before, Some(Atom::Time(before)) if before.numbered && time.numbered && before.unit != time.unit)
    }

    /// "week 16, day 1": the day within the week, which is one visit.
    pub(super) fn is_day_of_week(&self, time: &Time, at: usize) -> bool {
        let comma = at > 1 && self.atom(at - 1) == Some(&Atom::Mark(Mark::Comma));
        let before = at.checked_sub(1 + usize::from(comma)).and_then(|before| self.atom(before));
        let [day] = time.amounts.as_slice() else { return false };
        let day = time.numbered && time.unit == Unit::Of(PeriodUnit::Day) && (1.0..8.0).contains(&day.value);
        let week = |week: &Time| {
            let later = matches!(week.amounts.as_slice(), [one] if one.value > 1.0 && one.to.is_none());
            week.numbered && week.unit == Unit::Of(PeriodUnit::Week) && later
        };
        day && matches!(before, Some(Atom::Time(before)) if week(before))
    }

    /// "day 1 to day 28": the first is where it starts.
    pub(super) fn starts_range(&self, time: &Time, at: usize) -> bool {
        let of_treatment = time.numbered && tail::noun_after(self.atoms, at + 1) == Some(Noun::Treatment);
        let next = if of_treatment { tail::past_noun(self.atoms, at + 1) } else { at + 1 };
        // "day 0 (baseline) to week 20".
        let bracket = self.atom(next) == Some(&Atom::Mark(Mark::Open));
        let next = if bracket && time.numbered { self.past_brackets(next) } else { next };
        let time_behind = |at: usize| {
            (at..at + 4).find_map(|i| match self.atom(i) {
                Some(Atom::Filler | Atom::Qualifier(_)) => None,
                Some(Atom::Time(_)) => Some(true),
                _ => Some(false),
            }) == Some(true)
        };
        // "day 1 pre-dose up to week 9".
        let before = time.numbered && self.atom(next) == Some(&Atom::Link(Link::Before));
        let dose = matches!(
            self.atom(next + 1),
            Some(Atom::Event(_) | Atom::Noun(Noun::Dose | Noun::Infusion | Noun::Treatment))
        );
        let next = if before && dose { next + 2 } else { next };
        match self.atom(next) {
            Some(Atom::Link(Link::To)) => time.numbered || time_behind(next + 1),
            Some(Atom::Link(Link::Until | Link::UpTo)) => time.numbered,
            Some(Atom::Mark(Mark::Dash)) => {
                let chained = |mark: Option<&Atom>| matches!(mark, Some(Atom::Mark(Mark::Dash)));
                time_behind(next + 1)
                    && !chained(self.atom(next + 2))
                    && !(at > 0 && chained(self.atom(at - 1)))
            }
            _ => false,
        }
    }

    /// "days 1-5 of each cycle": every one of them is meant.
    pub(super) fn of_each(&self, at: usize) -> bool {
        self.atom(at) == Some(&Atom::Link(Link::Of))
            && (at + 1..at + 4).any(|next| matches!(self.atom(next), Some(Atom::Every(_))))
    }
}
