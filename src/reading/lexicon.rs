//! A table of phrases, looked up at a token: the longest phrase that starts there wins.
//!
//! Phrases are cut by the lexer that cuts the text, so that "q.d." and "by mouth" are found as they are written.

use super::hash::WordMap;
use super::lexer::{Tokens, lex};
use super::numbers::Found;

/// Phrases and what each means.
#[derive(Clone, Debug)]
pub struct Lexicon<T> {
    /// By their first token; longest first, then in the order of their arrival.
    by_first: WordMap<Vec<Phrase<T>>>,
    /// What the first tokens look like: nearly every token of a text is asked for, and few begin a phrase.
    looks: Looks,
}

/// A set of looks of words: what is not in it is no word of the table.
#[derive(Clone, Debug, Default)]
struct Looks(Vec<u64>);

/// Bits of a look.
const LOOK_BITS: u32 = 14;

impl Looks {
    /// First, second and last byte and the length: told without a walk over the word.
    fn place(word: &str) -> (usize, u64) {
        let bytes = word.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        let look = ((byte(0) * 31 + byte(1)) * 37 + byte(bytes.len().saturating_sub(1))) * 7 + bytes.len();
        let look = look & ((1 << LOOK_BITS) - 1);
        (look / 64, 1 << (look % 64))
    }

    fn add(&mut self, word: &str) {
        let (at, bit) = Self::place(word);
        self.0.resize(1 << (LOOK_BITS - 6), 0);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    fn may_have(&self, word: &str) -> bool {
        let (at, bit) = Self::place(word);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    rest: Box<[Box<str>]>,
    meaning: T,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self { by_first: WordMap::default(), looks: Looks::default() }
    }
}

impl<T: Copy> Lexicon<T> {
    /// Adds a phrase. A phrase that is there already keeps its first meaning; one without a token is dropped.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let tokens = lex(phrase);
        let mut words = (0..tokens.len()).map(|at| Box::<str>::from(tokens.text(at)));
        let Some(first) = words.next() else { return };
        let rest: Box<[Box<str>]> = words.collect();
        self.looks.add(&first);
        let phrases = self.by_first.entry(first).or_default();
        let place = phrases.partition_point(|other| other.rest.len() >= rest.len());
        phrases.insert(place, Phrase { rest, meaning });
    }

    /// The longest phrase that starts at token `at`.
    pub fn at(&self, tokens: &Tokens, at: usize) -> Option<Found<T>> {
        let word = tokens.text(at);
        if !self.looks.may_have(word) {
            return None;
        }
        let phrases = self.by_first.get(word)?;
        let phrase = phrases.iter().find(|phrase| continues(tokens, at + 1, &phrase.rest))?;
        Some(Found::new(phrase.meaning, at + 1 + phrase.rest.len()))
    }

    /// Whether no phrase is in it.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}

fn continues(tokens: &Tokens, at: usize, rest: &[Box<str>]) -> bool {
    rest.iter().enumerate().all(|(offset, word)| tokens.text(at + offset) == &**word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_the_first_meaning_stays() {
        let mut lexicon = Lexicon::default();
        for (phrase, meaning) in [("iv", 1), ("iv infusion", 2), ("i.v.", 1), ("iv", 3), ("", 4)] {
            lexicon.add(phrase, meaning);
        }
        for (text, found) in [
            ("IV infusion", Some(Found::new(2, 2))),
            ("iv, infusion", Some(Found::new(1, 1))),
            ("I.V. once", Some(Found::new(1, 4))),
            ("once", None),
        ] {
            assert_eq!(lexicon.at(&lex(text), 0), found, "{text}");
        }
    }
}
