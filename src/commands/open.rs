//! Opening the records a printed command works on: `--from`, else the library if there is one, else the bundled samples.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use crossbeam_channel::{Receiver, bounded};

use super::{readings, words};
use crate::app::age;
use crate::config::paths::Paths;
use crate::library::store::{self, FaultKind, LibraryError, Writer};
use crate::library::{Cancel, Entry, Library, LoadEvent, Reviews, load, load_all, samples};
use crate::protocol::Trial;
use crate::reading::vocabularies::Vocabularies;

/// Pieces of news of a loader that may wait.
const WAITING: usize = 4;

/// Where a printed command takes its trials from.
#[derive(Args, Clone, Debug, Default)]
pub struct FromArgs {
    /// A file, folder, archive or - for standard input; may be given several times. Without it the library, else the
    /// bundled samples
    #[arg(long = "from", value_name = "PATH")]
    pub from: Vec<PathBuf>,
    /// The library
    #[command(flatten)]
    pub library: LibraryArgs,
    /// The bundled samples, even if there is a library
    #[arg(long, conflicts_with_all = ["from", "library"])]
    pub demo: bool,
}

/// Which library.
#[derive(Args, Clone, Debug, Default)]
pub struct LibraryArgs {
    /// The library's folder, instead of the one among your data
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
}

impl LibraryArgs {
    /// The library's folder.
    ///
    /// # Errors
    /// When none is named and there is no home to look in.
    pub fn folder(&self) -> Result<PathBuf> {
        match (&self.library, Paths::of_user()) {
            (Some(folder), _) => Ok(folder.clone()),
            (None, Some(paths)) => Ok(paths.library()),
            (None, None) => {
                bail!("there is no home folder to keep a library in: name one with --library DIR")
            }
        }
    }

    /// The library that was named, else the one among the user's data if there is one.
    ///
    /// # Errors
    /// When a named one is not there, or it cannot be opened.
    pub fn open(&self, warnings: &mut dyn Write) -> Result<Option<Library>> {
        match (&self.library, self.folder()) {
            (Some(folder), _) => library(folder, warnings).map(Some),
            (None, Ok(folder)) if Library::exists(&folder) => library(&folder, warnings).map(Some),
            (None, _) => Ok(None),
        }
    }
}

/// What a printed command works on.
#[derive(Debug)]
pub enum Opened {
    /// Records that were read for it.
    Entries(Vec<Arc<Entry>>),
    /// A library, whose records are read when they are asked for.
    Library(Box<Library>),
}

impl FromArgs {
    /// Opens the records. What cannot be read is told on `warnings`, one a line.
    ///
    /// # Errors
    /// When nothing at all could be read.
    pub fn open(&self, warnings: &mut dyn Write) -> Result<Opened> {
        self.open_with(&[], warnings)
    }

    /// The same, with more paths.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(&self, more: &[PathBuf], warnings: &mut dyn Write) -> Result<Opened> {
        let paths: Vec<PathBuf> = more.iter().chain(&self.from).cloned().collect();
        if paths.is_empty() {
            let library = if self.demo { None } else { self.library.open(warnings)? };
            let opened = library
                .map_or_else(|| Opened::Entries(samples()), |library| Opened::Library(Box::new(library)));
            return opened.with_words(warnings);
        }
        let loaded = load_all(&paths, &Cancel::new());
        for problem in &loaded.problems {
            writeln!(warnings, "trialdeck: {problem}")?;
        }
        if loaded.entries.is_empty() {
            bail!("nothing could be read");
        }
        Opened::Entries(loaded.entries).with_words(warnings)
    }
}

impl FromArgs {
    /// The records of the named paths one after the other as they are read, none of them kept; `None` when no path is
    /// named. What cannot be read is told on `warnings`.
    ///
    /// # Errors
    /// When the user's words cannot be told of.
    pub fn stream<'w>(&self, warnings: &'w mut dyn Write) -> Result<Option<Stream<'w>>> {
        if self.from.is_empty() {
            return Ok(None);
        }
        let (words, reviews) = (words::told(warnings)?, readings::told(warnings)?);
        let (sender, news) = bounded(WAITING);
        let cancel = Cancel::new();
        load(self.from.clone(), cancel.clone(), sender);
        Ok(Some(Stream { news, cancel, waiting: Vec::new().into_iter(), words, reviews, warnings }))
    }
}

/// Records as they are read.
pub struct Stream<'w> {
    news: Receiver<LoadEvent>,
    cancel: Cancel,
    waiting: std::vec::IntoIter<Arc<Entry>>,
    words: Arc<Vocabularies>,
    reviews: Arc<Reviews>,
    warnings: &'w mut dyn Write,
}

impl Iterator for Stream<'_> {
    type Item = Result<Arc<Entry>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.waiting.next() {
                entry.use_words(&self.words);
                entry.use_reviews(&self.reviews);
                return Some(Ok(entry));
            }
            match self.news.recv().ok()? {
                LoadEvent::Batch(batch) => self.waiting = batch.into_iter(),
                LoadEvent::Problem(problem) => {
                    if let Err(error) = writeln!(self.warnings, "trialdeck: {problem}") {
                        return Some(Err(error.into()));
                    }
                }
                LoadEvent::Progress(_) | LoadEvent::Done(_) => {}
            }
        }
    }
}

impl Drop for Stream<'_> {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl Opened {
    /// Has the records read with the user's words too. What is wrong with these is told on `warnings`.
    fn with_words(mut self, warnings: &mut dyn Write) -> Result<Self> {
        let words = words::told(warnings)?;
        let reviews = readings::told(warnings)?;
        match &mut self {
            Self::Entries(entries) => entries.iter().for_each(|entry| {
                entry.use_words(&words);
                entry.use_reviews(&reviews);
            }),
            Self::Library(library) => {
                library.use_words(words);
                library.use_reviews(reviews);
            }
        }
        Ok(self)
    }

    /// The trial with that id: any of a record's ids, in any case. A record's own id goes before the ids it mentions. Of
    /// several records the newest is taken, of equally old ones the first; the number of them is given too.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(&self, id: &str) -> Result<(Arc<Entry>, usize)> {
        let all = self.find_all(id)?;
        let count = all.len();
        let newest =
            all.into_iter().reduce(|first, next| if version(&next) > version(&first) { next } else { first });
        match newest {
            Some(newest) => Ok((newest, count)),
            None => bail!("there is no trial {id}; `trialdeck list` shows the ids"),
        }
    }

    /// All versions of the trial with that id, the oldest first; equally old ones in order.
    ///
    /// # Errors
    /// When there is none.
    pub fn versions(&self, id: &str) -> Result<Vec<Arc<Entry>>> {
        let mut all = self.find_all(id)?;
        if let Self::Library(library) = self {
            for row in library.find(id)? {
                all.extend(library.earlier_entries(row)?);
            }
        }
        if all.is_empty() {
            bail!("there is no trial {id}; `trialdeck list` shows the ids");
        }
        all.sort_by(|one, other| version(one).cmp(&version(other)));
        Ok(all)
    }

    /// All records of the trial with that id, in order.
    fn find_all(&self, id: &str) -> Result<Vec<Arc<Entry>>> {
        match self {
            Self::Entries(entries) => Ok(find_all(entries, id).into_iter().cloned().collect()),
            Self::Library(library) => {
                let found = library.find(id)?.into_iter().filter_map(|row| library.entry(row).transpose());
                Ok(found.collect::<Result<_, _>>()?)
            }
        }
    }

    /// The trial of a row.
    ///
    /// # Errors
    /// When its record cannot be read.
    pub fn entry(&self, row: u64) -> Result<Option<Arc<Entry>>> {
        match self {
            Self::Entries(entries) => Ok(usize::try_from(row).ok().and_then(|row| entries.get(row)).cloned()),
            Self::Library(library) => Ok(u32::try_from(row).map_or(Ok(None), |row| library.entry(row))?),
        }
    }

    /// Every row, in order.
    pub fn rows(&self) -> Vec<u64> {
        match self {
            Self::Entries(entries) => (0..entries.len() as u64).collect(),
            Self::Library(library) => library.rows().live().map(u64::from).collect(),
        }
    }

    /// The title of a row.
    pub fn title(&self, row: u64) -> String {
        let title = match self {
            Self::Entries(entries) => usize::try_from(row)
                .ok()
                .and_then(|row| entries.get(row))
                .map(|entry| entry.trial.title.as_str()),
            Self::Library(library) => u32::try_from(row).ok().and_then(|row| library.rows().title(row)),
        };
        title.unwrap_or_default().to_owned()
    }

    /// A row as far as a list shows it.
    pub fn head(&self, row: u64) -> Option<Cow<'_, Trial>> {
        match self {
            Self::Entries(entries) => {
                entries.get(usize::try_from(row).ok()?).map(|entry| Cow::Borrowed(&entry.trial))
            }
            Self::Library(library) => {
                library.rows().get(u32::try_from(row).ok()?).map(|row| Cow::Owned(row.head()))
            }
        }
    }
}

/// Opens the library in a folder; one of an older format is rebuilt first.
///
/// # Errors
/// When there is none, or it cannot be opened.
pub fn library(root: &Path, warnings: &mut dyn Write) -> Result<Library> {
    Ok(renewed(root, warnings, Library::open)?)
}

/// Opens the library in a folder for writing; one of an older format is rebuilt first.
///
/// # Errors
/// When it cannot be opened, or somebody else writes.
pub fn writer(root: &Path, since: &str, warnings: &mut dyn Write) -> Result<Writer> {
    Ok(renewed(root, warnings, |root| Writer::open(root, since))?)
}

fn renewed<T>(
    root: &Path,
    warnings: &mut dyn Write,
    open: impl Fn(&Path) -> Result<T, LibraryError>,
) -> Result<T, LibraryError> {
    match open(root) {
        Err(error) if error.kind == FaultKind::Older => {
            let _ =
                writeln!(warnings, "trialdeck: {}: rebuilding the library from its records", root.display());
            store::compact(root, &now(), false, &mut |_| {})?;
            open(root)
        }
        other => other,
    }
}

/// The time, as another program is told since when this one writes.
pub fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// All records of the trial with that id, in the input's order.
fn find_all<'e>(entries: &'e [Arc<Entry>], id: &str) -> Vec<&'e Arc<Entry>> {
    let own: Vec<_> = entries.iter().filter(|entry| entry.trial.id.eq_ignore_ascii_case(id)).collect();
    if !own.is_empty() {
        return own;
    }
    let mentions = |entry: &Entry| entry.trial.ids.iter().any(|known| known.id.eq_ignore_ascii_case(id));
    entries.iter().filter(|entry| mentions(entry)).collect()
}

/// The record's version or date; ISO dates, so that later ones are greater.
fn version(entry: &Entry) -> Option<&str> {
    let stated = entry.trial.source.as_ref().and_then(|source| source.version.as_deref());
    stated.or_else(|| age::last_update(&entry.trial))
}
