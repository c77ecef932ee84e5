//! A bare number: digits with thousands and decimal commas, a word, "two (2)".

use super::multiple::multiple;
use super::power::volume;
use super::{Amount, UnitAt};
use crate::reading::criteria::limits::atoms::{AtomKind, Atoms};
use crate::reading::criteria::vocabulary::Class;
use crate::reading::numbers;

/// A bare number: digits (thousands, decimal comma), a word, "two (2)".
pub(super) fn number(atoms: &Atoms<'_>, at: usize) -> Option<Amount> {
    let plain = |value: f64, end: usize| Amount {
        value,
        unit: UnitAt::None,
        start: at,
        end,
        dotted: false,
        decimals: 0,
    };
    if let Some(mark) = atoms.mark(at, Class::Twice) {
        let mut amount = plain(f64::from(mark.payload) / 10.0, at + usize::from(mark.len));
        return multiple(atoms, &mut amount, false).then_some(amount);
    }
    if !atoms.is_numeric(at) {
        return None;
    }
    match atoms.get(at)?.kind {
        AtomKind::Word => {
            let value = numbers::word_value(atoms.text(at))?;
            Some(restated(atoms, plain(value, at + 1)))
        }
        AtomKind::Number(value) if value.is_finite() => {
            let mut amount = plain(value, at + 1);
            thousands(atoms, &mut amount);
            decimal_comma(atoms, &mut amount);
            amount.dotted = is_dotted(atoms.text(at));
            Some(restated(atoms, amount))
        }
        _ => None,
    }
}

/// `50.000`: one to three digits, a point, three digits.
pub(super) fn is_dotted(text: &str) -> bool {
    let Some((whole, rest)) = text.split_once('.') else { return false };
    (1..=3).contains(&whole.len()) && rest.len() == 3 && !whole.starts_with('0')
}

/// `50 000`, `50'000`: groups of three after a blank or an apostrophe.
pub(super) fn thousands(atoms: &Atoms<'_>, amount: &mut Amount) {
    let tight = |at: usize| atoms.get(at).is_some_and(|a| !a.spaced);
    while matches!(atoms.text(amount.end), "'" | "’")
        && atoms.text(amount.end + 1) == "000"
        && tight(amount.end)
        && tight(amount.end + 1)
    {
        amount.value *= 1000.0;
        amount.end += 2;
    }
    while atoms.text(amount.end) == "000"
        && atoms.get(amount.end).is_some_and(|a| a.spaced)
        && amount.value >= 1.0
    {
        amount.value *= 1000.0;
        amount.end += 1;
    }
    grouped(atoms, amount);
}

/// `1 500/mm3`: a group of three digits behind a blank, where what is counted in a volume follows.
fn grouped(atoms: &Atoms<'_>, amount: &mut Amount) {
    let group = atoms.text(amount.end);
    let whole = amount.end == amount.start + 1
        && atoms.text(amount.start).len() <= 3
        && amount.value.fract() == 0.0
        && (1.0..1000.0).contains(&amount.value);
    let three = group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
    // "100 103/µL" is a power of ten whose superscript was lost.
    let three = three && !matches!(group, "103" | "106" | "109");
    let spaced = atoms.get(amount.end).is_some_and(|a| a.spaced);
    let in_little = volume(atoms, amount.end + 1).is_some_and(|(litres, _)| litres < 1e-3);
    if !(whole && three && spaced && in_little) {
        return;
    }
    if let Some(rest) = atoms.digits(amount.end) {
        amount.value = amount.value * 1000.0 + rest;
        amount.end += 1;
    }
}

/// `1,5`: the lexer keeps a comma only before three digits.
pub(super) fn decimal_comma(atoms: &Atoms<'_>, amount: &mut Amount) {
    let tight = |at: usize| atoms.get(at).is_some_and(|a| !a.spaced);
    let end = amount.end;
    let digits = atoms.text(end + 1);
    let short = digits.len() <= 2 && !digits.contains('.');
    if atoms.text(end) != "," || !tight(end) || !tight(end + 1) || !short {
        return;
    }
    let Some(fraction) = atoms.digits(end + 1) else { return };
    // A list of scores ("0,1") is written the same: a unit or a factor after it tells.
    let factor = atoms.is(end + 2, Class::Times) || atoms.is(end + 2, Class::Unit);
    if factor && amount.value < 1000.0 {
        amount.decimals = digits.len() as u8;
        amount.value += fraction / 10f64.powi(i32::from(amount.decimals));
        amount.end = end + 2;
    }
}

/// "two (2)": the same number again in brackets.
pub(super) fn restated(atoms: &Atoms<'_>, mut amount: Amount) -> Amount {
    let inner = atoms.digits(amount.end + 1).or_else(|| numbers::word_value(atoms.text(amount.end + 1)));
    if atoms.is(amount.end, Class::Open)
        && atoms.is(amount.end + 2, Class::Close)
        && inner == Some(amount.value)
    {
        amount.end += 3;
    }
    amount
}
