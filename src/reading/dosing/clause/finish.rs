//! The end of a sentence: what holds for the whole of it goes to all its entries.

use super::Reader;
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, NameKind};

impl Reader<'_> {
    /// Gives what holds for the whole sentence to all its entries.
    pub(super) fn finish(&mut self) {
        for entry in self.out.entries.iter().filter(|entry| entry.named && !entry.dropped) {
            if !self.out.mentioned.iter().any(|(name, _)| *name == entry.name) {
                self.out.mentioned.push((entry.name.clone(), entry.kind));
            }
        }
        // "BEAM conditioning.": a heading, though it names something.
        if self.out.entries.iter().all(|entry| !entry.slots.any()) {
            self.out.phase_after = self.out.phase;
        }
        self.lend_doses();
        self.lend_counts();
        // "Then 3 times a week": what was said before holds no longer.
        let mut follows = self.parts.first().is_some_and(|part| part.what == What::Then);
        let later = self.begins_later();
        let mut first = true;
        for entry in &mut self.out.entries {
            follows = entry.link == Link::Then || follows && (entry.link != Link::Apart || first);
            first = false;
            entry.follows = follows || later && entry.named;
        }
        self.lend_route();
        self.lend_lead_alike();
        self.lend_route_back();
        self.lend_cycles();
        self.lend_regimen();
        let lead = std::mem::take(&mut self.lead);
        self.out.unread |= !lead.is_empty() || !self.pending.is_empty();
        let then = (1..self.out.entries.len()).position(|at| self.comes_then(at));
        let until = then.map_or(self.out.entries.len(), |then| then + 1);
        let phase = self.out.entries.first().and_then(|entry| entry.phase);
        let leads = std::mem::take(&mut self.day_leads);
        for at in std::mem::take(&mut self.whole) {
            let Some(what) = self.what(at).cloned() else { continue };
            let bit = Slots::bit(&what);
            let other = |lead: &&(usize, usize)| self.what(lead.1).map(Slots::bit) == Some(bit);
            let led = super::leads(Some(&what));
            let ends = leads.iter().find(other).filter(|_| led).map(|(entry, _)| *entry);
            let last = self.out.entries.len().saturating_sub(1);
            let mut until = until;
            // "Every 4 weeks, 600 mg for the first dose, then 300 mg": how often the later ones are given.
            if self.told_of_next(0, last, &what) {
                until = until.max(2);
            }
            for index in 0..ends.unwrap_or(until).min(until) {
                if self.told_of_next(index, last, &what) {
                    continue;
                }
                // "4 cycles of A; after surgery, consolidation with A": the cycles are of the part before.
                let bounds = matches!(what, What::Cycles(_) | What::Lasting(_) | What::CycleMark(..));
                let later = |entry: &Entry| entry.phase != phase && entry.link == Link::Apart;
                if bounds && self.out.entries.get(index).is_some_and(later) {
                    continue;
                }
                if !self.skips(index, &what) && self.takes_whole(index, &what) {
                    self.put(index, at);
                }
            }
        }
        self.lead_by_days(&leads);
        self.lend_length();
        self.pass_intervals();
        self.lend_often_ahead();
    }

    /// "A every 4 weeks: 600 mg at week 0, then 300 mg": how often the later doses are given.
    fn pass_intervals(&mut self) {
        const WEEK: f64 = 7.0;
        for at in 1..self.out.entries.len() {
            let Some([first, next]) = self.out.entries.get(at - 1..=at) else { continue };
            let once = first.begins || self.at_a_point(first.end, next.first);
            let later = first.name == next.name && next.slots.values.is_some() && !next.slots.scheduled();
            let interval = first.slots.frequency.every.is_some_and(|every| every.days() >= WEEK);
            if once && later && interval && !next.begins {
                let often = first.slots.frequency;
                if let Some([first, next]) = self.out.entries.get_mut(at - 1..=at) {
                    (first.slots.frequency, next.slots.frequency) = (Frequency::default(), often);
                }
            }
        }
    }

    /// "Beginning 4 weeks after radiotherapy, A …", "After completion of surgery, A …": another part, where it names A.
    fn begins_later(&self) -> bool {
        const FAR: usize = 6;
        let Some(first) = self.parts.first().map(|part| part.first) else { return false };
        // The sentence's first words may have no part of their own.
        let start = (first.saturating_sub(3)..first)
            .rev()
            .take_while(|token| !matches!(self.tokens.text(*token), "." | "\n" | ";" | ":"))
            .last()
            .unwrap_or(first);
        let head = self.tokens.text(start);
        let ended = (start + 1..start + FAR).any(|token| {
            let word = self.tokens.text(token);
            ["complet", "radiation", "radiotherap", "chemoradi", "surgery", "transplant"]
                .iter()
                .any(|stem| word.starts_with(stem))
        });
        let named = self.out.entries.first().is_some_and(|entry| entry.named);
        named && (head == "beginning" || matches!(head, "after" | "following" | "upon") && ended)
    }

    /// Joined by "then", or "then" stands before it: "followed by 12 weekly doses of B".
    fn comes_then(&self, at: usize) -> bool {
        let Some([before, entry]) = self.out.entries.get(at - 1..=at) else { return false };
        let between = |part: &&Part| part.first > before.first && part.first < entry.first;
        entry.link == Link::Then
            || entry.named
                && entry.link == Link::Apart
                && self.parts.iter().filter(between).any(|part| part.what == What::Then)
    }

    /// "On day 1 A, on day 8 B and C": the later days go to those behind them.
    fn lead_by_days(&mut self, leads: &[(usize, usize)]) {
        for (nth, (first, at)) in leads.iter().enumerate() {
            let Some(what) = self.what(*at).cloned() else { continue };
            let later = leads.iter().skip(nth + 1).find(|(next, _)| next > first);
            let end = later.map_or(self.out.entries.len(), |(next, _)| *next);
            let told = |lead: &(usize, usize)| {
                lead.0 == *first && self.what(lead.1).map(Slots::bit) == Some(Slots::bit(&what))
            };
            let several = leads.iter().filter(|lead| told(lead)).count() > 1;
            for index in *first..end {
                if several && let Some(entry) = self.out.entries.get_mut(index) {
                    entry.slots.conflicts |= Slots::bit(&what);
                } else if !self.skips(index, &what) && self.takes_whole(index, &what) {
                    self.put(index, *at);
                }
            }
        }
    }

    /// "subcutaneously or intravenously 5 mg": one dose, two ways to give it.
    fn lend_doses(&mut self) {
        for at in (1..self.out.entries.len()).rev() {
            let Some([one, other]) = self.out.entries.get_mut(at - 1..=at) else { continue };
            let ways = one.slots.route.is_some() && other.slots.route.is_some();
            let same = one.name == other.name && other.link == Link::Or && !other.named;
            // "100 mg/day or 2 mg/kg/day of subcutaneous X": the way of both.
            let both = one.slots.values.is_some() && other.slots.values.is_some() && one.name == other.name;
            if both && other.link == Link::Or && one.slots.route.is_none() {
                one.slots.route = other.slots.route;
            }
            if ways && same && one.slots.values.is_none() {
                one.slots.values.clone_from(&other.slots.values);
                one.slots.unit.clone_from(&other.slots.unit);
            }
        }
    }

    /// "10^9 CFU of strain A, strain B and strain C": so many of each, as the words have it.
    fn lend_counts(&mut self) {
        for at in 1..self.out.entries.len() {
            let Some([one, other]) = self.out.entries.get_mut(at - 1..=at) else { continue };
            let counted = one.slots.unit.as_ref().is_some_and(|unit| unit.name.starts_with("cfu"));
            if counted && other.link == Link::And && other.named && other.slots.values.is_none() {
                other.slots.values.clone_from(&one.slots.values);
                other.slots.unit.clone_from(&one.slots.unit);
            }
        }
    }

    /// "an intravenous infusion of A or placebo": both are given so.
    fn lend_route(&mut self) {
        let Some(route) = self.out.entries.first().and_then(|entry| entry.slots.route) else { return };
        // "subcutaneous injection of A and B": of both, where nothing else is said of A before B comes.
        let first = self.out.entries.first().filter(|entry| entry.named && self.lead_of);
        let of = first.is_some_and(|entry| entry.slots.values.is_none());
        // "hepatic arterial infusion of A 85 mg/m2 over 2 hours and B 2.4 g/m2 over 46 hours".
        let infused = first.is_some_and(|entry| entry.slots.infusion.is_some());
        // "oral A and B", neither of them with a dose: both.
        let bare = self.out.entries.iter().take(2).all(|entry| entry.named && entry.slots.values.is_none());
        let two = self.out.entries.len() == 2 && bare;
        // "infusion of A plus topical anaesthesia with 10 ml of B": B's own way stands between.
        const BESIDE: usize = 3;
        let end = self.out.entries.first().map_or(0, |entry| entry.end);
        let beside = |entry: &Entry| entry.first <= end + BESIDE;
        // "A nasal spray combined with B tablets": no tablet is sprayed.
        const FORM: usize = 3;
        let start = self.parts.first().map_or(0, |part| part.first);
        let oral = (start..end).any(|at| matches!(self.tokens.text(at), "oral" | "orally" | "po" | "p.o."));
        let joined = |entry: &&mut Entry| {
            entry.link == Link::Or
                || (of || two) && entry.link == Link::And && beside(entry)
                || infused && entry.link == Link::And && entry.slots.infusion.is_some()
        };
        for entry in self.out.entries.iter_mut().skip(1).take_while(joined) {
            let swallowed = (entry.end..entry.end + FORM).any(|at| {
                matches!(self.tokens.text(at), "tablet" | "tablets" | "capsule" | "capsules" | "pills")
            });
            if self.lead_route && entry.named && entry.slots.route.is_none() && (oral || !swallowed) {
                entry.slots.route = Some(route);
            }
        }
    }

    /// "weekly A (25 mg/m2) and B (25 mg/m2)", "daily A (10 mg), B (12 mg)": names told alike are given alike.
    fn lend_lead_alike(&mut self) {
        let tells = |at: &usize| matches!(self.what(*at), Some(What::Frequency(_) | What::Route(_)));
        if !self.lead_put.iter().any(tells) {
            return;
        }
        let alike = |entry: &&Entry| {
            let plain = !entry.slots.scheduled() && !entry.slots.bounded() && entry.slots.cycle.is_none();
            entry.link == Link::And && plain && self.dosed_in_bracket(entry)
        };
        let Some(first) = self.out.entries.first().filter(|first| self.dosed_in_bracket(first)) else {
            return;
        };
        let (often, route) = (first.slots.frequency, first.slots.route);
        let count = self.out.entries.iter().skip(1).take_while(alike).count();
        for entry in self.out.entries.iter_mut().skip(1).take(count) {
            entry.slots.frequency = often;
            entry.slots.route = entry.slots.route.or(route);
        }
    }

    /// "A (25 mg/m2)".
    fn dosed_in_bracket(&self, entry: &Entry) -> bool {
        let own = |part: &Part| part.first >= entry.first && part.first < entry.end;
        let named = |parts: &[Part]| {
            matches!(
                parts,
                [
                    Part { what: What::Name(NameKind::Agent, _), .. },
                    Part { what: What::Open, .. },
                    Part { what: What::Amount(_), .. }
                ]
            ) && parts.first().is_some_and(own)
        };
        entry.named && entry.slots.values.is_some() && self.parts.windows(3).any(named)
    }

    /// "600 mg for the first dose, then 300 mg every 2 weeks, SC": one treatment is given one way. What is swallowed may
    /// have begun in another.
    fn lend_route_back(&mut self) {
        for at in (1..self.out.entries.len()).rev() {
            let Some([first, next]) = self.out.entries.get_mut(at - 1..=at) else { continue };
            let doses = first.slots.values.is_some() && next.slots.values.is_some();
            let same = first.name == next.name && first.phase == next.phase && !next.named;
            if same && doses && next.link != Link::Apart && first.slots.route.is_none() {
                first.slots.route = next.slots.route;
            }
        }
    }

    /// "12 weeks of A or placebo", "treatment for 12 weeks with A and B": of both, where neither has an end of its own.
    fn lend_length(&mut self) {
        let Some(length) = self.out.entries.first().and_then(|entry| entry.slots.lasting) else { return };
        let ahead = self
            .parts
            .iter()
            .take_while(|part| !matches!(part.what, What::Name(..) | What::Amount(_)))
            .any(|part| part.what == What::Lasting(length));
        if !ahead {
            return;
        }
        // "in addition to B", "with concomitant B": of A alone.
        let and = |entry: &Entry| {
            let before =
                |back: usize| entry.first.checked_sub(back).map_or("", |token| self.tokens.text(token));
            (1..=2).any(|back| matches!(before(back), "and" | "plus" | "+" | "&"))
        };
        let joined = |entry: &&mut Entry| {
            let joint = entry.link == Link::Or || entry.link == Link::And && and(entry);
            joint && entry.named && entry.kind == NameKind::Agent
        };
        for entry in self.out.entries.iter_mut().skip(1).take_while(joined) {
            let slots = &mut entry.slots;
            if !slots.bounded() && slots.cycle.is_none() && slots.days.is_empty() && slots.doses.is_none() {
                slots.lasting = Some(length);
            }
        }
    }

    /// "chemotherapy (6 cycles): A and B": of both.
    fn lend_cycles(&mut self) {
        let Some((cycles, first)) = self.class_cycles else { return };
        let joined = |entry: &&mut Entry| !matches!(entry.link, Link::Apart | Link::Then);
        for entry in self.out.entries.iter_mut().skip(first + 1).take_while(joined) {
            let other =
                entry.kind == NameKind::Radiation || entry.slots.bounded() || entry.slots.continuous();
            if !other {
                entry.slots.cycles = Some(cycles);
            }
        }
    }

    fn takes_whole(&self, index: usize, what: &What) -> bool {
        let Some(entry) = self.out.entries.get(index) else { return false };
        match what {
            // "Days -7 to -3: A daily for 5 days".
            What::Days(_) => {
                let often = entry.slots.frequency;
                entry.slots.days.is_empty() && often.every.is_none() && often.per_week.is_none()
            }
            What::Frequency(_) => !entry.slots.scheduled(),
            // "3 cycles of A before surgery; after it A for a year": the second has its own length.
            What::Cycles(_) => entry.slots.cycles.is_none() && (index == 0 || entry.slots.lasting.is_none()),
            What::Lasting(_) => entry.slots.lasting.is_none(),
            // "six 28-day cycles of A daily".
            What::Cycle(..) => !entry.slots.continuous() || entry.slots.cycles.is_some(),
            _ => true,
        }
    }
}
