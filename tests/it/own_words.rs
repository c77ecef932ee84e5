//! The user's own words: `vocabulary/*.toml` in the configuration folder.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::Path;

use assert_cmd::Command;

fn trialdeck(config: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.args(args).env("XDG_CONFIG_HOME", config).env_remove("TRIALDECK_LOG");
    command
}

fn config(files: &[(&str, &str)]) -> tempfile::TempDir {
    let config = tempfile::tempdir().expect("a folder");
    let folder = config.path().join("trialdeck/vocabulary");
    std::fs::create_dir_all(&folder).expect("made");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("written");
    }
    config
}

#[test]
fn words_of_the_user_are_read_by_read_and_show() {
    let config = config(&[(
        "dosing.toml",
        "[treatments]\nnames = \"snibbles\"\n[routes.oral]\nphrases = [\"by spoon\"]\n",
    )]);
    let text = "Snibbles by spoon every 3 weeks.";
    let read = trialdeck(config.path(), &["read", "dosing"]).write_stdin(text).assert().success();
    let answer: serde_json::Value = serde_json::from_slice(&read.get_output().stdout).expect("JSON");
    let row = &answer["administrations"][0];
    assert_eq!((row["drug"].as_str(), row["route"].as_str()), (Some("snibbles"), Some("oral")));

    let record = serde_json::json!({ "id": "own-1", "title": "A trial", "arms": [{ "label": "One", "description": text }] });
    let shown = trialdeck(config.path(), &["show", "own-1", "--from", "-", "--format", "json"])
        .write_stdin(record.to_string())
        .assert()
        .success();
    let trial: serde_json::Value = serde_json::from_slice(&shown.get_output().stdout).expect("JSON");
    assert_eq!(trial["regimens"][0]["administrations"][0]["route"].as_str(), Some("oral"));
}

#[test]
fn a_faulty_file_is_told_with_its_line_and_the_program_goes_on() {
    let config = config(&[("timing.toml", "[links]\nuntil = [\"as far as\"]\n\n[colours]\n")]);
    let read = trialdeck(config.path(), &["read", "time-frame"]).write_stdin("week 12").assert().success();
    let told = String::from_utf8_lossy(&read.get_output().stderr).into_owned();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("vocabulary/timing.toml, line 4: unknown field `colours`"), "{told}");
    let answer: serde_json::Value = serde_json::from_slice(&read.get_output().stdout).expect("JSON");
    assert_eq!(answer["time_frame"]["max"].as_str(), Some("P12W"));
}
