//! A sum and its shares: so much a day, in so many doses, in fractions of so much, so many tablets of so much.

use super::Scanner;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, Role, Sense};
use crate::reading::numbers::{self, Found};
use crate::reading::quantities::{Quantity, Unit, UnitKind, Values};

/// A dose is given in no more shares than this a day.
const MOST_SHARES: f64 = 12.0;

/// Nouns for one giving.
const GIVINGS: &[&str] = &[
    "dose",
    "doses",
    "dosages",
    "portions",
    "administrations",
    "intakes",
    "parts",
    "applications",
    "servings",
];

impl Scanner<'_> {
    /// `1 sachet/day`, `2 doses of 300 mg per day`: how much one giving is, and how often a day it is given.
    pub(super) fn counted_a_day(&self, at: usize, found: &Found<What>) -> Option<(Found<What>, Frequency)> {
        let What::Amount(quantity) = &found.value else { return None };
        let name = quantity.unit.name.strip_suffix("/day")?.to_owned();
        let slash = (at..found.end).find(|word| matches!(self.tokens.text(*word), "/" | "per" | "a"))?;
        let doses = self.doses_of(at);
        // "2 tablets a day" may be one twice.
        let single = quantity.unit.kind == UnitKind::Count && quantity.values == Values::One(1.0);
        if doses.is_none() && !single {
            return None;
        }
        let unit = Unit { name, ..quantity.unit.clone() };
        let amount = Found::new(What::Amount(Quantity { values: quantity.values.clone(), unit }), slash);
        Some((amount, Frequency { per_day: doses.or(Some(1.0)), ..Frequency::default() }))
    }

    /// The number of doses that an amount at `at` is one of: `2 doses of`.
    fn doses_of(&self, at: usize) -> Option<f64> {
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        if word(1) != "of" || !GIVINGS.contains(&word(2)) {
            return None;
        }
        let count = at.checked_sub(3)?;
        let count = self.tokens.number(count).or_else(|| numbers::word_value(self.tokens.text(count)))?;
        (count > 1.0 && count <= MOST_SHARES).then_some(count)
    }

    /// `40 mg p.o./day`, `8 mg capsules per day`, `250 g of porridge per day`: the route, the form or the name stands
    /// inside the unit.
    pub(super) fn is_day_behind(&self, at: usize, amount: &Found<Quantity>) -> bool {
        let kind = amount.value.unit.kind;
        let given =
            matches!(kind, UnitKind::Amount | UnitKind::Volume) && !amount.value.unit.name.ends_with("/day");
        given && !self.is_held(at) && self.day_behind(amount.end)
    }

    /// A form that holds so much stands before the amount at `at`: "per day" behind it is said of the form.
    fn is_held(&self, at: usize) -> bool {
        at > 0 && matches!(self.tokens.text(at - 1), "containing" | "contains" | "with")
    }

    fn day_behind(&self, at: usize) -> bool {
        const FAR: usize = 5;
        let mut word = at;
        if self.tokens.is(at, "of")
            && let Some(name) = self.names.at(at + 1)
        {
            word = name.end;
        }
        while word < at + FAR {
            if word > at && matches!(self.tokens.text(word), "/" | "per") {
                return matches!(self.tokens.text(word + 1), "day" | "d");
            }
            let form = matches!(self.tokens.text(word), "infusion" | "injection" | "drip" | "by" | "via");
            match self.vocabulary.sense(self.tokens, word) {
                Some(Found { value: Sense::Route(_) | Sense::Role(Role::Form), end }) => word = end,
                _ if form => word += 1,
                _ => return false,
            }
        }
        false
    }

    /// `one capsule with 20 mg of zorafenib per day`: "per day" is said of the capsule, so that it is once a day.
    pub(super) fn one_a_day(&self, at: usize) -> Option<Found<What>> {
        const FAR: usize = 14;
        let said = match (self.tokens.text(at), self.tokens.text(at + 1)) {
            ("/" | "per" | "a", "day" | "d") => self.parts.last().is_some_and(|part| part.end == at),
            _ => false,
        };
        let holds = |word: &usize| matches!(self.tokens.text(*word), "containing" | "contains" | "with");
        let held = (at.saturating_sub(FAR)..at).rev().find(holds).filter(|_| said)?;
        let form = (held.saturating_sub(4)..held).any(|word| {
            let one = matches!(self.tokens.text(word), "one" | "1" | "a" | "single");
            let sense = (word + 1..held).rev().find_map(|form| self.vocabulary.sense(self.tokens, form));
            one && matches!(sense.map(|found| found.value), Some(Sense::Role(Role::Form)))
        });
        let daily = Frequency { per_day: Some(1.0), ..Frequency::default() };
        form.then(|| Found::new(What::Frequency(daily), at + 2))
    }

    /// `4 capsules of 500 mg`: several are taken at once, and what each holds is told too.
    pub(super) fn counts_units(&self, quantity: &Quantity, end: usize) -> bool {
        let several = matches!(quantity.values, Values::One(count) if count > 1.0 && count.fract() == 0.0);
        let held = self.vocabulary.units().quantity(self.tokens, end + 1);
        let mass = held.is_some_and(|held| {
            held.value.unit.kind == UnitKind::Amount && matches!(held.value.values, Values::One(_))
        });
        quantity.unit.kind == UnitKind::Count && self.tokens.is(end, "of") && several && mass
    }

    /// `20 ml on each side (total of 40 ml)`: the sum of what was told.
    pub(super) fn sums_up(&self, at: usize) -> bool {
        const LINKS: &[&str] =
            &["of", "dose", "daily", "volume", "amount", ":", "=", "is", "a", "in", "max", "maximum"];
        let mut word = at;
        while word > 0 && at - word < 5 && LINKS.contains(&self.tokens.text(word - 1)) {
            word -= 1;
        }
        let total = word > 0 && self.tokens.is(word - 1, "total");
        let opened = (word.saturating_sub(4)..word).any(|open| self.tokens.is(open, "("));
        total && opened && self.dosed_outside()
    }

    /// A dose stands in this sentence before the bracket that is open.
    fn dosed_outside(&self) -> bool {
        const FAR: usize = 16;
        let mut near = self.parts.iter().rev().take(FAR);
        near.any(|part| part.what == What::Open)
            && near
                .take_while(|part| !matches!(part.what, What::Bound(_)))
                .any(|part| matches!(part.what, What::Amount(_)))
    }

    /// `fractions of 2 Gy`, `1.8 Gy per fraction`, `2 Gy/fr`: what one fraction of a radiation is.
    pub(super) fn fraction(&self, at: usize) -> Option<Found<What>> {
        const EACH: &[&str] = &["fraction", "fractions", "fx", "fr", "f", "fxs", "session", "dose"];
        let amount = self.quantity(at)?;
        if !matches!(amount.value.unit.name.as_str(), "gy" | "cgy")
            || !matches!(amount.value.values, Values::One(_))
        {
            return None;
        }
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let of = word(1) == "of"
            && matches!(word(2), "fractions" | "fraction" | "fx")
            && !matches!(word(3), "single" | "one" | "1" | "a");
        // "5 x 5 Gy".
        let times = matches!(word(1), "x" | "×" | "*") && word(2).parse::<u8>().is_ok();
        let per = matches!(self.tokens.text(amount.end), "/" | "per" | "each");
        let noun = amount.end + usize::from(per);
        let each = EACH.contains(&self.tokens.text(noun))
            && (per || matches!(self.tokens.text(noun), "fractions" | "fx" | "fr"));
        let end = if each { noun + 1 } else { amount.end };
        let each = each || amount.value.unit.strength || self.is_daily_part(&amount);
        (of || each || times).then(|| Found::new(What::Fraction(amount.value), end))
    }

    /// `30 Gy/10 fractions, 3 Gy daily`: a part of the dose before it, each day.
    fn is_daily_part(&self, amount: &Found<Quantity>) -> bool {
        const NEAR: usize = 6;
        let daily = match self.vocabulary.sense(self.tokens, amount.end) {
            Some(Found { value: Sense::Frequency(often), .. }) => {
                self.vocabulary.frequency(often).per_day.is_some()
            }
            _ => false,
        };
        let Values::One(part) = amount.value.values else { return false };
        daily
            && self.parts.iter().rev().take(NEAR).any(|whole| match &whole.what {
                What::Amount(Quantity { values: Values::One(sum), unit }) => {
                    unit.name == amount.value.unit.name && *sum > part
                }
                _ => false,
            })
    }

    /// [`divided`](Self::divided), where the dose is given once a day as far as is told.
    pub(super) fn divided_day(&mut self, times: f64, end: usize) -> Option<Found<What>> {
        if times == 1.0 { self.divided(end) } else { None }
    }

    /// `daily in two divided doses`, `a day divided into 3 doses` at "daily": the dose before it is that of a day, unless
    /// each dose's own follows.
    fn divided(&mut self, daily_end: usize) -> Option<Found<What>> {
        let shares = self.shares(daily_end)?;
        let own = self.tokens.is(shares.end, "of")
            && self.vocabulary.units().quantity(self.tokens, shares.end + 1).is_some();
        if !own {
            self.make_daily();
        }
        let what = match shares.value {
            Some(_) => What::Frequency(Frequency { per_day: shares.value, ..Frequency::default() }),
            None => What::Other,
        };
        Some(Found::new(what, shares.end))
    }

    /// `5 mg/kg/day in two divided doses`, `500 mg in two divided doses daily`: the dose before it is that of a day, given so
    /// often.
    pub(super) fn divided_behind(&mut self, at: usize) -> Option<Found<What>> {
        const NEAR: usize = 4;
        let opens = matches!(self.tokens.text(at), "in" | "divided" | "split" | "as");
        let shares =
            self.shares(at).filter(|shares| opens && shares.value.is_some_and(|shares| shares > 1.0))?;
        let own = self.tokens.text(shares.end) == "of";
        let told = self.parts.iter().rev().take(NEAR).take_while(|part| {
            matches!(part.what, What::Amount(_) | What::Route(_) | What::Name(..) | What::Comma | What::Other)
        });
        let daily = told.into_iter().any(|part| match &part.what {
            What::Amount(dose) => dose.unit.name.ends_with("/day"),
            _ => false,
        });
        let end = self.past_daily(shares.end);
        if own || !daily && end == shares.end || !daily && !self.doses_near() {
            return None;
        }
        self.make_daily();
        Some(Found::new(What::Frequency(Frequency { per_day: shares.value, ..Frequency::default() }), end))
    }

    /// A dose stands among the last parts.
    fn doses_near(&self) -> bool {
        const NEAR: usize = 3;
        self.parts
            .iter()
            .rev()
            .take(NEAR)
            .any(|part| matches!(&part.what, What::Amount(dose) if dose.unit.kind == UnitKind::Amount))
    }

    /// `in two divided doses`, `divided into 3 doses`, `in divided doses`: into how many, if that is said.
    fn shares(&self, at: usize) -> Option<Found<Option<f64>>> {
        const FAR: usize = 6;
        let (mut into, mut said, mut count) = (false, false, None);
        let mut word = at;
        while word < at + FAR {
            let text = self.tokens.text(word);
            let number = self.tokens.number(word).or_else(|| numbers::word_value(text));
            match text {
                "," | "(" | "given" | "taken" | "administered" | "-" => {}
                "in" | "into" | "as" => into = true,
                "divided" | "split" | "separate" | "separated" | "equal" | "equally" | "subdivided" => {
                    said = true
                }
                "or" | "to" if count.is_some() => count = None,
                _ if GIVINGS.contains(&text) => {
                    let told = said || into && count.is_some();
                    return told.then(|| Found::new(count, word + 1));
                }
                _ if number.is_some_and(|shares| (1.0..=MOST_SHARES).contains(&shares)) => count = number,
                _ => return None,
            }
            word += 1;
        }
        None
    }

    /// The dose that was read last is the sum of a day.
    fn make_daily(&mut self) {
        const NEAR: usize = 4;
        let mut parts = self.parts.iter_mut().rev().take(NEAR);
        let dose = parts.find_map(|Part { what, .. }| match what {
            What::Amount(quantity) if quantity.unit.kind == UnitKind::Amount => Some(quantity),
            _ => None,
        });
        if let Some(quantity) = dose.filter(|quantity| !quantity.unit.name.ends_with("/day")) {
            quantity.unit.name.push_str("/day");
        }
    }
}
