//! What `list` and `show` print, and the bare command where there is no terminal.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::process::Stdio;

use assert_cmd::Command;
use serde_json::Value;

fn trialdeck(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.args(args);
    command
}

fn printed(command: &mut Command) -> (String, String, i32) {
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code().expect("an exit code"))
}

fn json(args: &[&str]) -> Value {
    let (text, warnings, code) = printed(&mut trialdeck(args));
    assert_eq!((warnings.as_str(), code), ("", 0), "{args:?}");
    serde_json::from_str(&text).expect("JSON")
}

/// A study whose every text would like to be a command.
const HOSTILE: &str = "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT7\",\
    \"briefTitle\":\"=cmd()\\u001b[31m red \\u009b31m\\u202e\\nnew line\",\"acronym\":\"\\u0007bell\"},\
    \"conditionsModule\":{\"conditions\":[\"@SUM(A1)\",\"-1+1\"]},\
    \"eligibilityModule\":{\"eligibilityCriteria\":\"* age \\\\>= 18 \\u001b]0;title\\u0007\"}}}";

#[test]
fn the_samples_are_listed_in_every_form() {
    let (table, ..) = printed(&mut trialdeck(&["list"]));
    insta::assert_snapshot!(table);
    let (csv, ..) = printed(&mut trialdeck(&["list", "--format", "csv"]));
    assert_eq!(
        csv.lines().next(),
        Some("id,title,status,phases,study_type,enrollment,enrollment_kind,conditions")
    );
    assert_eq!(csv.lines().count(), 5);
    let (ids, ..) = printed(&mut trialdeck(&["list", "--format", "ids"]));
    assert_eq!(ids, "crc-biottt001\nsclc-cadonilimab\ngist-regorafenib-envafolimab\ngastric-rak-cells\n");
    let list = json(&["list", "--format", "json"]);
    assert_eq!(list.as_array().map(Vec::len), Some(4));
    assert_eq!(list[3]["enrollment"]["count"], 90);
    assert!(list[0].get("status").is_none(), "keys without a value are left out");
}

#[test]
fn a_query_narrows_the_list_and_none_is_no_failure() {
    let (ids, _, code) = printed(&mut trialdeck(&["list", "--query", "regorafenib", "--format", "ids"]));
    assert_eq!(
        (ids.as_str(), code),
        ("crc-biottt001\ngist-regorafenib-envafolimab\n", 0),
        "in the input's order"
    );
    let (none, _, code) = printed(&mut trialdeck(&["list", "--query", "xylophonists", "--format", "json"]));
    assert_eq!((none.as_str(), code), ("[]\n", 0));
}

#[test]
fn the_bare_command_lists_where_there_is_no_terminal() {
    let (bare, _, code) = printed(&mut trialdeck(&[]));
    assert_eq!((bare, code), (printed(&mut trialdeck(&["list"])).0, 0));
    let (piped, _, code) = printed(trialdeck(&["-"]).write_stdin(HOSTILE));
    assert!(piped.contains("NCT7") && code == 0, "{piped}");
}

#[test]
fn a_sample_is_shown_as_text_and_as_markdown() {
    for format in ["text", "md"] {
        let sections = "arms,schedule,sites";
        let args = ["show", "gastric-rak-cells", "--section", sections, "--format", format];
        let (page, _, code) = printed(&mut trialdeck(&args));
        assert_eq!(code, 0);
        insta::assert_snapshot!(format!("show_{format}"), page);
    }
}

#[test]
fn what_is_shown_as_json_opens_again_and_prints_the_same_bytes() {
    for id in ["crc-biottt001", "sclc-cadonilimab", "gist-regorafenib-envafolimab", "gastric-rak-cells"] {
        let (first, ..) = printed(&mut trialdeck(&["show", id, "--format", "json"]));
        let again =
            printed(trialdeck(&["show", id, "--format", "json", "--from", "-"]).write_stdin(first.clone()));
        assert_eq!(again, (first, String::new(), 0));
    }
}

#[test]
fn sections_of_the_json_keep_the_names_of_its_members() {
    let shown = json(&["show", "crc-biottt001", "--format", "json", "--section", "arms,eligibility"]);
    let keys: Vec<&str> = shown.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "title", "arms", "interventions", "eligibility", "source", "reader"]);
}

#[test]
fn a_trial_is_found_by_any_of_its_ids_and_the_newest_record_is_shown() {
    let record = |date: &str, title: &str| {
        format!(
            "{{\"protocolSection\":{{\"identificationModule\":{{\"nctId\":\"NCT5\",\"briefTitle\":\"{title}\",\
             \"orgStudyIdInfo\":{{\"id\":\"ORG-5\"}}}},\"statusModule\":{{\"lastUpdatePostDateStruct\":\
             {{\"date\":\"{date}\"}}}}}}}}\n"
        )
    };
    let records =
        record("2024-01-01", "old") + &record("2025-01-01", "new") + &record("2023-01-01", "oldest");
    for id in ["NCT5", "nct5", "org-5"] {
        let args = ["show", id, "--from", "-", "--format", "json"];
        let (text, warnings, code) = printed(trialdeck(&args).write_stdin(records.clone()));
        let shown: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((shown["title"].as_str(), code), (Some("new"), 0));
        assert!(warnings.contains("3 records have the id") && warnings.contains("record 2"), "{warnings}");
    }
    let (_, warnings, code) = printed(&mut trialdeck(&["show", "NCT404"]));
    assert_eq!(code, 1);
    assert!(warnings.contains("NCT404") && warnings.contains("trialdeck list"), "{warnings}");
}

#[test]
fn no_text_of_a_record_reaches_the_terminal_as_a_command() {
    for args in [
        &["list", "--from", "-"][..],
        &["list", "--from", "-", "--format", "csv"],
        &["list", "--from", "-", "--format", "json"],
        &["show", "NCT7", "--from", "-"],
        &["show", "NCT7", "--from", "-", "--section", "record"],
        &["show", "NCT7", "--from", "-", "--format", "md"],
        &["show", "NCT7", "--from", "-", "--format", "json"],
    ] {
        let (text, _, code) = printed(trialdeck(args).write_stdin(HOSTILE));
        assert_eq!(code, 0, "{args:?}");
        let steers = |ch: char| (ch.is_control() && ch != '\n') || ch == '\u{202e}';
        assert!(!text.contains(steers), "{args:?}: {text:?}");
    }
    let (csv, ..) = printed(trialdeck(&["list", "--from", "-", "--format", "csv"]).write_stdin(HOSTILE));
    assert!(csv.contains("'=cmd()") && csv.contains("'@SUM(A1)|-1+1"), "{csv}");
}

#[test]
fn words_are_printed_in_ascii_where_that_is_asked_for_and_data_as_it_is() {
    let (listed, ..) = printed(&mut trialdeck(&["list", "--demo", "--format", "ids"]));
    let first: Vec<&str> = listed.lines().take(2).collect();
    let own = |text: &str| text.chars().find(|ch| "│─█━▪·◆●▲▽≠≥≤×→…–—“”‘’±µ".contains(*ch));
    for args in [
        &["list", "--demo"][..],
        &["show", first[0], "--demo"],
        &["compare", first[0], first[1], "--demo"],
        &["calendar", first[0], "--start", "2026-12-01", "--demo"],
        &["--demo"],
    ] {
        let (text, told, code) = printed(trialdeck(args).arg("--ascii"));
        assert_eq!(code, 0, "{args:?}: {told}");
        assert!(!text.is_empty() && own(&text).is_none(), "{args:?}: {:?} in {text}", own(&text));
    }
    let json =
        |ascii: &[&str]| printed(trialdeck(&["show", first[0], "--demo", "--format", "json"]).args(ascii)).0;
    assert_eq!(json(&[]), json(&["--ascii"]));
}

#[test]
fn wrong_usage_is_2_and_a_reader_who_has_enough_is_no_error() {
    assert_eq!(printed(&mut trialdeck(&["list", "--format", "xml"])).2, 2);
    assert_eq!(printed(&mut trialdeck(&["show"])).2, 2);
    let mut list = std::process::Command::new(env!("CARGO_BIN_EXE_trialdeck"))
        .args(["show", "crc-biottt001", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(list.stdout.take());
    let output = list.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

/// Every twentieth trial of the corpus, so that the test stays short.
#[test]
fn real_records_print_in_every_form_and_open_again() {
    use trialdeck::formats::own_json;
    use trialdeck::library::{Cancel, load_all};
    use trialdeck::output::trial::Section;
    use trialdeck::output::{document, json, trial};

    let corpus = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json"));
    if !corpus.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let loaded = load_all(&[corpus.to_owned()], &Cancel::new());
    let sections: Vec<Section> = trial::USUAL.iter().copied().chain([Section::Record]).collect();
    for entry in loaded.entries.iter().step_by(20) {
        let page = trial::page(entry, &sections);
        let (mut text, mut markdown, mut printed) = (Vec::new(), Vec::new(), Vec::new());
        document::text(&page, &mut text).expect("text");
        document::markdown(&page, &mut markdown).expect("Markdown");
        json::pretty(&own_json::value(&entry.trial, entry.readings()), &mut printed).expect("JSON");
        for page in [&text, &markdown, &printed] {
            let page = std::str::from_utf8(page).expect("UTF-8");
            assert!(!page.contains(|ch: char| ch.is_control() && ch != '\n'), "{}", entry.trial.id);
        }
        let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 100;
        assert_eq!(String::from_utf8_lossy(&text).lines().find(wide), None, "{}", entry.trial.id);
        let again = own_json::read(&printed, "again.json", 1).expect("own JSON");
        assert_eq!(again, entry.trial);
        let mut reprinted = Vec::new();
        let readings = trialdeck::reading::trial::read(&again);
        json::pretty(&own_json::value(&again, &readings), &mut reprinted).expect("JSON");
        assert!(reprinted == printed, "{}", entry.trial.id);
    }
}

#[test]
fn two_versions_of_a_record_are_compared_the_older_first_with_the_changes_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let version = |date: &str, count: u64, criteria: &str| {
        format!(
            "{{\"id\":\"NCT90000001\",\"ids\":[{{\"id\":\"NCT90000001\"}}],\"title\":\"Lantidol\",\
             \"enrollment\":{{\"count\":{count}}},\"eligibility\":{{\"text\":\"{criteria}\"}},\
             \"dates\":{{\"last_update_posted\":{{\"date\":\"{date}\"}}}}}}"
        )
    };
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let newer = write("newer.json", version("2025-01-01", 120, "* ECOG 0-2"));
    let older = write("older.json", version("2024-01-01", 82, "* ECOG 0 or 1"));
    let args = ["compare", "NCT90000001", "nct90000001", "--from", &newer, "--from", &older];
    let (text, warnings, code) = printed(&mut trialdeck(&args));
    assert_eq!((warnings.as_str(), code), ("", 0));
    assert!(text.contains("What has changed\n  Enrolment: 82 → 120\n"), "{text}");
    let args = ["compare", "NCT90000001", "NCT90000001", "--from", &newer];
    let (_, warnings, code) = printed(&mut trialdeck(&args));
    assert_eq!(code, 1, "{warnings}");
    assert!(warnings.contains("named 2 times"), "{warnings}");
}
