//! Days of a cycle: "days 1, 8 and 15", "D1-D21", "day -6 to -3".

use crate::reading::lexer::{Kind, Tokens};
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

/// No cycle has a day beyond this one; a higher number is a count of something else.
const LAST_DAY: i32 = 400;

/// No list of days has more members than this.
const LONGEST_LIST: usize = 64;

/// Days of a cycle at token `at`: `days 1, 8 and 15`, `D1-D21`, `day -6 to -3`, `1-14 days of`.
pub(super) fn days(tokens: &Tokens, at: usize) -> Option<Found<Vec<i32>>> {
    if let Some(found) = number_first(tokens, at) {
        return Some(found);
    }
    let mut list = Vec::new();
    let mut end = item(tokens, at, true)?.add_to(&mut list)?;
    while list.len() < LONGEST_LIST {
        let next = joined_item(tokens, end).or_else(|| behind_semicolon(tokens, at, end));
        let Some(next) = next else { break };
        // "days 1 and 15 and on day 1 of later cycles": another list.
        if next.first == next.last && list.len() > 1 && list.contains(&next.first) {
            break;
        }
        let Some(after) = next.add_to(&mut list) else { break };
        end = after;
    }
    let mut seen = std::collections::HashSet::new();
    list.retain(|day| seen.insert(*day));
    Some(Found::new(list, end))
}

/// `1-14 days of every 3-week cycle`: the numbers stand before the word.
fn number_first(tokens: &Tokens, at: usize) -> Option<Found<Vec<i32>>> {
    let range = numbers::range(tokens, at)?;
    let (low, high) = range.value;
    let whole = low == 1.0 && high.fract() == 0.0 && high <= 42.0;
    let of_cycle = matches!(tokens.text(range.end), "days" | "day")
        && matches!(tokens.text(range.end + 1), "of" | "every" | "in" | "each");
    (whole && of_cycle).then(|| Found::new((1..=high as i32).collect(), range.end + 1))
}

/// One day or a run of days.
struct Item {
    first: i32,
    last: i32,
    end: usize,
}

impl Item {
    fn add_to(&self, list: &mut Vec<i32>) -> Option<usize> {
        if self.first > self.last || self.last - self.first > LAST_DAY {
            return None;
        }
        list.extend(self.first..=self.last);
        Some(self.end)
    }
}

/// A day or a run of days at `at`. `named`: the word "day" must stand before it.
fn item(tokens: &Tokens, at: usize, named: bool) -> Option<Item> {
    let first = day_number(tokens, at, named)?;
    let joined = matches!(tokens.text(first.end), "-" | "to" | "~" | "through" | "—" | "thru" | "until")
        || tokens.is(first.end, "up") && tokens.is(first.end + 1, "to");
    if joined {
        let two_words = usize::from(tokens.is(first.end, "up"));
        let from = first.end + 1 + two_words;
        let last = day_number(tokens, from, true).or_else(|| day_number(tokens, from, false));
        if let Some(last) = last
            && last.value > first.value
            && !counts_something(tokens, last.end)
        {
            return Some(Item { first: first.value, last: last.value, end: last.end });
        }
    }
    if let Some((low, high, end)) = glued_run(tokens, at) {
        return Some(Item { first: low, last: high, end });
    }
    Some(Item { first: first.value, last: first.value, end: first.end })
}

/// A further item behind `,` `and` `&` `/` `+`, if its number counts nothing else.
fn joined_item(tokens: &Tokens, at: usize) -> Option<Item> {
    let mut next = past_tolerance(tokens, at).unwrap_or(at);
    let mut signs = 0;
    while matches!(tokens.text(next), "," | "and" | "&" | "/" | "+" | "•" | "plus") && signs < 2 {
        next += 1;
        signs += 1;
    }
    if signs == 0 && tokens.matches(next, &["as", "well", "as"]) {
        (next, signs) = (next + 3, 1);
    }
    if signs == 0 {
        return None;
    }
    let again = usize::from(matches!(tokens.text(next), "again" | "also"));
    let named = next + again + usize::from(tokens.is(next + again, "on"));
    // "on day 1 plus 2 sessions": behind the number stands what it counts.
    let weak = (at..next).any(|word| matches!(tokens.text(word), "plus" | "well"));
    let behind =
        tokens.get(named + 1).filter(|token| token.kind == Kind::Word).map_or("", |_| tokens.text(named + 1));
    let goes_on = matches!(
        behind,
        "" | "every" | "each" | "of" | "in" | "and" | "or" | "for" | "then" | "with" | "over"
    );
    if weak && named == next && !tokens.text(next).starts_with('d') && !goes_on {
        return None;
    }
    if let Some(item) = item(tokens, named, true) {
        return Some(item);
    }
    let item = item(tokens, next, false)?;
    (!counts_something(tokens, item.end)).then_some(item)
}

/// `; 8` in "days 1; 8; 15": of several days, which the word says.
fn behind_semicolon(tokens: &Tokens, at: usize, end: usize) -> Option<Item> {
    let several = tokens.is(at, "days") && tokens.is(end, ";");
    let item = item(tokens, end + 1, false).filter(|_| several)?;
    (!counts_something(tokens, item.end)).then_some(item)
}

/// Past `(±1 day)`, `± 2 days` behind a day.
fn past_tolerance(tokens: &Tokens, at: usize) -> Option<usize> {
    let open = usize::from(tokens.is(at, "("));
    let sign = matches!(tokens.text(at + open), "±" | "+/-");
    let length = periods::period(tokens, at + open + 1).filter(|_| sign)?;
    (open == 0 || tokens.is(length.end, ")")).then_some(length.end + open)
}

/// Whether a number that ends before `at` is an amount or a count and no day.
fn counts_something(tokens: &Tokens, at: usize) -> bool {
    let unit = at + usize::from(tokens.is(at, "-"));
    let word = tokens.text(unit);
    let is_word = tokens.get(unit).is_some_and(|token| matches!(token.kind, Kind::Word));
    // "day 1, 5-fluorouracil": the number begins a name.
    let tight = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    if is_word && unit > at && tight(at) && tight(unit) {
        return true;
    }
    if !is_word {
        let cycles = matches!(tokens.text(unit + 2), "cycles" | "cycle" | "courses");
        return word == "%" || word == "×" && !cycles;
    }
    if matches!(word, "days" | "day") {
        // "days 1, 8, 15 day 1": another list; "1, 21-day cycle": a length.
        return unit > at || !matches!(tokens.get(unit + 1).map(|t| t.kind), Some(Kind::Number(_)));
    }
    // "days 1-5 x 6 cycles": the cycles are counted, not the days.
    if matches!(word, "x" | "×") && matches!(tokens.text(unit + 2), "cycles" | "cycle" | "courses") {
        return false;
    }
    periods::unit(word).is_some()
        || ["mg", "milligram", "microgram", "millilit", "gram"].iter().any(|unit| word.starts_with(unit))
        || matches!(
            word,
            "g" | "mcg"
                | "ug"
                | "ml"
                | "iu"
                | "international"
                | "microg"
                | "units"
                | "gy"
                | "cycle"
                | "cycles"
                | "courses"
                | "times"
                | "x"
                | "doses"
                | "tablets"
                | "tablet"
                | "capsules"
                | "puffs"
                | "patients"
                | "million"
        )
}

/// `day 1`, `days -6`, `d1`, `day1`, `(-3)`; without `named` a bare number.
fn day_number(tokens: &Tokens, at: usize, named: bool) -> Option<Found<i32>> {
    let text = tokens.text(at);
    if named {
        if matches!(text, "day" | "days" | "d" | "ds" | "dd") {
            let sign = at
                + 1
                + usize::from(matches!(tokens.text(at + 1), "." | "#") && tokens.number(at + 2).is_some());
            return plain_day(tokens, sign);
        }
        if let Some(before) = glued_negative(text) {
            return Some(Found::new(-in_range(before.parse().ok()?)?, at + 1));
        }
        let digits = glued_digits(text)?;
        let digits = digits.split('-').next()?;
        return Some(Found::new(in_range(digits.parse().ok()?)?, at + 1));
    }
    plain_day(tokens, at)
}

/// The digits of `d1`, `day15`, `d1-21`.
fn glued_digits(text: &str) -> Option<&str> {
    let rest =
        text.strip_prefix("days").or_else(|| text.strip_prefix("day")).or_else(|| text.strip_prefix('d'))?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
}

/// The digits of `d-6`, `day-1`: a day before day 0.
fn glued_negative(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("days-")
        .or_else(|| text.strip_prefix("day-"))
        .or_else(|| text.strip_prefix("d-"))?;
    rest.bytes().all(|b| b.is_ascii_digit()).then_some(rest)
}

/// `d1-d21`, `d1-21`, `day1-day5`: one token.
fn glued_run(tokens: &Tokens, at: usize) -> Option<(i32, i32, usize)> {
    let (first, last) = glued_digits(tokens.text(at))?.split_once('-')?;
    let last = glued_digits(last).unwrap_or(last);
    let (first, last) = (in_range(first.parse().ok()?)?, in_range(last.parse().ok()?)?);
    (first < last).then_some((first, last, at + 1))
}

/// `1`, `-6`, `(-3)`.
fn plain_day(tokens: &Tokens, at: usize) -> Option<Found<i32>> {
    let bracket = tokens.is(at, "(");
    let sign = at + usize::from(bracket);
    let minus = tokens.is(sign, "-");
    // "days +1, +3 and +6" behind a transplant.
    let plus = tokens.is(sign, "+") && tokens.get(sign + 1).is_some_and(|number| !number.spaced);
    if bracket && !minus {
        return None;
    }
    let number = sign + usize::from(minus || plus);
    let value = tokens.number(number).or_else(|| numbers::word_value(tokens.text(number)))?;
    if value.fract() != 0.0
        || !(0.0..=f64::from(LAST_DAY)).contains(&value)
        || tokens.text(number).contains([',', '.'])
    {
        return None;
    }
    let end = number + 1 + usize::from(bracket);
    if bracket && !tokens.is(number + 1, ")") {
        return None;
    }
    let day = value as i32;
    Some(Found::new(if minus { -day } else { day }, end))
}

fn in_range(day: i32) -> Option<i32> {
    (0..=LAST_DAY).contains(&day).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    #[test]
    fn days_of_a_cycle() {
        let to = |last| (1..=last).collect::<Vec<i32>>();
        for (raw, read) in [
            ("days 1, 8 and 15", vec![1, 8, 15]),
            ("Days 1-5", to(5)),
            ("D1-D14", to(14)),
            ("d1-21,", to(21)),
            ("Day1", vec![1]),
            ("D1, D8 and D15", vec![1, 8, 15]),
            ("day 1 to day 5", to(5)),
            ("day 1 through 5", to(5)),
            ("days -6-(-3);", vec![-6, -5, -4, -3]),
            ("d-1;", vec![-1]),
            ("d-6-(-3)", vec![-6, -5, -4, -3]),
            ("day -5 to day -3", vec![-5, -4, -3]),
            ("days 1-3 and 8", vec![1, 2, 3, 8]),
            ("day 1, 21-day cycle", vec![1]),
            ("day 1, 8 mg", vec![1]),
            ("day 1 and 500 mg", vec![1]),
            ("1-14days of every", to(14)),
            ("Day 1 and Day 15", vec![1, 15]),
            ("days 1 & 8", vec![1, 8]),
            ("day one", vec![1]),
            ("Days 1 (±1 day) and 8 (±1 day)", vec![1, 8]),
            ("days 1 as well as 8", vec![1, 8]),
            ("day 1 and again on day 8", vec![1, 8]),
            ("days 1; 8; 15", vec![1, 8, 15]),
            ("days 1; 80 mg", vec![1]),
            ("day 1, 15 milligrams per kilogram", vec![1]),
            ("day 1 plus 500 mg", vec![1]),
        ] {
            assert_eq!(days(&lex(raw), 0).map(|found| found.value), Some(read), "{raw}");
        }
        for raw in ["1-14 days", "daily", "days", "d"] {
            assert_eq!(days(&lex(raw), 0), None, "{raw}");
        }
    }
}
