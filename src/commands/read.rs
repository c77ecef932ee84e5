//! `trialdeck read`: one reader over one text, or over JSON lines.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::{Exit, words};
use crate::formats::json::record;
use crate::output::json;
use crate::protocol::{Administration, DurationBound, Limit};
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::vocabularies::Vocabularies;
use crate::reading::{criteria, dosing, endpoint, time_frame};

/// Arguments of `trialdeck read`.
#[derive(Args, Debug)]
pub struct ReadArgs {
    /// Which reader
    pub what: What,
    /// The text to read; standard input if none is named
    pub file: Option<PathBuf>,
    /// One JSON object a line in, one a line out
    #[arg(long)]
    pub jsonl: bool,
}

/// The readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// An arm's or intervention's description
    Dosing,
    /// An outcome's time frame
    TimeFrame,
    /// An outcome's measure and description
    Endpoint,
    /// An eligibility text
    Criteria,
}

/// Runs the reader over the input.
///
/// # Errors
/// When the input cannot be read or the output not be written.
pub fn run(args: &ReadArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let bytes = input(args.file.as_deref())?;
    let words = words::told(warnings)?;
    if args.jsonl { lines(args.what, &words, &bytes, out) } else { whole(args.what, &words, &bytes, out) }
}

fn input(file: Option<&std::path::Path>) -> Result<Vec<u8>> {
    match file {
        Some(path) if path.as_os_str() != "-" => {
            std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))
        }
        _ => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
                .context("standard input cannot be read")?;
            Ok(bytes)
        }
    }
}

fn whole(what: What, words: &Vocabularies, bytes: &[u8], out: &mut dyn Write) -> Result<Exit> {
    let text = String::from_utf8_lossy(bytes);
    let key = if what == What::Endpoint { "measure" } else { "text" };
    let answer = answer(what, words, &Map::from_iter([(key.to_owned(), Value::String(text.into_owned()))]));
    json::pretty(&answer, out)?;
    Ok(Exit::Done)
}

fn lines(what: What, words: &Vocabularies, bytes: &[u8], out: &mut dyn Write) -> Result<Exit> {
    let mut exit = Exit::Done;
    for (index, line) in bytes.lines().enumerate() {
        let line = line.unwrap_or_default();
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Map<String, Value>>(&line) {
            Ok(object) => answer(what, words, &object),
            Err(error) => {
                exit = Exit::Nothing;
                let (line, column) = (index + 1, error.column());
                serde_json::json!({ "error": format!("line {line}, column {column}: {}", record::reason(&error)) })
            }
        };
        json::line(&answer, out)?;
    }
    Ok(exit)
}

/// A row as it is printed: of "up to 400 mg" the 400 as its dose, and beside it that this is the most of it.
fn printed(row: &Administration) -> Value {
    let mut printed = serde_json::json!(row);
    if let (None, Some(_), Value::Object(fields)) = (row.dose, row.dose_max, &mut printed)
        && let Some(most) = fields.remove("dose_max")
    {
        fields.insert("dose".to_owned(), most);
        fields.insert("dose_bound".to_owned(), serde_json::json!(DurationBound::UpTo));
    }
    printed
}

/// What the reader makes of one object's texts; `id` is passed through.
fn answer(what: What, words: &Vocabularies, object: &Map<String, Value>) -> Value {
    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut answer = Map::new();
    if let Some(id) = object.get("id") {
        answer.insert("id".to_owned(), id.clone());
    }
    match what {
        What::Dosing => {
            let rows = dosing::read_with(words.dosing(), text("text"), text("label")).administrations;
            let mut rows = dosing::once_each(rows);
            dosing::name_by_label(&mut rows, text("text"), text("label"));
            let rows: Vec<Value> = rows.iter().map(printed).collect();
            answer.insert("administrations".to_owned(), Value::Array(rows));
        }
        What::TimeFrame => {
            answer.insert(
                "time_frame".to_owned(),
                serde_json::json!(time_frame::read_with(words.timing(), text("text"))),
            );
        }
        What::Endpoint => {
            let reading = endpoint::read_with(words.endpoints(), text("measure"), text("description"));
            answer.insert("endpoint".to_owned(), serde_json::json!(reading));
        }
        What::Criteria => {
            let mut reading = criteria::read_with(text("text"), words.criteria());
            let all = std::mem::take(&mut reading.facts).into_iter();
            let (beyond, facts): (Vec<Limit>, Vec<Limit>) =
                all.partition(|limit| is_beyond(limit, words.criteria()));
            reading.facts = facts;
            if let Value::Object(reading) = serde_json::json!(reading) {
                answer.extend(reading);
            }
            if !beyond.is_empty() {
                answer.insert("other_facts".to_owned(), serde_json::json!(beyond));
            }
        }
    }
    Value::Object(answer)
}

/// Whether a limit's variable is beyond those that scripts may count on under `facts`.
fn is_beyond(limit: &Limit, words: &Vocabulary) -> bool {
    let known = words.variables().iter().find(|variable| variable.name == limit.variable);
    known.is_some_and(|variable| variable.beyond)
}
