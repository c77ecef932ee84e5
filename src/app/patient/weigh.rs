//! Weighing a patient against many trials, as a job that can run elsewhere: reading their prose takes its time.

use std::sync::Arc;

use rayon::prelude::*;

use crate::app::arrange::Stop;
use crate::library::{Entry, Library};
use crate::matching::limit::Truth;
use crate::matching::question::Asked;
use crate::matching::{self, Known, NextQuestion, Patient, Verdict};

/// Trials between two looks at whether the job is still wanted, and two tellings of how far it is.
const STRIDE: usize = 64;

/// The job: this patient against these trials.
#[derive(Clone, Debug)]
pub struct Weigh {
    /// To tell a late answer from the one that is waited for.
    pub generation: u64,
    /// The patient.
    pub patient: Patient,
    /// The trials.
    pub trials: Trials,
}

/// Where the trials are.
#[derive(Clone, Debug)]
pub enum Trials {
    /// In memory, each with its index.
    Open(Vec<(u32, Arc<Entry>)>),
    /// Rows of a library: their records are read on the way.
    Library(Arc<Library>, Vec<u32>),
}

impl Trials {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Open(entries) => entries.len(),
            Self::Library(_, rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them; none when its record cannot be read.
    fn entry(&self, nth: usize) -> Option<(u32, Arc<Entry>)> {
        match self {
            Self::Open(entries) => entries.get(nth).cloned(),
            Self::Library(library, rows) => {
                let row = *rows.get(nth)?;
                Some((row, library.entry(row).ok().flatten()?))
            }
        }
    }
}

/// How a trial stands to a patient, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Every limit that was read is met.
    Met,
    /// Nothing known speaks against it, and something is not known.
    Open,
    /// Only time since something stands in the way.
    Waits,
    /// A limit is failed.
    Closed,
    /// No limit was read that could be weighed.
    NotRead,
}

/// What came of one trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// Its index.
    pub trial: u32,
    /// How it stands.
    pub standing: Standing,
    /// Limits met; of alternatives one counts for all.
    pub met: usize,
    /// Limits failed.
    pub failed: usize,
    /// Limits not known.
    pub unknown: usize,
    /// In how many days every washout that is known will be over; none when none has to be waited for.
    pub opens_in_days: Option<f64>,
    /// Washouts that are not known.
    pub open_washouts: usize,
}

/// What came of all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The trials, the best standing first, of equals those with the fewest limits failed, then not known, then
    /// the most met.
    pub trials: Vec<Weighed>,
    /// What to ask next.
    pub question: Option<NextQuestion>,
    /// Records that could not be read.
    pub unreadable: usize,
}

impl Weigh {
    /// Weighs them all; `None` when `stop` said so. `done` is told how many are, now and then.
    pub fn run(&self, stop: Stop<'_>, done: &mut dyn FnMut(usize)) -> Option<Outcome> {
        let known = Known::of(&self.patient);
        let count = self.trials.len();
        let mut weighed_all: Vec<(u32, Arc<Entry>, Verdict)> = Vec::with_capacity(count);
        for start in (0..count).step_by(STRIDE) {
            if stop() {
                return None;
            }
            let end = (start + STRIDE).min(count);
            weighed_all.par_extend((start..end).into_par_iter().filter_map(|nth| {
                let (trial, entry) = self.trials.entry(nth)?;
                let verdict = verdict(&known, &entry);
                Some((trial, entry, verdict))
            }));
            done(end);
        }
        let asked: Vec<Asked<'_>> = weighed_all
            .iter()
            .map(|(_, entry, verdict)| Asked {
                trial: &entry.trial,
                limits: &entry.readings().criteria.facts,
                verdict,
            })
            .collect();
        let question = matching::next_question(&self.patient, &asked, &matching::canonical);
        let mut trials: Vec<Weighed> =
            weighed_all.iter().map(|(trial, _, verdict)| weighed(*trial, verdict)).collect();
        trials.sort_by_key(|weighed| {
            (weighed.standing, weighed.failed, weighed.unknown, std::cmp::Reverse(weighed.met))
        });
        Some(Outcome { question, unreadable: count - trials.len(), trials })
    }
}

/// A patient against one trial.
pub fn verdict(known: &Known<'_>, entry: &Entry) -> Verdict {
    matching::verdict(known, &entry.trial, &entry.readings().criteria.facts, &matching::canonical)
}

fn weighed(trial: u32, verdict: &Verdict) -> Weighed {
    let standing = match verdict.overall() {
        _ if verdict.lines.is_empty() => Standing::NotRead,
        Truth::Yes => Standing::Met,
        Truth::Unknown => Standing::Open,
        Truth::No if verdict.waits() => Standing::Waits,
        Truth::No => Standing::Closed,
    };
    Weighed {
        trial,
        standing,
        met: verdict.count(Truth::Yes),
        failed: verdict.count(Truth::No),
        unknown: verdict.count(Truth::Unknown),
        opens_in_days: verdict.opens_in_days,
        open_washouts: verdict.open_washouts(),
    }
}
