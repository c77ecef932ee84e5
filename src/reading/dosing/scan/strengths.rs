//! What a tablet or a vial holds, what a dose is drawn up or dissolved in, how strong an ointment is.

use super::Scanner;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Role, Sense};
use crate::reading::numbers::Found;
use crate::reading::quantities::{Quantity, UnitKind, Values};

/// More millions of units than this are something else: a machine's.
const MOST_MILLIONS: f64 = 200.0;

impl Scanner<'_> {
    /// `3 MIU`, `18 MU/m2`: millions of units, as units. `mIU` are thousandths, and no dose.
    pub(super) fn in_millions(&self, at: usize, mut found: Found<Quantity>) -> Option<Found<Quantity>> {
        let name = found.value.unit.name.as_str();
        let (word, per) = name.split_at(name.find('/').unwrap_or(name.len()));
        let unit = match word {
            "miu" => "iu",
            "mu" => "units",
            _ => return Some(found),
        };
        let millions = |value: &mut f64| {
            let few = *value <= MOST_MILLIONS;
            *value *= 1e6;
            few
        };
        let few = match &mut found.value.values {
            Values::One(value) | Values::UpTo(value) => millions(value),
            Values::Range(low, high) => millions(low) && millions(high),
            Values::Several(list, _) => list.iter_mut().all(millions),
        };
        found.value.unit.name = format!("{unit}{per}");
        let written = self.raw.get(self.tokens.raw(at..found.end)).unwrap_or_default();
        let capital = written.chars().find(|c| c.is_alphabetic()) == Some('M');
        // What runs in or is dissolved is told in thousandths.
        let rate =
            found.value.unit.name.split('/').skip(1).any(|per| matches!(per, "min" | "hour" | "ml" | "l"));
        (few && capital && !rate).then_some(found)
    }

    /// `Unit dose strength(s): 50 mg`: what one tablet or vial holds.
    pub(super) fn heads_strength(&self, at: usize) -> bool {
        const FAR: usize = 6;
        let mut sign = false;
        for word in (at.saturating_sub(FAR)..at).rev() {
            match self.tokens.text(word) {
                ":" | "-" | "=" => sign = true,
                "(" | ")" | "s" => {}
                "specification" | "specifications" => return sign,
                "strength" | "strengths" => {
                    let unit = word > 0 && matches!(self.tokens.text(word - 1), "dose" | "dosage");
                    return sign || unit;
                }
                _ => return false,
            }
        }
        false
    }

    /// `isolated from 50 ml`: what the treatment was made from.
    pub(super) fn is_source(&self, at: usize) -> bool {
        const MADE: &[&str] = &[
            "isolated",
            "derived",
            "obtained",
            "prepared",
            "harvested",
            "generated",
            "extracted",
            "produced",
            "manufactured",
            "collected",
        ];
        let article = usize::from(matches!(
            at.checked_sub(1).map_or("", |word| self.tokens.text(word)),
            "about" | "approximately" | "a" | "the" | "~"
        ));
        let word = |back: usize| at.checked_sub(back + article).map_or("", |word| self.tokens.text(word));
        word(1) == "from" && MADE.contains(&word(2))
    }

    /// `(5 g/m2)` between "high-dose" and the treatment: the dose of what comes. Of several doses in the bracket nobody can
    /// tell which.
    pub(super) fn dose_ahead(&self, at: usize) -> Option<Found<What>> {
        const FAR: usize = 24;
        let head = at.checked_sub(1).map_or("", |before| self.tokens.text(before));
        if !head.ends_with("dose") {
            return None;
        }
        let dose = self.vocabulary.units().quantity(self.tokens, at + 1)?;
        let close = (dose.end..dose.end + FAR).find(|close| self.tokens.is(*close, ")"))?;
        let route = match self.vocabulary.sense(self.tokens, close + 1) {
            Some(Found { value: Sense::Route(_), end }) => end,
            _ => close + 1,
        };
        let what = if close == dose.end { What::Amount(dose.value) } else { What::Stray };
        self.names.at(route).is_some().then(|| Found::new(what, close + 1))
    }

    /// `/1.5 ml` behind a dose: the volume that it is drawn up in. A vial's is what the vial holds, a hundred
    /// millilitres are a measure of food.
    pub(super) fn past_volume(&self, amount: usize, found: &Found<Quantity>) -> Option<usize> {
        const MOST: f64 = 60.0;
        const HOLD: &[&str] = &[
            "vial",
            "vials",
            "bottle",
            "bottles",
            "ampoule",
            "ampoules",
            "ampule",
            "bag",
            "concentrate",
            "solution",
            "suspension",
            "syrup",
            "elixir",
            "oral",
            "syringe",
            "syringes",
            "pen",
            "prefilled",
            "pre-filled",
            "single-use",
            "single-dose",
            "cartridge",
        ];
        let at = found.end;
        // So many cells in so much are what the bag holds.
        if matches!(found.value.unit.name.as_str(), "cells" | "cfu" | "vp" | "vg" | "pfu") {
            return None;
        }
        // In brackets it tells again what a syringe holds.
        let told_again = amount > 0 && matches!(self.tokens.text(amount - 1), "(" | "[");
        if !self.tokens.is(at, "/") || told_again {
            return None;
        }
        let volume = self.vocabulary.units().quantity(self.tokens, at + 1)?;
        let drawn = matches!(volume.value.values, Values::One(ml) if ml != 1.0 && ml <= MOST);
        let mut behind = volume.end;
        if self.tokens.is(behind, "(") {
            const FAR: usize = 8;
            behind =
                (behind..behind + FAR).find(|word| self.tokens.is(*word, ")")).map_or(behind, |end| end + 1);
        }
        let held = HOLD.contains(&self.tokens.text(behind));
        (volume.value.unit.name == "ml" && drawn && !held).then_some(volume.end)
    }

    /// `3 tablets (40 mg A, 320 mg B)`, `2 tablets (500 mg each)`: the bracket says what one of them holds.
    pub(super) fn bracket_tells_each(&self, count: &Quantity, open: usize) -> bool {
        const FAR: usize = 24;
        let several = matches!(count.values, Values::One(count) if count > 1.0);
        if !several || !self.tokens.is(open, "(") {
            return false;
        }
        let inside = (open + 1..open + FAR).take_while(|word| !self.tokens.is(*word, ")"));
        let masses = inside.filter_map(|word| self.vocabulary.units().quantity(self.tokens, word));
        let mut masses = masses.filter(|found| found.value.unit.kind == UnitKind::Amount);
        let first = masses.next();
        let named = |found: &Found<Quantity>| !matches!(self.tokens.text(found.end), ")" | "/" | "or");
        first.as_ref().is_some_and(|first| {
            self.says_each(first.end) || named(first) && masses.next().is_some_and(|next| named(&next))
        })
    }

    /// `each`, `tablets`, `per capsule` behind a mass.
    fn says_each(&self, at: usize) -> bool {
        matches!(
            self.tokens.text(at),
            "each" | "tablets" | "capsules" | "softgels" | "pills" | "tabs" | "caps" | "caplets"
        )
    }

    /// `(500 mg each)`, `(1 g capsules …)` behind several tablets: the mass of one.
    pub(super) fn is_of_each(&self, at: usize, mass: &Found<Quantity>) -> bool {
        let open = matches!(self.parts.last(), Some(Part { what: What::Open, .. }));
        if !open || mass.value.unit.kind != UnitKind::Amount {
            return false;
        }
        let each = at > 0 && self.tokens.is(at - 1, "each");
        let mut before = self.parts.iter().rev().skip(1);
        let counted = before.find(|part| !matches!(part.what, What::Name(..) | What::Of | What::Unknown));
        let several = counted.is_some_and(|part| {
            matches!(&part.what, What::Amount(count)
                if count.unit.kind == UnitKind::Count && matches!(count.values, Values::One(n) if n > 1.0))
        });
        several && (each || self.says_each(mass.end))
    }

    /// `X 250 mg capsules orally, 2 capsules on day 1, then 1 capsule`: the mass of one, and how many are taken.
    pub(super) fn counted_behind(&self, mass: &Found<Quantity>) -> bool {
        const FAR: usize = 10;
        const NEAR: usize = 4;
        const SOLID: &[&str] = &["tablet", "tablets", "capsule", "capsules", "pill", "pills"];
        let form = self.tokens.text(mass.end);
        // "A 200 mg/B 50 mg tablets, 2 tablets": the masses of two in one are told apart elsewhere.
        let joined = self.parts.iter().rev().take(NEAR).any(|part| part.what == What::Slash);
        if mass.value.unit.kind != UnitKind::Amount || !SOLID.contains(&form) || joined {
            return false;
        }
        let behind = (mass.end + 1..mass.end + FAR).take_while(|word| {
            !matches!(self.tokens.text(*word), "." | ";" | "\n" | "(" | "and" | "or" | "plus")
        });
        behind.into_iter().any(|word| {
            let many = self.tokens.number(word).is_some_and(|count| count > 1.0 && count.fract() == 0.0);
            // "5 mg capsules, 3 to be taken in the morning".
            let taken = |at: usize| matches!(self.tokens.text(at), "taken" | "each" | "together");
            if many && (taken(word + 1) || self.tokens.matches(word + 1, &["to", "be", "taken"])) {
                return true;
            }
            many && SOLID.contains(&self.tokens.text(word + 1))
                && self.tokens.text(word + 1).trim_end_matches('s') == form.trim_end_matches('s')
        })
    }

    /// `5 µg of X per mg of Y`: how much of the one is in the other.
    fn per_amount(&self, per: usize) -> bool {
        matches!(self.tokens.text(per), "per" | "/")
            && matches!(
                self.tokens.text(per + 1),
                "mg" | "g" | "gram" | "ml" | "capsule" | "tablet" | "sachet"
            )
    }

    pub(super) fn is_of_mixture(&self, end: usize) -> bool {
        const FAR: usize = 4;
        self.tokens.is(end, "of")
            && (end + 1..end + FAR).any(|word| self.per_amount(word) && self.tokens.is(word + 2, "of"))
    }

    /// `X 100 mg, hard capsules (100 mg per capsule; …)`: the mass before was that of one capsule.
    pub(super) fn unsay_strength(&mut self, strength: &Quantity) {
        const NEAR: usize = 8;
        const FORMS: &[&str] = &["capsules", "tablets", "softgels", "pills", "caplets", "sachets"];
        let Some(Part { what: What::Open, first, .. }) = self.parts.last() else { return };
        let formed = *first > 0 && FORMS.contains(&self.tokens.text(first - 1));
        if !formed || strength.unit.kind != UnitKind::Amount {
            return;
        }
        let mass = strength.unit.name.split('/').next().unwrap_or_default();
        let told = self.parts.iter_mut().rev().skip(1).take(NEAR).take_while(|part| {
            matches!(
                part.what,
                What::Amount(_) | What::Name(..) | What::Unknown | What::Other | What::Comma | What::Slash
            )
        });
        for part in told {
            if matches!(&part.what, What::Amount(dose) if dose.unit.name == mass && dose.values == strength.values)
            {
                part.what = What::Stray;
                return;
            }
        }
    }

    /// `(1 cc, 26G x 1.5 syringe)`: how big the syringe is.
    pub(super) fn sizes_equipment(&self, end: usize) -> bool {
        const FAR: usize = 10;
        const EQUIPMENT: &[&str] = &["syringe", "syringes", "needle", "needles"];
        const NEAR: usize = 6;
        let bracket = self.parts.iter().rev().take(NEAR);
        let open = bracket.take_while(|part| part.what != What::Close).any(|part| part.what == What::Open);
        let inside =
            (end..end + FAR).take_while(|word| !matches!(self.tokens.text(*word), ")" | "]" | "." | ";"));
        open && inside.into_iter().any(|word| EQUIPMENT.contains(&self.tokens.text(word)))
    }

    /// `reconstituted with 1.4 ml`, `dilution in`: what it is dissolved in.
    pub(super) fn dissolved_with(&self, at: usize) -> bool {
        const FAR: usize = 5;
        const STEMS: &[&str] = &["dilut", "dissol", "reconstit", "mixed", "mixing"];
        at > 0
            && matches!(self.tokens.text(at - 1), "with" | "by" | "using")
            && (at.saturating_sub(FAR)..at)
                .any(|word| STEMS.iter().any(|stem| self.tokens.text(word).starts_with(stem)))
    }

    /// `0.1% ointment`, `cream 1%`: a strength that is the dose; `20% of patients` is none.
    pub(super) fn percent_of_medicine(&self, at: usize, end: usize) -> bool {
        let form = |at: usize| {
            matches!(self.vocabulary.sense(self.tokens, at).map(|f| f.value), Some(Sense::Role(Role::Form)))
        };
        let name = matches!(self.parts.last().map(|part| &part.what), Some(What::Name(..)))
            && self.parts.last().is_some_and(|part| part.end + 1 >= at);
        // "367 mg of plant material with 9.5% A and 0.1% B": what it holds.
        let held = |at: usize| at > 0 && self.tokens.is(at - 1, "with");
        let listed =
            self.parts.iter().rev().take(4).any(|part| {
                part.what == What::Stray && held(part.first) && self.tokens.is(part.end - 1, "%")
            });
        if held(at) || listed && at > 0 && self.tokens.is(at - 1, "and") {
            return false;
        }
        // "60% of the X dose": a part of another dose.
        if self.tokens.is(end, "of")
            && matches!(
                self.tokens.text(end + 1),
                "the" | "total" | "their" | "baseline" | "maximum" | "full"
            )
        {
            return false;
        }
        let weak = self.tokens.number(at).is_some_and(|value| value <= 25.0);
        form(end) || weak && self.names.at(end).is_some() || name || at > 0 && form(at - 1)
    }
}
