//! Where keys come from when standard input is data.

use super::session::Start;

#[test]
fn keys_come_from_the_terminal_when_records_come_through_a_pipe() {
    let record = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":"A piped record"}}}"#;
    let mut session = Start::sh("printf '%s' \"$RECORD\" | \"$TRIALDECK\" -; echo \"ended with $?\"")
        .env("RECORD", record)
        .go();
    session.wait_for_browser();
    session.wait_for_text("A piped record");
    session.keys("q");
    session.wait_for_text("ended with 0");
    session.ends_and_gives_the_terminal_back();
}

#[test]
fn the_keyboard_is_no_source_of_records() {
    let mut session = Start::trialdeck(["-"]).go();
    session.wait_for_text("trialdeck: - means records from standard input");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 2);
}

#[test]
fn a_file_that_is_not_there_is_told_on_the_shells_screen() {
    let mut session = Start::trialdeck(["no/such/file.json"]).go();
    session.wait_for_text("no/such/file.json: there is no such file");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 1);
    assert!(
        !String::from_utf8_lossy(&session.bytes()).contains("\u{1b}[?1049h"),
        "the browser was never opened"
    );
}

#[test]
fn copying_goes_through_the_terminal_and_through_tmux() {
    for (tmux, expected) in
        [("", "\u{1b}]52;c;"), ("/tmp/tmux-0/default,1,0", "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;")]
    {
        let mut session = Start::trialdeck(["--demo"]).env("TMUX", tmux).go();
        session.wait_for_browser();
        session.keys("y");
        session.wait_until("the clipboard set", |session| {
            String::from_utf8_lossy(&session.bytes()).contains(expected)
        });
        session.keys("q");
        session.ends_and_gives_the_terminal_back();
    }
}

#[test]
fn without_colours_where_none_are_wanted() {
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let mut session = Start::trialdeck(["--demo"]).env(name, value).go();
        session.wait_for_browser();
        session.keys("2");
        session.wait_for_text("Arm");
        session.keys("q");
        session.ends_and_gives_the_terminal_back();
        let written = String::from_utf8_lossy(&session.bytes()).into_owned();
        let colours =
            written.split("\u{1b}[").skip(1).filter_map(|rest| rest.split_once('m')).map(|(codes, _)| codes);
        let is_colour =
            |code: &str| matches!(code.parse::<u8>(), Ok(30..=38 | 40..=48 | 90..=97 | 100..=107));
        for codes in colours.filter(|codes| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')) {
            assert!(!codes.split(';').any(is_colour), "{name}={value}: {codes}");
        }
    }
}
