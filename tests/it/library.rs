//! The library on disk, through the program: adding, replacing, stopping, killing.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use trialdeck::library::Library;
use trialdeck::library::store::{self, Writer};

/// So many records stand between two commits in the killing test.
const EVERY: usize = 20;
/// Moments at which a writer is killed.
const KILLS: u32 = 50;

fn trialdeck(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.args(args).arg("--library").arg(root);
    command
}

fn run(root: &Path, args: &[&str]) -> Output {
    trialdeck(root, args).output().expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// Studies in a file, the `numbers`th, all of one version.
fn studies(folder: &Path, name: &str, numbers: std::ops::Range<usize>, version: &str) -> String {
    let study = |number: usize| {
        format!(
            "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT{number:08}\",\"briefTitle\":\"Study {number} \
             as of {version}\"}},\"statusModule\":{{\"lastUpdatePostDateStruct\":{{\"date\":\"{version}\"}}}},\
             \"eligibilityModule\":{{\"eligibilityCriteria\":\"Inclusion Criteria:\\n\\n* ECOG 0-{}\"}}}}}}\n",
            number % 3 + 1
        )
    };
    let path = folder.join(name);
    std::fs::write(&path, numbers.map(study).collect::<String>()).expect("written");
    path.to_string_lossy().into_owned()
}

#[test]
fn records_are_added_listed_shown_searched_and_removed() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let old = studies(folder.path(), "old.json", 0..10, "2024-01-01");
    let new = studies(folder.path(), "new.json", 8..12, "2025-01-01");
    let added = run(&root, &["add", &old, &new]);
    assert_eq!(added.status.code(), Some(0), "{}", told(&added));
    assert!(told(&added).contains("12 new, 2 replaced, 0 unchanged"), "{}", told(&added));

    let listed = run(&root, &["list", "--format", "ids"]);
    let expected: String = (0..12).map(|number| format!("NCT{number:08}\n")).collect();
    assert_eq!(told(&listed), expected);
    let shown = run(&root, &["show", "nct00000009", "--section", "overview"]);
    assert!(told(&shown).contains("Study 9 as of 2025-01-01"), "{}", told(&shown));
    let found = run(&root, &["search", "study 10"]);
    assert!(told(&found).starts_with("NCT00000010\t"), "{}", told(&found));
    let strict = run(&root, &["list", "--query", "ecog<=1", "--format", "ids"]);
    assert_eq!(told(&strict), "NCT00000000\nNCT00000003\nNCT00000006\nNCT00000009\n");
    let versions = run(&root, &["library", "status", "NCT00000009"]);
    assert_eq!(told(&versions), "NCT00000009\t2025-01-01\tcurrent\nNCT00000009\t2024-01-01\tdate only\n");

    let removed = run(&root, &["library", "remove", "NCT00000003", "NCT99999999"]);
    assert_eq!(removed.status.code(), Some(0));
    assert!(told(&removed).contains("1 removed; 11 trials"), "{}", told(&removed));
    assert!(told(&run(&root, &["library", "verify"])).starts_with("sound: "));
    assert!(told(&run(&root, &["library", "compact"])).starts_with("merged: 11 trials"));
    assert_eq!(run(&root, &["show", "NCT00000003"]).status.code(), Some(1));
}

#[test]
fn the_library_is_kept_among_the_users_data() {
    let folder = TempDir::new().expect("a folder");
    let studies = studies(folder.path(), "a.json", 0..2, "2024-01-01");
    let mine = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
        command
            .args(args)
            .env("XDG_DATA_HOME", folder.path().join("data"))
            .output()
            .expect("the program runs")
    };
    let samples = mine(&["list", "--format", "ids"]);
    assert_eq!(mine(&["add", &studies]).status.code(), Some(0));
    assert!(Library::exists(&folder.path().join("data/trialdeck/library")));
    assert_eq!(told(&mine(&["list", "--format", "ids"])), "NCT00000000\nNCT00000001\n");
    // The bare command too, and the samples when they are asked for.
    assert!(told(&mine(&[])).contains("NCT00000001"));
    assert_eq!(told(&mine(&["list", "--format", "ids", "--demo"])), told(&samples));
}

#[test]
fn what_cannot_be_read_makes_no_library() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let output = run(&root, &["add", "no/such/file.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("no/such/file.json"));
    assert!(!root.exists());
    let none = run(&root, &["list"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(told(&none).contains("trialdeck add"), "{}", told(&none));
}

#[test]
fn a_second_program_is_told_who_writes() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let studies = studies(folder.path(), "a.json", 0..2, "2024-01-01");
    assert_eq!(run(&root, &["add", &studies]).status.code(), Some(0));
    let writer = Writer::open(&root, "2026-01-01 12:00:00").expect("a writer");
    let refused = run(&root, &["add", &studies]);
    assert_eq!(refused.status.code(), Some(1));
    let words = told(&refused);
    assert!(
        words.contains(&format!("process {}", std::process::id())) && words.contains("2026-01-01 12:00:00"),
        "{words}"
    );
    assert_eq!(run(&root, &["list"]).status.code(), Some(0));
    drop(writer);
    assert_eq!(run(&root, &["add", &studies]).status.code(), Some(0));
}

#[test]
#[cfg(unix)]
fn a_disk_that_takes_no_more_is_told_of_and_the_library_stays() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let few = studies(folder.path(), "few.json", 0..5, "2024-01-01");
    let many = studies(folder.path(), "many.json", 0..20_000, "2025-01-01");
    assert_eq!(run(&root, &["add", &few, "--read-later"]).status.code(), Some(0));
    // No file may grow beyond 100 or so kilobytes: what a full disk refuses, told to the program alike.
    let full = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_trialdeck")])
        .args(["add", &many, "--read-later", "--library"])
        .arg(&root)
        .output()
        .expect("the program runs");
    assert_eq!(full.status.code(), Some(1), "{}", told(&full));
    assert!(told(&full).contains("make room on the disk and try again"), "{}", told(&full));
    assert!(told(&full).contains("the library is as it was before"), "{}", told(&full));
    assert!(store::verify(&root, &mut |_| {}).expect("verified").is_sound());
    assert_eq!(Library::open(&root).expect("a library").len(), 5);
    // With room again, it goes on.
    assert_eq!(run(&root, &["add", &few, "--read-later"]).status.code(), Some(0));
}

/// Starts adding what is written to its standard input, which stays open.
fn adding(root: &Path, text: &[u8]) -> Child {
    let mut child = trialdeck(root, &["add", "-", "--commit-every", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.as_mut().expect("its input").write_all(text).expect("written");
    child
}

#[test]
#[cfg(unix)]
fn ctrl_c_stops_and_what_was_read_stays() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path().join("library");
    let file = studies(folder.path(), "a.json", 0..2_000, "2024-01-01");
    let text = std::fs::read(file).expect("read");
    // More than one piece of input: the first is added while the rest is waited for.
    let mut child = adding(&root, &text);
    let began = Instant::now();
    while !Library::open(&root).is_ok_and(|library| !library.is_empty())
        && began.elapsed() < Duration::from_secs(30)
    {
        std::thread::sleep(Duration::from_millis(20));
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("stopped");
    let input = child.stdin.take();
    let output = child.wait_with_output().expect("ended");
    drop(input);
    assert_eq!(output.status.code(), Some(130));
    assert!(told(&output).starts_with("stopped; what was read stays"), "{}", told(&output));
    assert!(!Library::open(&root).expect("a library").is_empty());
}

/// What stands in a library that may have been killed: every row has its record, in the order of the input.
fn check(root: &Path, most: usize) -> usize {
    assert!(store::verify(root, &mut |_| {}).expect("verified").is_sound());
    let library = Library::open(root).expect("the library opens");
    let rows: Vec<u32> = library.rows().live().collect();
    assert_eq!(rows.len() as u64, library.len());
    for (number, row) in rows.iter().enumerate() {
        let entry = library.entry(*row).expect("read").expect("there");
        assert_eq!(entry.trial.id, format!("NCT{number:08}"));
        assert_eq!(library.rows().title(*row), Some(entry.trial.title.as_str()));
    }
    assert!(rows.len() == most || rows.len().is_multiple_of(EVERY), "{} trials: not a commit", rows.len());
    rows.len()
}

#[test]
fn killed_at_any_moment_the_last_commit_is_whole() {
    let folder = TempDir::new().expect("a folder");
    let old = studies(folder.path(), "old.json", 0..EVERY, "2024-01-01");
    let new = studies(folder.path(), "new.json", 0..6 * EVERY, "2025-01-01");
    let every = EVERY.to_string();
    let args = ["add", &new, "--commit-every", &every];
    let start = |round: u32| {
        let root = folder.path().join(format!("library-{round}"));
        assert_eq!(run(&root, &["add", &old, "--read-later"]).status.code(), Some(0));
        root
    };
    let whole = start(0);
    let began = Instant::now();
    assert_eq!(run(&whole, &args).status.code(), Some(0));
    let duration = began.elapsed();
    assert_eq!(check(&whole, 6 * EVERY), 6 * EVERY);
    let mut seen = std::collections::BTreeSet::new();
    for round in 1..=KILLS {
        let root = start(round);
        let mut child =
            trialdeck(&root, &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        std::thread::sleep(duration * round / KILLS);
        let _ = child.kill();
        child.wait().expect("ended");
        seen.insert(check(&root, 6 * EVERY));
        // Nothing of the dead one is in the way of the next.
        if round % 10 == 0 {
            let again = run(&root, &args);
            assert_eq!(again.status.code(), Some(0), "round {round}: {}", told(&again));
            assert_eq!(check(&root, 6 * EVERY), 6 * EVERY);
        }
    }
    assert!(seen.len() > 1, "killed before or after every commit: {seen:?}");
}
