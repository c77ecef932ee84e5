//! The registry that is searched, and what is measured of files and memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use trialdeck::library::Library;

/// The generator of registries, beside the repository.
const INFLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/tools/inflate");

/// The file of studies; made when it is not there. `None` when it cannot be made.
pub fn json(folder: &Path) -> Result<Option<PathBuf>> {
    if let Some(file) = std::env::var_os("TRIALDECK_BENCH_JSON") {
        println!("registry: the file that TRIALDECK_BENCH_JSON names");
        return Ok(Some(file.into()));
    }
    if !Path::new(INFLATE).is_file() {
        return Ok(None);
    }
    let count = std::env::var("TRIALDECK_BENCH_COUNT").unwrap_or_else(|_| "100000".to_owned());
    let file = folder.join(format!("{count}.json"));
    println!(
        "registry: {count} studies of ../shared/tools/inflate: a projection of the registry, not the registry"
    );
    if !file.is_file() {
        fs::create_dir_all(folder)?;
        let made = Command::new(INFLATE).args(["--count", &count, "--out"]).arg(&file).status();
        ensure!(made.context("inflate cannot be run")?.success(), "inflate failed");
    }
    Ok(Some(file))
}

/// One trial as the peers have it.
#[derive(Debug)]
pub struct Line {
    /// The row of the library.
    pub row: u32,
    /// What they search: id, title, conditions, drugs.
    pub fields: [String; 4],
}

impl Line {
    /// All fields on one line.
    pub fn text(&self) -> String {
        self.fields.join(" ").replace('\n', " ")
    }
}

/// Every trial of a library.
pub fn lines(library: &Library) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    library.for_each(&|_| true, &mut |row, entry| {
        let trial = &entry.trial;
        let drugs: Vec<&str> = trial.interventions.iter().map(|drug| drug.name.as_str()).collect();
        let fields = [trial.id.clone(), trial.title.clone(), trial.conditions.join(", "), drugs.join(", ")];
        lines.push(Line { row, fields });
        true
    })?;
    lines.sort_by_key(|line| line.row);
    Ok(lines)
}

/// Bytes of all files below a folder, or of a file.
pub fn size_of(path: &Path) -> u64 {
    let Ok(meta) = fs::metadata(path) else { return 0 };
    if meta.is_file() {
        return meta.len();
    }
    fs::read_dir(path).into_iter().flatten().flatten().map(|entry| size_of(&entry.path())).sum()
}

/// This process's anonymous memory (RssAnon); 0 where the system does not tell.
pub fn anonymous_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1e3
}

/// Processor seconds of the children that have ended; 0 where the system does not tell.
pub fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets: the 14th and 15th of what is left are the children's user and system ticks.
    let rest = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    let ticks = rest.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
