//! What the desk asks for: code words, values and their units, notes, exports, whether to delete.

use super::super::desk::{DeskJob, Key};
use super::super::input::Input;
use super::super::layer::{DeskLine, Format, Layer, Line, Menu, MenuKind, MenuRow, Purpose};
use super::super::model::Model;
use super::super::msg::Effect;
use super::desk;
use crate::desk::sheet::Entered;
use crate::desk::{code, export, value};
use crate::matching::words::{Binding, canonical, told, unit_words};
use crate::protocol::Limit;

fn ask(model: &mut Model, line: DeskLine, text: &str) {
    model.layers.push(Layer::Line(Line { purpose: Purpose::Desk(line), input: Input::new(text) }));
}

/// Asks for a code word.
pub(super) fn ask_code(model: &mut Model) {
    ask(model, DeskLine::Code { resembles: None }, "");
}

/// Asks for the value of the question's limit; where it has several, for which one first.
pub(super) fn ask_value(model: &mut Model) {
    let Some((key, Some(index))) = desk::here(model) else { return };
    let Some(question) = model.desk.sheet(&key).and_then(|sheet| sheet.questions.get(index)) else { return };
    let asks = question.asks();
    match asks.as_slice() {
        [] => model.notice = Some("no limit was read in this criterion: answer it yourself".to_owned()),
        [only] => {
            let limit = only.first().copied().unwrap_or_default();
            ask_value_of(model, &key, index, limit);
        }
        _ => {
            let words = |group: &Vec<usize>| {
                let limits: Vec<&Limit> = group.iter().filter_map(|at| question.limits.get(*at)).collect();
                let told =
                    told(&limits).into_iter().map(|told| format!("{}{}", told.binding.words(), told.text));
                told.collect::<Vec<_>>().join(", ")
            };
            let rows = asks
                .iter()
                .zip('a'..='z')
                .map(|(group, letter)| MenuRow::new(letter, words(group)))
                .collect();
            let kind = MenuKind::Limit {
                question: index,
                limits: asks.iter().filter_map(|g| g.first().copied()).collect(),
            };
            model.layers.push(Layer::Menu(Menu { kind, title: "A value for".to_owned(), rows, cursor: 0 }));
        }
    }
}

/// Asks for the value of one limit; what was entered before stands there to be changed.
pub(super) fn ask_value_of(model: &mut Model, key: &Key, question: usize, limit: usize) {
    let Some(known) = model.desk.sheet(key).and_then(|sheet| sheet.questions.get(question)) else { return };
    let before = known.limits.get(limit).and_then(|limit| known.entered_for(limit));
    let before = before.map(|entered| {
        let bare = export::value_words(&Entered { unit: String::new(), ..entered.clone() });
        if entered.unit == "class" {
            export::value_words(entered)
        } else {
            format!("{bare} {}", entered.unit).trim().to_owned()
        }
    });
    ask(model, DeskLine::Value { question, limit }, &before.unwrap_or_default());
}

/// Asks for a note.
pub(super) fn ask_note(model: &mut Model) {
    let Some((key, Some(index))) = desk::here(model) else { return };
    let Some(question) = model.desk.sheet(&key).and_then(|sheet| sheet.questions.get(index)) else { return };
    let note = question.note.clone();
    ask(model, DeskLine::Note { question: index }, &note);
}

/// Asks in which form to export the sheet.
pub(super) fn ask_format(model: &mut Model) {
    if desk::here(model).is_none() {
        return;
    }
    let rows = Format::ALL.iter().map(|(_, letter, name, _)| MenuRow::new(*letter, *name)).collect();
    model.layers.push(Layer::Menu(Menu {
        kind: MenuKind::Export,
        title: "Export as".to_owned(),
        rows,
        cursor: 0,
    }));
}

/// Asks whether the sheet is to be deleted.
pub(super) fn ask_to_delete(model: &mut Model) {
    let Some((key, _)) = desk::here(model) else { return };
    let title = format!("Delete the sheet of {} for {}?", key.code, key.trial);
    let rows = vec![MenuRow::new('d', "delete for good"), MenuRow::new('k', "keep")];
    model.layers.push(Layer::Menu(Menu { kind: MenuKind::Delete(key), title, rows, cursor: 1 }));
}

/// A menu of the desk was chosen from. `row` is what was chosen.
pub(super) fn choose(model: &mut Model, kind: &MenuKind, row: usize, effects: &mut Vec<Effect>) {
    match kind {
        MenuKind::Purge if row == 0 => desk::purge(model, effects),
        MenuKind::Delete(key) if row == 0 => {
            desk::delete(model, key, effects);
            model.notice = Some(format!("deleted: {}", key.code));
        }
        MenuKind::Export => {
            let (Some((format, ..)), Some((key, _))) = (Format::ALL.get(row), desk::here(model)) else {
                return;
            };
            let name = file_name(&key, *format);
            ask(model, DeskLine::Export { format: *format }, &name);
        }
        MenuKind::Limit { question, limits } => {
            if let (Some(limit), Some((key, _))) = (limits.get(row), desk::here(model)) {
                ask_value_of(model, &key, *question, *limit);
            }
        }
        MenuKind::Unit { question, limit, value, units } => {
            if let Some(unit) = units.get(row) {
                enter(model, *question, *limit, *value, unit, effects);
            }
        }
        _ => {}
    }
}

/// The name an export is offered under: letters and figures only.
fn file_name(key: &Key, format: Format) -> String {
    let plain = |text: &str| {
        let kept = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '-' };
        text.chars().map(kept).collect::<String>()
    };
    let ending = Format::ALL.iter().find(|row| row.0 == format).map_or("txt", |row| row.3);
    format!("prescreening-{}-{}.{ending}", plain(&key.code), plain(&key.trial))
}

/// A typed line of the desk is done. `Some` gives the line back to be typed on.
pub(super) fn accept(
    model: &mut Model,
    line: DeskLine,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Option<DeskLine> {
    let text = text.trim();
    match line {
        DeskLine::Code { resembles } => return accept_code(model, text, resembles.as_deref(), effects),
        DeskLine::Note { question } => {
            if let Some((key, _)) = desk::here(model) {
                desk::change(model, &key, question, |question| text.clone_into(&mut question.note), effects);
            }
        }
        DeskLine::Value { question, limit } => return accept_value(model, question, limit, text, effects),
        DeskLine::Export { format } => {
            if text.is_empty() {
                return Some(line);
            }
            let sheet = desk::here(model).and_then(|(key, _)| model.desk.sheet(&key))?;
            let now = desk::record_now(model, sheet);
            match format.text(sheet, now) {
                Ok(content) => {
                    effects.push(Effect::Desk(DeskJob::Export { path: text.to_owned(), text: content }))
                }
                Err(error) => model.notice = Some(error.to_string()),
            }
        }
    }
    None
}

/// A code word that looks like a name or a date is taken only when it is typed so again.
fn accept_code(
    model: &mut Model,
    text: &str,
    before: Option<&str>,
    effects: &mut Vec<Effect>,
) -> Option<DeskLine> {
    if text.is_empty() {
        model.notice =
            Some("a word that stands for the patient and tells nobody who it is, such as heron".to_owned());
        return Some(DeskLine::Code { resembles: None });
    }
    if before != Some(text)
        && let Some(resembles) = code::resembles(text)
    {
        model.notice = Some(resembles.words().to_owned());
        return Some(DeskLine::Code { resembles: Some(text.to_owned()) });
    }
    desk::begin(model, text, effects);
    None
}

fn accept_value(
    model: &mut Model,
    question: usize,
    limit: usize,
    text: &str,
    effects: &mut Vec<Effect>,
) -> Option<DeskLine> {
    let (key, _) = desk::here(model)?;
    let known = model.desk.sheet(&key)?.questions.get(question)?;
    let asked = known.limits.get(limit)?.clone();
    if text.is_empty() {
        let other = |entered: &Entered| entered.variable != asked.variable || entered.agent != asked.agent;
        desk::change(model, &key, question, |question| question.entered.retain(other), effects);
        return None;
    }
    match value::read(text, &asked) {
        Ok(value::Typed { value, unit: Some(unit) }) => enter(model, question, limit, value, &unit, effects),
        Ok(value::Typed { value, unit: None }) => ask_unit(model, question, limit, value, &asked),
        Err(wrong) => {
            model.notice = Some(wrong);
            return Some(DeskLine::Value { question, limit });
        }
    }
    None
}

/// Asks for the unit of a value, first the one that the limit is shown in.
fn ask_unit(model: &mut Model, question: usize, limit: usize, value: f64, asked: &Limit) {
    let units = value::units(asked);
    let rows =
        units.iter().map(|unit| MenuRow { letter: None, text: converted(asked, value, unit) }).collect();
    let limits = [asked];
    let limit_words = told(&limits).into_iter().map(|told| match told.binding {
        Binding::Plain => told.text,
        binding => format!("{}{}", binding.words(), told.text),
    });
    let title = format!("Which unit? · {}", limit_words.collect::<String>());
    let kind = MenuKind::Unit { question, limit, value, units };
    model.layers.push(Layer::Menu(Menu { kind, title, rows, cursor: 0 }));
}

/// A value in a unit, and what that is in the unit the limit is told in.
fn converted(limit: &Limit, value: f64, unit: &str) -> String {
    let (number, canonical) = canonical(&limit.variable, value, unit);
    let as_typed = format!("{value}{}", unit_words(unit));
    if canonical == unit { as_typed } else { format!("{as_typed} = {number}{}", unit_words(&canonical)) }
}

/// Enters a value for a limit.
fn enter(
    model: &mut Model,
    question: usize,
    limit: usize,
    value: f64,
    unit: &str,
    effects: &mut Vec<Effect>,
) {
    let Some((key, _)) = desk::here(model) else { return };
    desk::change(
        model,
        &key,
        question,
        |question| {
            let Some(limit) = question.limits.get(limit).cloned() else { return };
            question.entered.retain(|known| known.variable != limit.variable || known.agent != limit.agent);
            let Limit { variable, agent, .. } = limit;
            question.entered.push(Entered { variable, value, unit: unit.to_owned(), agent });
        },
        effects,
    );
}
