//! Keys → commands → changes.

use crossterm::event::{KeyEvent, KeyEventKind};

use super::super::areas;
use super::super::chord;
use super::super::command::{Command, Place};
use super::super::finder::Aim;
use super::super::key::Key;
use super::super::keymap::Meaning;
use super::super::layer::{Layer, SheetKind};
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::pane::Pane;
use super::{
    comparing, dates, desk, detail, facets, finder, findings, going, guide, layers, list, notebook, palette,
    patient, sets, taking, typing,
};

/// Where the person is, innermost first.
pub(in super::super) fn places(model: &Model) -> &'static [Place] {
    places_over(model, model.layers.last())
}

/// Where the person is when the line that is being typed is done.
pub(super) fn places_below_lines(model: &Model) -> &'static [Place] {
    places_over(model, model.layers.iter().rev().find(|layer| !matches!(layer, Layer::Line(_))))
}

fn places_over(model: &Model, layer: Option<&Layer>) -> &'static [Place] {
    match (layer, model.focus) {
        (Some(Layer::Line(_)), _) => &[Place::Typing, Place::Everywhere],
        (Some(Layer::Finder(_)), _) => &[Place::Finding, Place::Typing, Place::Everywhere],
        (Some(Layer::Facets(_)), _) => &[Place::Facets, Place::Menu, Place::Everywhere],
        (Some(Layer::Desk(_)), _) => &[Place::Desk, Place::Menu, Place::Everywhere],
        (Some(Layer::Dates(_)), _) => &[Place::Dates, Place::Moving, Place::Everywhere],
        (Some(Layer::Patient(_)), _) => &[Place::Patient, Place::Moving, Place::Menu, Place::Everywhere],
        (Some(Layer::Findings(_)), _) => &[Place::Findings, Place::Moving, Place::Menu, Place::Everywhere],
        (Some(Layer::Comparing(_)), _) => &[Place::Comparing, Place::Moving, Place::Everywhere],
        (Some(_), _) => &[Place::Menu, Place::Everywhere],
        (None, Focus::List) => &[Place::List, Place::Moving, Place::Everywhere],
        (None, Focus::Detail) => &[Place::Detail, Place::Moving, Place::Everywhere],
    }
}

/// A key was pressed.
pub(super) fn press(model: &mut Model, event: KeyEvent, effects: &mut Vec<Effect>) {
    if event.kind == KeyEventKind::Release {
        return;
    }
    model.notice = None;
    model.arriving = None;
    model.clicked = None;
    let key = Key::of(event);
    if model.pending.is_empty() {
        if let (Some(Layer::Line(_) | Layer::Finder(_)), Some(letter)) =
            (model.layers.last(), key.character())
        {
            typing::insert(model, letter.encode_utf8(&mut [0; 4]), effects);
            return;
        }
        if layers::choose_by_letter(model, key, effects) {
            return;
        }
    }
    go_on(model, key, effects);
}

/// One more key: a command, or a part of a chord.
fn go_on(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let mut pressed = std::mem::take(&mut model.pending);
    pressed.push(key);
    match model.keymap.meaning(places(model), &pressed) {
        Meaning::Command(command) => run(model, command, effects),
        Meaning::Begun => model.pending = pressed,
        Meaning::Nothing if pressed.len() > 1 => {
            // What backs out, backs out of the chord.
            let back = model.keymap.meaning(places(model), &[key]) == Meaning::Command(Command::Back);
            model.notice = (!back).then(|| format!("{} does nothing here", chord::shown(&pressed)));
        }
        Meaning::Nothing => {}
    }
}

/// Does a command where the person is.
pub(super) fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    if everywhere(model, command, effects) {
        return;
    }
    match model.layers.last() {
        Some(Layer::Line(_)) => typing::command(model, command, effects),
        Some(Layer::Finder(_)) => finder::command(model, command, effects),
        Some(Layer::Facets(_)) => facets::command(model, command, effects),
        Some(Layer::Dates(_)) => dates::command(model, command, effects),
        Some(Layer::Comparing(_)) => comparing::command(model, command, effects),
        Some(Layer::Findings(_)) => findings::command(model, command),
        Some(Layer::Patient(_)) => patient::command(model, command),
        Some(_) => layers::command(model, command, effects),
        None => match model.focus {
            Focus::List => list::command(model, command, effects),
            Focus::Detail => detail::command(model, command, effects),
        },
    }
}

/// The commands that mean the same wherever the person is; `false` when it is none of them.
fn everywhere(model: &mut Model, command: Command, effects: &mut Vec<Effect>) -> bool {
    match command {
        Command::Quit => effects.push(Effect::Quit),
        Command::Suspend => effects.push(Effect::Suspend),
        Command::Redraw => effects.push(Effect::Redraw),
        Command::Back => back(model, effects),
        Command::Help => layers::open_sheet(model, SheetKind::Help),
        Command::Problems => layers::open_sheet(model, SheetKind::Problems),
        Command::Guide => guide::begin_or_leave(model),
        Command::Palette => palette::open(model),
        Command::Finder => finder::open(model, Aim::Go, Vec::new(), effects),
        Command::Mouse => {
            model.mouse = !model.mouse;
            effects.push(Effect::Mouse(model.mouse));
            let told = if model.mouse {
                "the mouse is ours: M gives it back"
            } else {
                "the mouse is the terminal's"
            };
            model.notice = Some(told.to_owned());
        }
        _ if !model.layers.is_empty() => return false,
        Command::GoBack => going::retrace(model, false, effects),
        Command::GoForward => going::retrace(model, true, effects),
        Command::PreScreen => desk::open(model, effects),
        Command::Search => typing::open_search(model),
        Command::NextPane => next_pane(model, 1),
        Command::PreviousPane => next_pane(model, -1),
        Command::Calendar => dates::ask(model),
        Command::Compare => comparing::open(model, effects),
        Command::Match => patient::ask(model),
        Command::Findings => findings::open(model),
        Command::Zoom => model.zoom = !model.zoom,
        Command::Narrower => model.split = areas::moved_split(model, -2),
        Command::Wider => model.split = areas::moved_split(model, 2),
        Command::Copy => taking::open_copy(model),
        Command::Bookmark => notebook::mark(model, effects),
        Command::Bookmarks => notebook::open_bookmarks(model),
        Command::Note => notebook::ask_note(model),
        Command::NewTab => sets::open_told(model),
        Command::CloseTab => sets::close(model, effects),
        Command::NextTab => sets::go(model, model.sets.beside(true), effects),
        Command::PreviousTab => sets::go(model, model.sets.beside(false), effects),
        Command::Tabs => sets::open_menu(model),
        Command::Undo => notebook::undo(model, effects),
        Command::OpenPage => taking::open_page(model),
        Command::View => taking::view(model, effects),
        Command::Export => taking::open_export(model),
        _ => match Pane::of_command(command) {
            Some(pane) => detail::show(model, pane),
            None => return false,
        },
    }
    true
}

fn next_pane(model: &mut Model, steps: isize) {
    if model.focus == Focus::List {
        model.focus = Focus::Detail;
    } else {
        detail::show(model, model.detail.pane.step(steps));
    }
}

/// Backs out of the innermost thing.
fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    if comparing::back(model) || patient::back(model, effects) {
        return;
    }
    if let Some(layer) = model.layers.pop() {
        layers::backed_out(model, layer, effects);
    } else if model.focus == Focus::Detail {
        detail::back(model);
    } else if model.zoom {
        model.zoom = false;
    } else if !model.list.filter.is_empty() {
        list::set_filter(model, String::new(), effects);
    } else if !guide::leave(model) && model.load.running && !model.load.cancelled {
        model.load.cancelled = true;
        effects.push(Effect::CancelLoad);
    }
}
