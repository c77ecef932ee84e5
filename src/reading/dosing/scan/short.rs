//! Cycles and days in short: `C1D8`, `C1D8 and C1D15`, `Day 1 of C2-C8`.

use super::Scanner;
use crate::reading::dosing::part::{Part, What};

impl Scanner<'_> {
    /// `C1D1`, and the further days of that cycle, `C1D1, D8 and C1D15`, `C1D1 to C1D7`: the cycle and its days, and where they
    /// end.
    pub(super) fn short_days(&self, at: usize, text: &str) -> Option<(u32, Vec<i32>, usize)> {
        let (cycle, first) = cycle_and_day(text)?;
        let mut days = vec![first];
        let mut last = first;
        let mut end = at + 1;
        while days.len() < MOST {
            let next = past(end, &|at| matches!(self.tokens.text(at), "," | "and" | "&" | "/" | "+"));
            let to = past(end, &|at| matches!(self.tokens.text(at), "to" | "through" | "-" | "–"));
            if let Some(day) = self.day_of(next, cycle).filter(|_| next > end) {
                days.push(day);
                (last, end) = (day, next + 1);
            } else if let Some(day) = self.day_of(to, cycle).filter(|day| to > end && *day > last) {
                days.extend((last + 1..=day).take(MOST));
                (last, end) = (day, to + 1);
            } else {
                break;
            }
        }
        Some((cycle, days, end))
    }

    /// `C1D8`, `D8` or `8` behind other days of the cycle.
    fn day_of(&self, at: usize, cycle: u32) -> Option<i32> {
        let text = self.tokens.text(at);
        if let Some((again, day)) = cycle_and_day(text) {
            return (again == cycle).then_some(day);
        }
        let plain = number(text).filter(|_| {
            // "C1D1 and 8 mg on C1D8", "C1D1, 3 times a week".
            self.quantity(at).is_none()
                && matches!(self.tokens.text(at + 1), "," | "and" | "&" | "." | ";" | ")" | "of" | "in" | "")
        });
        let day = text.strip_prefix('d').and_then(number).or(plain)?;
        i32::try_from(day).ok()
    }

    /// "C2 and beyond": further cycles in a writing that is not read, so that the one before would be a part of them.
    fn goes_on(&self, end: usize) -> bool {
        let joint =
            |at: usize| matches!(self.tokens.text(at), "," | "and" | "&" | "/" | "to" | "through" | "until");
        let next = past(end, &joint);
        let text = self.tokens.text(next);
        let further = number(text).is_some() && self.quantity(next).is_none();
        let more = matches!(text, "beyond" | "onward" | "onwards" | "later" | "subsequent" | "following");
        next > end && (further || more || text.strip_prefix('c').and_then(number).is_some())
    }

    /// `C2-C8`, `C2+` behind "day 1 of" or "in": which cycles.
    pub(super) fn short_cycles(&self, at: usize, text: &str) -> Option<(u32, Option<u32>, usize)> {
        let of_days = matches!(
            self.parts.as_slice(),
            [.., Part { what: What::Days(_), .. }, Part { what: What::Of, end, .. }] if *end == at
        );
        let rest = text.strip_prefix('c').filter(|_| of_days)?;
        if let Some((first, last)) = rest.split_once('-') {
            let last = last.strip_prefix('c').unwrap_or(last);
            return Some((number(first)?, Some(number(last)?), at + 1));
        }
        let first = number(rest)?;
        if self.goes_on(at + 1) {
            return None;
        }
        if self.tokens.is(at + 1, "+") {
            return Some((first, None, at + 2));
        }
        Some((first, Some(first), at + 1))
    }
}

/// Days that are listed at most.
const MOST: usize = 32;

/// Behind up to two words that join what is listed.
fn past(end: usize, joins: &dyn Fn(usize) -> bool) -> usize {
    (end..end + 2).find(|at| !joins(*at)).unwrap_or(end + 2)
}

/// `c1d15`: the cycle and the day.
fn cycle_and_day(text: &str) -> Option<(u32, i32)> {
    let (cycle, day) = text.strip_prefix('c')?.split_once('d')?;
    Some((number(cycle)?, i32::try_from(number(day)?).ok()?))
}

/// A whole number that cycles and days are counted by.
fn number(text: &str) -> Option<u32> {
    const MOST: u32 = 99;
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|count| digits && (1..=MOST).contains(count))
}
