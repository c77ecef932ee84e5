//! Records that try to talk to the terminal: what is in them is shown as marks and never obeyed.

use std::fs;

use super::session::Start;
use crate::hostile::{HOSTILE, all, is_forbidden, record};

#[test]
fn no_control_in_a_record_reaches_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    // The file's own name is shown too.
    let file = folder.path().join("record \u{1b}]0;owned\u{7}.json");
    fs::write(&file, record("NCT90000002", &all())).expect("written");

    let mut session = Start::sh("exec \"$TRIALDECK\" \"$FOLDER\"")
        .env("FOLDER", &folder.path().display().to_string())
        .size(120, 40)
        .go();
    session.wait_for_text("before");
    // Every pane to its end, then what lies over the panes. No Esc: typed ahead it would join the next key.
    for keys in
        ["1G", "2G", "3G", "4G", "5G", "6G", "7G", "z", "/after\r", "nN", "y", "\r", "!", "\x10after\x10\r"]
    {
        session.keys(keys);
    }
    session.keys("\x03");
    session.ends_and_gives_the_terminal_back();

    let bytes = session.bytes();
    let written = String::from_utf8(bytes).expect("the program writes UTF-8");
    // What `y` copied is the program's own, and the only bell there is.
    let without_copies: String = written
        .split("\u{1b}]52;c;")
        .map(|part| part.split_once('\u{7}').map_or(part, |(_, after)| after))
        .collect();
    let bad = without_copies.chars().find(|ch| is_forbidden(*ch) && *ch != '\r');
    assert!(bad.is_none(), "{bad:?} reached the terminal");
    for (what, text) in HOSTILE.iter().filter(|(_, text)| text.starts_with('\u{1b}')) {
        assert!(!written.contains(text), "{what} reached the terminal");
    }
    assert!(!written.contains('\t'), "a tab reached the terminal");
}
