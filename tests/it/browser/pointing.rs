//! The mouse: what is clicked is chosen or gone to, the wheel moves, borders are dragged.

use std::collections::BTreeSet;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use trialdeck::app::layer::{Layer, Purpose};
use trialdeck::app::{Effect, Focus, Msg, Pane};
use trialdeck::library::{LoadEvent, Progress, samples};
use trialdeck::runtime::headless;

use super::screen::{Screen, keys};
use super::trials::{full, handful, limited};

fn mouse(screen: &mut Screen, kind: MouseEventKind, column: u16, row: u16) {
    screen.tell(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

/// Clicks on the first place where these words stand.
fn click(screen: &mut Screen, words: &str) {
    let text = screen.text();
    let (y, line) = text
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains(words))
        .unwrap_or_else(|| panic!("{words}: {text}"));
    let x = line.split(words).next().unwrap_or_default().chars().count();
    click_at(screen, u16::try_from(x).unwrap_or_default(), u16::try_from(y).unwrap_or_default());
}

fn click_at(screen: &mut Screen, x: u16, y: u16) {
    mouse(screen, MouseEventKind::Down(MouseButton::Left), x, y);
    mouse(screen, MouseEventKind::Up(MouseButton::Left), x, y);
}

fn on() -> Screen {
    let mut screen = Screen::on(handful(), 100, 30);
    screen.load(vec![full(), limited()]);
    screen
}

fn on_samples() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.tell(Msg::Load(LoadEvent::Batch(samples())));
    screen.tell(Msg::Load(LoadEvent::Done(Progress::default())));
    screen
}

#[test]
fn a_click_chooses_in_a_menu_and_beside_it_closes_it() {
    let mut screen = on();
    screen.keys("S");
    click(&mut screen, "enrolment, largest first");
    assert!(screen.model.layers.is_empty() && screen.text().contains("enrolment ↓"), "{}", screen.text());
    screen.keys("y");
    click(&mut screen, "citation:");
    assert!(matches!(screen.effects.last(), Some(Effect::Copy(text)) if text.contains("ClinicalTrials.gov")));
    screen.keys("y");
    click(&mut screen, "Copy");
    assert_eq!(screen.model.layers.len(), 1, "the title is no row");
    click_at(&mut screen, 60, 4);
    assert!(screen.model.layers.is_empty());
    assert_eq!(screen.model.focus, Focus::List, "the click was for the menu");
}

#[test]
fn a_click_chooses_in_the_palette_and_the_wheel_moves() {
    let mut screen = on();
    screen.keys(":zoom");
    click(&mut screen, "Give the focused pane");
    assert!(screen.model.zoom && screen.model.layers.is_empty());
    screen.keys(":");
    for _ in 0..20 {
        mouse(&mut screen, MouseEventKind::ScrollDown, 5, 20);
    }
    mouse(&mut screen, MouseEventKind::ScrollUp, 5, 20);
    let Some(Layer::Line(line)) = screen.model.layers.last() else { panic!("no palette") };
    assert!(matches!(line.purpose, Purpose::Palette { cursor: 19, .. }), "{line:?}");
    screen.keys("<esc>S");
    mouse(&mut screen, MouseEventKind::ScrollDown, 5, 20);
    assert!(matches!(screen.model.layers.last(), Some(Layer::Menu(menu)) if menu.cursor == 1));
}

#[test]
fn cells_sections_and_heads_of_the_comparison_are_clicked() {
    let mut screen = on();
    screen.keys("jjjjj<space><space>c");
    click(&mut screen, "5 Elig");
    let comparing =
        |screen: &Screen| screen.model.comparing().map(|c| (c.section, c.column, c.position.cursor));
    assert_eq!(comparing(&screen).map(|(section, ..)| section), Some(4));
    click(&mut screen, "NCT90000077");
    assert_eq!(comparing(&screen).map(|(_, column, _)| column), Some(1));
    let area = trialdeck::app::comparing::rows_area(&screen.model);
    for y in [area.y + 3, area.y + 5] {
        click_at(&mut screen, 40, y);
    }
    let (_, column, before) = comparing(&screen).unwrap_or_default();
    assert_eq!(column, 0);
    mouse(&mut screen, MouseEventKind::ScrollDown, 40, area.y + 3);
    assert!(comparing(&screen).is_some_and(|(.., cursor)| cursor > before));
    headless::press(&mut screen.model, &keys("+"));
    click(&mut screen, "NCT90000001");
    click(&mut screen, "NCT90000001");
    assert_eq!(screen.model.comparing().map(|c| c.trials.len()), Some(3));
}

#[test]
fn rows_of_the_screens_are_clicked_and_the_wheel_scrolls_them() {
    for keys in ["jF", "jC2026-04-06<enter>"] {
        let mut screen = on_samples();
        screen.keys(keys);
        let cursor = |screen: &Screen| match screen.model.layers.last() {
            Some(Layer::Findings(shown)) => shown.position.cursor,
            Some(Layer::Dates(shown)) => shown.position.cursor,
            other => panic!("{keys}: {other:?}"),
        };
        let rows: BTreeSet<usize> = (3..20)
            .map(|y| {
                click_at(&mut screen, 20, y);
                cursor(&screen)
            })
            .collect();
        assert!(rows.len() > 1, "{keys}: {rows:?} {}", screen.text());
    }
    let mut screen = on_samples();
    screen.keys("?");
    mouse(&mut screen, MouseEventKind::ScrollDown, 10, 10);
    assert!(matches!(screen.model.layers.last(), Some(Layer::Sheet(sheet)) if sheet.position.top == 3));
    screen.keys("<esc>jF");
    click(&mut screen, "Overall survival by");
    assert_eq!(screen.model.layers.len(), 1);
    click(&mut screen, "Overall survival by");
    assert!(
        screen.model.layers.is_empty() && screen.model.focus == Focus::Detail,
        "a second click goes there"
    );
}

#[test]
fn the_wheel_moves_the_list_while_its_filter_is_typed() {
    let mut screen = on();
    screen.keys("/");
    mouse(&mut screen, MouseEventKind::ScrollDown, 5, 5);
    assert_eq!(screen.model.list.cursor, 3);
    screen.keys("<esc>3");
    assert_eq!(screen.model.detail.pane, Pane::Endpoints);
}

#[test]
fn both_borders_are_dragged() {
    let mut screen = on();
    screen.tell(Msg::Resize(160, 40));
    let drag = |screen: &mut Screen, from: u16, to: u16| {
        mouse(screen, MouseEventKind::Down(MouseButton::Left), from, 8);
        mouse(screen, MouseEventKind::Drag(MouseButton::Left), to, 9);
        mouse(screen, MouseEventKind::Up(MouseButton::Left), to, 9);
    };
    let side = screen.model.areas.side;
    drag(&mut screen, side.x - 1, side.x - 11);
    assert_eq!(screen.model.areas.side.width, side.width + 10);
    let list = screen.model.areas.list.width;
    drag(&mut screen, list, list + 5);
    assert_eq!(screen.model.areas.list.width, list + 5);
    for to in [0, 159] {
        let side = screen.model.areas.side.x;
        drag(&mut screen, side - 1, to);
        let list = screen.model.areas.list.width;
        drag(&mut screen, list, 159 - to);
        let areas = screen.model.areas;
        assert!(areas.list.width >= 24 && areas.detail.width >= 40 && areas.side.width >= 24, "{areas:?}");
        assert_eq!(areas.list.width + areas.detail.width + areas.side.width + 2, 160);
    }
}
