//! Tabs: opening, closing, going from one to another.

use super::super::areas::Areas;
use super::super::command::Command;
use super::super::layer::{Layer, Menu, MenuKind, MenuRow};
use super::super::list::List;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::sets::{self, Aside, MOST};
use super::super::spot::Spot;
use super::super::undo::Undo;
use super::list;

/// The shown tab, to be put aside.
pub(in super::super) fn shown(model: &Model) -> Aside {
    Aside {
        id: model.sets.id,
        list: model.list.clone(),
        focus: model.focus,
        pane: model.detail.pane,
        spot: Spot::of(model),
    }
}

/// Opens a tab beside this one with the same query and order, at the same place; `false` when there are too many.
pub(super) fn open(model: &mut Model) -> bool {
    if model.sets.len() >= MOST {
        model.notice = Some(format!("{MOST} tabs are the most: {} closes one", key(model)));
        return false;
    }
    let before = shown(model);
    model.sets.aside.insert(model.sets.at, before);
    model.sets.at += 1;
    model.sets.youngest += 1;
    model.sets.id = model.sets.youngest;
    model.list.ticked.clear();
    true
}

fn key(model: &Model) -> String {
    model.keymap.first(Command::CloseTab)
}

/// Opens a tab, and says how it goes on.
pub(super) fn open_told(model: &mut Model) {
    if open(model) {
        let search = model.keymap.first(Command::Search);
        let next = model.keymap.first(Command::NextTab);
        model.notice = Some(format!("a new tab: {search} gives it another query, {next} goes to the next"));
    }
}

/// What is typed into the filter becomes a tab; the one it was typed in is as it was.
pub(super) fn open_typed(
    model: &mut Model,
    before: String,
    selected: Option<u32>,
    effects: &mut Vec<Effect>,
) {
    let typed = std::mem::replace(&mut model.list.filter, before);
    list::arrange(model, effects);
    selected.map(|selected| model.list.select(selected));
    let opened = open(model);
    if opened {
        list::set_filter(model, typed, effects);
    }
}

/// Closes the shown tab; taking it back opens it again.
pub(super) fn close(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.sets.is_empty() {
        model.notice = Some("this is the only tab".to_owned());
        return;
    }
    let closed = shown(model);
    let at = model.sets.at;
    let next = at.min(model.sets.aside.len() - 1);
    let tab = model.sets.aside.remove(next);
    model.sets.at = next;
    show(model, tab, effects);
    model.undos.push(model.sets.id, Undo::Closed(at, Box::new(closed)));
}

/// Opens a closed tab again.
pub(super) fn reopen(model: &mut Model, at: usize, tab: Box<Aside>, effects: &mut Vec<Effect>) {
    if model.sets.len() >= MOST {
        model.notice = Some(format!("{MOST} tabs are the most: {} closes one", key(model)));
        model.undos.push(model.sets.id, Undo::Closed(at, tab));
        return;
    }
    let before = shown(model);
    model.sets.aside.insert(model.sets.at, before);
    model.sets.at = at.min(model.sets.aside.len());
    show(model, *tab, effects);
}

/// Goes to the tab at a place.
pub(super) fn go(model: &mut Model, to: usize, effects: &mut Vec<Effect>) {
    if to == model.sets.at || to >= model.sets.len() {
        return;
    }
    let before = shown(model);
    model.sets.aside.insert(model.sets.at, before);
    let tab = model.sets.aside.remove(to);
    model.sets.at = to;
    show(model, tab, effects);
}

/// Goes to a tab by what it is; one that was closed is left alone.
pub(super) fn go_to(model: &mut Model, id: u64, effects: &mut Vec<Effect>) {
    if let Some(place) = model.sets.place(id) {
        go(model, place, effects);
    }
}

/// A tab is what is on the screen. Its list is made anew: trials may have come meanwhile.
fn show(model: &mut Model, tab: Aside, effects: &mut Vec<Effect>) {
    let List { phase_width, id_width, generation, reading, .. } = model.list;
    let none = List { waiting: false, begun: false, stale: false, ..tab.list };
    model.list = List { phase_width, id_width, generation, reading, ..none };
    let end = model.end();
    model.list.order.retain(|index| (*index as usize) < end);
    model.sets.id = tab.id;
    model.focus = tab.focus;
    model.detail.find = Default::default();
    model.detail.pane = tab.pane;
    model.areas = Areas::of(model);
    model.arriving = tab.spot;
    list::arrange(model, effects);
}

/// Opens the menu of tabs: their digits choose.
pub(super) fn open_menu(model: &mut Model) {
    if model.sets.is_empty() {
        let key = model.keymap.first(Command::NewTab);
        model.notice = Some(format!("this is the only tab: {key} opens another one"));
        return;
    }
    let names = sets::names(model);
    let rows = names.into_iter().zip('1'..='9').map(|(name, digit)| MenuRow::new(digit, name)).collect();
    let (title, cursor) = ("Tabs".to_owned(), model.sets.at);
    model.layers.push(Layer::Menu(Menu { kind: MenuKind::Tabs, title, rows, cursor }));
}

/// Goes to the tab that a place was left in.
pub(super) fn of_spot(model: &mut Model, spot: &Spot, effects: &mut Vec<Effect>) {
    go_to(model, spot.tab, effects);
}
