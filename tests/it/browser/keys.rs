//! Chords, the palette and the help: all made from the keys as they are.

use insta::assert_snapshot;
use trialdeck::app::{Effect, Keymap, Msg};
use trialdeck::config::Loaded;
use trialdeck::config::settings::Settings;

use super::screen::Screen;
use super::trials::handful;

/// A screen with a configuration.
fn configured(text: &str) -> Screen {
    let mut screen = Screen::on(handful(), 100, 30);
    let (settings, wrong) = Settings::read(text);
    let mut loaded = Loaded { settings, file: None, wrong };
    screen.model.keymap = Keymap::configured(&mut loaded);
    assert_eq!(loaded.wrong, []);
    screen
}

fn quits(screen: &Screen) -> bool {
    screen.effects.iter().any(|effect| matches!(effect, Effect::Quit))
}

#[test]
fn after_the_first_key_of_a_chord_stands_what_can_follow() {
    let mut screen = configured("keymap = 'emacs'");
    screen.keys("<ctrl-x>");
    assert_snapshot!("chord_begun", screen.text());
    screen.keys("<ctrl-c>");
    assert!(quits(&screen));
}

#[test]
fn a_chord_that_means_nothing_is_told_and_one_that_is_backed_out_of_is_not() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys("Zj");
    assert_eq!(screen.model.notice.as_deref(), Some("Z j does nothing here"));
    assert_eq!((screen.model.pending.len(), screen.model.list.cursor), (0, 0), "j did not move");
    screen.keys("Z<esc>");
    assert_eq!((screen.model.notice.as_deref(), screen.model.pending.len()), (None, 0));
    screen.keys("j");
    assert_eq!(screen.model.list.cursor, 1);
    screen.keys("ZZ");
    assert!(quits(&screen));
}

#[test]
fn chords_go_on_while_something_is_typed() {
    let mut screen = configured("[keys]\nclear = ['ctrl-x k']\n");
    screen.keys("/lung<ctrl-x>k");
    assert_eq!(screen.model.list.filter, "");
    screen.keys("k");
    assert_eq!(screen.model.list.filter, "k", "letters are typed again");
}

#[test]
fn the_emacs_keymap_moves_types_and_backs_out() {
    let mut screen = configured("keymap = 'emacs'");
    screen.keys("<ctrl-n><ctrl-n>");
    assert_eq!(screen.model.list.cursor, 2);
    screen.keys("<ctrl-p><alt-lt>");
    assert_eq!(screen.model.list.cursor, 0);
    screen.keys("<ctrl-s>ab<ctrl-b><ctrl-d><ctrl-g>");
    assert_eq!(screen.model.list.filter, "");
    assert!(screen.model.layers.is_empty());
}

#[test]
fn enter_in_an_empty_palette_ends_nothing() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys(":<enter>");
    assert!(!quits(&screen));
}

#[test]
fn the_palette_finds_by_name_description_and_key_what_applies_here_first() {
    let mut screen = configured("[keys]\nzoom = ['f12']\n");
    for (typed, name) in
        [("F12", "zoom"), ("whole screen", "zoom"), ("zoom", "zoom"), ("?", "help"), ("G", "bottom")]
    {
        screen.keys(":");
        for letter in typed.chars() {
            screen.keys(&if letter == ' ' { "<space>".to_owned() } else { letter.to_string() });
        }
        let lines: Vec<String> = screen.text().lines().map(str::to_owned).collect();
        let title = lines.iter().position(|line| line.trim() == "Commands").expect("the palette");
        assert!(lines[title + 1].contains(&format!(" {name} ")), "{typed}: {}", lines[title + 1]);
        screen.keys("<esc>");
    }
}

#[test]
fn a_command_of_another_place_says_where_it_works() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys(":not-met<enter>");
    assert_eq!(screen.model.notice.as_deref(), Some("not-met works elsewhere: in pre-screening"));
}

#[test]
fn the_help_shows_the_keys_as_they_are() {
    let mut screen = configured("[keys]\nzoom = ['ctrl-x z', 'f12']\n");
    screen.tell(Msg::Resize(100, 200));
    screen.keys("?");
    let text = screen.text();
    assert!(text.contains("Ctrl-x z, F12"), "{text}");
}
