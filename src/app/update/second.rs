//! The second reader: accepting, correcting and rejecting what was read of the row under the cursor.

use std::sync::Arc;

use super::super::desk::DeskJob;
use super::super::input::Input;
use super::super::layer::{Layer, Line, Menu, MenuKind, MenuRow, Purpose};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::notebook::Change;
use super::super::second::{at, is_of, is_read, words};
use super::{list, notebook};
use crate::library::Entry;
use crate::library::reviews::{MOST_INITIALS, MOST_WORDS, is_initials};
use crate::protocol::{Review, Verdict};
use crate::reading::second::{Judged, check};

/// Letters of the record's words that a correction begins with at most.
const MOST_GIVEN: usize = 300;

/// A verdict that waits for its initials, or for nothing any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    review: Review,
    keep: bool,
}

/// The rows under the cursor.
fn here(model: &Model) -> Vec<Judged> {
    let detail = &model.detail;
    let item = detail.content.items.get(detail.position().cursor);
    let place = item.filter(|item| item.is_row()).and_then(|item| item.source.as_ref());
    let (Some(place), Some(entry)) = (place, model.selected()) else { return Vec::new() };
    if !is_of(detail.pane) {
        return Vec::new();
    }
    at(&entry.judged(), place).into_iter().cloned().collect()
}

fn nothing(model: &mut Model) {
    let told = if is_of(model.detail.pane) {
        "nothing that was read stands in this row"
    } else {
        "rows are judged in Endpoints (3), Schedule (4) and Eligibility (5)"
    };
    model.notice = Some(told.to_owned());
}

/// Accepts all that was read of the row.
pub(super) fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let rows: Vec<Judged> = here(model).into_iter().filter(|judged| is_read(&judged.row)).collect();
    if rows.is_empty() {
        return nothing(model);
    }
    let Some(entry) = model.selected().cloned() else { return };
    // What was corrected or rejected is not accepted by the way: that takes `r`.
    let open: Vec<&Judged> = rows.iter().filter(|judged| judged.review.is_none()).collect();
    if open.is_empty() {
        model.notice = Some("judged already: r changes it".to_owned());
        return;
    }
    let said = open.into_iter().filter_map(|judged| judged.review(&entry.trial, Verdict::Accepted));
    say(model, said.map(|review| Said { review, keep: true }).collect(), effects);
}

/// Asks what to do with the row; where several things were read of it, with which first.
pub(super) fn ask(model: &mut Model) {
    let rows = here(model);
    match rows.as_slice() {
        [] => nothing(model),
        [only] => ask_verdict(model, only.clone()),
        _ => {
            let menu = rows.iter().zip('a'..='z');
            let menu = menu.map(|(judged, letter)| MenuRow::new(letter, told(judged))).collect();
            let title = "Correct or reject which row".to_owned();
            model.layers.push(Layer::Menu(Menu { kind: MenuKind::Rows(rows), title, rows: menu, cursor: 0 }));
        }
    }
}

fn told(judged: &Judged) -> String {
    let verdict = judged.review.as_ref().map(|review| format!(" ({})", review.verdict.word()));
    format!("{}: {}{}", judged.row.kind().words(), words(&judged.row), verdict.unwrap_or_default())
}

/// What can be done with a row.
fn ask_verdict(model: &mut Model, judged: Judged) {
    let mut rows = vec![MenuRow::new('c', "correct it, in words"), MenuRow::new('x', "reject it")];
    if judged.review.is_some() {
        rows.push(MenuRow::new('t', "take the verdict back"));
    }
    if !model.notebook.initials.is_empty() {
        rows.push(MenuRow::new('i', format!("sign with other initials than {}", model.notebook.initials)));
    }
    let title = told(&judged);
    let kind = MenuKind::Verdict(Box::new(judged));
    model.layers.push(Layer::Menu(Menu { kind, title, rows, cursor: 0 }));
}

/// A row of the menus was chosen.
pub(super) fn choose(model: &mut Model, kind: &MenuKind, cursor: usize, effects: &mut Vec<Effect>) {
    match kind {
        MenuKind::Rows(rows) => {
            if let Some(judged) = rows.get(cursor) {
                ask_verdict(model, judged.clone());
            }
        }
        MenuKind::Verdict(judged) => match (cursor, &judged.review) {
            (0, _) => ask_words(model, judged),
            (1, _) => say_one(model, judged, Verdict::Rejected, effects),
            (2, Some(review)) => {
                say(model, vec![Said { review: review.clone(), keep: false }], effects);
            }
            _ => ask_initials(model, Vec::new()),
        },
        _ => {}
    }
}

/// Asks for the correction; the earlier one, or the record's words, stand there to be changed.
fn ask_words(model: &mut Model, judged: &Judged) {
    let entry = model.selected().cloned();
    let said = judged.review.as_ref().and_then(|review| match &review.verdict {
        Verdict::Corrected(said) => Some(said.clone()),
        _ => None,
    });
    let record = || {
        let entry = entry.as_ref()?;
        let text = entry.trial.text(&judged.span.field).and_then(|text| judged.span.of(text))?;
        (text.chars().count() <= MOST_GIVEN).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let text = said.or_else(record).unwrap_or_default();
    let purpose = Purpose::Correct(Box::new(judged.clone()));
    model.layers.push(Layer::Line(Line { purpose, input: Input::new(&text) }));
}

/// A correction was typed: what the row's reader cannot read stays to be mended.
pub(super) fn corrected(model: &mut Model, judged: &Judged, line: Line, effects: &mut Vec<Effect>) {
    let said = line.input.text().trim().to_owned();
    let fault = if said.chars().count() > MOST_WORDS {
        Some(format!("more than {MOST_WORDS} letters"))
    } else {
        check(&model.words, &judged.row, &said).err()
    };
    if let Some(fault) = fault {
        model.notice = Some(fault);
        model.layers.push(Layer::Line(line));
        return;
    }
    say_one(model, judged, Verdict::Corrected(said), effects);
}

fn say_one(model: &mut Model, judged: &Judged, verdict: Verdict, effects: &mut Vec<Effect>) {
    let review = model.selected().and_then(|entry| judged.review(&entry.trial, verdict));
    say(model, review.map(|review| Said { review, keep: true }).into_iter().collect(), effects);
}

/// Has verdicts kept, signed; asks for the initials first where they are not known.
fn say(model: &mut Model, said: Vec<Said>, effects: &mut Vec<Effect>) {
    if model.notebook.initials.is_empty() {
        ask_initials(model, said);
        return;
    }
    for Said { mut review, keep } in said {
        review.by.clone_from(&model.notebook.initials);
        effects.push(Effect::Desk(DeskJob::Judge { review: Box::new(review), keep }));
    }
}

/// Asks for the initials, for the verdicts that wait for them; those that are known stand there to be changed.
fn ask_initials(model: &mut Model, said: Vec<Said>) {
    let input = Input::new(&model.notebook.initials);
    model.layers.push(Layer::Line(Line { purpose: Purpose::Initials(said), input }));
}

/// Initials were typed.
pub(super) fn signed(model: &mut Model, said: Vec<Said>, line: Line, effects: &mut Vec<Effect>) {
    let initials = line.input.text().trim().to_owned();
    if !is_initials(&initials) {
        model.notice = Some(format!("initials: 1 to {MOST_INITIALS} letters or digits"));
        model.layers.push(Layer::Line(line));
        return;
    }
    notebook::change(model, Change::Initials(initials), effects);
    say(model, said, effects);
}

/// A verdict is kept, or taken back: the record is read anew with it.
pub(super) fn judged(model: &mut Model, review: Review, kept: bool, effects: &mut Vec<Effect>) {
    let told = if kept { review.verdict.word() } else { "taken back" };
    model.notice = Some(format!("{told}: {}", review.row.words()));
    let trial = review.trial.clone();
    let reviews = Arc::make_mut(&mut model.reviews);
    if kept {
        reviews.put(review);
    } else {
        reviews.take_back(&review);
    }
    read_anew(model, &trial);
    if !model.list.filter.is_empty() {
        list::arrange(model, effects);
    }
}

/// The records of that id are read with the verdicts as they are now.
fn read_anew(model: &mut Model, trial: &str) {
    let reviews = Arc::clone(&model.reviews);
    let anew = |entry: &mut Arc<Entry>| {
        if entry.trial.id == trial {
            let unread = entry.unread();
            unread.use_reviews(&reviews);
            *entry = Arc::new(unread);
        }
    };
    match &mut model.shelf {
        Some(shelf) => {
            shelf.library.use_reviews(Arc::clone(&reviews));
            shelf.each_record(anew);
        }
        None => Arc::make_mut(&mut model.trials).iter_mut().for_each(anew),
    }
    model.verdicts += 1;
}
