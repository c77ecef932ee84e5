//! The worker that reads the prose of trials whose coverage the list shows. One job at a time; the app asks for the
//! next rows when a job is answered.

use std::io;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};
use rayon::prelude::*;

use super::worker;
use crate::app::Msg;
use crate::library::Entry;

/// The way to the worker and back.
pub(super) struct Reader {
    jobs: Sender<Vec<Arc<Entry>>>,
    answers: Receiver<Msg>,
}

impl Reader {
    /// Starts the worker.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(deaths: &Sender<String>) -> io::Result<Self> {
        let (jobs, mine) = bounded::<Vec<Arc<Entry>>>(1);
        let (answer, answers) = bounded(1);
        worker::spawn("reader", deaths, move || {
            for job in &mine {
                job.par_iter().for_each(|entry| {
                    entry.readings();
                });
                // The list of trials can grow in place again.
                drop(job);
                if answer.send(Msg::Read).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, answers })
    }

    /// Hands over a job; the app sends none while one is under way.
    pub(super) fn send(&self, job: Vec<Arc<Entry>>) {
        // A worker that died has told of it already.
        let _ = self.jobs.try_send(job);
    }

    /// Where the answers arrive.
    pub(super) fn answers(&self) -> &Receiver<Msg> {
        &self.answers
    }
}
