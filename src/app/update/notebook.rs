//! Bookmarks and notes on trials, what was searched, and taking changes back.

use super::super::input::Input;
use super::super::layer::{Layer, Line, Menu, MenuKind, MenuRow, Purpose};
use super::super::marks;
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::notebook::{Bookmark, Change, Notebook};
use super::super::pane::Pane;
use super::super::spot::Spot;
use super::super::undo::Undo;
use super::{going, guide, list, sets};
use crate::protocol::Span;

/// What was kept has been read, or why it cannot be.
pub(super) fn read(model: &mut Model, read: Result<Notebook, String>, effects: &mut Vec<Effect>) {
    match read {
        Ok(notebook) => {
            model.notebook = notebook;
            guide::offer(model, effects);
        }
        Err(fault) => model.notice = Some(fault),
    }
}

/// Makes a change that can be taken back.
pub(super) fn change(model: &mut Model, change: Change, effects: &mut Vec<Effect>) {
    if let Some(back) = model.notebook.make(&change) {
        model.undos.push(model.sets.id, Undo::Notebook(back));
    }
    effects.push(Effect::Keep(change));
}

/// What was typed to search is kept for another time.
pub(super) fn searched(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    let text = text.trim();
    if !text.is_empty() && model.notebook.searches.last().is_none_or(|last| last != text) {
        change(model, Change::Searched(text.to_owned()), effects);
    }
}

/// Marks the place the person is at, or takes the mark away.
pub(super) fn mark(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(spot) = Spot::of(model) else { return };
    let Some(head) = model.head(spot.trial) else { return };
    let in_pane = spot.focus == Focus::Detail;
    let at = spot.at.filter(|_| in_pane);
    let bookmark = Bookmark {
        title: marks::title(&head).into_owned(),
        trial: spot.id,
        pane: in_pane.then(|| spot.pane.index()),
        at: at.as_ref().map_or(0, |at| at.start),
        field: at.map(|at| at.field.into_owned()),
    };
    let known = model.notebook.bookmarks.contains(&bookmark);
    model.notice =
        Some(format!("{}: {}", if known { "no longer marked" } else { "marked" }, told(&bookmark)));
    change(model, if known { Change::Unmark(bookmark) } else { Change::Mark(bookmark) }, effects);
}

fn told(bookmark: &Bookmark) -> String {
    match bookmark.pane.and_then(|pane| Pane::ALL.get(pane)) {
        Some(pane) => format!("{} · {} · {}", bookmark.trial, pane.title(), bookmark.title),
        None => format!("{} · {}", bookmark.trial, bookmark.title),
    }
}

/// Opens the menu of bookmarks, the newest first.
pub(super) fn open_bookmarks(model: &mut Model) {
    let marks: Vec<Bookmark> = model.notebook.bookmarks.iter().rev().cloned().collect();
    if marks.is_empty() {
        model.notice = Some("nothing is marked yet: b marks a trial, or a row of it".to_owned());
        return;
    }
    let rows = marks.iter().map(|mark| MenuRow { letter: None, text: told(mark) }).collect();
    let menu = Menu { kind: MenuKind::Bookmarks(marks), title: "Bookmarks".to_owned(), rows, cursor: 0 };
    model.layers.push(Layer::Menu(menu));
}

/// Goes to a bookmark.
pub(super) fn go(model: &mut Model, mark: &Bookmark, effects: &mut Vec<Effect>) {
    let Some(trial) = model.index_of(&mark.trial) else {
        model.notice = Some(format!("{} is not among the trials that are open", mark.trial));
        return;
    };
    let pane = mark.pane.and_then(|pane| Pane::ALL.get(pane)).copied();
    let at = mark.field.as_ref().map(|field| Span::new(field.clone(), mark.at..mark.at));
    let spot = Spot {
        tab: model.sets.id,
        trial,
        id: mark.trial.clone(),
        focus: if pane.is_some() { Focus::Detail } else { Focus::List },
        pane: pane.unwrap_or(model.detail.pane),
        at,
        position: Default::default(),
    };
    going::to_row(model, spot, effects);
}

/// Asks for a note on the selected trial.
pub(super) fn ask_note(model: &mut Model) {
    let Some(trial) = Spot::of(model).map(|spot| spot.id) else { return };
    let input = Input::new(model.notebook.notes.get(&trial).map(String::as_str).unwrap_or_default());
    model.layers.push(Layer::Line(Line { purpose: Purpose::Note { trial }, input }));
}

/// Takes the last change back: ticks, order and columns of the list, notes, bookmarks.
pub(super) fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    // What was done in a tab that is closed cannot be taken back any more.
    let undo = loop {
        match model.undos.pop() {
            Some((tab, undo)) if undo.is_of_tab() && model.sets.place(tab).is_none() => {}
            Some((tab, undo)) if undo.is_of_tab() => {
                sets::go_to(model, tab, effects);
                break undo;
            }
            Some((_, undo)) => break undo,
            None => {
                model.notice = Some("nothing to take back".to_owned());
                return;
            }
        }
    };
    model.notice = Some(format!("taken back: {}", undo.told()));
    match undo {
        Undo::Closed(at, tab) => sets::reopen(model, at, tab, effects),
        Undo::Ticks(ticked) => model.list.ticked = ticked,
        Undo::Sort(sort) => list::set_sort(model, sort, effects),
        Undo::Coverage(coverage) => model.list.coverage = coverage,
        Undo::Notebook(change) => {
            model.notebook.make(&change);
            effects.push(Effect::Keep(change));
        }
    }
}
