//! Files were read again, or the library opened anew: the trials change, the person stays where they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::arrange::Sort;
use super::super::content::Position;
use super::super::model::Model;
use super::super::msg::Effect;
use super::super::reload::{Reloaded, Renewed, difference};
use super::super::spot::Spot;
use super::super::undo::Undos;
use super::super::{marks, wrap};
use super::{list, shelf};
use crate::library::Library;

/// Rows that are looked through for one that is still there, below the selected one and above.
const NEAR: usize = 200;

/// Somebody has written to the library.
pub(super) fn renewed(model: &mut Model, renewed: Result<Box<Renewed>, String>) {
    match renewed {
        Ok(renewed) => model.renewed = Some(renewed),
        Err(reason) => {
            model.notice =
                Some(format!("the library changed and cannot be opened now, it stays as it was: {reason}"));
        }
    }
}

/// Takes it in once nothing lies over the panes: what does may hold on to trials by their number.
pub(super) fn apply_when_free(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.layers.is_empty() || model.load.running {
        return;
    }
    if let Some(reloaded) = model.reloaded.take() {
        files(model, reloaded, effects);
    }
    if let Some(renewed) = model.renewed.take() {
        library(model, *renewed, effects);
    }
}

fn files(model: &mut Model, reloaded: Reloaded, effects: &mut Vec<Effect>) {
    if reloaded.entries.is_empty() && !model.trials.is_empty() {
        model.notice =
            Some("the files changed and cannot be read now: what was read before stays".to_owned());
        return;
    }
    let difference = difference(&model.trials, reloaded.entries);
    model.load.problems = reloaded.problems;
    model.load.progress.errors = model.load.problems.len() as u64;
    if difference.is_none() {
        return;
    }
    for (_, entry) in &difference.changed {
        entry.use_words(&model.words);
        entry.use_reviews(&model.reviews);
    }
    model.notice = Some(difference.told());
    for entry in &difference.entries {
        entry.use_words(&model.words);
        entry.use_reviews(&model.reviews);
        model.list.phase_width = model.list.phase_width.max(wrap::width(&marks::phase(&entry.trial.phases)));
        model.list.id_width = model.list.id_width.max(wrap::width(&entry.trial.id));
    }
    let place = Place::of(model);
    model.load.progress.records = difference.entries.len() as u64;
    model.trials = Arc::new(difference.entries);
    model.undos = Undos::default();
    place.come_back(model, effects);
}

fn library(model: &mut Model, renewed: Renewed, effects: &mut Vec<Effect>) {
    let Some(open) = &model.shelf else { return };
    let as_told = Arc::ptr_eq(&open.library, &renewed.from);
    let rows_stay = open.library.keeps_rows(&renewed.library);
    let told = if as_told { renewed.told } else { Some("the library changed".to_owned()) };
    model.notice = told.or(model.notice.take());
    let place = Place::of(model);
    renewed.library.use_reviews(Arc::clone(&model.reviews));
    let rows: Vec<u32> = renewed.library.rows().live().collect();
    if let Some(shelf) = &mut model.shelf {
        let library = &renewed.library;
        shelf.renew(Arc::clone(library), &|before, row| {
            if rows_stay {
                return Some(row);
            }
            own_row(library, before.library.rows().get(row)?.id)
        });
    }
    shelf::measure(model, &rows);
    if model.list.filter.is_empty() && model.list.sort == Sort::default() {
        model.list.order = rows;
    } else if !rows_stay {
        // The rows that are shown mean other trials now; the right ones are on their way.
        model.list.order.clear();
    }
    if !rows_stay {
        model.undos = Undos::default();
        model.sets.aside.iter_mut().for_each(|tab| tab.list.order.clear());
    }
    place.come_back(model, effects);
    effects.push(Effect::Shown(renewed.library));
}

/// The row of the record whose own id this is.
fn own_row(library: &Library, id: &str) -> Option<u32> {
    let rows = library.find(id).ok()?;
    rows.into_iter().find(|row| library.rows().get(*row).is_some_and(|row| row.id == id))
}

/// Where the person is, told by ids: indexes mean other trials when these change.
struct Place {
    spot: Option<Spot>,
    /// The trials next to the selected one, the nearest first, for when that is gone.
    near: Vec<String>,
    ticked: Vec<String>,
    /// What is ticked in the other tabs.
    aside: Vec<Vec<String>>,
}

impl Place {
    fn of(model: &Model) -> Self {
        let (order, cursor) = (&model.list.order, model.list.cursor);
        let below = order.iter().skip(cursor + 1).take(NEAR);
        let above = order.iter().take(cursor).rev().take(NEAR);
        let ids =
            |ticked: &BTreeSet<u32>| ticked.iter().filter_map(|at| id(model, *at)).collect::<Vec<String>>();
        Self {
            spot: Spot::of(model),
            near: below.chain(above).filter_map(|at| id(model, *at)).collect(),
            ticked: ids(&model.list.ticked),
            aside: model.sets.aside.iter().map(|tab| ids(&tab.list.ticked)).collect(),
        }
    }

    /// Puts the person there again, among other trials.
    fn come_back(self, model: &mut Model, effects: &mut Vec<Effect>) {
        model.edition += 1;
        let index = |model: &Model, id: &str| index_of(model, id);
        let all = |model: &Model, ids: &[String]| ids.iter().filter_map(|id| index(model, id)).collect();
        model.list.ticked = all(model, &self.ticked);
        let mut sets = std::mem::take(&mut model.sets);
        for (tab, ticked) in sets.aside.iter_mut().zip(&self.aside) {
            tab.list.ticked = all(model, ticked);
            tab.spot = tab.spot.take().and_then(|spot| moved(model, spot));
        }
        model.sets = sets;
        let mut trail = std::mem::take(&mut model.trail);
        trail.renumber(&|id| index(model, id));
        model.trail = trail;
        model.detail.shown = None;
        // The row that the person was at is found again by its words.
        model.arriving = self.spot.and_then(|spot| {
            moved(model, spot.clone()).or_else(|| self.near.iter().find_map(|id| beside(model, &spot, id)))
        });
        if let (Some(_), Some(spot)) = (&model.shelf, &model.arriving) {
            model.list.select(spot.trial);
        }
        list::arrange(model, effects);
    }
}

fn moved(model: &Model, spot: Spot) -> Option<Spot> {
    Some(Spot { trial: index_of(model, &spot.id)?, ..spot })
}

/// The place at the trial of that id in the stead of one that is gone.
fn beside(model: &Model, gone: &Spot, id: &str) -> Option<Spot> {
    let (at, position) = (None, Position::default());
    Some(Spot { trial: index_of(model, id)?, id: id.to_owned(), at, position, ..gone.clone() })
}

fn id(model: &Model, index: u32) -> Option<String> {
    model.head(index).map(|head| head.id.clone())
}

fn index_of(model: &Model, id: &str) -> Option<u32> {
    match &model.shelf {
        Some(shelf) => own_row(&shelf.library, id),
        None => model.index_of(id),
    }
}
