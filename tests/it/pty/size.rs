//! Windows of every size.

use super::session::Start;

#[test]
fn the_smallest_window_is_survived_and_left_in_order() {
    let mut session = Start::trialdeck(["--demo"]).size(1, 1).go();
    session.wait_until("the terminal taken", |session| session.modes().alternate_screen);
    session.keys("jjG?/");
    session.keys("\x1b\x1bq\x03");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}

#[test]
fn a_terminal_that_does_not_know_its_size_is_taken_for_the_usual_one() {
    let mut session = Start::sh("stty rows 0 cols 0; exec \"$TRIALDECK\" --demo").size(80, 24).go();
    session.wait_for_browser();
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}

#[test]
fn a_window_that_changes_is_filled_anew() {
    let mut session = Start::trialdeck(["--demo"]).size(120, 40).go();
    session.wait_for_browser();
    for (columns, rows) in [(40, 10), (1, 1), (200, 60), (79, 23), (3, 50), (100, 30)] {
        session.resize(columns, rows);
    }
    session.wait_for_browser();
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
}
