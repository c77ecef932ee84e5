//! Whose a schedule is: the name before it, and those joined to it that have none of their own.

use super::{Between, Mute, Reader, WIDEST_GAP};
use crate::reading::dosing::entry::{Link, Put, Slots};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, NameKind};

/// More than five days running.
pub(super) fn is_long_run(days: &[i32]) -> bool {
    days.len() > 5 && days.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1))
}

/// Days with a colon and a dose behind them.
pub(super) fn heads_dose(parts: &[Part]) -> bool {
    matches!(
        parts,
        [
            Part { what: What::Days(_), .. },
            Part { what: What::Colon, .. },
            Part { what: What::Amount(_), .. },
            ..
        ]
    )
}

/// Weeks by number with a colon behind them.
pub(super) fn heads_weeks(parts: &[Part]) -> bool {
    matches!(parts, [Part { what: What::Weeks(..), .. }, Part { what: What::Colon, .. }])
}

impl Reader<'_> {
    pub(super) fn slot(&mut self, at: usize) {
        if matches!(self.what(at + 1), Some(What::Observe)) && !self.is_to_a_level(at) {
            // "weekly visits", "12 weeks of follow-up": no one is given anything.
            return;
        }
        // "biweekly or weekly": one of two, of which one cannot be told.
        let doubted = |or: Option<usize>, stray: Option<usize>| {
            let what = |at: Option<usize>| at.and_then(|at| self.what(at));
            matches!((what(or), what(stray)), (Some(What::Or), Some(What::Stray)))
        };
        let alone = !doubted(at.checked_sub(1), at.checked_sub(2)) && !doubted(Some(at + 1), Some(at + 2));
        if matches!(self.what(at), Some(What::Frequency(_))) && !alone {
            self.out.unread = true;
            return;
        }
        if self.aside
            || self.of_program
            || self.is_of_something_else(at)
            || self.is_of_examination(at)
            || self.is_of_steps(at)
            || self.is_of_unnamed(at)
            || self.is_of_doing(at)
            || self.is_set_off(at)
        {
            self.out.unread = true;
            return;
        }
        // "Day 1: 106 mg, day 2: 425 mg": each day's dose follows it.
        if self.day_heads > 1 && heads_dose(self.parts.get(at..).unwrap_or_default()) {
            self.day_head = Some(at);
            return;
        }
        if self.tells_each(at) {
            return;
        }
        if self.goes_on_unread(at) {
            // Neither is how long the later ones are given said of the first.
            (self.aside, self.out.unread) = (true, true);
            return;
        }
        if self.leads_next(at) {
            self.day_leads.push((self.out.entries.len(), at));
            self.trail = None;
            return;
        }
        // "titrated to 40 mg over 4 weeks": how long the rise takes.
        let over =
            self.parts.get(at).is_some_and(|part| matches!(self.tokens.text(part.first), "over" | "within"));
        if self.stepped && over && matches!(self.what(at), Some(What::Lasting(_))) {
            self.between.words += 1;
            return;
        }
        if self.is_past(at) {
            self.between.words += 1;
            return;
        }
        // "Chemotherapy: 6 cycles of A and B": of the members.
        let bare_class = self
            .cur
            .and_then(|cur| self.out.entries.get(cur))
            .is_some_and(|entry| entry.kind == NameKind::Class && !entry.slots.any());
        if bare_class
            && self.between.colon
            && self.between.words == 0
            && matches!(self.what(at), Some(What::Cycles(_)))
            && matches!(self.what(at + 1), Some(What::Of))
            && matches!(self.what(at + 2), Some(What::Name(..)))
        {
            self.whole.push(at);
            return;
        }
        // "1 drop daily of X".
        let of_next = at > 0
            && self.pending.last() == Some(&(at - 1))
            && (matches!(self.what(at + 1), Some(What::Of))
                || matches!(self.what(at + 1), Some(What::Or))
                    && matches!(self.what(at + 2), Some(What::Amount(_))))
            && matches!(self.what(at), Some(What::Frequency(_)));
        if of_next || self.belongs_to_next(at) {
            self.pending.push(at);
            return;
        }
        // "A plus HAIC": of what has no name here.
        if self.is_route_of_class(at) && self.between.joint() && !self.out.entries.is_empty() {
            self.out.unread = true;
            return;
        }
        // "70 Gy in 35 fractions over 7 weeks with A": the weeks are those of the radiation, which has no name.
        if self.out.entries.is_empty() && self.irradiated_before(at) {
            self.out.unread = true;
            return;
        }
        if self.out.entries.is_empty() {
            // "Once the pain is controlled (day 0), X for a year": the name of a moment.
            let apart = self.words > 0 && self.lead.is_empty() && self.whole.is_empty();
            if matches!(self.what(at), Some(What::Days(_))) && self.in_bracket() && apart {
                return;
            }
            if self.named_ahead.is_some_and(|name| name > at) {
                if std::mem::take(&mut self.lead_is_whole) {
                    self.whole.append(&mut self.lead);
                }
                self.lead.push(at);
            } else {
                self.nameless(at);
            }
            return;
        }
        // "… and every third cycle thereafter (cycle = 28 days)".
        let length = matches!(self.what(at), Some(What::Cycle(..))) && self.in_bracket();
        let elsewhere = self.between.then && self.between.words > 0 && !self.between.give && !length;
        if (self.between.words > WIDEST_GAP && !self.between.give || elsewhere) && !self.until {
            self.out.unread = true;
            return;
        }
        let parts = self.parts;
        let Some(what) = parts.get(at).map(|part| &part.what) else { return };
        let Some(last) = self.cur else { return };
        if self.is_other_way(what, last) {
            // "once a day, or every other day": two ways, of which the slots hold one.
            self.out.unread = true;
            return;
        }
        // "subcutaneously (s.c.) once weekly".
        let again = matches!(self.what(at + 1), Some(What::Open))
            && matches!(self.what(at + 2), Some(What::Route(_)))
            && matches!(self.what(at + 3), Some(What::Close));
        let next = at + 1 + if again { 3 } else { 0 };
        self.route_of_all = matches!(what, What::Route(_))
            && matches!(self.what(next), Some(What::Frequency(_) | What::Days(_)))
            && self.brackets.is_empty();
        let mut start = self.share_start(what, last);
        if self.closes_list(what, at) {
            start = start.min(self.list_start(last));
        }
        if start == last
            && last > 0
            && self.skips(last, what)
            && self.out.entries.get(last).is_some_and(|entry| entry.link != Link::Then)
        {
            start = last - 1;
        }
        if self.interval_after_days(what, start, last) || self.days_after_courses(what, start, last) {
            self.course(start, last, at);
            return self.seen();
        }
        if self.is_other_place(what, last, at) {
            // "on day 1 into the cavity and on day 8 into the vein": the other day's way of giving follows it.
            self.course(last, last, at);
            if let Some(entry) = self.out.entries.last_mut() {
                entry.slots.route = None;
            }
            return self.seen();
        }
        let restated = self.brackets.last().is_some_and(|bracket| bracket.entry == Some(last));
        let mut taken = false;
        // "on day 1, followed by an oral dose every 2 weeks": the interval comes after the day still.
        // "on days 1 and 15 of cycle 1 and IV over an hour on day 1 of later cycles": other days come.
        let way = matches!(what, What::Route(_) | What::Infusion(..));
        let then = self.between.then && way;
        let and = self.between.and && way && self.closed(last);
        for index in start..=last {
            if self.skips(index, what)
                || self.told_of_next(index, last, what)
                || self.is_given_once_before(index, last, what)
            {
                continue;
            }
            if let (What::Frequency(_), true, Some(entry)) =
                (what, self.between.then, self.out.entries.get_mut(index))
            {
                entry.slots.interval_follows |= !entry.slots.days.is_empty();
            }
            // "A plus B on days 1-14 of every 3-week cycle": how often A is given is not said.
            if let What::Cycle(length, true) = what
                && index < last
                && self.out.entries.get(last).is_some_and(|entry| is_long_run(&entry.slots.days))
            {
                self.put_what(index, at, &What::Cycle(*length, false));
                continue;
            }
            taken |= self.put_what(index, at, what) == Put::Taken;
        }
        // "for 4 weeks, for a total of 20 weeks": of all parts together.
        if taken && matches!(what, What::Lasting(_)) && self.tells_total(at) {
            return self.seen();
        }
        let up_to = self.parts.get(at).is_some_and(|part| self.tokens.is(part.first, "up"));
        if taken
            && (self.between.and || up_to && self.between.words == 0)
            && let What::Lasting(longer) = what
        {
            // "for at least 5 days and up to 14 days".
            for entry in self.out.entries.iter_mut().take(last + 1).skip(start) {
                entry.slots.lasting =
                    entry.slots.lasting.filter(|length| length.days() > longer.days()).or(Some(*longer));
            }
            return self.seen();
        }
        if taken
            && self.between.or
            && self.between.words == 0
            && matches!(what, What::Days(_))
            && start == last
        {
            // "on days 4 and 18 or on day 6".
            let slots = self.out.entries.get(last).map(|entry| entry.slots.clone()).unwrap_or_default();
            self.again(last, at, Link::Or, Slots { days: Vec::new(), ..slots });
            let again = self.out.entries.len() - 1;
            self.put(again, at);
            return self.seen();
        }
        if taken
            && self.between.or
            && let What::Frequency(Frequency { every: Some(second), .. }) = what
        {
            // "every 2 weeks or every 4 weeks".
            for entry in self.out.entries.iter_mut().take(last + 1).skip(start) {
                if entry.slots.frequency.every.is_some() {
                    entry.slots.frequency.or_every = Some(*second);
                }
            }
            return self.seen();
        }
        if taken
            && self.between.or
            && start == last
            && let What::Cycle(length, true) = what
        {
            // "every 3-week cycle or every 2-week cycle".
            let slots = self.out.entries.get(last).map(|entry| entry.slots.clone()).unwrap_or_default();
            let frequency = Frequency { every: None, or_every: None, ..slots.frequency };
            self.again(
                last,
                at,
                Link::Or,
                Slots { cycle: Some(*length), cycle_is_interval: true, frequency, ..slots },
            );
            let again = self.out.entries.len() - 1;
            self.put(again, at);
            return self.seen();
        }
        if taken
            && self.between.and
            && self.between.words == 0
            && start == last
            && !self.in_bracket()
            && !self.respectively
            && matches!(what, What::Route(_))
            && self.back(at, 1) == Some(&What::And)
            && matches!(self.back(at, 2), Some(What::Route(_)))
        {
            // "for intravenous and intramuscular injection": a row for each way.
            let slots = self.out.entries.get(last).map(|entry| entry.slots.clone()).unwrap_or_default();
            self.again(last, at, Link::Or, Slots { route: None, ..slots });
            let again = self.out.entries.len() - 1;
            self.put(again, at);
            return self.seen();
        }
        let alternative =
            self.between.or && matches!(what, What::Frequency(_) | What::Days(_) | What::Cycle(..));
        if taken && alternative {
            // "daily on days 1-14, or twice daily from day 2": another way to give the same; the first one stands.
            self.mute = Some(Mute::Doubt(self.brackets.len()));
            self.out.unread = true;
            return;
        }
        if taken && !(restated && matches!(what, What::Frequency(_) | What::Lasting(_))) {
            self.conflict(start, last, at, what);
        }
        if matches!(what, What::Frequency(_) | What::Days(_) | What::OnOff(..) | What::DaysOf(..)) {
            self.trail = Some(self.trail.map_or(start, |trail| trail.min(start)));
        }
        // "A + B (orally twice daily for 14 days)": all of it of both.
        if matches!(what, What::Route(_)) && start < last && restated {
            self.trail = Some(self.trail.map_or(start, |trail| trail.min(start)));
        }
        // "A and B for 3 days (days -5 to -3)": of both.
        // "A and B in 21-day cycles on day 1".
        if matches!(what, What::Lasting(_) | What::Cycle(..)) && start < last {
            self.trail = Some(self.trail.map_or(start, |trail| trail.min(start)));
        }
        self.seen();
        self.between.then = then;
        self.between.and = and;
    }

    /// "after 4 cycles of X", "after 12 weeks": when something else begins.
    pub(super) fn is_past(&self, at: usize) -> bool {
        let counted = matches!(self.what(at), Some(What::Cycles(_) | What::Lasting(_)));
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let before = |back: usize| first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        counted
            && (before(1) == "after"
                || before(2) == "after"
                    && matches!(before(1), "completing" | "the" | "receiving" | "first" | "another"))
    }

    /// A name or slot was read: what comes next is counted from it.
    pub(super) fn seen(&mut self) {
        self.between = Between::default();
        self.last_is_pronoun = false;
    }

    /// A slot behind "and" or "plus" and right before a name is that name's.
    pub(super) fn belongs_to_next(&self, at: usize) -> bool {
        let adjective = matches!(self.what(at), Some(What::Route(_) | What::Frequency(_)));
        let counted = matches!(self.what(at), Some(What::Cycles(_) | What::Cycle(..) | What::Lasting(_)));
        // "high-dose (5 g/m2) intravenous A": the dose before it waits for the same name.
        let owed = self.pending.last().is_some_and(|last| last + 1 == at)
            || matches!(self.back(at, 1), Some(What::Stray));
        let parted = self.between.joint() || (self.between.give || owed) && adjective;
        if self.out.entries.is_empty() || !parted {
            return false;
        }
        let mut next = at + 1;
        let mut of = false;
        while let Some(what) = self.what(next) {
            match what {
                What::Of => of = true,
                // "followed by 24 weeks of treatment with X".
                What::And if next == at + 1 && self.is_treatment_with(at) => of = true,
                // "combined with hepatic arterial infusion chemotherapy with A".
                What::And if next == at + 1 && self.is_route_of_class(at) => of = true,
                What::Route(_) | What::Cycle(..) => {}
                // "followed by four months of daily X".
                What::Frequency(_) if of && counted => {}
                // "followed by 4 cycles of consolidation with X".
                What::Phase(_) if of && counted => {}
                What::And if of && counted && matches!(self.back(next, 1), Some(What::Phase(_))) => {}
                // "followed by monthly (every 4 weeks) X".
                What::Open if next == at + 1 => next += self.inside(next).len() + 1,
                What::Other | What::Unknown
                    if of && self.short(next) && matches!(self.what(next + 1), Some(What::Name(..))) => {}
                // "weekly during radiotherapy": when.
                What::Name(..) if self.is_context(next) => return false,
                What::Name(..) => return adjective || of && counted,
                _ => return false,
            }
            next += 1;
        }
        false
    }

    /// "A and B once daily and every 2 weeks, respectively": one for each.
    pub(super) fn tells_each(&mut self, at: usize) -> bool {
        const MOST: usize = 6;
        if !self.respectively || self.each_told > at {
            return self.each_told > at;
        }
        let bit = self.what(at).map_or(0, Slots::bit);
        let mut list = vec![at];
        let mut next = at + 1;
        while list.len() < MOST && matches!(self.what(next), Some(What::And | What::Comma)) {
            let past = next + 1 + usize::from(matches!(self.what(next + 1), Some(What::And)));
            if self.what(past).map_or(0, Slots::bit) != bit || bit == 0 {
                break;
            }
            list.push(past);
            next = past + 1;
        }
        let told = (next..next + 2).any(|part| matches!(self.what(part), Some(What::Respectively)));
        let last = list.last().copied().unwrap_or(at);
        let lists = matches!(self.what(at), Some(What::Days(_) | What::Lasting(_) | What::Cycles(_)));
        let near = (next..next + 4).any(|part| matches!(self.what(part), Some(What::Respectively)));
        if lists && near && list.len() == 1 && self.out.entries.len() > 1 {
            // "for 4 and 8 weeks, respectively": one of them, and the others are not understood.
            self.out.unread = true;
            return true;
        }
        let Some(first) = self.out.entries.len().checked_sub(list.len()).filter(|_| told && list.len() > 1)
        else {
            return false;
        };
        for (index, part) in list.into_iter().enumerate() {
            self.put(first + index, part);
        }
        self.each_told = last + 1;
        self.seen();
        true
    }

    /// "On day 1 A 5 mg, on day 8 B 10 mg": days before their treatments, in a sentence that began so.
    fn leads_next(&self, at: usize) -> bool {
        // "orally, A; intravenously, B", but not "oral A, intravenous B".
        let set_off = matches!(self.what(at + 1), Some(What::Comma | What::Colon));
        if matches!(self.what(at), Some(What::Route(_) | What::Frequency(_))) && !set_off {
            return false;
        }
        let same = |lead: &usize| {
            let bit = self.what(*lead).map(Slots::bit);
            bit == self.what(at).map(Slots::bit) && super::leads(self.what(*lead))
        };
        if !super::leads(self.what(at))
            || self.out.entries.is_empty()
            || !self.whole.iter().chain(&self.lead_put).any(same)
        {
            return false;
        }
        // "cycle 1 day 8: …": both stand before it.
        let beside = usize::from(super::leads(self.back(at, 1)));
        let again = self.day_leads.last().is_some_and(|(first, _)| *first == self.out.entries.len());
        let parted = matches!(
            self.back(at, 1 + beside),
            Some(What::Comma | What::Semicolon | What::And | What::Then | What::Other)
        ) && (self.between.joint() || again);
        let mut next = at + 1 + usize::from(super::leads(self.what(at + 1)));
        // "day 15 of cycle 1 and day 1 of later ones: …".
        if matches!(self.what(next), Some(What::And)) && super::leads(self.what(next + 1)) {
            next += 2;
        }
        while matches!(
            self.what(next),
            Some(What::Comma | What::Colon | What::Give | What::Pronoun | What::Of | What::Route(_))
        ) || matches!(self.what(next), Some(What::Other)) && self.short(next)
        {
            next += 1;
        }
        parted
            && match self.what(next) {
                Some(What::Name(..)) => true,
                Some(What::Unknown) => matches!(self.what(next + 1), Some(What::Amount(_))),
                Some(What::Amount(_)) => self.forward(next).is_some(),
                _ => false,
            }
    }

    /// Other days with a way of giving of their own behind them.
    fn is_other_place(&self, what: &What, last: usize, at: usize) -> bool {
        let routed = (at + 1..at + 3).any(|next| matches!(self.what(next), Some(What::Route(_))));
        matches!(what, What::Days(_))
            && self.between.and
            && routed
            && self.out.entries.get(last).is_some_and(|entry| {
                !entry.slots.days.is_empty() && entry.slots.route.is_some() && !self.closed(last)
            })
    }

    /// `hepatic arterial infusion chemotherapy`, `HIPEC`: what is given so is told behind it, if at all.
    pub(super) fn is_route_of_class(&self, at: usize) -> bool {
        matches!(self.what(at), Some(What::Route(_)))
            && self.parts.get(at).is_some_and(|part| {
                let last = part.end.checked_sub(1).map_or("", |token| self.tokens.text(token));
                matches!(last, "chemotherapy" | "haic" | "hipec" | "pipac" | "hai")
            })
    }

    /// `24 weeks of treatment` with "with" behind it.
    fn is_treatment_with(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| {
            let last = part.end.checked_sub(1).map_or("", |token| self.tokens.text(token));
            matches!(last, "treatment" | "therapy") && self.tokens.is(part.end, "with")
        })
    }

    /// A frequency behind "or" that tells something else than the one before: not the same in other words.
    fn is_other_way(&self, what: &What, last: usize) -> bool {
        let What::Frequency(next) = what else { return false };
        let Some(entry) = self.out.entries.get(last).filter(|_| self.between.or) else { return false };
        let own = entry.slots.frequency;
        let differs = own.per_day.is_some() != next.per_day.is_some();
        own != Frequency::default() && differs
    }
}
