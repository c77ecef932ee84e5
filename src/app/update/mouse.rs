//! What the mouse does, when it is ours: the wheel scrolls what it points at, a click goes there, a second one opens it,
//! a border is dragged.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::super::areas;
use super::super::command::Command;
use super::super::layer::Layer;
use super::super::model::{Border, Focus, Model};
use super::super::msg::Effect;
use super::super::{sets, tabs};
use super::{detail, mouse_layers};

/// Rows a turn of the wheel moves.
pub(super) const WHEEL: isize = 3;

pub(super) fn take_in(model: &mut Model, event: MouseEvent, effects: &mut Vec<Effect>) {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => wheel(model, at, WHEEL, effects),
        MouseEventKind::ScrollUp => wheel(model, at, -WHEEL, effects),
        MouseEventKind::Down(MouseButton::Left) => {
            let again = model.clicked.replace((at.x, at.y)) == Some((at.x, at.y));
            model.dragging = border_at(model, at);
            if model.dragging.is_some() {
                return;
            }
            if !model.layers.is_empty() {
                mouse_layers::click(model, at, again, effects);
            } else {
                click(model, at, effects);
                if again {
                    double_click(model, at, effects);
                }
            }
            if again {
                model.clicked = None;
            }
        }
        MouseEventKind::Drag(MouseButton::Left) => drag(model, at),
        MouseEventKind::Up(_) => model.dragging = None,
        _ => {}
    }
}

fn wheel(model: &mut Model, at: Position, rows: isize, effects: &mut Vec<Effect>) {
    if mouse_layers::wheel(model, rows, effects) {
        return;
    }
    if model.areas.list.contains(at) {
        model.list.step(rows);
    } else if model.areas.detail.contains(at) {
        let height = usize::from(model.areas.detail.height);
        model.detail.moved(|position, content| position.scroll(content, height, rows));
    }
}

/// The border that is there: the line between list and detail, or between detail and context.
fn border_at(model: &Model, at: Position) -> Option<Border> {
    let areas = &model.areas;
    let beside = |part: Rect| part.x > 0 && at.x + 1 == part.x && at.y >= part.y && at.y < areas.bottom();
    match () {
        () if !model.layers.is_empty() => None,
        () if !areas.list.is_empty() && beside(areas.detail_head) => Some(Border::List),
        () if !areas.side.is_empty() && beside(areas.side) => Some(Border::Side),
        () => None,
    }
}

/// The border follows the pointer.
fn drag(model: &mut Model, at: Position) {
    let columns = |from: u16, to: u16| i16::try_from(i32::from(to) - i32::from(from)).unwrap_or_default();
    match model.dragging {
        Some(Border::List) => {
            let columns = columns(model.areas.list.width, at.x);
            model.split = areas::moved_split(model, columns);
        }
        Some(Border::Side) => {
            let columns = columns(at.x + 1, model.areas.side.x);
            model.side_split = areas::moved_side(model, columns);
        }
        None => {}
    }
}

/// A second click at the same place opens what the first one chose.
fn double_click(model: &mut Model, at: Position, effects: &mut Vec<Effect>) {
    if model.areas.list.contains(at) && model.list.selected().is_some() {
        model.focus = Focus::Detail;
    } else if model.areas.detail.contains(at) {
        detail::command(model, Command::Source, effects);
    }
}

fn click(model: &mut Model, at: Position, effects: &mut Vec<Effect>) {
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

/// Whether only a line is being typed, and what it is about is to be seen.
pub(super) fn types_over_panes(model: &Model) -> bool {
    matches!(model.layers.as_slice(), [Layer::Line(_)])
}
