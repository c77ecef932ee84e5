//! The detail side: which pane of which trial is shown, laid out, and where the person is in it.

use super::content::{Content, Position};
use super::find::Find;
use super::making::Making;
use super::pane::Pane;
use super::panes::eligibility::CriteriaFilter;
use super::panes::endpoints::Order;

/// What the shown content was made from; when it changes, the content is made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The trial, by index.
    pub trial: u32,
    /// The pane.
    pub pane: Pane,
    /// Columns for its text.
    pub width: u16,
    /// How many verdicts of second readers had been taken in.
    pub verdicts: u64,
    /// Filter of the sites.
    pub sites: SiteFilter,
    /// Filter of the criteria.
    pub criteria: CriteriaFilter,
    /// The endpoints' order.
    pub order: Order,
    /// The Schedule pane shows the prose with what was read of it.
    pub xray: bool,
}

/// Which sites are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFilter {
    /// Words that facility, city, state or country must match.
    pub text: String,
    /// Only those that recruit.
    pub recruiting_only: bool,
}

impl SiteFilter {
    /// Whether every site is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The detail side's state.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// The pane that is shown.
    pub pane: Pane,
    /// What the content was made from.
    pub shown: Option<Shown>,
    /// What is to be made of it elsewhere, until that is asked for.
    pub to_make: Option<Making>,
    /// The pane's items in lines.
    pub content: Content,
    /// Where the person is, in each pane of the trial.
    positions: [Position; Pane::ALL.len()],
    /// What is looked for in the pane.
    pub find: Find,
    /// Which sites are shown.
    pub sites: SiteFilter,
    /// Which criteria are shown.
    pub criteria: CriteriaFilter,
    /// The endpoints' order.
    pub order: Order,
    /// The Schedule pane shows the prose with what was read of it.
    pub xray: bool,
}

impl Detail {
    /// Where the person is in the shown pane.
    pub fn position(&self) -> Position {
        self.positions.get(self.pane.index()).copied().unwrap_or_default()
    }

    /// Changes where the person is in the shown pane.
    pub fn moved(&mut self, change: impl FnOnce(&mut Position, &Content)) {
        if let Some(position) = self.positions.get_mut(self.pane.index()) {
            change(position, &self.content);
        }
    }

    /// Another trial: every pane starts at its top.
    pub fn start_over(&mut self) {
        self.positions = Default::default();
    }
}
