//! What stands by itself at the end of a list of treatments and is said of all of them; what a regimen's name lends to
//! the treatments behind its colon.

use super::Reader;
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, NameKind};
use crate::reading::dosing::word_classes::WordClass;

impl Reader<'_> {
    /// "A 5 mg daily with B 10 mg twice daily, by mouth.", "A on day 1, q3w; B on days 1-14, q3w; 3 cycles": by itself at the
    /// end.
    pub(super) fn closes_list(&self, what: &What, at: usize) -> bool {
        let ends = matches!(self.what(at + 1), None | Some(What::Bound(_) | What::Semicolon | What::Until));
        let alone =
            self.between.words == 0 && !self.between.then && !self.between.or && self.brackets.is_empty();
        let told = match what {
            What::Route(_) => ends && self.back(at, 1) == Some(&What::Comma),
            What::Cycles(_) => self.back(at, 1) == Some(&What::Semicolon),
            _ => false,
        };
        told && alone
    }

    /// The first of the treatments joined to the last one that have the same cycle, or no way of giving each.
    pub(super) fn list_start(&self, last: usize) -> usize {
        let mut start = last;
        while start > 0
            && let Some([before, entry]) = self.out.entries.get(start - 1..=start)
            && alike(before, entry)
        {
            start -= 1;
        }
        start
    }

    /// "X SC once weekly:": its doses come.
    pub(super) fn keep_often_ahead(&mut self) {
        let told = |entry: &Entry| {
            entry.named && entry.slots.values.is_none() && entry.slots.frequency != Frequency::default()
        };
        let cur = self.cur.filter(|cur| self.out.entries.get(*cur).is_some_and(told));
        self.often_ahead = self.often_ahead.or(cur);
    }

    /// "X once weekly: 0.25 mg for 4 weeks, 0.5 mg for 4 weeks and 1 mg thereafter": each dose is given so often.
    pub(super) fn lend_often_ahead(&mut self) {
        let Some((first, rest)) =
            self.often_ahead.take().and_then(|at| self.out.entries.get_mut(at..)?.split_first_mut())
        else {
            return;
        };
        for entry in rest.iter_mut().take_while(|entry| entry.name == first.name && !entry.named) {
            if entry.slots.values.is_some() && !entry.slots.scheduled() && !entry.begins {
                entry.slots.frequency = first.slots.frequency;
            }
        }
    }

    /// "CAPOX every 3 weeks: A, B": a regimen with a schedule, and the colon that its members stand behind; "6 cycles of
    /// oral chemotherapy with A and B".
    pub(super) fn begin_regimen(&mut self, at: usize) {
        let begins =
            self.between.colon && !self.between.joint() && !self.between.give && self.brackets.is_empty();
        let index = self.out.entries.len();
        let lists = self.lists_members(at);
        if let Some(class) = self.out.entries.last_mut().filter(|_| lists) {
            self.regimen = Some((class.slots.clone(), index));
            return;
        }
        let Some(last) = self.out.entries.last_mut().filter(|_| begins) else { return };
        let timed = last.slots.frequency.every.is_some() || last.slots.cycle.is_some();
        let named = matches!(last.kind, NameKind::Class | NameKind::Regimen);
        if named && timed && last.slots.values.is_none() && !last.dropped {
            self.regimen = Some((last.slots.clone(), index));
        }
    }

    /// "chemotherapy with A and B", "therapy consisting of A and B": two or more that are each no more than a name and a
    /// dose, joined behind their class. One alone may be given besides it.
    fn lists_members(&self, at: usize) -> bool {
        const FAR: usize = 4;
        let Some(class) = self.out.entries.last() else { return false };
        let open = class.kind == NameKind::Class && class.slots.values.is_none() && !class.dropped;
        if !open || !self.brackets.is_empty() || self.between.give {
            return false;
        }
        let first = self.pending.first().copied().unwrap_or(at);
        let Some(first) = self.parts.get(first).map(|part| part.first) else { return false };
        let words = class.end..first;
        let linked = words.len() <= FAR
            && words.clone().any(|token| self.is(token, WordClass::MemberLinks))
            && words.into_iter().all(|token| {
                self.is(token, WordClass::MemberLinks) || self.is(token, WordClass::MemberWords)
            });
        linked && self.is_member(at) && self.is_joined(at)
    }

    /// A medicine that may be of the class: an antibody is given beside a chemotherapy.
    fn is_member(&self, at: usize) -> bool {
        let Some(Part { what: What::Name(NameKind::Agent, end), first, .. }) = self.parts.get(at) else {
            return false;
        };
        let chemotherapy = self.out.entries.last().is_some_and(|class| class.name.contains("chemo"));
        !(chemotherapy && self.tokens.slice(*first..*end).ends_with("mab"))
    }

    /// Another name of a list stands behind the dose of the one at `at`.
    fn is_joined(&self, at: usize) -> bool {
        const FAR: usize = 10;
        let mut joined = false;
        for part in self.parts.iter().skip(at + 1).take(FAR) {
            match part.what {
                What::Name(kind, _) => return joined && kind == NameKind::Agent,
                What::And | What::Or | What::Comma | What::Slash => joined = true,
                What::Amount(_) | What::Frequency(_) | What::Open | What::Close | What::Of => {}
                _ => return false,
            }
        }
        false
    }

    /// "CAPOX every 3 weeks for 4 cycles: capecitabine on days 1-14, oxaliplatin on day 1": the regimen's schedule is that of
    /// each.
    pub(super) fn lend_regimen(&mut self) {
        let Some((regimen, first)) = self.regimen.take() else { return };
        // "…; aspirin 100 mg daily": goes on all the time, whatever the regimen's cycle.
        let daily = |slots: &Slots| slots.frequency.per_day.is_some() && slots.days.is_empty();
        let listed =
            |entry: &Entry| entry.first > 0 && self.tokens.is(entry.first - 1, ";") && !daily(&entry.slots);
        let goes_on = |entry: &Entry| match entry.link {
            Link::Then => false,
            Link::Apart => listed(entry),
            _ => true,
        };
        let mut at = first;
        let mut before = String::new();
        // "5-FU 400 mg bolus, then 2400 mg": the same treatment.
        while let Some(entry) = self.out.entries.get_mut(at)
            && (at == first || goes_on(entry) || entry.link == Link::Then && entry.name == before)
            && entry.kind == NameKind::Agent
        {
            lend(&regimen, &mut entry.slots);
            before.clone_from(&entry.name);
            at += 1;
        }
        // A regimen whose members are not told keeps its schedule.
        if at > first
            && let Some(regimen) = first.checked_sub(1).and_then(|at| self.out.entries.get_mut(at))
        {
            regimen.dropped = true;
        }
    }
}

/// Given together every day, or each with the same cycle.
fn alike(before: &Entry, entry: &Entry) -> bool {
    let plain = |entry: &Entry| !entry.dropped && entry.kind == NameKind::Agent && !entry.slots.bounded();
    let interval =
        |entry: &Entry| entry.slots.frequency.every.or(entry.slots.cycle).map(|every| every.days());
    let daily = |entry: &Entry| {
        let often = entry.slots.frequency;
        entry.slots.route.is_none() && often.per_day.is_some() && often.every.is_none()
    };
    let joined = entry.link == Link::And && daily(before) && daily(entry);
    let cycled =
        entry.link != Link::Then && interval(before).is_some() && interval(before) == interval(entry);
    plain(before) && plain(entry) && before.phase == entry.phase && (joined || cycled)
}

/// Gives a member of a regimen what was said of the regimen, where it tells nothing else itself.
fn lend(regimen: &Slots, member: &mut Slots) {
    let timed = member.frequency.every.is_some() || member.cycle.is_some() || member.bounded();
    member.route = member.route.or(regimen.route);
    if timed {
        return;
    }
    let own = if member.scheduled() { member.frequency } else { regimen.frequency };
    // "bortezomib twice weekly" has no interval besides.
    let every = regimen.frequency.every.filter(|_| own.per_week.is_none());
    member.frequency = Frequency { every, ..own };
    member.cycle = regimen.cycle;
    member.cycles = regimen.cycles;
    member.lasting = regimen.lasting;
}
