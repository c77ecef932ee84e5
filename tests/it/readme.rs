//! The README keeps up with the program.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::Path;

use trialdeck::app::{COMMANDS, Keymap, Place};
use trialdeck::cli::Cli;
use trialdeck::formats::limits;

const README: &str = include_str!("../../README.md");

fn section(heading: &str) -> &'static str {
    let after = README.split_once(&format!("\n## {heading}\n")).expect("the section").1;
    after.split_once("\n## ").map_or(after, |(section, _)| section)
}

#[test]
fn every_letter_and_sign_that_does_something_is_in_the_table_of_keys() {
    let keys = section("Keys");
    let keymap = Keymap::standard();
    for info in COMMANDS.iter().filter(|info| info.places.iter().all(|place| *place != Place::Typing)) {
        for key in keymap.keys(info.command) {
            let shown = key.to_string();
            let is_digit = shown.chars().all(|c| c.is_ascii_digit());
            if shown.chars().count() == 1 && shown.is_ascii() && !is_digit {
                assert!(
                    keys.contains(&format!("`{shown}`")),
                    "`{shown}` ({}) is not in the README",
                    info.name
                );
            }
        }
    }
}

#[test]
fn every_subcommand_is_shown() {
    let scripts = section("In scripts");
    let hidden = |command: &&clap::Command| command.is_hide_set() || command.get_name() == "help";
    let command = <Cli as clap::CommandFactory>::command();
    for command in command.get_subcommands().filter(|command| !hidden(command)) {
        assert!(scripts.contains(&format!("trialdeck {} ", command.get_name())), "{}", command.get_name());
    }
}

#[test]
fn the_limits_are_the_ones_that_hold() {
    let formats = section("Formats");
    let mib = |bytes: u64| format!("{} MiB", bytes >> 20);
    for stated in [
        mib(limits::MAX_RECORD_BYTES as u64),
        format!("{} GiB", limits::MAX_WHOLE_BYTES >> 30),
        format!("{} levels", limits::MAX_JSON_DEPTH),
        format!("{} times", limits::MAX_EXPANSION),
        mib(limits::FREE_EXPANSION),
        format!("{} deep", limits::MAX_NESTING),
    ] {
        assert!(formats.contains(&stated), "{stated} is not in the README");
    }
}

#[test]
fn every_room_is_on_the_map() {
    let map = section("Architecture");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in
        std::fs::read_dir(source).expect("the source").flatten().filter(|entry| entry.path().is_dir())
    {
        let room = entry.file_name().to_string_lossy().into_owned();
        assert!(map.contains(&format!("`{room}`")), "{room} is not on the map");
    }
}

#[test]
fn what_it_links_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for link in README.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
        assert!(link.starts_with("https://") || root.join(link).exists(), "{link} is not there");
    }
}
