//! Sentences under inclusion that say who may not enter: "Patients with platelets < 100,000/mm3 are not eligible". What they
//! ask of the others is the opposite.

use std::ops::Range;

use crate::protocol::Section;
use crate::reading::criteria::vocabulary::Class;

use super::Item;
use super::draft::Draft;
use super::scope::is_stop;

/// How far behind a limit its sentence may say that the people are kept out, in atoms.
const FAR: usize = 24;

/// How many limits of one comparison may stand between the ends of a range.
const NEAR: usize = 6;

/// Turns the limits of such sentences round. Of a range, whose opposite lies on both sides, nothing is kept.
pub(super) fn turn(item: &Item<'_>, drafts: &mut Vec<Draft>) {
    if item.section == Some(Section::Exclusion) {
        return;
    }
    let barred: Vec<bool> = drafts.iter().map(|draft| is_barred(item, draft)).collect();
    if !barred.contains(&true) {
        return;
    }
    let ends: Vec<(String, usize)> =
        drafts.iter().map(|draft| (draft.variable.clone(), draft.atoms.end)).collect();
    // Both ends of a range stand beside each other, with the other variables of their comparison between them at most.
    let is_range = |index: usize| {
        let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(ends.len());
        near.filter(|at| *at != index).any(|at| ends.get(at) == ends.get(index))
    };
    let mut index = 0;
    drafts.retain_mut(|draft| {
        let (barred, range) = (barred.get(index) == Some(&true), is_range(index));
        index += 1;
        if barred && !range {
            (draft.op, draft.denied) = (draft.op.negated(), true);
        }
        !(barred && range)
    });
}

/// The rest of the draft's sentence says that these people are kept out.
fn is_barred(item: &Item<'_>, draft: &Draft) -> bool {
    let atoms = item.atoms;
    // "chemotherapy at least 4 weeks ago" is asked of the others as well.
    let since = draft.agent.is_some() && draft.op.is_lower();
    if draft.denied || draft.except || since {
        return false;
    }
    let until = (draft.atoms.end + FAR).min(item.range.end);
    let rest = draft.atoms.end..until;
    let ends = |at: usize| {
        is_stop(atoms, at)
            || atoms.is_any(at, &[Class::Semicolon, Class::Colon, Class::Close, Class::If, Class::Except])
    };
    let mut sentence = rest.take_while(|at| !ends(*at));
    let people = people_before(item, draft.atoms.start);
    people && sentence.any(|at| keeps_out(item, at))
}

/// "Patients with", "those who had": the limit's sentence begins with people.
fn people_before(item: &Item<'_>, start: usize) -> bool {
    let sentence: Range<usize> = item.scope.sentence(start, &item.range);
    let first = sentence.start.max(start.saturating_sub(FAR))..start;
    first.into_iter().any(|at| {
        let some = item.atoms.is_any(at, &[Class::Population, Class::Person])
            || matches!(item.atoms.text(at), "those" | "anyone" | "children" | "women" | "men");
        let told = matches!(item.atoms.text(at + 1), "with" | "who" | "whose" | "having" | "aged");
        some && told
    })
}

/// "are not eligible", "will be excluded", "is ineligible" at `at`.
fn keeps_out(item: &Item<'_>, at: usize) -> bool {
    let text = |at: usize| item.atoms.text(at);
    let before = |back: usize| at.checked_sub(back).map_or("", text);
    let is = |word: &str| matches!(word, "are" | "is" | "be" | "were");
    match text(at) {
        // "are not eligible for surgery" says something else.
        "eligible" => {
            let denied = before(1) == "not" || before(1) == "be" && before(2) == "not";
            denied && is_for_the_trial(item, at + 1)
        }
        "ineligible" => is(before(1)) && is_for_the_trial(item, at + 1),
        "excluded" => is(before(1)) && !matches!(before(2), "not" | "may" | "can" | "could"),
        _ => false,
    }
}

/// Nothing else that the people are eligible for is named at `at`.
fn is_for_the_trial(item: &Item<'_>, at: usize) -> bool {
    let own = (at + 1..at + 4).any(|at| {
        matches!(item.atoms.text(at), "study" | "trial" | "protocol" | "enrollment" | "enrolment" | "entry")
            || item.atoms.text(at).starts_with("participat")
    });
    !matches!(item.atoms.text(at), "for" | "to") || own
}
