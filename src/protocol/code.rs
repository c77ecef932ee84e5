//! A registry's own enumeration word, kept as it came, with a reading for people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An enumeration value in the registry's words (`RECRUITING`, `PHASE2`, `DRUG`). Unknown values are kept and
/// shown, never an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Code(pub String);

/// Values whose plain-language form is not just their words in lower case.
const LABELS: &[(&str, &str)] = &[
    ("NA", "Not applicable"),
    ("EARLY_PHASE1", "Early phase 1"),
    ("PHASE1", "Phase 1"),
    ("PHASE2", "Phase 2"),
    ("PHASE3", "Phase 3"),
    ("PHASE4", "Phase 4"),
    ("NON_RANDOMIZED", "Non-randomized"),
    ("ACTIVE_NOT_RECRUITING", "Active, not recruiting"),
    ("NIH", "NIH"),
    ("OTHER_GOV", "Other government"),
    ("FED", "US federal agency"),
    ("INDIV", "Individual"),
    ("ESTIMATED", "Planned"),
    ("NCT", "NCT"),
    ("NCT_ALIAS", "Earlier NCT number"),
    ("ORG", "Organization's id"),
    ("EUDRACT_NUMBER", "EudraCT number"),
    ("CTIS", "EU CT number"),
    ("FDA", "FDA"),
    ("VA", "VA"),
    ("AHRQ", "AHRQ"),
    ("SAMHSA", "SAMHSA"),
    ("CDC", "CDC"),
];

impl Code {
    /// The value as the registry writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value in plain words: `NOT_YET_RECRUITING` → `Not yet recruiting`. A value that is not written in
    /// the registries' capitals is given back as it stands.
    pub fn label(&self) -> String {
        if let Some((_, label)) = LABELS.iter().find(|(code, _)| *code == self.0) {
            return (*label).to_owned();
        }
        if self.0.chars().any(char::is_lowercase) {
            return self.0.clone();
        }
        let words = self.0.replace('_', " ").to_lowercase();
        let mut chars = words.chars();
        match chars.next() {
            Some(first) => first.to_uppercase().chain(chars).collect(),
            None => String::new(),
        }
    }
}

impl From<&str> for Code {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<String> for Code {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
