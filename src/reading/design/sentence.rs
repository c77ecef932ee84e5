//! One sentence of a text, and what stands where in it.

use std::ops::Range;

use super::Vocabulary;
use crate::protocol::Span;
use crate::reading::lexer::{Kind, Tokens};
use crate::reading::lexicon::Lexicon;

/// Longer sentences are read in parts: looking around in one stays bounded.
const LONGEST: usize = 200;

/// A sentence: a range of a text's tokens.
pub struct Sentence<'a> {
    /// The text's tokens.
    pub tokens: &'a Tokens,
    /// Those of the sentence.
    pub range: Range<usize>,
    /// The words of study design.
    pub vocabulary: &'a Vocabulary,
}

/// The sentences of a text.
pub fn sentences<'a>(tokens: &'a Tokens, raw: &str, vocabulary: &'a Vocabulary) -> Vec<Sentence<'a>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if at + 1 == tokens.len() || ends(tokens, raw, at) || at + 1 - start >= LONGEST {
            sentences.push(Sentence { tokens, range: start..at + 1, vocabulary });
            start = at + 1;
        }
    }
    sentences
}

/// A line end, or a full stop with a blank and a capital behind it.
fn ends(tokens: &Tokens, raw: &str, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let next = tokens.get(at + 1);
    match token.kind {
        Kind::Line => true,
        Kind::Sign if matches!(tokens.text(at), "." | "?" | "!" | "•") => {
            let written = raw.get(tokens.raw(at + 1..at + 2)).unwrap_or_default();
            next.is_none_or(|next| next.spaced)
                && written.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
        }
        _ => false,
    }
}

impl Sentence<'_> {
    /// A token's text.
    pub fn text(&self, at: usize) -> &str {
        if self.range.contains(&at) { self.tokens.text(at) } else { "" }
    }

    /// Every phrase of a lexicon in the sentence, from left to right, none inside another.
    pub fn all<T: Copy>(&self, lexicon: &Lexicon<T>) -> Vec<(T, Range<usize>)> {
        let mut all = Vec::new();
        let mut at = self.range.start;
        while at < self.range.end {
            match lexicon.at(self.tokens, at).filter(|found| found.end <= self.range.end) {
                Some(found) => {
                    all.push((found.value, at..found.end));
                    at = found.end;
                }
                None => at += 1,
            }
        }
        all
    }

    /// Whether a phrase of a lexicon stands within `reach` tokens of a range.
    pub fn near<T: Copy>(&self, lexicon: &Lexicon<T>, range: &Range<usize>, reach: usize) -> bool {
        let from = range.start.saturating_sub(reach).max(self.range.start);
        let to = (range.end + reach).min(self.range.end);
        (from..to).any(|at| lexicon.at(self.tokens, at).is_some())
    }

    /// Whether a phrase of a lexicon begins at a token of the sentence.
    pub fn is<T: Copy>(&self, at: usize, lexicon: &Lexicon<T>) -> bool {
        self.range.contains(&at) && lexicon.at(self.tokens, at).is_some()
    }

    /// The bytes of a range of tokens.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new("text", self.tokens.raw(range))
    }
}
