//! A trial and its readings → trialdeck's own JSON. What was read stands beside the text it was read from; keys
//! without a value are left out.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::protocol::{CriteriaReading, Readings, Span, Trial};

/// The version of the readers, under the key `reader`.
pub const READER: &str = env!("CARGO_PKG_VERSION");

/// The trial as one JSON object.
pub fn value(trial: &Trial, readings: &Readings) -> Map<String, Value> {
    let mut object = members(trial);
    if let Some(Value::Array(endpoints)) = object.get_mut("endpoints") {
        for (index, endpoint) in endpoints.iter_mut().enumerate() {
            if let (Some(endpoint), Some(reading)) = (endpoint.as_object_mut(), readings.endpoints.get(index))
            {
                endpoint.extend(members(reading));
            }
            let text = endpoint.get_mut("time_frame").and_then(Value::as_object_mut);
            if let (Some(text), Some(reading)) = (text, readings.time_frames.get(index)) {
                text.extend(members(reading));
            }
        }
    }
    let criteria = criteria(&readings.criteria);
    if let (Some(Value::Object(eligibility)), false) = (object.get_mut("eligibility"), criteria.is_empty()) {
        eligibility.insert("criteria".to_owned(), Value::Array(criteria));
    }
    object.insert("reader".to_owned(), READER.into());
    object
}

/// The items of an eligibility text, each with the limits that stand in it.
fn criteria(reading: &CriteriaReading) -> Vec<Value> {
    let mut items: Vec<Map<String, Value>> = reading.criteria.iter().map(members).collect();
    for fact in &reading.facts {
        add(&mut items, reading, "facts", &fact.span, members(fact));
    }
    items.into_iter().map(Value::Object).collect()
}

/// Adds a row to the item in which its words begin.
fn add(
    items: &mut [Map<String, Value>],
    reading: &CriteriaReading,
    key: &str,
    span: &Span,
    row: Map<String, Value>,
) {
    let behind = reading.criteria.partition_point(|item| item.span.start <= span.start);
    let Some(item) = behind.checked_sub(1).and_then(|index| items.get_mut(index)) else { return };
    if let Some(rows) = item.entry(key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut() {
        rows.push(Value::Object(row));
    }
}

/// The members of a value that prints as an object, those that are `null` left out.
fn members(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(mut object)) => {
            object.retain(|_, member| !member.is_null());
            object
        }
        _ => Map::new(),
    }
}
