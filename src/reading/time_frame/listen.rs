//! Atoms → what is heard: which word governs which time and event.
//!
//! One pass from left to right. The governing word ("until", "at", "from") holds until the next one or the end of the
//! clause; brackets have their own. What follows a time ("after surgery") is looked at with it.

use super::draft::{Draft, Firmness};
use crate::reading::timing::atoms::{Atom, Edge, EventId, Link, Mark, Noun, Placed, Qualifier, Unit};
use crate::reading::timing::compose::bare;
use crate::reading::timing::cycles::Cycles;
use crate::reading::timing::pieces::Pieces;
use crate::reading::timing::words::Event;

/// How many atoms a pair of brackets may hold.
const FARTHEST_BRACKET: usize = 60;

/// The governing word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    None,
    At,
    Bound,
    Until,
    To,
    For,
    From,
    /// The start has been named: "or" may name it once more.
    Started,
    Between,
    After,
    Before,
    /// "over the past": what a question asks about.
    Recall,
    /// "in patients with": what follows is said of them.
    Aside,
}

/// What the last time or event was, for the brackets behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    Nothing,
    Start,
    Point,
    Until,
    /// Measured at an event that lies at no stated time.
    Late,
    LoneAfter,
    Visit,
    Cycle,
}

pub(super) struct Bracket {
    pub(super) lead: Lead,
    pub(super) list: usize,
    pub(super) behind: Last,
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
        by_dash: false,
        several: false,
        is_from_a_date: false,
        after_range: false,
        until_words: 0,
        unknown: 0,
        terms: 0,
        list: 0,
        firm: Firmness::default(),
        last: Last::Nothing,
        brackets: Vec::new(),
        end: None,
        draft: Draft::default(),
    };
    let mut at = 0;
    while at < atoms.len() {
        at = listener.hear(at).max(at + 1);
    }
    listener.close_until();
    listener.draft
}

pub(super) struct Listener<'a> {
    pub(super) pieces: &'a Pieces<'a>,
    pub(super) atoms: &'a [Placed],
    pub(super) cycles: &'a Cycles,
    pub(super) lead: Lead,
    /// "change from X to Y": both are points.
    pub(super) change: bool,
    /// The frame's start was named in this clause.
    pub(super) started: bool,
    /// The range was joined by a dash: what follows its end is a list again.
    pub(super) by_dash: bool,
    /// Behind "baseline to" stand several points.
    pub(super) several: bool,
    /// "from the date of": of an event, be it known or not.
    is_from_a_date: bool,
    /// "after" stands behind "to": "baseline to post-treatment".
    pub(super) after_range: bool,
    /// Unknown words since an "until" that has found no event yet; 0 outside.
    pub(super) until_words: usize,
    /// Unknown words since the last governing word or clause.
    pub(super) unknown: usize,
    /// Times and events in this clause so far.
    pub(super) terms: usize,
    pub(super) list: usize,
    pub(super) firm: Firmness,
    pub(super) last: Last,
    pub(super) brackets: Vec<Bracket>,
    /// What times behind the last ending event are counted from ("plus 30 days").
    pub(super) end: Option<String>,
    pub(super) draft: Draft,
}

impl<'a> Listener<'a> {
    pub(super) fn atom(&self, at: usize) -> Option<&'a Atom> {
        self.atoms.get(at).map(|placed| &placed.atom)
    }

    pub(super) fn event(&self, id: EventId) -> Option<&'a Event> {
        self.pieces.vocabulary.event(id)
    }

    /// Hears the atom at `at`; gives the next one to hear.
    fn hear(&mut self, at: usize) -> usize {
        let Some(placed) = self.atoms.get(at) else { return at + 1 };
        let read = placed.pieces.clone();
        match &placed.atom {
            Atom::Filler => {
                // "mid-treatment (6 weeks)" is a visit.
                if self.pieces.text(read.start).starts_with("mid") {
                    self.last = Last::Visit;
                }
                return at + 1;
            }
            Atom::Unknown => {
                // "to 24Mar2018" is a date.
                let written = self.pieces.text(read.start);
                let word = !written.bytes().any(|b| b.is_ascii_digit());
                self.unknown += 1;
                self.until_words += usize::from(self.until_words > 0 && word);
                self.draft.unread.push(read);
                return at + 1;
            }
            Atom::Mark(Mark::Open) if self.only_explains(at) => return self.past_brackets(at),
            Atom::Mark(mark) => {
                self.mark(*mark, at);
                return at + 1;
            }
            // "compared to the average of weeks 3 and 4": of what was measured then.
            Atom::Qualifier(Qualifier::Average) if matches!(self.atom(at + 1), Some(Atom::Time(time)) if time.numbered) =>
                {}
            Atom::Qualifier(qualifier) => self.qualifier(*qualifier, at),
            Atom::Link(link) => self.link(*link, at),
            Atom::Edge(edge) => self.edge(*edge, at),
            Atom::Noun(noun) => {
                if let Some(id) = bare(self.pieces.vocabulary, *noun) {
                    self.named(id, at, true);
                }
                // "Before it, after it (8 weeks) and follow-up (20 weeks)": a visit of the list.
                let listed = self.lead == Lead::None && self.draft.zeros.contains(&self.list);
                if *noun == Noun::FollowUp && listed {
                    self.last = Last::Visit;
                }
                self.draft.open |= *noun == Noun::Cycle;
            }
            Atom::Event(id) => self.named(*id, at, false),
            Atom::Every(every) if self.is_adjective(every, at) => return at + 1,
            Atom::Every(every) => {
                self.repeat(every, read.clone());
                let next = self.repeat_tail(at + 1);
                return self.has_read(at, next);
            }
            Atom::Time(time) => {
                let next = self.time(time, at);
                return self.has_read(at, next);
            }
        }
        self.draft.read.push(read);
        at + 1
    }

    /// Notes the atoms from `at` to `next` as read: a time with what it is counted from. Gives `next`.
    fn has_read(&mut self, at: usize, next: usize) -> usize {
        let pieces = |at: usize| self.atoms.get(at).map(|placed| placed.pieces.clone());
        let last = next.checked_sub(1).and_then(pieces);
        if let (Some(first), Some(last)) = (pieces(at), last) {
            self.draft.read.push(first.start..last.end.max(first.end));
        }
        next
    }

    fn mark(&mut self, mark: Mark, at: usize) {
        let visit = self.last == Last::Visit;
        if !matches!(mark, Mark::Open | Mark::Dash) {
            self.last = Last::Nothing;
        }
        match mark {
            Mark::Comma if matches!(self.lead, Lead::Started | Lead::Aside) => self.lead = Lead::None,
            Mark::Comma | Mark::And | Mark::Slash if self.lead == Lead::Before => {
                // "before and 1 month after surgery"
                self.lead = Lead::None;
                if !self.labelled_day_near(at) && !self.in_alias() {
                    self.draft.zeros.push(self.list);
                }
            }
            Mark::Comma | Mark::And if self.until_words > 1 && self.death_follows(at + 1) => {
                // "until distant metastasis or death": the first is an event of its own.
                let started = self.until_words;
                self.close_until();
                self.until_words = started.min(1);
            }
            Mark::Comma | Mark::Slash | Mark::Plus | Mark::Equals => {}
            Mark::And if self.lead == Lead::Between && self.terms > 0 => self.lead = Lead::To,
            Mark::And => {}
            Mark::Dash => self.dash(at),
            Mark::Colon => {
                self.close_until();
                // "T1: 4 weeks": when that visit is.
                self.lead = if visit { Lead::At } else { Lead::None };
                self.new_list();
            }
            // "3 months; 6 months; 12 months" is one list.
            Mark::Semicolon => {
                let list = self.list;
                self.new_clause();
                self.list = list;
            }
            Mark::Stop => self.new_clause(),
            // A bracket that does not close in sight only separates.
            Mark::Open if !self.closes(at) => {}
            Mark::Open => {
                self.close_until();
                self.brackets.push(Bracket { lead: self.lead, list: self.list, behind: self.last });
                if self.brackets.len() > 64 {
                    self.brackets.remove(0);
                }
                self.lead = Lead::None;
                self.new_list();
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

    fn closes(&self, open: usize) -> bool {
        let mut depth = 0;
        for next in open..open + FARTHEST_BRACKET {
            match self.atom(next) {
                Some(Atom::Mark(Mark::Open)) => depth += 1,
                Some(Atom::Mark(Mark::Close)) if depth == 1 => return true,
                Some(Atom::Mark(Mark::Close)) => depth -= 1,
                Some(_) => {}
                None => return false,
            }
        }
        false
    }

    /// A dash joins a range where exactly two times stand at it, else it only separates.
    fn dash(&mut self, at: usize) {
        // "pre- and post-intervention": still before it.
        let both = self.atom(at + 1) == Some(&Atom::Mark(Mark::And))
            && self.atom(at + 2) == Some(&Atom::Link(Link::After))
            && matches!(self.atom(at + 3), Some(Atom::Noun(_) | Atom::Event(_)));
        if self.lead == Lead::Before && both {
            return;
        }
        let chained = |mark: Option<&Atom>| matches!(mark, Some(Atom::Mark(Mark::Dash)));
        let chain = chained(self.atom(at + 2)) || at >= 2 && chained(self.atom(at - 2));
        let joins = matches!(self.atom(at + 1), Some(Atom::Time(_))) && self.terms > 0 && !chain;
        self.by_dash = joins;
        if joins {
            self.lead = Lead::To;
        } else if !chain {
            self.close_until();
            self.lead = Lead::None;
        }
    }

    /// What follows is no member of the list so far.
    pub(super) fn new_list(&mut self) {
        self.draft.lists += 1;
        self.list = self.draft.lists;
    }

    fn new_clause(&mut self) {
        self.close_until();
        self.lead = Lead::None;
        self.change = false;
        self.started = false;
        self.several = false;
        self.unknown = 0;
        self.terms = 0;
        self.new_list();
        self.last = Last::Nothing;
        self.firm = Firmness::default();
        self.end = None;
        self.draft.base = None;
        self.draft.repeats_from = None;
    }

    fn link(&mut self, link: Link, at: usize) {
        // "until recovery from surgery": still until.
        let ending = self.started && matches!(self.lead, Lead::Until | Lead::To);
        if matches!(link, Link::Of | Link::Into) || link == Link::From && ending {
            return;
        }
        // "until death or, for those alive, withdrawal": still until.
        let whom = matches!(self.atom(at + 1), Some(Atom::Filler | Atom::Unknown));
        if link == Link::For && whom && ending && self.says_for(at) {
            return;
        }
        // "from immediately after the operation": from the operation on.
        if matches!(link, Link::After | Link::Before) && self.lead == Lead::From && self.unknown == 0 {
            return;
        }
        // "from the date of lymphodepletion to …": from an event that the vocabulary does not know.
        let leads_on = matches!(link, Link::To | Link::Until | Link::UpTo);
        if leads_on && self.lead == Lead::From && self.unknown > 0 && self.is_from_a_date {
            self.draft.from.get_or_insert_with(|| "other".to_owned());
        }
        self.close_until();
        self.unknown = 0;
        // "from enrolment to the end of treatment at 30 days": the end's own time.
        // But "… after the first dose on cycle 1" only says which dose.
        let cycle = matches!(self.atom(at + 1), Some(Atom::Time(time)) if time.unit == Unit::Cycle);
        let at_the_end = link == Link::At && self.last == Last::Until && !self.change && !cycle;
        self.last = Last::Nothing;
        let link = if at_the_end { Link::UpTo } else { link };
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
            Link::Of | Link::Into => self.lead,
            Link::Then => Lead::None,
            Link::Aside => Lead::Aside,
            Link::Told => Lead::At,
        };
        if self.lead == Lead::Aside && matches!(link, Link::At | Link::For) {
            return;
        }
        self.started |= matches!(lead, Lead::From | Lead::Between);
        self.is_from_a_date = link == Link::From && self.says_date(at + 1);
        if lead == Lead::Until || lead == Lead::To && self.started {
            self.until_words = 1;
        }
        if lead != Lead::At && lead != Lead::After {
            self.new_list();
        }
        self.after_range = link == Link::After && matches!(self.lead, Lead::To | Lead::Until | Lead::Bound);
        self.lead = lead;
    }

    /// The word is "for" and no longer phrase.
    fn says_for(&self, at: usize) -> bool {
        self.atoms
            .get(at)
            .is_some_and(|placed| placed.pieces.len() == 1 && self.pieces.text(placed.pieces.start) == "for")
    }

    /// "the date of", "first documented": what follows is an event, known or not.
    fn says_date(&self, at: usize) -> bool {
        (at..at + 2).any(|next| {
            let filler = self.atoms.get(next).filter(|placed| placed.atom == Atom::Filler);
            filler.is_some_and(|placed| {
                matches!(self.pieces.text(placed.pieces.start), "date" | "time" | "day")
            })
        })
    }

    /// "until" was followed by words of which none is a known event: some other event.
    pub(super) fn close_until(&mut self) {
        if self.until_words > 1 && !self.change {
            self.draft.ends_at("other");
        }
        self.until_words = 0;
    }

    fn qualifier(&mut self, qualifier: Qualifier, at: usize) {
        match qualifier {
            Qualifier::About => {
                self.firm.about = true;
                // "At the study's end, about 1 year": a length too.
                if self.lead == Lead::At && self.draft.zeros.is_empty() && self.is_behind_an_end(at) {
                    self.lead = Lead::For;
                }
            }
            Qualifier::AtLeast => self.firm.at_least = true,
            Qualifier::Average => {
                self.firm.average = true;
                // "at …, an average of 2 years": a length, whatever governed the point before.
                if self.lead == Lead::At {
                    self.lead = Lead::For;
                }
            }
            Qualifier::Additional => self.firm.additional = true,
            Qualifier::Recall => self.lead = Lead::Recall,
            Qualifier::Change if self.started => {
                self.unknown += 1;
                self.until_words += usize::from(self.until_words > 0);
            }
            Qualifier::Change => self.change = true,
        }
    }

    /// A comma stands right before, and before that an event that ends the frame.
    fn is_behind_an_end(&self, at: usize) -> bool {
        let comma = at >= 2 && self.atom(at - 1) == Some(&Atom::Mark(Mark::Comma));
        let ends = |id: &EventId| self.event(*id).is_some_and(|event| event.until.is_some());
        comma && matches!(self.atom(at - 2), Some(Atom::Event(id)) if ends(id))
    }

    /// "Discontinuation" at the end of its clause, or for some reason.
    fn is_discontinuation(&self, at: usize) -> bool {
        let said = self.atoms.get(at).is_some_and(|placed| {
            placed.pieces.clone().any(|piece| self.pieces.text(piece) == "discontinuation")
        });
        said && !matches!(self.atom(at + 1), Some(Atom::Link(Link::Of | Link::From) | Atom::Unknown))
    }

    /// An edge that belongs to no noun: "first 21 days" bounds, "end" alone ends the treatment.
    fn edge(&mut self, edge: Edge, at: usize) {
        let time_next = matches!(self.atom(at + 1), Some(Atom::Time(time)) if !time.numbered);
        if edge == Edge::First && time_next && self.lead != Lead::Bound {
            self.lead = Lead::Bound;
        }
        // "until discontinuation", of what needs no word.
        if edge == Edge::End && matches!(self.lead, Lead::Until | Lead::To) && self.is_discontinuation(at) {
            self.until_words = 0;
            self.last = Last::Until;
            return self.draft.ends_at("end_of_treatment");
        }
        // "up to the end of the season"
        let ends = matches!(self.lead, Lead::Bound | Lead::Until) || self.lead == Lead::To && self.started;
        if edge == Edge::End && ends {
            self.until_words = self.until_words.max(1);
        }
    }
}
