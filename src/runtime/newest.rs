//! A worker of which only the newest job counts: one that waits is replaced, one that runs may look whether it should
//! stop.

use std::io;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::worker;
use crate::app::Msg;

/// The way to the worker and back.
pub(super) struct Newest<J> {
    jobs: Sender<J>,
    /// To take back a job that still waits.
    waiting: Receiver<J>,
    answers: Receiver<Msg>,
}

/// What a job can ask and tell while it runs.
pub(super) struct Desk<'d, J> {
    waiting: &'d Receiver<J>,
    answers: &'d Sender<Msg>,
}

/// Nobody wants answers any more.
pub(super) struct Gone;

impl<J> Desk<'_, J> {
    /// Whether a newer job waits.
    pub(super) fn is_outdated(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Gives an answer; waits until there is room for it.
    ///
    /// # Errors
    /// When nobody wants it.
    pub(super) fn answer(&self, msg: Msg) -> Result<(), Gone> {
        self.answers.send(msg).map_err(|_| Gone)
    }

    /// Tells how far the job has come; what finds no room is told with the next.
    pub(super) fn progress(&self, msg: Msg) {
        let _ = self.answers.try_send(msg);
    }
}

impl<J: Send + 'static> Newest<J> {
    /// Starts the worker; `room` answers may wait to be taken in.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(
        name: &'static str,
        room: usize,
        deaths: &Sender<String>,
        mut work: impl FnMut(J, &Desk<'_, J>) -> Result<(), Gone> + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, waiting) = bounded::<J>(1);
        let (answer, answers) = bounded(room);
        let mine = waiting.clone();
        worker::spawn(name, deaths, move || {
            let desk = Desk { waiting: &mine, answers: &answer };
            for job in &mine {
                if work(job, &desk).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, waiting, answers })
    }

    /// Hands over a job in place of one that still waits.
    pub(super) fn send(&self, job: J) {
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
    use super::*;

    #[test]
    fn the_newest_job_is_always_answered() {
        let (deaths, _told) = bounded(1);
        let work = |job: u64, desk: &Desk<'_, u64>| match desk.is_outdated() {
            true => Ok(()),
            false => desk.answer(Msg::Arranged { generation: job, order: vec![] }),
        };
        let worker = Newest::start("tested", 1, &deaths, work).expect("a thread");
        (1..=100).for_each(|job| worker.send(job));
        let newest = |answer| matches!(answer, Msg::Arranged { generation: 100, .. });
        assert!(worker.answers().iter().any(newest));
    }
}
