//! Opening the records a printed command works on: `--from`, else the bundled samples; and finding one by its id.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;

use crate::library::{Cancel, Entry, load_all, samples};

/// Where a printed command takes its trials from.
#[derive(Args, Clone, Debug, Default)]
pub struct FromArgs {
    /// A file, folder, archive or - for standard input; may be given several times
    #[arg(long = "from", value_name = "PATH")]
    pub from: Vec<PathBuf>,
}

impl FromArgs {
    /// Opens the records. What cannot be read is told on `warnings`, one a line.
    ///
    /// # Errors
    /// When nothing at all could be read.
    pub fn open(&self, warnings: &mut dyn Write) -> Result<Vec<Arc<Entry>>> {
        open(&self.from, warnings)
    }
}

/// Opens paths, or the samples when there are none. What cannot be read is told on `warnings`, one a line.
///
/// # Errors
/// When nothing at all could be read.
pub fn open(paths: &[PathBuf], warnings: &mut dyn Write) -> Result<Vec<Arc<Entry>>> {
    if paths.is_empty() {
        return Ok(samples());
    }
    let loaded = load_all(paths, &Cancel::new());
    for problem in &loaded.problems {
        writeln!(warnings, "trialdeck: {problem}")?;
    }
    if loaded.entries.is_empty() {
        bail!("nothing could be read");
    }
    Ok(loaded.entries)
}

/// The trial with that id: any of a record's ids, in any case. A record's own id goes before the ids it mentions. Of
/// several records the newest is taken, of equally old ones the first.
///
/// # Errors
/// When there is none.
pub fn find<'e>(entries: &'e [Arc<Entry>], id: &str) -> Result<&'e Arc<Entry>> {
    let all = find_all(entries, id);
    match all.iter().copied().reduce(|first, next| if version(next) > version(first) { next } else { first })
    {
        Some(newest) => Ok(newest),
        None => bail!("there is no trial {id}; `trialdeck list` shows the ids"),
    }
}

/// All records of the trial with that id, in the input's order.
pub fn find_all<'e>(entries: &'e [Arc<Entry>], id: &str) -> Vec<&'e Arc<Entry>> {
    let own: Vec<_> = entries.iter().filter(|entry| entry.trial.id.eq_ignore_ascii_case(id)).collect();
    if !own.is_empty() {
        return own;
    }
    let mentions = |entry: &Entry| entry.trial.ids.iter().any(|known| known.id.eq_ignore_ascii_case(id));
    entries.iter().filter(|entry| mentions(entry)).collect()
}

/// The record's version or date; ISO dates, so that later ones are greater.
fn version(entry: &Entry) -> Option<&str> {
    entry.trial.source.as_ref().and_then(|source| source.version.as_deref())
}
