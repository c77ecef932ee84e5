//! Which format a file has, by its content; its name counts for nothing.

use super::limits::HEAD_BYTES;
use super::{ctgov_csv, plain_text};

/// What a file's first bytes show it to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JSON objects: one, an array, a search page, or one a line.
    Json,
    /// A ClinicalTrials.gov export, comma or tab separated.
    Csv,
    /// Prose without field names.
    PlainText,
    /// A zip archive.
    Zip,
    /// A gzip stream.
    Gzip,
    /// A tar archive.
    Tar,
    /// Nothing but white space.
    Empty,
    /// Something else; what it is and what to do about it.
    Unreadable(&'static str),
}

/// First bytes of what cannot be read, what it is, and the remedy.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document; save its text as a .txt file"),
    (b"BZh", "bzip2 is not unpacked; unpack it first"),
    (b"\xfd7zXZ\0", "xz is not unpacked; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd is not unpacked; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "7z is not unpacked; unpack it first"),
    (b"\xff\xfe", "text in UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "text in UTF-16; save it as UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an Office document; save it as text or CSV"),
];

/// Where a tar header has its mark.
const TAR_MARK: std::ops::Range<usize> = 257..262;

/// Tells the format from the first bytes (up to [`HEAD_BYTES`] of them).
pub fn kind(head: &[u8]) -> Kind {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if head.starts_with(b"\x1f\x8b") {
        return Kind::Gzip;
    }
    if head.get(TAR_MARK) == Some(b"ustar") {
        return Kind::Tar;
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Kind::Unreadable(what);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text {
        [] if head.len() >= HEAD_BYTES => Kind::Unreadable("nothing but white space as far as was looked"),
        [] => Kind::Empty,
        [b'{', rest @ ..] if matches!(rest.trim_ascii_start(), [b'"' | b'}', ..] | []) => Kind::Json,
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [b'{' | b'[' | b']', ..] | []) => Kind::Json,
        _ if text.contains(&0) => Kind::Unreadable("neither text nor an archive"),
        [b'<', b'?' | b'!' | b'a'..=b'z', ..] => Kind::Unreadable("XML or HTML, which is not read"),
        _ if ctgov_csv::looks_like(text) => Kind::Csv,
        _ if !is_utf8(text) => Kind::Unreadable("text that is not UTF-8; save it as UTF-8"),
        _ if plain_text::looks_like(text) => Kind::PlainText,
        _ => Kind::Unreadable("text in which no trial is found"),
    }
}

/// UTF-8, but for a character that the end of the head may cut in two.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}
