//! The top line: the program, how many trials of what, and the keys that work everywhere.

use super::paint::Painter;
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Model, wrap};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.header;
    let style = painter.theme.strong;
    let x = painter.text(area.x + 1, area.y, area.right(), "trialdeck", style);
    let count = count(model);
    let keys = keys(model);
    let keys_start =
        area.right().saturating_sub(1 + u16::try_from(wrap::width(keys.text())).unwrap_or(u16::MAX));
    let room = if keys_start > x + 24 { keys_start - 2 } else { area.right() };
    painter.whole(x + 3, area.y, room, &count);
    if room < area.right() {
        painter.right(keys_start, area.y, area.right() - 1, &keys);
    }
}

fn count(model: &Model) -> Styled {
    let trials = model.trials.len();
    let unit = if trials == 1 { "trial" } else { "trials" };
    let mut text = Styled::new(format!("{trials} {unit}"), Tone::Plain);
    text.push(format!(" · {}", model.opened), Tone::Dim);
    let ticked = model.list.ticked.len();
    if ticked > 0 {
        text.push(format!(" · {ticked} ticked"), Tone::Accent);
    }
    let errors = model.load.progress.errors.max(model.load.problems.len() as u64);
    if errors > 0 {
        text.push(format!(" · {errors} unreadable "), Tone::Bad);
        text.push(model.keymap.first(Command::Problems), Tone::Key);
    }
    text
}

fn keys(model: &Model) -> Styled {
    let mut text = Styled::default();
    for (command, hint) in
        [(Command::Search, "filter"), (Command::Help, "help"), (Command::Palette, "commands")]
    {
        if !text.is_empty() {
            text.push("   ", Tone::Plain);
        }
        text.push(model.keymap.first(command), Tone::Key);
        text.push(format!(" {hint}"), Tone::Dim);
    }
    text
}
