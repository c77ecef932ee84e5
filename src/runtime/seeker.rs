//! The worker that looks for what is typed into the finder. Only the newest job counts: one that runs or waits is given
//! up. The index of the open trials lives here, from one job to the next.

use std::io;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::worker;
use crate::app::Msg;
use crate::search::seek::Seek;

/// Answers that may wait to be taken in.
const WAITING: usize = 4;

/// The way to the worker and back.
pub(super) struct Seeker {
    jobs: Sender<Seek>,
    /// To take back a job that still waits.
    waiting: Receiver<Seek>,
    answers: Receiver<Msg>,
}

impl Seeker {
    /// Starts the worker.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(deaths: &Sender<String>) -> io::Result<Self> {
        let (jobs, waiting) = bounded::<Seek>(1);
        let (answer, answers) = bounded(WAITING);
        let mine = waiting.clone();
        worker::spawn("finder", deaths, move || {
            let mut index = None;
            for job in &mine {
                let stop = || !mine.is_empty();
                job.run(&mut index, &stop, &mut |sought| {
                    let _ = answer.send(Msg::Sought(Box::new(sought)));
                });
            }
        })?;
        Ok(Self { jobs, waiting, answers })
    }

    /// Hands over a job in place of one that still waits.
    pub(super) fn send(&self, job: Seek) {
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
