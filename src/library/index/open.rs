//! The index of trials that are open without a library: it grows as they come, and is asked in between.

use std::sync::Arc;

use tantivy::{Index, IndexWriter, TantivyDocument};

use super::folding::Folder;
use super::kept::Kept;
use super::segment::SegmentBuilder;
use super::{Entry, TrialIndex, WRITER_MEMORY, schema, take_in, with_row};

/// An index in memory that can grow. It holds what the records state; what is read out of the prose is asked of the
/// readings.
pub struct OpenIndex {
    index: TrialIndex,
    writer: IndexWriter<TantivyDocument>,
    folder: Folder,
    edition: u64,
    len: usize,
}

impl std::fmt::Debug for OpenIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenIndex").field("len", &self.len).finish_non_exhaustive()
    }
}

impl OpenIndex {
    /// An index of no trials. `edition` tells whose they will be.
    ///
    /// # Errors
    /// When memory for the writer cannot be had.
    pub fn new(edition: u64) -> tantivy::Result<Self> {
        let (schema, fields) = schema::schema();
        let index = Index::create_in_ram(schema);
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        Ok(Self {
            index: TrialIndex::over(index, fields)?,
            writer,
            folder: Folder::default(),
            edition,
            len: 0,
        })
    }

    /// Takes further trials in: an entry's row is its place among all of them.
    ///
    /// # Errors
    /// When there is no more memory.
    pub fn extend(&mut self, entries: &[Arc<Entry>]) -> tantivy::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let fields = &self.index.fields;
        let mut segment = SegmentBuilder::new(self.writer.index(), fields, std::mem::take(&mut self.folder))?;
        let nothing = Kept::nothing(fields);
        for (row, entry) in (self.len as u64..).zip(entries) {
            segment.add(&entry.trial, &[], with_row(fields, row), &nothing)?;
        }
        self.folder = take_in(&mut self.writer, segment)?;
        self.len += entries.len();
        self.index.reload()
    }

    /// The index, as far as it is.
    pub fn index(&self) -> &TrialIndex {
        &self.index
    }

    /// Whose trials these are.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    /// How many trials it knows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}
