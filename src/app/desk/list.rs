//! The sheets that are kept: those of this trial, then the others.

use super::{Key, Row, TALL, criteria_of, width};
use crate::app::item::Item;
use crate::app::marks;
use crate::app::model::Model;
use crate::app::styled::{Styled, Tone};
use crate::desk::export::place;
use crate::desk::sheet::Sheet;
use crate::protocol::display;

/// Columns from a code word to what is said of its sheet.
const CODE: u16 = 16;

/// What the list says first.
pub fn head(model: &Model, trial: u32) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(entry) = model.entry(trial) {
        let id = display::line(&entry.trial.id).text().to_owned();
        let text =
            Styled::new(id, Tone::Strong).with(format!("  {}", marks::title(&entry.trial)), Tone::Plain);
        items.push(Item { text, fixed: true, ..Item::note("") });
    }
    if model.size.1 > TALL {
        let days = model.desk.keep_days();
        let (days, s) = (days, if days == 1 { "" } else { "s" });
        items.push(Item::note(format!(
            "A sheet is kept under a code word for {days} day{s}, on this computer alone. No names, no dates of birth."
        )));
    }
    if let Some(trouble) = &model.desk.trouble {
        items.push(Item { text: Styled::new(format!("! {trouble}"), Tone::Bad), ..Item::note("") });
    }
    items
}

/// The rows.
pub fn rows(model: &Model, trial: u32) -> Vec<(Item, Row)> {
    let entry = model.entry(trial).map(|entry| &**entry);
    let id = entry.map(|entry| entry.trial.id.as_str());
    let (here, others): (Vec<&Sheet>, Vec<&Sheet>) =
        model.desk.sheets.iter().partition(|sheet| Some(sheet.trial.as_str()) == id);
    let mut rows = vec![(Item::heading(format!("This trial · {}", here.len())), Row::Words)];
    for sheet in here {
        let stale = entry.is_some_and(|entry| sheet.is_stale(criteria_of(entry).0));
        rows.push((row(model, sheet, stale, false), Row::Sheet(Key::of(sheet))));
    }
    let new = Styled::new("a new sheet: pick a code word", Tone::Plain);
    rows.push((Item { lead: Styled::new("+", Tone::Key), hang: 2, ..Item::row(new) }, Row::New));
    if !others.is_empty() {
        rows.push((Item::blank(), Row::Words));
        rows.push((Item::heading(format!("Other trials · {}", others.len())), Row::Words));
    }
    for sheet in others {
        rows.push((row(model, sheet, false, true), Row::Sheet(Key::of(sheet))));
    }
    if !model.desk.broken.is_empty() {
        rows.push((Item::blank(), Row::Words));
        rows.push((Item::heading("Files that are no sheets"), Row::Words));
    }
    rows.extend(model.desk.broken.iter().map(|line| (Item::row(line.as_str()), Row::Words)));
    rows
}

fn row(model: &Model, sheet: &Sheet, stale: bool, with_trial: bool) -> Item {
    let mut text = Styled::default();
    if with_trial {
        text.push(format!("{} · ", display::line(&sheet.trial).text()), Tone::Strong);
    }
    text.push(format!("{} of {} open", sheet.open(), sheet.questions.len()), Tone::Plain);
    if let Some(question) = sheet.first_failing().and_then(|at| sheet.questions.get(at)) {
        text.push(format!(" · fails {}", place(question)), Tone::Bad);
    }
    if stale {
        text.push(" ! the criteria have changed", Tone::Warn);
    }
    if model.today.is_some_and(|today| sheet.is_due(today)) {
        text.push(" ! its time is over", Tone::Warn);
    }
    text.push(format!(" · begun {}, kept until {}", sheet.begun, sheet.keep_until()), Tone::Dim);
    let code = display::line(&sheet.code).text().to_owned();
    Item { lead: Styled::new(code, Tone::Accent), hang: CODE.min(width(model) / 4), ..Item::row(text) }
}
