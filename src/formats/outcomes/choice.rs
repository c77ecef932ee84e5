//! Choosing how to cut an outcome: the likeliest place of the time frame, then of the description.

use super::item::Item;
use super::peers::{Peers, REACH, first_start};
use super::table::{TABLE, Table};
use super::{description, time_frame};
use crate::formats::weighing::Signs;

/// A cut is taken only when it is likelier than this: than all others together.
const LIKELY: f32 = 0.5;
/// How many places of the time frame are followed further.
const FOLLOWED: usize = 3;
/// How much the second question counts in choosing between them.
const SECOND: f32 = 0.5;

/// An outcome's parts, verbatim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts<'t> {
    /// What is measured.
    pub measure: &'t str,
    /// What is measured, at length; absent also where measure and description could not be told apart.
    pub description: Option<&'t str>,
    /// When; absent also where it could not be told from the rest.
    pub time_frame: Option<&'t str>,
}

/// A way to cut, and how likely it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cut<'t> {
    /// The parts.
    pub parts: Parts<'t>,
    /// How likely the time frame begins (or is absent) here, 0 to 1.
    pub time_frame: f32,
    /// How likely, that given, the description begins (or is absent) here, 0 to 1.
    pub description: f32,
}

/// Piece at which the time frame and the description begin; for what is absent, the piece after the last.
#[derive(Clone, Copy, Debug)]
struct Places {
    description: usize,
    time_frame: usize,
    likely_description: f32,
    likely_time_frame: f32,
}

/// Cuts an outcome.
pub fn cut<'t>(item: &Item<'t>, peers: &Peers<'_>) -> Cut<'t> {
    cut_with(item, peers, &TABLE)
}

/// Cuts an outcome by a table of weights.
pub(super) fn cut_with<'t>(item: &Item<'t>, peers: &Peers<'_>, table: &Table) -> Cut<'t> {
    let Some(places) = places(item, peers, table) else { return Cut::default() };
    let pieces = item.pieces();
    let sure_of_time = places.likely_time_frame > LIKELY;
    let end = if sure_of_time { places.time_frame } else { pieces };
    let sure_of_description = sure_of_time && places.likely_description > LIKELY && places.description < end;
    let middle = if sure_of_description { places.description } else { end };
    let part = |run: std::ops::Range<usize>| (!run.is_empty()).then(|| item.text(run));
    Cut {
        parts: Parts {
            measure: item.text(0..middle),
            description: part(middle..end),
            time_frame: part(end..pieces),
        },
        time_frame: places.likely_time_frame,
        description: places.likely_description,
    }
}

fn places(item: &Item<'_>, peers: &Peers<'_>, table: &Table) -> Option<Places> {
    let starts = time_frame_starts(item);
    let signs = starts.iter().map(|at| time_frame_signs(item, *at, peers));
    let likely = table.time_frame.likelihoods(signs);
    let mut order: Vec<(usize, f32)> = starts.into_iter().zip(likely).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order
        .into_iter()
        .take(FOLLOWED)
        .map(|(time_frame, likely_time_frame)| {
            let (description, likely_description) = description_place(item, time_frame, peers, table);
            Places { description, time_frame, likely_description, likely_time_frame }
        })
        .max_by(|a, b| a.weight().total_cmp(&b.weight()))
}

impl Places {
    fn weight(&self) -> f32 {
        self.likely_time_frame.ln() + SECOND * self.likely_description.ln()
    }
}

fn description_place(item: &Item<'_>, end: usize, peers: &Peers<'_>, table: &Table) -> (usize, f32) {
    let starts = description_starts(end);
    let signs = starts.iter().map(|at| description_signs(item, *at, end, peers));
    let likely = table.description.likelihoods(signs);
    starts.into_iter().zip(likely).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((end, 0.0))
}

/// Where a time frame may begin; last, the place that stands for none.
pub(super) fn time_frame_starts(item: &Item<'_>) -> Vec<usize> {
    (first_start(item)..=item.pieces()).collect()
}

/// Where a description may begin before `end`; last, the place that stands for none.
pub(super) fn description_starts(end: usize) -> Vec<usize> {
    (1..end.min(REACH)).chain([end]).collect()
}

pub(super) fn time_frame_signs<'i>(item: &'i Item<'_>, at: usize, peers: &Peers<'_>) -> Signs<'i> {
    if at == item.pieces() { time_frame::absent(item, peers) } else { time_frame::at(item, at, peers) }
}

pub(super) fn description_signs<'i>(
    item: &'i Item<'_>,
    at: usize,
    end: usize,
    peers: &Peers<'_>,
) -> Signs<'i> {
    if at == end { description::absent(item, end, peers) } else { description::at(item, at, end, peers) }
}
