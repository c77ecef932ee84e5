//! The schedule: what was read of it, a row each with its words, then the record's own words, all of them.

use super::Page;
use crate::output::rows::{self, joined, quoted_to, words_of};
use crate::protocol::{Endpoint, Readings, Regimen, Span, TimeFrame, Trial};

/// Letters of the words behind a row whose sentence is not printed right below it.
const WORDS: usize = 240;

pub(super) fn schedule(trial: &Trial, readings: &Readings, page: &mut Page) {
    page.heading("Schedule");
    let before = page.blocks.len();
    if readings.dosing.total() > 0 {
        let (read, total) = (readings.dosing.read(), readings.dosing.total());
        page.note(0, format!("{read} of {total} sentences that look like dosing were read"));
    }
    arms(trial, readings, page);
    interventions(trial, page);
    not_read(trial, readings, page);
    examined(trial, readings, page);
    measured(trial, page);
    page.none_since(before, "The record describes no dosing and no times of measurement.");
}

/// Each arm with its rows and its words, then the rows of which the arm is not told.
fn arms(trial: &Trial, readings: &Readings, page: &mut Page) {
    for (index, arm) in trial.arms.iter().enumerate() {
        let regimens = readings.regimens_of(Some(&arm.label));
        if regimens.is_empty() && arm.description.is_none() {
            continue;
        }
        page.subheading(arm.label.clone());
        let own = format!("arms[{index}].description");
        given(trial, &regimens, &own, page);
        page.prose(arm.description.as_ref());
    }
    let untold = readings.regimens_of(None);
    if !untold.is_empty() {
        page.subheading(if trial.arms.is_empty() { "Treatment" } else { "Which arm is not told" });
    }
    given(trial, &untold, "", page);
}

/// An arm's rows; the words of those that were read elsewhere than in `own`, which is printed below.
fn given(trial: &Trial, regimens: &[&Regimen], own: &str, page: &mut Page) {
    for (index, regimen) in regimens.iter().enumerate() {
        let head = rows::head(regimen, index > 0);
        if !head.is_empty() {
            page.note(0, head);
        }
        for row in &regimen.administrations {
            page.item(0, rows::administration(trial, row, regimen));
            if row.span.field != own {
                page.note(1, quoted_to(WORDS, &rows::words(trial, row)));
            }
        }
    }
}

fn interventions(trial: &Trial, page: &mut Page) {
    for given in &trial.interventions {
        if let Some(description) = &given.description {
            page.subheading(given.name.clone());
            page.prose(Some(description));
        }
    }
}

/// The sentences that look like dosing and gave no row.
fn not_read(trial: &Trial, readings: &Readings, page: &mut Page) {
    let missed = readings.dosing.sentences.iter().filter(|sentence| !sentence.read);
    let missed: Vec<&str> = missed.filter_map(|sentence| words_of(trial, &sentence.span)).collect();
    if !missed.is_empty() {
        page.subheading("Looks like dosing and was not read");
    }
    missed.into_iter().for_each(|words| page.item(0, words));
}

/// What is examined, in the words that say when; outcome measures stand in their own list.
fn examined(trial: &Trial, readings: &Readings, page: &mut Page) {
    let of_endpoint = |span: &Span| span.field.starts_with("endpoints[");
    let mut found = readings.assessments.iter().filter(|found| !of_endpoint(&found.span)).peekable();
    if found.peek().is_some() {
        page.subheading("What is examined");
    }
    for examination in found {
        let untimed = if examination.timing == TimeFrame::default() { "no time read" } else { "" };
        page.item(0, joined([examination.name.as_str(), untimed], " · "));
        if let Some(words) = words_of(trial, &examination.span) {
            page.note(1, quoted_to(WORDS, words));
        }
    }
}

fn measured(trial: &Trial, page: &mut Page) {
    let timed: Vec<&Endpoint> =
        trial.endpoints.iter().filter(|endpoint| endpoint.time_frame.is_some()).collect();
    if !timed.is_empty() {
        page.subheading("What is measured when");
    }
    for endpoint in timed {
        let when = endpoint.time_frame.as_ref().map_or("", |time_frame| time_frame.text.as_str());
        page.item(0, joined([endpoint.measure.as_str(), when], ": "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::document::text;
    use crate::protocol::{Arm, Intervention};
    use crate::reading::trial::read;

    #[test]
    fn rows_stand_with_their_words_and_what_was_not_read_is_said() {
        let arm = Arm {
            label: "Drugamab".to_owned(),
            description: Some("Given to adults.".to_owned()),
            interventions: vec!["drugamab".to_owned()],
            ..Arm::default()
        };
        let given = Intervention {
            name: "drugamab".to_owned(),
            description: Some(
                "Drugamab 200 mg IV every 3 weeks. It may be reduced to 100 mg in case of toxicity."
                    .to_owned(),
            ),
            ..Intervention::default()
        };
        let trial = Trial { arms: vec![arm], interventions: vec![given], ..Trial::default() };
        let mut page = Page::default();
        schedule(&trial, &read(&trial), &mut page);
        let mut printed = Vec::new();
        text(&page.blocks, &mut printed).expect("memory");
        insta::assert_snapshot!(String::from_utf8_lossy(&printed));
    }
}
