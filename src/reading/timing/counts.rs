//! The numbers in front of a unit of time: digits, words, halves, "a" for one, ordinals.

use super::pieces::Pieces;
use super::times::{Found, separator, unit};

/// One number at `at`: digits, number words ("twenty four"), the same in brackets after it ("four (4)").
pub fn number(pieces: &Pieces<'_>, at: usize) -> Found<f64> {
    let (value, next) = match pieces.number(at) {
        Some(value) => (value, at + 1),
        None => number_word(pieces, at).or_else(|| article(pieces, at))?,
    };
    if let Some(half) = past_half(pieces, next).filter(|_| value.fract() == 0.0) {
        return Some((value + 0.5, half));
    }
    if pieces.text(next) == "(" && pieces.text(next + 2) == ")" {
        let again = pieces.number(next + 1).or_else(|| pieces.word(next + 1)?.number);
        if again == Some(value) {
            return Some((value, next + 3));
        }
    }
    Some((value, next))
}

/// The end of `½`, `1/2`, `and a half` behind a whole number, where a unit follows.
fn past_half(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    let end = match pieces.text(at) {
        "and" if pieces.text(at + 1) == "half" && pieces.text(at + 2).ends_with('s') => at + 2,
        "and" if matches!(pieces.text(at + 1), "a" | "one") && pieces.text(at + 2) == "half" => at + 3,
        "1" if pieces.spaced(at) && pieces.text(at + 1) == "/" && pieces.text(at + 2) == "2" => at + 3,
        _ if pieces.number(at) == Some(0.5) && pieces.spaced(at) => at + 1,
        _ => return None,
    };
    unit(pieces, end).map(|_| end)
}

/// "a month later", "within an hour", but not "once a month".
pub fn article(pieces: &Pieces<'_>, at: usize) -> Found<f64> {
    if !matches!(pieces.text(at), "a" | "an") || pieces.number(at + 2).is_some() {
        return None;
    }
    let one = pieces.text(at + 1);
    if one.len() < 3 || one.ends_with('s') || pieces.word(at + 1)?.unit.is_none() {
        return None;
    }
    let led = at > 0
        && [
            "within",
            "for",
            "over",
            "to",
            "upto",
            "after",
            "about",
            "approximately",
            "around",
            "than",
            "least",
        ]
        .contains(&pieces.text(at - 1));
    let tied =
        ["later", "after", "following", "post", "from", "before", "prior"].contains(&pieces.text(at + 2));
    (led || tied).then_some((1.0, at + 1))
}

fn number_word(pieces: &Pieces<'_>, at: usize) -> Found<f64> {
    let tens = pieces.word(at)?.number?;
    if tens == 0.5 {
        // "half a year"
        let article = matches!(pieces.text(at + 1), "a" | "an");
        return Some((0.5, at + 1 + usize::from(article)));
    }
    let ones = pieces.word(at + 1).and_then(|w| w.number).filter(|ones| (1.0..10.0).contains(ones));
    match ones {
        Some(ones) if tens >= 20.0 => Some((tens + ones, at + 2)),
        _ => Some((tens, at + 1)),
    }
}

/// An ordinal: "third", "3rd", "3 rd".
pub fn ordinal(pieces: &Pieces<'_>, at: usize) -> Found<f64> {
    if let Some(value) = pieces.number(at) {
        // "3rd month", and as it is written elsewhere "3. month"
        let listed = || separator(pieces, at + 2).is_some_and(|next| pieces.number(next).is_some());
        let dot = pieces.text(at + 1) == "." && (unit(pieces, at + 2).is_some() || listed());
        let ends = dot || matches!(pieces.text(at + 1), "st" | "nd" | "rd" | "th");
        return ends.then_some((value, at + 2));
    }
    Some((pieces.word(at)?.ordinal?, at + 1))
}

/// A written-out ordinal in digits: "2nd", "3 rd".
pub fn ordinal_number(pieces: &Pieces<'_>, at: usize) -> Found<f64> {
    pieces.number(at)?;
    ordinal(pieces, at).filter(|_| pieces.text(at + 1) != ".")
}
