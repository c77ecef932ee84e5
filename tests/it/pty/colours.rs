//! Colours: themes, the terminal's background, and where none are wanted.
#![cfg(target_os = "linux")]

use super::session::{Session, Start};

/// The background of the themes `dark` and `light` as the terminal is told them.
const DARK: &str = "48;2;22;24;29";
const LIGHT: &str = "48;2;251;250;247";
const QUESTION: &str = "\u{1b}]11;?\u{1b}\\";

fn written(session: &Session) -> String {
    String::from_utf8_lossy(&session.bytes()).into_owned()
}

fn session(configuration: &str, args: [&str; 2], variables: &[(&str, &str)]) -> (Session, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config.toml");
    std::fs::write(&file, configuration).expect("written");
    let file = file.display().to_string();
    let [first, second] = args;
    let mut start = Start::trialdeck(["--demo", "--config", &file, first, second]);
    for name in ["COLORTERM", "COLORFGBG"] {
        start = start.env(name, "");
    }
    for (name, value) in variables {
        start = start.env(name, value);
    }
    (start.go(), folder)
}

const NONE: [&str; 2] = ["--color", "auto"];
const TRUE: (&str, &str) = ("COLORTERM", "truecolor");

#[test]
fn the_background_chooses_the_theme_and_keys_typed_meanwhile_are_keys() {
    let (mut session, _folder) = session("theme = \"auto\"", NONE, &[TRUE]);
    session.wait_for_browser();
    session.wait_until("the question", |session| written(session).contains(QUESTION));
    let before = written(&session);
    let first = before.split(QUESTION).next().expect("the first frame");
    assert!(first.contains("toripalimab") && !first.contains(DARK), "the first frame waits for nothing");
    session.keys("j\u{1b}]11;rgb:fafa/fafa/f0f0\u{1b}\\j");
    session.wait_until("the light theme", |session| written(session).contains(LIGHT));
    session.wait_for("both keys", |screen| screen.contains("3/4"));
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
    assert!(!written(&session).contains(DARK));
}

#[test]
fn a_terminal_that_does_not_answer_is_taken_for_a_dark_one() {
    let (mut session, _folder) = session("theme = \"auto\"", NONE, &[TRUE]);
    session.wait_until("the dark theme", |session| written(session).contains(DARK));
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
}

#[test]
fn what_the_environment_tells_is_not_asked_for() {
    let (mut session, _folder) = session("theme = \"auto\"", NONE, &[TRUE, ("COLORFGBG", "0;15")]);
    session.wait_for_browser();
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
    let written = written(&session);
    assert!(written.contains(LIGHT) && !written.contains(QUESTION));
}

#[test]
fn by_default_nothing_is_asked_and_the_terminals_own_colours_are_used() {
    let (mut session, _folder) = session("", NONE, &[TRUE]);
    session.wait_for_browser();
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
    let written = written(&session);
    assert!(!written.contains(QUESTION) && !written.contains("38;2;") && !written.contains("48;2;"));
}

#[test]
fn a_terminal_of_256_colours_gets_the_nearest() {
    let (mut session, _folder) = session("theme = \"dark\"", NONE, &[]);
    session.wait_for_browser();
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
    let written = written(&session);
    assert!(written.contains("48;5;234") && !written.contains("48;2;"), "{written}");
}

#[test]
fn what_is_said_on_the_command_line_counts_more_than_the_environment() {
    for (args, variables, colours) in [
        (["--color", "never"], &[TRUE][..], false),
        (["--color", "auto"], &[TRUE, ("NO_COLOR", "1")], false),
        (["--color", "always"], &[TRUE, ("NO_COLOR", "1")], true),
    ] {
        let (mut session, _folder) = session("theme = \"dark\"", args, variables);
        session.wait_for_browser();
        session.keys("q");
        session.ends_and_gives_the_terminal_back();
        assert_eq!(written(&session).contains(DARK), colours, "{args:?} {variables:?}");
    }
}

#[test]
fn in_ascii_nothing_else_reaches_the_terminal_from_us() {
    let (mut session, _folder) = session("", ["--ascii", "--mouse"], &[]);
    session.wait_for_browser();
    session.keys("?");
    session.wait_for_text("Keys");
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
    let written = written(&session);
    assert!(!written.chars().any(|c| "│─…·●▌▐█".contains(c)), "{written}");
}
