//! The index over the open trials: tantivy, in memory for files, on disk for a library.
//!
//! Holds words and columns; what a query means and how hits are ranked is for `search`.

mod chains;
pub mod document;
pub mod folding;
pub mod kept;
pub mod open;
mod postings;
pub mod schema;
pub mod segment;
pub mod words;

use std::sync::Arc;

use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use self::folding::Folder;
use self::kept::Kept;
use self::schema::Fields;
use self::segment::SegmentBuilder;
use super::Entry;

/// Memory that tantivy's writer asks for at least, in bytes. It uses none of it: the segments are ours.
pub(super) const WRITER_MEMORY: usize = 16 << 20;

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
        let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let mut segment = SegmentBuilder::new(&index, &fields, Folder::default())?;
        let nothing = Kept::nothing(&fields);
        for (row, entry) in (0..).zip(entries) {
            segment.add(&entry.trial, &entry.readings().endpoints, with_row(&fields, row), &nothing)?;
        }
        take_in(&mut writer, segment)?;
        Ok(Self { has_readings: true, ..Self::over(index, fields)? })
    }

    /// An index that exists already, of records whose prose was not read for it.
    ///
    /// # Errors
    /// When its segments cannot be read.
    pub fn over(index: Index, fields: Fields) -> tantivy::Result<Self> {
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

/// The columns of a trial in memory: its row, and those that are read from it.
fn with_row(fields: &Fields, row: u64) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_u64(fields.row, row);
    doc
}

/// Makes a segment a part of an index; its words are there for the next.
fn take_in(writer: &mut IndexWriter<TantivyDocument>, segment: SegmentBuilder) -> tantivy::Result<Folder> {
    let (meta, folder) = segment.finish()?;
    if meta.max_doc() > 0 {
        writer.add_segment(meta)?;
        writer.commit()?;
    }
    Ok(folder)
}
