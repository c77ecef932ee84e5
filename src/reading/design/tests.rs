//! What is read of a design, phrase by phrase.

use proptest::prelude::*;

use super::{read, spans};

/// Everything read, in one line.
fn shown(text: &str) -> String {
    let design = read(text);
    let mut parts = Vec::new();
    if let Some(escalation) = design.escalation {
        parts.push("escalation".to_owned());
        parts.extend(escalation.method);
        parts.extend(escalation.levels.map(|levels| format!("{levels} levels")));
        parts.extend(escalation.dlt_window.map(|window| format!("DLT {window}")));
    }
    if let Some(randomisation) = design.randomisation {
        let ratio: Vec<String> = randomisation.ratio.iter().map(ToString::to_string).collect();
        parts.push(
            format!("random {} {}", ratio.join(":"), randomisation.methods.join("+")).trim().to_owned(),
        );
    }
    parts.extend(design.stages.iter().map(|stage| format!("[{}]", stage.name)));
    parts.extend(design.cohorts.map(|cohorts| format!("{} cohorts", cohorts.count)));
    parts.extend(design.planned.iter().map(|planned| format!("n={}", planned.count)));
    parts.extend(design.follow_up.map(|follow_up| {
        format!("followed {}{}", if follow_up.at_least { "≥" } else { "" }, follow_up.length)
    }));
    parts.join(", ")
}

#[test]
fn designs_are_read_phrase_by_phrase() {
    for (text, reading) in [
        ("Dose escalation follows a 3+3 scheme.", "escalation, 3+3"),
        ("A BOIN design guides the dose-finding part.", "escalation, BOIN"),
        ("Accelerated titration at first, then i3+3 rules.", "escalation, accelerated titration"),
        ("Six dose levels are tested by dose escalation.", "escalation, 6 levels"),
        ("The DLT observation period is 21 days.", "escalation, DLT P21D"),
        ("A 28-day DLT window applies.", "escalation, DLT P28D"),
        ("DLTs are those seen within the first 4 weeks of treatment.", "escalation, DLT P4W"),
        ("DLT: grade 4 neutropenia lasting more than 7 days.", ""),
        ("Patients are randomized 2:1 to drug or placebo.", "random 2:1"),
        ("They are randomly assigned in a 1:1:2 ratio using permuted blocks.", "random 1:1:2 block"),
        ("Randomisation is stratified by centre and done by IWRS.", "random  stratified+central"),
        ("The sample was diluted 1:10.", ""),
        ("Visits take place at 10:30.", ""),
        (
            "The dose escalation phase is followed by dose expansion.",
            "escalation, [dose escalation], [dose expansion]",
        ),
        ("Part A is open, part B is blinded.", "[part A], [part B]"),
        ("A total of 64 patients will be enrolled.", "n=64"),
        ("The number of enrolled subjects is expected to be 45.", "n=45"),
        ("Up to 20-24 evaluable participants are planned.", "n=24"),
        ("In a previous study 200 patients were enrolled.", ""),
        ("Half of the 300 mg tablets were expected back.", ""),
        ("Participants enter one of four cohorts.", "4 cohorts"),
        ("Treatment lasts a year in cohorts 1 to 3 and cohorts 5 to 7.", ""),
        ("Three to six patients (3-6 patients) are enrolled at each dose.", ""),
        ("Cohorts of 3 to 6 patients are enrolled; 14 patients are treated at stage 1.", "[stage 1], n=14"),
        ("Stage 1: dose finding. Stage 2: comparison.", "[stage 1], [stage 2]"),
        ("A parallel-group dose-finding study of four fixed doses.", ""),
        ("Patients with unresectable stage II melanoma enter; stage 2 and 3 disease counts.", ""),
        ("Patients are followed up for 3 years.", "followed P3Y"),
        ("Minimum follow-up of at least 18 months.", "followed ≥P18M"),
        ("There is a 12-month follow-up.", "followed P12M"),
        ("Follow-up 6 months after surgery by telephone.", ""),
        ("Drug weekly for 6 weeks followed by a week of rest.", ""),
        ("Scores are taken at the 6 month follow-up visit.", ""),
        ("Treatment for 8 weeks, with follow-up for another 4 weeks.", "followed P4W"),
        ("", ""),
    ] {
        assert_eq!(shown(text), reading, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_with_spans_inside(text in any::<String>()) {
        let mut design = read(&text);
        for span in spans(&mut design) {
            prop_assert!(span.of(&text).is_some_and(|words| !words.is_empty()), "{span:?}");
        }
    }
}

#[test]
fn time_grows_with_the_length_only() {
    // Not timed: each would run for minutes if a step were quadratic.
    for unit in ["9 ", "1:", "DLT ", "follow-up ", "5 patients planned ", "3 dose ", "random "] {
        read(&unit.repeat(100_000 / unit.len()));
    }
}
