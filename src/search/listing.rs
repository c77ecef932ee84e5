//! The rows of a library that a typed text finds: the best first, ranked, then all others in the library's order.

use std::collections::HashSet;

use tantivy::TantivyError;

use super::query::{self, Test};
use super::typed;
use super::{Answer, phrase};
use crate::library::Library;

/// Up to so many records are read while a query waits.
const MOST_READ_NOW: usize = 2_000;

/// A row and its score.
pub type Scored = (u32, i64);

/// Is given the rows that an answer begins with.
pub type First<'a> = &'a mut dyn FnMut(&[Scored]);

/// Rows with their scores, those without a rank below all that have one. An empty text finds every row; a faulty part
/// of it counts for nothing. Where there are more rows than were ranked, `first` is given the ranked ones before the
/// others are looked for. `None` when `stop` said so, between two steps.
pub fn found(
    library: &Library,
    text: &str,
    stop: &dyn Fn() -> bool,
    first: First<'_>,
) -> Option<Vec<Scored>> {
    if text.trim().is_empty() {
        return Some(library.rows().live().map(|row| (row, 0)).collect());
    }
    match asked(library, text, stop, first) {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!("the library's index cannot be searched: {error}");
            Some(Vec::new())
        }
    }
}

/// The best trials for a typed text, ranked.
///
/// # Errors
/// When the index cannot be read.
pub fn best(library: &Library, text: &str) -> Result<Answer, TantivyError> {
    let query = query::parse(text, &typed::variable);
    super::search(library.index(), &query, &|row| title(library, row), &|row, test| holds(library, row, test))
}

/// The title of a row.
fn title(library: &Library, row: u64) -> String {
    let title = u32::try_from(row).ok().and_then(|row| library.rows().title(row));
    title.unwrap_or_default().to_owned()
}

fn asked(
    library: &Library,
    text: &str,
    stop: &dyn Fn() -> bool,
    first: First<'_>,
) -> Result<Option<Vec<Scored>>, TantivyError> {
    let query = query::parse(text, &typed::variable);
    let title = |row: u64| title(library, row);
    let limit = |row: u64, test: &Test| !stop() && holds(library, row, test);
    let answer = super::search(library.index(), &query, &title, &limit)?;
    if stop() {
        return Ok(None);
    }
    let row = |row: u64| u32::try_from(row).unwrap_or(u32::MAX);
    let mut found: Vec<Scored> = answer.hits.iter().map(|hit| (row(hit.row), hit.score)).collect();
    if answer.more {
        first(&found);
        let ranked: HashSet<u32> = found.iter().map(|(row, _)| *row).collect();
        let all = super::rows(library.index(), &query, &limit)?.into_iter().map(row);
        found.extend(all.filter(|row| !ranked.contains(row)).map(|row| (row, i64::MIN)));
    }
    Ok((!stop()).then_some(found))
}

/// Whether the trial of a row answers a test of its readings, or of its long texts, with yes.
pub fn holds(library: &Library, row: u64, test: &Test) -> bool {
    let Ok(row) = u32::try_from(row) else { return false };
    if let Test::Text { .. } = test {
        return library.entry(row).ok().flatten().is_some_and(|entry| phrase::holds(&entry, test));
    }
    let Some(listed) = library.rows().get(row) else { return false };
    if library.reviews().of(listed.id).is_some() {
        // What a second reader has corrected is not in the store.
        return library.entry(row).ok().flatten().is_some_and(|entry| typed::holds(entry.readings(), test));
    }
    match library.facts().get(&listed) {
        Some(facts) => typed::holds_of(&facts, test),
        // A few are read now; of many it is told that they are still being read.
        None if is_still_reading(library) => false,
        None => library.entry(row).ok().flatten().is_some_and(|entry| phrase::holds(&entry, test)),
    }
}

/// Whether so many records are still to be read that typed limits and kinds find those only that have been.
pub fn is_still_reading(library: &Library) -> bool {
    library.unread() > MOST_READ_NOW
}
