//! Where things to choose from stand on the screen: menus, the palette. Drawing and the mouse both ask here.

use ratatui::layout::{Position, Rect};

use super::areas;
use super::layer::{Layer, Line, Menu, Purpose};
use super::model::{Focus, Model};
use super::wrap;

/// Rows of the palette that are shown at once.
const PALETTE: u16 = 11;
/// Columns that it takes at most.
const PALETTE_WIDTH: u16 = 90;

/// Things to choose from, on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// All of it, the title above the rows included.
    pub area: Rect,
    /// How many rows there are.
    pub count: usize,
    /// The row under the cursor.
    pub cursor: usize,
}

impl Choices {
    /// What the topmost layer lets choose.
    pub fn of(model: &Model) -> Option<Self> {
        if areas::is_too_small(model.size.0, model.size.1) {
            return None;
        }
        match model.layers.last()? {
            Layer::Menu(menu) => Some(Self::of_menu(model, menu)),
            Layer::Line(Line { purpose: Purpose::Palette { found, cursor }, .. }) => {
                Some(Self::of_palette(model, found.len(), *cursor))
            }
            _ => None,
        }
    }

    /// A menu, at the bottom of the side that it belongs to. It takes all of that side, and where that is not enough all
    /// of the screen: nothing that stood there is left beside it.
    pub fn of_menu(model: &Model, menu: &Menu) -> Self {
        let side = if model.focus == Focus::Detail { model.areas.detail } else { model.areas.list };
        let over = |layer: &Layer| !matches!(layer, Layer::Menu(_) | Layer::Line(_));
        let widest = menu.rows.iter().map(|row| wrap::width(&row.text)).max().unwrap_or_default();
        let widest = to_u16(widest.saturating_add(9).max(wrap::width(&menu.title) + 2));
        let (x, width) = if model.layers.iter().any(over) || widest > side.width {
            (0, model.size.0)
        } else {
            (side.x, side.width)
        };
        let height = to_u16(menu.rows.len()).saturating_add(1).min(model.areas.bottom().saturating_sub(1));
        Self::at(model, Rect::new(x, 0, width, height), menu.rows.len(), menu.cursor)
    }

    /// The palette.
    pub fn of_palette(model: &Model, count: usize, cursor: usize) -> Self {
        Self::above_line(model, count, cursor, PALETTE, PALETTE_WIDTH)
    }

    fn above_line(model: &Model, count: usize, cursor: usize, most: u16, widest: u16) -> Self {
        let room = model.areas.bottom().saturating_sub(2);
        let height = to_u16(count).min(most).saturating_add(1).min(room).max(2);
        Self::at(model, Rect::new(1, 0, model.size.0.saturating_sub(2).min(widest), height), count, cursor)
    }

    /// Its last line is the one above the bottom.
    fn at(model: &Model, area: Rect, count: usize, cursor: usize) -> Self {
        let y = model.areas.bottom().saturating_sub(area.height);
        Self { area: Rect { y, ..area }, count, cursor }
    }

    /// Where its rows stand.
    pub fn rows(&self) -> Rect {
        Rect { y: self.area.y + 1, height: self.area.height.saturating_sub(1), ..self.area }
    }

    /// The first visible row.
    pub fn top(&self) -> usize {
        (self.cursor + 1).saturating_sub(usize::from(self.rows().height).max(1))
    }

    /// The row at a place of the screen.
    pub fn row_at(&self, at: Position) -> Option<usize> {
        let rows = self.rows();
        let row = self.top() + usize::from(at.y.checked_sub(rows.y)?);
        (rows.contains(at) && row < self.count).then_some(row)
    }
}

fn to_u16(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
