//! What a criterion is about, apart from its limits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// What a criterion says of a tag's topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// A patient must have it.
    Required,
    /// A patient must not have it.
    Forbidden,
    /// A patient may have it (an exception from an exclusion, a clarification).
    Allowed,
    /// The text speaks of it; what follows for a patient cannot be read.
    Mentioned,
}

/// A topic that a criterion speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tag {
    /// `gene`, `pregnancy`, `contraception`, `measurable_disease`, `cns_metastases`, `organ_function`,
    /// `performance_status`, `prior_therapy`, `hiv`, `hbv`, `hcv`.
    pub topic: String,
    /// What exactly: alterations of a gene (`KIT exon 17`, `PD-L1 ≥ 1%`), any of which will do; words that narrow a
    /// topic (`active`, `untreated`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// Required, forbidden, allowed or only mentioned.
    pub stance: Stance,
    /// The item it stands in, as an index into the reading's `criteria`.
    pub item: usize,
    /// The words it was read from.
    pub span: Span,
}
