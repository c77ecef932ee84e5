//! What the words of a window's clause speak of: exposures, tests, plans, negations.

use std::ops::Range;

use crate::protocol::Section;
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::atoms::AtomKind;
use crate::reading::criteria::limits::scope::Under;
use crate::reading::criteria::vocabulary::Class;

use super::written::is_own_entry;

/// What the words of a clause speak of.
pub(super) struct Words {
    pub exposure: bool,
    pub test: bool,
    /// Nothing but the test stands right before the window.
    pub tested: bool,
    pub stable: bool,
    pub ahead: bool,
    pub diagnosis: bool,
    /// "diagnosed", the verb: "for a year" is how long ago that was.
    pub diagnosed: bool,
    pub negated: bool,
    /// Another window stands before it in its sentence.
    pub other: bool,
    /// Something that happens on a day.
    pub acute: bool,
    pub any: bool,
}

/// How many atoms before a window tell what it is of.
pub(super) const LOOK: usize = 16;

pub(super) fn words(item: &Item<'_>, range: Range<usize>, before_entry: bool) -> Words {
    let atoms = item.atoms;
    let near = range.start.max(range.end.saturating_sub(LOOK))..before_screening(item, &range);
    // "surgery as defined by …" is no test, nor is the test that an exception names.
    let tests = |at: usize| {
        atoms.is(at, Class::Test)
            && !(at > 0 && matches!(atoms.text(at - 1), "as" | "following"))
            && (!item.scope.is(at, Under::Exception) || item.excepted)
            && !is_no_test(item, range.start, at)
            && !(item.section == Some(Section::Exclusion) && is_means(item, range.start, at))
    };
    // "significant ECG findings within 6 months": what was found, not when it was looked for.
    let finding = item.section == Some(Section::Exclusion)
        && near.clone().rev().take(2).any(|at| matches!(atoms.text(at), "finding" | "findings"));
    // "a score of 0 or 1 with no deterioration over the past weeks": what is denied comes behind the score.
    let included = item.section != Some(Section::Exclusion);
    let denied = near.clone().rev().find(|at| negates(item, *at)).filter(|_| included);
    let tests = |at: usize| !finding && tests(at) && denied.is_none_or(|denied| at > denied);
    let looks_back = item.section == Some(Section::Exclusion) && before_entry;
    // A test is nearer than an exposure, or the exposure is what is tested.
    let exposed = near.clone().rev().find(|at| atoms.is(*at, Class::Exposure) && !is_study_of(item, *at));
    let tests = |at: usize| tests(at) || is_study_of(item, at) && denied.is_none_or(|denied| at > denied);
    Words {
        exposure: exposed.is_some(),
        test: near.clone().rev().find(|at| tests(*at)).is_some_and(|t| exposed.is_none_or(|e| e < t)),
        tested: near.clone().rev().take(3).any(tests)
            && !near
                .clone()
                .rev()
                .take(6)
                .any(|at| atoms.is(at, Class::Exposure) && !is_tested(item, at) && !is_study_of(item, at)),
        stable: near
            .clone()
            .rev()
            .find(|at| is_stability(item, *at))
            .is_some_and(|stable| denied.is_none_or(|denied| stable > denied)),
        // "planned, or within the past 3 months", "received or expected to receive": what is planned is the other of
        // the two.
        ahead: near.clone().any(|at| {
            let planned = looks_back && atoms.is(at, Class::Planned);
            atoms.is(at, Class::Ahead) && !planned
        }) && !near.end.checked_sub(1).is_some_and(|last| atoms.is(last, Class::Or))
            && !is_past_too(item, near.clone()),
        // "a lesion as diagnosed by CT": how it is seen.
        diagnosis: near.clone().rev().take(LOOK).any(|at| {
            let means = match atoms.text(at + 1) {
                "by" | "on" | "using" => true,
                // "diagnosed with asthma" is not "diagnosed with a CT scan".
                "with" => (at + 2..at + 5).any(|next| atoms.is(next, Class::Test)),
                _ => false,
            };
            atoms.is(at, Class::Diagnosis) && !means
        }),
        diagnosed: near
            .clone()
            .rev()
            .take_while(|at| atoms.text(*at) == "diagnosed" || !atoms.is(*at, Class::Exposure))
            .any(|at| atoms.text(at) == "diagnosed"),
        negated: is_negated(item, range.clone()),
        other: false,
        acute: near.clone().rev().take(8).any(|at| atoms.is(at, Class::DayEvent)),
        any: near.clone().any(|at| atoms.get(at).is_some_and(|a| a.kind == AtomKind::Word)),
    }
}

/// Whether a word says that something stays as it is: not the name of "stable or unstable angina".
pub(super) fn is_stability(item: &Item<'_>, at: usize) -> bool {
    let angina = |at: usize| item.atoms.text(at).starts_with("angina");
    let named = item.section == Some(Section::Exclusion)
        && item.atoms.text(at) == "stable"
        && (at + 1..at + 4).any(angina);
    item.atoms.is(at, Class::Stable) && !named
}

/// "urine study", "imaging studies": a test, no trial.
fn is_study_of(item: &Item<'_>, at: usize) -> bool {
    let study = matches!(item.atoms.text(at), "study" | "studies");
    let of = at.checked_sub(1).map(|before| item.atoms.text(before)).unwrap_or_default();
    study
        && (matches!(
            of,
            "blood"
                | "urine"
                | "sleep"
                | "coagulation"
                | "hormone"
                | "conduction"
                | "radiographic"
                | "radiology"
        ) || at > 0 && item.atoms.is(at - 1, Class::Test))
}

/// "antibody test", "antibody positive": the antibody is the patient's own.
fn is_tested(item: &Item<'_>, at: usize) -> bool {
    let own = matches!(item.atoms.text(at), "antibody" | "antibodies");
    own && (item.atoms.is(at + 1, Class::Test) || item.atoms.text(at + 1).starts_with("positiv"))
}

/// "a positive test at screening or within 3 months": the words before "at screening or" tell what the time is of.
fn before_screening(item: &Item<'_>, range: &Range<usize>) -> usize {
    let atoms = item.atoms;
    let own = |back: usize| range.end.checked_sub(back).filter(|at| *at >= range.start);
    let joint = own(1).is_some_and(|at| atoms.is(at, Class::Or));
    let first = range.end.saturating_sub(6).max(range.start);
    let at = (first..range.end).rev().find(|at| matches!(atoms.text(*at), "at" | "during"));
    // "at the screening visit or".
    let plain = |i: usize| is_own_entry(atoms.text(i)) || matches!(atoms.text(i), "the" | "visit");
    match at {
        Some(at) if joint && at + 2 < range.end && (at + 1..range.end - 1).all(plain) => at,
        _ => range.end,
    }
}

/// "drugs that may interfere with the assessments": what is disturbed is not what the time is of.
fn is_disturbed(item: &Item<'_>, first: usize, at: usize) -> bool {
    (at.saturating_sub(10).max(first)..at).any(|before| {
        let word = item.atoms.text(before);
        ["interfer", "affect", "influenc", "confound", "impact", "compromis"]
            .iter()
            .any(|stem| word.starts_with(stem))
    })
}

/// A test's word that means none: see below.
fn is_no_test(item: &Item<'_>, first: usize, at: usize) -> bool {
    is_disturbed(item, first, at) || is_done(item, first, at)
}

/// "the last injection must have been performed": what is done is a treatment, if one is named.
fn is_done(item: &Item<'_>, first: usize, at: usize) -> bool {
    item.atoms.text(at) == "performed"
        && (at.saturating_sub(7).max(first)..at).any(|before| item.atoms.is(before, Class::Exposure))
}

/// "tuberculosis that was found by a chest CT": how it was found is no test of its own.
fn is_means(item: &Item<'_>, first: usize, at: usize) -> bool {
    let found = |before: usize| {
        matches!(
            item.atoms.text(before),
            "found" | "detected" | "shown" | "seen" | "identified" | "diagnosed" | "revealed"
        )
    };
    let by =
        |before: usize| matches!(item.atoms.text(before), "by" | "on" | "with" | "through" | "via" | "in");
    let near = at.saturating_sub(10).max(first)..at;
    near.clone().find(|before| found(*before)).is_some_and(|before| by(before + 1))
}

/// Whether words are negated; what stands in brackets that were closed is said of something else.
fn is_negated(item: &Item<'_>, words: Range<usize>) -> bool {
    let mut depth = 0_usize;
    words.rev().take(40).any(|at| {
        if item.atoms.is(at, Class::Close) {
            depth += 1;
        } else if item.atoms.is(at, Class::Open) {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && negates(item, at)
    })
}

/// Whether a negation begins at `at`: not inside a comparison, and not in "with or without".
fn negates(item: &Item<'_>, at: usize) -> bool {
    let text = |back: usize| at.checked_sub(back).map(|before| item.atoms.text(before));
    let either = matches!(text(1), Some("or" | "/")) && text(2) == Some("with");
    // "another cancer, but not one of the skin, within 5 years".
    let excepts = item.section == Some(Section::Exclusion)
        && at.checked_sub(1).is_some_and(|before| item.atoms.takes(before, Class::Except) > 1);
    let means = !item.atoms.is(at, Class::Neutral) && !describes(item, at) && !excepts;
    item.atoms.is(at, Class::Negation) && means && !item.compares(at) && !either
}

/// "medication not reaching the circulation": what is denied is said of the medication alone.
fn describes(item: &Item<'_>, at: usize) -> bool {
    let verbs = [
        "reaching",
        "related",
        "involving",
        "affecting",
        "listed",
        "containing",
        "intended",
        "considered",
        "associated",
        "attributed",
        "attributable",
        "specified",
        "mentioned",
        "defined",
        "described",
    ];
    item.atoms.text(at) == "not" && verbs.contains(&item.atoms.text(at + 1))
}

/// "received or are planning to receive".
fn is_past_too(item: &Item<'_>, near: Range<usize>) -> bool {
    let atoms = item.atoms;
    near.clone().any(|at| {
        atoms.is(at, Class::Or)
            && (at + 1..(at + 4).min(near.end)).any(|next| atoms.is(next, Class::Ahead))
            && (near.start..at).any(|before| {
                matches!(
                    atoms.text(before),
                    "received" | "had" | "used" | "undergone" | "taken" | "underwent"
                )
            })
    })
}
