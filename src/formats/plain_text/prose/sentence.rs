//! Prose cut into sentences, each with its tokens.

use std::ops::Range;

use crate::reading::abbreviations::is_abbreviation;
use crate::reading::lexer::{Kind, Tokens, lex};

/// Short forms of several letters whose stop ends no sentence.
const LETTERS: &[&str] =
    &["e.g", "eg", "i.e", "i.m", "i.v", "ie", "im", "iv", "p.o", "po", "s.c", "sc", "u.s"];

/// A sentence is not longer than this many bytes.
const LONGEST: usize = 8 << 10;

/// A sentence: its words as they stand in the text, and as tokens.
#[derive(Debug)]
pub struct Sentence {
    /// Verbatim.
    pub raw: String,
    tokens: Tokens,
}

impl Sentence {
    /// One sentence.
    pub fn new(raw: &str) -> Self {
        Self { raw: raw.to_owned(), tokens: lex(raw) }
    }

    /// All sentences of a text, but for what is too long to be one.
    pub fn all(text: &str) -> Vec<Self> {
        split(text).into_iter().filter(|raw| raw.len() <= LONGEST).map(Self::new).collect()
    }

    /// How many tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `at`, folded; empty past the end.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.text(at)
    }

    /// A number token's value.
    pub fn number(&self, at: usize) -> Option<f64> {
        self.tokens.number(at)
    }

    /// Whether the token is a word.
    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// Whether these words stand from `at` on.
    pub fn reads(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.matches(at, words)
    }

    /// Whether one of these words stands anywhere.
    pub fn has(&self, words: &[&str]) -> bool {
        (0..self.len()).any(|at| words.contains(&self.word(at)))
    }

    /// The words of a range of tokens as they stand in the text.
    pub fn raw(&self, tokens: Range<usize>) -> &str {
        self.raw.get(self.tokens.raw(tokens)).unwrap_or_default()
    }
}

/// Cuts at `. ` before a capital or a bullet, unless the stop belongs to a short form, and at line ends.
fn split(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, ch) in text.char_indices() {
        let end = at + ch.len_utf8();
        let (before, after) = (text.get(start..at).unwrap_or_default(), text.get(end..).unwrap_or_default());
        let ends = match ch {
            '\n' | '。' | '！' | '？' => true,
            '!' | '?' => after.starts_with(char::is_whitespace),
            '.' => begins_sentence(after) && !ends_in_abbreviation(before),
            _ => false,
        };
        if ends {
            sentences.push(text.get(start..end).unwrap_or_default().trim());
            start = end;
        }
    }
    sentences.push(text.get(start..).unwrap_or_default().trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn begins_sentence(after: &str) -> bool {
    let mut chars = after.chars();
    let spaced = chars.next().is_none_or(char::is_whitespace);
    let first = chars.find(|c| !c.is_whitespace());
    spaced && first.is_none_or(|c| !c.is_lowercase())
}

fn ends_in_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let word = word.to_lowercase();
    // "over 30 min. Patients then …": these end sentences as often.
    let units = matches!(word.as_str(), "min" | "max");
    LETTERS.contains(&word.as_str()) || is_abbreviation(&word) && !units
}
