//! The list of trials: what it shows, where the person is in it, what is ticked.

use std::collections::BTreeSet;

use super::arrange::Sort;

/// The list's state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// The trials it shows, by index, in order.
    pub order: Vec<u32>,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
    /// Ticked trials, by index.
    pub ticked: BTreeSet<u32>,
    /// What was typed into the filter.
    pub filter: String,
    /// The order of the rows.
    pub sort: Sort,
    /// The rows tell how much of their prose was read.
    pub coverage: bool,
    /// A worker is reading the prose of visible rows.
    pub reading: bool,
    /// Columns the widest phase takes.
    pub phase_width: usize,
    /// Columns the widest id takes.
    pub id_width: usize,
    /// The arrangement that is waited for, or the last one.
    pub generation: u64,
    /// A worker has a job of this list.
    pub waiting: bool,
    /// The rows that it begins with have come already.
    pub begun: bool,
    /// Trials have come that the waited-for arrangement does not know.
    pub stale: bool,
}

impl List {
    /// The trial under the cursor, by index.
    pub fn selected(&self) -> Option<u32> {
        self.order.get(self.cursor).copied()
    }

    /// Puts the cursor on a trial, if it is shown.
    pub fn select(&mut self, trial: u32) -> bool {
        match self.order.iter().position(|shown| *shown == trial) {
            Some(row) => {
                self.cursor = row;
                true
            }
            None => false,
        }
    }

    /// Moves the cursor by rows; at the ends it stays.
    pub fn step(&mut self, rows: isize) {
        self.cursor = self.cursor.saturating_add_signed(rows);
        self.clamp();
    }

    /// Puts the cursor on the first or last row.
    pub fn jump(&mut self, last: bool) {
        self.cursor = if last { self.order.len().saturating_sub(1) } else { 0 };
    }

    /// Ticks the trial under the cursor, or takes its tick away, and steps on.
    pub fn tick(&mut self) {
        if let Some(trial) = self.selected() {
            if !self.ticked.remove(&trial) {
                self.ticked.insert(trial);
            }
            self.step(1);
        }
    }

    /// Puts cursor and window inside the rows.
    pub fn settle(&mut self, height: usize) {
        self.clamp();
        let height = height.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        self.top = self.top.min(self.order.len().saturating_sub(height));
    }

    fn clamp(&mut self) {
        self.cursor = self.cursor.min(self.order.len().saturating_sub(1));
    }
}
