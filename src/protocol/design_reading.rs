//! How a trial is built, as far as its prose says more than the record's fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Period, Span};

/// What was read of a trial's design.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DesignReading {
    /// How doses are escalated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// How participants are allocated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub randomisation: Option<Randomisation>,
    /// Parts of the study that the text names, in its order (`dose escalation`, `dose expansion`, `part B`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// How many cohorts, where the text counts or numbers them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohorts: Option<Counted>,
    /// How many participants are planned, in all and in parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<Counted>,
    /// How long participants are followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
}

/// A dose escalation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Escalation {
    /// The rule by its usual name (`3+3`, `BOIN`); absent where the text names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How many dose levels are planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub levels: Option<u32>,
    /// How long dose-limiting toxicity is watched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dlt_window: Option<Period>,
    /// The words each part was read from.
    pub spans: Vec<Span>,
}

/// Allocation by chance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Randomisation {
    /// Participants an arm, as stated (`[2, 1]`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ratio: Vec<u32>,
    /// How it is done (`block`, `stratified`, `central`, …), in the text's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// The words each part was read from.
    pub spans: Vec<Span>,
}

/// A part of the study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stage {
    /// Its usual name.
    pub name: String,
    /// The words it was read from.
    pub span: Span,
}

/// A number of participants or cohorts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// The number, the upper one of a range.
    pub count: u32,
    /// The words it was read from.
    pub span: Span,
}

/// A length of follow-up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUp {
    /// How long.
    pub length: Period,
    /// It is the least that is promised.
    pub at_least: bool,
    /// The words it was read from.
    pub span: Span,
}
