//! Tokens → bare words and numbers: compounds are opened, lists of numbers come apart.
//!
//! `post-treatment` becomes two words, `c1d15` four pieces, `24,72,168` three numbers: what belongs together is told by
//! the words, not by the writing. Each piece keeps its place in the folded text and what the vocabulary knows of it.

use std::ops::Range;

use super::words::{Vocabulary, Word};
use crate::reading::lexer::{Kind, Token, Tokens};

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'v> {
    /// What it is; a word never has a hyphen in it.
    pub kind: Kind,
    /// First byte in the folded text.
    pub start: u32,
    /// One past its last byte in the folded text.
    pub end: u32,
    /// Whether blanks stand before it.
    pub spaced: bool,
    /// What the vocabulary knows of it.
    pub word: Option<&'v Word>,
}

/// A text as pieces.
pub struct Pieces<'v> {
    raw: &'v str,
    tokens: &'v Tokens,
    text: &'v str,
    list: Vec<Piece<'v>>,
    /// How often a piece was looked at: the measure of a reader's work that does not depend on the machine.
    #[cfg(test)]
    looks: std::cell::Cell<u64>,
    /// The vocabulary they were looked up in.
    pub vocabulary: &'v Vocabulary,
}

impl<'v> Pieces<'v> {
    /// Cuts the tokens of `raw` into pieces. Linear in their number.
    pub fn new(raw: &'v str, tokens: &'v Tokens, vocabulary: &'v Vocabulary) -> Self {
        let text = tokens.folded().text();
        let mut list = Vec::with_capacity(tokens.len() + 8);
        for (at, token) in tokens.all().iter().enumerate() {
            match token.kind {
                Kind::Word => open_word(text, *token, vocabulary, &mut list),
                Kind::Number(_) if tokens.text(at).contains(',') && in_a_list(tokens, at) => {
                    open_number(text, *token, &mut list);
                }
                kind => list.push(piece(kind, token.start, token.end, token.spaced)),
            }
        }
        for piece in &mut list {
            if matches!(piece.kind, Kind::Word | Kind::Number(_)) {
                let word = text.get(piece.start as usize..piece.end as usize).unwrap_or_default();
                piece.word = vocabulary.word(word);
            }
        }
        Self {
            raw,
            tokens,
            text,
            list,
            #[cfg(test)]
            looks: std::cell::Cell::default(),
            vocabulary,
        }
    }

    /// How many pieces.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// No piece at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The piece at `at`.
    pub fn get(&self, at: usize) -> Option<Piece<'v>> {
        self.look();
        self.list.get(at).copied()
    }

    #[cfg(test)]
    fn look(&self) {
        self.looks.set(self.looks.get() + 1);
    }

    #[cfg(not(test))]
    fn look(&self) {}

    /// How often a piece was asked for.
    #[cfg(test)]
    pub(crate) fn looks(&self) -> u64 {
        self.looks.get()
    }

    /// Its text, empty past the end.
    pub fn text(&self, at: usize) -> &'v str {
        self.look();
        self.list.get(at).and_then(|p| self.text.get(p.start as usize..p.end as usize)).unwrap_or_default()
    }

    /// What the vocabulary knows of it.
    pub fn word(&self, at: usize) -> Option<&'v Word> {
        self.look();
        self.list.get(at).and_then(|p| p.word)
    }

    /// Its value, when it is digits.
    pub fn number(&self, at: usize) -> Option<f64> {
        self.look();
        match self.list.get(at)?.kind {
            Kind::Number(value) if value.is_finite() => Some(value),
            _ => None,
        }
    }

    /// Whether blanks or a line end stand before the piece, or the text ends.
    pub fn spaced(&self, at: usize) -> bool {
        self.look();
        self.list.get(at).is_none_or(|p| p.spaced)
    }

    /// The raw bytes that a range of pieces came from; `0..0` for an empty range.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        let first = self.list.get(range.start);
        let last = range.end.checked_sub(1).and_then(|last| self.list.get(last));
        match (first, last) {
            (Some(first), Some(last)) if range.start < range.end => {
                self.tokens.folded().raw(first.start as usize..last.end as usize)
            }
            _ => 0..0,
        }
    }

    /// Whether a sentence may begin at `at`: the text ends, or a capital or a line end stands there.
    pub fn begins_sentence(&self, at: usize) -> bool {
        let Some(piece) = self.list.get(at) else { return true };
        let written = self.raw.get(self.raw(at..at + 1)).unwrap_or_default();
        piece.kind == Kind::Line || written.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
    }

    /// Whether a piece is written as an abbreviation or a code name: capitals or digits.
    pub fn is_code_name(&self, at: usize) -> bool {
        let written = self.raw.get(self.raw(at..at + 1)).unwrap_or_default();
        written.chars().any(|c| c.is_ascii_digit())
            || written.chars().filter(|c| c.is_uppercase()).count() > 1
    }
}

fn piece<'v>(kind: Kind, start: u32, end: u32, spaced: bool) -> Piece<'v> {
    Piece { kind, start, end, spaced, word: None }
}

/// Words at hyphens and apostrophes; letters from digits where the letters count something (`c1d15`, but not `il12`).
fn open_word(text: &str, token: Token, vocabulary: &Vocabulary, list: &mut Vec<Piece<'_>>) {
    let Some(word) = text.get(token.start as usize..token.end as usize) else { return };
    // Most words are letters only and not grown together with anything.
    if word.bytes().all(|b| b.is_ascii_alphabetic()) && !word.starts_with('p') {
        list.push(piece(Kind::Word, token.start, token.end, token.spaced));
        return;
    }
    let mut at = token.start;
    let mut spaced = token.spaced;
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    let numbered = digits && word.split(['-', '\'']).all(|part| runs_count(part, vocabulary));
    for (index, part) in word.split(['-', '\'']).enumerate() {
        if index > 0 {
            // Before digits a hyphen may be a minus (`day-14`): it stays a piece of its own.
            // Between a start and a label it is a dash ("baseline-week 12").
            let dash = list.last().is_some_and(|last| {
                is_start(text, last, vocabulary)
                    && vocabulary.word(part).is_some_and(|word| word.unit.is_some())
            });
            if dash || part.starts_with(|c: char| c.is_ascii_digit()) {
                list.push(piece(Kind::Sign, at, at + 1, spaced));
            }
            at += 1;
        }
        for run in runs(part, numbered, vocabulary) {
            let end = at + run.len() as u32;
            let kind = match run.parse() {
                Ok(value) if run.starts_with(|c: char| c.is_ascii_digit()) => Kind::Number(value),
                _ => Kind::Word,
            };
            list.push(piece(kind, at, end, spaced));
            spaced = false;
            at = end;
        }
    }
}

/// A word that alone names a start.
fn is_start(text: &str, piece: &Piece<'_>, vocabulary: &Vocabulary) -> bool {
    let word = text.get(piece.start as usize..piece.end as usize).unwrap_or_default();
    vocabulary.names_a_start(word)
}

/// A part of a word: "pre" and "post" come off, letters and digits come apart where they count something.
fn runs<'w>(part: &'w str, numbered: bool, vocabulary: &Vocabulary) -> Vec<&'w str> {
    let head = before_or_after(part, vocabulary);
    match (part.get(..head), part.get(head..)) {
        (Some(first), Some(rest)) if head > 0 => vec![first, rest],
        _ if numbered => letter_runs(part).collect(),
        _ => vec![part],
    }
}

/// Whether all letters of a part count something, so that its digits are numbers of their own. Digits between letters
/// are a code (`t790m`) unless they are a repeat's (`q3w`).
fn runs_count(part: &str, vocabulary: &Vocabulary) -> bool {
    let letters = |c: char| !c.is_ascii_digit();
    let digits = part.bytes().any(|b| b.is_ascii_digit());
    let code = digits && part.starts_with(letters) && part.ends_with(letters) && !part.starts_with('q');
    !code
        && letter_runs(part).all(|run| {
            run.starts_with(|c: char| c.is_ascii_digit())
                || matches!(run, "q" | "and" | "or")
                || vocabulary.word(run).is_some_and(|word| word.counts())
        })
}

/// A part of a word cut between letters and digits.
fn letter_runs(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let digits = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// The length of a "pre" or "post" that is grown together with something the vocabulary knows ("predose").
fn before_or_after(word: &str, vocabulary: &Vocabulary) -> usize {
    ["post", "pre"]
        .iter()
        .find(|head| word.strip_prefix(**head).is_some_and(|rest| vocabulary.names_something(rest)))
        .map_or(0, |head| head.len())
}

/// Whether a number with commas stands in a list of numbers written without blanks: `8,12,24,168`.
fn in_a_list(tokens: &Tokens, at: usize) -> bool {
    let glued = |index: usize| tokens.get(index).is_some_and(|t| !t.spaced);
    let before = at >= 2
        && tokens.text(at - 1) == ","
        && tokens.number(at - 2).is_some()
        && glued(at)
        && glued(at - 1);
    let after =
        tokens.text(at + 1) == "," && tokens.number(at + 2).is_some() && glued(at + 1) && glued(at + 2);
    let groups = tokens.text(at).matches(',').count();
    before || after || groups > 1
}

fn open_number(text: &str, token: Token, list: &mut Vec<Piece<'_>>) {
    let Some(number) = text.get(token.start as usize..token.end as usize) else { return };
    let mut at = token.start;
    for (index, part) in number.split(',').enumerate() {
        if index > 0 {
            list.push(piece(Kind::Sign, at, at + 1, false));
            at += 1;
        }
        let end = at + part.len() as u32;
        let value = part.parse().unwrap_or(f64::NAN);
        list.push(piece(Kind::Number(value), at, end, index == 0 && token.spaced));
        at = end;
    }
}
