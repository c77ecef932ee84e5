//! What can be pressed next, when a chord has been begun.

use super::chord;
use super::command::Place;
use super::model::Model;
use super::update::places;

/// The keys that go on with what was pressed, and what each does; empty when nothing has been begun.
pub fn continuations(model: &Model) -> Vec<(String, &'static str)> {
    if model.pending.is_empty() {
        return Vec::new();
    }
    let places: &[Place] = places(model);
    let rows = model.keymap.continuations(places, &model.pending);
    rows.into_iter().filter_map(|(rest, command)| Some((chord::shown(&rest), command.info()?.what))).collect()
}

/// The keys that were pressed, as they are shown.
pub fn pressed(model: &Model) -> String {
    chord::shown(&model.pending)
}
