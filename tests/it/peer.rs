//! The limits that Facebook Research's Clinical-Trial-Parser read in its own sample trials, beside ours.
//!
//! `tests/PARSER_COMPARISON.md` holds a row for every relation where the two differ, with who is right by the text.
//! Here the rows are made again from ../shared and compared with the document; with `TRIALDECK_WRITE=1` they are printed.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use trialdeck::protocol::{Limit, LimitValue, Section};
use trialdeck::reading::criteria;

const DOCUMENT: &str = include_str!("../PARSER_COMPARISON.md");

/// Their names for the variables that both have.
const NAMES: &[(&str, &str)] = &[
    ("a1c", "hba1c"),
    ("body_temperature", "temperature"),
    ("c_reactive_protein_level", "crp"),
    ("calculated_creatinine_clearance", "creatinine_clearance"),
    ("cqt", "qtc"),
    ("creatinine_level", "creatinine"),
    ("d_dimer_level", "d_dimer"),
    ("fasting_blood_sugar_level", "fasting_glucose"),
    ("ferritin_level", "ferritin"),
    ("glomerular_filtration_rate", "egfr"),
    ("hb_count", "hemoglobin"),
    ("lactate_dehydrogenase_level", "ldh"),
    ("platelet_count", "platelets"),
    ("pulmonary_infiltrate_level", "lung_infiltrate"),
    ("total_bilirubin_level", "total_bilirubin"),
];

/// Their units that are ours in other letters.
const UNITS: &[(&str, &str)] = &[
    ("/min", "bpm"),
    ("c", "C"),
    ("g/dl", "g/dL"),
    ("mg/dl", "mg/dL"),
    ("mg/l", "mg/L"),
    ("ml/min", "mL/min"),
    ("mmhg", "mmHg"),
    ("msec", "ms"),
    ("ng/ml", "ng/mL"),
];

/// One variable under one heading of one trial.
type Place = (String, &'static str, String);

fn data() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/labelled/fb_clinical_trial_parser");
    folder.is_dir().then_some(folder)
}

fn named<'n>(table: &[(&'n str, &'n str)], name: &'n str) -> &'n str {
    table.iter().find(|(theirs, _)| *theirs == name).map_or(name, |(_, ours)| ours)
}

/// Their relations, each as one line of comparisons. What they print under exclusion is turned round; here it is
/// turned back into what the text says.
fn theirs(folder: &Path) -> BTreeMap<Place, Vec<String>> {
    let table = std::fs::read_to_string(folder.join("cfg_parsed_clinical_trials.tsv")).expect("their table");
    let mut found: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with("NCT")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let relation: Value = serde_json::from_str(cells[6]).expect("their JSON");
        let exclusion = cells[1] == "exclusion";
        let section = if exclusion { "exclusion" } else { "inclusion" };
        let unit = relation["unit"].as_str().map(|unit| named(UNITS, unit)).unwrap_or_default();
        let mut bounds: Vec<String> = Vec::new();
        for (end, below) in [("lower", false), ("upper", true)] {
            let Some(bound) = relation.get(end) else { continue };
            let included = bound["incl"].as_bool() == Some(true);
            let sign = match (below != exclusion, included != exclusion) {
                (true, true) => "<=",
                (true, false) => "<",
                (false, true) => ">=",
                (false, false) => ">",
            };
            let value = bound["value"].as_str().unwrap_or_default();
            let number = value.parse::<f64>().ok().filter(|_| !value.ends_with(".000"));
            let value = number.map_or(value.to_owned(), |number| number.to_string());
            bounds.push(format!("{sign} {value} {unit}").trim_end().to_owned());
        }
        if let Some(values) = relation["value"].as_array() {
            let listed = |v: Option<&Value>| v.and_then(Value::as_str).unwrap_or_default().to_owned();
            bounds = vec![format!(">= {}", listed(values.first())), format!("<= {}", listed(values.last()))];
        }
        let name = named(NAMES, relation["name"].as_str().unwrap_or_default()).to_owned();
        found.entry((cells[0].to_owned(), section, name)).or_default().extend(bounds);
    }
    found
}

fn ours(folder: &Path) -> BTreeMap<Place, Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join("clinical_trials.csv")).expect("their trials");
    let mut found: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        for limit in criteria::read(&row[4]).facts {
            let section = if limit.section == Some(Section::Exclusion) { "exclusion" } else { "inclusion" };
            let place = (row[0].to_owned(), section, limit.variable.clone());
            found.entry(place).or_default().push(shown(&limit));
        }
    }
    found
}

fn shown(limit: &Limit) -> String {
    let value = match &limit.value {
        LimitValue::Number(number) => number.0.to_string(),
        LimitValue::Class(class) => class.clone(),
    };
    let unit = limit.unit.as_deref().unwrap_or_default();
    let condition = if limit.conditional { " (if)" } else { "" };
    format!("{}{condition}", format!("{} {value} {unit}", limit.op).trim_end())
}

/// The rows where the two differ, but for the verdict; and how many places they agree on.
fn rows(folder: &Path) -> (Vec<String>, usize) {
    let (theirs, ours) = (theirs(folder), ours(folder));
    let none = Vec::new();
    let places: std::collections::BTreeSet<&Place> = theirs.keys().chain(ours.keys()).collect();
    let mut rows = Vec::new();
    let mut agreed = 0;
    for place in places {
        let sorted = |found: &BTreeMap<Place, Vec<String>>, bare: bool| {
            let mut all: Vec<String> = found.get(place).unwrap_or(&none).clone();
            if bare {
                all.iter_mut().for_each(|one| *one = one.replace(" (if)", ""));
            }
            all.sort();
            all.dedup();
            all.join(", ")
        };
        if sorted(&theirs, true) == sorted(&ours, true) {
            agreed += 1;
            continue;
        }
        let cell = |text: String| if text.is_empty() { "–".to_owned() } else { format!("`{text}`") };
        let (trial, section, variable) = place;
        let mut row = String::new();
        let (left, right) = (cell(sorted(&theirs, false)), cell(sorted(&ours, false)));
        write!(row, "| {trial} | {section} | {variable} | {left} | {right} |").expect("a row");
        rows.push(row);
    }
    (rows, agreed)
}

#[test]
fn the_comparison_with_the_peer_is_as_documented() {
    let Some(folder) = data() else {
        println!("skipped: ../shared is not here");
        return;
    };
    let (rows, agreed) = rows(&folder);
    if std::env::var_os("TRIALDECK_WRITE").is_some() {
        println!("{}\n{agreed} agree", rows.join("\n"));
    }
    let missing: Vec<&String> = rows.iter().filter(|row| !DOCUMENT.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "not in tests/PARSER_COMPARISON.md:\n{missing:#?}");
    let documented = DOCUMENT.lines().filter(|line| line.starts_with("| NCT")).count();
    assert_eq!(documented, rows.len(), "rows of the document that are none any more");
    let counted = format!("agree on {agreed} ");
    assert!(DOCUMENT.contains(&counted), "the document does not say that they {counted}");
}
