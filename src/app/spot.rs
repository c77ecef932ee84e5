//! A place a person can be at: a trial, a pane, a row of it. What the finder goes to, what back and forward return to.

use super::content::Position;
use super::model::{Focus, Model};
use super::pane::Pane;
use crate::protocol::Span;
use crate::search::finder::{Found, Kind};

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The tab.
    pub tab: u64,
    /// The trial, by index.
    pub trial: u32,
    /// Its id, for when the trials have changed.
    pub id: String,
    /// Which side.
    pub focus: Focus,
    /// The pane.
    pub pane: Pane,
    /// Where the row's words stand in the record.
    pub at: Option<Span>,
    /// Where the person is in the pane, for rows without words.
    pub position: Position,
}

impl Spot {
    /// Where the person is now; none when no trial is selected.
    pub fn of(model: &Model) -> Option<Self> {
        let trial = model.list.selected()?;
        let id = model.head(trial)?.id.clone();
        let detail = &model.detail;
        let position = detail.position();
        let at = detail.content.items.get(position.cursor).and_then(|item| item.source.clone());
        let tab = model.sets.id;
        Some(Self { tab, trial, id, focus: model.focus, pane: detail.pane, at, position })
    }

    /// Where a found row stands.
    pub fn of_found(model: &Model, found: &Found) -> Option<Self> {
        let id = model.head(found.trial)?.id.clone();
        let pane = match found.kind {
            Kind::Trial => Pane::Overview,
            Kind::Drug | Kind::Arm => Pane::Arms,
            Kind::Endpoint => Pane::Endpoints,
            Kind::Criterion => Pane::Eligibility,
            Kind::Site => Pane::Sites,
        };
        let (focus, position, at) = (Focus::Detail, Position::default(), found.at.clone());
        let tab = model.sets.id;
        Some(Self { tab, trial: found.trial, id, focus, pane, at, position })
    }

    /// Whether it is the same place but for the row: the list of a tab is one place.
    pub fn is_near(&self, other: &Self) -> bool {
        if self.tab != other.tab {
            return false;
        }
        match (self.focus, other.focus) {
            (Focus::List, Focus::List) => true,
            (Focus::Detail, Focus::Detail) => (self.trial, self.pane) == (other.trial, other.pane),
            _ => false,
        }
    }
}
