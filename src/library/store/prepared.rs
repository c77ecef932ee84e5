//! A record made ready for the library: the form it is kept in, and what it is told apart by.

use std::sync::Arc;

use tantivy::TantivyDocument;

use super::fnv;
use super::rows::Row;
use super::stored::{self, Earlier};
use crate::formats::{Record, RecordError};
use crate::library::Entry;
use crate::library::index::kept::Kept;
use crate::library::index::schema::Fields;
use crate::protocol::Trial;

/// A record that was made ready.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The record, under the id that it has in the library.
    pub entry: Arc<Entry>,
    /// Its id as it is looked up.
    pub key: Box<str>,
    /// Its version or date.
    pub version: Option<String>,
    /// Its row of the list.
    pub row_bytes: Vec<u8>,
    /// Tells the record's bytes from others.
    pub content: u64,
    /// Tells the place it came from from others.
    pub origin: u64,
    /// Whether it has an id of a registry.
    pub registered: bool,
}

impl Prepared {
    /// Of an entry under its own id.
    pub fn new(entry: Arc<Entry>) -> Self {
        let content = stored::content_of(&entry);
        Self::of(entry, content)
    }

    /// The same under another id.
    pub fn named(&self, id: String) -> Self {
        let trial = Trial { id, ..self.entry.trial.clone() };
        Self::new(Arc::new(Entry::new(Record { trial, raw: self.entry.raw.clone() })))
    }

    /// Of a record as another library kept it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn kept(packed: &[u8]) -> Result<Self, RecordError> {
        Ok(Self::new(Arc::new(Entry::new(stored::unpack(packed)?))))
    }

    fn of(entry: Arc<Entry>, content: u64) -> Self {
        let trial = &entry.trial;
        let origin = origin(trial);
        Self {
            key: key(&trial.id),
            version: trial.source.as_ref().and_then(|source| source.version.clone()),
            row_bytes: Row::of(trial, content, origin).bytes(),
            content,
            origin,
            registered: !trial.ids.is_empty(),
            entry,
        }
    }
}

/// A record that is on its way into the index, with its row and earlier versions.
#[derive(Debug)]
pub(super) struct Incoming {
    pub row: u32,
    pub entry: Arc<Entry>,
    pub earlier: Vec<Earlier>,
}

impl Incoming {
    /// Its row, and when it was made, as columns.
    pub fn columns(&self, fields: &Fields, made: u64) -> TantivyDocument {
        let mut doc = TantivyDocument::default();
        doc.add_u64(fields.made, made);
        doc.add_u64(fields.row, u64::from(self.row));
        doc
    }

    /// Packs what the store keeps of it.
    pub fn pack(&self, kept: &mut Kept) {
        kept.record.clear();
        stored::pack(&self.entry, &mut kept.record);
        kept.earlier.clear();
        kept.earlier.extend(self.earlier.iter().map(Earlier::pack));
    }
}

/// An id as it is looked up.
pub(super) fn key(id: &str) -> Box<str> {
    id.to_lowercase().into_boxed_str()
}

/// Tells the place a record came from from others.
fn origin(trial: &Trial) -> u64 {
    let source = trial.source.as_ref();
    let place = source.map(|source| format!("{}\0{}", source.file, source.record)).unwrap_or_default();
    fnv(place.as_bytes())
}
