//! Records that try to talk to the terminal: no screen shows a character of theirs that a terminal obeys or that the eye
//! does not see.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::fs;
use std::sync::Arc;

use trialdeck::app::{Key, Model, Msg};
use trialdeck::library::{Cancel, Entry, LoadEvent, Progress, load_all};
use trialdeck::runtime::headless;
use trialdeck::ui::Theme;

use crate::hostile::{all, is_forbidden, record};

/// The ways to every screen, each from the list.
const WALKS: &[(&str, &str)] = &[
    ("the list", ""),
    ("its columns", "S<down>%<esc>%"),
    ("its filter", "/after"),
    ("a filter that finds nothing", "/nothing at all<enter>"),
    ("the panes", "<enter>1G2G3G4G5G6G7G"),
    ("one pane alone", "<enter>2z3z4z5z6z7z"),
    ("the words behind a row", "<enter>3js"),
    ("the words behind a dose", "<enter>4jjs"),
    ("the words behind a limit", "<enter>5jjjs"),
    ("the X-ray", "<enter>4xG"),
    ("a match", "/after<enter><enter>nN"),
    ("the copy menu", "<enter>3jy"),
    ("what could not be read", "!"),
    ("help", "?"),
    ("the palette", ":so"),
    ("the finder", "<c-p>after<tab><tab><down>"),
    ("bookmarks", "b'"),
    ("a note", "wbefore<enter>"),
    ("the registry's page", "o"),
    ("findings", "F<down>s"),
    ("a comparison", "<space>j<space>c1jj2jj3jj4jj5jjs"),
    ("one more column", "<space>j<space>c+after"),
    ("a calendar", "<enter>4C2026-12-01<enter>jjj"),
    ("a sheet", "pB7<enter>jjmws<esc>"),
    ("a patient", "PB7, 61 f, ecog 1<enter><enter>jjs"),
    ("a verdict", "<enter>4jja"),
    ("a correction", "<enter>5jjjr"),
    ("versions", "c"),
];

fn entries() -> Vec<Arc<Entry>> {
    let folder = tempfile::tempdir().expect("a folder");
    for id in ["NCT90000002", "NCT90000003"] {
        let path = folder.path().join(format!("{id} \u{1b}]0;owned\u{7}\u{202e}.json"));
        fs::write(path, record(id, &all())).expect("written");
    }
    // Not JSON at all, under a name that steers: its fault is told with it.
    fs::write(folder.path().join("broken \u{9b}31m.json"), all()).expect("written");
    load_all(&[folder.path().to_owned()], &Cancel::new()).entries
}

#[test]
fn no_screen_steers_a_terminal_or_misleads_the_eye() {
    let entries = entries();
    assert_eq!(entries.len(), 2);
    for (screen, walk) in WALKS {
        for (width, height) in [(80, 24), (200, 60)] {
            let mut model = Model::new("hostile \u{1b}[31m\u{202e}", None);
            headless::tell(&mut model, Msg::Resize(width, height));
            headless::tell(&mut model, Msg::Load(LoadEvent::Batch(entries.clone())));
            headless::tell(
                &mut model,
                Msg::Load(LoadEvent::Done(Progress { records: 2, ..Progress::default() })),
            );
            for key in Key::sequence(walk).expect("keys") {
                headless::press(&mut model, &[key]);
                let buffer = headless::screen(&model, &Theme::sixteen());
                for cell in buffer.content() {
                    let bad =
                        cell.symbol().chars().find(|ch| is_forbidden(*ch) || matches!(ch, '\u{1b}' | '\n'));
                    assert!(bad.is_none(), "{bad:?} in {screen} at {width}x{height} after {key}");
                }
            }
        }
    }
}
