//! One patient, many trials, on the screen: the facts, what to ask next, and a row a trial that unfolds to its limits.
//!
//! Weighing is `matching`'s business and runs elsewhere ([`Weigh`]); the facts live here, in memory, and nowhere else.

mod rows;
mod weigh;

use std::collections::BTreeSet;

use super::content::{Content, Position};
use super::model::Model;
use crate::matching::facts::Facts;

pub use weigh::{Outcome, Standing, Trials, Weigh, Weighed};

/// The most trials that are weighed at once: reading their prose takes about a millisecond each.
pub const MOST: usize = 10_000;

/// What a row of the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowOf {
    /// The trial, by index.
    pub trial: u32,
    /// One of its limits, counted from 0 in the order shown; none for the trial itself.
    pub limit: Option<usize>,
}

/// A patient against trials, and where the person is.
#[derive(Clone, Debug)]
pub struct PatientScreen {
    /// What is known of the patient.
    pub facts: Facts,
    /// The trials, by index.
    pub trials: Vec<u32>,
    /// They are the ticked ones, and not all that the list shows.
    pub ticked: bool,
    /// The job that is waited for, or was the last.
    pub generation: u64,
    /// How many are weighed so far.
    pub done: usize,
    /// What came of it; none while it is being weighed.
    pub outcome: Option<Outcome>,
    /// Trials that show their limits.
    pub unfolded: BTreeSet<u32>,
    /// Words that a trial must have.
    pub filter: String,
    /// The screen's items in lines.
    pub content: Content,
    /// Where the person is.
    pub position: Position,
    /// What each item is.
    rows: Vec<Option<RowOf>>,
    /// The items are older than what they are made from.
    stale: bool,
}

impl PatientScreen {
    /// A patient and trials that are still to be weighed.
    pub fn new(facts: Facts, trials: Vec<u32>, ticked: bool) -> Self {
        Self {
            facts,
            trials,
            ticked,
            generation: 0,
            done: 0,
            outcome: None,
            unfolded: BTreeSet::new(),
            filter: String::new(),
            content: Content::default(),
            position: Position::default(),
            rows: Vec::new(),
            stale: true,
        }
    }

    /// What the row under the cursor is.
    pub fn row(&self) -> Option<RowOf> {
        self.rows.get(self.position.cursor).copied().flatten()
    }

    /// Something was changed that the items are made from.
    pub fn changed(&mut self) {
        self.stale = true;
    }

    /// What came of the job that was waited for.
    pub fn take(&mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
        self.stale = true;
    }

    /// Shows the limits of the trial under the cursor, or hides them.
    pub fn fold(&mut self, unfold: Option<bool>) {
        let Some(RowOf { trial, .. }) = self.row() else { return };
        let open = self.unfolded.contains(&trial);
        if unfold.unwrap_or(!open) {
            self.unfolded.insert(trial);
        } else {
            self.unfolded.remove(&trial);
        }
        self.stale = true;
    }

    /// Lays the screen out, the cursor on the same row as before, or on its trial's.
    pub fn settle(&mut self, model: &Model) {
        let (width, height) = (layer_width(model), usize::from(layer_height(model)));
        if self.stale || self.content.width() != width {
            let here = self.row();
            let (items, rows) = rows::items(self, model, width);
            self.content = model.lay_out(items, width);
            self.rows = rows;
            self.stale = false;
            let at = |wanted: RowOf| self.rows.iter().position(|row| *row == Some(wanted));
            let same = here.and_then(|here| at(here).or_else(|| at(RowOf { limit: None, ..here })));
            let first = self.rows.iter().position(Option::is_some);
            match (same, first) {
                (Some(row), _) => self.position.go_to(&self.content, height, row),
                (None, Some(row)) => {
                    self.position = Position::default();
                    self.position.go_to(&self.content, height, row);
                }
                (None, None) => self.position = Position::default(),
            }
        }
        self.position.settle(&self.content, height);
    }
}

/// Columns for the screen's text.
pub fn layer_width(model: &Model) -> u16 {
    model.size.0.saturating_sub(3)
}

/// Lines of it that are visible at once.
pub fn layer_height(model: &Model) -> u16 {
    model.areas.bottom().saturating_sub(2)
}
