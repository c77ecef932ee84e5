//! Everything that was read out of one trial's prose.

use super::{CriteriaReading, EndpointReading, TimeFrame};

/// The readings of one trial. Lists that stand beside a list of the trial's have one entry for each of its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    /// One a row of [`super::Trial::endpoints`].
    pub endpoints: Vec<EndpointReading>,
    /// One a row of [`super::Trial::endpoints`]; empty where the record states no time frame.
    pub time_frames: Vec<TimeFrame>,
    /// The eligibility text's items and limits.
    pub criteria: CriteriaReading,
}
