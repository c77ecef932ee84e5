//! Files that were read again because they changed, and a library that somebody has written to: which trials are other
//! ones now, and what is said of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::marks;
use crate::compare::{SECTIONS, Side, changes, compare};
use crate::formats::RecordError;
use crate::library::store::Changes;
use crate::library::{Entry, Library};

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
            Some(old) if Arc::ptr_eq(old, &entry) || old.trial == entry.trial => {
                difference.entries.push(Arc::clone(old))
            }
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
        let changed = match self.changed.as_slice() {
            [(old, new)] => Changed::One(told_one(old, new)),
            several => Changed::Many(several.len()),
        };
        format!("the files changed and were read again: {}", parts(changed, self.new, self.gone))
    }
}

/// The library, opened anew because somebody has written to it.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// The library that what is told is about the difference from.
    pub from: Arc<Library>,
    /// The library now.
    pub library: Arc<Library>,
    /// What has changed, in a line; `None` when all trials are as they were.
    pub told: Option<String>,
}

impl Renewed {
    /// Compares the library with one that was opened before. Records are read for it.
    pub fn of(from: &Arc<Library>, library: Library) -> Self {
        let changes = from.changes_to(&library);
        let changed = match changes.changed.as_slice() {
            [(before, now)] => match (from.entry(*before), library.entry(*now)) {
                (Ok(Some(old)), Ok(Some(new))) => Changed::One(told_one(&old, &new)),
                _ => Changed::Many(1),
            },
            several => Changed::Many(several.len()),
        };
        let nothing = changes == Changes::default();
        let told = parts(changed, changes.new.len(), changes.gone);
        let told = (!nothing).then(|| format!("the library changed: {told}"));
        Self { from: Arc::clone(from), library: Arc::new(library), told }
    }
}

/// Trials that are other ones now.
enum Changed {
    /// What is told of the only one.
    One(String),
    /// How many.
    Many(usize),
}

fn parts(changed: Changed, new: usize, gone: usize) -> String {
    let mut parts = Vec::new();
    match changed {
        Changed::One(told) => parts.push(told),
        Changed::Many(0) => {}
        Changed::Many(1) => parts.push("1 trial changed".to_owned()),
        Changed::Many(several) => parts.push(format!("{several} trials changed")),
    }
    parts.extend((new > 0).then(|| format!("{new} new")));
    parts.extend((gone > 0).then(|| format!("{gone} gone")));
    parts.join(", ")
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
