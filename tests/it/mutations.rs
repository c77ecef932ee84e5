//! Records that went wrong: real ones (the samples where `../shared` is missing) with fields dropped, swapped, doubled, of
//! another type, cut in the middle of their words. Each is read as a file would be, and its prose through every reader.
//! Seeded: a failure comes again.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::ops::ControlFlow;
use std::path::Path;

use fastrand::Rng;
use rayon::prelude::*;
use serde_json::{Value, json};
use trialdeck::formats::input;
use trialdeck::{calendar, findings, reading};

/// How many mutated records in all.
const RECORDS: u64 = 20_000;
/// Longer records say the same things more often, and take the time of many.
const LONGEST: usize = 6_000;
/// What is put into prose, or in place of it.
const ODD: &[&str] = &[
    "",
    " ",
    "\u{0}",
    "\u{202e}",
    "\u{1b}[2J",
    "患者",
    "e\u{301}",
    "99999999999999999999",
    "-1",
    "≥ 1.5 x 10^9/L",
    "80 mg IV on days 1-",
    "every 0 weeks",
    "Exclusion Criteria:",
    "1) 2) 3)",
    "(((((",
    "2026-13-45",
    "PHASE9",
    "and/or",
];

/// Studies to start from, without what no reader looks at.
fn studies() -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folder = root.join("../shared/data/ctgov_v2_json/single");
    if !folder.is_dir() {
        println!("../shared is not here: the samples are mutated instead");
        folder = root.join("assets/trials");
    }
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut studies: Vec<Value> = paths
        .iter()
        .filter_map(|path| serde_json::from_slice(&std::fs::read(path).ok()?).ok())
        .map(|mut study: Value| {
            if let Some(fields) = study.as_object_mut() {
                ["resultsSection", "derivedSection", "annotationSection"].iter().for_each(|name| {
                    fields.remove(*name);
                });
            }
            study
        })
        .collect();
    studies.sort_by_key(|study| study.to_string().len());
    let short = studies.iter().filter(|study| study.to_string().len() <= LONGEST).count();
    studies.truncate(short.max(1));
    studies
}

/// Goes down to some place in the record and changes it there.
fn mutate(value: &mut Value, depth: usize, rng: &mut Rng) {
    // A record without its modules is refused at once: that much is kept.
    let deeper = depth < 2 || rng.u8(..8) > 0;
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let at = rng.usize(..fields.len());
            fields.values_mut().nth(at).into_iter().for_each(|inner| mutate(inner, depth + 1, rng));
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = rng.usize(..items.len());
            items.get_mut(at).into_iter().for_each(|inner| mutate(inner, depth + 1, rng));
        }
        here => change(here, rng),
    }
}

fn change(here: &mut Value, rng: &mut Rng) {
    let odd = *rng.choice(ODD).expect("some");
    if rng.u8(..5) == 0 {
        let other = [
            json!(null),
            json!(true),
            json!(-1),
            json!(1e300),
            json!([]),
            json!({}),
            json!([[[odd]]]),
            json!(odd),
        ];
        *here = rng.choice(other).expect("some");
        return;
    }
    match here {
        Value::String(text) => *text = bent(text, odd, rng),
        Value::Array(items) if !items.is_empty() => {
            let at = rng.usize(..items.len());
            match rng.u8(..3) {
                0 => drop(items.remove(at)),
                1 => items.reverse(),
                _ => items.extend(items.get(at).cloned().map(|item| vec![item; 3]).unwrap_or_default()),
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(rng.usize(..fields.len())).cloned().expect("a name");
            if let Some(inner) = fields.remove(&name)
                && rng.bool()
            {
                fields.insert(format!("{name}{odd}"), inner);
            }
        }
        _ => *here = json!(odd),
    }
}

/// A text cut, with something in its middle, or said again.
fn bent(text: &str, odd: &str, rng: &mut Rng) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut place = || places.get(rng.usize(..places.len())).copied().unwrap_or_default();
    let (from, to) = (place(), place());
    let (from, to) = (from.min(to), from.max(to));
    let (head, middle, tail) = (&text[..from], &text[from..to], &text[to..]);
    match rng.u8(..5) {
        0 => format!("{head}{tail}"),
        1 => format!("{head}{odd}{middle}{tail}"),
        2 => format!("{head}{middle}{middle}{tail}"),
        3 => middle.to_owned(),
        _ => format!("{tail}{odd}{head}"),
    }
}

/// Reads a file's bytes and all that is made of its records; gives how many records there were.
fn read(bytes: &[u8]) -> usize {
    let mut records = 0;
    input::pieces_of("mutated.json", bytes, &mut |piece| {
        piece.read(&mut |read| {
            let Ok(record) = read else { return };
            records += 1;
            let readings = reading::trial::read(&record.trial);
            findings::check(&record.trial, &readings);
            let start = calendar::start::parse("2026-12-01", None).expect("a date");
            for course in calendar::courses(&record.trial, &readings).iter().take(2) {
                calendar::dated(&record.trial, &readings, course, &calendar::Wanted::from(start));
            }
            if let Some(raw) = record.raw {
                raw.fields();
            }
        });
        ControlFlow::Continue(())
    });
    records
}

#[test]
fn mutated_records_are_read_or_refused_and_nothing_panics() {
    let studies = studies();
    let read: usize = (0..RECORDS)
        .into_par_iter()
        .map(|seed| {
            let mut rng = Rng::with_seed(seed);
            let mut study = rng.choice(&studies).expect("a study").clone();
            (0..rng.u8(1..6)).for_each(|_| mutate(&mut study, 0, &mut rng));
            let mut bytes = study.to_string().into_bytes();
            if rng.u8(..10) == 0 {
                bytes.truncate(rng.usize(..bytes.len()));
            }
            read(&bytes)
        })
        .sum();
    // Many changes leave a record that can be read: else this would test the refusals alone.
    assert!(read as u64 > RECORDS / 4, "{read} records were read");
}
