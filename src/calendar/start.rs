//! A date as a person types it: `2026-12-01`, `today`, `tomorrow`, `next mon`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Weekdays by their first letters.
const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// What can be typed.
const FORMS: &str = "such as 2026-12-01, today or next mon";

/// Reads a date. `next mon` is the first Monday after today. `today` is none where nobody knows it.
///
/// # Errors
/// What was typed, and what could be.
pub fn parse(text: &str, today: Option<Date>) -> Result<Date, String> {
    let typed = text.trim().to_lowercase();
    let known_today =
        || today.ok_or_else(|| format!("nobody knows today's date here: a date is needed {FORMS}"));
    if typed == "today" {
        return known_today();
    }
    if typed == "tomorrow" {
        return known_today()?.tomorrow().map_err(|error| error.to_string());
    }
    if let Some(day) = typed.strip_prefix("next ").and_then(weekday) {
        return known_today()?.nth_weekday(1, day).map_err(|error| error.to_string());
    }
    let wrong = || format!("\"{}\" is no date: one is needed {FORMS}", text.trim());
    let shaped = typed.len() == 10 && typed.chars().all(|ch| ch.is_ascii_digit() || ch == '-');
    let date: Date = typed.parse().ok().filter(|_| shaped).ok_or_else(wrong)?;
    // Far ahead of any trial there is no room to count on.
    let last = Date::MAX.saturating_sub(300.years());
    if date.year() < 1900 || date > last { Err(wrong()) } else { Ok(date) }
}

fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim();
    let named = |(name, _): &&(&str, Weekday)| text.len() >= 3 && name.starts_with(text);
    WEEKDAYS.iter().find(named).map(|(_, day)| *day)
}

/// A weekday in three letters.
pub fn weekday_name(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        // A Sunday.
        let today = Some(date(2026, 3, 15));
        for (typed, read) in [
            ("2026-12-01", Some(date(2026, 12, 1))),
            (" Today ", Some(date(2026, 3, 15))),
            ("tomorrow", Some(date(2026, 3, 16))),
            ("next mon", Some(date(2026, 3, 16))),
            ("Next Monday", Some(date(2026, 3, 16))),
            ("next sun", Some(date(2026, 3, 22))),
            ("next m", None),
            ("mon", None),
            ("2026-02-30", None),
            ("01.12.2026", None),
            ("2026-W10-1", None),
            ("9999-12-31", None),
            ("", None),
        ] {
            assert_eq!(parse(typed, today).ok(), read, "{typed}");
        }
        assert!(parse("today", None).is_err());
    }
}
