//! A slot that is taken: another course of the same treatment, another way to give it, or a contradiction.

use super::Reader;
use super::schedule::is_long_run;
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::part::What;
use crate::reading::dosing::vocabulary::Frequency;

impl Reader<'_> {
    /// A dose of radiation that nobody took stands before `at`.
    pub(super) fn irradiated_before(&self, at: usize) -> bool {
        self.pending.is_empty()
            && self.parts.iter().take(at).any(|part| {
                matches!(&part.what, What::Amount(quantity) if matches!(quantity.unit.name.as_str(), "gy" | "cgy"))
            })
    }

    /// "Three monthly injections of A followed by injections every 8 weeks": how often the first ones are given was not
    /// understood, and the interval is not theirs.
    pub(super) fn goes_on_unread(&self, at: usize) -> bool {
        let entry = self.cur.and_then(|cur| self.out.entries.get(cur));
        matches!(self.what(at), Some(What::Frequency(_)))
            && self.between.then
            && entry.is_some_and(|entry| {
                entry.named
                    && !entry.slots.scheduled()
                    && (entry.slots.often_unread || self.often_unread_ahead(entry.first))
            })
    }

    /// "for a total of 20 weeks", "20 weeks in total".
    pub(super) fn tells_total(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| {
            (part.first..part.end + 2).any(|token| matches!(self.tokens.text(token), "total" | "overall"))
        })
    }

    /// A slot is taken: another course of the same treatment begins, or the text contradicts itself.
    pub(super) fn conflict(&mut self, start: usize, last: usize, at: usize, what: &What) {
        let days = matches!(what, What::Days(_));
        let run = self.between.then
            || self.between.semicolon
            || (self.between.and || self.between.comma)
                && (days && self.closed(last) || self.next_interval(what, start, last));
        let route_choice = (self.between.or || self.between.slash) && matches!(what, What::Route(_));
        if route_choice {
            // "5 mg subcutaneously or intravenously": the same dose, until another is said.
            let mut slots = self.out.entries.get(last).map(|entry| entry.slots.clone()).unwrap_or_default();
            slots.route = None;
            slots.values_lent = slots.values.is_some();
            self.again(last, at, Link::Or, slots);
            let again = self.out.entries.len() - 1;
            self.put(again, at);
            return;
        }
        if run {
            return self.course(start, last, at);
        }
        if days && self.between.and && self.merge_days(start, last, what) {
            return;
        }
        for index in start..=last {
            if let Some(entry) = self.out.entries.get_mut(index) {
                entry.slots.conflicts |= Slots::bit(what);
            }
        }
    }

    /// Another course of the same treatments: their doses again, at another time.
    pub(super) fn course(&mut self, start: usize, last: usize, at: usize) {
        for index in start..=last {
            let Some(entry) = self.out.entries.get(index).filter(|entry| !entry.dropped) else {
                continue;
            };
            // "150 mg on day 1 and 100 mg on day 8, then monthly": the last dose goes on.
            let steps = self.out.entries.get(index + 1..=last).unwrap_or_default();
            if steps.iter().any(|next| next.name == entry.name && next.link != Link::Or) {
                continue;
            }
            let slots = Slots {
                values: entry.slots.values.clone(),
                // "5 mg on days 1 and 8, then monthly doses of 10 mg": its own.
                values_lent: entry.slots.values.is_some(),
                unit: entry.slots.unit.clone(),
                route: entry.slots.route,
                infusion: entry.slots.infusion,
                ..Slots::default()
            };
            self.again(index, at, if index == start { Link::Then } else { Link::And }, slots);
            let again = self.out.entries.len() - 1;
            self.put(again, at);
        }
    }

    /// "weekly for 8 weeks, every 2 weeks for 16 weeks", "weekly in cycles 1-2, every 2 weeks in cycles 3-6": how often was
    /// told with its end.
    fn next_interval(&self, what: &What, start: usize, last: usize) -> bool {
        let often = matches!(what, What::Frequency(how) if how.per_day.is_none());
        let ended = |entry: &Entry| {
            let slots = &entry.slots;
            slots.frequency != Frequency::default() && (slots.lasting.is_some() || slots.mark.is_some())
        };
        often && self.out.entries.get(start..=last).is_some_and(|entries| entries.iter().all(ended))
    }

    /// Days were said and something of the cycle after them: further days are of another part of the treatment.
    pub(super) fn closed(&self, last: usize) -> bool {
        self.out
            .entries
            .get(last)
            .is_some_and(|entry| entry.slots.cycle.is_some() || entry.slots.mark.is_some())
    }

    /// "on day 1 and on day 15": one list.
    pub(super) fn merge_days(&mut self, start: usize, last: usize, what: &What) -> bool {
        let What::Days(more) = what else { return false };
        for entry in self.out.entries.iter_mut().take(last + 1).skip(start) {
            for day in more {
                if !entry.slots.days.contains(day) {
                    entry.slots.days.push(*day);
                }
            }
        }
        true
    }

    /// "on days 1, 15 and 29 and every 28 days thereafter": so many days, or a word that says "from then on".
    fn goes_on_after(&self, start: usize, last: usize) -> bool {
        const FAR: usize = 6;
        const FEWEST: usize = 3;
        let long = self.out.entries.get(start..=last).is_some_and(|entries| {
            entries.iter().all(|entry| entry.slots.days.len() >= FEWEST && !is_long_run(&entry.slots.days))
        });
        let end = self.out.entries.get(last).map_or(0, |entry| entry.end);
        let after = (end..end + FAR).any(|token| {
            matches!(self.tokens.text(token), "thereafter" | "afterwards" | "afterward" | "subsequently")
        });
        long || after
    }

    /// "every 2 weeks in cycles 3-6; on day 1 from cycle 7 on": the day is of the next course.
    pub(super) fn days_after_courses(&self, what: &What, start: usize, last: usize) -> bool {
        let told = |entry: &Entry| entry.slots.frequency.every.is_some() && entry.slots.mark.is_some();
        let next = self.between.semicolon || self.between.and || self.between.then;
        matches!(what, What::Days(_))
            && next
            && self.out.entries.get(start..=last).is_some_and(|entries| entries.iter().all(told))
    }

    /// "days 1, 15 and 30, then every month": the days are one course, the interval the next.
    pub(super) fn interval_after_days(&self, what: &What, start: usize, last: usize) -> bool {
        let interval = matches!(what, What::Frequency(how) if how.every.is_some());
        let listed = |entry: &Entry| {
            let several = entry.slots.days.len() > 1
                || !entry.slots.days.is_empty() && entry.slots.cycle.is_none() && entry.slots.mark.is_none();
            several && entry.slots.frequency == Frequency::default()
        };
        // "daily for 7 days, then every 2 weeks".
        let ended = |entry: &Entry| {
            entry.slots.lasting.is_some()
                && entry.slots.days.is_empty()
                && entry.slots.frequency.every.is_none()
        };
        // "twice daily for 6 weeks, then twice a week".
        let weekly = matches!(what, What::Frequency(how) if how.per_week.is_some()) && self.between.then;
        if weekly && self.out.entries.get(start..=last).is_some_and(|entries| entries.iter().all(ended)) {
            return true;
        }
        let listed = |entry: &Entry| listed(entry) || self.between.then && ended(entry);
        let then = self.between.then || self.between.and && self.goes_on_after(start, last);
        interval
            && then
            && self.out.entries.get(start..=last).is_some_and(|entries| entries.iter().all(listed))
    }
}
