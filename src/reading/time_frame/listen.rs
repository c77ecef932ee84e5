//! Atoms → what is heard: which word governs which time and event.
//!
//! One pass from left to right. The governing word ("until", "at", "from") holds until the next one or the end of the
//! clause; brackets have their own. What follows a time ("after surgery") is looked at with it.

use super::draft::{Draft, Firmness, Heard, Repeat, Role};
use super::tail::{self, Tail};
use crate::protocol::{Period, PeriodUnit};
use crate::reading::timing::atoms::{
    Amount, Atom, Edge, EventId, Every, Link, Mark, Noun, Placed, Qualifier, Time, Unit,
};
use crate::reading::timing::compose::bare;
use crate::reading::timing::cycles::Cycles;
use crate::reading::timing::pieces::Pieces;
use crate::reading::timing::words::Event;

/// The governing word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    None,
    At,
    Bound,
    Until,
    To,
    For,
    From,
    Between,
    After,
    Before,
    Recall,
}

/// What the last time or event was, for the brackets behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Nothing,
    Start,
    Point,
    Until,
    LoneAfter,
    Visit,
}

struct Bracket {
    lead: Lead,
    list: usize,
    behind: Last,
}

/// Hears a composed sequence of atoms.
pub fn listen(pieces: &Pieces<'_>, atoms: &[Placed], cycles: &Cycles) -> Draft {
    let mut listener = Listener {
        pieces,
        atoms,
        cycles,
        lead: Lead::None,
        change: false,
        started: false,
        until_words: 0,
        unknown: 0,
        terms: 0,
        list: 0,
        firm: Firmness::default(),
        last: Last::Nothing,
        brackets: Vec::new(),
        draft: Draft::default(),
    };
    let mut at = 0;
    while at < atoms.len() {
        at = listener.hear(at).max(at + 1);
    }
    listener.close_until();
    listener.draft
}

struct Listener<'a> {
    pieces: &'a Pieces<'a>,
    atoms: &'a [Placed],
    cycles: &'a Cycles,
    lead: Lead,
    /// "change from X to Y": both are points.
    change: bool,
    /// The frame's start was named in this clause.
    started: bool,
    /// Unknown words since an "until" that has found no event yet; 0 outside.
    until_words: usize,
    /// Unknown words since the last governing word or clause.
    unknown: usize,
    /// Times and events in this clause so far.
    terms: usize,
    list: usize,
    firm: Firmness,
    last: Last,
    brackets: Vec<Bracket>,
    draft: Draft,
}

impl<'a> Listener<'a> {
    fn atom(&self, at: usize) -> Option<&'a Atom> {
        self.atoms.get(at).map(|placed| &placed.atom)
    }

    fn event(&self, id: EventId) -> Option<&'a Event> {
        self.pieces.vocabulary.event(id)
    }

    /// Hears the atom at `at`; gives the next one to hear.
    fn hear(&mut self, at: usize) -> usize {
        let Some(placed) = self.atoms.get(at) else { return at + 1 };
        let read = placed.pieces.clone();
        match &placed.atom {
            Atom::Filler => return at + 1,
            Atom::Unknown => {
                self.unknown += 1;
                self.until_words += usize::from(self.until_words > 0);
                self.draft.unread.push(read);
                return at + 1;
            }
            Atom::Mark(mark) => {
                self.mark(*mark, at);
                return at + 1;
            }
            Atom::Qualifier(qualifier) => self.qualifier(*qualifier),
            Atom::Link(link) => self.link(*link),
            Atom::Edge(edge) => self.edge(*edge, at),
            Atom::Noun(noun) => {
                if let Some(id) = bare(self.pieces.vocabulary, *noun) {
                    self.named(id, at, true);
                }
                self.draft.open |= *noun == Noun::Cycle && self.lead != Lead::None;
            }
            Atom::Event(id) => self.named(*id, at, false),
            Atom::Every(every) => {
                self.repeat(every, read.clone());
                self.draft.read.push(read);
                return self.repeat_tail(at + 1);
            }
            Atom::Time(time) => {
                self.draft.read.push(read);
                return self.time(time, at);
            }
        }
        self.draft.read.push(read);
        at + 1
    }

    // -- punctuation and governing words --

    fn mark(&mut self, mark: Mark, at: usize) {
        match mark {
            Mark::Comma | Mark::Plus | Mark::Equals => {}
            Mark::And if self.lead == Lead::Between && self.terms > 0 => self.lead = Lead::To,
            Mark::And => {}
            Mark::Dash => self.dash(at),
            Mark::Colon => {
                self.close_until();
                self.lead = Lead::None;
            }
            Mark::Stop => self.new_clause(),
            Mark::Open => {
                self.close_until();
                self.brackets.push(Bracket { lead: self.lead, list: self.list, behind: self.last });
                if self.brackets.len() > 64 {
                    self.brackets.remove(0);
                }
                self.lead = Lead::None;
                self.list = self.draft.times.len() + self.draft.zeros.len() + 1_000;
                self.unknown = 0;
            }
            Mark::Close => {
                self.close_until();
                if let Some(outer) = self.brackets.pop() {
                    self.lead = outer.lead;
                    self.list = outer.list;
                    self.last = Last::Nothing;
                }
            }
        }
    }

    /// A dash joins a range where exactly two times stand at it, else it only separates.
    fn dash(&mut self, at: usize) {
        let chained = |mark: Option<&Atom>| matches!(mark, Some(Atom::Mark(Mark::Dash)));
        let chain = chained(self.atom(at + 2)) || at >= 2 && chained(self.atom(at - 2));
        let joins = matches!(self.atom(at + 1), Some(Atom::Time(_))) && self.terms > 0 && !chain;
        if joins {
            self.lead = Lead::To;
        } else if !chain {
            self.close_until();
            self.lead = Lead::None;
        }
    }

    fn new_clause(&mut self) {
        self.close_until();
        self.lead = Lead::None;
        self.change = false;
        self.started = false;
        self.unknown = 0;
        self.terms = 0;
        self.list += 1;
        self.last = Last::Nothing;
        self.firm = Firmness::default();
        self.draft.base = None;
    }

    fn link(&mut self, link: Link) {
        if link == Link::Of {
            return;
        }
        self.close_until();
        self.unknown = 0;
        let lead = match link {
            Link::After => Lead::After,
            Link::Before => Lead::Before,
            Link::From => Lead::From,
            Link::To => Lead::To,
            Link::Until => Lead::Until,
            Link::UpTo => Lead::Bound,
            Link::For => Lead::For,
            Link::At => Lead::At,
            Link::Between => Lead::Between,
            Link::Of => self.lead,
            Link::Then | Link::Aside => Lead::None,
        };
        if lead == Lead::Until || lead == Lead::To && self.started {
            self.until_words = 1;
        }
        if lead != Lead::At && lead != Lead::After {
            self.list += 1;
        }
        self.lead = lead;
    }

    /// "until" was followed by words of which none is a known event: some other event.
    fn close_until(&mut self) {
        if self.until_words > 1 && !self.change {
            self.draft.ends_at("other");
        }
        self.until_words = 0;
    }

    fn qualifier(&mut self, qualifier: Qualifier) {
        match qualifier {
            Qualifier::About => self.firm.about = true,
            Qualifier::AtLeast => self.firm.at_least = true,
            Qualifier::Average => self.firm.average = true,
            Qualifier::Additional => self.firm.additional = true,
            Qualifier::Recall => self.lead = Lead::Recall,
            Qualifier::Change => self.change = true,
        }
    }

    /// An edge that belongs to no noun: "first 21 days" bounds, "end" alone ends the treatment.
    fn edge(&mut self, edge: Edge, at: usize) {
        let time_next = matches!(self.atom(at + 1), Some(Atom::Time(time)) if !time.numbered);
        if edge == Edge::First && time_next && self.lead != Lead::Bound {
            self.lead = Lead::Bound;
        }
    }

    // -- events --

    /// An event, or a noun that stands for one.
    fn named(&mut self, id: EventId, at: usize, noun: bool) {
        let Some(event) = self.event(id) else { return };
        let first = self.terms == 0;
        self.terms += 1;
        match self.lead {
            Lead::From | Lead::Between => self.starts(event),
            Lead::To if self.change => self.mentioned(event, at, noun),
            Lead::To | Lead::Until | Lead::Bound => self.ends(event),
            Lead::For if !noun => {
                if let Some(until) = &event.until {
                    self.draft.ends_at(until);
                }
            }
            Lead::For | Lead::Recall => {}
            Lead::After => self.lone_after(event, at),
            Lead::Before => self.before(event, at),
            Lead::None | Lead::At if first && self.range_follows(at + 1) && !self.in_alias() => {
                self.starts(event)
            }
            Lead::None | Lead::At => self.mentioned(event, at, noun),
        }
    }

    fn starts(&mut self, event: &Event) {
        self.started = true;
        self.last = Last::Start;
        if self.change && event.zero {
            self.draft.zeros.push(self.list);
        }
        if self.draft.from.is_none() {
            self.draft.from.clone_from(&event.from);
        }
        if event.after.is_some() && event.until.is_some() && self.draft.base.is_none() {
            self.draft.base.clone_from(&event.after);
        }
        self.lead = Lead::None;
    }

    fn ends(&mut self, event: &Event) {
        self.until_words = 0;
        self.last = Last::Until;
        let ends = match (&event.until, self.lead) {
            (Some(until), _) => until,
            // "to" also joins what is no end ("exposed to", "from screening to randomisation").
            (None, Lead::Until) => "other",
            (None, _) => return,
        };
        self.draft.ends_at(ends);
    }

    /// "after surgery" without a number before it.
    fn lone_after(&mut self, event: &Event, at: usize) {
        self.last = Last::LoneAfter;
        let time_follows = self.time_follows(at + 1);
        match (&event.after, &event.from) {
            (Some(after), _) => {
                // "post-treatment at week 8" counts from the start, "post-operative day 3" from the operation.
                let whole = event.until.as_deref() == Some("end_of_treatment");
                if !whole && time_follows {
                    self.draft.base = Some(after.clone());
                } else if !time_follows
                    && !self.in_alias()
                    && let Some(until) = &event.until
                {
                    self.draft.ends_at(until);
                }
            }
            (None, Some(from)) if self.draft.mentioned.is_none() => self.draft.mentioned = Some(from.clone()),
            _ => {}
        }
        self.lead = Lead::None;
    }

    /// "before treatment": the point 0, unless it only says more of a day ("day 1 pre-dose").
    fn before(&mut self, event: &Event, at: usize) {
        self.lead = Lead::None;
        self.last = Last::Point;
        if event.from.is_none() {
            if let Some(until) = event.until.as_deref().filter(|until| *until == "discharge") {
                self.draft.ends_at(until);
            }
            return;
        }
        let of_a_day = self.labelled_day_near(at) || self.in_alias();
        if of_a_day {
            return;
        }
        self.draft.zeros.push(self.list);
        if event.until.is_none() && event.after.is_none() && self.draft.mentioned.is_none() {
            self.draft.mentioned.clone_from(&event.from);
        }
    }

    /// An event that is only named: a point of the list, or the time of measurement.
    fn mentioned(&mut self, event: &Event, at: usize, noun: bool) {
        if event.from.as_deref() == Some("birth") && event.until.is_none() {
            self.draft.base.clone_from(&event.after);
            return;
        }
        if event.zero {
            if !self.in_alias() {
                self.draft.zeros.push(self.list);
            }
            if self.draft.mentioned.is_none() {
                self.draft.mentioned.clone_from(&event.from);
            }
            self.last = Last::Start;
            return;
        }
        let said = self.lead == Lead::At || self.unknown == 0 && !event.until_only;
        if noun || self.in_alias() || !said {
            return;
        }
        if let Some(until) = &event.until {
            self.draft.ends_at(until);
            self.last = Last::Point;
        }
        let _ = at;
    }

    /// In brackets behind a time that could be read: another name for the same.
    fn in_alias(&self) -> bool {
        self.brackets.last().is_some_and(|bracket| matches!(bracket.behind, Last::Point | Last::Start))
    }

    // -- looking ahead --

    /// "to", "through", "up to" or a dash follows, past words without meaning and one pair of brackets.
    fn range_follows(&self, at: usize) -> bool {
        let next = self.past_brackets(at);
        match self.atom(next) {
            Some(Atom::Link(Link::To | Link::Until | Link::UpTo)) => true,
            Some(Atom::Mark(Mark::Dash)) => {
                !matches!(self.atom(next + 2), Some(Atom::Mark(Mark::Dash)))
                    && matches!(self.atom(next + 1), Some(Atom::Time(_)))
            }
            _ => false,
        }
    }

    fn past_brackets(&self, at: usize) -> usize {
        let mut next = at;
        while matches!(self.atom(next), Some(Atom::Filler | Atom::Noun(Noun::Study | Noun::Treatment)))
            && next < at + 6
        {
            next += 1;
        }
        if matches!(self.atom(next), Some(Atom::Mark(Mark::Open))) {
            let close = (next..next + 14).find(|i| matches!(self.atom(*i), Some(Atom::Mark(Mark::Close))));
            return close.map_or(next, |close| close + 1);
        }
        next
    }

    /// A time follows in the same breath: "post-treatment at 8 weeks", "post-program (6 months)".
    fn time_follows(&self, at: usize) -> bool {
        for next in at..at + 6 {
            match self.atom(next) {
                Some(Atom::Time(_)) => return true,
                Some(
                    Atom::Filler
                    | Atom::Link(Link::At)
                    | Atom::Mark(Mark::Open | Mark::Colon)
                    | Atom::Qualifier(_)
                    | Atom::Noun(_)
                    | Atom::Link(Link::UpTo | Link::For | Link::Of),
                ) => {}
                _ => return false,
            }
        }
        false
    }

    /// A labelled day stands just before or behind: "day 1 pre-dose", "pre-dose on day 1".
    fn labelled_day_near(&self, at: usize) -> bool {
        let label = |atom: Option<&Atom>| matches!(atom, Some(Atom::Time(time)) if time.numbered);
        let before = (1..=3).any(|back| at >= back && label(self.atom(at - back)));
        let mut next = self.past_brackets(at + 1);
        while matches!(self.atom(next), Some(Atom::Filler | Atom::Link(Link::At | Link::Of)))
            && next < at + 20
        {
            next += 1;
        }
        before || label(self.atom(next))
    }

    // -- repeats --

    fn repeat(&mut self, every: &Every, pieces: std::ops::Range<usize>) {
        self.close_until();
        self.terms += 1;
        self.lead = Lead::None;
        self.list += 1;
        self.last = Last::Nothing;
        self.unknown = 0;
        self.firm = Firmness::default();
        let (period, cycles) = match every.unit {
            Unit::Of(unit) => (Some(Period::new(every.value, unit)), None),
            Unit::Cycle => {
                let days = self.cycles.general().map(|days| Period::new(days * every.value, PeriodUnit::Day));
                (days, Some(every.value as u32))
            }
            Unit::Visit => return,
        };
        let window = match every.unit {
            Unit::Of(unit) => every.window.map(|value| Period::new(value, unit)),
            _ => None,
        };
        self.draft.open = true;
        self.draft.repeats.push(Repeat { every: period, cycles, window, pieces });
    }

    /// "every 8 weeks after the last dose", "every 3 months from randomisation".
    fn repeat_tail(&mut self, at: usize) -> usize {
        if let Some((Tail::After(id), end)) =
            tail::tail(self.pieces, self.atoms, at).filter(|t| !t.0.is_vague())
        {
            if let Some(event) = id.and_then(|id| self.event(id)) {
                match (&event.after, &event.from) {
                    (Some(after), _) => self.draft.base = Some(after.clone()),
                    (None, Some(from)) if self.draft.counted_from.is_none() => {
                        self.draft.counted_from = Some(from.clone());
                    }
                    _ => {}
                }
            }
            return end;
        }
        at
    }

    // -- times --

    fn time(&mut self, time: &Time, at: usize) -> usize {
        let pieces = self.atoms.get(at).map_or(0..0, |placed| placed.pieces.clone());
        let first = self.terms == 0;
        self.terms += 1;
        self.until_words = 0;
        let firm = std::mem::take(&mut self.firm);
        if time.unit == Unit::Visit {
            return self.visit(at);
        }
        let (tail, end) = match tail::tail(self.pieces, self.atoms, at + 1) {
            Some((tail, end)) => (Some(tail), end),
            None => (None, at + 1),
        };
        if let Some(Tail::Before) = tail {
            // "within 4 hours before the dose": says more of "pre-dose", is no time of its own.
            return end;
        }
        if self.lead == Lead::Recall {
            self.lead = Lead::None;
            return at + 1;
        }
        if self.is_alias(time) {
            return end;
        }
        let starts = !self.change
            && (matches!(self.lead, Lead::From | Lead::Between)
                || matches!(self.lead, Lead::None | Lead::At) && self.starts_range(time, at, first));
        if starts {
            self.started = true;
            self.last = Last::Start;
            if self.lead != Lead::Between {
                self.lead = Lead::None;
            }
            return at + 1;
        }
        let role = self.role(time);
        self.last = if role == Role::Bound { Last::Until } else { Last::Point };
        let after = self.counted(tail, role, time);
        let (role, after_name) = after;
        for amount in &time.amounts {
            let heard = Heard {
                at: None,
                from: None,
                numbered: time.numbered,
                window: None,
                role,
                list: self.list,
                after: after_name
                    .clone()
                    .or_else(|| self.draft.base.clone().filter(|_| !time_is_anchored(tail))),
                firm,
                noun: tail::noun_after(self.atoms, at + 1),
                cycles: None,
                repeats: self.draft.repeats.len(),
                pieces: pieces.clone(),
            };
            self.amounts(time, amount, heard);
        }
        if matches!(self.lead, Lead::After) {
            self.lead = Lead::At;
        }
        end
    }

    /// What the tail makes of the role, and the late event that the time is counted from.
    fn counted(&mut self, tail: Option<Tail>, role: Role, time: &Time) -> (Role, Option<String>) {
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
    fn inherit(&mut self, after: &str, time: &Time) {
        if time.numbered {
            return;
        }
        let list = self.list;
        for heard in self.draft.times.iter_mut().rev().take_while(|heard| heard.list == list) {
            if !heard.numbered && heard.after.is_none() {
                heard.after = Some(after.to_owned());
            }
        }
    }

    fn role(&self, time: &Time) -> Role {
        match self.lead {
            Lead::At | Lead::After => Role::Point,
            Lead::To if self.change => Role::Point,
            Lead::From | Lead::Between => Role::Point,
            Lead::Bound | Lead::Until | Lead::To | Lead::For | Lead::Before => Role::Bound,
            Lead::None | Lead::Recall => match self.brackets.last().map(|bracket| bracket.behind) {
                Some(Last::Until) => Role::Bound,
                Some(Last::LoneAfter) => Role::Point,
                _ if time.numbered => Role::Point,
                _ => Role::Bare,
            },
        }
    }

    /// In brackets behind a point or a start, ungoverned: the same in other words ("week 24 (6 months)").
    fn is_alias(&self, time: &Time) -> bool {
        let Some(bracket) = self.brackets.last() else { return false };
        let ungoverned = matches!(self.lead, Lead::None | Lead::At);
        match bracket.behind {
            Last::Point => ungoverned,
            Last::Start => ungoverned && (time.numbered || self.started),
            _ => false,
        }
    }

    /// "day 1 to day 28": the first is where it starts.
    fn starts_range(&self, time: &Time, at: usize, _first: bool) -> bool {
        let next = at + 1;
        let time_behind = |at: usize| {
            (at..at + 4).find_map(|i| match self.atom(i) {
                Some(Atom::Filler | Atom::Qualifier(_)) => None,
                Some(Atom::Time(_)) => Some(true),
                _ => Some(false),
            }) == Some(true)
        };
        match self.atom(next) {
            Some(Atom::Link(Link::To)) => time_behind(next + 1),
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

    fn visit(&mut self, at: usize) -> usize {
        match self.lead {
            Lead::From | Lead::Between => {
                self.started = true;
                self.last = Last::Start;
                self.lead = Lead::None;
                self.draft.from.get_or_insert_with(|| "other".to_owned());
            }
            Lead::None | Lead::At if self.range_follows(at + 1) => {
                self.started = true;
                self.last = Last::Start;
                self.draft.from.get_or_insert_with(|| "other".to_owned());
            }
            _ => {
                self.draft.open = true;
                self.last = Last::Visit;
            }
        }
        at + 1
    }

    /// The moments of one amount: a range has two ends, a day of several cycles is several days.
    fn amounts(&mut self, time: &Time, amount: &Amount, heard: Heard) {
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

    /// Cycles as a time: their end when they bound or are counted, their first day when they are a point.
    fn cycle(&mut self, time: &Time, amount: &Amount, heard: Heard) {
        let count = amount.to.unwrap_or(amount.value);
        let whole = !time.numbered || time.at_end || heard.role == Role::Bound;
        let at = if whole {
            self.cycles.total(count)
        } else {
            self.cycles.start(count).map(|days| Period::new(days + 1.0, PeriodUnit::Day))
        };
        self.draft.open |= at.is_none();
        let numbered = !whole;
        self.draft.times.push(Heard { at, cycles: Some(count as u32), numbered, ..heard });
    }
}

fn time_is_anchored(tail: Option<Tail>) -> bool {
    matches!(tail, Some(Tail::After(Some(_))))
}
