//! The comparison on the screen: which trials stand in which columns, which section is shown, where the person is.
//!
//! Aligning is `compare`'s business; here its rows become items of fixed lines, so that the panes' moving, finding
//! and drawing serve this screen too.

mod table;
pub mod take;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::content::{Content, Position};
use super::model::Model;
use super::styled::{Styled, Tone};
use super::wrap;
use crate::compare::{self, Cell, Comparison, Row, SECTIONS, SectionName, Side};
use crate::library::Entry;
use crate::protocol::Span;

pub use table::Columns;

/// The fewest trials that can be compared, and the most.
pub const FEWEST: usize = 2;
/// See [`FEWEST`].
pub const MOST: usize = 6;
/// Lines above the rows: the sections, the trials' ids, their titles.
pub const HEAD: u16 = 3;

/// A comparison and where the person is in it.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// The trials, one a column.
    pub trials: Vec<Arc<Entry>>,
    /// Their alignment, every section.
    pub comparison: Comparison,
    /// Which section is shown, counted from 0.
    pub section: usize,
    /// Rows in which all say the same are left out.
    pub differences_only: bool,
    /// The column that the others are told against; the first one where none was chosen.
    pub baseline: Option<usize>,
    /// The column under the cursor.
    pub column: usize,
    /// The first column that is drawn.
    pub first: usize,
    /// Words that a row must have.
    pub filter: String,
    /// The rows, laid out.
    pub content: Content,
    /// Which row of the section each item is; none for headings and drawings.
    pub rows: Vec<Option<usize>>,
    /// Where the person is.
    pub position: Position,
    /// What the content was made from.
    shown: Option<Shown>,
    /// The columns as they were, the last change last.
    before: Vec<Before>,
}

/// The columns before a change.
#[derive(Clone, Debug)]
struct Before {
    trials: Vec<Arc<Entry>>,
    baseline: Option<usize>,
    column: usize,
}

/// Changes of the columns that can be taken back at most.
const MOST_BACK: usize = 50;

/// What a content was made from.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    ids: Vec<String>,
    section: usize,
    differences_only: bool,
    baseline: Option<usize>,
    first: usize,
    filter: String,
    width: u16,
}

impl Comparing {
    /// Trials side by side, in this order.
    pub fn new(trials: Vec<Arc<Entry>>) -> Self {
        let comparison = aligned(&trials);
        Self {
            trials,
            comparison,
            section: 0,
            differences_only: false,
            baseline: None,
            column: 0,
            first: 0,
            filter: String::new(),
            content: Content::default(),
            rows: Vec::new(),
            position: Position::default(),
            shown: None,
            before: Vec::new(),
        }
    }

    /// The shown section.
    pub fn section_name(&self) -> SectionName {
        SECTIONS.get(self.section).copied().unwrap_or(SectionName::Design)
    }

    /// The shown section's rows.
    pub fn section_rows(&self) -> &[Row] {
        let name = self.section_name();
        let section = self.comparison.sections.iter().find(|section| section.name == name);
        section.map(|section| section.rows.as_slice()).unwrap_or_default()
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&Row> {
        let index = self.rows.get(self.position.cursor).copied().flatten()?;
        self.section_rows().get(index)
    }

    /// The cell under the cursor.
    pub fn cell(&self) -> Option<&Cell> {
        self.row()?.cells.get(self.column)
    }

    /// The trial under the cursor.
    pub fn entry(&self) -> Option<&Arc<Entry>> {
        self.trials.get(self.column)
    }

    /// The trials' ids, one a column.
    pub fn ids(&self) -> Vec<&str> {
        self.trials.iter().map(|entry| entry.trial.id.as_str()).collect()
    }

    /// Where the cell under the cursor was read.
    pub fn span(&self) -> Option<Span> {
        self.cell()?.span.clone()
    }

    /// Other trials, or the same in another order: aligned anew, the place kept.
    pub fn set_trials(&mut self, trials: Vec<Arc<Entry>>) {
        self.comparison = aligned(&trials);
        self.shown = None;
        self.column = self.column.min(trials.len().saturating_sub(1));
        self.baseline = self.baseline.filter(|column| *column < trials.len());
        self.trials = trials;
    }

    /// Keeps the columns as they are, to come back to after a change.
    pub fn remember(&mut self) {
        if self.before.len() == MOST_BACK {
            self.before.remove(0);
        }
        let trials = self.trials.clone();
        self.before.push(Before { trials, baseline: self.baseline, column: self.column });
    }

    /// The columns as they were before the last change; `false` when there was none.
    pub fn take_back(&mut self) -> bool {
        let Some(Before { trials, baseline, column }) = self.before.pop() else { return false };
        let same = trials.len() == self.trials.len()
            && trials.iter().zip(&self.trials).all(|(one, other)| Arc::ptr_eq(one, other));
        if !same {
            self.set_trials(trials);
        }
        (self.baseline, self.column) = (baseline, column);
        true
    }

    /// Lays the rows out when what they are made from has changed, and keeps cursor and columns inside.
    pub fn settle(&mut self, model: &Model) {
        let area = rows_area(model);
        let columns = Columns::of(area.width, self.trials.len());
        self.column = self.column.min(self.trials.len().saturating_sub(1));
        self.first = self.first.min(self.trials.len().saturating_sub(columns.visible));
        self.first = self.first.clamp((self.column + 1).saturating_sub(columns.visible), self.column);
        let wanted = Shown {
            ids: self.ids().into_iter().map(str::to_owned).collect(),
            section: self.section,
            differences_only: self.differences_only,
            baseline: self.baseline,
            first: self.first,
            filter: self.filter.clone(),
            width: area.width,
        };
        if self.shown.as_ref() != Some(&wanted) {
            let kept = self.rows.get(self.position.cursor).copied().flatten();
            let same_rows = self.shown.as_ref().is_some_and(|shown| shown.section == self.section);
            let (items, rows) = table::items(self, &columns);
            self.content = model.lay_out(items, area.width.saturating_sub(2));
            self.rows = rows;
            let place =
                kept.filter(|_| same_rows).and_then(|row| self.rows.iter().position(|r| *r == Some(row)));
            let height = usize::from(area.height);
            match place {
                Some(item) => self.position.go_to(&self.content, height, item),
                None => self.position = Position::default(),
            }
            self.shown = Some(wanted);
        }
        self.position.settle(&self.content, usize::from(area.height));
    }
}

/// The trials with their readings, aligned in every section.
fn aligned(trials: &[Arc<Entry>]) -> Comparison {
    let sides: Vec<Side<'_>> =
        trials.iter().map(|entry| Side { trial: &entry.trial, readings: entry.readings() }).collect();
    let mut comparison = compare::compare(&sides, &SECTIONS);
    if compare::are_versions(&comparison) {
        comparison.changes = compare::changes(&comparison);
    }
    comparison
}

/// The sections' names with their columns on the line above, short where there is no room for all beside the flags.
pub fn section_names(comparing: &Comparing, width: u16) -> Vec<(u16, String)> {
    let end = usize::from(width);
    let beside = wrap::width(flags(comparing).text()) + 2;
    let names = |others: fn(SectionName) -> &'static str| {
        let mut x = 1;
        let names = SECTIONS.iter().enumerate().map(|(nth, section)| {
            let name = if nth == comparing.section { section.title() } else { others(*section) };
            let (at, text) = (x, format!("{} {name}", nth + 1));
            x += u16::try_from(wrap::width(&text)).unwrap_or(u16::MAX) + 2;
            (at, text)
        });
        let names: Vec<(u16, String)> = names.collect();
        (names, usize::from(x))
    };
    let (whole, behind) = names(SectionName::title);
    if behind + beside <= end {
        return whole;
    }
    let (short, behind) = names(SectionName::short);
    if behind <= end + 1 {
        return short;
    }
    names(|section| section.short().get(..2).unwrap_or_default()).0
}

/// What is left out of the comparison, and what it is made from.
pub fn flags(comparing: &Comparing) -> Styled {
    let mut flags = Styled::default();
    let mut add = |text: String, tone: Tone| {
        if !flags.is_empty() {
            flags.push(" · ", Tone::Dim);
        }
        flags.push(text, tone);
    };
    if !comparing.filter.is_empty() {
        add(format!("/{}", comparing.filter), Tone::Accent);
    }
    if comparing.differences_only {
        add("differences only".to_owned(), Tone::Accent);
    }
    add("registry records".to_owned(), Tone::Dim);
    flags
}

/// The part of the screen for the rows.
pub fn rows_area(model: &Model) -> Rect {
    let top = 1 + HEAD;
    let bottom = model.areas.bottom();
    Rect::new(0, top.min(bottom), model.size.0, bottom.saturating_sub(top))
}
