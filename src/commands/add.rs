//! `trialdeck add`: records into the library.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;
use crossbeam_channel::{RecvTimeoutError, bounded};

use super::Exit;
use super::open::{LibraryArgs, now, writer};
use super::progress::Meter;
use super::words;
use crate::library::store::{self, Added, Writer};
use crate::library::{self, Cancel, Entry, LoadEvent, Progress};

/// Arguments of `trialdeck add`.
#[derive(Args, Debug)]
pub struct AddArgs {
    /// Files, folders or archives, or - for standard input; none to go on reading the prose of what was added
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The library
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Keep the records that newer versions replace, and not only their dates
    #[arg(long)]
    pub keep_versions: bool,
    /// Leave the prose unread for now: typed limits (ecog<=1) and kinds find nothing in many records until then
    #[arg(long)]
    pub read_later: bool,
    /// Make what was added last after every N records, and at the end
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub commit_every: u64,
}

/// Pieces of news that may wait: the loader slows down rather than fill the memory.
const WAITING: usize = 16;

/// How long the loader may be silent before it is looked whether the person has stopped it.
const PATIENCE: Duration = Duration::from_millis(100);

/// What became of the records.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) new: u64,
    pub(super) replaced: u64,
    pub(super) unchanged: u64,
    pub(super) earlier: u64,
}

impl Counts {
    pub(super) fn note(&mut self, added: &Added) {
        *match added {
            Added::New => &mut self.new,
            Added::Replaced { .. } => &mut self.replaced,
            Added::Unchanged => &mut self.unchanged,
            Added::Earlier => &mut self.earlier,
        } += 1;
    }

    pub(super) fn told(&self) -> String {
        let mut told = format!("{} new, {} replaced, {} unchanged", self.new, self.replaced, self.unchanged);
        if self.earlier > 0 {
            told.push_str(&format!(", {} older than what is there", self.earlier));
        }
        told
    }
}

/// Adds, and tells what became of the records.
///
/// # Errors
/// When nothing could be read, or the library not be written.
pub fn run(args: &AddArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let interrupted = super::note_interrupt()?;
    let root = args.library.folder()?;
    if args.paths.is_empty() {
        return read_prose(&root, &interrupted, out, warnings);
    }
    let mut adding = Adding { args, root: &root, writer: None, counts: Counts::default(), uncommitted: 0 };
    let progress = adding.read(&interrupted, warnings)?;
    let counts = adding.counts;
    let Some(mut writer) = adding.writer else {
        if interrupted.load(Ordering::Relaxed) {
            return Ok(Exit::Interrupted);
        }
        bail!("nothing could be read");
    };
    writer.commit()?;
    let trials = writer.len();
    writer.finish()?;
    let unreadable = match progress.errors {
        0 => String::new(),
        errors => format!(", {errors} unreadable"),
    };
    let stopped = interrupted.load(Ordering::Relaxed);
    let stays = if stopped { "stopped; what was read stays: " } else { "" };
    writeln!(out, "{stays}{}{unreadable}; {trials} trials in {}", counts.told(), root.display())?;
    out.flush()?;
    if stopped || args.read_later {
        Ok(if stopped { Exit::Interrupted } else { Exit::Done })
    } else {
        read_prose(&root, &interrupted, out, warnings)
    }
}

/// Reads the prose for typed limits and kinds, where it has not been read.
fn read_prose(
    root: &Path,
    interrupted: &AtomicBool,
    out: &mut dyn Write,
    warnings: &mut dyn Write,
) -> Result<Exit> {
    let mut library = super::open::library(root, warnings)?;
    library.use_words(words::of_user().0);
    let mut meter = Meter::new();
    let (mut read, mut all) = (0, 0);
    store::read_prose(&library, &now(), &mut |done, of| {
        (read, all) = (done, of);
        meter.show(done, of, |left| format!("prose of {done} of {of} records read{left}"));
        !interrupted.load(Ordering::Relaxed)
    })?;
    meter.clear();
    if interrupted.load(Ordering::Relaxed) {
        writeln!(out, "stopped; the prose of {read} of {all} records was read, `trialdeck add` goes on")?;
        return Ok(Exit::Interrupted);
    }
    Ok(Exit::Done)
}

struct Adding<'a> {
    args: &'a AddArgs,
    root: &'a Path,
    /// Opened with the first record: what cannot be read makes no library.
    writer: Option<Writer>,
    counts: Counts,
    uncommitted: u64,
}

impl Adding<'_> {
    /// Reads and adds until all is read or the person has stopped it.
    fn read(&mut self, interrupted: &AtomicBool, warnings: &mut dyn Write) -> Result<Progress> {
        let (sender, news) = bounded(WAITING);
        let cancel = Cancel::new();
        let loading = library::load(absolute(&self.args.paths), cancel.clone(), sender);
        let mut meter = Meter::new();
        let mut progress = Progress::default();
        while !interrupted.load(Ordering::Relaxed) {
            let event = match news.recv_timeout(PATIENCE) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            match event {
                LoadEvent::Batch(batch) => self.add(&batch, interrupted, warnings)?,
                LoadEvent::Problem(problem) => {
                    meter.clear();
                    writeln!(warnings, "trialdeck: {problem}")?;
                }
                LoadEvent::Progress(now) | LoadEvent::Done(now) => {
                    progress = now;
                    let speed = meter.rate(now.bytes) / 1e6;
                    meter.show(now.bytes, now.total_bytes, |left| {
                        let (records, errors) = (now.records, now.errors);
                        format!("{records} records, {speed:.0} MB/s{left}, {errors} unreadable")
                    });
                }
            }
        }
        cancel.cancel();
        drop(news);
        // Who has stopped it does not wait for a loader that may hang in a read.
        if !interrupted.load(Ordering::Relaxed) && loading.join().is_err() {
            bail!("reading stopped at a fault of this program; what was added before is in the library");
        }
        Ok(progress)
    }

    fn add(
        &mut self,
        batch: &[Arc<Entry>],
        interrupted: &AtomicBool,
        warnings: &mut dyn Write,
    ) -> Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(writer(self.root, &now(), warnings)?),
        };
        for entry in batch {
            if interrupted.load(Ordering::Relaxed) {
                break;
            }
            self.counts.note(&writer.add(entry, self.args.keep_versions)?);
            self.uncommitted += 1;
            if self.uncommitted >= self.args.commit_every {
                writer.commit()?;
                self.uncommitted = 0;
            }
        }
        Ok(())
    }
}

/// The paths from the root, so that a record is known again from wherever it is added.
fn absolute(paths: &[PathBuf]) -> Vec<PathBuf> {
    let absolute = |path: &PathBuf| match path.as_os_str() == "-" {
        true => path.clone(),
        false => std::path::absolute(path).unwrap_or_else(|_| path.clone()),
    };
    paths.iter().map(absolute).collect()
}
