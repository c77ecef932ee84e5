//! `trialdeck check`: what a careful reader would query in each record.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::Exit;
use super::open::FromArgs;
use crate::findings::{self, Finding};
use crate::library::Entry;
use crate::output::findings as print;
use crate::protocol::Trial;

/// Arguments of `trialdeck check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// A file, folder, archive or - for standard input; none for the library, else the samples
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// More of them
    #[command(flatten)]
    pub from: FromArgs,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
}

/// The printed forms of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// A line a trial that has findings, and one a finding
    Text,
    /// An array of trials with their findings
    Json,
    /// SARIF 2.1.0, for tools that show what checkers find
    Sarif,
}

/// So many records are in memory at once.
const AT_ONCE: usize = 4_096;

/// A trial as far as its findings name it, and the findings.
fn check(entry: &Entry) -> (Trial, Vec<Finding>) {
    let Trial { id, title, source, .. } = &entry.trial;
    let named = Trial { id: id.clone(), title: title.clone(), source: source.clone(), ..Trial::default() };
    (named, findings::check(&entry.trial, entry.readings()))
}

/// Checks and prints.
///
/// # Errors
/// When nothing can be opened or the output not be written.
pub fn run(args: &CheckArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open_with(&args.paths, warnings)?;
    let mut checked: Vec<(Trial, Vec<Finding>)> = Vec::new();
    for rows in opened.rows().chunks(AT_ONCE) {
        let entries = rows.iter().filter_map(|row| opened.entry(*row).transpose());
        let entries = entries.collect::<Result<Vec<_>>>()?;
        checked.par_extend(entries.into_par_iter().map(|entry| check(&entry)));
    }
    let rows = checked.iter().map(|(trial, findings)| (trial, findings.as_slice()));
    match args.format {
        CheckFormat::Text => print::text(rows, out)?,
        CheckFormat::Json => print::json(rows, out)?,
        CheckFormat::Sarif => print::sarif(rows, out)?,
    }
    Ok(Exit::Done)
}
