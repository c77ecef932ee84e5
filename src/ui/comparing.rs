//! The comparison: sections, sticky heads of the trials' columns, the visible lines of the rows.

use ratatui::layout::Rect;

use super::detail::content_lines;
use super::paint::{self, Painter};
use crate::app::comparing::{Columns, Comparing, flags, rows_area, section_names};
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::app::{Model, age, marks, wrap};
use crate::protocol::display;

/// Draws the comparison over the panes.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, comparing: &Comparing) {
    let area = rows_area(model);
    painter.clear(Rect::new(0, 1, model.size.0, model.areas.bottom().saturating_sub(1)));
    let columns = Columns::of(area.width, comparing.trials.len());
    tabs(painter, model, comparing);
    heads(painter, model, comparing, &columns);
    content_lines(painter, &comparing.content, None, area, comparing.position.top);
    cursor(painter, comparing, &columns, area);
    paint::position(painter, area, comparing.position.top, comparing.content.lines.len());
}

/// The sections, and what is left out or told against what.
fn tabs(painter: &mut Painter<'_>, model: &Model, comparing: &Comparing) {
    let end = model.size.0.saturating_sub(1);
    let flags = flags(comparing);
    let start = end.saturating_sub(u16::try_from(wrap::width(flags.text())).unwrap_or(u16::MAX));
    let mut behind = 1;
    for (nth, (x, name)) in section_names(comparing, model.size.0).iter().enumerate() {
        let style = if nth == comparing.section { painter.theme.heading } else { painter.theme.dim };
        behind = painter.text(*x, 1, end, name, style) + 2;
    }
    if behind <= start {
        painter.right(start, 1, end, &flags);
    }
}

/// The trials' ids and titles above their columns.
fn heads(painter: &mut Painter<'_>, model: &Model, comparing: &Comparing, columns: &Columns) {
    let drawn = comparing.trials.iter().enumerate().skip(comparing.first).take(columns.visible);
    for (nth, (column, entry)) in drawn.enumerate() {
        let x = 1 + columns.start(nth);
        let end = (x + columns.width).min(model.size.0.saturating_sub(1));
        let here = column == comparing.column;
        let style = if here { painter.theme.focused } else { painter.theme.unfocused };
        let sign = if comparing.baseline == Some(column) { "= " } else { "" };
        // The id's margin stands left of the column, so that ids, titles and cells begin below one another.
        painter.text(x - 1, 2, end, &format!(" {sign}{} ", display::line(&entry.trial.id).text()), style);
        let below = match age::last_update(&entry.trial).filter(|_| !comparing.comparison.changes.is_empty())
        {
            Some(date) => format!("version of {date}").into(),
            None => marks::title(&entry.trial),
        };
        painter.text(x, 3, end, &below, painter.theme.dim);
    }
    let more = comparing.trials.len().saturating_sub(comparing.first + columns.visible);
    let mut told = Styled::default();
    if comparing.first > 0 {
        told.push(format!("‹ {} ", comparing.first), Tone::Accent);
    }
    if more > 0 {
        told.push(format!("{more} ›"), Tone::Accent);
    }
    painter.whole(1, 2, 1 + columns.label, &told);
}

/// The row under the cursor, and its cell.
fn cursor(painter: &mut Painter<'_>, comparing: &Comparing, columns: &Columns, area: Rect) {
    let content = &comparing.content;
    if !content.items.get(comparing.position.cursor).is_some_and(Item::is_row) {
        return;
    }
    let Some(nth) = comparing.column.checked_sub(comparing.first) else { return };
    for (offset, y) in (area.y..area.bottom()).enumerate() {
        if content.item_at(comparing.position.top + offset) == Some(comparing.position.cursor) {
            painter.text(area.x, y, area.right(), "▌", painter.theme.accent);
            let x = area.x + 1 + columns.start(nth);
            let width = columns.width.min(area.right().saturating_sub(x + 1));
            painter.over(x, y, width, painter.theme.cursor);
        }
    }
}
