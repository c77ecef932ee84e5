//! The bundled samples: the facts of the four source documents, structured, in words of this project's own.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use trialdeck::library::{Entry, samples};
use trialdeck::protocol::{Administration, Code, Role};

fn sample(id: &str) -> Arc<Entry> {
    samples().into_iter().find(|entry| entry.trial.id == id).expect("a sample")
}

/// What is given in an arm, a row a line.
fn given(entry: &Entry, arm: &str) -> Vec<String> {
    let regimens = entry.readings().regimens.iter().filter(|regimen| regimen.arm.as_deref() == Some(arm));
    regimens.flat_map(|regimen| &regimen.administrations).map(row).collect()
}

fn row(given: &Administration) -> String {
    let number = |number: &Option<_>| number.map(|n: trialdeck::protocol::Number| n.to_string());
    let levels: Vec<String> = given.levels.iter().map(ToString::to_string).collect();
    let days: Vec<String> = given.days.iter().map(ToString::to_string).collect();
    let parts = [
        Some(given.drug.clone()),
        number(&given.dose),
        Some(levels.join("/")),
        given.unit.clone(),
        given.route.clone(),
        number(&given.per_day).map(|times| format!("{times} a day")),
        Some(days.join(",")).filter(|days| !days.is_empty()).map(|days| format!("D{days}")),
        given.cycle.map(|cycle| cycle.to_string()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_doses_of_the_samples_are_read_as_stated() {
    let colorectal = sample("crc-biottt001");
    let arm = &colorectal.trial.arms[0].label;
    let every_day = (1..=21).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(
        given(&colorectal, arm),
        [
            "biottt001 ia D1,15".to_owned(),
            "toripalimab 80 mg iv D1,15 P4W".to_owned(),
            "biottt001 50000000/500000000/5000000000/10000000000 vp ia D2,16 P4W".to_owned(),
            format!("regorafenib 80 mg oral D{every_day} P4W"),
        ]
    );
    let gastric = sample("gastric-rak-cells");
    assert_eq!(given(&gastric, "Control"), ["tas-102 35 mg/m2 oral 2 a day D1,2,3,4,5 P3W"]);
    assert_eq!(given(&gastric, "RAK cells"), Vec::<String>::new(), "no dose is stated, so none is shown");
}

#[test]
fn the_samples_state_what_the_documents_state() {
    let roles = |id: &str| {
        let count = |role| sample(id).trial.endpoints.iter().filter(|e| e.role == Some(role)).count();
        (count(Role::Primary), count(Role::Secondary), count(Role::Other))
    };
    assert_eq!(roles("crc-biottt001"), (2, 7, 0));
    assert_eq!(roles("sclc-cadonilimab"), (1, 3, 0));
    assert_eq!(roles("gist-regorafenib-envafolimab"), (1, 3, 1));
    assert_eq!(roles("gastric-rak-cells"), (1, 3, 0));
    for (id, phase, enrollment, masking, arms, interventions) in [
        ("crc-biottt001", Some("PHASE1"), Some(30), Some("NONE"), 1, 3),
        ("sclc-cadonilimab", Some("PHASE2"), None, None, 2, 1),
        ("gist-regorafenib-envafolimab", Some("PHASE2"), Some(82), Some("NONE"), 2, 2),
        ("gastric-rak-cells", None, Some(90), Some("DOUBLE"), 2, 2),
    ] {
        let trial = &sample(id).trial;
        assert_eq!(trial.phases.first().map(Code::as_str), phase, "{id}");
        assert_eq!(trial.enrollment.as_ref().and_then(|enrollment| enrollment.count), enrollment, "{id}");
        assert_eq!(trial.design.masking.as_ref().map(Code::as_str), masking, "{id}");
        assert_eq!((trial.arms.len(), trial.interventions.len()), (arms, interventions), "{id}");
    }
}

/// Twelve words in a row are a sentence taken over, not a term.
#[test]
fn no_sentence_of_the_documents_is_copied() {
    const RUN: usize = 12;
    let seeds = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    if !seeds.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let words = |text: &str| {
        let split = text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
        split.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let mut theirs = HashSet::new();
    for seed in std::fs::read_dir(seeds).expect("a folder").flatten() {
        let seed = words(&std::fs::read_to_string(seed.path()).unwrap_or_default());
        theirs.extend(seed.windows(RUN).map(<[String]>::to_vec));
    }
    for entry in samples() {
        let ours = words(&serde_json::to_string(&entry.trial).expect("JSON"));
        let copied = ours.windows(RUN).find(|run| theirs.contains(*run));
        assert_eq!(copied, None, "{}", entry.trial.id);
    }
}
