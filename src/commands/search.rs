//! `trialdeck search`: the query language over opened records, best trials first, with the words that matched.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::json;

use super::Exit;
use super::open::FromArgs;
use crate::library::Entry;
use crate::library::index::TrialIndex;
use crate::search::query::{self, Problem};
use crate::search::{Meaning, Ranked, matches, search};

/// Arguments of `trialdeck search`.
#[derive(Args, Debug)]
pub struct SearchArgs {
    /// Words, "phrases", -not, a OR b, field:value (title: cond: drug: status: …), phase>=2, age<=17
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,
    /// The records to search
    #[command(flatten)]
    pub from: FromArgs,
    /// At most so many trials
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How to print them
    #[arg(long, value_enum, default_value_t = SearchFormat::Table)]
    pub format: SearchFormat,
}

/// The printed forms of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// A line a trial, and the line of it that matched
    Table,
    /// An array of objects
    Json,
}

/// How many matched fields are shown of one trial.
const MOST_MATCHES: usize = 5;

/// Searches and prints.
///
/// # Errors
/// When nothing can be opened or the output not be written.
pub fn run(args: &SearchArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let entries = args.from.open(warnings)?;
    let text = format!("{} ", args.query);
    let query = query::parse(&text, &|_| None);
    for problem in &query.problems {
        writeln!(warnings, "trialdeck: query: {}", told(&text, problem))?;
    }
    let index = TrialIndex::in_memory(&entries).context("the index cannot be built")?;
    let entry = |row: u64| usize::try_from(row).ok().and_then(|row| entries.get(row));
    let title = |row: u64| entry(row).map(|e| e.trial.title.clone()).unwrap_or_default();
    let answer = search(&index, &query, &title, &|_, _| false).context("the index cannot be searched")?;
    let hits: Vec<(&Ranked, &Arc<Entry>)> =
        answer.hits.iter().take(args.limit).filter_map(|hit| Some((hit, entry(hit.row)?))).collect();
    match args.format {
        SearchFormat::Json => print_json(&hits, &answer.meanings, out)?,
        SearchFormat::Table => print_table(&hits, &answer.meanings, out)?,
    }
    Ok(if hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// A problem with the words of the query that it is about.
fn told(text: &str, problem: &Problem) -> String {
    match text.get(problem.span.clone()).map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{words}: {}", problem.message),
        None => problem.message.clone(),
    }
}

fn print_json(hits: &[(&Ranked, &Arc<Entry>)], meanings: &[Meaning], out: &mut dyn Write) -> Result<()> {
    let rows: Vec<_> = hits
        .iter()
        .map(|(hit, entry)| {
            let found: Vec<_> = matches(&entry.trial, meanings, MOST_MATCHES)
                .into_iter()
                .map(|m| {
                    let spans: Vec<_> = m.spans.iter().map(|s| [s.start, s.end]).collect();
                    json!({ "field": m.field, "text": m.text, "spans": spans })
                })
                .collect();
            json!({ "id": entry.trial.id, "title": entry.trial.title, "score": hit.score, "matches": found })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)?;
    Ok(())
}

fn print_table(hits: &[(&Ranked, &Arc<Entry>)], meanings: &[Meaning], out: &mut dyn Write) -> Result<()> {
    for (_, entry) in hits {
        writeln!(out, "{}\t{}", shown(&entry.trial.id), shown(&entry.trial.title))?;
        let elsewhere = matches(&entry.trial, meanings, MOST_MATCHES)
            .into_iter()
            .find(|m| m.field != "title" && m.field != "id");
        if let Some(found) = elsewhere {
            writeln!(out, "\t{}: {}", found.field, shown(found.text.trim()))?;
        }
    }
    Ok(())
}

/// A text without what would steer a terminal.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
