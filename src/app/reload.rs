//! Files that were read again because they changed: which trials are other ones now, and what is said of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::marks;
use crate::compare::{SECTIONS, Side, changes, compare};
use crate::formats::RecordError;
use crate::library::Entry;

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Reloaded {
    /// The trials, in the input's order.
    pub entries: Vec<Arc<Entry>>,
    /// What could not be read.
    pub problems: Vec<RecordError>,
}

/// How the trials differ from those before.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// The trials now; those that are as they were are the same as before, with their readings.
    pub entries: Vec<Arc<Entry>>,
    /// Pairs of a changed trial before and now.
    pub changed: Vec<(Arc<Entry>, Arc<Entry>)>,
    /// Trials that were not there before.
    pub new: usize,
    /// Ids of trials that are not there any more.
    pub gone: usize,
}

/// Compares by id; of several records of an id by their order.
pub fn difference(before: &[Arc<Entry>], now: Vec<Arc<Entry>>) -> Difference {
    let mut known: HashMap<&str, Vec<&Arc<Entry>>> = HashMap::new();
    for entry in before.iter().rev() {
        known.entry(entry.trial.id.as_str()).or_default().push(entry);
    }
    let mut difference = Difference::default();
    for entry in now {
        match known.get_mut(entry.trial.id.as_str()).and_then(Vec::pop) {
            Some(old) if old.trial == entry.trial => difference.entries.push(Arc::clone(old)),
            Some(old) => {
                difference.changed.push((Arc::clone(old), Arc::clone(&entry)));
                difference.entries.push(entry);
            }
            None => {
                difference.new += 1;
                difference.entries.push(entry);
            }
        }
    }
    difference.gone = known.values().map(Vec::len).sum();
    difference
}

impl Difference {
    /// Whether everything is as it was.
    pub fn is_none(&self) -> bool {
        self.changed.is_empty() && self.new == 0 && self.gone == 0
    }

    /// What has changed, in a line.
    pub fn told(&self) -> String {
        let mut parts = Vec::new();
        match self.changed.as_slice() {
            [] => {}
            [(old, new)] => parts.push(told_one(old, new)),
            several => parts.push(format!("{} trials changed", several.len())),
        }
        if self.new > 0 {
            parts.push(format!("{} new", self.new));
        }
        if self.gone > 0 {
            parts.push(format!("{} gone", self.gone));
        }
        format!("the files changed and were read again: {}", parts.join(", "))
    }
}

fn told_one(old: &Entry, new: &Entry) -> String {
    let side = |entry: &Entry| (entry.trial.clone(), entry.readings().clone());
    let ((old_trial, old_readings), (new_trial, new_readings)) = (side(old), side(new));
    let sides = [
        Side { trial: &old_trial, readings: &old_readings },
        Side { trial: &new_trial, readings: &new_readings },
    ];
    let words = changes(&compare(&sides, &SECTIONS));
    let id = &new.trial.id;
    match words.as_slice() {
        [] if old.trial.title != new.trial.title => format!("{id} is now “{}”", marks::title(&new.trial)),
        [] => format!("{id} changed"),
        [only] => format!("{id}: {only}"),
        [first, rest @ ..] => format!("{id}: {first}, and {} more", rest.len()),
    }
}
