//! A second dose of the same treatment: a share of the first, the first again, or one of its own.

use super::Reader;
use crate::reading::dosing::entry::{Entry, Link, Slots, slot};
use crate::reading::dosing::part::What;
use crate::reading::dosing::vocabulary::Frequency;
use crate::reading::quantities::Values;

impl Reader<'_> {
    /// A second dose of a treatment: the next step, an alternative, the same told again, or a contradiction.
    pub(super) fn second_amount(&mut self, cur: usize, at: usize) {
        let told_again = self.brackets.last().is_some_and(|bracket| bracket.entry == Some(cur));
        if told_again && self.tells_share(at) && self.is_share(cur, at) {
            return;
        }
        if told_again && !self.between.joint() {
            return;
        }
        // "9 mg on day 1 and 3 mg on day 2 for a total dose of 12 mg": the sum of both.
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let before = |back: usize| first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        if before(1) == "of" && before(2) == "dose" && matches!(before(3), "total" | "cumulative") {
            return;
        }
        // "1.5 Gy twice daily to 45 Gy": likewise.
        let radiated = matches!(self.what(at), Some(What::Amount(sum)) if matches!(sum.unit.name.as_str(), "gy" | "cgy"));
        if radiated && before(1) == "to" && !self.between.joint() {
            return;
        }
        // "Melphalan 200 mg/m2; stem cells 2×10^6 cells/kg": what is counted in cells is something else.
        let counted =
            |name: &str| matches!(name.split('/').next(), Some("cells" | "cfu" | "pfu" | "vp" | "vg"));
        let other_thing =
            match (self.what(at), self.out.entries.get(cur).and_then(|entry| entry.slots.unit.as_ref())) {
                (Some(What::Amount(new)), Some(unit)) => counted(&new.unit.name) != counted(&unit.name),
                _ => false,
            };
        if other_thing {
            self.out.unread = true;
            // Its schedule is not this one's either.
            self.aside = true;
            return;
        }
        // "levels 5, 10 and 20 mg, starting from 5 mg": one of them.
        let among = match (self.what(at), self.out.entries.get(cur).map(|entry| &entry.slots)) {
            (Some(What::Amount(again)), Some(slots)) => {
                let unit = slots.unit.as_ref().is_some_and(|unit| unit.name == again.unit.name);
                matches!((&slots.values, &again.values), (Some(Values::Several(list, _)), Values::One(value)) if unit && list.contains(value))
            }
            _ => false,
        };
        if among && !self.between.then {
            return;
        }
        // "4 g three times a day, 12 g a day": the sum of a day.
        let total =
            match (self.what(at), self.out.entries.get(cur).and_then(|entry| entry.slots.unit.as_ref())) {
                (Some(What::Amount(sum)), Some(unit)) => {
                    sum.unit.name.strip_suffix("/day") == Some(unit.name.as_str())
                }
                _ => false,
            };
        if total && !self.between.then {
            return;
        }
        let sum =
            self.parts.get(at).is_some_and(|part| part.first > 0 && self.tokens.is(part.first - 1, "+"));
        let step = self.between.then
            || self.between.semicolon
            || self.between.and
            || self.between.comma
            || self.between.or
            || self.rank.is_some();
        // "3 ml A, 5 ml serum": of something that has no name here.
        let end = self.parts.get(at).map_or(0, |part| part.end);
        let of_other = self.parts.get(at + 1).is_some_and(|next| {
            next.first == end
                && !matches!(self.tokens.text(next.first), "week" | "weeks" | "month" | "months" | "visit")
                && next.end - next.first <= 2
                && matches!(next.what, What::Other | What::Unknown)
                && matches!(
                    self.what(at + 2),
                    Some(What::Comma | What::And | What::Bound(_) | What::Give | What::Open)
                )
        });
        let other = (self.between.unknown || of_other) && (self.between.and || self.between.comma);
        if sum || !step || other {
            if let Some(entry) = self.out.entries.get_mut(cur) {
                entry.slots.conflicts |= slot::DOSE;
            }
            self.out.unread = true;
            return;
        }
        let link = if self.between.or {
            Link::Or
        } else if self.between.then || self.between.semicolon {
            Link::Then
        } else {
            Link::And
        };
        let slots = self.lent_by(cur);
        self.again(cur, at, link, slots);
        let last = self.out.entries.len() - 1;
        self.put(last, at);
    }

    /// What the next dose of a treatment takes over from the one before.
    pub(super) fn lent_by(&self, cur: usize) -> Slots {
        let route = self.out.entries.get(cur).and_then(|entry| entry.slots.route);
        let frequency = self.told_before_bracket(cur);
        Slots { route, route_lent: route.is_some(), frequency, ..Slots::default() }
    }

    /// "(2 doses of 300 mg)", "(single dose 8 g)", "(300 mg bid)", "(300 mg each)": the amount in brackets is one giving's.
    fn tells_share(&self, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let open = self.parts.iter().take(at).rposition(|part| part.what == What::Open);
        let first = open.and_then(|open| self.parts.get(open)).map_or(part.first, |open| open.end);
        let close = self.parts.iter().skip(at).position(|part| part.what == What::Close);
        let inside = self.parts.get(at..at + close.unwrap_or(1)).unwrap_or_default();
        let doubted = inside.iter().any(|part| part.what == What::Doubt);
        let said = (first..part.first).any(|token| {
            matches!(self.tokens.text(token), "dose" | "doses" | "single" | "each" | "divided" | "split")
        });
        let each = matches!(self.tokens.text(part.end), "each" | "per") || said;
        let often = matches!(self.what(at + 1), Some(What::Frequency(how)) if how.per_day.is_some_and(|times| times > 1.0));
        (each || often) && !doubted
    }

    /// "600 mg daily (2 doses of 300 mg)", "24 g daily (single dose 8 g)": what is given at once, of the sum of a day.
    fn is_share(&mut self, cur: usize, at: usize) -> bool {
        const MOST: f64 = 6.0;
        let (Some(What::Amount(share)), Some(entry)) =
            (self.what(at).cloned(), self.out.entries.get_mut(cur))
        else {
            return false;
        };
        let slots = &mut entry.slots;
        let (Some(Values::One(sum)), Values::One(part), Some(unit)) =
            (&slots.values, &share.values, &slots.unit)
        else {
            return false;
        };
        let times = (sum / part * 1e6).round() / 1e6;
        let daily = unit.name.strip_suffix("/day");
        let same = daily.unwrap_or(&unit.name) == share.unit.name;
        let once = slots.frequency == Frequency { per_day: Some(1.0), ..Frequency::default() };
        let shared = same
            && (once || daily.is_some() && slots.frequency.per_day.is_none_or(|told| told == times))
            && (2.0..=MOST).contains(&times)
            && times.fract() == 0.0;
        if shared {
            (slots.values, slots.unit) = (Some(share.values), Some(share.unit));
            slots.frequency.per_day = Some(times);
        }
        shared
    }

    /// Another entry of the same treatment.
    pub(super) fn again(&mut self, cur: usize, at: usize, link: Link, mut slots: Slots) {
        if let Some(class) = self.of_class().filter(|_| !slots.scheduled()) {
            slots.frequency = class.frequency;
            slots.cycle = slots.cycle.or(class.cycle);
            slots.cycles = slots.cycles.or(class.cycles);
            slots.lasting = slots.lasting.or(class.lasting);
        }
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let phase = self.phase_of_next.take().or(self.out.phase);
        let Some(entry) = self.out.entries.get(cur) else { return };
        let again = Entry {
            name: entry.name.clone(),
            kind: entry.kind,
            link,
            slots,
            phase,
            first,
            end: first,
            dropped: false,
            alone: entry.alone,
            follows: false,
            instead: false,
            rank: None,
            begins: false,
            named: false,
        };
        self.out.entries.push(again);
        self.cur = Some(self.out.entries.len() - 1);
        self.trail = None;
    }
}
