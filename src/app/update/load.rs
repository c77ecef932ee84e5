//! Trials that stream in.

use std::sync::Arc;

use super::super::arrange::Column;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::{marks, wrap};
use super::{finder, list, session};
use crate::library::{Entry, LoadEvent};

/// Problems kept to be shown; beyond, they are only counted.
const MOST_PROBLEMS: usize = 1000;

pub(super) fn take_in(model: &mut Model, event: LoadEvent, effects: &mut Vec<Effect>) {
    match event {
        LoadEvent::Batch(batch) => add(model, batch, effects),
        LoadEvent::Problem(problem) => {
            if model.load.problems.len() < MOST_PROBLEMS {
                model.load.problems.push(problem);
            }
        }
        LoadEvent::Progress(progress) => model.load.progress = progress,
        LoadEvent::Done(progress) => {
            model.load.progress = progress;
            model.load.running = false;
            if model.list.sort.column != Column::Loaded {
                rearrange(model, effects);
            }
            session::done(model, effects);
        }
    }
}

fn add(model: &mut Model, batch: Vec<Arc<Entry>>, effects: &mut Vec<Effect>) {
    let first = model.trials.len();
    for entry in &batch {
        entry.use_words(&model.words);
        entry.use_reviews(&model.reviews);
        let phase = wrap::width(&marks::phase(&entry.trial.phases));
        model.list.phase_width = model.list.phase_width.max(phase);
        model.list.id_width = model.list.id_width.max(wrap::width(&entry.trial.id));
    }
    Arc::make_mut(&mut model.trials).extend(batch);
    let indexes = (first..model.trials.len()).filter_map(|index| u32::try_from(index).ok());
    finder::look_again(model, effects);
    let plain = model.list.filter.is_empty();
    if plain && !model.list.waiting {
        if model.list.sort.reversed && model.list.sort.column == Column::Loaded {
            rearrange(model, effects);
        } else {
            // A sorted list is put in order when all have come; until then what comes stands at its end.
            model.list.order.extend(indexes);
        }
    } else {
        rearrange(model, effects);
    }
    session::come(model, first, effects);
}

/// Arranges anew, or when a worker is at it, once it is done.
fn rearrange(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.list.waiting {
        model.list.stale = true;
    } else {
        list::arrange(model, effects);
    }
}
