//! Files were read again: the trials change, the person stays where they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::model::Model;
use super::super::msg::Effect;
use super::super::reload::{Reloaded, difference};
use super::super::spot::Spot;
use super::super::undo::Undos;
use super::super::{marks, wrap};
use super::list;

/// Takes it in once nothing lies over the panes: what does may hold on to trials by their number.
pub(super) fn apply_when_free(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.layers.is_empty()
        && !model.load.running
        && let Some(reloaded) = model.reloaded.take()
    {
        apply(model, reloaded, effects);
    }
}

fn apply(model: &mut Model, reloaded: Reloaded, effects: &mut Vec<Effect>) {
    if reloaded.entries.is_empty() && !model.trials.is_empty() {
        model.notice =
            Some("the files changed and cannot be read now: what was read before stays".to_owned());
        return;
    }
    let spot = Spot::of(model);
    let ticked: Vec<String> = ids(model, &model.list.ticked);
    let aside: Vec<Vec<String>> = model.sets.aside.iter().map(|tab| ids(model, &tab.list.ticked)).collect();
    let difference = difference(&model.trials, reloaded.entries);
    model.load.problems = reloaded.problems;
    model.load.progress.errors = model.load.problems.len() as u64;
    if difference.is_none() {
        return;
    }
    for (_, entry) in &difference.changed {
        entry.use_words(&model.words);
        entry.use_reviews(&model.reviews);
    }
    model.notice = Some(difference.told());
    for entry in &difference.entries {
        entry.use_words(&model.words);
        entry.use_reviews(&model.reviews);
        model.list.phase_width = model.list.phase_width.max(wrap::width(&marks::phase(&entry.trial.phases)));
        model.list.id_width = model.list.id_width.max(wrap::width(&entry.trial.id));
    }
    model.load.progress.records = difference.entries.len() as u64;
    model.trials = Arc::new(difference.entries);
    model.edition += 1;
    model.undos = Undos::default();
    model.list.ticked = ticked.iter().filter_map(|id| model.index_of(id)).collect();
    let mut sets = std::mem::take(&mut model.sets);
    for (tab, ticked) in sets.aside.iter_mut().zip(&aside) {
        tab.list.ticked = ticked.iter().filter_map(|id| model.index_of(id)).collect();
        tab.spot = tab.spot.take().and_then(|spot| Some(Spot { trial: model.index_of(&spot.id)?, ..spot }));
    }
    model.sets = sets;
    let mut trail = std::mem::take(&mut model.trail);
    for left in trail.spots_mut() {
        left.trial = model.index_of(&left.id).unwrap_or(left.trial);
    }
    model.trail = trail;
    model.detail.shown = None;
    // The row that the person was at is found again by its words.
    model.arriving = spot.and_then(|spot| Some(Spot { trial: model.index_of(&spot.id)?, ..spot }));
    list::arrange(model, effects);
}

fn ids(model: &Model, ticked: &BTreeSet<u32>) -> Vec<String> {
    ticked.iter().filter_map(|trial| model.entry(*trial)).map(|entry| entry.trial.id.clone()).collect()
}
