//! The words behind a row: what was read of them, and the text they stand in, the words lit, what of its dosing was
//! not read marked.

use std::ops::Range;

use super::item::Item;
use super::layer::Layer;
use super::model::Model;
use super::readings;
use super::styled::{Styled, Tone};
use crate::protocol::{Span, display};

/// Where the row under the cursor was read from.
pub fn span(model: &Model) -> Option<Span> {
    if let Some(comparing) = model.comparing() {
        return comparing.span().filter(|span| is_text(model, span));
    }
    let over = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Dates(dates) => Some((&dates.content, dates.position.cursor)),
        Layer::Findings(screen) => Some((&screen.content, screen.position.cursor)),
        Layer::Patient(screen) => Some((&screen.content, screen.position.cursor)),
        Layer::Desk(screen) => Some((&screen.content, screen.position.cursor)),
        _ => None,
    });
    let detail = &model.detail;
    let (content, cursor) = over.unwrap_or((&detail.content, detail.position().cursor));
    let span = content.items.get(cursor)?.source.clone()?;
    is_text(model, &span).then_some(span)
}

fn is_text(model: &Model, span: &Span) -> bool {
    model.looked_at().is_some_and(|entry| entry.trial.text(&span.field).is_some())
}

/// The sheet: the field's name, then its text a line an item.
pub fn items(model: &Model) -> Vec<Item> {
    let Some((span, entry)) = span(model).zip(model.looked_at()) else { return of_cell(model) };
    let Some(text) = entry.trial.text(&span.field) else { return Vec::new() };
    let unread: Vec<Range<usize>> = entry
        .readings()
        .dosing
        .sentences
        .iter()
        .filter(|sentence| !sentence.read && sentence.span.field == span.field)
        .map(|sentence| sentence.span.range())
        .collect();
    let mut items = vec![Item::note(format!("{} · {}", entry.trial.id, span.field)), Item::blank()];
    let mut start = 0;
    for line in text.split('\n') {
        items.push(lit(line, start, &span.range(), &unread));
        let end = start + line.len();
        // What was read stands right below the words.
        if (start..=end).contains(&span.end) {
            items.extend(readings::items(entry, &span));
        }
        start = end + 1;
    }
    if !unread.is_empty() {
        items.push(Item::blank());
        items.push(Item::row(Styled::new("looks like dosing and was not, or not wholly, read", Tone::Warn)));
    }
    items
}

/// A cell of the comparison that stands for no prose: what it says, and where that is from.
fn of_cell(model: &Model) -> Vec<Item> {
    let Some((comparing, entry)) = model.comparing().zip(model.looked_at()) else { return Vec::new() };
    let Some((row, cell)) = comparing.row().zip(comparing.cell()) else { return Vec::new() };
    vec![
        Item::note(&entry.trial.id),
        Item::blank(),
        Item::labelled(&format!("{}  ", row.label), 22, cell.text.as_str()),
        Item::blank(),
        Item::note(
            "A field of the record, or counted from several of its rows: no single stretch of its prose says it. \
             Record (7) shows every field as it came.",
        ),
    ]
}

/// The item that the row's words begin on.
pub fn first_lit(items: &[Item]) -> Option<usize> {
    items.iter().position(|item| item.lead.text() == MARK)
}

/// The mark before the row's words.
const MARK: &str = "▌";

/// One line of the text: the row's words lit, unread dosing marked, the rest in passing.
fn lit(line: &str, start: usize, words: &Range<usize>, unread: &[Range<usize>]) -> Item {
    let inside = |range: &Range<usize>| {
        let from = range.start.clamp(start, start + line.len()) - start;
        let to = range.end.clamp(start, start + line.len()) - start;
        from..to
    };
    let lit = inside(words);
    let mut edges = vec![0, line.len(), lit.start, lit.end];
    let unread: Vec<Range<usize>> = unread.iter().map(inside).collect();
    edges.extend(unread.iter().flat_map(|range| [range.start, range.end]));
    edges.sort_unstable();
    edges.dedup();
    let mut text = Styled::default();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let Some(part) = line.get(*from..*to) else { continue };
        let within = |range: &Range<usize>| range.start <= *from && *to <= range.end;
        let tone = if within(&lit) {
            Tone::Strong
        } else if unread.iter().any(within) {
            Tone::Warn
        } else {
            Tone::Dim
        };
        text.push(display::line(part).text(), tone);
    }
    let lead = if lit.is_empty() { Styled::default() } else { Styled::new(MARK, Tone::Accent) };
    Item { lead, hang: 2, ..Item::row(text) }
}
