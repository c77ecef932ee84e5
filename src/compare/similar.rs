//! How much two texts say the same in other words.

use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// Fewer words than this are in too many texts to pair any.
const LEAST_WORDS: usize = 5;

/// The words of a text that carry its meaning, each once, as hashes in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content(Vec<u64>);

impl Content {
    /// The words of a text. Linear in its length.
    pub fn of(text: &str) -> Self {
        let mut hashes: Vec<u64> = words(text)
            .into_iter()
            .filter(|word| !word.joined && !EMPTY_WORDS.contains(&word.text.as_str()))
            .map(|word| hash(&word.text))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// How much two texts share, from 0 to 1 (twice the common words over all words).
    pub fn overlap(&self, other: &Self) -> f64 {
        let all = self.0.len() + other.0.len();
        if all == 0 { 0.0 } else { 2.0 * self.common(other) as f64 / all as f64 }
    }

    /// Whether one of two texts has nearly all of the other's words, and enough of them to tell.
    pub fn within(&self, other: &Self) -> bool {
        let shorter = self.0.len().min(other.0.len());
        shorter >= LEAST_WORDS && self.common(other) * 5 >= shorter * 4
    }

    /// Whether there is no word in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a word (folded) is among them.
    pub fn has(&self, word: &str) -> bool {
        self.0.binary_search(&hash(word)).is_ok()
    }

    fn common(&self, other: &Self) -> usize {
        let (mut one, mut two, mut count) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            match a.cmp(b) {
                Ordering::Less => drop(one.next()),
                Ordering::Greater => drop(two.next()),
                Ordering::Equal => {
                    count += 1;
                    one.next();
                    two.next();
                }
            }
        }
        count
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
