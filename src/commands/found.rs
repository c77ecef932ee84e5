//! What a query finds of records as they are read, without keeping them.
//!
//! What a word means is asked of all records: one that nobody has written is a misspelling of another. So the records are
//! kept until every word of the query has been met; from then on each few have an index of their own.

use std::sync::Arc;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::library::Entry;
use crate::library::index::open::OpenIndex;
use crate::search::query::{Query, Test};
use crate::search::{self, phrase, typed};

/// Records that are asked together.
const TOGETHER: usize = 512;

/// The records that a query finds, in the order in which they are read.
pub struct Found<I> {
    read: I,
    query: Query,
    /// Every word of the query is known: it means itself.
    known: bool,
    waiting: std::vec::IntoIter<Arc<Entry>>,
    ended: bool,
}

impl<I: Iterator<Item = Result<Arc<Entry>>>> Found<I> {
    /// Of records that are read.
    pub fn new(read: I, query: Query) -> Self {
        Self { read, query, known: false, waiting: Vec::new().into_iter(), ended: false }
    }

    /// Reads on until something may be found.
    fn ask(&mut self) -> Result<Vec<Arc<Entry>>> {
        let mut index = OpenIndex::new(0).context(NO_INDEX)?;
        let mut entries: Vec<Arc<Entry>> = Vec::new();
        loop {
            // As many again as there are: whether the words are known is asked a few times only.
            let wanted = entries.len().max(TOGETHER);
            let more = self.read.by_ref().take(wanted).collect::<Result<Vec<_>>>()?;
            self.ended = more.len() < wanted;
            index.extend(&more).context(NO_INDEX)?;
            entries.extend(more);
            let met = self.known || search::knows(index.index(), &self.query).context(NO_INDEX)?;
            if met || self.ended {
                break;
            }
        }
        if typed::asks_readings(&self.query) {
            // Reading the prose takes longest: all cores share it before the query asks for it.
            entries.par_iter().for_each(|entry| {
                entry.readings();
            });
        }
        let entry = |row: u64| usize::try_from(row).ok().and_then(|row| entries.get(row));
        let holds = |row: u64, test: &Test| entry(row).is_some_and(|entry| phrase::holds(entry, test));
        let ask = if self.known { search::rows_as_written } else { search::rows };
        let rows = ask(index.index(), &self.query, &holds).context(NO_INDEX)?;
        self.known = true;
        Ok(rows.into_iter().filter_map(entry).cloned().collect())
    }
}

/// Said when an index fails.
const NO_INDEX: &str = "the index cannot be built";

impl<I: Iterator<Item = Result<Arc<Entry>>>> Iterator for Found<I> {
    type Item = Result<Arc<Entry>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.waiting.next() {
                return Some(Ok(entry));
            }
            if self.ended {
                return None;
            }
            match self.ask() {
                Ok(found) => self.waiting = found.into_iter(),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::formats::Record;
    use crate::library::index::TrialIndex;
    use crate::protocol::Trial;
    use crate::search::query;

    /// Trials of which one in ten gives velorafenib, and the last one alone velorafenic acid.
    fn entries() -> Vec<Arc<Entry>> {
        let entry = |number: usize| {
            let drug = if number % 10 == 3 { "velorafenib" } else { "placebo" };
            let last = if number + 1 == 3 * TOGETHER { " and velorafenic acid" } else { "" };
            let mut trial = Trial {
                id: format!("T{number}"),
                title: format!("{drug}{last} in adults"),
                ..Trial::default()
            };
            trial.eligibility.text = Some(format!("Inclusion Criteria:\n\n* ECOG 0-{}", number % 3 + 1));
            Arc::new(Entry::new(Record { trial, raw: None }))
        };
        (0..3 * TOGETHER).map(entry).collect()
    }

    fn asked(text: &str) -> Query {
        query::parse(&format!("{text} "), &typed::variable)
    }

    #[test]
    fn records_are_found_one_after_the_other_as_all_of_them_together_find_them() {
        let entries = entries();
        let index = TrialIndex::in_memory(&entries).expect("an index");
        for text in [
            "velorafenib",
            "velorafenic",
            "velorafenid",
            "velor",
            "title:velorafenib ecog<=1",
            "-velorafenib",
            "-velorafenid",
            "\"velorafenib in adults\"",
            "ecog=3",
            "placebo OR velorafenic",
            "nothing like it",
        ] {
            let query = asked(text);
            let holds = |row: u64, test: &Test| phrase::holds(&entries[row as usize], test);
            let rows = search::rows(&index, &query, &holds).expect("searched");
            let wanted: Vec<String> = rows.iter().map(|row| format!("T{row}")).collect();
            let found = Found::new(entries.iter().cloned().map(Ok), query);
            let found: Vec<String> = found.map(|entry| entry.expect("found").trial.id.clone()).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn what_a_known_word_finds_is_there_before_all_is_read() {
        let read = Cell::new(0);
        let entries = entries().into_iter().map(|entry| {
            read.set(read.get() + 1);
            Ok(entry)
        });
        let mut found = Found::new(entries, asked("velorafenib ecog<=3"));
        assert_eq!(found.next().expect("one").expect("read").trial.id, "T3");
        assert_eq!(read.get(), TOGETHER);
    }

    #[test]
    fn what_cannot_be_read_ends_it() {
        let broken = std::iter::once_with(|| Err(anyhow::anyhow!("broken")));
        let mut found = Found::new(broken, asked("velorafenib"));
        assert!(found.next().is_some_and(|one| one.is_err()));
        assert!(found.next().is_none());
    }
}
