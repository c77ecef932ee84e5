//! An eligibility text as items, and the limits that stand in them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Number, Span, Tag};

/// The heading under which an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Must hold.
    Inclusion,
    /// Must not hold.
    Exclusion,
}

/// Whether a line of the text is a heading or an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CriterionRole {
    /// Names what follows.
    Heading,
    /// States a criterion.
    Item,
}

/// One heading or item, in the text's order. The spans of all of them together cover the text but white space.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Criterion {
    /// Heading or item.
    pub role: CriterionRole,
    /// Under which heading it stands; `null` when the text does not say.
    pub section: Option<Section>,
    /// Its own number or bullet letter as the text writes it (`3`, `a`, `iv`).
    pub number: Option<String>,
    /// Nesting, from 0.
    pub depth: usize,
    /// Its text, bullet and number taken off.
    pub text: String,
    /// All of its bytes, bullet and number too.
    pub span: Span,
}

/// A comparison the text makes on a variable of the patient's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    /// Inclusion or exclusion; `null` when the text does not say.
    pub section: Option<Section>,
    /// The variable's name in the vocabulary (`ecog`, `anc`, `washout`).
    pub variable: String,
    /// `<` `<=` `>` `>=` `=`, as the text states it.
    pub op: String,
    /// The number (or a Child-Pugh letter).
    pub value: LimitValue,
    /// The unit as in the vocabulary; empty where the variable has none, `null` where one is missing.
    pub unit: Option<String>,
    /// Holds only under a condition, or stands inside an exception.
    #[serde(rename = "if", default, skip_serializing_if = "is_false")]
    pub conditional: bool,
    /// Stands inside an exception, or is asked for under exclusion ("must not have had …"): it turns the limit's meaning round.
    #[serde(default, skip_serializing_if = "is_false")]
    pub except: bool,
    /// One of several of which one is enough to be let in, or that must come together to shut out ("creatinine ≤ …
    /// or clearance ≥ …"; under exclusion "AST > … and bilirubin > …").
    #[serde(default, skip_serializing_if = "is_false")]
    pub alternative: bool,
    /// For a washout: what the time is counted from, in the text's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The words it was read from.
    pub span: Span,
}

/// A limit's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LimitValue {
    /// A number in the limit's unit.
    Number(Number),
    /// A class that is not a number (Child-Pugh `A`).
    Class(String),
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(value: &bool) -> bool {
    !*value
}

/// An eligibility text, read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriteriaReading {
    /// Top-level items under inclusion.
    pub inclusion_items: usize,
    /// Top-level items under exclusion.
    pub exclusion_items: usize,
    /// Every limit, in the text's order.
    pub facts: Vec<Limit>,
    /// Every heading and item, in the text's order.
    pub criteria: Vec<Criterion>,
    /// What the items speak of apart from limits, in the text's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}
