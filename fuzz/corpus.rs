//! Writes a corpus for each fuzz target into `fuzz/corpus/`: real records and texts of `../shared/data` where it is here,
//! the samples else. `cargo run --example fuzz_corpus`

#![allow(clippy::expect_used, reason = "a tool for developers ends with what went wrong")]

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use trialdeck::library::{Cancel, load_all, samples};

/// Files larger than this slow a fuzzer down more than they teach it.
const LARGEST: u64 = 60_000;
/// Texts of one kind at most.
const MOST: usize = 400;

struct Corpus {
    folder: PathBuf,
}

impl Corpus {
    fn add(&self, target: &str, bytes: &[u8]) {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder).expect("a folder");
        let here = fs::read_dir(&folder).expect("a folder").count();
        if !bytes.is_empty() && bytes.len() as u64 <= LARGEST && here < MOST {
            let name: String =
                Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            fs::write(folder.join(name), bytes).expect("a file");
        }
    }
}

/// The files below a folder that are not too large.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() => files(&path, found),
            Ok(_) => found.push(path),
            Err(_) => {}
        }
    }
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = Corpus { folder: root.join("fuzz/corpus") };
    let shared = root.join("../shared");
    let mut found = Vec::new();
    for folder in ["shared/data", "shared/seeds"] {
        files(&root.join("..").join(folder), &mut found);
    }
    files(&root.join("assets/trials"), &mut found);
    for path in &found {
        let Ok(bytes) = fs::read(path) else { continue };
        let target = match path.extension().and_then(|ending| ending.to_str()) {
            Some("json") => "json",
            Some("csv" | "tsv") => "csv",
            Some("txt") => "plain_text",
            Some("zip" | "gz" | "tar") => "packed",
            _ => continue,
        };
        // Of a long table its head and some records are as good as all of it.
        let cut =
            if target == "csv" { bytes.get(..bytes.len().min(20_000)).unwrap_or_default() } else { &bytes };
        corpus.add(target, cut);
    }
    let records = [shared.join("data/ctgov_v2_json/single"), shared.join("data/ctgov_v2_json/bulk_array")];
    let present: Vec<PathBuf> = records.into_iter().filter(|path| path.is_dir()).collect();
    let entries = if present.is_empty() { samples() } else { load_all(&present, &Cancel::new()).entries };
    for entry in &entries {
        let trial = &entry.trial;
        let own = serde_json::to_vec(trial).expect("JSON");
        corpus.add("own_json", &own);
        corpus.add("trial", &own);
        corpus.add("criteria", trial.eligibility.text.as_deref().unwrap_or_default().as_bytes());
        for arm in &trial.arms {
            let text = format!("{}\0{}", arm.description.as_deref().unwrap_or_default(), arm.label);
            corpus.add("dosing", text.as_bytes());
        }
        for outcome in &trial.endpoints {
            let text = format!("{}\0{}", outcome.measure, outcome.description.as_deref().unwrap_or_default());
            corpus.add("endpoint", text.as_bytes());
            corpus.add("time_frame", outcome.time_frame.as_ref().map_or("", |frame| &frame.text).as_bytes());
        }
    }
    corpus.add("config", trialdeck::config::DEFAULT.as_bytes());
    corpus.add(
        "config",
        b"keymap = \"emacs\"\nmouse = true\n[keys]\nquit = [\"ctrl-x ctrl-c\"]\n[colors]\nplain = \"#fff\"\n",
    );
    for query in [
        "drug:regorafenib phase>=2 ecog<=1",
        "\"lung adenocarcinoma\" -status:recruiting",
        "(a OR b) NOT c:none",
        "age:18..65 start>2020-01",
    ] {
        corpus.add("query", query.as_bytes());
    }
    for typed in [
        "B7, 61 f, ecog 1, anc 1.2, platelets 95 10^9/L, lines 2, chemotherapy 20 days ago, KIT exon 17",
        "next mon",
        "2026-12-01",
        "{\"code\":\"B7\",\"age\":61,\"values\":[{\"variable\":\"anc\",\"value\":1.2,\"unit\":\"10^9/L\"}]}",
    ] {
        corpus.add("typed", typed.as_bytes());
    }
    println!("{}", corpus.folder.display());
}
