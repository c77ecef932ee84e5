//! What is not brought down to a value: "blood pressure not controlled to < 140/90 mmHg", "unable to lower HbA1c below 8 %".
//! The limit is the opposite of the value that was aimed at.

use crate::reading::criteria::vocabulary::Class;

use super::Item;
use super::amounts::Op;
use super::draft::Draft;

/// How far before a value the words stand that say that it was aimed at, in atoms.
const FAR: usize = 12;
/// How far before those the denial stands.
const NEAR: usize = 4;

/// Beginnings of words for bringing a value down and keeping it there.
const AIMS: &[&str] = &[
    "control", "reduc", "lower", "maintain", "stabili", "decreas", "brought", "bring", "achiev", "reach",
    "keep", "kept", "attain", "goal", "target",
];

/// Beginnings of words that deny that it was reached.
const DENIALS: &[&str] = &["unable", "inabil", "fail", "cannot", "not", "never", "inadequat", "insufficient"];

/// Turns such limits round.
pub(super) fn turn(item: &Item<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.agent.is_none()) {
        let below = matches!(draft.op, Op::Lt | Op::Le);
        if below && !draft.denied && !draft.except && is_aimed_at_in_vain(item, draft) {
            (draft.op, draft.denied) = (draft.op.negated(), true);
        }
    }
}

/// Whether a limit's comparison is one that was not reached.
fn is_aimed_at_in_vain(item: &Item<'_>, draft: &Draft) -> bool {
    let atoms = item.atoms;
    let next = item.comparisons.partition_point(|c| c.start < draft.atoms.start);
    let Some(comparison) = item.comparisons.get(next).filter(|c| c.start < draft.atoms.end) else {
        return false;
    };
    let sentence = item.scope.sentence(comparison.start, &item.range).start;
    let first = comparison.start.saturating_sub(FAR).max(sentence);
    let begins = |at: usize, stems: &[&str]| stems.iter().any(|stem| atoms.text(at).starts_with(stem));
    let apart = [Class::Semicolon, Class::Or, Class::Comma, Class::Close];
    let words = (first..comparison.start).rev().take_while(|at| !atoms.is_any(*at, &apart));
    let aim = words.filter(|at| begins(*at, AIMS)).last();
    let denied = |aim: usize| (aim.saturating_sub(NEAR).max(sentence)..aim).any(|at| begins(at, DENIALS));
    let stated = comparison.parts.iter().all(|(op, _)| *op == draft.op);
    aim.is_some_and(denied) && stated && !comparison.negated
}
