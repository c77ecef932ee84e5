//! The top line: the program, how many trials of what, and the keys that work everywhere.

use super::paint::Painter;
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Model, hints, wrap};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.header;
    let style = painter.theme.strong;
    let x = painter.text(area.x + 1, area.y, area.right(), "trialdeck", style);
    let opened = hints::opened(model);
    let keys = keys(model);
    let width = |text: &Styled| u16::try_from(wrap::width(text.text())).unwrap_or(u16::MAX);
    let end = painter.whole(x + 3, area.y, area.right(), &opened);
    let keys_start = area.right().saturating_sub(1).saturating_sub(width(&keys));
    if end + 2 <= keys_start {
        painter.right(keys_start, area.y, area.right() - 1, &keys);
    }
}

fn keys(model: &Model) -> Styled {
    let mut text = Styled::default();
    for (command, hint) in [
        (Command::Search, "filter"),
        (Command::Finder, "find"),
        (Command::Help, "help"),
        (Command::Palette, "commands"),
    ] {
        if !text.is_empty() {
            text.push("   ", Tone::Plain);
        }
        text.push(model.keymap.first(command), Tone::Key);
        text.push(format!(" {hint}"), Tone::Dim);
    }
    text
}
