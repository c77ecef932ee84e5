//! One patient against many trials, printed: a few in order of what speaks against them, many as they are weighed.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// More trials than are put in order.
const MANY: usize = 600;
/// A patient whom two of three studies let in.
const PATIENT: &str = r#"{"code": "P-1", "values": [{"variable": "ecog", "value": 2}]}"#;

/// Studies that let in up to ECOG 1, 2 and 3 in turn.
fn studies(folder: &Path, count: usize) -> String {
    let study = |number: usize| {
        format!(
            "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT{number:08}\",\"briefTitle\":\"Study of \
             zorafenib {number}\"}},\"eligibilityModule\":{{\"eligibilityCriteria\":\"Inclusion Criteria:\\n\\n* ECOG \
             0-{}\"}}}}}}\n",
            number % 3 + 1
        )
    };
    written(folder, "studies.json", &(0..count).map(study).collect::<String>())
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

fn matched(folder: &Path, args: &[&str]) -> Output {
    let patient = written(folder, "patient.json", PATIENT);
    Command::new(env!("CARGO_BIN_EXE_trialdeck"))
        .args(["match", "--patient", &patient])
        .args(args)
        .output()
        .expect("the program runs")
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn ids(answer: &Value) -> Vec<String> {
    let trials = answer["trials"].as_array().expect("trials");
    trials.iter().map(|trial| trial["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn of_a_few_those_that_nothing_speaks_against_come_first() {
    let folder = TempDir::new().expect("a folder");
    let file = studies(folder.path(), 6);
    let answer = json(&matched(folder.path(), &["--from", &file, "--format", "json"]));
    let expected = ["NCT00000001", "NCT00000002", "NCT00000004", "NCT00000005", "NCT00000000", "NCT00000003"];
    assert_eq!(ids(&answer), expected);
    assert_eq!(answer["trials"][0]["failed"], 0);
    assert_eq!(answer["trials"][5]["failed"], 1);
    assert!(answer.get("best").is_none(), "the order tells it");
}

#[test]
fn many_are_printed_as_the_file_has_them_and_the_best_are_named() {
    let folder = TempDir::new().expect("a folder");
    let file = studies(folder.path(), MANY);
    let answer = json(&matched(folder.path(), &["--from", &file, "--format", "json"]));
    let expected: Vec<String> = (0..MANY).map(|number| format!("NCT{number:08}")).collect();
    assert_eq!(ids(&answer), expected, "in the file's order, none left out");
    let best: Vec<&str> = answer["best"].as_array().expect("best").iter().filter_map(Value::as_str).collect();
    assert_eq!(best.len(), 20);
    let shut_out = |id: &&str| id[3..].parse::<usize>().expect("a number") % 3 == 0;
    assert!(!best.iter().any(shut_out), "nothing speaks against the best: {best:?}");

    let text = matched(folder.path(), &["--from", &file]);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert_eq!(text.matches("met, ").count(), MANY);
    assert!(text.contains("Least speaks against: NCT00000001, NCT00000002"), "the end of: {text}");
}

#[test]
fn a_query_leaves_what_it_finds() {
    let folder = TempDir::new().expect("a folder");
    let file = studies(folder.path(), MANY);
    let all = json(&matched(folder.path(), &["zorafenib", "--from", &file, "--format", "json"]));
    let expected: Vec<String> = (0..MANY).map(|number| format!("NCT{number:08}")).collect();
    assert_eq!(ids(&all), expected, "in the file's order");
    assert_eq!(all["best"].as_array().map(Vec::len), Some(20));
    let misspelt = json(&matched(folder.path(), &["zorafenip", "--from", &file, "--format", "json"]));
    assert_eq!(ids(&misspelt), expected);
    let one = json(&matched(folder.path(), &["ecog<=1", "--from", &file, "--format", "json"]));
    assert_eq!(ids(&one).len(), MANY / 3);
    let none = matched(folder.path(), &["xylophonists", "--from", &file]);
    assert_eq!(none.status.code(), Some(1), "nothing was weighed");
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let file = written(folder.path(), "broken.json", "[{\"protocolSection\": ");
    let output = matched(folder.path(), &["--from", &file]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("broken.json"), "the file is named: {told}");
    assert!(output.stdout.is_empty());
    let asked = matched(folder.path(), &["zorafenib", "--from", &file]);
    assert_eq!((asked.status, &asked.stderr), (output.status, &output.stderr), "with a query as without");
}
