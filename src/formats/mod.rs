//! Records → [`Trial`]s: one file a format, told apart by content, with located errors.
//!
//! A broken record costs itself and is reported; the others load.

mod alone;
pub mod codes;
pub mod ctgov_csv;
pub mod ctgov_json;
pub mod detect;
#[cfg(test)]
mod fit;
pub mod input;
pub mod json;
pub mod limits;
pub mod outcomes;
pub mod own_json;
pub mod places;
pub mod plain_text;
mod weighing;

use std::ops::Range;
use std::sync::Arc;

use crate::protocol::Trial;

/// The formats that records come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// ClinicalTrials.gov API v2.
    CtgovJson,
    /// ClinicalTrials.gov export, comma or tab separated.
    CtgovCsv,
    /// Prose without field names.
    PlainText,
    /// trialdeck's own.
    OwnJson,
}

/// The bytes of one record inside the buffer it was read from (a file, or an archive's member).
#[derive(Clone, Debug)]
pub struct RawRecord {
    /// What the bytes are.
    pub format: Format,
    /// The whole file or member.
    pub buffer: Arc<Vec<u8>>,
    /// Where the record stands in it.
    pub range: Range<usize>,
}

/// A trial and the record it was read from.
#[derive(Clone, Debug)]
pub struct Record {
    /// The trial.
    pub trial: Trial,
    /// Its record; `None` for what has none (a trial out of a store).
    pub raw: Option<RawRecord>,
}

/// One field of a record as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordField {
    /// Its path in the record's own terms (`protocolSection.identificationModule.nctId`, a column's header).
    pub path: String,
    /// Its value as text, verbatim.
    pub value: String,
}

/// Why a record, or a whole file, could not be read: file, place and reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}", place.as_deref().map(|p| format!(", {p}")).unwrap_or_default())]
pub struct RecordError {
    /// The file as it was named, with an archive's member behind `!`.
    pub file: String,
    /// `record 7`, `line 12`, ….
    pub place: Option<String>,
    /// What is wrong, and the remedy where there is one.
    pub reason: String,
}

impl RawRecord {
    /// The record's bytes.
    pub fn bytes(&self) -> &[u8] {
        self.buffer.get(self.range.clone()).unwrap_or_default()
    }

    /// Every field as it came, with its path, in the record's order.
    pub fn fields(&self) -> Vec<RecordField> {
        self.first_fields(usize::MAX)
    }

    /// The first `most` fields as they came; all of them when they are fewer.
    pub fn first_fields(&self, most: usize) -> Vec<RecordField> {
        let mut fields = match self.format {
            Format::CtgovJson | Format::OwnJson => return json::fields::fields(self.bytes(), most),
            Format::CtgovCsv => ctgov_csv::fields(self),
            Format::PlainText => plain_text::fields(self),
        };
        fields.truncate(most);
        fields
    }
}

/// Reads every record of a file that its format reads whole. `name` is the file as it was named.
pub fn read_whole(
    kind: detect::Kind,
    buffer: &Arc<Vec<u8>>,
    name: &str,
    sink: &mut dyn FnMut(Result<Record, RecordError>),
) {
    match kind {
        detect::Kind::Csv => ctgov_csv::read(buffer, name, sink),
        _ => plain_text::read(buffer, name, sink),
    }
}
