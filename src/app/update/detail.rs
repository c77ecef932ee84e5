//! What commands do in a detail pane; keeping its content in line with what is selected.

use std::sync::Arc;

use super::super::command::Command;
use super::super::content::{Content, Position};
use super::super::detail::Shown;
use super::super::export::Export;
use super::super::item::Item;
use super::super::layer::SheetKind;
use super::super::making::{Made, Making};
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::pane::Pane;
use super::super::panes::{self, eligibility};
use super::super::source;
use super::{going, layers, second};
use crate::library::Entry;
use crate::protocol::Span;

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let height = usize::from(model.areas.detail.height.max(1));
    let mut followed = false;
    model.detail.moved(|position, content| followed = position.follow(command, content, height));
    if followed {
        return;
    }
    let detail = &mut model.detail;
    match command {
        Command::Left => model.focus = Focus::List,
        Command::NextMatch => step_match(model, 1),
        Command::PreviousMatch => step_match(model, -1),
        Command::Source => source(model),
        Command::AcceptReading => second::accept(model, effects),
        Command::CorrectReading => second::ask(model),
        Command::XRay => xray(model),
        Command::NextTrial => model.list.step(1),
        Command::PreviousTrial => model.list.step(-1),
        Command::Only if detail.pane == Pane::Sites => {
            detail.sites.recruiting_only = !detail.sites.recruiting_only;
        }
        Command::Only if detail.pane == Pane::Eligibility => {
            detail.criteria.limits_only = !detail.criteria.limits_only;
        }
        Command::Sort if detail.pane == Pane::Endpoints => layers::open_endpoint_sort(model),
        Command::NextTag if detail.pane == Pane::Eligibility => next_topic(model),
        _ => {}
    }
}

/// Narrows the criteria to the next thing that they speak of.
fn next_topic(model: &mut Model) {
    let Some(entry) = model.selected() else { return };
    let topics = eligibility::topics(&entry.readings().criteria);
    if topics.is_empty() {
        model.notice = Some("no tag was read in these criteria".to_owned());
        return;
    }
    model.detail.criteria.next_topic(&topics);
}

/// Puts the person back where they were, once the content is as it was.
pub(super) fn restore(model: &mut Model, position: Position) {
    settle(model);
    model.detail.moved(|here, _| *here = position);
}

/// Shows the prose with what was read of it, or the grids again.
fn xray(model: &mut Model) {
    if model.detail.pane == Pane::Schedule {
        model.detail.xray = !model.detail.xray;
        model.detail.moved(|position, _| *position = Position::default());
    } else {
        model.notice = Some("X-ray is the Schedule pane's: 4 shows it".to_owned());
    }
}

/// Writes the trial's grids to a file.
pub(super) fn export_grid(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.selected() {
        Some(entry) if !entry.readings().regimens.is_empty() => {
            effects.push(Effect::Export(Export::Grid(entry.clone())));
        }
        _ => model.notice = Some("no dose or time was read: there is no grid to write".to_owned()),
    }
}

/// Opens the words behind the row under the cursor.
fn source(model: &mut Model) {
    if source::span(model).is_some() {
        layers::open_sheet(model, SheetKind::Source);
    } else {
        model.notice = Some("no prose stands behind this row: 7 shows the record's own fields".to_owned());
    }
}

/// Goes to a pane.
pub(super) fn show(model: &mut Model, pane: Pane) {
    if model.detail.pane != pane {
        model.detail.pane = pane;
        model.detail.find = Default::default();
    }
    model.focus = Focus::Detail;
}

/// Backs out of the innermost thing in the detail: what was found, the sites' filter, the zoom, the pane.
pub(super) fn back(model: &mut Model) {
    let detail = &mut model.detail;
    if !detail.find.text.is_empty() {
        detail.find = Default::default();
    } else if detail.pane == Pane::Sites && !detail.sites.is_empty() {
        detail.sites = Default::default();
    } else if detail.pane == Pane::Eligibility && !detail.criteria.is_empty() {
        detail.criteria = Default::default();
    } else if detail.pane == Pane::Schedule && detail.xray {
        detail.xray = false;
    } else if model.zoom {
        model.zoom = false;
    } else {
        model.focus = Focus::List;
    }
}

/// Moves to where the found words stand.
pub(super) fn go_to(model: &mut Model, item: Option<usize>) {
    let height = usize::from(model.areas.detail.height.max(1));
    if let Some(item) = item {
        model.detail.moved(|position, content| position.go_to(content, height, item));
    }
}

fn step_match(model: &mut Model, steps: isize) {
    if model.detail.find.text.is_empty() {
        model.notice = Some("nothing searched yet: / finds in this pane".to_owned());
        return;
    }
    let item = model.detail.find.step(steps);
    go_to(model, item);
}

/// Makes the content anew when what it is made from has changed, and keeps the cursor inside it.
pub(super) fn settle(model: &mut Model) {
    let area = model.areas.detail;
    if area.is_empty() {
        forget_other(model);
        return;
    }
    let Some(trial) = model.list.selected() else {
        model.detail.shown = None;
        model.detail.content = Content::default();
        model.side = Content::default();
        return;
    };
    if model.entry(trial).is_none() {
        // Its record is being read.
        model.detail.shown = None;
        model.detail.content = Content::default();
        model.side = Content::default();
        return;
    }
    let wanted = Shown {
        trial,
        pane: model.detail.pane,
        width: model.areas.detail_text_width(),
        verdicts: model.verdicts,
        sites: model.detail.sites.clone(),
        criteria: model.detail.criteria.clone(),
        order: model.detail.order,
        xray: model.detail.xray,
    };
    let shown = &model.detail.shown;
    if shown.as_ref() != Some(&wanted) {
        let same = shown.as_ref().is_some_and(|shown| shown.trial == trial && shown.pane == wanted.pane);
        if shown.as_ref().is_none_or(|shown| shown.trial != trial) {
            model.detail.start_over();
        }
        let row = same.then(|| current_span(model)).flatten();
        build(model, &wanted);
        if let Some(span) = row {
            stay_at(model, &span);
        }
        model.detail.shown = Some(wanted);
    }
    going::arrive(model);
    let height = usize::from(area.height);
    model.detail.moved(|position, content| position.settle(content, height));
    settle_side(model);
}

/// While there is no room to lay anything out, no content of another trial or pane stays behind, and no cursor outside of
/// what does (a search without a match goes back to where it began).
fn forget_other(model: &mut Model) {
    let (trial, pane) = (model.list.selected(), model.detail.pane);
    let is_other = |shown: &Shown| Some(shown.trial) != trial || shown.pane != pane;
    if model.detail.shown.as_ref().is_some_and(is_other) {
        model.detail.shown = None;
        model.detail.content = Content::default();
        model.detail.start_over();
    }
    model.detail.moved(|position, content| position.settle(content, 1));
}

/// The context column follows the cursor.
fn settle_side(model: &mut Model) {
    if model.areas.side.is_empty() {
        return;
    }
    let Some(entry) = model.selected() else { return };
    let detail = &model.detail;
    let items = panes::side::items(detail.pane, &entry.trial, &detail.content, detail.position().cursor);
    model.side = model.lay_out(items, model.areas.side_text_width());
}

fn build(model: &mut Model, wanted: &Shown) {
    let Some(entry) = model.entry(wanted.trial).cloned() else { return };
    let making = Making { entry, shown: wanted.clone(), today: model.today, ascii: model.ascii };
    show_content(model, making.beginning());
    model.detail.to_make = making.is_long().then_some(making);
}

fn show_content(model: &mut Model, content: Content) {
    let detail = &mut model.detail;
    detail.content = content;
    detail.find.look(&detail.content);
    if detail.pane == Pane::Eligibility {
        let words: Vec<String> = detail.criteria.terms().into_iter().map(|term| term.text).collect();
        detail.find.light(&detail.content, &words);
    }
}

/// Has the rest of a long pane made.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    effects.extend(model.detail.to_make.take().map(|making| Effect::Make(Box::new(making))));
}

/// All of a long pane, which takes the place of its beginning if that is still shown.
pub(super) fn made(model: &mut Model, made: Made) {
    let same = |entry: &Arc<Entry>| Arc::ptr_eq(entry, &made.entry);
    let shown = model.detail.shown.as_ref() == Some(&made.shown);
    if shown && model.entry(made.shown.trial).is_some_and(same) {
        show_content(model, made.content);
    }
}

/// The words that the row under the cursor stands for.
fn current_span(model: &Model) -> Option<Span> {
    let detail = &model.detail;
    detail.content.items.get(detail.position().cursor)?.source.clone()
}

/// Keeps the cursor on the row of some words when other rows come or go: on that row, else on the next one.
fn stay_at(model: &mut Model, span: &Span) {
    let items = &model.detail.content.items;
    let cursor = model.detail.position().cursor;
    let is_it = |item: &Item| item.source.as_ref() == Some(span);
    if items.get(cursor).is_some_and(is_it) {
        return;
    }
    let behind = |item: &Item| {
        item.is_row() && item.source.as_ref().is_some_and(|s| s.field == span.field && s.start >= span.start)
    };
    let row = items.iter().position(is_it).or_else(|| items.iter().position(behind));
    let height = usize::from(model.areas.detail.height.max(1));
    if let Some(row) = row {
        model.detail.moved(|position, content| position.go_to(content, height, row));
    }
}
