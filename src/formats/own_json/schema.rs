//! The JSON Schema of trialdeck's own JSON, made from the types that are printed.

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::protocol::{
    Assessment, Criterion, DesignReading, EndpointReading, Limit, Regimen, Tag, TimeFrame, Trial,
};

/// The schema of what `show --format json` prints.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let limit = generator.subschema_for::<Limit>();
    let regimen = generator.subschema_for::<Regimen>();
    let assessment = generator.subschema_for::<Assessment>();
    let design = properties::<DesignReading>(&mut generator);
    let tag = generator.subschema_for::<Tag>();
    let criterion = generator.subschema_for::<Criterion>();
    let beside: Vec<(&str, Map<String, Value>)> = vec![
        ("Endpoint", properties::<EndpointReading>(&mut generator)),
        ("TimeFrameText", properties::<TimeFrame>(&mut generator)),
        ("Criterion", list("facts", "The limits that stand in it.", limit.to_value())),
        ("Criterion", list("tags", "What it speaks of apart from limits.", tag.to_value())),
        (
            "Eligibility",
            list("criteria", "The criteria's headings and items, in order.", criterion.to_value()),
        ),
    ];
    let mut schema = generator.into_root_schema_for::<Trial>().to_value();
    for (name, properties) in beside {
        extend(schema.pointer_mut(&format!("/$defs/{name}/properties")), properties);
    }
    if let Some(tag) = schema.pointer_mut("/$defs/Tag") {
        leave_out(tag, "item");
    }
    let text = json!({ "type": "string", "description": "The words it was read from." });
    extend(
        schema.pointer_mut("/$defs/Administration/properties"),
        Map::from_iter([("text".to_owned(), text)]),
    );
    extend(
        schema.pointer_mut("/properties"),
        list("regimens", "What is given in each arm.", regimen.to_value()),
    );
    extend(schema.pointer_mut("/properties"), design);
    extend(
        schema.pointer_mut("/properties"),
        list("assessments", "What is examined and when.", assessment.to_value()),
    );
    let reader = json!({ "type": "string", "description": "The version of trialdeck that read the prose." });
    extend(schema.pointer_mut("/properties"), Map::from_iter([("reader".to_owned(), reader)]));
    leave_out_null(&mut schema);
    schema
}

/// The properties of a type's own schema.
fn properties<T: JsonSchema>(generator: &mut SchemaGenerator) -> Map<String, Value> {
    let schema = T::json_schema(generator).to_value();
    schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn list(key: &str, description: &str, items: Value) -> Map<String, Value> {
    let list = json!({ "type": "array", "description": description, "items": items });
    Map::from_iter([(key.to_owned(), list)])
}

fn extend(properties: Option<&mut Value>, more: Map<String, Value>) {
    if let Some(properties) = properties.and_then(Value::as_object_mut) {
        properties.extend(more);
    }
}

/// Takes a property out of a schema.
fn leave_out(schema: &mut Value, key: &str) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.shift_remove(key);
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name != key);
    }
}

/// Keys without a value are left out, so none is ever `null` and none that may have no value is required.
fn leave_out_null(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(leave_out_null),
        Value::Object(object) => {
            optional_only(object);
            for key in ["type", "anyOf"] {
                if let Some(Value::Array(choices)) = object.get_mut(key) {
                    choices.retain(|choice| choice != "null" && *choice != json!({ "type": "null" }));
                    let only = if choices.len() == 1 { choices.pop() } else { None };
                    match (key, only) {
                        ("type", Some(only)) => drop(object.insert(key.to_owned(), only)),
                        (_, Some(Value::Object(only))) => {
                            object.shift_remove(key);
                            object.extend(only);
                        }
                        _ => {}
                    }
                }
            }
            object.values_mut().for_each(leave_out_null);
        }
        _ => {}
    }
}

/// Takes those properties out of `required` that may be `null`.
fn optional_only(object: &mut Map<String, Value>) {
    let nullable = |name: &Value, properties: &Value| {
        let property = name.as_str().and_then(|name| properties.get(name));
        property.is_some_and(|property| {
            let null = json!({ "type": "null" });
            let has = |key: &str, null: &Value| {
                property.get(key).and_then(Value::as_array).is_some_and(|choices| choices.contains(null))
            };
            has("type", &json!("null")) || has("anyOf", &null)
        })
    };
    let Some(properties) = object.get("properties").cloned() else { return };
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.retain(|name| !nullable(name, &properties));
    }
}
