//! The terminal is given back: modes, screen and cursor are as they were, whatever ended the program.

use super::session::{Session, Start};

/// The browser on the samples, with everything switched on that has to be switched off again.
fn browser(start: Start) -> Session {
    let mut session = start.go();
    session.wait_for_browser();
    session.keys("M");
    session.wait_until("the mouse turned on", |session| session.modes().mouse);
    let modes = session.modes();
    assert!(modes.alternate_screen && modes.cursor_hidden && modes.bracketed_paste, "{modes:?}");
    assert_ne!(modes.line, session.modes_before().line, "raw mode");
    session
}

#[test]
fn after_quitting() {
    let mut session = browser(Start::trialdeck(["--demo"]));
    session.keys("q");
    let status = session.ends_and_gives_the_terminal_back();
    assert_eq!((status.exit_code(), status.signal()), (0, None));
}

#[test]
fn after_control_c() {
    let mut session = browser(Start::trialdeck(["--demo"]));
    session.keys("\x03");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}

#[test]
fn after_a_signal_that_is_then_seen_as_the_cause() {
    for (name, seen) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("QUIT", "Quit")] {
        let mut session = browser(Start::trialdeck(["--demo"]));
        session.signal(name);
        let status = session.ends_and_gives_the_terminal_back();
        assert!(status.signal().is_some_and(|signal| signal.starts_with(seen)), "{name}: {status:?}");
    }
}

#[test]
fn after_an_interrupt_from_outside() {
    let mut session = browser(Start::trialdeck(["--demo"]));
    session.signal("INT");
    let status = session.ends_and_gives_the_terminal_back();
    assert_eq!((status.exit_code(), status.signal()), (130, None));
}

#[test]
#[cfg(debug_assertions)]
fn after_an_error_which_is_then_told() {
    let mut session = browser_that_fails_at_a_key("error");
    session.keys("j");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 1);
    session.wait_for_text("trialdeck: an error asked for by a test");
}

#[test]
#[cfg(debug_assertions)]
fn after_a_panic_which_is_then_told() {
    let mut session = browser_that_fails_at_a_key("panic");
    session.keys("j");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 101);
    session.wait_for_text("a panic asked for by a test");
}

#[test]
#[cfg(debug_assertions)]
fn after_a_panic_of_a_worker_which_is_then_told() {
    let mut session = browser_that_fails_at_a_key("worker");
    session.keys("j");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 1);
    session.wait_for_text("a panic asked for by a test");
}

#[cfg(debug_assertions)]
fn browser_that_fails_at_a_key(fault: &str) -> Session {
    let session = Start::trialdeck(["--demo"]).env("TRIALDECK_TEST_FAULT", fault).go();
    session.wait_for_browser();
    session
}

#[test]
fn a_closed_terminal_ends_the_program() {
    let session = Start::trialdeck(["--demo"]).go();
    session.wait_for_browser();
    assert!(session.close().wait_for_end().is_some(), "the program lives on without its terminal");
}

/// The loop hangs in a write; the signal still ends the program.
#[test]
fn a_terminal_that_no_longer_reads_does_not_keep_the_program() {
    let mut session = Start::trialdeck(["--demo"]).size(200, 60).go();
    session.wait_for_browser();
    session.set_deaf(true);
    // Far more than a terminal holds for whoever does not read.
    session.keys(&"1234567".repeat(100));
    session.wait_until("the program stuck", is_stuck);
    session.signal("TERM");
    let status = session.wait_for_end();
    assert!(status.signal().is_some_and(|signal| signal.starts_with("Terminated")), "{status:?}");
    session.set_deaf(false);
    let before = session.modes_before().line.clone();
    session.wait_until("raw mode left", |session| session.modes().line == before);
}

/// Whether the program's first thread sleeps in a write to the terminal, as far as the system tells.
fn is_stuck(session: &Session) -> bool {
    let waits_in = std::fs::read_to_string(format!("/proc/{}/wchan", session.pid())).unwrap_or_default();
    // Elsewhere, and where the system keeps it to itself, the keys alone have to do.
    waits_in.is_empty() || waits_in == "0" || waits_in.contains("write")
}
