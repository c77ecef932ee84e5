//! The facets of the list: a side list of values with how many of the listed trials have each; what is chosen narrows
//! the list by way of its filter.
//!
//! Counting runs elsewhere ([`Tally`]) and comes in steps: what a list knows first, then what is read out of the prose.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::layout::Rect;
use rayon::prelude::*;

use super::arrange::{Arrange, Stop};
use super::marks;
use super::model::Model;
use crate::library::{Entry, Library};
use crate::protocol::{Code, display};
use crate::search::facets::{self, Counted, Facet, NO_PHASE, Stated};
use crate::search::{listing, query, typed};

/// Values of a long facet that are shown before it is unfolded.
const A_FEW: usize = 8;
/// Columns of the side list.
const WIDTH: u16 = 40;
/// Trials whose prose is read between two looks at whether the job is still wanted.
const STRIDE: usize = 256;

/// The job of counting.
#[derive(Clone, Debug)]
pub struct Tally {
    /// To tell a late answer from the one that is waited for.
    pub generation: u64,
    /// What the list shows, and of what.
    pub arrange: Arrange,
}

/// What was counted so far.
#[derive(Clone, Debug, Default)]
pub struct Tallied {
    /// The job's generation.
    pub generation: u64,
    /// The values of each facet, in the order in which they are shown.
    pub facets: Vec<(Facet, Vec<Counted>)>,
    /// How many trials are still to be read for the kinds of endpoints.
    pub unread: usize,
    /// Nothing more comes.
    pub done: bool,
}

impl Tally {
    /// Counts, and tells it in steps; the last has `done`. Ends without when `stop` says so.
    pub fn run(&self, stop: Stop<'_>, tell: &mut dyn FnMut(Tallied)) {
        self.count(stop, tell);
    }

    fn count(&self, stop: Stop<'_>, tell: &mut dyn FnMut(Tallied)) -> Option<()> {
        let text = &self.arrange.filter;
        let query = query::parse(text, &typed::variable);
        let mut tallied = Tallied { generation: self.generation, ..Tallied::default() };
        // Most facets count the same trials: those of the whole query.
        let mut known: Vec<(String, Arc<Vec<u32>>)> = Vec::new();
        let mut rows_of = |facet: Facet| {
            let without = facets::without(text, &query, facet);
            if let Some((_, rows)) = known.iter().find(|(text, _)| *text == without) {
                return Some(Arc::clone(rows));
            }
            let arrange = Arrange { filter: without.clone(), ..self.arrange.clone() };
            let rows = Arc::new(arrange.run(stop)?);
            known.push((without, Arc::clone(&rows)));
            Some(rows)
        };
        for facet in Facet::ALL.into_iter().filter(|facet| *facet != Facet::Kind) {
            let rows = rows_of(facet)?;
            let mut tally = facets::Tally::default();
            for (at, row) in rows.iter().enumerate() {
                if at.is_multiple_of(STRIDE) && stop() {
                    return None;
                }
                self.stated(*row, &mut |stated| tally.add(facet, stated));
            }
            tallied.facets.push((facet, ordered(facet, tally.counted())));
        }
        tell(tallied.clone());
        let rows = rows_of(Facet::Kind)?;
        let mut tally = facets::Tally::default();
        for (at, part) in rows.chunks(STRIDE).enumerate() {
            if stop() {
                return None;
            }
            let kinds: Vec<Option<Vec<String>>> = part.par_iter().map(|row| self.kinds(*row)).collect();
            for kinds in kinds {
                match kinds {
                    Some(kinds) => tally.add_kinds(kinds.iter().map(String::as_str)),
                    None => tallied.unread += 1,
                }
            }
            // Reading the prose of files takes a while: what is counted shows meanwhile.
            if self.arrange.library.is_none() && at % 4 == 3 {
                let unread = rows.len().saturating_sub((at + 1) * STRIDE);
                let mut so_far = Tallied { unread, ..tallied.clone() };
                so_far.facets.push((Facet::Kind, tally.clone().counted()));
                tell(so_far);
            }
        }
        tallied.facets.push((Facet::Kind, tally.counted()));
        tell(Tallied { done: true, ..tallied });
        Some(())
    }

    fn stated(&self, row: u32, found: &mut dyn FnMut(&Stated<'_>)) {
        match &self.arrange.library {
            Some(library) => {
                if let Some(row) = library.rows().get(row) {
                    found(&Stated::of_row(&row));
                }
            }
            None => {
                if let Some(entry) = self.arrange.trials.get(row as usize) {
                    found(&Stated::of(&entry.trial));
                }
            }
        }
    }

    /// The kinds of a trial's endpoints; none while its prose has not been read.
    fn kinds(&self, row: u32) -> Option<Vec<String>> {
        match &self.arrange.library {
            Some(library) => kinds_of_row(library, row),
            None => self.arrange.trials.get(row as usize).map(|entry| kinds_of(entry)),
        }
    }
}

fn kinds_of_row(library: &Library, row: u32) -> Option<Vec<String>> {
    let listed = library.rows().get(row)?;
    if library.reviews().of(listed.id).is_some() {
        // What a second reader has corrected is not in the store.
        return library.entry(row).ok().flatten().map(|entry| kinds_of(&entry));
    }
    match library.facts().get(&listed) {
        Some(facts) => Some(facts.kinds),
        // A few are read now.
        None if listing::is_still_reading(library) => None,
        None => library.entry(row).ok().flatten().map(|entry| kinds_of(&entry)),
    }
}

fn kinds_of(entry: &Entry) -> Vec<String> {
    entry.readings().endpoints.iter().filter_map(|endpoint| endpoint.kind.clone()).collect()
}

/// Values in the order in which they are shown: statuses and phases in their own, others the commonest first.
fn ordered(facet: Facet, mut counted: Vec<Counted>) -> Vec<Counted> {
    match facet {
        Facet::Status => {
            counted.sort_by_key(|value| marks::status_rank(&Code::from(value.word.to_uppercase().as_str())));
        }
        Facet::Phase => {
            counted.sort_by_key(|value| value.word.parse::<u64>().unwrap_or(u64::MAX));
        }
        _ => {}
    }
    counted
}

/// A value as it is shown.
pub fn label(facet: Facet, word: &str) -> String {
    match (facet, word) {
        (Facet::Phase, "0") => "Early phase 1".to_owned(),
        (Facet::Phase, NO_PHASE) => "no phase".to_owned(),
        (Facet::Phase, number) => format!("Phase {number}"),
        (Facet::Country, name) => display::line(name).text().to_owned(),
        (Facet::Kind, kind) if kind.len() <= 4 => kind.to_uppercase(),
        (_, code) => Code::from(code.to_uppercase().as_str()).label(),
    }
}

/// A line of the side list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A facet's name.
    Heading(Facet),
    /// One of its values, by index.
    Value(Facet, usize),
    /// So many more of them.
    More(Facet, usize),
}

/// The side list's state.
#[derive(Clone, Debug, Default)]
pub struct FacetList {
    /// What was counted last.
    pub tallied: Tallied,
    /// The job that is waited for, or was the last.
    pub generation: u64,
    /// No answer to what the list shows has come yet.
    pub waiting: bool,
    /// The lines.
    pub lines: Vec<Line>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The first visible line.
    pub top: usize,
    unfolded: BTreeSet<Facet>,
}

impl FacetList {
    /// The values of a facet.
    pub fn values(&self, facet: Facet) -> &[Counted] {
        let of = self.tallied.facets.iter().find(|(of, _)| *of == facet);
        of.map_or(&[], |(_, values)| values)
    }

    /// The value of a line.
    pub fn value(&self, line: Line) -> Option<(Facet, &Counted)> {
        match line {
            Line::Value(facet, at) => Some((facet, self.values(facet).get(at)?)),
            _ => None,
        }
    }

    /// The line under the cursor.
    pub fn line(&self) -> Option<Line> {
        self.lines.get(self.cursor).copied()
    }

    /// Takes in what was counted; the cursor stays on its value.
    pub fn take(&mut self, tallied: Tallied) {
        if tallied.generation != self.generation {
            return;
        }
        let here = self.line().and_then(|line| self.value(line)).map(|(of, value)| (of, value.word.clone()));
        self.waiting = false;
        // Kinds that are not counted anew yet stay, as they were.
        let kinds = self.tallied.facets.iter().find(|(facet, _)| *facet == Facet::Kind).cloned();
        let has_kinds = tallied.facets.iter().any(|(facet, _)| *facet == Facet::Kind);
        self.tallied = tallied;
        if !has_kinds {
            self.tallied.facets.extend(kinds);
        }
        self.lay_out();
        if let Some((facet, word)) = here {
            let is_here =
                |line: &Line| self.value(*line).is_some_and(|(of, value)| of == facet && value.word == word);
            if let Some(line) = self.lines.iter().position(is_here) {
                self.cursor = line;
            }
        }
        self.step(0);
    }

    /// Shows all values of a facet, or a few again.
    pub fn fold(&mut self, facet: Facet) {
        if !self.unfolded.remove(&facet) {
            self.unfolded.insert(facet);
        }
        self.lay_out();
        self.step(0);
    }

    fn lay_out(&mut self) {
        let mut lines = Vec::new();
        for (facet, values) in &self.tallied.facets {
            if values.is_empty() {
                continue;
            }
            lines.push(Line::Heading(*facet));
            let all = self.unfolded.contains(facet) || values.len() <= A_FEW + 1;
            let shown =
                if all || matches!(facet, Facet::Status | Facet::Phase) { values.len() } else { A_FEW };
            lines.extend((0..shown).map(|at| Line::Value(*facet, at)));
            if shown < values.len() {
                lines.push(Line::More(*facet, values.len() - shown));
            }
        }
        self.lines = lines;
    }

    /// Moves the cursor over the lines that can be chosen.
    pub fn step(&mut self, steps: isize) {
        let last = self.lines.len().saturating_sub(1);
        let mut at = self.cursor.saturating_add_signed(steps).min(last);
        let is_heading = |at: usize| matches!(self.lines.get(at), Some(Line::Heading(_)));
        if is_heading(at) {
            at = if steps < 0 && at > 0 { at - 1 } else { at + 1 };
        }
        self.cursor = at.min(last);
    }

    /// Puts the window around the cursor.
    pub fn settle(&mut self, height: usize) {
        let height = height.max(1);
        if self.cursor <= self.top + 1 {
            // The heading above stays in sight.
            self.top = self.cursor.saturating_sub(1);
        }
        if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(self.lines.len().saturating_sub(height));
    }
}

/// Where the side list stands: beside the list where there is room, else over its right part.
pub fn area(model: &Model) -> Rect {
    let areas = &model.areas;
    let body = Rect::new(0, 1, model.size.0, areas.status.y.saturating_sub(1));
    if !areas.side.is_empty() {
        return areas.side;
    }
    let width = WIDTH.min(body.width);
    if areas.detail_head.is_empty() || areas.list.is_empty() {
        return Rect { x: body.width - width, width, ..body };
    }
    Rect { x: areas.detail_head.x, width: areas.detail_head.width, ..body }
}

/// Where its lines stand.
pub fn lines_area(model: &Model) -> Rect {
    let area = area(model);
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), width: area.width.min(WIDTH), ..area }
}
