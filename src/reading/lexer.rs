//! Folded text → tokens: words, numbers, signs and line ends, each with its place.
//!
//! Knows how words and numbers are written, nothing of what they mean.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::hash::mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Letters, with digits, apostrophes or inner hyphens after the first letter (`tas-102`, `m2`, `q3w`).
    Word,
    /// Digits with separators (`1,200`, `1.5`); the value takes a comma before three digits as thousands and one
    /// point as decimal. How `50.000` or `1,5` is meant is the reader's to say, from the text.
    Number(f64),
    /// One character that is neither, or one of `>=` `<=` `>/=` `</=` `+/-`, told by its text.
    Sign,
    /// A line end.
    Line,
}

/// A token: its kind and its place in the folded text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte in the folded text.
    pub start: u32,
    /// One past its last byte in the folded text.
    pub end: u32,
    /// Its folded text's mark: what tables of words are looked up by.
    pub mark: u32,
    /// Whether blanks or a line end stand before it.
    pub spaced: bool,
    /// Whether a hyphen or an apostrophe stands within it: a word of several.
    pub joined: bool,
}

/// A text cut into tokens.
#[derive(Debug, Default)]
pub struct Tokens {
    folded: Folded,
    tokens: Vec<Token>,
    /// How often a token was looked at: the measure of a reader's work that does not depend on the machine.
    #[cfg(test)]
    looks: std::cell::Cell<u64>,
}

impl Tokens {
    /// How many tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// No token at all.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens in order.
    pub fn all(&self) -> &[Token] {
        &self.tokens
    }

    /// The token at `index`.
    pub fn get(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    /// A token's folded text; empty past the end.
    pub fn text(&self, index: usize) -> &str {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        self.get(index)
            .and_then(|t| self.folded.text().get(t.start as usize..t.end as usize))
            .unwrap_or_default()
    }

    /// Whether a token's folded text is this: cheaper than to look at the text, since most are of another length.
    pub fn is(&self, index: usize, word: &str) -> bool {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        self.tokens.get(index).is_some_and(|token| {
            let range = token.start as usize..token.end as usize;
            range.len() == word.len() && self.folded.text().as_bytes().get(range) == Some(word.as_bytes())
        })
    }

    /// A number token's value.
    pub fn number(&self, index: usize) -> Option<f64> {
        match self.get(index)?.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the tokens from `index` on read as `words`, each compared with one token's folded text.
    pub fn matches(&self, index: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.is(index + offset, word))
    }

    /// The folded text between the first and last of a range of tokens.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.folded_range(range).and_then(|r| self.folded.text().get(r)).unwrap_or_default()
    }

    /// The raw bytes that a range of tokens came from; an empty range gives `0..0`.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        self.folded_range(range).map(|r| self.folded.raw(r)).unwrap_or(0..0)
    }

    /// The first token that begins at the raw byte `raw` or later.
    pub fn starting_at(&self, raw: usize) -> usize {
        let before = self.folded.beginning_before(raw);
        self.tokens.partition_point(|token| (token.start as usize) < before)
    }

    /// How often a token's text was asked for.
    #[cfg(test)]
    pub(crate) fn looks(&self) -> u64 {
        self.looks.get()
    }

    /// The whole folded text.
    pub fn folded(&self) -> &Folded {
        &self.folded
    }

    fn folded_range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
        Some(self.get(range.start)?.start as usize..self.get(last)?.end as usize)
    }
}

/// Cuts a raw text into tokens. Linear in its length.
pub fn lex(raw: &str) -> Tokens {
    let folded = fold(raw);
    let mut tokens = Vec::with_capacity(raw.len() / 3);
    let text = folded.text();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    while at < bytes.len() {
        if bytes[at] == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        let (kind, end, joined) = token_at(text, bytes, at);
        let mark = mark(&bytes[at..end]);
        tokens.push(Token { kind, start: at as u32, end: end as u32, mark, spaced, joined });
        spaced = kind == Kind::Line;
        at = end;
    }
    Tokens {
        folded,
        tokens,
        #[cfg(test)]
        looks: std::cell::Cell::default(),
    }
}

/// Signs of more than one character, longest first.
const LONG_SIGNS: &[&str] = &[">/=", "</=", "+/-", ">=", "<=", "=<", "=>", "..."];

/// The token at `at`: what it is, where it ends, and whether it is a word of several joined ones.
fn token_at(text: &str, bytes: &[u8], at: usize) -> (Kind, usize, bool) {
    let byte = bytes[at];
    let wide = || text[at..].chars().next().is_some_and(char::is_alphabetic);
    if byte.is_ascii_alphabetic() || !byte.is_ascii() && wide() {
        return word(text, at);
    }
    if byte == b'\n' {
        return (Kind::Line, at + 1, false);
    }
    if byte.is_ascii_digit() || (byte == b'.' && starts_fraction(bytes, at)) {
        let (kind, end) = number(text, bytes, at);
        return (kind, end, false);
    }
    let Some(ch) = text[at..].chars().next() else { return (Kind::Sign, bytes.len(), false) };
    let long = if matches!(byte, b'<' | b'>' | b'=' | b'+' | b'.') { LONG_SIGNS } else { &[] };
    let length =
        long.iter().find(|sign| text[at..].starts_with(**sign)).map_or(ch.len_utf8(), |sign| sign.len());
    (Kind::Sign, at + length, false)
}

/// A point that begins a number (`.5`): a digit after it, no digit or letter before it.
fn starts_fraction(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
}

/// Which bytes are ASCII letters and digits: asked for every byte of a text.
const WORD_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// A word that starts at `at`: letters, digits, and hyphens, apostrophes that stand between them.
fn word(text: &str, at: usize) -> (Kind, usize, bool) {
    // Most words are plain ASCII letters: they need no decoding.
    let bytes = text.as_bytes();
    let mut end = at;
    while bytes.get(end).is_some_and(|byte| WORD_BYTES[usize::from(*byte)]) {
        end += 1;
    }
    match bytes.get(end) {
        Some(byte) if !byte.is_ascii() || matches!(byte, b'-' | b'\'') => {
            let (end, joined) = wide_word_end(text, end);
            (Kind::Word, end, joined)
        }
        _ => (Kind::Word, before_glued_dose(&bytes[at..end]).map_or(end, |head| at + head), false),
    }
}

/// Where `zorafenib200mg` has its dose: behind six letters or more, digits and a unit.
fn before_glued_dose(word: &[u8]) -> Option<usize> {
    const SHORTEST: usize = 6;
    const UNITS: &[&[u8]] = &[b"mg", b"ug", b"mcg", b"ml", b"g"];
    // Few words end so: that is asked first.
    if !matches!(word.last(), Some(b'g' | b'l')) {
        return None;
    }
    let unit = word.iter().rposition(u8::is_ascii_digit)? + 1;
    let head = word.iter().position(u8::is_ascii_digit)?;
    let digits = word.get(head..unit)?.iter().all(u8::is_ascii_digit);
    (digits && head >= SHORTEST && UNITS.contains(&word.get(unit..)?)).then_some(head)
}

/// Where a word ends, from `at` on, where a hyphen, an apostrophe or a character beyond ASCII stands; and whether any of
/// the first two is within it.
fn wide_word_end(text: &str, at: usize) -> (usize, bool) {
    let mut end = at;
    let mut any_joint = false;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((offset, ch)) = chars.next() {
        let joins = matches!(ch, '-' | '\'') && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(ch.is_alphanumeric() || joins) {
            break;
        }
        any_joint |= joins;
        end = at + offset + ch.len_utf8();
    }
    (end, any_joint)
}

/// A number that starts at `at`: digits, with `,` before groups of three and `.` before digits.
fn number(text: &str, bytes: &[u8], at: usize) -> (Kind, usize) {
    let mut end = at;
    let mut points = 0;
    while end < bytes.len() {
        match bytes[end] {
            b'0'..=b'9' => end += 1,
            b',' if groups_of_three(bytes, end) && points == 0 => end += 1,
            b'.' if points == 0 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {
                points += 1;
                end += 1;
            }
            _ => break,
        }
    }
    let written = &text[at..end];
    // Most numbers are a few digits.
    if points == 0
        && end - at <= 9
        && let Ok(value) = written.parse::<u32>()
    {
        return (Kind::Number(f64::from(value)), end);
    }
    let value = if written.contains(',') { written.replace(',', "").parse() } else { written.parse() };
    (Kind::Number(value.unwrap_or(f64::NAN)), end)
}

/// Exactly three digits after the comma, then no further digit.
fn groups_of_three(bytes: &[u8], comma: usize) -> bool {
    let digits = bytes.iter().skip(comma + 1).take(4).take_while(|b| b.is_ascii_digit()).count();
    digits == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str) -> String {
        let tokens = lex(raw);
        (0..tokens.len()).map(|i| tokens.text(i).replace('\n', "¶")).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_numbers_and_signs_are_told_apart() {
        for (raw, tokens) in [
            ("TAS-102 35mg/m², BID", "tas-102|35|mg|/|m2|,|bid"),
            ("1,200 mg D1-D21; 1.5×10\\^9/L", "1,200|mg|d1-d21|;|1.5|×|10|^|9|/|l"),
            ("age >= 18\n\\>/= .5", "age|>=|18|¶|>/=|.5"),
            ("days 1-5, 8,15", "days|1|-|5|,|8|,|15"),
            ("q3w.", "q3w|."),
        ] {
            assert_eq!(shown(raw), tokens, "{raw}");
        }
    }

    #[test]
    fn token_ranges_lead_back_to_raw_bytes() {
        let raw = "give 5×10\\^7 VP";
        let tokens = lex(raw);
        assert_eq!(&raw[tokens.raw(1..6)], "5×10\\^7");
        assert_eq!(tokens.raw(3..3), 0..0);
    }
}
