//! `trialdeck match`: one patient against many trials, printed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::asked::Asked;
use super::open::FromArgs;
use crate::library::Entry;
use crate::matching::limit::Truth;
use crate::matching::{self, Known, NextQuestion, Patient, Verdict};
use crate::output::guard::one_line;
use crate::output::json;

/// Arguments of `trialdeck match`.
#[derive(Args, Debug)]
pub struct MatchArgs {
    /// The patient's facts: a code word, days and not dates
    #[arg(long, value_name = "FILE")]
    pub patient: PathBuf,
    /// Only the trials that match; as for search
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// The records to weigh
    #[command(flatten)]
    pub from: FromArgs,
    /// How to print them
    #[arg(long, value_enum, default_value_t = MatchFormat::Text)]
    pub format: MatchFormat,
}

/// The printed forms of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MatchFormat {
    /// Trials with what is met, failed and unknown
    Text,
    /// One object
    Json,
}

/// What every answer says first.
const NOTICE: &str = "Read from registry records, which are not the protocols. Nothing here decides whether a patient may enter.";

/// A patient against many trials.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    notice: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    trials: Vec<Weighed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_question: Option<NextQuestion>,
}

/// A patient against one trial.
#[derive(Debug, Serialize)]
struct Weighed<'a> {
    id: &'a str,
    title: &'a str,
    overall: Truth,
    met: usize,
    failed: usize,
    unknown: usize,
    #[serde(flatten)]
    verdict: Verdict,
    #[serde(skip)]
    entry: &'a Entry,
}

/// Weighs and prints.
///
/// # Errors
/// When the patient's file or the records cannot be read, or the output not be written.
pub fn run(args: &MatchArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let patient = patient(&args.patient)?;
    let opened = args.from.open(warnings)?;
    let rows = match &args.query {
        Some(query) => Asked::new(&opened, query, warnings)?.rows()?,
        None => opened.rows(),
    };
    let found = rows.into_iter().filter_map(|row| opened.entry(row).transpose());
    let chosen = found.collect::<Result<Vec<Arc<Entry>>>>()?;
    let known = Known::of(&patient);
    let mut trials: Vec<Weighed<'_>> = chosen.iter().map(|entry| weighed(&known, entry)).collect();
    let asked: Vec<matching::question::Asked<'_>> = trials
        .iter()
        .map(|weighed| matching::question::Asked {
            trial: &weighed.entry.trial,
            limits: &weighed.entry.readings().criteria.facts,
            verdict: &weighed.verdict,
        })
        .collect();
    let next_question = matching::next_question(&patient, &asked, &matching::canonical);
    // Trials that nothing speaks against first; of equals the one with the least unknown. The order is stable.
    trials.sort_by_key(|weighed| (weighed.failed > 0, weighed.failed, weighed.unknown));
    let answer = Answer { notice: NOTICE, code: patient.code.as_deref(), trials, next_question };
    match args.format {
        MatchFormat::Json => json::pretty(&answer, out)?,
        MatchFormat::Text => print(&answer, out)?,
    }
    Ok(if answer.trials.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn patient(file: &Path) -> Result<Patient> {
    let bytes = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{}: not a patient's facts", file.display()))
}

fn weighed<'a>(known: &Known<'_>, entry: &'a Entry) -> Weighed<'a> {
    let verdict =
        matching::verdict(known, &entry.trial, &entry.readings().criteria.facts, &matching::canonical);
    Weighed {
        id: &entry.trial.id,
        title: &entry.trial.title,
        overall: verdict.overall(),
        met: verdict.count(Truth::Yes),
        failed: verdict.count(Truth::No),
        unknown: verdict.count(Truth::Unknown),
        verdict,
        entry,
    }
}

fn print(answer: &Answer<'_>, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", answer.notice)?;
    for weighed in &answer.trials {
        print_trial(weighed, out)?;
    }
    if let Some(question) = &answer.next_question {
        print_question(question, out)?;
    }
    Ok(())
}

fn print_trial(weighed: &Weighed<'_>, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\n{}  {}", one_line(weighed.id), one_line(weighed.title))?;
    let verdict = &weighed.verdict;
    write!(out, "  {} met, {} failed, {} unknown", weighed.met, weighed.failed, weighed.unknown)?;
    if verdict.set_aside > 0 {
        write!(out, "; {} under a condition or exception, not weighed", verdict.set_aside)?;
    }
    writeln!(out)?;
    if let Some(days) = verdict.opens_in_days {
        writeln!(out, "  every known washout is over in {days} days")?;
    }
    let text = weighed.entry.trial.eligibility.text.as_deref().unwrap_or_default();
    for line in &verdict.lines {
        let sign = match line.satisfied {
            Truth::Yes => "+",
            Truth::No => "x",
            Truth::Unknown => "?",
        };
        let alternative = if line.alternative.is_some() { " (one of several is enough)" } else { "" };
        let words = line.span.as_ref().and_then(|span| span.of(text)).map(one_line).unwrap_or_default();
        let words = if words.is_empty() { String::new() } else { format!("  \"{words}\"") };
        writeln!(out, "  {sign} {}{alternative}{words}", one_line(&line.asked))?;
    }
    Ok(())
}

fn print_question(question: &NextQuestion, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\nAsk next: {} (bears on {} trials)", question.words(), question.decides)?;
    for answer in &question.answers {
        let range = question.range(answer);
        writeln!(out, "  {range}: {} stay open, {} close", answer.open, answer.closed)?;
    }
    Ok(())
}
