//! What it costs to align six trials, the largest of `../shared/data` where that is there, else six made up here.
//!
//! `cargo bench --bench comparing`. To stay under 20 ms; `words_of_the_same_texts` splits the same prose into words and
//! does nothing else, as the limit beside it.

use std::path::Path;
use std::sync::Arc;

use divan::Bencher;
use trialdeck::compare::{SECTIONS, Side, compare};
use trialdeck::formats::Record;
use trialdeck::library::{Cancel, Entry, load_all};
use trialdeck::protocol::Trial;

fn main() {
    let six = largest();
    let ids: Vec<&str> = six.iter().map(|entry| entry.trial.id.as_str()).collect();
    println!(
        "six trials of {} kB of prose: {}",
        six.iter().map(|e| prose(&e.trial).len()).sum::<usize>() / 1000,
        ids.join(" ")
    );
    divan::main();
}

/// Everything in a trial that is aligned by its words.
fn prose(trial: &Trial) -> String {
    let mut all = trial.eligibility.text.clone().unwrap_or_default();
    for endpoint in &trial.endpoints {
        all.push_str(&endpoint.measure);
        all.push_str(endpoint.description.as_deref().unwrap_or_default());
    }
    for arm in &trial.arms {
        all.push_str(arm.description.as_deref().unwrap_or_default());
    }
    for given in &trial.interventions {
        all.push_str(given.description.as_deref().unwrap_or_default());
    }
    all
}

fn largest() -> Vec<Arc<Entry>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json");
    let mut entries = if folder.exists() { load_all(&[folder], &Cancel::new()).entries } else { made_up() };
    entries.sort_by_key(|entry| std::cmp::Reverse(prose(&entry.trial).len()));
    entries.dedup_by(|one, other| one.trial.id == other.trial.id);
    entries.truncate(6);
    entries
}

fn made_up() -> Vec<Arc<Entry>> {
    let entry = |number: usize| {
        let items: String = (0..120)
            .map(|item| {
                format!(
                    "* Platelets of at least {} x 10^9/L on day {item} of screening\n",
                    50 + number + item
                )
            })
            .collect();
        let mut trial = Trial { id: format!("NCT{number:08}"), ..Trial::default() };
        trial.eligibility.text = Some(format!("Inclusion Criteria:\n{items}"));
        Arc::new(Entry::new(Record { trial, raw: None }))
    };
    (0..6).map(entry).collect()
}

#[divan::bench]
fn six_aligned_in_every_section(bencher: Bencher<'_, '_>) {
    let entries = largest();
    let sides: Vec<Side<'_>> =
        entries.iter().map(|entry| Side { trial: &entry.trial, readings: entry.readings() }).collect();
    bencher.bench_local(|| compare(&sides, &SECTIONS));
}

#[divan::bench]
fn words_of_the_same_texts(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> = largest().iter().map(|entry| prose(&entry.trial)).collect();
    bencher.bench_local(|| {
        texts.iter().map(|text| trialdeck::library::index::words::words(text).len()).sum::<usize>()
    });
}
