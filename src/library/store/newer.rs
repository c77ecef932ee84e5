//! A library that somebody has written to since it was opened: its newer commit, and which trials differ in it.

use std::collections::HashMap;

use super::facts::{self, FactStore};
use super::{Library, LibraryError, Row};

/// The files whose change tells of a commit: the manifest, and the list of segments.
pub const TOLD_BY: [&str; 2] = [super::manifest::FILE, "meta.json"];

/// How the trials of a library differ from those of an earlier commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows of trials that were not there before.
    pub new: Vec<u32>,
    /// Trials that are not there any more.
    pub gone: usize,
    /// Rows of trials whose record is another one, before and now.
    pub changed: Vec<(u32, u32)>,
}

impl Library {
    /// The library as of its last commit, or with more of its prose read; `None` when it is open as it is.
    ///
    /// # Errors
    /// When it cannot be opened now.
    pub fn newer(&self) -> Result<Option<Self>, LibraryError> {
        let mut now = Self::open(&self.root)?;
        if now.commit == self.commit && !self.has_more_readings() {
            return Ok(None);
        }
        if let Some(words) = &self.words {
            now.use_words(words.clone());
        }
        now.use_reviews(self.reviews());
        Ok(Some(now))
    }

    /// Whether more of the prose was read than what is known here. Where it was never asked for nothing is known, and it is
    /// asked for anew.
    fn has_more_readings(&self) -> bool {
        let there = || FactStore::names(&self.root, &facts::stamp(self.words()));
        self.facts.get().is_some_and(|known| known.pieces() != there().as_slice())
    }

    /// Whether a trial keeps its row from this commit to another one.
    pub fn keeps_rows(&self, now: &Self) -> bool {
        self.commit.0 == now.commit.0
    }

    /// How the trials of a later commit differ from these.
    pub fn changes_to(&self, now: &Self) -> Changes {
        let (old, new) = (&self.rows, &now.rows);
        let rows_stay = self.keeps_rows(now);
        let same = |row: &u32| rows_stay && old.bytes_of(*row) == new.bytes_of(*row);
        let named = old.live().filter(|row| !same(row)).filter_map(|row| Some((key(old.get(row)?.id), row)));
        let mut before: HashMap<String, u32> = named.collect();
        let mut changes = Changes::default();
        for row in new.live().filter(|row| !same(row)) {
            let Some(id) = new.get(row).map(|row| key(row.id)) else { continue };
            match before.remove(&id) {
                None => changes.new.push(row),
                Some(was) if !self.is_same(was, now, row) => changes.changed.push((was, row)),
                Some(_) => {}
            }
        }
        changes.gone = before.len();
        changes
    }

    /// Whether the record of a row is that of a row of another commit.
    pub fn is_same(&self, row: u32, now: &Self, there: u32) -> bool {
        let record = |row: Row<'_>| (row.content, row.version.map(str::to_owned));
        self.rows.get(row).map(record).is_some_and(|was| now.rows.get(there).map(record) == Some(was))
    }
}

fn key(id: &str) -> String {
    id.to_lowercase()
}
