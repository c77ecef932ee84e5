//! Keys in the side list of facets: moving, choosing, closing.

use std::sync::Arc;

use ratatui::layout::Position;

use super::super::arrange::Arrange;
use super::super::command::Command;
use super::super::facets::{self, FacetList, Line, Tallied, Tally};
use super::super::layer::Layer;
use super::super::model::Model;
use super::super::msg::Effect;
use super::list;
use crate::search::facets::toggled;
use crate::search::{query, typed};

/// Opens the side list.
pub(super) fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.count() == 0 {
        model.notice = Some("no trials are open".to_owned());
        return;
    }
    model.layers.push(Layer::Facets(Box::default()));
    count(model, effects);
}

/// Has the values counted for what the list shows, when the side list is open.
pub(super) fn count(model: &mut Model, effects: &mut Vec<Effect>) {
    if any(model).is_none() {
        return;
    }
    model.tallies += 1;
    let generation = model.tallies;
    let arrange = Arrange {
        generation,
        trials: Arc::clone(&model.trials),
        library: model.shelf.as_ref().map(|shelf| Arc::clone(&shelf.library)),
        filter: model.list.filter.clone(),
        sort: Default::default(),
    };
    if let Some(shown) = any(model) {
        (shown.generation, shown.waiting) = (generation, true);
    }
    effects.push(Effect::Tally(Tally { generation, arrange }));
}

/// Some of what was counted.
pub(super) fn tallied(model: &mut Model, tallied: Tallied) {
    if let Some(shown) = any(model) {
        shown.take(tallied);
    }
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let page = isize::try_from(facets::lines_area(model).height).unwrap_or(1).max(1);
    let Some(Layer::Facets(shown)) = model.layers.last_mut() else { return };
    match command {
        Command::Down => shown.step(1),
        Command::Up => shown.step(-1),
        Command::PageDown => shown.step(page),
        Command::PageUp => shown.step(-page),
        Command::HalfDown => shown.step((page / 2).max(1)),
        Command::HalfUp => shown.step(-(page / 2).max(1)),
        Command::Top => shown.step(isize::MIN),
        Command::Bottom => shown.step(isize::MAX),
        Command::Tick => choose(model, effects),
        Command::Accept | Command::Facets => {
            model.layers.pop();
        }
        _ => {}
    }
}

/// Chooses the value under the cursor, or takes the choice back.
fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Facets(shown)) = model.layers.last_mut() else { return };
    let Some(line) = shown.line() else { return };
    if let Line::More(facet, _) = line {
        shown.fold(facet);
        return;
    }
    let Some((facet, value)) = shown.value(line) else { return };
    let text = &model.list.filter;
    let filter = toggled(text, &query::parse(text, &typed::variable), facet, &value.word);
    list::set_filter(model, filter, effects);
}

/// A click on a value chooses it.
pub(super) fn click(model: &mut Model, at: Position, effects: &mut Vec<Effect>) {
    let area = facets::lines_area(model);
    let Some(Layer::Facets(shown)) = model.layers.last_mut() else { return };
    let line = shown.top + usize::from(at.y.saturating_sub(area.y));
    if area.contains(at) && matches!(shown.lines.get(line), Some(Line::Value(..) | Line::More(..))) {
        shown.cursor = line;
        choose(model, effects);
    }
}

fn any(model: &mut Model) -> Option<&mut FacetList> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Facets(shown) => Some(shown.as_mut()),
        _ => None,
    })
}
