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

/// The trial with that id: any of a record's ids, in any case.
///
/// # Errors
/// When there is none.
pub fn find<'e>(entries: &'e [Arc<Entry>], id: &str) -> Result<&'e Arc<Entry>> {
    let is = |entry: &&Arc<Entry>, id: &str| {
        let trial = &entry.trial;
        trial.id.eq_ignore_ascii_case(id) || trial.ids.iter().any(|known| known.id.eq_ignore_ascii_case(id))
    };
    let exact = entries.iter().find(|entry| entry.trial.id.eq_ignore_ascii_case(id));
    match exact.or_else(|| entries.iter().find(|entry| is(entry, id))) {
        Some(entry) => Ok(entry),
        None => bail!("there is no trial {id}; `trialdeck list` shows the ids"),
    }
}
