//! Counting what is read and what comes out of packed files, so that neither goes out of proportion unseen.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::formats::limits::{FREE_EXPANSION, MAX_EXPANSION};

/// Bytes of input read so far, over all files.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter(Rc<Cell<u64>>);

impl Counter {
    pub(super) fn get(&self) -> u64 {
        self.0.get()
    }

    pub(super) fn add(&self, bytes: u64) {
        self.0.set(self.0.get().saturating_add(bytes));
    }
}

/// Counts what is read.
pub(super) struct Counted<R> {
    pub(super) input: R,
    pub(super) counter: Counter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.counter.add(read as u64);
        Ok(read)
    }
}

/// What may still come out of one file by unpacking, through all layers.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    limit: u64,
    used: Arc<AtomicU64>,
}

impl Budget {
    /// A budget for a file of so many bytes; `None` where its length is not known.
    pub(super) fn new(packed: Option<u64>) -> Self {
        let limit = packed.unwrap_or_default().saturating_mul(MAX_EXPANSION).max(FREE_EXPANSION);
        Self { limit, used: Arc::default() }
    }

    /// Takes note of `bytes` more.
    ///
    /// # Errors
    /// When it is more than the packed file may expand to.
    pub(super) fn take(&self, bytes: u64) -> io::Result<()> {
        let used = self.used.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if used <= self.limit {
            return Ok(());
        }
        Err(io::Error::other(format!(
            "unpacks to more than {} MiB, {MAX_EXPANSION} times its size: not read further",
            self.limit >> 20
        )))
    }
}

/// Reads what is unpacked, against the budget.
pub(super) struct Guarded<R> {
    pub(super) input: R,
    pub(super) budget: Budget,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.budget.take(read as u64)?;
        Ok(read)
    }
}
