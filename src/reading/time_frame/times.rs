//! Times: as a point, a bound or the start of a range, and what they are counted from.

use std::ops::Range;

use super::draft::{Firmness, Heard, Role};
use super::events::is_first_day;
use super::listen::{Last, Lead, Listener};
use super::tail::{self, Tail};
use crate::protocol::{Period, PeriodUnit};
use crate::reading::timing::atoms::{Amount, Atom, Link, Mark, Noun, Time, Unit};
use crate::reading::timing::compose::bare;
use crate::reading::timing::words::Event;

/// The longest range of days that is spelled out day by day.
const LONGEST_SPELLED_OUT: f64 = 60.0;

impl Listener<'_> {
    pub(super) fn time(&mut self, time: &Time, at: usize) -> usize {
        let pieces = self.atoms.get(at).map_or(0..0, |placed| placed.pieces.clone());
        self.terms += 1;
        self.until_words = 0;
        let firm = std::mem::take(&mut self.firm);
        if time.unit == Unit::Visit {
            return self.visit(at);
        }
        let (tail, end) = match tail::tail(self.pieces, self.atoms, at + 1) {
            Some((tail, end)) => (Some(tail), end),
            None => (None, tail::past_noun(self.atoms, at + 1)),
        };
        let tail = tail.map(|tail| self.of_anaesthesia(tail, time, end));
        if tail == Some(Tail::Before) && !time.numbered {
            // "within 4 hours before the dose": says more of "pre-dose", is no time of its own. "10 minutes before the
            // dose and 2 hours after it" names no other point before.
            self.draft.before = self.event_behind(end).and_then(|event| event.from.clone());
            if self.dose_behind(end) && self.draft.zeros.is_empty() && self.brackets.is_empty() {
                self.draft.zeros.push(self.list);
            }
            return end;
        }
        self.draft.starts_with_a_dose |=
            tail == Some(Tail::Before) && is_first_day(time) && self.dose_behind(end);
        if let Some(after) = self.added_to_the_end(at) {
            self.tied_to(time, after, firm, at, pieces);
            return end;
        }
        if let Some(after) = self.end.clone().filter(|_| tail.is_none() && self.is_later(at + 1)) {
            self.tied_to(time, after, firm, at, pieces);
            return at + 2;
        }
        match self.lead {
            Lead::Recall => {
                self.lead = Lead::None;
                return at + 1;
            }
            Lead::Aside => return at + 1,
            _ => {}
        }
        if tail.is_none() && self.names_a_visit(time, at) {
            return at + 1;
        }
        if tail.is_none() && self.is_first_of_treatment(time, at) {
            self.draft.counted_from.get_or_insert_with(|| "start_of_treatment".to_owned());
        }
        if let Some(from) = self.start_of_the_same_day(time, tail) {
            self.draft.counted_from.get_or_insert(from);
            return end;
        }
        let untied = matches!(tail, None | Some(Tail::Before));
        if untied && self.is_start_again(time, at) {
            return end;
        }
        let told = self.is_reference(time, at) || self.is_same_day(time, at) || self.is_day_of_week(time, at);
        if untied && self.is_alias(time) || told {
            return at + 1;
        }
        let whole_range = self.upper_end(time);
        let starts = !self.change
            && whole_range.is_none()
            && (matches!(self.lead, Lead::From | Lead::Between)
                || matches!(self.lead, Lead::None | Lead::At | Lead::Started) && self.starts_range(time, at));
        if starts {
            self.started = true;
            self.last = Last::Start;
            if self.lead != Lead::Between {
                self.lead = Lead::None;
            }
            // "from cycle 1 day 1 to …": the first day of the treatment; "from day 1 pre-dose to …": the first dose.
            if is_first_day(time) && (self.draft.starts_with_a_dose || time.cycles.as_slice() == [1.0]) {
                let from = if self.draft.starts_with_a_dose { "first_dose" } else { "start_of_treatment" };
                self.draft.from.get_or_insert_with(|| from.to_owned());
            }
            // "day 1 of treatment to …": counted from the start of the treatment.
            if tail.is_none()
                && time.numbered
                && tail::noun_after(self.atoms, at + 1) == Some(Noun::Treatment)
            {
                self.draft.from.get_or_insert_with(|| "start_of_treatment".to_owned());
                return end;
            }
            return at + 1;
        }
        if let Some(upper) = whole_range {
            self.lead = Lead::Bound;
            self.tied(&upper, tail, firm, at, pieces);
            return end;
        }
        self.tied(time, tail, firm, at, pieces);
        if std::mem::take(&mut self.by_dash) {
            self.lead = Lead::None;
        }
        end
    }

    /// "Day 29 (28 days after the first dose)": the same day in other words, and what it is counted from.
    fn start_of_the_same_day(&self, time: &Time, tail: Option<Tail>) -> Option<String> {
        let Some(Tail::After(Some(id))) = tail else { return None };
        let event = self.event(id).filter(|event| event.after.is_none())?;
        let label = self.draft.times.last().filter(|heard| heard.numbered && self.in_alias())?.at?;
        let ([one], Unit::Of(unit)) = (time.amounts.as_slice(), time.unit) else { return None };
        let days = Period::new(one.value, unit).days();
        let same = label.unit == PeriodUnit::Day && (label.value == days || label.value == days + 1.0);
        event.from.clone().filter(|_| same && !time.numbered && one.to.is_none())
    }

    /// "The first 4 weeks of treatment" begin with it.
    fn is_first_of_treatment(&self, time: &Time, at: usize) -> bool {
        let first = at.checked_sub(1).and_then(|before| self.atoms.get(before)).is_some_and(|placed| {
            placed.pieces.clone().last().is_some_and(|piece| self.pieces.text(piece) == "first")
        });
        let treatment = || tail::noun_after(self.atoms, at + 1) == Some(Noun::Treatment);
        first && !time.numbered && self.atom(at + 1) == Some(&Atom::Link(Link::Of)) && treatment()
    }

    /// "… to the end of treatment plus 90 days": what the days are counted from.
    fn added_to_the_end(&self, at: usize) -> Option<String> {
        let plus = at > 0 && self.atom(at - 1) == Some(&Atom::Mark(Mark::Plus));
        self.end.clone().filter(|_| plus && self.brackets.is_empty())
    }

    /// "5 minutes after induction": of anaesthesia, for no treatment is followed by the minute.
    fn of_anaesthesia(&self, tail: Tail, time: &Time, end: usize) -> Tail {
        let minutes = matches!(time.unit, Unit::Of(PeriodUnit::Second | PeriodUnit::Minute));
        let said = || {
            let last = end.checked_sub(1).and_then(|last| self.atoms.get(last));
            last.is_some_and(|placed| self.pieces.text(placed.pieces.start) == "induction")
        };
        match tail {
            Tail::After(Some(_)) if minutes && said() => {
                Tail::After(self.pieces.vocabulary.named("procedure"))
            }
            other => other,
        }
    }

    /// "… and 6 months later", "… and 30 days after": counted from what was named last.
    pub(super) fn is_later(&self, at: usize) -> bool {
        let ends = matches!(self.atom(at + 1), None | Some(Atom::Mark(_)));
        match self.atom(at) {
            Some(Atom::Link(Link::After)) => ends,
            Some(Atom::Link(Link::Then)) => {
                self.atoms.get(at).is_some_and(|placed| self.pieces.text(placed.pieces.start) == "later")
            }
            _ => false,
        }
    }

    /// Notes a time that is counted from a late event named before it.
    fn tied_to(&mut self, time: &Time, after: String, firm: Firmness, at: usize, pieces: Range<usize>) {
        let base = self.draft.base.replace(after);
        self.tied(time, None, firm, at, pieces);
        self.draft.base = base;
    }

    /// The event or noun that ends right before `end`.
    fn event_behind(&self, end: usize) -> Option<&Event> {
        match end.checked_sub(1).and_then(|last| self.atom(last))? {
            Atom::Event(id) => self.event(*id),
            Atom::Noun(noun) => bare(self.pieces.vocabulary, *noun).and_then(|id| self.event(id)),
            _ => None,
        }
    }

    /// A dose is what the time stands before.
    fn dose_behind(&self, end: usize) -> bool {
        end.checked_sub(1).and_then(|last| self.atom(last)).is_some_and(|last| match last {
            Atom::Event(id) => {
                self.event(*id).is_some_and(|event| event.from.as_deref() == Some("first_dose"))
            }
            Atom::Noun(noun) => *noun == Noun::Dose,
            _ => false,
        })
    }

    /// "between 6 and 10 months", "from 3 to 6 months": both ends are in one time, and the upper one bounds.
    fn upper_end(&self, time: &Time) -> Option<Time> {
        let [first, rest @ ..] = time.amounts.as_slice() else { return None };
        let upper = match (self.lead, rest, first.to) {
            (Lead::Between, [second], None) => second.value,
            (Lead::Between | Lead::From, [], Some(to)) => to,
            _ => return None,
        };
        Some(Time { amounts: vec![Amount { value: upper, ..Amount::default() }], ..time.clone() })
    }

    /// Notes a time with its role and what it is counted from.
    pub(super) fn tied(
        &mut self,
        time: &Time,
        tail: Option<Tail>,
        firm: Firmness,
        at: usize,
        pieces: Range<usize>,
    ) {
        let role = match self.role(time, tail, at) {
            // "baseline to weeks 8 and 16": the start and both weeks.
            Role::Bound if self.lead == Lead::To && self.names_several(time, at) => {
                self.several = true;
                self.draft.zeros.push(self.list);
                Role::Point
            }
            // "at discharge (mean value 8 days)": how long it took.
            Role::Point if firm.average && self.behind_at() => Role::Bound,
            role => role,
        };
        self.draft.visit_last &= role == Role::Bound;
        self.last = match role {
            _ if time.unit == Unit::Cycle => Last::Cycle,
            Role::Bound => Last::Until,
            _ => Last::Point,
        };
        // "post-intervention (7-9 weeks from baseline), month 6": one list.
        let list = match self.brackets.last() {
            Some(bracket)
                if self.lead == Lead::None
                    && matches!(bracket.behind, Last::LoneAfter | Last::Late | Last::Visit) =>
            {
                bracket.list
            }
            _ => self.list,
        };
        let after = self.counted(tail, role, time);
        let (role, after_name) = after;
        for amount in &time.amounts {
            let heard = Heard {
                at: None,
                from: None,
                numbered: time.numbered,
                window: None,
                role,
                list,
                after: after_name
                    .clone()
                    .or_else(|| self.draft.base.clone().filter(|_| !time_is_anchored(tail)))
                    .or_else(|| {
                        self.draft.repeats_from.clone().filter(|_| tail.is_none() && role == Role::Bound)
                    }),
                tied: tail.is_some(),
                goes_on: self.lead == Lead::For && !time.numbered && tail.is_none(),
                firm,
                noun: tail::noun_after(self.atoms, at + 1),
                of_hours: self.says_which_dose(time, at),
                cycles: None,
                repeats: self.draft.repeats.len(),
                pieces: pieces.clone(),
            };
            let each = time.numbered && self.of_each(at + 1);
            match amount.to.filter(|to| each && to - amount.value <= LONGEST_SPELLED_OUT) {
                Some(to) => {
                    let mut value = amount.value;
                    while value <= to {
                        let single = Amount { value, to: None, ..*amount };
                        self.amounts(time, &single, Heard { role: Role::Point, ..heard.clone() });
                        value += 1.0;
                    }
                }
                None => self.amounts(time, amount, heard),
            }
        }
        if matches!(self.lead, Lead::After) {
            self.lead = Lead::At;
        }
    }

    /// "Pre-dose and 2 hours post-dose on day 8": one day, on which the hours before it were counted from the dose.
    fn says_which_dose(&self, time: &Time, at: usize) -> bool {
        let day = time.unit == Unit::Of(PeriodUnit::Day) && time.numbered && time.cycles.len() < 2;
        let one = matches!(time.amounts.as_slice(), [one] if one.to.is_none());
        let listed = matches!(self.atom(at + 1), Some(Atom::Mark(Mark::Comma | Mark::And | Mark::Slash)));
        // "2 hours after the first dose, and on day 15": a point of its own.
        let mark =
            |back: usize| matches!(at.checked_sub(back).and_then(|at| self.atom(at)), Some(Atom::Mark(_)));
        let apart = mark(1) || mark(2);
        let hours = |heard: &Heard| {
            heard.role == Role::Point
                && heard.list == self.list
                && heard.at.is_some_and(|at| at.unit < PeriodUnit::Day)
        };
        day && one
            && !listed
            && !apart
            && self.lead == Lead::At
            && self.draft.counted_from.as_deref() == Some("first_dose")
            && self.draft.times.last().is_some_and(hours)
    }

    /// Numbered times behind "baseline to": "weeks 8 and 16", "week 8, month 6 and month 12".
    fn names_several(&self, time: &Time, at: usize) -> bool {
        let single = time.amounts.iter().all(|amount| amount.to.is_none());
        let goes_on = self.several
            || matches!(self.atom(at + 1), Some(Atom::Mark(Mark::Comma | Mark::And)))
                && matches!(self.atom(at + 2), Some(Atom::Time(next)) if next.numbered);
        let several = time.amounts.len() > 1 || goes_on;
        time.numbered && single && several && self.draft.from.as_deref() == Some("baseline")
    }

    /// What the tail makes of the role, and the late event that the time is counted from.
    pub(super) fn counted(&mut self, tail: Option<Tail>, role: Role, time: &Time) -> (Role, Option<String>) {
        let Some(Tail::After(id)) = tail else { return (role, None) };
        let Some(event) = id.and_then(|id| self.event(id)) else {
            self.inherit("other", time);
            return (role, Some("other".to_owned()));
        };
        match (&event.after, &event.from) {
            (Some(after), _) => {
                self.inherit(after, time);
                (role, Some(after.clone()))
            }
            (None, Some(from)) => {
                if self.draft.counted_from.is_none() {
                    self.draft.counted_from = Some(from.clone());
                }
                (if role == Role::Bare { Role::Point } else { role }, None)
            }
            _ => (role, None),
        }
    }

    /// "1 month, 3 months and 6 months after surgery": all are counted from it.
    pub(super) fn inherit(&mut self, after: &str, time: &Time) {
        let list = self.list;
        // Back to the last one that is tied already: what stands before it had its chance.
        let untied = |heard: &&mut Heard| heard.list == list && heard.after.is_none();
        // "Week 0, 4, 8 and week 4 after the end": a list goes on upwards, this begins anew.
        let first = time.amounts.first().map_or(0.0, |amount| amount.value);
        let anew = |heard: &Heard| {
            heard_unit(heard) == Some(time.unit) && heard.at.is_some_and(|at| at.value > first)
        };
        if self
            .draft
            .times
            .iter()
            .rev()
            .take_while(|heard| heard.list == list && heard.after.is_none())
            .any(anew)
        {
            return;
        }
        for heard in self.draft.times.iter_mut().rev().take_while(untied) {
            // "Day 1, month 1 and month 3 after surgery": all from the operation; days before a last dose are the study's.
            let any_unit = ["surgery", "procedure", "discharge", "transplant", "birth"].contains(&after);
            let alike = heard.numbered == time.numbered
                && (!time.numbered || any_unit || heard_unit(heard) == Some(time.unit));
            // "4 weeks after the first dose or 7 days after the fourth": not both from the fourth.
            // "After 8 weeks of treatment and 2 months after its end": the weeks are not those behind the end.
            let of_treatment = heard.noun == Some(Noun::Treatment) && after == "last_dose";
            if alike && heard.role != Role::Bound && !heard.tied && !of_treatment {
                heard.after = Some(after.to_owned());
            }
        }
    }

    pub(super) fn visit(&mut self, at: usize) -> usize {
        match self.lead {
            _ if self.in_alias() => {}
            Lead::From | Lead::Between => {
                self.started = true;
                self.last = Last::Start;
                self.lead = Lead::None;
                self.draft.from.get_or_insert_with(|| "other".to_owned());
            }
            Lead::None | Lead::At | Lead::Started if self.range_follows(at + 1) => {
                self.started = true;
                self.last = Last::Start;
                self.draft.from.get_or_insert_with(|| "other".to_owned());
            }
            _ => {
                // "visit 3 (week 9)" lies where the brackets say.
                let told = self.atom(at + 1) == Some(&Atom::Mark(Mark::Open))
                    && (at + 2..at + 5).any(|next| matches!(self.atom(next), Some(Atom::Time(_))));
                self.draft.visit_last = !told;
                self.last = Last::Visit;
            }
        }
        at + 1
    }

    /// The moments of one amount: a range has two ends, a day of several cycles is several days.
    pub(super) fn amounts(&mut self, time: &Time, amount: &Amount, heard: Heard) {
        if amount.value < 0.0 {
            return;
        }
        match time.unit {
            Unit::Of(unit) if !time.cycles.is_empty() => {
                for cycle in &time.cycles {
                    let start = self.cycles.start(*cycle);
                    self.draft.open |= start.is_none();
                    let last = amount.to.unwrap_or(amount.value);
                    let from = amount.to.and(start).map(|start| Period::new(start + amount.value, unit));
                    let at = start.map(|start| Period::new(start + last, unit));
                    // "21 or 28 days": either day.
                    let other = self.cycles.other_start(*cycle).map(|start| Period::new(start + last, unit));
                    if amount.to.is_none() && other != at && other.is_some() {
                        self.draft.times.push(Heard { at: other, from: None, ..heard.clone() });
                    }
                    self.draft.times.push(Heard { at, from, ..heard.clone() });
                }
            }
            Unit::Of(unit) => {
                let window = amount.window.map(|w| Period::new(w, time.window_unit.unwrap_or(unit)));
                let at = Some(Period::new(amount.to.unwrap_or(amount.value), unit));
                let from = amount.to.map(|_| Period::new(amount.value, unit));
                self.draft.times.push(Heard { at, from, window, ..heard });
            }
            Unit::Cycle => self.cycle(time, amount, heard),
            Unit::Visit => {}
        }
    }

    /// Cycles as a time: the end of so many. A cycle that is only named ("at cycle 3") leaves the day open.
    pub(super) fn cycle(&mut self, time: &Time, amount: &Amount, heard: Heard) {
        let range = amount.to.is_some();
        // "After cycle 2" is at its end.
        let after = self.lead == Lead::After;
        let alone = self.names_the_first_cycles_alone(time);
        let whole = !time.numbered || time.at_end || range || after || alone || heard.role == Role::Bound;
        let role = if range || alone { Role::Bound } else { heard.role };
        let count = amount.to.unwrap_or(amount.value);
        let at = if whole { self.cycles.total(count) } else { None };
        self.draft.open |= at.is_none();
        self.draft.times.push(Heard { at, cycles: Some(count as u32), numbered: false, role, ..heard });
    }

    /// "Cycle 1 (each cycle is 3 weeks)" and no more: all of it is meant.
    fn names_the_first_cycles_alone(&self, time: &Time) -> bool {
        let from_the_first = (1..).zip(&time.amounts).all(|(count, one)| one.value == f64::from(count));
        let mut cycles = 0;
        let only = self.atoms.iter().all(|placed| match &placed.atom {
            Atom::Time(time) => {
                cycles += 1;
                time.unit == Unit::Cycle
            }
            Atom::Filler | Atom::Mark(_) => true,
            _ => false,
        });
        from_the_first && only && cycles == 1
    }
}

fn heard_unit(heard: &Heard) -> Option<Unit> {
    heard.at.map(|at| Unit::Of(at.unit))
}

fn time_is_anchored(tail: Option<Tail>) -> bool {
    matches!(tail, Some(Tail::After(Some(_))))
}
