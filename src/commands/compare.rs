//! `trialdeck compare`: trials side by side, printed.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::Exit;
use super::open::{FromArgs, Opened};
use crate::compare::{SECTIONS, SectionName, Side, are_versions, changes, compare};
use crate::library::Entry;
use crate::output;

/// Arguments of `trialdeck compare`.
#[derive(Args, Debug)]
pub struct CompareArgs {
    /// Two or more trials; an id named twice means two versions of its record
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

/// The trials, in the order in which they are named. An id that is named several times means as many versions of its
/// record, the newest ones, the older first.
fn chosen(opened: &Opened, ids: &[String]) -> Result<Vec<Arc<Entry>>> {
    let times = |id: &str| ids.iter().filter(|other| other.eq_ignore_ascii_case(id)).count();
    let mut chosen = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let before = ids.iter().take(at).filter(|other| other.eq_ignore_ascii_case(id)).count();
        if times(id) == 1 {
            chosen.push(opened.find(id)?.0);
            continue;
        }
        let versions = opened.versions(id)?;
        let Some(from) = versions.len().checked_sub(times(id)) else {
            bail!("{id} is named {} times and there are {} records of it", times(id), versions.len());
        };
        chosen.extend(versions.into_iter().nth(from + before));
    }
    Ok(chosen)
}

/// Compares and prints.
///
/// # Errors
/// When a trial is not there or the output cannot be written.
pub fn run(args: &CompareArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open(warnings)?;
    let chosen = chosen(&opened, &args.ids)?;
    if chosen.len() < 2 {
        bail!("name two trials or more");
    }
    let sides: Vec<Side<'_>> =
        chosen.iter().map(|entry| Side { trial: &entry.trial, readings: entry.readings() }).collect();
    let sections = if args.section.is_empty() { &SECTIONS[..] } else { &args.section };
    let mut comparison = compare(&sides, sections);
    if are_versions(&comparison) {
        comparison.changes = changes(&comparison);
    }
    if args.only_differences {
        for section in &mut comparison.sections {
            section.rows.retain(|row| row.differs);
        }
    }
    match args.format {
        CompareFormat::Text => output::comparison::text(&comparison, out)?,
        CompareFormat::Md => output::comparison::markdown(&comparison, out)?,
        CompareFormat::Csv => output::comparison::csv(&comparison, out)?,
        CompareFormat::Json => output::json::pretty(&comparison, out)?,
    }
    Ok(Exit::Done)
}
