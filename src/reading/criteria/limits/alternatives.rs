//! Limits of which one is enough, and limits that must come together: neither binds a patient by itself.

use crate::protocol::Section;
use crate::reading::criteria::vocabulary::Class;

use super::Item;
use super::draft::Draft;
use super::scope::{self, Under};

/// How many atoms may stand between two limits that "or" joins.
const NEAR: usize = 12;

/// Marks an item's limits that another of its limits stands beside as an alternative.
pub(super) fn mark(item: &Item<'_>, drafts: &mut [Draft]) {
    if let Some(from) = announcement(item) {
        for draft in drafts.iter_mut().filter(|draft| draft.atoms.start >= from) {
            draft.alternative = true;
        }
    }
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let (Some(one), Some(other)) = (before.last(), after.first_mut()) else { return };
        let own = one.variable != other.variable || one.unit != other.unit;
        // "no renal failure (creatinine > 2) or liver failure (bilirubin > 3)".
        let own = own && !is_for_some(before, other) && !(one.denied && other.denied);
        // A second limit of one variable has that variable's name in its span: it begins after the first.
        let from = one.atoms.end;
        let to = if other.atoms.start < from { (from + 2).min(other.atoms.end) } else { other.atoms.start };
        if !own || !joined(item, from, to) {
            continue;
        }
        other.alternative = true;
        let end = one.atoms.end;
        // "AST and ALT ≤ 2.5 × ULN or …": both of the first limit.
        before.iter_mut().rev().take_while(|d| d.atoms.end == end).for_each(|d| d.alternative = true);
    }
    // The second limit of several variables: all of them.
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        if let (Some(one), Some(other)) = (before.last(), after.first_mut()) {
            other.alternative |= one.alternative && one.atoms.end == other.atoms.end;
        }
    }
}

/// "AST and ALT ≤ 2.5 × ULN, or ≤ 5 × ULN if …": the second is the same limit for some, no alternative to the first.
fn is_for_some(before: &[Draft], other: &Draft) -> bool {
    let end = before.last().map(|one| one.atoms.end);
    let mut first = before.iter().rev().take_while(|draft| Some(draft.atoms.end) == end);
    other.conditional && first.any(|draft| draft.variable == other.variable && draft.unit == other.unit)
}

/// Whether the item says that of its members one is enough.
pub(super) fn announced(item: &Item<'_>) -> bool {
    announcement(item).is_some()
}

/// Where the item says it first.
fn announcement(item: &Item<'_>) -> Option<usize> {
    // Most items say nothing of the kind.
    if !item.atoms.has(item.range.clone(), &[Class::AllOf, Class::OneOf]) {
        return None;
    }
    item.range.clone().find(|at| announces(item, *at))
}

fn announces(item: &Item<'_>, at: usize) -> bool {
    // What an exception asks for is asked as under inclusion.
    let excepted = item.excepted || item.scope.is(at, Under::Exception);
    let excludes = (item.section == Some(Section::Exclusion)) != excepted;
    let class = if excludes { Class::AllOf } else { Class::OneOf };
    item.atoms.is(at, class)
}

/// "… or …" between two requirements; "… and …" between two things that shut out together.
fn joined(item: &Item<'_>, from: usize, to: usize) -> bool {
    if from >= to || to - from > NEAR {
        return false;
    }
    let atoms = item.atoms;
    let stops = (from..to).any(|at| scope::is_stop(atoms, at) || atoms.is(at, Class::Semicolon));
    let or = (from..to).any(|at| atoms.text(at) == "or" && !after_slash(item, at));
    let and = (from..to).any(|at| atoms.text(at) == "and" && atoms.text(at + 1) != "/");
    let comma = (from..to).any(|at| atoms.is(at, Class::Comma));
    let exclusion = item.section == Some(Section::Exclusion);
    !stops && if exclusion { and && !or && !comma } else { or && !and }
}

/// The "or" of "and/or".
fn after_slash(item: &Item<'_>, at: usize) -> bool {
    at > 0 && item.atoms.text(at - 1) == "/"
}
