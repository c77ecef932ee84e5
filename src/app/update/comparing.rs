//! Keys in the comparison.

use std::sync::Arc;

use super::super::age;
use super::super::command::Command;
use super::super::comparing::take::{self, Take};
use super::super::comparing::{self, Comparing, FEWEST, MOST};
use super::super::export::Page;
use super::super::finder::Aim;
use super::super::input::Input;
use super::super::layer::{Layer, Line, Menu, MenuKind, MenuRow, Purpose, SheetKind};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::pane::Pane;
use super::{finder, layers, shelf, taking};
use crate::compare::{SECTIONS, State};
use crate::library::Entry;

/// Opens the comparison of the ticked trials; with one ticked, of it and the selected one.
pub(super) fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let mut trials: Vec<u32> =
        model.list.order.iter().copied().filter(|trial| model.list.ticked.contains(trial)).collect();
    trials.extend(
        model.list.ticked.iter().filter(|trial| !trials.contains(trial)).copied().collect::<Vec<_>>(),
    );
    if trials.len() < FEWEST
        && let Some(selected) = model.list.selected().filter(|selected| !trials.contains(selected))
    {
        trials.push(selected);
    }
    if trials.len() < FEWEST {
        return ask_versions(model, effects);
    }
    if trials.len() > MOST {
        model.notice = Some(format!("{} are ticked: at most {MOST} can be compared", trials.len()));
        return;
    }
    let entries: Vec<Arc<Entry>> = trials.iter().filter_map(|trial| model.entry(*trial).cloned()).collect();
    if entries.len() < trials.len() {
        model.notice = Some("their records are being read: try again".to_owned());
        return;
    }
    model.layers.push(Layer::Comparing(Box::new(Comparing::new(entries))));
}

/// With nothing ticked: the versions of the selected trial, where several are open or the library keeps some.
fn ask_versions(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(selected) = model.list.selected() else { return tell_of_ticks(model) };
    if let Some(wish) = shelf::wish(model, vec![selected]) {
        return effects.push(Effect::Versions(wish));
    }
    let others = model.other_versions(selected);
    open_versions(model, selected, others);
}

/// The library has answered; the person may have gone elsewhere meanwhile.
pub(super) fn versions(model: &mut Model, row: u32, read: Result<Vec<Arc<Entry>>, String>) {
    if model.list.selected() != Some(row) || !model.layers.is_empty() {
        return;
    }
    match read {
        Ok(others) if others.is_empty() => tell_of_ticks(model),
        Ok(others) => open_versions(model, row, others),
        Err(reason) => model.notice = Some(reason),
    }
}

/// Lays the versions of a trial side by side, the oldest first.
fn open_versions(model: &mut Model, trial: u32, mut versions: Vec<Arc<Entry>>) {
    let Some(entry) = model.entry(trial) else {
        model.notice = Some("its record is being read: try again".to_owned());
        return;
    };
    versions.push(Arc::clone(entry));
    versions.sort_by(|one, other| age::last_update(&one.trial).cmp(&age::last_update(&other.trial)));
    if versions.len() < FEWEST {
        return tell_of_ticks(model);
    }
    let newest = versions.split_off(versions.len().saturating_sub(MOST));
    model.layers.push(Layer::Comparing(Box::new(Comparing::new(newest))));
}

fn tell_of_ticks(model: &mut Model) {
    let tick = model.keymap.first(Command::Tick).to_lowercase();
    model.notice = Some(format!("{tick} ticks trials: two to {MOST} can be compared"));
}

/// Does a command in the comparison, which is the topmost layer.
pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    match command {
        Command::Search => return search(model),
        Command::AddColumn => return open_add(model, effects),
        Command::Source => return source(model),
        Command::Copy => return open_copy(model),
        Command::Export => return taking::open_export(model),
        _ => {}
    }
    let Some(Layer::Comparing(mut comparing)) = model.layers.pop() else { return };
    let height = usize::from(comparing::rows_area(model).height.max(1));
    if !moves(&mut comparing, command, height) {
        changes(model, &mut comparing, command);
    }
    model.layers.push(Layer::Comparing(comparing));
}

/// Moving over rows and columns; `false` when the command is none of that.
fn moves(comparing: &mut Comparing, command: Command, height: usize) -> bool {
    if comparing.position.follow(command, &comparing.content, height) {
        return true;
    }
    match command {
        Command::Left => comparing.column = comparing.column.saturating_sub(1),
        Command::Right => {
            comparing.column = (comparing.column + 1).min(comparing.trials.len().saturating_sub(1))
        }
        Command::NextPane => comparing.section = (comparing.section + 1) % SECTIONS.len(),
        Command::PreviousPane => {
            comparing.section = (comparing.section + SECTIONS.len() - 1) % SECTIONS.len()
        }
        Command::NextDifference => to_difference(comparing, height, true),
        Command::PreviousDifference => to_difference(comparing, height, false),
        _ => match Pane::of_command(command).map(Pane::index).filter(|index| *index < SECTIONS.len()) {
            Some(section) => comparing.section = section,
            None => return false,
        },
    }
    true
}

/// To the next row that differs, or the one before.
fn to_difference(comparing: &mut Comparing, height: usize, forward: bool) {
    let here = comparing.position.cursor;
    let differs = |item: &usize| {
        let row = comparing.rows.get(*item).copied().flatten();
        row.and_then(|row| comparing.section_rows().get(row)).is_some_and(|row| row.differs)
    };
    let found =
        if forward { (here + 1..comparing.rows.len()).find(differs) } else { (0..here).rev().find(differs) };
    if let Some(item) = found {
        comparing.position.go_to(&comparing.content, height, item);
    }
}

/// What changes the table itself.
fn changes(model: &mut Model, comparing: &mut Comparing, command: Command) {
    match command {
        Command::Differences => comparing.differences_only = !comparing.differences_only,
        Command::Undo => {
            let back = comparing.take_back();
            let told = if back { "taken back: the columns are as before" } else { "nothing to take back" };
            model.notice = Some(told.to_owned());
        }
        Command::Baseline => {
            comparing.remember();
            let same = comparing.baseline == Some(comparing.column);
            comparing.baseline = (!same).then_some(comparing.column);
        }
        Command::ColumnLeft => swap(comparing, comparing.column.checked_sub(1)),
        Command::ColumnRight => swap(comparing, Some(comparing.column + 1)),
        Command::RemoveColumn if comparing.trials.len() > FEWEST => {
            comparing.remember();
            let mut trials = comparing.trials.clone();
            trials.remove(comparing.column.min(trials.len() - 1));
            if comparing.baseline.is_some_and(|base| base >= comparing.column) {
                comparing.baseline = None;
            }
            comparing.set_trials(trials);
        }
        Command::RemoveColumn => {
            model.notice = Some("two trials are the fewest that can be compared".to_owned())
        }
        _ => {}
    }
}

/// The column under the cursor changes places with another one.
fn swap(comparing: &mut Comparing, other: Option<usize>) {
    let Some(other) = other.filter(|other| *other < comparing.trials.len()) else { return };
    comparing.remember();
    let mut trials = comparing.trials.clone();
    trials.swap(comparing.column, other);
    comparing.baseline = comparing.baseline.map(|base| {
        if base == comparing.column {
            other
        } else if base == other {
            comparing.column
        } else {
            base
        }
    });
    comparing.column = other;
    comparing.set_trials(trials);
}

fn search(model: &mut Model) {
    let Some(Layer::Comparing(comparing)) = model.layers.last() else { return };
    let before = comparing.filter.clone();
    let input = Input::new(&before);
    model.layers.push(Layer::Line(Line { purpose: Purpose::Rows { before }, input }));
}

/// Sets the filter of the rows.
pub(super) fn set_filter(model: &mut Model, filter: String) {
    let comparing = model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Comparing(comparing) => Some(comparing),
        _ => None,
    });
    if let Some(comparing) = comparing {
        comparing.filter = filter;
    }
}

/// Backs out: of the filter first; `false` when there is nothing to back out of but the comparison.
pub(super) fn back(model: &mut Model) -> bool {
    let Some(Layer::Comparing(comparing)) = model.layers.last_mut() else { return false };
    let filtered = !comparing.filter.is_empty();
    comparing.filter.clear();
    filtered
}

fn open_add(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Comparing(comparing)) = model.layers.last() else { return };
    if comparing.trials.len() >= MOST {
        model.notice = Some(format!("{MOST} trials are the most that can be compared"));
        return;
    }
    let columns = comparing.trials.clone();
    let stands = |index: &u32| match (&model.shelf, model.head(*index)) {
        (Some(_), Some(head)) => columns.iter().any(|column| column.trial.id == head.id),
        _ => model.entry(*index).is_some_and(|entry| columns.iter().any(|column| Arc::ptr_eq(column, entry))),
    };
    let ids = columns.iter().filter_map(|column| model.index_of(&column.trial.id));
    let known: Vec<u32> = match model.shelf {
        Some(_) => ids.filter(stands).collect(),
        None => (0..u32::try_from(model.end()).unwrap_or(u32::MAX)).filter(stands).collect(),
    };
    finder::open(model, Aim::Add, known, effects);
}

/// A further column.
pub(super) fn add(model: &mut Model, trial: u32) {
    let entry = model.entry(trial).cloned();
    if model.entry(trial).is_none()
        && let Some(shelf) = &mut model.shelf
    {
        shelf.to_compare = Some(trial);
        return;
    }
    let Some(Layer::Comparing(mut comparing)) = model.layers.pop() else { return };
    comparing.remember();
    let mut trials = comparing.trials.clone();
    trials.extend(entry);
    comparing.column = trials.len().saturating_sub(1);
    comparing.set_trials(trials);
    model.layers.push(Layer::Comparing(comparing));
}

fn source(model: &mut Model) {
    let Some(Layer::Comparing(comparing)) = model.layers.last() else { return };
    if comparing.cell().is_some_and(|cell| cell.state != State::NotStated) {
        layers::open_sheet(model, SheetKind::Source);
    } else {
        model.notice = Some("the record states nothing here".to_owned());
    }
}

/// Opens the menu of what can be copied here.
fn open_copy(model: &mut Model) {
    let Some(Layer::Comparing(comparing)) = model.layers.last() else { return };
    let choices = take::choices(comparing);
    let takes = choices.iter().map(|(take, ..)| *take).collect();
    let rows = choices.into_iter().map(|(_, letter, text)| MenuRow::new(letter, text)).collect();
    let (kind, title) = (MenuKind::CopyCompared(takes), "Copy".to_owned());
    model.layers.push(Layer::Menu(Menu { kind, title, rows, cursor: 0 }));
}

/// Copies what was chosen.
pub(super) fn copy(model: &mut Model, taken: Take, effects: &mut Vec<Effect>) {
    let Some(comparing) = model.comparing() else { return };
    let (effect, told) = match take::text(comparing, taken) {
        Some(text) => {
            let told = text.lines().collect::<Vec<_>>().join(", ").replace('\t', "  ");
            (Effect::Copy(text), told)
        }
        None => {
            let what =
                if taken == Take::Section { comparing.section_name().title() } else { "the comparison" };
            let told = format!("{what} as Markdown");
            (Effect::CopyPage(Page::Comparison(Box::new(take::page(comparing, taken)))), told)
        }
    };
    model.notice = Some(format!("copied: {told}"));
    effects.push(effect);
}
