use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::formats::{Format, RawRecord};
use crate::protocol::{Code, RecordId, Source, Trial};

const SINCE: &str = "2026-01-01 12:00";

/// A record as the registry might have it.
fn entry(id: &str, version: &str, title: &str) -> Entry {
    let text = format!(
        "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"{id}\",\"briefTitle\":\"{title}\"}},\
         \"statusModule\":{{\"lastUpdatePostDateStruct\":{{\"date\":\"{version}\"}}}},\
         \"eligibilityModule\":{{\"eligibilityCriteria\":\"Inclusion Criteria:\\n\\n* ECOG 0-1\"}}}}}}"
    );
    let raw =
        RawRecord { format: Format::CtgovJson, range: 0..text.len(), buffer: Arc::new(text.into_bytes()) };
    let source = Source {
        file: "a.json".to_owned(),
        record: 1,
        version: Some(version.to_owned()),
        format: "ctgov-json".to_owned(),
    };
    Entry::new(raw.read_again(source).expect("a study"))
}

/// A record without a registry's id.
fn nameless(id: &str, file: &str, title: &str) -> Entry {
    let source = Some(Source { file: file.to_owned(), record: 1, ..Source::default() });
    let trial = Trial { id: id.to_owned(), title: title.to_owned(), source, ..Trial::default() };
    Entry::new(Record { trial, raw: None })
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("library");
    (folder, root)
}

fn add(root: &Path, entries: &[Entry], keep: bool) -> Vec<Added> {
    let mut writer = Writer::open(root, SINCE).expect("a writer");
    let added =
        entries.iter().map(|entry| writer.add(&Arc::new(entry.unread()), keep).expect("added")).collect();
    writer.commit().expect("committed");
    writer.finish().expect("finished");
    added
}

/// The ids and titles in the order of the list.
fn listed(root: &Path) -> Vec<String> {
    let library = Library::open(root).expect("a library");
    let rows = library.rows();
    rows.live().filter_map(|row| rows.get(row)).map(|row| format!("{} {}", row.id, row.title)).collect()
}

/// The file of the library's index with that ending.
fn file(root: &Path, ending: &str) -> PathBuf {
    let files = fs::read_dir(root.join("index-1")).expect("a folder").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    files.remove(0)
}

/// All files of the index, by name.
fn files(root: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(root.join("index-1")).expect("a folder").flatten().map(|entry| entry.path());
    entries.map(|path| (path.clone(), fs::read(path).expect("read"))).collect()
}

#[test]
fn what_a_dead_writer_left_is_not_in_the_way() {
    let (_folder, root) = folder();
    // Enough that a segment keeps some of its records when one is replaced.
    let many: Vec<Entry> =
        (1..20).map(|n| entry(&format!("NCT900000{n:02}"), "2024-01-01", "Early")).collect();
    add(&root, &many, false);
    let before = files(&root);
    let later = [entry("NCT90000001", "2025-01-01", "Later")];
    let mut writer = Writer::open(&root, SINCE).expect("a writer");
    writer.add(&Arc::new(later[0].unread()), false).expect("added");
    writer.commit().expect("committed");
    drop(writer);
    let after = files(&root);
    let is_left = |path: &Path| {
        let name = path.to_string_lossy();
        name.ends_with(".del") || name.ends_with(".managed.json")
    };
    assert!(after.keys().any(|path| path.to_string_lossy().ends_with(".del")), "{:?}", after.keys());
    // Killed when the mark of the deleted record was written, and before the commit was.
    after.keys().for_each(|path| fs::remove_file(path).expect("removed"));
    let left = after.iter().filter(|(path, _)| is_left(path));
    for (path, bytes) in before.iter().chain(left) {
        fs::write(path, bytes).expect("written");
    }
    assert!(listed(&root).contains(&"NCT90000001 Early".to_owned()));
    add(&root, &later, false);
    assert_eq!(listed(&root).len(), many.len());
    assert!(listed(&root).contains(&"NCT90000001 Later".to_owned()), "{:?}", listed(&root));
}

#[test]
fn what_was_added_is_found_again() {
    let (_folder, root) = folder();
    assert!(!Library::exists(&root));
    assert_eq!(Library::open(&root).expect_err("none").kind, FaultKind::Missing);
    let mut one = entry("NCT90000001", "2024-01-01", "One");
    one.trial.ids.push(RecordId { id: "ABC-7".to_owned(), ..RecordId::default() });
    let entries = [one, entry("NCT90000002", "2024-01-01", "Two")];
    assert_eq!(add(&root, &entries, false), [Added::New, Added::New]);
    let library = Library::open(&root).expect("a library");
    assert_eq!(library.len(), 2);
    let row = library.find("nct90000002").expect("asked")[0];
    let found = library.entry(row).expect("read").expect("there");
    assert_eq!(found.trial, entries[1].trial);
    assert_eq!(found.readings().criteria.facts.len(), 2);
    assert_eq!(library.find("abc-7").expect("asked"), [0]);
    assert!(library.find("abc").expect("asked").is_empty());
}

#[test]
fn a_later_version_takes_the_place_of_an_earlier_one() {
    let (_folder, root) = folder();
    let versions: Vec<Entry> = ["2024-01-01", "2025-01-01", "2023-01-01"]
        .iter()
        .map(|version| entry("NCT90000001", version, &format!("As of {version}")))
        .collect();
    let replaced = Added::Replaced { earlier: Some("2024-01-01".to_owned()) };
    assert_eq!(add(&root, &versions, false), [Added::New, replaced, Added::Earlier]);
    assert_eq!(add(&root, &versions[1..], false), [Added::Unchanged, Added::Unchanged]);
    assert_eq!(listed(&root), ["NCT90000001 As of 2025-01-01"]);
    let library = Library::open(&root).expect("a library");
    assert_eq!(library.len(), 1);
    let earlier = library.earlier(0).expect("read");
    let told: Vec<_> = earlier.iter().map(|e| (e.version.as_deref().unwrap_or_default(), e.kept)).collect();
    assert_eq!(told, [("2023-01-01", false), ("2024-01-01", false)]);
}

#[test]
fn earlier_records_are_kept_when_that_is_asked_for() {
    let (_folder, root) = folder();
    add(&root, &[entry("NCT90000001", "2024-01-01", "One")], true);
    add(
        &root,
        &[entry("NCT90000001", "2025-01-01", "Later"), entry("NCT90000001", "2026-01-01", "Last")],
        true,
    );
    let library = Library::open(&root).expect("a library");
    let doc = library.document("NCT90000001").expect("read").expect("there");
    let titles: Vec<String> = earlier_in(&doc, &library.index.fields)
        .into_iter()
        .map(|e| stored::unpack(&e.record.expect("kept")).expect("read").trial.title)
        .collect();
    assert_eq!(titles, ["One", "Later"]);
    let entries = library.earlier_entries(0).expect("read");
    assert_eq!(entries.iter().map(|entry| entry.trial.title.as_str()).collect::<Vec<_>>(), ["One", "Later"]);
}

#[test]
fn of_one_version_the_fuller_record_stays() {
    let (_folder, root) = folder();
    let full = || entry("NCT90000001", "2024-01-01", "A title in full");
    let mut chosen = entry("NCT90000001", "2024-01-01", "A title");
    chosen.trial.source =
        Some(Source { file: "other.json".to_owned(), ..chosen.trial.source.clone().expect("a source") });
    assert_eq!(add(&root, &[full(), chosen], false), [Added::New, Added::Unchanged]);
    assert_eq!(listed(&root), ["NCT90000001 A title in full"]);
}

#[test]
fn records_without_an_id_do_not_take_each_others_place() {
    let (_folder, root) = folder();
    let added = add(
        &root,
        &[
            nameless("notes", "/a/notes.txt", "A"),
            nameless("notes", "/b/notes.txt", "B"),
            nameless("notes", "/a/notes.txt", "A, changed"),
        ],
        false,
    );
    assert_eq!(added, [Added::New, Added::New, Added::Replaced { earlier: None }]);
    assert_eq!(listed(&root), ["notes A, changed", "notes-2 B"]);
}

#[test]
fn what_is_removed_is_gone_and_the_others_keep_their_rows() {
    let (_folder, root) = folder();
    add(
        &root,
        &[entry("NCT90000001", "2024-01-01", "One"), entry("NCT90000002", "2024-01-01", "Two")],
        false,
    );
    let mut writer = Writer::open(&root, SINCE).expect("a writer");
    assert!(writer.remove("nct90000001").expect("removed"));
    assert!(!writer.remove("NCT90000009").expect("not there"));
    writer.commit().expect("committed");
    drop(writer);
    let library = Library::open(&root).expect("a library");
    assert_eq!((library.len(), library.rows().live().collect::<Vec<_>>()), (1, vec![1]));
    assert!(library.find("NCT90000001").expect("asked").is_empty());
    assert!(library.entry(0).expect("read").is_none());
}

#[test]
fn of_many_records_those_that_change_on_the_way_are_there_once() {
    let (_folder, root) = folder();
    let id = |n: usize| format!("NCT9000{n:04}");
    let mut writer = Writer::open(&root, SINCE).expect("a writer");
    let add = |writer: &mut Writer, n: usize, version: &str, title: &str| {
        writer.add(&Arc::new(entry(&id(n), version, title)), false).expect("added");
    };
    (0..1_300).for_each(|n| add(&mut writer, n, "2024-01-01", "Early"));
    // One that waits, one on its way into a segment, and another one that is taken out there.
    add(&mut writer, 1_299, "2025-01-01", "Late");
    add(&mut writer, 7, "2025-01-01", "Late");
    assert!(writer.remove(&id(600)).expect("removed"));
    writer.commit().expect("committed");
    writer.finish().expect("finished");
    let title = |n: usize| if [7, 1_299].contains(&n) { "Late" } else { "Early" };
    let wanted: Vec<String> =
        (0..1_300).filter(|n| *n != 600).map(|n| format!("{} {}", id(n), title(n))).collect();
    assert_eq!(listed(&root), wanted);
    let library = Library::open(&root).expect("a library");
    assert_eq!(library.index().searcher().num_docs(), wanted.len() as u64);
}

#[test]
fn what_was_not_committed_is_not_there() {
    let (_folder, root) = folder();
    add(&root, &[entry("NCT90000001", "2024-01-01", "One")], false);
    let mut writer = Writer::open(&root, SINCE).expect("a writer");
    writer.add(&Arc::new(entry("NCT90000002", "2024-01-01", "Two")), false).expect("added");
    drop(writer);
    assert_eq!(listed(&root), ["NCT90000001 One"]);
}

#[test]
fn a_second_writer_is_told_who_writes_and_readers_read_on() {
    let (_folder, root) = folder();
    add(&root, &[entry("NCT90000001", "2024-01-01", "One")], false);
    let writer = Writer::open(&root, SINCE).expect("a writer");
    let busy = Writer::open(&root, SINCE).expect_err("busy");
    assert_eq!(busy.kind, FaultKind::Busy);
    let told = busy.to_string();
    assert!(told.contains(&std::process::id().to_string()) && told.contains(SINCE), "{told}");
    assert_eq!(listed(&root).len(), 1);
    drop(writer);
    Writer::open(&root, SINCE).expect("free again");
}

#[test]
fn a_reader_keeps_its_commit_while_others_write() {
    let (_folder, root) = folder();
    add(&root, &[entry("NCT90000001", "2024-01-01", "One")], false);
    let before = Library::open(&root).expect("a library");
    add(
        &root,
        &[entry("NCT90000001", "2025-01-01", "Changed"), entry("NCT90000002", "2024-01-01", "Two")],
        false,
    );
    assert_eq!(before.len(), 1);
    assert_eq!(before.entry(0).expect("read").expect("there").trial.title, "One");
    assert_eq!(listed(&root).len(), 2);
}

#[test]
fn a_truncated_file_is_named_and_what_can_be_read_is_saved() {
    for ending in [".store", ".term", ".idx", ".fast"] {
        let (_folder, root) = folder();
        add(&root, &[entry("NCT90000001", "2024-01-01", "One")], false);
        assert!(verify(&root, &mut |_| {}).expect("verified").is_sound());
        let file = file(&root, ending);
        let whole = fs::read(&file).expect("read");
        fs::write(&file, &whole[..whole.len() / 2]).expect("cut");
        let found = verify(&root, &mut |_| {}).expect("verified");
        assert_eq!(found.damaged, std::slice::from_ref(&file));
        let error = Library::open(&root).and_then(|library| library.entry(0).map(drop)).expect_err("damaged");
        let told = error.to_string();
        assert!(told.contains(&*file.to_string_lossy()) && told.contains("trialdeck library"), "{told}");
        let saved = compact(&root, SINCE, true, &mut |_| {}).expect("saved");
        assert_eq!(
            (saved.trials, saved.lost.len()),
            if ending == ".store" { (0, 1) } else { (1, 0) },
            "{saved:?}"
        );
        assert!(verify(&root, &mut |_| {}).expect("verified").is_sound());
    }
}

#[test]
fn a_library_of_an_older_format_is_rebuilt_with_all_it_holds() {
    let (_folder, root) = folder();
    add(
        &root,
        &[entry("NCT90000001", "2024-01-01", "One"), entry("NCT90000002", "2024-01-01", "Two")],
        false,
    );
    add(&root, &[entry("NCT90000001", "2025-01-01", "Later")], true);
    let manifest = Manifest::read(&root).expect("read").expect("there");
    Manifest { format: manifest::FORMAT - 1, ..manifest }.write(&root).expect("written");
    assert_eq!(Library::open(&root).expect_err("older").kind, FaultKind::Older);
    let done = compact(&root, SINCE, false, &mut |_| {}).expect("rebuilt");
    assert_eq!((done.trials, done.from_records), (2, true));
    let mut titles = listed(&root);
    titles.sort();
    assert_eq!(titles, ["NCT90000001 Later", "NCT90000002 Two"]);
    let library = Library::open(&root).expect("a library");
    let row = library.find("NCT90000001").expect("asked")[0];
    assert_eq!(
        library.earlier(row).expect("read"),
        [EarlierVersion { version: Some("2024-01-01".to_owned()), kept: true }]
    );
    assert!(!root.join("index-1").exists());
}

#[test]
fn a_library_of_a_newer_program_is_left_alone() {
    let (_folder, root) = folder();
    add(&root, &[], false);
    let manifest = Manifest::read(&root).expect("read").expect("there");
    Manifest { format: manifest::FORMAT + 1, ..manifest }.write(&root).expect("written");
    for error in [
        Library::open(&root).map(drop).expect_err("newer"),
        Writer::open(&root, SINCE).map(drop).expect_err("newer"),
        compact(&root, SINCE, true, &mut |_| {}).map(drop).expect_err("newer"),
    ] {
        assert_eq!(error.kind, FaultKind::Newer);
    }
}

#[test]
fn merging_leaves_the_trials_as_they_are() {
    let (_folder, root) = folder();
    for number in 1..=5 {
        let id = format!("NCT9000000{number}");
        add(
            &root,
            &[entry(&id, "2024-01-01", "One"), entry("NCT90000009", &format!("202{number}"), "Last")],
            false,
        );
    }
    let before = listed(&root);
    assert_eq!(compact(&root, SINCE, false, &mut |_| {}).expect("merged").trials, 6);
    assert_eq!(listed(&root), before);
    assert_eq!(Library::open(&root).expect("a library").index().searcher().segment_readers().len(), 1);
    assert!(verify(&root, &mut |_| {}).expect("verified").is_sound());
}

#[test]
fn prose_is_read_once_and_again_when_the_record_changes() {
    let (_folder, root) = folder();
    let read = || {
        let library = Library::open(&root).expect("a library");
        let mut told = Vec::new();
        read_prose(&library, SINCE, &mut |done, of| {
            told.push((done, of));
            true
        })
        .expect("read");
        told
    };
    add(
        &root,
        &[entry("NCT90000001", "2024-01-01", "One"), entry("NCT90000002", "2024-01-01", "Two")],
        false,
    );
    assert_eq!(Library::open(&root).expect("a library").unread(), 2);
    assert_eq!(read(), [(2, 2)]);
    add(
        &root,
        &[entry("NCT90000001", "2025-01-01", "Changed"), entry("NCT90000003", "2024-01-01", "Three")],
        false,
    );
    let library = Library::open(&root).expect("a library");
    assert_eq!(library.unread(), 2);
    assert!(library.facts().get(&library.rows().get(0).expect("a row")).is_none());
    assert_eq!(read(), [(2, 2)]);
    assert_eq!(read(), []);
    // Merging and rebuilding leave the readings as they are.
    compact(&root, SINCE, true, &mut |_| {}).expect("rebuilt");
    let library = Library::open(&root).expect("a library");
    assert_eq!(library.unread(), 0);
    let facts = library.facts().get(&library.rows().get(0).expect("a row")).expect("read");
    assert_eq!(facts.stated, ["ecog"]);
    // Words of another stamp read anew.
    assert_eq!(FactStore::open(&root, "other").get(&library.rows().get(0).expect("a row")), None);
}

#[test]
fn a_damaged_piece_of_readings_counts_as_not_read() {
    let (_folder, root) = folder();
    add(&root, &[entry("NCT90000001", "2024-01-01", "One")], false);
    let open = || Library::open(&root).expect("a library");
    read_prose(&open(), SINCE, &mut |_, _| true).expect("read");
    let piece =
        fs::read_dir(root.join("readings")).expect("a folder").flatten().next().expect("a piece").path();
    let whole = fs::read(&piece).expect("read");
    fs::write(&piece, &whole[..whole.len() - 3]).expect("cut");
    assert_eq!(open().unread(), 1);
    read_prose(&open(), SINCE, &mut |_, _| true).expect("read again");
    assert_eq!(open().unread(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told_of() {
    let (folder, _) = folder();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, b"x").expect("written");
    let told = Writer::open(&blocked.join("library"), SINCE).expect_err("no folder").to_string();
    assert!(told.contains("a file") && told.contains("--library"), "{told}");
}

#[test]
#[cfg(unix)]
fn a_library_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, root) = folder();
    add(&root, &[entry("NCT90000001", "2024-01-01", "One")], false);
    let index = root.join("index-1");
    let mode = |mode: u32| {
        for folder in [&root, &index] {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("a mode");
        }
    };
    for lock in [root.join("writer.lock"), index.join(".tantivy-meta.lock")] {
        let _ = fs::remove_file(lock);
    }
    mode(0o555);
    if fs::write(root.join("probe"), b"").is_ok() {
        mode(0o755);
        eprintln!("skipped: this user may write anywhere");
        return;
    }
    let listed = listed(&root);
    let refused = Writer::open(&root, SINCE).map(drop);
    mode(0o755);
    assert_eq!(listed, ["NCT90000001 One"]);
    assert!(refused.expect_err("read only").to_string().contains("--library"));
}

#[test]
fn after_a_fault_nothing_is_committed() {
    let (_folder, root) = folder();
    let mut writer = Writer::open(&root, SINCE).expect("a writer");
    fs::remove_dir_all(root.join("index-1")).expect("removed");
    let added = (0..2_000).try_for_each(|n| {
        writer.add(&Arc::new(entry(&format!("NCT9000{n:04}"), "2024-01-01", "Lost")), false).map(drop)
    });
    assert!(added.is_err(), "it is told of while records come");
    for _ in 0..2 {
        writer.commit().expect_err("the records are lost: what is left is not committed");
    }
}

#[test]
fn statuses_come_from_the_rows_alone() {
    let (_folder, root) = folder();
    let mut one = nameless("a", "a.txt", "A");
    one.trial.status = Some(Code::from("RECRUITING"));
    add(&root, &[one], false);
    let library = Library::open(&root).expect("a library");
    assert_eq!(library.rows().get(0).expect("a row").head().status, Some(Code::from("RECRUITING")));
}
