//! `trialdeck card`: a trial on one page to print.

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::Exit;
use super::open::FromArgs;
use crate::app::age;
use crate::output::{card, document, html};

/// Arguments of `trialdeck card`.
#[derive(Args, Debug)]
pub struct CardArgs {
    /// The trial: any of its record's ids, or the id that list shows
    #[arg(value_name = "ID")]
    pub id: String,
    /// The records it is in
    #[command(flatten)]
    pub from: FromArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t = CardFormat::Md)]
    pub format: CardFormat,
}

/// The forms of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CardFormat {
    /// Markdown
    Md,
    /// A page to print
    Html,
}

/// Prints the card.
///
/// # Errors
/// When nothing can be opened, the trial is not there or the output cannot be written.
pub fn run(args: &CardArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open(warnings)?;
    let (entry, records) = opened.find(&args.id)?;
    if records > 1 {
        writeln!(
            warnings,
            "trialdeck: {records} records have the id {}; the newest is on the card",
            args.id
        )?;
    }
    let stated = entry.trial.source.as_ref().and_then(|source| source.version.as_deref());
    let card = card::card(&entry, age::last_update(&entry.trial).or(stated));
    match args.format {
        CardFormat::Md => document::markdown(&card, out)?,
        CardFormat::Html => html::page(&card, out)?,
    }
    Ok(Exit::Done)
}
