//! Amounts that are counted: so many tablets, so many times, so many doses in all.

use super::Scanner;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, Sense};
use crate::reading::numbers::{self, Found};
use crate::reading::quantities::{Quantity, UnitKind, Values};

impl Scanner<'_> {
    /// `(±10%)`, `(+/- 3 days)`: passed over with its brackets.
    pub(super) fn tolerance_in_brackets(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 6;
        let tolerance = matches!(self.tokens.text(at + 1), "±" | "+/-");
        let number = self.tokens.number(at + 2).is_some();
        let close = (at + 2..at + LONGEST).find(|close| self.tokens.is(*close, ")"))?;
        (tolerance && number).then_some(close + 1)
    }

    /// `3 x 50 mg daily`, `2x20 drops a day`: so much, so many times.
    pub(super) fn several_times(&self, at: usize) -> Option<(Found<What>, Found<Frequency>)> {
        let times = self.tokens.number(at).filter(|n| n.fract() == 0.0 && (2.0..=6.0).contains(n))?;
        let sign = self.tokens.text(at + 1);
        let found = if matches!(sign, "x" | "×" | "*") {
            self.vocabulary.units().quantity(self.tokens, at + 2)?
        } else {
            let value: f64 = sign.strip_prefix('x').filter(|digits| !digits.is_empty())?.parse().ok()?;
            let unit = self.vocabulary.units().unit(self.tokens, at + 2)?;
            unit.map(|unit| Quantity { values: Values::One(value), unit })
        };
        let quantity = &found.value;
        let unit = quantity.unit.name.as_str();
        // Fractions of radiation, powers of ten, strengths of tablets.
        let other = matches!(unit, "gy" | "cgy" | "%" | "cells" | "cfu" | "vp" | "vg" | "pfu")
                // "3 x 1 tablet daily" is one three times.
                || matches!(unit, "tablet" | "capsule") && quantity.values != Values::One(1.0)
                || quantity.unit.strength
                || quantity.unit.kind == UnitKind::Body
                || matches!(
                    self.tokens.text(found.end),
                    "tablets"
                        | "capsules"
                        | "tabs"
                        | "patches"
                        | "pills"
                        | "injections"
                        | "vials"
                        | "/"
                        | "per"
                        | "tablet"
                ) && !self.says_daily(found.end);
        if other || !matches!(quantity.values, Values::One(_)) {
            return None;
        }
        let mut amount = found.clone();
        let bare = unit.strip_suffix("/day").map(str::to_owned);
        let daily = bare.is_some() || self.says_daily(found.end);
        let end = if bare.is_some() { found.end } else { self.past_daily(found.end) };
        if let Some(bare) = bare {
            amount.value.unit.name = bare;
        }
        let often = Frequency { per_day: Some(times), ..Frequency::default() };
        daily.then(|| (amount.map(What::Amount), Found::new(often, end)))
    }

    fn says_daily(&self, at: usize) -> bool {
        self.past_daily(at) > at
    }

    /// Past "daily", "a day", "per day", "/ day".
    pub(super) fn past_daily(&self, at: usize) -> usize {
        let day = |at: usize| matches!(self.tokens.text(at), "day" | "d");
        match self.tokens.text(at) {
            "daily" => at + 1,
            "a" | "per" | "/" | "each" | "every" if day(at + 1) => at + 2,
            _ => at,
        }
    }

    /// `one daily tablet`, `two daily capsules`: how often stands between the number and what is counted, and is read next.
    pub(super) fn counted_daily(&self, at: usize) -> Option<Found<What>> {
        let count = numbers::number(self.tokens, at)?;
        let whole = count.value.fract() == 0.0 && (1.0..=12.0).contains(&count.value);
        if !whole || !matches!(self.tokens.text(count.end), "daily" | "weekly" | "nightly") {
            return None;
        }
        let unit = self.vocabulary.units().unit(self.tokens, count.end + 1)?;
        let taken = matches!(
            unit.value.name.as_str(),
            "tablet" | "capsule" | "puff" | "drop" | "sachet" | "patch" | "pill" | "spray" | "softgel"
        );
        taken.then(|| {
            let quantity = Quantity { values: Values::One(count.value), unit: unit.value };
            Found::new(What::Amount(quantity), count.end)
        })
    }

    /// `2 placebo capsules`: the name stands between the number and what is counted. The name is read next.
    pub(super) fn counted_name(&self, at: usize) -> Option<Found<What>> {
        let count = numbers::number(self.tokens, at)?;
        if count.value.fract() != 0.0 || !(1.0..=12.0).contains(&count.value) {
            return None;
        }
        let name = self.names.at(count.end)?;
        // "1 placebo oral pill".
        let form = match self.vocabulary.sense(self.tokens, name.end) {
            Some(Found { value: Sense::Route(_), end }) => end,
            _ => name.end,
        };
        let unit = self.vocabulary.units().unit(self.tokens, form)?;
        let counted = unit.value.kind == UnitKind::Count && !unit.value.name.contains('/');
        counted.then(|| {
            let quantity = Quantity { values: Values::One(count.value), unit: unit.value };
            Found::new(What::Amount(quantity), count.end)
        })
    }

    /// `8 puffs of 100 mcg`: how much one giving is, the words leave to arithmetic.
    pub(super) fn counted_off(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let taken = matches!(
            before(2),
            "puffs" | "tablets" | "capsules" | "sprays" | "patches" | "injections" | "vials" | "drops"
        );
        let count = at.checked_sub(3).and_then(|count| {
            self.tokens.number(count).or_else(|| numbers::word_value(self.tokens.text(count)))
        });
        if self.part_of_several(at) {
            return true;
        }
        matches!(before(1), "of" | "x" | "×")
            && taken
            && count.is_some_and(|count| count > 1.0)
            && !self.spaced(at)
    }

    /// "3 injections of 5 ml at 2-week intervals": each at its own time.
    fn spaced(&self, at: usize) -> bool {
        const FAR: usize = 16;
        (at..at + FAR).take_while(|word| !matches!(self.tokens.text(*word), "." | ";" | "\n")).any(|word| {
            matches!(self.tokens.text(word), "apart" | "interval" | "intervals" | "spaced" | "separated")
        })
    }

    /// `three injections of X at 225 mg`: each of them.
    fn part_of_several(&self, at: usize) -> bool {
        let Some(Part { what: What::Name(..), first, end }) = self.parts.last() else { return false };
        let beside = *end == at || *end + 1 == at && self.tokens.is(*end, "at");
        let before = |back: usize| first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let several = matches!(
            before(2),
            "injections" | "tablets" | "capsules" | "vials" | "syringes" | "puffs" | "inhalations"
        );
        let counted = (3..=4).any(|back| {
            let number = first.checked_sub(back).and_then(|token| self.tokens.number(token));
            number.or_else(|| numbers::word_value(before(back))).is_some_and(|count| count > 1.0)
        });
        beside && before(1) == "of" && several && counted && !self.spaced(at)
    }

    pub(super) fn counted_before(&self, at: usize) -> bool {
        at > 0 && {
            let before = self.tokens.text(at - 1);
            let count = self.tokens.number(at - 1).or_else(|| numbers::word_value(before));
            count.is_some_and(|n| n != 1.0) || matches!(before, "x" | "×" | "*")
        }
    }

    /// `a total of two doses`, `up to 17 administrations`: how many in all.
    pub(super) fn doses(&self, at: usize) -> Option<Found<What>> {
        let count = numbers::number(self.tokens, at)?;
        let noun = matches!(
            self.tokens.text(count.end),
            "doses"
                | "administrations"
                | "infusions"
                | "injections"
                | "vaccinations"
                | "applications"
                | "dosages"
        );
        let before = at.checked_sub(1).map_or("", |before| self.tokens.text(before));
        let limit = matches!(before, "" | "\n" | ":" | "of" | "to" | "for" | "receive" | "total" | "all");
        let whole = count.value.fract() == 0.0 && (2.0..=100.0).contains(&count.value);
        let in_all = noun && limit && whole && !self.is_of_one(count.end + 1);
        in_all.then(|| Found::new(What::Doses(count.value as u32), count.end + 1))
    }

    /// `2 injections of … for a single dose`, `2 doses of … per day`: so many at once, or on a day.
    fn is_of_one(&self, at: usize) -> bool {
        const FAR: usize = 16;
        let word = |at: usize| self.tokens.text(at);
        let near = (at..at + FAR).take_while(|at| !matches!(word(*at), "." | ";" | "\n" | ""));
        near.into_iter().any(|at| {
            let one = matches!(word(at), "single" | "per" | "each" | "every" | "a")
                && matches!(word(at + 1), "dose" | "day");
            one || word(at) == "daily"
        })
    }
}
