//! Ctrl-Z and `fg`, as a shell with job control does them.

use super::session::Start;

/// A shell that starts the browser in some way, and brings it back when Enter is pressed.
fn shell(start: &str) -> String {
    format!(
        "set -m
        {start}
        echo 'the shell is back'
        read answer
        fg >/dev/null
        echo \"the browser ended with $?\""
    )
}

#[test]
fn the_shell_gets_its_terminal_and_the_browser_gets_it_again() {
    goes_and_comes_back("\"$TRIALDECK\" --demo");
}

/// The whole pipeline has to stop, or the shell would wait on.
#[test]
fn a_pipeline_is_stopped_as_a_whole() {
    goes_and_comes_back(
        "{ \"$TRIALDECK\" show crc-biottt001 --format json; sleep 1000; } | \"$TRIALDECK\" -",
    );
}

fn goes_and_comes_back(start: &str) {
    let mut session = Start::sh(&shell(start)).go();
    session.wait_for_browser();
    let browsing = session.modes();
    session.keys("\x1a");
    session.wait_for_text("the shell is back");
    let before = session.modes_before().clone();
    session.wait_until("the terminal given back", |session| session.modes() == before);

    let drawn_before = session.bytes_written();
    session.keys("\n");
    session.wait_for_browser();
    session.wait_until("the terminal taken again", |session| session.modes() == browsing);
    session.wait_until("a full redraw", |session| {
        let since = session.bytes().split_off(drawn_before);
        String::from_utf8_lossy(&since).contains("trialdeck")
    });

    session.keys("q");
    let before = session.modes_before().clone();
    session.wait_until("the terminal given back", |session| session.modes() == before);
}

#[test]
fn whoever_stops_it_hard_gets_a_full_redraw_when_it_goes_on() {
    let session = Start::trialdeck(["--demo"]).go();
    session.wait_for_browser();
    session.signal("STOP");
    let drawn_before = session.bytes_written();
    session.signal("CONT");
    session.wait_until("a full redraw", |session| {
        let since = session.bytes().split_off(drawn_before);
        String::from_utf8_lossy(&since).contains("trialdeck")
    });
}

#[test]
fn without_a_shell_to_come_back_from_it_does_not_stop() {
    let mut session = Start::trialdeck(["--demo"]).go();
    session.wait_for_browser();
    session.keys("\x1a");
    session.wait_for_text("no shell");
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}
