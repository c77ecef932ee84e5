//! A trial and its readings → trialdeck's own JSON. What was read stands beside the text it was read from; keys
//! without a value are left out.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::protocol::{Administration, CriteriaReading, Readings, Regimen, Span, Trial};

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
    // Behind the flags that follow the endpoints, before the eligibility.
    let place = object.keys().position(|key| key == "eligibility").unwrap_or(object.len());
    for (index, (key, rows)) in schedule(readings, &object).into_iter().enumerate() {
        object.shift_insert(place + index, key, rows);
    }
    object.insert("reader".to_owned(), READER.into());
    object
}

/// What is given, how the trial is built, what is examined: whatever of it was read.
fn schedule(readings: &Readings, trial: &Map<String, Value>) -> Vec<(String, Value)> {
    let mut schedule = Vec::new();
    if !readings.regimens.is_empty() {
        schedule.push(("regimens".to_owned(), Value::Array(regimens(&readings.regimens, trial))));
    }
    schedule.extend(members(&readings.design));
    if !readings.assessments.is_empty() {
        let rows = readings.assessments.iter().map(|found| Value::Object(members(found)));
        schedule.push(("assessments".to_owned(), rows.collect()));
    }
    schedule
}

/// What is given in each arm; each row with the words it was read from.
fn regimens(regimens: &[Regimen], trial: &Map<String, Value>) -> Vec<Value> {
    let row = |administration: &Administration| {
        let mut row = members(administration);
        if let Some(words) = words(trial, &administration.span) {
            row.insert("text".to_owned(), words.into());
        }
        Value::Object(row)
    };
    let regimen = |regimen: &Regimen| {
        let mut object = members(regimen);
        object.insert("administrations".to_owned(), regimen.administrations.iter().map(row).collect());
        Value::Object(object)
    };
    regimens.iter().map(regimen).collect()
}

/// The words of a span, in the field that it names by its path (`arms[0].description`).
fn words<'t>(trial: &'t Map<String, Value>, span: &Span) -> Option<&'t str> {
    let mut steps = span.field.split(['.', '[', ']']).filter(|step| !step.is_empty());
    let first = trial.get(steps.next()?)?;
    let field = steps.try_fold(first, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => value.get(step),
    });
    span.of(field?.as_str()?)
}

/// The items of an eligibility text, each with the limits and tags that stand in it.
fn criteria(reading: &CriteriaReading) -> Vec<Value> {
    let mut items: Vec<Map<String, Value>> = reading.criteria.iter().map(members).collect();
    for fact in &reading.facts {
        add(&mut items, reading, "facts", &fact.span, members(fact));
    }
    for tag in &reading.tags {
        let mut row = members(tag);
        row.shift_remove("item"); // It stands in its item here.
        add(&mut items, reading, "tags", &tag.span, row);
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
