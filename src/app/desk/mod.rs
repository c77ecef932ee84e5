//! The desk: pre-screening sheets as the person sees them. What a sheet is and what a limit decides is `crate::desk`'s
//! business; where sheets are kept is the runtime's.

pub mod list;
pub mod prompt;
pub mod sheet;

use ratatui::layout::Rect;

use super::content::{Content, Position};
use super::item::Item;
use super::model::Model;
use crate::desk::sheet::{Question, RETENTION_DAYS, Sheet};
use crate::library::Entry;
use crate::protocol::Review;

/// Something to be done with the sheets on disk, in the order it was asked for.
#[derive(Clone, Debug)]
pub enum DeskJob {
    /// Tell which there are.
    List,
    /// Keep a sheet in place of its earlier state.
    Save(Box<Sheet>),
    /// Delete a patient's sheet for a trial.
    Delete {
        /// The code word.
        code: String,
        /// The trial's id.
        trial: String,
    },
    /// Sign a second reader's verdict with the time and keep it, or take the one on its row back.
    Judge {
        /// The verdict, with initials and without a time.
        review: Box<Review>,
        /// Keep it.
        keep: bool,
    },
    /// Write an export; a file that is there already is left alone.
    Export {
        /// The file, as typed.
        path: String,
        /// What goes into it.
        text: String,
    },
}

/// What has become of it.
#[derive(Clone, Debug)]
pub enum DeskNews {
    /// The sheets that are kept, and what could not be read of the folder.
    Listed {
        /// By code word and trial.
        sheets: Vec<Sheet>,
        /// A line for each file that is no sheet.
        broken: Vec<String>,
    },
    /// A sheet is kept, or deleted.
    Done,
    /// A verdict is kept, or taken back.
    Judged {
        /// The verdict, signed.
        review: Box<Review>,
        /// It is kept.
        kept: bool,
    },
    /// An export is written to this file.
    Exported(String),
    /// It could not be done, in one line.
    Failed(String),
}

/// The sheets, and what is being done with them.
#[derive(Clone, Debug, Default)]
pub struct DeskState {
    /// The sheets that are kept, by code word and trial.
    pub sheets: Vec<Sheet>,
    /// A line for each file that could not be read as one.
    pub broken: Vec<String>,
    /// The desk is to be opened for this trial, by index, once the sheets are known.
    pub opening: Option<u32>,
    /// Why the last thing could not be done: what is on the screen is not on disk.
    pub trouble: Option<String>,
    /// Grows with every change.
    pub revision: u64,
    /// For how many days new sheets are kept; without it the default.
    pub keep_days: Option<u16>,
    /// Questions as they were, the last change last.
    pub undo: Vec<Before>,
}

/// A question as it was before a change.
#[derive(Clone, Debug)]
pub struct Before {
    /// Whose sheet.
    pub key: Key,
    /// Which question.
    pub index: usize,
    /// What it was.
    pub question: Question,
}

/// Which sheet: a code word and a trial's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The code word.
    pub code: String,
    /// The trial's id.
    pub trial: String,
}

impl Key {
    /// The key of a sheet.
    pub fn of(sheet: &Sheet) -> Self {
        Self { code: sheet.code.clone(), trial: sheet.trial.clone() }
    }
}

impl DeskState {
    /// For how many days a new sheet is kept before the program asks to delete it.
    pub fn keep_days(&self) -> u16 {
        self.keep_days.unwrap_or(RETENTION_DAYS)
    }

    /// A sheet, by its key.
    pub fn sheet(&self, key: &Key) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.code == key.code && sheet.trial == key.trial)
    }

    /// The same, to be changed.
    pub fn sheet_mut(&mut self, key: &Key) -> Option<&mut Sheet> {
        self.revision += 1;
        self.sheets.iter_mut().find(|sheet| sheet.code == key.code && sheet.trial == key.trial)
    }
}

/// A screen of the desk.
#[derive(Clone, Debug)]
pub struct DeskScreen {
    /// What it shows.
    pub of: DeskOf,
    /// Its lines that stay at the top.
    pub head: Content,
    /// Its rows.
    pub content: Content,
    /// What each item of the content stands for.
    pub rows: Vec<Row>,
    /// Where the person is.
    pub position: Position,
    /// What it was made from: columns, lines, revision of the sheets.
    made: Option<(u16, u16, u64)>,
}

/// What a screen of the desk shows.
#[derive(Clone, Debug)]
pub enum DeskOf {
    /// The sheets; those of this trial first.
    List {
        /// The trial, by index.
        trial: u32,
    },
    /// One sheet.
    Sheet {
        /// Which.
        key: Key,
        /// The trial's record, by index, if it is open.
        record: Option<u32>,
        /// Only questions that are open.
        open_only: bool,
    },
}

/// What an item stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Nothing to be done with.
    Words,
    /// A code word for a new sheet.
    New,
    /// A sheet.
    Sheet(Key),
    /// A question of the sheet, by index.
    Question(usize),
}

impl DeskScreen {
    /// A screen that is laid out when it is settled.
    pub fn new(of: DeskOf) -> Self {
        Self {
            of,
            head: Content::default(),
            content: Content::default(),
            rows: Vec::new(),
            position: Position::default(),
            made: None,
        }
    }

    /// What the cursor stands on.
    pub fn row(&self) -> &Row {
        self.rows.get(self.position.cursor).unwrap_or(&Row::Words)
    }

    /// The question under the cursor.
    pub fn question(&self) -> Option<usize> {
        match self.row() {
            Row::Question(index) => Some(*index),
            _ => None,
        }
    }

    /// Lays it out anew when what it shows has changed, and keeps the cursor on its row.
    pub fn settle(&mut self, model: &Model) {
        let stamp = (model.size.0, model.size.1, model.desk.revision);
        if self.made != Some(stamp) {
            let here = self.row().clone();
            let width = width(model);
            let (head, rows) = match &self.of {
                DeskOf::List { trial } => (list::head(model, *trial), list::rows(model, *trial)),
                DeskOf::Sheet { key, record, open_only } => {
                    let Some(sheet) = model.desk.sheet(key) else { return };
                    let entry = record.and_then(|at| model.entry(at)).map(|entry| &**entry);
                    let view =
                        sheet::View { sheet, entry, open_only: *open_only, width, tall: model.size.1 > TALL };
                    (view.head(model.desk.trouble.as_deref()), view.rows())
                }
            };
            self.head = model.lay_out(head, width);
            let (items, rows): (Vec<Item>, Vec<Row>) = rows.into_iter().unzip();
            self.content = model.lay_out(items, width);
            self.rows = rows;
            self.made = Some(stamp);
            let height = usize::from(self.area(model).height);
            if here != Row::Words
                && let Some(at) = self.rows.iter().position(|row| *row == here)
            {
                self.position.go_to(&self.content, height, at);
            }
        }
        let height = usize::from(self.area(model).height);
        self.position.settle(&self.content, height);
    }

    /// Puts the cursor on a row that comes with the next settling.
    pub fn stand_on(&mut self, row: Row) {
        if let Some(here) = self.rows.get_mut(self.position.cursor) {
            *here = row;
        }
    }

    /// Lays it out anew at the next settling.
    pub fn refresh(&mut self) {
        self.made = None;
    }

    /// Where its rows stand.
    pub fn area(&self, model: &Model) -> Rect {
        let bottom = model.areas.bottom();
        let head = u16::try_from(self.head.lines.len()).unwrap_or(u16::MAX);
        let gap = u16::from(model.size.1 > TALL);
        let top = (HEAD_LINE + head).saturating_add(gap).min(bottom.saturating_sub(1));
        Rect { x: 0, y: top, width: model.size.0, height: bottom.saturating_sub(top) }
    }
}

/// The line where a screen's head begins: below the program's line and the title.
pub const HEAD_LINE: u16 = 2;
/// Screens of more lines have room for what is said in passing.
const TALL: u16 = 16;
/// The widest that a screen's text is laid out.
const WIDEST: u16 = 150;

/// Columns for the text.
pub fn width(model: &Model) -> u16 {
    model.size.0.saturating_sub(3).min(WIDEST)
}

/// The screen that is on top of all screens of the desk, under typed lines and menus.
pub fn screen(model: &Model) -> Option<&DeskScreen> {
    model.layers.iter().rev().find_map(|layer| match layer {
        super::layer::Layer::Desk(screen) => Some(&**screen),
        _ => None,
    })
}

/// A trial's criteria text, and the version of its record.
pub fn criteria_of(entry: &Entry) -> (&str, Option<&str>) {
    let version = entry.trial.source.as_ref().and_then(|source| source.version.as_deref());
    (entry.trial.eligibility.text.as_deref().unwrap_or_default(), version)
}
