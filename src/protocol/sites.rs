//! Who runs a trial and where, and what belongs to its record: sites, contacts, officials, references, documents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Code;

/// A facility.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Site {
    /// Name of the facility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facility: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State or province.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// Country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Recruitment status of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Code>,
    /// Contacts at the site.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// A person or desk to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Contact {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `CONTACT`, `PRINCIPAL_INVESTIGATOR`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Code>,
    /// Telephone, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Telephone extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_ext: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// An official of the study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Official {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Affiliation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<String>,
    /// `PRINCIPAL_INVESTIGATOR`, `STUDY_DIRECTOR`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Code>,
}

/// A publication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Reference {
    /// PubMed id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
    /// `BACKGROUND`, `RESULT`, `DERIVED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Code>,
    /// The citation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
}

/// A link to a further page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Link {
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its address.
    pub url: String,
}

/// A protocol, statistical analysis plan or consent form posted with the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Document {
    /// What it is, in the registry's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The document's own date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its file name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// Bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its address, where the record gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Sharing of individual participant data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IpdSharing {
    /// `YES`, `NO`, `UNDECIDED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Code>,
    /// The plan in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What else is shared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub info_types: Vec<Code>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_frame: Option<String>,
    /// With whom and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_criteria: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
