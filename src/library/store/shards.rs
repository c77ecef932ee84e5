//! The segments that are being made, one for each core: records are spread over them, and what takes longest of adding one
//! is done side by side.

use rayon::prelude::*;
use tantivy::index::SegmentMeta;
use tantivy::{Index, TantivyError};

use super::prepared::Incoming;
use crate::library::index::folding::Folder;
use crate::library::index::kept::Kept;
use crate::library::index::schema::Fields;
use crate::library::index::segment::SegmentBuilder;

/// Memory that all segments in the making may take, in bytes: the more, the fewer and the larger segments, which are
/// merged and searched the faster.
const MEMORY: usize = 640 << 20;
/// More segments at a time are not made: each is looked into by every search.
const MOST: usize = 4;

/// The segments in the making.
pub(super) struct Shards {
    index: Index,
    fields: Fields,
    shards: Vec<Shard>,
}

#[derive(Default)]
struct Shard {
    segment: Option<SegmentBuilder>,
    /// The words that the segment before has left.
    folder: Folder,
}

impl Shards {
    /// For an index; none is begun.
    pub fn new(index: Index, fields: Fields) -> Self {
        let count = rayon::current_num_threads().clamp(1, MOST);
        Self { index, fields, shards: (0..count).map(|_| Shard::default()).collect() }
    }

    /// Takes records in, made at a certain moment; gives the segments that became full and were written.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn take(&mut self, incoming: &[Incoming], made: u64) -> Result<Vec<SegmentMeta>, TantivyError> {
        let each = incoming.len().div_ceil(self.shards.len()).max(1);
        let most = MEMORY / self.shards.len();
        let (index, fields) = (&self.index, &self.fields);
        let work = self.shards.par_iter_mut().zip(incoming.par_chunks(each));
        let full = work.map(|(shard, part)| {
            shard.take(index, fields, part, made)?;
            let is_full = |segment: &SegmentBuilder| segment.memory() > most || !segment.has_room();
            if shard.segment.as_ref().is_some_and(is_full) { shard.finish() } else { Ok(None) }
        });
        let full = full.collect::<Result<Vec<_>, TantivyError>>()?;
        Ok(full.into_iter().flatten().collect())
    }

    /// Writes all segments that are being made.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn finish(&mut self) -> Result<Vec<SegmentMeta>, TantivyError> {
        let written = self.shards.par_iter_mut().map(Shard::finish).collect::<Result<Vec<_>, _>>()?;
        Ok(written.into_iter().flatten().collect())
    }
}

impl Shard {
    fn take(
        &mut self,
        index: &Index,
        fields: &Fields,
        part: &[Incoming],
        made: u64,
    ) -> Result<(), TantivyError> {
        let mut kept = Kept::nothing(fields);
        for incoming in part {
            let segment = match &mut self.segment {
                Some(segment) => segment,
                none => {
                    let folder = std::mem::take(&mut self.folder);
                    none.insert(SegmentBuilder::new(index, fields, folder)?)
                }
            };
            incoming.pack(&mut kept);
            segment.add(&incoming.entry.trial, &[], incoming.columns(fields, made), &kept)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Option<SegmentMeta>, TantivyError> {
        let Some(segment) = self.segment.take() else { return Ok(None) };
        let (meta, folder) = segment.finish()?;
        self.folder = folder;
        Ok(Some(meta))
    }
}
