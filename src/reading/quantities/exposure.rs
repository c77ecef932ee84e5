//! Doses that are told as the exposure to reach: "AUC of 5", "AUC5-6".

use super::{Between, Quantity, Unit, UnitKind, Units, Values};
use crate::reading::lexer::Tokens;
use crate::reading::numbers::{self, Found};

impl Units {
    /// `AUC 5`, `AUC=5`, `AUC5`, `area under the curve [AUC] of 5-6`.
    pub(super) fn exposure(&self, tokens: &Tokens, at: usize) -> Option<Found<Quantity>> {
        let named = self.exposures.at(tokens, at).or_else(|| self.glued_exposure(tokens, at))?;
        let glued = named.end == at;
        let unit = Unit { name: self.named(named.value).to_owned(), kind: UnitKind::Level, strength: false };
        if glued {
            let digits = tokens.text(at).trim_start_matches(|c: char| !c.is_ascii_digit());
            let low: f64 = digits.parse().ok()?;
            let high = match tokens.text(at + 1) {
                "-" | "~" => numbers::number(tokens, at + 2).filter(|high| high.value > low),
                _ => None,
            };
            return Some(match high {
                Some(high) => finish(tokens, Values::Range(low, high.value), unit, high.end),
                None => finish(tokens, Values::One(low), unit, at + 1),
            });
        }
        let mut number = named.end;
        while number < named.end + 5
            && matches!(
                tokens.text(number),
                "of" | "=" | ":" | "(" | "[" | "at" | "to" | "dose" | "target" | "auc" | ")" | "]"
            )
        {
            number += 1;
        }
        let values = exposure_values(tokens, number)?;
        Some(finish(tokens, values.value, unit, values.end))
    }

    /// `auc5`: name and number in one token. Its `end` is `at`: nothing was passed yet.
    fn glued_exposure(&self, tokens: &Tokens, at: usize) -> Option<Found<usize>> {
        let digits = tokens.text(at).strip_prefix("auc")?;
        let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let id = self.names.iter().position(|name| name == "auc")?;
        number.then_some(Found::new(id, at))
    }
}

/// Passes what is written behind an exposure's number: `AUC 5 mg/mL×min`.
fn finish(tokens: &Tokens, values: Values, unit: Unit, mut end: usize) -> Found<Quantity> {
    const TAIL: &[&str] = &[
        "mg",
        "ml",
        "min",
        "/",
        "×",
        "x",
        "*",
        "•",
        "minute",
        "minutes",
        "-",
        "per",
        "milligram",
        "milliliter",
        "dot",
    ];
    let start = end;
    if tokens.is(end, "mg") || tokens.is(end, "min") {
        while end < start + 9 && TAIL.contains(&tokens.text(end)) {
            end += 1;
        }
    }
    Found::new(Quantity { values, unit }, end)
}

/// The numbers of an exposure: `5`, `5-6`, `5 or 6`. What follows a comma is something else ("AUC 6, 30 min infusion").
fn exposure_values(tokens: &Tokens, at: usize) -> Option<Found<Values>> {
    if let Some(range) = numbers::range(tokens, at) {
        return Some(range.map(|(low, high)| Values::Range(low, high)));
    }
    let first = numbers::number(tokens, at)?;
    let second = match tokens.text(first.end) {
        "or" | "/" => numbers::number(tokens, first.end + 1),
        _ => None,
    };
    Some(match second {
        Some(second) => Found::new(Values::Several(vec![first.value, second.value], Between::Or), second.end),
        None => first.map(Values::One),
    })
}
