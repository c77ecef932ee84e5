use super::*;

#[test]
fn a_window_without_a_line_is_scrolled_without_harm() {
    let content = Content::new(vec![Item::row("one"), Item::row("two"), Item::row("three")], 20);
    let mut position = Position::default();
    position.scroll(&content, 0, 1);
    position.scroll(&content, 0, 1);
    assert_eq!(position.top, 2);
}
use crate::app::styled::{Styled, Tone};

fn rows(count: usize) -> Vec<Item> {
    (0..count).map(|n| Item::row(n.to_string())).collect()
}

/// The lines as they would be drawn, without styles.
fn drawn(content: &Content) -> Vec<String> {
    content
        .lines
        .iter()
        .map(|line| {
            let item = &content.items[line.item];
            let lead = if line.lead { item.lead.text() } else { "" };
            let start = format!("{:indent$}{lead}", "", indent = usize::from(line.indent));
            if line.text.is_empty() {
                return start;
            }
            format!(
                "{start:column$}{}",
                &item.text.text()[line.text.clone()],
                column = usize::from(line.column)
            )
        })
        .collect()
}

#[test]
fn values_stand_in_one_column_and_wrap_below_themselves() {
    let items =
        vec![Item::labelled("Sex", 8, "all of them, without any limit"), Item::labelled("Age", 8, "18")];
    assert_eq!(
        drawn(&Content::new(items, 20)),
        ["Sex     all of them,", "        without any", "        limit", "Age     18"]
    );
}

#[test]
fn a_label_without_room_beside_it_stands_above() {
    let items = vec![Item::labelled("Masking", 16, "double, by whom")];
    assert_eq!(drawn(&Content::new(items, 20)), ["Masking", "  double, by whom"]);
}

#[test]
fn bullets_hang() {
    let item = Item { lead: Styled::new("•", Tone::Plain), hang: 2, ..Item::row("one two three") };
    assert_eq!(drawn(&Content::new(vec![item.indented(2)], 12)), ["  • one two", "    three"]);
}

#[test]
fn the_cursor_passes_over_headings_and_shows_them_with_their_first_row() {
    let mut items = vec![Item::heading("First"), Item::row("a"), Item::blank(), Item::heading("Second")];
    items.extend(rows(3));
    let content = Content::new(items, 20);
    let mut at = Position::default();
    at.settle(&content, 3);
    assert_eq!((at.cursor, at.top), (1, 0));
    at.down(&content, 3);
    assert_eq!((at.cursor, at.top), (4, 2), "the heading above shows");
    at.down(&content, 3);
    at.up(&content, 3);
    at.up(&content, 3);
    assert_eq!((at.cursor, at.top), (1, 0), "and so does the first one again");
}

#[test]
fn a_row_that_is_taller_than_the_window_is_read_through() {
    let mut items = rows(1);
    items.push(Item::row("a b c d e f g h"));
    items.extend(rows(1));
    let content = Content::new(items, 1);
    let height = 3;
    let mut at = Position::default();
    at.settle(&content, height);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        seen.extend(at.top..(at.top + height).min(content.lines.len()));
        at.down(&content, height);
    }
    assert_eq!(seen.len(), content.lines.len(), "{seen:?}");
    assert_eq!(at.cursor, 2);
    for _ in 0..20 {
        at.up(&content, height);
    }
    assert_eq!((at.cursor, at.top), (0, 0));
}

#[test]
fn a_page_moves_the_window_and_takes_the_cursor_along() {
    let content = Content::new(rows(20), 10);
    let mut at = Position::default();
    at.scroll(&content, 5, 5);
    assert_eq!((at.cursor, at.top), (5, 5));
    at.scroll(&content, 5, 100);
    assert_eq!(at.top, 15);
    at.scroll(&content, 5, 5);
    assert_eq!((at.cursor, at.top), (19, 15), "at the end the cursor goes to the last row");
    at.scroll(&content, 5, -100);
    at.scroll(&content, 5, -5);
    assert_eq!((at.cursor, at.top), (0, 0));
}

fn noted(text: &str, notes: &[&str]) -> Item {
    let notes = notes.iter().map(|note| Styled::new(note, Tone::Plain)).collect();
    Item { notes, hang: 3, ..Item::row(text) }
}

/// The notes where they stand: line, column, words.
fn notes_of(content: &Content) -> Vec<(usize, u16, String)> {
    let lines = content.lines.iter().enumerate();
    lines
        .filter_map(|(at, line)| {
            let note = line.note.as_ref()?;
            let text = content.items[line.item].notes[note.index].text();
            Some((at, note.column, text[note.text.clone()].to_owned()))
        })
        .collect()
}

#[test]
fn notes_stand_beside_the_words_in_one_column() {
    let items = vec![noted("a short item", &["one", "two"]), Item::row("another")];
    let content = Content::new(items, 80);
    assert_eq!(notes_of(&content), [(0, 64, "one".to_owned()), (1, 64, "two".to_owned())]);
    assert_eq!(content.lines_of(1), 2..3, "what comes next stands below the notes");
}

#[test]
fn notes_stand_below_where_they_would_squeeze_the_words() {
    for (width, hang) in [(40, 3), (70, 30)] {
        let mut item = noted("a short item", &["one"]);
        item.hang = hang;
        let content = Content::new(vec![item, Item::row("another")], width);
        assert_eq!(notes_of(&content), [(1, hang + 2, "one".to_owned())], "{width}");
        assert_eq!(content.lines.len(), 3);
    }
}
