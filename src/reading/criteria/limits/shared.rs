//! Units that are said once for several values: after the last of them, or in brackets behind it.

use crate::protocol::LimitValue;
use crate::reading::criteria::vocabulary::{Class, Vocabulary};
use crate::reading::units;

use super::Item;
use super::amounts::{self, Comparison, UnitAt};
use super::atoms::Atoms;
use super::draft::Draft;

/// "≤ 90 or ≥ 150 mmHg": the unit is said once, after the last.
pub(super) fn units(atoms: &Atoms<'_>, comparisons: &mut [Comparison]) {
    for index in (1..comparisons.len()).rev() {
        let (before, after) = comparisons.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { return };
        let between = first.end..second.start;
        let joined = (1..=2).contains(&between.len())
            && between.clone().all(|at| atoms.is_any(at, &[Class::Or, Class::And, Class::Comma]));
        let unit = second.parts.first().map(|(_, amount)| amount.unit).filter(|unit| *unit != UnitAt::None);
        if let (true, Some(unit)) = (joined, unit) {
            for (_, amount) in &mut first.parts {
                if !amount.has_unit() {
                    amount.unit = unit;
                }
            }
        }
    }
}

/// "systolic > 160 or diastolic > 100 mmHg": the unit is said once, after the second.
pub(super) fn pressures(drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let (Some(one), Some(other)) = (before.last_mut(), after.first()) else { return };
        let pair = one.variable == "sbp" && other.variable == "dbp";
        if pair && one.unit.is_none() && other.atoms.start <= one.atoms.end + 4 {
            one.unit.clone_from(&other.unit);
        }
    }
}

/// How far apart the values may stand that share a unit, in atoms.
const NEAR: usize = 12;

/// "platelets ≥ 100 and ANC ≥ 1.5 (× 10^9/L)": the unit in the brackets is that of all the counts before it that it fits.
pub(super) fn counts(item: &Item<'_>, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let Some(last) = after.first_mut().filter(|draft| draft.unit.is_none()) else { continue };
        let Some(unit) = in_brackets(item.atoms, last.atoms.end) else { continue };
        let mut from = last.atoms.start;
        for draft in std::iter::once(last).chain(before.iter_mut().rev()) {
            let near = from <= draft.atoms.end + NEAR;
            if !near || draft.unit.is_some() || !fits(draft, unit, item.vocabulary) {
                break;
            }
            draft.unit = Some(unit.to_owned());
            from = draft.atoms.start;
        }
    }
}

/// "(× 10^9/L)", "(all × 10^9/L)" and nothing else at `at`.
fn in_brackets(atoms: &Atoms<'_>, at: usize) -> Option<&'static str> {
    let word = usize::from(matches!(atoms.text(at + 1), "both" | "all" | "each"));
    let (unit, end) = atoms.is(at, Class::Open).then(|| amounts::cells(atoms, at + 1 + word)).flatten()?;
    atoms.is(end, Class::Close).then_some(unit)
}

/// Whether a value can be counted in a unit.
fn fits(draft: &Draft, unit: &str, vocabulary: &Vocabulary) -> bool {
    let LimitValue::Number(value) = &draft.value else { return false };
    let range = vocabulary.variable(&draft.variable).and_then(|variable| variable.range);
    let canonical = units::canonical(vocabulary, &draft.variable, value.0, unit);
    let (Some((low, high)), Some((value, canonical))) = (range, canonical) else { return false };
    !canonical.is_empty() && (low..=high).contains(&value)
}

/// "clearance ≥ 60 mL/min (or ≥ 50 on dialysis)": the second value of some has the first one's unit.
pub(super) fn again(item: &Item<'_>, drafts: &mut [Draft]) {
    let atoms = item.atoms;
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let (Some(one), Some(other)) = (before.last(), after.first_mut()) else { return };
        let alike = one.variable == other.variable && one.op == other.op && other.conditional;
        let open = one.atoms.end;
        let value = open + 1 + usize::from(atoms.is(open + 1, Class::Or));
        let beside = atoms.is(open, Class::Open) && amounts::comparator(atoms, value).is_some();
        if let (true, None, Some(unit)) = (alike && beside, &other.unit, &one.unit)
            && fits(other, unit, item.vocabulary)
        {
            other.unit = Some(unit.clone());
        }
    }
}
