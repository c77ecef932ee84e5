//! Everything that was read out of one trial's prose.

use super::{Assessment, Coverage, CriteriaReading, DesignReading, EndpointReading, Regimen, TimeFrame};

/// The readings of one trial. Lists that stand beside a list of the trial's have one entry for each of its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    /// One a row of [`super::Trial::endpoints`].
    pub endpoints: Vec<EndpointReading>,
    /// One a row of [`super::Trial::endpoints`]; empty where the record states no time frame.
    pub time_frames: Vec<TimeFrame>,
    /// The eligibility text's items and limits.
    pub criteria: CriteriaReading,
    /// What is given in each arm, in the arms' order; rows that no arm can be told for come last.
    pub regimens: Vec<Regimen>,
    /// How much of the dosing prose was read.
    pub dosing: Coverage,
    /// What is examined and when, in the record's order.
    pub assessments: Vec<Assessment>,
    /// How the trial is built.
    pub design: DesignReading,
}

impl Readings {
    /// What is given in an arm, by its label; without one, what no arm can be told for.
    pub fn regimens_of(&self, arm: Option<&str>) -> Vec<&Regimen> {
        self.regimens.iter().filter(|regimen| regimen.arm.as_deref() == arm).collect()
    }

    /// Examinations that are named, and of how many of them a time was read: `(read, all)`.
    pub fn assessments_read(&self) -> (usize, usize) {
        let timed = self.assessments.iter().filter(|found| found.timing != TimeFrame::default());
        (timed.count(), self.assessments.len())
    }
}
