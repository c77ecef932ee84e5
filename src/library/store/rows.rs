//! The rows of the list in one flat file, mapped into memory: what a list shows, sorts and tells apart, without opening
//! a record. A row's number never changes while its trial stays in the library.
//!
//! ```text
//! "TDROWS02"  checksum u32  rows u32  offsets (rows + 1) × u64  rows
//! ```
//! The checksum is over everything behind it; offsets count from the first row. A row without bytes was removed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flate2::Crc;
use tantivy::Directory;
use tantivy::directory::OwnedBytes;

use super::fault::LibraryError;
use super::manifest;
use crate::protocol::{Code, Dated, Dates, Enrollment, RecordId, Source, Trial};

const MAGIC: &[u8; 8] = b"TDROWS02";
const OFFSETS: usize = 16;

/// The rows of a commit.
#[derive(Clone)]
pub struct Rows {
    bytes: OwnedBytes,
    count: usize,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("count", &self.count).finish_non_exhaustive()
    }
}

/// One row as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row<'r> {
    /// The record's id.
    pub id: &'r str,
    /// Brief title.
    pub title: &'r str,
    /// The record's version or date.
    pub version: Option<&'r str>,
    /// Tells the record's bytes from others.
    pub content: u64,
    /// Tells the place it came from from others.
    pub origin: u64,
    /// Whether it has an id of a registry.
    pub registered: bool,
    acronym: Option<&'r str>,
    status: Option<&'r str>,
    study_type: Option<&'r str>,
    count: Option<u64>,
    count_kind: Option<&'r str>,
    updated: Option<&'r str>,
    phases: Vec<&'r str>,
    conditions: Vec<&'r str>,
    class: Option<&'r str>,
    countries: Vec<&'r str>,
}

impl Rows {
    /// No rows.
    pub fn none() -> Self {
        Self { bytes: OwnedBytes::empty(), count: 0 }
    }

    /// Maps a file of rows.
    ///
    /// # Errors
    /// When it is not there, or not as long as it says.
    pub fn open(folder: &Path, name: &str) -> Result<Self, LibraryError> {
        let directory = manifest::directory(folder)?;
        let slice =
            directory.open_read(Path::new(name)).map_err(|error| LibraryError::read(folder, error))?;
        let damaged = |reason: &str| LibraryError::damaged(folder.join(name), reason.to_owned());
        let bytes = slice.read_bytes().map_err(|error| LibraryError::io(folder.join(name), &error))?;
        if !bytes.starts_with(MAGIC) {
            return Err(damaged("cut short or changed: not a file of rows"));
        }
        let count = u32_at(&bytes, 12).ok_or_else(|| damaged("cut short"))? as usize;
        let rows = Self { bytes, count };
        if rows.data(rows.offset(count)..rows.offset(count)).is_none() || rows.end() != rows.bytes.len() {
            return Err(damaged("cut short"));
        }
        Ok(rows)
    }

    /// How many rows there are, removed ones too.
    pub fn len(&self) -> u32 {
        u32::try_from(self.count).unwrap_or(u32::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The rows that were not removed, in order.
    pub fn live(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len()).filter(|row| self.bytes_of(*row).is_some())
    }

    /// A row; `None` when it was removed.
    pub fn get(&self, row: u32) -> Option<Row<'_>> {
        Row::read(self.bytes_of(row)?)
    }

    /// The title of a row.
    pub fn title(&self, row: u32) -> Option<&str> {
        let mut at = Reader(self.bytes_of(row)?);
        at.text()?;
        at.text()
    }

    /// A row's bytes; `None` when it was removed.
    pub fn bytes_of(&self, row: u32) -> Option<&[u8]> {
        let row = row as usize;
        if row >= self.count {
            return None;
        }
        self.data(self.offset(row)..self.offset(row + 1)).filter(|bytes| !bytes.is_empty())
    }

    /// Whether the file's bytes are those that were written.
    pub fn is_sound(&self) -> bool {
        self.bytes.is_empty() || u32_at(&self.bytes, 8) == self.bytes.get(12..).map(checksum)
    }

    fn offset(&self, row: usize) -> u64 {
        let at = OFFSETS + row * 8;
        let bytes = self.bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(u64::MAX, u64::from_le_bytes)
    }

    fn start(&self) -> usize {
        OFFSETS + (self.count + 1) * 8
    }

    fn end(&self) -> usize {
        usize::try_from(self.offset(self.count))
            .ok()
            .and_then(|len| len.checked_add(self.start()))
            .unwrap_or(0)
    }

    fn data(&self, range: std::ops::Range<u64>) -> Option<&[u8]> {
        let at = |offset: u64| usize::try_from(offset).ok()?.checked_add(self.start());
        self.bytes.get(at(range.start)?..at(range.end)?)
    }
}

/// Writes rows to a new file, durably.
///
/// # Errors
/// When it cannot be written.
pub fn write<'r>(file: &Path, rows: impl Iterator<Item = Option<&'r [u8]>> + Clone) -> io::Result<()> {
    let mut offsets = vec![0_u64];
    offsets.extend(rows.clone().scan(0_u64, |end, row| {
        *end += row.map_or(0, <[u8]>::len) as u64;
        Some(*end)
    }));
    let count = u32::try_from(offsets.len() - 1).map_err(io::Error::other)?.to_le_bytes();
    let offsets: Vec<u8> = offsets.into_iter().flat_map(u64::to_le_bytes).collect();
    let mut crc = Crc::new();
    crc.update(&count);
    crc.update(&offsets);
    rows.clone().flatten().for_each(|row| crc.update(row));
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    out.write_all(MAGIC)?;
    out.write_all(&crc.sum().to_le_bytes())?;
    out.write_all(&count)?;
    out.write_all(&offsets)?;
    for row in rows.flatten() {
        out.write_all(row)?;
    }
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'r> Row<'r> {
    /// Of a trial.
    pub fn of(trial: &'r Trial, content: u64, origin: u64) -> Self {
        let code = |code: &'r Option<Code>| code.as_ref().map(Code::as_str);
        let enrollment = trial.enrollment.as_ref();
        Self {
            id: &trial.id,
            title: &trial.title,
            version: trial.source.as_ref().and_then(|source| source.version.as_deref()),
            content,
            origin,
            registered: !trial.ids.is_empty(),
            acronym: trial.acronym.as_deref(),
            status: code(&trial.status),
            study_type: code(&trial.study_type),
            count: enrollment.and_then(|enrollment| enrollment.count),
            count_kind: enrollment.and_then(|enrollment| code(&enrollment.kind)),
            updated: trial.dates.last_update_posted.as_ref().map(|dated| dated.date.as_str()),
            phases: trial.phases.iter().map(Code::as_str).collect(),
            conditions: trial.conditions.iter().map(String::as_str).collect(),
            class: trial.sponsor.as_ref().and_then(|sponsor| code(&sponsor.class)),
            countries: countries(trial),
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        put_text(&mut out, self.id);
        put_text(&mut out, self.title);
        put_text(&mut out, self.version.unwrap_or_default());
        out.extend_from_slice(&self.content.to_le_bytes());
        out.extend_from_slice(&self.origin.to_le_bytes());
        out.push(u8::from(self.registered));
        for text in [self.acronym, self.status, self.study_type, self.count_kind, self.updated] {
            put_text(&mut out, text.unwrap_or_default());
        }
        put_number(&mut out, self.count.map_or(0, |count| count.saturating_add(1)));
        for list in [&self.phases, &self.conditions] {
            put_number(&mut out, list.len() as u64);
            list.iter().for_each(|text| put_text(&mut out, text));
        }
        put_text(&mut out, self.class.unwrap_or_default());
        put_number(&mut out, self.countries.len() as u64);
        self.countries.iter().for_each(|country| put_text(&mut out, country));
        out
    }

    /// Of bytes.
    pub fn read(bytes: &'r [u8]) -> Option<Self> {
        let mut at = Reader(bytes);
        Some(Self {
            id: at.text()?,
            title: at.text()?,
            version: at.some_text()?,
            content: at.word()?,
            origin: at.word()?,
            registered: at.take(1)? == [1],
            acronym: at.some_text()?,
            status: at.some_text()?,
            study_type: at.some_text()?,
            count_kind: at.some_text()?,
            updated: at.some_text()?,
            count: at.number()?.checked_sub(1),
            phases: at.texts()?,
            conditions: at.texts()?,
            class: at.some_text()?,
            countries: at.texts()?,
        })
    }

    /// Recruitment status.
    pub fn status(&self) -> Option<&'r str> {
        self.status
    }

    /// Phases.
    pub fn phases(&self) -> &[&'r str] {
        &self.phases
    }

    /// Class of the sponsor.
    pub fn class(&self) -> Option<&'r str> {
        self.class
    }

    /// Countries of the sites, each once.
    pub fn countries(&self) -> &[&'r str] {
        &self.countries
    }

    /// The trial as far as a list shows it.
    pub fn head(&self) -> Trial {
        let code = |text: Option<&str>| text.map(Code::from);
        let enrolled = self.count.is_some() || self.count_kind.is_some();
        let id = RecordId { id: self.id.to_owned(), ..RecordId::default() };
        Trial {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            acronym: self.acronym.map(str::to_owned),
            status: code(self.status),
            phases: self.phases.iter().map(|phase| Code::from(*phase)).collect(),
            study_type: code(self.study_type),
            enrollment: enrolled.then(|| Enrollment { count: self.count, kind: code(self.count_kind) }),
            ids: self.registered.then_some(id).into_iter().collect(),
            conditions: self.conditions.iter().map(|condition| (*condition).to_owned()).collect(),
            dates: Dates {
                last_update_posted: self.updated.map(|date| Dated { date: date.to_owned(), kind: None }),
                ..Dates::default()
            },
            source: Some(Source { version: self.version.map(str::to_owned), ..Source::default() }),
            ..Trial::default()
        }
    }
}

/// The countries of a trial's sites, each once.
fn countries(trial: &Trial) -> Vec<&str> {
    let mut countries: Vec<&str> = Vec::new();
    for country in trial.sites.iter().filter_map(|site| site.country.as_deref()) {
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    countries
}

fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Reads a row's bytes from front to back.
struct Reader<'r>(&'r [u8]);

impl<'r> Reader<'r> {
    fn take(&mut self, count: usize) -> Option<&'r [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn word(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'r str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// A text, `None` inside for an empty one.
    fn some_text(&mut self) -> Option<Option<&'r str>> {
        self.text().map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    fn texts(&mut self) -> Option<Vec<&'r str>> {
        (0..self.number()?).map(|_| self.text()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial() -> Trial {
        Trial {
            id: "NCT90000001".to_owned(),
            title: "Ein Versuch über Äpfel".to_owned(),
            status: Some(Code::from("RECRUITING")),
            phases: vec![Code::from("PHASE1"), Code::from("PHASE2")],
            enrollment: Some(Enrollment { count: Some(0), kind: None }),
            conditions: vec!["Apples".to_owned(), String::new()],
            ..Trial::default()
        }
    }

    #[test]
    fn rows_come_back_as_they_were_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let trial = trial();
        let bytes = Row::of(&trial, 7, 8).bytes();
        let written = [Some(bytes.as_slice()), None, Some(bytes.as_slice())];
        write(&folder.path().join("rows"), written.into_iter()).expect("written");
        let rows = Rows::open(folder.path(), "rows").expect("opened");
        assert_eq!(rows.live().collect::<Vec<_>>(), [0, 2]);
        assert_eq!(rows.get(2), Some(Row::of(&trial, 7, 8)));
        assert_eq!((rows.get(1), rows.get(3), rows.title(0)), (None, None, Some(trial.title.as_str())));
        let head = rows.get(0).expect("a row").head();
        assert_eq!(
            (&head.phases, &head.enrollment, &head.conditions),
            (&trial.phases, &trial.enrollment, &trial.conditions)
        );
        assert!(rows.is_sound());
    }

    #[test]
    fn a_file_that_was_cut_or_changed_is_told_of() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = Row::of(&trial(), 7, 8).bytes();
        let file = folder.path().join("rows");
        write(&file, [Some(bytes.as_slice())].into_iter()).expect("written");
        let whole = std::fs::read(&file).expect("read");
        for cut in [0, 5, 15, 20, whole.len() - 1] {
            std::fs::write(&file, &whole[..cut]).expect("cut");
            let error = Rows::open(folder.path(), "rows").expect_err("cut short");
            assert!(error.to_string().contains("rows"), "{error}");
        }
        let mut changed = whole.clone();
        *changed.last_mut().expect("a byte") ^= 1;
        std::fs::write(&file, changed).expect("changed");
        assert!(!Rows::open(folder.path(), "rows").expect("opened").is_sound());
    }
}
