//! A table of phrases, looked up at a token: the longest phrase that starts there wins.
//!
//! Phrases are cut by the lexer that cuts the text, so that "q.d." and "by mouth" are found as they are written.

use super::hash::{Marked, MarkedWords};
use super::lexer::{Tokens, lex};
use super::numbers::Found;

/// Phrases and what each means.
#[derive(Clone, Debug)]
pub struct Lexicon<T> {
    /// By their first token.
    by_first: MarkedWords<First<T>>,
}

/// The phrases that begin with one word.
#[derive(Clone, Debug)]
struct First<T> {
    /// What the word means by itself.
    alone: Option<T>,
    /// By the mark of their second token, since some words begin hundreds of phrases; longest first, then in the order
    /// of their arrival.
    longer: Marked<Vec<Phrase<T>>>,
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    rest: Box<[Box<str>]>,
    meaning: T,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self { by_first: MarkedWords::default() }
    }
}

impl<T: Copy> Lexicon<T> {
    /// Adds a phrase. A phrase that is there already keeps its first meaning; one without a token is dropped.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let tokens = lex(phrase);
        if tokens.is_empty() {
            return;
        }
        let rest: Box<[Box<str>]> = (1..tokens.len()).map(|at| tokens.text(at).into()).collect();
        let new = || First { alone: None, longer: Marked::default() };
        let Some(first) = self.by_first.entry(tokens.text(0), new) else { return };
        let Some(second) = tokens.get(1) else {
            first.alone.get_or_insert(meaning);
            return;
        };
        let longer = first.longer.entry(second.mark).or_default();
        let place = longer.partition_point(|other| other.rest.len() >= rest.len());
        longer.insert(place, Phrase { rest, meaning });
    }

    /// The longest phrase that starts at token `at`.
    pub fn at(&self, tokens: &Tokens, at: usize) -> Option<Found<T>> {
        let first = self.by_first.get_with(tokens.get(at)?.mark, || tokens.text(at))?;
        let longer = tokens.get(at + 1).and_then(|second| first.longer.get(&second.mark));
        match longer.into_iter().flatten().find(|phrase| continues(tokens, at + 1, &phrase.rest)) {
            Some(phrase) => Some(Found::new(phrase.meaning, at + 1 + phrase.rest.len())),
            None => first.alone.map(|meaning| Found::new(meaning, at + 1)),
        }
    }

    /// Whether no phrase is in it.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}

fn continues(tokens: &Tokens, at: usize, rest: &[Box<str>]) -> bool {
    rest.iter().enumerate().all(|(offset, word)| tokens.is(at + offset, word))
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
