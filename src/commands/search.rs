//! `trialdeck search`: the query language over opened records, best trials first, with the words that matched.

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::Exit;
use super::asked::Asked;
use super::open::FromArgs;
use crate::library::Entry;
use crate::output::guard::one_line;
use crate::output::json;
use crate::search::{Match, matches};

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
    let opened = args.from.open(warnings)?;
    let asked = Asked::new(&opened, &args.query, warnings)?;
    let answer = asked.best()?;
    let mut hits: Vec<Hit> = Vec::new();
    for ranked in answer.hits.iter().take(args.limit) {
        let Some(entry) = opened.entry(ranked.row)? else { continue };
        let mut found = asked.proofs(&entry);
        found.extend(matches(&entry.trial, &answer.meanings, MOST_MATCHES));
        hits.push(Hit { score: ranked.score, entry, found });
    }
    match args.format {
        SearchFormat::Json => print_json(&hits, out)?,
        SearchFormat::Table => print_table(&hits, out)?,
    }
    Ok(if hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// A trial that matched, and by what.
struct Hit {
    score: i64,
    entry: Arc<Entry>,
    found: Vec<Match>,
}

fn print_json(hits: &[Hit], out: &mut dyn Write) -> Result<()> {
    let matched = |m: &Match| {
        let spans: Vec<_> = m.spans.iter().map(|s| [s.start, s.end]).collect();
        serde_json::json!({ "field": m.field, "text": m.text, "spans": spans })
    };
    let rows: Vec<_> = hits
        .iter()
        .map(|hit| {
            let found: Vec<_> = hit.found.iter().map(matched).collect();
            let trial = &hit.entry.trial;
            serde_json::json!({ "id": trial.id, "title": trial.title, "score": hit.score, "matches": found })
        })
        .collect();
    Ok(json::pretty(&rows, out)?)
}

fn print_table(hits: &[Hit], out: &mut dyn Write) -> Result<()> {
    for hit in hits {
        writeln!(out, "{}\t{}", one_line(&hit.entry.trial.id), one_line(&hit.entry.trial.title))?;
        let elsewhere = hit.found.iter().find(|m| m.field != "title" && m.field != "id");
        if let Some(found) = elsewhere {
            writeln!(out, "\t{}: {}", found.field, one_line(&found.text))?;
        }
    }
    Ok(())
}
