//! A query over opened records: parsed, its problems told, answered by an index in memory.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::library::Entry;
use crate::library::index::TrialIndex;
use crate::search::query::{self, Problem, Query, Test};
use crate::search::{self, Answer, Match, typed};

/// A query and the records it asks.
#[derive(Debug)]
pub struct Asked<'e> {
    entries: &'e [Arc<Entry>],
    index: TrialIndex,
    query: Query,
}

impl<'e> Asked<'e> {
    /// Parses a query typed to its end; what is faulty is told on `warnings`, the rest is asked.
    ///
    /// # Errors
    /// When the index cannot be built or a warning not be written.
    pub fn new(entries: &'e [Arc<Entry>], text: &str, warnings: &mut dyn Write) -> Result<Self> {
        // The blank says that the last word is typed to its end.
        let text = format!("{text} ");
        let query = query::parse(&text, &typed::variable);
        for problem in &query.problems {
            writeln!(warnings, "trialdeck: query: {}", told(&text, problem))?;
        }
        // Reading the prose takes longest: all cores share it before the index asks for it.
        entries.par_iter().for_each(|entry| {
            entry.readings();
        });
        let index = TrialIndex::in_memory(entries).context("the index cannot be built")?;
        Ok(Self { entries, index, query })
    }

    /// The trial of a row.
    pub fn entry(&self, row: u64) -> Option<&'e Arc<Entry>> {
        usize::try_from(row).ok().and_then(|row| self.entries.get(row))
    }

    /// The best trials, best first.
    ///
    /// # Errors
    /// When the index cannot be searched.
    pub fn best(&self) -> Result<Answer> {
        let title = |row: u64| self.entry(row).map(|e| e.trial.title.clone()).unwrap_or_default();
        search::search(&self.index, &self.query, &title, &|row, test| self.holds(row, test))
            .context("the index cannot be searched")
    }

    /// Every trial that matches, in the order of the records.
    ///
    /// # Errors
    /// When the index cannot be searched.
    pub fn all(&self) -> Result<Vec<&'e Arc<Entry>>> {
        let rows = search::rows(&self.index, &self.query, &|row, test| self.holds(row, test))
            .context("the index cannot be searched")?;
        Ok(rows.into_iter().filter_map(|row| self.entry(row)).collect())
    }

    fn holds(&self, row: u64, test: &Test) -> bool {
        self.entry(row).is_some_and(|entry| typed::proof(&entry.readings().criteria.facts, test).is_some())
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

/// A problem with the words of the query that it is about.
fn told(text: &str, problem: &Problem) -> String {
    match text.get(problem.span.clone()).map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{words}: {}", problem.message),
        None => problem.message.clone(),
    }
}
