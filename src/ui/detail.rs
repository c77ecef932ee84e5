//! The detail side: title, tabs, and the visible lines of the pane.

use ratatui::layout::Rect;

use super::paint::{self, Painter};
use crate::app::content::{Content, Line};
use crate::app::find::Find;
use crate::app::item::Item;
use crate::app::{Focus, Model, hints, marks, tabs, wrap};
use crate::protocol::{Trial, display};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.detail;
    if area.is_empty() {
        return;
    }
    let head = model.areas.detail_head;
    if head.x > 0 {
        let body = Rect { y: head.y, height: head.height + area.height, ..head };
        painter.divider(head.x - 1, body);
    }
    let Some(entry) = model.selected() else { return };
    title(painter, model, &entry.trial, head);
    tabs(painter, model, &entry.trial);
    lines(painter, model, area);
    side(painter, model);
}

/// The context column.
fn side(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.side;
    if area.is_empty() {
        return;
    }
    painter.divider(area.x - 1, area);
    content_lines(painter, &model.side, None, area, 0);
    if model.side.lines.len() > usize::from(area.height) {
        painter.text(area.x + 1, area.bottom() - 1, area.right(), paint::MORE, painter.theme.dim);
    }
}

fn title(painter: &mut Painter<'_>, model: &Model, trial: &Trial, head: Rect) {
    let focused = model.focus == Focus::Detail;
    let style = if focused { painter.theme.focused } else { painter.theme.unfocused };
    let id = format!(" {} ", display::line(&trial.id).text());
    let x = painter.text(head.x, head.y, head.right(), &id, style);
    let found = hints::found(model).filter(|_| model.layers.is_empty());
    let end = match &found {
        Some(found) => painter.right(x + 1, head.y, head.right(), found).saturating_sub(1),
        None => head.right(),
    };
    painter.text(x + 1, head.y, end, &marks::title(trial), painter.theme.strong);
    if let Some(note) = model.notebook.notes.get(&trial.id).filter(|_| head.height > 2) {
        let x = painter.text(head.x + 1, head.y + 2, head.right(), "note ", painter.theme.label);
        painter.text(x, head.y + 2, head.right(), note, painter.theme.warn);
    }
}

fn tabs(painter: &mut Painter<'_>, model: &Model, trial: &Trial) {
    let line = model.areas.tabs();
    for tab in tabs::line(model.detail.pane, trial, line.width) {
        let style = if tab.pane == model.detail.pane { painter.theme.heading } else { painter.theme.dim };
        painter.text(line.x + tab.x, line.y, line.right(), &tab.text, style);
    }
}

fn lines(painter: &mut Painter<'_>, model: &Model, area: Rect) {
    let detail = &model.detail;
    let position = detail.position();
    content_lines(painter, &detail.content, Some(&detail.find), area, position.top);
    for (offset, y) in (area.y..area.bottom()).enumerate() {
        let here = detail.content.item_at(position.top + offset) == Some(position.cursor);
        if here && detail.content.items.get(position.cursor).is_some_and(Item::is_row) {
            let style = if model.focus == Focus::Detail { painter.theme.accent } else { painter.theme.dim };
            painter.text(area.x, y, area.right(), "▌", style);
        }
    }
    paint::position(painter, area, position.top, detail.content.lines.len());
}

/// Draws the visible lines of a content, one column in.
pub(super) fn content_lines(
    painter: &mut Painter<'_>,
    content: &Content,
    find: Option<&Find>,
    area: Rect,
    top: usize,
) {
    let end = (area.x + 1 + content.width()).min(area.right());
    for (y, line) in (area.y..area.bottom()).zip(content.lines.iter().skip(top)) {
        let Some(item) = content.items.get(line.item) else { continue };
        draw_line(painter, line, item, area.x + 1, y, end);
        draw_note(painter, line, item, area.x + 1, y, end);
        for (found, here) in find.into_iter().flat_map(|find| find.in_item(line.item)) {
            let style = if here { painter.theme.found_here } else { painter.theme.found };
            let (text, start, from) = if found.in_lead {
                if !line.lead {
                    continue;
                }
                (item.lead.text(), line.indent, 0)
            } else {
                (item.text.text(), line.column, line.text.start)
            };
            let visible = found.range.start.max(from)..if found.in_lead {
                found.range.end
            } else {
                found.range.end.min(line.text.end)
            };
            let (Some(before), Some(words)) = (text.get(from..visible.start), text.get(visible)) else {
                continue;
            };
            let column = |text: &str| u16::try_from(wrap::width(text)).unwrap_or(u16::MAX);
            let x = (area.x + 1).saturating_add(start).saturating_add(column(before));
            painter.over(x.min(end), y, column(words).min(end.saturating_sub(x)), style);
        }
    }
}

fn draw_line(painter: &mut Painter<'_>, line: &Line, item: &Item, x: u16, y: u16, end: u16) {
    let plain = painter.theme.plain;
    if line.lead {
        let room = if line.text.is_empty() { end } else { x + line.column.max(line.indent) };
        painter.styled(
            x + line.indent,
            y,
            room.max(x + line.indent),
            &item.lead,
            0..item.lead.text().len(),
            plain,
        );
    }
    painter.styled(x + line.column, y, end, &item.text, line.text.clone(), plain);
}

/// What was read, on this line.
fn draw_note(painter: &mut Painter<'_>, line: &Line, item: &Item, x: u16, y: u16, end: u16) {
    let Some(note) = &line.note else { return };
    let Some(text) = item.notes.get(note.index) else { return };
    if note.marked {
        painter.text(x + note.column.saturating_sub(2), y, end, "→", painter.theme.dim);
    }
    painter.styled(x + note.column, y, end, text, note.text.clone(), painter.theme.plain);
}
