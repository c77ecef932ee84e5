//! The bottom line or lines: which record this is and how old, and the keys that are useful next.

use ratatui::layout::{Position, Rect};

use super::paint::Painter;
use crate::app::desk::prompt;
use crate::app::hints::Hint;
use crate::app::layer::{Layer, Line, Purpose};
use crate::app::styled::{Styled, Tone};
use crate::app::{Model, hints, wrap};

/// Columns that a typed line keeps for what is typed.
const LEAST_TYPED: u16 = 14;

/// Draws the status; gives where the terminal's cursor belongs when something is being typed.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) -> Option<Position> {
    let area = model.areas.status;
    let end = area.right().saturating_sub(1);
    let x = area.x + 1;
    let record = first_fitting(hints::record(model), end - x);
    let after = painter.whole(x, area.y, end, &record);
    let line = if area.height > 1 {
        Rect { x, y: area.y + 1, width: end - x, height: 1 }
    } else {
        let x = (after + 3).min(end);
        Rect { x, y: area.y, width: end - x, height: 1 }
    };
    let keys = hints::keys(model);
    if let Some(Layer::Line(typed)) = model.layers.last() {
        return Some(typed_line(painter, model, typed, &keys, line));
    }
    if area.height > 1 {
        painter.whole(line.x, line.y, end, &fitting(&keys, line.width));
    } else {
        painter.right(line.x, line.y, end, &fitting(&keys, line.width));
    }
    None
}

/// What is being typed, and the keys that go with it where there is room.
fn typed_line(painter: &mut Painter<'_>, model: &Model, typed: &Line, keys: &[Hint], line: Rect) -> Position {
    let sign = match &typed.purpose {
        Purpose::Filter { .. } => "filter /".to_owned(),
        Purpose::Sites { .. } => "sites /".to_owned(),
        Purpose::Criteria { .. } => "criteria /".to_owned(),
        Purpose::Find { .. } => "find /".to_owned(),
        Purpose::Palette { .. } => ":".to_owned(),
        Purpose::Desk(asked) => prompt::words(model, asked),
        Purpose::Note { .. } => "note: ".to_owned(),
        Purpose::Correct(judged) => format!("{} is ", judged.row.kind().words()),
        Purpose::Initials(_) => "your initials: ".to_owned(),
        Purpose::Start => "day 1 (empty is today): ".to_owned(),
        Purpose::Patient => "facts: ".to_owned(),
        Purpose::Trials { .. } => "trials /".to_owned(),
        Purpose::Rows { .. } => "rows /".to_owned(),
    };
    // What is asked may be long; there must be room to answer.
    let x = painter.text(line.x, line.y, line.right().saturating_sub(LEAST_TYPED), &sign, painter.theme.key);
    // The end of a long text is what is being typed: its start gives way.
    let room = usize::from(line.right().saturating_sub(x + 1));
    let before = wrap::tail(typed.input.before(), room);
    let x = painter.text(x, line.y, line.right(), before, painter.theme.plain);
    let cursor = Position::new(x.min(line.right().saturating_sub(1)), line.y);
    let mut x = painter.text(x, line.y, line.right(), typed.input.after(), painter.theme.plain);
    if let (Purpose::Find { .. }, Some(found)) = (&typed.purpose, hints::found(model)) {
        x = painter.whole(x + 1, line.y, line.right(), &found);
    }
    let x = (x + 3).min(line.right());
    painter.right(x, line.y, line.right(), &fitting(keys, line.right() - x));
    cursor
}

/// The longest line that fits, else the last.
fn first_fitting(mut lines: Vec<Styled>, width: u16) -> Styled {
    let fits = lines.iter().position(|line| wrap::width(line.text()) <= usize::from(width));
    let at = fits.unwrap_or(lines.len().saturating_sub(1));
    if at < lines.len() { lines.swap_remove(at) } else { Styled::default() }
}

/// Columns between two hints.
const HINT_GAP: usize = 3;

/// As many hints as fit, whole ones and in their order: those that are kept before the others, these from the first on.
fn fitting(keys: &[Hint], width: u16) -> Styled {
    let columns = |hint: &Hint| wrap::width(&hint.key) + 1 + wrap::width(&hint.word) + HINT_GAP;
    let mut room = usize::from(width) + HINT_GAP;
    let mut shown = vec![false; keys.len()];
    for kept in [true, false] {
        for (hint, shown) in keys.iter().zip(&mut shown).filter(|(hint, _)| hint.kept == kept) {
            let Some(left) = room.checked_sub(columns(hint)) else { break };
            room = left;
            *shown = true;
        }
    }
    let mut line = Styled::default();
    for (hint, _) in keys.iter().zip(shown).filter(|(_, shown)| *shown) {
        if !line.is_empty() {
            line.push(" ".repeat(HINT_GAP), Tone::Plain);
        }
        line.push(&hint.key, Tone::Key);
        line.push(format!(" {}", hint.word), Tone::Dim);
    }
    line
}
