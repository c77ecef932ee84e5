use std::path::Path;

use serde_json::Value;

use super::*;
use crate::library::{Cancel, load_all, samples};
use crate::protocol::Readings;
use crate::reading;

/// The trial as `show --format json` prints it.
fn printed(trial: &Trial, readings: &Readings) -> String {
    serde_json::to_string_pretty(&value(trial, readings)).expect("JSON")
}

#[test]
fn the_samples_are_read_back_as_they_were_printed() {
    for entry in samples() {
        let first = printed(&entry.trial, entry.readings());
        let again = read(first.as_bytes(), "again.json", 7).expect("own JSON");
        assert_eq!(again, entry.trial, "{first}");
        assert_eq!(printed(&again, &reading::trial::read(&again)), first);
        assert!(first.contains("\"file\": \"sample\""), "the first source is kept");
    }
}

#[test]
fn every_study_of_the_corpus_is_read_back_as_it_was_printed() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json"));
    if !corpus.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let loaded = load_all(&[corpus.to_owned()], &Cancel::new());
    for entry in &loaded.entries {
        // What stands beside the readings is what has to come back; the readings are a function of it.
        let first = printed(&entry.trial, &Readings::default());
        let again = read(first.as_bytes(), "again.json", 1).expect("own JSON");
        assert_eq!(again, entry.trial);
        assert_eq!(printed(&again, &Readings::default()), first);
    }
}

#[test]
fn what_was_read_by_a_newer_version_is_read_again() {
    let newer = br#"{"id":"x","title":"T","horoscope":["of a later version"],"reader":"99.0.0"}"#;
    let trial = read(newer, "x.json", 1).expect("own JSON");
    assert_eq!((trial.id.as_str(), trial.title.as_str()), ("x", "T"));
    assert_eq!(value(&trial, &Readings::default()).get("reader"), Some(&Value::from(READER)));
}

#[test]
fn another_programs_json_is_not_taken_for_a_trial() {
    for (text, told) in [
        (r#"{"resourceType":"ResearchStudy","id":"r"}"#, "\"resourceType\" is no member"),
        (r#"{"id":"x","titel":"misspelt"}"#, "\"titel\" is no member"),
        (r#"{"status":"RECRUITING"}"#, "neither id nor title"),
    ] {
        let error = read(text.as_bytes(), "x.json", 1).expect_err(text).to_string();
        assert!(error.contains(told), "{error}");
    }
}

/// The schema in the repository is the one the types make. To write it anew: `TRIALDECK_WRITE=1 cargo test schema`.
#[test]
fn the_schema_in_the_repository_is_the_one_the_types_make() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/trialdeck.schema.json");
    let made = format!("{}\n", serde_json::to_string_pretty(&schema()).expect("JSON"));
    if std::env::var_os("TRIALDECK_WRITE").is_some() {
        std::fs::write(&file, &made).expect("the schema is written");
    }
    assert!(std::fs::read_to_string(&file).expect("the schema") == made, "write it anew, see this test");
}

/// Every key that is printed of the samples is in the schema.
#[test]
fn the_schema_names_every_key_that_is_printed() {
    let schema = schema();
    for entry in samples() {
        let value = Value::Object(value(&entry.trial, entry.readings()));
        check(&value, &schema, &schema, "");
    }
}

/// Follows a value and its schema side by side; no more of JSON Schema than ours makes use of.
fn check(value: &Value, schema: &Value, root: &Value, path: &str) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a definition");
        return check(value, target, root, path);
    }
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let property = schema.pointer(&format!("/properties/{key}"));
                let property = property.unwrap_or_else(|| panic!("{path}.{key} is not in the schema"));
                check(member, property, root, &format!("{path}.{key}"));
            }
            for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
                assert!(members.contains_key(required.as_str().expect("a name")), "{path}: no {required}");
            }
        }
        Value::Array(items) => {
            let schema = schema.get("items").unwrap_or_else(|| panic!("{path} is no list in the schema"));
            items.iter().for_each(|item| check(item, schema, root, &format!("{path}[]")));
        }
        Value::Null => panic!("{path} is null"),
        _ => assert!(schema.get("properties").is_none(), "{path} is an object in the schema"),
    }
}
