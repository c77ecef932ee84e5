//! A stated length as a step on the calendar. Only whole days, weeks, months and years can be stepped: nobody knows
//! on which date one and a half months end. Months and years go by the calendar (31 January, a month on: 28 February).

use jiff::ToSpan;
use jiff::civil::Date;

use crate::protocol::{Period, PeriodUnit};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// So many days.
    Days(i64),
    /// So many months.
    Months(i64),
}

/// The longest step in its unit; beyond, no schedule goes.
const LONGEST: f64 = 36_500.0;

impl Step {
    /// The step of a length of at least a day; none for a part of a day, month or year.
    pub fn of(period: Period) -> Option<Self> {
        let (each, months) = match period.unit {
            PeriodUnit::Second | PeriodUnit::Minute => return None,
            PeriodUnit::Hour => (1.0 / 24.0, false),
            PeriodUnit::Day => (1.0, false),
            PeriodUnit::Week => (7.0, false),
            PeriodUnit::Month => (1.0, true),
            PeriodUnit::Year => (12.0, true),
        };
        let count = period.value * each;
        // Half a week is no number of days; seven seventh parts of it are.
        let whole = (count - count.round()).abs() < 1e-9 && (1.0..=LONGEST).contains(&count);
        let count = count.round() as i64;
        whole.then_some(if months { Self::Months(count) } else { Self::Days(count) })
    }

    /// The date `times` steps behind a date; none beyond the calendar's end.
    pub fn from(self, start: Date, times: i64) -> Option<Date> {
        match self {
            Self::Days(days) => plus_days(start, days.checked_mul(times)?),
            Self::Months(months) => {
                let months = months.checked_mul(times).filter(|months| months.abs() < 120_000)?;
                start.checked_add(months.months()).ok()
            }
        }
    }

    /// Its length in days, where that does not depend on the date.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Days(days) => Some(days),
            Self::Months(_) => None,
        }
    }
}

/// A date so many days on; none beyond the calendar's ends.
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    (days.abs() < 3_650_000).then(|| date.checked_add(days.days()).ok()).flatten()
}
