//! The guide, above the status: which step of how many, and what it says.

use super::paint::Painter;
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Model, guide, wrap};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.guide;
    if area.is_empty() {
        return;
    }
    painter.clear(area);
    let mut y = area.y;
    if let Some((step, all)) = guide::progress(model) {
        let head = format!(" Guide · {step} of {all} ");
        let x = painter.text(area.x, y, area.right(), &head, painter.theme.focused);
        let key = model.keymap.first(Command::Guide);
        let ends = Styled::new(key, Tone::Key).with(" ends it", Tone::Dim);
        painter.right(x + 1, y, area.right() - 1, &ends);
        y += 1;
    }
    let words = guide::words(model);
    let lines = wrap::wrap(words.text(), guide::room(area.width));
    for (y, line) in (y..area.bottom()).zip(lines) {
        painter.styled(area.x + 1, y, area.right() - 1, &words, line, painter.theme.plain);
    }
}
