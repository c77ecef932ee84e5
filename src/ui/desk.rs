//! A screen of the desk: title, head, and its rows with the cursor.

use ratatui::layout::Rect;

use super::detail::content_lines;
use super::paint::{self, Painter};
use crate::app::Model;
use crate::app::desk::{DeskOf, DeskScreen, HEAD_LINE};
use crate::app::item::Item;
use crate::protocol::display;

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, screen: &DeskScreen) {
    let body = Rect::new(0, 1, model.size.0, model.areas.bottom().saturating_sub(1));
    painter.clear(body);
    let width = model.size.0;
    let (title, rest) = match &screen.of {
        DeskOf::List { .. } => (" Pre-screening sheets ".to_owned(), String::new()),
        DeskOf::Sheet { key, .. } => {
            let sheet = model.desk.sheet(key);
            let title = sheet.map(|sheet| sheet.title.as_str()).unwrap_or_default();
            let rest = format!("{}  {}", display::line(&key.trial).text(), display::line(title).text());
            (format!(" Pre-screening · {} ", display::line(&key.code).text()), rest)
        }
    };
    let x = painter.text(1, body.y, width, &title, painter.theme.focused);
    painter.text(x + 1, body.y, width, &rest, painter.theme.strong);
    let area = screen.area(model);
    let head = Rect { y: HEAD_LINE, height: area.y.saturating_sub(HEAD_LINE), ..area };
    content_lines(painter, &screen.head, None, head, 0);
    content_lines(painter, &screen.content, None, area, screen.position.top);
    for (offset, y) in (area.y..area.bottom()).enumerate() {
        let here = screen.content.item_at(screen.position.top + offset) == Some(screen.position.cursor);
        if here && screen.content.items.get(screen.position.cursor).is_some_and(Item::is_row) {
            painter.text(area.x, y, area.right(), "▌", painter.theme.accent);
        }
    }
    paint::position(painter, area, screen.position.top, screen.content.lines.len());
}
