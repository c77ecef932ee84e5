//! `trialdeck readings`: second readers' verdicts, out for a team and in from one.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};

use super::Exit;
use crate::config::paths::Paths;
use crate::desk::reviews::Store;
use crate::library::Reviews;
use crate::output::json;

/// Arguments of `trialdeck readings`.
#[derive(Args, Debug)]
pub struct ReadingsCommand {
    /// What to do
    #[command(subcommand)]
    pub what: What,
}

/// What can be done with them.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Print all verdicts as JSON
    Export,
    /// Take a team's verdicts in; of two on one row the later holds
    Import {
        /// What `export` printed; - for standard input
        file: PathBuf,
    },
}

/// The user's verdicts, and what is wrong with files that could not be read.
pub fn of_user() -> (Arc<Reviews>, Vec<(PathBuf, String)>) {
    let (reviews, broken) =
        Paths::of_user().map(|paths| Store::at(paths.readings()).load()).unwrap_or_default();
    (Arc::new(reviews), broken)
}

/// [`of_user`], what is wrong told on `warnings`, one a line.
///
/// # Errors
/// When `warnings` cannot be written.
pub fn told(warnings: &mut dyn Write) -> std::io::Result<Arc<Reviews>> {
    let (reviews, broken) = of_user();
    for (path, reason) in broken {
        writeln!(warnings, "trialdeck: {}: {reason}; these verdicts are not used", path.display())?;
    }
    Ok(reviews)
}

/// Exports or imports.
///
/// # Errors
/// When a file cannot be read or written, or is none of verdicts.
pub fn run(args: &ReadingsCommand, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let paths = Paths::of_user().ok_or_else(|| anyhow!("there is no home folder to keep verdicts in"))?;
    let store = Store::at(paths.readings());
    match &args.what {
        What::Export => {
            json::escaped(&told(warnings)?.shared()?, out)?;
            writeln!(out)?;
        }
        What::Import { file } => import(&store, file, out)?,
    }
    Ok(Exit::Done)
}

fn import(store: &Store, file: &Path, out: &mut dyn Write) -> Result<()> {
    let named = file.display();
    let text = if file.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock())
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.with_context(|| format!("{named}: cannot be read"))?;
    let (mut reviews, broken) = store.load();
    let (imported, changed) = reviews.take_in(&text).map_err(|reason| anyhow!("{named}: {reason}"))?;
    for trial in &changed {
        let file = store.file(trial);
        // A file that cannot be read may hold somebody's work: it is not written over.
        if let Some((path, reason)) = broken.iter().find(|(path, _)| *path == file) {
            return Err(anyhow!("{}: {reason}: mend it or take it away first", path.display()));
        }
        store.save(&reviews, trial).with_context(|| format!("{}: cannot be written", file.display()))?;
    }
    let known = imported.known;
    writeln!(out, "{} added, {} newer, {known} known here already", imported.added, imported.newer)?;
    Ok(())
}
