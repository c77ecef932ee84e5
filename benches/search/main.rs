//! A registry at the speed of a keystroke: adding it, opening it, and searching it, beside other ways to search.
//!
//! `cargo bench --bench search`. The registry is made by `../shared/tools/inflate` (100,000 studies, or
//! `TRIALDECK_BENCH_COUNT`), or is the file that `TRIALDECK_BENCH_JSON` names; without either it says so and does
//! nothing. What `inflate` makes is smaller and more repetitive than the registry: the figures are a projection.

mod data;
mod peers;
mod recall;
mod script;
mod times;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, ensure};
use trialdeck::app::{self, Model, Msg};
use trialdeck::library::Library;
use trialdeck::runtime::headless;
use trialdeck::search::{self, query, typed};
use trialdeck::ui::Theme;

use crate::times::Times;

/// Rows of a first screen.
pub const SCREEN: usize = 50;

fn main() -> Result<()> {
    // `cargo test --benches` only wants to know that it runs.
    if !std::env::args().any(|arg| arg == "--bench") {
        return Ok(());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search-bench");
    let Some(json) = data::json(&folder)? else {
        println!("skipped: neither TRIALDECK_BENCH_JSON nor ../shared/tools/inflate is there");
        return Ok(());
    };
    let root = folder.join("library");
    add(&json, &root)?;
    first_frame(&root)?;
    let library = Library::open(&root)?;
    let script = script::keystrokes();
    let ours = keystrokes(&library, &script)?;
    println!("anonymous memory while searching: {:.0} MB (limit 400)", data::anonymous_megabytes());
    let lines = data::lines(&library)?;
    println!("\nsame task: a keystroke to a ranked first screen of {SCREEN} rows, {} trials", lines.len());
    println!("  {:<44} {ours}", "trialdeck (library)");
    peers::same_task(&folder, &lines, &script, &ours)?;
    println!("\nsame work: the letters in order, over every line of id, title, conditions and drugs");
    peers::same_work(&folder, &lines, &script)?;
    recall::table(&library, &lines, &folder)?;
    Ok(())
}

/// `trialdeck add` from end to end.
fn add(json: &Path, root: &Path) -> Result<()> {
    let _ = std::fs::remove_dir_all(root);
    let bytes = std::fs::metadata(json)?.len();
    let begin = (Instant::now(), data::children_seconds());
    let status = Command::new(env!("CARGO_BIN_EXE_trialdeck"))
        .args(["add", "--read-later", "--library"])
        .args([root, json])
        .stderr(std::process::Stdio::null())
        .status()?;
    ensure!(status.success(), "add failed");
    let (seconds, cpu) = (begin.0.elapsed().as_secs_f64(), data::children_seconds() - begin.1);
    let megabytes = bytes as f64 / 1e6;
    let disk = data::size_of(root) as f64 / 1e6;
    println!(
        "add: {megabytes:.0} MB of JSON in {seconds:.1} s, {:.0} MB/s (limit 60); {cpu:.1} s of processor time, {:.0} MB/s if two \
         cores were free",
        megabytes / seconds,
        megabytes / (cpu / 2.0)
    );
    println!("disk: {disk:.0} MB, {:.1}% of the JSON (limit 40)", 100.0 * disk / megabytes);
    Ok(())
}

/// Opening the library to the first frame with its list.
fn first_frame(root: &Path) -> Result<()> {
    let theme = Theme::default();
    let mut times = Times::default();
    for _ in 0..11 {
        let begin = Instant::now();
        let library = Library::open(root)?;
        let mut model = Model::new("bench", None);
        headless::tell(&mut model, Msg::Resize(120, SCREEN as u16));
        app::update(&mut model, Msg::Library(Arc::new(library)));
        let screen = headless::screen(&model, &theme);
        ensure!(screen.content().iter().any(|cell| cell.symbol() == "N"), "no list in the first frame");
        times.push(begin.elapsed());
    }
    println!("opening to the first frame with the list, warm: {times} (limit 100 ms)");
    Ok(())
}

/// Every keystroke of the script: the rows that the list shows first, with their matches lit; and all rows after.
fn keystrokes(library: &Library, script: &[String]) -> Result<Times> {
    let mut first = Times::default();
    let mut all = Times::default();
    let mut slowest: Vec<(f64, String)> = Vec::new();
    let library = Arc::new(Library::open(library.root())?);
    for text in script.iter().take(20).chain(script) {
        let begin = Instant::now();
        let answer = search::listing::best(&library, text)?;
        for hit in answer.hits.iter().take(SCREEN) {
            let title = u32::try_from(hit.row).ok().and_then(|row| library.rows().title(row));
            std::hint::black_box(search::spans(title.unwrap_or_default(), &answer.meanings));
        }
        let took = begin.elapsed();
        first.push(took);
        slowest.push((took.as_secs_f64() * 1e3, text.clone()));
        let begin = Instant::now();
        std::hint::black_box(search::rows(
            library.index(),
            &query::parse(text, &typed::variable),
            &|row, test| search::listing::holds(&library, row, test),
        )?);
        all.push(begin.elapsed());
    }
    println!("keystroke to a ranked, highlighted first screen: {first} (limits: median 5 ms, p99 16 ms)");
    println!("  and all rows that match, in a second step: {all}");
    slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let slowest: Vec<String> = slowest.iter().take(6).map(|(ms, text)| format!("{text:?} {ms:.1}")).collect();
    println!("  slowest: {}", slowest.join(", "));
    Ok(first)
}

/// A folder made anew.
pub fn fresh(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    let _ = std::fs::remove_file(&path);
    std::fs::create_dir_all(folder)?;
    Ok(path)
}
