//! Whether a comparison's units and values fit a variable.

use super::{Binder, NEAR, State, Subject, in_range};
use crate::reading::criteria::limits::amounts::{Amount, Comparison, Op, UnitAt};
use crate::reading::criteria::limits::atoms::AtomKind;
use crate::reading::criteria::vocabulary::{Class, Lists, Variable, VariableKind};

impl Binder<'_> {
    /// "ALP ≤ 2.5 × ULN, amylase ≤ 1.5 × ULN": a name that no list has stands between a comma and the comparison; it is
    /// that name's, and not of the variable before.
    pub(super) fn is_of_a_stranger(&self, state: &State, comparison: &Comparison) -> bool {
        const MOST: usize = 3;
        let last = state.last.and_then(|index| self.comparisons.get(index));
        let Some(comma) = last.map(|last| last.end).filter(|at| self.atoms.is(*at, Class::Comma)) else {
            return false;
        };
        let first = comma + 1 + usize::from(self.atoms.is(comma + 1, Class::And));
        let name = first..comparison.start;
        let plain = |at: usize| {
            let word = self.atoms.get(at).is_some_and(|atom| atom.kind == AtomKind::Word);
            word && self.atoms.lists(at) == Lists::default()
        };
        // "total bile": what sort of it.
        let sort = |at: usize| matches!(self.atoms.text(at), "total" | "serum" | "direct" | "blood" | "free");
        let names = plain(comparison.start.saturating_sub(1));
        (1..=MOST).contains(&name.len()) && names && name.into_iter().all(|at| plain(at) || sort(at))
    }

    /// "age outside the range of 18 to 65": each end is passed.
    pub(super) fn is_outside(&self, at: usize) -> bool {
        let first = at.saturating_sub(6).max(self.range.start);
        (first..at).rev().take_while(|i| !self.atoms.is_any(*i, &[Class::Comma, Class::Or, Class::And])).any(
            |i| {
                let range =
                    || (i + 1..at + 1).any(|next| matches!(self.atoms.text(next), "range" | "ranges"));
                self.atoms.text(i) == "outside"
                    || self.atoms.text(i) == "out" && self.atoms.text(i + 1) == "of" && range()
            },
        )
    }

    /// Those of the subjects that the comparison's units and values fit.
    pub(super) fn fitting(
        &self,
        subjects: &[Subject],
        comparison: &Comparison,
        words: usize,
    ) -> Vec<Subject> {
        let fits = |subject: &&Subject| {
            self.vocabulary.variable_at(subject.variable).is_some_and(|variable| {
                comparison.parts.iter().all(|(_, amount)| self.fits(variable, amount, comparison, words))
            })
        };
        subjects.iter().filter(fits).copied().collect()
    }

    pub(super) fn fits(
        &self,
        variable: &Variable,
        amount: &Amount,
        comparison: &Comparison,
        words: usize,
    ) -> bool {
        if amount.unit == UnitAt::Normal && !variable.normal_from_below {
            return false;
        }
        // "Age = 18 years", "SpO2 = 94 %": a sign that was lost on the way; no patient's value is asked to be just that.
        if is_exact(comparison) && matches!(variable.kind, VariableKind::Measure | VariableKind::Time) {
            return false;
        }
        match variable.kind {
            VariableKind::Class => false,
            VariableKind::Score => {
                let whole = amount.value.fract() == 0.0 || variable.name == "pdl1_cps";
                let unit = !amount.has_unit()
                    || amount.unit_of(self.atoms, self.vocabulary, &variable.units).is_some();
                whole && unit && words <= NEAR + 4 && in_range(variable, amount.value) && !self.counts(amount)
            }
            VariableKind::Time => {
                let bare = variable.default.is_some()
                    && !amount.has_unit()
                    && words <= NEAR
                    && !self.counts(amount)
                    && !self.is_count_of_something(amount, comparison);
                amount.time(self.atoms, self.vocabulary).is_some() || bare && in_range(variable, amount.value)
            }
            VariableKind::Measure => {
                let unit = amount.unit_of(self.atoms, self.vocabulary, &variable.dimensions).is_some();
                let dimensionless = variable.units.iter().any(|u| u == "none");
                let plus = variable.units.iter().any(|u| u == "plus") && self.atoms.text(amount.end) == "+";
                // Enzymes are mostly told as multiples: a number alone only right behind the name.
                let enzyme = variable.units.iter().any(|u| u == "activity");
                let bare = (variable.bare || dimensionless)
                    && (!enzyme || words <= 1 && comparison.stated && !comparison.range)
                    && words <= NEAR
                    && (comparison.stated || comparison.range)
                    && self.is_bare(variable, amount);
                unit || plus || bare
            }
        }
    }

    /// A number without a unit that can be a value all the same.
    pub(super) fn is_bare(&self, variable: &Variable, amount: &Amount) -> bool {
        let digits = self.atoms.digits(amount.start).is_some();
        // Cells and masses are written in units that differ a thousandfold; the others in one.
        let one_unit = !variable.units.iter().any(|u| u == "cells" || u == "mass");
        digits
            && !amount.has_unit()
            && !self.counts(amount)
            && (!one_unit || in_range(variable, amount.value))
    }

    /// Whether a word after the number says that it counts something else ("2 doses").
    pub(super) fn counts(&self, amount: &Amount) -> bool {
        let at = amount.end;
        let Some(next) = self.atoms.get(at) else { return false };
        if next.kind != AtomKind::Word {
            return false;
        }
        let counted = [Class::Prior, Class::Line, Class::Regimen, Class::Exposure, Class::Unit, Class::Times];
        let unit_like = matches!(
            self.atoms.text(at),
            "times"
                | "mg"
                | "ml"
                | "doses"
                | "cycles"
                | "sites"
                | "lesions"
                | "weeks"
                | "points"
                | "episodes"
                | "occasions"
                | "occasion"
                | "measurements"
                | "readings"
                | "determinations"
                | "visits"
                | "tests"
                | "samples"
                | "consecutive"
                | "separate"
                | "days"
                | "percentile"
                | "percentiles"
                | "centile"
                | "th"
                | "rd"
                | "sd"
                | "sds"
        );
        let score_word = matches!(self.atoms.text(at), "points" | "point" | "score");
        (self.atoms.is_any(at, &counted) || unit_like) && !score_word
    }

    /// "aged 60 to 74 with at least one risk factor": a small number with what it counts behind it is no age.
    fn is_count_of_something(&self, amount: &Amount, comparison: &Comparison) -> bool {
        let at = amount.end;
        let word = self.atoms.get(at).is_some_and(|next| next.kind == AtomKind::Word);
        let joint =
            self.atoms.is_any(at, &[Class::And, Class::Or, Class::AgeAfter, Class::To, Class::Person]);
        let other =
            matches!(self.atoms.text(at), "at" | "on" | "who" | "with" | "by" | "in" | "prior" | "before");
        let least = comparison.parts.iter().all(|(op, _)| op.is_lower());
        comparison.stated && least && amount.value <= 5.0 && word && !joint && !other
    }

    /// The value and unit as facts print them; nothing where the value cannot be meant.
    pub(super) fn value(&self, variable: &Variable, amount: &Amount) -> Option<(f64, Option<String>)> {
        if variable.kind == VariableKind::Score {
            return Some((amount.value, Some(String::new())));
        }
        if variable.kind == VariableKind::Time {
            let unit = amount.time(self.atoms, self.vocabulary).map(|unit| unit.name.clone());
            return Some((amount.value, unit.or_else(|| variable.default.clone())));
        }
        let Some(unit) = amount.unit_of(self.atoms, self.vocabulary, &variable.dimensions) else {
            let value = if amount.dotted && variable.units.iter().any(|u| u == "cells") {
                amount.value * 1000.0
            } else {
                amount.value
            };
            let unitless = variable.units.iter().any(|u| u == "none");
            return Some((value, unitless.then(String::new)));
        };
        self.measured(variable, unit, amount)
    }
}

/// A value with "=" before it.
pub(super) fn is_exact(comparison: &Comparison) -> bool {
    let equal = comparison.parts.iter().any(|(op, _)| *op == Op::Eq);
    equal && comparison.stated && !comparison.range && comparison.better.is_none()
}
