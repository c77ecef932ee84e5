//! The detail panes of one trial with something in each, at three sizes.

use std::sync::Arc;

use insta::assert_snapshot;
use trialdeck::app::{Effect, Msg, Pane};
use trialdeck::formats::{Format, RawRecord, Record};
use trialdeck::library::{Entry, LoadEvent, Progress};
use trialdeck::protocol::Trial;
use trialdeck::ui::Theme;

use super::screen::Screen;
use super::trials::{full, limited, short};

fn name(pane: Pane, size: &str) -> String {
    format!("{}_{size}", pane.title().to_lowercase())
}

#[test]
fn every_pane_at_every_size() {
    for pane in Pane::ALL {
        let key = (pane.index() + 1).to_string();
        for (width, height) in [(40, 12), (80, 24), (160, 50)] {
            let mut screen = Screen::on(vec![full()], width, height);
            screen.keys(&key);
            assert_snapshot!(name(pane, &format!("{width}x{height}")), screen.text());
        }
    }
}

#[test]
fn every_pane_in_style_runs_with_and_without_colour() {
    for pane in Pane::ALL {
        let mut screen = Screen::on(vec![full()], 80, 24);
        screen.keys(&(pane.index() + 1).to_string());
        assert_snapshot!(name(pane, "80x24_styles"), screen.styles(&Theme::sixteen()));
        assert_snapshot!(name(pane, "80x24_styles_mono"), screen.styles(&Theme::mono()));
    }
}

#[test]
fn a_pane_with_nothing_in_it_says_so() {
    let bare = Trial { id: "notes".to_owned(), title: "Only a title".to_owned(), ..Trial::default() };
    let mut told = String::new();
    for pane in Pane::ALL {
        let mut screen = Screen::on(vec![bare.clone()], 100, 20);
        screen.keys(&format!("{}z", pane.index() + 1));
        told.push_str(&format!("=== {}\n{}\n", pane.title(), screen.text()));
    }
    assert_snapshot!("bare_trial", told);
}

#[test]
fn words_are_found_in_a_pane_and_n_goes_round() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.keys("1/itch");
    assert_snapshot!("find_itch_80x24", screen.text());
    assert_snapshot!("find_itch_80x24_styles", screen.styles(&Theme::sixteen()));
    screen.keys("<enter>n");
    assert_eq!(screen.model.detail.find.current, 1);
    screen.keys("N");
    assert_eq!(screen.model.detail.find.current, 0);
    let last = screen.model.detail.find.matches.len() - 1;
    screen.keys("N");
    assert_eq!(screen.model.detail.find.current, last, "round the end");
    screen.keys("n");
    assert_eq!(screen.model.detail.find.current, 0, "and back");
    screen.keys("<esc>");
    assert!(screen.model.detail.find.text.is_empty());
}

#[test]
fn sites_are_filtered_by_words_and_by_recruiting_and_a_contact_is_copied() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.keys("6f");
    assert_snapshot!("sites_recruiting_80x24", screen.text());
    screen.keys("/norway<enter>");
    assert_snapshot!("sites_norway_80x24", screen.text());
    screen.keys("yy");
    let Some(Effect::Copy(text)) = screen.effects.last() else { panic!("nothing copied") };
    assert_eq!(text, "Ida Frost · +47 555 0100 · ida.frost@clinic.example");
}

#[test]
fn where_no_site_is_left_the_pane_says_what_to_do_and_nothing_is_copied() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.keys("6/atlantis<enter>");
    assert!(screen.text().contains("No site is left"), "{}", screen.text());
    screen.keys("gyy<esc>");
    let copied =
        screen.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text.contains("site")));
    assert!(!copied, "{:?}", screen.effects);
    screen.keys("<esc>");
    assert!(!screen.text().contains("atlantis"));
}

#[test]
fn a_pane_turned_to_while_there_is_no_room_does_not_keep_the_other_panes_lines() {
    let mut screen = Screen::on(vec![full()], 100, 30);
    screen.keys("1<pgdn>2");
    screen.tell(Msg::Resize(0, 0));
    screen.keys("1");
    assert!(screen.model.detail.content.items.is_empty());
    screen.tell(Msg::Resize(100, 30));
    assert!(screen.text().contains("Summary"), "{}", screen.text());
}

#[test]
fn a_search_ends_with_its_trial_though_there_is_no_room_to_show_another() {
    let mut screen = Screen::on(vec![full(), limited()], 100, 30);
    screen.keys("/ecog=1<enter>");
    assert!(screen.model.list.waiting, "the prose of all trials is asked");
    screen.keys("<enter>1<pgdn>/");
    assert!(screen.model.detail.position().cursor > 0);
    screen.tell(Msg::Resize(0, 0));
    let (generation, shown) = (screen.model.list.generation, screen.model.list.selected().expect("a trial"));
    screen.tell(Msg::Arranged { generation, order: vec![1 - shown] });
    screen.keys("atlantis");
    let detail = &screen.model.detail;
    assert!(detail.content.items.is_empty(), "there is no room for any");
    assert_eq!((detail.position().cursor, detail.position().top), (0, 0));
}

#[test]
fn s_shows_the_words_behind_a_row_and_esc_goes_back() {
    let mut screen = Screen::on(vec![full()], 80, 24);
    screen.keys("4s");
    assert_snapshot!("source_80x24", screen.text());
    screen.keys("<esc>");
    assert!(screen.model.layers.is_empty());
}

/// A trial with a record of its own of so many fields.
fn with_fields(id: &str, fields: usize) -> Arc<Entry> {
    let members: Vec<String> =
        (0..fields).map(|at| format!(r#""field{at}": "the value of field number {at}""#)).collect();
    let json = format!(r#"{{"part": {{{}}}}}"#, members.join(","));
    let raw =
        RawRecord { format: Format::OwnJson, range: 0..json.len(), buffer: Arc::new(json.into_bytes()) };
    Arc::new(Entry::new(Record { trial: short(id, "Many fields", "COMPLETED", &[], "Itch"), raw: Some(raw) }))
}

#[test]
fn of_a_large_record_the_first_fields_are_there_at_once_and_the_others_follow() {
    let mut screen = Screen::empty(100, 20);
    let trials = vec![with_fields("NCT90000001", 3000), with_fields("NCT90000002", 100)];
    screen.tell(Msg::Load(LoadEvent::Batch(trials)));
    screen.tell(Msg::Load(LoadEvent::Done(Progress { records: 2, ..Progress::default() })));
    let made = |screen: &mut Screen| {
        // A newer job takes the place of an older one.
        let making = screen.effects.drain(..).rev().find_map(|effect| match effect {
            Effect::Make(making) => Some(making),
            _ => None,
        });
        making.map(|making| Msg::Made(Box::new(making.run())))
    };
    screen.keys("7zjjj");
    let before = screen.model.detail.position();
    assert!(
        screen.text().contains("the first 400 fields, as they came: the others follow"),
        "{}",
        screen.text()
    );
    let all = made(&mut screen).expect("the rest is asked for");
    screen.tell(all.clone());
    assert!(screen.text().contains("3000 fields, as they came"), "{}", screen.text());
    assert_eq!(screen.model.detail.position(), before, "nothing has moved");
    screen.keys("G");
    assert!(screen.text().contains("the value of field number 2999"), "{}", screen.text());

    // What comes when another trial is shown is not wanted any more; a small record is there at once.
    screen.keys("<esc><esc>");
    screen.effects.clear();
    screen.keys("j");
    screen.tell(all);
    assert!(screen.text().contains("100 fields, as they came"), "{}", screen.text());
    assert!(made(&mut screen).is_none());
}
