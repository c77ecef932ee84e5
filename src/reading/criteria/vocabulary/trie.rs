//! Phrases of the vocabulary as a tree of words, and the marks they leave on a text.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::Class;
use crate::reading::criteria::limits::atoms::{Atom, AtomKind, Atoms};
use crate::reading::hash::{WordHasher, WordMap};

/// A phrase of the vocabulary that stands in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The list it is in.
    pub class: Class,
    /// What it stands for in that list.
    pub payload: u16,
    /// How many atoms it takes.
    pub len: u16,
}

/// All phrases. Words are numbered, so that a text's words are looked up once each.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    words: WordMap<u32>,
    /// The node that each word leads to from the root, by its number; 0 for none.
    first: Vec<u32>,
    steps: HashMap<(u32, u32), u32, BuildHasherDefault<WordHasher>>,
    ends: Vec<Vec<(Class, u16)>>,
}

/// The tree's root.
const ROOT: u32 = 0;
/// Words that are in no phrase.
pub const UNKNOWN: u32 = 0;

impl Trie {
    /// Adds a phrase.
    pub fn insert(&mut self, phrase: &str, class: Class, payload: u16) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let atoms = Atoms::of(phrase, &Self::default());
        let mut node = ROOT;
        for index in 0..atoms.len() {
            let word = self.number(atoms.text(index));
            node = self.step(node, word).unwrap_or_else(|| self.new_step(node, word));
        }
        if let Some(end) = self.ends.get_mut(node as usize).filter(|_| node != ROOT)
            && !end.contains(&(class, payload))
        {
            end.push((class, payload));
        }
    }

    /// The node that a word leads to.
    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node == ROOT {
            return self.first.get(word as usize).copied().filter(|next| *next != ROOT);
        }
        self.steps.get(&(node, word)).copied()
    }

    fn new_step(&mut self, node: u32, word: u32) -> u32 {
        let next = self.ends.len() as u32;
        self.ends.push(Vec::new());
        if node == ROOT {
            self.first.resize(self.first.len().max(word as usize + 1), ROOT);
            if let Some(slot) = self.first.get_mut(word as usize) {
                *slot = next;
            }
        } else {
            self.steps.insert((node, word), next);
        }
        next
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = self.words.len() as u32 + 1;
        *self.words.entry(word.into()).or_insert(next)
    }

    /// A word's number; of a plural that is not listed, its singular's.
    pub fn word(&self, word: &str) -> u32 {
        match self.words.get(word) {
            Some(number) => *number,
            None => word
                .strip_suffix('s')
                .filter(|singular| singular.len() > 3)
                .and_then(|singular| self.words.get(singular))
                .copied()
                .unwrap_or(UNKNOWN),
        }
    }

    /// The phrases that begin at `index`, pushed onto `marks`, shortest first.
    pub fn marks(&self, atoms: &[Atom], index: usize, marks: &mut Vec<Mark>) {
        let mut node = ROOT;
        for (offset, atom) in atoms.iter().skip(index).enumerate() {
            if atom.kind == AtomKind::Line || atom.word == UNKNOWN {
                return;
            }
            let Some(next) = self.step(node, atom.word) else { return };
            node = next;
            let ends = self.ends.get(node as usize).into_iter().flatten();
            let len = u16::try_from(offset + 1).unwrap_or(u16::MAX);
            marks.extend(ends.map(|(class, payload)| Mark { class: *class, payload: *payload, len }));
        }
    }
}
