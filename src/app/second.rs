//! The second reader on the screen: which rows the cursor stands on, what they say in words, and what was said of them.

use super::item::{Item, ItemKind};
use super::pane::Pane;
use super::panes::endpoints::{kind_words, time_words};
use super::readings::as_stated;
use super::styled::{Styled, Tone};
use crate::library::Entry;
use crate::protocol::{Review, RowKind, Span, Verdict, display, phrase};
use crate::reading::second::{Judged, Row, kind_of_field};

/// Letters of a row's words that are told at most.
const MOST_TOLD: usize = 120;

/// A row of readings in words.
pub fn words(row: &Row) -> String {
    let told = match row {
        Row::Dosing(row) => {
            let parts = [row.drug.clone(), phrase::dose_and_route(row), phrase::timing(row)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Row::Assessment(row) => format!("{} {}", row.name, or_not_read(time_words(&row.timing))),
        Row::Kind(_, row) => {
            row.kind.as_deref().map(kind_words).unwrap_or_else(|| "kind not read".to_owned())
        }
        Row::TimeFrame(_, row) => or_not_read(time_words(row)),
        Row::Limit(limit) => as_stated(limit),
    };
    short(&told)
}

fn or_not_read(times: String) -> String {
    if times.is_empty() { "time not read".to_owned() } else { times }
}

fn short(text: &str) -> String {
    let line = display::line(text);
    match line.text().char_indices().nth(MOST_TOLD) {
        // At a blank: half a number is another number.
        Some((at, _)) => {
            let start = line.text().get(..at).unwrap_or_default();
            format!("{} …", start.rsplit_once(' ').map_or(start, |(words, _)| words))
        }
        None => line.text().to_owned(),
    }
}

/// Whether something was read of a row that always stands there.
pub fn is_read(row: &Row) -> bool {
    match row {
        Row::Kind(_, row) => row.kind.is_some(),
        Row::TimeFrame(_, row) => !time_words(row).is_empty(),
        _ => true,
    }
}

/// The panes whose rows a second reader judges.
pub fn is_of(pane: Pane) -> bool {
    matches!(pane, Pane::Schedule | Pane::Endpoints | Pane::Eligibility)
}

/// The rows that a place of the record stands for.
pub fn at<'j>(judged: &'j [Judged], place: &Span) -> Vec<&'j Judged> {
    let on_its_own = kind_of_field(&place.field);
    let here = judged.iter().filter(|judged| judged.span.field == place.field);
    here.filter(|judged| match (judged.row.kind(), on_its_own) {
        (kind, Some(own)) if kind == own => true,
        (RowKind::Limit, _) => place.range().contains(&judged.span.start),
        (RowKind::Dosing | RowKind::Assessment, _) => judged.span == *place,
        _ => false,
    })
    .collect()
}

/// Says below each row what was said of it, and where rows were rejected, that they were.
pub fn mark(entry: &Entry, pane: Pane, items: Vec<Item>) -> Vec<Item> {
    if !entry.is_judged() || !is_of(pane) {
        return items;
    }
    let judged = entry.judged();
    let spoken_of = |judged: &&Judged| judged.review.is_some() || judged.earlier.is_some();
    let said: Vec<Judged> = judged.iter().filter(spoken_of).cloned().collect();
    let mut marked = Vec::with_capacity(items.len() + said.len());
    let mut told = vec![false; said.len()];
    for (index, item) in items.iter().enumerate() {
        marked.push(item.clone());
        let Some(place) = item.source.as_ref().filter(|_| item.is_row()) else { continue };
        for here in at(&said, place) {
            let Some(nth) = said.iter().position(|judged| judged == here) else { continue };
            // A limit is told where its words stand, not again where facts are gathered above them.
            let holds =
                |item: &Item| item.source.as_ref().is_some_and(|place| at(&said, place).contains(&here));
            let again = here.row.kind() == RowKind::Limit
                && items.iter().skip(index + 1).filter(|item| item.is_row()).any(holds);
            if !again {
                told[nth] = true;
                marked.push(note(here, item));
            }
        }
    }
    marked.extend(untold(entry, pane, &said, &told));
    marked
}

/// What stands no more among the rows: treatments and examinations that were rejected.
fn untold(entry: &Entry, pane: Pane, said: &[Judged], told: &[bool]) -> Vec<Item> {
    let mut items = Vec::new();
    let of_schedule = |judged: &Judged| matches!(judged.row.kind(), RowKind::Dosing | RowKind::Assessment);
    for (judged, _) in said.iter().zip(told).filter(|(judged, told)| !**told && of_schedule(judged)) {
        let text = entry.trial.text(&judged.span.field).and_then(|text| judged.span.of(text));
        let Some(text) = text.filter(|_| pane == Pane::Schedule) else { continue };
        if items.is_empty() {
            items.push(Item::blank());
            items.push(Item::heading("Rejected by a second reader"));
        }
        let row =
            Item { lead: Styled::new("×", Tone::Warn), hang: 2, ..Item::row(display::line(text).text()) };
        let row = row.from(Some(judged.span.clone()));
        items.push(row.clone());
        items.push(note(judged, &row));
    }
    items
}

/// What was said of a row, below it.
fn note(judged: &Judged, below: &Item) -> Item {
    let text = match (&judged.review, &judged.earlier) {
        (Some(review), _) => verdict(judged, review),
        (None, Some(earlier)) => {
            let said = earlier.verdict.word();
            Styled::new(format!("? {}", words(&judged.row)), Tone::Warn)
                .with(format!(" · {} {said} what stood here before: look again", by(earlier)), Tone::Dim)
        }
        (None, None) => Styled::default(),
    };
    let indent = below.indent + below.hang.min(12);
    Item { kind: ItemKind::Note, indent, text, ..Item::default() }
}

fn verdict(judged: &Judged, review: &Review) -> Styled {
    let was = words(&judged.row);
    match &review.verdict {
        Verdict::Accepted => {
            Styled::new("✓ accepted", Tone::Good).with(format!(" {} · {was}", by(review)), Tone::Dim)
        }
        Verdict::Rejected => Styled::new("× rejected", Tone::Bad)
            .with(format!(" {} · was read as {was}", by(review)), Tone::Dim),
        Verdict::Corrected(said) => Styled::new("≠ corrected", Tone::Warn)
            .with(format!(" {} · {}", by(review), short(said)), Tone::Plain)
            .with(format!(" · was read as {was}"), Tone::Dim),
    }
}

/// Who and on which day.
fn by(review: &Review) -> String {
    let day = review.at.get(..10).unwrap_or(&review.at);
    format!("by {} {}", display::line(&review.by).text(), display::line(day).text())
}
