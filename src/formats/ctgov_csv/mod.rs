//! ClinicalTrials.gov's table exports: the current CSV with all or chosen columns, and the older 27-column form,
//! comma, tab or semicolon separated.
//!
//! Columns are known by their headers ([`columns`]); outcome cells are split by `super::outcomes`.

mod columns;
mod header;
#[cfg(test)]
mod tests;
mod values;

use std::sync::Arc;

use super::{Format, RawRecord, Record, RecordError, RecordField};
use crate::protocol::Source;
use columns::Row;
use header::Header;

/// The format's name, as [`Source::format`] has it.
pub const NAME: &str = "ctgov-csv";

/// Whether the beginning of a file is the header row of one of these exports.
pub fn looks_like(head: &[u8]) -> bool {
    Header::of(head).is_some()
}

/// The bytes of the table before its first row; none when it has no header.
pub fn header(table: &[u8]) -> &[u8] {
    Header::of(table).and_then(|header| table.get(..header.end())).unwrap_or_default()
}

/// Reads every row of the table in `buffer`, one record a row.
///
/// # Errors
/// The sink gets an error, with its line, for each row that is not as wide as the header or says of no trial, and one
/// for a file without such a header or without rows.
pub fn read(buffer: &Arc<Vec<u8>>, name: &str, sink: &mut dyn FnMut(Result<Record, RecordError>)) {
    let error = |place: Option<String>, reason: String| RecordError { file: name.to_owned(), place, reason };
    let Some(header) = Header::of(buffer) else {
        return sink(Err(error(
            None,
            "no header of a ClinicalTrials.gov export in its first row".to_owned(),
        )));
    };
    let mut rows = header.reader(header.rows(buffer));
    let mut cells = csv::ByteRecord::new();
    let mut number = 0;
    loop {
        let start = rows.position().clone();
        let line = start.line() + header.lines() - 1;
        match rows.read_byte_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => break,
            Err(problem) => return sink(Err(error(Some(format!("line {line}")), problem.to_string()))),
        }
        number += 1;
        let place = Some(format!("record {number}, line {line}"));
        if cells.len() != header.names().len() {
            sink(Err(error(place, header.wrong_width(cells.len()))));
            continue;
        }
        let mut row = Row::default();
        for (header, cell) in header.names().iter().zip(&cells) {
            row.put(header, &String::from_utf8_lossy(cell));
        }
        let Some(mut trial) = row.trial() else {
            sink(Err(error(place, "neither a registry number nor a title in this row".to_owned())));
            continue;
        };
        let version = trial.dates.last_update_posted.as_ref().map(|dated| dated.date.clone());
        trial.source =
            Some(Source { format: NAME.to_owned(), file: name.to_owned(), record: number, version });
        let offset = header.end();
        let range = offset + start.byte() as usize..offset + rows.position().byte() as usize;
        let raw = RawRecord { format: Format::CtgovCsv, buffer: Arc::clone(buffer), range };
        sink(Ok(Record { trial, raw: Some(raw) }));
    }
    if number == 0 {
        sink(Err(error(None, "a header without rows".to_owned())));
    }
}

/// Every cell of the record's row that is not empty, under its column's header.
pub fn fields(raw: &RawRecord) -> Vec<RecordField> {
    let Some(header) = Header::of(&raw.buffer) else { return Vec::new() };
    let mut cells = csv::ByteRecord::new();
    if !header.reader(raw.bytes()).read_byte_record(&mut cells).unwrap_or(false) {
        return Vec::new();
    }
    let cells = cells.iter().map(String::from_utf8_lossy);
    header
        .names()
        .iter()
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(name, cell)| RecordField { path: name.clone(), value: cell.into_owned() })
        .collect()
}
