//! What lies over the panes: a line being typed, a sheet of text, a menu. The topmost one gets the keys.

use super::arrange::Sort;
use super::command::Command;
use super::content::{Content, Position};
use super::detail::SiteFilter;
use super::input::Input;
use super::panes::eligibility::CriteriaFilter;

/// A layer.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A line that is being typed.
    Line(Line),
    /// Text to read.
    Sheet(Sheet),
    /// Things to choose from.
    Menu(Menu),
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
    /// Finds a command.
    Palette {
        /// The commands that match, best first.
        found: Vec<Command>,
        /// The chosen one.
        cursor: usize,
    },
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// The order of the list; the order now.
    Sort(Sort),
    /// The order of the endpoints.
    Endpoints,
}
