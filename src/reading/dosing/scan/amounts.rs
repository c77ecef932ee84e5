//! Doses, told apart from measures of the body, strengths and limits.

use super::Scanner;
use crate::protocol::PeriodUnit;
use crate::reading::dosing::days;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::timing;
use crate::reading::dosing::vocabulary::{Frequency, Sense};
use crate::reading::dosing::word_classes::WordClass;
use crate::reading::lexer::Kind;
use crate::reading::numbers::Found;
use crate::reading::periods;
use crate::reading::quantities::{Between as Joined, Quantity, UnitKind, Values};

impl Scanner<'_> {
    /// An amount, told apart from measures of the body and strengths.
    pub(super) fn amount(&self, at: usize) -> Option<Found<What>> {
        let mut found = self.quantity(at)?;
        self.between_two(at, found.end, &mut found.value);
        let after = self.tokens.text(found.end);
        // "14.5 5 g": one number broken in two, nobody can tell which it was.
        if self.is_broken(at) {
            return Some(Found::new(What::Stray, found.end));
        }
        // "25G": a needle's gauge, not grams.
        let gauge = found.value.unit.name == "g"
            && self.raw.get(self.tokens.raw(found.end - 1..found.end)) == Some("G");
        let strength = gauge
            || found.value.unit.strength
            || found.value.unit.kind == UnitKind::Count
                && !self.counts_units(&found.value, found.end)
                && !self.bracket_tells_each(&found.value, found.end)
                && (matches!(after, "of" | "x" | "×" | "(") && self.next_is_amount(found.end)
                    || matches!(after, "with" | "containing") && self.next_is_mass(found.end))
            || found.value.unit.name == "%" && !self.percent_of_medicine(at, found.end)
            || found.value.unit.name.starts_with("ml/min")
            || matches!(after, "vial" | "vials" | "syringe" | "bottle" | "ampoule" | "ampoules" | "bag")
            || matches!(found.value.unit.name.as_str(), "ng/ml" | "iu/ml" | "ng" | "meq" | "mmol" | "l")
                && self.measured(at)
            || matches!(found.value.unit.name.split('/').next(), Some("cells" | "cfu" | "vp" | "vg" | "pfu"))
                && !big(&found.value)
            || (after == "/" || after == "per" && !self.is(found.end + 1, WordClass::PerPlaces))
                && ![found.end, found.end + 1].into_iter().any(|word| self.is_route(word))
                && !(after == "per" && self.is(found.end + 1, WordClass::PerRules))
                && found.value.unit.kind == UnitKind::Amount
                && !self.in_fractions(found.end)
                && !self.slash_joins(found.end)
                && self.past_volume(at, &found).is_none();
        // "two 50 mg tablets": how much one giving is, the words leave to arithmetic.
        if found.value.unit.kind == UnitKind::Amount
            && matches!(
                after,
                "tablets" | "capsules" | "tabs" | "patches" | "pills" | "injections" | "vials" | "caplets"
            )
            && self.counted_before(at)
        {
            return Some(Found::new(What::Stray, found.end));
        }
        if self.counted_behind(&found) {
            return Some(Found::new(What::Stray, found.end));
        }
        if self.is_of_a_test(found.end) {
            return Some(Found::new(What::Other, found.end));
        }
        if self.names_a_line(at, &found.value, found.end) {
            return Some(Found::new(What::Other, found.end));
        }
        // "total of 40 ml of 0.25% X": the strength of what was passed over.
        let of_stray = found.value.unit.name == "%"
            && matches!(
                self.parts.as_slice(),
                [.., Part { what: What::Stray, .. }, Part { what: What::Of, end, .. }] if *end == at
            );
        let strength = strength
            || of_stray
            || self.heads_strength(at)
            || self.is_of_each(at, &found)
            || self.is_of_mixture(found.end)
            || self.sums_up(at)
            || self.counted_off(at)
            || self.is_part_or_sum(at, &found.value)
            || found.value.unit.kind == UnitKind::Volume && self.sizes_equipment(found.end)
            || too_many(&found.value);
        if strength {
            return Some(Found::new(What::Stray, found.end));
        }
        if self.is_day_behind(at, &found) {
            found.value.unit.name.push_str("/day");
        }
        if let Some(end) = self.past_volume(at, &found) {
            found.end = end;
        }
        if matches!(found.value.unit.name.as_str(), "gy" | "cgy") && after == "/" {
            found.end = self.past_fractions(found.end);
        }
        if found.value.unit.kind == UnitKind::Volume
            && self.tokens.is(found.end, "of")
            && self.tokens.is(found.end + 1, "water")
        {
            return Some(Found::new(What::Other, found.end + 2));
        }
        // "in 250 ml of saline": what it is dissolved in.
        let of = usize::from(self.tokens.is(found.end, "of"));
        let article = usize::from(at > 0 && matches!(self.tokens.text(at - 1), "the" | "a"));
        let within = at > article && matches!(self.tokens.text(at - 1 - article), "in" | "into")
            || self.dissolved_with(at);
        let drops = found.value.unit.name == "drop" && self.tokens.is(found.end, "of");
        if within && (found.value.unit.kind == UnitKind::Volume || drops) {
            // "in 250 mL of 5% dextrose".
            let strength = self.vocabulary.units().quantity(self.tokens, found.end + of);
            let start = strength
                .filter(|strength| strength.value.unit.name == "%")
                .map_or(found.end + of, |strength| strength.end);
            let end = self.names.at(start).map_or(found.end, |solvent| solvent.end);
            return Some(Found::new(What::Other, end));
        }
        // "50-100-150 mg": the last of several, none of which is the dose.
        let tight = |token: usize| self.tokens.get(token).is_some_and(|token| !token.spaced);
        let run = at > 2
            && self.tokens.is(at - 1, "-")
            && self.tokens.number(at - 2).is_some()
            && tight(at)
            && tight(at - 1);
        if run {
            return Some(Found::new(What::Stray, found.end));
        }
        // "800 SU/0.5 ml": the volume that an unread amount stands in.
        let of_unread = at > 1
            && self.tokens.is(at - 1, "/")
            && !self.tokens.get(at - 1).is_some_and(|t| t.spaced)
            && !self.after_read(at - 1);
        if let Some(most) = self.most_of(at, &found.value).filter(|_| !of_unread) {
            return Some(Found::new(What::Amount(most), found.end));
        }
        if of_unread || self.limit_before(at) {
            return Some(Found::new(What::Stray, found.end));
        }
        // "from 0.6 ng to 6 ug": the end of a range in two units.
        let ends_range = at > 0
            && self.tokens.is(at - 1, "to")
            && self.parts.last().is_some_and(|part| part.end + 1 == at && part.what == What::Stray);
        if ends_range {
            return Some(Found::new(What::Stray, found.end));
        }
        // "taper by 5 mg", "more than 50 mg"; but "followed by 300 mg".
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let step = matches!(before(1), "by" | "than" | "below" | "above" | "least" | "minimum");
        // "those below 60 kg": people are told apart, nothing is given.
        if step && found.value.unit.name == "kg" {
            return Some(Found::new(What::Other, found.end));
        }
        if step && before(2) != "followed" {
            return Some(Found::new(What::Stray, found.end));
        }
        // "total daily dose of 2000 mg/m2", "a daily dose of 40 mg": per day.
        if self.daily_dose(at) && !found.value.unit.name.ends_with("/day") {
            found.value.unit.name.push_str("/day");
        }
        Some(found.map(What::Amount))
    }

    /// A way of giving begins at `at`: "per os", "5 mg/IV".
    fn is_route(&self, at: usize) -> bool {
        matches!(self.vocabulary.sense(self.tokens, at), Some(Found { value: Sense::Route(_), .. }))
    }

    /// A number of its own, with a fraction, stands right before the one at `at`.
    fn is_broken(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.number(before));
        let bare = self.parts.last().is_some_and(|part| part.end == at && part.what == What::Other);
        bare && before.is_some_and(|number| number.fract() != 0.0)
    }

    /// `30 mg/QW`, `160 mcg/formoterol 4.5 mcg`: the slash joins what comes next, it does not make a strength.
    fn slash_joins(&self, at: usize) -> bool {
        self.per_hours(at).is_some()
            || self.tokens.is(at, "/")
                && (self.names.at(at + 1).is_some()
                    || timing::frequency(self.tokens, at + 1).is_some()
                    || matches!(
                        self.vocabulary.sense(self.tokens, at + 1),
                        Some(Found { value: Sense::Frequency(_), .. })
                    ))
    }

    /// A dose ends right before `at`.
    pub(super) fn follows_amount(&self, at: usize) -> bool {
        self.parts.last().is_some_and(|part| part.end == at && matches!(part.what, What::Amount(_)))
    }

    /// `/12h`, `per 8 hours` behind a dose: so often it is given; but `/6 h infusion` is how fast.
    pub(super) fn per_hours(&self, at: usize) -> Option<Found<Frequency>> {
        const FAR: usize = 4;
        let per = matches!(self.tokens.text(at), "/" | "per");
        let length = periods::period(self.tokens, at + 1).filter(|_| per)?;
        let hours =
            length.value.unit == PeriodUnit::Hour && [4.0, 6.0, 8.0, 12.0].contains(&length.value.value);
        let flows = (length.end..length.end + FAR).any(|word| {
            let text = self.tokens.text(word);
            text.starts_with("infus") || matches!(text, "continuous" | "continuously" | "drip" | "rate")
        });
        let often = Frequency { per_day: Some(24.0 / length.value.value), ..Frequency::default() };
        (hours && !flows).then(|| Found::new(often, length.end))
    }

    /// `between 50 and 100 mg`: the ends of a range.
    fn between_two(&self, at: usize, end: usize, quantity: &mut Quantity) {
        if let Values::Several(list, Joined::And) = &quantity.values
            && let [low, high] = list.as_slice()
            && low < high
            && at > 0
            && self.tokens.is(at - 1, "between")
        {
            quantity.values = Values::Range(*low, *high);
            return;
        }
        // "10 mg, 20 mg, or placebo": one of them.
        let behind = end + usize::from(self.tokens.is(end, ","));
        if let Values::Several(list, between @ Joined::And) = &mut quantity.values
            && list.len() == 2
            && self.tokens.is(behind, "or")
            && self.tokens.is(at + 2, ",")
        {
            *between = Joined::Or;
        }
    }

    /// `500 mg on day 1, then 250 daily`, `and 250 from day 2 to 5`: in the unit of the dose before it.
    pub(super) fn amount_without_unit(&self, at: usize) -> Option<Found<What>> {
        const NEAR: usize = 6;
        const TIMES: f64 = 10.0;
        if !matches!(self.parts.last(), Some(Part { what: What::Then | What::And, end, .. }) if *end == at) {
            return None;
        }
        let value = self.tokens.number(at)?;
        let told = self.parts.iter().rev().take(NEAR).take_while(|part| {
            !matches!(part.what, What::Bound(_) | What::Semicolon | What::Name(..) | What::Unknown)
        });
        let before = told.into_iter().find_map(|part| match &part.what {
            What::Amount(before) if before.unit.kind == UnitKind::Amount => Some(before),
            _ => None,
        })?;
        let alike = match before.values {
            Values::One(other) => value > 0.0 && value <= other * TIMES && value * TIMES >= other,
            _ => false,
        };
        let behind = at + 1 + usize::from(matches!(self.tokens.text(at + 1), "on" | "from"));
        let often = matches!(
            self.vocabulary.sense(self.tokens, at + 1),
            Some(Found { value: Sense::Frequency(how), .. })
                if self.vocabulary.frequency(how).per_day.is_some()
        );
        let days = matches!(self.tokens.text(behind), "day" | "days" | "d" | "the")
            && days::days(self.tokens, behind).is_some_and(|days| !days.value.is_empty());
        (alike && (often || days)).then(|| {
            let quantity = Quantity { values: Values::One(value), unit: before.unit.clone() };
            Found::new(What::Amount(quantity), at + 1)
        })
    }

    /// `75 g oral glucose tolerance test`: what people are tested with.
    fn is_of_a_test(&self, end: usize) -> bool {
        const FAR: usize = 4;
        (end..end + FAR).take_while(|word| !matches!(self.tokens.text(*word), "," | "." | ";")).any(|word| {
            matches!(self.tokens.text(word), "ogtt" | "tolerance")
                && (self.tokens.is(word, "ogtt") || self.tokens.text(word + 1).starts_with("test"))
        })
    }

    /// `1L therapy`, `2L X`: a line of treatment, no litres.
    fn names_a_line(&self, at: usize, quantity: &Quantity, end: usize) -> bool {
        let glued = self.tokens.get(at + 1).is_some_and(|unit| !unit.spaced);
        quantity.unit.name == "l"
            && glued
            && matches!(quantity.values, Values::One(line) if (1.0..=4.0).contains(&line))
            && self.tokens.get(end).is_some_and(|next| next.kind == Kind::Word)
            && !matches!(self.tokens.text(end), "of" | "in" | "over" | "per" | "/" | "iv" | "every")
    }

    /// `/20f`, `/25 fractions` behind a dose of radiation.
    pub(super) fn in_fractions(&self, at: usize) -> bool {
        self.tokens.is(at, "/")
            && self.tokens.number(at + 1).is_some()
            && matches!(self.tokens.text(at + 2), "f" | "fx" | "fr" | "fractions" | "fraction" | "fxs")
    }

    pub(super) fn past_fractions(&self, at: usize) -> usize {
        if self.in_fractions(at) { at + 3 } else { at }
    }

    /// Whether a dose, a name or a schedule ends right before `at`.
    pub(super) fn after_read(&self, at: usize) -> bool {
        let slash = self.parts.last().is_some_and(|part| part.what == What::Slash && part.first == at);
        let before = self.parts.len().checked_sub(2).and_then(|last| self.parts.get(last));
        slash
            && before.is_some_and(|part| {
                part.end == at && !matches!(part.what, What::Other | What::Unknown | What::Stray)
            })
    }

    /// "up to 2000 mg", "target 6 ng/ml": a limit or an aim, not what is given.
    pub(super) fn limit_before(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let sum =
            before(1) == "+" && at.checked_sub(2).is_some_and(|token| self.tokens.number(token).is_some());
        let times = matches!(before(1), "x" | "×" | "*")
            && at.checked_sub(2).is_some_and(|token| self.tokens.number(token).is_some());
        before(1) == "to" && before(2) == "up" || before(1) == "until" || before(1) == "per" || sum || times
    }

    /// `up to 400 mg` where no dose, rise or doubt stands before it in the sentence: all that is told of the dose.
    fn most_of(&self, at: usize, amount: &Quantity) -> Option<Quantity> {
        let Values::One(most) = amount.values else { return None };
        let up_to = at > 1 && self.tokens.is(at - 1, "to") && self.tokens.is(at - 2, "up");
        // Of each treatment anew.
        let sentence =
            self.parts.iter().rev().take_while(|part| !matches!(part.what, What::Bound(_) | What::Name(..)));
        let told = |part: &Part| {
            matches!(
                part.what,
                What::Amount(_) | What::Stray | What::Step | What::Starting | What::Doubt | What::Cycles(_)
            )
        };
        let first = up_to && !sentence.into_iter().any(told);
        first.then(|| Quantity { values: Values::UpTo(most), unit: amount.unit.clone() })
    }

    /// `daily dose of`: said of an amount that follows.
    pub(super) fn says_daily_dose(&self, at: usize, end: usize) -> bool {
        self.tokens.is(at, "daily")
            && matches!(self.tokens.text(end), "dose" | "dosage" | "doses")
            && (matches!(self.tokens.text(end + 1), "of" | "is" | "was" | ":" | "=" | "will")
                || self.tokens.number(end + 1).is_some())
    }

    pub(super) fn daily_dose(&self, at: usize) -> bool {
        // "daily dose of X 40 mg": past the name.
        let mut word = match self.parts.last() {
            Some(Part { what: What::Name(..), first, end }) if *end == at => *first,
            _ => at,
        };
        let start = word.saturating_sub(5);
        while word > start {
            word -= 1;
            match self.tokens.text(word) {
                "of" | "is" | "=" | ":" | "a" | "at" | "the" | "was" | "approximately" | "about" | "~" => {}
                "dose" | "dosage" | "doses" => return word > 0 && self.tokens.is(word - 1, "daily"),
                _ => return false,
            }
        }
        false
    }

    /// A concentration in the blood rather than of a medicine: no name stands right before or behind it.
    pub(super) fn measured(&self, at: usize) -> bool {
        !matches!(self.parts.last(), Some(Part { what: What::Name(..), end, .. }) if *end == at)
    }

    pub(super) fn next_is_amount(&self, at: usize) -> bool {
        self.vocabulary.units().quantity(self.tokens, at + 1).is_some()
    }

    /// "One capsule with 50 mg of X": what it holds is the dose.
    fn next_is_mass(&self, at: usize) -> bool {
        let next = self.vocabulary.units().quantity(self.tokens, at + 1);
        next.is_some_and(|next| next.value.unit.kind == UnitKind::Amount)
    }

    /// `in fractions of 2 Gy`, `totalling 7 vials`: a part of the dose, or how much in all.
    fn is_part_or_sum(&self, at: usize, quantity: &Quantity) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        // "in fractions of 2 Gy" is a part, "a single fraction of 24 Gy" the whole.
        let fraction = before(1) == "of"
            && matches!(before(2), "fraction" | "fractions" | "fx")
            && !matches!(before(3), "single" | "one" | "1");
        // "three times weekly up to a total of 1000 mg".
        let told = self.parts.iter().rev().take(8).any(|part| matches!(part.what, What::Amount(_)));
        let summed = before(1) == "of"
            && before(2) == "total"
            && before(3) == "a"
            && matches!(before(4), "to" | "for")
            && !quantity.unit.name.ends_with("/day");
        if summed && told {
            return true;
        }
        // "totalling 240 mg of X per day".
        if matches!(before(1), "totalling" | "totaling") && !quantity.unit.name.ends_with("/day") {
            return true;
        }
        // "Each 0.03 ml drop contains 30 mcg".
        let end = self.past(at);
        let holds_each =
            before(1) == "each" && (end..end + 3).any(|word| self.tokens.text(word).starts_with("contain"));
        let sum = before(1) == "of" && before(2) == "total" || holds_each;
        let sum = sum || before(1) == "volume" && before(2) == "total";
        // "a withdrawable volume of 2.0 ml": what a vial holds.
        let filled = before(1) == "of"
            && (matches!(before(2), "fill" | "filling")
                || before(2) == "volume"
                    && matches!(before(3), "withdrawable" | "nominal" | "extractable" | "fill"));
        let sum = sum || filled && quantity.unit.kind == UnitKind::Volume;
        // "One capsule contained 550 mg".
        let holds =
            || matches!(self.tokens.text(self.past(at)), "contains" | "contained" | "weighs" | "holds");
        fraction || filled || holds_each || quantity.unit.kind == UnitKind::Count && (sum || holds())
    }

    /// The token behind the amount at `at`.
    pub(super) fn past(&self, at: usize) -> usize {
        self.quantity(at).map_or(at, |found| found.end)
    }
}

/// More tablets or capsules at once than anybody takes: a number that lost its unit ("600 capsules mg").
fn too_many(quantity: &Quantity) -> bool {
    const MOST: f64 = 50.0;
    let taken = matches!(quantity.unit.name.as_str(), "tablet" | "capsule" | "pill" | "caplet" | "softgel");
    taken && matches!(quantity.values, Values::One(count) if count > MOST)
}

/// So many cells as are given at once, not a count of lines or of samples.
fn big(quantity: &Quantity) -> bool {
    // A hundred or so of them is a power of ten whose superscript was lost ("109 CFU").
    let least = 1e4;
    match &quantity.values {
        Values::One(value) | Values::UpTo(value) => *value >= least,
        Values::Range(low, _) => *low >= least,
        Values::Several(list, _) => list.iter().all(|value| *value >= least),
    }
}
