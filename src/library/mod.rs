//! The trials that are open: loading them in the background, and keeping each with what was read out of it.

pub mod index;
mod load;
mod pile;
pub mod reviews;
mod samples;
pub mod store;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::formats::{RawRecord, Record, RecordError, RecordField};
use crate::protocol::{Readings, Review, Trial};
use crate::reading;
use crate::reading::second::{self, Judged};
use crate::reading::vocabularies::Vocabularies;

pub use load::{Cancel, Loaded, load, load_all};
pub use pile::Pile;
pub use reviews::Reviews;
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
    /// The rows as they were read, where a second reader has judged some of them.
    judged: OnceLock<Vec<Judged>>,
    /// What second readers have said about this record's rows.
    reviews: OnceLock<Arc<Vec<Review>>>,
    /// The words to read it with, where the user has some of their own.
    words: OnceLock<Arc<Vocabularies>>,
}

impl Entry {
    /// An entry whose prose is not read yet.
    pub fn new(record: Record) -> Self {
        Self {
            trial: record.trial,
            raw: record.raw,
            readings: OnceLock::new(),
            judged: OnceLock::new(),
            reviews: OnceLock::new(),
            words: OnceLock::new(),
        }
    }

    /// What was read out of the trial's prose; read on the first call, kept after.
    pub fn readings(&self) -> &Readings {
        self.readings.get_or_init(|| {
            let embedded = Vocabularies::default();
            let words = self.words.get().map_or(&embedded, Arc::as_ref);
            let mut readings = reading::trial::read_with(words, &self.trial);
            if let Some(reviews) = self.reviews.get() {
                let judged = second::apply(words, &self.trial, &mut readings, reviews);
                let _ = self.judged.set(judged);
            }
            readings
        })
    }

    /// The rows that a second reader can judge, as they were read, each with what was said about it.
    pub fn judged(&self) -> Cow<'_, [Judged]> {
        let readings = self.readings();
        match self.judged.get() {
            Some(judged) => Cow::Borrowed(judged),
            None => Cow::Owned(second::judged(&self.trial, readings, &[])),
        }
    }

    /// Whether a second reader has judged rows of this record.
    pub fn is_judged(&self) -> bool {
        self.reviews.get().is_some()
    }

    /// Has its rows judged as second readers did. Readings that were made already stay.
    pub fn use_reviews(&self, reviews: &Reviews) {
        if let Some(reviews) = reviews.of(&self.trial.id) {
            let _ = self.reviews.set(reviews);
        }
    }

    /// The same record, not read yet: for other words or verdicts than those it was read with.
    #[must_use]
    pub fn unread(&self) -> Self {
        let entry = Self::new(Record { trial: self.trial.clone(), raw: self.raw.clone() });
        if let Some(words) = self.words.get() {
            entry.use_words(words);
        }
        entry
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

    /// The first `most` of them.
    pub fn first_record_fields(&self, most: usize) -> Vec<RecordField> {
        self.raw.as_ref().map(|raw| raw.first_fields(most)).unwrap_or_default()
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
