//! Prior lines: how many lines, regimens or treatments a patient has had. `ordinals` reads those told by their rank.

mod ordinals;

use std::ops::Range;

use crate::protocol::{LimitValue, Number};
use crate::reading::criteria::vocabulary::Class;

use super::Item;
use super::amounts::{self, Amount, Op};
use super::draft::Draft;
use super::scope;

/// How many words may stand between the number and what it counts.
const FAR: usize = 7;
/// More lines than any trial asks for.
const MOST: f64 = 12.0;

/// Reads an item's limits on prior lines.
pub(super) fn read(item: &Item<'_>, taken: &[usize]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    // What is counted: most items name none of it.
    if !item.has(&[Class::Line, Class::Regimen, Class::Treatment]) {
        return drafts;
    }
    let mut at = item.range.start;
    let mut next = 0;
    let lined = item.has(&[Class::Line]);
    while at < item.range.end {
        while item.comparisons.get(next).is_some_and(|c| c.start < at) {
            next += 1;
        }
        if let Some(comparison) = item.comparisons.get(next).filter(|c| c.start == at) {
            let free = taken.binary_search(&next).is_err();
            // "at least 5 half-lives of the prior treatment".
            let lives = item.atoms.takes(comparison.end, Class::HalfLives) > 0;
            let counts = comparison.parts.iter().all(|(_, a)| is_count(a)) && !is_grade(item, at) && !lives;
            if free
                && counts
                && let Some(end) = counted_after(item, comparison.end, comparison.start)
                    .or_else(|| counted_before(item, comparison.start, comparison.end))
            {
                let denied = is_denied(item, comparison.start);
                let turned = |op: Op| if denied { op.negated() } else { op };
                let parts = comparison.parts.iter().map(|(op, a)| (turned(*op), a.value)).collect();
                push(item, parts, comparison.start..end.max(comparison.end), &mut drafts);
            }
            at = comparison.end;
            continue;
        }
        if let Some(ordinals::Ranked { parts, atoms }) = lined.then(|| ordinals::read(item, at)).flatten() {
            at = atoms.end;
            push(item, parts, atoms, &mut drafts);
            continue;
        }
        if let Some((value, end)) = exact(item, at) {
            let op = if is_let_in(item, end) { Op::Le } else { Op::Eq };
            push(item, vec![(op, value)], at..end, &mut drafts);
            at = end;
            continue;
        }
        at += 1;
    }
    drafts
}

/// "should not have received > 3 lines": what is denied is the limit. Not "have not responded to at least 2 lines".
fn is_denied(item: &Item<'_>, start: usize) -> bool {
    let verb = |at: &usize| {
        matches!(
            item.atoms.text(*at),
            "received"
                | "receive"
                | "undergone"
                | "undergo"
                | "had"
                | "have"
                | "has"
                | "been"
                | "treated"
                | "with"
        )
    };
    let before = (item.range.start..start).rev().take(DENIED).find(|at| !verb(at));
    let ends = |at: usize| {
        (1..=3).any(|len| {
            (at + 1).checked_sub(len).is_some_and(|from| item.atoms.takes(from, Class::Negation) == len)
        })
    };
    before.is_some_and(|at| at + 1 < start && !item.compares(at) && ends(at))
}

/// How many words may stand between a negation and the number of lines that it denies.
const DENIED: usize = 5;

/// "grade 3 or 4 toxicity of the prior regimen": the number is the grade's.
fn is_grade(item: &Item<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| item.atoms.text(before));
    matches!(
        before,
        Some("grade" | "grades" | "gr" | "stage" | "class" | "type" | "level" | "phase" | "group")
    )
}

fn is_count(amount: &Amount) -> bool {
    !amount.has_unit() && amount.value.fract() == 0.0 && amount.value <= MOST
}

fn push(item: &Item<'_>, parts: Vec<(Op, f64)>, atoms: Range<usize>, drafts: &mut Vec<Draft>) {
    let (conditional, except) = item.held(atoms.start);
    drafts.extend(parts.into_iter().map(|(op, value)| Draft {
        variable: "prior_lines".to_owned(),
        op,
        value: LimitValue::Number(Number(value)),
        unit: Some(String::new()),
        conditional,
        except,
        alternative: false,
        denied: false,
        agent: None,
        atoms: atoms.clone(),
    }));
}

/// "≥ 2 prior lines of therapy": what the number counts stands after it. Gives where it ends.
fn counted_after(item: &Item<'_>, from: usize, start: usize) -> Option<usize> {
    let atoms = item.atoms;
    let mut prior = said_before(item, start);
    let mut at = from;
    for _ in 0..FAR {
        if at >= item.range.end || ends_phrase(item, at) {
            return None;
        }
        let line = atoms.takes(at, Class::Line);
        // "5 courses of first-line chemotherapy": the line is named, not counted.
        if line > 0 && at > from && is_ordinal(atoms.text(at - 1)) {
            return None;
        }
        if line > 0 {
            let end = at + line;
            let whole = prior || is_of_therapy(item, at, end);
            return (whole && !is_event(item, end)).then_some(end);
        }
        let regimen = atoms.takes(at, Class::Regimen);
        if regimen > 0 && prior {
            return Some(at + regimen);
        }
        let treatment = atoms.takes(at, Class::Treatment);
        if treatment > 0 && prior {
            if is_part_of_a_treatment(atoms.text(at + treatment)) {
                return None;
            }
            // "2 prior chemotherapy regimens": the noun is still to come.
            let more =
                atoms.takes(at + treatment, Class::Line).max(atoms.takes(at + treatment, Class::Regimen));
            return Some(at + treatment + more);
        }
        let said = atoms.takes(at, Class::Prior);
        prior |= said > 0;
        at += said.max(treatment).max(1);
    }
    None
}

/// "one prior treatment dose", "two chemotherapy cycles": what is counted is a part of a treatment.
fn is_part_of_a_treatment(word: &str) -> bool {
    let parts = [
        "dose",
        "cycle",
        "course",
        "session",
        "infusion",
        "injection",
        "administration",
        "visit",
        "day",
        "week",
        "month",
        "period",
        "arm",
        "related",
        "induced",
        "emergent",
        "free",
        "naive",
        "failure",
        "response",
        "attempt",
        "episode",
        "trial",
        "center",
        "centre",
        "site",
        "option",
    ];
    parts.contains(&word.strip_suffix('s').unwrap_or(word))
}

fn is_ordinal(word: &str) -> bool {
    ordinals::rank(word).is_some()
}

/// A stop, bracket, comma or number: what follows is not counted.
fn ends_phrase(item: &Item<'_>, at: usize) -> bool {
    let atoms = item.atoms;
    scope::is_stop(atoms, at)
        || atoms.is_any(at, &[Class::Semicolon, Class::Open, Class::Close, Class::Colon])
        || atoms.digits(at).is_some()
        || matches!(
            atoms.text(at),
            "week"
                | "weeks"
                | "month"
                | "months"
                | "day"
                | "days"
                | "year"
                | "years"
                | "dose"
                | "doses"
                | "cycle"
                | "cycles"
                | "measurable"
                | "lesion"
                | "since"
                | "after"
                | "course"
                | "courses"
                | "round"
                | "rounds"
                | "session"
                | "sessions"
                | "infusion"
                | "infusions"
                | "injection"
                | "injections"
                | "episode"
                | "episodes"
        )
}

/// "… received at least 2 regimens": the words before the number say that it is past.
fn said_before(item: &Item<'_>, start: usize) -> bool {
    let first = start.saturating_sub(5).max(item.range.start);
    (first..start).any(|at| {
        (item.atoms.is(at, Class::Received) || item.atoms.is(at, Class::Prior))
            && !matches!(item.atoms.text(at), "had" | "following" | "resistant")
    })
}

/// "lines of therapy", "lines of systemic treatment", "treatment lines".
fn is_of_therapy(item: &Item<'_>, at: usize, end: usize) -> bool {
    let atoms = item.atoms;
    let words = atoms.slice(at..end);
    let own = ["therap", "treatment"].iter().any(|stem| words.contains(stem));
    let after = (end..(end + 6).min(item.range.end))
        .take_while(|i| !ends_phrase(item, *i))
        .any(|i| atoms.is(i, Class::Treatment) || atoms.is(i, Class::Prior));
    own || atoms.text(end) == "of" && after
}

/// "line catheter", "line infection".
fn is_event(item: &Item<'_>, at: usize) -> bool {
    matches!(item.atoms.text(at), "infection" | "catheter" | "access" | "placement" | "dressing")
}

/// "number of prior lines ≤ 2", "prior lines of therapy: 1-3".
fn counted_before(item: &Item<'_>, start: usize, end: usize) -> Option<usize> {
    let atoms = item.atoms;
    let filler = |at: &usize| matches!(atoms.text(*at), "must" | "should" | "be" | "is" | "are" | "of");
    let start = start - (item.range.start..start).rev().take_while(filler).count();
    let first = start.saturating_sub(8).max(item.range.start);
    let words = first..start;
    let counted = words.clone().any(|at| atoms.is(at, Class::Line) || atoms.is(at, Class::Regimen));
    let prior = words.clone().any(|at| atoms.is(at, Class::Prior));
    let broken = words
        .clone()
        .any(|at| scope::is_stop(atoms, at) || atoms.is(at, Class::Semicolon) || atoms.is(at, Class::Comma));
    let other = atoms.is(end, Class::Unit) || atoms.is(end, Class::Exposure);
    let near =
        (start.saturating_sub(6)..start).any(|at| atoms.is(at, Class::Line) || atoms.is(at, Class::Regimen));
    (counted && prior && near && !broken && !other).then_some(end)
}

/// "one previous regimen is allowed": so many at most.
fn is_let_in(item: &Item<'_>, from: usize) -> bool {
    let until = (from + 6).min(item.scope.sentence(from, &item.range).end);
    (from..until).any(|at| matches!(item.atoms.text(at), "allowed" | "permitted" | "acceptable"))
}

/// "one prior line of therapy", "received two previous regimens": so many, no more said.
fn exact(item: &Item<'_>, at: usize) -> Option<(f64, usize)> {
    let atoms = item.atoms;
    let amount = amounts::amount(atoms, at).filter(is_count).filter(|a| a.value >= 1.0)?;
    let previous = at.checked_sub(1).map(|p| atoms.text(p)).unwrap_or_default();
    let part_of_more = matches!(
        previous,
        "-" | "~"
            | "/"
            | "than"
            | "least"
            | "to"
            | ","
            | "or"
            | "another"
            | "first"
            | "any"
            | "no"
            | "not"
            | "the"
    );
    let begins = atoms.takes(amount.end, Class::Prior) > 0;
    if part_of_more || !begins || amount.end - at > 4 {
        return None;
    }
    let end = counted_after(item, amount.end, at)?;
    // "received 1 prior systemic therapy"; "2 prior surgeries and therapy" counts something else.
    let received = (at.saturating_sub(2).max(item.range.start)..at).any(|i| atoms.is(i, Class::Received));
    let one = amount.end + 5 >= end && received;
    let strong = one
        || is_let_in(item, end)
        || (amount.end..end).any(|i| atoms.is(i, Class::Line) || atoms.is(i, Class::Regimen));
    strong.then_some((amount.value, end))
}
