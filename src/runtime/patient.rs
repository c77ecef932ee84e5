//! Reading a patient's facts from the file that was named.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::matching::Patient;

/// A patient's facts are a few lines.
const MOST_BYTES: u64 = 1 << 20;

/// Reads the file.
///
/// # Errors
/// One line with the file and what is wrong.
pub(super) fn read(path: &Path) -> Result<Patient, String> {
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut text));
    read.map_err(|error| format!("{}: cannot be read: {error}", path.display()))?;
    serde_json::from_slice(&text)
        .map_err(|error| format!("{}: not a patient's facts: {error}", path.display()))
}
