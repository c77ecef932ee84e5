//! What kind of endpoint an outcome measure is, by which standard and in whose judgement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// The reading of an outcome's measure and description.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct EndpointReading {
    /// `OS`, `PFS`, `ORR`, …; absent when nothing could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Response and grading standards and instruments, with the version where stated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
    /// `investigator` or `central`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessor: Option<String>,
    /// The words the kind was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The words each of `criteria` was read from, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria_spans: Vec<Span>,
    /// The words the assessor was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessor_span: Option<Span>,
    /// The parts of a composite measure, in the text's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<EndpointPart>,
}

/// One part of a composite measure: an event that counts, or one of several endpoints under one name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct EndpointPart {
    /// Its words.
    pub text: String,
    /// Its kind, where its words name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Where they stand.
    pub span: Span,
}
