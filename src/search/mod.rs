//! Finding trials: the query language, the candidates and their ranking, and which letters matched.
//!
//! An index finds, fuzzy-matcher ranks; a misspelt word is matched against the dictionary of the index, never
//! against the documents. The same code serves files in memory and a library on disk.

pub mod direct;
pub mod facets;
pub mod finder;
pub mod fuzzy;
pub mod letters;
pub mod listing;
pub mod query;
pub mod seek;

mod candidates;
mod columns;
mod dictionary;
mod gathering;
mod matches;
pub mod phrase;
mod plan;
mod postings;
mod rank;
mod title;
pub mod typed;

use tantivy::TantivyError;

pub use self::candidates::LimitTest;
pub use self::dictionary::{Likeness, Meaning};
pub use self::matches::{Match, marked, matches, spans};
use self::plan::{Lookup, Plan};
use self::query::{Query, Test};
pub use self::rank::Ranked;
use crate::library::index::TrialIndex;
use crate::library::index::words::words;

/// What a query found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The best trials, best first.
    pub hits: Vec<Ranked>,
    /// Whether more trials match than were ranked.
    pub more: bool,
    /// What each free word was taken for.
    pub meanings: Vec<Meaning>,
}

/// Searches an index within a frame. `title` gives a row's title for ranking, `limit` answers typed limits.
/// A phrase that only long texts hold is looked for in a few records: `more` says that there may be others.
///
/// # Errors
/// When the index cannot be read.
pub fn search(
    index: &TrialIndex,
    query: &Query,
    title: &dyn Fn(u64) -> String,
    limit: LimitTest<'_>,
) -> Result<Answer, TantivyError> {
    answer(index, query, title, limit, candidates::READ_WITHIN_A_FRAME)
}

/// As [`search`], for who can wait: every record that may hold a phrase is read.
///
/// # Errors
/// When the index cannot be read.
pub fn search_through(
    index: &TrialIndex,
    query: &Query,
    title: &dyn Fn(u64) -> String,
    limit: LimitTest<'_>,
) -> Result<Answer, TantivyError> {
    answer(index, query, title, limit, usize::MAX)
}

fn answer(
    index: &TrialIndex,
    query: &Query,
    title: &dyn Fn(u64) -> String,
    limit: LimitTest<'_>,
    most_read: usize,
) -> Result<Answer, TantivyError> {
    let searcher = index.searcher();
    let plan = plan::plan(query, &searcher, index)?;
    let found = candidates::candidates(&plan, &searcher, &index.fields, limit, most_read)?;
    let hits = rank::rank(&plan, &found.found, &searcher, &index.fields, title)?;
    Ok(Answer { more: found.more, hits, meanings: meanings(&plan) })
}

/// How many trials match a query in all; fewer when `stop`, which is told how many were counted, said so.
///
/// # Errors
/// When the index cannot be read.
pub fn count(
    index: &TrialIndex,
    query: &Query,
    limit: LimitTest<'_>,
    stop: &dyn Fn(usize) -> bool,
) -> Result<usize, TantivyError> {
    let searcher = index.searcher();
    let plan = plan::plan(query, &searcher, index)?;
    candidates::count(&plan, &searcher, &index.fields, limit, stop)
}

/// The rows of all trials that match a query, in the list's order.
///
/// # Errors
/// When the index cannot be read.
pub fn rows(index: &TrialIndex, query: &Query, limit: LimitTest<'_>) -> Result<Vec<u64>, TantivyError> {
    let searcher = index.searcher();
    let plan = plan::plan(query, &searcher, index)?;
    candidates::rows(&plan, &searcher, &index.fields, limit)
}

/// Whether each word of a query is in an index as it was typed: then it means itself, here and in any larger index.
///
/// # Errors
/// When the index cannot be read.
pub fn knows(index: &TrialIndex, query: &Query) -> Result<bool, TantivyError> {
    let plan = plan::plan(query, &index.searcher(), index)?;
    Ok(plan.clone().literal() == plan)
}

/// As [`rows`], with each word meaning itself, be it known to the index or not.
///
/// # Errors
/// When the index cannot be read.
pub fn rows_as_written(
    index: &TrialIndex,
    query: &Query,
    limit: LimitTest<'_>,
) -> Result<Vec<u64>, TantivyError> {
    let searcher = index.searcher();
    let plan = plan::plan(query, &searcher, index)?.literal();
    candidates::rows(&plan, &searcher, &index.fields, limit)
}

fn meanings(plan: &Plan) -> Vec<Meaning> {
    let lookups = plan.clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.any);
    lookups
        .filter_map(|lookup| match lookup {
            Lookup::Words { meanings, .. } => Some(meanings.clone()),
            _ => None,
        })
        .flatten()
        .collect()
}

/// The words of a query's phrases, each to be found as it stands.
fn phrase_words(query: &Query) -> Vec<Meaning> {
    let atoms = query.clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.any);
    atoms
        .filter_map(|atom| match &atom.test {
            Test::Text { text, phrase: true, .. } => Some(words(text)),
            _ => None,
        })
        .flatten()
        .filter(|word| !word.joined)
        .map(|word| Meaning { word: word.text, exact: true, prefix: false, others: Vec::new() })
        .collect()
}

#[cfg(test)]
mod tests;
