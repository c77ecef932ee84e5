//! The calendar: asking for a start, stepping through arms and cycles, moving visits.

use super::super::command::Command;
use super::super::dates::{Dates, layer_height, layer_width};
use super::super::export::Export;
use super::super::input::Input;
use super::super::layer::{Layer, Line, Purpose, SheetKind};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::source as words;
use super::{layers, taking};
use crate::calendar::start;

/// Asks for the start date; with a calendar open, for another one.
pub(super) fn ask(model: &mut Model) {
    if model.selected().is_none() {
        return;
    }
    let open = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Dates(dates) => Some(dates.wanted.start.to_string()),
        _ => None,
    });
    let text = open.unwrap_or_default();
    model.layers.push(Layer::Line(Line { purpose: Purpose::Start, input: Input::new(&text) }));
}

/// A start was typed: opens the calendar, or moves the open one. What is no date stays to be mended.
pub(super) fn started(model: &mut Model, typed: Line) {
    let text = typed.input.text();
    // Nothing typed is today.
    let text = if text.trim().is_empty() { "today" } else { &text };
    let start = match start::parse(text, model.today) {
        Ok(start) => start,
        Err(fault) => {
            model.notice = Some(fault);
            model.layers.push(Layer::Line(typed));
            return;
        }
    };
    if let Some(Layer::Dates(dates)) = model.layers.last_mut() {
        if let Err(refusal) = dates.start(start) {
            model.notice = Some(refusal);
        }
    } else if let Some(entry) = model.selected().cloned() {
        model.layers.push(Layer::Dates(Box::new(Dates::new(entry, start))));
    }
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let height = usize::from(layer_height(model));
    let Some(Layer::Dates(dates)) = model.layers.last_mut() else { return };
    let changed = match command {
        Command::MoreCycles => dates.step_cycles(1),
        Command::FewerCycles => dates.step_cycles(-1),
        Command::VisitLater => dates.slip(1),
        Command::VisitEarlier => dates.slip(-1),
        Command::CountFrom => dates.switch(),
        Command::Undo => dates.unslip(),
        Command::Export => {
            let drawn = Box::new(dates.dated.clone());
            return effects.push(Effect::Export(Export::Dates(dates.entry.clone(), drawn)));
        }
        Command::ExportEvents => {
            let drawn = Box::new(dates.dated.clone());
            return effects.push(Effect::Export(Export::Events(dates.entry.clone(), drawn)));
        }
        Command::Calendar => return ask(model),
        Command::Copy => return taking::open_copy(model),
        Command::Source => return source(model),
        _ => return go(dates, command, height),
    };
    if let Err(refusal) = changed {
        model.notice = Some(refusal);
    }
}

/// Moves over the rows and from arm to arm.
fn go(dates: &mut Dates, command: Command, height: usize) {
    match command {
        Command::Left => dates.step_course(-1),
        Command::Right => dates.step_course(1),
        _ => {
            dates.position.follow(command, &dates.content, height);
        }
    }
}

/// Opens the words behind the row under the cursor.
fn source(model: &mut Model) {
    if words::span(model).is_some() {
        layers::open_sheet(model, SheetKind::Source);
    } else {
        model.notice = Some("counted from the cycle's length: no words of its own".to_owned());
    }
}

/// Lays the open calendar out.
pub(super) fn settle(model: &mut Model) {
    let (width, height) = (layer_width(model), usize::from(layer_height(model)));
    let key = model.keymap.first(Command::CountFrom);
    let ascii = model.ascii;
    for layer in &mut model.layers {
        if let Layer::Dates(dates) = layer {
            dates.settle(width, height, &key, ascii);
        }
    }
}
