//! Numbers as prose writes them: digits, powers of ten, words, ranges, ordinals.
//!
//! Shared by all readers. What a number counts is for the caller to tell.

use super::lexer::{Kind, Tokens};

/// Something that was read at a token, and the first token after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found<T> {
    /// What was read.
    pub value: T,
    /// Index of the first token that does not belong to it.
    pub end: usize,
}

impl<T> Found<T> {
    /// `value`, read up to `end`.
    pub fn new(value: T, end: usize) -> Self {
        Self { value, end }
    }

    /// The same place with another value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Found<U> {
        Found { value: make(self.value), end: self.end }
    }
}

/// Cardinal numbers that are written as one word.
pub(crate) const CARDINALS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

/// Ordinal numbers that are written as one word.
pub(super) const ORDINALS: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
];

/// Words that multiply the number before them.
const SCALES: &[(&str, f64)] = &[("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];

/// A number at token `at`: `1,200`, `0.5`, `5×10^7`, `10^9`, `1e8`, `two`, `twenty-one`, `10 million`, and
/// `two (2)` or `2 (two)` as one. Never negative. A number whose size the writing leaves open (`5×107`, a power whose
/// superscript was lost) is none.
pub fn number(tokens: &Tokens, at: usize) -> Option<Found<f64>> {
    let plain = match tokens.get(at)?.kind {
        Kind::Number(value) if value.is_finite() && !may_go_on(tokens.text(at + 1)) => {
            return Some(Found::new(value, at + 1));
        }
        Kind::Number(value) if value.is_finite() => digits(tokens, at, value)?,
        Kind::Word => word_number(tokens, at)?,
        _ => return None,
    };
    let scaled = scale(tokens, plain);
    Some(restated(tokens, scaled))
}

/// Whether a number can begin at token `at`: only then is it worth a look.
pub fn may_begin(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| match token.kind {
        Kind::Number(_) => true,
        Kind::Word => begins_a_number(tokens.text(at)),
        Kind::Sign | Kind::Line => false,
    })
}

/// A range at token `at`: `60-75`, `4~6`, `1 to 4`, `between 60 and 75`. The ends rise.
pub fn range(tokens: &Tokens, at: usize) -> Option<Found<(f64, f64)>> {
    let between = tokens.is(at, "between");
    let low = number(tokens, if between { at + 1 } else { at })?;
    let joined = match tokens.text(low.end) {
        "and" => between,
        "-" | "~" | "to" | "—" => !between,
        _ => false,
    };
    let high = if joined { number(tokens, low.end + 1)? } else { return None };
    (low.value < high.value).then(|| Found::new((low.value, high.value), high.end))
}

/// An ordinal at token `at`: `first`, `3rd`, `21st`.
pub fn ordinal(tokens: &Tokens, at: usize) -> Option<Found<u32>> {
    if let Some(value) = tokens.number(at) {
        let ends = matches!(tokens.text(at + 1), "st" | "nd" | "rd" | "th");
        let whole = value.fract() == 0.0 && (0.0..1e6).contains(&value);
        return (ends && whole).then(|| Found::new(value as u32, at + 2));
    }
    lookup(ORDINALS, tokens.text(at)).map(|value| Found::new(value, at + 1))
}

/// The value of one number word (`seven`, `twenty-one`), as it may also stand inside a compound (`seven-day`).
pub fn word_value(word: &str) -> Option<f64> {
    // Most words are no number, and their first letters say so.
    if !begins_a_number(word) {
        return None;
    }
    if let Some(value) = lookup(CARDINALS, word) {
        return Some(value);
    }
    let (tens, ones) = word.split_once('-')?;
    let (tens, ones) = (lookup(CARDINALS, tens)?, lookup(CARDINALS, ones)?);
    (tens >= 20.0 && (1.0..10.0).contains(&ones)).then_some(tens + ones)
}

/// Whether a word's first letters are those of a number word; "the", "for" and "on" share two or three of them.
fn begins_a_number(word: &str) -> bool {
    matches!(
        word.as_bytes(),
        [b'z', b'e', b'r', ..]
            | [b'o', b'n', b'e', ..]
            | [b't', b'w', b'o' | b'e', ..]
            | [b't', b'h', b'r' | b'i', ..]
            | [b'f', b'o', b'u', ..]
            | [b'f', b'o', b'r', b't', ..]
            | [b'f', b'i', b'v' | b'f', ..]
            | [b's', b'i', b'x', ..]
            | [b's', b'e', b'v', ..]
            | [b'e', b'i', b'g', ..]
            | [b'n', b'i', b'n', ..]
            | [b't', b'e', b'n', ..]
            | [b'e', b'l', b'e', ..]
    )
}

fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let last = word.as_bytes().last()?;
    // Nearly every word of a text comes here: one byte tells most of them apart.
    let is_it = |name: &str| name.as_bytes().last() == Some(last) && name == word;
    table.iter().find(|(name, _)| is_it(name)).map(|(_, value)| *value)
}

fn word_number(tokens: &Tokens, at: usize) -> Option<Found<f64>> {
    let first = word_value(tokens.text(at))?;
    if tokens.is(at + 1, "hundred") {
        return Some(Found::new(first * 100.0, at + 2));
    }
    match lookup(CARDINALS, tokens.text(at + 1)) {
        Some(ones)
            if (20.0..100.0).contains(&first) && first % 10.0 == 0.0 && (1.0..10.0).contains(&ones) =>
        {
            Some(Found::new(first + ones, at + 2))
        }
        _ => Some(Found::new(first, at + 1)),
    }
}

/// Whether what stands behind digits may belong to the number: a factor, a power, thousands, decimals, the same again.
fn may_go_on(next: &str) -> bool {
    const TIMES: u8 = 0xC3;
    matches!(next.as_bytes(), [b'x' | TIMES | b'*' | b'^' | b'0' | b'(' | b',', ..] | [b'e', b'0'..=b'9', ..])
        || SCALES.iter().any(|(scale, _)| *scale == next)
}

/// Digits at `at`, with the power of ten or the group of thousands that belongs to them.
fn digits(tokens: &Tokens, at: usize, value: f64) -> Option<Found<f64>> {
    if let Some(power) = times_ten(tokens, at + 1) {
        return power.value.map(|exponent| Found::new(scaled(value, exponent), power.end));
    }
    if let Some(decimals) = decimal_comma(tokens, at) {
        return Some(Found::new(decimals, at + 3));
    }
    if value == 10.0
        && let Some(exponent) = caret(tokens, at + 1)
    {
        return Some(exponent.map(|e| 10f64.powi(e)));
    }
    if let Some(exponent) = e_notation(tokens, at + 1) {
        return Some(Found::new(scaled(value, exponent), at + 2));
    }
    // "75 000": blanks between groups of thousands. Other groups than 000 may be a list.
    if tokens.is(at + 1, "000") && tokens.text(at).len() <= 3 && value >= 1.0 {
        return Some(Found::new(value * 1000.0, at + 2));
    }
    Some(Found::new(value, at + 1))
}

/// A number times a power of ten, as it would be written: 1.1 and 14 are 110,000,000,000,000 and nothing beside it.
fn scaled(value: f64, exponent: i32) -> f64 {
    format!("{value}e{exponent}").parse().unwrap_or(value * 10f64.powi(exponent))
}

/// `0,5`: behind a nought a comma parts decimals, unless it stands in a list ("0,5,10").
fn decimal_comma(tokens: &Tokens, at: usize) -> Option<f64> {
    let tight = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    let comma = |at: usize| tokens.is(at, ",");
    if !tokens.is(at, "0") || !comma(at + 1) {
        return None;
    }
    let digits = tokens.text(at + 2);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let list = comma(at + 3) && tight(at + 4) && tokens.number(at + 4).is_some()
        || at > 0 && comma(at - 1) && tight(at);
    if !tight(at + 1) || !tight(at + 2) || !plain || list {
        return None;
    }
    format!("0.{digits}").parse().ok()
}

/// `×10^7`, `x 10^7`, `*10^7`: the exponent. `Found` without a value: a factor of ten whose power is lost.
fn times_ten(tokens: &Tokens, at: usize) -> Option<Found<Option<i32>>> {
    match tokens.text(at) {
        "×" | "x" | "*" => {}
        // Written together the lexer takes them as one word: `x10`, `x10e7`.
        glued => {
            let rest = glued.strip_prefix('x').or_else(|| glued.strip_prefix('×'))?;
            let power = rest.strip_prefix("10")?;
            return if power.is_empty() {
                Some(found_power(caret(tokens, at + 1), at + 1))
            } else {
                let exponent = power.strip_prefix('e').and_then(exponent);
                Some(Found::new(exponent, at + 1))
            };
        }
    }
    if tokens.is(at + 1, "10") {
        let exponent = e_notation(tokens, at + 2).map(|e| Found::new(e, at + 3));
        let exponent = exponent.or_else(|| lost_power(tokens, at + 2));
        return Some(found_power(caret(tokens, at + 2).or(exponent), at + 2));
    }
    // `5×107`: ten to a power whose superscript was lost, or a true product. Nobody can tell.
    let lost = tokens.number(at + 1).is_some() && tokens.text(at + 1).starts_with("10");
    lost.then(|| Found::new(None, at + 2))
}

/// `1 × 10 8 cells`: a power whose sign was lost, where cells or particles are counted.
fn lost_power(tokens: &Tokens, at: usize) -> Option<Found<i32>> {
    const COUNTED: &[&str] = &[
        "cells",
        "car",
        "car-t",
        "viable",
        "viral",
        "vg",
        "vp",
        "pfu",
        "cfu",
        "tcid50",
        "particles",
        "copies",
    ];
    let power = exponent(tokens.text(at)).filter(|power| (4..=15).contains(power))?;
    COUNTED.contains(&tokens.text(at + 1)).then(|| Found::new(power, at + 1))
}

fn found_power(exponent: Option<Found<i32>>, otherwise: usize) -> Found<Option<i32>> {
    exponent.map_or(Found::new(None, otherwise), |found| found.map(Some))
}

/// `^7`, `^(7)`, `^-3`.
fn caret(tokens: &Tokens, at: usize) -> Option<Found<i32>> {
    if !tokens.is(at, "^") {
        return None;
    }
    let bracket = matches!(tokens.text(at + 1), "(" | "{");
    let sign = at + 1 + usize::from(bracket);
    let minus = tokens.is(sign, "-");
    let digits = sign + usize::from(minus);
    let value = exponent(tokens.text(digits))?;
    let end = digits + 1 + usize::from(bracket);
    Some(Found::new(if minus { -value } else { value }, end))
}

/// The `e7` of `1e7`, written together with the digits before it.
fn e_notation(tokens: &Tokens, at: usize) -> Option<i32> {
    let token = tokens.get(at)?;
    if token.spaced {
        return None;
    }
    exponent(tokens.text(at).strip_prefix('e')?)
}

fn exponent(digits: &str) -> Option<i32> {
    let plain = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

fn scale(tokens: &Tokens, plain: Found<f64>) -> Found<f64> {
    match lookup(SCALES, tokens.text(plain.end)) {
        Some(factor) => Found::new(plain.value * factor, plain.end + 1),
        None => plain,
    }
}

/// Takes in the same number in brackets after it: `two (2)`, `2 (two)`.
fn restated(tokens: &Tokens, first: Found<f64>) -> Found<f64> {
    if !tokens.is(first.end, "(") || !tokens.is(first.end + 2, ")") {
        return first;
    }
    let inner = tokens.number(first.end + 1).or_else(|| word_value(tokens.text(first.end + 1)));
    if inner == Some(first.value) { Found::new(first.value, first.end + 3) } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for (raw, value, end) in [
            ("1,200 mg", 1200.0, 1),
            (".5 ml", 0.5, 1),
            ("5×10\\^7 VP", 5e7, 5),
            ("5x10^7", 5e7, 4),
            ("2 x 10⁶ cells", 2e6, 5),
            ("1x10e8", 1e8, 2),
            ("10^9", 1e9, 3),
            ("1e8 cells", 1e8, 2),
            ("75 000 IU", 75_000.0, 2),
            ("10 million units", 1e7, 2),
            ("two weeks", 2.0, 1),
            ("twenty-one days", 21.0, 1),
            ("twenty eight days", 28.0, 2),
            ("one hundred mg", 100.0, 2),
            ("four (4) doses", 4.0, 4),
            ("4 (four) doses", 4.0, 4),
            ("4 (5) doses", 4.0, 1),
        ] {
            assert_eq!(number(&lex(raw), 0), Some(Found::new(value, end)), "{raw}");
        }
    }

    #[test]
    fn a_lost_superscript_is_no_number() {
        for raw in ["5×107 cells", "5 x 10 cells", "5x108 cells"] {
            assert_eq!(number(&lex(raw), 0), None, "{raw}");
        }
    }

    #[test]
    fn ranges_rise() {
        for (raw, low, high) in [
            ("60-75 mg", 60.0, 75.0),
            ("4~6 cycles", 4.0, 6.0),
            ("1 to 4", 1.0, 4.0),
            ("between 2 and 3", 2.0, 3.0),
        ] {
            assert_eq!(range(&lex(raw), 0).map(|f| f.value), Some((low, high)), "{raw}");
        }
        for raw in ["75-60", "5", "2 and 3"] {
            assert_eq!(range(&lex(raw), 0), None, "{raw}");
        }
    }

    #[test]
    fn ordinals_are_words_or_digits() {
        assert_eq!(ordinal(&lex("first dose"), 0), Some(Found::new(1, 1)));
        assert_eq!(ordinal(&lex("22nd day"), 0), Some(Found::new(22, 2)));
        assert_eq!(ordinal(&lex("22 days"), 0), None);
    }
}
