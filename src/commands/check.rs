//! `trialdeck check`: what a careful reader would query in each record.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::Exit;
use super::open::{self, FromArgs};
use crate::findings::{self, Finding};
use crate::library::Entry;
use crate::output::findings as print;

/// Arguments of `trialdeck check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// A file, folder, archive or - for standard input; none for the samples
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

/// Checks and prints.
///
/// # Errors
/// When nothing can be opened or the output not be written.
pub fn run(args: &CheckArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let paths: Vec<PathBuf> = args.paths.iter().chain(&args.from.from).cloned().collect();
    let entries = open::open(&paths, warnings)?;
    let checked: Vec<(Arc<Entry>, Vec<Finding>)> = entries
        .into_par_iter()
        .map(|entry| {
            let findings = findings::check(&entry.trial, entry.readings());
            (entry, findings)
        })
        .collect();
    let rows = checked.iter().map(|(entry, findings)| (&entry.trial, findings.as_slice()));
    match args.format {
        CheckFormat::Text => print::text(rows, out)?,
        CheckFormat::Json => print::json(rows, out)?,
        CheckFormat::Sarif => print::sarif(rows, out)?,
    }
    Ok(Exit::Done)
}
