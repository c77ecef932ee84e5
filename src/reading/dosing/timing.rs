//! Schedules inside a dosing text: how often, on which days, in what cycles, for how long.
//!
//! Each function reads one construction at one token. Which treatment it belongs to is for the clauses to tell.

use crate::protocol::{Period, PeriodUnit};
use crate::reading::lexer::Tokens;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

use super::vocabulary::Frequency;
use super::weekdays::weekdays;

/// A frequency told by numbers: `q3w`, `every 3 weeks`, `three times a day`, `5 days/week`, `6-hourly`.
pub(super) fn frequency(tokens: &Tokens, at: usize) -> Option<Found<Frequency>> {
    let text = tokens.text(at);
    if text.starts_with('q') {
        return shorthand(tokens, at);
    }
    match text {
        "every" | "each" | "per" => every(tokens, at + 1),
        "once" | "one" | "1" => once_in(tokens, at).or_else(|| times(tokens, at)),
        _ => times(tokens, at),
    }
}

/// A frequency from an interval: hours become times a day.
fn from_interval(period: Period) -> Frequency {
    match period.unit {
        PeriodUnit::Hour if period.value > 0.0 && (24.0 % period.value) == 0.0 => {
            Frequency { per_day: Some(24.0 / period.value), ..Frequency::default() }
        }
        PeriodUnit::Hour => {
            let days = Period::new(period.value / 24.0, PeriodUnit::Day);
            let every = (period.value > 0.0 && period.value % 24.0 == 0.0).then_some(days);
            Frequency { every, ..Frequency::default() }
        }
        PeriodUnit::Day if period.value == 1.0 => Frequency { per_day: Some(1.0), ..Frequency::default() },
        PeriodUnit::Second | PeriodUnit::Minute => Frequency::default(),
        _ => Frequency { every: Some(period), ..Frequency::default() },
    }
}

/// `q3w`, `q12h`, `q21d`, `q 3 weeks`, `q3 weeks`.
fn shorthand(tokens: &Tokens, at: usize) -> Option<Found<Frequency>> {
    let rest = tokens.text(at).strip_prefix('q')?;
    if rest.is_empty() {
        // "q d 21": every 21 days.
        if tokens.is(at + 1, "d")
            && let Some(days) = tokens.number(at + 2)
        {
            return Some(Found::new(from_interval(Period::new(days, PeriodUnit::Day)), at + 3));
        }
        let hyphen = usize::from(tokens.is(at + 1, "-"));
        return every(tokens, at + 1 + hyphen);
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = rest.split_at(digits);
    let value: f64 = count.parse().ok()?;
    let unit = unit.trim_start_matches('-');
    if unit.is_empty() {
        let unit = periods::unit(tokens.text(at + 1))?;
        return Some(Found::new(from_interval(Period::new(value, unit)), at + 2));
    }
    // `q3m` is months in every text that was looked at; minutes are never an interval of dosing.
    let unit = if unit == "m" { PeriodUnit::Month } else { periods::unit(unit.trim_end_matches("ly"))? };
    Some(Found::new(from_interval(Period::new(value, unit)), at + 1))
}

/// What follows "every": `3 weeks`, `12 hours`, `2 or 4 weeks`, `21 (±3) days`.
fn every(tokens: &Tokens, at: usize) -> Option<Found<Frequency>> {
    if let Some((first, second)) = two_intervals(tokens, at) {
        let frequency =
            Frequency { every: Some(first), or_every: Some(second.value), ..Frequency::default() };
        return Some(Found::new(frequency, second.end));
    }
    if let Some(range) = periods::range(tokens, at) {
        // "every 2-4 weeks" is no one interval: both ends, as in "every 2 or 4 weeks".
        let (low, high) = range.value;
        let days = low.unit >= PeriodUnit::Day && low.days() > 1.0;
        let both = Frequency { every: Some(low), or_every: Some(high), ..Frequency::default() };
        return Some(Found::new(if days { both } else { Frequency::default() }, range.end));
    }
    if let Some(named) = weekdays(tokens, at, true) {
        return Some(named);
    }
    // "every 3rd week".
    if let Some(ordinal) = numbers::ordinal(tokens, at)
        && let Some(unit) = periods::unit(tokens.text(ordinal.end)).filter(|unit| *unit >= PeriodUnit::Day)
        && ordinal.value > 1
    {
        let period = Period::new(f64::from(ordinal.value), unit);
        return Some(Found::new(from_interval(period), ordinal.end + 1));
    }
    let period = periods::period(tokens, at)?;
    Some(Found::new(from_interval(period.value), period.end))
}

/// `every-3-week`, `every-three-weeks`: one word.
pub(super) fn joined_interval(text: &str, at: usize) -> Option<Found<Frequency>> {
    let (count, unit) = text.strip_prefix("every-")?.rsplit_once('-')?;
    let count = count.parse().ok().or_else(|| numbers::word_value(count))?;
    Some(Found::new(from_interval(Period::new(count, periods::unit(unit)?)), at + 1))
}

/// `2 or 4 weeks`, `two weeks or three weeks`.
fn two_intervals(tokens: &Tokens, at: usize) -> Option<(Period, Found<Period>)> {
    let first = numbers::number(tokens, at)?;
    let own_unit = periods::unit(tokens.text(first.end));
    let or = first.end + usize::from(own_unit.is_some());
    if !tokens.is(or, "or") {
        return None;
    }
    let again = usize::from(tokens.is(or + 1, "every"));
    let second = periods::period(tokens, or + 1 + again)?;
    let unit = own_unit.unwrap_or(second.value.unit);
    Some((Period::new(first.value, unit), second))
}

/// `once in 4 weeks`, `once per 3 weeks`, `one dose every 3 weeks` is "every"'s.
fn once_in(tokens: &Tokens, at: usize) -> Option<Found<Frequency>> {
    if !tokens.is(at, "once") || !matches!(tokens.text(at + 1), "in" | "per") {
        return None;
    }
    let every_word = usize::from(tokens.is(at + 2, "every"));
    every(tokens, at + 2 + every_word)
}

/// `three times a day`, `2x/day`, `3 times weekly`, `5 days a week`, `6-hourly`, `3-weekly`.
fn times(tokens: &Tokens, at: usize) -> Option<Found<Frequency>> {
    let begins = periods::may_begin(tokens, at) || tokens.is(at, "between");
    if !begins {
        return None;
    }
    if let Some(found) = spaced(tokens, at) {
        return Some(found);
    }
    let count = numbers::number(tokens, at)?;
    let value = count.value;
    if !(1.0..=24.0).contains(&value) || value.fract() != 0.0 {
        return None;
    }
    let word = count.end;
    if tokens.is(word, "-") {
        return hyphenated(tokens, word + 1, value);
    }
    let day = word
        + usize::from(matches!(
            tokens.text(word),
            "consecutive" | "alternate" | "non-consecutive" | "nonconsecutive" | "working" | "separate"
        ));
    if matches!(tokens.text(day), "day" | "days" | "d") {
        let week = per_unit(tokens, day + 1)?;
        let weekly = week.value == PeriodUnit::Week && value <= 7.0;
        return weekly
            .then(|| Found::new(Frequency { per_week: Some(value), ..Frequency::default() }, week.end));
    }
    // "in two nightly doses": so often a day.
    let daily = matches!(tokens.text(word), "daily" | "nightly")
        && at > 0
        && matches!(tokens.text(at - 1), "in" | "into");
    // "in 16 daily fractions": one of them a day.
    if daily
        && value <= 4.0
        && (GIVINGS.contains(&tokens.text(word + 1)) || tokens.text(word + 1) == "dosages")
    {
        return Some(Found::new(Frequency { per_day: Some(value), ..Frequency::default() }, word + 2));
    }
    let counted = match tokens.text(word) {
        "times" | "time" | "x" | "×" => word + 1,
        noun if GIVINGS.contains(&noun) => word + 1,
        "/" => word,
        _ => return None,
    };
    // "12 doses of weekly X": so many in all.
    if tokens.is(counted, "of") && matches!(tokens.text(counted + 1), "daily" | "weekly" | "monthly") {
        return None;
    }
    let counted = counted + usize::from(matches!(tokens.text(counted), "of"));
    let unit = per_unit(tokens, counted)?;
    let frequency = match unit.value {
        PeriodUnit::Day => Frequency { per_day: Some(value), ..Frequency::default() },
        PeriodUnit::Week if value == 1.0 => {
            Frequency { every: Some(Period::new(1.0, PeriodUnit::Week)), ..Frequency::default() }
        }
        PeriodUnit::Week => Frequency { per_week: Some(value), ..Frequency::default() },
        PeriodUnit::Month if value == 1.0 => {
            Frequency { every: Some(Period::new(1.0, PeriodUnit::Month)), ..Frequency::default() }
        }
        _ => return None,
    };
    Some(Found::new(frequency, unit.end))
}

/// What is counted a day or a week: each is a giving.
const GIVINGS: &[&str] = &[
    "fractions",
    "fraction",
    "doses",
    "dose",
    "injections",
    "injection",
    "infusions",
    "infusion",
    "administrations",
    "applications",
    "instillations",
    "servings",
    "session",
    "sessions",
];

/// The end of `3-4 times a day`, `two or three times weekly`, which tells no one number.
pub(super) fn several_times(tokens: &Tokens, at: usize) -> Option<usize> {
    let either = |first: Found<f64>| {
        tokens.is(first.end, "or").then(|| numbers::number(tokens, first.end + 1)).flatten()
    };
    let range = numbers::range(tokens, at).map(|range| range.end);
    let end = range.or_else(|| either(numbers::number(tokens, at)?).map(|second| second.end))?;
    let times = matches!(tokens.text(end), "times" | "x" | "×");
    times.then(|| per_unit(tokens, end + 1))?.map(|unit| unit.end)
}

/// `4-week intervals`, `28 days apart`, `4-5 weeks interval`.
fn spaced(tokens: &Tokens, at: usize) -> Option<Found<Frequency>> {
    const SAID: &[&str] = &["interval", "intervals", "apart"];
    if let Some(range) = periods::range(tokens, at)
        && SAID.contains(&tokens.text(range.end))
        && range.value.0.unit >= PeriodUnit::Day
    {
        let both =
            Frequency { every: Some(range.value.0), or_every: Some(range.value.1), ..Frequency::default() };
        return Some(Found::new(both, range.end + 1));
    }
    let length = periods::period(tokens, at)?;
    let said = SAID.contains(&tokens.text(length.end)) || between_doses(tokens, length.end);
    (said && length.value.unit >= PeriodUnit::Day)
        .then(|| Found::new(from_interval(length.value), length.end + 1))
}

/// `between doses`, `between the injections` behind a length.
fn between_doses(tokens: &Tokens, at: usize) -> bool {
    let noun = at + 1 + usize::from(matches!(tokens.text(at + 1), "the" | "each" | "two" | "both"));
    let doses = matches!(
        tokens.text(noun),
        "doses" | "dose" | "injections" | "injection" | "infusions" | "infusion" | "administrations"
    );
    matches!(tokens.text(at), "between") && doses
        || tokens.is(at, "in")
            && tokens.is(at + 1, "between")
            && matches!(tokens.text(at + 2), "doses" | "injections")
}

/// `-hourly`, `-weekly`, `-monthly` behind a number.
fn hyphenated(tokens: &Tokens, at: usize, value: f64) -> Option<Found<Frequency>> {
    let unit = match tokens.text(at) {
        "hourly" => PeriodUnit::Hour,
        "weekly" => PeriodUnit::Week,
        "monthly" => PeriodUnit::Month,
        _ => return None,
    };
    Some(Found::new(from_interval(Period::new(value, unit)), at + 1))
}

/// `a day`, `per week`, `/week`, `daily`, `each day`.
pub(super) fn per_unit(tokens: &Tokens, at: usize) -> Option<Found<PeriodUnit>> {
    match tokens.text(at) {
        "daily" => return Some(Found::new(PeriodUnit::Day, at + 1)),
        "weekly" => return Some(Found::new(PeriodUnit::Week, at + 1)),
        "monthly" => return Some(Found::new(PeriodUnit::Month, at + 1)),
        _ => {}
    }
    let unit = match tokens.text(at) {
        "of" if matches!(tokens.text(at + 1), "each" | "every" | "the") => at + 1,
        "a" | "per" | "each" | "every" | "/" | "-" => at + 1,
        "in" | "out" => at + 2,
        _ => return None,
    };
    let unit = unit + usize::from(matches!(tokens.text(unit), "a" | "the" | "each"));
    let single = usize::from(tokens.is(unit, "1") || tokens.is(unit, "one"));
    match tokens.text(unit + single) {
        "day" | "d" => Some(Found::new(PeriodUnit::Day, unit + single + 1)),
        "week" | "wk" | "w" => Some(Found::new(PeriodUnit::Week, unit + single + 1)),
        "month" => Some(Found::new(PeriodUnit::Month, unit + single + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    #[test]
    fn frequencies_by_number() {
        for (raw, read) in [
            ("q3w", "every P3W"),
            ("Q12H", "2 a day"),
            ("q21d", "every P21D"),
            ("q 2 wk", "every P2W"),
            ("q d 21", "every P21D"),
            ("q3 weeks", "every P3W"),
            ("every three weeks", "every P3W"),
            ("every 8 hours", "3 a day"),
            ("every 24 hours", "1 a day"),
            ("every 48 hours", "every P2D"),
            ("every 3rd week", "every P3W"),
            ("every fourth week", "every P4W"),
            ("every 2 or 4 weeks", "every P2W or P4W"),
            ("once in 4 weeks", "every P4W"),
            ("three times a day", "3 a day"),
            ("2x/day", "2 a day"),
            ("3 times weekly", "3 a week"),
            ("5 days/week", "5 a week"),
            ("five days a week", "5 a week"),
            ("1 time per week", "every P1W"),
            ("6-hourly", "4 a day"),
            ("4-weekly", "every P4W"),
        ] {
            let found = frequency(&lex(raw), 0).map(|found| found.value).unwrap_or_default();
            let shown = match found {
                Frequency { per_day: Some(n), .. } => format!("{n} a day"),
                Frequency { per_week: Some(n), .. } => format!("{n} a week"),
                Frequency { every: Some(p), or_every: None, .. } => format!("every {p}"),
                Frequency { every: Some(p), or_every: Some(q), .. } => format!("every {p} or {q}"),
                _ => String::new(),
            };
            assert_eq!(shown, read, "{raw}");
        }
    }
}
