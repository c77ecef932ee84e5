//! A query over opened records: parsed, its problems told, answered by the library's index or one in memory.

use std::io::Write;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::open::Opened;
use crate::app::querying;
use crate::library::Entry;
use crate::library::index::TrialIndex;
use crate::search::query::{self, Query, Test};
use crate::search::{self, Answer, Match, listing, phrase, typed};

/// A query and the records it asks.
#[derive(Debug)]
pub struct Asked<'o> {
    opened: &'o Opened,
    /// The index over records without one.
    built: Option<TrialIndex>,
    query: Query,
}

/// Parses a query typed to its end; what is faulty is told on `warnings`.
///
/// # Errors
/// When a warning cannot be written.
pub fn parsed(text: &str, warnings: &mut dyn Write) -> Result<Query> {
    // The blank says that the last word is typed to its end.
    let text = format!("{text} ");
    let query = query::parse(&text, &typed::variable);
    for problem in &query.problems {
        writeln!(warnings, "trialdeck: query: {}", querying::told(&text, problem))?;
    }
    Ok(query)
}

impl<'o> Asked<'o> {
    /// Parses a query typed to its end; what is faulty is told on `warnings`, the rest is asked.
    ///
    /// # Errors
    /// When the index cannot be built or a warning not be written.
    pub fn new(opened: &'o Opened, text: &str, warnings: &mut dyn Write) -> Result<Self> {
        let query = parsed(text, warnings)?;
        let built = match opened {
            Opened::Library(library) => {
                if typed::asks_readings(&query) && listing::is_still_reading(library) {
                    let (unread, all) = (library.unread(), library.len());
                    writeln!(
                        warnings,
                        "trialdeck: typed limits: still reading, {unread} of {all} trials are left and not found; `trialdeck add` goes on"
                    )?;
                }
                None
            }
            Opened::Entries(entries) => {
                // Reading the prose takes longest: all cores share it before the index asks for it.
                entries.par_iter().for_each(|entry| {
                    entry.readings();
                });
                Some(TrialIndex::in_memory(entries).context("the index cannot be built")?)
            }
        };
        Ok(Self { opened, built, query })
    }

    fn index(&self) -> Result<&TrialIndex> {
        match (&self.built, self.opened) {
            (Some(built), _) => Ok(built),
            (None, Opened::Library(library)) => Ok(library.index()),
            (None, Opened::Entries(_)) => bail!("there is no index"),
        }
    }

    /// The best trials, best first.
    ///
    /// # Errors
    /// When the index cannot be searched.
    pub fn best(&self) -> Result<Answer> {
        let title = |row: u64| self.opened.title(row);
        search::search_through(self.index()?, &self.query, &title, &|row, test| self.holds(row, test))
            .context("the index cannot be searched")
    }

    /// The rows of every trial that matches, in the order of the records.
    ///
    /// # Errors
    /// When the index cannot be searched.
    pub fn rows(&self) -> Result<Vec<u64>> {
        search::rows(self.index()?, &self.query, &|row, test| self.holds(row, test))
            .context("the index cannot be searched")
    }

    fn holds(&self, row: u64, test: &Test) -> bool {
        match self.opened {
            Opened::Library(library) => listing::holds(library, row, test),
            Opened::Entries(_) => {
                let entry = self.opened.entry(row).ok().flatten();
                entry.is_some_and(|entry| phrase::holds(&entry, test))
            }
        }
    }

    /// The words that prove the typed limits of the query for a trial.
    pub fn proofs(&self, entry: &Entry) -> Vec<Match> {
        let text = entry.trial.eligibility.text.as_deref().unwrap_or_default();
        let tests = self.query.clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.any);
        tests
            .filter_map(|atom| typed::proof(&entry.readings().criteria.facts, &atom.test))
            .flatten()
            .filter_map(|span| {
                let words = span.of(text)?;
                let whole = std::iter::once(0..words.len()).collect();
                Some(Match { field: "eligibility.text".to_owned(), text: words.to_owned(), spans: whole })
            })
            .collect()
    }
}
