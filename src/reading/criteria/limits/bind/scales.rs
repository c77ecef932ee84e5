//! Numbers of scales: which of them are a variable's own.

use super::{Binder, State, Subject};
use crate::reading::criteria::limits::amounts::Comparison;
use crate::reading::criteria::vocabulary::VariableKind;

impl Binder<'_> {
    /// "ECOG ≤ 2 and the comorbidity index ≤ 3": words of another scale since the first value.
    pub(super) fn is_of_another_scale(&self, state: &State, start: usize) -> bool {
        let index = |at: usize| matches!(self.atoms.text(at), "index" | "comorbidity" | "morbidity");
        let first = start.saturating_sub(8).max(self.range.start);
        state.words > 3
            && (first..start).any(index)
            && state.subjects.iter().all(|s| self.is_a(s, VariableKind::Score))
    }

    /// "Over 18 years of age with ASA physical status 1 or 2": a bare number behind an age and a scale's words.
    pub(super) fn is_of_a_status(&self, state: &State, comparison: &Comparison) -> bool {
        let bare = comparison.parts.iter().all(|(_, amount)| !amount.has_unit());
        let first = comparison.start.saturating_sub(4).max(self.range.start);
        let scale = |at: usize| {
            matches!(
                self.atoms.text(at),
                "asa"
                    | "status"
                    | "score"
                    | "scale"
                    | "class"
                    | "classification"
                    | "grade"
                    | "stage"
                    | "type"
            )
        };
        bare && state.words > 0
            && state.subjects.iter().all(|s| self.is_a(s, VariableKind::Time))
            && (first..comparison.start).any(scale)
    }

    /// "ECOG grade 3 or 4": the grade is the scale's own.
    pub(super) fn is_of_a_scale(&self, state: &State) -> bool {
        state.words <= 2
            && !state.used
            && state.subjects.last().is_some_and(|s| self.is_a(s, VariableKind::Score))
    }

    fn is_a(&self, subject: &Subject, kind: VariableKind) -> bool {
        self.vocabulary.variable_at(subject.variable).is_some_and(|variable| variable.kind == kind)
    }
}
