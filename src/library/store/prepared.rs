//! A record made ready for the index: its words, the form it is kept in, and its row. Takes the longest of adding it, and
//! needs nothing of what the library holds, so that all cores share it.

use std::sync::{Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::fnv;
use super::rows::Row;
use super::stored;
use crate::formats::{RawRecord, RecordError};
use crate::library::Entry;
use crate::library::index::document::document;
use crate::library::index::folding::Folder;
use crate::library::index::schema::Fields;
use crate::protocol::Trial;

/// A record that was made ready.
#[derive(Debug)]
pub struct Prepared {
    /// The index's document, without its row and earlier versions.
    pub(super) doc: TantivyDocument,
    /// Its id as it is looked up.
    pub(super) key: Box<str>,
    /// Its version or date.
    pub(super) version: Option<String>,
    /// Its row of the list.
    pub(super) row_bytes: Vec<u8>,
    /// Tells the record's bytes from others.
    pub(super) content: u64,
    /// Tells the place it came from from others.
    pub(super) origin: u64,
    /// Whether it has an id of a registry.
    pub(super) registered: bool,
}

impl Prepared {
    /// The record in the form it is kept in.
    pub(super) fn packed(&self, fields: &Fields) -> Vec<u8> {
        let packed = self.doc.get_first(fields.record);
        packed.and_then(|value| value.as_bytes()).map(<[u8]>::to_vec).unwrap_or_default()
    }
}

/// Prepares records for one library.
#[derive(Debug)]
pub struct Preparing {
    fields: Fields,
    /// One for each thread that asks at the same time: what they remember of words makes the next record faster.
    folders: Mutex<Vec<Folder>>,
}

impl Preparing {
    /// For an index of these fields.
    pub fn new(fields: Fields) -> Self {
        Self { fields, folders: Mutex::new(Vec::new()) }
    }

    /// Prepares an entry under its own id.
    pub fn prepare(&self, entry: &Entry) -> Prepared {
        self.named(&entry.trial, entry)
    }

    /// Prepares an entry as the trial that it is in the library, under another id perhaps.
    pub fn named(&self, trial: &Trial, entry: &Entry) -> Prepared {
        let raw = stored::raw(entry);
        let packed = stored::pack(trial, &raw);
        self.of(trial, &raw, &packed)
    }

    /// Prepares a record as another library kept it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn kept(&self, packed: Vec<u8>) -> Result<Prepared, RecordError> {
        let entry = Entry::new(stored::unpack(&packed)?);
        Ok(self.of(&entry.trial, &stored::raw(&entry), &packed))
    }

    fn of(&self, trial: &Trial, raw: &RawRecord, packed: &[u8]) -> Prepared {
        let (content, origin) = (stored::content(raw), origin(trial));
        let mut folder = self.folders().pop().unwrap_or_default();
        let mut doc = document(&self.fields, trial, &[], &mut folder);
        self.folders().push(folder);
        doc.add_bytes(self.fields.record, packed);
        Prepared {
            doc,
            key: key(&trial.id),
            version: trial.source.as_ref().and_then(|source| source.version.clone()),
            row_bytes: Row::of(trial, content, origin).bytes(),
            content,
            origin,
            registered: !trial.ids.is_empty(),
        }
    }

    fn folders(&self) -> std::sync::MutexGuard<'_, Vec<Folder>> {
        // What a panic may have left half done in a folder is not put back.
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An id as it is looked up.
pub fn key(id: &str) -> Box<str> {
    id.to_lowercase().into_boxed_str()
}

/// Tells the place a record came from from others.
fn origin(trial: &Trial) -> u64 {
    let source = trial.source.as_ref();
    let place = source.map(|source| format!("{}\0{}", source.file, source.record)).unwrap_or_default();
    fnv(place.as_bytes())
}
