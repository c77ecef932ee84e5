//! The mouse over what lies over the panes: a click chooses in menus, and goes to a row of a screen; a second one does
//! what Enter or the key of the words does there.

use ratatui::layout::{Position as Place, Rect};

use super::super::choices::Choices;
use super::super::command::Command;
use super::super::comparing::{self, Columns, HEAD};
use super::super::content::{Content, Position};
use super::super::layer::{Layer, Line, Purpose};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::{dates, findings, patient, sheets};
use super::mouse::types_over_panes;
use super::{facets, finder, keys, layers, typing};

/// The wheel was turned; `false` when it turns over the panes.
pub(super) fn wheel(model: &mut Model, rows: isize, effects: &mut Vec<Effect>) -> bool {
    if let Some(choices) = Choices::of(model) {
        let last = choices.count.saturating_sub(1);
        put_cursor(model, choices.cursor.saturating_add_signed(rows.signum()).min(last));
        return true;
    }
    let height = match (model.layers.last(), rows_of(model)) {
        (None, _) => return false,
        (Some(Layer::Line(_)), _) => return !types_over_panes(model),
        (Some(Layer::Finder(_)), _) => {
            let command = if rows > 0 { Command::ResultDown } else { Command::ResultUp };
            finder::command(model, command, effects);
            return true;
        }
        (Some(Layer::Facets(_)), _) => {
            let command = if rows > 0 { Command::Down } else { Command::Up };
            facets::command(model, command, effects);
            return true;
        }
        (Some(Layer::Sheet(_)), _) => sheets::height(model),
        (_, rows) => rows.map_or(1, |area| usize::from(area.height.max(1))),
    };
    if let Some((content, position)) = model.layers.last_mut().and_then(parts) {
        position.scroll(content, height, rows);
    }
    true
}

/// A click; `again` when it is the second one there.
pub(super) fn click(model: &mut Model, at: Place, again: bool, effects: &mut Vec<Effect>) {
    if let Some(choices) = Choices::of(model) {
        // What is chosen may lie over something else: its first click is to come.
        model.clicked = None;
        match choices.row_at(at) {
            Some(row) => choose(model, row, effects),
            None if choices.area.contains(at) || at.y >= model.areas.bottom() => {}
            None => keys::run(model, Command::Back, effects),
        }
        return;
    }
    match model.layers.last() {
        Some(Layer::Finder(_)) => {
            finder::click(model, at);
            if again {
                finder::command(model, Command::Accept, effects);
            }
        }
        Some(Layer::Facets(_)) => facets::click(model, at, effects),
        Some(Layer::Comparing(_)) => click_comparing(model, at, again, effects),
        Some(layer) => {
            let opens = match layer {
                Layer::Dates(_) => Command::Source,
                _ => Command::Accept,
            };
            if click_row(model, at) && again {
                keys::run(model, opens, effects);
            }
        }
        None => {}
    }
}

/// Takes a row of what there is to choose from.
fn choose(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    put_cursor(model, row);
    match model.layers.last() {
        Some(Layer::Menu(_)) => layers::command(model, Command::Accept, effects),
        _ => typing::command(model, Command::Accept, effects),
    }
}

fn put_cursor(model: &mut Model, row: usize) {
    match model.layers.last_mut() {
        Some(Layer::Menu(menu)) => menu.cursor = row,
        Some(Layer::Line(Line { purpose: Purpose::Palette { cursor, .. }, .. })) => *cursor = row,
        _ => {}
    }
}

/// Where the rows of the topmost screen stand.
fn rows_of(model: &Model) -> Option<Rect> {
    let below_title = |height: u16| Rect::new(0, 2, model.size.0, height);
    Some(match model.layers.last()? {
        Layer::Desk(screen) => screen.area(model),
        Layer::Dates(_) => below_title(dates::layer_height(model)),
        Layer::Patient(_) => below_title(patient::layer_height(model)),
        Layer::Findings(_) => below_title(findings::layer_height(model)),
        Layer::Comparing(_) => comparing::rows_area(model),
        _ => return None,
    })
}

/// What a screen is made of, and where the person is in it.
fn parts(layer: &mut Layer) -> Option<(&Content, &mut Position)> {
    Some(match layer {
        Layer::Sheet(sheet) => (&sheet.content, &mut sheet.position),
        Layer::Desk(screen) => (&screen.content, &mut screen.position),
        Layer::Dates(screen) => (&screen.content, &mut screen.position),
        Layer::Patient(screen) => (&screen.content, &mut screen.position),
        Layer::Findings(screen) => (&screen.content, &mut screen.position),
        Layer::Comparing(screen) => (&screen.content, &mut screen.position),
        _ => return None,
    })
}

/// Puts the cursor on the row at a place; `false` when there is none.
fn click_row(model: &mut Model, at: Place) -> bool {
    let Some(area) = rows_of(model).filter(|area| area.contains(at)) else { return false };
    let Some((content, position)) = model.layers.last_mut().and_then(parts) else { return false };
    let item = content.item_at(position.top + usize::from(at.y - area.y));
    let row = item.filter(|item| content.items.get(*item).is_some_and(|item| item.is_row()));
    row.into_iter().for_each(|row| position.go_to(content, usize::from(area.height), row));
    row.is_some()
}

/// A section's name, a trial's head, or a cell.
fn click_comparing(model: &mut Model, at: Place, again: bool, effects: &mut Vec<Effect>) {
    let on_row = click_row(model, at);
    let width = comparing::rows_area(model).width;
    let Some(Layer::Comparing(screen)) = model.layers.last_mut() else { return };
    if at.y == 1 {
        let names = comparing::section_names(screen, width);
        if let Some((section, _)) = names.iter().enumerate().rfind(|(_, (x, _))| *x <= at.x) {
            screen.section = section;
        }
    } else if on_row || (2..=HEAD).contains(&at.y) {
        let columns = Columns::of(width, screen.trials.len());
        let nth = (0..columns.visible).rev().find(|nth| columns.start(*nth) < at.x);
        if let Some(column) = nth.map(|nth| screen.first + nth).filter(|at| *at < screen.trials.len()) {
            screen.column = column;
        }
        if on_row && again {
            keys::run(model, Command::Source, effects);
        }
    }
}
