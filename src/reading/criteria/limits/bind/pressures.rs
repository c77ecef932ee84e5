//! Blood pressures: pairs, and comparisons with the pressure named behind them; sizes of lesions.

use super::{Binder, Bound, Subject};
use crate::reading::criteria::limits::amounts::{Comparison, Op};
use crate::reading::criteria::limits::{amounts, scope};
use crate::reading::criteria::vocabulary::{Class, Variable};

impl Binder<'_> {
    /// A pair after "blood pressure": "> 140/90 mmHg".
    pub(super) fn pressure_pair(&self, from: usize, bound: &mut Bound) {
        let until = (from + 14).min(self.range.end);
        for at in from..until {
            if self.atoms.is(at, Class::Semicolon) || scope::is_stop(self.atoms, at) {
                return;
            }
            let stated = amounts::comparator(self.atoms, at).or_else(|| self.behind_pair(at));
            let Some((op, len)) = stated else { continue };
            let Some((systolic, diastolic)) = amounts::pressures(self.atoms, at + len) else {
                self.upper_alone(at, from, bound);
                continue;
            };
            for (name, mut amount) in [("sbp", systolic), ("dbp", diastolic)] {
                amount.unit = diastolic.unit;
                let Some(variable) = self.index_of(name) else { continue };
                let subject = Subject { variable, start: from.saturating_sub(1), end: from };
                let comparison = Comparison {
                    parts: vec![(op, amount)],
                    range: false,
                    list: false,
                    better: None,
                    negated: false,
                    stated: true,
                    start: at,
                    end: diastolic.end,
                };
                self.emit(usize::MAX, subject, &comparison, bound);
            }
            return;
        }
    }

    /// "150/95 mmHg or higher": the comparator behind the pair.
    fn behind_pair(&self, at: usize) -> Option<(Op, usize)> {
        let (_, diastolic) = amounts::pressures(self.atoms, at)?;
        let is = |class: Class| self.atoms.is(diastolic.end, class);
        if is(Class::GeAfter) { Some((Op::Ge, 0)) } else { is(Class::LeAfter).then_some((Op::Le, 0)) }
    }

    /// "BP ≥ 150 and/or diastolic pressure ≥ 95 mmHg": beside a diastolic pressure the other one is the systolic.
    fn upper_alone(&self, at: usize, from: usize, bound: &mut Bound) {
        let Some(comparison) = self.comparison_from(at).filter(|c| c.start == at && at <= from + 2) else {
            return;
        };
        if (from..at).any(|i| self.atoms.is(i, Class::Variable)) {
            return;
        }
        let joined = self.atoms.is_any(comparison.end, &[Class::And, Class::Or, Class::Comma]);
        let named = (comparison.end..comparison.end + 4).find_map(|i| self.atoms.mark(i, Class::Variable));
        let diastolic = |name: u16| self.vocabulary.variable_at(name).is_some_and(|v| v.name == "dbp");
        let beside = named.is_some_and(|mark| diastolic(mark.payload));
        let Some(second) = self.comparison_from(comparison.end).filter(|_| joined && beside) else { return };
        let Some(variable) = self.index_of("sbp") else { return };
        let mut own = comparison.clone();
        for (part, (_, other)) in own.parts.iter_mut().zip(&second.parts) {
            if !part.1.has_unit() {
                part.1.unit = other.unit;
            }
        }
        let subject = Subject { variable, start: from.saturating_sub(1), end: from };
        if !self.fitting(&[subject], &own, 0).is_empty() {
            self.emit(usize::MAX, subject, &own, bound);
        }
    }

    /// "> 150 mmHg systolic / 100 mmHg diastolic": the comparator is said once.
    pub(super) fn other_pressure(&self, first: Subject, comparison: &Comparison, bound: &mut Bound) {
        let slash = self.atoms.text(first.end) == "/" || self.atoms.is(first.end, Class::Or);
        let (Some((op, _)), true) = (comparison.parts.first(), slash && self.is_pressure(first)) else {
            return;
        };
        let Some(amount) = amounts::amount(self.atoms, first.end + 1) else { return };
        let Some(mark) = self.atoms.mark(amount.end, Class::Variable) else { return };
        let subject =
            Subject { variable: mark.payload, start: amount.start, end: amount.end + usize::from(mark.len) };
        if self.is_pressure(subject) {
            let other = Comparison {
                parts: vec![(*op, amount)],
                range: false,
                start: amount.start,
                end: amount.end,
                ..comparison.clone()
            };
            self.emit(usize::MAX, subject, &other, bound);
        }
    }

    pub(super) fn is_pressure(&self, subject: Subject) -> bool {
        let pressure = |v: &Variable| matches!(v.name.as_str(), "sbp" | "dbp");
        self.vocabulary.variable_at(subject.variable).is_some_and(pressure)
    }

    /// "a node > 5 cm in diameter", "lesions longer than 10 mm in diameter".
    pub(super) fn size_of_lesion(&self, comparison: &Comparison) -> Option<Subject> {
        let end = comparison.end;
        let article = usize::from(matches!(self.atoms.text(end + 1), "the" | "its" | "their" | "a"));
        let measured = self.atoms.text(end) == "in"
            && matches!(
                self.atoms.text(end + 1 + article),
                "diameter"
                    | "size"
                    | "dimension"
                    | "longest"
                    | "greatest"
                    | "largest"
                    | "smallest"
                    | "shortest"
                    | "maximum"
                    | "maximal"
            );
        let first = comparison.start.saturating_sub(14).max(self.range.start);
        let lesion = (first..comparison.start).any(|at| {
            matches!(
                self.atoms.text(at),
                "lesion" | "lesions" | "tumor" | "tumors" | "node" | "nodes" | "mass" | "nodule"
            ) || self.atoms.text(at) == "disease"
                && (at + 1..comparison.start).any(|next| self.atoms.text(next).starts_with("measur"))
        });
        let bare = !measured && self.is_bare_lesion(comparison);
        let variable = self.index_of("tumor_size").filter(|_| measured && lesion || bare)?;
        let tail = if measured { end + 2 + article } else { end };
        let subject = Subject { variable, start: comparison.start, end: tail };
        (!self.fitting(&[subject], comparison, 0).is_empty()).then_some(subject)
    }

    /// "one lesion > 2 cm", "the tumour must be at least 2 cm": a length right behind what is measured; not "≤ 5 mm from a
    /// vessel".
    fn is_bare_lesion(&self, comparison: &Comparison) -> bool {
        let word = |at: usize| self.atoms.text(at);
        let filler = |at: &usize| {
            matches!(word(*at), "must" | "be" | "is" | "are" | "of" | "that" | "which" | "measuring")
        };
        let before = (self.range.start..comparison.start).rev().find(|at| !filler(at));
        let lesion = before.is_some_and(|at| {
            matches!(
                word(at).trim_end_matches('s'),
                "lesion" | "tumor" | "tumour" | "nodule" | "mass" | "adenoma" | "metastasi" | "polyp"
            )
        });
        let away = (comparison.end..comparison.end + 4).any(|at| {
            matches!(word(at), "from" | "away" | "thick" | "thickness" | "deep" | "depth" | "distance")
        });
        lesion && !away && comparison.stated
    }
}
