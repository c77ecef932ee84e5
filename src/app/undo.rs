//! What was before a change that can be taken back.

use std::collections::BTreeSet;

use super::arrange::Sort;
use super::notebook::Change;
use super::sets::Aside;

/// Changes that can be taken back at most.
const MOST: usize = 100;

/// One step back.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// The ticks as they were.
    Ticks(BTreeSet<u32>),
    /// The order of the list as it was.
    Sort(Sort),
    /// Whether the list told how much was read.
    Coverage(bool),
    /// What takes a change of the notebook back.
    Notebook(Change),
    /// A tab that was closed, and where it stood.
    Closed(usize, Box<Aside>),
}

impl Undo {
    /// What is taken back, in a word or two.
    pub fn told(&self) -> &'static str {
        match self {
            Self::Ticks(_) => "the tick",
            Self::Sort(_) => "the order",
            Self::Coverage(_) => "the column",
            Self::Notebook(Change::Note(..)) => "the note",
            Self::Notebook(_) => "the bookmark",
            Self::Closed(..) => "closing the tab",
        }
    }

    /// Whether it is about one tab's list alone.
    pub fn is_of_tab(&self) -> bool {
        matches!(self, Self::Ticks(_) | Self::Sort(_) | Self::Coverage(_))
    }
}

/// Steps back with the tab they were done in, the last one last.
#[derive(Clone, Debug, Default)]
pub struct Undos(Vec<(u64, Undo)>);

impl Undos {
    /// Keeps a step.
    pub fn push(&mut self, tab: u64, undo: Undo) {
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push((tab, undo));
    }

    /// The last step.
    pub fn pop(&mut self) -> Option<(u64, Undo)> {
        self.0.pop()
    }
}
