//! `trialdeck check`: its printed forms, and what it finds in the four source documents.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::collections::BTreeSet;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");

fn check(paths: &[&Path], format: &str) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_trialdeck"))
        .arg("check")
        .args(paths)
        .args(["--format", format])
        .output()
        .expect("the program runs")
}

/// The rules that find something in a source document.
fn found_in(seed: &str) -> BTreeSet<String> {
    let output = check(&[&Path::new(SEEDS).join(seed)], "json");
    let trials: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = trials[0]["findings"].as_array().expect("findings");
    findings.iter().filter_map(|finding| finding["rule"].as_str().map(str::to_owned)).collect()
}

#[test]
fn the_source_documents_are_queried_as_a_careful_reader_would() {
    if !Path::new(SEEDS).is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    for (seed, rules) in [
        (
            "gist-regorafenib-envafolimab.txt",
            &["survival-by-response-criteria", "complications-without-surgery", "group-as-intervention"][..],
        ),
        (
            "gastric-rak-cells.txt",
            &["cells-of-two-origins", "no-title", "outcome-in-prose-only", "masking-without-dummy"],
        ),
        ("crc-bioTTT001.txt", &["drug-spelt-two-ways"]),
        (
            "sclc-cadonilimab.txt",
            &[
                "drug-spelt-two-ways",
                "drug-misspelt",
                "ordinal",
                "outcome-in-prose-only",
                "condition-is-none",
                "standard-version-garbled",
                "survival-by-response-criteria",
                "class-of-prior-drug",
                "response-reduced-to",
                "chemotherapy-not-listed",
            ],
        ),
    ] {
        let expected: BTreeSet<String> = rules.iter().map(|rule| (*rule).to_owned()).collect();
        assert_eq!(found_in(seed), expected, "{seed}");
    }
}

/// A record with two faults, in a file of its own.
fn faulty(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("a record.json");
    let record = r#"{"id": "X1", "title": "Nivolumab as 3th line", "conditions": ["Immunotherapy"]}"#;
    std::fs::write(&file, record).expect("a file");
    file
}

#[test]
fn findings_are_printed_as_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = check(&[&faulty(folder.path())], "text");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(text, @r#"
    X1  Nivolumab as 3th line
      warning A condition that is none: "Immunotherapy" is no condition
              condition-is-none · conditions[0] 0–13
      note    An ordinal that is none: "3th"
              ordinal · title 13–16
    2 findings in 1 of 1 trials
    "#);
}

#[test]
fn sarif_names_rule_place_and_level() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = check(&[&faulty(folder.path())], "sarif");
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "condition-is-none");
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0];
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "X1/conditions[0]");
    let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a file");
    assert!(uri.ends_with("a%20record.json"), "{uri}");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
    }
}

#[test]
fn nothing_to_read_is_an_error() {
    let output = check(&[Path::new("no-such-file.json")], "text");
    assert_eq!(output.status.code(), Some(1));
}
