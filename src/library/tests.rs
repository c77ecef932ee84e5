use std::path::PathBuf;

use crossbeam_channel::{bounded, unbounded};
use tempfile::TempDir;

use super::*;

/// A folder with `files` files of `each` studies; one study in seven is broken.
fn folder(files: usize, each: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in 0..files {
        let mut text = String::new();
        for record in 0..each {
            let number = file * each + record;
            let count = if number % 7 == 6 { "\"many\"" } else { "12" };
            text.push_str(&format!(
                "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT{number:08}\"}},\
                 \"designModule\":{{\"enrollmentInfo\":{{\"count\":{count}}}}}}}}}\n"
            ));
        }
        std::fs::write(folder.path().join(format!("{file:04}.json")), text).unwrap();
    }
    folder
}

fn paths(folder: &TempDir) -> Vec<PathBuf> {
    vec![folder.path().to_owned()]
}

#[test]
fn trials_arrive_in_the_order_of_the_input_and_the_end_comes_last() {
    let folder = folder(40, 50);
    let (sender, events) = unbounded();
    load(paths(&folder), Cancel::new(), sender).join().unwrap();
    let events: Vec<LoadEvent> = events.into_iter().collect();
    let (mut ids, mut problems, mut last) = (Vec::new(), 0, Progress::default());
    for event in &events {
        match event {
            LoadEvent::Batch(batch) => ids.extend(batch.iter().map(|entry| entry.trial.id.clone())),
            LoadEvent::Problem(_) => problems += 1,
            LoadEvent::Progress(progress) | LoadEvent::Done(progress) => {
                assert!(progress.records >= last.records && progress.bytes >= last.bytes);
                last = *progress;
            }
        }
    }
    let expected: Vec<String> = (0..2_000).filter(|n| n % 7 != 6).map(|n| format!("NCT{n:08}")).collect();
    assert_eq!(ids, expected);
    assert_eq!((problems, last.errors), (285, 285));
    assert_eq!((last.records, last.bytes), (1_715, last.total_bytes));
    assert!(matches!(events.last(), Some(LoadEvent::Done(_))));
}

#[test]
fn a_cancelled_load_ends_and_what_has_arrived_stays() {
    let folder = folder(300, 50);
    let (sender, events) = bounded(0);
    let cancel = Cancel::new();
    let thread = load(paths(&folder), cancel.clone(), sender);
    let mut arrived = 0;
    let mut done = false;
    for event in events {
        match event {
            LoadEvent::Batch(batch) => arrived += batch.len(),
            LoadEvent::Done(progress) => {
                done = true;
                assert_eq!(progress.records as usize, arrived, "nothing is counted that did not arrive");
            }
            _ => {}
        }
        cancel.cancel();
    }
    thread.join().unwrap();
    assert!(done && arrived < 15_000, "{arrived}");
}

#[test]
fn a_load_that_nobody_listens_to_ends() {
    let folder = folder(300, 50);
    let (sender, events) = bounded(0);
    drop(events);
    load(paths(&folder), Cancel::new(), sender).join().unwrap();
}

#[test]
fn a_generated_id_never_takes_one_that_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let nameless = "{\"protocolSection\":{\"statusModule\":{\"overallStatus\":\"UNKNOWN\"}}}\n";
    for (name, count) in [("a-2.json", 1), ("a.json", 3)] {
        std::fs::write(folder.path().join(name), nameless.repeat(count)).unwrap();
    }
    let loaded = load_all(&paths(&folder), &Cancel::new());
    let ids: Vec<&str> = loaded.entries.iter().map(|entry| entry.trial.id.as_str()).collect();
    assert_eq!(ids, ["a-2", "a", "a-3", "a-4"]);
}

#[test]
fn a_records_fields_come_with_their_paths_as_they_are() {
    let folder = folder(1, 2);
    let loaded = load_all(&paths(&folder), &Cancel::new());
    let fields: Vec<(String, String)> =
        loaded.entries[1].record_fields().into_iter().map(|field| (field.path, field.value)).collect();
    let expected = [
        ("protocolSection.identificationModule.nctId", "NCT00000001"),
        ("protocolSection.designModule.enrollmentInfo.count", "12"),
    ];
    assert_eq!(fields, expected.map(|(path, value)| (path.to_owned(), value.to_owned())));
}
