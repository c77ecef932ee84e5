//! A record as the library keeps it: its own bytes, with a line before them that says what they are and where they
//! came from. The index's store compresses it. A trial is read from it anew each time, by the readers of that day.

use std::borrow::Cow;
use std::sync::Arc;

use flate2::Crc;
use serde::{Deserialize, Serialize};

use super::super::Entry;
use crate::formats::{Format, RawRecord, Record, RecordError};
use crate::protocol::Source;

/// The line before a record's bytes.
#[derive(Deserialize, Serialize)]
struct Head<'h> {
    format: Kept,
    /// Bytes before the record's own, for its reader (a table's header).
    skip: usize,
    /// The id it has in the library.
    id: Cow<'h, str>,
    source: Source,
}

/// The formats' names in the store; they stay when the program's change.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kept {
    CtgovJson,
    CtgovCsv,
    PlainText,
    OwnJson,
}

impl From<Format> for Kept {
    fn from(format: Format) -> Self {
        match format {
            Format::CtgovJson => Self::CtgovJson,
            Format::CtgovCsv => Self::CtgovCsv,
            Format::PlainText => Self::PlainText,
            Format::OwnJson => Self::OwnJson,
        }
    }
}

impl From<Kept> for Format {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::CtgovJson => Self::CtgovJson,
            Kept::CtgovCsv => Self::CtgovCsv,
            Kept::PlainText => Self::PlainText,
            Kept::OwnJson => Self::OwnJson,
        }
    }
}

/// The record of an entry in the form it is kept in.
pub fn packed(entry: &Entry) -> Vec<u8> {
    let mut packed = Vec::new();
    pack(entry, &mut packed);
    packed
}

/// Puts that form behind `out`: a line, and the record by itself.
pub fn pack(entry: &Entry, out: &mut Vec<u8>) {
    let (trial, raw) = (&entry.trial, raw(entry));
    let before = raw.header();
    let head = Head {
        format: raw.format.into(),
        skip: before.len(),
        id: trial.id.as_str().into(),
        source: trial.source.clone().unwrap_or_default(),
    };
    out.reserve(raw.range.len() + before.len() + 256);
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(&mut *out, &head);
    out.push(b'\n');
    out.extend_from_slice(before);
    out.extend_from_slice(raw.bytes());
}

/// What tells the bytes of an entry's record from others: their checksum and length.
pub fn content_of(entry: &Entry) -> u64 {
    content(&raw(entry))
}

/// The record of an entry: its own, else what it would be written as.
fn raw(entry: &Entry) -> Cow<'_, RawRecord> {
    entry.raw.as_ref().map_or_else(
        || {
            let buffer = serde_json::to_vec(&entry.trial).unwrap_or_default();
            let format = Format::OwnJson;
            Cow::Owned(RawRecord { format, range: 0..buffer.len(), buffer: Arc::new(buffer) })
        },
        Cow::Borrowed,
    )
}

/// Tells a record's bytes from others.
fn content(raw: &RawRecord) -> u64 {
    let mut crc = Crc::new();
    crc.update(raw.bytes());
    u64::from(crc.sum()) << 32 | (raw.bytes().len() as u64 & 0xffff_ffff)
}

/// The length of the record in [`content`].
pub fn length(content: u64) -> u64 {
    content & 0xffff_ffff
}

/// Reads a kept record.
///
/// # Errors
/// What is wrong with it.
pub fn unpack(packed: &[u8]) -> Result<Record, RecordError> {
    let damaged = |reason: &str| RecordError {
        file: "the library".to_owned(),
        place: None,
        reason: format!("a stored record is damaged: {reason}"),
    };
    let end = memchr::memchr(b'\n', packed).ok_or_else(|| damaged("it has no first line"))?;
    let (head, body) = packed.split_at(end);
    let head: Head<'_> = serde_json::from_slice(head).map_err(|error| damaged(&error.to_string()))?;
    let buffer = body.get(1..).unwrap_or_default().to_vec();
    let range = head.skip.min(buffer.len())..buffer.len();
    let raw = RawRecord { format: head.format.into(), range, buffer: Arc::new(buffer) };
    let mut record = raw.read_again(head.source)?;
    record.trial.id = head.id.into_owned();
    Ok(record)
}

/// An earlier version of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Its version or date, where it stated one.
    pub version: Option<String>,
    /// The record, where it was kept, packed.
    pub record: Option<Vec<u8>>,
}

impl Earlier {
    /// The form it is kept in: a line with the version, and the record.
    pub fn pack(&self) -> Vec<u8> {
        let version = self.version.as_deref().unwrap_or_default().replace('\n', " ");
        let mut packed = version.into_bytes();
        packed.push(b'\n');
        packed.extend_from_slice(self.record.as_deref().unwrap_or_default());
        packed
    }

    /// Reads that form.
    pub fn unpack(packed: &[u8]) -> Self {
        let (version, record) = packed.split_at(memchr::memchr(b'\n', packed).unwrap_or(packed.len()));
        let record = record.get(1..).unwrap_or_default();
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            version: some(&String::from_utf8_lossy(version)),
            record: Some(record.to_vec()).filter(|record| !record.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::samples;

    #[test]
    fn a_kept_record_reads_as_before() {
        for entry in samples() {
            let record = unpack(&packed(&entry)).expect("read");
            assert_eq!(record.trial, entry.trial);
            let again = Entry::new(record);
            assert_eq!(again.record_fields(), entry.record_fields());
        }
    }

    #[test]
    fn earlier_versions_come_back() {
        for earlier in [
            Earlier::default(),
            Earlier { version: Some("2024-01-31".to_owned()), record: None },
            Earlier { version: None, record: Some(b"a\nb".to_vec()) },
        ] {
            assert_eq!(Earlier::unpack(&earlier.pack()), earlier);
        }
    }

    #[test]
    fn a_damaged_record_is_told_of() {
        for packed in
            [&b""[..], b"{}\n", b"{\"format\":\"ctgov-json\",\"skip\":9,\"id\":\"a\",\"source\":{}}\n{"]
        {
            assert!(unpack(packed).is_err());
        }
    }
}
