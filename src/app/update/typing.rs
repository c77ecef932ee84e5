//! Lines that are typed: the list's filter, the criteria's, the sites', words to find, the palette.

use super::super::command::Command;
use super::super::content::Position;
use super::super::input::Input;
use super::super::layer::{Layer, Line, Purpose};
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::notebook::Change;
use super::super::pane::Pane;
use super::{
    comparing, dates, desk_lines, detail, finder, list, notebook, palette, patient, recalling, second, sets,
};

/// Opens the line that fits where the person is: a filter for lists and tables, else a search in the pane.
pub(super) fn open_search(model: &mut Model) {
    let (purpose, text) = match (model.focus, model.detail.pane) {
        (Focus::List, _) => {
            model.recall = Default::default();
            let before = model.list.filter.clone();
            (Purpose::Filter { before: before.clone(), selected: model.list.selected() }, before)
        }
        (Focus::Detail, Pane::Sites) => {
            let before = model.detail.sites.clone();
            let text = before.text.clone();
            (Purpose::Sites { before }, text)
        }
        (Focus::Detail, Pane::Eligibility) => {
            let before = model.detail.criteria.clone();
            let text = before.text.clone();
            (Purpose::Criteria { before, position: model.detail.position() }, text)
        }
        (Focus::Detail, _) => {
            let text = model.detail.find.text.clone();
            (Purpose::Find { position: model.detail.position() }, text)
        }
    };
    model.layers.push(Layer::Line(Line { purpose, input: Input::new(&text) }));
}

/// Letters were typed.
pub(super) fn insert(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    match model.layers.last_mut() {
        Some(Layer::Line(line)) => {
            line.input.insert(text);
            changed(model, effects);
        }
        Some(Layer::Finder(_)) => finder::insert(model, text, effects),
        _ => {}
    }
}

/// Text was pasted: into the line that is open, else nowhere.
pub(super) fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    insert(model, text, effects);
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(line)) = model.layers.last_mut() else { return };
    match command {
        Command::Accept => accept(model, effects),
        Command::NewTab => {
            if let Purpose::Filter { before, selected } = line.purpose.clone() {
                let typed = line.input.text();
                model.layers.pop();
                sets::open_typed(model, before, selected, effects);
                notebook::searched(model, &typed, effects);
            }
        }
        Command::HistoryBack | Command::HistoryForward if matches!(line.purpose, Purpose::Filter { .. }) => {
            let steps = if command == Command::HistoryBack { 1 } else { -1 };
            let typed = line.input.text();
            put(model, |model| recalling::recalled(model, &typed, steps), effects);
        }
        Command::Complete if matches!(line.purpose, Purpose::Filter { .. }) => {
            let input = line.input.clone();
            put(model, |model| recalling::completed(model, &input), effects);
        }
        Command::ResultDown | Command::ResultUp => {
            let steps = if command == Command::ResultDown { 1 } else { -1 };
            match &mut line.purpose {
                Purpose::Start
                | Purpose::Patient
                | Purpose::Note { .. }
                | Purpose::Correct(_)
                | Purpose::Initials(_)
                | Purpose::Trials { .. } => {}
                Purpose::Filter { .. } => model.list.step(steps),
                Purpose::Palette { cursor, .. } => *cursor = cursor.saturating_add_signed(steps),
                Purpose::Sites { .. } | Purpose::Criteria { .. } => {
                    let command = if steps > 0 { Command::Down } else { Command::Up };
                    detail::command(model, command, effects);
                }
                Purpose::Desk(_) => {}
                Purpose::Rows { .. } => {}
                Purpose::Find { .. } => {
                    let item = model.detail.find.step(steps);
                    detail::go_to(model, item);
                }
            }
        }
        _ => {
            if line.input.edit(command) {
                changed(model, effects);
            }
        }
    }
}

/// Puts another text into the line, if there is one.
fn put(model: &mut Model, made: impl FnOnce(&mut Model) -> Option<Input>, effects: &mut Vec<Effect>) {
    let made = made(model);
    if let (Some(made), Some(Layer::Line(line))) = (made, model.layers.last_mut()) {
        line.input = made;
        changed(model, effects);
    }
}

/// The line's text has changed: what it does, it does at once.
fn changed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(line)) = model.layers.last_mut() else { return };
    let text = line.input.text();
    match &mut line.purpose {
        Purpose::Start
        | Purpose::Patient
        | Purpose::Note { .. }
        | Purpose::Correct(_)
        | Purpose::Initials(_) => {}
        Purpose::Trials { .. } => patient::set_filter(model, text),
        Purpose::Filter { .. } => list::set_filter(model, text, effects),
        Purpose::Sites { .. } => model.detail.sites.text = text,
        Purpose::Criteria { .. } => {
            model.detail.criteria.text = text;
            model.detail.moved(|here, _| *here = Position::default());
        }
        Purpose::Find { position } => {
            let before = *position;
            model.detail.find.text = text;
            model.detail.find.look(&model.detail.content);
            let item = model.detail.find.go_from(before.cursor);
            // What is not found leaves the person where the search began.
            model.detail.moved(|here, _| *here = before);
            detail::go_to(model, item);
        }
        Purpose::Desk(_) => {}
        Purpose::Rows { .. } => comparing::set_filter(model, text),
        Purpose::Palette { .. } => {
            let found = palette::found(model, &text);
            if let Some(Layer::Line(line)) = model.layers.last_mut() {
                line.purpose = Purpose::Palette { found, cursor: 0 };
            }
        }
    }
}

fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(line)) = model.layers.pop() else { return };
    if let Purpose::Desk(asked) = line.purpose {
        let again = desk_lines::accept(model, asked, &line.input.text(), effects);
        if let Some(asked) = again {
            model.layers.push(Layer::Line(Line { purpose: Purpose::Desk(asked), input: line.input }));
        }
        return;
    }
    match &line.purpose {
        Purpose::Palette { found, cursor } => {
            if let Some(command) = found.get(*cursor) {
                palette::run(model, *command, effects);
            }
        }
        Purpose::Filter { .. } => notebook::searched(model, &line.input.text(), effects),
        Purpose::Note { trial } => {
            let note = Change::Note(trial.clone(), line.input.text());
            notebook::change(model, note, effects);
        }
        Purpose::Start => dates::started(model, line),
        Purpose::Patient => patient::typed(model, line, effects),
        Purpose::Correct(judged) => second::corrected(model, &judged.clone(), line, effects),
        Purpose::Initials(said) => second::signed(model, said.clone(), line, effects),
        _ => {}
    }
}

/// A line was backed out of: what was before comes back.
pub(super) fn backed_out(model: &mut Model, purpose: Purpose, effects: &mut Vec<Effect>) {
    match purpose {
        Purpose::Filter { before, selected } => {
            list::set_filter(model, before, effects);
            if let Some(selected) = selected {
                model.list.select(selected);
            }
        }
        Purpose::Sites { before } => model.detail.sites = before,
        Purpose::Criteria { before, position } => {
            model.detail.criteria = before;
            detail::restore(model, position);
        }
        Purpose::Find { position } => {
            model.detail.find = Default::default();
            model.detail.moved(|here, _| *here = position);
        }
        Purpose::Rows { before } => comparing::set_filter(model, before),
        Purpose::Trials { before } => patient::set_filter(model, before),
        Purpose::Palette { .. }
        | Purpose::Desk(_)
        | Purpose::Start
        | Purpose::Note { .. }
        | Purpose::Correct(_)
        | Purpose::Initials(_)
        | Purpose::Patient => {}
    }
}
