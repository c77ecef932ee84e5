//! Going to a place: the trial is selected, the pane shown, and once its content is there the row.

use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::spot::Spot;
use super::{detail, list, sets};
use crate::protocol::Span;

/// The person has gone somewhere else than `before`: it is kept, to go back to.
pub(super) fn leave(model: &mut Model, before: Option<Spot>) {
    if std::mem::take(&mut model.retracing) {
        return;
    }
    let here = model.arriving.clone().or_else(|| Spot::of(model));
    if let (Some(before), Some(here)) = (before, here)
        && !before.is_near(&here)
    {
        model.trail.left(before);
    }
}

/// Goes back to the place before this one, or forward again.
pub(super) fn retrace(model: &mut Model, forward: bool, effects: &mut Vec<Effect>) {
    let here = Spot::of(model);
    let spot = if forward { model.trail.forward(here) } else { model.trail.back(here) };
    let Some(spot) = spot else {
        let told = if forward { "nothing is ahead" } else { "this is where you began" };
        model.notice = Some(told.to_owned());
        return;
    };
    model.retracing = true;
    sets::of_spot(model, &spot, effects);
    to(model, spot, effects);
}

/// Goes to a row: what hides rows of its pane is taken away.
pub(super) fn to_row(model: &mut Model, spot: Spot, effects: &mut Vec<Effect>) {
    model.detail.sites = Default::default();
    model.detail.criteria = Default::default();
    model.detail.xray = false;
    to(model, spot, effects);
}

/// Goes to a place. A trial that the list does not show has its filter taken away.
pub(super) fn to(model: &mut Model, spot: Spot, effects: &mut Vec<Effect>) {
    if !put(model, spot) {
        list::show_all(model, effects);
    }
}

/// Puts the person at a place; `false` when the list does not show its trial.
pub(super) fn put(model: &mut Model, spot: Spot) -> bool {
    if spot.focus == Focus::Detail {
        detail::show(model, spot.pane);
    } else {
        model.focus = Focus::List;
    }
    let shown = model.list.select(spot.trial);
    model.arriving = Some(spot);
    shown
}

/// The content of the pane is there: on to the row that was gone to.
pub(super) fn arrive(model: &mut Model) {
    let here = (model.list.selected(), model.detail.pane);
    let Some(spot) = model.arriving.take_if(|spot| (Some(spot.trial), spot.pane) == here) else { return };
    let height = usize::from(model.areas.detail.height.max(1));
    match spot.at.as_ref().and_then(|at| item_of(model, at)) {
        Some(item) => model.detail.moved(|position, content| position.go_to(content, height, item)),
        None => model.detail.moved(|position, content| {
            *position = spot.position;
            position.settle(content, height);
        }),
    }
}

/// The item whose words hold the place, else the first one behind it.
fn item_of(model: &Model, at: &Span) -> Option<usize> {
    let items = &model.detail.content.items;
    let sources =
        || items.iter().enumerate().filter_map(|(item, shown)| Some((item, shown.source.as_ref()?)));
    let same = || sources().filter(|(_, source)| source.field == at.field);
    same()
        .filter(|(_, source)| source.start <= at.start && at.start < source.end)
        .min_by_key(|(_, source)| source.end - source.start)
        .or_else(|| same().find(|(_, source)| source.start >= at.start))
        .or_else(|| same().next_back())
        .map(|(item, _)| item)
}
