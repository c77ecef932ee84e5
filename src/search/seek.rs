//! The finder's job: a typed text over everything that is open, answered in steps so that the first rows show while
//! others are still looked for.

use std::sync::Arc;

use super::dictionary::Meaning;
use super::finder::{self, Found, Kind};
use super::query::{self, Query, Test};
use super::{Answer, listing, phrase, typed};
use crate::library::index::open::OpenIndex;
use crate::library::{Entry, Library};

/// Rows of a kind that are kept.
pub const MOST_OF_A_KIND: usize = 200;
/// Trials that are listed when nothing is typed.
const MOST_UNASKED: usize = 200;
/// After so many trials the rows found so far are told.
const STEPS: &[usize] = &[40, 150, 400];
/// Records of a library that are opened for one text.
const MOST_OPENED: usize = 250;
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
    /// More trials match than were looked into.
    pub more: bool,
    /// How many of those that match, the best of them, are looked into for their drugs, arms, endpoints, criteria and
    /// sites.
    pub looked_into: usize,
    /// Trials that were looked through, of how many.
    pub known: (usize, usize),
}

/// Says whether the job is not wanted any more.
type Stop<'a> = &'a dyn Fn() -> bool;

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
        let mut gathering = Gathering::new(self.generation, (all, all));
        let query = query::parse(&self.text, &typed::variable);
        if query.is_empty() {
            let rows = library.rows().live().take(MOST_UNASKED);
            let heads = rows.filter_map(|row| Some(Found::trial(row, &library.rows().get(row)?.head())));
            heads.for_each(|found| gathering.add(found));
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
                gathering.add(finder::head(*row, &listed.head(), &gathering.meanings));
            }
        }
        gathering.more |= rows.len() > MOST_OPENED;
        tell(gathering.told(rows.is_empty()));
        let entry = |row: u32| library.entry(row).ok().flatten();
        let opened = rows.get(..rows.len().min(MOST_OPENED)).unwrap_or_default();
        gathering.look_into(opened, &entry, &query, stop, tell);
    }

    fn in_open(&self, index: &mut Option<OpenIndex>, stop: Stop<'_>, tell: &mut dyn FnMut(Sought)) {
        let all = self.trials.len();
        let query = query::parse(&self.text, &typed::variable);
        if query.is_empty() {
            let mut gathering = Gathering::new(self.generation, (all, all));
            let heads = (0u32..).zip(self.trials.iter()).take(MOST_UNASKED);
            heads.for_each(|(row, entry)| gathering.add(Found::trial(row, &entry.trial)));
            return tell(gathering.told(true));
        }
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
                return tell(Gathering::new(self.generation, (0, all)).told(true));
            };
            let end = all.min(index.len() + stride);
            let more = self.trials.get(index.len()..end).unwrap_or_default();
            if let Err(error) = index.extend(more) {
                tracing::warn!("the index cannot be built: {error}");
                return tell(Gathering::new(self.generation, (index.len(), all)).told(true));
            }
            if stop() || !self.ask(index, &query, stop, tell) || end == all {
                return;
            }
            stride *= 2;
        }
    }

    /// Asks the index as far as it is; `false` when `stop` said so.
    fn ask(&self, index: &OpenIndex, query: &Query, stop: Stop<'_>, tell: &mut dyn FnMut(Sought)) -> bool {
        let at = |row: u64| usize::try_from(row).ok().and_then(|row| self.trials.get(row));
        let title = |row: u64| at(row).map(|entry| entry.trial.title.clone()).unwrap_or_default();
        let limit =
            |row: u64, test: &Test| !stop() && at(row).is_some_and(|entry| phrase::holds(entry, test));
        let answer = answered(super::search(index.index(), query, &title, &limit));
        if stop() {
            return false;
        }
        let mut gathering = Gathering::new(self.generation, (index.len(), self.trials.len()));
        gathering.asked(&answer, query);
        let rows: Vec<u32> = answer.hits.iter().filter_map(|hit| u32::try_from(hit.row).ok()).collect();
        let entry = |row: u32| self.trials.get(row as usize).cloned();
        gathering.look_into(&rows, &entry, query, stop, tell)
    }
}

fn answered(answer: Result<Answer, tantivy::TantivyError>) -> Answer {
    answer.unwrap_or_else(|error| {
        tracing::warn!("the index cannot be searched: {error}");
        Answer::default()
    })
}

/// Rows as they are gathered, in the order of their trials.
struct Gathering {
    generation: u64,
    kinds: [Vec<Found>; Kind::ALL.len()],
    counts: [usize; Kind::ALL.len()],
    meanings: Arc<Vec<Meaning>>,
    more: bool,
    looked_into: usize,
    known: (usize, usize),
}

impl Gathering {
    fn new(generation: u64, known: (usize, usize)) -> Self {
        let (kinds, counts) = (Default::default(), Default::default());
        Self { generation, kinds, counts, meanings: Arc::default(), more: false, looked_into: 0, known }
    }

    /// What the words were taken for: those of phrases are as they stand.
    fn asked(&mut self, answer: &Answer, query: &Query) {
        self.more = answer.more;
        let mut meanings = answer.meanings.clone();
        meanings.extend(super::phrase_words(query));
        meanings.truncate(64);
        self.meanings = Arc::new(meanings);
    }

    fn add(&mut self, found: Found) {
        let at = found.kind.index();
        let (Some(kind), Some(count)) = (self.kinds.get_mut(at), self.counts.get_mut(at)) else { return };
        if found.kind == Kind::Trial && kind.iter().any(|known| known.is(&found)) {
            return;
        }
        *count += 1;
        kind.push(found);
    }

    /// The rows of these trials, told in steps; `false` when `stop` said so.
    fn look_into(
        &mut self,
        rows: &[u32],
        entry: &dyn Fn(u32) -> Option<Arc<Entry>>,
        query: &Query,
        stop: Stop<'_>,
        tell: &mut dyn FnMut(Sought),
    ) -> bool {
        self.looked_into = rows.len();
        let complete = self.known.0 == self.known.1;
        for (nth, row) in rows.iter().enumerate() {
            if stop() {
                return false;
            }
            if STEPS.contains(&nth) {
                tell(self.told(false));
            }
            let Some(entry) = entry(*row) else { continue };
            for found in finder::rows(*row, &entry, query, &Arc::clone(&self.meanings)) {
                self.add(found);
            }
        }
        tell(self.told(complete));
        true
    }

    fn told(&self, done: bool) -> Sought {
        let mut rows = Vec::new();
        for kind in &self.kinds {
            let mut best: Vec<&Found> = kind.iter().collect();
            best.sort_by_key(|found| found.key());
            rows.extend(best.into_iter().take(MOST_OF_A_KIND).cloned());
        }
        Sought {
            generation: self.generation,
            rows,
            counts: self.counts,
            meanings: Arc::clone(&self.meanings),
            done,
            more: self.more,
            looked_into: self.looked_into,
            known: self.known,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::samples;

    fn sought(text: &str, stop: Stop<'_>) -> Vec<Sought> {
        let seek = Seek {
            generation: 7,
            text: text.to_owned(),
            trials: Arc::new(samples()),
            edition: 0,
            library: None,
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

    #[test]
    fn nothing_typed_lists_the_trials_and_nothing_is_told_when_it_is_not_wanted() {
        assert_eq!(sought("", &|| false)[0].rows.len(), 4);
        assert!(sought("regorafenib", &|| true).is_empty());
    }
}
