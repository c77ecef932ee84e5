//! How old a record is: said on every screen, because a registry record is not the protocol.

use jiff::civil::Date;
use jiff::{SpanRound, Unit};

use crate::protocol::{Dated, Trial};

/// A record is marked when it was last updated, or verified, longer ago than this.
const OLD_MONTHS: i64 = 12;

/// The record's last update as it states it.
pub fn last_update(trial: &Trial) -> Option<&str> {
    let dates = &trial.dates;
    let stated = [&dates.last_update_posted, &dates.last_update_submitted];
    stated.into_iter().flatten().map(|dated| dated.date.as_str()).find(|date| !date.is_empty())
}

/// The date of a record's text, to the month or the day.
pub fn date(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| format!("{text}-01").parse().ok())
}

/// Whole months from a stated date to today; `None` for a date that cannot be read or lies ahead.
pub fn months(stated: &str, today: Date) -> Option<i64> {
    let span = date(stated)?.until((Unit::Month, today)).ok()?;
    let months =
        span.round(SpanRound::new().smallest(Unit::Month).mode(jiff::RoundMode::Trunc).relative(today));
    let months = months.ok()?.get_months();
    (months >= 0).then_some(i64::from(months))
}

/// A number of months in words: `3 months`, `1 year`, `2 years 3 months`.
pub fn words(months: i64) -> String {
    let count = |n: i64, unit: &str| if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") };
    match (months / 12, months % 12) {
        (0, 0) => "less than a month".to_owned(),
        (0, months) => count(months, "month"),
        (years, months) if months == 0 || years >= 3 => count(years, "year"),
        (years, months) => format!("{} {}", count(years, "year"), count(months, "month")),
    }
}

/// Whether so many months make a record old.
pub fn is_old(months: i64) -> bool {
    months >= OLD_MONTHS
}

/// The months since a record was last verified, when that is long ago.
pub fn long_unverified(verified: Option<&Dated>, today: Date) -> Option<i64> {
    verified.and_then(|verified| months(&verified.date, today)).filter(|months| is_old(*months))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ages_are_told_in_whole_months_and_years() {
        let today = date(2026, 3, 15);
        for (stated, told) in [
            ("2026-03-01", Some("less than a month")),
            ("2026-02-14", Some("1 month")),
            ("2025-04-16", Some("10 months")),
            ("2025-03", Some("1 year")),
            ("2023-12-31", Some("2 years 2 months")),
            ("2019-01-01", Some("7 years")),
            ("2027-01-01", None),
            ("March 2019", None),
        ] {
            assert_eq!(months(stated, today).map(words).as_deref(), told, "{stated}");
        }
        assert!(is_old(12) && !is_old(11));
    }
}
