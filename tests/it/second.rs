//! `trialdeck readings`: verdicts go out and come in, and every command reads records with them.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::Path;

use assert_cmd::Command;

fn trialdeck(home: &Path, args: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_trialdeck"))
        .args(args)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .output()
        .expect("the program runs");
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (text, output.status.code())
}

/// A record with one limit, and a verdict that corrects it.
fn files(folder: &Path) -> (String, String) {
    let text = "Inclusion Criteria:\n\n* ECOG 0-2\n* ANC ≥ 1.5 x 10^9/L\n";
    let record = folder.join("record.json");
    let trial = serde_json::json!({ "id": "X1", "title": "A trial", "eligibility": { "text": text } });
    std::fs::write(&record, trial.to_string()).expect("a file");
    let hash = trialdeck::reading::second::text_hash(text);
    let start = text.find("ANC").expect("there");
    let review = serde_json::json!({
        "trial": "X1", "row": "limit",
        "span": { "field": "eligibility.text", "start": start, "end": text.trim_end().len() },
        "text": hash,
        "read": { "section": "inclusion", "variable": "anc", "op": ">=", "value": 1.5, "unit": "10^9/L" },
        "verdict": { "corrected": "ANC ≥ 3 x 10^9/L" }, "by": "AB", "at": "2026-03-15T09:30:00Z",
    });
    let shared = folder.join("team.json");
    let team = serde_json::json!({ "trialdeck_readings": 1, "reviews": [review] });
    std::fs::write(&shared, team.to_string()).expect("a file");
    (record.display().to_string(), shared.display().to_string())
}

#[test]
fn an_imported_correction_is_used_by_search_and_show() {
    let home = tempfile::tempdir().expect("a folder");
    let (record, shared) = files(home.path());
    let search =
        |query: &str| trialdeck(home.path(), &["search", query, "--from", &record, "--format", "json"]);
    assert_eq!(search("anc>=3").1, Some(1), "{}", search("anc>=3").0);
    let (told, code) = trialdeck(home.path(), &["readings", "import", &shared]);
    assert_eq!((told.as_str(), code), ("1 added, 0 newer, 0 known here already\n", Some(0)));
    assert_eq!(search("anc>=3").1, Some(0), "{}", search("anc>=3").0);
    let (shown, _) = trialdeck(
        home.path(),
        &["show", "X1", "--from", &record, "--section", "eligibility", "--format", "json"],
    );
    assert!(shown.contains("\"value\": 3"), "{shown}");
    let (told, _) = trialdeck(home.path(), &["readings", "import", &shared]);
    assert!(told.contains("1 known"), "{told}");
    let (exported, _) = trialdeck(home.path(), &["readings", "export"]);
    let exported: serde_json::Value = serde_json::from_str(&exported).expect("JSON");
    let team: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(shared).expect("a file")).expect("JSON");
    assert_eq!(exported, team);
}

#[test]
fn a_library_is_searched_with_the_corrections() {
    let home = tempfile::tempdir().expect("a folder");
    let (record, shared) = files(home.path());
    let (told, code) = trialdeck(home.path(), &["add", &record]);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(trialdeck(home.path(), &["search", "anc>=3"]).1, Some(1));
    trialdeck(home.path(), &["readings", "import", &shared]);
    let (found, code) = trialdeck(home.path(), &["search", "anc>=3"]);
    assert_eq!(code, Some(0), "{found}");
}

#[test]
fn what_is_no_file_of_verdicts_is_refused_with_its_place() {
    let home = tempfile::tempdir().expect("a folder");
    let (record, _) = files(home.path());
    let (told, code) = trialdeck(home.path(), &["readings", "import", &record]);
    assert_eq!(code, Some(1));
    assert!(told.contains("record.json: no readings of a team"), "{told}");
}
