//! trialdeck's own JSON: what `show --format json` prints. Reading it gives the same trial; what was read out of its
//! prose is left aside and read again.

mod schema;
mod write;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

pub use schema::schema;
pub use write::{READER, value};

use crate::protocol::{Source, Trial};

/// The format's name, for a record that does not say what it was first read from.
pub const NAME: &str = "trialdeck-json";

/// The members a trial may have in this version, as its schema names them.
static MEMBERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let schema = schema();
    let properties = schema.get("properties").and_then(serde_json::Value::as_object);
    properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
});

/// Reads one trial.
///
/// # Errors
/// The reason, with the line and column inside the record, when it is no trial of this form.
pub fn read(bytes: &[u8], file: &str, record: u64) -> Result<Trial, serde_json::Error> {
    let _: Mark = serde_json::from_slice(bytes)?;
    let mut trial: Trial = serde_json::from_slice(bytes)?;
    trial.source.get_or_insert_with(|| Source {
        format: NAME.to_owned(),
        file: file.to_owned(),
        record,
        version: None,
    });
    Ok(trial)
}

/// Tells a trial of this form from any other object. One that was printed says which `reader` read it, and a newer
/// reader may have printed members that this one does not know; one that was written by hand has an id or a title, and
/// no member that is not known, so that a misspelt one is not lost unseen.
struct Mark;

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MarkVisitor)
    }
}

struct MarkVisitor;

impl<'de> Visitor<'de> for MarkVisitor {
    type Value = Mark;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a trial")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Mark, A::Error> {
        let (mut printed, mut named, mut unknown) = (false, false, None);
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<IgnoredAny>()?;
            printed |= key == "reader";
            named |= key == "id" || key == "title";
            if !MEMBERS.contains(&key) {
                unknown.get_or_insert(key);
            }
        }
        let but = match unknown {
            _ if printed => return Ok(Mark),
            None if named => return Ok(Mark),
            Some(key) if named => format!("\"{key}\" is no member of one"),
            _ => "neither id nor title".to_owned(),
        };
        Err(A::Error::custom(format!(
            "neither a ClinicalTrials.gov study nor a trial in trialdeck's JSON ({but})"
        )))
    }
}

#[cfg(test)]
mod tests;
