//! The index over the open trials: tantivy, in memory for files, on disk for a library.
//!
//! Holds words and columns; what a query means and how hits are ranked is for `search`.

pub mod document;
pub mod folding;
pub mod open;
pub mod schema;
pub mod tokenizers;
pub mod words;

use std::sync::Arc;

use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use self::folding::Folder;
use self::schema::Fields;
use self::tokenizers::{LISTED, ListTokenizer};
use super::Entry;

/// Memory the writer may use before it flushes a segment, in bytes.
const WRITER_MEMORY: usize = 64 << 20;

/// Unpacked blocks of records that are kept in memory, for each segment.
const BLOCKS_KEPT: usize = 4;

/// An index and its schema's handles.
pub struct TrialIndex {
    /// Handles of the schema's fields.
    pub fields: Fields,
    /// Whether it holds what was read out of the prose: the kinds and standards of endpoints.
    pub has_readings: bool,
    index: Index,
    reader: IndexReader,
}

impl std::fmt::Debug for TrialIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrialIndex").finish_non_exhaustive()
    }
}

impl TrialIndex {
    /// An index in memory over entries; an entry's row is its place in the slice.
    ///
    /// # Errors
    /// When memory for the writer cannot be had.
    pub fn in_memory(entries: &[Arc<Entry>]) -> tantivy::Result<Self> {
        let (schema, fields) = schema::schema();
        let index = Index::create_in_ram(schema);
        register(&index);
        let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let mut folder = Folder::default();
        for (row, entry) in entries.iter().enumerate() {
            let readings = entry.readings();
            let mut doc = document::document(&fields, &entry.trial, &readings.endpoints, &mut folder);
            doc.add_u64(fields.row, row as u64);
            writer.add_document(doc)?;
        }
        writer.commit()?;
        Ok(Self { has_readings: true, ..Self::over(index, fields)? })
    }

    /// An index that exists already, of records whose prose was not read for it.
    ///
    /// # Errors
    /// When its segments cannot be read.
    pub fn over(index: Index, fields: Fields) -> tantivy::Result<Self> {
        register(&index);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS_KEPT)
            .try_into()?;
        Ok(Self { fields, has_readings: false, index, reader })
    }

    /// A consistent view of the last commit.
    pub fn searcher(&self) -> tantivy::Searcher {
        self.reader.searcher()
    }

    /// Looks at the newest commit from now on.
    ///
    /// # Errors
    /// When its segments cannot be read.
    pub fn reload(&self) -> tantivy::Result<()> {
        self.reader.reload()
    }

    /// The tantivy index itself, for writing.
    pub fn inner(&self) -> &Index {
        &self.index
    }
}

/// Makes the tokenizers known to an index.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(LISTED, ListTokenizer);
}
