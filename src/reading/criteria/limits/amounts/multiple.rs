//! The unit after a number, and multiples of the end of a normal range.

use super::number::number;
use super::{Amount, Comparison, Op, UnitAt};
use crate::reading::criteria::limits::atoms::Atoms;
use crate::reading::criteria::vocabulary::Class;

/// The unit after a number.
pub(super) fn unit(atoms: &Atoms<'_>, amount: &mut Amount) {
    if multiple(atoms, amount, true) {
        return;
    }
    let len = atoms.takes(amount.end, Class::Unit);
    if len > 0 {
        amount.unit = UnitAt::Words { at: amount.end, len };
        amount.end += len;
        // "50 kilograms (kg) or more": the unit again.
        let again = atoms.takes(amount.end + 1, Class::Unit);
        let bracket =
            again > 0 && atoms.is(amount.end, Class::Open) && atoms.is(amount.end + 1 + again, Class::Close);
        amount.end += if bracket { again + 2 } else { 0 };
        percent_tail(atoms, amount);
        return;
    }
    in_brackets(atoms, amount);
}

/// "18 to 28 (kg/m2)": the unit in brackets behind its number. One letter may be anything's.
fn in_brackets(atoms: &Atoms<'_>, amount: &mut Amount) {
    if !atoms.is(amount.end, Class::Open) {
        return;
    }
    let at = amount.end + 1;
    let len = atoms.takes(at, Class::Unit);
    let text = atoms.slice(at..at + len);
    if atoms.is(at + len, Class::Close) && (text == "%" || text.len() > 1) {
        amount.unit = UnitAt::Words { at, len };
        amount.end = at + len + 1;
    }
}

/// "% of predicted", "% of the predicted normal value": nothing new after the sign.
pub(super) fn percent_tail(atoms: &Atoms<'_>, amount: &mut Amount) {
    let mut end = amount.end;
    for _ in 0..3 {
        match atoms.text(end) {
            "of" | "the" | "his" | "her" | "their" => end += 1,
            "predicted" | "pred" => {
                amount.end = end + 1;
                return;
            }
            _ => return,
        }
    }
}

/// "× ULN", "times the institutional upper limit of normal", "ULN": a multiple of the normal range's end.
/// `direct`: the number may stand before the unit without a factor sign.
pub(super) fn multiple(atoms: &Atoms<'_>, amount: &mut Amount, direct: bool) -> bool {
    let mut at = amount.end;
    let times = atoms.takes(at, Class::Times);
    at += times;
    let factor = times > 0 || !direct;
    let mut opened = false;
    for _ in 0..8 {
        let limit = limit_unit(atoms, at);
        if let Some(len) = limit {
            amount.unit = UnitAt::Words { at, len };
            // "2.5 × (ULN)".
            let closed = usize::from(opened && atoms.is(at + len, Class::Close));
            amount.end = alias(atoms, at + len + closed);
            return true;
        }
        let normal = atoms.takes(at, Class::Normal);
        let filler = atoms.takes(at, Class::MultipleFiller);
        if factor && normal > 0 && normal >= filler && limit_unit(atoms, at + filler.max(1)).is_none() {
            amount.unit = UnitAt::Multiple;
            amount.end = alias(atoms, at + normal);
            return true;
        }
        if filler == 0
            || !factor
                && at == amount.end
                && !matches!(atoms.text(at), "the" | "of" | "institutional" | "(" | "[" | "upper")
        {
            return false;
        }
        opened |= atoms.is(at, Class::Open);
        at += filler;
    }
    false
}

/// The end of the normal range at `at`, named: how many atoms.
pub fn limit_unit(atoms: &Atoms<'_>, at: usize) -> Option<usize> {
    let len = usize::from(atoms.mark(at, Class::Unit)?.len);
    // Written in letters that are nothing but a limit: "ULN", "upper limit …", not "mg".
    let text = atoms.slice(at..at + len);
    // One of these letters is in all of them, and in few other units.
    if !text.bytes().any(|byte| matches!(byte, b'u' | b'l')) {
        return None;
    }
    let is_limit = text.contains("uln")
        || text.contains("lln")
        || text.contains("unl")
        || text.contains("limit")
        || text.contains("normal")
        || text == "ult"
        || text.contains("upper");
    is_limit.then_some(len)
}

/// "(ULN)" after the words, and "of normal" twice: the same again.
pub(super) fn alias(atoms: &Atoms<'_>, mut end: usize) -> usize {
    // "(× ULN)" is the same too.
    let from = end + 1 + atoms.takes(end + 1, Class::Times);
    if atoms.is(end, Class::Open)
        && let Some(len) = limit_unit(atoms, from)
        && atoms.is(from + len, Class::Close)
    {
        end = from + len + 1;
    }
    past_whose(atoms, end)
}

/// "for the institution", "for age": whose limit it is.
fn past_whose(atoms: &Atoms<'_>, end: usize) -> usize {
    if !matches!(atoms.text(end), "for" | "of" | "at" | "per") {
        return end;
    }
    let at = end
        + 1
        + usize::from(matches!(atoms.text(end + 1), "the" | "our" | "this" | "that" | "each" | "local"));
    let whose = [
        "institution",
        "institute",
        "laboratory",
        "lab",
        "age",
        "center",
        "centre",
        "site",
        "assay",
        "hospital",
    ];
    if whose.contains(&atoms.text(at)) { at + 1 } else { end }
}

/// "within 1.5 × ULN": up to that.
pub(super) fn within_normal(atoms: &Atoms<'_>, at: usize, amount: &Amount) -> Option<Op> {
    let multiple = match amount.unit {
        UnitAt::Multiple => true,
        UnitAt::Words { at, .. } => limit_unit(atoms, at).is_some(),
        UnitAt::None | UnitAt::Cells(_) | UnitAt::Normal => false,
    };
    (multiple && atoms.is(at, Class::TrulyWithin)).then_some(Op::Le)
}

/// How many words may stand between "within" and "normal range".
const BEFORE_NORMAL: usize = 4;

/// "within the normal range", "within institutional normal limits": up to the range's end.
pub(super) fn normal_range(atoms: &Atoms<'_>, at: usize) -> Option<Comparison> {
    let within = atoms.takes(at, Class::TrulyWithin);
    let mut from = at + within;
    for _ in 0..BEFORE_NORMAL {
        let len = atoms.takes(from, Class::Normal);
        if within == 0 || len > 0 && atoms.text(from) != "the" {
            break;
        }
        from += atoms.takes(from, Class::MultipleFiller).min(1);
    }
    let len = atoms.takes(from, Class::Normal).max(limit_unit(atoms, from).unwrap_or(0));
    let range = ["range", "limit", "value"].iter().any(|word| atoms.slice(from..from + len).contains(word));
    let upper = atoms.slice(from..from + len).contains("upper");
    (within > 0 && range && !upper).then(|| {
        let end = alias(atoms, from + len);
        let amount = Amount { value: 1.0, unit: UnitAt::Normal, start: at, end, dotted: false, decimals: 0 };
        Comparison::stated(vec![(Op::Le, amount)], at, end)
    })
}

/// "≤ ULN", "above the upper limit of normal": once the limit.
pub(super) fn bare_limit(atoms: &Atoms<'_>, at: usize, stated: bool) -> Option<Amount> {
    if !stated {
        return None;
    }
    let mut at_unit = at;
    for _ in 0..3 {
        if let Some(len) = limit_unit(atoms, at_unit) {
            let unit = UnitAt::Words { at: at_unit, len };
            let end = alias(atoms, at_unit + len);
            let one = Amount { value: 1.0, unit, start: at, end, dotted: false, decimals: 0 };
            return factor_behind(atoms, one);
        }
        let filler = atoms.takes(at_unit, Class::MultipleFiller);
        if filler == 0 {
            return None;
        }
        at_unit += filler;
    }
    None
}

/// No trial lets in a larger multiple.
const MOST: f64 = 20.0;

/// "ULN × 2.5", "ULN (× 2.5)", "the upper limit of normal times 3": the factor behind the limit. "ULN × 2 occasions" is once
/// the limit. `None` for a factor that is no one number ("× 2-3", "× 10^9").
fn factor_behind(atoms: &Atoms<'_>, one: Amount) -> Option<Amount> {
    let open = usize::from(atoms.is(one.end, Class::Open));
    let times = atoms.takes(one.end + open, Class::Times);
    let factor = number(atoms, one.end + open + times).filter(|_| times > 0);
    let Some(factor) = factor.filter(|factor| factor.value <= MOST) else { return Some(one) };
    let closed = open == 0 || atoms.is(factor.end, Class::Close);
    let repeated = matches!(
        atoms.text(factor.end),
        "occasions" | "occasion" | "times" | "tests" | "measurements" | "readings" | "samples" | "visits"
    );
    if repeated || !closed {
        return Some(one);
    }
    let further = matches!(atoms.text(factor.end), "^" | "-" | "to" | "/" | "~")
        || atoms.text(factor.end) == "," && atoms.get(factor.end + 1).is_some_and(|digit| !digit.spaced);
    (!further).then_some(Amount { value: factor.value, end: factor.end + open, ..one })
}

/// "> 1.5 times the upper limit (> 3 times in Gilbert's disease)", "≤ 3 × ULN (≤ 5 if metastases)": of what it is a multiple
/// is said once, before the bracket.
pub fn share_multiples(atoms: &Atoms<'_>, comparisons: &mut [Comparison]) {
    for index in 1..comparisons.len() {
        let (before, after) = comparisons.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last(), after.first_mut()) else { return };
        let of_normal = |amount: &Amount| match amount.unit {
            UnitAt::Multiple => true,
            UnitAt::Words { at, .. } => limit_unit(atoms, at).is_some(),
            UnitAt::None | UnitAt::Cells(_) | UnitAt::Normal => false,
        };
        let bracket = second.start == first.end + 1 && atoms.is(first.end, Class::Open);
        let times = atoms.takes(second.end, Class::Times);
        let of_some = second.stated && atoms.is_any(second.end, &[Class::If, Class::IfAfter]);
        if !bracket || times == 0 && !of_some || !first.parts.iter().all(|(_, amount)| of_normal(amount)) {
            continue;
        }
        if let [(_, amount)] = second.parts.as_mut_slice()
            && !amount.has_unit()
            && amount.value <= MOST
        {
            amount.unit = UnitAt::Multiple;
            second.end += times;
        }
    }
}
