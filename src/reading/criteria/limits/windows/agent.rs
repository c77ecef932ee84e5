//! What a window counts from, in the text's words.

use std::ops::Range;

use crate::protocol::{LimitValue, Number};
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts;
use crate::reading::criteria::limits::atoms::{AtomKind, Atoms};
use crate::reading::criteria::limits::draft::Draft;
use crate::reading::criteria::vocabulary::Class;

use super::find::Window;

/// How far behind a window another agent's time may stand, in atoms.
const FAR: usize = 40;

/// "(6 weeks for nitrosoureas)", "(within 3 days for short acting and 5 days for long acting)": the same for other agents.
pub(super) fn others(item: &Item<'_>, window: &Window<'_>, first: Option<&Draft>) -> Vec<Draft> {
    let atoms = item.atoms;
    let Some(first) = first else { return Vec::new() };
    let end = item.scope.sentence(window.amount.end, &item.range).end.min(window.amount.end + FAR);
    // A window in a bracket has its others there too.
    let mut open =
        (item.range.start..window.start).rev().take(FAR).find_map(|at| bracket(atoms, at)) == Some(true);
    let mut found = Vec::new();
    for at in window.amount.end..end {
        open = bracket(atoms, at).unwrap_or(open);
        let draft = open.then(|| other(item, window, first, at)).flatten();
        found.extend(draft);
    }
    found
}

/// Whether a bracket opens or closes at `at`.
fn bracket(atoms: &Atoms<'_>, at: usize) -> Option<bool> {
    atoms.is(at, Class::Open).then_some(true).or_else(|| atoms.is(at, Class::Close).then_some(false))
}

/// "6 weeks for nitrosoureas" at `at`.
fn other(item: &Item<'_>, window: &Window<'_>, first: &Draft, at: usize) -> Option<Draft> {
    let atoms = item.atoms;
    let before = atoms.text(at - 1);
    if matches!(before, "for" | "~" | "-" | "past" | "last") || atoms.is(at - 1, Class::To) {
        return None;
    }
    let amount = amounts::amount(atoms, at)?;
    let unit = amount.time(atoms, item.vocabulary)?;
    let named = matches!(atoms.text(amount.end), "for" | "if" | "in");
    let same = (amount.value * unit.factor - window.amount.value * window.unit.factor).abs() < 1e-9;
    let until = item.range.end.min(amount.end + 30);
    let ends = |i: usize| {
        atoms.is(i, Class::Close)
            || atoms.text(i) == "and" && amounts::amount(atoms, i + 1).is_some_and(|a| a.has_unit())
    };
    let close = (amount.end..until).find(|i| ends(*i))?;
    if !named || same {
        return None;
    }
    // "12 months for patients in France": people, not an agent.
    let people = (amount.end..close).any(|at| atoms.is(at, Class::Population));
    Some(Draft {
        conditional: first.conditional || people,
        value: LimitValue::Number(Number(amount.value)),
        unit: Some(unit.name.clone()),
        agent: if people { first.agent.clone() } else { words(item, amount.end + 1..close) },
        atoms: at..close,
        ..first.clone()
    })
}

/// "… for less than 6 months, or patients who have received omalizumab": the last of those the item lists.
fn last_of_list(item: &Item<'_>, range: &Range<usize>) -> usize {
    let atoms = item.atoms;
    let people = |at: usize| {
        matches!(atoms.text(at), "patients" | "subjects" | "participants" | "history")
            && at.checked_sub(1).is_some_and(|before| {
                before >= range.start && atoms.is_any(before, &[Class::Or, Class::Comma])
            })
    };
    range.clone().rev().find(|at| people(*at)).unwrap_or(range.start)
}

/// A bracket that is open where the window stands: "blood counts (no transfusion within …)" counts from what is in it,
/// "oral steroids (planned, or within …)" from what is before it.
fn within_open_bracket(item: &Item<'_>, range: Range<usize>) -> Range<usize> {
    let atoms = item.atoms;
    let mut open = Vec::new();
    for at in range.clone() {
        if atoms.is(at, Class::Open) {
            open.push(at);
        } else if atoms.is(at, Class::Close) {
            open.pop();
        }
    }
    let Some(open) = open.last().copied().filter(|at| *at > range.start) else { return range };
    let inner = open + 1..range.end;
    if inner.clone().any(|at| atoms.is(at, Class::Exposure)) { inner } else { range.start..open }
}

/// "Neutrophils ≥ 1500 without growth factors within …": what stands before the denial has a value of its own.
fn past_a_value(item: &Item<'_>, range: Range<usize>) -> Range<usize> {
    let atoms = item.atoms;
    let compared = |c: &amounts::Comparison| range.contains(&c.start) && c.end <= range.end;
    let Some(value) = item.comparisons.iter().rev().find(|c| compared(c)).map(|c| c.end) else {
        return range;
    };
    let denied = (value..range.end).rev().find(|at| matches!(atoms.text(*at), "without" | "no"));
    denied.map_or(range.clone(), |at| at..range.end)
}

/// "3 weeks since radiotherapy and 6 weeks since mitomycin": what the first is counted from ends where the next begins.
pub(super) fn until_next(item: &Item<'_>, from: usize, end: usize) -> usize {
    let atoms = item.atoms;
    let next = |at: usize| {
        atoms.is_any(at - 1, &[Class::And, Class::Or, Class::Comma])
            && amounts::amount(atoms, at)
                .is_some_and(|a| a.has_unit() && atoms.is_any(a.end, &[Class::Since, Class::After]))
    };
    let found = (from + 1..end).find(|at| atoms.is_numeric(*at) && next(*at)).map(|at| at - 1);
    found.map_or(end, |at| at - usize::from(at > from && atoms.is_any(at - 1, &[Class::Comma])))
}

/// Words that say no more than that it was once.
const ONCE: &[&str] = &["recent", "active", "current", "history", "past", "use"];

/// What a window counts from: the words before it, or behind it where those name nothing.
pub(super) fn of(item: &Item<'_>, window: &Window<'_>, range: Range<usize>) -> Option<String> {
    let near = range.start..window.amount.end + 2;
    let washout = range.len() <= WASHOUT && near.into_iter().any(|at| item.atoms.is(at, Class::Washout));
    if let Some(named) = washout.then(|| of_a_washout(item, window)).flatten() {
        return Some(named);
    }
    let said = words(item, range)?;
    let once = ONCE.iter().any(|word| said.eq_ignore_ascii_case(word));
    once.then(|| behind(item, window)).flatten().or(Some(said))
}

/// The words of "A minimum washout period of".
const WASHOUT: usize = 6;

/// "A washout of 4 weeks is required for biologics": of what, behind the time.
fn of_a_washout(item: &Item<'_>, window: &Window<'_>) -> Option<String> {
    let atoms = item.atoms;
    let sentence = item.scope.sentence(window.start, &item.range).end;
    let first = window.amount.end.max(window.end);
    let joint = (first..sentence.min(first + WASHOUT + 2))
        .find(|at| matches!(atoms.text(*at), "for" | "from" | "since" | "after"))?;
    let ends = |at: &usize| {
        atoms.is_any(*at, &[Class::Before, Class::Semicolon, Class::Open, Class::Comma])
            || matches!(atoms.text(*at), "is" | "are" | "must" | "should")
    };
    let end = (joint + 1..sentence).find(|at| ends(at) && *at > joint + 1).unwrap_or(sentence);
    words(item, joint + 1..end)
}

/// "Recent (within 6 months) use of steroids": the words behind the bracket say of what.
fn behind(item: &Item<'_>, window: &Window<'_>) -> Option<String> {
    const FEW: usize = 12;
    let atoms = item.atoms;
    let last = window.end.max(window.amount.end);
    let close = (last..last + 6).find(|at| atoms.is(*at, Class::Close))?;
    let end = item.scope.sentence(window.start, &item.range).end.min(close + FEW);
    let stops = |at: &usize| atoms.is_any(*at, &[Class::Semicolon, Class::Open]);
    let end = (close + 1..end).find(stops).unwrap_or(end);
    words(item, close + 1..end)
}

/// The agent in the text's words: the clause without its opening, at most so many words.
pub(super) fn words(item: &Item<'_>, range: Range<usize>) -> Option<String> {
    const LONGEST: usize = 40;
    let atoms = item.atoms;
    let range = past_a_value(item, range);
    let Range { mut start, mut end } = within_open_bracket(item, last_of_list(item, &range)..range.end);
    let sign =
        |at: usize| atoms.get(at).is_some_and(|a| a.kind == AtomKind::Sign && !atoms.is(at, Class::Open));
    while start < end {
        // "(confirmed by a test) or …": what was said in brackets of something else.
        if atoms.is(start, Class::Open)
            && let Some(close) = (start..end).find(|at| atoms.is(*at, Class::Close))
        {
            start = close + 1;
            continue;
        }
        let opening = atoms.takes(start, Class::Opening);
        let skip = if opening > 0 { opening } else { usize::from(sign(start)) };
        if skip == 0 {
            break;
        }
        start += skip;
    }
    let trailing = |at: usize| {
        sign(at) && !atoms.is(at, Class::Close)
            || matches!(
                atoms.text(at),
                "and" | "or" | "was" | "were" | "is" | "are" | "that" | "for" | "in" | "of" | "any"
            )
    };
    while end > start && trailing(end - 1) {
        end -= 1;
    }
    end = end.min(start + LONGEST);
    let words = item.text.get(atoms.raw(start..end))?.trim();
    (start < end && !words.is_empty()).then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
}
