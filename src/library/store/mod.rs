//! The library on disk: every record that was added, found in a moment, offline.
//!
//! ```text
//! DIR/library.json     the format, and which index is the library's
//! DIR/writer.lock      who writes
//! DIR/index-1/         tantivy: words, columns, and the records in its store, compressed
//! DIR/index-1/rows-N   the rows of the list as of commit N
//! ```
//! A commit takes effect when tantivy replaces its `meta.json`, which names the segments and (as its payload) the file
//! of rows: whatever happens before, the last commit stands. Many may read while one writes.

mod directory;
mod facts;
mod fault;
mod lock;
pub mod manifest;
mod newer;
mod prepared;
mod rebuild;
mod rows;
mod shards;
mod stored;
mod verify;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tantivy::{DocAddress, DocId, Index, Searcher, TERMINATED, TantivyDocument, TantivyError, Term};
use tantivy::{DocSet, SegmentReader};

use self::directory::ReadDirectory;
pub use self::facts::{End, FOLDER as READINGS, FactStore, Facts, Range, read_prose};
pub use self::fault::{FaultKind, LibraryError};
use self::manifest::Manifest;
pub use self::newer::{Changes, TOLD_BY};
pub use self::rebuild::{Rebuilt, compact};
pub use self::rows::{Row, Rows};
use self::stored::Earlier;
pub use self::verify::{Verified, verify};
pub use self::writer::{Added, Writer};
use super::index::TrialIndex;
use super::index::kept::bytes_of;
use super::index::schema::{self, Fields};
use super::{Entry, Reviews};
use crate::formats::Record;
use crate::reading::vocabularies::Vocabularies;

/// How often a commit that was replaced while it was being opened is tried again.
const TRIES: usize = 20;

/// A library, as of its last commit when it was opened.
#[derive(Debug)]
pub struct Library {
    root: PathBuf,
    index: TrialIndex,
    rows: Rows,
    /// The index's folder and the name of its rows' file: what tells one commit from another.
    commit: (String, Option<String>),
    /// The words to read its trials' prose with.
    words: Option<Arc<Vocabularies>>,
    /// What second readers have said.
    reviews: RwLock<Arc<Reviews>>,
    /// What was read of the prose, opened when first asked for.
    facts: OnceLock<FactStore>,
    /// How many records that leaves.
    unread: OnceLock<usize>,
}

/// An earlier version of a record in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierVersion {
    /// Its version or date, where it stated one.
    pub version: Option<String>,
    /// Whether the record was kept.
    pub kept: bool,
}

impl Library {
    /// Has the prose of its trials read with these words from now on, also what the search asks for.
    pub fn use_words(&mut self, words: Arc<Vocabularies>) {
        self.words = Some(words);
        (self.facts, self.unread) = (OnceLock::new(), OnceLock::new());
    }

    /// Has the rows of its trials judged as second readers did from now on.
    pub fn use_reviews(&self, reviews: Arc<Reviews>) {
        *self.reviews.write().unwrap_or_else(PoisonError::into_inner) = reviews;
    }

    /// What second readers have said.
    pub fn reviews(&self) -> Arc<Reviews> {
        Arc::clone(&self.reviews.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether there is a library in a folder.
    pub fn exists(root: &Path) -> bool {
        root.join(manifest::FILE).is_file()
    }

    /// Opens the library in a folder for reading.
    ///
    /// # Errors
    /// When there is none, it is of another format, or one of its files is damaged.
    pub fn open(root: &Path) -> Result<Self, LibraryError> {
        let mut tries = 0;
        loop {
            let manifest = Manifest::read(root)?.ok_or_else(|| LibraryError::missing(root))?;
            manifest.check(root)?;
            let folder = manifest.folder(root);
            let opened = open_index(&folder).and_then(|(index, rows)| {
                Ok(Self {
                    root: root.to_owned(),
                    index,
                    rows: rows_of(&folder, rows.as_deref())?,
                    commit: (manifest.index.clone(), rows),
                    words: None,
                    reviews: RwLock::default(),
                    facts: OnceLock::new(),
                    unread: OnceLock::new(),
                })
            });
            tries += 1;
            match opened {
                // A commit in between may have taken the files away that the one before named.
                Err(error)
                    if error.kind == FaultKind::Damaged
                        && tries < TRIES
                        && moved_on(root, &manifest, &folder) => {}
                other => return other,
            }
        }
    }

    /// The words to read its trials' prose with, where they are not the built-in ones alone.
    pub fn words(&self) -> Option<&Vocabularies> {
        self.words.as_deref()
    }

    /// What was read of the prose of all records so far.
    pub fn facts(&self) -> &FactStore {
        self.facts.get_or_init(|| FactStore::open(&self.root, &facts::stamp(self.words())))
    }

    /// How many records are still to be read for typed limits and kinds.
    pub fn unread(&self) -> usize {
        *self.unread.get_or_init(|| {
            let facts = self.facts();
            self.rows.live().filter_map(|row| self.rows.get(row)).filter(|row| !facts.has(row)).count()
        })
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its index.
    pub fn index(&self) -> &TrialIndex {
        &self.index
    }

    /// The rows of its list.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// How many trials it holds.
    pub fn len(&self) -> u64 {
        self.index.searcher().num_docs()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The trial of a row, read from its record; `None` when it was removed.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn entry(&self, row: u32) -> Result<Option<Arc<Entry>>, LibraryError> {
        let Some(found) = self.rows.get(row) else { return Ok(None) };
        let Some(doc) = self.document(found.id)? else { return Ok(None) };
        self.read(&doc).map(Some)
    }

    /// The rows whose record has this id, in any case: as its own, else among those it mentions.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(&self, id: &str) -> Result<Vec<u32>, LibraryError> {
        let id = id.to_lowercase();
        let searcher = self.index.searcher();
        let fields = &self.index.fields;
        let mut rows = Vec::new();
        for field in [fields.key, fields.ids] {
            let term = Term::from_field_text(field, &id);
            for address in addresses(&searcher, &term).map_err(|error| self.fault(error))? {
                let segment = searcher.segment_reader(address.segment_ord);
                let column = segment.fast_fields().u64("row").map_err(|error| self.fault(error))?;
                rows.extend(column.first(address.doc_id).and_then(|row| u32::try_from(row).ok()));
            }
            if !rows.is_empty() {
                break;
            }
        }
        rows.sort_unstable();
        Ok(rows)
    }

    /// The earlier versions of a row's record, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn earlier(&self, row: u32) -> Result<Vec<EarlierVersion>, LibraryError> {
        let Some(found) = self.rows.get(row) else { return Ok(Vec::new()) };
        let Some(doc) = self.document(found.id)? else { return Ok(Vec::new()) };
        let earlier = earlier_in(&doc, &self.index.fields).into_iter();
        Ok(earlier.map(|e| EarlierVersion { version: e.version, kept: e.record.is_some() }).collect())
    }

    /// The earlier versions of a row's record that were kept, oldest first.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn earlier_entries(&self, row: u32) -> Result<Vec<Arc<Entry>>, LibraryError> {
        let Some(found) = self.rows.get(row) else { return Ok(Vec::new()) };
        let Some(doc) = self.document(found.id)? else { return Ok(Vec::new()) };
        let kept = earlier_in(&doc, &self.index.fields).into_iter().filter_map(|earlier| earlier.record);
        kept.map(|packed| self.unpacked(&packed)).collect()
    }

    /// Every trial in the order of the store, read from its record; those for which `wanted` says so. Stops when `sink`
    /// says so.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn for_each(
        &self,
        wanted: &dyn Fn(u32) -> bool,
        sink: &mut dyn FnMut(u32, Arc<Entry>) -> bool,
    ) -> Result<(), LibraryError> {
        let searcher = self.index.searcher();
        for segment in searcher.segment_readers() {
            let rows = segment.fast_fields().u64("row").map_err(|error| self.fault(error))?;
            let store = segment.get_store_reader(1).map_err(|error| self.fault(error.into()))?;
            for doc in segment.doc_ids_alive() {
                let Some(row) = rows.first(doc).and_then(|row| u32::try_from(row).ok()) else { continue };
                if !wanted(row) {
                    continue;
                }
                let stored: TantivyDocument = store.get(doc).map_err(|error| self.fault(error))?;
                if !sink(row, self.read(&stored)?) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn read(&self, doc: &TantivyDocument) -> Result<Arc<Entry>, LibraryError> {
        let failed = |reason: String| LibraryError::damaged(&self.root, reason);
        let packed =
            record_in(doc, &self.index.fields).ok_or_else(|| failed("a record is lost".to_owned()))?;
        self.unpacked(packed)
    }

    fn unpacked(&self, packed: &[u8]) -> Result<Arc<Entry>, LibraryError> {
        let failed = |reason: String| LibraryError::damaged(&self.root, reason);
        let record: Record = stored::unpack(packed).map_err(|error| failed(error.to_string()))?;
        let entry = Entry::new(record);
        if let Some(words) = &self.words {
            entry.use_words(words);
        }
        entry.use_reviews(&self.reviews());
        Ok(Arc::new(entry))
    }

    fn document(&self, id: &str) -> Result<Option<TantivyDocument>, LibraryError> {
        document(&self.index, id).map_err(|error| self.fault(error))
    }

    fn fault(&self, error: TantivyError) -> LibraryError {
        LibraryError::index(&self.root, error)
    }
}

/// FNV-1a: the same in every version of the program.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Whether the library has another commit than the one that was being opened.
fn moved_on(root: &Path, manifest: &Manifest, folder: &Path) -> bool {
    let other_index = Manifest::read(root).is_ok_and(|now| now.as_ref() != Some(manifest));
    other_index || {
        let rows = open_index(folder).ok().and_then(|(_, rows)| rows);
        rows.is_some_and(|name| folder.join(name).is_file())
    }
}

/// Opens the index in a folder for reading, and tells the name of its rows' file.
fn open_index(folder: &Path) -> Result<(TrialIndex, Option<String>), LibraryError> {
    let fault = |error: TantivyError| LibraryError::index(folder, error);
    let index = Index::open(ReadDirectory(manifest::directory(folder)?)).map_err(fault)?;
    let (_, fields) = schema::schema();
    let mut tries = 0;
    loop {
        let before = index.load_metas().map_err(fault)?;
        let opened = TrialIndex::over(index.clone(), fields.clone()).map_err(fault)?;
        let after = index.load_metas().map_err(fault)?;
        tries += 1;
        if before.opstamp == after.opstamp || tries >= TRIES {
            return Ok((opened, after.payload));
        }
    }
}

/// The rows of a commit.
fn rows_of(folder: &Path, name: Option<&str>) -> Result<Rows, LibraryError> {
    name.map_or(Ok(Rows::none()), |name| Rows::open(folder, name))
}

/// Where the documents with a term stand, those that were replaced or removed left out.
fn addresses(searcher: &Searcher, term: &Term) -> Result<Vec<DocAddress>, TantivyError> {
    let mut found = Vec::new();
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        found.extend(docs(segment, term)?.into_iter().map(|doc| DocAddress::new(number, doc)));
    }
    Ok(found)
}

fn docs(segment: &SegmentReader, term: &Term) -> Result<Vec<DocId>, TantivyError> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, tantivy::schema::IndexRecordOption::Basic)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let mut doc = postings.doc();
    while doc != TERMINATED {
        found.extend((!segment.is_deleted(doc)).then_some(doc));
        doc = postings.advance();
    }
    Ok(found)
}

/// What is stored of the trial with this id.
fn document(index: &TrialIndex, id: &str) -> Result<Option<TantivyDocument>, TantivyError> {
    let searcher = index.searcher();
    let term = Term::from_field_text(index.fields.key, &id.to_lowercase());
    addresses(&searcher, &term)?.first().map(|address| searcher.doc(*address)).transpose()
}

/// The packed record in a stored document.
fn record_in<'d>(doc: &'d TantivyDocument, fields: &Fields) -> Option<&'d [u8]> {
    doc.get_first(fields.record).and_then(bytes_of)
}

/// The earlier versions in a stored document.
fn earlier_in(doc: &TantivyDocument, fields: &Fields) -> Vec<Earlier> {
    doc.get_all(fields.earlier).filter_map(bytes_of).map(Earlier::unpack).collect()
}

#[cfg(test)]
mod tests;
