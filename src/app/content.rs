//! A pane's items laid out in lines of a width, with a cursor on the rows and a window on the lines.

use std::ops::Range;

use super::command::Command;
use super::item::{Item, ItemKind};
use super::wrap;

/// Narrower than this, labels stand above their values.
const NARROWEST_TEXT: usize = 10;

/// From this width on notes stand in a column beside the text.
const NOTES_BESIDE: u16 = 64;
/// Columns the notes take at least and at most, and columns between them and the text.
const NARROWEST_NOTES: usize = 16;
const WIDEST_NOTES: usize = 36;
const NOTES_GAP: usize = 2;
/// Columns that the words keep beside the notes.
const LEAST_WORDS: usize = 36;
/// Columns of the mark before a note below its text.
const NOTE_MARK: usize = 2;

/// A line of a note: beside a line of the text, or on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which of the item's notes.
    pub index: usize,
    /// Its column.
    pub column: u16,
    /// Bytes of the note that stand on it.
    pub text: Range<usize>,
    /// It stands below the text and begins here: a mark goes before it.
    pub marked: bool,
}

/// One line of a laid-out pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which item it belongs to.
    pub item: usize,
    /// Whether the item's lead stands on it.
    pub lead: bool,
    /// Column of the lead.
    pub indent: u16,
    /// Column of the text.
    pub column: u16,
    /// Bytes of the item's text that stand on it.
    pub text: Range<usize>,
    /// What was read, where some of it stands on this line.
    pub note: Option<Note>,
}

/// Items and their lines.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The items.
    pub items: Vec<Item>,
    /// The lines, in order; every item has at least one.
    pub lines: Vec<Line>,
    /// First line of each item.
    starts: Vec<usize>,
    width: u16,
    /// Column of the notes, where they stand beside the text.
    notes: Option<u16>,
}

impl Content {
    /// Lays items out in `width` columns.
    pub fn new(items: Vec<Item>, width: u16) -> Self {
        let notes = notes_column(&items, width);
        let mut content = Self { items, width, notes, ..Self::default() };
        let room = notes.map_or(usize::from(width.max(1)), |column| usize::from(column) - NOTES_GAP);
        for index in 0..content.items.len() {
            let start = content.lines.len();
            content.starts.push(start);
            lay_out(&content.items, index, room, usize::from(width), &mut content.lines);
            content.lay_out_notes(index, start);
        }
        content
    }

    /// Puts an item's notes beside its lines, or below them. `start` is its first line.
    fn lay_out_notes(&mut self, index: usize, start: usize) {
        let Some(item) = self.items.get(index).filter(|item| !item.notes.is_empty()) else { return };
        let text_column = self.lines.get(start).map_or(0, |line| line.column);
        let column = match self.notes {
            Some(column) => usize::from(column),
            None => usize::from(text_column) + NOTE_MARK,
        };
        let room = usize::from(self.width).saturating_sub(column).max(1);
        let mut at = if self.notes.is_some() { start } else { self.lines.len() };
        for (note, styled) in item.notes.iter().enumerate() {
            for (nth, text) in wrap::wrap(styled.text(), room).into_iter().enumerate() {
                let marked = self.notes.is_none() && nth == 0;
                let note = Note { index: note, column: to_u16(column), text, marked };
                if at == self.lines.len() {
                    let (indent, column) = (text_column, text_column);
                    self.lines.push(Line {
                        item: index,
                        lead: false,
                        indent,
                        column,
                        text: 0..0,
                        note: None,
                    });
                }
                if let Some(line) = self.lines.get_mut(at) {
                    line.note = Some(note);
                }
                at += 1;
            }
        }
    }

    /// The width it was laid out in.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The lines of an item.
    pub fn lines_of(&self, item: usize) -> Range<usize> {
        let start = self.starts.get(item).copied().unwrap_or(self.lines.len());
        let end = self.starts.get(item + 1).copied().unwrap_or(self.lines.len());
        start..end
    }

    /// The item a line belongs to.
    pub fn item_at(&self, line: usize) -> Option<usize> {
        self.lines.get(line).map(|line| line.item)
    }

    /// The first row at or behind an item.
    pub fn row_from(&self, item: usize) -> Option<usize> {
        (item..self.items.len()).find(|at| self.is_row(*at))
    }

    /// The last row at or before an item.
    pub fn row_until(&self, item: usize) -> Option<usize> {
        (0..=item.min(self.items.len().saturating_sub(1))).rev().find(|at| self.is_row(*at))
    }

    /// The headings of the first level, with their item.
    pub fn outline(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::Heading(1))
    }

    fn is_row(&self, item: usize) -> bool {
        self.items.get(item).is_some_and(Item::is_row)
    }
}

/// Where the column of notes begins; none when there are none, or no room beside the text.
fn notes_column(items: &[Item], width: u16) -> Option<u16> {
    let widest = items.iter().flat_map(|item| &item.notes).map(|note| wrap::width(note.text())).max()?;
    if width < NOTES_BESIDE {
        return None;
    }
    let most = WIDEST_NOTES.min(usize::from(width) * 2 / 5);
    let column = usize::from(width) - widest.clamp(NARROWEST_NOTES, most);
    // Where the words are short the notes stand near them, and not across the screen.
    let is_beside = |item: &&Item| !item.fixed && !item.wide && item.kind != ItemKind::Note;
    let columns = |item: &Item| {
        let longest = item.text.text().split('\n').map(wrap::width).max().unwrap_or_default();
        usize::from(item.indent) + usize::from(item.hang) + longest + 2 * NOTES_GAP
    };
    let longest = items.iter().filter(is_beside).map(columns).max().unwrap_or(column);
    let column = column.min(longest.max(usize::from(NOTES_BESIDE)));
    // The words come first: where the notes would squeeze them, they stand below.
    let noted = items.iter().filter(|item| !item.notes.is_empty());
    let lead = noted.map(|item| usize::from(item.hang)).max().unwrap_or_default();
    (column >= lead + NOTES_GAP + LEAST_WORDS).then(|| to_u16(column))
}

/// Lays out one item in `width` columns; what is not wrapped may take all of the `full` width.
fn lay_out(items: &[Item], index: usize, width: usize, full: usize, lines: &mut Vec<Line>) {
    let Some(item) = items.get(index) else { return };
    let whole = item.fixed || item.wide || item.kind == ItemKind::Note;
    let width = if whole { full.max(1) } else { width.max(1) };
    let indent = usize::from(item.indent).min(width / 4);
    let hang = usize::from(item.hang);
    let stacked = !item.lead.is_empty()
        && (wrap::width(item.lead.text()) + 1 > hang || indent + hang + NARROWEST_TEXT > width)
        && hang > 4;
    let column = if stacked { indent + 2 } else { (indent + hang).min(width.saturating_sub(1)) };
    let line = |lead: bool, text: Range<usize>| Line {
        item: index,
        lead,
        indent: to_u16(indent),
        column: to_u16(column),
        text,
        note: None,
    };
    if stacked {
        lines.push(line(true, 0..0));
        if item.text.is_empty() {
            return;
        }
    }
    if item.fixed {
        let mut start = 0;
        for (at, part) in item.text.text().split('\n').enumerate() {
            lines.push(line(at == 0 && !stacked, start..start + part.len()));
            start += part.len() + 1;
        }
        return;
    }
    for (at, text) in wrap::wrap(item.text.text(), width - column.min(width - 1)).into_iter().enumerate() {
        lines.push(line(at == 0 && !stacked, text));
    }
}

fn to_u16(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Where the person is in a pane: the row the cursor stands on and the first visible line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The item under the cursor.
    pub cursor: usize,
    /// The first visible line.
    pub top: usize,
}

impl Position {
    /// Puts cursor and window inside the content.
    pub fn settle(&mut self, content: &Content, height: usize) {
        let last = content.items.len().saturating_sub(1);
        self.cursor = self.cursor.min(last);
        self.cursor =
            content.row_from(self.cursor).or_else(|| content.row_until(self.cursor)).unwrap_or_default();
        self.top = self.top.min(content.lines.len().saturating_sub(height));
    }

    /// Follows a command that moves over rows; `false` when it is none.
    pub fn follow(&mut self, command: Command, content: &Content, height: usize) -> bool {
        let page = isize::try_from(height).unwrap_or(1).max(1);
        let half = (page / 2).max(1);
        match command {
            Command::Down => self.down(content, height),
            Command::Up => self.up(content, height),
            Command::PageDown => self.scroll(content, height, page),
            Command::PageUp => self.scroll(content, height, -page),
            Command::HalfDown => self.scroll(content, height, half),
            Command::HalfUp => self.scroll(content, height, -half),
            Command::Top => self.first(content),
            Command::Bottom => self.last(content, height),
            _ => return false,
        }
        true
    }

    /// A row down; a row that is taller than the window is read through first.
    pub fn down(&mut self, content: &Content, height: usize) {
        let here = content.lines_of(self.cursor);
        if here.end > self.top + height && here.len() > height {
            self.top = (self.top + height.max(2) / 2).min(here.end.saturating_sub(height));
            return;
        }
        match content.row_from(self.cursor + 1) {
            Some(next) => {
                self.cursor = next;
                self.reveal(content, height);
            }
            None => self.top = content.lines.len().saturating_sub(height),
        }
    }

    /// A row up; a row that is taller than the window is read through first.
    pub fn up(&mut self, content: &Content, height: usize) {
        let here = content.lines_of(self.cursor);
        if here.start < self.top && here.len() > height {
            self.top = self.top.saturating_sub(height.max(2) / 2).max(here.start);
            return;
        }
        match self.cursor.checked_sub(1).and_then(|before| content.row_until(before)) {
            Some(before) => {
                self.cursor = before;
                let lines = content.lines_of(before);
                if lines.len() > height {
                    self.top = lines.end.saturating_sub(height);
                } else {
                    self.reveal(content, height);
                }
            }
            None => self.top = 0,
        }
    }

    /// Moves window and cursor by whole lines.
    pub fn scroll(&mut self, content: &Content, height: usize, lines: isize) {
        let height = height.max(1);
        let most = content.lines.len().saturating_sub(height);
        let before = self.top;
        self.top = self.top.saturating_add_signed(lines).min(most);
        let at_edge = self.top == before;
        let line = content.lines_of(self.cursor).start.saturating_add_signed(lines);
        let line = line.clamp(self.top, (self.top + height).saturating_sub(1));
        let target = if at_edge && lines > 0 { content.lines.len().saturating_sub(1) } else { line };
        let target = if at_edge && lines < 0 { 0 } else { target };
        let item = content.item_at(target).unwrap_or_default();
        let visible = |row: &usize| {
            let row = content.lines_of(*row);
            row.start < self.top + height && row.end > self.top
        };
        let row = content.row_from(item).filter(visible).or_else(|| content.row_until(item).filter(visible));
        if let Some(row) = row {
            self.cursor = row;
        }
    }

    /// To the first row.
    pub fn first(&mut self, content: &Content) {
        self.cursor = content.row_from(0).unwrap_or_default();
        self.top = 0;
    }

    /// To the last row.
    pub fn last(&mut self, content: &Content, height: usize) {
        self.cursor = content.row_until(content.items.len()).unwrap_or_default();
        self.top = content.lines.len().saturating_sub(height);
    }

    /// To an item, or the row next to it.
    pub fn go_to(&mut self, content: &Content, height: usize, item: usize) {
        let row = content.row_from(item).or_else(|| content.row_until(item));
        self.cursor = row.unwrap_or_default();
        self.reveal(content, height);
        let target = content.lines_of(item);
        if target.start < self.top || target.start >= self.top + height {
            self.top = target.start.min(content.lines.len().saturating_sub(height));
        }
    }

    /// Moves the window so that the cursor's row shows, with the headings right above it.
    pub fn reveal(&mut self, content: &Content, height: usize) {
        let row = content.lines_of(self.cursor);
        let mut first = self.cursor;
        while first > 0 && content.items.get(first - 1).is_some_and(|item| !item.is_row()) {
            first -= 1;
        }
        let with_headings = content.lines_of(first).start;
        let start = if row.end.saturating_sub(with_headings) <= height { with_headings } else { row.start };
        if row.end > self.top + height {
            self.top = row.end.saturating_sub(height);
        }
        if start < self.top {
            self.top = start;
        }
    }
}

#[cfg(test)]
mod tests;
