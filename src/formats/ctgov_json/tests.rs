use serde_json::{Value, json};

use super::*;
use crate::formats::own_json;
use crate::protocol::{Readings, Trial};

/// A study with every field the trial is made of, written for this test.
const STUDY: &str = include_str!("fixture.json");

fn trial(bytes: &[u8]) -> Trial {
    read(bytes, "fixture.json", 1).expect("JSON").expect("a study")
}

#[test]
fn every_field_of_a_study_has_its_place_in_the_trial() {
    let printed = own_json::value(&trial(STUDY.as_bytes()), &Readings::default());
    let printed: Vec<String> = printed
        .iter()
        .filter(|(key, _)| *key != "reader")
        .map(|(key, value)| format!("{key}: {}", serde_json::to_string_pretty(value).expect("JSON")))
        .collect();
    insta::assert_snapshot!(printed.join("\n"));
}

#[test]
fn prose_stays_as_it_came_escapes_and_all() {
    let brief = trial(STUDY.as_bytes()).description.brief.expect("a summary");
    assert_eq!(brief, "Zetamab is set against placebo. Entry needs ANC \\>= 1.5 x 10\\^9/L \\[2\\].");
}

/// A tool that saves every scalar as a list of one, and one that takes the brackets off such lists, change nothing.
#[test]
fn scalars_in_lists_and_lists_without_brackets_are_read_as_meant() {
    let study: Value = serde_json::from_str(STUDY).expect("JSON");
    for damage in [wrap as fn(&Value) -> Value, unwrap] {
        let damaged = damage(&study).to_string();
        assert_ne!(damaged, study.to_string());
        assert_eq!(trial(damaged.as_bytes()), trial(STUDY.as_bytes()));
    }
}

fn wrap(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), wrap(member))).collect(),
        Value::Array(items) if items.iter().any(Value::is_object) => items.iter().map(wrap).collect(),
        Value::Array(_) => value.clone(),
        scalar => json!([scalar]),
    }
}

fn unwrap(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), unwrap(member))).collect(),
        Value::Array(items) if items.len() == 1 => unwrap(&items[0]),
        Value::Array(items) => items.iter().map(unwrap).collect(),
        scalar => scalar.clone(),
    }
}

#[test]
fn absent_null_and_quoted_values_cost_nothing() {
    for (study, enrolled) in [
        (r#"{"protocolSection":{"designModule":{"enrollmentInfo":{"count":"45"}}}}"#, Some(45)),
        (r#"{"protocolSection":{"designModule":{"enrollmentInfo":{"count":45.0}}}}"#, Some(45)),
        (r#"{"protocolSection":{"designModule":{"enrollmentInfo":{"count":null}}}}"#, None),
        (r#"{"protocolSection":{"designModule":null}}"#, None),
        (r#"{"protocolSection":null,"hasResults":"false"}"#, None),
        (r#"{"protocolSection":{"conditionsModule":{"conditions":null,"keywords":[]}}}"#, None),
    ] {
        let count = trial(study.as_bytes()).enrollment.and_then(|enrollment| enrollment.count);
        assert_eq!(count, enrolled, "{study}");
    }
}

#[test]
fn a_value_that_cannot_be_meant_is_an_error_of_that_study() {
    for (study, told) in [
        (r#"{"protocolSection":{"identificationModule":{"nctId":["A","B"]}}}"#, "several values"),
        (r#"{"protocolSection":{"designModule":{"enrollmentInfo":{"count":-3}}}}"#, "where a count belongs"),
        (r#"{"hasResults":"perhaps"}"#, "where true or false belongs"),
        (r#"{"protocolSection":{"identificationModule":{"briefTitle":"\ud83d"}}}"#, "hex escape"),
        (r#"{"protocolSection":{"identificationModule":{"briefTitle":{"text":"x"}}}}"#, "expected a text"),
    ] {
        let error = read(study.as_bytes(), "x.json", 1).expect_err(study).to_string();
        assert!(error.contains(told), "{study}: {error}");
    }
}

#[test]
fn an_object_of_another_kind_is_none() {
    assert_eq!(read(br#"{"id":"x","title":"y"}"#, "x.json", 1).expect("JSON"), None);
}
