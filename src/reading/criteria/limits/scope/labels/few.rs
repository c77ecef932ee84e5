//! Openings of sentences that speak of some of the patients.

use crate::reading::criteria::limits::atoms::{AtomKind, Atoms};
use crate::reading::criteria::vocabulary::Class;

/// Beginnings of words for what some patients have besides the disease that is studied.
const MORE: &[&str] = &[
    "brain",
    "cns",
    "central",
    "intracranial",
    "leptomeningeal",
    "cerebral",
    "hiv",
    "human",
    "hepatitis",
    "hbv",
    "hcv",
    "immunodeficien",
    "autoimmun",
    "gilbert",
    "hypothyroid",
    "diabet",
    "seizure",
    "asymptomatic",
];
/// How many words from the people on are looked at.
const NEAR: usize = 10;

/// "Patients with brain metastases are eligible if …", "Participants who have had another malignancy …".
pub(super) fn are_with_more(atoms: &Atoms<'_>, start: usize) -> bool {
    let Some(people) = (start..start + 2).find(|at| atoms.is(*at, Class::Population)) else { return false };
    if !matches!(atoms.text(people + 1), "with" | "who" | "having" | "whose" | "that" | "receiving" | "on") {
        return false;
    }
    (people + 2..people + NEAR).take_while(|at| is_plain(atoms, *at)).any(|at| {
        let word = atoms.text(at);
        let other = matches!(word, "prior" | "previous" | "another" | "other" | "second" | "history")
            && (at + 1..at + 5).any(|next| {
                ["malignan", "cancer", "tumor", "tumour", "neoplas"]
                    .iter()
                    .any(|stem| atoms.text(next).starts_with(stem))
            });
        other || is_of_more(atoms, at)
    })
}

/// Whether a word is of what some patients have besides the disease that is studied.
pub(super) fn is_of_more(atoms: &Atoms<'_>, at: usize) -> bool {
    MORE.iter().any(|stem| atoms.text(at).starts_with(stem))
}

/// Words of a cohort's name in running text.
fn is_cohort(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    matches!(word, "cohort" | "arm" | "substudy" | "substudie" | "part")
}

/// "Participants in the melanoma cohort must …", "Cohort 2 requires …", "For sub-study 1, …".
pub(super) fn are_of_a_cohort(atoms: &Atoms<'_>, start: usize) -> bool {
    let sub = |at: usize| atoms.text(at) == "sub" && atoms.text(at + 1).starts_with("stud");
    let named = |from: usize| {
        let mut words = (from..from + NEAR).take_while(|at| is_plain(atoms, *at) || atoms.is_numeric(*at));
        // "in all cohorts", "in either arm": everybody.
        let everybody = |at: usize| {
            matches!(atoms.text(at), "all" | "both" | "either" | "each" | "any" | "every" | "must")
        };
        words.find(|at| everybody(*at) || is_cohort(atoms.text(*at)) || sub(*at)).filter(|at| !everybody(*at))
    };
    if atoms.is(start, Class::Population) && !is_cohort(atoms.text(start)) {
        let joined =
            matches!(atoms.text(start + 1), "on" | "in" | "enrolled" | "assigned" | "entering" | "for");
        return joined && named(start + 2).is_some();
    }
    if matches!(atoms.text(start), "for" | "in") {
        let colon = |at: usize| atoms.is_any(at, &[Class::Comma, Class::Colon]);
        return named(start + 1).is_some_and(|at| (at + 1..at + 5).any(colon));
    }
    let verb = |at: usize| matches!(atoms.text(at), "requires" | "require" | "must" | "should" | "only");
    is_cohort(atoms.text(start)) && (start + 1..start + 4).any(verb)
}

/// Beginnings of words for what some are given whose values differ for it.
const GIVEN: &[&str] = &[
    "anticoag",
    "warfarin",
    "coumad",
    "coumarin",
    "phenprocoum",
    "acenocoum",
    "vka",
    "dialysis",
    "hemodial",
];

/// "Patients on warfarin must have …", "… . Subjects receiving anticoagulants: …". An item's first words are of some only where
/// something is asked of them: they may be all whom the trial is about.
pub(super) fn are_on_a_drug(atoms: &Atoms<'_>, start: usize, later: bool) -> bool {
    let people = (start..start + 2).find(|at| atoms.is(*at, Class::Population));
    let on = |at: usize| {
        matches!(atoms.text(at), "on" | "receiving" | "taking" | "requiring" | "using")
            || atoms.text(at) == "treated" && atoms.text(at + 1) == "with"
    };
    let Some(people) = people.filter(|at| on(at + 1)) else { return false };
    let given = |at: usize| GIVEN.iter().any(|stem| atoms.text(at).starts_with(stem));
    let Some(given) = (people + 2..people + 8).find(|at| given(*at)) else { return false };
    let asked =
        |at: usize| matches!(atoms.text(at), "must" | "should" | "need") || atoms.is(at, Class::Colon);
    later || (given + 1..given + NEAR).any(asked)
}

/// "HCV RNA positive patients must …".
pub(super) fn are_positive(atoms: &Atoms<'_>, start: usize, end: usize) -> bool {
    let people =
        |at: usize| matches!(atoms.text(at), "patients" | "subjects" | "participants" | "individuals");
    (start + 1..(start + 6).min(end))
        .take_while(|at| is_plain(atoms, *at))
        .any(|at| atoms.text(at) == "positive" && people(at + 1))
}

/// "Those who had adjuvant therapy must …".
pub(super) fn are_those(atoms: &Atoms<'_>, start: usize) -> bool {
    atoms.text(start) == "those"
        && matches!(atoms.text(start + 1), "who" | "with" | "having" | "receiving" | "on")
}

fn is_plain(atoms: &Atoms<'_>, at: usize) -> bool {
    atoms.get(at).is_some_and(|atom| atom.kind == AtomKind::Word)
}
