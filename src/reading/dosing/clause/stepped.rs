//! Dose levels that are told one by one before what is given: one list of doses.
//!
//! Before a sentence is read, such a list is made one amount.

use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::word_classes::{Source, WordClass};
use crate::reading::quantities::{Between, Quantity, Values};

/// The sentence with "level 1: 10 mg, level 2: 15 mg, level 3: 20 mg of X" made one amount of three; `None` where it has
/// no such list.
pub(super) fn joined(parts: &[Part]) -> Option<Vec<Part>> {
    const FEWEST: usize = 2;
    let ranks = parts.iter().filter(|part| matches!(part.what, What::Rank(_)));
    if ranks.count() < FEWEST {
        return None;
    }
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    let mut at = 0;
    let mut any = false;
    while let Some(part) = parts.get(at) {
        match list_at(parts, at) {
            Some((quantity, last)) => {
                let end = parts.get(last).map_or(part.end, |last| last.end);
                out.extend(parts.get(at).filter(|part| matches!(part.what, What::Rank(_))).cloned());
                out.push(Part { what: What::Amount(quantity), first: part.first, end });
                at = last + 1;
                any = true;
            }
            None => {
                out.push(part.clone());
                at += 1;
            }
        }
    }
    any.then_some(out)
}

/// The doses of the list that begins at `at`, and its last part: two or more with a rank each, and a name behind them.
fn list_at(parts: &[Part], at: usize) -> Option<(Quantity, usize)> {
    const FEWEST: usize = 2;
    if !matches!(parts.get(at)?.what, What::Rank(_) | What::Amount(_)) {
        return None;
    }
    let mut list = Vec::new();
    let mut unit = None;
    let mut next = at;
    let mut last = at;
    while let Some((quantity, end)) = step(parts, next) {
        let Values::One(value) = quantity.values else { break };
        let unit = unit.get_or_insert_with(|| quantity.unit.clone());
        if unit.name != quantity.unit.name {
            break;
        }
        list.push(value);
        last = end;
        next = end + 1;
        while matches!(
            parts.get(next).map(|part| &part.what),
            Some(What::Comma | What::Semicolon | What::And | What::Or | What::Then)
        ) {
            next += 1;
        }
    }
    let mut behind = parts.iter().skip(last + 1).map(|part| &part.what);
    let named = match behind.next()? {
        What::Of => true,
        What::Name(..) => true,
        What::Route(_) => matches!(behind.next(), Some(What::Name(..) | What::Of)),
        _ => false,
    };
    let values = Values::Several(list.clone(), Between::And);
    (named && list.len() >= FEWEST).then_some((Quantity { values, unit: unit? }, last))
}

/// "level 1: 10 mg", "10 mg (level 1)": a dose with its rank, and its last part.
fn step(parts: &[Part], at: usize) -> Option<(Quantity, usize)> {
    let what = |at: usize| parts.get(at).map(|part| &part.what);
    match what(at)? {
        What::Rank(_) => {
            let amount = at + 1 + usize::from(what(at + 1) == Some(&What::Colon));
            let What::Amount(quantity) = what(amount)? else { return None };
            Some((quantity.clone(), amount))
        }
        What::Amount(quantity) => {
            let bracketed = what(at + 1) == Some(&What::Open)
                && matches!(what(at + 2), Some(What::Rank(_)))
                && what(at + 3) == Some(&What::Close);
            bracketed.then(|| (quantity.clone(), at + 3))
        }
        _ => None,
    }
}

/// "step-up doses of 0.06 and 0.3 mg/kg": two doses one after the other, which have a row each.
pub(super) fn in_turn(what: &What, first: usize, source: Source<'_>) -> Option<What> {
    const FAR: usize = 4;
    let What::Amount(Quantity { values: Values::Several(list, Between::And), unit }) = what else {
        return None;
    };
    let told = source.classes.among(first.saturating_sub(FAR)..first, WordClass::StepDoses);
    let values = Values::Several(list.clone(), Between::Or);
    (told && list.len() == 2).then(|| What::Amount(Quantity { values, unit: unit.clone() }))
}
