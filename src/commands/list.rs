//! `trialdeck list`: the opened trials, one a line; also what the bare command prints where there is no terminal.

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::Exit;
use super::asked::Asked;
use super::open::FromArgs;
use crate::output::{guard, listing};

/// Arguments of `trialdeck list`.
#[derive(Args, Debug, Default)]
pub struct ListArgs {
    /// The records to list
    #[command(flatten)]
    pub from: FromArgs,
    /// Only the trials that match; as for search
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
}

/// The printed forms of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Aligned columns
    #[default]
    Table,
    /// An array of objects
    Json,
    /// A spreadsheet's rows
    Csv,
    /// The ids alone
    Ids,
}

/// Lists the trials in the order of the input. A query that none matches gives an empty list.
///
/// # Errors
/// When nothing can be opened or the output not be written.
pub fn run(args: &ListArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open(warnings)?;
    let rows = match &args.query {
        Some(query) => Asked::new(&opened, query, warnings)?.rows()?,
        None => opened.rows(),
    };
    let trials = rows.iter().filter_map(|row| opened.head(*row));
    match args.format {
        ListFormat::Table => listing::table(trials, out)?,
        ListFormat::Json => listing::json(trials, out)?,
        ListFormat::Csv => listing::csv(trials, out)?,
        ListFormat::Ids => {
            for trial in trials {
                writeln!(out, "{}", guard::one_line(&trial.id))?;
            }
        }
    }
    Ok(Exit::Done)
}
