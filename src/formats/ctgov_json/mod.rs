//! ClinicalTrials.gov's current JSON (API v2): one study's bytes → a trial. Finding the studies in files, arrays,
//! search pages and archives is `formats::json` and `formats::input`.

mod convert;
mod study;

use crate::protocol::{Source, Trial};

/// The format's name, as [`Source::format`] has it.
pub const NAME: &str = "ctgov-json";

/// Reads one study; `None` for an object that has none of a study's sections.
///
/// # Errors
/// The reason, with the line and column inside the study, when it is no JSON or a value is of the wrong kind.
pub fn read(bytes: &[u8], file: &str, record: u64) -> Result<Option<Trial>, serde_json::Error> {
    let study: study::Study<'_> = serde_json::from_slice(bytes)?;
    if !study.is_any() {
        return Ok(None);
    }
    let mut trial = convert::trial(study);
    let version = convert::version(&trial);
    trial.source = Some(Source { format: NAME.to_owned(), file: file.to_owned(), record, version });
    Ok(Some(trial))
}

#[cfg(test)]
mod tests;
