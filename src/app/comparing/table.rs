//! A section's rows as lines: the label, then a column a trial, each cell wrapped in its own column.

use std::collections::BTreeSet;

use super::Comparing;
use crate::app::item::{Item, ItemKind};
use crate::app::panes::endpoints::row_title;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::compare::schedule::{self, Lane};
use crate::compare::{Cell, Mark, Relation, Row, SectionName, State, related};
use crate::protocol::display;
use crate::search::fuzzy::Pattern;

/// Columns a trial takes at least.
const NARROWEST: u16 = 24;
/// Columns between two cells.
const GAP: u16 = 2;

/// How the width is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// For the labels.
    pub label: u16,
    /// For each trial.
    pub width: u16,
    /// How many trials are drawn.
    pub visible: usize,
}

impl Columns {
    /// The shares of so many columns for so many trials.
    pub fn of(width: u16, trials: usize) -> Self {
        let inner = width.saturating_sub(3);
        let label = (inner / 4).clamp(14, 26);
        let rest = inner.saturating_sub(label);
        let fit = usize::from(rest / (NARROWEST + GAP)).clamp(1, trials.max(1));
        let each = rest / u16::try_from(fit).unwrap_or(1);
        Self { label, width: each.saturating_sub(GAP).max(1), visible: fit }
    }

    /// Where the nth drawn trial begins.
    pub fn start(&self, nth: usize) -> u16 {
        let nth = u16::try_from(nth).unwrap_or(u16::MAX);
        self.label.saturating_add(GAP).saturating_add(nth.saturating_mul(self.width + GAP))
    }
}

/// The section's items, and which of its rows each is.
pub fn items(comparing: &Comparing, columns: &Columns) -> (Vec<Item>, Vec<Option<usize>>) {
    let mut items = Vec::new();
    if comparing.section_name() == SectionName::Schedule && comparing.filter.is_empty() {
        items.extend(overlay(comparing, columns));
    }
    if comparing.section == 0 && comparing.filter.is_empty() {
        items.extend(changes(comparing));
    }
    let mut rows: Vec<Option<usize>> = vec![None; items.len()];
    let pattern = Pattern::new(&comparing.filter);
    let mut group = "";
    for (index, row) in comparing.section_rows().iter().enumerate() {
        if comparing.differences_only && !row.differs || !matches(comparing, row, &pattern) {
            continue;
        }
        if row.group != group {
            group = row.group;
            if !items.is_empty() {
                items.push(Item::blank());
            }
            items.push(Item::heading(group));
        }
        rows.resize(items.len(), None);
        rows.push(Some(index));
        items.push(item(comparing, row, columns));
    }
    if !rows.iter().any(Option::is_some) {
        items.push(Item::note(nothing(comparing)));
    }
    rows.resize(items.len(), None);
    (items, rows)
}

/// Of versions of one record: what has changed, in words.
fn changes(comparing: &Comparing) -> Vec<Item> {
    let changes = &comparing.comparison.changes;
    if changes.is_empty() {
        return Vec::new();
    }
    let line = |change: &String| Item {
        kind: ItemKind::Note,
        lead: Styled::new("•", Tone::Accent),
        hang: 2,
        text: Styled::new(display::line(change).text(), Tone::Plain),
        ..Item::default()
    };
    let mut items = vec![Item::heading("What has changed")];
    items.extend(changes.iter().map(line));
    items.push(Item::blank());
    items
}

fn nothing(comparing: &Comparing) -> &'static str {
    if !comparing.filter.is_empty() {
        "No row has these words. Esc shows all of them again."
    } else if comparing.differences_only && !comparing.section_rows().is_empty() {
        "The records do not differ here, as far as they were read. d shows what they share."
    } else {
        "None of these records says anything here."
    }
}

fn matches(comparing: &Comparing, row: &Row, pattern: &Pattern) -> bool {
    let shown = shown_label(comparing, row);
    let mut fields: Vec<&str> = vec![&row.label, &shown];
    fields.extend(row.cells.iter().map(|cell| cell.text.as_str()));
    pattern.is_empty() || pattern.score(&fields).is_some()
}

/// One row: as many lines as its tallest cell.
fn item(comparing: &Comparing, row: &Row, columns: &Columns) -> Item {
    let sign = if row.differs { "≠ " } else { "  " };
    let label = Styled::new(display::line(&shown_label(comparing, row)).text(), Tone::Label);
    let mut cells = vec![label_lines(sign, &label, columns.label)];
    let base = comparing.baseline.unwrap_or(0);
    let against = row.cells.get(base);
    let drawn = row.cells.iter().enumerate().skip(comparing.first).take(columns.visible);
    cells.extend(drawn.map(|(column, cell)| {
        let against = against.filter(|_| column != base);
        lines(&told(cell, against, comparing.baseline.is_some()), columns.width)
    }));
    let height = cells.iter().map(Vec::len).max().unwrap_or(1);
    let mut text = Styled::default();
    for line in 0..height {
        if line > 0 {
            text.push("\n", Tone::Plain);
        }
        for (nth, cell) in cells.iter().enumerate() {
            let width = usize::from(if nth == 0 { columns.label } else { columns.width } + GAP);
            let part = cell.get(line).cloned().unwrap_or_default();
            let used = wrap::width(part.text());
            text = text.append(&part);
            if nth + 1 < cells.len() {
                text.push(" ".repeat(width.saturating_sub(used)), Tone::Plain);
            }
        }
    }
    Item { kind: ItemKind::Row, fixed: true, text, ..Item::default() }
}

/// A row's label; kinds of endpoints as the other screens call them.
fn shown_label(comparing: &Comparing, row: &Row) -> String {
    if comparing.section_name() == SectionName::Endpoints { row_title(&row.label) } else { row.label.clone() }
}

/// A label wrapped beside its sign.
fn label_lines(sign: &str, label: &Styled, width: u16) -> Vec<Styled> {
    let lines = lines(label, width.saturating_sub(2).max(1)).into_iter().enumerate();
    lines
        .map(|(nth, line)| Styled::new(if nth == 0 { sign } else { "  " }, Tone::Accent).append(&line))
        .collect()
}

/// A styled text wrapped into lines of a width.
fn lines(text: &Styled, width: u16) -> Vec<Styled> {
    let ranges = wrap::wrap(text.text(), usize::from(width));
    let line = |range: std::ops::Range<usize>| {
        let mut line = Styled::default();
        for (_, part, tone) in text.runs(range) {
            line.push(part, tone);
        }
        line
    };
    ranges.into_iter().map(line).collect()
}

/// What a cell says, with how it stands to the one it is told against.
fn told(cell: &Cell, against: Option<&Cell>, chosen: bool) -> Styled {
    let words = display::verbatim(&cell.text).into_text();
    match cell.state {
        State::NotStated => return Styled::new("not stated", Tone::Dim),
        State::NotRead => return Styled::new("not read: ", Tone::Warn).with(words.trim(), Tone::Plain),
        State::Stated => {}
    }
    let relation = against.and_then(|base| related(base, cell));
    let same = relation == Some(Relation::Same) || against.is_some_and(|base| base.text == cell.text);
    let mut told = Styled::default();
    if cell.mark == Some(Mark::Primary) {
        told.push("● ", Tone::Accent);
    }
    let plain = if same && chosen { Tone::Dim } else { Tone::Plain };
    match against.filter(|base| !same && base.state == State::Stated && is_long(&base.text)) {
        Some(base) => other_words(&words, &base.text, &mut told),
        None => told.push(words.trim(), plain),
    }
    if cell.mark == Some(Mark::Strictest) {
        told.push(" ◆", Tone::Accent);
    }
    let weighed = cell.statement.is_some();
    match relation.filter(|_| weighed) {
        Some(Relation::Stricter) => told.push(" ▲ stricter", Tone::Warn),
        Some(Relation::Looser) => told.push(" ▽ looser", Tone::Good),
        Some(Relation::Different) => told.push(" ≠ different", Tone::Accent),
        Some(Relation::Same) if chosen => told.push(" = same", Tone::Dim),
        Some(Relation::Same) | None => {}
    }
    told
}

/// Texts of so many letters are read word by word to see where they differ.
const LONG: usize = 40;

fn is_long(text: &str) -> bool {
    text.len() >= LONG
}

/// The words of a text, those that the other has not in bold.
fn other_words(text: &str, base: &str, told: &mut Styled) {
    let folded = |word: &str| -> String {
        word.chars()
            .filter(|c| c.is_alphanumeric() || "<>=≤≥".contains(*c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let known: BTreeSet<String> = base.split_whitespace().map(folded).collect();
    for (nth, line) in text.trim().split('\n').enumerate() {
        if nth > 0 {
            told.push("\n", Tone::Plain);
        }
        for (at, word) in line.split_whitespace().enumerate() {
            if at > 0 {
                told.push(" ", Tone::Plain);
            }
            let key = folded(word);
            let new = !key.is_empty() && !known.contains(&key);
            told.push(word, if new { Tone::Strong } else { Tone::Plain });
        }
    }
}

/// The trials' first weeks above one another.
fn overlay(comparing: &Comparing, columns: &Columns) -> Vec<Item> {
    let lanes = &comparing.comparison.overlay;
    if lanes.is_empty() {
        return Vec::new();
    }
    let all = usize::from(columns.start(columns.visible));
    let widest = lanes.iter().map(|lane| wrap::width(&lane.what)).max().unwrap_or_default();
    let name = widest.min(all * 2 / 5).max(12);
    // Where a bar has no room beside the names it stands below them.
    let beside = all.saturating_sub(name + 4);
    let (name, lead) = if beside < schedule::WEEKLY { (0, 2) } else { (name, name + 4) };
    let room = all.saturating_sub(lead);
    if room < schedule::WEEKLY {
        return Vec::new();
    }
    let fixed = |text: Styled| Item { kind: ItemKind::Note, fixed: true, text, ..Item::default() };
    let mut items = vec![Item::heading("Twelve weeks from day 1")];
    items.push(fixed(Styled::new(format!("{:lead$}{}", "", schedule::axis(room)), Tone::Dim)));
    let mut before = None;
    for lane in lanes {
        let here = (lane.column, lane.course.as_str());
        if before != Some(here) {
            let id = comparing.comparison.trials.get(lane.column).map(String::as_str).unwrap_or_default();
            let course = if lane.course.is_empty() { String::new() } else { format!("  {}", lane.course) };
            let head = Styled::new(display::line(id).text(), Tone::Strong);
            items.push(fixed(head.with(display::line(&course).text(), Tone::Dim)));
            before = Some(here);
        }
        items.extend(lane_items(lane, name, lead, room));
    }
    for (column, id) in comparing.comparison.trials.iter().enumerate() {
        if !lanes.iter().any(|lane| lane.column == column) {
            let id = Styled::new(display::line(id).text(), Tone::Strong);
            items.push(fixed(id.with("  no day of a dose is stated, or was read", Tone::Dim)));
        }
    }
    items.push(Item::note(if room > schedule::HORIZON as usize + 10 {
        "█ a day the words name · ━ daily · ▪ counted by the stated interval · ┄ not stated, or not read, how it goes on"
    } else {
        "days with a dose in each week · + at least · ┄ not stated, or not read, how it goes on"
    }));
    items.push(Item::blank());
    items
}

/// What is given, and its bar: beside it, or below where it is too long. A dose is never cut.
fn lane_items(lane: &Lane, name: usize, lead: usize, room: usize) -> Vec<Item> {
    let fixed = |text: Styled| Item { kind: ItemKind::Note, fixed: true, text, ..Item::default() };
    let what = display::line(&lane.what);
    let bar = |used: usize| {
        let blank = " ".repeat(lead.saturating_sub(used));
        Styled::new(blank, Tone::Plain).with(lane.bar(room), Tone::Accent)
    };
    let used = wrap::width(what.text());
    if used <= name {
        let text = Styled::new(format!("  {}", what.text()), Tone::Plain);
        return vec![fixed(text.append(&bar(used + 2)))];
    }
    let what = Item { kind: ItemKind::Note, ..Item::row(what.text()).indented(2) };
    vec![what, fixed(bar(0))]
}
