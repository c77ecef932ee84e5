//! Days of the week by name: "Mondays", "Monday, Wednesday and Friday", "Monday to Friday".

use crate::protocol::{Period, PeriodUnit};
use crate::reading::lexer::Tokens;
use crate::reading::numbers::Found;

use super::vocabulary::Frequency;

/// How the days of a week are written, from Monday.
const WEEK: &[&[&str]] = &[
    &["monday", "mondays", "mon"],
    &["tuesday", "tuesdays", "tue", "tues"],
    &["wednesday", "wednesdays", "wed"],
    &["thursday", "thursdays", "thu", "thur", "thurs"],
    &["friday", "fridays", "fri"],
    &["saturday", "saturdays", "sat"],
    &["sunday", "sundays", "sun"],
];

/// Which day of the week a word names, from 0.
fn weekday(word: &str) -> Option<usize> {
    WEEK.iter().position(|written| written.contains(&word))
}

/// How often a list or a run of weekdays at `at` is. `each`: "every" stands before it; a single day that is no plural
/// and has none is a date.
pub(super) fn weekdays(tokens: &Tokens, at: usize, each: bool) -> Option<Found<Frequency>> {
    let first = weekday(tokens.text(at))?;
    if matches!(tokens.text(at + 1), "-" | "to" | "through" | "until" | "thru" | "~")
        && let Some(last) = weekday(tokens.text(at + 2)).filter(|last| *last > first)
    {
        return Some(Found::new(times(last - first + 1), at + 3));
    }
    let mut days = vec![first];
    let mut end = at + 1;
    while days.len() < WEEK.len() {
        let mut next = end;
        while next < end + 3 && matches!(tokens.text(next), "," | "and" | "/" | "&" | "on" | "-") {
            next += 1;
        }
        match weekday(tokens.text(next)).filter(|day| next > end && !days.contains(day)) {
            Some(day) => days.push(day),
            None => break,
        }
        end = next + 1;
    }
    let plural = tokens.text(end - 1).ends_with("days");
    (days.len() > 1 || each || plural).then(|| Found::new(times(days.len()), end))
}

/// So many days of each week; one is an interval.
fn times(days: usize) -> Frequency {
    match days {
        1 => Frequency { every: Some(Period::new(1.0, PeriodUnit::Week)), ..Frequency::default() },
        7 => Frequency { per_day: Some(1.0), ..Frequency::default() },
        _ => Frequency { per_week: Some(days as f64), ..Frequency::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer::lex;

    #[test]
    fn named_days_tell_how_often() {
        let weekly = |times: f64| Some((Some(times), None));
        let once = Some((None, Some("P1W".to_owned())));
        for (raw, each, read) in [
            ("Mondays, Wednesdays and Fridays", false, weekly(3.0)),
            ("Tuesday and Friday", false, weekly(2.0)),
            ("Mon/Wed/Fri", false, weekly(3.0)),
            ("Monday to Friday", false, weekly(5.0)),
            ("Mondays", false, once.clone()),
            ("Monday", true, once),
            ("Monday", false, None),
            ("Friday to Monday", false, None),
            ("month", true, None),
        ] {
            let found = weekdays(&lex(raw), 0, each).map(|found| found.value);
            let shown = found.map(|often| (often.per_week, often.every.map(|every| every.to_string())));
            assert_eq!(shown, read, "{raw}");
        }
    }
}
