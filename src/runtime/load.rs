//! A load in the background, whose end is always told.

use std::path::PathBuf;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, never};

use super::worker;
use crate::formats::RecordError;
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
    pub(super) fn start(paths: Vec<PathBuf>) -> Self {
        Self::run(move |cancel, sender| library::load(paths, cancel, sender))
    }

    /// Watches over a loader's thread. One that fails costs what it had not read yet, and not the program: the
    /// failure is told as a problem of the input.
    fn run(loader: impl FnOnce(Cancel, Sender<LoadEvent>) -> JoinHandle<()>) -> Self {
        let (sender, news) = bounded(WAITING);
        let cancel = Cancel::new();
        let loading = loader(cancel.clone(), sender.clone());
        std::thread::spawn(move || {
            if let Err(panic) = loading.join() {
                let reason =
                    format!("loading stopped at a fault of this program: {}", worker::last_words(&*panic));
                tracing::error!("{reason}");
                let problem = RecordError { file: "the input".to_owned(), place: None, reason };
                let _ = sender.send(LoadEvent::Problem(problem));
            }
        });
        Self { news, cancel, last: Progress::default() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_that_fails_is_told_of_and_ends() {
        let mut load = Load::run(|_, sender| {
            std::thread::spawn(move || {
                let read = Progress { records: 7, ..Progress::default() };
                sender.send(LoadEvent::Progress(read)).expect("heard");
                std::panic::resume_unwind(Box::new("out of luck"));
            })
        });
        let news: Vec<LoadEvent> = load.news().iter().collect();
        for event in &news {
            load.note(event);
        }
        assert!(
            matches!(news.as_slice(), [LoadEvent::Progress(_), LoadEvent::Problem(problem)] if problem.reason.ends_with("out of luck")),
            "{news:?}"
        );
        assert!(matches!(load.ended(), LoadEvent::Done(Progress { records: 7, .. })));
    }

    #[test]
    fn nobody_listening_any_more_ends_it() {
        let load = Load::start(vec![]);
        let cancel = load.cancel.clone();
        drop(load);
        assert!(cancel.is_cancelled());
    }
}
