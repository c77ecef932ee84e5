//! One JSON object → a trial, by what its members are; what is wrong with it, located.

use std::sync::Arc;

use super::split::{Segment, Slice};
use crate::formats::{Format, RawRecord, Record, RecordError, ctgov_json, own_json};
use crate::protocol::Trial;

/// Reads one record of a segment of `file`.
///
/// # Errors
/// What is wrong with it, with its number and line.
pub fn read(segment: &Segment, slice: &Slice, file: &str) -> Result<Record, RecordError> {
    let bytes = segment.buffer.get(slice.range.clone()).unwrap_or_default();
    let located = |lines_down: usize, reason: String| -> RecordError {
        let before = segment.buffer.get(..slice.range.start).unwrap_or_default();
        let line = segment.line + memchr::memchr_iter(b'\n', before).count() as u64 + lines_down as u64;
        RecordError {
            file: file.to_owned(),
            place: Some(format!("record {}, line {line}", slice.number)),
            reason,
        }
    };
    if let Some(problem) = slice.problem {
        return Err(located(0, problem.to_owned()));
    }
    let (format, trial) = trial(bytes, file, slice.number)
        .map_err(|error| located(error.line().saturating_sub(1), reason(&error)))?;
    let raw = RawRecord { format, buffer: Arc::clone(&segment.buffer), range: slice.range.clone() };
    Ok(Record { trial, raw: Some(raw) })
}

fn trial(bytes: &[u8], file: &str, number: u64) -> Result<(Format, Trial), serde_json::Error> {
    if let Some(trial) = ctgov_json::read(bytes, file, number)? {
        return Ok((Format::CtgovJson, trial));
    }
    Ok((Format::OwnJson, own_json::read(bytes, file, number)?))
}

/// The parser's words without the place, which stands before them already; with what can be done where a person would
/// not know.
pub fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    // The parser has one word for a half of a pair and for digits that are missing.
    if text.contains("hex escape") || text.contains("surrogate") {
        return format!("{HALF_LETTER} ({text})");
    }
    text.to_owned()
}

/// What is wrong with `\ud800` that stands alone, and the remedy.
const HALF_LETTER: &str =
    "a \\u escape is half of a letter (a lone surrogate): write both halves, or the letter itself";
