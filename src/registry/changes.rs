//! What differs between two versions of a record, in a line a part.

use serde_json::{Map, Value};

use crate::protocol::Trial;

/// Members that say where a record came from, and not what it states.
const ASIDE: &[&str] = &["source"];
/// The longest value that is told in full, in characters.
const LONGEST: usize = 60;

/// The parts of a record that are not what they were: short values before and after, of long ones only the name.
pub fn changes(before: &Trial, after: &Trial) -> Vec<String> {
    let (before, after) = (members(before), members(after));
    let mut keys: Vec<&String> =
        after.keys().chain(before.keys().filter(|key| !after.contains_key(*key))).collect();
    keys.retain(|key| !ASIDE.contains(&key.as_str()));
    let mut told = Vec::new();
    for key in keys {
        tell(key, before.get(key), after.get(key), &mut told);
    }
    told
}

fn members(trial: &Trial) -> Map<String, Value> {
    match serde_json::to_value(trial) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn tell(name: &str, before: Option<&Value>, after: Option<&Value>, told: &mut Vec<String>) {
    if before == after {
        return;
    }
    if let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) {
        let gone = before.keys().filter(|key| !after.contains_key(*key));
        for key in after.keys().chain(gone) {
            tell(&format!("{name}.{key}"), before.get(key), after.get(key), told);
        }
        return;
    }
    let line = match (before.map(short), after.map(short)) {
        (Some(Some(before)), Some(Some(after))) => format!("{name}: {before} → {after}"),
        (None, Some(Some(after))) => format!("{name}: {after} (new)"),
        (None, _) => format!("{name}: new"),
        (_, None) => format!("{name}: gone"),
        _ => format!("{name}: {}", counted(before, after)),
    };
    told.push(line);
}

/// How a long value has changed.
fn counted(before: Option<&Value>, after: Option<&Value>) -> String {
    match (before, after) {
        (Some(Value::Array(before)), Some(Value::Array(after))) if before.len() != after.len() => {
            format!("changed, {} → {}", before.len(), after.len())
        }
        _ => "changed".to_owned(),
    }
}

/// A value that fits on a line.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    };
    (text.chars().count() <= LONGEST && !text.contains('\n')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Code, Eligibility, Endpoint, Enrollment};

    #[test]
    fn what_changed_is_told_part_by_part() {
        let before = Trial {
            title: "A".to_owned(),
            status: Some(Code::from("RECRUITING")),
            enrollment: Some(Enrollment { count: Some(80), kind: None }),
            acronym: Some("OLD".to_owned()),
            eligibility: Eligibility { text: Some("a\nb".to_owned()), ..Eligibility::default() },
            ..Trial::default()
        };
        let after = Trial {
            status: Some(Code::from("COMPLETED")),
            enrollment: Some(Enrollment { count: Some(82), kind: None }),
            acronym: None,
            eligibility: Eligibility { text: Some("a\nc".to_owned()), ..Eligibility::default() },
            endpoints: vec![Endpoint::default()],
            ..before.clone()
        };
        assert_eq!(
            changes(&before, &after),
            [
                "status: RECRUITING → COMPLETED",
                "enrollment.count: 80 → 82",
                "endpoints: new",
                "eligibility.text: changed",
                "acronym: gone"
            ]
        );
        assert!(changes(&before, &before).is_empty());
    }
}
