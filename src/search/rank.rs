//! Which candidate comes first: likeness of the words before the field they stand in, then the fuzzy score of the
//! title, then the order of the list.

use std::cell::Cell;

use rayon::prelude::*;
use tantivy::DocSet;
use tantivy::{Searcher, SegmentReader, TantivyError};

use super::candidates::Candidate;
use super::dictionary::{Likeness, Meaning};
use super::letters;
use super::plan::{Lookup, Plan};
use super::postings::{self, Docs, Reach, union};
use super::title::Weigher;
use crate::library::index::schema::{Fields, TEXT_FIELDS, TextField};

/// A ranked trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The trial's row in the list.
    pub row: u64,
    /// Higher is better; comparable within one answer only.
    pub score: i64,
}

/// Points that a step in likeness is worth: more than the whole range of fields.
const LIKENESS_STEP: i64 = 100;
/// Points that a word counts at most, times this, before the title's fuzzy score.
const WORDS_STEP: i64 = 1_000_000;
/// The fuzzy score counts less than any word's points.
const MOST_FUZZY: i64 = WORDS_STEP - 1;

/// Titles that are weighed on one core before another one helps.
const SIDE_BY_SIDE: usize = 128;

/// Fields in which a short prefix or an unfinished word is looked for: its words are many elsewhere.
const PREFIX_FIELDS: [TextField; 5] =
    [TextField::Id, TextField::Title, TextField::Condition, TextField::Drug, TextField::Arm];

/// Puts candidates (sorted by segment and document) into order, best first.
///
/// # Errors
/// When the index cannot be read.
pub fn rank(
    plan: &Plan,
    candidates: &[Candidate],
    searcher: &Searcher,
    fields: &Fields,
    title: &dyn Fn(u64) -> String,
) -> Result<Vec<Ranked>, TantivyError> {
    let meanings = free_words(plan);
    let mut points = vec![0_i64; candidates.len()];
    for meaning in &meanings {
        let best = best_points(meaning, candidates, searcher, fields)?;
        for (sum, best) in points.iter_mut().zip(best) {
            *sum += best;
        }
    }
    let titles: Vec<String> = candidates.iter().map(|candidate| title(candidate.row)).collect();
    let weigher = Weigher::new(meanings.iter().map(|meaning| meaning.word.as_str()));
    let ranked = candidates.par_iter().zip(points).zip(titles).with_min_len(SIDE_BY_SIDE);
    let mut ranked: Vec<Ranked> = ranked
        .map(|((candidate, points), title)| {
            let weight = weigher.weigh(&letters::plain(&title)).clamp(0, MOST_FUZZY);
            Ranked { row: candidate.row, score: points * WORDS_STEP + weight }
        })
        .collect();
    ranked.sort_by_key(|r| (std::cmp::Reverse(r.score), r.row));
    Ok(ranked)
}

/// The words of the query that must be there, wherever.
fn free_words(plan: &Plan) -> Vec<&Meaning> {
    plan.clauses
        .iter()
        .filter(|clause| !clause.negated)
        .flat_map(|clause| &clause.any)
        .flat_map(|lookup| match lookup {
            Lookup::Words { meanings, .. } => meanings.as_slice(),
            _ => &[],
        })
        .collect()
}

/// For each candidate the points of one word: its best likeness in its best field.
fn best_points(
    meaning: &Meaning,
    candidates: &[Candidate],
    searcher: &Searcher,
    fields: &Fields,
) -> Result<Vec<i64>, TantivyError> {
    let mut best = vec![0_i64; candidates.len()];
    for field in TEXT_FIELDS {
        let mut at = 0;
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let end = candidates.partition_point(|c| c.segment <= number as u32);
            let (Some(part), Some(best)) = (candidates.get(at..end), best.get_mut(at..end)) else { break };
            at = end;
            if part.is_empty() {
                continue;
            }
            // In the fields to come a word is worth less: most need not be looked up there.
            let may_gain = |likeness: Likeness| best.iter().any(|points| *points < worth(likeness, field));
            for (likeness, docs) in lists(segment, fields, field, meaning, &may_gain)? {
                raise(docs, part, best, worth(likeness, field));
            }
        }
    }
    Ok(best)
}

/// What a match is worth.
fn worth(likeness: Likeness, field: TextField) -> i64 {
    (Likeness::Abbreviated as i64 - likeness as i64 + 1) * LIKENESS_STEP - field as i64
}

/// The documents in which a word stands in a field, by likeness; of likenesses that are wanted.
fn lists(
    segment: &SegmentReader,
    fields: &Fields,
    field: TextField,
    meaning: &Meaning,
    wanted: &dyn Fn(Likeness) -> bool,
) -> Result<Vec<(Likeness, Docs)>, TantivyError> {
    let handle = fields.text(field);
    let mut lists = Vec::new();
    if meaning.exact && wanted(Likeness::Exact) {
        lists.extend(postings::term(segment, handle, &meaning.word)?.map(|docs| (Likeness::Exact, docs)));
    }
    if meaning.prefix && PREFIX_FIELDS.contains(&field) && wanted(Likeness::Prefix) {
        let reach = Reach::Frame(&Cell::new(false));
        let docs = postings::prefix(segment, handle, field.has_beginnings(), &meaning.word, reach)?;
        lists.push((Likeness::Prefix, union(docs, segment.max_doc())));
    }
    for (other, likeness) in meaning.others.iter().filter(|(_, likeness)| wanted(*likeness)) {
        lists.extend(postings::term(segment, handle, other)?.map(|docs| (*likeness, docs)));
    }
    Ok(lists)
}

/// Gives the candidates (in ascending order) that are among the documents their worth, where they have less.
fn raise(mut docs: Docs, candidates: &[Candidate], best: &mut [i64], worth: i64) {
    for (candidate, points) in candidates.iter().zip(best).filter(|(_, points)| **points < worth) {
        let at = docs.doc();
        if at == candidate.doc || (at < candidate.doc && docs.seek(candidate.doc) == candidate.doc) {
            *points = worth;
        }
    }
}
