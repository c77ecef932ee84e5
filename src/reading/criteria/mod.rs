//! An eligibility text → numbered items and the limits in them.
//!
//! `items` splits the text; `limits` reads the comparisons that stand in it, in the words of `vocabulary`; `tags` reads
//! what it speaks of besides; `typed` says what a patient must satisfy.

pub mod agreement;
pub mod items;
pub mod limits;
pub mod tags;
pub mod typed;
pub mod vocabulary;

use crate::protocol::CriteriaReading;
use crate::reading::lexer::lex;

use limits::atoms::Atoms;
use vocabulary::Vocabulary;

/// Reads a whole eligibility text with the built-in vocabulary.
pub fn read(text: &str) -> CriteriaReading {
    read_with(text, Vocabulary::embedded())
}

/// Reads a whole eligibility text. Linear in its length.
pub fn read_with(text: &str, vocabulary: &Vocabulary) -> CriteriaReading {
    let tokens = lex(text);
    let items = items::split_with_words(text, &tokens);
    let atoms = Atoms::of(text, &tokens, vocabulary.trie());
    let facts = limits::read(text, &atoms, &items, vocabulary);
    let criteria: Vec<_> = items.into_iter().map(|(criterion, _)| criterion).collect();
    let (inclusion_items, exclusion_items) = items::count(&criteria);
    let tags = tags::read(text, &tokens, &criteria);
    CriteriaReading { inclusion_items, exclusion_items, facts, criteria, tags }
}
