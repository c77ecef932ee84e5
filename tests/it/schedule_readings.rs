//! Time frames, assessments and the design: of the four source documents, and over the whole working corpus.

use std::path::{Path, PathBuf};

use serde_json::Value;
use trialdeck::library::{Cancel, load_all};
use trialdeck::protocol::{Administration, Assessment, AssessmentKind, Readings, Span, TimeFrame, Trial};
use trialdeck::reading::{assessment, design, time_frame};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");

/// The readings of one of the source documents; nothing, with a word about it, when they are not here.
fn seed(name: &str) -> Option<(Trial, Readings)> {
    let file = Path::new(SHARED).join("seeds").join(format!("{name}.txt"));
    if !file.is_file() {
        println!("skipped: ../shared is not here");
        return None;
    }
    let loaded = load_all(&[file], &Cancel::new());
    let entry = loaded.entries.first();
    assert!(entry.is_some(), "{name} holds a trial");
    entry.map(|entry| (entry.trial.clone(), entry.readings().clone()))
}

fn of_kind(readings: &Readings, kind: AssessmentKind) -> Vec<&Assessment> {
    readings.assessments.iter().filter(|found| found.kind == kind).collect()
}

fn points(frame: &TimeFrame) -> Vec<String> {
    frame.points.iter().map(ToString::to_string).collect()
}

fn intervals(frame: &TimeFrame) -> Vec<(Option<String>, Option<u32>)> {
    frame.intervals.iter().map(|i| (i.every.map(|every| every.to_string()), i.until_cycle)).collect()
}

#[test]
fn gist_is_imaged_at_baseline_and_every_two_months() {
    let Some((trial, readings)) = seed("gist-regorafenib-envafolimab") else { return };
    let imaging = of_kind(&readings, AssessmentKind::Imaging);
    assert_eq!(imaging.len(), 1);
    assert_eq!(points(&imaging[0].timing), ["P0D"]);
    assert_eq!(intervals(&imaging[0].timing), [(Some("P2M".to_owned()), None)]);
    let biopsy = of_kind(&readings, AssessmentKind::Biopsy);
    assert_eq!(biopsy.len(), 1);
    assert_eq!(biopsy[0].timing.anchor.as_deref(), Some("enrollment"));
    let words = trial.text(&biopsy[0].span.field).and_then(|text| text.get(..biopsy[0].span.end));
    assert!(words.is_some_and(|words| words.contains("provide 15 paraffin tissue sections")), "{words:?}");
    assert_eq!(trial.design.allocation.as_ref().map(|code| code.as_str()), Some("RANDOMIZED"));
    assert_eq!(trial.design.masking.as_ref().map(|code| code.as_str()), Some("NONE"));
    let randomisation = readings.design.randomisation.expect("randomised");
    assert_eq!((randomisation.ratio, randomisation.methods), (vec![1, 1], vec!["block".to_owned()]));
    assert_eq!(readings.design.planned.first().map(|planned| planned.count), Some(82));
    let pfs = &readings.time_frames[0];
    assert_eq!(pfs.anchor.as_deref(), Some("enrollment"));
    assert_eq!(pfs.until, ["progression", "death"]);
    assert_eq!(pfs.max.map(|max| max.to_string()).as_deref(), Some("P2Y"));
}

#[test]
fn gastric_names_no_assessment_but_a_year_for_every_outcome() {
    let Some((_, readings)) = seed("gastric-rak-cells") else { return };
    assert_eq!(readings.assessments, []);
    assert!(readings.time_frames.iter().all(|frame| frame.max.is_some_and(|max| max.to_string() == "P1Y")));
    assert_eq!(readings.time_frames.len(), 4);
    assert!(readings.design.escalation.is_some());
}

#[test]
fn crc_is_imaged_after_monotherapy_and_then_by_cycles() {
    let Some((trial, readings)) = seed("crc-bioTTT001") else { return };
    let imaging = of_kind(&readings, AssessmentKind::Imaging);
    let after = imaging.first().expect("imaging after monotherapy");
    assert_eq!(after.timing.until, ["end_of_treatment"]);
    let repeated = imaging.get(1).expect("repeated imaging");
    assert_eq!(
        intervals(&repeated.timing),
        [(Some("P4W".to_owned()), Some(4)), (Some("P8W".to_owned()), None)]
    );
    let laboratory = of_kind(&readings, AssessmentKind::Laboratory);
    assert_eq!(laboratory.len(), 4, "copies, shedding, interleukin, antibodies");
    assert!(laboratory.iter().all(|found| found.timing.max.is_some_and(|max| max.to_string() == "P28D")));
    let escalation = readings.design.escalation.expect("an escalation");
    assert_eq!(escalation.method.as_deref(), Some("3+3"));
    assert!(
        readings.regimens.iter().flat_map(|r| &r.administrations).any(|row| row.levels.len() == 4),
        "dose levels"
    );
    let stages: Vec<&str> = readings.design.stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(stages, ["dose escalation", "dose expansion"]);
    assert_eq!(readings.design.planned.first().map(|planned| planned.count), Some(30));
    assert_eq!(trial.endpoints.len(), readings.time_frames.len());
}

#[test]
fn sclc_names_imaging_without_an_interval_and_a_readout() {
    let Some((_, readings)) = seed("sclc-cadonilimab") else { return };
    let imaging = of_kind(&readings, AssessmentKind::Imaging);
    assert_eq!(imaging.len(), 1);
    assert!(imaging[0].timing.intervals.is_empty());
    let pfs = &readings.time_frames[0];
    assert_eq!(pfs.max.map(|max| max.to_string()).as_deref(), Some("P24W"));
    assert!(pfs.at_least);
}

/// A row in short words: what, how much, when.
fn told(row: &Administration) -> String {
    let levels: Vec<String> = row.levels.iter().map(|level| format!("{:e}", level.0)).collect();
    let days: Vec<String> = row.days.iter().map(ToString::to_string).collect();
    let parts = [
        row.drug.clone(),
        row.dose.map(|dose| dose.to_string()).unwrap_or_default(),
        levels.join("/"),
        row.unit.clone().unwrap_or_default(),
        row.route.clone().unwrap_or_default(),
        row.per_day.map(|times| format!("{times}/day")).unwrap_or_default(),
        if days.is_empty() { String::new() } else { format!("D{}", days.join(",")) },
        row.every.map(|every| format!("every {every}")).unwrap_or_default(),
        row.cycle.map(|cycle| format!("cycle {cycle}")).unwrap_or_default(),
        row.doses.map(|doses| format!("{doses} doses")).unwrap_or_default(),
        row.duration.map(|duration| format!("for {duration}")).unwrap_or_default(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Every regimen: arm, part of the treatment, rows.
fn regimens(readings: &Readings) -> Vec<(Option<&str>, Option<&str>, Vec<String>)> {
    let row = |regimen: &trialdeck::protocol::Regimen| regimen.administrations.iter().map(told).collect();
    readings.regimens.iter().map(|r| (r.arm.as_deref(), r.epoch.as_deref(), row(r))).collect()
}

#[test]
fn gist_states_no_doses_but_what_ends_the_control() {
    let Some((_, readings)) = seed("gist-regorafenib-envafolimab") else { return };
    assert_eq!(
        regimens(&readings),
        [(Some("control group"), None, vec!["previously effective targeted drugs".to_owned()])]
    );
    assert_eq!(readings.regimens[0].until, ["progression", "toxicity", "withdrawal"]);
}

#[test]
fn gastric_gives_tas_102_on_five_days_of_three_weeks() {
    let Some((_, readings)) = seed("gastric-rak-cells") else { return };
    let days = "tas-102 35 mg/m2 oral 2/day D1,2,3,4,5 cycle P3W".to_owned();
    assert_eq!(regimens(&readings), [(None, None, vec![days])]);
}

#[test]
fn crc_gives_monotherapy_then_the_combination_by_levels() {
    let Some((trial, readings)) = seed("crc-bioTTT001") else { return };
    let arm = trial.arms.first().map(|arm| arm.label.as_str());
    let days: Vec<String> = (1..=21).map(|day: i32| day.to_string()).collect();
    assert_eq!(
        regimens(&readings),
        [
            (arm, Some("monotherapy"), vec!["biottt001 ia D1,15 every P2W 2 doses".to_owned()]),
            (
                arm,
                Some("combination"),
                vec![
                    "toripalimab 80 mg iv D1,15 cycle P4W".to_owned(),
                    "biottt001 5e7/5e8/5e9/1e10 vp ia D2,16 cycle P4W".to_owned(),
                    format!("regorafenib 80 mg oral D{} cycle P4W", days.join(",")),
                ]
            ),
        ]
    );
}

#[test]
fn sclc_is_given_in_three_week_cycles_until_one_of_four_ends() {
    let Some((_, readings)) = seed("sclc-cadonilimab") else { return };
    let given = "cadunilumab cycle P3W for P24M".to_owned();
    let chemotherapy = "chemotherapy cycle P3W for P24M".to_owned();
    assert_eq!(
        regimens(&readings),
        [
            (Some("Cadonilimab alone"), None, vec![given.clone()]),
            (Some("Cadonilimab + chemotherapy"), None, vec![given, chemotherapy]),
        ]
    );
    for regimen in &readings.regimens {
        // Twenty-four months are a length; in whose judgement the benefit is lost is no event of its own.
        assert_eq!(regimen.until, ["toxicity", "no_benefit", "other"]);
    }
}

/// The text of a field by its path, as the printed JSON has it.
fn field<'v>(trial: &'v Value, path: &str) -> Option<&'v str> {
    let pointer = path.replace(['.', '['], "/").replace(']', "");
    trial.pointer(&format!("/{pointer}")).and_then(Value::as_str)
}

fn frame_spans(frame: &TimeFrame) -> impl Iterator<Item = &Span> {
    let moments = frame.moments.iter().map(|moment| &moment.span);
    let intervals = frame.intervals.iter().map(|interval| &interval.span);
    moments.chain(intervals).chain(&frame.unread).chain(&frame.span)
}

#[test]
fn every_text_of_the_corpus_is_read_with_spans_inside() {
    let data = PathBuf::from(SHARED).join("data");
    if !data.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let loaded = load_all(&[data], &Cancel::new());
    let (mut frames, mut silent, mut assessments) = (0, 0, 0);
    for entry in &loaded.entries {
        let trial = &entry.trial;
        let read: Vec<TimeFrame> = trial
            .endpoints
            .iter()
            .map(|endpoint| {
                endpoint.time_frame.as_ref().map(|t| time_frame::read(&t.text)).unwrap_or_default()
            })
            .collect();
        for (frame, endpoint) in read.iter().zip(&trial.endpoints) {
            let Some(text) = &endpoint.time_frame else { continue };
            frames += 1;
            silent += usize::from(frame.span.is_none());
            for span in frame_spans(frame) {
                assert!(
                    span.of(&text.text).is_some_and(|words| !words.is_empty()),
                    "{span:?}: {}",
                    text.text
                );
            }
        }
        let found = assessment::of_trial(trial, &[], &read);
        assessments += found.len();
        let design = design::of_trial(trial);
        let counted = design.planned.iter().map(|planned| &planned.span);
        let stages = design.stages.iter().map(|stage| &stage.span);
        let escalation = design.escalation.iter().flat_map(|found| &found.spans);
        let randomisation = design.randomisation.iter().flat_map(|found| &found.spans);
        let spans: Vec<&Span> = counted.chain(stages).chain(escalation).chain(randomisation).collect();
        if found.is_empty() && spans.is_empty() {
            continue;
        }
        let value = serde_json::to_value(trial).expect("JSON");
        for span in spans.into_iter().chain(found.iter().map(|found| &found.span)) {
            let text = field(&value, &span.field).unwrap_or_else(|| panic!("{}: {span:?}", trial.id));
            assert!(span.of(text).is_some_and(|words| !words.is_empty()), "{}: {span:?}", trial.id);
        }
    }
    println!("{frames} time frames, nothing read in {silent}; {assessments} assessments");
    assert!(silent * 20 < frames, "nothing was read in {silent} of {frames} time frames");
}
