//! Lengths of time as prose writes them: "21 days", "three-week", "24h", "6 to 8 weeks".
//!
//! Shared by all readers. Whether a length is an interval, a cycle or a total is for the caller to tell.

use super::lexer::{Kind, Tokens};
use super::numbers::{self, Found};
use crate::protocol::{Period, PeriodUnit};

/// How the units of time are written, in lower case.
pub(super) const UNITS: &[(PeriodUnit, &[&str])] = &[
    (PeriodUnit::Second, &["second", "seconds", "sec", "secs"]),
    (PeriodUnit::Minute, &["minute", "minutes", "min", "mins"]),
    (PeriodUnit::Hour, &["hour", "hours", "hr", "hrs", "h"]),
    (PeriodUnit::Day, &["day", "days", "d"]),
    (PeriodUnit::Week, &["week", "weeks", "wk", "wks", "w"]),
    (PeriodUnit::Month, &["month", "months", "mo", "mos", "mth", "mths"]),
    (PeriodUnit::Year, &["year", "years", "yr", "yrs", "y"]),
];

/// Words between number and unit that do not change the length.
const FILLERS: &[&str] = &[
    "additional",
    "calendar",
    "complete",
    "consecutive",
    "continuous",
    "full",
    "more",
    "straight",
    "successive",
    "total",
    "whole",
];

/// The unit that a word names.
pub fn unit(word: &str) -> Option<PeriodUnit> {
    // Most words are no unit: one byte tells.
    if !matches!(word.as_bytes(), [b's' | b'm' | b'h' | b'd' | b'w' | b'y', ..]) {
        return None;
    }
    let first = word.as_bytes().first();
    // All words of one unit begin alike.
    let alike = |words: &[&str]| words.first().is_some_and(|name| name.as_bytes().first() == first);
    UNITS.iter().find(|(_, words)| alike(words) && words.contains(&word)).map(|(unit, _)| *unit)
}

/// A length of time at token `at`: `21 days`, `21-day`, `21d`, `three-week`, `one (1) year`, `3 calendar months`,
/// `a fortnight`. One number; for `6-8 weeks` see [`range`].
pub fn period(tokens: &Tokens, at: usize) -> Option<Found<Period>> {
    if !may_begin(tokens, at) {
        return None;
    }
    if let Some(found) = compound(tokens, at) {
        return Some(found);
    }
    if tokens.is(at, "fortnight") {
        return Some(Found::new(Period::new(2.0, PeriodUnit::Week), at + 1));
    }
    if tokens.is(at, "half") {
        return half_year(tokens, at + 1);
    }
    let count = numbers::number(tokens, at)?;
    let half = past_half(tokens, count.end).filter(|_| count.value.fract() == 0.0);
    let unit = unit_after(tokens, half.unwrap_or(count.end))?;
    let more = if half.is_some() { 0.5 } else { 0.0 };
    Some(Found::new(Period::new(count.value + more, unit.value), unit.end))
}

/// Whether a length of time can begin at token `at`: only then is it worth a look.
pub fn may_begin(tokens: &Tokens, at: usize) -> bool {
    numbers::may_begin(tokens, at) || matches!(tokens.text(at), "fortnight" | "half")
}

/// `a year` behind "half".
fn half_year(tokens: &Tokens, at: usize) -> Option<Found<Period>> {
    let word = at + usize::from(matches!(tokens.text(at), "a" | "-"));
    (tokens.is(word, "year")).then(|| Found::new(Period::new(6.0, PeriodUnit::Month), word + 1))
}

/// The end of `1/2`, `and a half` behind a number.
fn past_half(tokens: &Tokens, at: usize) -> Option<usize> {
    const HALVES: &[[&str; 3]] = &[["1", "/", "2"], ["and", "a", "half"]];
    let spaced = tokens.get(at).is_some_and(|token| token.spaced);
    let said = |half: &[&str; 3]| half.iter().enumerate().all(|(i, word)| tokens.text(at + i) == *word);
    (spaced && HALVES.iter().any(said)).then_some(at + 3)
}

/// A range of lengths with one unit at token `at`: `6-8 weeks`, `10 to 14 days`, `6 weeks to 8 weeks`.
pub fn range(tokens: &Tokens, at: usize) -> Option<Found<(Period, Period)>> {
    if !may_begin(tokens, at) && !tokens.is(at, "between") {
        return None;
    }
    if let Some(both) = numbers::range(tokens, at)
        && let Some(unit) = unit_after(tokens, both.end)
    {
        let (low, high) = both.value;
        return Some(Found::new((Period::new(low, unit.value), Period::new(high, unit.value)), unit.end));
    }
    let low = period(tokens, at)?;
    if !matches!(tokens.text(low.end), "-" | "to" | "~") {
        return None;
    }
    let high = period(tokens, low.end + 1)?;
    (low.value.days() < high.value.days()).then(|| Found::new((low.value, high.value), high.end))
}

/// A unit at `at`, past a hyphen (`21-day`), a tolerance (`21 (±2) days`) or words that do not change the length (`3
/// consecutive days`).
fn unit_after(tokens: &Tokens, at: usize) -> Option<Found<PeriodUnit>> {
    let at = past_tolerance(tokens, at).unwrap_or(at);
    let text = tokens.text(at);
    if let Some(unit) = unit(text) {
        return Some(Found::new(unit, at + 1));
    }
    let passed = text == "-" || FILLERS.contains(&text);
    unit(tokens.text(at + 1)).filter(|_| passed).map(|unit| Found::new(unit, at + 2))
}

/// Past `± 2`, `(+/- 2)`: how much a number may be missed by.
fn past_tolerance(tokens: &Tokens, at: usize) -> Option<usize> {
    let open = usize::from(tokens.is(at, "("));
    let sign = matches!(tokens.text(at + open), "±" | "+/-");
    tokens.number(at + open + 1).filter(|_| sign)?;
    let end = at + open + 2;
    (open == 0 || tokens.is(end, ")")).then_some(end + open)
}

/// `three-week`, `twenty-one-day`: number word and unit in one token.
fn compound(tokens: &Tokens, at: usize) -> Option<Found<Period>> {
    if !tokens.get(at).is_some_and(|token| token.kind == Kind::Word && token.joined) {
        return None;
    }
    let (count, last) = tokens.text(at).rsplit_once('-')?;
    let period = Period::new(numbers::word_value(count)?, unit(last)?);
    Some(Found::new(period, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    #[test]
    fn lengths_of_time_are_read_in_their_own_unit() {
        for (raw, iso) in [
            ("21 days", "P21D"),
            ("21-day cycle", "P21D"),
            ("21d", "P21D"),
            ("three-week cycle", "P3W"),
            ("twenty-one-day", "P21D"),
            ("two weeks", "P2W"),
            ("one (1) year", "P1Y"),
            ("24h", "PT24H"),
            ("90 min", "PT90M"),
            ("3 consecutive days", "P3D"),
            ("16.5 months", "P16.5M"),
            ("fortnight", "P2W"),
            ("1 1/2 years", "P1.5Y"),
            ("two and a half years", "P2.5Y"),
            ("half a year", "P6M"),
            ("half year", "P6M"),
            ("21 (±2) days", "P21D"),
            ("60 +/- 10 min", "PT60M"),
        ] {
            let found = period(&lex(raw), 0).map(|f| f.value.to_string());
            assert_eq!(found.as_deref(), Some(iso), "{raw}");
        }
        for raw in ["21", "3 mg", "days", "5 m", "half of the year", "half the dose"] {
            assert_eq!(period(&lex(raw), 0), None, "{raw}");
        }
    }

    #[test]
    fn ranges_of_lengths_share_a_unit_or_name_both() {
        for (raw, low, high) in [
            ("6-8 weeks", "P6W", "P8W"),
            ("10 to 14 days", "P10D", "P14D"),
            ("6 weeks to 3 months", "P6W", "P3M"),
            ("30-60 min", "PT30M", "PT60M"),
        ] {
            let found = range(&lex(raw), 0).map(|f| (f.value.0.to_string(), f.value.1.to_string()));
            assert_eq!(found, Some((low.to_owned(), high.to_owned())), "{raw}");
        }
        assert_eq!(range(&lex("21 days"), 0), None);
    }
}
