//! Limits that hold only with something besides: with an illness, for one sex, as an example, for some in a later sentence.

use crate::protocol::Section;
use crate::reading::criteria::vocabulary::Class;

use super::atoms::{AtomKind, Atoms};
use super::draft::Draft;
use super::scope::{Scope, Under};
use super::{BACK, Item};

/// How many atoms behind an age what is asked besides begins.
const FEW: usize = 8;

/// "older than 40 years with a history of smoking" under exclusion: the age alone shuts nobody out.
pub(super) fn with_more(item: &Item<'_>, drafts: &mut [Draft]) {
    if item.section != Some(Section::Exclusion) {
        return;
    }
    let atoms = item.atoms;
    for index in 0..drafts.len() {
        let (_, rest) = drafts.split_at_mut(index);
        let Some((draft, behind)) = rest.split_first_mut().filter(|(draft, _)| draft.variable == "age")
        else {
            continue;
        };
        let end = draft.atoms.end + atoms.takes(draft.atoms.end, Class::AgeAfter);
        let more = match atoms.text(end) {
            "with" | "who" | "having" => true,
            "and" => matches!(atoms.text(end + 1), "with" | "who" | "having" | "have" | "has"),
            _ => false,
        };
        let more = more && end < item.range.end;
        draft.conditional |= more;
        // "younger than 70 who have an ECOG of 0 or 1": what is asked besides shuts nobody out alone either.
        let apart = [Class::Comma, Class::Semicolon, Class::Stop, Class::Open, Class::Or];
        let besides = |other: &&mut Draft| {
            let near = end..other.atoms.start;
            more && near.len() <= FEW && !near.clone().any(|at| atoms.is_any(at, &apart))
        };
        behind.iter_mut().take_while(besides).for_each(|other| other.conditional = true);
    }
}

/// "Bilirubin ≤ 1.5 × ULN. Participants with Gilbert's disease must have bilirubin ≤ 5 × ULN": a second limit of one
/// variable, in a sentence about some.
pub(super) fn of_some_later(item: &Item<'_>, drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let Some(own) = after.first_mut() else { return };
        let start = item.scope.sentence(own.atoms.end.saturating_sub(1), &item.range).start;
        let some = start > item.range.start
            && item.atoms.is(start, Class::Population)
            && matches!(item.atoms.text(start + 1), "with" | "who" | "having");
        let alike = |draft: &Draft| draft.variable == own.variable && draft.op == own.op;
        own.conditional |= some && own.agent.is_none() && before.iter().rev().take(BACK).any(alike);
    }
}

/// "at least one high-risk feature such as PSA > 20": an example of what is asked for, no limit of its own.
pub(super) fn of_examples(item: &Item<'_>, drafts: &mut [Draft]) {
    if item.section == Some(Section::Exclusion) {
        return;
    }
    let atoms = item.atoms;
    let example =
        |at: usize| matches!((atoms.text(at), atoms.text(at + 1)), ("such", "as") | ("for", "example"));
    // "adequate organ function such as ANC ≥ 1,000" is asked for all the same.
    let asked = |at: usize| {
        (at.saturating_sub(8).max(item.range.start)..at).any(|i| {
            ["adequate", "function", "normal", "laborator", "value", "criteri", "test"]
                .iter()
                .any(|stem| atoms.text(i).starts_with(stem))
        })
    };
    for draft in drafts.iter_mut().filter(|draft| draft.agent.is_none()) {
        let sentence = item.scope.sentence(draft.atoms.start, &item.range).start;
        let first = draft.atoms.start.saturating_sub(12).max(sentence);
        draft.conditional |= (first..draft.atoms.start).any(|at| example(at) && !asked(at));
    }
}

/// "Men ≥ 50 kg, women ≥ 45 kg", "boys 9 to 17 years, girls 8 to 17 years": two values for the two sexes hold for one of them
/// each.
pub(super) fn each_sex(scope: &Scope, drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let Some(other) = after.first_mut() else { return };
        // The lower end of a range has its upper end between.
        let one =
            before.iter_mut().rev().take(2).find(|one| one.variable == other.variable && one.op == other.op);
        let Some(one) = one.filter(|one| one.value != other.value) else { continue };
        let person = matches!(one.variable.as_str(), "age" | "weight" | "height" | "bmi");
        let last = |draft: &Draft| draft.atoms.end.saturating_sub(1);
        if person && scope.is(last(one), Under::Sex) && scope.is(last(other), Under::Sex) {
            (one.conditional, other.conditional) = (true, true);
        }
    }
}

/// "< 60 (cirrhotic) or < 90 (non-cirrhotic)": two values of one variable, each with its own few words in brackets.
pub(super) fn each_in_brackets(atoms: &Atoms<'_>, drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) else { return };
        let alike = one.variable == other.variable && one.op == other.op && one.value != other.value;
        if alike && one.agent.is_none() && words_in_brackets(atoms, one) && words_in_brackets(atoms, other) {
            (one.conditional, other.conditional) = (true, true);
        }
    }
}

/// "(non-cirrhotic)": one to three words and nothing else in brackets right behind a limit.
fn words_in_brackets(atoms: &Atoms<'_>, draft: &Draft) -> bool {
    let open = draft.atoms.end;
    let close = (open + 2..open + 5).find(|at| atoms.is(*at, Class::Close));
    let word = |at: usize| atoms.get(at).is_some_and(|atom| atom.kind == AtomKind::Word);
    let plain = |at: usize| word(at) && !atoms.is_any(at, &[Class::Unit, Class::Inclusive]);
    atoms.is(open, Class::Open) && close.is_some_and(|close| (open + 1..close).all(plain))
}

/// "BMI ≥ 30, or ≥ 27 with a comorbidity": the second limit of one variable holds with what is asked besides.
pub(super) fn or_with_more(atoms: &Atoms<'_>, drafts: &mut [Draft]) {
    for index in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(index);
        let (Some(one), Some(other)) = (before.last(), after.first_mut()) else { return };
        let between = one.atoms.end..other.atoms.end;
        // "as > 10 mm with spiral CT" is how it is measured.
        let alternative = one.variable == other.variable
            && one.variable != "tumor_size"
            && one.agent.is_none()
            && between.len() <= 16
            && between.clone().any(|at| atoms.is(at, Class::Or));
        other.conditional |= alternative && asks_more(atoms, other.atoms.end);
        let (held, end) = (other.conditional && alternative, other.atoms.end);
        // Both ends of a range.
        after
            .iter_mut()
            .skip(1)
            .take_while(|draft| held && draft.atoms.end == end)
            .for_each(|draft| draft.conditional = true);
    }
}

/// "with a comorbidity", "and presence of …" right behind a limit.
pub(super) fn asks_more(atoms: &Atoms<'_>, end: usize) -> bool {
    let end = end + atoms.takes(end, Class::AgeAfter);
    match atoms.text(end) {
        "with" | "but" | "plus" => !atoms.is_any(end + 1, &[Class::Negation]),
        "and" => atoms.text(end + 1) == "presence",
        _ => false,
    }
}
