//! Slips of the pen that make a text ambiguous: ordinals, versions of standards.

use crate::protocol::Span;

use super::subject::{Passage, Subject};
use super::{Hit, Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "ordinal",
        severity: Severity::Note,
        title: "An ordinal that is none",
        explanation: "\"2th\" or \"3nd\" may be a slip in the ending or in the number (a line of treatment, a visit).",
        check: ordinal,
    },
    Rule {
        id: "standard-version-garbled",
        severity: Severity::Note,
        title: "A standard's version that is none",
        explanation: "Letters stand where the version of a standard belongs (I for 1); which version is meant is open.",
        check: version,
    },
];

fn ordinal(subject: &Subject<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for passage in &subject.prose {
        for (start, end) in numbers_with_letters(passage.text) {
            let text = passage.text.get(start..end).unwrap_or_default();
            let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = text.get(digits.len()..).unwrap_or_default();
            if matches!(ending, "st" | "nd" | "rd" | "th") && ending_of(digits) != Some(ending) {
                hits.push(Hit::new(format!("\"{text}\""), vec![passage.bytes(start..end)]));
            }
        }
    }
    hits
}

/// The ending an ordinal number has: `21` → `st`.
fn ending_of(digits: &str) -> Option<&'static str> {
    let number: u64 = digits.parse().ok()?;
    Some(match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    })
}

/// Runs of digits with letters right behind them, that begin a word.
fn numbers_with_letters(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let is = |at: usize, test: fn(&u8) -> bool| bytes.get(at).is_some_and(test);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = is(at, u8::is_ascii_digit)
            && at.checked_sub(1).is_none_or(|before| {
                bytes.get(before).is_some_and(|byte| {
                    byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b',' | b'-')
                })
            });
        let mut end = at;
        while is(end, u8::is_ascii_digit) {
            end += 1;
        }
        let letters = end;
        while is(end, u8::is_ascii_alphabetic) {
            end += 1;
        }
        if begins && end > letters && !is(end, u8::is_ascii_digit) {
            found.push((at, end));
        }
        at = end.max(at + 1);
    }
    found
}

/// Letters that a one is mistaken for.
fn like_one(text: &str) -> bool {
    matches!(text, "i" | "l" | "vi" | "vl" | "ii" | "li")
}

fn version(subject: &Subject<'_>) -> Vec<Hit> {
    subject.prose.iter().filter_map(garbled).collect()
}

/// "RECIST v i I", "RECIST vi. I": the standard, letters for its version.
fn garbled(passage: &Passage<'_>) -> Option<Hit> {
    let words = passage.words();
    let at = (0..words.len()).find(|at| {
        words.text(*at).ends_with("recist") && {
            let next = words.text(at + 1);
            let from = if matches!(next, "v" | "version") { at + 2 } else { at + 1 };
            let letters = (from..from + 2).take_while(|at| like_one(words.text(*at))).count();
            letters == 2 || (letters == 1 && words.text(from).starts_with('v'))
        }
    })?;
    let end =
        (at + 1..words.len()).take_while(|at| words.text(*at) == "v" || like_one(words.text(*at))).last()?
            + 1;
    let span: Span = passage.span(&words, at..end);
    let text = span.of(passage.text).unwrap_or_default().to_owned();
    Some(Hit::new(format!("\"{text}\""), vec![span]))
}
