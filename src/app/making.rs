//! Making a pane's content: its items, marked by second readers, laid out in lines. A large record's fields come in two
//! steps: the first of them at once, all of them from a worker.

use std::sync::Arc;

use jiff::civil::Date;

use super::content::Content;
use super::detail::Shown;
use super::glyphs;
use super::pane::Pane;
use super::panes::{self, PaneView};
use super::second::mark as marked;
use crate::library::Entry;

/// Records up to so many bytes are shown whole at once.
const AT_ONCE: usize = 48 * 1024;
/// So many fields of a larger record are shown at once: more than a screen has lines.
const FIRST_FIELDS: usize = 400;

/// The job: this pane of this trial.
#[derive(Clone, Debug)]
pub struct Making {
    /// The trial.
    pub entry: Arc<Entry>,
    /// Which pane, and how.
    pub shown: Shown,
    /// The date.
    pub today: Option<Date>,
    /// In ASCII only.
    pub ascii: bool,
}

/// A pane's content, made elsewhere.
#[derive(Clone, Debug)]
pub struct Made {
    /// Of which trial.
    pub entry: Arc<Entry>,
    /// Which pane, and how.
    pub shown: Shown,
    /// Its lines.
    pub content: Content,
}

impl Making {
    /// Whether making all of it would keep a key waiting.
    pub fn is_long(&self) -> bool {
        let raw = self.entry.raw.as_ref();
        self.shown.pane == Pane::Record && raw.is_some_and(|raw| raw.bytes().len() > AT_ONCE)
    }

    /// What there is at once: the beginning, if all of it is long.
    pub fn beginning(&self) -> Content {
        self.content(self.is_long().then_some(FIRST_FIELDS))
    }

    /// All of it.
    pub fn run(self) -> Made {
        let content = self.content(None);
        Made { entry: self.entry, shown: self.shown, content }
    }

    fn content(&self, most_fields: Option<usize>) -> Content {
        let shown = &self.shown;
        let view = PaneView {
            entry: &self.entry,
            width: shown.width,
            today: self.today,
            sites: &shown.sites,
            criteria: &shown.criteria,
            order: shown.order,
            xray: shown.xray,
            most_fields,
        };
        let items = marked(&self.entry, shown.pane, panes::items(shown.pane, &view));
        Content::new(if self.ascii { glyphs::items(items) } else { items }, shown.width)
    }
}
