//! The sheets that can lie over the panes: the keys, made from the live keymap, what could not be read, and the words
//! behind a row.

use super::command::Place;
use super::item::Item;
use super::layer::{Layer, SheetKind};
use super::model::{Focus, Model};
use super::styled::{Styled, Tone};
use super::{marks, source, wrap};
use crate::protocol::{Code, display};

/// Columns from a key to what it does.
const KEYS_WIDTH: u16 = 20;

/// Columns for a sheet's text.
pub fn width(model: &Model) -> u16 {
    model.size.0.saturating_sub(6).min(90)
}

/// Lines of a sheet that are visible at once.
pub fn height(model: &Model) -> usize {
    usize::from(model.size.1.saturating_sub(5 + model.areas.guide.height).max(1))
}

/// A sheet's title.
pub fn title(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Help => "Keys",
        SheetKind::Problems => "What could not be read",
        SheetKind::Source => "Where it stands in the record",
    }
}

/// A sheet's text. `desk` tells that it lies over the desk.
pub fn items(model: &Model, kind: SheetKind, desk: bool) -> Vec<Item> {
    match kind {
        SheetKind::Help => help(model, desk),
        SheetKind::Problems => problems(model),
        SheetKind::Source => source::items(model),
    }
}

/// `desk` tells that the desk is on the screen: its keys come first.
fn help(model: &Model, desk: bool) -> Vec<Item> {
    // What works here comes first.
    if model.layers.iter().any(|layer| matches!(layer, Layer::Dates(_))) {
        return help_of(model, &[Place::Dates, Place::Moving, Place::Everywhere]);
    }
    if model.layers.iter().any(|layer| matches!(layer, Layer::Facets(_))) {
        return help_of(model, &[Place::Facets, Place::Menu, Place::List, Place::Everywhere]);
    }
    if model.layers.iter().any(|layer| matches!(layer, Layer::Findings(_))) {
        return help_of(model, &[Place::Findings, Place::Moving, Place::Menu, Place::Everywhere]);
    }
    if model.patient().is_some() {
        return help_of(model, &[Place::Patient, Place::Moving, Place::Menu, Place::Everywhere]);
    }
    let (here, elsewhere) = match model.focus {
        Focus::List => (Place::List, Place::Detail),
        Focus::Detail => (Place::Detail, Place::List),
    };
    let (first, last) = if desk { (Some(Place::Desk), None) } else { (None, Some(Place::Desk)) };
    let comparing = model.comparing().map(|_| Place::Comparing);
    let places = [here, Place::Moving, Place::Everywhere, elsewhere].into_iter().map(Some);
    let places = [comparing, first].into_iter().chain(places);
    let places = places.chain([
        last,
        Some(Place::Dates),
        Some(Place::Menu),
        Some(Place::Finding),
        Some(Place::Typing),
    ]);
    let mut items = help_of(model, &places.flatten().collect::<Vec<_>>());
    items.push(Item::heading("Marks of a trial's status"));
    for (code, sign, tone) in marks::statuses() {
        let label = Code::from(code).label();
        items.push(Item { lead: Styled::new(sign, tone), hang: 4, text: label.into(), ..Item::default() });
    }
    items
}

fn help_of(model: &Model, places: &[Place]) -> Vec<Item> {
    places.iter().flat_map(|place| keys_of(model, *place)).collect()
}

fn keys_of(model: &Model, place: Place) -> Vec<Item> {
    let mut items = vec![Item::heading(place.title())];
    let bound = model.keymap.of_place(place).filter(|(_, keys)| !keys.is_empty());
    items.extend(bound.map(|(info, keys)| Item {
        lead: Styled::new(keys, Tone::Key),
        hang: KEYS_WIDTH,
        text: info.what.into(),
        ..Item::default()
    }));
    items.push(Item::blank());
    items
}

fn problems(model: &Model) -> Vec<Item> {
    let load = &model.load;
    let told = load.own.iter().chain(&load.problems);
    let mut items: Vec<Item> =
        told.map(|problem| Item::row(display::line(&problem.to_string()).text())).collect();
    if items.is_empty() {
        return vec![Item::note("Everything could be read.")];
    }
    let more = load.unreadable() - load.problems.len() as u64;
    if more > 0 {
        items.push(Item::note(format!("… and {more} more")));
    }
    items.iter_mut().for_each(|item| {
        item.lead = Styled::new("×", Tone::Bad);
        item.hang = u16::try_from(wrap::width("× ")).unwrap_or(2);
    });
    items
}
