//! What can be written to a file: the app says what, the runtime where.

use std::sync::Arc;

use super::pane::Pane;
use crate::calendar::Dated;
use crate::compare::Comparison;
use crate::library::Entry;
use crate::protocol::Trial;

/// Something to write to a file.
#[derive(Clone, Debug)]
pub enum Export {
    /// The grids of a trial as CSV.
    Grid(Arc<Entry>),
    /// The dates of an arm and part as CSV.
    Dates(Arc<Entry>, Box<Dated>),
    /// The same for a calendar program.
    Events(Arc<Entry>, Box<Dated>),
    /// A pane of a trial.
    Pane(Arc<Entry>, Pane, Form),
    /// The trials that the list shows, as far as it shows them.
    List(Vec<Trial>, Form),
    /// Trials side by side.
    Comparison(Box<Comparison>, Form),
    /// A picture of the screen (SVG).
    Picture(String),
}

/// A page to copy as Markdown.
#[derive(Clone, Debug)]
pub enum Page {
    /// Panes of a trial.
    Panes(Arc<Entry>, Vec<Pane>),
    /// Trials side by side.
    Comparison(Box<Comparison>),
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// CSV.
    Csv,
    /// JSON.
    Json,
    /// The screen as an SVG picture.
    Picture,
}

impl Form {
    /// All of them, with the letter that chooses it, its name, and the ending of its files.
    pub const ALL: &'static [(Self, char, &'static str, &'static str)] = &[
        (Self::Text, 't', "text", "txt"),
        (Self::Markdown, 'm', "Markdown", "md"),
        (Self::Csv, 'c', "CSV", "csv"),
        (Self::Json, 'j', "JSON", "json"),
        (Self::Picture, 's', "the screen as a picture (SVG)", "svg"),
    ];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        Self::ALL.iter().find(|(form, ..)| *form == self).map_or("txt", |(.., ending)| ending)
    }
}

/// The longest part of a file's name that is taken from the record, in letters.
const LONGEST: usize = 40;

impl Export {
    /// A name for the file: what of the record's id a file name may hold, what it is, and the form.
    pub fn file_name(&self) -> (String, &'static str) {
        let of = |entry: &Entry, what: &str| format!("{}-{what}", plain(&entry.trial.id));
        match self {
            Self::Grid(entry) => (of(entry, "schedule"), "csv"),
            Self::Dates(entry, _) => (of(entry, "calendar"), "csv"),
            Self::Events(entry, _) => (of(entry, "calendar"), "ics"),
            Self::Pane(entry, pane, form) => (of(entry, &pane.title().to_lowercase()), form.ending()),
            Self::List(_, form) => ("trials".to_owned(), form.ending()),
            Self::Comparison(_, form) => ("comparison".to_owned(), form.ending()),
            Self::Picture(_) => ("trialdeck".to_owned(), Form::Picture.ending()),
        }
    }
}

fn plain(id: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let id: String = id.chars().map(plain).take(LONGEST).collect();
    let id = id.trim_matches('-');
    if id.is_empty() { "trial".to_owned() } else { id.to_owned() }
}
