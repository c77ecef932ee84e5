//! Keys in the finder: typing, moving over what was found, going there.

use std::sync::Arc;

use ratatui::layout::Position;

use super::super::command::Command;
use super::super::finder::{Aim, Finder, Line, Parts};
use super::super::layer::Layer;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::spot::Spot;
use super::{comparing, going, notebook, recalling};
use crate::search::seek::{Seek, Sought};

/// Opens the finder; trials that are left out are not offered.
pub(super) fn open(model: &mut Model, aim: Aim, left_out: Vec<u32>, effects: &mut Vec<Effect>) {
    model.recall = Default::default();
    model.layers.push(Layer::Finder(Box::new(Finder::new(aim, left_out))));
    seek(model, effects);
}

/// Letters were typed.
pub(super) fn insert(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if let Some(finder) = top(model) {
        finder.input.insert(text);
        seek(model, effects);
    }
}

/// Looks for what is typed now.
fn seek(model: &mut Model, effects: &mut Vec<Effect>) {
    ask(model, false, effects);
}

/// Looks for what is typed, `again` where other trials are there for the same words.
fn ask(model: &mut Model, again: bool, effects: &mut Vec<Effect>) {
    model.seeks += 1;
    let generation = model.seeks;
    let Some(finder) = top(model) else { return };
    if again {
        finder.generation = generation
    } else {
        finder.changed(generation)
    }
    let (text, trials_alone) = (finder.input.text(), finder.aim == Aim::Add);
    let library = model.shelf.as_ref().map(|shelf| Arc::clone(&shelf.library));
    let trials = if library.is_some() { Arc::default() } else { Arc::clone(&model.trials) };
    effects.push(Effect::Seek(Seek {
        generation,
        text,
        trials,
        edition: model.edition,
        library,
        trials_alone,
        again,
    }));
}

/// Some of what was looked for.
pub(super) fn sought(model: &mut Model, sought: Sought, effects: &mut Vec<Effect>) {
    let Some(finder) = any(model) else { return };
    finder.take(sought);
    if !finder.waiting
        && let Some(stay) = finder.hasty.take()
    {
        accept(model, stay, effects);
    }
}

/// Trials have come or gone while the finder is open.
pub(super) fn look_again(model: &mut Model, effects: &mut Vec<Effect>) {
    if top(model).is_some_and(|finder| !finder.waiting && finder.sought.done) {
        ask(model, true, effects);
    }
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let page = isize::try_from(model.areas.status.y / 2).unwrap_or(1).max(1);
    let Some(finder) = top(model) else { return };
    match command {
        Command::Accept => accept(model, false, effects),
        Command::AcceptStay => accept(model, true, effects),
        Command::ResultDown => finder.step(1),
        Command::ResultUp => finder.step(-1),
        Command::PageDown => finder.step(page),
        Command::PageUp => finder.step(-page),
        Command::HistoryBack | Command::HistoryForward => {
            let steps = if command == Command::HistoryBack { 1 } else { -1 };
            let typed = finder.input.text();
            let recalled = recalling::recalled(model, &typed, steps);
            if let (Some(input), Some(finder)) = (recalled, top(model)) {
                finder.input = input;
                seek(model, effects);
            }
        }
        Command::NextKind => finder.step_kind(1),
        Command::PreviousKind => finder.step_kind(-1),
        _ => {
            if finder.input.edit(command) {
                seek(model, effects);
            }
        }
    }
}

/// A click on a row puts the cursor there.
pub(super) fn click(model: &mut Model, at: Position) {
    let area = Parts::of(model).rows;
    let Some(finder) = top(model) else { return };
    let line = finder.top + usize::from(at.y.saturating_sub(area.y));
    if area.contains(at) && matches!(finder.lines.get(line), Some(Line::Row(_))) {
        finder.cursor = line;
    }
}

/// Goes to the row under the cursor; the finder stays open when it should.
fn accept(model: &mut Model, stay: bool, effects: &mut Vec<Effect>) {
    let Some(finder) = top(model) else { return };
    if finder.waiting {
        // What is on the screen answers something else: Enter means what comes.
        finder.hasty = Some(stay);
        return;
    }
    let Some(found) = finder.found().cloned() else { return };
    let (typed, aim) = (finder.input.text(), finder.aim);
    let Some(spot) = Spot::of_found(model, &found) else { return };
    notebook::searched(model, &typed, effects);
    if aim == Aim::Add {
        model.layers.pop();
        return comparing::add(model, found.trial);
    }
    if stay {
        model.notice = Some(format!("opened behind: {} · {}", spot.id, spot.pane.title()));
    } else {
        // The panes are what it goes to: nothing may lie over them.
        model.layers.clear();
    }
    going::to_row(model, spot, effects);
}

fn top(model: &mut Model) -> Option<&mut Finder> {
    match model.layers.last_mut() {
        Some(Layer::Finder(finder)) => Some(finder),
        _ => None,
    }
}

fn any(model: &mut Model) -> Option<&mut Finder> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Finder(finder) => Some(finder.as_mut()),
        _ => None,
    })
}
