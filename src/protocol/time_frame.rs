//! When an outcome is measured, as read from the words of its time frame.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Period, Span};

/// A time frame. The printed fields `points` to `anchor` flatten (day 29 is `P29D`); the rest keeps what they drop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TimeFrame {
    /// Single points, counted from the anchor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Period>,
    /// The latest time that bounds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Period>,
    /// Interval at which it is repeated, the first one stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<Period>,
    /// Events that end it (`progression`, `death`, `end_of_study`, …).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub until: Vec<String>,
    /// A time counted from an event other than the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
    /// Where it starts (`baseline`, `randomization`, …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// `max` is the least that is promised ("at least 2 years").
    #[serde(skip_serializing_if = "is_false")]
    pub at_least: bool,
    /// `max` is approximate ("about 2 years").
    #[serde(skip_serializing_if = "is_false")]
    pub about: bool,
    /// `max` is an average or median over the participants ("an average of 2 years").
    #[serde(skip_serializing_if = "is_false")]
    pub average: bool,
    /// Every time that is named, with what `points` and `after` drop: day numbers, tolerances, what it is counted from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
    /// Every repeat that is stated, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub intervals: Vec<Interval>,
    /// From the first to the last word that was read; absent when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Words inside the text that the reader does not know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Span>,
}

impl TimeFrame {
    /// Names the field that all spans are in: a reader of bare text calls it `text`.
    pub fn in_field(&mut self, field: &str) {
        let moments = self.moments.iter_mut().map(|moment| &mut moment.span);
        let intervals = self.intervals.iter_mut().map(|interval| &mut interval.span);
        for span in moments.chain(intervals).chain(&mut self.unread).chain(&mut self.span) {
            *span = span.in_field(field.to_owned());
        }
    }
}

/// A length of time after an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct After {
    /// `last_dose`, `surgery`, ….
    pub event: String,
    /// How long after it.
    pub value: Period,
}

/// One named time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Moment {
    /// The number and unit as the text writes them.
    pub at: Period,
    /// It is a day's number ("day 29") and not a length ("29 days"): day 1 is the start, there is no day 0 unless the
    /// text uses it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub numbered: bool,
    /// Tolerance either way ("± 3 days").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Period>,
    /// The late event it is counted from (`surgery`, `last_dose`), if not from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The words it was read from.
    pub span: Span,
}

impl Moment {
    /// Days from the start: day 29 is 28 days after day 1, 29 days are 29; after an event, days from that event.
    pub fn offset_days(&self) -> f64 {
        let days = self.at.days();
        if self.numbered && self.at.unit == super::PeriodUnit::Day && days >= 1.0 { days - 1.0 } else { days }
    }
}

/// A repeat and how long it holds ("every 4 weeks in the first 4 cycles").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// Time between two assessments; absent when it is counted in cycles of unstated length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Period>,
    /// Cycles between two assessments, when the text counts in cycles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_cycles: Option<u32>,
    /// Until when it holds, counted from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Period>,
    /// Through which cycle it holds, when the text says so in cycles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_cycle: Option<u32>,
    /// Tolerance either way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Period>,
    /// The words it was read from.
    pub span: Span,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(value: &bool) -> bool {
    !*value
}
