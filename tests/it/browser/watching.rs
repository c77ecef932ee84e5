//! Files that change while they are open; the mouse's second click and the border it drags.

use std::sync::Arc;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use trialdeck::app::reload::Reloaded;
use trialdeck::app::{Focus, Msg};
use trialdeck::formats::Record;
use trialdeck::library::Entry;
use trialdeck::protocol::{Code, Trial};

use super::screen::Screen;
use super::trials::{full, handful};

fn read_again(screen: &mut Screen, trials: Vec<Trial>) {
    let entries = trials.into_iter().map(|trial| Arc::new(Entry::new(Record { trial, raw: None }))).collect();
    screen.tell(Msg::Reloaded(Reloaded { entries, problems: Vec::new() }));
}

fn mouse(screen: &mut Screen, kind: MouseEventKind, column: u16, row: u16) {
    screen.tell(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

#[test]
fn what_changed_is_told_and_the_person_stays_where_they_are() {
    let mut trials = handful();
    trials.push(full());
    let mut screen = Screen::on(trials.clone(), 100, 30);
    screen.keys(" jjjj3jj");
    let row = screen.model.detail.position().cursor;
    let id = |screen: &Screen| screen.model.selected().map(|entry| entry.trial.id.clone());
    assert_eq!(id(&screen).as_deref(), Some("NCT90000042"));
    // The first is gone from its place, one is another one now, one is new.
    trials.rotate_left(1);
    trials[0].status = Some(Code::from("TERMINATED"));
    trials.push(Trial { id: "NCT90000009".to_owned(), title: "A new one".to_owned(), ..Trial::default() });
    read_again(&mut screen, trials);
    let text = screen.text();
    assert!(text.contains("the files changed and were read again: NCT90000002: "), "{text}");
    assert!(text.contains("1 new"), "{text}");
    assert_eq!(id(&screen).as_deref(), Some("NCT90000042"));
    assert_eq!(screen.model.detail.position().cursor, row);
    let ticked: Vec<u32> = screen.model.list.ticked.iter().copied().collect();
    assert_eq!(ticked.len(), 1);
    assert_eq!(screen.model.entry(ticked[0]).map(|entry| entry.trial.id.as_str()), Some("NCT90000001"));
}

#[test]
fn what_cannot_be_read_any_more_stays_and_what_is_the_same_is_not_told() {
    let mut screen = Screen::on(handful(), 100, 30);
    read_again(&mut screen, Vec::new());
    assert!(screen.text().contains("what was read before stays"), "{}", screen.text());
    assert_eq!(screen.model.trials.len(), 5);
    screen.keys("j");
    let before = Arc::clone(&screen.model.trials);
    read_again(&mut screen, handful());
    assert!(Arc::ptr_eq(&before, &screen.model.trials) && screen.model.notice.is_none());
}

#[test]
fn what_lies_over_the_panes_is_not_pulled_from_under_the_person() {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.keys("?");
    read_again(&mut screen, handful()[1..].to_vec());
    assert_eq!(screen.model.trials.len(), 5, "not yet");
    screen.keys("<esc>");
    assert_eq!(screen.model.trials.len(), 4);
    assert!(screen.text().contains("1 gone"), "{}", screen.text());
}

#[test]
fn a_second_click_opens_and_a_border_can_be_dragged() {
    let mut screen = Screen::on(handful(), 100, 30);
    let down = MouseEventKind::Down(MouseButton::Left);
    mouse(&mut screen, down, 10, 3);
    assert_eq!((screen.model.list.selected(), screen.model.focus), (Some(1), Focus::List));
    mouse(&mut screen, MouseEventKind::Up(MouseButton::Left), 10, 3);
    mouse(&mut screen, down, 10, 3);
    assert_eq!(screen.model.focus, Focus::Detail);
    let border = screen.model.areas.detail_head.x - 1;
    mouse(&mut screen, down, border, 5);
    mouse(&mut screen, MouseEventKind::Drag(MouseButton::Left), border + 9, 7);
    assert_eq!(screen.model.areas.list.width, border + 9);
    mouse(&mut screen, MouseEventKind::Up(MouseButton::Left), border + 9, 7);
    mouse(&mut screen, MouseEventKind::Drag(MouseButton::Left), border, 7);
    assert_eq!(screen.model.areas.list.width, border + 9, "let go");
}
