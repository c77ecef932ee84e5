//! The labels of a trial page that stand on a line of their own, with the value on the next line.

use super::layout::Line;
use crate::formats::codes;
use crate::protocol::{Enrollment, Trial};

/// Puts a value where its label says.
type Place = fn(&mut Trial, &str);

/// Labels in lower case, and what they name.
const LABELS: &[(&str, Place)] = &[
    ("study type", |trial, value| trial.study_type = Some(codes::study_type(value))),
    ("allocation", |trial, value| trial.design.allocation = Some(codes::allocation(value))),
    ("purpose", |trial, value| trial.design.purpose = Some(codes::purpose(value))),
    ("primary purpose", |trial, value| trial.design.purpose = Some(codes::purpose(value))),
    ("masking", |trial, value| trial.design.masking = Some(codes::masking(value))),
    ("enrollment", enrollment),
    ("enrolment", enrollment),
    ("intervention model", |trial, value| trial.design.intervention_model = Some(codes::model(value))),
    ("observational model", |trial, value| trial.design.observational_model = Some(codes::model(value))),
    ("time perspective", |trial, value| trial.design.time_perspective = Some(codes::model(value))),
    ("phase", |trial, value| trial.phases = codes::phases(value)),
    ("phases", |trial, value| trial.phases = codes::phases(value)),
    ("status", |trial, value| trial.status = Some(codes::status(value))),
    ("overall status", |trial, value| trial.status = Some(codes::status(value))),
];

/// Values longer than this are sentences, not a label's value.
const LONGEST_VALUE: usize = 80;

fn enrollment(trial: &mut Trial, value: &str) {
    let digits: String = value.chars().filter(|c| *c != ',').take_while(char::is_ascii_digit).collect();
    trial.enrollment = digits.parse().ok().map(|count| Enrollment { count: Some(count), kind: None });
}

/// Whether two lines are a label and its value.
pub fn is_pair(label: &Line<'_>, value: &Line<'_>) -> bool {
    place(label.text).is_some() && value.text.len() <= LONGEST_VALUE && place(value.text).is_none()
}

/// Puts the value where the label says.
pub fn put(trial: &mut Trial, label: &str, value: &str) {
    if let Some(place) = place(label) {
        place(trial, value.trim());
    }
}

fn place(label: &str) -> Option<Place> {
    let label = label.trim().trim_end_matches(':').to_lowercase();
    LABELS.iter().find(|(known, _)| *known == label).map(|(_, place)| *place)
}
