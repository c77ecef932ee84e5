//! A library opens, and its records come.

use std::sync::Arc;

use super::super::layer::Layer;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::patient::PatientScreen;
use super::super::shelf::{Shelf, Wish};
use super::super::{marks, wrap};
use super::comparing;
use crate::library::{Entry, Library};

/// Rows at each end of the list that its columns are measured by.
const MEASURED: usize = 1_000;

/// The library's rows are the list.
pub(super) fn open(model: &mut Model, library: Arc<Library>) {
    let rows: Vec<u32> = library.rows().live().collect();
    model.load.running = false;
    model.shelf = Some(Shelf::new(library));
    measure(model, &rows);
    model.list.order = rows;
}

/// The library is another one now, of which these rows are there.
pub(super) fn measure(model: &mut Model, rows: &[u32]) {
    model.load.progress.records = rows.len() as u64;
    let Some(shelf) = &model.shelf else { return };
    for row in rows.iter().take(MEASURED).chain(rows.iter().rev().take(MEASURED)) {
        let Some(head) = shelf.head(*row) else { continue };
        model.list.phase_width = model.list.phase_width.max(wrap::width(&marks::phase(&head.phases)));
        model.list.id_width = model.list.id_width.max(wrap::width(&head.id));
    }
}

/// A record was read, or could not be.
pub(super) fn record(model: &mut Model, row: u32, read: Result<Arc<Entry>, String>) {
    let wanted: Vec<u32> = wanted(model).collect();
    let Some(shelf) = &mut model.shelf else { return };
    if let Err(reason) = &read {
        model.notice = Some(reason.clone());
    }
    shelf.take_in(row, read.ok(), &|row| wanted.contains(&row));
    let came = shelf.to_compare.take_if(|waiting| *waiting == row).is_some() && shelf.entry(row).is_some();
    super::patient::changed(model);
    if came && matches!(model.layers.last(), Some(Layer::Comparing(_))) {
        comparing::add(model, row);
    }
}

/// Asks for the records that the screen needs and that are not there.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let wanted: Vec<u32> = wanted(model).collect();
    let missing = model.shelf.as_mut().and_then(|shelf| shelf.ask(wanted.into_iter()));
    effects.extend(missing.and_then(|missing| wish(model, missing)).map(Effect::Fetch));
}

/// Records to be read; none when no library is open.
pub(super) fn wish(model: &Model, rows: Vec<u32>) -> Option<Wish> {
    let library = Arc::clone(&model.shelf.as_ref()?.library);
    Some(Wish { edition: model.edition, library, rows })
}

/// The selected trial first, then one that is to be compared, those unfolded and those ticked.
fn wanted(model: &Model) -> impl Iterator<Item = u32> + use<'_> {
    let row = model.patient().and_then(PatientScreen::row).map(|row| row.trial);
    let unfolded = model.patient().into_iter().flat_map(|screen| screen.unfolded.iter().copied());
    let coming = model.shelf.as_ref().and_then(|shelf| shelf.to_compare);
    let others = coming.into_iter().chain(row).chain(unfolded).chain(model.list.ticked.iter().copied());
    let found = model.finder().and_then(|finder| finder.found()).map(|found| found.trial);
    found.into_iter().chain(model.list.selected()).chain(others)
}
