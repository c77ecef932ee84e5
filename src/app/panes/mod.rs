//! The detail panes, one file each: a trial → items.

mod arms;
mod cycle_grid;
pub mod eligibility;
pub mod endpoints;
mod overview;
mod record;
mod schedule;
pub mod side;
mod sites;
mod time_axis;
mod words;
mod xray;

use jiff::civil::Date;

use super::detail::SiteFilter;
use super::item::Item;
use super::pane::Pane;
use crate::library::Entry;
use crate::protocol::Trial;
use eligibility::CriteriaFilter;

/// What a pane is made from.
#[derive(Clone, Copy, Debug)]
pub struct PaneView<'a> {
    /// The trial with its record and its readings.
    pub entry: &'a Entry,
    /// Columns for the text.
    pub width: u16,
    /// The date.
    pub today: Option<Date>,
    /// Which sites are shown.
    pub sites: &'a SiteFilter,
    /// Which criteria are shown.
    pub criteria: &'a CriteriaFilter,
    /// The endpoints' order.
    pub order: endpoints::Order,
    /// The Schedule pane shows the prose with what was read of it.
    pub xray: bool,
    /// The Record pane shows at most so many fields.
    pub most_fields: Option<usize>,
}

/// A pane's items.
pub fn items(pane: Pane, view: &PaneView<'_>) -> Vec<Item> {
    match pane {
        Pane::Overview => overview::items(view),
        Pane::Arms => arms::items(view),
        Pane::Endpoints => endpoints::items(view),
        Pane::Schedule if view.xray => xray::items(view),
        Pane::Schedule => schedule::items(view),
        Pane::Eligibility => eligibility::items(view),
        Pane::Sites => sites::items(view),
        Pane::Record => record::items(view),
    }
}

/// How many things a pane holds, for its title.
pub fn count(pane: Pane, trial: &Trial) -> Option<usize> {
    match pane {
        Pane::Arms => Some(trial.arms.len()),
        Pane::Endpoints => Some(trial.endpoints.len()),
        Pane::Sites => Some(trial.sites.len()),
        _ => None,
    }
}
