//! Prior lines told by rank: "failed at least second-line therapy", "after first- or second-line treatment".
//!
//! "Failed first-line therapy" alone says neither how many at least nor how many at most, and is left out.

use std::ops::Range;

use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts::{self, Op};
use crate::reading::criteria::vocabulary::Class;

/// How many words before the rank may say that the line was received.
const BEFORE: usize = 8;
/// How many words may stand between the line and "or later".
const AFTER: usize = 3;

/// What a rank counts.
pub(super) fn rank(word: &str) -> Option<f64> {
    let ranks: [&[&str]; 5] = [&["first", "frontline"], &["second"], &["third"], &["fourth"], &["fifth"]];
    ranks.iter().zip(1_u8..).find(|(words, _)| words.contains(&word)).map(|(_, value)| f64::from(value))
}

/// The rank at `at`, and how many atoms it takes: "second", "2nd".
fn ranked(item: &Item<'_>, at: usize) -> Option<(f64, usize)> {
    if let Some(value) = rank(item.atoms.text(at)) {
        return Some((value, 1));
    }
    let ending = matches!(item.atoms.text(at + 1), "st" | "nd" | "rd" | "th");
    item.atoms
        .digits(at)
        .filter(|value| ending && value.fract() == 0.0 && *value <= 5.0)
        .map(|value| (value, 2))
}

/// Limits that were read, and the atoms they take.
pub(super) struct Ranked {
    pub parts: Vec<(Op, f64)>,
    pub atoms: Range<usize>,
}

/// The limits that the rank at `at` begins, and the atoms it takes.
pub(super) fn read(item: &Item<'_>, at: usize) -> Option<Ranked> {
    let atoms = item.atoms;
    let (first, len) = ranked(item, at)?;
    let (last, line) = list(item, at + len, first)?;
    let (start, least) = least(item, at);
    if !is_past(item, start) {
        return None;
    }
    let end = line + atoms.takes(line, Class::Line);
    // "at least first- or second-line" is met by the first; "at least the first and second line" by both.
    let either = first < last && (at..line).any(|i| atoms.is(i, Class::Or));
    if least {
        let fewest = if either { first } else { last.max(first) };
        return Some(Ranked { parts: vec![(Op::Ge, fewest)], atoms: start..end });
    }
    if let Some(end) = or_later(item, end) {
        return Some(Ranked { parts: vec![(Op::Ge, first)], atoms: start..end });
    }
    either.then(|| Ranked { parts: vec![(Op::Ge, first), (Op::Le, last)], atoms: start..end })
}

/// "first-line or second-line", "first and second line": the last rank, and where its line stands.
fn list(item: &Item<'_>, at: usize, first: f64) -> Option<(f64, usize)> {
    let atoms = item.atoms;
    let mut last = first;
    let mut next = at;
    let mut line = None;
    for _ in 0..3 {
        next += usize::from(atoms.text(next) == "-");
        if atoms.is(next, Class::Line) {
            line = Some(next);
            next += atoms.takes(next, Class::Line);
        }
        let joint = usize::from(atoms.is_any(next, &[Class::Or, Class::And, Class::Comma, Class::To]));
        let Some((more, len)) = ranked(item, next + joint).filter(|more| joint > 0 && more.0 > last) else {
            break;
        };
        last = more;
        line = None;
        next += joint + len;
    }
    line.map(|line| (last, line))
}

/// "at least second-line", "at least the first and second line".
fn least(item: &Item<'_>, at: usize) -> (usize, bool) {
    let the = usize::from(at > item.range.start && matches!(item.atoms.text(at - 1), "the" | "a"));
    let before = at - the;
    let found = (1..=3).filter_map(|back| before.checked_sub(back)).find(|start| {
        *start >= item.range.start
            && amounts::comparator(item.atoms, *start)
                .is_some_and(|(op, len)| op == Op::Ge && start + len == before)
    });
    found.map_or((before, false), |start| (start, true))
}

/// "second-line or later therapy", "second-line treatment and above": where it ends.
fn or_later(item: &Item<'_>, line: usize) -> Option<usize> {
    let atoms = item.atoms;
    let later = |word: &str| {
        matches!(
            word,
            "later"
                | "above"
                | "beyond"
                | "higher"
                | "more"
                | "further"
                | "subsequent"
                | "greater"
                | "over"
                | "higher-line"
        )
    };
    (line..(line + AFTER).min(item.range.end))
        .take_while(|at| !atoms.is_any(*at, &[Class::Stop, Class::Comma, Class::Semicolon, Class::Open]))
        .find(|at| atoms.is_any(*at, &[Class::Or, Class::And]) && later(atoms.text(at + 1)))
        .map(|at| at + 2)
}

/// "failed", "progressed after": the line was received, and is not what is to come.
fn is_past(item: &Item<'_>, start: usize) -> bool {
    let atoms = item.atoms;
    let words = start.saturating_sub(BEFORE).max(item.range.start)..start;
    let ahead = |at: usize| {
        matches!(
            atoms.text(at),
            "candidate"
                | "candidates"
                | "eligible"
                | "suitable"
                | "planned"
                | "indicated"
                | "appropriate"
                | "start"
                | "starting"
                | "initiate"
                | "initiating"
        )
    };
    let denied = |at: usize| (at.saturating_sub(3)..at).any(|before| atoms.is(before, Class::Negation));
    !words.clone().any(ahead)
        && words
            .rev()
            .take_while(|at| !atoms.is_any(*at, &[Class::Stop, Class::Semicolon]))
            .any(|at| atoms.is(at, Class::Received) && !atoms.text(at).starts_with("resist") && !denied(at))
}
