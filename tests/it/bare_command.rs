//! `trialdeck` without a subcommand where there is no terminal, and its manners as a part of a pipeline.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use assert_cmd::Command;

fn trialdeck(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.args(args);
    command
}

#[test]
fn through_a_pipe_it_prints_the_list() {
    let list = trialdeck(&["list"]).output().expect("the program runs");
    assert!(!list.stdout.is_empty());
    for bare in [&[][..], &["--demo"]] {
        let output = trialdeck(bare).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(output.stdout, list.stdout);
    }
}

#[test]
fn records_may_come_through_a_pipe_too() {
    let samples = trialdeck(&["list", "--format", "ids"]).output().expect("the program runs").stdout;
    let first = String::from_utf8(samples).expect("text").lines().next().expect("a sample").to_owned();
    let json = trialdeck(&["show", &first, "--format", "json"]).output().expect("the program runs").stdout;
    let output = trialdeck(&["-"]).write_stdin(json).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains(&first));
}

#[test]
fn what_is_not_there_is_named() {
    let output = trialdeck(&["no/such/file.json"]).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no/such/file.json"));
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_usage_ends_with_2() {
    for args in [&["--no-such-option"][..], &["--demo", "a-path"], &["list", "--format", "stone"]] {
        let output = trialdeck(args).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_trialdeck"))
        .args(["screenshot", "--size", "1000x1000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("its output"));
    reader.read_line(&mut line).expect("a line");
    drop(reader);
    let output = child.wait_with_output().expect("its end");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
