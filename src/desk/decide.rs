//! What a stated limit decides about a number, and what it leaves open. Three-valued: unknown never counts as met.

use super::sheet::Answer;
use crate::matching::limit::Truth;
use crate::protocol::{Limit, Section};

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
