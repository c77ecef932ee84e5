//! What an event means where it stands: the start of the frame, its end, the point 0, or what times are counted from.

use super::listen::{Last, Lead, Listener};
use crate::protocol::PeriodUnit;
use crate::reading::timing::atoms::{Atom, EventId, Link, Mark, Placed, Time, Unit};
use crate::reading::timing::words::Event;

/// Fewer deaths end no study.
const FEWEST_COUNTED: f64 = 10.0;

impl Listener<'_> {
    /// An event, or a noun that stands for one.
    pub(super) fn named(&mut self, id: EventId, at: usize, noun: bool) {
        let Some(event) = self.event(id) else { return };
        let first = self.terms == 0;
        self.terms += 1;
        // "duration of the treatment (4 weeks)" is told in the bracket.
        if event.id.ends_with("_span") && self.length_in_bracket(at + 1) {
            return;
        }
        if event.id.ends_with("_whole") {
            self.draft.whole.extend(event.until.clone());
            return;
        }
        match self.lead {
            // "From the index date (first dose date)": the brackets say what that is.
            Lead::None if self.tells_the_start() => self.draft.from.clone_from(&event.from),
            Lead::From | Lead::Between => self.starts(event),
            Lead::Started if event.zero => {}
            Lead::To if self.change => self.mentioned(event, at, noun),
            // "to a point where the patient would seek treatment" ends at no treatment.
            Lead::To | Lead::Bound if noun && (event.id != "other" || self.is_at(at)) => {}
            Lead::To | Lead::Until | Lead::Bound => self.ends(event, at),
            // "During the first weeks, i.e. from the first dose up to …".
            Lead::For
                if !noun && event.from.is_some() && event.after.is_none() && self.range_follows(at + 1) =>
            {
                self.starts(event)
            }
            Lead::For if event.lasting && self.unknown == 0 => {
                if let Some(until) = &event.until {
                    self.draft.ends_at(until);
                }
            }
            Lead::For | Lead::Recall | Lead::Aside => {}
            Lead::After => self.lone_after(event, at),
            Lead::Before => self.before(event, at),
            Lead::None | Lead::At | Lead::Started
                if first
                    && (self.range_follows(at + 1) || event.zero && self.bound_follows(at + 1))
                    && !self.in_alias() =>
            {
                self.starts(event)
            }
            // "T0 + 4 months": only what the time is counted from.
            Lead::None | Lead::At if event.zero && self.plus_length(at + 1) => {
                self.draft.counted_from.clone_from(&event.from);
            }
            Lead::None | Lead::At | Lead::Started => self.mentioned(event, at, noun),
        }
    }

    pub(super) fn starts(&mut self, event: &Event) {
        self.started = true;
        self.last = Last::Start;
        if self.change && (event.zero || event.id == "screening") {
            self.draft.zeros.push(self.list);
        }
        if self.draft.from.is_none() {
            self.draft.from.clone_from(&event.from);
        }
        // From the start of treatment on, from an operation on; what is counted from some other event is bounded only.
        let late =
            event.from.as_deref() != Some("start_of_treatment") && event.after.as_deref() != Some("other");
        if late && self.draft.base.is_none() && event.after.is_some() {
            self.draft.base.clone_from(&event.after);
            self.draft.from_base.clone_from(&event.after);
        }
        self.lead = if self.lead == Lead::Between { Lead::Between } else { Lead::Started };
    }

    pub(super) fn ends(&mut self, event: &Event, at: usize) {
        // "to change from baseline": still before the event's own words are told.
        if event.until.is_none() && self.lead == Lead::To && self.until_words > 1 {
            return;
        }
        self.until_words = 0;
        self.last = Last::Until;
        let ends = match (&event.until, self.lead) {
            (Some(_), _) if event.until_only && self.is_counted(at) => "other",
            (Some(until), _) => until,
            // "to" also joins what is no end ("exposed to", "from screening to randomisation").
            (None, Lead::Until) => "other",
            (None, _) => return,
        };
        self.end.clone_from(&event.after);
        self.draft.ends_at(ends);
    }

    /// "after surgery" without a number before it.
    pub(super) fn lone_after(&mut self, event: &Event, at: usize) {
        self.last = if self.after_range && !self.change { Last::Until } else { Last::LoneAfter };
        // "After five doses": not after the first.
        if event.from.as_deref() == Some("first_dose") && self.is_numbered_before(at) {
            self.lead = Lead::None;
            return;
        }
        let whole = event.until.as_deref() == Some("end_of_treatment");
        let late = !whole && event.after.as_deref() != Some("other");
        let behind = self.measured_later(at + 1) || self.opens_the_list(at);
        let time_follows = self.time_follows(at + 1) || late && behind;
        match (&event.after, &event.from) {
            (Some(after), _) => {
                // "post-treatment at week 8" counts from the start, "post-operative day 3" from the operation.
                if (!whole || self.is_length(at + 1)) && time_follows {
                    self.draft.base = Some(after.clone());
                } else if !time_follows
                    && !self.in_alias()
                    && let Some(until) = &event.until
                {
                    self.draft.ends_at(until);
                }
            }
            (None, Some(from)) if self.draft.counted_from.is_none() && self.says_from_where(at) => {
                self.draft.counted_from = Some(from.clone());
            }
            _ => {}
        }
        self.lead = Lead::None;
    }

    /// "before treatment": the point 0, unless it only says more of a day ("day 1 pre-dose").
    pub(super) fn before(&mut self, event: &Event, at: usize) {
        self.lead = Lead::None;
        self.last = Last::Point;
        // "from day 1 pre-dose to week 12" starts with the dose too.
        let only = self.terms == 1 || self.started && self.terms == 2;
        if self.range_follows(at + 1) && event.from.is_some() && only {
            return self.starts(event);
        }
        if event.from.is_none() {
            if let Some(until) = event.until.as_deref().filter(|until| *until == "discharge") {
                self.draft.ends_at(until);
            }
            return;
        }
        let of_a_day = self.labelled_day_near(at) || self.in_alias();
        if of_a_day {
            self.draft.starts_with_a_dose |=
                event.from.as_deref() == Some("first_dose") && self.is_beside_the_first_day(at);
            return;
        }
        // "At birth before it": the child's time counts.
        if self.draft.base.as_deref() == Some("birth") {
            return;
        }
        // "Before surgery" and no more: measured at that event.
        if let Some(until) = event.until.as_deref().filter(|_| event.lasting && self.is_alone(at)) {
            return self.draft.ends_at(until);
        }
        self.draft.zeros.push(self.list);
        if event.until.is_none() && event.after.is_none() && self.draft.mentioned.is_none() {
            self.draft.mentioned.clone_from(&event.from);
        }
    }

    /// The frame names nothing before it and nothing behind it.
    fn is_alone(&self, at: usize) -> bool {
        let behind = self.atoms.iter().skip(at + 1).any(|placed| !matches!(placed.atom, Atom::Filler));
        self.terms == 1 && self.draft.times.is_empty() && self.draft.zeros.is_empty() && !behind
    }

    /// An event that is only named: a point of the list, or the time of measurement.
    pub(super) fn mentioned(&mut self, event: &Event, at: usize, noun: bool) {
        if event.from.as_deref() == Some("birth") && event.until.is_none() {
            self.draft.base.clone_from(&event.after);
            return;
        }
        if event.zero {
            if !self.in_alias() {
                self.draft.zeros.push(self.list);
            }
            // "At the beginning of the study" is no event that times are counted from by itself.
            if self.draft.mentioned.is_none() && event.from.as_deref() != Some("other") {
                self.draft.mentioned.clone_from(&event.from);
            }
            self.last = Last::Start;
            return;
        }
        if self.is_another_name(event, at) {
            return;
        }
        let said = self.lead == Lead::At || self.unknown == 0 && !event.until_only || self.or_ends(event, at);
        if noun || self.in_alias() || !said {
            return;
        }
        if let Some(until) = &event.until {
            if self.time_is_told(at + 1) {
                self.draft.told.push(until.clone());
            } else {
                self.draft.ends_at(until);
            }
            self.end.clone_from(&event.after);
            self.last = Last::Late;
        }
    }

    /// "2 years after stem cell transplantation (SCT)": alone in brackets, what the time before is counted from.
    fn is_another_name(&self, event: &Event, at: usize) -> bool {
        let alone = at > 0
            && self.atom(at - 1) == Some(&Atom::Mark(Mark::Open))
            && self.atom(at + 1) == Some(&Atom::Mark(Mark::Close));
        alone
            && self
                .draft
                .times
                .last()
                .is_some_and(|heard| heard.after.is_some() && heard.after == event.after)
    }

    /// Day 1, of the first cycle if of any, stands just before or behind.
    fn is_beside_the_first_day(&self, at: usize) -> bool {
        let before = (1..=3).filter_map(|back| at.checked_sub(back)).find_map(|at| self.time_at(at));
        let behind = || (at + 1..at + 4).find_map(|at| self.time_at(at));
        before.or_else(behind).is_some_and(is_first_day)
    }

    fn time_at(&self, at: usize) -> Option<&Time> {
        match self.atom(at) {
            Some(Atom::Time(time)) => Some(time),
            _ => None,
        }
    }

    /// "Post-treatment 2 months": a length right behind, which is counted from it.
    fn is_length(&self, at: usize) -> bool {
        self.time_at(at).is_some_and(|time| !time.numbered && !time.adjective)
    }

    /// "At" or "on" stands right before.
    fn is_at(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.atom(before)) == Some(&Atom::Link(Link::At))
    }

    /// "Until 150 deaths": an end of the study's own, not the patient's death.
    fn is_counted(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.atoms.get(before));
        let number = before.filter(|placed| placed.atom == Atom::Unknown && placed.pieces.len() == 1);
        let count = number.and_then(|placed| self.pieces.number(placed.pieces.start));
        count.is_some_and(|count| count >= FEWEST_COUNTED && count.fract() == 0.0)
    }

    /// "… to a deterioration by the scale, or death": behind an end of the same clause.
    fn or_ends(&self, event: &Event, at: usize) -> bool {
        let or = at > 0 && self.atom(at - 1) == Some(&Atom::Mark(Mark::And));
        or && event.until_only && self.started && !self.draft.until.is_empty() && self.brackets.is_empty()
    }

    /// "week 4 (post-dose)": where the week is counted from; but behind a start it is only another name.
    fn says_from_where(&self, at: usize) -> bool {
        let day_of_cycle = |back| matches!(at.checked_sub(back).and_then(|before| self.atom(before)), Some(Atom::Time(time)) if !time.cycles.is_empty());
        // "Post-dose on day 1 of cycles 2 and 4": which of the doses.
        let ahead = (at + 1..at + 4).filter_map(|at| self.time_at(at)).any(|time| !time.cycles.is_empty());
        !ahead
            && self
                .brackets
                .last()
                .is_none_or(|bracket| bracket.behind != Last::Start && !(2..5).any(day_of_cycle))
    }

    /// A number stands before a noun: so many doses.
    fn is_numbered_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.atoms.get(before));
        let piece = before.filter(|placed| placed.atom == Atom::Unknown).map(|placed| placed.pieces.start);
        let counts = |at: usize| self.pieces.number(at).or_else(|| self.pieces.word(at)?.number);
        piece.and_then(counts).is_some_and(|number| number > 1.0)
    }

    /// "Postoperative, 6 weeks": opens the frame, and the times behind the comma are counted from it.
    fn opens_the_list(&self, at: usize) -> bool {
        let opens = self.terms == 1 && self.atom(at + 1) == Some(&Atom::Mark(Mark::Comma));
        let at_once = ["immediately", "immediate", "directly", "right", "shortly"];
        let says = |placed: &Placed| at_once.contains(&self.pieces.text(placed.pieces.start));
        opens && self.time_at(at + 2).is_some() && !self.atoms.iter().take(at).any(says)
    }

    /// In brackets behind a "from" whose own words are not known.
    fn tells_the_start(&self) -> bool {
        self.draft.from.is_none() && self.brackets.last().is_some_and(|bracket| bracket.lead == Lead::From)
    }

    /// In brackets behind a time that could be read: another name for the same.
    pub(super) fn in_alias(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| matches!(bracket.behind, Last::Point | Last::Start))
    }
}

/// Day 1 alone, of the first cycle if of any.
pub(super) fn is_first_day(time: &Time) -> bool {
    let one = matches!(time.amounts.as_slice(), [one] if one.value == 1.0 && one.to.is_none());
    let first = matches!(time.cycles.as_slice(), [] | [1.0]);
    time.numbered && one && first && time.unit == Unit::Of(PeriodUnit::Day)
}
