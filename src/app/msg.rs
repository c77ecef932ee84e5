//! What happens to the app, and what it asks for.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

use super::arrange::Arrange;
use super::desk::{DeskJob, DeskNews};
use super::export::{Export, Page};
use super::facets::{Tallied, Tally};
use super::making::{Made, Making};
use super::notebook::{Change, Notebook};
use super::patient::{Outcome, Weigh};
use super::reload::{Reloaded, Renewed};
use super::shelf::Wish;
use crate::library::{Entry, Library, LoadEvent};
use crate::matching::Patient;
use crate::search::seek::{Seek, Sought};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a size: columns, rows.
    Resize(u16, u16),
    /// The load has news.
    Load(LoadEvent),
    /// An [`Effect::Arrange`] is done: the trials to list, in order, by their index.
    Arranged {
        /// The job's generation.
        generation: u64,
        /// Indexes of the trials.
        order: Vec<u32>,
    },
    /// The best matches of an [`Effect::Arrange`], before it is done: all of the list begins with them.
    BestArranged {
        /// The job's generation.
        generation: u64,
        /// Indexes of the trials.
        order: Vec<u32>,
    },
    /// A library is open.
    Library(Arc<Library>),
    /// Somebody has written to the library that is open, and it was opened anew; or why it cannot be.
    Renewed(Result<Box<Renewed>, String>),
    /// One of the records of an [`Effect::Fetch`], or why it cannot be read.
    Record {
        /// The wish's edition.
        edition: u64,
        /// Its row.
        row: u32,
        /// The trial.
        read: Result<Arc<Entry>, String>,
    },
    /// The earlier versions of an [`Effect::Versions`] that the library keeps, oldest first, or why they cannot be read.
    Versions {
        /// The wish's edition.
        edition: u64,
        /// Its row.
        row: u32,
        /// The records.
        read: Result<Vec<Arc<Entry>>, String>,
    },
    /// The desk's sheets: what has become of an [`Effect::Desk`].
    Desk(DeskNews),
    /// An [`Effect::Make`] is done.
    Made(Box<Made>),
    /// An [`Effect::Read`] is done.
    Read,
    /// How many trials an [`Effect::Weigh`] has weighed so far.
    Weighing {
        /// The job's generation.
        generation: u64,
        /// Trials weighed.
        done: usize,
    },
    /// An [`Effect::Weigh`] is done.
    Weighed {
        /// The job's generation.
        generation: u64,
        /// What came of it.
        outcome: Outcome,
    },
    /// What an [`Effect::ReadPatient`] has read, or why it could not.
    Patient(Result<Patient, String>),
    /// What an [`Effect::Seek`] has found so far.
    Sought(Box<Sought>),
    /// What an [`Effect::Tally`] has counted so far.
    Tallied(Box<Tallied>),
    /// What was kept of bookmarks, notes and searches has been read, or a change of it cannot be kept.
    Notebook(Result<Notebook, String>),
    /// The open files have changed and were read again.
    Reloaded(Reloaded),
    /// What an [`Effect::CopyPage`] has written, or why it could not.
    Page(Result<String, String>),
    /// Something to tell the person, in one line.
    Notice(String),
}

/// Something the app wants done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Give the terminal to the shell until resumed.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    /// Put text on the clipboard.
    Copy(String),
    /// Write a page as Markdown on a worker and answer with [`Msg::Page`], to be copied.
    CopyPage(Page),
    /// Open an address in the person's browser; where there is none, copy it.
    Visit(String),
    /// Show the record in the person's pager or editor, the terminal given to it.
    View(Arc<Entry>),
    /// Stop loading; what has arrived stays.
    CancelLoad,
    /// Filter and sort on a worker and answer with [`Msg::Arranged`]. A newer job replaces an older one.
    Arrange(Arrange),
    /// Read records of the library and answer each with [`Msg::Record`]. Newer wishes replace older ones.
    Fetch(Wish),
    /// Read the earlier versions that the library keeps of records and answer with [`Msg::Versions`].
    Versions(Wish),
    /// From now on tell what differs from this library.
    Shown(Arc<Library>),
    /// Do something with the desk's sheets and answer with [`Msg::Desk`]; one after the other.
    Desk(DeskJob),
    /// Make all of a long pane on a worker and answer with [`Msg::Made`]. A newer job replaces an older one.
    Make(Box<Making>),
    /// Read the prose of these trials on a worker and answer with [`Msg::Read`].
    Read(Vec<Arc<Entry>>),
    /// Weigh a patient against trials on a worker: tells [`Msg::Weighing`] now and then, answers with
    /// [`Msg::Weighed`]. A newer job replaces an older one.
    Weigh(Weigh),
    /// Look for what is typed into the finder on a worker: answers with [`Msg::Sought`], in steps. A newer job replaces an
    /// older one.
    Seek(Seek),
    /// Count the values of the facets on a worker: answers with [`Msg::Tallied`], in steps. A newer job replaces an older
    /// one.
    Tally(Tally),
    /// Read a patient's facts from a file and answer with [`Msg::Patient`].
    ReadPatient(PathBuf),
    /// Write something to a file and answer with [`Msg::Notice`], which says where it is.
    Export(Export),
    /// Keep a change of the notebook; only a failure is answered, with [`Msg::Notebook`].
    Keep(Change),
    /// Write a picture of the screen to a file and answer with [`Msg::Notice`].
    Picture,
    /// Take the mouse, or let the terminal have it.
    Mouse(bool),
}
