//! Numbers beside a variable that are none of its limits: by how much it changes, how it is looked at.

use super::Binder;
use crate::reading::criteria::limits::amounts::Comparison;
use crate::reading::criteria::vocabulary::Class;

/// How many words before "by" may say that something changes.
const BY: usize = 8;

impl Binder<'_> {
    /// "an increase of at least 15% of FEV1": by how much it changes, not how much it is.
    pub(super) fn is_of_a_change(&self, at: usize) -> bool {
        let before = self.comparisons.partition_point(|c| c.end <= at).checked_sub(1);
        let Some(comparison) = before.and_then(|index| self.comparisons.get(index)) else { return false };
        let close = (comparison.end..at).all(|i| {
            matches!(self.atoms.text(i), "of" | "in" | "the" | "predicted" | "from" | "baseline" | "value")
        });
        let first = comparison.start.saturating_sub(3).max(self.range.start);
        self.is_percentage(comparison)
            && close
            && (first..comparison.start).any(|i| self.atoms.is(i, Class::Change))
    }

    /// "FEV1 with an increase of at least 12 %": the words before the percentage say that it is a change.
    pub(super) fn is_change(&self, comparison: &Comparison) -> bool {
        // "no decrease in LVEF by more than 15 %".
        let by = comparison.start.checked_sub(1).filter(|at| *at >= self.range.start);
        let by = by.is_some_and(|at| self.atoms.text(at) == "by");
        let first = comparison.start.saturating_sub(BY).max(self.range.start);
        if by && self.is_percentage(comparison) && (first..comparison.start).any(|i| self.is_changed(i)) {
            return true;
        }
        let mut before = (self.range.start..comparison.start).rev();
        let word = before.find(|i| !matches!(self.atoms.text(*i), "of" | "by"));
        self.is_percentage(comparison) && word.is_some_and(|i| self.atoms.is(i, Class::Change))
    }

    /// "decrease", "dropped", "worsened".
    fn is_changed(&self, at: usize) -> bool {
        let word = self.atoms.text(at);
        let stems =
            ["decreas", "increas", "reduc", "declin", "drop", "fall", "fell", "chang", "worsen", "improv"];
        self.atoms.is(at, Class::Change) || stems.iter().any(|stem| word.starts_with(stem))
    }

    /// "More than 20 kg above ideal body weight": by how much it is too much.
    pub(super) fn is_excess(&self, comparison: &Comparison) -> bool {
        let end = comparison.end;
        let normal = |i: usize| {
            matches!(
                self.atoms.text(i),
                "ideal" | "desirable" | "normal" | "expected" | "usual" | "recommended"
            )
        };
        matches!(self.atoms.text(end), "over" | "above" | "below" | "under") && (end + 1..end + 4).any(normal)
    }

    fn is_percentage(&self, comparison: &Comparison) -> bool {
        let amounts = comparison.parts.iter().map(|(_, amount)| amount);
        amounts.flat_map(|amount| amount.start..amount.end).any(|i| self.atoms.text(i) == "%")
    }

    /// "CT with slices of no more than 5 mm": how it is looked at.
    pub(super) fn is_of_slices(&self, comparison: &Comparison) -> bool {
        let first = comparison.start.saturating_sub(3).max(self.range.start);
        let word = |i: usize| self.atoms.text(i);
        (first..comparison.start).any(|i| matches!(word(i), "slice" | "slices" | "thickness" | "cuts"))
            || matches!(word(comparison.end), "slice" | "slices" | "cuts")
    }
}
