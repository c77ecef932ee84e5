//! The examinations of a whole trial: out of its descriptions, its arms and its outcomes.

use std::collections::HashSet;

use super::{TimeWords, Vocabulary, read_with};
use crate::protocol::{Assessment, AssessmentKind, Endpoint, EndpointReading, Span, TimeFrame, Trial};
use crate::reading::lexer::lex;

/// Every examination that a trial's prose names with a time, in the record's order; imaging also without one, once, so
/// that it is seen that none is stated. `endpoints` and `time_frames` are the readings of the trial's outcomes.
pub fn of_trial(trial: &Trial, endpoints: &[EndpointReading], time_frames: &[TimeFrame]) -> Vec<Assessment> {
    of_trial_with(TimeWords::embedded(), trial, endpoints, time_frames)
}

/// [`of_trial`] with words of the caller's.
pub fn of_trial_with(
    words: &TimeWords,
    trial: &Trial,
    endpoints: &[EndpointReading],
    time_frames: &[TimeFrame],
) -> Vec<Assessment> {
    let mut all = Vec::new();
    for (field, text) in texts(trial) {
        all.extend(
            read_with(Vocabulary::embedded(), words, text).into_iter().map(|found| in_field(found, &field)),
        );
    }
    for (index, endpoint) in trial.endpoints.iter().enumerate() {
        let kind = endpoints.get(index).and_then(|reading| reading.kind.as_deref());
        all.extend(of_outcome(words, index, endpoint, kind, time_frames.get(index)));
    }
    told_once(all)
}

/// The prose in which examinations may stand, each with its field.
fn texts(trial: &Trial) -> Vec<(String, &str)> {
    let description = &trial.description;
    let mut texts: Vec<(String, Option<&str>)> = vec![
        ("description.brief".to_owned(), description.brief.as_deref()),
        ("description.detailed".to_owned(), description.detailed.as_deref()),
    ];
    for (index, arm) in trial.arms.iter().enumerate() {
        texts.push((format!("arms[{index}].description"), arm.description.as_deref()));
    }
    for (index, given) in trial.interventions.iter().enumerate() {
        texts.push((format!("interventions[{index}].description"), given.description.as_deref()));
    }
    for (index, endpoint) in trial.endpoints.iter().enumerate() {
        texts.push((format!("endpoints[{index}].description"), endpoint.description.as_deref()));
    }
    texts.into_iter().filter_map(|(field, text)| Some((field, text?))).collect()
}

/// An outcome's time frame as an examination: what its own words name, else what the outcome measures.
fn of_outcome(
    words: &TimeWords,
    index: usize,
    endpoint: &Endpoint,
    kind: Option<&str>,
    frame: Option<&TimeFrame>,
) -> Vec<Assessment> {
    let (Some(text), Some(frame)) = (endpoint.time_frame.as_ref().map(|t| t.text.as_str()), frame) else {
        return Vec::new();
    };
    let field = format!("endpoints[{index}].time_frame.text");
    let named: Vec<Assessment> =
        read_with(Vocabulary::embedded(), words, text).into_iter().filter(says_when).collect();
    if !named.is_empty() {
        return named.into_iter().map(|found| in_field(found, &field)).collect();
    }
    let Some(kind) = kind_of(endpoint, kind) else { return Vec::new() };
    let Some(span) = &frame.span else { return Vec::new() };
    // That survival is known for two years is no visit.
    if kind == AssessmentKind::FollowUp && frame.points.is_empty() && frame.intervals.is_empty() {
        return Vec::new();
    }
    let found =
        Assessment { name: endpoint.measure.clone(), kind, timing: frame.clone(), span: span.clone() };
    vec![in_field(found, &field)]
}

/// What is examined for an outcome: by its name, else by the kind of endpoint where that tells.
fn kind_of(endpoint: &Endpoint, kind: Option<&str>) -> Option<AssessmentKind> {
    match kind {
        Some("OS" | "MORTALITY") => Some(AssessmentKind::FollowUp),
        Some("PK" | "IMMUNOGENICITY" | "BIOMARKER" | "MRD") => Some(AssessmentKind::Laboratory),
        Some("QOL" | "PAIN") => Some(AssessmentKind::Questionnaire),
        Some("IMAGING") => Some(AssessmentKind::Imaging),
        _ => {
            let tokens = lex(&endpoint.measure);
            (0..tokens.len())
                .find_map(|at| Vocabulary::embedded().measure.at(&tokens, at))
                .map(|found| found.value)
        }
    }
}

fn says_when(assessment: &Assessment) -> bool {
    assessment.timing != TimeFrame::default()
}

/// The same words twice are one examination; a name without a time is told for imaging only, and only once.
fn told_once(all: Vec<Assessment>) -> Vec<Assessment> {
    let imaging = |found: &Assessment| found.kind == AssessmentKind::Imaging;
    let mut imaging_told = all.iter().any(|found| imaging(found) && says_when(found));
    let mut told: HashSet<String> = HashSet::new();
    all.into_iter()
        .filter(|found| {
            if says_when(found) {
                told.insert(format!("{}|{}", found.name.to_lowercase(), summary(&found.timing)))
            } else {
                imaging(found) && !std::mem::replace(&mut imaging_told, true)
            }
        })
        .collect()
}

/// What a timing says, whatever words it was read from.
fn summary(timing: &TimeFrame) -> String {
    let intervals: Vec<_> =
        timing.intervals.iter().map(|i| (i.every, i.every_cycles, i.until, i.until_cycle)).collect();
    format!("{:?}", (&timing.points, &timing.max, &timing.until, &timing.after, intervals))
}

/// An assessment with its spans, which a reader of bare text calls `text`, named by the trial's field.
fn in_field(mut found: Assessment, field: &str) -> Assessment {
    found.timing.in_field(field);
    found.span = Span::in_field(&found.span, field.to_owned());
    found
}
