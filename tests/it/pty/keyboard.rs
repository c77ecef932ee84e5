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
    for (tmux, expected) in [("", "\u{1b}]52;c;"), ("socket,1,0", "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;")] {
        let mut session = Start::trialdeck(["--demo"]).env("TMUX", tmux).go();
        session.wait_for_browser();
        session.keys("yy");
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

#[test]
fn an_input_that_never_ends_does_not_keep_the_program() {
    let script = "mkfifo \"$FIFO\" && exec 3<>\"$FIFO\" && \"$TRIALDECK\" - <&3; echo \"ended with $?\"";
    let folder = tempfile::tempdir().expect("a folder");
    let fifo = folder.path().join("fifo").display().to_string();
    let mut session = Start::sh(script).env("FIFO", &fifo).go();
    session.wait_for_text("loading");
    session.keys("\u{1b}");
    session.wait_for("the load ended", |screen| !screen.contains("loading") && !screen.contains("stopping"));
    session.keys("q");
    session.wait_for_text("ended with 0");
    session.ends_and_gives_the_terminal_back();
}

#[test]
fn the_log_is_written_only_when_asked_for_and_for_nobody_else_to_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("log");
    let mut session = Start::trialdeck(["--demo", "--log-file", &file.display().to_string()]).go();
    session.wait_for_browser();
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
    let log = std::fs::read_to_string(&file).expect("the log");
    assert!(log.contains("trialdeck") && log.contains("ended: Quit"), "{log}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("metadata").permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_pager_gets_the_terminal_and_its_keys_and_gives_it_back() {
    let script = "head -c 40 \"$1\"; printf \"a line: \"; read line; echo \"got $line\"; sleep 0.2";
    let mut session = Start::trialdeck(["--demo"]).env("PAGER", &format!("sh -c '{script}' pager")).go();
    session.wait_for_browser();
    session.keys("e");
    session.wait_for_text("a line:");
    assert!(!session.modes().alternate_screen, "the pager has the screen");
    session.keys("jjq\r");
    session.wait_until("the browser again", |session| session.modes().alternate_screen);
    assert!(String::from_utf8_lossy(&session.bytes()).contains("got jjq"), "the keys were the pager's");
    session.keys("2");
    session.wait_for_text("Arms");
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}
