//! The side list of facets: values with how many trials have each, the chosen ones ticked.

use ratatui::layout::Rect;

use super::paint::{self, Painter};
use crate::app::facets::{self, FacetList, Line};
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Model, marks};
use crate::protocol::Code;
use crate::search::facets::{Facet, chosen, same};
use crate::search::{query, typed};

/// Draws the side list.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, shown: &FacetList) {
    let whole = facets::area(model);
    painter.clear(whole);
    if whole.x > 0 {
        painter.divider(whole.x - 1, whole);
    }
    let x = painter.text(whole.x + 1, whole.y, whole.right(), " Narrow ", painter.theme.focused);
    let told = if shown.waiting || shown.tallied.facets.is_empty() { "counting …" } else { "" };
    painter.text(x + 1, whole.y, whole.right(), told, painter.theme.dim);
    let area = facets::lines_area(model);
    let query = query::parse(&model.list.filter, &typed::variable);
    let visible = shown.lines.iter().enumerate().skip(shown.top);
    for (y, (at, line)) in (area.y..area.bottom()).zip(visible) {
        let row = Rect { y, height: 1, ..area };
        match *line {
            Line::Heading(facet) => heading(painter, shown, facet, row),
            Line::More(_, more) => {
                let key = model.keymap.first(Command::Tick);
                let told = format!("… {more} more: {key} shows them");
                painter.text(row.x + 4, y, row.right(), &told, painter.theme.dim);
            }
            Line::Value(facet, _) => {
                let ticked = |word: &str| chosen(&query, facet).iter().any(|known| same(facet, known, word));
                value(painter, shown, *line, row, &ticked);
            }
        }
        if at == shown.cursor {
            painter.text(row.x + 1, y, row.right(), "▌", painter.theme.accent);
            painter.over(row.x + 4, y, row.width.saturating_sub(5), painter.theme.cursor);
        }
    }
    paint::position(painter, area, shown.top, shown.lines.len());
}

fn heading(painter: &mut Painter<'_>, shown: &FacetList, facet: Facet, row: Rect) {
    let x = painter.text(row.x + 2, row.y, row.right(), facet.title(), painter.theme.heading);
    let unread = shown.tallied.unread;
    if facet == Facet::Kind && unread > 0 {
        let told = format!("still reading, {unread} left");
        painter.text(x + 1, row.y, row.right(), &told, painter.theme.warn);
    }
}

fn value(painter: &mut Painter<'_>, shown: &FacetList, line: Line, row: Rect, ticked: &dyn Fn(&str) -> bool) {
    let Some((facet, value)) = shown.value(line) else { return };
    if ticked(&value.word) {
        painter.text(row.x + 2, row.y, row.right(), "✓", painter.theme.accent);
    }
    let end = row.right().saturating_sub(1);
    let tone = if shown.waiting { Tone::Dim } else { Tone::Plain };
    let end = painter.right(row.x + 4, row.y, end, &Styled::new(value.count.to_string(), tone));
    let mut x = row.x + 4;
    if facet == Facet::Status {
        let (sign, tone) = marks::status(Some(&Code::from(value.word.to_uppercase().as_str())));
        let style = painter.theme.tone(tone);
        x = painter.text(x, row.y, end, sign, style) + 1;
    }
    painter.text(x, row.y, end.saturating_sub(1), &facets::label(facet, &value.word), painter.theme.plain);
}
