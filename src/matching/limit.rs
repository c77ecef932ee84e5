//! Whether a number keeps to a limit.

use crate::protocol::{Limit, LimitValue};
use crate::reading::criteria::typed;
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::units;

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It cannot be told.
    Unknown,
}

impl Truth {
    /// The contrary; unknown stays unknown.
    pub fn contrary(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Whether both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// Whether any of several holds: one that does is enough, one that is unknown leaves it open.
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all_no = true;
        for truth in truths {
            match truth {
                Self::Yes => return Self::Yes,
                Self::Unknown => all_no = false,
                Self::No => {}
            }
        }
        if all_no { Self::No } else { Self::Unknown }
    }
}

/// Brings a value of a variable, in a unit, to the variable's canonical unit; none where the unit has no meaning for
/// it. Both sides of a comparison go through it: some scales do not share their zero.
pub type Canonical<'a> = &'a dyn Fn(&str, f64, &str) -> Option<(f64, String)>;

/// [`Canonical`] by the embedded vocabulary; times since something (washouts) in days.
pub fn canonical(variable: &str, value: f64, unit: &str) -> Option<(f64, String)> {
    let vocabulary = Vocabulary::embedded();
    if variable == "washout" {
        return Some((units::days(vocabulary, value, unit)?, "day".to_owned()));
    }
    let (value, unit) = units::canonical(vocabulary, variable, value, unit)?;
    Some((value, unit.to_owned()))
}

/// A limit's number in its variable's canonical unit; a letter of a class in [`typed::CLASS`].
pub fn bound(limit: &Limit, canonical: Canonical<'_>) -> Option<(f64, String)> {
    let LimitValue::Number(bound) = &limit.value else {
        return typed::canonical(limit, Vocabulary::embedded());
    };
    let unit = limit.unit.as_deref()?;
    canonical(&limit.variable, bound.0, unit).or_else(|| Some((bound.0, unit.to_owned())))
}

/// Two values that differ by less than this part of them are the same: conversion between units rounds.
const ROUNDING: f64 = 1e-6;

/// Whether a number, in its unit, keeps to a limit as the text states it (an exclusion's is not turned round).
pub fn holds(limit: &Limit, value: f64, unit: &str, canonical: Canonical<'_>) -> Truth {
    let known = canonical(&limit.variable, value, unit).unwrap_or_else(|| (value, unit.to_owned()));
    let Some((bound, bound_unit)) = bound(limit, canonical) else { return Truth::Unknown };
    let (value, unit) = known;
    if unit != bound_unit {
        return Truth::Unknown;
    }
    keeps(&limit.op, value, bound)
}

/// Whether a number stands to a bound as a sign says, both in one unit.
pub fn keeps(op: &str, value: f64, bound: f64) -> Truth {
    if !value.is_finite() {
        return Truth::Unknown;
    }
    let same = (value - bound).abs() <= value.abs().max(bound.abs()) * ROUNDING;
    let held = match op {
        "<" => value < bound && !same,
        "<=" => value < bound || same,
        ">" => value > bound && !same,
        ">=" => value > bound || same,
        "=" => same,
        _ => return Truth::Unknown,
    };
    if held { Truth::Yes } else { Truth::No }
}
