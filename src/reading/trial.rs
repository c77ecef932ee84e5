//! All readers over one trial: which text goes to which reader, and whose rows they are.

use crate::protocol::{Readings, Trial};

use super::{criteria, endpoint, regimen, time_frame};

/// Reads every prose field of a trial.
pub fn read(trial: &Trial) -> Readings {
    let endpoints = trial
        .endpoints
        .iter()
        .map(|e| endpoint::read(&e.measure, e.description.as_deref().unwrap_or_default()))
        .collect();
    let time_frames = trial
        .endpoints
        .iter()
        .map(|e| e.time_frame.as_ref().map(|t| time_frame::read(&t.text)).unwrap_or_default())
        .collect();
    let criteria = trial.eligibility.text.as_deref().map(criteria::read).unwrap_or_default();
    let (regimens, dosing) = regimen::read(trial);
    Readings { endpoints, time_frames, criteria, regimens, dosing }
}
