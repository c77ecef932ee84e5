//! Finding a vocabulary's phrases in a text: a word stream over the lexer's tokens, and a trie of word patterns.
//!
//! Knows how phrases are written (plurals, hyphens, British and American spelling, abbreviations in capitals),
//! nothing of what they mean: each pattern carries a payload that its reader understands.
//!
//! A pattern is words with blanks between them: `a|b` is either word, `word?` may be missing, `..` stands for up to
//! [`GAP`] words of the same sentence, `#` for a number. A word in capitals (`OS`) is only found where the text writes it
//! with capitals too (`OS`, `DoR` for `DOR`), so that an abbreviation is not taken for an everyday word; one that mixes
//! small letters and capitals (`pCR`, `IgA`) only where the text writes it just so.

mod dictionary;
mod openers;
mod set;
mod spelling;
mod words;

use std::ops::Range;

pub use dictionary::{Dictionary, Numbered};
pub use openers::Openers;
pub use set::PhraseSet;
pub use words::{Word, Words};

/// How many words a `..` in a pattern may stand for.
pub const GAP: usize = 4;

/// A pattern's place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which pattern, as the number that was given when it was added.
    pub payload: usize,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

impl Match {
    /// Its words.
    pub fn words(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// One set of patterns with a dictionary of its own.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    dictionary: Dictionary,
    set: PhraseSet,
}

impl Phrases {
    /// Adds a pattern. The first of two equal patterns keeps its payload.
    pub fn add(&mut self, pattern: &str, payload: usize) {
        self.set.add(&mut self.dictionary, pattern, payload);
    }

    /// All matches, leftmost first and the longest of those that start together; they do not overlap.
    pub fn find(&self, words: &Words<'_>) -> Vec<Match> {
        self.set.find(&self.dictionary.number(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    fn found(patterns: &[&str], raw: &str) -> Vec<String> {
        let mut phrases = Phrases::default();
        for (payload, pattern) in patterns.iter().enumerate() {
            phrases.add(pattern, payload);
        }
        let tokens = lex(raw);
        let words = Words::of(&tokens, raw);
        phrases.find(&words).iter().map(|hit| raw[words.raw(hit.words())].to_owned()).collect()
    }

    #[test]
    fn hyphens_plurals_and_spelling_do_not_matter() {
        for (pattern, raw, hit) in [
            ("progression free survival", "Progression-Free survival rate", "Progression-Free survival"),
            ("antibody", "anti-drug antibodies", "antibodies"),
            ("tumor response", "Tumour responses", "Tumour responses"),
            ("AE", "all AEs", "AEs"),
            ("patient impression", "Patient's impression", "Patient's impression"),
        ] {
            assert_eq!(found(&[pattern], raw), [hit], "{raw}");
        }
    }

    #[test]
    fn an_abbreviation_is_found_in_capitals_only() {
        assert_eq!(found(&["OS"], "the os pubis and OS"), ["OS"]);
    }

    #[test]
    fn a_word_of_small_letters_and_capitals_is_found_written_just_so() {
        assert_eq!(found(&["pCR"], "PCR, pcr and pCR"), ["pCR"]);
        assert_eq!(found(&["IGA", "IgA level"], "IgA levels and IGA"), ["IgA levels", "IGA"]);
    }

    #[test]
    fn alternatives_options_gaps_and_numbers() {
        let patterns = ["time to .. progression|relapse", "rate of? death", "grade #"];
        let raw = "Time to first documented progression, rate of death, grade 3. Time to\nprogression";
        assert_eq!(
            found(&patterns, raw),
            ["Time to first documented progression", "rate of death", "grade 3"]
        );
    }

    #[test]
    fn the_longest_of_those_that_start_together_wins() {
        let raw = "complete response rate";
        assert_eq!(found(&["complete", "complete response", "response rate"], raw), ["complete response"]);
    }
}
