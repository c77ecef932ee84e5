//! `trialdeck fetch` and `trialdeck library update`: records from ClinicalTrials.gov into the library.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};
use clap::Args;

use super::Exit;
use super::add::Counts;
use super::open::{LibraryArgs, library, now, writer};
use super::progress::Meter;
use crate::formats::Record;
use crate::library::store::{Added, Writer};
use crate::library::{Entry, Library};
use crate::output::guard::one_line;
use crate::protocol::Trial;
use crate::registry::{Client, DEFAULT_BASE, Question, changes};

/// Ids in one question.
const IDS_AT_ONCE: usize = 100;
/// Up to so many trials are asked for by their ids; of more, all that was posted since the newest of them.
const MOST_BY_ID: usize = 5_000;
/// Changes that are told of one record.
const MOST_CHANGES: usize = 12;

/// Where the registry is.
#[derive(Args, Clone, Debug)]
pub struct RegistryArgs {
    /// The registry's API, instead of ClinicalTrials.gov's (also: TRIALDECK_REGISTRY)
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

impl RegistryArgs {
    fn client(&self) -> Client {
        let set = std::env::var("TRIALDECK_REGISTRY").ok().filter(|base| !base.is_empty());
        Client::new(self.base_url.as_deref().or(set.as_deref()).unwrap_or(DEFAULT_BASE))
    }
}

/// Arguments of `trialdeck fetch`.
#[derive(Args, Debug)]
pub struct FetchArgs {
    /// Registry numbers (NCT…)
    #[arg(value_name = "ID", required_unless_present = "query")]
    pub ids: Vec<String>,
    /// Records that the registry finds by these words
    #[arg(long, value_name = "WORDS", conflicts_with = "ids")]
    pub query: Option<String>,
    /// At most so many records
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub limit: usize,
    /// The library
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Keep the records that newer versions replace, and not only their dates
    #[arg(long)]
    pub keep_versions: bool,
    /// The registry
    #[command(flatten)]
    pub registry: RegistryArgs,
}

/// Asks for records, adds them and tells what changed.
///
/// # Errors
/// When the registry gives no answer or the library cannot be written.
pub fn run(args: &FetchArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let interrupted = super::note_interrupt()?;
    let root = args.library.folder()?;
    let ids: Vec<String> = args.ids.iter().map(|id| id.to_uppercase()).collect();
    for id in &ids {
        let digits = id.strip_prefix("NCT").unwrap_or_default();
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            bail!("{}: not a number of ClinicalTrials.gov, such as NCT01234567", one_line(id));
        }
    }
    let questions: Vec<Question> = match &args.query {
        Some(words) => vec![Question::words(words)],
        None => ids.chunks(IDS_AT_ONCE).map(Question::ids).collect(),
    };
    let mut fetching = Fetching::new(&root, args.keep_versions, None, args.limit);
    let done = fetching.ask(&args.registry.client(), &questions, &interrupted, out, warnings);
    let found = fetching.seen.clone();
    let exit = fetching.end(&interrupted, out)?;
    done?;
    for id in ids.iter().filter(|id| !found.contains(*id)) {
        writeln!(warnings, "trialdeck: the registry has no record {id}")?;
    }
    Ok(if found.is_empty() && exit == Exit::Done { Exit::Nothing } else { exit })
}

/// Asks for what has changed of the library's records since they were added.
///
/// # Errors
/// When there is no library, the registry gives no answer or the library cannot be written.
pub fn update(
    root: &Path,
    registry: &RegistryArgs,
    out: &mut dyn Write,
    warnings: &mut dyn Write,
) -> Result<Exit> {
    let interrupted = super::note_interrupt()?;
    let known = Known::of(&library(root, warnings)?);
    let questions = known.questions(warnings)?;
    let mut fetching = Fetching::new(root, false, Some(known.ids()), usize::MAX);
    let done = fetching.ask(&registry.client(), &questions, &interrupted, out, warnings);
    let exit = fetching.end(&interrupted, out)?;
    done?;
    Ok(exit)
}

/// The registry's records in the library, each with the date of its last update, the oldest first.
struct Known(Vec<(String, String)>);

impl Known {
    fn of(library: &Library) -> Self {
        let rows = library.rows();
        let rows = rows.live().filter_map(|row| rows.get(row)).filter(|row| row.id.starts_with("NCT"));
        let mut known: Vec<(String, String)> =
            rows.map(|row| (row.version.unwrap_or_default().to_owned(), row.id.to_owned())).collect();
        known.sort();
        Self(known)
    }

    fn ids(&self) -> HashSet<String> {
        self.0.iter().map(|(_, id)| id.clone()).collect()
    }

    fn questions(&self, warnings: &mut dyn Write) -> Result<Vec<Question>> {
        if self.0.len() > MOST_BY_ID {
            let newest = self.0.last().map(|(version, _)| version.as_str()).unwrap_or_default();
            writeln!(
                warnings,
                "trialdeck: asking for what was posted since {newest}, the newest date in the library"
            )?;
            return Ok(vec![Question::default().since(newest)]);
        }
        let chunk = |known: &[(String, String)]| {
            let ids: Vec<String> = known.iter().map(|(_, id)| id.clone()).collect();
            let question = Question::ids(&ids);
            match known.first() {
                Some((oldest, _)) if oldest.len() == 10 => question.since(oldest),
                _ => question,
            }
        };
        Ok(self.0.chunks(IDS_AT_ONCE).map(chunk).collect())
    }
}

struct Fetching<'r> {
    root: &'r Path,
    keep: bool,
    /// Records that are wanted; all when none are named.
    wanted: Option<HashSet<String>>,
    limit: usize,
    before: Option<Library>,
    /// Opened with the first record.
    writer: Option<Writer>,
    counts: Counts,
    seen: HashSet<String>,
    bytes: u64,
}

impl<'r> Fetching<'r> {
    fn new(root: &'r Path, keep: bool, wanted: Option<HashSet<String>>, limit: usize) -> Self {
        let (counts, seen) = (Counts::default(), HashSet::new());
        Self { root, keep, wanted, limit, before: None, writer: None, counts, seen, bytes: 0 }
    }

    fn ask(
        &mut self,
        client: &Client,
        questions: &[Question],
        interrupted: &AtomicBool,
        out: &mut dyn Write,
        warnings: &mut dyn Write,
    ) -> Result<()> {
        let mut meter = Meter::new();
        for question in questions {
            let mut pauses = Vec::new();
            let mut failed = None;
            let asked = client.ask(question, &mut |pause| pauses.push(pause.to_owned()), &mut |page| {
                self.bytes += page.bytes;
                let taken = page.records.into_iter().try_for_each(|record| match record {
                    Ok(record) => self.take(record, out, warnings),
                    Err(problem) => Ok(writeln!(warnings, "trialdeck: {problem}")?),
                });
                let (records, speed) = (self.seen.len(), meter.rate(self.bytes) / 1e6);
                meter.show(records as u64, 0, |_| format!("{records} records, {speed:.1} MB/s"));
                failed = taken.err();
                failed.is_none() && !interrupted.load(Ordering::Relaxed) && self.seen.len() < self.limit
            });
            meter.clear();
            for pause in pauses {
                writeln!(warnings, "trialdeck: the registry: {pause}")?;
            }
            if let Some(error) = failed {
                return Err(error);
            }
            asked?;
            if interrupted.load(Ordering::Relaxed) || self.seen.len() >= self.limit {
                break;
            }
        }
        Ok(())
    }

    fn take(&mut self, record: Record, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<()> {
        let entry = Arc::new(Entry::new(record));
        let id = entry.trial.id.clone();
        let unwanted = self.wanted.as_ref().is_some_and(|wanted| !wanted.contains(&id));
        if unwanted || self.seen.len() >= self.limit {
            return Ok(());
        }
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let writer = none.insert(writer(self.root, &now(), warnings)?);
                self.before = Some(Library::open(self.root)?);
                writer
            }
        };
        let added = writer.add(&entry, self.keep)?;
        self.counts.note(&added);
        self.seen.insert(id);
        self.tell(&added, &entry.trial, out)
    }

    fn tell(&self, added: &Added, trial: &Trial, out: &mut dyn Write) -> Result<()> {
        let id = one_line(&trial.id);
        let version = trial.source.as_ref().and_then(|source| source.version.as_deref()).unwrap_or("undated");
        match added {
            Added::New => writeln!(out, "{id}\tnew\t{}", one_line(&trial.title))?,
            Added::Replaced { earlier } => {
                let earlier = earlier.as_deref().unwrap_or("undated");
                writeln!(out, "{id}\tupdated\t{} → {}", one_line(earlier), one_line(version))?;
                self.tell_changes(trial, out)?;
            }
            Added::Unchanged | Added::Earlier => {}
        }
        Ok(())
    }

    fn tell_changes(&self, trial: &Trial, out: &mut dyn Write) -> Result<()> {
        let Some(library) = &self.before else { return Ok(()) };
        let Some(row) = library.find(&trial.id)?.first().copied() else { return Ok(()) };
        let Some(before) = library.entry(row)? else { return Ok(()) };
        let told = changes(&before.trial, trial);
        for change in told.iter().take(MOST_CHANGES) {
            writeln!(out, "\t{}", one_line(change))?;
        }
        if told.len() > MOST_CHANGES {
            writeln!(out, "\tand {} more", told.len() - MOST_CHANGES)?;
        }
        Ok(())
    }

    /// Makes what came part of the library, whatever happened after.
    fn end(self, interrupted: &AtomicBool, out: &mut dyn Write) -> Result<Exit> {
        if let Some(mut writer) = self.writer {
            writer.commit()?;
            let trials = writer.len();
            writer.finish()?;
            writeln!(out, "{}; {trials} trials in {}", self.counts.told(), self.root.display())?;
        } else if self.wanted.is_some() {
            writeln!(out, "nothing has changed")?;
        }
        Ok(if interrupted.load(Ordering::Relaxed) { Exit::Interrupted } else { Exit::Done })
    }
}
