//! Where the person was when the program ended, to be there again the next time: tabs with their queries, orders, ticks and
//! places. What is kept and what becomes of it is said here; the file is the runtime's.
//!
//! Trials are kept by their ids. What is not among the trials any more is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::arrange::{Column, Sort};
use super::list::List;
use super::model::{Focus, Model};
use super::pane::Pane;
use super::sets::{self, Aside};
use super::spot::Spot;
use super::update;
use crate::protocol::Span;

/// Ticks of a tab that are kept.
const MOST_TICKS: usize = 500;

/// Where the person was.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct Session {
    /// The tabs, in order; at least one.
    pub tabs: Vec<Tab>,
    /// Which of them was shown.
    pub at: usize,
    /// The focused side had the whole screen.
    pub zoom: bool,
    /// Columns the list was wider than by itself.
    pub split: i16,
    /// Columns the context was wider than by itself.
    pub side_split: i16,
}

/// A tab.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct Tab {
    /// Its query.
    pub filter: String,
    /// The column it was sorted by, by its name; empty as loaded.
    pub sort: String,
    /// The order was turned round.
    pub reversed: bool,
    /// The rows told how much of their prose was read.
    pub coverage: bool,
    /// Ids of the ticked trials.
    pub ticked: Vec<String>,
    /// The id of the trial under the cursor; none for the first row of the list.
    pub trial: Option<String>,
    /// The detail had the keys.
    pub in_detail: bool,
    /// The pane, by its number from 0.
    pub pane: usize,
    /// The field of the record that the row stood for.
    pub field: Option<String>,
    /// The row's first byte in it.
    pub at: usize,
    /// The row, for those without words.
    pub row: usize,
    /// The first visible line.
    pub top: usize,
}

impl Session {
    /// Where the person is; none while what was kept is not there again.
    pub fn of(model: &Model) -> Option<Self> {
        if model.returning.is_some() {
            return None;
        }
        let mut tabs: Vec<Tab> = model.sets.aside.iter().map(|tab| Tab::of(model, tab)).collect();
        tabs.insert(model.sets.at.min(tabs.len()), Tab::of(model, &update::shown_tab(model)));
        let (split, side_split) = (model.split, model.side_split);
        Some(Self { tabs, at: model.sets.at, zoom: model.zoom, split, side_split })
    }

    /// Whether it is where everybody begins.
    pub fn is_start(&self) -> bool {
        let place = |tab: &Tab| Tab { row: 0, top: 0, field: None, at: 0, ..tab.clone() };
        self.tabs.iter().map(place).eq([Tab::default()])
            && !self.zoom
            && (self.split, self.side_split) == (0, 0)
    }

    /// Every id that it speaks of.
    pub fn ids(&self) -> BTreeSet<&str> {
        let ids = self.tabs.iter().flat_map(|tab| tab.ticked.iter().chain(&tab.trial));
        ids.map(String::as_str).collect()
    }

    /// The same within the bounds that hold here: a file may say anything.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.tabs.truncate(sets::MOST);
        if self.tabs.is_empty() {
            self.tabs.push(Tab::default());
        }
        self.at = self.at.min(self.tabs.len() - 1);
        self.tabs.iter_mut().for_each(|tab| tab.ticked.truncate(MOST_TICKS));
        self
    }
}

impl Tab {
    fn of(model: &Model, tab: &Aside) -> Self {
        let list = &tab.list;
        let id = |trial: &u32| model.head(*trial).map(|head| head.id.clone());
        // Who stands at the start stands there whatever comes first the next time.
        let begun = list.cursor > 0 || list.order.is_empty() || tab.focus == Focus::Detail;
        let spot = tab.spot.as_ref().filter(|_| begun);
        let position = spot.map(|spot| spot.position).unwrap_or_default();
        let place = spot.and_then(|spot| spot.at.as_ref());
        Self {
            filter: list.filter.clone(),
            sort: list.sort.column.short().to_owned(),
            reversed: list.sort.reversed,
            coverage: list.coverage,
            ticked: list.ticked.iter().filter_map(id).take(MOST_TICKS).collect(),
            trial: spot.map(|spot| spot.id.clone()),
            in_detail: tab.focus == Focus::Detail,
            pane: tab.pane.index(),
            field: place.map(|at| at.field.to_string()),
            at: place.map_or(0, |at| at.start),
            row: position.cursor,
            top: position.top,
        }
    }

    /// Its list, before any trial is in it.
    pub(super) fn list(&self) -> List {
        let column = Column::ALL.iter().map(|row| row.0).find(|column| column.short() == self.sort);
        let sort = Sort { column: column.unwrap_or_default(), reversed: self.reversed };
        List { filter: self.filter.clone(), sort, coverage: self.coverage, ..List::default() }
    }

    /// Its pane.
    pub(super) fn pane(&self) -> Pane {
        Pane::ALL.get(self.pane).copied().unwrap_or_default()
    }

    /// Where the person was, now that the trial's index is known.
    pub(super) fn spot(&self, tab: u64, trial: u32) -> Option<Spot> {
        let id = self.trial.clone()?;
        let focus = if self.in_detail { Focus::Detail } else { Focus::List };
        let at = self.field.as_ref().map(|field| Span::new(field.clone(), self.at..self.at));
        let position = super::content::Position { cursor: self.row, top: self.top };
        Some(Spot { tab, trial, id, focus, pane: self.pane(), at, position })
    }
}

/// A session on its way back.
#[derive(Clone, Debug, Default)]
pub struct Returning {
    /// What was kept; what has been found of it is taken out.
    pub session: Session,
    /// The trials that it speaks of, by id, as far as they have come.
    pub rows: BTreeMap<String, u32>,
    /// Queries and orders are as they were.
    pub begun: bool,
    /// The person has gone on meanwhile: the place is theirs.
    pub moved: bool,
}

impl Returning {
    /// A session of which nothing is there yet.
    pub fn new(session: Session) -> Self {
        Self { session: session.bounded(), ..Self::default() }
    }
}
