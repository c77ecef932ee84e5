//! What a stated limit decides about a number, and what it leaves open. Three-valued: unknown never counts as met.

use crate::protocol::{Limit, LimitValue, Section};

use super::sheet::Answer;

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It cannot be told.
    Unknown,
}

/// Converts a value of a variable between units; none where it has no meaning.
pub type Convert<'a> = &'a dyn Fn(&str, f64, &str, &str) -> Option<f64>;

/// Whether a number, in its unit, keeps to a limit as the text states it (an exclusion's is not turned round).
pub fn holds(limit: &Limit, value: f64, unit: &str, convert: Convert<'_>) -> Truth {
    let LimitValue::Number(bound) = &limit.value else { return Truth::Unknown };
    let Some(limit_unit) = limit.unit.as_deref() else { return Truth::Unknown };
    let value =
        if unit == limit_unit { Some(value) } else { convert(&limit.variable, value, unit, limit_unit) };
    let Some(value) = value.filter(|v| v.is_finite()) else { return Truth::Unknown };
    let held = match limit.op.as_str() {
        "<" => value < bound.0,
        "<=" => value <= bound.0,
        ">" => value > bound.0,
        ">=" => value >= bound.0,
        "=" => value == bound.0,
        _ => return Truth::Unknown,
    };
    if held { Truth::Yes } else { Truth::No }
}

/// What a criterion's limits and the entered numbers decide about its answer, as far as they do.
///
/// A criterion says more than its limits: that all of them hold does not make an inclusion met, and that one of an
/// exclusion's does not hold leaves the rest of its words. So a broken limit decides an inclusion (not met); an
/// exclusion is decided (met) only when it states one limit and that holds. Conditional limits and those in an
/// exception decide nothing.
pub fn decided(section: Option<Section>, limits: &[(&Limit, Truth)]) -> Option<Answer> {
    let binding = |limit: &Limit| !limit.conditional && !limit.except;
    match section? {
        Section::Inclusion => {
            let broken = limits.iter().any(|(limit, truth)| binding(limit) && *truth == Truth::No);
            broken.then_some(Answer::NotMet)
        }
        Section::Exclusion => match limits {
            [(limit, Truth::Yes)] if binding(limit) => Some(Answer::Met),
            _ => None,
        },
    }
}
