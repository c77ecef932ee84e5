//! Cycles and days in short: `C1D8`, `C1D8 and C1D15`, `Day 1 of C2-C8`.

use super::Scanner;
use crate::reading::dosing::part::{Part, What};

impl Scanner<'_> {
    /// `C1D1`, and the further days of that cycle: the cycle and its days, and where they end.
    pub(super) fn short_days(&self, at: usize, text: &str) -> Option<(u32, Vec<i32>, usize)> {
        let (cycle, day) = cycle_and_day(text)?;
        let mut days = vec![day];
        let mut end = at + 1;
        while days.len() < 32 {
            let mut next = end;
            while next < end + 2 && matches!(self.tokens.text(next), "," | "and" | "&" | "/" | "+") {
                next += 1;
            }
            match cycle_and_day(self.tokens.text(next)).filter(|_| next > end) {
                Some((again, day)) if again == cycle => days.push(day),
                _ => break,
            }
            end = next + 1;
        }
        Some((cycle, days, end))
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
        if self.tokens.is(at + 1, "+") {
            return Some((first, None, at + 2));
        }
        Some((first, Some(first), at + 1))
    }
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
