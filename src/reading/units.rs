//! One canonical unit for each variable, so that limits of different units compare.
//!
//! Multiples of the normal range's ends are kept as such. Months are 30.4375 days, years 365.25.

use super::criteria::vocabulary::{Unit, Variable, Vocabulary};

/// A variable's value in its canonical unit, with that unit's name. A unit that cannot be turned into it is kept
/// (multiples of ULN and LLN; mL/min/1.73 m² is not mL/min, copies are not IU). `None` when variable or unit is
/// unknown.
pub fn canonical<'v>(
    vocabulary: &'v Vocabulary,
    variable: &str,
    value: f64,
    unit: &str,
) -> Option<(f64, &'v str)> {
    let variable = vocabulary.variable(variable)?;
    if variable.canonical.is_empty() && unit.is_empty() {
        return Some((value, ""));
    }
    let from = vocabulary.unit(unit)?;
    let Some(to) = vocabulary.unit(&variable.canonical) else { return Some((value, &from.name)) };
    match based(variable, from, to, value) {
        Some(base) => Some((base / to.factor - to.offset, &to.name)),
        None => Some((value, &from.name)),
    }
}

/// A value in the base unit of the canonical dimension.
fn based(variable: &Variable, from: &Unit, to: &Unit, value: f64) -> Option<f64> {
    let base = (value + from.offset) * from.factor;
    match (from.dimension.as_str(), to.dimension.as_str()) {
        (from, to) if from == to => Some(base),
        ("amount", "mass") => variable.molar.map(|molar| base * molar),
        ("mass", "amount") => variable.molar.map(|molar| base / molar),
        ("charge", "amount") => variable.valence.map(|valence| base / valence),
        ("charge", "mass") => Some(base / variable.valence? * variable.molar?),
        // HbA1c: IFCC (mmol/mol) to NGSP (%).
        ("fraction", "percent") => Some(base * 0.09148 + 2.152),
        _ => None,
    }
}

/// A length of time in days, by the printed name of its unit.
pub fn days(vocabulary: &Vocabulary, value: f64, unit: &str) -> Option<f64> {
    let unit = vocabulary.unit(unit).filter(|unit| unit.dimension == "time")?;
    Some(value * unit.factor)
}

/// Whether two values are one but for rounding.
pub fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9_f64.max(0.005 * a.abs().max(b.abs()))
}
