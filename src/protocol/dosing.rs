//! Rows read out of dosing prose: what is given, how much, by which route and when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Number, Period, Span};

/// How a stated length is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DurationBound {
    /// "for at least 6 months".
    AtLeast,
    /// "for up to 2 years", "for 6 to 8 weeks".
    UpTo,
    /// "for approximately 28 days".
    About,
}

/// One drug (or other treatment) at one dose and schedule, as the text states it. A value that the text does not
/// state is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Administration {
    /// The name as the text writes it, lower case; the label's, if the text names none.
    pub drug: String,
    /// Amount of one administration, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Number>,
    /// Upper end of a range of doses; without `dose`, all that is told: up to so much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose_max: Option<Number>,
    /// Levels of a dose escalation, in the order of the text; `dose` is absent then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Number>,
    /// UCUM-like unit in lower case (`mg`, `mg/m2`, `auc`, `cells/kg`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// `oral`, `iv`, `sc`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Times a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_week: Option<Number>,
    /// Times a day, on a day it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_day: Option<Number>,
    /// Days of the cycle, day 1 being its first; negative before a transplant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<i32>,
    /// Interval between doses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<Period>,
    /// Length of the cycle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Period>,
    /// How many cycles, the largest stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycles: Option<u32>,
    /// How long the whole treatment lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Period>,
    /// How `duration` is meant, where the words say more than the length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_bound: Option<DurationBound>,
    /// How many doses in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doses: Option<u32>,
    /// Time of one infusion; the shortest, where a range is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub infusion_time: Option<Period>,
    /// The longest time of one infusion, where a range is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub infusion_time_max: Option<Period>,
    /// Events that end the treatment (`progression`, `toxicity`, `withdrawal`, …).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<String>,
    /// The part of the treatment it belongs to, where the text names one (`induction`, `maintenance`, …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// Whom the dose is for, in the text's words, where it sets groups apart ("if weight < 50 kg").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
    /// The words of `span`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The words it was read from.
    pub span: Span,
    /// Further words, where a value stands in another sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_spans: Vec<Span>,
}
