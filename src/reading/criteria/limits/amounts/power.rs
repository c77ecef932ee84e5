//! Powers of ten after a number, with the volume that something is counted in.

use super::{Amount, UnitAt};
use crate::reading::criteria::limits::atoms::Atoms;
use crate::reading::criteria::vocabulary::Class;

/// A power of ten after the number, with the volume it is counted in: `× 10^9/L`, `x 109/L`, `10e9/L`, `10*9/L`.
pub(super) fn power(atoms: &Atoms<'_>, amount: &mut Amount) {
    let sign =
        |at: usize| matches!(atoms.text(at), "×" | "x" | "*" | "•" | "." | "´" | "х" | "χ" | "⋅" | "·");
    let mut base = amount.end;
    // "30\\*×10^9/L" has two signs.
    while sign(base) && base < amount.end + 2 {
        base += 1;
    }
    let signed = base > amount.end;
    // Without a sign only where a volume follows: "1.5 109/L".
    let lost = atoms.text(base).len() > 2 && atoms.text(base).starts_with("10");
    if let Some((exponent, end)) = ten_to(atoms, base).filter(|_| signed || lost || atoms.text(base) == "10")
    {
        return apply_power(atoms, amount, exponent, end);
    }
    // "x109 /L" is one word.
    let glued = atoms.text(amount.end).strip_prefix(['x', '×']).and_then(|ten| ten.strip_prefix("10"));
    if let Some(exponent) = glued.and_then(exponent).filter(|_| volume(atoms, amount.end + 1).is_some()) {
        return apply_power(atoms, amount, exponent, amount.end + 1);
    }
    // The number is the ten itself: `10^4 copies/mL`, `10e3 IU/mL`.
    if amount.value == 10.0
        && amount.end == amount.start + 1
        && let Some((exponent, end)) = ten_to(atoms, amount.start)
    {
        amount.value = 1.0;
        return apply_power(atoms, amount, exponent, end);
    }
    // `1.5e9/L`.
    if let Some(exponent) = exponent_word(atoms, amount.end) {
        apply_power(atoms, amount, exponent, amount.end + 1);
    }
}

/// "× 10^9/L" by itself at `at`: the unit of cells that it is, and its end.
pub fn cells(atoms: &Atoms<'_>, at: usize) -> Option<(&'static str, usize)> {
    let unit = UnitAt::None;
    let mut one = Amount { value: 1.0, unit, start: at, end: at, dotted: false, decimals: 0 };
    power(atoms, &mut one);
    match one.unit {
        UnitAt::Cells(name) if one.value == 1.0 => Some((name, one.end)),
        _ => None,
    }
}

/// "10 to the 9th".
fn in_words(atoms: &Atoms<'_>, at: usize) -> Option<(i32, usize)> {
    if atoms.text(at) != "to" {
        return None;
    }
    let at = at + 1 + usize::from(atoms.text(at + 1) == "the");
    let digits = atoms.text(at).trim_end_matches("th");
    let end = at + 1 + usize::from(atoms.text(at + 1) == "th");
    let end = end + usize::from(atoms.text(end) == "power");
    exponent(digits).filter(|_| volume(atoms, end).is_some()).map(|exponent| (exponent, end))
}

/// `10^9`, `10*9`, `10e9`, `10 9` and the lost superscript `109`, each before a volume: exponent and end.
pub(super) fn ten_to(atoms: &Atoms<'_>, at: usize) -> Option<(i32, usize)> {
    let text = atoms.text(at);
    if text == "10" {
        if let Some(spoken) = in_words(atoms, at + 1) {
            return Some(spoken);
        }
        if let Some(exponent) = exponent_word(atoms, at + 1) {
            return Some((exponent, at + 2));
        }
        let mut end = at + 1;
        let mut raised = false;
        while matches!(atoms.text(end), "^" | "*" | "**" | "×" | "(" | "[" | "{" | "'" | "e") {
            raised = true;
            end += 1;
        }
        let exponent = exponent(atoms.text(end))?;
        let spaced_volume = !raised && volume(atoms, end + 1).is_some();
        if !raised && !spaced_volume {
            return None;
        }
        let closed =
            usize::from(atoms.is(end + 1, Class::Close) && atoms.slice(at..end).contains(['(', '[', '{']));
        return Some((exponent, end + 1 + closed));
    }
    // The superscript was lost: `109/L`, `1012/L`. Only before a volume, or where the phrase ends with it: `x 109`.
    let lost = text.strip_prefix("10").and_then(exponent)?;
    let ends = || lost == 9 && (atoms.get(at + 1).is_none() || atoms.is_any(at + 1, ENDS));
    // "1 x 103 copies/mL".
    let viral = || {
        let len = atoms.takes(at + 1, Class::Unit);
        ["cop", "cps", "iu"].iter().any(|stem| atoms.slice(at + 1..at + 1 + len).starts_with(stem))
    };
    (volume(atoms, at + 1).is_some() || viral() || ends()).then_some((lost, at + 1))
}

/// What stands behind a power of ten whose volume is left out.
const ENDS: &[Class] =
    &[Class::Comma, Class::Semicolon, Class::Stop, Class::Close, Class::Open, Class::And, Class::Or];

pub(super) fn exponent(digits: &str) -> Option<i32> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok().filter(|e| (2..=13).contains(e)) } else { None }
}

/// `e9`, written together with the digits before it.
pub(super) fn exponent_word(atoms: &Atoms<'_>, at: usize) -> Option<i32> {
    let atom = atoms.get(at)?;
    if atom.spaced {
        return None;
    }
    exponent(atoms.text(at).strip_prefix('e')?)
}

/// Litres in the volume that cells are counted in at `at`, and its end.
pub(super) fn volume(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
    let mut at = at;
    // "10^9 cells/L", "10^9 neutrophils per liter".
    if matches!(atoms.text(at), "cells" | "cell" | "platelets" | "neutrophils" | "c") {
        at += 1;
    }
    if !matches!(atoms.text(at), "/" | "per" | "•" | "\\" | "pg") {
        return None;
    }
    let end = at + 2;
    let litres = match atoms.text(at + 1) {
        "l" | "liter" | "litre" | "liters" | "litres" | "1" | "i" => 1.0,
        "ml" | "milliliter" => 1e-3,
        "dl" => 0.1,
        "ul" | "mcl" | "mm3" | "microliter" | "microlitre" | "cumm" | "cmm" | "ml3" => 1e-6,
        "mm" => return Some((1e-6, cubed(atoms, end))),
        "cubic" | "cu" | "micro" => return Some((1e-6, end + 1)),
        _ => return None,
    };
    Some((litres, end))
}

/// After `mm`: `^3`, `3`, `(3)`.
pub(super) fn cubed(atoms: &Atoms<'_>, at: usize) -> usize {
    match (atoms.text(at), atoms.text(at + 1), atoms.text(at + 2)) {
        ("3", ..) => at + 1,
        ("^", "3", _) => at + 2,
        ("(", "3", ")") => at + 3,
        _ => at,
    }
}

/// Multiplies a power of ten out, into the unit that the two make together where they make one.
pub(super) fn apply_power(atoms: &Atoms<'_>, amount: &mut Amount, exponent: i32, end: usize) {
    let factor = 10f64.powi(exponent);
    let Some((litres, volume_end)) = volume(atoms, end) else {
        amount.end = end;
        // "100 × 10^9": the volume is left out; the power says which unit.
        match exponent {
            9 => amount.unit = UnitAt::Cells("10^9/L"),
            _ => amount.value *= factor,
        }
        return;
    };
    amount.end = volume_end;
    let name = match (exponent, litres == 1.0, litres == 1e-6) {
        (9, true, _) => "10^9/L",
        (6, true, _) => "10^6/L",
        (3, _, true) => "10^3/uL",
        _ => {
            // Any other: so many cells in a litre, counted in thousand millions.
            amount.value *= factor / litres / 1e9;
            "10^9/L"
        }
    };
    amount.unit = UnitAt::Cells(name);
}
