//! Everything the screen shows, in one place. Changed by `update` alone, read by `ui`.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

use super::areas::Areas;
use super::comparing::Comparing;
use super::content::Content;
use super::desk::{self, DeskOf, DeskState};
use super::detail::Detail;
use super::finder::Finder;
use super::findings::FindingsScreen;
use super::glyphs;
use super::guide::{Guide, Script};
use super::item::Item;
use super::key::Key;
use super::keymap::Keymap;
use super::layer::Layer;
use super::list::List;
use super::notebook::Notebook;
use super::patient::PatientScreen;
use super::reload::{Reloaded, Renewed};
use super::session::Returning;
use super::sets::Sets;
use super::shelf::Shelf;
use super::spot::Spot;
use super::trail::Trail;
use super::undo::Undos;
use crate::formats::RecordError;
use crate::library::{Entry, Progress, Reviews};
use crate::protocol::Trial;
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

/// A border that can be dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Between the list and the detail.
    List,
    /// Between the detail and the context column.
    Side,
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
    /// What of the records could not be read.
    pub problems: Vec<RecordError>,
    /// What of the person's own files (settings, words, verdicts) is not used.
    pub own: Vec<RecordError>,
}

impl Load {
    /// Records that could not be read.
    pub fn unreadable(&self) -> u64 {
        self.progress.errors.max(self.problems.len() as u64)
    }
}

/// The state of the screen.
#[derive(Debug)]
pub struct Model {
    /// What each key does.
    pub keymap: Keymap,
    /// The keys of a chord that is not whole yet.
    pub pending: Vec<Key>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The date, to tell the age of records.
    pub today: Option<Date>,
    /// What was opened, in a few words: `samples`, a file's name.
    pub opened: String,
    /// The trials that have arrived, in that order; none when a library is open.
    pub trials: Arc<Vec<Arc<Entry>>>,
    /// The library that is open.
    pub shelf: Option<Shelf>,
    /// How loading goes.
    pub load: Load,
    /// The list.
    pub list: List,
    /// The tabs besides it.
    pub sets: Sets,
    /// What is to be as it was left, until it is.
    pub returning: Option<Returning>,
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
    /// Columns the context is wider than by itself.
    pub side_split: i16,
    /// The desk's sheets.
    pub desk: DeskState,
    /// A patient's facts as they were typed last; they are kept nowhere else.
    pub facts: String,
    /// How many times a patient was weighed: the generation of the last job.
    pub weighings: u64,
    /// The findings' screen as it was left for one of their rows.
    pub findings: FindingsScreen,
    /// How many times something was looked for in the finder: the generation of the last job.
    pub seeks: u64,
    /// How many times the facets were counted: the generation of the last job.
    pub tallies: u64,
    /// Counts how often trials were replaced, and not only added.
    pub edition: u64,
    /// A place that is gone to and whose content is not there yet.
    pub arriving: Option<Spot>,
    /// The person goes back or forward: what is left is kept already.
    pub retracing: bool,
    /// Bookmarks, notes, searches.
    pub notebook: Notebook,
    /// What was before the changes that can be taken back.
    pub undos: Undos,
    /// How far back among the searches the typed line is, and what was typed before.
    pub recall: (usize, String),
    /// What the last piece of the typed line may become, and which of it stands there.
    pub completing: (Vec<String>, usize),
    /// Files that were read again and wait to be taken in.
    pub reloaded: Option<Reloaded>,
    /// The library as somebody else has written it, which waits to be taken in.
    pub renewed: Option<Box<Renewed>>,
    /// A side's border is being dragged.
    pub dragging: Option<Border>,
    /// Where the mouse was pressed last, to tell a second click at the same place.
    pub clicked: Option<(u16, u16)>,
    /// The way that was gone.
    pub trail: Trail,
    /// What lies over the panes, the topmost last.
    pub layers: Vec<Layer>,
    /// What second readers have said.
    pub reviews: Arc<Reviews>,
    /// How many verdicts were taken in: what is shown is made anew then.
    pub verdicts: u64,
    /// The guide, when it is on the screen, and what it says.
    pub guide: Option<Guide>,
    /// See [`Self::guide`].
    pub script: Script,
    /// The bundled samples are open.
    pub samples: bool,
    /// The words that the trials' prose is read with.
    pub words: Arc<Vocabularies>,
    /// One line to tell, until the next key.
    pub notice: Option<String>,
    /// Everything we draw is ASCII.
    pub ascii: bool,
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
            pending: Vec::new(),
            size: (80, 24),
            today,
            opened: opened.into(),
            trials: Arc::default(),
            shelf: None,
            load: Load { running: true, ..Load::default() },
            list: List::default(),
            sets: Sets::default(),
            returning: None,
            detail: Detail::default(),
            side: Content::default(),
            focus: Focus::List,
            zoom: false,
            split: 0,
            side_split: 0,
            desk: DeskState::default(),
            facts: String::new(),
            weighings: 0,
            findings: FindingsScreen::default(),
            seeks: 0,
            tallies: 0,
            edition: 0,
            arriving: None,
            retracing: false,
            notebook: Notebook::default(),
            undos: Undos::default(),
            recall: Default::default(),
            completing: Default::default(),
            reloaded: None,
            renewed: None,
            dragging: None,
            clicked: None,
            trail: Trail::default(),
            layers: Vec::new(),
            reviews: Arc::default(),
            verdicts: 0,
            guide: None,
            script: Script::default(),
            samples: false,
            words: Arc::default(),
            notice: None,
            ascii: false,
            mouse: false,
            areas: Areas::default(),
        }
    }

    /// Items in lines of a width, in the characters that may be drawn.
    pub fn lay_out(&self, items: Vec<Item>, width: u16) -> Content {
        Content::new(if self.ascii { glyphs::items(items) } else { items }, width)
    }

    /// How many trials there are.
    pub fn count(&self) -> usize {
        self.shelf.as_ref().map_or(self.trials.len(), |_| self.load.progress.records as usize)
    }

    /// Indexes of trials are below this; of a library some may have been removed.
    pub fn end(&self) -> usize {
        self.shelf.as_ref().map_or(self.trials.len(), |shelf| shelf.library.rows().len() as usize)
    }

    /// The trial at an index; of a library, once its record has been read.
    pub fn entry(&self, index: u32) -> Option<&Arc<Entry>> {
        match &self.shelf {
            Some(shelf) => shelf.entry(index),
            None => self.trials.get(index as usize),
        }
    }

    /// The other open records of the trial at an index.
    pub fn other_versions(&self, index: u32) -> Vec<Arc<Entry>> {
        let Some(entry) = self.entry(index) else { return Vec::new() };
        let same = |other: &&Arc<Entry>| other.trial.id == entry.trial.id && !Arc::ptr_eq(other, entry);
        self.trials.iter().filter(same).cloned().collect()
    }

    /// The index of the trial with this id.
    pub fn index_of(&self, id: &str) -> Option<u32> {
        match &self.shelf {
            Some(shelf) => shelf.library.find(id).ok().and_then(|rows| rows.first().copied()),
            None => self
                .trials
                .iter()
                .position(|entry| entry.trial.id == id)
                .and_then(|at| u32::try_from(at).ok()),
        }
    }

    /// The trial at an index as far as the list shows it.
    pub fn head(&self, index: u32) -> Option<Cow<'_, Trial>> {
        match &self.shelf {
            Some(shelf) => shelf.head(index).map(Cow::Owned),
            None => self.trials.get(index as usize).map(|entry| Cow::Borrowed(&entry.trial)),
        }
    }

    /// The comparison that lies over the panes, if there is one.
    pub fn comparing(&self) -> Option<&Comparing> {
        self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Comparing(comparing) => Some(comparing.as_ref()),
            _ => None,
        })
    }

    /// The patient and the trials that lie over the panes, if they do.
    pub fn patient(&self) -> Option<&PatientScreen> {
        self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Patient(screen) => Some(screen.as_ref()),
            _ => None,
        })
    }

    /// The finder that is on top.
    pub fn finder(&self) -> Option<&Finder> {
        match self.layers.last() {
            Some(Layer::Finder(finder)) => Some(finder.as_ref()),
            _ => None,
        }
    }

    /// The trial that the person looks at: the finder's row, the comparison's column, the patient's row, else the
    /// selected one.
    pub fn looked_at(&self) -> Option<&Arc<Entry>> {
        if let Some(finder) = self.finder() {
            return finder.found().and_then(|found| self.entry(found.trial));
        }
        if let Some(comparing) = self.comparing() {
            return comparing.entry();
        }
        if let Some(DeskOf::Sheet { record, .. }) = desk::screen(self).map(|screen| &screen.of) {
            return record.and_then(|at| self.entry(at));
        }
        match self.patient().and_then(PatientScreen::row).map(|row| row.trial) {
            Some(trial) => self.entry(trial),
            None => self.selected(),
        }
    }

    /// The selected trial.
    pub fn selected(&self) -> Option<&Arc<Entry>> {
        self.list.selected().and_then(|index| self.entry(index))
    }
}
