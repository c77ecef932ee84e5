//! What a registry record states, field by field, every text verbatim.
//!
//! The names are those of `show --format json`. What was read out of the prose stands elsewhere
//! (see `reading`); nothing here is inferred. A field without a value is `None` or empty.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Code, Contact, Document, IpdSharing, Link, Official, Reference, Site};

/// One trial as one record of one registry states it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Trial {
    /// The registry's primary id, or for a record without one the id that `list` shows.
    pub id: String,
    /// Brief title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Overall recruitment status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Code>,
    /// Phases; two for a combined phase 1/2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Code>,
    /// Interventional, observational, expanded access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study_type: Option<Code>,
    /// How many participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<Enrollment>,
    /// Every id of the record: the primary one first, then the organisation's and secondary ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<RecordId>,
    /// Official title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official_title: Option<String>,
    /// Acronym.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acronym: Option<String>,
    /// The organisation that keeps the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// Lead sponsor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sponsor: Option<Organization>,
    /// Collaborators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub collaborators: Vec<Organization>,
    /// Conditions as listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Keywords as listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// How the study is built.
    #[serde(skip_serializing_if = "Design::is_empty")]
    pub design: Design,
    /// Arms, or groups of an observational study.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arms: Vec<Arm>,
    /// Interventions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interventions: Vec<Intervention>,
    /// Outcome measures, in the record's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Endpoint>,
    /// Why the study stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_stopped: Option<String>,
    /// Whether results are posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_results: Option<bool>,
    /// Who may enter.
    #[serde(skip_serializing_if = "Eligibility::is_empty")]
    pub eligibility: Eligibility,
    /// Facilities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    /// Central contacts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Overall officials.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub officials: Vec<Official>,
    /// Publications.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Links to further pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Protocol, statistical plan and consent documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Sharing of individual participant data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipd_sharing: Option<IpdSharing>,
    /// Dates of the study and of the record.
    #[serde(skip_serializing_if = "Dates::is_empty")]
    pub dates: Dates,
    /// Summary and detailed description.
    #[serde(skip_serializing_if = "Description::is_empty")]
    pub description: Description,
    /// Where the record was first read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Number of participants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Enrollment {
    /// Participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// `ESTIMATED` (planned) or `ACTUAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Code>,
}

/// One of a record's ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RecordId {
    /// The id.
    pub id: String,
    /// Which kind: `NCT`, `ORG`, `EUDRACT_NUMBER`, … in the registry's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Code>,
    /// Who gave it, when stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

/// A sponsor, collaborator or record keeper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// `INDUSTRY`, `NIH`, `OTHER`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Code>,
}

/// How the study is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Design {
    /// `RANDOMIZED`, `NON_RANDOMIZED`, `NA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Code>,
    /// `PARALLEL`, `SINGLE_GROUP`, `CROSSOVER`, `SEQUENTIAL`, `FACTORIAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervention_model: Option<Code>,
    /// The model described in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervention_model_description: Option<String>,
    /// `COHORT`, `CASE_CONTROL`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observational_model: Option<Code>,
    /// `PROSPECTIVE`, `RETROSPECTIVE`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_perspective: Option<Code>,
    /// Primary purpose: `TREATMENT`, `PREVENTION`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Code>,
    /// `NONE` (open label), `SINGLE`, `DOUBLE`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masking: Option<Code>,
    /// The masking described in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masking_description: Option<String>,
    /// Who is masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub who_masked: Vec<Code>,
}

impl Design {
    /// Nothing stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An arm, or a group of an observational study.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Arm {
    /// Its name.
    pub label: String,
    /// `EXPERIMENTAL`, `ACTIVE_COMPARATOR`, …; absent for groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Code>,
    /// What happens in it, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Names of the interventions given in it, as [`Intervention::name`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interventions: Vec<String>,
}

/// Something given or done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Intervention {
    /// `DRUG`, `BIOLOGICAL`, `DEVICE`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Code>,
    /// Its name; empty where the source has none (a page copied as text).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Other names as listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<String>,
    /// Verbatim description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Which list an outcome measure stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Primary outcome measure.
    Primary,
    /// Secondary outcome measure.
    Secondary,
    /// Other or exploratory outcome measure.
    Other,
}

/// An outcome measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Endpoint {
    /// Primary, secondary or other; absent where the source does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What is measured, in short.
    pub measure: String,
    /// What is measured, at length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When, verbatim. In the printed form this is `time_frame.text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_frame: Option<TimeFrameText>,
}

/// The words of a time frame. What was read from them stands beside it in the printed form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TimeFrameText {
    /// Verbatim.
    pub text: String,
}

/// Who may enter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Eligibility {
    /// `ALL`, `FEMALE`, `MALE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Code>,
    /// Whether entry goes by gender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender_based: Option<bool>,
    /// The gender rule in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender_description: Option<String>,
    /// As the registry writes it: `18 Years`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<String>,
    /// As the registry writes it: `75 Years`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<String>,
    /// The registry's age groups: `CHILD`, `ADULT`, `OLDER_ADULT`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub age_groups: Vec<Code>,
    /// Whether healthy volunteers are accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthy_volunteers: Option<bool>,
    /// Study population of an observational study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
    /// Sampling method of an observational study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampling: Option<Code>,
    /// The criteria, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Eligibility {
    /// Nothing stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A date with the registry's word for whether it has happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Dated {
    /// ISO 8601, to the month or to the day, as the record has it.
    pub date: String,
    /// `ACTUAL` or `ESTIMATED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Code>,
}

/// Dates of the study and of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Dates {
    /// Study start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Dated>,
    /// Primary completion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_completion: Option<Dated>,
    /// Study completion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<Dated>,
    /// Month in which the record was last verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<Dated>,
    /// First submitted to the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_submitted: Option<Dated>,
    /// First posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_posted: Option<Dated>,
    /// Results first submitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_first_submitted: Option<Dated>,
    /// Results first posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_first_posted: Option<Dated>,
    /// Last update submitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_update_submitted: Option<Dated>,
    /// Last update posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_update_posted: Option<Dated>,
}

impl Dates {
    /// None stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Summary and detailed description, verbatim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Description {
    /// Brief summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brief: Option<String>,
    /// Detailed description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detailed: Option<String>,
}

impl Description {
    /// Neither stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a record was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Source {
    /// The format's name (`ctgov-json`, `ctgov-csv`, `text-lines`, `text-page`, …).
    pub format: String,
    /// The file as it was named on the command line or found below it, with an archive's member behind `!`;
    /// `stdin` for standard input; `sample` for a bundled one.
    pub file: String,
    /// The record's number in the file, from 1.
    pub record: u64,
    /// The record's version or last-update date, when it states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
