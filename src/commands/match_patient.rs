//! `trialdeck match`: one patient against many trials, printed. A few are put in order; of many each is printed when it
//! was weighed, and none is kept.

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::Exit;
use super::asked;
use super::found::Found;
use super::open::FromArgs;
use crate::library::Entry;
use crate::matching::limit::Truth;
use crate::matching::question::{Asked, Questions};
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

/// Up to so many trials those that nothing speaks against come first; more are printed as they are weighed.
const MOST_SORTED: usize = 500;
/// Trials that are weighed side by side.
const TOGETHER: usize = 64;
/// Trials that are named at the end, when they could not be put in order.
const MOST_BEST: usize = 20;

/// A patient against one trial.
#[derive(Debug, Serialize)]
struct Weighed {
    id: String,
    title: String,
    overall: Truth,
    met: usize,
    failed: usize,
    unknown: usize,
    #[serde(flatten)]
    verdict: Verdict,
    #[serde(skip)]
    entry: Arc<Entry>,
}

impl Weighed {
    /// What nothing speaks against comes first; of equals the one with the least unknown.
    fn order(&self) -> (bool, usize, usize) {
        (self.failed > 0, self.failed, self.unknown)
    }
}

/// Weighs and prints.
///
/// # Errors
/// When the patient's file or the records cannot be read, or the output not be written.
pub fn run(args: &MatchArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let patient = patient(&args.patient)?;
    if !args.from.from.is_empty() {
        return of_stream(args, &patient, out, warnings);
    }
    let opened = args.from.open(warnings)?;
    let rows = match &args.query {
        Some(query) => asked::Asked::new(&opened, query, warnings)?.rows()?,
        None => opened.rows(),
    };
    let sorted = rows.len() <= MOST_SORTED;
    let mut entries = rows.into_iter().filter_map(|row| opened.entry(row).transpose());
    weigh(&patient, sorted, &mut entries, args.format, out)
}

/// Weighs what the named paths hold, as it is read, and prints.
fn of_stream(
    args: &MatchArgs,
    patient: &Patient,
    out: &mut dyn Write,
    warnings: &mut dyn Write,
) -> Result<Exit> {
    let query = args.query.as_ref().map(|text| asked::parsed(text, warnings)).transpose()?;
    let read = Cell::new(false);
    let stream = args.from.stream(warnings)?.into_iter().flatten().inspect(|_| read.set(true));
    let mut entries: Box<dyn Iterator<Item = Result<Arc<Entry>>>> = match query {
        Some(query) => Box::new(Found::new(stream, query)),
        None => Box::new(stream),
    };
    let first = entries.by_ref().take(MOST_SORTED + 1).collect::<Result<Vec<_>>>()?;
    if !read.get() {
        bail!("nothing could be read");
    }
    let sorted = first.len() <= MOST_SORTED;
    weigh(patient, sorted, &mut first.into_iter().map(Ok).chain(entries), args.format, out)
}

/// Weighs records as they come, and prints.
fn weigh(
    patient: &Patient,
    sorted: bool,
    entries: &mut dyn Iterator<Item = Result<Arc<Entry>>>,
    format: MatchFormat,
    out: &mut dyn Write,
) -> Result<Exit> {
    let known = Known::of(patient);
    let mut weighing = Weighing {
        known: &known,
        entries,
        waiting: Vec::new().into_iter(),
        questions: Questions::new(patient),
        best: Vec::new(),
        count: 0,
    };
    print_all(&mut weighing, patient.code.as_deref(), sorted, format, out)?;
    Ok(if weighing.count == 0 { Exit::Nothing } else { Exit::Done })
}

/// Trials as they are weighed, a few at a time and none of them kept; and what is told of all of them at the end.
struct Weighing<'a> {
    known: &'a Known<'a>,
    entries: &'a mut dyn Iterator<Item = Result<Arc<Entry>>>,
    waiting: std::vec::IntoIter<Weighed>,
    questions: Questions<'a>,
    /// The order and id of the best, best first.
    best: Vec<((bool, usize, usize), String)>,
    count: usize,
}

impl Weighing<'_> {
    /// Weighs the next few.
    fn weigh(&mut self) -> Result<()> {
        let entries = (&mut self.entries).take(TOGETHER).collect::<Result<Vec<_>>>()?;
        let weighed: Vec<Weighed> = entries.into_par_iter().map(|entry| weighed(self.known, entry)).collect();
        for weighed in &weighed {
            let asked = Asked {
                trial: &weighed.entry.trial,
                limits: &weighed.entry.readings().criteria.facts,
                verdict: &weighed.verdict,
            };
            self.questions.add(&asked, &matching::canonical);
            self.count += 1;
            let order = weighed.order();
            let place = self.best.partition_point(|(other, _)| *other <= order);
            if place < MOST_BEST {
                self.best.insert(place, (order, weighed.id.clone()));
                self.best.truncate(MOST_BEST);
            }
        }
        self.waiting = weighed.into_iter();
        Ok(())
    }

    fn next_question(&mut self) -> Option<NextQuestion> {
        let none = Questions::new(self.questions.patient());
        std::mem::replace(&mut self.questions, none).next_question()
    }
}

impl Iterator for Weighing<'_> {
    type Item = Result<Weighed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.waiting.len() == 0
            && let Err(error) = self.weigh()
        {
            return Some(Err(error));
        }
        self.waiting.next().map(Ok)
    }
}

/// Prints every trial, and then what is told of all of them.
fn print_all(
    weighing: &mut Weighing<'_>,
    code: Option<&str>,
    sorted: bool,
    format: MatchFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let mut trials = Vec::new();
    if sorted {
        trials = weighing.by_ref().collect::<Result<Vec<_>>>()?;
        trials.sort_by_key(Weighed::order);
    }
    match format {
        MatchFormat::Json => {
            let (trials, failed) = (RefCell::new(trials.into_iter()), Cell::new(None));
            let answer = Answer { code, sorted, trials, failed, weighing: RefCell::new(weighing) };
            let printed = json::pretty(&answer, out);
            answer.failed.into_inner().map_or(Ok(()), Err)?;
            Ok(printed?)
        }
        MatchFormat::Text => {
            writeln!(out, "{NOTICE}")?;
            for weighed in trials {
                print_trial(&weighed, out)?;
            }
            for weighed in weighing.by_ref() {
                print_trial(&weighed?, out)?;
            }
            if !sorted && !weighing.best.is_empty() {
                let best: Vec<String> = weighing.best.iter().map(|(_, id)| one_line(id)).collect();
                writeln!(out, "\nLeast speaks against: {}", best.join(", "))?;
            }
            match weighing.next_question() {
                Some(question) => print_question(&question, out),
                None => Ok(()),
            }
        }
    }
}

/// A patient against many trials, as JSON: one object, whose trials are weighed while it is printed.
struct Answer<'a, 'w> {
    code: Option<&'a str>,
    sorted: bool,
    trials: RefCell<std::vec::IntoIter<Weighed>>,
    weighing: RefCell<&'a mut Weighing<'w>>,
    /// Why a trial could not be weighed.
    failed: Cell<Option<anyhow::Error>>,
}

impl Serialize for Answer<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("notice", NOTICE)?;
        if let Some(code) = self.code {
            map.serialize_entry("code", code)?;
        }
        map.serialize_entry("trials", &Trials(self))?;
        let mut weighing = self.weighing.borrow_mut();
        if !self.sorted {
            let best: Vec<&str> = weighing.best.iter().map(|(_, id)| id.as_str()).collect();
            map.serialize_entry("best", &best)?;
        }
        if let Some(question) = weighing.next_question() {
            map.serialize_entry("next_question", &question)?;
        }
        map.end()
    }
}

/// The list of an answer's trials.
struct Trials<'r, 'a, 'w>(&'r Answer<'a, 'w>);

impl Serialize for Trials<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for weighed in self.0.trials.borrow_mut().by_ref() {
            list.serialize_element(&weighed)?;
        }
        for weighed in self.0.weighing.borrow_mut().by_ref() {
            match weighed {
                Ok(weighed) => list.serialize_element(&weighed)?,
                Err(error) => {
                    self.0.failed.set(Some(error));
                    return Err(S::Error::custom("a record cannot be read"));
                }
            }
        }
        list.end()
    }
}

fn patient(file: &Path) -> Result<Patient> {
    let bytes = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{}: not a patient's facts", file.display()))
}

fn weighed(known: &Known<'_>, entry: Arc<Entry>) -> Weighed {
    let verdict =
        matching::verdict(known, &entry.trial, &entry.readings().criteria.facts, &matching::canonical);
    Weighed {
        id: entry.trial.id.clone(),
        title: entry.trial.title.clone(),
        overall: verdict.overall(),
        met: verdict.count(Truth::Yes),
        failed: verdict.count(Truth::No),
        unknown: verdict.count(Truth::Unknown),
        verdict,
        entry,
    }
}

fn print_trial(weighed: &Weighed, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\n{}  {}", one_line(&weighed.id), one_line(&weighed.title))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Record;
    use crate::protocol::Trial;

    /// The `number`th trial; every fourth shuts the patient out.
    fn entry(number: usize) -> Arc<Entry> {
        let least = if number % 4 == 3 { 60 } else { 30 };
        let mut trial =
            Trial { id: format!("T{number}"), title: format!("Trial {number}"), ..Trial::default() };
        trial.eligibility.text = Some(format!("Inclusion Criteria:\n\n* Age >= {least} years\n* ECOG 0-1"));
        Arc::new(Entry::new(Record { trial, raw: None }))
    }

    /// Tells how many records had been read when something was written.
    struct Watched<'r> {
        read: &'r Cell<usize>,
        text: String,
        first: Option<usize>,
    }

    impl Write for Watched<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.text.push_str(&String::from_utf8_lossy(bytes));
            if self.first.is_none() && self.text.contains("T0") {
                self.first = Some(self.read.get());
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn printed(count: usize, sorted: bool, format: MatchFormat) -> (String, Option<usize>) {
        let patient = Patient { age: Some(45.0), ..Patient::default() };
        let known = Known::of(&patient);
        let read = Cell::new(0);
        let mut entries = (0..count).map(|number| {
            read.set(read.get() + 1);
            Ok(entry(number))
        });
        let mut weighing = Weighing {
            known: &known,
            entries: &mut entries,
            waiting: Vec::new().into_iter(),
            questions: Questions::new(&patient),
            best: Vec::new(),
            count: 0,
        };
        let mut out = Watched { read: &read, text: String::new(), first: None };
        print_all(&mut weighing, None, sorted, format, &mut out).expect("printed");
        (out.text, out.first)
    }

    #[test]
    fn many_trials_are_printed_while_others_are_still_to_be_read() {
        for format in [MatchFormat::Text, MatchFormat::Json] {
            let (text, first) = printed(4 * TOGETHER, false, format);
            assert!(first.is_some_and(|first| first <= TOGETHER), "{format:?}: {first:?}");
            assert!(text.contains(&format!("T{}", 4 * TOGETHER - 1)), "{format:?}");
        }
    }

    #[test]
    fn what_is_streamed_says_the_same_as_what_is_put_in_order() {
        let json = |sorted| {
            let (text, _) = printed(40, sorted, MatchFormat::Json);
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON")
        };
        let (ordered, streamed) = (json(true), json(false));
        assert_eq!(ordered["next_question"], streamed["next_question"]);
        assert_eq!(streamed["next_question"]["decides"], 30);
        let ids = |answer: &serde_json::Value| -> Vec<String> {
            let trials = answer["trials"].as_array().expect("a list").iter();
            trials.filter_map(|trial| trial["id"].as_str().map(str::to_owned)).collect()
        };
        let best: Vec<String> = streamed["best"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|id| id.as_str().map(str::to_owned))
            .collect();
        assert_eq!(ids(&ordered)[..MOST_BEST], best);
        let mut all = ids(&ordered);
        all.sort_by_key(|id| id[1..].parse::<usize>().ok());
        assert_eq!(all, ids(&streamed));
        assert!(printed(40, false, MatchFormat::Text).0.contains("Least speaks against: T0, T1, T2, T4"));
    }
}
