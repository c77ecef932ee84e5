//! What examinations prose names, and when.

use proptest::prelude::*;

use super::{Pieces, TimeWords, Vocabulary, lex, of_trial, read, read_pieces};
use crate::protocol::{Assessment, AssessmentKind, Description, Endpoint, TimeFrameText, Trial};
use crate::reading::time_frame;

/// One assessment in a line: name, kind, when.
fn line(found: &Assessment) -> String {
    let timing = &found.timing;
    let mut parts = vec![format!("{} ({:?})", found.name, found.kind)];
    if !timing.points.is_empty() {
        let points: Vec<String> = timing.points.iter().map(ToString::to_string).collect();
        parts.push(format!("at {}", points.join(" ")));
    }
    for interval in &timing.intervals {
        let every = interval.every.map(|e| e.to_string());
        let every = every.or(interval.every_cycles.map(|c| format!("{c} cycles"))).unwrap_or_default();
        let until = interval.until.map(|u| u.to_string());
        let until = until.or(interval.until_cycle.map(|c| format!("cycle {c}")));
        parts.push(format!("every {every}{}", until.map(|u| format!(" to {u}")).unwrap_or_default()));
    }
    if !timing.until.is_empty() {
        parts.push(format!("until {}", timing.until.join(" ")));
    }
    parts.extend(timing.after.as_ref().map(|after| format!("{} after {}", after.value, after.event)));
    parts.join(", ")
}

fn shown(text: &str) -> String {
    read(text).iter().map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn examinations_are_read_with_their_times() {
    for (text, reading) in [
        ("CT scans at baseline and every 10 weeks.", "CT scans (Imaging), at P0D, every P10W"),
        (
            "Tumour assessment is done every 3 weeks in the first 5 cycles, then every 9 weeks.",
            "Tumour assessment (Imaging), every P3W to cycle 5, every P9W",
        ),
        (
            "MRI or CT will be performed at screening and every 12 weeks until progression.",
            "MRI or CT (Imaging), every P12W, until progression",
        ),
        ("At weeks 4, 8 and 20, blood samples are taken.", "blood samples (Laboratory), at P4W P8W P20W"),
        (
            "Questionnaires at baseline, week 6 and week 30; skin biopsies at week 6.",
            "Questionnaires (Questionnaire), at P0D P6W P30W; skin biopsies (Biopsy), at P6W",
        ),
        (
            "Patients receive drug A 50 mg every 2 weeks, and imaging is repeated every 8 weeks.",
            "imaging (Imaging), every P8W",
        ),
        ("Imaging continues while drug A 50 mg is given every 2 weeks.", "Imaging (Imaging)"),
        ("No CT is done at week 4.", ""),
        ("Telephone calls 1 and 3 months after surgery.", "Telephone calls (FollowUp), P3M after surgery"),
        ("ECG on day 1 and day 15 of each 28-day cycle.", "ECG (Examination), at P1D P15D, every P28D"),
        ("Drug A is given every 3 weeks.", ""),
        (
            "MRI every 9 weeks during the first year and every 20 weeks thereafter.",
            "MRI (Imaging), every P9W to P1Y, every P20W",
        ),
        (
            "CT scans every 3 months for 2 years, then every 6 months for 3 years.",
            "CT scans (Imaging), every P3M to P2Y, every P6M to P5Y",
        ),
        // A list of examinations has one time.
        (
            "Physical examinations, ECG and blood samples are planned at weeks 2 and 9.",
            "Physical examinations, ECG (Examination), at P2W P9W; blood samples (Laboratory), at P2W P9W",
        ),
        (
            "Magnetic resonance imaging (MRI) is repeated every 9 weeks.",
            "Magnetic resonance imaging (Imaging), every P9W; MRI (Imaging), every P9W",
        ),
        ("Study visits at weeks 2, 5\\*, 9 and 20.", "Study visits (FollowUp), at P2W P5W P9W P20W"),
        // What is compared, how old somebody is, how often a week and whose inclusion are no times.
        ("An increase in blood pressure from baseline of 20 mmHg.", "blood pressure (Examination)"),
        ("The quality of life of children from 7 to 11 years old.", "quality of life (Questionnaire)"),
        ("They are followed up 4 days per week by an application.", "followed up (FollowUp)"),
        ("Telephone calls to all who meet the inclusion criteria.", "Telephone calls (FollowUp)"),
        ("A contrast agent is injected before MRI in period 1.", "MRI (Imaging)"),
        ("", ""),
    ] {
        assert_eq!(shown(text), reading, "{text}");
    }
}

#[test]
fn the_span_covers_name_and_time() {
    let text = "Then: MRI is made at week 7. End.";
    let found = read(text);
    assert_eq!(found.first().and_then(|a| a.span.of(text)), Some("MRI is made at week 7"));
}

#[test]
fn outcomes_say_when_their_values_are_measured() {
    let outcome = |measure: &str, time_frame: &str| Endpoint {
        measure: measure.to_owned(),
        time_frame: Some(TimeFrameText { text: time_frame.to_owned() }),
        ..Endpoint::default()
    };
    let trial = Trial {
        endpoints: vec![
            outcome("Serum ferritin", "Baseline, week 5 and week 25"),
            outcome("Response", "MRI every 7 weeks, up to 2 years"),
            outcome("Remission", "3 years"),
        ],
        description: Description { brief: Some("MRI will be used.".to_owned()), detailed: None },
        ..Trial::default()
    };
    let frames: Vec<_> = trial
        .endpoints
        .iter()
        .map(|e| e.time_frame.as_ref().map(|t| time_frame::read(&t.text)).unwrap_or_default())
        .collect();
    let found = of_trial(&trial, &[], &frames);
    let lines: Vec<String> = found.iter().map(|a| format!("{} [{}]", line(a), a.span.field)).collect();
    assert_eq!(
        lines,
        [
            "Serum ferritin (Laboratory), at P0D P5W P25W [endpoints[0].time_frame.text]",
            "MRI (Imaging), every P7W to P2Y [endpoints[1].time_frame.text]",
        ]
    );
}

#[test]
fn a_kind_of_which_no_time_is_told_is_named_once() {
    let text = "RECIST assessments decide. Imaging is read centrally.";
    let trial = Trial {
        description: Description { brief: Some(text.to_owned()), detailed: None },
        ..Trial::default()
    };
    let found = of_trial(&trial, &[], &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found.first().map(|a| a.kind), Some(AssessmentKind::Imaging));
    assert!(!Vocabulary::embedded().text.is_empty());
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_with_spans_inside(text in any::<String>()) {
        for found in read(&text) {
            prop_assert!(found.span.of(&text).is_some_and(|words| !words.is_empty()), "{found:?}");
        }
    }

    #[test]
    fn known_words_in_any_order_are_read(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "CT", "MRI", "blood samples", "every 8 weeks", "at baseline", "and", ",", ".", "no", "mg", "80",
                "until progression", "in the first 4 cycles", "then", "(", ")", "week 5", "每", "\n", "Follow-up visits",
            ]),
            0..30,
        )
    ) {
        let text = words.join(" ");
        for found in read(&text) {
            prop_assert!(found.span.of(&text).is_some_and(|words| !words.is_empty()), "{found:?}");
        }
    }
}

/// Looks at tokens and pieces while reading `text`, a byte of it.
fn looks_a_byte(text: &str) -> f64 {
    let tokens = lex(text);
    let pieces = Pieces::new(text, &tokens, TimeWords::embedded());
    read_pieces(Vocabulary::embedded(), text, &tokens, &pieces);
    (tokens.looks() + pieces.looks()) as f64 / text.len() as f64
}

#[test]
fn work_grows_with_the_length_only() {
    for unit in [
        "CT ",
        "CT, ",
        "CT and MRI ",
        "CT every 3 weeks ",
        "CT. Every 3 weeks ",
        "week 5 CT and ",
        "every 3 weeks, ",
        "CT mg ",
        "CT (",
        "no CT ",
        "blood samples at ",
        "at baseline CT until progression ",
        "follow-up visits for ",
        "day 1 of cycle 3 (each cycle is 21 days) ",
        "CT\n",
    ] {
        let short = looks_a_byte(&unit.repeat(20_000 / unit.len()));
        let long = looks_a_byte(&unit.repeat(200_000 / unit.len()));
        assert!(long <= short * 1.2 + 1.0, "{unit:?}: {short:.1} looks a byte, ten times the text {long:.1}");
        assert!(long < 400.0, "{unit:?}: {long:.1} looks a byte");
    }
}

#[test]
fn a_cycles_length_in_brackets_does_not_cut_the_time() {
    let found = read("CT scans are taken on day 1 of cycle 3 (Each cycle is of 21 days).");
    let points: Vec<String> =
        found.iter().flat_map(|found| &found.timing.points).map(ToString::to_string).collect();
    assert_eq!(points, ["P43D"], "{found:?}");
}

#[test]
fn an_examination_by_which_a_time_is_told_and_the_age_of_people_are_no_visits() {
    for text in [
        "A urine dipstick is done before the first skin prick test and then once a month.",
        "Questionnaires in patients between 6 months and 65 years of age with asthma.",
        "This rests on the following observations: swelling goes back in biopsies.",
    ] {
        let found = read(text);
        let timed: Vec<_> =
            found.iter().filter(|found| found.timing != crate::protocol::TimeFrame::default()).collect();
        assert!(timed.is_empty(), "{timed:?}");
    }
    let found = read("Before treatment, a CT scan is taken; blood samples at 6 and 12 months of age.");
    assert_eq!(
        found.iter().filter(|found| found.timing != crate::protocol::TimeFrame::default()).count(),
        2,
        "{found:?}"
    );
}
