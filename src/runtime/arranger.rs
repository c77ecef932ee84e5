//! The worker that filters and sorts the list. Only the newest job counts: one that waits is replaced.

use std::io;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::worker;
use crate::app::{Arrange, Msg};

/// The way to the worker and back.
pub(super) struct Arranger {
    jobs: Sender<Arrange>,
    /// To take back a job that still waits.
    waiting: Receiver<Arrange>,
    answers: Receiver<Msg>,
}

impl Arranger {
    /// Starts the worker.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(deaths: &Sender<String>) -> io::Result<Self> {
        let (jobs, waiting) = bounded::<Arrange>(1);
        let (answer, answers) = bounded(1);
        let mine = waiting.clone();
        worker::spawn("list", deaths, move || {
            for job in &mine {
                let generation = job.generation;
                let order = job.run(&|| !mine.is_empty());
                // The list of trials can grow in place again.
                drop(job);
                let Some(order) = order else { continue };
                if answer.send(Msg::Arranged { generation, order }).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, waiting, answers })
    }

    /// Hands over a job in place of one that still waits.
    pub(super) fn send(&self, job: Arrange) {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::arrange::Sort;

    fn job(generation: u64) -> Arrange {
        Arrange {
            generation,
            trials: Arc::default(),
            library: None,
            filter: String::new(),
            sort: Sort::default(),
        }
    }

    #[test]
    fn the_newest_job_is_always_answered() {
        let (deaths, _told) = bounded(1);
        let arranger = Arranger::start(&deaths).expect("a thread");
        (1..=100).for_each(|generation| arranger.send(job(generation)));
        let newest = arranger.answers().iter().find_map(|answer| match answer {
            Msg::Arranged { generation: 100, order } => Some(order),
            _ => None,
        });
        assert_eq!(newest, Some(vec![]));
    }
}
