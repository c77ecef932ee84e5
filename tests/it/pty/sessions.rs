//! Where the person was, in a real terminal: kept at the end whatever the end is, and there the next time.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::session::{Session, Start};

fn start<const N: usize>(args: [&str; N], home: &str) -> Session {
    let session = Start::trialdeck(args).env("XDG_STATE_HOME", home).go();
    session.wait_for_browser();
    session
}

#[test]
fn the_place_is_kept_and_come_back_to_but_with_fresh() {
    let home = tempfile::tempdir().expect("a folder");
    let state = home.path().display().to_string();
    let mut session = start(["--demo"], &state);
    session.wait_for_text("4 trials");
    session.keys("jj\r5");
    session.wait_for_text("3/4");
    session.keys("q");
    assert_eq!(session.ends_and_gives_the_terminal_back().exit_code(), 0);
    let files: Vec<_> =
        fs::read_dir(home.path().join("trialdeck/sessions")).expect("a folder").flatten().collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].metadata().expect("metadata").permissions().mode() & 0o777, 0o600);

    let mut session = start(["--demo"], &state);
    session.wait_for_text("as you left it");
    session.keys("j");
    session.wait_for_text("3/4");
    session.keys("q");
    session.ends_and_gives_the_terminal_back();

    let mut session = start(["--demo", "--fresh"], &state);
    session.wait_for_text("1/4");
    session.keys("q");
    session.ends_and_gives_the_terminal_back();
    assert_eq!(
        fs::read_dir(home.path().join("trialdeck/sessions")).expect("a folder").count(),
        0,
        "the start is not kept"
    );
}

#[test]
fn a_signal_and_a_closed_terminal_keep_the_place_too() {
    for close in [false, true] {
        let home = tempfile::tempdir().expect("a folder");
        let mut session = start(["--demo"], &home.path().display().to_string());
        session.wait_for_text("4 trials");
        session.keys("jj");
        session.wait_for_text("3/4");
        if close {
            session.close().wait_for_end();
        } else {
            session.signal("TERM");
            session.wait_for_end();
        }
        let folder = home.path().join("trialdeck/sessions");
        let kept = fs::read_dir(folder).map_or(0, Iterator::count);
        assert_eq!(kept, 1, "closed: {close}");
    }
}
