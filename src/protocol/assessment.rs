//! What is examined, and when, as read from prose.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Span, TimeFrame};

/// What kind of examination an assessment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentKind {
    /// CT, MRI, radiographic tumour assessment, ultrasound, ….
    Imaging,
    /// Blood, urine and other samples and the values measured in them.
    Laboratory,
    /// Questionnaires, scales and diaries.
    Questionnaire,
    /// Biopsies and tissue samples.
    Biopsy,
    /// Physical examination, vital signs, ECG, function tests.
    Examination,
    /// Visits and calls to learn how the participant fares.
    FollowUp,
}

/// An examination and when it takes place. What the text does not say is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// Its name as the text writes it.
    pub name: String,
    /// What kind it is.
    pub kind: AssessmentKind,
    /// When: points, repeats and how long each holds, tolerances. Empty where the text names no time.
    pub timing: TimeFrame,
    /// The words it was read from.
    pub span: Span,
}
