//! The library that is open: its rows are at hand at once, a record when it has been read.
//!
//! Nothing is read here: which records are wanted is said, and what comes is taken in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::library::{Entry, Library};
use crate::protocol::Trial;

/// Records that stay at hand besides those that are wanted.
const MOST_IDLE: usize = 64;

/// Records that are to be read.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which trials these are: see [`super::Model::edition`].
    pub edition: u64,
    /// The library.
    pub library: Arc<Library>,
    /// Their rows.
    pub rows: Vec<u32>,
}

/// A library and the records of it that have been read.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// The library, as of the commit that was opened.
    pub library: Arc<Library>,
    records: BTreeMap<u32, Arc<Entry>>,
    /// Records that cannot be read: not asked for again.
    unreadable: BTreeSet<u32>,
    /// What was asked for last.
    asked: Vec<u32>,
    /// The trial that becomes a column of the comparison when its record has come.
    pub to_compare: Option<u32>,
}

impl Shelf {
    /// A library of which no record has been read.
    pub fn new(library: Arc<Library>) -> Self {
        Self {
            library,
            records: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            asked: Vec::new(),
            to_compare: None,
        }
    }

    /// The trial of a row, when its record has been read.
    pub fn entry(&self, row: u32) -> Option<&Arc<Entry>> {
        self.records.get(&row)
    }

    /// Changes every record that is at hand.
    pub fn each_record(&mut self, change: impl FnMut(&mut Arc<Entry>)) {
        self.records.values_mut().for_each(change);
    }

    /// A row as far as the list shows it.
    pub fn head(&self, row: u32) -> Option<Trial> {
        self.library.rows().get(row).map(|row| row.head())
    }

    /// The library is another one now: records that are in it as they were stay at hand. `row_now` tells where a trial is.
    pub fn renew(&mut self, library: Arc<Library>, row_now: &dyn Fn(&Self, u32) -> Option<u32>) {
        let before = std::mem::replace(self, Self::new(library));
        self.to_compare = before.to_compare.and_then(|row| row_now(&before, row));
        let kept = before.records.iter().filter_map(|(row, entry)| {
            let now = row_now(&before, *row)?;
            before.library.is_same(*row, &self.library, now).then(|| (now, Arc::clone(entry)))
        });
        self.records = kept.collect();
    }

    /// The records to be read for what is wanted now; `None` when they are there or have been asked for.
    pub fn ask(&mut self, wanted: impl Iterator<Item = u32>) -> Option<Vec<u32>> {
        let at_hand = |row: &u32| self.records.contains_key(row) || self.unreadable.contains(row);
        let missing: Vec<u32> = wanted.filter(|row| !at_hand(row)).collect();
        if missing.is_empty() || missing == self.asked {
            return None;
        }
        self.asked.clone_from(&missing);
        Some(missing)
    }

    /// A record has come; the others that are not `wanted` go when there are many.
    pub fn take_in(&mut self, row: u32, entry: Option<Arc<Entry>>, wanted: &dyn Fn(u32) -> bool) {
        match entry {
            Some(entry) => self.records.insert(row, entry).is_none(),
            None => self.unreadable.insert(row),
        };
        self.asked.retain(|asked| *asked != row);
        let idle: Vec<u32> = self.records.keys().copied().filter(|at| *at != row && !wanted(*at)).collect();
        if idle.len() > MOST_IDLE {
            self.records.retain(|at, _| *at == row || wanted(*at));
        }
    }
}
