//! `trialdeck list`: the opened trials, one a line; also what the bare command prints where there is no terminal.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::Exit;
use super::open::FromArgs;
use crate::library::Entry;
use crate::library::index::TrialIndex;
use crate::output::{guard, listing};
use crate::protocol::Trial;
use crate::search::{self, query};

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
    let entries = args.from.open(warnings)?;
    let chosen = match &args.query {
        Some(query) => matching(&entries, query, warnings)?,
        None => entries.iter().collect(),
    };
    let trials: Vec<&Trial> = chosen.iter().map(|entry| &entry.trial).collect();
    match args.format {
        ListFormat::Table => listing::table(&trials, out)?,
        ListFormat::Json => listing::json(&trials, out)?,
        ListFormat::Csv => listing::csv(&trials, out)?,
        ListFormat::Ids => {
            for trial in trials {
                writeln!(out, "{}", guard::one_line(&trial.id))?;
            }
        }
    }
    Ok(Exit::Done)
}

fn matching<'e>(
    entries: &'e [Arc<Entry>],
    query: &str,
    warnings: &mut dyn Write,
) -> Result<Vec<&'e Arc<Entry>>> {
    // The space says that the last word is typed to its end.
    let query = query::parse(&format!("{query} "), &|_| None);
    for problem in &query.problems {
        writeln!(warnings, "trialdeck: query: {}", problem.message)?;
    }
    let index = TrialIndex::in_memory(entries).context("the index cannot be built")?;
    let rows = search::rows(&index, &query, &|_, _| false).context("the index cannot be searched")?;
    Ok(rows.into_iter().filter_map(|row| entries.get(usize::try_from(row).ok()?)).collect())
}
