//! Back to where the person was: queries and orders with the first trials, ticks and place as their trials come.

use super::super::areas;
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::session::{Returning, Tab};
use super::super::sets::Aside;
use super::{going, list};

/// Trials have come, from an index on.
pub(super) fn come(model: &mut Model, first: usize, effects: &mut Vec<Effect>) {
    let Some(mut returning) = model.returning.take() else { return };
    let wanted = returning.session.ids();
    let new = (0u32..).zip(model.trials.iter()).skip(first);
    let found: Vec<(String, u32)> = new
        .filter(|(_, entry)| wanted.contains(entry.trial.id.as_str()))
        .map(|(index, entry)| (entry.trial.id.clone(), index))
        .collect();
    for (id, index) in found {
        returning.rows.entry(id).or_insert(index);
    }
    take(model, &mut returning, effects);
    model.returning = Some(returning);
}

/// All trials are there: what has not been found by now never will be.
pub(super) fn done(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mut returning) = model.returning.take() else { return };
    take(model, &mut returning, effects);
    let missing = returning.session.tabs.iter().any(|tab| tab.trial.is_some() || !tab.ticked.is_empty());
    if model.load.cancelled && missing {
        // What was kept is about trials that did not come this time: it stays as it is.
        model.returning = Some(returning);
        return;
    }
    if !returning.moved && model.notice.is_none() {
        model.notice = Some("as you left it; --fresh starts anew".to_owned());
    }
}

/// The person does something: from now on they say where they are.
pub(super) fn person(model: &mut Model) {
    if let Some(returning) = &mut model.returning {
        returning.moved = true;
    }
}

fn take(model: &mut Model, returning: &mut Returning, effects: &mut Vec<Effect>) {
    if !returning.begun {
        returning.begun = true;
        begin(model, returning, effects);
    }
    let Returning { session, rows, moved, .. } = returning;
    let at = session.at;
    for (place, tab) in session.tabs.iter_mut().enumerate() {
        let ticked = found(tab, rows);
        if place == at {
            model.list.ticked.extend(ticked);
            let index = tab.trial.as_ref().and_then(|id| rows.get(id)).copied().filter(|_| !*moved);
            if let Some(spot) = index.and_then(|index| tab.spot(model.sets.id, index)) {
                tab.trial = None;
                // The query stays even if it hides the trial now.
                if model.list.select(spot.trial) || model.list.waiting {
                    going::put(model, spot);
                }
            }
        } else if let Some(aside) = model.sets.aside.get_mut(if place < at { place } else { place - 1 }) {
            aside.list.ticked.extend(ticked);
            let index = tab.trial.as_ref().and_then(|id| rows.get(id)).copied();
            if let Some(spot) = index.and_then(|index| tab.spot(aside.id, index)) {
                tab.trial = None;
                aside.spot = Some(spot);
            }
        }
    }
}

/// The ticked trials that are there now; the others are still to come.
fn found(tab: &mut Tab, rows: &std::collections::BTreeMap<String, u32>) -> Vec<u32> {
    let found = tab.ticked.iter().filter_map(|id| rows.get(id)).copied().collect();
    tab.ticked.retain(|id| !rows.contains_key(id));
    found
}

/// Queries, orders and tabs, which need no trial.
fn begin(model: &mut Model, returning: &Returning, effects: &mut Vec<Effect>) {
    let session = &returning.session;
    for (place, tab) in session.tabs.iter().enumerate() {
        if place == session.at {
            let kept = tab.list();
            let changed = (&kept.filter, kept.sort) != (&model.list.filter, model.list.sort);
            model.list.filter = kept.filter;
            model.list.sort = kept.sort;
            model.list.coverage = kept.coverage;
            model.detail.pane = tab.pane();
            if changed {
                list::arrange(model, effects);
            }
            continue;
        }
        model.sets.youngest += 1;
        let focus = if tab.in_detail { Focus::Detail } else { Focus::List };
        let id = model.sets.youngest;
        model.sets.aside.push(Aside { id, list: tab.list(), focus, pane: tab.pane(), spot: None });
    }
    model.sets.at = session.at;
    model.zoom = session.zoom;
    // Another terminal may have less room: what is seen of it is what counts.
    (model.split, model.side_split) = (session.split, session.side_split);
    model.side_split = areas::moved_side(model, 0);
    model.split = areas::moved_split(model, 0);
}
