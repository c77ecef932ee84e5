//! What can be written to a file: the app says what, the runtime where.

use std::sync::Arc;

use crate::calendar::Dated;
use crate::library::Entry;

/// Something to write to a file.
#[derive(Clone, Debug)]
pub enum Export {
    /// The grids of a trial as CSV.
    Grid(Arc<Entry>),
    /// The dates of an arm and part as CSV.
    Dates(Arc<Entry>, Box<Dated>),
    /// The same for a calendar program.
    Events(Arc<Entry>, Box<Dated>),
}

/// The longest part of a file's name that is taken from the record, in letters.
const LONGEST: usize = 40;

impl Export {
    /// A name for the file: what of the record's id a file name may hold, what it is, and the form.
    pub fn file_name(&self) -> (String, &'static str) {
        let (entry, what, form) = match self {
            Self::Grid(entry) => (entry, "schedule", "csv"),
            Self::Dates(entry, _) => (entry, "calendar", "csv"),
            Self::Events(entry, _) => (entry, "calendar", "ics"),
        };
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
        let id: String = entry.trial.id.chars().map(plain).take(LONGEST).collect();
        let id = id.trim_matches('-');
        let id = if id.is_empty() { "trial" } else { id };
        (format!("{id}-{what}"), form)
    }
}
