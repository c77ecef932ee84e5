//! What lies over the panes: a line being typed, a sheet of text, a menu. The topmost one gets the keys.

use std::io;

use super::arrange::Sort;
use super::command::Command;
use super::comparing::Comparing;
use super::content::{Content, Position};
use super::dates::Dates;
use super::desk::{DeskScreen, Key};
use super::detail::SiteFilter;
use super::facets::FacetList;
use super::finder::Finder;
use super::findings::FindingsScreen;
use super::input::Input;
use super::notebook::Bookmark;
use super::panes::eligibility::CriteriaFilter;
use super::patient::PatientScreen;
use super::taking::Take;
use super::update::Said;
use crate::desk::export::{self, RecordNow};
use crate::reading::second::Judged;

/// A layer.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A line that is being typed.
    Line(Line),
    /// Text to read.
    Sheet(Sheet),
    /// Things to choose from.
    Menu(Menu),
    /// A screen of the desk.
    Desk(Box<DeskScreen>),
    /// The calendar.
    Dates(Box<Dates>),
    /// Trials side by side.
    Comparing(Box<Comparing>),
    /// One patient, many trials.
    Patient(Box<PatientScreen>),
    /// What a careful reader would query in the selected record.
    Findings(Box<FindingsScreen>),
    /// The finder.
    Finder(Box<Finder>),
    /// What the list can be narrowed by.
    Facets(Box<FacetList>),
}

/// What a typed line is for, with what backing out restores.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Filters the list.
    Filter {
        /// The filter before.
        before: String,
        /// The trial that was selected before, by index.
        selected: Option<u32>,
    },
    /// A note on a trial.
    Note {
        /// Its id.
        trial: String,
    },
    /// Filters the sites.
    Sites {
        /// The filter before.
        before: SiteFilter,
    },
    /// Filters the criteria.
    Criteria {
        /// The filter before.
        before: CriteriaFilter,
        /// Where the person was.
        position: Position,
    },
    /// Finds in the pane.
    Find {
        /// Where the person was.
        position: Position,
    },
    /// Something the desk asks for.
    Desk(DeskLine),
    /// Asks for the calendar's start date.
    Start,
    /// Asks for a patient's facts.
    Patient,
    /// Asks what a row that was read should say.
    Correct(Box<Judged>),
    /// Asks for the second reader's initials, for the verdicts that wait for them.
    Initials(Vec<Said>),
    /// Filters the trials that a patient is weighed against.
    Trials {
        /// The filter before.
        before: String,
    },
    /// Filters the rows of the comparison.
    Rows {
        /// The filter before.
        before: String,
    },
    /// Finds a command.
    Palette {
        /// The commands that match, best first.
        found: Vec<Command>,
        /// The chosen one.
        cursor: usize,
    },
}

/// What the desk asks for.
#[derive(Clone, Debug)]
pub enum DeskLine {
    /// A code word for a new sheet.
    Code {
        /// What was typed and looked like a name or a date: typed again, it is taken.
        resembles: Option<String>,
    },
    /// A value for a limit of a question, both by index.
    Value {
        /// The question.
        question: usize,
        /// The limit.
        limit: usize,
    },
    /// A note on a question, by index.
    Note {
        /// The question.
        question: usize,
    },
    /// A file to export to.
    Export {
        /// In which form.
        format: Format,
    },
}

/// The forms a sheet is exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// CSV.
    Csv,
    /// A page to print.
    Page,
}

impl Format {
    /// All of them, with the letter that chooses it, its name, and the ending of its files.
    pub const ALL: &'static [(Self, char, &'static str, &'static str)] = &[
        (Self::Markdown, 'm', "Markdown", "md"),
        (Self::Csv, 'c', "CSV, a line a criterion", "csv"),
        (Self::Page, 'p', "a page to print (HTML)", "html"),
    ];

    /// A sheet in this form.
    ///
    /// # Errors
    /// Only when memory cannot be written.
    pub fn text(self, sheet: &crate::desk::sheet::Sheet, now: RecordNow) -> io::Result<String> {
        match self {
            Self::Markdown => Ok(export::markdown(sheet, now)),
            Self::Csv => export::csv(sheet, now),
            Self::Page => Ok(export::page(sheet, now)),
        }
    }
}

/// A line that is being typed.
#[derive(Clone, Debug)]
pub struct Line {
    /// What for.
    pub purpose: Purpose,
    /// The text.
    pub input: Input,
}

/// What a sheet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// The keys.
    Help,
    /// What could not be read.
    Problems,
    /// The words behind a row.
    Source,
}

/// Text to read.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it says.
    pub kind: SheetKind,
    /// Its text, laid out.
    pub content: Content,
    /// Where the person is in it.
    pub position: Position,
    /// How many problems it was made from: more may come while it is read.
    pub problems: usize,
}

/// Things to choose from.
#[derive(Clone, Debug)]
pub struct Menu {
    /// What is chosen.
    pub kind: MenuKind,
    /// What stands above it.
    pub title: String,
    /// What there is to choose from.
    pub rows: Vec<MenuRow>,
    /// The row under the cursor.
    pub cursor: usize,
}

/// A row of a menu.
#[derive(Clone, Debug)]
pub struct MenuRow {
    /// The letter that chooses it at once, if it has one.
    pub letter: Option<char>,
    /// What it says.
    pub text: String,
}

impl MenuRow {
    /// A row that a letter chooses.
    pub fn new(letter: char, text: impl Into<String>) -> Self {
        Self { letter: Some(letter), text: text.into() }
    }
}

/// What a menu chooses.
#[derive(Clone, Debug, PartialEq)]
pub enum MenuKind {
    /// The order of the list; the order now.
    Sort(Sort),
    /// The order of the endpoints.
    Endpoints,
    /// Whether to delete the sheets whose time is over.
    Purge,
    /// Whether to delete a sheet.
    Delete(Key),
    /// Which of the rows under the cursor is corrected or rejected.
    Rows(Vec<Judged>),
    /// What becomes of a row that was read.
    Verdict(Box<Judged>),
    /// The form of a sheet's export.
    Export,
    /// The form of an export of what is on the screen.
    Form,
    /// Which tab to go to.
    Tabs,
    /// Where to go among what was marked.
    Bookmarks(Vec<Bookmark>),
    /// What to copy: what each row stands for.
    Copy(Vec<Take>),
    /// What to copy of a comparison.
    CopyCompared(Vec<super::comparing::take::Take>),
    /// What to do with the address of a record's page.
    Page(String),
    /// Which of a question's limits gets a value.
    Limit {
        /// The question, by index.
        question: usize,
        /// The first limit of each row.
        limits: Vec<usize>,
    },
    /// The unit of a value.
    Unit {
        /// The question, by index.
        question: usize,
        /// The limit, by index.
        limit: usize,
        /// The value.
        value: f64,
        /// The unit of each row.
        units: Vec<String>,
    },
}
