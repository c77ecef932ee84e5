//! The segments that are being made, one for each core: records are spread over them, and what takes longest of adding one
//! is done side by side, each segment by a thread of its own, while the next records are read.

use std::thread::JoinHandle;
use std::{io, thread};

use crossbeam_channel::{Receiver, Sender, bounded};
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
/// Orders that wait for a thread: it goes on at once, and what is read does not fill the memory.
const WAITING: usize = 2;

/// The segments in the making.
pub(super) struct Shards {
    shards: Vec<Shard>,
    /// After a fault nothing more is taken in or told: records are lost.
    failed: bool,
}

/// What the thread of a shard is asked for.
enum Order {
    /// To take records in, made at a certain moment.
    Take(Vec<Incoming>, u64),
    /// To write its segment, and to tell of all that it has written.
    Finish,
}

type Written = Result<Vec<SegmentMeta>, TantivyError>;

/// A thread that makes segments one after the other. At the first fault it tells of it and ends.
struct Shard {
    /// None when it is to end.
    orders: Option<Sender<Order>>,
    written: Receiver<Written>,
    thread: Option<JoinHandle<()>>,
}

impl Shards {
    /// For an index; none is begun.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub fn new(index: &Index, fields: &Fields) -> io::Result<Self> {
        let count = rayon::current_num_threads().clamp(1, MOST);
        let most = MEMORY / count;
        let making = || Making::new(index.clone(), fields.clone(), most);
        let shards = (0..count).map(|_| Shard::start(making())).collect::<io::Result<_>>()?;
        Ok(Self { shards, failed: false })
    }

    /// Takes records in, made at a certain moment. Which shard takes which depends on their order only.
    ///
    /// # Errors
    /// When a segment cannot be written: these records', or earlier ones'.
    pub fn take(&mut self, incoming: Vec<Incoming>, made: u64) -> Result<(), TantivyError> {
        self.unless_failed(|shards| spread(shards, incoming, made))
    }

    /// Writes all segments that are being made; gives all that were written since the last time.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn finish(&mut self) -> Result<Vec<SegmentMeta>, TantivyError> {
        self.unless_failed(|shards| {
            shards.iter().try_for_each(|shard| shard.order(Order::Finish))?;
            let written = shards.iter().map(Shard::answer).collect::<Result<Vec<_>, _>>()?;
            Ok(written.into_iter().flatten().collect())
        })
    }

    fn unless_failed<T>(
        &mut self,
        act: impl FnOnce(&[Shard]) -> Result<T, TantivyError>,
    ) -> Result<T, TantivyError> {
        if self.failed {
            return Err(ended());
        }
        let done = act(&self.shards);
        self.failed = done.is_err();
        done
    }
}

/// Gives each shard its part of the records.
fn spread(shards: &[Shard], mut incoming: Vec<Incoming>, made: u64) -> Result<(), TantivyError> {
    let each = incoming.len().div_ceil(shards.len().max(1));
    for shard in shards {
        let rest = incoming.split_off(each.min(incoming.len()));
        let part = std::mem::replace(&mut incoming, rest);
        shard.order(Order::Take(part, made))?;
    }
    Ok(())
}

fn ended() -> TantivyError {
    TantivyError::ErrorInThread("the thread that makes a segment has ended".to_owned())
}

impl Shard {
    fn start(mut making: Making) -> io::Result<Self> {
        let (orders, asked) = bounded(WAITING);
        // There is room for what a thread tells at its end, when nobody may listen any more.
        let (told, written) = bounded(2);
        let work = move || {
            for order in asked {
                let answer = match order {
                    Order::Take(records, made) => making.take(&records, made).map(|()| None),
                    Order::Finish => making.finish().map(Some),
                };
                let Some(answer) = answer.transpose() else { continue };
                let is_fault = answer.is_err();
                if told.send(answer).is_err() || is_fault {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("segment".to_owned()).spawn(work)?;
        Ok(Self { orders: Some(orders), written, thread: Some(thread) })
    }

    fn order(&self, order: Order) -> Result<(), TantivyError> {
        match self.orders.as_ref().map(|orders| orders.send(order)) {
            Some(Ok(())) => Ok(()),
            // It has ended, and left word why.
            _ => Err(self.answer().err().unwrap_or_else(ended)),
        }
    }

    fn answer(&self) -> Written {
        self.written.recv().unwrap_or_else(|_| Err(ended()))
    }
}

impl Drop for Shard {
    /// What waits is worked off, and the thread ends; what it has written belongs to no index.
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // A fault of the thread was told where its answer was waited for.
            let _ = thread.join();
        }
    }
}

/// A shard's segment in the making, and those before it.
struct Making {
    index: Index,
    fields: Fields,
    /// Memory that the segment may take, in bytes.
    most: usize,
    segment: Option<SegmentBuilder>,
    /// The words that the segment before has left.
    folder: Folder,
    full: Vec<SegmentMeta>,
}

impl Making {
    fn new(index: Index, fields: Fields, most: usize) -> Self {
        Self { index, fields, most, segment: None, folder: Folder::default(), full: Vec::new() }
    }

    fn take(&mut self, records: &[Incoming], made: u64) -> Result<(), TantivyError> {
        let mut kept = Kept::nothing(&self.fields);
        for incoming in records {
            let segment = match &mut self.segment {
                Some(segment) => segment,
                none => {
                    let folder = std::mem::take(&mut self.folder);
                    none.insert(SegmentBuilder::new(&self.index, &self.fields, folder)?)
                }
            };
            incoming.pack(&mut kept);
            segment.add(&incoming.entry.trial, &[], incoming.columns(&self.fields, made), &kept)?;
        }
        let is_full = |segment: &SegmentBuilder| segment.memory() > self.most || !segment.has_room();
        if self.segment.as_ref().is_some_and(is_full) { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), TantivyError> {
        let Some(segment) = self.segment.take() else { return Ok(()) };
        let (meta, folder) = segment.finish()?;
        self.folder = folder;
        self.full.push(meta);
        Ok(())
    }

    fn finish(&mut self) -> Written {
        self.write()?;
        Ok(std::mem::take(&mut self.full))
    }
}
