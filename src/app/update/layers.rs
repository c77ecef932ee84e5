//! Sheets and menus over the panes.

use super::super::arrange::{Column, Sort};
use super::super::command::Command;
use super::super::content::{Content, Position};
use super::super::export::Form;
use super::super::key::Key;
use super::super::layer::{Layer, Line, Menu, MenuKind, MenuRow, Purpose, Sheet, SheetKind};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::panes::endpoints::Order;
use super::super::undo::Undo;
use super::super::{facets, sheets, source};
use super::{comparing, desk, desk_lines, list, notebook, second, sets, taking, typing};

/// Opens a sheet, or closes it when it is already open.
pub(super) fn open_sheet(model: &mut Model, kind: SheetKind) {
    match model.layers.last() {
        Some(Layer::Sheet(sheet)) if sheet.kind == kind => {
            model.layers.pop();
        }
        _ => {
            let sheet =
                Sheet { kind, content: Content::default(), position: Position::default(), problems: 0 };
            model.layers.push(Layer::Sheet(sheet));
        }
    }
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let height = sheets::height(model);
    if matches!(model.layers.last(), Some(Layer::Desk(_))) {
        desk::command(model, command, effects);
        return;
    }
    match model.layers.last_mut() {
        Some(Layer::Sheet(sheet)) => scroll(sheet, command, height),
        Some(Layer::Menu(menu)) => {
            let last = menu.rows.len().saturating_sub(1);
            match command {
                Command::Down => menu.cursor = (menu.cursor + 1).min(last),
                Command::Up => menu.cursor = menu.cursor.saturating_sub(1),
                Command::Top => menu.cursor = 0,
                Command::Bottom => menu.cursor = last,
                Command::Accept => {
                    let menu = menu.clone();
                    choose(model, &menu, effects);
                }
                _ => {}
            }
        }
        _ => {}
    }
}

fn scroll(sheet: &mut Sheet, command: Command, height: usize) {
    let page = isize::try_from(height).unwrap_or(1).max(1);
    let content = &sheet.content;
    match command {
        Command::Down => sheet.position.scroll(content, height, 1),
        Command::Up => sheet.position.scroll(content, height, -1),
        Command::PageDown => sheet.position.scroll(content, height, page),
        Command::PageUp => sheet.position.scroll(content, height, -page),
        Command::HalfDown => sheet.position.scroll(content, height, (page / 2).max(1)),
        Command::HalfUp => sheet.position.scroll(content, height, -(page / 2).max(1)),
        Command::Top => sheet.position.first(content),
        Command::Bottom => sheet.position.last(content, height),
        _ => {}
    }
}

/// Takes the menu's row with that letter; `false` when there is no menu, or no such row.
pub(super) fn choose_by_letter(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let (Some(Layer::Menu(menu)), Some(letter)) = (model.layers.last(), key.character()) else {
        return false;
    };
    let Some(row) = menu.rows.iter().position(|row| row.letter == Some(letter)) else { return false };
    let menu = Menu { cursor: row, ..menu.clone() };
    choose(model, &menu, effects);
    true
}

fn choose(model: &mut Model, menu: &Menu, effects: &mut Vec<Effect>) {
    model.layers.pop();
    match &menu.kind {
        MenuKind::Sort(now) => {
            let Some((column, ..)) = Column::ALL.get(menu.cursor) else { return };
            let reversed = *column == now.column && !now.reversed;
            model.undos.push(model.sets.id, Undo::Sort(*now));
            list::set_sort(model, Sort { column: *column, reversed }, effects);
        }
        MenuKind::Endpoints => {
            if let Some((order, ..)) = Order::ALL.get(menu.cursor) {
                model.detail.order = *order;
                model.detail.moved(|position, _| *position = Position::default());
            }
        }
        MenuKind::Copy(takes) => {
            if let Some(take) = takes.get(menu.cursor) {
                taking::copy(model, *take, effects);
            }
        }
        MenuKind::CopyCompared(takes) => {
            if let Some(take) = takes.get(menu.cursor) {
                comparing::copy(model, *take, effects);
            }
        }
        MenuKind::Bookmarks(marks) => {
            if let Some(mark) = marks.get(menu.cursor) {
                notebook::go(model, mark, effects);
            }
        }
        MenuKind::Tabs => sets::go(model, menu.cursor, effects),
        MenuKind::Form => {
            if let Some((form, ..)) = Form::ALL.get(menu.cursor) {
                taking::export(model, *form, effects);
            }
        }
        MenuKind::Page(address) => taking::page(model, address, menu.cursor, effects),
        kind @ (MenuKind::Rows(_) | MenuKind::Verdict(_)) => {
            second::choose(model, kind, menu.cursor, effects)
        }
        kind => desk_lines::choose(model, kind, menu.cursor, effects),
    }
}

/// Scrolls a sheet to the words it is about, when they do not stand on its first page.
fn show_words(sheet: &mut Sheet, height: usize) {
    let Some(first) = source::first_lit(&sheet.content.items) else { return };
    let line = sheet.content.lines_of(first).start;
    if line + height / 2 > height {
        sheet.position.top = line.saturating_sub(2);
    }
}

/// Opens the menu of the endpoints' orders.
pub(super) fn open_endpoint_sort(model: &mut Model) {
    let rows = Order::ALL.iter().map(|(_, letter, name)| MenuRow::new(*letter, *name)).collect();
    let cursor = Order::ALL.iter().position(|row| row.0 == model.detail.order).unwrap_or_default();
    let menu = Menu { kind: MenuKind::Endpoints, title: "Sort the endpoints by".to_owned(), rows, cursor };
    model.layers.push(Layer::Menu(menu));
}

/// A layer was backed out of: what it did is undone.
pub(super) fn backed_out(model: &mut Model, layer: Layer, effects: &mut Vec<Effect>) {
    if let Layer::Line(line) = layer {
        typing::backed_out(model, line.purpose, effects);
    }
}

/// Lays the layers out, the lowest first: each sees those below it.
pub(super) fn settle(model: &mut Model) {
    for mut layer in std::mem::take(&mut model.layers) {
        match &mut layer {
            Layer::Sheet(sheet) => settle_sheet(model, sheet),
            Layer::Line(Line { purpose: Purpose::Palette { found, cursor }, .. }) => {
                *cursor = (*cursor).min(found.len().saturating_sub(1));
            }
            Layer::Desk(screen) => screen.settle(model),
            Layer::Comparing(comparing) => comparing.settle(model),
            Layer::Patient(screen) => screen.settle(model),
            Layer::Findings(screen) => screen.settle(model),
            Layer::Finder(finder) => finder.settle(model),
            Layer::Facets(shown) => shown.settle(usize::from(facets::lines_area(model).height)),
            _ => {}
        }
        model.layers.push(layer);
    }
}

fn settle_sheet(model: &Model, sheet: &mut Sheet) {
    let (width, height) = (sheets::width(model), sheets::height(model));
    let problems = model.load.problems.len() + model.load.own.len();
    if sheet.content.width() != width || sheet.problems != problems {
        let desk = model.layers.iter().any(|layer| matches!(layer, Layer::Desk(_)));
        let new = sheet.content.lines.is_empty();
        sheet.problems = problems;
        sheet.content = model.lay_out(sheets::items(model, sheet.kind, desk), width);
        if new && sheet.kind == SheetKind::Source {
            show_words(sheet, height);
        }
    }
    sheet.position.top = sheet.position.top.min(sheet.content.lines.len().saturating_sub(height));
}
