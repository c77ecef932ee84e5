//! Whose a dose is: the name beside it, before or behind; steps and alternatives are entries of their own.

use super::ahead::is_first_dose;
use super::{Mute, Reader, WIDEST_GAP};
use crate::reading::dosing::entry::{Entry, Link, Put, Slots};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, NameKind};
use crate::reading::quantities::{Between as Joined, UnitKind, Values};

impl Reader<'_> {
    /// "low dose (5 mg), high dose (10 mg) of A": a dose in brackets of its own behind a rank, and its name still to come.
    fn is_of_rank_before_name(&self, at: usize) -> bool {
        let alone = self.back(at, 1) == Some(&What::Open) && self.what(at + 1) == Some(&What::Close);
        let open = self.parts.get(at).map_or(0, |part| part.first);
        let word = |back: usize| open.checked_sub(1 + back).map_or("", |token| self.tokens.text(token));
        let ranked = |word: &str| matches!(word, "dose" | "level" | "cohort" | "group");
        let numbered = word(1).parse::<u8>().is_ok() && ranked(word(2));
        alone
            && self.cur.is_none()
            && (ranked(word(1)) || numbered)
            && self.named_ahead.is_some_and(|name| name > at)
    }

    /// "up to 10 mg daily is allowed", "5 mg/kg. Up to 300 mg": a limit of what is told elsewhere, or of what may be given.
    fn limits_another(&self, at: usize) -> bool {
        let up_to = matches!(self.what(at), Some(What::Amount(quantity)) if matches!(quantity.values, Values::UpTo(_)));
        let doubted =
            |part: &Part| matches!(part.what, What::Doubt | What::AsNeeded | What::Observe | What::Prior);
        let cur = self.cur.and_then(|cur| self.out.entries.get(cur));
        let dosed = cur.is_some_and(|entry| entry.slots.values.is_some());
        let later = cur.is_none() && !self.subject.first;
        up_to && (dosed || later || self.parts.iter().any(doubted))
    }

    /// "24/26 mg A/B", "24/26 mg A-B": a dose for each of as many names behind it.
    fn slashed_ahead(&self, at: usize) -> bool {
        let Some(What::Amount(quantity)) = self.what(at) else { return false };
        let Values::Several(list, Joined::Slash) = &quantity.values else { return false };
        let of = usize::from(self.what(at + 1) == Some(&What::Of));
        let first = at + 1 + of;
        if self.joins_names(first, list.len()) {
            return true;
        }
        (0..list.len()).all(|nth| {
            let name = matches!(self.what(first + 2 * nth), Some(What::Name(..)));
            name && (nth == 0 || self.what(first + 2 * nth - 1) == Some(&What::Slash))
        })
    }

    pub(super) fn amount(&mut self, at: usize) {
        if self.limits_another(at) {
            self.out.unread = true;
            self.between.words += 1;
            // "Doses of up to 10 mg daily are allowed": how often is said of what may be given.
            if self.cur.is_none() {
                self.mute = Some(Mute::Doubt(self.brackets.len()));
            }
            return;
        }
        if self.slashed_ahead(at) {
            self.slashed = Some(at);
            return;
        }
        if self.forward(at).is_some() {
            self.pending.push(at);
            return;
        }
        if self.is_of_rank_before_name(at) {
            self.pending.push(at);
            return;
        }
        let levels = self.tells_levels(at);
        if self.between.words > WIDEST_GAP && !self.between.give && !levels {
            self.out.unread = true;
            return;
        }
        // "5 cc serum": of something that is looked at elsewhere.
        let end = self.parts.get(at).map_or(0, |part| part.end);
        let looked_at =
            self.parts.get(at + 1).is_some_and(|next| next.what == What::Observe && next.first == end);
        let fluid =
            matches!(self.what(at), Some(What::Amount(quantity)) if quantity.unit.kind == UnitKind::Volume);
        if self.is_of_a_thing(at) || looked_at && fluid {
            self.out.unread = true;
            return;
        }
        let Some(cur) = self.cur.or_else(|| self.implied(at)) else {
            self.out.unread = true;
            return;
        };
        let Some(cur) = self.past_radiation(cur, at) else {
            self.out.unread = true;
            return;
        };
        if let Some(days) = self.day_head.take() {
            return self.dose_of_days(cur, days, at);
        }
        if self.several_for(cur, at) || self.tells_each_dose(at) {
            return self.seen();
        }
        // "A, B and C at 5, 10 and 20 mg, respectively", of which some have no name here.
        let each = matches!(self.what(at), Some(What::Amount(quantity)) if matches!(quantity.values, Values::Several(_, Joined::And)));
        if each && self.respectively && self.rank.is_none() {
            self.out.unread = true;
            return self.seen();
        }
        if self.counts_product(cur, at) {
            return self.seen();
        }
        let several_open = self.after_verb && self.open_before(cur) && !self.in_bracket();
        if several_open || self.slashed_open(cur) {
            // "A and B will be given at 5 mg/kg", "A/B 1000 mg": whose dose it is nobody can tell.
            self.out.unread = true;
            return self.seen();
        }
        if self.counts_strength(cur, at) {
            return self.seen();
        }
        if self.told_behind(cur, at) {
            let route = self.out.entries.get(cur).and_then(|entry| entry.slots.route);
            let slots = Slots { route, route_lent: route.is_some(), ..Slots::default() };
            self.again(cur, at, Link::Apart, slots);
            self.put(self.out.entries.len() - 1, at);
            return self.seen();
        }
        if self.starts_over(cur, at) {
            let link = if self.between.then { Link::Then } else { Link::And };
            let slots = self.lent_by(cur);
            self.again(cur, at, link, slots);
            let last = self.out.entries.len() - 1;
            self.put(last, at);
            return self.seen();
        }
        if self.is_placebo_too(cur) {
            self.put(cur - 1, at);
        }
        if self.put(cur, at) == Put::Taken && !self.ends_range(cur, at) {
            self.second_amount(cur, at);
        }
        self.seen();
    }

    /// "6 mg/kg every 3 weeks (loading dose 8 mg/kg)", "… after a loading dose of 8 mg/kg": a first dose told behind those
    /// that follow it.
    fn told_behind(&self, cur: usize, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let dosed = self
            .out
            .entries
            .get(cur)
            .is_some_and(|entry| entry.slots.values.is_some() && entry.slots.scheduled());
        // "0.5 mg/kg/h after a bolus of 1 mg/kg": told in the other order.
        let before = |back: usize| part.first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let after = (2..6).any(|back| matches!(before(back), "after" | "following"))
            && (1..4).any(|back| before(back) == "bolus" || before(back) == "loading");
        if after && self.out.entries.get(cur).is_some_and(|entry| entry.slots.values.is_some()) {
            return true;
        }
        // "6 mg/kg (loading dose 8 mg/kg) every 3 weeks".
        let open = 1 + usize::from(matches!(self.back(at, 1), Some(What::Phase(_))));
        let beside = self.back(at, open) == Some(&What::Open)
            && matches!(self.back(at, open + 1), Some(What::Amount(_)));
        (dosed || beside && self.brackets.len() == 1)
            && (self.phase_of_next.is_some()
                || self.in_bracket() && is_first_dose(self.tokens, part.first, part.end))
    }

    /// "A 75 mg daily during radiotherapy (60 Gy), then 150 mg": a dose in milligrams is that of the medicine before, not of
    /// the radiation. Nothing where there is none.
    fn past_radiation(&mut self, cur: usize, at: usize) -> Option<usize> {
        let Some(What::Amount(quantity)) = self.what(at) else { return Some(cur) };
        let medicine = matches!(
            quantity.unit.name.split('/').next(),
            Some("mg" | "g" | "mcg" | "iu" | "units" | "auc" | "tablet" | "capsule")
        );
        let is = |index: usize, kind: NameKind| {
            self.out.entries.get(index).is_some_and(|entry| entry.kind == kind)
        };
        if !medicine || !is(cur, NameKind::Radiation) {
            return Some(cur);
        }
        let before = (0..cur).rev().find(|index| is(*index, NameKind::Agent))?;
        self.cur = Some(before);
        self.trail = None;
        Some(before)
    }

    /// "A or placebo 4 mg/kg": the placebo's dose is that of what it stands for.
    fn is_placebo_too(&self, cur: usize) -> bool {
        let open = |entry: &Entry| entry.slots.values.is_none() && !entry.dropped;
        let placebo =
            self.out.entries.get(cur).is_some_and(|entry| {
                open(entry) && entry.link == Link::Or && entry.name.ends_with("placebo")
            });
        let before = cur.checked_sub(1).and_then(|before| self.out.entries.get(before));
        placebo
            && before.is_some_and(|before| {
                open(before) && !before.slots.scheduled() && before.kind == NameKind::Agent
            })
    }

    /// "150 mg bid to 250 mg bid": the upper end of a range whose lower end was told with its frequency.
    fn ends_range(&mut self, cur: usize, at: usize) -> bool {
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let to = first > 0 && self.tokens.is(first - 1, "to") && !self.between.joint();
        let (Some(What::Amount(high)), Some(entry)) = (self.what(at).cloned(), self.out.entries.get_mut(cur))
        else {
            return false;
        };
        let (Some(Values::One(low)), Values::One(upper)) = (&entry.slots.values, &high.values) else {
            return false;
        };
        let same_unit = entry.slots.unit.as_ref().is_some_and(|unit| unit.name == high.unit.name);
        // "1.5 Gy twice daily to 45 Gy": the sum.
        let sum = matches!(high.unit.name.as_str(), "gy" | "cgy");
        let ends = to && same_unit && upper > low && !sum;
        if ends {
            entry.slots.values = Some(Values::Range(*low, *upper));
        }
        ends
    }

    /// "250 ml of a dairy product": of what has no name here, where only the label has one.
    fn is_of_a_thing(&self, at: usize) -> bool {
        let Some([of, thing]) = self.parts.get(at + 1..at + 3) else { return false };
        let word = self.tokens.text(thing.first);
        let labelled = self.cur.and_then(|cur| self.out.entries.get(cur)).is_none_or(|entry| !entry.named);
        labelled
            && self.subject.from_label
            && of.what == What::Of
            && matches!(thing.what, What::Other | What::Unknown)
            && !matches!(word, "vaccine" | "extract" | "active" | "protein" | "powder" | "antibody")
    }

    /// "planned dose cohorts of 0.1, 0.3 and 0.6 mg/kg": three doses or more in a sentence about levels.
    pub(super) fn tells_levels(&self, at: usize) -> bool {
        const NEAR: usize = 8;
        let several = match self.what(at) {
            Some(What::Amount(quantity)) => {
                matches!(&quantity.values, Values::Several(list, Joined::And | Joined::Slash) if list.len() > 2)
            }
            _ => false,
        };
        let first = self.parts.get(at).map_or(0, |part| part.first);
        several
            && (first.saturating_sub(NEAR)..first).any(|token| {
                matches!(
                    self.tokens.text(token),
                    "levels" | "cohorts" | "groups" | "cohort" | "level" | "group"
                )
            })
    }

    /// "Day 1: 106 mg, days 2-5: 425 mg": a row for each.
    fn dose_of_days(&mut self, cur: usize, days: usize, at: usize) {
        let taken = self
            .out
            .entries
            .get(cur)
            .is_some_and(|entry| entry.slots.values.is_some() || !entry.slots.days.is_empty());
        if taken {
            let route = self.out.entries.get(cur).and_then(|entry| entry.slots.route);
            self.again(
                cur,
                days,
                Link::Then,
                Slots { route, route_lent: route.is_some(), ..Slots::default() },
            );
        }
        let Some(own) = self.cur else { return };
        self.put(own, days);
        self.put(own, at);
        self.seen();
    }

    /// "65 mg 2 capsules bid", "200 mg tablets, 2 tablets daily": the mass is that of one, what is taken are several.
    fn counts_strength(&mut self, cur: usize, at: usize) -> bool {
        let (Some(part), Some(What::Amount(count))) = (self.parts.get(at), self.what(at)) else {
            return false;
        };
        let several =
            matches!(count.values, Values::One(n) if n != 1.0) && count.unit.kind == UnitKind::Count;
        let comma = usize::from(at > 0 && self.what(at - 1) == Some(&What::Comma));
        let Some(strength) = at.checked_sub(1 + comma).and_then(|before| self.parts.get(before)) else {
            return false;
        };
        let mass = matches!(&strength.what, What::Amount(mass) if mass.unit.kind == UnitKind::Amount && matches!(mass.values, Values::One(_)));
        // A form between them says of what the mass is.
        let formed = part.first > strength.end + comma;
        let beside = if comma == 0 { !formed } else { formed };
        if !(several && mass && beside) {
            return false;
        }
        let (values, unit) = (count.values.clone(), count.unit.clone());
        let (first, end) = (part.first, part.end);
        // "A 200 mg/B 50 mg tablets, 2 tablets": of both.
        let joined = self.out.entries.get(cur).is_some_and(|entry| entry.link == Link::Slash);
        let start = if joined { cur.saturating_sub(1) } else { cur };
        let Some(entries) = self.out.entries.get_mut(start..=cur) else { return false };
        for entry in entries {
            (entry.slots.values, entry.slots.unit) = (Some(values.clone()), Some(unit.clone()));
            entry.cover(first, end);
        }
        true
    }

    /// "400 mg bid, 400 mg qd", "300 mg on day 1, then 300 mg q2w", "8 mg IV and 8 mg orally": the same dose again, at
    /// another time or in another way.
    fn starts_over(&self, cur: usize, at: usize) -> bool {
        let (Some(What::Amount(quantity)), Some(entry)) = (self.what(at), self.out.entries.get(cur)) else {
            return false;
        };
        let told = entry.slots.values.as_ref() == Some(&quantity.values);
        let again = match self.what(at + 1) {
            Some(What::Frequency(next)) => {
                entry.slots.frequency != Frequency::default() && entry.slots.frequency != *next
            }
            // "28 mg on days 8-28 of cycle 1, 28 mg on days 1-28 of later cycles".
            Some(What::Days(next)) => !entry.slots.days.is_empty() && entry.slots.days != *next,
            Some(What::Route(next)) => {
                entry.slots.route.is_some_and(|route| route != *next) && !entry.slots.route_lent
            }
            _ => false,
        };
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let later = self.between.then && (entry.slots.scheduled() || self.at_a_point(entry.end, first));
        told && self.brackets.is_empty() && (self.between.joint() && again || later)
    }

    /// "A/B at a dose of 2 puffs": puffs and tablets are of the product, so of both.
    fn counts_product(&mut self, cur: usize, at: usize) -> bool {
        let counted =
            matches!(self.what(at), Some(What::Amount(quantity)) if quantity.unit.kind == UnitKind::Count);
        if counted && self.strengths_told(cur, at) {
            if let Some(before) = self.out.entries.get_mut(cur - 1) {
                (before.slots.values, before.slots.unit) = (None, None);
            }
        } else if !counted || !self.slashed_open(cur) {
            return false;
        }
        self.put(cur - 1, at);
        self.put(cur, at);
        true
    }

    /// "A 200 mg/B 50 mg tablets, 2 tablets": what stood before the count was how strong both are.
    fn strengths_told(&self, cur: usize, at: usize) -> bool {
        let comma = usize::from(self.back(at, 1) == Some(&What::Comma));
        let stray = self.back(at, 1 + comma) == Some(&What::Stray);
        let joined = self
            .out
            .entries
            .get(cur)
            .is_some_and(|entry| entry.link == Link::Slash && entry.slots.values.is_none());
        let before = cur.checked_sub(1).and_then(|before| self.out.entries.get(before));
        stray
            && joined
            && before.is_some_and(|before| {
                before.slots.unit.as_ref().is_some_and(|unit| unit.kind == UnitKind::Amount)
            })
    }

    /// Whether the entry is joined with `/` to one that has no dose either.
    fn slashed_open(&self, cur: usize) -> bool {
        let slashed = self
            .out
            .entries
            .get(cur)
            .is_some_and(|entry| entry.link == Link::Slash && entry.slots.values.is_none());
        let before = cur.checked_sub(1).and_then(|before| self.out.entries.get(before));
        slashed
            && before.is_some_and(|before| {
                before.slots.values.is_none() && !before.dropped && before.kind == NameKind::Agent
            })
    }

    pub(super) fn in_bracket(&self) -> bool {
        !self.brackets.is_empty()
    }

    /// Whether the entry before is joined to `cur` and has no dose either.
    pub(super) fn open_before(&self, cur: usize) -> bool {
        let joined = self.out.entries.get(cur).is_some_and(|entry| {
            entry.link != Link::Apart && entry.link != Link::Then && entry.slots.values.is_none()
        });
        let before = cur.checked_sub(1).and_then(|before| self.out.entries.get(before));
        joined
            && before.is_some_and(|before| {
                before.slots.values.is_none() && !before.dropped && !before.slots.scheduled()
            })
    }
}
