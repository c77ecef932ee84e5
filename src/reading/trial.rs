//! All readers over one trial: which text goes to which reader, whose rows they are, and in which field of the trial
//! their words stand.

use crate::protocol::{CriteriaReading, Endpoint, EndpointReading, Readings, Span, TimeFrame, Trial};

use super::vocabularies::Vocabularies;
use super::{assessment, criteria, design, endpoint, regimen, time_frame};

/// Reads every prose field of a trial with the built-in words. The rows' spans name the field by its path in the
/// trial's JSON form.
pub fn read(trial: &Trial) -> Readings {
    read_with(&Vocabularies::default(), trial)
}

/// [`read`] with words of the caller's.
pub fn read_with(words: &Vocabularies, trial: &Trial) -> Readings {
    let numbered = || trial.endpoints.iter().enumerate();
    let endpoints: Vec<EndpointReading> =
        numbered().map(|(index, endpoint)| read_endpoint(words, index, endpoint)).collect();
    let time_frames: Vec<TimeFrame> =
        numbered().map(|(index, endpoint)| read_time_frame(words, index, endpoint)).collect();
    let (regimens, dosing) = regimen::read_with(words.dosing(), trial);
    Readings {
        assessments: assessment::of_trial_with(words.timing(), trial, &endpoints, &time_frames),
        endpoints,
        time_frames,
        criteria: trial
            .eligibility
            .text
            .as_deref()
            .map(|text| read_criteria(words, text))
            .unwrap_or_default(),
        regimens,
        dosing,
        design: design::of_trial(trial),
    }
}

fn read_endpoint(words: &Vocabularies, index: usize, endpoint: &Endpoint) -> EndpointReading {
    let mut reading = endpoint::read_with(
        words.endpoints(),
        &endpoint.measure,
        endpoint.description.as_deref().unwrap_or_default(),
    );
    let parts = reading.parts.iter_mut().map(|part| &mut part.span);
    let single = reading.span.iter_mut().chain(&mut reading.assessor_span);
    for span in single.chain(&mut reading.criteria_spans).chain(parts) {
        *span = span.in_field(format!("endpoints[{index}].{}", span.field));
    }
    reading
}

fn read_time_frame(words: &Vocabularies, index: usize, endpoint: &Endpoint) -> TimeFrame {
    let Some(text) = &endpoint.time_frame else { return TimeFrame::default() };
    let mut reading = time_frame::read_with(words.timing(), &text.text);
    reading.in_field(&format!("endpoints[{index}].time_frame.text"));
    reading
}

fn read_criteria(words: &Vocabularies, text: &str) -> CriteriaReading {
    let mut reading = criteria::read_with(text, words.criteria());
    let spans = reading.facts.iter_mut().map(|fact| &mut fact.span);
    let spans = spans.chain(reading.criteria.iter_mut().map(|item| &mut item.span));
    let spans = spans.chain(reading.tags.iter_mut().map(|tag| &mut tag.span));
    move_to(spans, "eligibility.text");
    reading
}

/// A reader calls the text it is given `text`; the trial knows which field that is.
fn move_to<'s>(spans: impl Iterator<Item = &'s mut Span>, field: &str) {
    for span in spans {
        *span = span.in_field(field.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::library::samples;
    use crate::protocol::Span;

    /// The text of a field by its path, as the printed JSON has it.
    fn field<'v>(trial: &'v serde_json::Value, path: &str) -> Option<&'v str> {
        let pointer = path.replace(['.', '['], "/").replace(']', "");
        trial.pointer(&format!("/{pointer}")).and_then(serde_json::Value::as_str)
    }

    #[test]
    fn every_span_names_a_field_of_the_trial_and_lies_in_its_text() {
        for entry in samples() {
            let trial = serde_json::to_value(&entry.trial).expect("JSON");
            let readings = entry.readings();
            let endpoints = readings.endpoints.iter().flat_map(|reading| {
                let parts = reading.parts.iter().map(|part| &part.span);
                let single = reading.span.iter().chain(&reading.assessor_span);
                single.chain(&reading.criteria_spans).chain(parts)
            });
            let frames = readings.time_frames.iter().flat_map(|frame| frame.span.iter().chain(&frame.unread));
            let criteria = readings.criteria.criteria.iter().map(|item| &item.span);
            let facts = readings.criteria.facts.iter().map(|fact| &fact.span);
            let tags = readings.criteria.tags.iter().map(|tag| &tag.span);
            let spans: Vec<&Span> =
                endpoints.chain(frames).chain(criteria).chain(facts).chain(tags).collect();
            assert!(spans.len() > 4, "{}", entry.trial.id);
            for span in spans {
                let text = field(&trial, &span.field).unwrap_or_else(|| panic!("{span:?}"));
                assert!(span.of(text).is_some_and(|words| !words.is_empty()), "{span:?}");
            }
        }
    }
}
