//! Whole sentences that are of some patients: those that let in, and those behind a label ("Cohort A: …").

mod few;
pub(super) mod second;

use std::ops::Range;

use super::{Scope, Under, is_stop};
use crate::reading::criteria::limits::amounts::Comparison;
use crate::reading::criteria::limits::atoms::Atoms;
use crate::reading::criteria::vocabulary::Class;

/// A sentence that says who may enter: in an exclusion an exception as a whole, in an inclusion of those people only.
pub(super) fn sentences_that_let_in(
    atoms: &Atoms<'_>,
    range: &Range<usize>,
    scope: &Scope,
    under: Under,
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in range.clone().filter(|at| atoms.is(*at, Class::LetsIn)) {
        let barred = at.checked_sub(1).is_some_and(|before| matches!(atoms.text(before), "not" | "only"));
        if !barred && found.last().is_none_or(|last| !last.contains(&at)) {
            let sentence = scope.sentence(at, range);
            let own = bracket(atoms, &sentence, at);
            found.push(own.unwrap_or_else(|| let_in(atoms, range, &sentence, at)));
        }
    }
    // What an inclusion's first sentence lets in is everybody, but for those with something besides the disease.
    found.retain(|found| {
        under == Under::Exception || found.start > range.start || few::are_with_more(atoms, found.start)
    });
    if under == Under::Exception {
        regions.extend(found.iter().map(|atoms| (Under::LetIn, atoms.clone())));
    }
    regions.extend(found.into_iter().map(|atoms| (under, atoms)));
}

/// The part of a sentence that lets in: behind "except" or "Note:", and on to the item's end where it announces a list
/// ("are eligible, provided that all of these are met: …").
fn let_in(atoms: &Atoms<'_>, range: &Range<usize>, sentence: &Range<usize>, at: usize) -> Range<usize> {
    let note = |i: usize| atoms.text(i).starts_with("note") && atoms.is(i + 1, Class::Colon);
    let people =
        |i: usize| i > sentence.start && atoms.is(i - 1, Class::Colon) && atoms.is(i, Class::Population);
    let start = (sentence.start..at).find(|i| atoms.is(*i, Class::Except) || note(*i) || people(*i));
    let colon = (at..sentence.end).find(|i| atoms.is(*i, Class::Colon));
    let announced = colon.is_some_and(|colon| {
        (at..colon)
            .any(|i| matches!(atoms.text(i), "provided" | "if" | "following" | "criteria" | "conditions"))
    });
    start.unwrap_or(sentence.start)..if announced { range.end } else { sentence.end }
}

/// "Participants in the melanoma cohort must …", "Cohort 2 requires …", "For sub-study 1, …": sentences of a part of the
/// patients.
pub(super) fn of_a_cohort(
    atoms: &Atoms<'_>,
    range: &Range<usize>,
    scope: &Scope,
    under: Under,
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    let starts = std::iter::once(range.start).chain(scope.stops.iter().map(|stop| stop + 1));
    for start in starts.filter(|start| *start < range.end) {
        let some = few::are_of_a_cohort(atoms, start)
            || few::are_on_a_drug(atoms, start, start > range.start)
            || start > range.start
                && (few::are_positive(atoms, start, range.end)
                    || under == Under::Condition && few::are_those(atoms, start));
        if some {
            regions.push((Under::Condition, scope.sentence(start, range)));
        }
    }
}

/// "Patients with creatinine > 1.5 mg/dL must have a clearance ≥ 50 mL/min": the first value says of whom the second is.
pub(super) fn of_a_value(
    atoms: &Atoms<'_>,
    range: &Range<usize>,
    scope: &Scope,
    comparisons: &[Comparison],
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    // It takes two values.
    for pair in comparisons.windows(2) {
        let [first, second] = pair else { continue };
        let sentence = scope.sentence(first.start, range);
        let told = matches!(atoms.text(sentence.start + 1), "with" | "whose" | "having");
        let people = told && atoms.is(sentence.start, Class::Population);
        let near = first.start <= sentence.start + 8 && second.start < sentence.end;
        let asked = |at: usize| matches!(atoms.text(at), "must" | "should" | "require" | "need");
        let variable = |at: usize| atoms.is(at, Class::Variable);
        if people
            && near
            && (sentence.start..first.start).any(variable)
            && (first.end..second.start.min(first.end + 6)).any(asked)
        {
            regions.push((Under::OwnCondition, sentence.start..first.end));
            regions.push((Under::Condition, sentence));
        }
    }
}

/// "Participants with proteinuria ≥ 2+ will undergo a 24-hour collection": of whom more is looked for.
pub(super) fn of_a_test(
    atoms: &Atoms<'_>,
    comparisons: &[Comparison],
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    for comparison in comparisons {
        let first = comparison.start.saturating_sub(FEW);
        let with = |at: usize| atoms.is(at, Class::Population) && atoms.text(at + 1) == "with";
        let Some(people) = (first..comparison.start).find(|at| with(*at)) else { continue };
        let test = |at: usize| {
            matches!(atoms.text(at), "will" | "must" | "should") && atoms.text(at + 1) == "undergo"
        };
        let behind = comparison.end..comparison.end + LOOK;
        if behind.take_while(|at| !is_stop(atoms, *at)).any(test) {
            regions.push((Under::OwnCondition, people..comparison.end));
        }
    }
}

/// How many atoms before a value the people stand who have it.
const FEW: usize = 4;
/// How many atoms behind it the words stand that say what is done with them.
const LOOK: usize = 16;

/// What stands in the brackets around `at`: "(patients with liver metastases and ALT ≤ 5 × ULN are permitted)".
fn bracket(atoms: &Atoms<'_>, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let open = (sentence.start..at).rev().find(|i| {
        if atoms.is(*i, Class::Close) {
            depth += 1;
        } else if atoms.is(*i, Class::Open) {
            if depth == 0 {
                return true;
            }
            depth -= 1;
        }
        false
    })?;
    let close = (at..sentence.end).find(|i| atoms.is(*i, Class::Close)).unwrap_or(sentence.end);
    Some(open..close)
}

/// "…. Patients with liver metastases: ALT ≤ 5 × ULN": a label over a later sentence of the item.
pub(super) fn inside(
    atoms: &Atoms<'_>,
    range: &Range<usize>,
    scope: &Scope,
    comparisons: &[Comparison],
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    for stop in &scope.stops {
        let sentence = scope.sentence(stop + 1, range);
        let near = sentence.start..sentence.end.min(sentence.start + 12);
        let Some(colon) = near.clone().find(|at| atoms.is(*at, Class::Colon)) else { continue };
        let words = near.start..colon;
        let people = words.clone().take(3).any(|at| atoms.is(at, Class::Population));
        let some = words.clone().any(|at| matches!(atoms.text(at), "with" | "who" | "having" | "receiving"));
        // "Liver cancer patients: …".
        let last = colon.checked_sub(1).map(|at| atoms.text(at)).unwrap_or_default();
        let group = words.len() > 1 && matches!(last, "patients" | "subjects" | "participants");
        let people = people || group;
        // "Patients with heart disease are excluded, defined as:": who is kept out, and by what.
        let barred = words.clone().any(|at| matches!(atoms.text(at), "excluded" | "ineligible"));
        let people = people && !barred;
        if people && (some || group) && !words.clone().any(|at| atoms.is(at, Class::Variable)) {
            // Where a limit stands right behind the label, what runs on with another variable is of everybody again.
            let next = comparisons.partition_point(|c| c.start <= colon);
            let end = comparisons.get(next).filter(|c| c.start == colon + 1).map_or(sentence.end, |own| {
                let other = (own.end..sentence.end).find(|at| atoms.is(*at, Class::Variable));
                other.unwrap_or(sentence.end)
            });
            regions.push((Under::Condition, sentence.start..end));
        }
    }
}

/// "Cohort A: …", "For melanoma patients: …", "Men: …": a label over all of the item.
pub(super) fn label(
    atoms: &Atoms<'_>,
    range: &Range<usize>,
    comparisons: &[Comparison],
    member: bool,
    regions: &mut Vec<(Under, Range<usize>)>,
) {
    let first = comparisons.first().map_or(range.end, |c| c.start).min(range.start + 40).min(range.end);
    let Some(colon) = (range.start..first).find(|at| atoms.is(*at, Class::Colon)) else { return };
    let words = range.start..colon;
    if words.clone().any(|at| atoms.is(at, Class::Variable)) {
        return;
    }
    // "In order to take part, patients must …:" is of everybody.
    let order = atoms.text(range.start + 1) == "order";
    let begins_for = matches!(atoms.text(range.start), "for" | "in") && !order;
    let cohort = atoms.is(range.start, Class::Cohort) || atoms.is(range.start + 1, Class::Cohort);
    let people = words.clone().any(|at| atoms.is(at, Class::Population));
    let sex = words.len() <= 3 && words.clone().any(|at| atoms.is(at, Class::Sex));
    let everybody =
        words.len() <= 1 && matches!(atoms.text(range.start), "patients" | "subjects" | "participants");
    // "For lung lesions: …", "For liver lesions only: …".
    let diseased = begins_for && words.clone().any(|at| atoms.is(at, Class::Diseased));
    // "HIV coinfected subjects: …".
    let some = |at: usize| few::is_of_more(atoms, at);
    let last = words.clone().next_back().map(|at| atoms.text(at));
    let group = matches!(last, Some("patients" | "subjects" | "participants"))
        && words.len() <= 5
        && words.clone().any(some);
    let holds = diseased || group || (begins_for || member || cohort && words.len() <= 6) && people || sex;
    if holds && !everybody {
        regions.push((Under::Condition, range.clone()));
    }
}
