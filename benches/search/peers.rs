//! Other ways to search the same trials: fzf, SkimMatcherV2 over every line, SQLite's full-text index.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Result;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rusqlite::Connection;
use trialdeck::search::fuzzy::Pattern;

use crate::data::{Line, size_of};
use crate::times::Times;
use crate::{SCREEN, fresh};

/// A peer that takes long is asked every so many keystrokes.
const EVERY: usize = 5;

/// SQLite's full-text index over the same fields.
pub struct Sqlite {
    connection: Connection,
    file: PathBuf,
}

impl Sqlite {
    /// Builds it in a file.
    pub fn build(folder: &Path, lines: &[Line]) -> Result<Self> {
        let file = fresh(folder, "fts5.sqlite")?;
        let mut connection = Connection::open(&file)?;
        connection.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             CREATE VIRTUAL TABLE trials USING fts5(id, title, conditions, drugs, tokenize = 'unicode61', prefix = '1 2 3');",
        )?;
        let all = connection.transaction()?;
        {
            let mut insert = all.prepare(
                "INSERT INTO trials(rowid, id, title, conditions, drugs) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for line in lines {
                let [id, title, conditions, drugs] = &line.fields;
                insert.execute((line.row, id, title, conditions, drugs))?;
            }
        }
        all.commit()?;
        Ok(Self { connection, file })
    }

    /// The rows of the first screen, best first.
    pub fn ask(&self, text: &str, most: usize) -> Result<Vec<u32>> {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let asked: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        // The last word may be unfinished.
        let asked = asked.join(" ") + "*";
        let mut found = self.connection.prepare_cached(
            "SELECT rowid, highlight(trials, 1, '<', '>') FROM trials WHERE trials MATCH ?1 ORDER BY rank LIMIT ?2",
        )?;
        let rows = found.query_map((asked, most), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The rows whose line has the words' letters in order, best first.
pub fn skim(matcher: &SkimMatcherV2, lines: &[(u32, String)], text: &str, most: usize) -> Vec<u32> {
    let mut found: Vec<(i64, u32)> = lines
        .iter()
        .filter_map(|(row, line)| {
            let scores = text.split_whitespace().map(|word| matcher.fuzzy_match(line, word));
            Some((scores.sum::<Option<i64>>()?, *row))
        })
        .collect();
    found.sort_by_key(|(score, row)| (std::cmp::Reverse(*score), *row));
    found.truncate(most);
    found.into_iter().map(|(_, row)| row).collect()
}

/// What fzf is installed, if any.
fn fzf_version() -> Option<String> {
    let told = Command::new("fzf").arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&told.stdout).trim().to_owned())
}

/// The first lines that fzf gives.
pub fn fzf(file: &Path, text: &str, most: usize) -> Result<Vec<String>> {
    let told = Command::new("fzf").args(["--filter", text]).stdin(Stdio::from(File::open(file)?)).output()?;
    Ok(String::from_utf8_lossy(&told.stdout).lines().take(most).map(str::to_owned).collect())
}

/// The lines in a file, each behind its row.
pub fn write_lines(folder: &Path, lines: &[Line]) -> Result<PathBuf> {
    let file = fresh(folder, "lines.txt")?;
    let mut out = BufWriter::new(File::create(&file)?);
    for line in lines {
        writeln!(out, "{}\t{}", line.row, line.text())?;
    }
    out.flush()?;
    Ok(file)
}

/// A keystroke to a ranked first screen.
pub fn same_task(folder: &Path, lines: &[Line], script: &[String], ours: &Times) -> Result<()> {
    let begin = Instant::now();
    let sqlite = Sqlite::build(folder, lines)?;
    let build = begin.elapsed();
    let mut times = Times::default();
    for text in script.iter().take(20).chain(script) {
        let begin = Instant::now();
        std::hint::black_box(sqlite.ask(text, SCREEN)?);
        times.push(begin.elapsed());
    }
    told(&format!("SQLite {} FTS5, four fields", rusqlite::version()), &times, ours);
    let plain: Vec<(u32, String)> = lines.iter().map(|line| (line.row, line.text().to_lowercase())).collect();
    let matcher = SkimMatcherV2::default();
    let mut times = Times::default();
    for text in script.iter().step_by(EVERY) {
        let begin = Instant::now();
        std::hint::black_box(skim(&matcher, &plain, text, SCREEN));
        times.push(begin.elapsed());
    }
    told("SkimMatcherV2 over every line", &times, ours);
    match fzf_version() {
        None => println!("  fzf: not installed, not measured"),
        Some(version) => {
            let file = write_lines(folder, lines)?;
            let mut times = Times::default();
            for text in script.iter().step_by(EVERY) {
                let begin = Instant::now();
                std::hint::black_box(fzf(&file, text, SCREEN)?);
                times.push(begin.elapsed());
            }
            told(&format!("fzf {version} --filter, with its start"), &times, ours);
        }
    }
    let bytes: usize = plain.iter().map(|(_, line)| line.len()).sum();
    println!(
        "  lost: SQLite is built in {:.1} s and takes {:.0} MB, the lines take {:.0} MB and no time; but these hold four fields, the \
         library the records with all their text",
        build.as_secs_f64(),
        size_of(&sqlite.file) as f64 / 1e6,
        bytes as f64 / 1e6
    );
    Ok(())
}

fn told(name: &str, times: &Times, ours: &Times) {
    println!("  {name:<44} {times}: {:.1} times ours at p99", times.at(99) / ours.at(99));
}

/// The letters in order, over every line.
pub fn same_work(folder: &Path, lines: &[Line], script: &[String]) -> Result<()> {
    let words =
        || script.iter().filter(|text| text.chars().all(|c| c.is_alphanumeric() || c == ' ')).step_by(EVERY);
    let plain: Vec<String> = lines.iter().map(Line::text).collect();
    let mut times = Times::default();
    for text in words() {
        let begin = Instant::now();
        let pattern = Pattern::new(text);
        std::hint::black_box(plain.iter().filter_map(|line| pattern.score(&[line])).count());
        times.push(begin.elapsed());
    }
    println!("  {:<44} {times}", "trialdeck's filter (one core)");
    let matcher = SkimMatcherV2::default();
    let mut times = Times::default();
    for text in words() {
        let begin = Instant::now();
        std::hint::black_box(plain.iter().filter_map(|line| matcher.fuzzy_match(line, text)).count());
        times.push(begin.elapsed());
    }
    println!("  {:<44} {times}", "SkimMatcherV2 (one core)");
    if fzf_version().is_some() {
        let file = write_lines(folder, lines)?;
        let mut times = Times::default();
        for text in words() {
            let begin = Instant::now();
            std::hint::black_box(fzf(&file, text, usize::MAX)?);
            times.push(begin.elapsed());
        }
        println!("  {:<44} {times}", "fzf (all cores, with its start)");
    }
    Ok(())
}
