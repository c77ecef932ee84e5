//! A JSON record as it came: every value with its path.

use std::fmt::Write;

use serde_json::Value;

use crate::formats::RecordField;

/// Every value of a JSON record in the record's order, with its path (`armGroups[0].label`). Bytes that are no JSON
/// come back whole, under an empty path.
pub fn fields(bytes: &[u8]) -> Vec<RecordField> {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => {
            let mut out = Vec::new();
            walk(value, &mut String::new(), &mut out);
            out
        }
        Err(_) => {
            vec![RecordField { path: String::new(), value: String::from_utf8_lossy(bytes).into_owned() }]
        }
    }
}

/// Depth is bounded: `serde_json` refuses values nested deeper than its recursion limit.
fn walk(value: Value, path: &mut String, out: &mut Vec<RecordField>) {
    let length = path.len();
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, member) in members {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(&key);
                walk(member, path, out);
                path.truncate(length);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.into_iter().enumerate() {
                let _ = write!(path, "[{index}]");
                walk(item, path, out);
                path.truncate(length);
            }
        }
        Value::String(text) => out.push(RecordField { path: path.clone(), value: text }),
        other => out.push(RecordField { path: path.clone(), value: other.to_string() }),
    }
}
