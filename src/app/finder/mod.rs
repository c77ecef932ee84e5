//! The finder: one box over everything that is open. What was typed, what was found of it, where the person is.
//!
//! Looking is `search`'s business and runs elsewhere ([`crate::search::seek::Seek`]).

pub mod covered;
pub mod preview;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::content::Content;
use super::find::Find;
use super::input::Input;
use super::model::Model;
use crate::search::Meaning;
use crate::search::finder::{Found, Kind};
use crate::search::query::{self, Problem};
use crate::search::seek::Sought;
use crate::search::typed;

/// Rows of a kind when every kind is shown.
const A_FEW: usize = 6;
/// From this width on the preview stands beside the rows.
const BESIDE: u16 = 100;
/// From this height on it stands below them.
const BELOW: u16 = 16;
/// Lines of a preview below the rows.
const PREVIEW_LINES: u16 = 7;

/// What becomes of the row that is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// The person goes there.
    #[default]
    Go,
    /// It is a trial, and becomes a column of the comparison.
    Add,
}

/// A line of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a kind.
    Heading(Kind),
    /// A found row, by index.
    Row(usize),
    /// So many more of a kind.
    More(Kind, usize),
}

/// The finder's state.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// What it is for.
    pub aim: Aim,
    /// Trials that are not offered, by index.
    pub left_out: Vec<u32>,
    /// What is typed.
    pub input: Input,
    /// The kind that is shown alone.
    pub kind: Option<Kind>,
    /// What was found for what is typed, or while that is looked for, for what was typed before.
    pub sought: Sought,
    /// The results, line by line.
    pub lines: Vec<Line>,
    /// The line under the cursor.
    pub cursor: usize,
    /// The first visible line.
    pub top: usize,
    /// The row under the cursor stays where it is on the screen, though lines may be left free below the last: rows come
    /// while the person looks.
    held: bool,
    /// The job that is waited for, or was the last.
    pub generation: u64,
    /// No answer to what is typed has come yet.
    pub waiting: bool,
    /// Enter was pressed before the answer came: whether to stay.
    pub hasty: Option<bool>,
    /// Rows of what was found that are not offered.
    pub fewer: usize,
    /// What is wrong with the query.
    pub problems: Vec<Problem>,
    /// What is shown of the row under the cursor.
    pub preview: Content,
    /// The matches in the preview.
    pub lit: Find,
    /// The first visible line of the preview.
    pub preview_top: usize,
    /// What the preview was made from: row, width, height, whether the record was there.
    made: Option<(Found, u16, u16, bool)>,
}

impl Finder {
    /// One in which nothing is typed yet.
    pub fn new(aim: Aim, left_out: Vec<u32>) -> Self {
        Self { aim, left_out, ..Self::default() }
    }

    /// The row under the cursor.
    pub fn found(&self) -> Option<&Found> {
        match self.lines.get(self.cursor)? {
            Line::Row(at) => self.sought.rows.get(*at),
            _ => None,
        }
    }

    /// How many there are of a kind, or of all; with a sign where there are more in trials that were not looked into.
    pub fn count(&self, kind: Option<Kind>) -> String {
        let (covered, counts) = (&self.sought.covered, &self.sought.counts);
        let of = |kind: Kind| counts.get(kind.index()).copied().unwrap_or_default();
        let (count, more) = match kind {
            Some(Kind::Trial) => (of(Kind::Trial), covered.uncounted),
            Some(kind) => (of(kind), covered.best < covered.matching && covered.asked),
            None => {
                (counts.iter().sum(), covered.uncounted || covered.best < covered.matching && covered.asked)
            }
        };
        format!("{count}{}", if more { "+" } else { "" })
    }

    /// What the typed words were taken for.
    pub fn meanings(&self) -> &Arc<Vec<Meaning>> {
        &self.sought.meanings
    }

    /// Something else is typed: the answer to it is waited for.
    pub fn changed(&mut self, generation: u64) {
        self.generation = generation;
        self.waiting = true;
        self.hasty = None;
        self.problems = query::parse(&self.input.text(), &typed::variable).problems;
    }

    /// Takes in what was found. Rows that come later never move the one under the cursor: it stays, and stays where it is
    /// on the screen.
    pub fn take(&mut self, mut sought: Sought) {
        if sought.generation != self.generation {
            return;
        }
        self.leave_out(&mut sought);
        let here = if self.waiting { None } else { self.found().cloned() };
        let offset = self.cursor.saturating_sub(self.top);
        let untouched = Some(self.cursor) == self.first_row();
        self.waiting = false;
        self.sought = sought;
        self.sought.rows.extend(here.as_ref().filter(|here| !self.has(here)).cloned());
        self.lay_out(here.as_ref());
        match here.and_then(|here| self.line_of(&here)) {
            // Who is at the first row has not begun to look around, and sees the headings above it too.
            Some(line) if untouched && Some(line) == self.first_row() => self.first(),
            Some(line) => {
                self.cursor = line;
                self.top = line.saturating_sub(offset);
                self.held = true;
            }
            None => self.first(),
        }
    }

    /// Takes away what is not offered, and counts it.
    fn leave_out(&mut self, sought: &mut Sought) {
        let before = sought.rows.len();
        sought.rows.retain(|row| !self.left_out.contains(&row.trial));
        self.fewer = before - sought.rows.len();
        if let Some(trials) = sought.counts.get_mut(Kind::Trial.index()) {
            *trials = trials.saturating_sub(self.fewer);
        }
    }

    fn has(&self, found: &Found) -> bool {
        self.sought.rows.iter().any(|row| row.is(found))
    }

    /// Shows the rows of the next kind alone, or of all again.
    pub fn step_kind(&mut self, steps: isize) {
        if self.aim == Aim::Add {
            return;
        }
        let count = Kind::ALL.len() + 1;
        let now = self.kind.map_or(0, |kind| kind.index() + 1);
        let next = (now + count).saturating_add_signed(steps) % count;
        let here = self.found().cloned();
        self.kind = next.checked_sub(1).and_then(|at| Kind::ALL.get(at)).copied();
        self.held = false;
        self.lay_out(None);
        match here.and_then(|here| self.line_of(&here)) {
            Some(line) => {
                self.cursor = line;
                self.top = 0;
            }
            None => self.first(),
        }
    }

    /// Moves over the rows.
    pub fn step(&mut self, steps: isize) {
        self.held = false;
        let is_row = |line: &usize| matches!(self.lines.get(*line), Some(Line::Row(_)));
        for _ in 0..steps.unsigned_abs() {
            let next = if steps > 0 {
                (self.cursor + 1..self.lines.len()).find(is_row)
            } else {
                (0..self.cursor).rev().find(is_row)
            };
            let Some(next) = next else { break };
            self.cursor = next;
        }
        // The heading above the first row comes along.
        if self.cursor <= 1 {
            self.top = 0;
        }
    }

    fn first(&mut self) {
        (self.top, self.held) = (0, false);
        self.cursor = self.first_row().unwrap_or_default();
    }

    fn first_row(&self) -> Option<usize> {
        self.lines.iter().position(|line| matches!(line, Line::Row(_)))
    }

    fn line_of(&self, found: &Found) -> Option<usize> {
        self.lines.iter().position(|line| match line {
            Line::Row(at) => self.sought.rows.get(*at).is_some_and(|row| row.is(found)),
            _ => false,
        })
    }

    /// The lines. A row that is `kept` is among them, though better ones have come.
    fn lay_out(&mut self, kept: Option<&Found>) {
        let mut lines = Vec::new();
        let kinds = self.sought.counts.iter().filter(|count| **count > 0).count();
        let few = self.kind.is_none() && kinds > 1;
        for kind in Kind::ALL.into_iter().filter(|kind| self.kind.is_none_or(|only| only == *kind)) {
            let count = self.sought.counts.get(kind.index()).copied().unwrap_or_default();
            let rows = self.sought.rows.iter().enumerate().filter(|(_, row)| row.kind == kind);
            let most = if few { A_FEW } else { usize::MAX };
            let is_shown = |nth: usize, row: &Found| nth < most || kept.is_some_and(|kept| row.is(kept));
            let shown: Vec<Line> = rows
                .enumerate()
                .filter(|(nth, (_, row))| is_shown(*nth, row))
                .map(|(_, (at, _))| Line::Row(at))
                .collect();
            if shown.is_empty() {
                continue;
            }
            let more = count.saturating_sub(shown.len());
            lines.push(Line::Heading(kind));
            lines.extend(shown);
            if more > 0 {
                lines.push(Line::More(kind, more));
            }
        }
        self.lines = lines;
    }

    /// Brings window and preview in line with the rest.
    pub fn settle(&mut self, model: &Model) {
        let areas = Parts::of(model);
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
        let height = usize::from(areas.rows.height.max(1));
        self.top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
        if !self.held {
            self.top = self.top.min(self.lines.len().saturating_sub(height));
        }
        self.settle_preview(model, areas.preview);
    }

    fn settle_preview(&mut self, model: &Model, area: Rect) {
        let Some(found) = self.found().cloned().filter(|_| !area.is_empty()) else {
            self.made = None;
            (self.preview, self.lit) = (Content::default(), Find::default());
            return;
        };
        let width = area.width.saturating_sub(3);
        let there = model.entry(found.trial).is_some();
        let made = (found, width, area.height, there);
        if self.made.as_ref() == Some(&made) {
            return;
        }
        let (items, here) = preview::items(model, &made.0);
        self.preview = model.lay_out(items, width);
        self.lit = preview::lit(&self.preview, self.meanings());
        let (line, height) = (self.preview.lines_of(here).start, usize::from(area.height));
        let most = self.preview.lines.len().saturating_sub(height);
        self.preview_top =
            if line + height / 3 < height { 0 } else { line.saturating_sub(height / 3).min(most) };
        self.made = Some(made);
    }
}

/// The parts of the screen that the finder has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// Title and kinds.
    pub head: Rect,
    /// What is typed.
    pub input: Rect,
    /// What is wrong with it, or how far looking is.
    pub told: Rect,
    /// The results.
    pub rows: Rect,
    /// What is shown of the row under the cursor.
    pub preview: Rect,
}

impl Parts {
    /// For a screen as it is.
    pub fn of(model: &Model) -> Self {
        let (width, bottom) = (model.size.0, model.areas.bottom());
        let body = Rect::new(0, 4, width, bottom.saturating_sub(4));
        let line = |y| Rect::new(0, y, width, 1);
        let mut parts =
            Self { head: line(1), input: line(2), told: line(3), rows: body, preview: Rect::default() };
        if width >= BESIDE {
            let rows = width * 11 / 20;
            parts.rows.width = rows;
            parts.preview = Rect { x: rows + 1, width: width - rows - 1, ..body };
        } else if body.height >= BELOW {
            parts.rows.height = body.height - PREVIEW_LINES - 1;
            parts.preview = Rect { y: body.y + parts.rows.height + 1, height: PREVIEW_LINES, ..body };
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Trial;

    fn sought(generation: u64, trials: &[u32]) -> Sought {
        let trial = Trial { title: "A trial".to_owned(), ..Trial::default() };
        let rows: Vec<Found> = trials.iter().map(|at| Found::trial(*at, &trial)).collect();
        let mut counts = [0; Kind::ALL.len()];
        counts[0] = rows.len();
        Sought { generation, rows, counts, ..Sought::default() }
    }

    #[test]
    fn a_late_answer_to_something_else_is_not_taken() {
        let mut finder = Finder::default();
        finder.changed(2);
        finder.take(sought(1, &[5]));
        assert!(finder.lines.is_empty() && finder.waiting);
        finder.take(sought(2, &[6]));
        assert_eq!(finder.found().map(|found| found.trial), Some(6));
    }

    #[test]
    fn rows_that_come_later_leave_the_cursor_on_its_row_and_its_line() {
        let mut finder = Finder::default();
        finder.changed(1);
        finder.take(sought(1, &[5, 6, 7]));
        finder.step(1);
        let line = finder.cursor - finder.top;
        finder.take(sought(1, &[1, 2, 5, 6, 7]));
        assert_eq!(finder.found().map(|found| found.trial), Some(6));
        assert_eq!(finder.cursor - finder.top, line);
    }
}
