//! The trials that are open: loading them in the background, and keeping each with what was read out of it.

pub mod index;
mod load;
mod samples;
pub mod store;

use std::sync::{Arc, OnceLock};

use crate::formats::{RawRecord, Record, RecordError, RecordField};
use crate::protocol::{Readings, Trial};
use crate::reading;
use crate::reading::vocabularies::Vocabularies;

pub use load::{Cancel, Loaded, load, load_all};
pub use samples::samples;
pub use store::Library;

/// An open trial: what the record states, the record itself, and its readings, made when first asked for.
#[derive(Debug)]
pub struct Entry {
    /// What the record states.
    pub trial: Trial,
    /// The record it came from.
    pub raw: Option<RawRecord>,
    readings: OnceLock<Readings>,
    /// The words to read it with, where the user has some of their own.
    words: OnceLock<Arc<Vocabularies>>,
}

impl Entry {
    /// An entry whose prose is not read yet.
    pub fn new(record: Record) -> Self {
        Self { trial: record.trial, raw: record.raw, readings: OnceLock::new(), words: OnceLock::new() }
    }

    /// What was read out of the trial's prose; read on the first call, kept after.
    pub fn readings(&self) -> &Readings {
        self.readings.get_or_init(|| match self.words.get() {
            Some(words) => reading::trial::read_with(words, &self.trial),
            None => reading::trial::read(&self.trial),
        })
    }

    /// Has it read with these words. Readings that were made already stay.
    pub fn use_words(&self, words: &Arc<Vocabularies>) {
        let _ = self.words.set(Arc::clone(words));
    }

    /// The readings, if they were asked for before: reading takes a while.
    pub fn readings_made(&self) -> Option<&Readings> {
        self.readings.get()
    }

    /// Every field of the record as it came, with its path. Parsed anew on each call: for the pane that shows it.
    pub fn record_fields(&self) -> Vec<RecordField> {
        self.raw.as_ref().map(RawRecord::fields).unwrap_or_default()
    }
}

/// How far a load has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records read.
    pub records: u64,
    /// Bytes of input read.
    pub bytes: u64,
    /// Bytes of input in all, as far as known.
    pub total_bytes: u64,
    /// Records or files that could not be read.
    pub errors: u64,
}

/// What a load tells while it runs.
#[derive(Clone, Debug)]
pub enum LoadEvent {
    /// Trials that have arrived, in the order of the input.
    Batch(Vec<Arc<Entry>>),
    /// A record or file that could not be read.
    Problem(RecordError),
    /// How far it has come.
    Progress(Progress),
    /// The end: everything read, or cancelled.
    Done(Progress),
}

#[cfg(test)]
mod tests;
