//! Whatever is typed, at whatever size, in whatever order: nothing panics, and the cursors stay inside.

use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use trialdeck::app::desk::DeskNews;
use trialdeck::app::session::{Returning, Session};
use trialdeck::app::{Meaning, Msg, Place, sets};
use trialdeck::library::{LoadEvent, Progress};
use trialdeck::ui::Theme;

#[path = "../../../fuzz/acts.rs"]
mod acts;

use super::screen::{Screen, keys};
use super::trials::{full, handful, limited, short};

#[derive(Clone, Debug)]
enum Act {
    Keys(String),
    Resize(u16, u16),
    Load(usize),
    Done,
    Answer,
    Late(u64, Vec<u32>),
    Keeper,
    Paste(String),
    Mouse(MouseEventKind, u16, u16),
}

fn act() -> impl Strategy<Value = Act> {
    let named = prop::sample::select(acts::NAMED);
    let letter = prop::sample::select(acts::LETTERS.chars().collect::<Vec<_>>());
    let mouse = prop::sample::select(acts::MOUSE);
    prop_oneof![
        8 => letter.prop_map(|letter| Act::Keys(letter.to_string())),
        6 => named.prop_map(|name| Act::Keys(name.to_owned())),
        2 => (0u16..220, 0u16..70).prop_map(|(width, height)| Act::Resize(width, height)),
        1 => (0usize..6).prop_map(Act::Load),
        1 => Just(Act::Done),
        1 => Just(Act::Answer),
        2 => Just(Act::Keeper),
        1 => (0u64..4, prop::collection::vec(0u32..20, 0..5)).prop_map(|(generation, order)| Act::Late(generation, order)),
        1 => "(\\PC|\\n|\\x1b){0,20}".prop_map(Act::Paste),
        2 => (mouse, 0u16..220, 0u16..70).prop_map(|(kind, column, row)| Act::Mouse(kind, column, row)),
    ]
}

fn act_out(screen: &mut Screen, act: Act) {
    match act {
        Act::Keys(text) => {
            screen.keys(&text);
        }
        Act::Resize(width, height) => screen.tell(Msg::Resize(width, height)),
        Act::Load(count) => {
            let mut trials = handful();
            trials.push(full());
            trials.push(limited());
            trials.push(short(
                "NCT00000007",
                "e\u{301}\u{1b}[31m\u{202e}\n\ttitle",
                "ODD_WORD",
                &["PHASE9"],
                "",
            ));
            trials.truncate(count + 2);
            screen.load(trials);
        }
        Act::Done => screen.tell(Msg::Load(LoadEvent::Done(Progress::default()))),
        Act::Answer => {
            let generation = screen.model.list.generation;
            screen.tell(Msg::Arranged { generation, order: vec![0, 1, 99] });
        }
        Act::Late(generation, order) => screen.tell(Msg::Arranged { generation, order }),
        Act::Keeper => {
            let sheets = screen.model.desk.sheets.clone();
            screen
                .tell(Msg::Desk(DeskNews::Listed { sheets, broken: vec!["odd.json: no sheet".to_owned()] }));
        }
        Act::Paste(text) => screen.tell(Msg::Paste(text)),
        Act::Mouse(kind, column, row) => {
            screen.tell(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        }
    }
}

// 20,400 keys, sizes, clicks and answers in all.
proptest! {
    #![proptest_config(ProptestConfig { cases: 340, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_every_cursor_stays_inside(acts in prop::collection::vec(act(), 60)) {
        let mut screen = Screen::empty(100, 30);
        screen.load(handful());
        screen.load(vec![limited()]);
        for act in acts {
            act_out(&mut screen, act);
            screen.styles(&Theme::sixteen());
            let list = &screen.model.list;
            prop_assert!(list.order.is_empty() || list.cursor < list.order.len());
            prop_assert!(list.order.iter().all(|index| (*index as usize) < screen.model.trials.len()));
            let detail = &screen.model.detail;
            let position = detail.position();
            prop_assert!(detail.content.items.is_empty() || position.cursor < detail.content.items.len());
            prop_assert!(position.top <= detail.content.lines.len());
            let tabs = &screen.model.sets;
            prop_assert!(tabs.len() <= sets::MOST && tabs.at < tabs.len());
        }
        // Where all that led to is there again the next time.
        if let Some(kept) = Session::of(&screen.model) {
            let mut again = Screen::empty(100, 30);
            again.model.returning = Some(Returning::new(kept.clone()));
            again.load(screen.model.trials.iter().map(|entry| entry.trial.clone()).collect());
            again.tell(Msg::Load(LoadEvent::Done(Progress::default())));
            prop_assert_eq!(Session::of(&again.model).map(|session| session.tabs.len()), Some(kept.tabs.len()));
        }
    }
}

/// Every key of every command is a key that can be typed, and does something in its place.
#[test]
fn every_default_key_can_be_typed() {
    let map = trialdeck::app::Keymap::standard();
    for info in trialdeck::app::COMMANDS {
        assert!(!map.keys(info.command).is_empty(), "{} has no key", info.name);
        for key in map.keys(info.command) {
            let meaning = map.meaning(info.places, key.keys());
            assert_eq!(meaning, Meaning::Command(info.command), "{} {key}", info.name);
        }
    }
    let esc = map.meaning(&[Place::Everywhere], &keys("<esc>"));
    assert_eq!(esc, Meaning::Command(trialdeck::app::Command::Back));
}
