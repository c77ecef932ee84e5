//! What is known of a patient: a code word and facts; days, never dates.

use serde::{Deserialize, Serialize};

/// A patient's facts. Everything is optional and nothing is assumed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patient {
    /// A code word; no name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Age in completed years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<f64>,
    /// `FEMALE` or `MALE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// Measured values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Measured>,
    /// Earlier lines of therapy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior_lines: Option<f64>,
    /// When things were last given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub last_exposure: Vec<Exposure>,
    /// Mutations, as `KIT exon 17`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mutations: Vec<String>,
    /// Conditions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
}

/// A measured value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The variable's name in the vocabulary (`anc`, `ecog`).
    pub variable: String,
    /// The number.
    pub value: f64,
    /// Its unit; empty where the variable has none.
    #[serde(default)]
    pub unit: String,
}

/// Something that was given or happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exposure {
    /// What it was.
    pub agent: String,
    /// How many days ago it ended.
    pub days_ago: f64,
}

impl Patient {
    /// What is known of a variable, in its unit.
    pub fn value(&self, variable: &str) -> Option<(f64, &str)> {
        match variable {
            "age" => self.age.map(|age| (age, "year")),
            "prior_lines" => self.prior_lines.map(|lines| (lines, "")),
            _ => self.values.iter().find(|v| v.variable == variable).map(|v| (v.value, v.unit.as_str())),
        }
    }
}
