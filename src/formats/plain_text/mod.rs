//! A trial as plain text, one record a file, in two layouts that name hardly any of their parts:
//! a registry export's prose columns, one a line ([`lines`]), and a trial page copied as text ([`page`]).
//!
//! Tells the parts by their shape. What stands plainly in sentences and has no field of its own in these layouts
//! (phase, number of participants, arms, …) is read by [`prose`]; doses, times and criteria are left to `reading`.

mod columns;
mod labels;
mod layout;
mod lines;
mod page;
mod prose;
mod site;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::{Format, RawRecord, Record, RecordError, RecordField};
use crate::protocol::Source;
use layout::Layout;

/// The longest text taken for one trial, in bytes: many times the longest record there is.
const MAX_BYTES: usize = 1 << 20;

/// A part of a text: what it is, the line it begins at (from 1), and its words, verbatim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part<'t> {
    name: &'t str,
    line: usize,
    text: &'t str,
}

/// Whether the beginning of a file reads as a trial in one of the two layouts. Ask this last: any text may
/// have lines, and only the shape of some of them tells.
pub fn looks_like(head: &[u8]) -> bool {
    layout::of(&decoded(head)).is_some()
}

/// Reads the one trial in `buffer`. It has no id of its own: whoever loads it names it after the file.
///
/// # Errors
/// The sink gets an error when the text is too long for one trial or no part of a trial is found in it.
pub fn read(buffer: &Arc<Vec<u8>>, name: &str, sink: &mut dyn FnMut(Result<Record, RecordError>)) {
    let error = |reason: &str| RecordError { file: name.to_owned(), place: None, reason: reason.to_owned() };
    if buffer.len() > MAX_BYTES {
        return sink(Err(error(
            "longer than 1 MiB, too long for one trial as text; split it into a file a trial",
        )));
    }
    let text = decoded(buffer);
    let Some(layout) = layout::of(&text) else {
        return sink(Err(error(
            "text in which no trial is found: neither the export's columns, one a line, nor a trial page's labels",
        )));
    };
    let (mut trial, format) = match layout {
        Layout::Lines => (lines::trial(&text), "text-lines"),
        Layout::Page => (page::trial(&text), "text-page"),
    };
    prose::add(&mut trial);
    trial.source =
        Some(Source { format: format.to_owned(), file: name.to_owned(), record: 1, version: None });
    let raw = RawRecord { format: Format::PlainText, buffer: Arc::clone(buffer), range: 0..buffer.len() };
    sink(Ok(Record { trial, raw: Some(raw) }));
}

/// Every part of the text with the line it begins at, as it came.
pub fn fields(raw: &RawRecord) -> Vec<RecordField> {
    let text = decoded(raw.bytes());
    let parts = match layout::of(&text) {
        Some(Layout::Lines) => lines::parts(&text),
        Some(Layout::Page) => page::parts(&text),
        None => Vec::new(),
    };
    parts
        .into_iter()
        .map(|part| RecordField {
            path: format!("line {}: {}", part.line, part.name),
            value: part.text.to_owned(),
        })
        .collect()
}

/// The text without a byte order mark; bytes that are no UTF-8 become the replacement character.
fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}
