//! A comparison that has its variable, written down as limits.

use super::{Binder, Bound, Subject};
use crate::protocol::{LimitValue, Number};
use crate::reading::criteria::limits::amounts::{Comparison, Op};
use crate::reading::criteria::limits::draft::Draft;
use crate::reading::criteria::vocabulary::{Variable, VariableKind};

impl Binder<'_> {
    /// Writes a comparison's limits down.
    pub(super) fn emit(&self, index: usize, subject: Subject, comparison: &Comparison, bound: &mut Bound) {
        let Some(variable) = self.vocabulary.variable_at(subject.variable) else { return };
        let at = comparison.start;
        if variable.name == "age" && self.is_age_of_other(comparison) {
            return;
        }
        let negated = match variable.kind {
            VariableKind::Measure => self.is_negated(subject.start),
            // "no deterioration (i.e. ECOG > 1)": what is denied is the worse end of the scale.
            VariableKind::Score => {
                let worse = |op: Op| if variable.low_is_better { op.is_lower() } else { !op.is_lower() };
                comparison.better.is_none()
                    && !comparison.range
                    && comparison.parts.iter().all(|(op, _)| *op != Op::Eq && worse(*op))
                    && self.is_negated(subject.start)
            }
            _ => false,
        };
        let (conditional, except) = self.held(index, variable, at, subject.end, bound);
        let start = subject.start.min(at);
        let outside = comparison.range && self.is_outside(at);
        let before = bound.drafts.len();
        for (op, amount) in &comparison.parts {
            let name = by_value(variable, comparison);
            let op = comparison.better.map_or(*op, |better| graded(variable, better));
            // "no abnormal findings (QTc ≤ 450 ms)": the value is what is wanted, not what is denied.
            let wanted = !op.is_lower() && is_bad_when_high(variable) && !is_too_low(variable, amount.value)
                // "without effusion and ejection fraction ≥ 50 %" too; nobody is asked to have a low one.
                || op.is_lower() && !self.shuts_out && is_bad_when_low(variable);
            let op = if outside || negated && !wanted { op.negated() } else { op };
            let Some((value, unit)) = self.value(variable, amount) else {
                // One end of a range is no limit by itself.
                bound.drafts.truncate(before);
                return;
            };
            bound.drafts.push(Draft {
                variable: name,
                op,
                value: LimitValue::Number(Number(value)),
                unit,
                conditional,
                except,
                alternative: false,
                denied: !self.shuts_out && negated && !wanted,
                agent: None,
                atoms: start..comparison.end.max(subject.end),
            });
        }
    }
}

/// Whether only too much of it matters.
fn is_bad_when_high(variable: &Variable) -> bool {
    variable.normal_from_below || matches!(variable.name.as_str(), "qtc" | "sbp" | "dbp" | "proteinuria")
}

/// "no hypotension (systolic < 90 mmHg)": a pressure that nobody asks to be below, in mmHg.
fn is_too_low(variable: &Variable, value: f64) -> bool {
    match variable.name.as_str() {
        "sbp" => value < 110.0,
        "dbp" => value < 65.0,
        _ => false,
    }
}

/// Whether only too little of it matters.
fn is_bad_when_low(variable: &Variable) -> bool {
    matches!(
        variable.name.as_str(),
        "anc"
            | "platelets"
            | "hemoglobin"
            | "lymphocytes"
            | "albumin"
            | "creatinine_clearance"
            | "egfr"
            | "lvef"
            | "spo2"
            | "fev1"
            | "life_expectancy"
    )
}

/// "or better", "or worse": which way that is on the variable's scale.
fn graded(variable: &Variable, better: bool) -> Op {
    if variable.low_is_better == better { Op::Le } else { Op::Ge }
}

/// A "performance status" is the scale that its value fits.
fn by_value(variable: &Variable, comparison: &Comparison) -> String {
    let largest = comparison.parts.iter().map(|(_, amount)| amount.value).fold(0.0, f64::max);
    variable.by_value.iter().find(|v| largest <= v.up_to).map_or(&variable.name, |v| &v.name).clone()
}
