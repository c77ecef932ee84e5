//! Opening records from everything they come in: what is found, what is told of the broken ones, and that no input
//! takes time or memory out of proportion.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::io::Write;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

fn list() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.arg("list");
    command
}

/// What `list --format ids` prints of a path: the ids, the warnings and the exit code.
fn ids(path: &Path) -> (Vec<String>, Vec<String>, i32) {
    run(list().args(["--format", "ids", "--from"]).arg(path))
}

fn run(command: &mut Command) -> (Vec<String>, Vec<String>, i32) {
    let output = command.output().expect("the program runs");
    let lines = |bytes| String::from_utf8(bytes).expect("text").lines().map(str::to_owned).collect();
    (lines(output.stdout), lines(output.stderr), output.status.code().expect("an exit code"))
}

fn study(id: &str) -> String {
    format!(
        r#"{{"protocolSection":{{"identificationModule":{{"nctId":"{id}","briefTitle":"Study {id}"}}}},"hasResults":false}}"#
    )
}

/// A folder with files of these names and contents.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("a member");
    }
    zip.finish().expect("a zip").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).expect("gzip");
    gzip.finish().expect("gzip")
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, *bytes).expect("a member");
    }
    tar.into_inner().expect("a tar")
}

#[test]
fn every_packing_of_the_same_studies_opens() {
    let (a, b) = (study("NCT1"), study("NCT2"));
    let array = format!("[\n{a},\n{b}\n]");
    let page = format!(r#"{{"totalCount":2,"studies":[{a},{b}],"nextPageToken":"x"}}"#);
    let lines = format!("{a}\n{b}\n");
    let members: &[(&str, &[u8])] =
        &[("NCT1.json", a.as_bytes()), ("__MACOSX/._NCT1.json", b"x"), ("deep/NCT2.json", b.as_bytes())];
    let inner = zip(members);
    for (name, bytes) in [
        ("array.json", array.clone().into_bytes()),
        ("page.json", page.into_bytes()),
        ("lines.jsonl", lines.into_bytes()),
        ("named.wrong", array.clone().into_bytes()),
        ("array.json.gz", gzip(array.as_bytes())),
        ("bulk.zip", inner.clone()),
        ("bulk.tar", tar(members)),
        ("bulk.tar.gz", gzip(&tar(members))),
        ("nested.zip", zip(&[("bulk.zip", &inner)])),
    ] {
        let folder = folder(&[(name, &bytes)]);
        assert_eq!(ids(&folder.path().join(name)), (vec!["NCT1".into(), "NCT2".into()], vec![], 0), "{name}");
        let piped = run(list().args(["--format", "ids", "--from", "-"]).write_stdin(bytes));
        assert_eq!(piped, (vec!["NCT1".into(), "NCT2".into()], vec![], 0), "{name}, piped");
    }
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names_and_into_its_depth() {
    let folder = folder(&[
        ("b.json", study("NCT2").as_bytes()),
        ("a.json", study("NCT1").as_bytes()),
        ("sub/c.json", study("NCT3").as_bytes()),
        (".hidden.json", study("NCT9").as_bytes()),
    ]);
    assert_eq!(ids(folder.path()).0, ["NCT1", "NCT2", "NCT3"]);
    let both = [folder.path().join("sub"), folder.path().join("a.json")];
    let given = run(list().args(["--format", "ids", "--from"]).arg(&both[0]).arg("--from").arg(&both[1]));
    assert_eq!(given.0, ["NCT3", "NCT1"], "paths keep the order in which they are given");
}

#[test]
fn records_without_an_id_are_called_after_their_file() {
    let nameless = r#"{"protocolSection":{"identificationModule":{"briefTitle":"Without an id"}}}"#;
    let three = format!("[{nameless},{nameless},{nameless}]");
    let folder = folder(&[("my.study.json", three.as_bytes()), ("x/my.study.json", nameless.as_bytes())]);
    assert_eq!(ids(folder.path()).0, ["my.study", "my.study-2", "my.study-3", "my.study-4"]);
    let piped = run(list().args(["--format", "ids", "--from", "-"]).write_stdin(three));
    assert_eq!(piped.0, ["stdin", "stdin-2", "stdin-3"]);
}

#[test]
fn a_broken_record_is_told_with_its_place_and_the_others_are_listed() {
    let array = format!(
        "[\n{},\n{{\"protocolSection\":{{\"designModule\":{{\"enrollmentInfo\":{{\"count\":\"many\"}}}}}}}},\n{}\n]",
        study("NCT1"),
        study("NCT3")
    );
    let folder = folder(&[("three.json", array.as_bytes())]);
    let (found, warnings, code) = ids(&folder.path().join("three.json"));
    assert_eq!((found, code), (vec!["NCT1".to_owned(), "NCT3".to_owned()], 0));
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    for part in ["three.json", "record 2", "line 3", "\"many\" where a count belongs"] {
        assert!(warning.contains(part), "{warning}");
    }
}

#[test]
fn what_cannot_be_read_at_all_ends_with_1_and_says_why() {
    let deep = format!("{}{}", "{\"protocolSection\":".repeat(10_000), "{}".to_owned() + &"}".repeat(10_000));
    let deep_list = "[".repeat(10_000);
    let other = r#"{"resourceType":"Patient","id":"p"}"#;
    let cut_zip = zip(&[("a.json", study("NCT1").as_bytes())]);
    for (name, bytes, told) in [
        ("empty.json", &b" \n"[..], "empty"),
        ("deep.json", deep.as_bytes(), "nested deeper than 128 levels"),
        ("deep-list.json", deep_list.as_bytes(), "without a record"),
        ("other.json", other.as_bytes(), "neither a ClinicalTrials.gov study"),
        ("half.json", b"{\"protocolSection\":{", "the file ends inside it"),
        (
            "surrogate.json",
            br#"{"protocolSection":{"identificationModule":{"briefTitle":"\ud800"}}}"#,
            "surrogate",
        ),
        ("binary", b"\x00\x01\x02\x03", "neither text nor an archive"),
        ("latin1.txt", b"caf\xe9 au lait", "not UTF-8"),
        ("page.html", b"<!DOCTYPE html><p>hello", "XML or HTML"),
        ("paper.pdf", b"%PDF-1.7\n", "PDF"),
        ("cut.zip", &cut_zip[..cut_zip.len() / 2], "damaged zip"),
        ("cut.gz", &gzip(study("NCT1").as_bytes())[..40], "cannot be read further"),
    ] {
        let folder = folder(&[(name, bytes)]);
        let (found, warnings, code) = ids(&folder.path().join(name));
        assert_eq!((found.len(), code), (0, 1), "{name}: {warnings:?}");
        assert!(
            warnings.iter().any(|line| line.contains(told) && line.contains(name)),
            "{name}: {warnings:?}"
        );
    }
    let (_, warnings, code) = ids(&PathBuf::from("no/such/file.json"));
    assert_eq!(code, 1);
    assert!(warnings[0].contains("no/such/file.json"), "{warnings:?}");
}

#[test]
fn a_zip_bomb_is_stopped_and_what_came_before_it_stays() {
    let mut spaces = vec![b' '; 300 << 20];
    spaces[0] = b'[';
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [("a.json", study("NCT1").as_bytes()), ("bomb.json", &spaces)] {
        bomb.start_file(name, options).expect("a member");
        bomb.write_all(bytes).expect("a member");
    }
    let bomb = bomb.finish().expect("a zip").into_inner();
    let folder = folder(&[("bomb.zip", &bomb), ("bomb.json.gz", &gzip(&spaces))]);
    for (name, found) in [("bomb.zip", vec!["NCT1".to_owned()]), ("bomb.json.gz", vec![])] {
        let (ids, warnings, _) = ids(&folder.path().join(name));
        assert_eq!(ids, found);
        assert!(warnings.iter().any(|line| line.contains("unpacks to more than")), "{name}: {warnings:?}");
    }
}

#[test]
fn a_line_beyond_all_measure_is_dropped_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.jsonl");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).expect("a file"));
    writeln!(file, "{}", study("NCT1")).expect("written");
    write!(file, "{{\"protocolSection\":{{\"x\":\"").expect("written");
    for _ in 0..200 {
        file.write_all(&[b'x'; 1 << 20]).expect("written");
    }
    writeln!(file, "\"}}}}\n{}", study("NCT3")).expect("written");
    drop(file);
    let (found, warnings, code) = ids(&path);
    assert_eq!((found, code), (vec!["NCT1".to_owned(), "NCT3".to_owned()], 0));
    assert!(warnings[0].contains("record 2, line 2") && warnings[0].contains("64 MiB"), "{warnings:?}");
}

#[test]
fn a_file_full_of_something_else_does_not_fill_the_screen() {
    let lines = "{\"a\":1}\n".repeat(5_000);
    let folder = folder(&[("log.jsonl", lines.as_bytes())]);
    let (_, warnings, code) = ids(&folder.path().join("log.jsonl"));
    assert_eq!(code, 1);
    assert!(warnings.len() < 110, "{}", warnings.len());
    assert!(warnings.iter().any(|line| line.contains("4900 more of its records")), "{warnings:?}");
}

/// Counted from the corpus's own description.
#[test]
fn the_whole_corpus_opens() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json"));
    if !corpus.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let (mut found, warnings, code) = ids(corpus);
    assert_eq!((warnings, code), (vec![], 0));
    assert_eq!(found.len(), 1_336);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 1_313);
    for (part, count) in [("zip_of_json", 551), ("damaged", 10), ("paged", 3), ("partial_fields", 14)] {
        assert_eq!(ids(&corpus.join(part)).0.len(), count, "{part}");
    }
}
