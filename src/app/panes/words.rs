//! The record's words as items: fit to be shown, with their place in the record.

use std::ops::Range;

use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::protocol::{Code, Span, display};

/// Columns from a fact's label to its value.
pub const LABEL: u16 = 16;

/// A value on one line, fit to be shown.
pub fn line(raw: &str) -> String {
    display::line(raw).text().trim().to_owned()
}

/// A registry's word in plain language.
pub fn code(code: &Code) -> String {
    line(&code.label())
}

/// Several of them.
pub fn codes(codes: &[Code]) -> String {
    codes.iter().map(code).collect::<Vec<_>>().join(", ")
}

/// A short text of the record as one row: a title, a name, a measure.
pub fn words(raw: &str, field: impl Into<String>, tone: Tone) -> Item {
    Item::row(Styled::new(line(raw), tone)).from(span(field.into(), trimmed(raw, 0..raw.len())))
}

/// A fact: its label and its value.
pub fn fact(label: &str, value: impl Into<Styled>) -> Item {
    Item::labelled(label, LABEL, value)
}

/// A fact that the record states in its own words.
pub fn stated(label: &str, raw: &str, field: &str) -> Item {
    Item { lead: Styled::new(label, Tone::Label), hang: LABEL, ..words(raw, field, Tone::Plain) }
}

/// A fact that the record does not state.
pub fn not_stated(label: &str) -> Item {
    fact(label, Styled::new("not stated", Tone::Dim))
}

/// Prose, a row a line; lists keep their bullets and numbers, their depth shows as indent. Empty lines between
/// paragraphs are kept, one for each run.
pub fn prose(raw: &str, field: &str, indent: u16) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut start = 0;
    let mut empty = false;
    for text in raw.split('\n') {
        let range = trimmed(raw, start..start + text.len());
        start += text.len() + 1;
        if range.is_empty() {
            empty = !items.is_empty();
            continue;
        }
        if std::mem::take(&mut empty) {
            items.push(Item::blank());
        }
        let blanks = text.len() - text.trim_start().len();
        let words = raw.get(range.clone()).unwrap_or_default();
        items.push(prose_line(words, indent + depth_indent(blanks)).from(span(field.to_owned(), range)));
    }
    items
}

/// Columns for so many blanks before a line.
fn depth_indent(blanks: usize) -> u16 {
    u16::try_from(blanks.min(12)).unwrap_or_default()
}

fn prose_line(words: &str, indent: u16) -> Item {
    let shown = line(words);
    let (lead, rest) = match marker(&shown) {
        Some(end) => {
            (shown.get(..end).unwrap_or_default(), shown.get(end..).unwrap_or_default().trim_start())
        }
        None => ("", shown.as_str()),
    };
    let lead = if matches!(lead, "*" | "-") { "•" } else { lead };
    Item {
        indent,
        lead: Styled::new(lead, Tone::Dim),
        hang: hang(lead),
        text: Styled::new(rest, Tone::Plain),
        ..Item::default()
    }
}

/// Columns from a bullet or number to its text.
pub fn hang(lead: &str) -> u16 {
    if lead.is_empty() { 0 } else { u16::try_from(wrap::width(lead) + 1).unwrap_or(u16::MAX) }
}

/// Where a list's bullet or number at the start of a line ends: `*`, `-`, `•`, `3.`, `3)`, `(3)`, `a)`, `iv.`.
fn marker(line: &str) -> Option<usize> {
    let end = line.find(char::is_whitespace)?;
    let word = line.get(..end)?;
    let bare = word.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let bullet = matches!(word, "*" | "-" | "•" | "–" | "·" | "○" | "▪" | "➢" | "◦");
    let closed = word.ends_with(['.', ')']);
    let number = closed && bare.len() <= 3 && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    let letter = word.ends_with(')') && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_lowercase());
    (bullet || number || (letter && !bare.is_empty())).then_some(end)
}

/// The range without white space at its ends.
fn trimmed(raw: &str, range: Range<usize>) -> Range<usize> {
    let text = raw.get(range.clone()).unwrap_or_default();
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

/// A span, unless it is empty.
fn span(field: String, range: Range<usize>) -> Option<Span> {
    (!range.is_empty()).then(|| Span::new(field, range))
}
