//! Cutting a stream of JSON into records without building them: one object, an array, a search page's `studies`, one
//! object a line, or any of these one after another.
//!
//! Between records stand white space, commas and brackets. A record ends where its braces balance; one that is
//! broken ends where the next plainly begins, so that it costs itself only. Memory is bounded by the longest record
//! allowed, whatever the input.

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memchr3};

use crate::formats::limits::{MAX_JSON_DEPTH, MAX_RECORD_BYTES};

/// Records are handed on in segments of at least this many bytes, the last one apart.
const SEGMENT_BYTES: usize = 256 << 10;
/// Bytes asked of the input at a time.
const READ_BYTES: usize = 128 << 10;
/// The member that a search page has its studies in.
const PAGE_MEMBER: &[u8] = b"\"studies\"";
/// The first member of a registry study; no study has another inside it.
const STUDY_MEMBER: &[u8] = b"\"protocolSection\"";
/// Bytes enough to see whether a brace opens a study.
const LOOKAHEAD: usize = 64;
/// UTF-8's, which some programs write before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Said of a record that nests deeper than [`MAX_JSON_DEPTH`].
const TOO_DEEP: &str = "nested deeper than 128 levels, the most that is read";
/// Said of a record that is longer than [`MAX_RECORD_BYTES`].
const TOO_LONG: &str = "longer than 64 MiB, the most that is read of one record";

/// Whole records and the bytes they stand in.
#[derive(Debug)]
pub struct Segment {
    /// The bytes; the records' ranges lie in them.
    pub buffer: Arc<Vec<u8>>,
    /// Line of the buffer's first byte, from 1.
    pub line: u64,
    /// The records, in order.
    pub records: Vec<Slice>,
}

/// Where one record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its bytes in the segment.
    pub range: Range<usize>,
    /// Its number in the input, from 1.
    pub number: u64,
    /// Why it is none, where that is plain already.
    pub problem: Option<&'static str>,
}

/// Cuts what it reads into records.
pub struct Splitter<R> {
    input: R,
    /// What was read and not handed on.
    buffer: Vec<u8>,
    /// Line of the buffer's first byte.
    line: u64,
    /// Line breaks inside the buffer's bytes that were dropped.
    lines_dropped: u64,
    /// Next byte to look at; may stand behind the buffer's end.
    at: usize,
    /// Where the record begins that is being gone over.
    start: usize,
    /// That record is longer than is allowed: its bytes are dropped as they are read.
    too_long: bool,
    ended: bool,
    /// Why the input ended early, until it is told.
    failure: Option<std::io::Error>,
    /// Records found so far.
    count: u64,
    /// Lists that were opened and not closed.
    open_lists: u64,
    /// Inside a search page's list of studies.
    in_page: bool,
}

/// How a scan over an object ended.
enum Scan {
    Closed,
    TooDeep,
    Page,
    NextBegins,
    Ended,
}

impl<R: Read> Splitter<R> {
    /// A splitter over `head` and then `input`.
    pub fn new(head: Vec<u8>, input: R) -> Self {
        Self {
            input,
            buffer: head,
            line: 1,
            lines_dropped: 0,
            at: 0,
            start: 0,
            too_long: false,
            ended: false,
            failure: None,
            count: 0,
            open_lists: 0,
            in_page: false,
        }
    }

    /// The next whole records, or `None` at the end.
    ///
    /// # Errors
    /// When the input cannot be read further; what was read before has been handed on then.
    pub fn next_segment(&mut self) -> std::io::Result<Option<Segment>> {
        let mut records: Vec<Slice> = Vec::new();
        while self.at < SEGMENT_BYTES && self.lines_dropped == 0 {
            match self.next_record() {
                Some(slice) => records.push(slice),
                None if records.is_empty() => return self.failure.take().map_or(Ok(None), Err),
                None => break,
            }
        }
        Ok(Some(self.cut(records)))
    }

    /// Hands on everything before the place reached.
    fn cut(&mut self, records: Vec<Slice>) -> Segment {
        // The next segment's room at once: growing would copy it several times.
        let room = if self.ended { 0 } else { SEGMENT_BYTES + 2 * READ_BYTES };
        let mut rest = Vec::with_capacity(room);
        let end = self.at.min(self.buffer.len());
        rest.extend_from_slice(self.buffer.get(end..).unwrap_or_default());
        self.buffer.truncate(end);
        let buffer = std::mem::replace(&mut self.buffer, rest);
        self.at = 0;
        let line = self.line;
        self.line += line_breaks(&buffer) + std::mem::take(&mut self.lines_dropped);
        Segment { buffer: Arc::new(buffer), line, records }
    }

    /// Reads on; `false` at the end of the input. A record that has become too long is dropped first.
    fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        self.drop_if_too_long();
        let before = self.buffer.len();
        match (&mut self.input).take(READ_BYTES as u64).read_to_end(&mut self.buffer) {
            Ok(read) => self.ended = read == 0,
            Err(error) => (self.ended, self.failure) = (true, Some(error)),
        }
        self.buffer.len() > before
    }

    /// Drops what was read of a record that is longer than is allowed.
    fn drop_if_too_long(&mut self) {
        self.too_long |= self.at.saturating_sub(self.start) > MAX_RECORD_BYTES;
        if self.too_long {
            let end = self.at.min(self.buffer.len());
            let dropped = self.buffer.drain(self.start.min(end)..end);
            self.lines_dropped += line_breaks(dropped.as_slice());
            self.at -= dropped.len();
        }
    }

    /// The byte at the place reached.
    fn peek(&mut self) -> Option<u8> {
        while self.at >= self.buffer.len() {
            if !self.fill() {
                return None;
            }
        }
        self.buffer.get(self.at).copied()
    }

    /// The next record; `None` at the end of the input.
    fn next_record(&mut self) -> Option<Slice> {
        loop {
            (self.start, self.too_long) = (self.at, false);
            match self.peek() {
                None => return self.end_of_input(),
                Some(b'{') => {
                    if let Some(slice) = self.object() {
                        return Some(slice);
                    }
                }
                Some(b'[') => {
                    self.open_lists += 1;
                    self.at += 1;
                }
                Some(b']') => {
                    self.open_lists = self.open_lists.saturating_sub(1);
                    self.at += 1;
                    if std::mem::take(&mut self.in_page) {
                        self.rest_of_page();
                    }
                }
                Some(b' ' | b'\t' | b'\n' | b'\r' | b',') => self.at += 1,
                Some(0xef) if self.line == 1 && self.at == 0 => self.at += BYTE_ORDER_MARK.len(),
                Some(_) => return Some(self.stray()),
            }
        }
    }

    /// At the end: a list that was never closed says that the file was cut short.
    fn end_of_input(&mut self) -> Option<Slice> {
        if std::mem::take(&mut self.open_lists) == 0 || self.count == 0 {
            return None;
        }
        Some(self.slice(Some("the file ends before its list does: cut short? Get it again")))
    }

    /// The record from its start to the place reached.
    fn slice(&mut self, problem: Option<&'static str>) -> Slice {
        self.count += 1;
        self.at = self.at.min(self.buffer.len());
        self.drop_if_too_long();
        let problem = if std::mem::take(&mut self.too_long) { Some(TOO_LONG) } else { problem };
        Slice { range: self.start.min(self.at)..self.at, number: self.count, problem }
    }

    /// An object: a record, or a search page, of which only the list of studies is looked at.
    fn object(&mut self) -> Option<Slice> {
        let problem = match self.scan() {
            Scan::Page => {
                self.in_page = true;
                self.open_lists += 1;
                return None;
            }
            Scan::Closed => None,
            Scan::TooDeep => Some(TOO_DEEP),
            Scan::NextBegins => Some("its braces do not balance: the next record begins inside it"),
            Scan::Ended => Some("the file ends inside it: cut short? Get it again"),
        };
        if problem.is_some() && self.ended {
            self.open_lists = 0;
        }
        Some(self.slice(problem))
    }

    /// Goes over an object from its opening brace to behind its end.
    fn scan(&mut self) -> Scan {
        let at_line_start = self.start == 0 || self.buffer.get(self.start - 1) == Some(&b'\n');
        let mut depth = 0_usize;
        let mut deepest = 0_usize;
        loop {
            let Some(byte) = self.skip_plain() else { return Scan::Ended };
            if byte == b'{' && depth > 0 && self.study_begins() {
                return Scan::NextBegins;
            }
            self.at += 1;
            match byte {
                b'"' => self.skip_string(),
                b'\n' if at_line_start && self.same_opening() => return Scan::NextBegins,
                b'[' if depth == 1 && self.is_page() => return Scan::Page,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            deepest = deepest.max(depth);
            if depth == 0 {
                return if deepest > MAX_JSON_DEPTH { Scan::TooDeep } else { Scan::Closed };
            }
        }
    }

    /// Goes to the next byte that matters outside a string, and gives it.
    fn skip_plain(&mut self) -> Option<u8> {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let matters = |byte: &u8| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b'\n');
            if let Some(skipped) = rest.iter().position(matters) {
                self.at += skipped;
                return self.buffer.get(self.at).copied();
            }
            self.at = self.at.max(self.buffer.len());
            if !self.fill() {
                return None;
            }
        }
    }

    /// Goes behind the closing quote. A line break inside a string is no JSON: the string ends before it, so that a
    /// lost quote costs no more than its line.
    fn skip_string(&mut self) {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let Some(stop) = memchr3(b'"', b'\\', b'\n', rest) else {
                self.at = self.at.max(self.buffer.len());
                if self.fill() {
                    continue;
                }
                return;
            };
            self.at += stop;
            match rest.get(stop) {
                Some(b'\\') => self.at += 2,
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                _ => return,
            }
        }
    }

    /// Whether the brace at the place reached opens a registry study that is no member of another object. Inside a
    /// record this says that the record is broken.
    fn study_begins(&mut self) -> bool {
        while self.buffer.len() < self.at + LOOKAHEAD && self.fill() {}
        let (before, from) = self.buffer.split_at_checked(self.at).unwrap_or_default();
        let opens = from.get(1..).unwrap_or_default().trim_ascii_start().starts_with(STUDY_MEMBER);
        opens && before.trim_ascii_end().last() != Some(&b':')
    }

    /// Whether the line at the place reached opens like the record itself: in JSON lines, the next record.
    fn same_opening(&mut self) -> bool {
        while self.buffer.len() < self.at + LOOKAHEAD && self.fill() {}
        let record = self.buffer.get(self.start..).unwrap_or_default();
        let Some([b'{', b'"', key @ ..]) = record.get(..LOOKAHEAD) else { return false };
        let length = memchr(b'"', key).map_or(LOOKAHEAD, |end| end + 3);
        let line = self.buffer.get(self.at..).unwrap_or_default();
        record.get(..length).is_some_and(|opening| line.starts_with(opening))
    }

    /// Whether the bracket before the place reached opens the record's list of studies: a search page then.
    fn is_page(&self) -> bool {
        let before = self.buffer.get(self.start..self.at.saturating_sub(1)).unwrap_or_default();
        let key = before.trim_ascii_end().strip_suffix(b":").map(<[u8]>::trim_ascii_end);
        key.is_some_and(|key| key.ends_with(PAGE_MEMBER))
    }

    /// Goes behind the end of a search page whose list of studies has ended.
    fn rest_of_page(&mut self) {
        let mut depth = 1_usize;
        while depth > 0 {
            let Some(byte) = self.skip_plain() else { return };
            self.at += 1;
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
        }
    }

    /// Something that is no record where one belongs: the rest of its line, up to where a study begins.
    fn stray(&mut self) -> Slice {
        self.at += 1;
        while let Some(byte) = self.peek() {
            if byte == b'\n' || (byte == b'{' && self.study_begins()) {
                break;
            }
            self.at += 1;
        }
        self.slice(Some("no JSON object, where a record belongs"))
    }
}

fn line_breaks(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}
