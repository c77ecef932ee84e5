//! What commands do in the list; filtering and sorting it.

use std::sync::Arc;

use super::super::arrange::{Arrange, Column, Sort};
use super::super::command::Command;
use super::super::layer::{Layer, Menu, MenuKind, MenuRow};
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::undo::Undo;
use super::facets;
use crate::search::{query, typed};

/// Up to so many trials the list is arranged at once; beyond, by a worker.
const AT_ONCE: usize = 2000;

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let page = isize::try_from(model.areas.list.height.max(1)).unwrap_or(1);
    match command {
        Command::Down => model.list.step(1),
        Command::Up => model.list.step(-1),
        Command::PageDown => model.list.step(page),
        Command::PageUp => model.list.step(-page),
        Command::HalfDown => model.list.step((page / 2).max(1)),
        Command::HalfUp => model.list.step(-(page / 2).max(1)),
        Command::Top => model.list.jump(false),
        Command::Bottom => model.list.jump(true),
        Command::Open | Command::Right if model.list.selected().is_some() => model.focus = Focus::Detail,
        Command::Tick => {
            model.undos.push(model.sets.id, Undo::Ticks(model.list.ticked.clone()));
            model.list.tick();
        }
        Command::Coverage => {
            model.undos.push(model.sets.id, Undo::Coverage(model.list.coverage));
            model.list.coverage = !model.list.coverage;
        }
        Command::Facets => facets::open(model, effects),
        Command::Sort => {
            let kind = MenuKind::Sort(model.list.sort);
            let cursor = Column::ALL.iter().position(|row| row.0 == model.list.sort.column);
            let rows = Column::ALL.iter().map(|(_, letter, name, _)| MenuRow::new(*letter, *name)).collect();
            let cursor = cursor.unwrap_or_default();
            model.layers.push(Layer::Menu(Menu { kind, title: "Sort by".to_owned(), rows, cursor }));
        }
        _ => {}
    }
}

/// Has the prose of visible rows read whose coverage is to be shown; the next ones when these are done.
pub(super) fn ask_for_coverage(model: &mut Model, effects: &mut Vec<Effect>) {
    let height = usize::from(model.areas.list.height);
    if !model.list.coverage || model.list.reading || height == 0 {
        return;
    }
    let visible = model.list.order.iter().skip(model.list.top).take(height);
    let entries = visible.filter_map(|index| model.entry(*index));
    let unread: Vec<_> = entries.filter(|entry| entry.readings_made().is_none()).cloned().collect();
    if !unread.is_empty() {
        model.list.reading = true;
        effects.push(Effect::Read(unread));
    }
}

/// Filters the list by other words.
pub(super) fn set_filter(model: &mut Model, filter: String, effects: &mut Vec<Effect>) {
    if model.list.filter != filter {
        model.list.filter = filter;
        arrange(model, effects);
    }
}

/// Takes the filter away, for a trial that it hides.
pub(super) fn show_all(model: &mut Model, effects: &mut Vec<Effect>) {
    model.list.filter.clear();
    arrange(model, effects);
}

/// Sorts the list by another column.
pub(super) fn set_sort(model: &mut Model, sort: Sort, effects: &mut Vec<Effect>) {
    if model.list.sort != sort {
        model.list.sort = sort;
        arrange(model, effects);
    }
}

/// Filters and sorts anew: small lists at once, others on a worker.
pub(super) fn arrange(model: &mut Model, effects: &mut Vec<Effect>) {
    model.list.generation += 1;
    model.list.stale = false;
    let job = Arrange {
        generation: model.list.generation,
        trials: model.trials.clone(),
        library: model.shelf.as_ref().map(|shelf| Arc::clone(&shelf.library)),
        filter: model.list.filter.clone(),
        sort: model.list.sort,
    };
    // A library may have to read records for an answer.
    let reads =
        model.shelf.is_some() || typed::asks_readings(&query::parse(&model.list.filter, &typed::variable));
    if model.end() > AT_ONCE || reads {
        model.list.waiting = true;
        model.list.begun = false;
        effects.push(Effect::Arrange(job));
    } else if let Some(order) = job.run(&|| false) {
        model.list.waiting = false;
        show(model, order, false);
    }
    facets::count(model, effects);
}

/// A worker knows the rows that the list begins with.
pub(super) fn best_arranged(model: &mut Model, generation: u64, order: Vec<u32>) {
    if generation == model.list.generation && model.list.waiting {
        show(model, order, false);
        model.list.begun = true;
    }
}

/// A worker has arranged the list.
pub(super) fn arranged(model: &mut Model, generation: u64, order: Vec<u32>, effects: &mut Vec<Effect>) {
    if generation != model.list.generation || !model.list.waiting {
        return;
    }
    model.list.waiting = false;
    show(model, order, model.list.begun);
    if model.list.stale {
        arrange(model, effects);
    }
}

/// Shows other rows, or, with `more`, further ones below those that are shown. While a filter is typed the best match is
/// selected, else the trial stays selected.
fn show(model: &mut Model, mut order: Vec<u32>, more: bool) {
    order.retain(|index| (*index as usize) < model.end());
    let arriving = model.arriving.as_ref().map(|spot| spot.trial);
    let selected = arriving.or(model.list.selected());
    model.list.order = order;
    let typing = model.layers.iter().any(|layer| matches!(layer, Layer::Line(_)));
    let kept = selected.is_some_and(|selected| model.list.select(selected));
    if !kept || (typing && !more && !model.list.filter.is_empty()) {
        model.list.jump(false);
    }
}
