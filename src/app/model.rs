//! Everything the screen shows, in one place. Changed by `update` alone, read by `ui`.

use std::sync::Arc;

use jiff::civil::Date;

use super::areas::Areas;
use super::comparing::Comparing;
use super::content::Content;
use super::desk::DeskState;
use super::detail::Detail;
use super::keymap::Keymap;
use super::layer::Layer;
use super::list::List;
use crate::formats::RecordError;
use crate::library::{Entry, Progress};
use crate::reading::vocabularies::Vocabularies;

/// Which side has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The detail pane.
    Detail,
}

/// How loading goes.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Trials are still coming.
    pub running: bool,
    /// The person has stopped it.
    pub cancelled: bool,
    /// How far it has come.
    pub progress: Progress,
    /// What could not be read.
    pub problems: Vec<RecordError>,
}

/// The state of the screen.
#[derive(Debug)]
pub struct Model {
    /// What each key does.
    pub keymap: Keymap,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The date, to tell the age of records.
    pub today: Option<Date>,
    /// What was opened, in a few words: `samples`, a file's name.
    pub opened: String,
    /// The trials that have arrived, in that order.
    pub trials: Arc<Vec<Arc<Entry>>>,
    /// How loading goes.
    pub load: Load,
    /// The list.
    pub list: List,
    /// The detail side.
    pub detail: Detail,
    /// The context column.
    pub side: Content,
    /// Which side has the keys.
    pub focus: Focus,
    /// The focused side has the whole screen.
    pub zoom: bool,
    /// Columns the list is wider than by itself.
    pub split: i16,
    /// The desk's sheets.
    pub desk: DeskState,
    /// What lies over the panes, the topmost last.
    pub layers: Vec<Layer>,
    /// The words that the trials' prose is read with.
    pub words: Arc<Vocabularies>,
    /// One line to tell, until the next key.
    pub notice: Option<String>,
    /// The mouse is ours and not the terminal's.
    pub mouse: bool,
    /// The parts of the screen.
    pub areas: Areas,
}

impl Model {
    /// A screen with nothing on it yet. `opened` says in a few words what is being opened; loading is taken to run
    /// until [`crate::library::LoadEvent::Done`] comes.
    pub fn new(opened: impl Into<String>, today: Option<Date>) -> Self {
        Self {
            keymap: Keymap::standard(),
            size: (80, 24),
            today,
            opened: opened.into(),
            trials: Arc::default(),
            load: Load { running: true, ..Load::default() },
            list: List::default(),
            detail: Detail::default(),
            side: Content::default(),
            focus: Focus::List,
            zoom: false,
            split: 0,
            desk: DeskState::default(),
            layers: Vec::new(),
            words: Arc::default(),
            notice: None,
            mouse: false,
            areas: Areas::default(),
        }
    }

    /// The trial at an index.
    pub fn entry(&self, index: u32) -> Option<&Arc<Entry>> {
        self.trials.get(index as usize)
    }

    /// The comparison that lies over the panes, if there is one.
    pub fn comparing(&self) -> Option<&Comparing> {
        self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Comparing(comparing) => Some(comparing.as_ref()),
            _ => None,
        })
    }

    /// The trial that the person looks at: the comparison's column, else the selected one.
    pub fn looked_at(&self) -> Option<&Arc<Entry>> {
        match self.comparing().and_then(Comparing::trial) {
            Some(trial) => self.entry(trial),
            None => self.selected(),
        }
    }

    /// The selected trial.
    pub fn selected(&self) -> Option<&Arc<Entry>> {
        self.list.selected().and_then(|index| self.entry(index))
    }
}
