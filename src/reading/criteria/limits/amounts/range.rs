//! Ranges and lists of numbers, and pressures: two ends written as one phrase.

use super::number::number;
use super::{Amount, Comparison, Op, UnitAt, amount, comparator};
use crate::reading::criteria::limits::atoms::Atoms;
use crate::reading::criteria::vocabulary::Class;

pub(super) fn past_age_words(atoms: &Atoms<'_>, at: usize) -> usize {
    at + atoms.takes(at, Class::AgeAfter)
}

/// "(inclusive)" and the like.
pub(super) fn past_inclusive(atoms: &Atoms<'_>, at: usize) -> usize {
    let open = usize::from(atoms.is(at, Class::Open));
    let comma = usize::from(open == 0 && atoms.is(at, Class::Comma));
    let len = atoms.takes(at + open + comma, Class::Inclusive);
    if len == 0 {
        return at;
    }
    let end = at + open + comma + len;
    if open == 0 {
        return end;
    }
    if atoms.is(end, Class::Close) { end + 1 } else { at }
}

/// The second half of a range, if one follows `first`.
pub(super) fn range(
    atoms: &Atoms<'_>,
    start: usize,
    op: Option<Op>,
    first: Amount,
    between: bool,
) -> Option<Comparison> {
    let joint = past_inclusive(atoms, past_age_words(atoms, first.end));
    // "between 18- and 65-years".
    let hyphen = atoms.text(joint) == "-" && matches!(atoms.text(joint + 1), "and" | "to");
    let joint = joint + usize::from(hyphen);
    let to = atoms.takes(joint, Class::To);
    let and = if to == 0 { atoms.takes(joint, Class::And) } else { 0 };
    let comma = usize::from(to + and == 0 && op.is_some() && atoms.is(joint, Class::Comma));
    // "≥ 18 years, ≤ 75 years", "≥ 18 ≤ 75".
    let after = joint + to + and + comma;
    let after = if and > 0 && atoms.text(after) == "also" { after + 1 } else { after };
    // "no less than 4 weeks, and no more than 10 weeks", "≥ 1, but no more than 3".
    let and_too = comma > 0 && matches!(atoms.text(after), "and" | "but");
    let after = after + usize::from(and_too);
    let second_op = comparator(atoms, after);
    let second = amount(atoms, second_op.map_or(after, |(_, len)| after + len))?;
    let upper = match (op, second_op.map(|(op, _)| op)) {
        // "18 to 75", "between 18 and 75", "from 18 to 75".
        (None | Some(Op::Eq), None) if to > 0 || (between && and > 0) => Op::Le,
        // "within 30 days or less than 5 half-lives" is none.
        (None, Some(upper)) if to > 0 || between && atoms.text(joint) != "or" => upper,
        // "≥ 18 to 75", "at least 18 up to 75".
        (Some(lower), None) if to > 0 && lower.is_lower() => Op::Le,
        (Some(lower), Some(upper))
            if lower.is_lower() != upper.is_lower() && upper != Op::Eq && lower != Op::Eq =>
        {
            upper
        }
        _ => return None,
    };
    let lower = op.filter(|op| *op != Op::Eq).unwrap_or(Op::Ge);
    let (mut first, mut second) = (first, second);
    if !comparable(atoms, &first, &second) {
        return None;
    }
    if first.unit == UnitAt::None {
        first.unit = second.unit;
    }
    if second.unit == UnitAt::None {
        second.unit = first.unit;
    }
    let rises = lower.is_lower() && !upper.is_lower();
    let falls = !lower.is_lower() && upper.is_lower();
    let stated = op.is_some() || second_op.is_some();
    let fits = rises && (stated || length(atoms, &first) < length(atoms, &second))
        || falls && op.is_some() && second_op.is_some();
    if !fits {
        return None;
    }
    let end = past_inclusive(atoms, past_age_words(atoms, second.end));
    Some(Comparison {
        range: true,
        stated,
        ..Comparison::stated(vec![(lower, first), (upper, second)], start, end)
    })
}

/// A value to compare two ends by: times in days ("6 months to 5 years" rises).
fn length(atoms: &Atoms<'_>, amount: &Amount) -> f64 {
    let UnitAt::Words { at, len } = amount.unit else { return amount.value };
    amount.value * days(atoms.slice(at..at + len)).unwrap_or(1.0)
}

/// Whether two ends of a range can be of one variable: one without a unit, two of one unit or of time.
pub(super) fn comparable(atoms: &Atoms<'_>, first: &Amount, second: &Amount) -> bool {
    match (first.unit, second.unit) {
        (UnitAt::Words { at: a, len: a_len }, UnitAt::Words { at: b, len: b_len }) => {
            let (a, b) = (atoms.slice(a..a + a_len), atoms.slice(b..b + b_len));
            a == b || is_time(a) && is_time(b) || is_one_unit(atoms, first, second)
        }
        (UnitAt::None, _) | (_, UnitAt::None) => true,
        (a, b) => a == b,
    }
}

/// "23 kilogram per square metre and 30 kg/m²": one unit in two spellings.
fn is_one_unit(atoms: &Atoms<'_>, first: &Amount, second: &Amount) -> bool {
    let units = |amount: &Amount| match amount.unit {
        UnitAt::Words { at, len } => Some((at, len)),
        _ => None,
    };
    let (Some((a, a_len)), Some((b, b_len))) = (units(first), units(second)) else { return false };
    let of = |at: usize, len: usize| {
        atoms.marks(at).iter().filter(move |m| m.class == Class::Unit && usize::from(m.len) == len)
    };
    of(a, a_len).any(|one| of(b, b_len).any(|other| one.payload == other.payload))
}

pub(super) fn is_time(unit: &str) -> bool {
    days(unit).is_some()
}

/// About how many days a unit of time has, to tell which of two times is the longer.
fn days(unit: &str) -> Option<f64> {
    const UNITS: &[(&str, f64)] =
        &[("year", 365.0), ("yr", 365.0), ("month", 30.0), ("week", 7.0), ("day", 1.0)];
    UNITS.iter().find(|(name, _)| unit.starts_with(name)).map(|(_, days)| *days)
}

/// The largest number in a list of scores or counts.
const LISTED: f64 = 5.0;

/// `0, 1 or 2`, `0 or 1`, `0/1`: small whole numbers that rise, as the range they make.
pub(super) fn list(atoms: &Atoms<'_>, start: usize, op: Option<Op>, first: Amount) -> Option<Comparison> {
    let small = |amount: &Amount| amount.value.fract() == 0.0 && amount.value <= LISTED && !amount.has_unit();
    if op.is_some_and(|op| op != Op::Eq) || !small(&first) {
        return None;
    }
    let (mut last, mut end) = (first, first.end);
    loop {
        let mut at = end;
        for class in [Class::Comma, Class::Or, Class::And] {
            at += atoms.takes(at, class);
        }
        let next = number(atoms, at).filter(|next| at > end && small(next) && next.value > last.value);
        let Some(next) = next else { break };
        (last, end) = (next, next.end);
    }
    (last.value > first.value).then(|| Comparison {
        range: true,
        list: true,
        stated: false,
        ..Comparison::stated(vec![(Op::Ge, first), (Op::Le, last)], start, end)
    })
}

/// `140/90`: a pressure, with or without a comparator.
pub fn pressures(atoms: &Atoms<'_>, at: usize) -> Option<(Amount, Amount)> {
    let first = number(atoms, at)?;
    if atoms.text(first.end) != "/" {
        return None;
    }
    let second = amount(atoms, first.end + 1)?;
    let fits = (70.0..=260.0).contains(&first.value) && (30.0..=160.0).contains(&second.value);
    (fits && first.value > second.value).then_some((first, second))
}
