//! A second limit of the same value, for patients whose disease or habit raises it.

use std::ops::Range;

use super::super::{Under, is_stop};
use crate::reading::criteria::limits::amounts::Comparison;
use crate::reading::criteria::limits::atoms::Atoms;
use crate::reading::criteria::vocabulary::Class;

/// Beginnings of words for what raises a value of the laboratory.
const RAISES: &[&str] = &["metasta", "gilbert", "meulengracht", "hepatocellular", "hcc", "hemoly", "haemoly"];
/// The two limits stand so near.
const NEAR: usize = 16;

/// "ALT ≤ 3 × ULN (liver metastases: ≤ 5 × ULN)", "…; with liver metastases, ALT ≤ 5 × ULN", "… or ≤ 3 × ULN in Gilbert's
/// disease".
pub(in super::super) fn limits(
    atoms: &Atoms<'_>,
    comparisons: &[Comparison],
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    for pair in comparisons.windows(2) {
        let [first, second] = pair else { continue };
        if is_of_those_let_in(atoms, first, second) {
            regions.push((Under::OwnCondition, second.start..second.end.max(second.start + 1)));
        }
        if is_elsewhere(atoms, first, second) || is_otherwise(atoms, first, second) {
            regions.push((Under::Condition, second.start..second.end.max(second.start + 1)));
        }
        let between = first.end..second.start;
        let near = between.len() <= NEAR && !between.clone().any(|at| is_stop(atoms, at));
        if near
            && is_of_normal(atoms, second)
            && (is_told_before(atoms, first, second) || is_told_behind(atoms, second))
        {
            regions.push((Under::Condition, second.start..second.end.max(second.start + 1)));
        }
    }
}

/// "Adults 18 years or older (in Utopia, 20 years or older)", "(for residents of Utopia, you must be 20 years or older)".
fn is_elsewhere(atoms: &Atoms<'_>, first: &Comparison, second: &Comparison) -> bool {
    let years = |c: &Comparison| (c.start..c.end).any(|at| matches!(atoms.text(at), "year" | "years"));
    let open = first.end;
    // "Age ≥ 18 years (≥ 20 years in Utopia)".
    if atoms.is(open, Class::Open) && second.start == open + 1 && atoms.text(second.end) == "in" {
        let bare = second.parts.iter().all(|(_, amount)| !amount.has_unit());
        let close = (second.end + 2..second.end + 7).find(|at| atoms.is(*at, Class::Close));
        return close.is_some() && years(first) && (bare || years(second));
    }
    let opens = atoms.is(open, Class::Open) && matches!(atoms.text(open + 1), "in" | "for");
    let words = open + 2..second.start;
    opens
        && words.len() <= 8
        && words.clone().any(|at| atoms.is(at, Class::Comma) || atoms.is(at, Class::Colon))
        && !words.clone().any(|at| atoms.is(at, Class::Close))
        && years(first)
        && years(second)
}

/// "≥ 75,000/mm³ in patients whose …; otherwise ≥ 50,000/mm³".
fn is_otherwise(atoms: &Atoms<'_>, first: &Comparison, second: &Comparison) -> bool {
    second.start > first.end && atoms.text(second.start - 1) == "otherwise"
}

/// "ECOG 0-3 (patients with a score of 2-3 may enter if …)": a bracket on some of those who were let in, with a value
/// without sign or unit.
fn is_of_those_let_in(atoms: &Atoms<'_>, first: &Comparison, second: &Comparison) -> bool {
    let open = first.end;
    let opens = atoms.is(open, Class::Open) && atoms.is(open + 1, Class::Population);
    let told = matches!(atoms.text(open + 2), "with" | "of" | "having" | "who");
    let plain = !second.stated && second.parts.iter().all(|(_, amount)| !amount.has_unit());
    let verb = |at: usize| {
        matches!(atoms.text(at), "would" | "will" | "may" | "can" | "must" | "should" | "need" | "are")
    };
    let within = open + 1..second.start;
    opens
        && told
        && plain
        && within.len() <= 8
        && !within.clone().any(|at| atoms.is(at, Class::Close))
        && (second.end..second.end + 3).any(verb)
}

/// A multiple of the upper limit of normal.
fn is_of_normal(atoms: &Atoms<'_>, comparison: &Comparison) -> bool {
    (comparison.start..comparison.end + 3)
        .any(|at| matches!(atoms.text(at), "uln" | "upper" | "normal" | "unl" | "iuln"))
}

fn raises(atoms: &Atoms<'_>, at: usize) -> bool {
    RAISES.iter().any(|stem| atoms.text(at).starts_with(stem))
}

/// The words between the two limits: the disease, and behind it no value but the first one's.
fn is_told_before(atoms: &Atoms<'_>, first: &Comparison, second: &Comparison) -> bool {
    let Some(at) = (first.end..second.start).rev().find(|at| raises(atoms, *at)) else { return false };
    let turned = (at.saturating_sub(4).max(first.end)..at).any(|i| atoms.is(i, Class::Without));
    let own = |i: usize| {
        let seen = first.start.saturating_sub(NEAR)..first.start;
        !atoms.is(i, Class::Variable) || seen.into_iter().any(|j| atoms.text(j) == atoms.text(i))
    };
    !turned && (at + 1..second.start).all(|i| !atoms.is(i, Class::Close) && own(i))
}

/// "≤ 3 × ULN (3.0 mg/dL) in Gilbert syndrome".
fn is_told_behind(atoms: &Atoms<'_>, second: &Comparison) -> bool {
    let bracket = atoms.is(second.end, Class::Open);
    let close = (second.end..second.end + 8).find(|at| atoms.is(*at, Class::Close)).filter(|_| bracket);
    let from = close.map_or(second.end, |close| close + 1);
    let joined = matches!(atoms.text(from), "in" | "for" | "with" | "if" | "when");
    let words = from + 1..from + 4;
    let told = words.clone().find(|at| raises(atoms, *at));
    joined && told.is_some_and(|told| !(words.start..told).any(|i| atoms.is(i, Class::Without)))
}
