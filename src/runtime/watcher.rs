//! Watching what is open: the system tells when it changes, nothing is polled. When it has been quiet for a moment it is
//! read again, on a thread of its own: files, or a library that another program has written to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, recommended_watcher};

use crate::app::Msg;
use crate::app::reload::{Reloaded, Renewed};
use crate::library::store::{READINGS, TOLD_BY};
use crate::library::{Cancel, Library, load_all};

/// How long files must have been quiet before they are read: who writes one often writes it in pieces.
const QUIET: Duration = Duration::from_millis(300);
/// Libraries that may wait to be compared with.
const SHOWN_WAITING: usize = 8;

/// What watches; it ends when dropped.
pub(super) struct Watcher {
    /// Kept alive: the system tells as long as it lives.
    _system: Option<RecommendedWatcher>,
    news: Receiver<Msg>,
    /// The library that is on the screen.
    shown: Option<Sender<Arc<Library>>>,
}

impl Watcher {
    /// Nothing is watched.
    pub(super) fn none() -> Self {
        Self { _system: None, news: crossbeam_channel::never(), shown: None }
    }

    /// Watches the files that were opened. What the system cannot watch is left as it was read.
    pub(super) fn files(paths: &[PathBuf]) -> Self {
        let paths: Vec<PathBuf> = paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
        if paths.is_empty() {
            return Self::none();
        }
        let watched = paths.clone();
        let targets: Vec<_> = watched.iter().map(|path| target(path)).collect();
        let ours = paths.clone();
        Self::start(
            &targets,
            move |event| concerns(event, &ours),
            None,
            move || {
                let loaded = load_all(&paths, &Cancel::new());
                Some(Msg::Reloaded(Reloaded { entries: loaded.entries, problems: loaded.problems }))
            },
        )
    }

    /// Watches a library for what other programs write to it.
    pub(super) fn library(library: &Arc<Library>) -> Self {
        let (tell, told) = bounded(SHOWN_WAITING);
        let root = library.root().to_owned();
        let mut open = Open { shown: Arc::clone(library), newest: Arc::clone(library), told };
        Self::start(&[(&root, RecursiveMode::Recursive)], is_commit, Some(tell), move || open.look())
    }

    /// Tells what `look` finds whenever something that `concerns` it has changed and is quiet again.
    fn start(
        targets: &[(&Path, RecursiveMode)],
        concerns: impl Fn(&Event) -> bool + Send + 'static,
        shown: Option<Sender<Arc<Library>>>,
        look: impl FnMut() -> Option<Msg> + Send + 'static,
    ) -> Self {
        let (changed, changes) = bounded::<()>(1);
        let (tell, news) = bounded(1);
        let system = recommended_watcher(move |event: Result<Event, notify::Error>| {
            if event.is_ok_and(|event| is_change(&event) && concerns(&event)) {
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
        for (path, mode) in targets {
            if let Err(error) = system.watch(path, *mode) {
                tracing::info!("{} is not watched: {error}", path.display());
            }
        }
        thread::spawn(move || look_again(look, &changes, &tell));
        Self { _system: Some(system), news, shown }
    }

    /// Where what was read again arrives.
    pub(super) fn news(&self) -> &Receiver<Msg> {
        &self.news
    }

    /// What is told from now on is told of the difference from this library.
    pub(super) fn shown(&self, library: Arc<Library>) {
        // Without room it would be told of an older one, which is said less plainly.
        self.shown.iter().for_each(|shown| drop(shown.try_send(Arc::clone(&library))));
    }
}

/// A library that is open.
struct Open {
    /// The one on the screen.
    shown: Arc<Library>,
    /// The one that was told last.
    newest: Arc<Library>,
    told: Receiver<Arc<Library>>,
}

impl Open {
    /// Opens a newer commit, if there is one.
    fn look(&mut self) -> Option<Msg> {
        match self.newest.newer() {
            Ok(None) => None,
            Ok(Some(newer)) => {
                self.shown = self.told.try_iter().last().unwrap_or_else(|| Arc::clone(&self.shown));
                let renewed = Renewed::of(&self.shown, newer);
                self.newest = Arc::clone(&renewed.library);
                Some(Msg::Renewed(Ok(Box::new(renewed))))
            }
            Err(error) => Some(Msg::Renewed(Err(error.to_string()))),
        }
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

/// Whether something was written, put or taken away. That files are read says nothing.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_) | EventKind::Other)
}

/// Whether it is where we look.
fn concerns(event: &Event, watched: &[PathBuf]) -> bool {
    let is_ours = |changed: &PathBuf| {
        watched.iter().any(|path| path.is_dir() || path.file_name() == changed.file_name())
    };
    event.paths.is_empty() || event.paths.iter().any(is_ours)
}

/// Whether a library's files tell that something was committed, or read of its prose: most of what a writer writes says
/// nothing before that.
fn is_commit(event: &Event) -> bool {
    let tells = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = path.parent().and_then(Path::file_name).and_then(|folder| folder.to_str());
        TOLD_BY.contains(&name) || (folder == Some(READINGS) && !name.ends_with(".part"))
    };
    event.paths.is_empty() || event.paths.iter().any(tells)
}

/// Sleeps until something has changed and is quiet again, then looks.
fn look_again(mut look: impl FnMut() -> Option<Msg>, changes: &Receiver<()>, tell: &Sender<Msg>) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET).is_ok() {}
        if look().is_some_and(|msg| tell.send(msg).is_err()) {
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
        let watcher = Watcher::files(std::slice::from_ref(&file));
        let part = folder.path().join("one.part");
        std::fs::write(&part, record("after")).expect("written");
        std::fs::rename(&part, &file).expect("in its place");
        let told = watcher.news().recv_timeout(Duration::from_secs(60)).expect("news");
        let Msg::Reloaded(read) = told else { panic!("{told:?}") };
        assert_eq!(read.entries.first().map(|entry| entry.trial.title.as_str()), Some("after"));
    }
}
