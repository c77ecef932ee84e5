//! A trial as plain text, one record a file, in two layouts that name hardly any of their parts:
//! a registry export's prose columns, one a line (`lines`), and a trial page copied as text (`page`).
//!
//! Tells the parts by their shape. What is read out of sentences here is only what stands plainly in them;
//! doses, times and criteria are left to `reading`.

use std::sync::Arc;

use super::{RawRecord, Record, RecordError, RecordField};

/// Whether the beginning of a file reads as a trial in one of the two layouts. Ask this last: any text may
/// have lines, and only the shape of some of them tells.
pub fn looks_like(_head: &[u8]) -> bool {
    false
}

/// Reads the one trial in `buffer`. Its id is the stem of `name`.
///
/// # Errors
/// The sink gets an error when the bytes are no text or no part of a trial is found in them.
pub fn read(_buffer: &Arc<Vec<u8>>, name: &str, sink: &mut dyn FnMut(Result<Record, RecordError>)) {
    sink(Err(RecordError {
        file: name.to_owned(),
        place: None,
        reason: "no trial found in this text".to_owned(),
    }));
}

/// Every part of the text with the line it begins at, as it came.
pub fn fields(_raw: &RawRecord) -> Vec<RecordField> {
    Vec::new()
}
