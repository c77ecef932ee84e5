//! A stated length of time: one number and one unit, as prose gives it.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The unit of a [`Period`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Months; 30.4375 days when compared across units.
    Month,
    /// Years; 365.25 days when compared across units.
    Year,
}

/// An ISO 8601 duration with a single component (`P3W`, `PT2H`, `P16.5M`). The unit of the text is kept, so that
/// "21 days" and "3 weeks" print as they were written and still compare as equal lengths by [`Period::days`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub struct Period {
    /// How many units; never negative, finite.
    pub value: f64,
    /// The unit the text uses.
    pub unit: PeriodUnit,
}

impl Period {
    /// A period of `value` units.
    pub const fn new(value: f64, unit: PeriodUnit) -> Self {
        Self { value, unit }
    }

    /// Its length in days, with the mean Gregorian month and year (30.4375 and 365.25 days).
    pub fn days(&self) -> f64 {
        let unit = match self.unit {
            PeriodUnit::Second => 1.0 / 86_400.0,
            PeriodUnit::Minute => 1.0 / 1_440.0,
            PeriodUnit::Hour => 1.0 / 24.0,
            PeriodUnit::Day => 1.0,
            PeriodUnit::Week => 7.0,
            PeriodUnit::Month => 30.4375,
            PeriodUnit::Year => 365.25,
        };
        self.value * unit
    }

    /// Two lengths one after the other: in their unit where they have one in common, else in whole days.
    pub fn plus(self, next: Self) -> Self {
        match self.unit == next.unit {
            true => Self::new(self.value + next.value, self.unit),
            false => Self::new((self.days() + next.days()).round(), PeriodUnit::Day),
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (prefix, letter) = match self.unit {
            PeriodUnit::Second => ("PT", 'S'),
            PeriodUnit::Minute => ("PT", 'M'),
            PeriodUnit::Hour => ("PT", 'H'),
            PeriodUnit::Day => ("P", 'D'),
            PeriodUnit::Week => ("P", 'W'),
            PeriodUnit::Month => ("P", 'M'),
            PeriodUnit::Year => ("P", 'Y'),
        };
        write!(f, "{prefix}{}{letter}", self.value)
    }
}

impl From<Period> for String {
    fn from(value: Period) -> Self {
        value.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        value.parse()
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads a single-component ISO 8601 duration.
    ///
    /// # Errors
    /// A message that quotes the text when it is not of that form.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("\"{text}\" is not a single-component ISO 8601 duration such as P3W or PT2H");
        let body = text.strip_prefix('P').ok_or_else(wrong)?;
        let (time, body) = match body.strip_prefix('T') {
            Some(rest) => (true, rest),
            None => (false, body),
        };
        let letter = body.chars().last().ok_or_else(wrong)?;
        let unit = match (time, letter) {
            (true, 'S') => PeriodUnit::Second,
            (true, 'M') => PeriodUnit::Minute,
            (true, 'H') => PeriodUnit::Hour,
            (false, 'D') => PeriodUnit::Day,
            (false, 'W') => PeriodUnit::Week,
            (false, 'M') => PeriodUnit::Month,
            (false, 'Y') => PeriodUnit::Year,
            _ => return Err(wrong()),
        };
        let digits = &body[..body.len() - letter.len_utf8()];
        let value: f64 = digits.parse().map_err(|_| wrong())?;
        if value.is_finite() && value >= 0.0 { Ok(Self { value, unit }) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_one_after_the_other_keep_the_unit_that_they_share() {
        for (first, next, both) in [
            ("P2W", "P4W", "P6W"),
            ("P10D", "P2W", "P24D"),
            ("P2W", "P1M", "P44D"),
            ("PT12H", "PT6H", "PT18H"),
        ] {
            let read = |text: &str| text.parse::<Period>().expect("a period");
            assert_eq!(read(first).plus(read(next)).to_string(), both, "{first} {next}");
        }
    }
}
