//! The guide of a minute: offered once, followed with the person's own keys, left at any time.

use insta::assert_snapshot;
use trialdeck::app::guide::{self, Guide};
use trialdeck::app::notebook::{Change, Notebook};
use trialdeck::app::{Effect, Msg};
use trialdeck::config::{DEFAULT, Loaded};
use trialdeck::library::{LoadEvent, Progress, samples};

use super::screen::Screen;

fn on_samples(width: u16, height: u16, notebook: Notebook) -> Screen {
    let mut screen = Screen::empty(width, height);
    screen.model.samples = true;
    screen.tell(Msg::Load(LoadEvent::Batch(samples())));
    screen.tell(Msg::Load(LoadEvent::Done(Progress { records: 4, ..Progress::default() })));
    screen.tell(Msg::Notebook(Ok(notebook)));
    screen
}

fn step(screen: &Screen) -> Option<usize> {
    guide::progress(&screen.model).map(|(step, _)| step)
}

#[test]
fn it_is_offered_once_with_the_samples_only() {
    let mut screen = on_samples(80, 24, Notebook::default());
    assert_snapshot!("guide_offered_80x24", screen.text());
    assert!(matches!(screen.effects.last(), Some(Effect::Keep(Change::Guided))), "{:?}", screen.effects);
    screen.keys("?");
    assert!(!screen.text().contains("New here?"), "Esc is the keys' own here: {}", screen.text());
    screen.keys("<esc>");
    assert!(screen.text().contains("New here?"), "{}", screen.text());
    screen.keys("<esc>");
    assert!(!screen.text().contains("New here?"), "{}", screen.text());
    let screen = on_samples(80, 24, Notebook { guided: true, ..Notebook::default() });
    assert_eq!(screen.model.guide, None);
    let mut screen = Screen::on(super::trials::handful(), 80, 24);
    screen.tell(Msg::Notebook(Ok(Notebook::default())));
    assert_eq!(screen.model.guide, None);
    let mut screen = on_samples(80, 24, Notebook::default());
    screen.keys("jkjkjkjk");
    assert!(matches!(screen.model.guide, Some(Guide::Offered(_))));
    screen.keys("jkjkjkjk");
    assert_eq!(screen.model.guide, None, "nobody answers");
}

#[test]
fn every_step_waits_for_its_key() {
    let mut screen = on_samples(80, 24, Notebook::default());
    screen.keys("<f2>");
    for (at, (keys, next)) in [
        ("j", 2),
        ("<enter>", 3),
        ("4", 4),
        ("jjs", 5),
        ("<esc><esc>", 6),
        ("/cancer<enter>", 7),
        ("<esc>", 8),
        ("g<space><space>", 9),
        ("c", 10),
        ("?", 11),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(step(&screen), Some(at + 1), "{}", screen.text());
        if [0, 3, 4, 8].contains(&at) {
            assert_snapshot!(format!("guide_step_{}_80x24", at + 1), screen.text());
        }
        screen.keys(keys);
        assert_eq!(step(&screen), Some(next), "{keys}: {}", screen.text());
    }
    screen.keys("<esc><esc>");
    assert_eq!((step(&screen), screen.model.layers.len()), (None, 0));
    assert!(screen.text().contains("the guide is over: F2 begins it again"), "{}", screen.text());
}

#[test]
fn it_can_be_left_at_any_step() {
    for keys in ["", "j", "j<enter>4jjs", "j<enter>4jjs<esc><esc>/can"] {
        let mut screen = on_samples(100, 30, Notebook::default());
        screen.keys("<f2>").keys(keys).keys("<f2>");
        assert_eq!(screen.model.guide, None, "{keys}");
        let mut screen = on_samples(100, 30, Notebook::default());
        screen.keys("<f2>").keys(keys).keys("<esc><esc><esc>");
        assert_eq!(screen.model.guide, None, "{keys}: Esc leads out of everything, of the guide last");
    }
}

#[test]
fn it_names_the_keys_as_they_are_bound_and_has_room_on_small_screens() {
    let mut screen = on_samples(40, 12, Notebook { guided: true, ..Notebook::default() });
    let settings = trialdeck::config::settings::Settings::read(
        &DEFAULT.replace("down = [\"j\", \"down\"]", "down = []"),
    )
    .0;
    let mut loaded = Loaded { settings, file: None, wrong: Vec::new() };
    screen.model.keymap = trialdeck::app::Keymap::configured(&mut loaded);
    screen.keys("<f2>");
    assert!(screen.text().contains(":down goes"), "{}", screen.text());
    assert_snapshot!("guide_40x12", screen.text());
    screen.tell(Msg::Resize(120, 36));
    assert_snapshot!("guide_120x36", screen.text());
}
