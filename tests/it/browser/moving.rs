//! Getting about: focus, layers, sizes, zoom; what backs out of what.

use insta::assert_snapshot;
use trialdeck::app::Msg;
use trialdeck::app::{Effect, Focus, Pane};
use trialdeck::formats::RecordError;
use trialdeck::library::{LoadEvent, Progress};
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::{full, handful};

#[test]
fn a_trial_is_opened_read_and_left() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("jj<tab>/pfs<esc>");
    assert_eq!(screen.model.focus, Focus::Detail);
    assert_eq!(screen.model.list.selected(), Some(2));
    assert!(screen.model.detail.find.text.is_empty(), "Esc leaves no search behind");
    screen.keys("<tab><tab>");
    assert_eq!(screen.model.detail.pane, Pane::Endpoints);
    screen.keys("<s-tab>");
    assert_eq!(screen.model.detail.pane, Pane::Arms);
    screen.keys("J");
    assert_eq!(screen.model.list.selected(), Some(3), "the next trial, same pane");
    screen.keys("<esc>");
    assert_eq!(screen.model.focus, Focus::List);
    screen.keys("5");
    assert_eq!((screen.model.focus, screen.model.detail.pane), (Focus::Detail, Pane::Eligibility));
    screen.keys("h");
    assert_eq!(screen.model.focus, Focus::List);
}

#[test]
fn esc_backs_out_one_layer_at_a_time_and_last_of_all_stops_loading() {
    let mut screen = Screen::empty(100, 30);
    screen.load(vec![full(), full()]);
    screen.keys("/winter<enter><enter>z/itch<enter>?");
    assert_eq!(screen.model.layers.len(), 1);
    screen.keys("<esc>");
    assert!(screen.model.layers.is_empty());
    assert_eq!(screen.model.detail.find.text, "itch");
    screen.keys("<esc>");
    assert!(screen.model.detail.find.text.is_empty());
    assert!(screen.model.zoom);
    screen.keys("<esc>");
    assert!(!screen.model.zoom);
    screen.keys("<esc>");
    assert_eq!(screen.model.focus, Focus::List);
    screen.keys("<esc>");
    assert!(screen.model.list.filter.is_empty());
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::CancelLoad)));
    screen.keys("<esc>");
    assert!(matches!(screen.effects.last(), Some(Effect::CancelLoad)));
    screen.keys("<esc>");
    let stops = screen.effects.iter().filter(|effect| matches!(effect, Effect::CancelLoad)).count();
    assert_eq!(stops, 1, "stopped once");
}

#[test]
fn the_layout_follows_the_size() {
    let mut told = String::new();
    for (width, height) in [(39, 12), (40, 9), (40, 10), (79, 12), (80, 12), (139, 12), (140, 12)] {
        let screen = Screen::on(handful(), width, height);
        told.push_str(&format!("=== {width}×{height}\n{}\n", screen.text()));
    }
    assert_snapshot!("sizes", told);
}

#[test]
fn zoom_gives_the_list_all_columns() {
    let mut screen = Screen::on(handful(), 120, 14);
    screen.keys("z");
    assert_snapshot!("list_zoomed_120x14", screen.text());
}

#[test]
fn the_border_moves_and_stops_before_a_side_is_gone() {
    let mut screen = Screen::on(handful(), 100, 20);
    let before = screen.model.areas.list.width;
    screen.keys(">>");
    assert_eq!(screen.model.areas.list.width, before + 4);
    screen.keys("<lt><lt><lt>");
    assert_eq!(screen.model.areas.list.width, before - 2);
    screen.keys(&">".repeat(300));
    assert!(screen.model.areas.detail.width >= 40);
    let widest = screen.model.areas.list.width;
    screen.keys("<lt>");
    assert_eq!(screen.model.areas.list.width, widest - 2, "no key was stored up at the stop");
    screen.keys(&"<lt>".repeat(300));
    assert!(screen.model.areas.list.width >= 24);
}

#[test]
fn help_tells_the_keys_of_the_live_keymap() {
    let mut screen = Screen::on(handful(), 80, 24);
    screen.keys("?");
    assert_snapshot!("help_80x24", screen.text());
    screen.keys("G");
    assert_snapshot!("help_end_80x24", screen.text());
    screen.keys("?");
    assert!(screen.model.layers.is_empty(), "the same key closes it");
}

#[test]
fn the_palette_finds_a_command_by_its_words_and_does_it() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.keys(":who ent");
    assert_snapshot!("palette_80x24", screen.text());
    screen.keys("<enter>");
    assert_eq!(screen.model.detail.pane, Pane::Eligibility);
}

#[test]
fn loading_is_told_with_records_bytes_and_errors() {
    let mut screen = Screen::empty(80, 24);
    assert_snapshot!("loading_empty_80x24", screen.text());
    screen.load(handful());
    let progress = Progress { records: 1234, bytes: 56_000_000, total_bytes: 2_600_000_000, errors: 2 };
    screen.tell(Msg::Load(LoadEvent::Progress(progress)));
    assert_snapshot!("loading_80x24", screen.text());
    assert_snapshot!("loading_80x24_styles_mono", screen.styles(&Theme::mono()));
}

#[test]
fn what_could_not_be_read_is_listed_also_while_more_comes() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("!");
    assert!(screen.text().contains("Everything could be read."));
    for line in 1..=2 {
        screen.tell(Msg::Load(LoadEvent::Problem(RecordError {
            file: "winter.json".to_owned(),
            place: Some(format!("line {line}")),
            reason: "a comma is missing\u{1b}[2J".to_owned(),
        })));
    }
    assert_snapshot!("problems_80x24", screen.text());
}

#[test]
fn an_old_record_is_marked_on_every_screen() {
    let mut screen = Screen::on(handful(), 100, 12);
    screen.keys("jj");
    let mut told = String::new();
    for keys in ["", "3", "?", "<esc>:", "<esc><esc>S", "<esc>/knee"] {
        screen.keys(keys);
        let text = screen.text();
        let status: Vec<&str> = text.lines().rev().take(2).collect();
        told.push_str(&format!("{keys:12} {}\n{:12} {}\n", status[1], "", status[0]));
    }
    assert_snapshot!("old_record", told);
}
