//! A typed value for a limit: a number, a letter of a class, or a share of the limit of normal; and the units it may be
//! in.

use crate::matching::words;
use crate::protocol::{Limit, LimitValue};
use crate::reading::criteria::typed::CLASS;
use crate::reading::criteria::vocabulary::Vocabulary;

/// What was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The number; a class counts A, B, C as 1, 2, 3.
    pub value: f64,
    /// The unit, if one was typed or none is needed.
    pub unit: Option<String>,
}

/// Reads a typed value for a limit.
///
/// # Errors
/// A sentence that says what is not understood, and what would be.
pub fn read(text: &str, limit: &Limit) -> Result<Typed, String> {
    let text = text.trim();
    if let LimitValue::Class(_) = &limit.value {
        return class(text).ok_or_else(|| "a letter is needed: A, B or C".to_owned());
    }
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | '-' | ':')))
        .unwrap_or(text.len());
    // A slash may begin the unit: 1200/uL.
    let (amount, unit) = match text.get(..end).unwrap_or_default().trim_end_matches('/') {
        amount if amount.len() < end => text.split_at(amount.len()),
        _ => text.split_at(end),
    };
    if amount.is_empty() {
        return Err("a number is needed, such as 1.2".to_owned());
    }
    if amount.split(['-', '.', '/', ':']).count() > 2 {
        return Err("a number is needed, and no date: days (or weeks, months, years) are counted".to_owned());
    }
    let value = number(amount)?;
    Ok(Typed { value, unit: unit_of(unit.trim(), limit)? })
}

/// A class's letter.
fn class(text: &str) -> Option<Typed> {
    let letter = text.bytes().next().filter(u8::is_ascii_alphabetic)?.to_ascii_uppercase();
    let alone = text.len() == 1 && (b'A'..=b'C').contains(&letter);
    alone.then(|| Typed { value: f64::from(letter - b'A') + 1.0, unit: Some(CLASS.to_owned()) })
}

/// A number, or one divided by another (a value by its limit of normal).
fn number(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is not a number such as 1.2");
    let one = |text: &str| -> Result<f64, String> {
        let decimals = text.split_once(',').map(|(_, decimals)| decimals.len());
        match decimals {
            Some(3) => Err(format!("`{text}`: write thousands without a comma, decimals with a point")),
            _ => text.replacen(',', ".", 1).parse().map_err(|_| wrong()),
        }
    };
    let value = match text.split_once('/') {
        Some((value, by)) => one(value)? / one(by)?,
        None => one(text)?,
    };
    if value.is_finite() && value >= 0.0 { Ok(value) } else { Err(wrong()) }
}

/// The unit that was typed; none when there is one to be asked for.
fn unit_of(typed: &str, limit: &Limit) -> Result<Option<String>, String> {
    let offered = units(limit);
    if typed.is_empty() {
        // Where there is only one unit, or one that everybody means (years of age), nothing is asked.
        let default = Vocabulary::embedded().variable(&limit.variable).and_then(|v| v.default.as_ref());
        return Ok(match offered.as_slice() {
            [] => Some(String::new()),
            [only] => Some(only.clone()),
            [first, ..] => default.filter(|default| *default == first).cloned(),
        });
    }
    let wanted = typed.to_lowercase().replace('µ', "u").replace('×', "x");
    let bare = wanted.trim_start_matches(['x', '*', ' ']);
    let vocabulary = Vocabulary::embedded();
    let is_it = |name: &&String| {
        let known = vocabulary.unit(name);
        name.to_lowercase() == bare
            || known.is_some_and(|unit| unit.words.iter().any(|word| *word == bare || *word == wanted))
    };
    match offered.iter().find(is_it) {
        Some(unit) => Ok(Some(unit.clone())),
        None if offered.is_empty() => Err(format!("`{typed}`: this value has no unit")),
        None => Err(format!("`{typed}` is not a unit of this value; leave it out to be asked")),
    }
}

/// The units a value for a limit may be in: first the one that the limit is shown in, then the one it is stated in,
/// then the others of its kind; none where the variable has none.
pub fn units(limit: &Limit) -> Vec<String> {
    let vocabulary = Vocabulary::embedded();
    let mut units: Vec<String> = Vec::new();
    let own = limit.unit.as_deref().filter(|unit| !unit.is_empty());
    if let (Some(own), LimitValue::Number(number)) = (own, &limit.value) {
        units.push(words::canonical(&limit.variable, number.0, own).1);
        units.push(own.to_owned());
    }
    let dimensions: Vec<&str> = match limit.variable.as_str() {
        "washout" => vec!["time"],
        name => {
            let known = vocabulary.variable(name);
            units.extend(known.map(|v| v.canonical.clone()).filter(|unit| !unit.is_empty()));
            known.map(|v| v.units.iter().map(String::as_str).collect()).unwrap_or_default()
        }
    };
    if units.is_empty() && limit.unit.as_deref() == Some("") {
        return Vec::new();
    }
    units.extend(vocabulary.units_of(&dimensions).map(|unit| unit.name.clone()));
    let mut seen: Vec<String> = Vec::new();
    units.retain(|unit| {
        let new = !seen.contains(unit);
        seen.push(unit.clone());
        new
    });
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::criteria;

    fn limit(text: &str) -> Limit {
        criteria::read(&format!("Inclusion Criteria:\n* {text}")).facts.swap_remove(0)
    }

    #[test]
    fn a_value_is_a_number_with_or_without_its_unit() {
        let anc = limit("ANC >= 1.5 x 10^9/L");
        let read = |text: &str| read(text, &anc).map(|typed| (typed.value, typed.unit));
        assert_eq!(read("1.2"), Ok((1.2, None)), "the unit is asked for");
        assert_eq!(read("1,2"), Ok((1.2, None)));
        assert_eq!(read("1200/uL"), Ok((1200.0, Some("/uL".to_owned()))));
        assert_eq!(read("1200 /µL"), Ok((1200.0, Some("/uL".to_owned()))));
        assert_eq!(read("1.2 10^9/L"), Ok((1.2, Some("10^9/L".to_owned()))));
        for wrong in ["", "low", "1,200", "2026-01-02", "1.2 furlongs", "1/0"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn scores_classes_and_shares_have_ways_of_their_own() {
        assert_eq!(read("1", &limit("ECOG <= 1")), Ok(Typed { value: 1.0, unit: Some(String::new()) }));
        assert_eq!(read("b", &limit("Child-Pugh A")), Ok(Typed { value: 2.0, unit: Some(CLASS.to_owned()) }));
        assert_eq!(read("80/40", &limit("ALT <= 2.5 x ULN")), Ok(Typed { value: 2.0, unit: None }));
        assert_eq!(
            read("61", &limit("Age >= 18 years")),
            Ok(Typed { value: 61.0, unit: Some("year".to_owned()) })
        );
        assert_eq!(units(&limit("ALT <= 2.5 x ULN")).first().map(String::as_str), Some("ULN"));
        assert!(units(&limit("ECOG <= 1")).is_empty());
        let anc = units(&limit("ANC >= 1500/uL"));
        assert_eq!(anc.first().map(String::as_str), Some("10^9/L"), "as the limit is shown");
    }
}
