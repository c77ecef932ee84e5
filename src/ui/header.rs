//! The top line: the program, how many trials of what, where the person is, and the keys that work everywhere.

use super::paint::Painter;
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Model, crumbs, hints, wrap};

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.header;
    let style = painter.theme.strong;
    let x = painter.text(area.x + 1, area.y, area.right(), "trialdeck", style);
    let opened = hints::opened(model);
    let keys = keys(model);
    let width = |text: &Styled| u16::try_from(wrap::width(text.text())).unwrap_or(u16::MAX);
    let right = area.right().saturating_sub(1);
    let crumbs = crumbs::of(model);
    let way = u16::try_from(crumbs.width()).unwrap_or(u16::MAX);
    // Where there is little room, where the person is goes before what was opened, unless that has something to tell.
    let whole = x + 3 + width(&opened) + way <= right;
    let end = if way == 0 || whole || hints::opened_tells(model) {
        painter.whole(x + 3, area.y, area.right(), &opened)
    } else {
        x
    };
    let keys_start = right.saturating_sub(width(&keys));
    // The keys come and go with the pane, never with the row.
    let keys_fit = end.saturating_add(way) + 2 <= keys_start;
    if keys_fit {
        painter.right(keys_start, area.y, right, &keys);
    }
    let room = if keys_fit { keys_start - 2 } else { right };
    if let Some(line) = crumbs.line(usize::from(room.saturating_sub(end))) {
        painter.whole(end, area.y, right, &line);
    }
}

fn keys(model: &Model) -> Styled {
    let mut text = Styled::default();
    if hints::is_typing(model) {
        return text;
    }
    let search = hints::search_word(model).map(|word| (Command::Search, word));
    let others = [(Command::Finder, "finder"), (Command::Help, "help"), (Command::Palette, "commands")];
    for (command, hint) in search.into_iter().chain(others) {
        if !text.is_empty() {
            text.push("   ", Tone::Plain);
        }
        text.push(model.keymap.first(command), Tone::Key);
        text.push(format!(" {hint}"), Tone::Dim);
    }
    text
}
