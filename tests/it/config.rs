//! The configuration: the defaults are whole, and the user's own is checked line by line and used.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;
use trialdeck::app::{COMMANDS, Keymap};
use trialdeck::config::settings::{OPTIONS, Settings};
use trialdeck::config::{self, Loaded};
use trialdeck::ui::theme::LOOKS;

use super::pty::Start;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/config/default.toml");

fn trialdeck(home: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.args(args).env("XDG_CONFIG_HOME", home).env_remove("TRIALDECK_LOG");
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

fn home_with(text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("trialdeck");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("config.toml"), text).expect("written");
    home
}

/// Every setting of the defaults with the comment above it, by its section.
fn settings_and_comments() -> BTreeMap<String, Vec<(String, String)>> {
    let mut sections: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let (mut section, mut comment) = (String::new(), String::new());
    for line in config::DEFAULT.lines() {
        if let Some(text) = line.strip_prefix("# ") {
            comment = format!("{comment} {text}").trim().to_owned();
        } else if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
            comment.clear();
        } else if let Some((name, _)) = line.split_once(" = ") {
            let setting = (name.to_owned(), std::mem::take(&mut comment));
            sections.entry(section.clone()).or_default().push(setting);
        } else {
            comment.clear();
        }
    }
    sections
}

/// The `[keys]` of the defaults as the table of commands would have them, keys from the file.
fn keys_section() -> String {
    let map = Keymap::standard();
    let written = Settings::read(config::DEFAULT).0.keys;
    let mut text = String::from("[keys]\n");
    let mut place = None;
    let mut commands: Vec<_> = COMMANDS.iter().collect();
    commands.sort_by_key(|info| info.places.first());
    for info in commands {
        if info.places.first() != place {
            let gap = if place.is_some() { "\n" } else { "" };
            place = info.places.first();
            text.push_str(&format!("{gap}# --- {} ---\n\n", place.map_or("", |place| place.title())));
        }
        let keys = written.iter().find(|binding| binding.command.value == info.name);
        let keys: Vec<String> =
            keys.iter().flat_map(|binding| &binding.keys).map(|key| format!("{:?}", key.value)).collect();
        assert_eq!(keys.len(), map.keys(info.command).len(), "{}", info.name);
        text.push_str(&format!("# {}\n{} = [{}]\n", info.what, info.name, keys.join(", ")));
    }
    text
}

/// `TRIALDECK_WRITE=1` writes the comments and the order anew, after a command was added or told otherwise.
#[test]
fn the_defaults_have_every_command_by_its_place_with_its_description() {
    let (before, rest) = config::DEFAULT.split_once("[keys]\n").expect("keys");
    let (_, after) = rest.split_once("\n# Looks:").expect("looks");
    let whole = format!("{before}{}\n# Looks:{after}", keys_section());
    if std::env::var_os("TRIALDECK_WRITE").is_some() {
        std::fs::write(FILE, whole).expect("written");
        return;
    }
    assert!(
        whole == config::DEFAULT,
        "assets/config/default.toml lags behind the commands: TRIALDECK_WRITE=1 cargo test --test it -- config"
    );
}

#[test]
fn nothing_is_missing_from_the_defaults_and_nothing_is_there_that_does_nothing() {
    let (_, wrong) = Settings::read(config::DEFAULT);
    assert_eq!(wrong, []);
    let sections = settings_and_comments();
    let names = |section: &str| -> Vec<&str> {
        sections.get(section).expect("the section").iter().map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(names(""), OPTIONS);
    let mut commands: Vec<&str> = COMMANDS.iter().map(|info| info.name).collect();
    let mut keys = names("keys");
    commands.sort_unstable();
    keys.sort_unstable();
    assert_eq!(keys, commands);
    assert_eq!(names("colors.terminal"), LOOKS.iter().map(|look| look.name).collect::<Vec<_>>());
    assert_eq!(sections.len(), 3);
    for (name, comment) in sections.values().flatten() {
        assert!(!comment.is_empty(), "{name} has no comment");
    }
    for (look, (name, comment)) in LOOKS.iter().zip(sections.get("colors.terminal").expect("the section")) {
        assert_eq!(look.what, comment, "{name}");
    }
}

#[test]
fn the_defaults_are_printed_and_are_a_configuration_without_faults() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let (code, printed, _) = trialdeck(nowhere.path(), &["config", "--print-default"]);
    assert_eq!((code, printed.as_str()), (0, config::DEFAULT));
    let home = home_with(&printed);
    let (code, told, _) = trialdeck(home.path(), &["config", "--check"]);
    assert!(code == 0 && told.ends_with("config.toml: all of it can be used\n"), "{told}");
    let mut loaded = Loaded::of_file(&home.path().join("trialdeck/config.toml"));
    let map = Keymap::configured(&mut loaded);
    for info in COMMANDS {
        assert_eq!(map.keys(info.command), Keymap::standard().keys(info.command), "{}", info.name);
    }
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    let home = home_with(
        "keymap = \"wordstar\"\nblink = true\n[keys]\nzoom = [\"y\", \"hyper-z\"]\nfly = \"f\"\n[colors.terminal]\n\
         warn = \"ultraviolet\"\nsky = \"blue\"\n",
    );
    let (code, told, _) = trialdeck(home.path(), &["config", "--check"]);
    let lines: Vec<&str> =
        told.lines().map(|line| line.split_once("config.toml").expect("the file").1).collect();
    assert_eq!(code, 1, "{told}");
    for (line, start) in lines.iter().zip([
        ", line 1: keymap: there is no keymap “wordstar”; there are default, emacs",
        ", line 2: blink: there is no such option; there are ",
        ", line 4: keys.zoom: `hyper-z` is not a key",
        ", line 5: keys.fly: there is no command of that name; ",
        ", line 7: colors.terminal.warn: `ultraviolet` is no look: there are ",
        ", line 8: colors.terminal.sky: there is no such look; ",
    ]) {
        assert!(line.starts_with(start), "{line}");
    }
    assert_eq!(lines.len(), 6, "{told}");
}

#[test]
fn without_a_configuration_the_defaults_are_used_and_its_place_is_told() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let (code, told, _) = trialdeck(nowhere.path(), &["config", "--check"]);
    assert_eq!((code, told.as_str()), (0, "there is no configuration: the defaults are used\n"));
    let (code, told, _) = trialdeck(nowhere.path(), &["config"]);
    assert_eq!(code, 0);
    assert!(
        told.contains(&format!("{}/trialdeck/config.toml  (not there)", nowhere.path().display())),
        "{told}"
    );
    let (code, told, _) = trialdeck(nowhere.path(), &["config", "--check", "no/such/file"]);
    assert_eq!((code, told.as_str()), (1, "no/such/file: there is no such file; the defaults are used\n"));
}

#[test]
fn the_browser_starts_with_what_can_be_used_and_says_what_cannot() {
    let home = home_with("[keys]\nzoom = [\"hyper-z\"]\nquit = [\"ctrl-x ctrl-c\"]\n");
    let mut session = Start::trialdeck(["--demo"])
        .size(160, 40)
        .env("XDG_CONFIG_HOME", &home.path().display().to_string())
        .go();
    session.wait_for_text("line 2: keys.zoom: `hyper-z` is not a key");
    session.keys("!");
    session.wait_for_text("setting is not used");
    session.keys("!");
    session.keys("\u{18}");
    session.wait_for("the chord's keys", |screen| screen.contains("Ctrl-c") && screen.contains("Quit"));
    session.keys("\u{3}");
    session.ends_and_gives_the_terminal_back();
}
