//! trialdeck's own JSON: what `show --format json` prints. Reading it gives the same trial; what was read out of its
//! prose is left aside and read again.

use serde::Deserialize;

use crate::protocol::{Source, Trial};

/// The format's name, for a record that does not say what it was first read from.
pub const NAME: &str = "trialdeck-json";

/// Tells a trial of this form from any other object: it has at least one of these.
#[derive(Deserialize)]
struct Mark {
    id: Option<serde::de::IgnoredAny>,
    title: Option<serde::de::IgnoredAny>,
}

/// Reads one trial.
///
/// # Errors
/// The reason, with the line and column inside the record, when it is no trial of this form.
pub fn read(bytes: &[u8], file: &str, record: u64) -> Result<Trial, serde_json::Error> {
    let mark: Mark = serde_json::from_slice(bytes)?;
    if mark.id.is_none() && mark.title.is_none() {
        return Err(serde::de::Error::custom(
            "neither a ClinicalTrials.gov study (protocolSection) nor a trial in trialdeck's own JSON (id, title)",
        ));
    }
    let mut trial: Trial = serde_json::from_slice(bytes)?;
    trial.source.get_or_insert_with(|| Source {
        format: NAME.to_owned(),
        file: file.to_owned(),
        record,
        version: None,
    });
    Ok(trial)
}
