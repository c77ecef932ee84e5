//! A load in the background, whose end is always told.

use std::io;
use std::path::PathBuf;

use crossbeam_channel::{Receiver, Sender, bounded, never};

use super::worker;
use crate::library::{self, Cancel, LoadEvent, Progress};

/// Pieces of news that may wait: the loader slows down rather than fill the memory.
const WAITING: usize = 64;

/// The load that runs, if one does.
pub(super) struct Load {
    news: Receiver<LoadEvent>,
    cancel: Cancel,
    /// How far it had come, for a loader that died before it could say so.
    last: Progress,
}

impl Load {
    /// No load.
    pub(super) fn none() -> Self {
        Self { news: never(), cancel: Cancel::new(), last: Progress::default() }
    }

    /// Loads what is below these paths.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(paths: Vec<PathBuf>, deaths: &Sender<String>) -> io::Result<Self> {
        let (sender, news) = bounded(WAITING);
        let cancel = Cancel::new();
        let cancelled = cancel.clone();
        worker::spawn("load", deaths, move || {
            let done = library::load(paths, cancelled, sender).join();
            if let Err(panic) = done {
                std::panic::resume_unwind(panic);
            }
        })?;
        Ok(Self { news, cancel, last: Progress::default() })
    }

    /// Where its news arrives. The channel ends with the load.
    pub(super) fn news(&self) -> &Receiver<LoadEvent> {
        &self.news
    }

    /// Looks at news in passing.
    pub(super) fn note(&mut self, event: &LoadEvent) {
        match event {
            LoadEvent::Progress(progress) => self.last = *progress,
            LoadEvent::Done(_) => *self = Self::none(),
            LoadEvent::Batch(_) | LoadEvent::Problem(_) => {}
        }
    }

    /// The channel has ended without the end being told: the news of the end.
    pub(super) fn ended(&mut self) -> LoadEvent {
        let last = self.last;
        *self = Self::none();
        LoadEvent::Done(last)
    }

    /// Stops it; what has arrived stays.
    pub(super) fn cancel(&self) {
        self.cancel.cancel();
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}
