//! What the mouse does, when it is ours: the wheel scrolls what it points at, a click goes there.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::super::areas;
use super::super::command::Command;
use super::super::layer::Layer;
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::{sets, tabs};
use super::{dates, detail, finder, findings, layers, patient};

/// Rows a turn of the wheel moves.
const WHEEL: isize = 3;

pub(super) fn take_in(model: &mut Model, event: MouseEvent, effects: &mut Vec<Effect>) {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => wheel(model, at, WHEEL, effects),
        MouseEventKind::ScrollUp => wheel(model, at, -WHEEL, effects),
        MouseEventKind::Down(MouseButton::Left) => {
            let again = model.clicked.replace((at.x, at.y)) == Some((at.x, at.y));
            model.dragging = is_border(model, at);
            if !model.dragging {
                click(model, at, effects);
                if again {
                    double_click(model, at, effects);
                    model.clicked = None;
                }
            }
        }
        MouseEventKind::Drag(MouseButton::Left) if model.dragging => drag(model, at),
        MouseEventKind::Up(_) => model.dragging = false,
        _ => {}
    }
}

fn wheel(model: &mut Model, at: Position, rows: isize, effects: &mut Vec<Effect>) {
    if !model.layers.is_empty() {
        let command = if rows > 0 { Command::Down } else { Command::Up };
        match model.layers.last() {
            Some(Layer::Dates(_)) => dates::command(model, command, effects),
            Some(Layer::Findings(_)) => findings::command(model, command, effects),
            Some(Layer::Finder(_)) => {
                let command = if rows > 0 { Command::ResultDown } else { Command::ResultUp };
                finder::command(model, command, effects);
            }
            Some(Layer::Patient(_)) => patient::command(model, command, effects),
            _ => layers::command(model, command, effects),
        }
    } else if model.areas.list.contains(at) {
        model.list.step(rows);
    } else if model.areas.detail.contains(at) {
        let height = usize::from(model.areas.detail.height);
        model.detail.moved(|position, content| position.scroll(content, height, rows));
    }
}

/// Whether the line between list and detail is there.
fn is_border(model: &Model, at: Position) -> bool {
    let (list, detail) = (model.areas.list, model.areas.detail_head);
    model.layers.is_empty() && !list.is_empty() && detail.x > 0 && at.x + 1 == detail.x && at.y >= detail.y
}

/// The border follows the pointer.
fn drag(model: &mut Model, at: Position) {
    let columns = i32::from(at.x) - i32::from(model.areas.list.width);
    let columns = i16::try_from(columns).unwrap_or_default();
    model.split = areas::moved_split(model.size.0, model.split, columns);
}

/// A second click at the same place opens what the first one chose.
fn double_click(model: &mut Model, at: Position, effects: &mut Vec<Effect>) {
    if matches!(model.layers.last(), Some(Layer::Finder(_))) {
        finder::command(model, Command::Accept, effects);
    } else if model.layers.is_empty() && model.areas.list.contains(at) && model.list.selected().is_some() {
        model.focus = Focus::Detail;
    } else if model.layers.is_empty() && model.areas.detail.contains(at) {
        detail::command(model, Command::Source, effects);
    }
}

fn click(model: &mut Model, at: Position, effects: &mut Vec<Effect>) {
    if let Some(Layer::Finder(_)) = model.layers.last() {
        finder::click(model, at);
        return;
    }
    if !model.layers.is_empty() {
        return;
    }
    let areas = model.areas;
    if areas.list.contains(at) {
        let row = model.list.top + usize::from(at.y - areas.list.y);
        if row < model.list.order.len() {
            model.list.cursor = row;
        }
        model.focus = Focus::List;
    } else if areas.detail.contains(at) {
        let line = model.detail.position().top + usize::from(at.y - areas.detail.y);
        let row = model.detail.content.item_at(line);
        let height = usize::from(areas.detail.height);
        if let Some(row) = row {
            model.detail.moved(|position, content| position.go_to(content, height, row));
        }
        model.focus = Focus::Detail;
    } else if areas.sets.contains(at) {
        let tabs = sets::line(&sets::names(model), model.sets.at, areas.sets.width);
        let tab = tabs.iter().rposition(|tab| tab.x <= at.x - areas.sets.x);
        tab.into_iter().for_each(|tab| super::sets::go(model, tab, effects));
    } else if areas.tabs().contains(at) {
        click_tab(model, areas.tabs(), at);
    }
}

fn click_tab(model: &mut Model, line: Rect, at: Position) {
    let Some(entry) = model.selected().cloned() else { return };
    let tabs = tabs::line(model.detail.pane, &entry.trial, line.width);
    let column = at.x - line.x;
    if let Some(tab) = tabs.iter().rev().find(|tab| tab.x <= column) {
        detail::show(model, tab.pane);
    }
}
