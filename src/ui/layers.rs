//! What lies over the panes: the typed line, sheets, menus.

use ratatui::layout::{Position, Rect};

use super::detail::content_lines;
use super::paint::{self, Painter};
use crate::app::arrange::Column;
use crate::app::layer::{Layer, Line, Menu, MenuKind, Purpose, Sheet};
use crate::app::{Model, hints, sheets, wrap};

/// Draws the layers, the topmost last; gives where the terminal's cursor belongs.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) -> Option<Position> {
    let mut cursor = None;
    for layer in &model.layers {
        cursor = None;
        match layer {
            Layer::Line(line) => cursor = Some(typed(painter, model, line)),
            Layer::Sheet(shown) => sheet(painter, model, shown),
            Layer::Menu(shown) => menu(painter, model, shown),
        }
    }
    cursor
}

/// The typed line stands where the record's line was.
fn typed(painter: &mut Painter<'_>, model: &Model, line: &Line) -> Position {
    let status = model.areas.status;
    let sign = match line.purpose {
        Purpose::Filter { .. } => "filter /",
        Purpose::Sites { .. } => "sites /",
        Purpose::Find { .. } => "find /",
        Purpose::Palette { .. } => ":",
    };
    if let Purpose::Palette { found, cursor } = &line.purpose {
        palette(painter, model, found, *cursor);
    }
    let row =
        Rect { height: 1, width: if status.height > 1 { status.width } else { status.width / 2 }, ..status };
    painter.clear(row);
    let mut x = painter.text(row.x + 1, row.y, row.right(), sign, painter.theme.key);
    x = painter.text(x, row.y, row.right() - 1, line.input.before(), painter.theme.plain);
    let cursor = Position::new(x.min(row.right() - 1), row.y);
    x = painter.text(x, row.y, row.right(), line.input.after(), painter.theme.plain);
    if let (Purpose::Find { .. }, Some(found)) = (&line.purpose, hints::found(model)) {
        painter.whole(x + 1, row.y, row.right(), &found);
    }
    cursor
}

fn palette(painter: &mut Painter<'_>, model: &Model, found: &[crate::app::Command], cursor: usize) {
    let height = 12.min(model.areas.status.y.saturating_sub(2));
    let rows: Vec<(String, &str)> = found
        .iter()
        .filter_map(|command| command.info())
        .map(|info| (model.keymap.first(info.command), info.what))
        .collect();
    let area = Rect::new(1, model.areas.status.y - height, (model.size.0 - 2).min(76), height);
    choices(painter, area, " Commands ", &rows, cursor);
}

fn menu(painter: &mut Painter<'_>, model: &Model, menu: &Menu) {
    match menu.kind {
        MenuKind::Sort(_) => {
            let rows: Vec<(String, &str)> =
                Column::ALL.iter().map(|(_, letter, name, _)| (letter.to_string(), *name)).collect();
            let height = u16::try_from(rows.len() + 1).unwrap_or(u16::MAX).min(model.areas.status.y - 1);
            let area = Rect::new(model.areas.list.x + 2, model.areas.status.y - height, 36, height);
            choices(painter, area, " Sort by ", &rows, menu.cursor);
        }
    }
}

/// Rows to choose from under a title: a key and a word each.
fn choices(painter: &mut Painter<'_>, area: Rect, title: &str, rows: &[(String, &str)], cursor: usize) {
    painter.clear(area);
    painter.text(area.x, area.y, area.right(), title, painter.theme.focused);
    let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let height = usize::from(area.height).max(1);
    let top = (cursor + 1).saturating_sub(height);
    for (y, (at, (key, what))) in (area.y..area.bottom()).zip(rows.iter().enumerate().skip(top)) {
        let lead = if at == cursor { "▌" } else { " " };
        painter.text(area.x, y, area.right(), lead, painter.theme.accent);
        painter.text(area.x + 2, y, area.x + 11, key, painter.theme.key);
        painter.text(area.x + 12, y, area.right() - 1, what, painter.theme.plain);
        if at == cursor {
            painter.over(area.x + 12, y, area.width.saturating_sub(13), painter.theme.cursor);
        }
    }
    paint::position(painter, area, top, rows.len());
}

fn sheet(painter: &mut Painter<'_>, model: &Model, sheet: &Sheet) {
    let width = sheets::width(model) + 4;
    let height = u16::try_from(sheets::height(model)).unwrap_or(u16::MAX);
    let area = Rect::new((model.size.0.saturating_sub(width)) / 2, 1, width, height + 2);
    painter.clear(area);
    let title = format!(" {} ", sheets::title(sheet.kind));
    painter.text(area.x + 1, area.y, area.right(), &title, painter.theme.focused);
    let hint = format!(" {} lines", sheet.content.lines.len());
    let x = area.x + 2 + u16::try_from(wrap::width(&title)).unwrap_or_default();
    painter.text(x, area.y, area.right(), &hint, painter.theme.dim);
    let text = Rect { x: area.x + 1, y: area.y + 2, width: area.width - 2, height };
    content_lines(painter, &sheet.content, None, text, sheet.position.top);
    paint::position(painter, text, sheet.position.top, sheet.content.lines.len());
}
