//! The finder's job: a typed text over everything that is open, answered in steps so that the first rows show while
//! others are still looked for.

use std::sync::Arc;

use super::dictionary::Meaning;
use super::finder::{Found, Kind};
use super::gathering::Gathering;
use super::query::{self, Query, Test};
use super::{Answer, listing, phrase, typed};
use crate::library::index::open::OpenIndex;
use crate::library::{Entry, Library};

/// Rows of a kind that are kept.
pub const MOST_OF_A_KIND: usize = 200;
/// Trials that are listed when nothing is typed.
const MOST_UNASKED: usize = 200;
/// Trials that are looked into at most where their prose has to be read for it.
const MOST_READ: usize = 250;
/// Trials between two looks at whether counting them is still wanted.
const STRIDE: usize = 256;
/// How many open trials are taken into the index before it is asked: first few, then more.
const FIRST_STRIDE: usize = 256;

/// The job.
#[derive(Clone, Debug)]
pub struct Seek {
    /// To tell a late answer from the one that is waited for.
    pub generation: u64,
    /// What was typed.
    pub text: String,
    /// The trials; none when they are a library's.
    pub trials: Arc<Vec<Arc<Entry>>>,
    /// Which trials these are: another number when some were replaced, and not only added.
    pub edition: u64,
    /// The library, when one is open.
    pub library: Option<Arc<Library>>,
    /// Only trials are wanted, none of their rows.
    pub trials_alone: bool,
    /// It was answered already, and only the trials have changed: told when all is found.
    pub again: bool,
}

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// The job's generation.
    pub generation: u64,
    /// The rows, kind by kind in their order, the best of each first.
    pub rows: Vec<Found>,
    /// How many there are of each kind, those that were not kept too.
    pub counts: [usize; Kind::ALL.len()],
    /// What the typed words were taken for: what lights up in a preview.
    pub meanings: Arc<Vec<Meaning>>,
    /// Nothing more comes.
    pub done: bool,
    /// What this is an answer about.
    pub covered: Covered,
}

/// What was looked through for an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// Something was asked for.
    pub asked: bool,
    /// Trials that are open.
    pub open: usize,
    /// Those of them that the index holds so far.
    pub indexed: usize,
    /// Those that match.
    pub matching: usize,
    /// More of them match: they have not been counted.
    pub uncounted: bool,
    /// The best of those that match: they are looked into for drugs, arms, endpoints, criteria and sites.
    pub best: usize,
    /// Those that have been.
    pub read: usize,
    /// Those of them whose records cannot be read.
    pub unreadable: usize,
}

/// Says whether the job is not wanted any more.
pub(super) type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

impl Seek {
    /// Looks, and tells what was found in steps; the last has `done`. Ends without when `stop` says so. `index` is that of
    /// the open trials, from one job to the next.
    pub fn run(&self, index: &mut Option<OpenIndex>, stop: Stop<'_>, tell: &mut dyn FnMut(Sought)) {
        match &self.library {
            Some(library) => self.in_library(library, stop, tell),
            None => self.in_open(index, stop, tell),
        }
    }

    fn in_library(&self, library: &Library, stop: Stop<'_>, tell: &mut dyn FnMut(Sought)) {
        let all = usize::try_from(library.len()).unwrap_or(usize::MAX);
        let mut gathering = Gathering::new(self.generation, all, all);
        let query = query::parse(&self.text, &typed::variable);
        if query.is_empty() {
            let rows = library.rows().live().take(MOST_UNASKED);
            let heads = rows.filter_map(|row| Some(Found::trial(row, &library.rows().get(row)?.head())));
            heads.for_each(|found| gathering.add(found));
            gathering.counted(all);
            return tell(gathering.told(true));
        }
        let title = |row: u64| {
            let title = u32::try_from(row).ok().and_then(|row| library.rows().title(row));
            title.unwrap_or_default().to_owned()
        };
        let limit = |row: u64, test: &Test| !stop() && listing::holds(library, row, test);
        let answer = answered(super::search(library.index(), &query, &title, &limit));
        if stop() {
            return;
        }
        gathering.asked(&answer, &query);
        let rows: Vec<u32> = answer.hits.iter().filter_map(|hit| u32::try_from(hit.row).ok()).collect();
        // Titles are at hand; what stands in the records comes after.
        for row in &rows {
            if let Some(listed) = library.rows().get(*row) {
                gathering.add_head(*row, &listed.head());
            }
        }
        let best = rows.get(..self.most_read(&query).min(rows.len())).unwrap_or_default();
        gathering.covered.best = best.len();
        tell(gathering.told(best.is_empty() && !answer.more));
        let entry = |row: u32| library.entry(row).ok().flatten();
        if !gathering.look_into(best, &entry, &query, stop, tell) {
            return;
        }
        // Limits have been read out of a library's prose before.
        if answer.more && !asks_for_phrases(&query) {
            let count = super::count(library.index(), &query, &limit, &|count| count % STRIDE == 0 && stop());
            match count {
                Ok(count) => gathering.counted(count),
                Err(error) => tracing::warn!("the index cannot be counted: {error}"),
            }
        }
        if !stop() {
            tell(gathering.told(true));
        }
    }

    /// How many of the best trials are looked into.
    fn most_read(&self, query: &Query) -> usize {
        match asks_for_limits(query) {
            _ if self.trials_alone => 0,
            true => MOST_READ,
            false => usize::MAX,
        }
    }

    fn in_open(&self, index: &mut Option<OpenIndex>, stop: Stop<'_>, tell: &mut dyn FnMut(Sought)) {
        let all = self.trials.len();
        let query = query::parse(&self.text, &typed::variable);
        if query.is_empty() {
            let mut gathering = Gathering::new(self.generation, all, all);
            let heads = (0u32..).zip(self.trials.iter()).take(MOST_UNASKED);
            heads.for_each(|(row, entry)| gathering.add(Found::trial(row, &entry.trial)));
            gathering.counted(all);
            return tell(gathering.told(true));
        }
        // Rows that are shown already do not go while others are looked for.
        let mut in_steps = !self.again;
        let mut stride = FIRST_STRIDE;
        loop {
            let fits =
                index.as_ref().is_some_and(|index| index.edition() == self.edition && index.len() <= all);
            if !fits {
                *index = OpenIndex::new(self.edition)
                    .inspect_err(|error| tracing::warn!("no index: {error}"))
                    .ok();
            }
            let Some(index) = index.as_mut() else {
                return tell(Gathering::new(self.generation, 0, all).told(true));
            };
            let end = all.min(index.len() + stride);
            let more = self.trials.get(index.len()..end).unwrap_or_default();
            if let Err(error) = index.extend(more) {
                tracing::warn!("the index cannot be built: {error}");
                return tell(Gathering::new(self.generation, index.len(), all).told(true));
            }
            if stop() || !self.ask(index, &query, in_steps, stop, tell) || end == all {
                return;
            }
            in_steps = false;
            stride *= 2;
        }
    }

    /// Asks the index as far as it is; `false` when `stop` said so.
    fn ask(
        &self,
        index: &OpenIndex,
        query: &Query,
        in_steps: bool,
        stop: Stop<'_>,
        tell: &mut dyn FnMut(Sought),
    ) -> bool {
        let at = |row: u64| usize::try_from(row).ok().and_then(|row| self.trials.get(row));
        let title = |row: u64| at(row).map(|entry| entry.trial.title.clone()).unwrap_or_default();
        let limit =
            |row: u64, test: &Test| !stop() && at(row).is_some_and(|entry| phrase::holds(entry, test));
        let answer = answered(super::search(index.index(), query, &title, &limit));
        if stop() {
            return false;
        }
        let mut gathering = Gathering::new(self.generation, index.len(), self.trials.len());
        gathering.asked(&answer, query);
        let rows: Vec<u32> = answer.hits.iter().filter_map(|hit| u32::try_from(hit.row).ok()).collect();
        let entry = |row: u32| self.trials.get(row as usize).cloned();
        for row in &rows {
            entry(*row).iter().for_each(|entry| gathering.add_head(*row, &entry.trial));
        }
        let best = rows.get(..self.most_read(query).min(rows.len())).unwrap_or_default();
        gathering.covered.best = best.len();
        let mut step = |sought| {
            if in_steps {
                tell(sought)
            }
        };
        if !gathering.look_into(best, &entry, query, stop, &mut step) {
            return false;
        }
        if answer.more && !asks_for_phrases(query) && !asks_for_limits(query) {
            let stopped = |count| count % STRIDE == 0 && stop();
            gathering.counted(super::count(index.index(), query, &limit, &stopped).unwrap_or_default());
        }
        tell(gathering.told(index.len() == self.trials.len()));
        !stop()
    }
}

/// Whether every record that may match would have to be looked into to count those that do.
fn asks_for_phrases(query: &Query) -> bool {
    tests(query).any(|test| matches!(test, Test::Text { phrase: true, .. }))
}

/// Whether the prose of every trial that may match would have to be read, where that was not done before.
fn asks_for_limits(query: &Query) -> bool {
    tests(query).any(typed::is_limit)
}

fn tests(query: &Query) -> impl Iterator<Item = &Test> {
    query.clauses.iter().flat_map(|clause| &clause.any).map(|atom| &atom.test)
}

fn answered(answer: Result<Answer, tantivy::TantivyError>) -> Answer {
    answer.unwrap_or_else(|error| {
        tracing::warn!("the index cannot be searched: {error}");
        Answer::default()
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::formats::Record;
    use crate::library::samples;
    use crate::library::store::{self, Writer};
    use crate::protocol::{Eligibility, Trial};

    fn sought(text: &str, stop: Stop<'_>) -> Vec<Sought> {
        let seek = Seek {
            generation: 7,
            text: text.to_owned(),
            trials: Arc::new(samples()),
            edition: 0,
            library: None,
            trials_alone: false,
            again: false,
        };
        let mut told = Vec::new();
        seek.run(&mut None, stop, &mut |sought| told.push(sought));
        told
    }

    #[test]
    fn a_misspelt_drug_finds_its_rows_in_every_kind() {
        let told = sought("regorafanib", &|| false);
        let last = told.last().expect("an answer");
        assert!(last.done && last.generation == 7);
        for kind in [Kind::Trial, Kind::Drug] {
            let of_kind: Vec<&Found> = last.rows.iter().filter(|row| row.kind == kind).collect();
            assert!(!of_kind.is_empty(), "{kind:?}");
            assert_eq!(of_kind.len(), last.counts[kind.index()], "{kind:?}");
        }
        assert!(last.rows.iter().any(|row| row.kind == Kind::Drug && !row.marks.is_empty()));
    }

    /// A library of trials that let in up to ECOG 1 and 2 in turn, its prose read.
    fn library(folder: &Path, count: usize) -> Library {
        let mut writer = Writer::open(folder, "2026-01-01 12:00").expect("a writer");
        for number in 0..count {
            let trial = Trial {
                id: format!("T-{number}"),
                title: format!("Zorafenib {number}"),
                eligibility: Eligibility {
                    text: Some(format!("Inclusion Criteria:\n\n* ECOG 0-{}", number % 2 + 1)),
                    ..Eligibility::default()
                },
                ..Trial::default()
            };
            let entry = Entry::new(Record { trial, raw: None });
            writer.add(&Arc::new(entry), false).expect("added");
        }
        writer.commit().expect("committed");
        writer.finish().expect("finished");
        let library = Library::open(folder).expect("a library");
        store::read_prose(&library, "2026-01-01 12:00", &mut |_, _| true).expect("read");
        Library::open(folder).expect("a library")
    }

    #[test]
    fn trials_of_a_library_that_are_not_ranked_are_counted_by_their_limits_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let library = Arc::new(library(&folder.path().join("library"), 2_400));
        let seek = Seek {
            generation: 1,
            text: "ecog<=1".to_owned(),
            trials: Arc::default(),
            edition: 0,
            library: Some(library),
            trials_alone: true,
            again: false,
        };
        let mut told = Vec::new();
        seek.run(&mut None, &|| false, &mut |sought| told.push(sought));
        let (first, last) = (told.first().expect("an answer"), told.last().expect("an answer"));
        assert_eq!((first.covered.matching, first.covered.uncounted), (1_000, true), "at once, the best");
        assert_eq!((last.covered.matching, last.covered.uncounted, last.done), (1_200, false, true));
        assert_eq!(last.counts[Kind::Trial.index()], 1_200);
    }

    #[test]
    fn nothing_typed_lists_the_trials_and_nothing_is_told_when_it_is_not_wanted() {
        assert_eq!(sought("", &|| false)[0].rows.len(), 4);
        assert!(sought("regorafenib", &|| true).is_empty());
    }
}
