//! `trialdeck show`: one trial, all of it or some sections.

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::Exit;
use super::open::FromArgs;
use crate::formats::own_json;
use crate::output::trial::{self, Section};
use crate::output::{document, json};

/// Arguments of `trialdeck show`.
#[derive(Args, Debug)]
pub struct ShowArgs {
    /// The trial: any of its record's ids, or the id that list shows
    #[arg(value_name = "ID")]
    pub id: String,
    /// The records it is in
    #[command(flatten)]
    pub from: FromArgs,
    /// Only these sections; all but record, if none is named
    #[arg(long, value_enum, value_delimiter = ',', value_name = "SECTION")]
    pub section: Vec<Section>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

/// The printed forms of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For a terminal
    Text,
    /// Markdown
    Md,
    /// trialdeck's own JSON, which it opens again
    Json,
}

/// Prints the trial.
///
/// # Errors
/// When nothing can be opened, the trial is not there or the output cannot be written.
pub fn run(args: &ShowArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open(warnings)?;
    let (entry, records) = opened.find(&args.id)?;
    if records > 1 {
        let shown =
            entry.trial.source.as_ref().map(|source| format!("{}, record {}", source.file, source.record));
        let shown = shown.unwrap_or_default();
        writeln!(
            warnings,
            "trialdeck: {records} records have the id {}; the newest is shown: {shown}",
            args.id
        )?;
    }
    if args.format == ShowFormat::Json {
        let mut object = own_json::value(&entry.trial, entry.readings());
        if !args.section.is_empty() {
            trial::keep_sections(&mut object, &args.section);
        }
        json::pretty(&object, out)?;
        return Ok(Exit::Done);
    }
    let sections = if args.section.is_empty() { trial::USUAL } else { &args.section };
    let page = trial::page(&entry, sections);
    match args.format {
        ShowFormat::Md => document::markdown(&page, out)?,
        _ => document::text(&page, out)?,
    }
    Ok(Exit::Done)
}
