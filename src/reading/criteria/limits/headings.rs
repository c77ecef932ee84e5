//! Headings that say of whom the limits below them are.

use std::ops::Range;

use crate::reading::criteria::vocabulary::Class;

use super::Context;
use super::atoms::Atoms;

/// "Cohort B:" over items: they hold for part of the patients.
pub(super) fn context(atoms: &Atoms<'_>, range: Range<usize>) -> Option<Context> {
    // "Patients are eligible only if they meet the following:", "For inclusion in the trial, …:" are of everybody.
    if range.clone().take(14).any(|at| is_of_entering(atoms.text(at)))
        && !range.clone().take(12).any(|at| is_part(atoms.text(at)))
    {
        return None;
    }
    let cohort = range.clone().take(12).any(|at| atoms.is(at, Class::Cohort));
    let all = range
        .clone()
        .take(12)
        .any(|at| matches!(atoms.text(at), "all" | "key" | "general" | "common" | "both"));
    // "For triple-negative cancer:" too.
    let some = atoms.text(range.start) == "for" && atoms.is(range.end.saturating_sub(1), Class::Colon);
    let some = some || is_kind_of_people(atoms, &range);
    ((cohort || some) && !all).then(|| Context { conditional: true, ..Context::default() })
}

/// "Asthmatic participants:", "Female subjects:": people of one kind.
fn is_kind_of_people(atoms: &Atoms<'_>, range: &Range<usize>) -> bool {
    let colon = range.end.saturating_sub(1);
    let last = colon.saturating_sub(1);
    let people = matches!(atoms.text(last), "patients" | "participants" | "subjects" | "volunteers");
    let everybody = [
        "all",
        "study",
        "eligible",
        "enrolled",
        "included",
        "the",
        "both",
        "human",
        "research",
        "potential",
        "any",
        "trial",
        "adult",
        "exclude",
        "excluded",
        "include",
        "ineligible",
        "prospective",
        "these",
        "our",
        "other",
    ];
    (2..=4).contains(&(colon - range.start.min(colon)))
        && atoms.is(colon, Class::Colon)
        && people
        && !(range.start..last).any(|at| everybody.contains(&atoms.text(at)))
}

/// Beginnings of the words that say who may enter.
const ENTERING: &[&str] = &["exclu", "inclu", "eligib", "ineligib", "enrol", "qualif", "admitted", "recruit"];

pub(super) fn is_of_entering(word: &str) -> bool {
    ENTERING.iter().any(|stem| word.starts_with(stem))
}

/// "Cohort B", "Healthy controls" as a bullet of its own: what stands under it is of those.
pub(super) fn is_cohort_label(atoms: &Atoms<'_>, range: &Range<usize>) -> bool {
    let first = range.start..range.end.min(range.start + 2);
    (1..=4).contains(&range.len())
        && first.clone().any(|at| is_part(atoms.text(at)) && atoms.text(at) != "stage")
        && !range.clone().any(|at| atoms.is(at, Class::Variable))
        && !first.into_iter().any(|at| matches!(atoms.text(at), "all" | "both" | "any" | "age"))
}

/// Words that name a part of the patients whatever else a heading says.
fn is_part(word: &str) -> bool {
    let parts = ["cohort", "arm", "group", "part", "control", "donor", "sibling", "healthy", "stage"];
    parts.iter().any(|part| word.trim_end_matches('s') == *part)
}
