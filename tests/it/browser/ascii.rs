//! ASCII mode: on no screen anything is drawn that is not ASCII, as long as the records are.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::sync::Arc;

use insta::assert_snapshot;
use trialdeck::app::Msg;
use trialdeck::library::{Cancel, LoadEvent, Progress, load_all};

use super::screen::Screen;

/// The samples with nothing but ASCII in them.
fn screen(width: u16, height: u16) -> Screen {
    let folder = tempfile::tempdir().expect("a folder");
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/trials");
    for file in std::fs::read_dir(assets).expect("the samples").flatten() {
        let text = std::fs::read_to_string(file.path()).expect("a sample");
        let text: String = text.chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect();
        std::fs::write(folder.path().join(file.file_name()), text).expect("written");
    }
    let entries = load_all(&[folder.path().to_owned()], &Cancel::new()).entries;
    assert_eq!(entries.len(), 4);
    let mut screen = Screen::empty(width, height);
    screen.model.ascii = true;
    screen.model.keymap.spell_arrows(true);
    screen.tell(Msg::Load(LoadEvent::Batch(entries.into_iter().map(|entry| Arc::clone(&entry)).collect())));
    screen.tell(Msg::Load(LoadEvent::Done(Progress { records: 4, ..Progress::default() })));
    screen
}

/// Keys that lead to every screen, each part from the list.
const WAYS: &[&str] = &[
    "",
    "%",
    "S",
    "/zzz<enter>",
    "Z",
    ":",
    "?",
    "?G",
    "!",
    "1",
    "2",
    "3",
    "3S",
    "4",
    "4x",
    "4s",
    "5",
    "5f",
    "5jjs",
    "6",
    "7",
    "7/a<enter>n",
    "F",
    "C<enter>",
    "C<enter>Ljjs",
    "<space>j<space>c",
    "<space>j<space>c2",
    "<space>j<space>c3",
    "<space>j<space>c4",
    "<space>j<space>c5s",
    "<space>j<space>c+",
    "p",
    "pB7<enter>",
    "pB7<enter>mjnE",
    "PB7, 61 f, ecog 1, anc 1.2, platelets 95, lines 2, chemotherapy 20 days ago<enter>",
    "PB7, 61 f, ecog 1, anc 1.2, platelets 95, lines 2, chemotherapy 20 days ago<enter><enter>",
    "<ctrl-p>a",
];

#[test]
fn on_every_screen_everything_we_draw_is_ascii() {
    for (width, height) in [(40, 12), (80, 24), (160, 50)] {
        for start in 0..4 {
            for way in WAYS {
                let mut screen = screen(width, height);
                screen.keys(&"j".repeat(start)).keys(way);
                let text = screen.text();
                let other: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
                assert!(other.is_empty(), "{width}x{height} trial {start} {way:?}: {other:?}\n{text}");
            }
        }
    }
}

#[test]
fn the_screen_in_ascii() {
    let mut screen = screen(110, 34);
    screen.keys("4");
    assert_snapshot!("ascii_schedule", screen.text());
}

#[test]
fn letters_of_the_record_stay() {
    let mut screen = Screen::on(super::trials::handful(), 100, 30);
    screen.model.ascii = true;
    screen.tell(Msg::Resize(101, 30));
    assert!(screen.text().contains("肝細胞癌"), "nothing stands for them");
}
