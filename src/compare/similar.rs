//! How much two texts say the same in other words.

use std::collections::BTreeSet;

use crate::library::index::words::words;

/// Words that say nothing about what a text is about.
const EMPTY_WORDS: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "by",
    "for",
    "from",
    "has",
    "have",
    "in",
    "is",
    "it",
    "must",
    "of",
    "on",
    "or",
    "other",
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "that",
    "the",
    "their",
    "this",
    "to",
    "was",
    "were",
    "who",
    "will",
    "with",
    "within",
];

/// The words of a text that carry its meaning.
pub fn content(text: &str) -> BTreeSet<String> {
    words(text)
        .into_iter()
        .filter(|word| !word.joined && !EMPTY_WORDS.contains(&word.text.as_str()))
        .map(|word| word.text)
        .collect()
}

/// How much two sets of words share, from 0 to 1 (twice the common words over all words).
pub fn overlap(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}
