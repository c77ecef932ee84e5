//! Drawing: [`view`] puts the model on a frame. Reads the model, changes nothing; only what is visible is touched.

mod comparing;
mod desk;
mod detail;
mod facets;
mod finder;
mod guide;
mod header;
mod layers;
mod list;
pub mod look;
mod paint;
mod sets;
mod status;
pub mod svg;
pub mod theme;
pub mod themes;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{Model, areas};
use paint::Painter;
pub use theme::Theme;
pub use themes::{Background, Depth, Themes};

/// Draws the model.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    if let Some(cursor) = draw(model, theme, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the model on a buffer of the model's size; gives where the terminal's cursor belongs.
pub fn draw(model: &Model, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let mut painter = Painter { buffer, theme, ascii: model.ascii };
    let screen = painter.buffer.area;
    painter.buffer.set_style(screen, theme.screen);
    // A resize may not have been told yet: nothing is drawn on cells that are not there.
    if (screen.width, screen.height) != model.size || areas::is_too_small(screen.width, screen.height) {
        too_small(&mut painter, screen);
        return None;
    }
    header::draw(&mut painter, model);
    sets::draw(&mut painter, model);
    list::draw(&mut painter, model);
    detail::draw(&mut painter, model);
    layers::draw(&mut painter, model);
    layers::chord(&mut painter, model);
    guide::draw(&mut painter, model);
    let typed = status::draw(&mut painter, model);
    finder::cursor(model).or(typed)
}

fn too_small(painter: &mut Painter<'_>, screen: Rect) {
    let (columns, rows) = areas::SMALLEST;
    let lines = [
        format!("trialdeck needs {columns}×{rows}"),
        format!("this is {}×{}", screen.width, screen.height),
        "q quits".to_owned(),
    ];
    for (y, line) in (screen.top()..screen.bottom()).zip(lines) {
        painter.text(screen.left(), y, screen.right(), &line, Style::new());
    }
}
