//! What the finder has found so far, kind by kind, the best first; the records of the trials that the index found are
//! read for it side by side.

use std::sync::Arc;

use rayon::prelude::*;

use super::Answer;
use super::dictionary::Meaning;
use super::finder::{self, Found, Kind};
use super::query::Query;
use super::seek::{Covered, MOST_OF_A_KIND, Sought, Stop};
use crate::library::Entry;
use crate::protocol::Trial;

/// After so many trials the rows found so far are told.
const STEPS: [usize; 5] = [10, 40, 150, 400, usize::MAX];
/// Rows of a kind at which those that are not among the best are forgotten.
const ROOM: usize = 4 * MOST_OF_A_KIND;

/// Rows as they are gathered, in the order of their trials.
pub(super) struct Gathering {
    generation: u64,
    kinds: [Vec<Found>; Kind::ALL.len()],
    counts: [usize; Kind::ALL.len()],
    meanings: Arc<Vec<Meaning>>,
    /// What is told of what was looked through.
    pub covered: Covered,
}

impl Gathering {
    pub(super) fn new(generation: u64, indexed: usize, open: usize) -> Self {
        let (kinds, counts) = (Default::default(), Default::default());
        let covered = Covered { indexed, open, ..Covered::default() };
        Self { generation, kinds, counts, meanings: Arc::default(), covered }
    }

    /// What the words were taken for: those of phrases are as they stand.
    pub(super) fn asked(&mut self, answer: &Answer, query: &Query) {
        self.covered.asked = true;
        self.covered.uncounted = answer.more;
        self.covered.matching = answer.hits.len();
        let mut meanings = answer.meanings.clone();
        meanings.extend(super::phrase_words(query));
        meanings.truncate(64);
        self.meanings = Arc::new(meanings);
    }

    /// So many trials match in all.
    pub(super) fn counted(&mut self, count: usize) {
        let matching = count.max(self.covered.matching);
        self.covered.matching = matching;
        self.covered.uncounted = false;
        if let Some(trials) = self.counts.get_mut(Kind::Trial.index()) {
            *trials = matching;
        }
    }

    pub(super) fn add(&mut self, found: Found) {
        let at = found.kind.index();
        let (Some(kind), Some(count)) = (self.kinds.get_mut(at), self.counts.get_mut(at)) else { return };
        *count += 1;
        kind.push(found);
        if kind.len() >= ROOM {
            // Of equals the earlier ones stay: those that come later are not among the best either.
            kind.sort_by_key(Found::key);
            kind.truncate(MOST_OF_A_KIND);
        }
    }

    /// A trial that matches.
    pub(super) fn add_head(&mut self, row: u32, head: &Trial) {
        let found = finder::head(row, head, &self.meanings);
        self.add(found);
    }

    /// The rows of these trials, told in steps; `false` when `stop` said so.
    pub(super) fn look_into(
        &mut self,
        rows: &[u32],
        entry: &(dyn Fn(u32) -> Option<Arc<Entry>> + Sync),
        query: &Query,
        stop: Stop<'_>,
        tell: &mut dyn FnMut(Sought),
    ) -> bool {
        let mut rest = rows;
        for step in STEPS {
            let (now, later) = rest.split_at(step.saturating_sub(self.covered.read).min(rest.len()));
            rest = later;
            let meanings = Arc::clone(&self.meanings);
            let rows_of = |row: &u32| {
                let entry = entry(*row).filter(|_| !stop())?;
                Some(finder::rows(*row, &entry, query, &meanings))
            };
            let found: Vec<Option<Vec<Found>>> =
                now.par_iter().map(|row| if stop() { None } else { rows_of(row) }).collect();
            if stop() {
                return false;
            }
            self.covered.read += found.len();
            self.covered.unreadable += found.iter().filter(|found| found.is_none()).count();
            found.into_iter().flatten().flatten().for_each(|found| self.add(found));
            if rest.is_empty() {
                break;
            }
            tell(self.told(false));
        }
        true
    }

    pub(super) fn told(&self, done: bool) -> Sought {
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
            covered: self.covered,
        }
    }
}
