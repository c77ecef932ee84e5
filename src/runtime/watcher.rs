//! Watching what is open: the system tells when it changes, nothing is polled. When it has been quiet for a moment it is
//! read again, on a thread of its own: of files those that changed, or a library that another program has written to.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, recommended_watcher};

use crate::app::Msg;
use crate::app::reload::{Reloaded, Renewed};
use crate::library::store::{READINGS, TOLD_BY};
use crate::library::{Library, Loaded, Pile};

/// How long files must have been quiet before they are read: who writes one often writes it in pieces.
const QUIET: Duration = Duration::from_millis(300);
/// Changes that may wait to be looked at.
const NAMES_WAITING: usize = 64;
/// Libraries that may wait to be compared with.
const SHOWN_WAITING: usize = 8;

/// Names of files that something has happened to.
type Names = HashSet<OsString>;

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

    /// Watches the files that were opened, and of which this was read. What the system cannot watch is left as it was read.
    pub(super) fn files(paths: Vec<PathBuf>, read: Loaded) -> Self {
        let watched: Vec<PathBuf> = paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
        if watched.is_empty() {
            return Self::none();
        }
        let ours = watched.clone();
        let targets: Vec<_> = watched.iter().map(|path| target(path)).collect();
        Self::start(
            &targets,
            move |event| concerns(event, &ours),
            None,
            move || {
                let mut pile = Pile::of(paths, read);
                move |names: &Names| {
                    let touched = |path: &Path| path.file_name().is_some_and(|name| names.contains(name));
                    let loaded = pile.renew(&touched);
                    Some(Msg::Reloaded(Reloaded { entries: loaded.entries, problems: loaded.problems }))
                }
            },
        )
    }

    /// Watches a library for what other programs write to it.
    pub(super) fn library(library: &Arc<Library>) -> Self {
        let (tell, told) = bounded(SHOWN_WAITING);
        let root = library.root().to_owned();
        let mut open = Open { shown: Arc::clone(library), newest: Arc::clone(library), told };
        Self::start(&[(&root, RecursiveMode::Recursive)], is_commit, Some(tell), move || {
            move |_: &Names| open.look()
        })
    }

    /// Tells what the look that is `prepared` finds whenever something that `concerns` it has changed and is quiet again.
    fn start<L: FnMut(&Names) -> Option<Msg>>(
        targets: &[(&Path, RecursiveMode)],
        concerns: impl Fn(&Event) -> bool + Send + 'static,
        shown: Option<Sender<Arc<Library>>>,
        prepared: impl FnOnce() -> L + Send + 'static,
    ) -> Self {
        let (changed, changes) = bounded::<Names>(NAMES_WAITING);
        let (tell, news) = bounded(1);
        let system = recommended_watcher(move |event: Result<Event, notify::Error>| {
            let Some(event) = event.ok().filter(|event| is_change(event) && concerns(event)) else { return };
            let names = event.paths.iter().filter_map(|path| path.file_name()).map(OsString::from);
            // Where there is no room enough is known: files tell by their dates and lengths too that they are other ones.
            if let Err(TrySendError::Disconnected(_)) = changed.try_send(names.collect()) {
                tracing::info!("nobody reads the files again");
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
        thread::spawn(move || look_again(prepared(), &changes, &tell));
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
fn look_again(mut look: impl FnMut(&Names) -> Option<Msg>, changes: &Receiver<Names>, tell: &Sender<Msg>) {
    while let Ok(mut names) = changes.recv() {
        while let Ok(more) = changes.recv_timeout(QUIET) {
            names.extend(more);
        }
        if look(&names).is_some_and(|msg| tell.send(msg).is_err()) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::{Cancel, load_all};

    fn record(id: &str, title: &str) -> String {
        format!(
            r#"{{"protocolSection":{{"identificationModule":{{"nctId":"{id}","briefTitle":"{title}"}}}}}}"#
        )
    }

    #[test]
    fn of_a_folder_the_file_that_is_replaced_is_read_again_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, other) = (folder.path().join("one.json"), folder.path().join("other.json"));
        fs::write(&file, record("NCT90000001", "before")).expect("written");
        fs::write(&other, record("NCT90000002", "other")).expect("written");
        let paths = vec![folder.path().to_owned()];
        let read = load_all(&paths, &Cancel::new());
        let before = read.entries.clone();
        let watcher = Watcher::files(paths, read);
        let part = folder.path().join(".part");
        fs::write(&part, record("NCT90000001", "after")).expect("written");
        fs::rename(&part, &file).expect("in its place");
        let told = watcher.news().recv_timeout(Duration::from_secs(60)).expect("news");
        let Msg::Reloaded(now) = told else { panic!("{told:?}") };
        assert_eq!(now.entries.first().map(|entry| entry.trial.title.as_str()), Some("after"));
        assert!(Arc::ptr_eq(&now.entries[1], &before[1]), "read again");
    }
}
