//! What lies over the panes: the typed line, sheets, menus.

use ratatui::layout::Rect;

use super::desk;
use super::detail::content_lines;
use super::paint::{self, Painter};
use crate::app::choices::Choices;
use crate::app::dates::{self, Dates};
use crate::app::findings::{self as found, FindingsScreen};
use crate::app::item::Item;
use crate::app::layer::{Layer, Line, Menu, Purpose, Sheet};
use crate::app::patient::{self, PatientScreen};
use crate::app::styled::{Styled, Tone};
use crate::app::{Model, chords, marks, sheets, wrap};
use crate::protocol::display;

/// Draws the layers, the topmost last.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    for layer in &model.layers {
        match layer {
            Layer::Line(Line { purpose: Purpose::Palette { found, cursor }, .. }) => {
                palette(painter, model, found, *cursor);
            }
            Layer::Line(_) => {}
            Layer::Comparing(comparing) => super::comparing::draw(painter, model, comparing),
            Layer::Sheet(shown) => sheet(painter, model, shown),
            Layer::Dates(shown) => calendar(painter, model, shown),
            Layer::Patient(shown) => patient(painter, model, shown),
            Layer::Findings(shown) => findings(painter, model, shown),
            Layer::Finder(shown) => super::finder::draw(painter, model, shown),
            Layer::Facets(shown) => super::facets::draw(painter, model, shown),
            Layer::Menu(shown) => menu(painter, model, shown),
            Layer::Desk(screen) => desk::draw(painter, model, screen),
        }
    }
}

fn palette(painter: &mut Painter<'_>, model: &Model, found: &[crate::app::Command], cursor: usize) {
    let rows: Vec<Choice<'_>> = found
        .iter()
        .filter_map(|command| command.info())
        .map(|info| Choice { key: model.keymap.first(info.command), name: info.name, what: info.what })
        .collect();
    let shown = Choices::of_palette(model, rows.len(), cursor);
    // What stood beside it would be read as half sentences.
    painter.clear(Rect { x: 0, width: model.size.0, ..shown.area });
    choices(painter, shown, " Commands ", &rows, 16);
    if rows.is_empty() {
        nothing(painter, shown, "no such command");
    }
}

fn nothing(painter: &mut Painter<'_>, shown: Choices, told: &str) {
    let rows = shown.rows();
    painter.text(rows.x + 2, rows.y, rows.right(), told, painter.theme.dim);
}

/// What goes on with a chord that has been begun.
pub(super) fn chord(painter: &mut Painter<'_>, model: &Model) {
    let rows = chords::continuations(model);
    if rows.is_empty() {
        return;
    }
    let widest = rows.iter().map(|(key, what)| wrap::width(what) + wrap::width(key).max(4) + 6).max();
    let width = u16::try_from(widest.unwrap_or_default()).unwrap_or(u16::MAX).max(30).min(model.size.0 - 2);
    let lines = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(1);
    let height = lines.min(model.areas.bottom().saturating_sub(1));
    let area = Rect::new(1, model.areas.bottom() - height, width, height);
    painter.clear(area);
    let title = format!(" {} ", chords::pressed(model));
    painter.text(area.x, area.y, area.right(), &title, painter.theme.focused);
    let keys = rows.iter().map(|(key, _)| wrap::width(key)).max().unwrap_or_default().max(4);
    let what = area.x + 2 + u16::try_from(keys + 2).unwrap_or(u16::MAX);
    for (y, (key, does)) in (area.y + 1..area.bottom()).zip(&rows) {
        painter.text(area.x + 2, y, area.right(), key, painter.theme.key);
        painter.text(what, y, area.right(), does, painter.theme.plain);
    }
}

fn menu(painter: &mut Painter<'_>, model: &Model, menu: &Menu) {
    let rows: Vec<Choice<'_>> = menu
        .rows
        .iter()
        .map(|row| Choice {
            key: row.letter.map(String::from).unwrap_or_default(),
            name: "",
            what: &row.text,
        })
        .collect();
    let shown = Choices::of_menu(model, menu);
    choices(painter, shown, &format!(" {} ", menu.title), &rows, 0);
}

/// A row to choose.
struct Choice<'a> {
    key: String,
    name: &'a str,
    what: &'a str,
}

/// Columns of a choice's key.
const KEY: u16 = 11;

/// Rows to choose from under a title; the name takes `name` columns.
fn choices(painter: &mut Painter<'_>, shown: Choices, title: &str, rows: &[Choice<'_>], name: u16) {
    let Choices { area, cursor, .. } = shown;
    painter.clear(area);
    painter.text(area.x, area.y, area.right(), title, painter.theme.focused);
    let (area, top) = (shown.rows(), shown.top());
    let key_width = if name == 0 { 4 } else { KEY };
    for (y, (at, choice)) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(top)) {
        let lead = if at == cursor { "▌" } else { " " };
        painter.text(area.x, y, area.right(), lead, painter.theme.accent);
        let end = area.right() - 1;
        let x = area.x + 2 + key_width;
        painter.text(area.x + 2, y, x.min(end), &choice.key, painter.theme.key);
        painter.text(x, y, end.min(x + name), choice.name, painter.theme.strong);
        painter.text((x + name).min(end), y, end, choice.what, painter.theme.plain);
        if at == cursor {
            painter.over(x, y, end.saturating_sub(x), painter.theme.cursor);
        }
    }
    paint::position(painter, area, top, rows.len());
}

fn calendar(painter: &mut Painter<'_>, model: &Model, shown: &Dates) {
    let (width, height) = (dates::layer_width(model), dates::layer_height(model));
    painter.clear(Rect::new(0, 1, model.size.0, height + 1));
    let id = format!(" Calendar {} ", display::line(&shown.entry.trial.id).text());
    let x = painter.text(1, 1, model.size.0, &id, painter.theme.focused);
    painter.text(x + 1, 1, model.size.0, &marks::title(&shown.entry.trial), painter.theme.strong);
    let area = Rect::new(1, 2, width + 2, height);
    content_lines(painter, &shown.content, None, area, shown.position.top);
    for (offset, y) in (area.y..area.bottom()).enumerate() {
        if shown.content.item_at(shown.position.top + offset) == Some(shown.position.cursor) {
            painter.text(area.x, y, area.right(), "▌", painter.theme.accent);
        }
    }
    paint::position(painter, area, shown.position.top, shown.content.lines.len());
}

fn findings(painter: &mut Painter<'_>, model: &Model, shown: &FindingsScreen) {
    let (width, height) = (found::layer_width(model), found::layer_height(model));
    painter.clear(Rect::new(0, 1, model.size.0, height + 1));
    let Some(entry) = model.selected() else { return };
    let id = format!(" Findings {} ", display::line(&entry.trial.id).text());
    let x = painter.text(1, 1, model.size.0, &id, painter.theme.focused);
    let counts = Styled::new(shown.told(), Tone::Plain);
    let end = painter.right(x + 1, 1, model.size.0.saturating_sub(1), &counts);
    painter.text(x + 1, 1, end.saturating_sub(1), &marks::title(&entry.trial), painter.theme.strong);
    let area = Rect::new(1, 2, width + 2, height);
    content_lines(painter, &shown.content, None, area, shown.position.top);
    for (offset, y) in (area.y..area.bottom()).enumerate() {
        let here = shown.content.item_at(shown.position.top + offset) == Some(shown.position.cursor);
        if here && shown.content.items.get(shown.position.cursor).is_some_and(Item::is_row) {
            painter.text(area.x, y, area.right(), "▌", painter.theme.accent);
        }
    }
    paint::position(painter, area, shown.position.top, shown.content.lines.len());
}

fn patient(painter: &mut Painter<'_>, model: &Model, shown: &PatientScreen) {
    let (width, height) = (patient::layer_width(model), patient::layer_height(model));
    painter.clear(Rect::new(0, 1, model.size.0, height + 1));
    let code = shown.facts.patient.code.as_deref().unwrap_or("Patient");
    let x =
        painter.text(1, 1, model.size.0, &format!(" {} ", display::line(code).text()), painter.theme.focused);
    let of = if shown.ticked { "ticked" } else { "listed" };
    let filter = if shown.filter.is_empty() { String::new() } else { format!(" · /{}", shown.filter) };
    let trials = if shown.trials.len() == 1 { "trial" } else { "trials" };
    let about = format!("against {} {of} {trials}{filter}", shown.trials.len());
    painter.text(x + 1, 1, model.size.0, &about, painter.theme.strong);
    let area = Rect::new(1, 2, width + 2, height);
    content_lines(painter, &shown.content, None, area, shown.position.top);
    for (offset, y) in (area.y..area.bottom()).enumerate() {
        let here = shown.content.item_at(shown.position.top + offset) == Some(shown.position.cursor);
        if here && shown.row().is_some() {
            painter.text(area.x, y, area.right(), "▌", painter.theme.accent);
        }
    }
    paint::position(painter, area, shown.position.top, shown.content.lines.len());
}

fn sheet(painter: &mut Painter<'_>, model: &Model, sheet: &Sheet) {
    let width = sheets::width(model) + 4;
    let height = u16::try_from(sheets::height(model)).unwrap_or(u16::MAX);
    let area = Rect::new((model.size.0.saturating_sub(width)) / 2, 1, width, height + 2);
    let body = Rect::new(0, 1, model.size.0, model.areas.bottom().saturating_sub(1));
    painter.clear(body);
    let title = format!(" {} ", sheets::title(sheet.kind));
    painter.text(area.x + 1, area.y, area.right(), &title, painter.theme.focused);
    let text = Rect { x: area.x + 1, y: area.y + 2, width: area.width - 2, height };
    content_lines(painter, &sheet.content, None, text, sheet.position.top);
    paint::position(painter, text, sheet.position.top, sheet.content.lines.len());
}
