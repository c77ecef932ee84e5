//! The bottom line or lines: which record this is and how old, and the keys that are useful next.

use super::paint::Painter;
use crate::app::styled::{Styled, Tone};
use crate::app::{Model, hints, wrap};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.status;
    let record = hints::record(model);
    let keys = hints::keys(model);
    let end = area.right().saturating_sub(1);
    if area.height > 1 {
        painter.whole(area.x + 1, area.y, end, &record);
        painter.whole(area.x + 1, area.y + 1, end, &fitting(&keys, area.width));
        return;
    }
    let x = painter.whole(area.x + 1, area.y, end, &record);
    let room = end.saturating_sub(x + 3);
    painter.right(x + 3, area.y, end, &fitting(&keys, room));
}

/// As many hints as fit, whole ones.
fn fitting(keys: &[(String, String)], width: u16) -> Styled {
    let mut line = Styled::default();
    for (key, hint) in keys {
        let mut longer = line.clone();
        if !longer.is_empty() {
            longer.push("   ", Tone::Plain);
        }
        longer.push(key, Tone::Key);
        longer.push(format!(" {hint}"), Tone::Dim);
        if wrap::width(longer.text()) + 2 > usize::from(width) {
            break;
        }
        line = longer;
    }
    line
}
