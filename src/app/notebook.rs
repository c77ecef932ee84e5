//! What the person keeps beside the trials: bookmarks, notes, searches. Kept in the data folder by the runtime, change by
//! change, so that two programs that are open at once lose nothing of each other's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Searches that are kept.
const MOST_SEARCHES: usize = 200;

/// Bookmarks, notes and searches.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct Notebook {
    /// Places that were marked, the oldest first.
    pub bookmarks: Vec<Bookmark>,
    /// Notes on trials, by their ids.
    pub notes: BTreeMap<String, String>,
    /// What was searched, the newest last.
    pub searches: Vec<String>,
    /// The second reader's initials, once they were asked for.
    pub initials: String,
    /// The guide was offered.
    pub guided: bool,
}

/// A place that was marked.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct Bookmark {
    /// The trial's id.
    pub trial: String,
    /// Its title.
    pub title: String,
    /// The pane, by its number from 0; none for the trial as it stands in the list.
    pub pane: Option<usize>,
    /// The field of the record that the row stands for.
    pub field: Option<String>,
    /// The row's first byte in it.
    pub at: usize,
}

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A place is marked.
    Mark(Bookmark),
    /// A mark is taken away.
    Unmark(Bookmark),
    /// A note on a trial, in place of an earlier one; an empty one takes it away.
    Note(String, String),
    /// Something was searched.
    Searched(String),
    /// The second reader has initials.
    Initials(String),
    /// The guide was offered.
    Guided,
}

impl Notebook {
    /// Makes a change; gives the one that takes it back, if it can be.
    pub fn make(&mut self, change: &Change) -> Option<Change> {
        match change {
            Change::Mark(mark) => {
                self.bookmarks.retain(|known| known != mark);
                self.bookmarks.push(mark.clone());
                Some(Change::Unmark(mark.clone()))
            }
            Change::Unmark(mark) => {
                self.bookmarks.retain(|known| known != mark);
                Some(Change::Mark(mark.clone()))
            }
            Change::Note(trial, text) => {
                let before = if text.trim().is_empty() {
                    self.notes.remove(trial)
                } else {
                    self.notes.insert(trial.clone(), text.trim().to_owned())
                };
                Some(Change::Note(trial.clone(), before.unwrap_or_default()))
            }
            Change::Searched(text) => {
                self.searches.retain(|known| known != text);
                self.searches.push(text.clone());
                let more = self.searches.len().saturating_sub(MOST_SEARCHES);
                self.searches.drain(..more);
                None
            }
            Change::Initials(initials) => {
                self.initials.clone_from(initials);
                None
            }
            Change::Guided => {
                self.guided = true;
                None
            }
        }
    }

    /// Whether anything of a trial is marked.
    pub fn is_marked(&self, trial: &str) -> bool {
        self.bookmarks.iter().any(|mark| mark.trial == trial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_gives_the_one_that_takes_it_back() {
        let mut notebook = Notebook::default();
        let note = |text: &str| Change::Note("NCT90000001".to_owned(), text.to_owned());
        let first = notebook.make(&note("ask about insulin"));
        let second = notebook.make(&note("asked"));
        assert_eq!((first, second.as_ref()), (Some(note("")), Some(&note("ask about insulin"))));
        second.iter().for_each(|change| drop(notebook.make(change)));
        assert_eq!(notebook.notes.get("NCT90000001").map(String::as_str), Some("ask about insulin"));
        notebook.make(&Change::Searched("one".to_owned()));
        notebook.make(&Change::Searched("two".to_owned()));
        notebook.make(&Change::Searched("one".to_owned()));
        assert_eq!(notebook.searches, ["two", "one"]);
    }
}
