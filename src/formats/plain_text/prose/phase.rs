//! The phase: `phase II`, `Phase 1/2`, `phase Ib/IIa` where it is said of this study.

use super::sentence::Sentence;
use crate::protocol::Code;

/// Numerals and what they are. A letter behind them names a part of the phase.
const NUMERALS: &[(&str, u8)] =
    &[("i", 1), ("ii", 2), ("iii", 3), ("iv", 4), ("1", 1), ("2", 2), ("3", 3), ("4", 4)];
/// Words for what has a phase.
const STUDIES: &[&str] = &["study", "trial", "clinical", "research", "project", "investigation"];
/// Words that begin a sentence about this study.
const OWN: &[&str] = &["this", "the", "a", "an", "it", "we", "our", "present", "current"];
/// Words of sentences about other studies, and of doses that are only named after a phase.
const FOREIGN: &[&str] = &[
    "previous",
    "previously",
    "prior",
    "earlier",
    "recommended",
    "rp2d",
    "published",
    "showed",
    "shown",
    "demonstrated",
    "reported",
    "recent",
    "ongoing",
    "subsequent",
    "future",
    "completed",
    "pivotal",
];
/// How far behind the phase the word for the study may stand.
const NEAR: usize = 12;

/// The phases that the title states, else the sentences; nothing when they differ.
pub fn read(title: &str, sentences: &[Sentence]) -> Vec<Code> {
    let titled = all(&Sentence::new(title), |_, _| true);
    if let Some(phases) = only(titled) {
        return phases;
    }
    let said = sentences
        .iter()
        .filter(|sentence| !sentence.has(FOREIGN))
        .flat_map(|sentence| all(sentence, of_study));
    only(said.collect()).unwrap_or_default()
}

/// `this is a phase II … study`.
fn of_study(sentence: &Sentence, end: usize) -> bool {
    let own = (0..4).any(|at| OWN.contains(&sentence.word(at)));
    own && (end..end + NEAR).any(|at| STUDIES.contains(&sentence.word(at)))
}

/// Every phase of a sentence for which `counts` holds at the token after it.
fn all(sentence: &Sentence, counts: impl Fn(&Sentence, usize) -> bool) -> Vec<Vec<Code>> {
    (0..sentence.len())
        .filter_map(|at| phases(sentence, at))
        .filter(|(_, end)| sentence.word(*end) != "dose" && counts(sentence, *end))
        .map(|(phases, _)| phases)
        .collect()
}

/// The one value that all give.
fn only(mut found: Vec<Vec<Code>>) -> Option<Vec<Code>> {
    let first = found.pop()?;
    found.iter().all(|other| *other == first).then_some(first)
}

/// The phases named from `at` on, and the token after them.
fn phases(sentence: &Sentence, at: usize) -> Option<(Vec<Code>, usize)> {
    let word = sentence.word(at);
    let (first, mut end) = match word.strip_prefix("phase-") {
        Some(joined) => (numeral(joined)?, at + 1),
        None if matches!(word, "phase" | "phases") => (numeral(sentence.word(at + 1))?, at + 2),
        None => return None,
    };
    if sentence.word(at.wrapping_sub(1)) == "early" && first == 1 {
        return Some((vec!["EARLY_PHASE1".into()], end));
    }
    // `2a` is cut into a number and a letter.
    if part(sentence.word(end)) {
        end += 1;
    }
    let mut numbers = vec![first];
    if matches!(sentence.word(end), "/" | "-" | "and" | "&")
        && let Some(second) = numeral(sentence.word(end + 1)).filter(|second| *second == first + 1)
    {
        numbers.push(second);
        end += 2;
        if part(sentence.word(end)) {
            end += 1;
        }
    }
    Some((numbers.into_iter().map(|number| Code(format!("PHASE{number}"))).collect(), end))
}

fn part(word: &str) -> bool {
    matches!(word, "a" | "b" | "c")
}

/// `ii`, `2`, `iib`.
fn numeral(word: &str) -> Option<u8> {
    let plain = word.strip_suffix(['a', 'b', 'c']).unwrap_or(word);
    NUMERALS.iter().find(|(numeral, _)| *numeral == plain).map(|(_, number)| *number)
}
