//! The worker that weighs a patient against trials. Only the newest job counts: one that runs or waits is given up.

use std::io;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::worker;
use crate::app::Msg;
use crate::app::patient::Weigh;

/// The way to the worker and back.
pub(super) struct Weigher {
    jobs: Sender<Weigh>,
    /// To take back a job that still waits.
    waiting: Receiver<Weigh>,
    answers: Receiver<Msg>,
}

impl Weigher {
    /// Starts the worker.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(deaths: &Sender<String>) -> io::Result<Self> {
        let (jobs, waiting) = bounded::<Weigh>(1);
        let (answer, answers) = bounded(1);
        let mine = waiting.clone();
        worker::spawn("patient", deaths, move || {
            for job in &mine {
                let generation = job.generation;
                let stop = || !mine.is_empty();
                let outcome = job.run(&stop, &mut |done| {
                    // Progress that finds no room is told with the next.
                    let _ = answer.try_send(Msg::Weighing { generation, done });
                });
                drop(job);
                let Some(outcome) = outcome else { continue };
                if answer.send(Msg::Weighed { generation, outcome }).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, waiting, answers })
    }

    /// Hands over a job in place of one that still waits.
    pub(super) fn send(&self, job: Weigh) {
        let mut job = job;
        while let Err(TrySendError::Full(back)) = self.jobs.try_send(job) {
            let _ = self.waiting.try_recv();
            job = back;
        }
    }

    /// Where the answers arrive.
    pub(super) fn answers(&self) -> &Receiver<Msg> {
        &self.answers
    }
}
