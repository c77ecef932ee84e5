//! `trialdeck library`: looking after the library.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};

use super::Exit;
use super::fetch::{self, RegistryArgs};
use super::open::{LibraryArgs, library, now, writer};
use super::progress::Meter;
use crate::library::Library;
use crate::library::store::{self, LibraryError};
use crate::output::guard::one_line;

/// Arguments of `trialdeck library`.
#[derive(Args, Debug)]
pub struct LibraryCommand {
    /// What to do
    #[command(subcommand)]
    pub what: What,
    /// The library's folder, instead of the one among your data
    #[arg(long, value_name = "DIR", global = true)]
    pub library: Option<PathBuf>,
}

/// What can be done with the library.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Tell what is in it; with ids, which versions of these records
    Status {
        /// Records to tell the versions of
        #[arg(value_name = "ID")]
        ids: Vec<String>,
    },
    /// Get what has changed of its records from ClinicalTrials.gov
    Update(RegistryArgs),
    /// Take records out
    Remove {
        /// The records
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Check that every file and record is as it was written
    Verify,
    /// Make it smaller and faster; one of an older format is rebuilt from its records
    Compact {
        /// Build it again from its records, without those that cannot be read any more
        #[arg(long)]
        drop_damaged: bool,
    },
}

impl LibraryCommand {
    /// Whether it takes note of Ctrl-C itself.
    pub fn ends_in_order(&self) -> bool {
        matches!(self.what, What::Update(_))
    }
}

/// Does it.
///
/// # Errors
/// When there is no library, or it cannot be read or written.
pub fn run(args: &LibraryCommand, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let root = LibraryArgs { library: args.library.clone() }.folder()?;
    match &args.what {
        What::Status { ids } => status(&root, ids, out, warnings),
        What::Update(registry) => fetch::update(&root, registry, out, warnings),
        What::Remove { ids } => remove(&root, ids, out, warnings),
        What::Verify => verify(&root, out),
        What::Compact { drop_damaged } => compact(&root, *drop_damaged, out, warnings),
    }
}

fn status(root: &Path, ids: &[String], out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let mut library = library(root, warnings)?;
    library.use_words(super::words::of_user().0);
    if !ids.is_empty() {
        return versions(&library, ids, out, warnings);
    }
    let rows = library.rows();
    let newest = rows.live().filter_map(|row| rows.get(row)?.version).max().map(one_line);
    writeln!(out, "library    {}", root.display())?;
    writeln!(out, "trials     {}", library.len())?;
    writeln!(out, "newest     {}", newest.as_deref().unwrap_or("no record states a date"))?;
    writeln!(out, "on disk    {:.1} MB", bytes_below(root) as f64 / 1e6)?;
    let (all, unread) = (library.len(), library.unread() as u64);
    writeln!(out, "limits     read of {} of {all} trials", all.saturating_sub(unread))?;
    writeln!(out, "segments   {}", library.index().searcher().segment_readers().len())?;
    Ok(Exit::Done)
}

/// A line a version, the current one first.
fn versions(
    library: &Library,
    ids: &[String],
    out: &mut dyn Write,
    warnings: &mut dyn Write,
) -> Result<Exit> {
    let mut exit = Exit::Done;
    for id in ids {
        let found = library.find(id)?;
        if found.is_empty() {
            writeln!(warnings, "trialdeck: there is no trial {id} in the library")?;
            exit = Exit::Nothing;
        }
        for row in found {
            let Some(current) = library.rows().get(row) else { continue };
            let dated = |version: Option<&str>| version.map_or("undated".to_owned(), one_line);
            writeln!(out, "{}\t{}\tcurrent", one_line(current.id), dated(current.version))?;
            for earlier in library.earlier(row)?.iter().rev() {
                let kept = if earlier.kept { "kept" } else { "date only" };
                writeln!(out, "{}\t{}\t{kept}", one_line(current.id), dated(earlier.version.as_deref()))?;
            }
        }
    }
    Ok(exit)
}

fn remove(root: &Path, ids: &[String], out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    if !Library::exists(root) {
        return Err(LibraryError::missing(root).into());
    }
    let mut writer = writer(root, &now(), warnings)?;
    let mut removed = 0;
    for id in ids {
        if writer.remove(id)? {
            removed += 1;
        } else {
            writeln!(warnings, "trialdeck: there is no trial {id} in the library")?;
        }
    }
    writer.commit()?;
    let trials = writer.len();
    writer.finish()?;
    writeln!(out, "{removed} removed; {trials} trials in {}", root.display())?;
    Ok(if removed == 0 { Exit::Nothing } else { Exit::Done })
}

fn verify(root: &Path, out: &mut dyn Write) -> Result<Exit> {
    let mut meter = Meter::new();
    let found = store::verify(root, &mut |records| {
        meter.show(records, 0, |_| format!("{records} records"));
    })?;
    meter.clear();
    for file in &found.damaged {
        writeln!(out, "{}: damaged or lost", file.display())?;
    }
    for fault in &found.faults {
        writeln!(out, "{fault}")?;
    }
    if found.is_sound() {
        writeln!(out, "sound: {} files, {} records", found.files, found.records)?;
        return Ok(Exit::Done);
    }
    writeln!(out, "`trialdeck library compact --drop-damaged` saves the records that can still be read")?;
    Ok(Exit::Nothing)
}

fn compact(root: &Path, drop_damaged: bool, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let before = bytes_below(root);
    let mut meter = Meter::new();
    let done = store::compact(root, &now(), drop_damaged, &mut |records| {
        meter.show(records, 0, |_| format!("{records} records"));
    })?;
    meter.clear();
    for lost in &done.lost {
        writeln!(warnings, "trialdeck: lost: {lost}")?;
    }
    let how = if done.from_records { "rebuilt from its records" } else { "merged" };
    let (before, after) = (before as f64 / 1e6, bytes_below(root) as f64 / 1e6);
    writeln!(out, "{how}: {} trials, {before:.1} MB before, {after:.1} MB now", done.trials)?;
    Ok(Exit::Done)
}

/// Bytes of all files below a folder.
fn bytes_below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => bytes_below(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
