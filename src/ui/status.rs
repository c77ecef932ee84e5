//! The bottom line or lines: which record this is and how old, and the keys that are useful next.

use super::paint::Painter;
use crate::app::styled::{Styled, Tone};
use crate::app::{Model, hints, wrap};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.status;
    let end = area.right().saturating_sub(1);
    let record = first_fitting(hints::record(model), end - area.x - 1);
    let keys = hints::keys(model);
    if area.height > 1 {
        painter.whole(area.x + 1, area.y, end, &record);
        painter.whole(area.x + 1, area.y + 1, end, &fitting(&keys, area.width));
        return;
    }
    let x = painter.whole(area.x + 1, area.y, end, &record);
    let room = end.saturating_sub(x + 3);
    painter.right(x + 3, area.y, end, &fitting(&keys, room));
}

/// The longest line that fits, else the last.
fn first_fitting(mut lines: Vec<Styled>, width: u16) -> Styled {
    let fits = lines.iter().position(|line| wrap::width(line.text()) <= usize::from(width));
    let at = fits.unwrap_or(lines.len().saturating_sub(1));
    if at < lines.len() { lines.swap_remove(at) } else { Styled::default() }
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
