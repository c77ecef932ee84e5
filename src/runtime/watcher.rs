//! Watching the files that are open: the system tells when they change, nothing is polled. When they have been quiet for
//! a moment they are read again, as a whole, on a thread of their own.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, recommended_watcher};

use crate::app::reload::Reloaded;
use crate::library::{Cancel, load_all};

/// How long files must have been quiet before they are read: who writes one often writes it in pieces.
const QUIET: Duration = Duration::from_millis(300);

/// What watches; it ends when dropped.
pub(super) struct Watcher {
    /// Kept alive: the system tells as long as it lives.
    _system: Option<RecommendedWatcher>,
    news: Receiver<Reloaded>,
}

impl Watcher {
    /// Nothing is watched.
    pub(super) fn none() -> Self {
        Self { _system: None, news: crossbeam_channel::never() }
    }

    /// Watches what was opened. What the system cannot watch is left as it was read.
    pub(super) fn start(paths: &[PathBuf]) -> Self {
        let paths: Vec<PathBuf> = paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
        if paths.is_empty() {
            return Self::none();
        }
        let (changed, changes) = bounded::<()>(1);
        let (tell, news) = bounded(1);
        let watched = paths.clone();
        let system = recommended_watcher(move |event: Result<Event, notify::Error>| {
            if event.is_ok_and(|event| concerns(&event, &watched)) {
                // One that waits says it already.
                if let Err(TrySendError::Disconnected(())) = changed.try_send(()) {
                    tracing::info!("nobody reads the files again");
                }
            }
        });
        let mut system = match system {
            Ok(system) => system,
            Err(error) => {
                tracing::info!("files are not watched: {error}");
                return Self::none();
            }
        };
        for path in &paths {
            let (path, mode) = target(path);
            if let Err(error) = system.watch(path, mode) {
                tracing::info!("{} is not watched: {error}", path.display());
            }
        }
        thread::spawn(move || read_again(&paths, &changes, &tell));
        Self { _system: Some(system), news }
    }

    /// Where what was read again arrives.
    pub(super) fn news(&self) -> &Receiver<Reloaded> {
        &self.news
    }
}

/// A file is watched through its folder: editors write a new one in its place.
fn target(path: &Path) -> (&Path, RecursiveMode) {
    if path.is_dir() {
        return (path, RecursiveMode::Recursive);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    (folder.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)
}

/// Whether something was written, put or taken away where we look. That files are read says nothing.
fn concerns(event: &Event, watched: &[PathBuf]) -> bool {
    if matches!(event.kind, EventKind::Access(_) | EventKind::Other) {
        return false;
    }
    let is_ours = |changed: &PathBuf| {
        watched.iter().any(|path| path.is_dir() || path.file_name() == changed.file_name())
    };
    event.paths.is_empty() || event.paths.iter().any(is_ours)
}

/// Sleeps until something has changed and is quiet again, then reads everything.
fn read_again(paths: &[PathBuf], changes: &Receiver<()>, tell: &Sender<Reloaded>) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET).is_ok() {}
        let loaded = load_all(paths, &Cancel::new());
        let reloaded = Reloaded { entries: loaded.entries, problems: loaded.problems };
        if tell.send(reloaded).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_replaced_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one.json");
        let record = |title: &str| {
            format!(
                r#"{{"protocolSection":{{"identificationModule":{{"nctId":"NCT90000001","briefTitle":"{title}"}}}}}}"#
            )
        };
        std::fs::write(&file, record("before")).expect("written");
        let watcher = Watcher::start(std::slice::from_ref(&file));
        let part = folder.path().join("one.part");
        std::fs::write(&part, record("after")).expect("written");
        std::fs::rename(&part, &file).expect("in its place");
        let read = watcher.news().recv_timeout(Duration::from_secs(60)).expect("news");
        assert_eq!(read.entries.first().map(|entry| entry.trial.title.as_str()), Some("after"));
    }
}
