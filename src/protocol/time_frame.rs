//! When an outcome is measured, as read from the words of its time frame.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Period;

/// A time frame. The printed fields flatten (day 29 is `P29D`); the rest keeps what they drop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TimeFrame {
    /// Single points, counted from the anchor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Period>,
    /// The latest time that bounds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Period>,
    /// Interval at which it is repeated.
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
}

/// A length of time after an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct After {
    /// `last_dose`, `surgery`, ….
    pub event: String,
    /// How long after it.
    pub value: Period,
}
