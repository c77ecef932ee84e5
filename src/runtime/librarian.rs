//! The worker that reads records of the library. Only the newest wishes count: those that wait are replaced.

use std::io;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::worker;
use crate::app::Msg;
use crate::library::Library;

/// Records that may wait to be taken in.
const WAITING: usize = 16;

/// The way to the worker and back.
pub(super) struct Librarian {
    wishes: Sender<Vec<u32>>,
    /// To take back wishes that still wait.
    waiting: Receiver<Vec<u32>>,
    answers: Receiver<Msg>,
}

impl Librarian {
    /// Starts the worker; without a library it sleeps for ever.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(library: Option<Arc<Library>>, deaths: &Sender<String>) -> io::Result<Self> {
        let (wishes, waiting) = bounded::<Vec<u32>>(1);
        let (answer, answers) = bounded(WAITING);
        let mine = waiting.clone();
        worker::spawn("library", deaths, move || {
            let Some(library) = library else { return mine.iter().for_each(drop) };
            for rows in &mine {
                for row in rows {
                    if answer.send(read(&library, row)).is_err() {
                        return;
                    }
                    if !mine.is_empty() {
                        break;
                    }
                }
            }
        })?;
        Ok(Self { wishes, waiting, answers })
    }

    /// Hands over wishes in place of those that still wait.
    pub(super) fn send(&self, rows: Vec<u32>) {
        let mut rows = rows;
        while let Err(TrySendError::Full(back)) = self.wishes.try_send(rows) {
            let _ = self.waiting.try_recv();
            rows = back;
        }
    }

    /// Where the records arrive.
    pub(super) fn answers(&self) -> &Receiver<Msg> {
        &self.answers
    }
}

/// Reads one record.
pub(super) fn read(library: &Library, row: u32) -> Msg {
    let read = match library.entry(row) {
        Ok(Some(entry)) => Ok(entry),
        Ok(None) => Err("this trial was removed from the library".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    Msg::Record { row, read }
}
