//! One patient, many trials: asking for the facts, weighing, moving over the rows.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::command::Command;
use super::super::input::Input;
use super::super::layer::{Layer, Line, Purpose, SheetKind};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::patient::{MOST, Outcome, PatientScreen, Trials, Weigh, layer_height};
use super::super::source as words;
use super::{layers, taking};
use crate::desk::code::{self, Resembles};
use crate::matching::Patient;
use crate::matching::facts::{self, Facts};

/// Asks for a patient's facts; those that were typed before stand there to be changed.
pub(super) fn ask(model: &mut Model) {
    let input = Input::new(&model.facts);
    model.layers.push(Layer::Line(Line { purpose: Purpose::Patient, input }));
    model.notice =
        Some("code word and facts, no name, no dates: B7, 61 f, ecog 1, surgery 20 days ago".to_owned());
}

/// Facts were typed, or the path of a patient's file. What is not understood stays to be mended.
pub(super) fn typed(model: &mut Model, typed: Line, effects: &mut Vec<Effect>) {
    let text = typed.input.text();
    if text.trim().to_lowercase().ends_with(".json") {
        model.facts = text.trim().to_owned();
        effects.push(Effect::ReadPatient(PathBuf::from(text.trim())));
        return;
    }
    let read = facts::read(&text).and_then(|facts| code_is_one(&facts).map(|()| facts));
    match read {
        Ok(facts) => {
            model.facts = text;
            weigh(model, facts, effects);
        }
        Err(fault) => {
            model.notice = Some(fault);
            model.layers.push(Layer::Line(typed));
        }
    }
}

/// A patient's file was read, or why not.
pub(super) fn read(model: &mut Model, read: Result<Patient, String>, effects: &mut Vec<Effect>) {
    match read {
        Ok(patient) => weigh(model, Facts::of(patient), effects),
        Err(fault) => model.notice = Some(fault),
    }
}

fn code_is_one(facts: &Facts) -> Result<(), String> {
    let resembles = facts.patient.code.as_deref().and_then(|code| Some((code, code::resembles(code)?)));
    match resembles {
        None => Ok(()),
        Some((code, Resembles::Name)) => {
            Err(format!("`{code}` looks like a name: a code word is needed, as B7"))
        }
        Some((code, Resembles::Date)) => {
            Err(format!("`{code}` looks like a date: a code word is needed, as B7"))
        }
    }
}

/// Weighs the patient against the trials: those of the open screen, else the ticked ones, else those that the list
/// shows.
fn weigh(model: &mut Model, facts: Facts, effects: &mut Vec<Effect>) {
    let screen = match model.layers.pop() {
        Some(Layer::Patient(mut screen)) => {
            (screen.facts, screen.outcome, screen.done) = (facts, None, 0);
            screen.changed();
            screen
        }
        other => {
            model.layers.extend(other);
            let Some(screen) = opened(model, facts) else { return };
            Box::new(screen)
        }
    };
    let mut screen = screen;
    model.weighings += 1;
    screen.generation = model.weighings;
    let entry = |trial: &u32| Some((*trial, model.entry(*trial)?.clone()));
    let trials = match &model.shelf {
        Some(shelf) => Trials::Library(Arc::clone(&shelf.library), screen.trials.clone()),
        None => Trials::Open(screen.trials.iter().filter_map(entry).collect()),
    };
    effects.push(Effect::Weigh(Weigh {
        generation: screen.generation,
        patient: screen.facts.patient.clone(),
        trials,
    }));
    model.layers.push(Layer::Patient(screen));
}

fn opened(model: &mut Model, facts: Facts) -> Option<PatientScreen> {
    let ticked = !model.list.ticked.is_empty();
    let trials: Vec<u32> =
        if ticked { model.list.ticked.iter().copied().collect() } else { model.list.order.clone() };
    if trials.is_empty() {
        model.notice = Some("no trial is there to weigh".to_owned());
        return None;
    }
    if trials.len() > MOST {
        let (tick, filter) = (model.keymap.first(Command::Tick), model.keymap.first(Command::Search));
        model.notice = Some(format!(
            "{} trials are too many to weigh (at most {MOST}): {filter} filters the list, {} ticks",
            trials.len(),
            tick.to_lowercase()
        ));
        return None;
    }
    Some(PatientScreen::new(facts, trials, ticked))
}

/// How far the weighing is.
pub(super) fn weighing(model: &mut Model, generation: u64, done: usize) {
    if let Some(screen) = open_screen(model).filter(|screen| screen.generation == generation) {
        screen.done = done;
        if screen.outcome.is_none() {
            screen.changed();
        }
    }
}

/// What came of the weighing; of an older one it is dropped.
pub(super) fn weighed(model: &mut Model, generation: u64, outcome: Outcome) {
    if let Some(screen) = open_screen(model).filter(|screen| screen.generation == generation) {
        screen.take(outcome);
    }
}

/// A record has come that a row may wait for.
pub(super) fn changed(model: &mut Model) {
    if let Some(screen) = open_screen(model) {
        screen.changed();
    }
}

fn open_screen(model: &mut Model) -> Option<&mut PatientScreen> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Patient(screen) => Some(screen.as_mut()),
        _ => None,
    })
}

pub(super) fn command(model: &mut Model, command: Command) {
    let height = usize::from(layer_height(model));
    let Some(Layer::Patient(screen)) = model.layers.last_mut() else { return };
    match command {
        Command::Accept => screen.fold(None),
        Command::Right => screen.fold(Some(true)),
        Command::Left => screen.fold(Some(false)),
        Command::Match => ask(model),
        Command::Search => search(model),
        Command::Copy => taking::open_copy(model),
        Command::Source => source(model),
        _ => {
            screen.position.follow(command, &screen.content, height);
        }
    }
}

fn search(model: &mut Model) {
    let Some(Layer::Patient(screen)) = model.layers.last() else { return };
    let before = screen.filter.clone();
    let input = Input::new(&before);
    model.layers.push(Layer::Line(Line { purpose: Purpose::Trials { before }, input }));
}

/// Sets the filter of the trials.
pub(super) fn set_filter(model: &mut Model, filter: String) {
    if let Some(screen) = open_screen(model) {
        screen.filter = filter;
        screen.changed();
    }
}

/// Backs out of the filter first, then of a weighing that still runs; `false` when there is nothing but the screen.
pub(super) fn back(model: &mut Model, effects: &mut Vec<Effect>) -> bool {
    let Some(Layer::Patient(screen)) = model.layers.last_mut() else { return false };
    if !screen.filter.is_empty() {
        screen.filter.clear();
        screen.changed();
        return true;
    }
    if screen.outcome.is_none() {
        // An empty job in its place stops the one that runs.
        let nothing = Weigh { generation: 0, patient: Patient::default(), trials: Trials::Open(Vec::new()) };
        effects.push(Effect::Weigh(nothing));
    }
    false
}

/// Opens the words behind the limit under the cursor.
fn source(model: &mut Model) {
    if words::span(model).is_some() {
        layers::open_sheet(model, SheetKind::Source);
    } else {
        model.notice = Some("a limit has words behind it: Enter unfolds a trial to its limits".to_owned());
    }
}
