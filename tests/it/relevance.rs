//! What somebody types, and the trial that must be among the first five: `tests/relevance.toml`, over real records.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;
use trialdeck::library::store::Writer;
use trialdeck::library::{Cancel, Library, load_all};
use trialdeck::search::listing;

/// The wanted trial stands so high at the latest.
const FIRST: usize = 5;
/// Of a hundred queries so many must find their trial there.
const ENOUGH: usize = 95;

#[test]
fn the_wanted_trial_is_among_the_first_five() {
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json");
    if !records.is_dir() {
        println!("skipped: ../shared/data is not there");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(folder.path(), "now").expect("a writer");
    let loaded =
        load_all(&["bulk_array", "single", "zip_of_json"].map(|name| records.join(name)), &Cancel::new());
    for entry in &loaded.entries {
        writer.add(entry, false).expect("added");
    }
    writer.commit().expect("committed");
    writer.finish().expect("finished");
    let library = Library::open(folder.path()).expect("a library");

    let table: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(include_str!("../relevance.toml")).expect("a table");
    let mut asked = 0;
    let mut missed = Vec::new();
    for (kind, queries) in &table {
        for (query, wanted) in queries {
            asked += 1;
            let answer = listing::best(&library, query).expect("an answer");
            let ids: Vec<&str> = answer
                .hits
                .iter()
                .take(FIRST)
                .filter_map(|hit| library.rows().get(u32::try_from(hit.row).ok()?).map(|row| row.id))
                .collect();
            if !ids.contains(&wanted.as_str()) {
                missed.push(format!("{kind}: {query:?} should find {wanted}, finds {}", ids.join(" ")));
            }
        }
    }
    println!(
        "{} of {asked} found among {} trials\n{}",
        asked - missed.len(),
        library.len(),
        missed.join("\n")
    );
    assert!(asked >= 60, "only {asked} queries");
    assert!((asked - missed.len()) * 100 >= asked * ENOUGH, "{}", missed.join("\n"));
}
