//! `trialdeck compare`: trials side by side, printed.

use std::io::Write;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::Exit;
use super::open::FromArgs;
use crate::compare::{SECTIONS, SectionName, Side, compare};
use crate::output;

/// Arguments of `trialdeck compare`.
#[derive(Args, Debug)]
pub struct CompareArgs {
    /// Two or more trials
    #[arg(required = true, num_args = 2.., value_name = "ID")]
    pub ids: Vec<String>,
    /// The records they are in
    #[command(flatten)]
    pub from: FromArgs,
    /// Only these sections
    #[arg(long, value_enum, value_delimiter = ',', value_name = "SECTION")]
    pub section: Vec<SectionName>,
    /// Leave out the rows in which all trials say the same
    #[arg(long)]
    pub only_differences: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub format: CompareFormat,
}

/// The printed forms of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// Columns for a terminal
    Text,
    /// Markdown tables
    Md,
    /// A spreadsheet's rows
    Csv,
    /// One object
    Json,
}

/// Compares and prints.
///
/// # Errors
/// When a trial is not there or the output cannot be written.
pub fn run(args: &CompareArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open(warnings)?;
    let found = args.ids.iter().map(|id| opened.find(id).map(|(entry, _)| entry));
    let chosen = found.collect::<Result<Vec<_>>>()?;
    if chosen.len() < 2 {
        bail!("name two trials or more");
    }
    let sides: Vec<Side<'_>> =
        chosen.iter().map(|entry| Side { trial: &entry.trial, readings: entry.readings() }).collect();
    let sections = if args.section.is_empty() { &SECTIONS[..] } else { &args.section };
    let mut comparison = compare(&sides, sections);
    if args.only_differences {
        for section in &mut comparison.sections {
            section.rows.retain(|row| row.differs);
        }
    }
    match args.format {
        CompareFormat::Text => output::comparison::text(&comparison, out)?,
        CompareFormat::Md => output::comparison::markdown(&comparison, out)?,
        CompareFormat::Csv => output::comparison::csv(&comparison, out)?,
        CompareFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &comparison)?;
            writeln!(out)?;
        }
    }
    Ok(Exit::Done)
}
