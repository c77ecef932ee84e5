//! The findings' screen: opening it, moving over it, and going to the row that a finding is about.

use super::super::areas::Areas;
use super::super::command::Command;
use super::super::content::Position;
use super::super::findings::{self, FindingsScreen, layer_height};
use super::super::item::Item;
use super::super::layer::{Layer, SheetKind};
use super::super::model::Model;
use super::super::pane::Pane;
use super::super::source as words;
use super::{detail, layers, taking};
use crate::protocol::{Span, display};

/// Opens the screen for the selected trial, at the finding that was gone to last if it is one of this trial.
pub(super) fn open(model: &mut Model) {
    if model.list.selected().is_some() {
        model.layers.push(Layer::Findings(Box::new(std::mem::take(&mut model.findings))));
    }
}

pub(super) fn command(model: &mut Model, command: Command) {
    let height = usize::from(layer_height(model));
    match command {
        Command::Accept | Command::Right => go(model),
        Command::Findings | Command::Left => {
            model.layers.pop();
        }
        Command::NextTrial => model.list.step(1),
        Command::PreviousTrial => model.list.step(-1),
        Command::Source => source(model),
        Command::Copy => taking::open_copy(model),
        _ => {
            if let Some(Layer::Findings(screen)) = model.layers.last_mut() {
                screen.position.follow(command, &screen.content, height);
            }
        }
    }
}

fn screen(model: &Model) -> Option<&FindingsScreen> {
    match model.layers.last() {
        Some(Layer::Findings(screen)) => Some(screen),
        _ => None,
    }
}

fn item(model: &Model) -> Option<&Item> {
    let screen = screen(model)?;
    screen.content.items.get(screen.position.cursor).filter(|item| item.is_row())
}

fn source(model: &mut Model) {
    if words::span(model).is_some() {
        layers::open_sheet(model, SheetKind::Source);
    } else {
        model.notice = Some("it is about the record as a whole".to_owned());
    }
}

/// Closes the screen and goes to the row that holds the finding's words: in the pane of its field, or where the
/// record's own fields stand.
fn go(model: &mut Model) {
    let Some(span) = item(model).and_then(|item| item.source.clone()) else {
        if item(model).is_some() {
            model.notice = Some("it is about the record as a whole: 7 shows every field".to_owned());
        }
        return;
    };
    let Some(text) = model.selected().and_then(|entry| entry.trial.text(&span.field)).map(str::to_owned)
    else {
        return;
    };
    if let Some(Layer::Findings(screen)) = model.layers.pop() {
        model.findings = *screen;
    }
    let pane = findings::pane(&span.field);
    for pane in [pane, Pane::Record] {
        show_all_of(model, pane);
        if let Some(row) = row_of(&model.detail.content.items, &span, &text) {
            detail::go_to(model, Some(row));
            return;
        }
    }
    show_all_of(model, pane);
    model.notice =
        Some(format!("no row of its own: {} {}", findings::name(&span.field), display::line(&text).text()));
}

/// Goes to a pane, and takes back what leaves rows of it out.
fn show_all_of(model: &mut Model, pane: Pane) {
    detail::show(model, pane);
    model.detail.criteria = Default::default();
    model.detail.sites = Default::default();
    model.detail.xray = false;
    // On a narrow screen the pane has had no room until now.
    model.areas = Areas::of(model);
    detail::restore(model, Position::default());
}

/// The row with these words: the last that holds their beginning, else one that says all of their field.
fn row_of(items: &[Item], span: &Span, text: &str) -> Option<usize> {
    let rows = || items.iter().enumerate().filter(|(_, item)| item.is_row());
    let holds = |item: &Item| {
        item.source.as_ref().is_some_and(|source| {
            source.field == span.field
                && source.start <= span.start
                && span.start < source.end.max(source.start + 1)
        })
    };
    // Facts that were read stand above the text that they were read from: the text says it best.
    let nearest = rows().rfind(|(_, item)| holds(item));
    let said = display::line(text).text().trim().to_owned();
    let says = |item: &Item| !said.is_empty() && item.text.text().trim() == said;
    let names = |item: &Item| !said.is_empty() && item.text.text().contains(&said);
    let row = nearest.or_else(|| rows().find(|(_, item)| says(item)));
    row.or_else(|| rows().find(|(_, item)| names(item))).map(|(at, _)| at)
}
