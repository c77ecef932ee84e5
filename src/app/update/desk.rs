//! The desk: opening it, answering questions, and what is done with sheets. Typed lines and menus of the desk are
//! `desk_lines`' business.

use super::super::command::Command;
use super::super::desk::{Before, DeskJob, DeskNews, DeskOf, DeskScreen, Key, Row, criteria_of};
use super::super::layer::{Layer, Menu, MenuKind, MenuRow, SheetKind};
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::source as words;
use super::{desk_lines, layers, second};
use crate::desk::export::{RecordNow, place};
use crate::desk::sheet::{Answer, Bearing, Question, Sheet};

/// Opens the desk for the selected trial: the sheets are asked for first.
pub(super) fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(trial) = model.list.selected() else { return };
    if model.today.is_none() {
        model.notice = Some("the date is not known: sheets cannot be begun".to_owned());
        return;
    }
    model.desk.opening = Some(trial);
    effects.push(Effect::Desk(DeskJob::List));
}

/// The keeper of the sheets has news.
pub(super) fn news(model: &mut Model, news: DeskNews, effects: &mut Vec<Effect>) {
    match news {
        DeskNews::Listed { sheets, broken } => {
            model.desk.sheets = sheets;
            model.desk.broken = broken;
            model.desk.revision += 1;
            match model.desk.opening.take() {
                Some(trial) => opened(model, trial),
                None => tell_due(model),
            }
        }
        DeskNews::Done => {
            if model.desk.trouble.take().is_some() {
                model.desk.revision += 1;
            }
        }
        DeskNews::Judged { review, kept } => second::judged(model, *review, kept, effects),
        DeskNews::Exported(path) => model.notice = Some(format!("written: {path}")),
        DeskNews::Failed(why) => {
            model.desk.opening = None;
            model.notice = Some(why.clone());
            model.desk.trouble = Some(why);
            model.desk.revision += 1;
        }
    }
}

/// Shows the sheets; asks for a code word where there are none, and what to do with those whose time is over.
fn opened(model: &mut Model, trial: u32) {
    if model.layers.iter().any(|layer| matches!(layer, Layer::Desk(_))) {
        return;
    }
    let mut screen = DeskScreen::new(DeskOf::List { trial });
    screen.settle(model);
    // The sheet of this trial, if there is one, else the row for a new one.
    let first = |row: &Row| matches!(row, Row::Sheet(_) | Row::New);
    screen.position.cursor = screen.rows.iter().position(first).unwrap_or_default();
    model.layers.insert(0, Layer::Desk(Box::new(screen)));
    if model.layers.len() > 1 {
        return;
    }
    let due = due(model).len();
    if due > 0 {
        ask_to_purge(model, due);
    } else if model.desk.sheets.is_empty() && model.desk.broken.is_empty() {
        desk_lines::ask_code(model);
    }
}

/// The sheets whose time is over.
fn due(model: &Model) -> Vec<Key> {
    let Some(today) = model.today else { return Vec::new() };
    model.desk.sheets.iter().filter(|sheet| sheet.is_due(today)).map(Key::of).collect()
}

/// Says at the start of the program that sheets are past their time.
fn tell_due(model: &mut Model) {
    let due = due(model).len();
    if due > 0 {
        let (sheets, are) = if due == 1 { ("sheet", "is") } else { ("sheets", "are") };
        let key = model.keymap.first(Command::PreScreen);
        model.notice =
            Some(format!("{due} pre-screening {sheets} {are} past the time to keep: {key} asks to purge"));
    }
}

fn ask_to_purge(model: &mut Model, due: usize) {
    let title = match due {
        1 => "A sheet is past its time: delete it?".to_owned(),
        _ => format!("{due} sheets are past their time: delete them?"),
    };
    let rows =
        vec![MenuRow::new('d', "delete for good"), MenuRow::new('k', "keep for now; asks again next time")];
    model.layers.push(Layer::Menu(Menu { kind: MenuKind::Purge, title, rows, cursor: 1 }));
}

/// Deletes every sheet whose time is over.
pub(super) fn purge(model: &mut Model, effects: &mut Vec<Effect>) {
    let due = due(model);
    let count = due.len();
    due.iter().for_each(|key| delete(model, key, effects));
    model.notice = Some(format!("deleted: {count}"));
}

/// Deletes a sheet for good.
pub(super) fn delete(model: &mut Model, key: &Key, effects: &mut Vec<Effect>) {
    model.desk.sheets.retain(|sheet| Key::of(sheet) != *key);
    model.desk.undo.retain(|before| before.key != *key);
    model.desk.revision += 1;
    let is_its = |layer: &Layer| match layer {
        Layer::Desk(screen) => matches!(&screen.of, DeskOf::Sheet { key: shown, .. } if shown == key),
        _ => false,
    };
    model.layers.retain(|layer| !is_its(layer));
    let Key { code, trial } = key.clone();
    effects.push(Effect::Desk(DeskJob::Delete { code, trial }));
}

/// Keeps a sheet as it stands.
pub(super) fn save(model: &Model, key: &Key, effects: &mut Vec<Effect>) {
    if let Some(sheet) = model.desk.sheet(key) {
        effects.push(Effect::Desk(DeskJob::Save(Box::new(sheet.clone()))));
    }
}

/// Shows a sheet.
pub(super) fn show(model: &mut Model, key: Key) {
    let here = match screen_mut(model).map(|screen| &screen.of) {
        Some(DeskOf::List { trial }) => Some(*trial),
        _ => None,
    };
    let is_it = |at: &u32| model.entry(*at).is_some_and(|entry| entry.trial.id == key.trial);
    let record = here.filter(is_it).or_else(|| model.index_of(&key.trial));
    let screen = DeskScreen::new(DeskOf::Sheet { key, record, open_only: false });
    model.layers.push(Layer::Desk(Box::new(screen)));
}

/// The open trial of an id.
fn record_of(model: &Model, trial: &str) -> Option<u32> {
    let found = model.trials.iter().position(|entry| entry.trial.id == trial);
    found.and_then(|at| u32::try_from(at).ok())
}

/// Whether a sheet's criteria are still those of its record.
pub(super) fn record_now(model: &Model, sheet: &Sheet) -> RecordNow {
    match record_of(model, &sheet.trial).and_then(|at| model.entry(at)) {
        Some(entry) if sheet.is_stale(criteria_of(entry).0) => RecordNow::Changed,
        Some(_) => RecordNow::Same,
        None => RecordNow::NotOpen,
    }
}

/// Begins a sheet for the trial that the desk was opened for, or shows the one there is.
pub(super) fn begin(model: &mut Model, code: &str, effects: &mut Vec<Effect>) {
    let (Some(today), Some(DeskOf::List { trial })) =
        (model.today, screen_mut(model).map(|screen| screen.of.clone()))
    else {
        return;
    };
    let Some(entry) = model.entry(trial).cloned() else { return };
    let key = Key { code: code.to_owned(), trial: entry.trial.id.clone() };
    if model.desk.sheet(&key).is_none() {
        let mut sheet = Sheet::begin(code, &entry.trial, &entry.readings().criteria, today);
        sheet.retention_days = model.desk.keep_days();
        if sheet.questions.is_empty() {
            model.notice = Some("the record states no criteria to ask about".to_owned());
            return;
        }
        model.desk.sheets.push(sheet);
        model.desk.sheets.sort_by(|a, b| (&a.code, &a.trial).cmp(&(&b.code, &b.trial)));
        model.desk.revision += 1;
        save(model, &key, effects);
    }
    // Back in the list, it is this sheet that Enter opens again.
    if let Some(screen) = screen_mut(model) {
        screen.stand_on(Row::Sheet(key.clone()));
    }
    show(model, key);
}

/// The screen of the desk that has the keys, under typed lines and menus.
pub(super) fn screen_mut(model: &mut Model) -> Option<&mut DeskScreen> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Desk(screen) => Some(&mut **screen),
        _ => None,
    })
}

/// The sheet and the question under the cursor.
pub(super) fn here(model: &mut Model) -> Option<(Key, Option<usize>)> {
    let screen = screen_mut(model)?;
    match (&screen.of, screen.row()) {
        (DeskOf::Sheet { key, .. }, _) => Some((key.clone(), screen.question())),
        (DeskOf::List { .. }, Row::Sheet(key)) => Some((key.clone(), None)),
        _ => None,
    }
}

/// Changes a question; what it was can be had back.
pub(super) fn change(
    model: &mut Model,
    key: &Key,
    index: usize,
    how: impl FnOnce(&mut Question),
    effects: &mut Vec<Effect>,
) {
    let Some(question) = model.desk.sheet_mut(key).and_then(|sheet| sheet.questions.get_mut(index)) else {
        return;
    };
    let before = question.clone();
    how(question);
    if *question != before {
        model.desk.undo.push(Before { key: key.clone(), index, question: before });
        save(model, key, effects);
    }
}

pub(super) fn command(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    if moved(model, command) {
        return;
    }
    match command {
        Command::Accept => accept(model, effects),
        Command::Met => answer(model, Answer::Met, effects),
        Command::NotMet => answer(model, Answer::NotMet, effects),
        Command::NotKnown => answer(model, Answer::Unknown, effects),
        Command::NotApplicable => answer(model, Answer::NotApplicable, effects),
        Command::NextOpen => next_open(model),
        Command::Undo => undo(model, effects),
        Command::Only => fold(model),
        Command::Renew => renew(model, effects),
        Command::Value => desk_lines::ask_value(model),
        Command::Note => desk_lines::ask_note(model),
        Command::Export => desk_lines::ask_format(model),
        Command::Delete => desk_lines::ask_to_delete(model),
        Command::Source => source(model),
        _ => {}
    }
}

/// Opens the record's text with the words of the question under the cursor lit.
fn source(model: &mut Model) {
    let Some((key, Some(_))) = here(model) else { return };
    if words::span(model).is_some() {
        layers::open_sheet(model, SheetKind::Source);
        return;
    }
    let sheet = model.desk.sheet(&key);
    let notice = match sheet.map(|sheet| record_now(model, sheet)) {
        Some(RecordNow::Changed) => {
            let renew = model.keymap.first(Command::Renew);
            format!("the record's text has changed since: {renew} takes the new one")
        }
        _ => "the trial's record is not open: open it to see the words in their text".to_owned(),
    };
    model.notice = Some(notice);
}

/// Moves the cursor; `false` when the command is no moving.
fn moved(model: &mut Model, command: Command) -> bool {
    let Some(height) = screen_mut(model).cloned().map(|screen| usize::from(screen.area(model).height.max(1)))
    else {
        return false;
    };
    screen_mut(model).is_some_and(|screen| screen.position.follow(command, &screen.content, height))
}

/// Opens what the cursor stands on; on a question with a limit, asks for its value.
fn accept(model: &mut Model, _effects: &mut Vec<Effect>) {
    let Some(row) = screen_mut(model).map(|screen| screen.row().clone()) else { return };
    match row {
        Row::Sheet(key) => show(model, key),
        Row::New => desk_lines::ask_code(model),
        Row::Question(_) => desk_lines::ask_value(model),
        Row::Words => {}
    }
}

/// Answers the question under the cursor and goes on to the next.
fn answer(model: &mut Model, answer: Answer, effects: &mut Vec<Effect>) {
    let Some((key, Some(index))) = here(model) else { return };
    change(model, &key, index, |question| question.answer = answer, effects);
    moved(model, Command::Down);
    if let Some(screen) = screen_mut(model) {
        screen.refresh();
    }
}

/// To the next question that is open, round the end.
fn next_open(model: &mut Model) {
    let Some((key, _)) = here(model) else { return };
    let Some(sheet) = model.desk.sheet(&key) else { return };
    let open: Vec<usize> =
        (0..sheet.questions.len()).filter(|at| sheet.bearing(*at) == Bearing::Open).collect();
    let Some(area) = super::super::desk::screen(model).map(|screen| screen.area(model)) else { return };
    let height = usize::from(area.height.max(1));
    let Some(screen) = screen_mut(model) else { return };
    let is_open =
        |at: &usize| matches!(screen.rows.get(*at), Some(Row::Question(index)) if open.contains(index));
    let cursor = screen.position.cursor;
    let next = (cursor + 1..screen.rows.len()).chain(0..cursor).find(is_open);
    match next {
        Some(next) => screen.position.go_to(&screen.content, height, next),
        None => model.notice = Some("no other question is open".to_owned()),
    }
}

/// Takes the last change of this sheet back.
fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some((key, _)) = here(model) else { return };
    let Some(last) = model.desk.undo.iter().rposition(|before| before.key == key) else {
        model.notice = Some("nothing to undo on this sheet".to_owned());
        return;
    };
    let before = model.desk.undo.remove(last);
    let Some(question) = model.desk.sheet_mut(&key).and_then(|sheet| sheet.questions.get_mut(before.index))
    else {
        return;
    };
    model.notice = Some(format!("undone: {}", place(&before.question)));
    *question = before.question;
    save(model, &key, effects);
    go_to_question(model, before.index);
}

/// Puts the cursor on a question.
fn go_to_question(model: &mut Model, index: usize) {
    let Some(area) = super::super::desk::screen(model).map(|screen| screen.area(model)) else { return };
    let Some(screen) = screen_mut(model) else { return };
    if let Some(at) = screen.rows.iter().position(|row| *row == Row::Question(index)) {
        screen.position.go_to(&screen.content, usize::from(area.height.max(1)), at);
    }
}

/// Only the open questions, or all of them again.
fn fold(model: &mut Model) {
    let Some(screen) = screen_mut(model) else { return };
    if let DeskOf::Sheet { open_only, .. } = &mut screen.of {
        *open_only = !*open_only;
        screen.refresh();
    }
}

/// Takes the record's new text into a sheet that was begun with another one.
fn renew(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(DeskOf::Sheet { key, record, .. }) = screen_mut(model).map(|screen| screen.of.clone()) else {
        return;
    };
    let Some(entry) = record.and_then(|at| model.entry(at)).cloned() else {
        model.notice = Some("the record is not open here".to_owned());
        return;
    };
    let Some(sheet) = model.desk.sheet(&key) else { return };
    if !sheet.is_stale(criteria_of(&entry).0) {
        model.notice = Some("the sheet is of the text that the record has".to_owned());
        return;
    }
    let (renewed, kept) = sheet.renewed(&entry.trial, &entry.readings().criteria);
    if let Some(sheet) = model.desk.sheet_mut(&key) {
        *sheet = renewed;
    }
    model.desk.undo.retain(|before| before.key != key);
    model.notice = Some(format!("the new text is taken; answers kept: {kept}"));
    save(model, &key, effects);
}
