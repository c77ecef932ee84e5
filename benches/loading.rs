//! How fast records load: the shared corpus's arrays and zip where it is there, else records made for the purpose.
//! Next to each, `serde_json` skipping over the same bytes on one core: no reader that looks at every byte is faster
//! by more than the number of cores. `cargo bench --bench loading` prints it; the aim is 250 MB/s on two cores.

#![allow(clippy::expect_used, reason = "a bench may fail")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use serde::de::IgnoredAny;
use trialdeck::library::{Cancel, load_all};

fn main() {
    divan::main();
}

/// Files to load, and the JSON that is in them, unpacked.
struct Input {
    paths: Vec<PathBuf>,
    texts: Vec<String>,
}

impl Input {
    fn bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }
}

fn shared(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json")).join(path)
}

/// Arrays of studies, as the registry's site gives them.
fn arrays() -> Input {
    let folder = shared("bulk_array");
    if !folder.is_dir() {
        return made("array.json", &|texts| format!("[{}]", texts.join(",\n")).into_bytes());
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| std::fs::read_to_string(path).expect("text")).collect();
    Input { paths, texts }
}

/// The registry's bulk download: a zip with a file for each study.
fn zip() -> Input {
    let path = shared("zip_of_json/ctg-studies.json.zip");
    if !path.is_file() {
        return made("bulk.zip", &pack);
    }
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&path).expect("a file")).expect("a zip");
    let texts = (0..zip.len()).map(|index| {
        let mut text = String::new();
        zip.by_index(index).expect("a member").read_to_string(&mut text).expect("text");
        text
    });
    Input { texts: texts.collect(), paths: vec![path] }
}

fn pack(texts: &[String]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (number, text) in texts.iter().enumerate() {
        zip.start_file(format!("{number}.json"), zip::write::SimpleFileOptions::default()).expect("a member");
        zip.write_all(text.as_bytes()).expect("a member");
    }
    zip.finish().expect("a zip").into_inner()
}

/// Without the corpus: the test's study over and over, under different ids.
fn made(name: &str, pack: &dyn Fn(&[String]) -> Vec<u8>) -> Input {
    let study = include_str!("../src/formats/ctgov_json/fixture.json");
    let texts: Vec<String> =
        (0..4_000).map(|n| study.replace("NCT90000001", &format!("NCT9{n:07}"))).collect();
    let path = std::env::temp_dir().join(format!("trialdeck-bench-{}-{name}", std::process::id()));
    std::fs::write(&path, pack(&texts)).expect("a file");
    Input { paths: vec![path], texts }
}

fn load(bencher: Bencher<'_, '_>, input: &Input) {
    bencher.counter(BytesCount::new(input.bytes())).bench(|| {
        let loaded = load_all(&input.paths, &Cancel::new());
        assert!(loaded.problems.is_empty());
        loaded.entries.len()
    });
}

fn skip(bencher: Bencher<'_, '_>, input: &Input) {
    bencher.counter(BytesCount::new(input.bytes())).bench(|| {
        for text in &input.texts {
            serde_json::from_str::<IgnoredAny>(text).expect("JSON");
        }
    });
}

#[divan::bench]
fn arrays_loaded(bencher: Bencher<'_, '_>) {
    load(bencher, &arrays());
}

#[divan::bench]
fn arrays_skipped_over(bencher: Bencher<'_, '_>) {
    skip(bencher, &arrays());
}

#[divan::bench]
fn zip_loaded(bencher: Bencher<'_, '_>) {
    load(bencher, &zip());
}

#[divan::bench]
fn zip_skipped_over(bencher: Bencher<'_, '_>) {
    skip(bencher, &zip());
}
