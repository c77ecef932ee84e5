//! Which part of the screen is whose, by its size. Pure arithmetic: update and drawing both ask here, so that what
//! is scrolled, clicked and drawn is always the same.

use ratatui::layout::Rect;

use super::guide;
use super::model::{Focus, Model};
use super::{querying, wrap};

/// The smallest screen that is drawn on: columns, rows.
pub const SMALLEST: (u16, u16) = (40, 10);
/// From this width on list and detail stand side by side.
const TWO_COLUMNS: u16 = 80;
/// From this width on a third column tells the context.
const THREE_COLUMNS: u16 = 140;
/// From this width on the list has room for the condition beside the other columns.
const WIDE_LIST: u16 = 180;
/// From this width on the status fits one line.
const ONE_STATUS_LINE: u16 = 130;
/// What a side-by-side list keeps at least, and leaves at least to the detail.
const LEAST_LIST: u16 = 24;
const LEAST_DETAIL: u16 = 40;
/// What the context column keeps at least.
const LEAST_SIDE: u16 = 24;

/// The parts of the screen. A part that is not shown has no area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Name, count, hints.
    pub header: Rect,
    /// The tabs, when there is more than one.
    pub sets: Rect,
    /// Title line of the list.
    pub list_title: Rect,
    /// What is wrong with the list's filter.
    pub fault: Rect,
    /// Rows of the list.
    pub list: Rect,
    /// Title and tabs of the detail.
    pub detail_head: Rect,
    /// Lines of the detail pane.
    pub detail: Rect,
    /// The context column.
    pub side: Rect,
    /// The guide, above the status.
    pub guide: Rect,
    /// Record and keys.
    pub status: Rect,
}

impl Areas {
    /// The parts for a model as it stands.
    pub fn of(model: &Model) -> Self {
        let (width, height) = model.size;
        if is_too_small(width, height) {
            return Self::default();
        }
        let status_lines = if width >= ONE_STATUS_LINE { 1 } else { 2 };
        let mut areas = Self {
            header: Rect::new(0, 0, width, 1),
            status: Rect::new(0, height - status_lines, width, status_lines),
            ..Self::default()
        };
        let tabs = u16::from(!model.sets.is_empty());
        let guide = guide::height(model, width).min(height / 2);
        areas.guide = Rect::new(0, height - status_lines - guide, width, guide);
        areas.sets = Rect::new(1, 1, width - 2, tabs);
        let body = Rect::new(0, 1 + tabs, width, height - 1 - tabs - guide - status_lines);
        areas.columns(model, body);
        areas
    }

    fn columns(&mut self, model: &Model, body: Rect) {
        let side_by_side = body.width >= TWO_COLUMNS && !model.zoom;
        if !side_by_side {
            match model.focus {
                Focus::List => self.set_list(model, body),
                Focus::Detail => self.set_detail(body),
            }
            return;
        }
        let list = list_width(model, model.split);
        let three = body.width >= THREE_COLUMNS;
        let side = if three { side_width(body.width, model.side_split) } else { 0 };
        let detail = body.width - list - 1 - side - u16::from(three);
        self.set_list(model, Rect { width: list, ..body });
        self.set_detail(Rect { x: list + 1, width: detail, ..body });
        if three {
            self.side = Rect { x: body.width - side, width: side, ..body };
        }
    }

    fn set_list(&mut self, model: &Model, area: Rect) {
        let title = area.height.min(1);
        self.list_title = Rect { height: title, ..area };
        let most = (area.height - title) / 2;
        let told = querying::fault(model).map_or(0, |told| wrap::wrap(&told, fault_width(area)).len());
        let fault = u16::try_from(told).unwrap_or(u16::MAX).min(most);
        self.fault = Rect { y: area.y + title, height: fault, ..area };
        self.list = Rect { y: area.y + title + fault, height: area.height - title - fault, ..area };
    }

    fn set_detail(&mut self, area: Rect) {
        // Title, tabs, and an empty line where there is room for it.
        let head = if area.height > 12 { 3 } else { 2 }.min(area.height);
        self.detail_head = Rect { height: head, ..area };
        self.detail = Rect { y: area.y + head, height: area.height - head, ..area };
    }

    /// The line of pane names.
    pub fn tabs(&self) -> Rect {
        let head = self.detail_head;
        let margin = if self.side.is_empty() { 1 } else { 2 };
        let width = head.width.saturating_sub(margin);
        Rect { x: head.x + 1, y: head.y + 1, width, height: 1 }.intersection(head)
    }

    /// The line below everything that is looked at.
    pub fn bottom(&self) -> u16 {
        self.status.y.saturating_sub(self.guide.height)
    }

    /// Columns for a detail pane's text: a gutter for the cursor and one for the position are kept free.
    pub fn detail_text_width(&self) -> u16 {
        self.detail.width.saturating_sub(3)
    }

    /// Columns for the context's text.
    pub fn side_text_width(&self) -> u16 {
        self.side.width.saturating_sub(2)
    }
}

/// Columns for what is wrong with the filter.
pub fn fault_width(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2))
}

/// Whether the screen is too small to draw on.
pub fn is_too_small(width: u16, height: u16) -> bool {
    width < SMALLEST.0 || height < SMALLEST.1
}

/// The split moved by some columns, no further than it can be seen to move.
pub fn moved_split(model: &Model, columns: i16) -> i16 {
    let moved = list_width(model, model.split.saturating_add(columns));
    difference(moved, natural_list_width(model))
}

/// The same for the context column.
pub fn moved_side(model: &Model, columns: i16) -> i16 {
    let width = model.size.0;
    let most = width.saturating_sub(list_width(model, model.split) + 2 + LEAST_DETAIL);
    let moved = side_width(width, model.side_split.saturating_add(columns)).min(most.max(LEAST_SIDE));
    difference(moved, side_width(width, 0))
}

fn difference(one: u16, other: u16) -> i16 {
    i16::try_from(i32::from(one) - i32::from(other)).unwrap_or_default()
}

/// Columns that a list of one trial takes, which has nothing to choose from; on wide screens, and on others.
const ONE_TRIAL: (u16, u16) = (40, LEAST_LIST);

fn natural_list_width(model: &Model) -> u16 {
    let width = model.size.0;
    if model.count() == 1 && !model.load.running {
        return if width >= THREE_COLUMNS { ONE_TRIAL.0 } else { ONE_TRIAL.1 };
    }
    let percent = match width {
        WIDE_LIST.. => 38,
        THREE_COLUMNS.. => 30,
        _ => 37,
    };
    u16::try_from(u32::from(width) * percent / 100).unwrap_or(u16::MAX)
}

fn list_width(model: &Model, split: i16) -> u16 {
    let width = model.size.0;
    let side = if width >= THREE_COLUMNS { side_width(width, model.side_split) + 1 } else { 0 };
    let most = width.saturating_sub(LEAST_DETAIL + 1 + side).max(LEAST_LIST);
    natural_list_width(model).saturating_add_signed(split).clamp(LEAST_LIST, most)
}

fn side_width(width: u16, split: i16) -> u16 {
    let natural = (width / 6).clamp(LEAST_SIDE, 40);
    let most = width.saturating_sub(LEAST_LIST + LEAST_DETAIL + 2).max(LEAST_SIDE);
    natural.saturating_add_signed(split).clamp(LEAST_SIDE, most)
}
