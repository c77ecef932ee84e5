//! The trials that a plan lets through: first those with every word in the title, then those with them anywhere, last
//! those whose records have to be read for it.

use std::cell::{Cell, RefCell};

use tantivy::query::{EnableScoring, PhraseQuery, Query as _};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TantivyError, Term};

use super::columns::{self, DocTest};
use super::plan::{Lookup, Plan, PlannedClause};
use super::postings::{self, Docs, Everything, Reach, union, walk};
use super::query::Test;
use crate::library::index::schema::{Fields, TEXT_FIELDS, TextField};

/// How many candidates are ranked.
pub const MOST_CANDIDATES: usize = 1_000;

/// A trial that a plan lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The segment.
    pub segment: u32,
    /// The document in it.
    pub doc: DocId,
    /// The trial's row in the list.
    pub row: u64,
}

/// How many records are read for the phrases of one query where the answer must come within a frame.
pub const READ_WITHIN_A_FRAME: usize = 4;

/// Answers a typed limit, or a phrase in one of the long texts, for a row.
pub type LimitTest<'a> = &'a dyn Fn(u64, &Test) -> bool;

/// Where words are looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Those without a field in the title, phrases by their places.
    Title,
    /// Those without a field anywhere, phrases by their places.
    All,
    /// Anywhere, and phrases in the records too where the index has no places.
    Records,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Up to [`MOST_CANDIDATES`] trials, sorted by segment and document.
    pub found: Vec<Candidate>,
    /// There may be more.
    pub more: bool,
}

/// Up to [`MOST_CANDIDATES`] trials; `most_read` records at most are read for phrases without places.
///
/// # Errors
/// When the index cannot be read.
pub fn candidates(
    plan: &Plan,
    searcher: &Searcher,
    fields: &Fields,
    limit: LimitTest<'_>,
    most_read: usize,
) -> Result<Candidates, TantivyError> {
    let mut found = Vec::new();
    let left_out = Cell::new(false);
    if has_loose_phrases(plan, true) {
        // What must not be said can only be told from the records. A record that is not read within a frame may say it,
        // and may not say what must be said: it comes later, if it does.
        let barred = negated_tests(plan);
        let left = Cell::new(most_read);
        let limit = |row: u64, test: &Test| match (test, left.get().checked_sub(1)) {
            (Test::Text { .. }, None) => barred.contains(&test),
            (Test::Text { .. }, Some(rest)) => {
                left.set(rest);
                limit(row, test)
            }
            _ => limit(row, test),
        };
        collect(plan, searcher, fields, Scope::Records, &limit, &left_out, &mut found)?;
        return Ok(Candidates {
            more: found.len() >= MOST_CANDIDATES || left.get() == 0 || left_out.get(),
            found,
        });
    }
    if has_free_words(plan) {
        collect(plan, searcher, fields, Scope::Title, limit, &left_out, &mut found)?;
    }
    if found.len() < MOST_CANDIDATES {
        collect(plan, searcher, fields, Scope::All, limit, &left_out, &mut found)?;
    }
    let left = Cell::new(most_read);
    if found.len() < MOST_CANDIDATES && has_loose_phrases(plan, false) {
        let limit = |row: u64, test: &Test| match test {
            Test::Text { .. } => left.take().checked_sub(1).is_some_and(|rest| {
                left.set(rest);
                limit(row, test)
            }),
            _ => limit(row, test),
        };
        collect(plan, searcher, fields, Scope::Records, &limit, &left_out, &mut found)?;
    }
    Ok(Candidates { more: found.len() >= MOST_CANDIDATES || left.get() == 0 || left_out.get(), found })
}

/// How many trials a plan lets through in all; fewer when `stop`, which is told how many were counted, said so.
///
/// # Errors
/// When the index cannot be read.
pub fn count(
    plan: &Plan,
    searcher: &Searcher,
    fields: &Fields,
    limit: LimitTest<'_>,
    stop: &dyn Fn(usize) -> bool,
) -> Result<usize, TantivyError> {
    let mut count = 0;
    for segment in searcher.segment_readers() {
        Segment { segment, fields, scope: Scope::Records, limit, reach: Reach::Whole }.walk(
            plan,
            &mut |_| {
                count += 1;
                !stop(count)
            },
        )?;
    }
    Ok(count)
}

/// The rows of all trials that a plan lets through, in the list's order.
///
/// # Errors
/// When the index cannot be read.
pub fn rows(
    plan: &Plan,
    searcher: &Searcher,
    fields: &Fields,
    limit: LimitTest<'_>,
) -> Result<Vec<u64>, TantivyError> {
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        let rows = segment.fast_fields().u64("row")?;
        Segment { segment, fields, scope: Scope::Records, limit, reach: Reach::Whole }.walk(
            plan,
            &mut |doc| {
                found.extend(rows.first(doc));
                true
            },
        )?;
    }
    found.sort_unstable();
    Ok(found)
}

fn has_free_words(plan: &Plan) -> bool {
    plan.clauses.iter().flat_map(|c| &c.any).any(|l| matches!(l, Lookup::Words { field: None, .. }))
}

/// The fields in which a phrase has to be looked for in the records.
fn loose_fields(field: Option<TextField>) -> &'static [TextField] {
    match field {
        // Its words may stand in any field.
        None => &[TextField::Elsewhere],
        Some(TextField::Outcome) => &[TextField::Outcome],
        Some(TextField::Criteria) => &[TextField::Criteria],
        Some(_) => &[],
    }
}

/// Whether a clause that must (not) hold has a phrase for which records have to be read.
fn has_loose_phrases(plan: &Plan, negated: bool) -> bool {
    let clauses = plan.clauses.iter().filter(|clause| clause.negated == negated);
    clauses.flat_map(|clause| &clause.any).any(|lookup| {
        matches!(lookup, Lookup::Phrase { field, words, .. } if words.len() > 1 && !loose_fields(*field).is_empty())
    })
}

/// The phrases that must not be said.
fn negated_tests(plan: &Plan) -> Vec<&Test> {
    let negated = plan.clauses.iter().filter(|clause| clause.negated);
    negated
        .flat_map(|clause| &clause.any)
        .filter_map(|lookup| match lookup {
            Lookup::Phrase { test, .. } => Some(test),
            _ => None,
        })
        .collect()
}

/// Adds what a scope finds to what was found before it, up to [`MOST_CANDIDATES`] in all; `found` is sorted then.
fn collect(
    plan: &Plan,
    searcher: &Searcher,
    fields: &Fields,
    scope: Scope,
    limit: LimitTest<'_>,
    left_out: &Cell<bool>,
    found: &mut Vec<Candidate>,
) -> Result<(), TantivyError> {
    let before = std::mem::take(found);
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        if before.len() + found.len() >= MOST_CANDIDATES {
            break;
        }
        let rows = segment.fast_fields().u64("row")?;
        Segment { segment, fields, scope, limit, reach: Reach::Frame(left_out) }.walk(plan, &mut |doc| {
            let candidate =
                Candidate { segment: number as u32, doc, row: rows.first(doc).unwrap_or_default() };
            if before.binary_search(&candidate).is_err() {
                found.push(candidate);
            }
            before.len() + found.len() < MOST_CANDIDATES
        })?;
    }
    found.extend(before);
    found.sort_unstable();
    Ok(())
}

/// One segment, and how it is asked.
struct Segment<'a> {
    segment: &'a SegmentReader,
    fields: &'a Fields,
    scope: Scope,
    limit: LimitTest<'a>,
    reach: Reach<'a>,
}

impl Segment<'_> {
    fn walk(&self, plan: &Plan, found: &mut dyn FnMut(DocId) -> bool) -> Result<(), TantivyError> {
        let mut needed: Vec<Docs> = Vec::new();
        let mut barred: Vec<Docs> = Vec::new();
        let mut tests: Vec<DocTest> = Vec::new();
        let mut limits: Vec<&Test> = Vec::new();
        let mut told: Vec<(RefCell<Docs>, &Test)> = Vec::new();
        for clause in &plan.clauses {
            match (clause.negated, clause.any.as_slice()) {
                (true, _) => barred.push(self.clause_docs(clause)?),
                (false, [Lookup::Column(field, comparator, operand)]) => {
                    tests.push(columns::comparison(self.segment, *field, *comparator, operand)?);
                }
                (false, [Lookup::Limit(test)]) => limits.push(test),
                (false, [Lookup::Phrase { field, words, test }]) if self.reads(*field, words) => {
                    // A record is read last, when all else holds.
                    let anywhere = vec![self.placed(*field, words)?, self.loose(*field, words)?];
                    needed.push(union(anywhere, self.segment.max_doc()));
                    told.push((RefCell::new(self.placed(*field, words)?), test));
                }
                (false, [Lookup::Words { field, meanings }]) => {
                    for meaning in meanings {
                        needed.push(self.word_docs(*field, meaning)?);
                    }
                }
                _ => needed.push(self.clause_docs(clause)?),
            }
        }
        if needed.is_empty() {
            needed.push(Box::new(Everything::below(self.segment.max_doc())));
        }
        let rows = self.segment.fast_fields().u64("row")?;
        let passes = |doc: DocId| {
            !self.segment.is_deleted(doc)
                && tests.iter().all(|test| test(doc))
                && limits.iter().all(|test| rows.first(doc).is_some_and(|row| (self.limit)(row, test)))
                && told.iter().all(|(placed, test)| {
                    has(&mut *placed.borrow_mut(), doc)
                        || rows.first(doc).is_some_and(|row| (self.limit)(row, test))
                })
        };
        walk(needed, barred, &passes, found);
        Ok(())
    }

    fn word_docs(
        &self,
        field: Option<TextField>,
        meaning: &super::dictionary::Meaning,
    ) -> Result<Docs, TantivyError> {
        let (field, beginnings) = match (field, self.scope) {
            (Some(field), _) => (self.fields.text(field), field.has_beginnings()),
            (None, Scope::Title) => (self.fields.text(TextField::Title), true),
            (None, _) => (self.fields.all, true),
        };
        postings::word(self.segment, field, beginnings, meaning, self.reach)
    }

    /// The documents of a clause of any shape.
    fn clause_docs(&self, clause: &PlannedClause) -> Result<Docs, TantivyError> {
        let lists =
            clause.any.iter().map(|lookup| self.lookup_docs(lookup)).collect::<Result<Vec<_>, _>>()?;
        Ok(union(lists, self.segment.max_doc()))
    }

    fn lookup_docs(&self, lookup: &Lookup) -> Result<Docs, TantivyError> {
        match lookup {
            Lookup::Words { field, meanings } => {
                let words =
                    meanings.iter().map(|m| self.word_docs(*field, m)).collect::<Result<Vec<_>, _>>()?;
                Ok(self.gathered(words, &|_| true))
            }
            Lookup::Phrase { field, words, test } if self.reads(*field, words) => {
                let rows = self.segment.fast_fields().u64("row")?;
                let placed = RefCell::new(self.placed(*field, words)?);
                let holds = |doc| {
                    has(&mut *placed.borrow_mut(), doc)
                        || rows.first(doc).is_some_and(|row| (self.limit)(row, test))
                };
                let anywhere = vec![self.placed(*field, words)?, self.loose(*field, words)?];
                Ok(self.gathered(vec![union(anywhere, self.segment.max_doc())], &holds))
            }
            Lookup::Phrase { field, words, .. } => self.placed(*field, words),
            Lookup::Code(field, word) => columns::code(self.segment, self.fields, *field, word),
            Lookup::Column(field, comparator, operand) => {
                let test = columns::comparison(self.segment, *field, *comparator, operand)?;
                let everything: Docs = Box::new(Everything::below(self.segment.max_doc()));
                Ok(self.gathered(vec![everything], &*test))
            }
            Lookup::Limit(test) => {
                let rows = self.segment.fast_fields().u64("row")?;
                let everything: Docs = Box::new(Everything::below(self.segment.max_doc()));
                let holds = |doc| rows.first(doc).is_some_and(|row| (self.limit)(row, test));
                Ok(self.gathered(vec![everything], &holds))
            }
        }
    }

    /// The documents in all of the lists that pass a test, as one list.
    fn gathered(&self, lists: Vec<Docs>, test: &dyn Fn(DocId) -> bool) -> Docs {
        let mut docs = Vec::new();
        walk(lists, Vec::new(), test, &mut |doc| {
            docs.push(doc);
            true
        });
        Box::new(postings::Sorted::new(docs))
    }

    /// Whether the records have to be read for a phrase.
    fn reads(&self, field: Option<TextField>, words: &[String]) -> bool {
        self.scope == Scope::Records && words.len() > 1 && !loose_fields(field).is_empty()
    }

    /// The documents that have a phrase in a field whose words have places.
    fn placed(&self, field: Option<TextField>, words: &[String]) -> Result<Docs, TantivyError> {
        let fields: Vec<TextField> = field.map_or(TEXT_FIELDS.to_vec(), |field| vec![field]);
        let mut lists: Vec<Docs> = Vec::new();
        for field in fields {
            let handle = self.fields.text(field);
            let [first, _, ..] = words else {
                // One word is no phrase.
                let word = words.first().map(String::as_str).unwrap_or_default();
                lists.extend(postings::term(self.segment, handle, word)?);
                continue;
            };
            let index = self.segment.inverted_index(handle)?;
            let missing = index.get_term_info(&Term::from_field_text(handle, first))?.is_none();
            if missing || matches!(field, TextField::Criteria | TextField::Elsewhere) {
                continue;
            }
            let terms = words.iter().map(|word| Term::from_field_text(handle, word)).collect();
            let weight =
                PhraseQuery::new(terms).weight(EnableScoring::disabled_from_schema(self.segment.schema()))?;
            lists.push(Box::new(weight.scorer(self.segment, 1.0)?));
        }
        // Looking for a phrase takes longer than walking: not further than is asked for.
        Ok(postings::side_by_side(lists))
    }

    /// The documents that have all words of a phrase in one of the fields with long texts.
    fn loose(&self, field: Option<TextField>, words: &[String]) -> Result<Docs, TantivyError> {
        let mut lists: Vec<Docs> = Vec::new();
        for field in loose_fields(field) {
            let found = words.iter().map(|word| postings::term(self.segment, self.fields.text(*field), word));
            let found: Option<Vec<Docs>> = found.collect::<Result<_, _>>()?;
            lists.extend(found.map(|words| self.gathered(words, &|_| true)));
        }
        Ok(union(lists, self.segment.max_doc()))
    }
}

/// Whether a document is in a list that is asked in ascending order.
fn has(docs: &mut dyn DocSet, doc: DocId) -> bool {
    docs.doc() == doc || (docs.doc() < doc && docs.seek(doc) == doc)
}
