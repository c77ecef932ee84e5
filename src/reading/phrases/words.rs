//! A text as words: tokens, hyphenated ones taken apart, each with its sentence.

use std::ops::Range;

use crate::reading::fold::Forward;
use crate::reading::hash::mark;
use crate::reading::lexer::{Kind, Tokens};

/// One word of a text: a token, or the part of a hyphenated one.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// Its folded text.
    pub text: &'t str,
    /// The mark of that.
    pub mark: u32,
    /// As the text writes it.
    pub raw: &'t str,
    /// Its place in the folded text.
    pub start: usize,
    /// One past its last byte in the folded text.
    pub end: usize,
    /// The text writes it with at least two capitals, or its only letter is one.
    pub capitals: bool,
    /// It is a number.
    pub number: bool,
    /// Which sentence it stands in, from 0. A full stop, a semicolon and a line end close one.
    pub sentence: u32,
}

/// A text as words.
#[derive(Debug)]
pub struct Words<'t> {
    tokens: &'t Tokens,
    words: Vec<Word<'t>>,
}

impl<'t> Words<'t> {
    /// The words of a text. `raw` is the text that `tokens` were cut from. Linear.
    pub fn of(tokens: &'t Tokens, raw: &'t str) -> Self {
        Self::within(tokens, raw, 0..tokens.len())
    }

    /// The words of a range of a text's tokens.
    pub fn within(tokens: &'t Tokens, raw: &'t str, range: Range<usize>) -> Self {
        let mut words = Vec::with_capacity(range.len());
        let mut sentence = 0;
        let mut places = tokens.folded().forward();
        for index in range {
            let Some(token) = tokens.get(index) else { break };
            let text = tokens.text(index);
            match token.kind {
                Kind::Line => sentence += 1,
                Kind::Sign if matches!(text, "." | ";" | "?" | "!") => sentence += 1,
                Kind::Sign if text == "%" => {
                    words.push(Word {
                        text,
                        mark: token.mark,
                        raw: text,
                        start: token.start as usize,
                        end: token.end as usize,
                        capitals: false,
                        number: false,
                        sentence,
                    });
                }
                Kind::Sign => {}
                Kind::Number(_) => words.push(Word {
                    text,
                    mark: token.mark,
                    raw: text,
                    start: token.start as usize,
                    end: token.end as usize,
                    capitals: false,
                    number: true,
                    sentence,
                }),
                Kind::Word if token.joined => {
                    push_parts(&mut words, &mut places, raw, text, token.start as usize, sentence);
                }
                Kind::Word => {
                    words.push(part(&mut places, raw, text, token.mark, token.start as usize, sentence));
                }
            }
        }
        Self { tokens, words }
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// No word at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words in order.
    pub fn all(&self) -> &[Word<'t>] {
        &self.words
    }

    /// The word at `index`.
    pub fn get(&self, index: usize) -> Option<&Word<'t>> {
        self.words.get(index)
    }

    /// The folded text of the word at `index`; empty past the end.
    pub fn text(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| word.text)
    }

    /// The raw bytes that a range of words came from; `0..0` for an empty range.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        let last = range.end.checked_sub(1).and_then(|last| self.words.get(last));
        match (self.words.get(range.start), last) {
            (Some(first), Some(last)) if range.start < range.end => {
                self.tokens.folded().raw(first.start..last.end)
            }
            _ => 0..0,
        }
    }

    /// The tokens they were cut from.
    pub fn tokens(&self) -> &'t Tokens {
        self.tokens
    }
}

/// The parts of a word token between its hyphens and apostrophes; a possessive `s` is dropped.
fn push_parts<'t>(
    words: &mut Vec<Word<'t>>,
    places: &mut Forward<'_>,
    raw: &'t str,
    text: &'t str,
    start: usize,
    sentence: u32,
) {
    let mut from = 0;
    let mut after_apostrophe = false;
    for (at, sign) in text.match_indices(['-', '\'']).chain([(text.len(), "")]) {
        let own = text.get(from..at).unwrap_or_default();
        let possessive = after_apostrophe && own == "s";
        if !own.is_empty() && !possessive {
            words.push(part(places, raw, own, mark(own.as_bytes()), start + from, sentence));
        }
        after_apostrophe = sign == "'";
        from = at + sign.len();
    }
}

/// One part of a word, or a whole one.
fn part<'t>(
    places: &mut Forward<'_>,
    raw: &'t str,
    text: &'t str,
    mark: u32,
    start: usize,
    sentence: u32,
) -> Word<'t> {
    let end = start + text.len();
    let written = raw.get(places.raw(start..end)).unwrap_or_default();
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    // Most words are written just as they are folded, in small letters.
    let small = written == text && text.is_ascii();
    Word { text, mark, raw: written, start, end, capitals: !small && in_capitals(written), number, sentence }
}

/// At least two capitals, or a capital and no other letter.
fn in_capitals(text: &str) -> bool {
    if text.is_ascii() {
        let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
        let letters = || text.bytes().filter(u8::is_ascii_alphabetic).count();
        return capitals >= 2 || (capitals == 1 && letters() == 1);
    }
    let capitals = text.chars().filter(|ch| ch.is_uppercase()).count();
    capitals >= 2 || (capitals == 1 && text.chars().filter(|ch| ch.is_alphabetic()).count() == 1)
}
