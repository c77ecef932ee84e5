//! The line of tabs, when there is more than one.

use super::paint::Painter;
use crate::app::{Model, sets};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.sets;
    if area.is_empty() {
        return;
    }
    let shown = model.sets.at;
    for (at, tab) in sets::line(&sets::names(model), shown, area.width).iter().enumerate() {
        let style = if at == shown { painter.theme.heading } else { painter.theme.dim };
        painter.text(area.x + tab.x, area.y, area.right(), &tab.text, style);
    }
}
