//! Tabs of result sets: opening, closing, going round, what each keeps, what of them is shown.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;
use trialdeck::app::{Focus, Msg, Pane, sets};

use super::screen::Screen;
use super::trials::{full, handful};

fn names(screen: &Screen) -> Vec<String> {
    sets::names(&screen.model)
}

fn ticked(screen: &Screen) -> Vec<u32> {
    screen.model.list.ticked.iter().copied().collect()
}

fn on() -> Screen {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.load(vec![full()]);
    screen
}

#[test]
fn each_tab_has_its_own_query_order_ticks_and_place() {
    let mut screen = on();
    screen.keys("j <down>T/phase>=3<enter>St<space>");
    assert_eq!(
        (names(&screen), screen.model.sets.at),
        (vec!["all trials".to_owned(), "phase>=3".to_owned()], 1)
    );
    assert_eq!(ticked(&screen), [1]);
    screen.keys("]");
    assert_eq!((screen.model.list.filter.as_str(), screen.model.list.cursor), ("", 3));
    assert_eq!((ticked(&screen), screen.model.list.order.len()), (vec![1], 6));
    assert_eq!(screen.model.list.sort, Default::default());
    screen.keys("<enter>3jj]");
    assert_eq!((screen.model.focus, screen.model.list.filter.as_str()), (Focus::List, "phase>=3"));
    screen.keys("[");
    assert_eq!((screen.model.focus, screen.model.detail.pane), (Focus::Detail, Pane::Endpoints));
}

#[test]
fn there_is_a_line_of_tabs_only_when_there_are_several() {
    let mut screen = on();
    assert!(!screen.text().contains("1 all trials"));
    screen.keys("T/cramp<enter>T/<c-u>hay fever status:recruiting phase>=2<enter>[");
    assert_snapshot!("tabs_100x30", screen.text());
    screen.tell(Msg::Resize(40, 12));
    assert_snapshot!("tabs_40x12", screen.text());
    screen.keys("XX");
    assert!(!screen.text().contains("all trials"), "{}", screen.text());
    screen.keys("X");
    assert!(screen.text().contains("this is the only tab"), "{}", screen.text());
}

#[test]
fn the_digit_in_the_menu_of_tabs_chooses() {
    let mut screen = on();
    screen.keys("0");
    assert!(screen.text().contains("the only tab: T opens"), "{}", screen.text());
    screen.keys("T/cramp<enter>T/<c-u>knee<enter>0");
    assert_snapshot!("tabs_menu_100x30", screen.text());
    screen.keys("2");
    assert_eq!((screen.model.sets.at, screen.model.list.filter.as_str()), (1, "cramp"));
    screen.keys("]]");
    assert_eq!(screen.model.sets.at, 0, "round and round");
}

#[test]
fn what_is_typed_becomes_a_tab_and_the_one_before_stays_as_it_was() {
    let mut screen = on();
    screen.keys("jj/cramp<c-t>");
    assert_eq!(names(&screen), ["all trials", "cramp"]);
    assert_eq!((screen.model.sets.at, screen.model.list.order.as_slice()), (1, [0].as_slice()));
    screen.keys("[");
    assert_eq!((screen.model.list.order.len(), screen.model.list.cursor), (6, 2));
}

#[test]
fn a_closed_tab_comes_back_and_a_tick_is_taken_back_in_its_tab() {
    let mut screen = on();
    screen.keys(" T/cramp<enter> X");
    assert_eq!(names(&screen), ["all trials"]);
    screen.keys("u");
    assert_eq!(
        (names(&screen), screen.model.sets.at),
        (vec!["all trials".to_owned(), "cramp".to_owned()], 1)
    );
    assert_eq!(ticked(&screen), [0]);
    screen.keys("[u");
    assert_eq!((screen.model.sets.at, ticked(&screen)), (1, vec![]), "the tick of the other tab");
    screen.keys("u");
    assert_eq!((screen.model.sets.at, ticked(&screen)), (0, vec![]));
}

#[test]
fn back_leads_to_the_tab_that_was_left() {
    let mut screen = on();
    screen.keys("<enter>4T<esc>/cramp<enter><c-o><c-o>");
    assert_eq!((screen.model.sets.at, screen.model.detail.pane), (0, Pane::Schedule));
    assert_eq!(screen.model.sets.aside[0].list.filter, "cramp", "its query stays");
}

#[test]
fn nine_tabs_are_the_most_and_a_click_goes_to_one() {
    let mut screen = on();
    screen.keys("TTTTTTTTT");
    assert_eq!(screen.model.sets.len(), 9);
    assert!(screen.text().contains("9 tabs are the most: X closes one"), "{}", screen.text());
    let kind = MouseEventKind::Down(MouseButton::Left);
    screen.tell(Msg::Mouse(MouseEvent { kind, column: 1, row: 1, modifiers: KeyModifiers::NONE }));
    assert_eq!(screen.model.sets.at, 0);
}
