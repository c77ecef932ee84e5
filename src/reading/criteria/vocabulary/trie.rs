//! Phrases of the vocabulary as a tree of words, and the marks they leave on a text.

use super::{Class, Lists};
use crate::reading::criteria::limits::atoms::{Atom, AtomKind, Atoms};
use crate::reading::hash::{MarkedWords, mark};
use crate::reading::lexer::lex;

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
    words: MarkedWords<u32>,
    /// The node that each word leads to from the root, by its number; 0 for none.
    first: Vec<u32>,
    nodes: Vec<Node>,
}

/// Where the words of some phrases lead.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The phrases that end here.
    ends: Vec<(Class, u16)>,
    /// Their lists.
    lists: Lists,
    /// The words that a longer phrase goes on with, by their number, and where they lead: mostly none or a few.
    steps: Vec<(u32, u32)>,
}

/// The tree's root.
const ROOT: u32 = 0;
/// Words that are in no phrase.
pub const UNKNOWN: u32 = 0;

impl Trie {
    /// Adds a phrase.
    pub fn insert(&mut self, phrase: &str, class: Class, payload: u16) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let tokens = lex(phrase);
        let atoms = Atoms::of(phrase, &tokens, &Self::default());
        let mut node = ROOT;
        for index in 0..atoms.len() {
            let word = self.number(atoms.text(index));
            node = self.step(node, word).unwrap_or_else(|| self.new_step(node, word));
        }
        if let Some(end) = self.nodes.get_mut(node as usize).filter(|_| node != ROOT)
            && !end.ends.contains(&(class, payload))
        {
            end.ends.push((class, payload));
            end.lists = end.lists.and(Lists::of(&[class]));
        }
    }

    /// Adds a word that stands for a number.
    pub fn insert_number(&mut self, word: &str) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let word = self.number(word);
        let node = self.step(ROOT, word).unwrap_or_else(|| self.new_step(ROOT, word));
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.lists = node.lists.and(Lists::NUMERIC);
        }
    }

    /// The node that a word leads to.
    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node == ROOT {
            return self.first.get(word as usize).copied().filter(|next| *next != ROOT);
        }
        let steps = &self.nodes.get(node as usize)?.steps;
        let at = steps.binary_search_by_key(&word, |(word, _)| *word).ok()?;
        steps.get(at).map(|(_, next)| *next)
    }

    fn new_step(&mut self, node: u32, word: u32) -> u32 {
        let next = self.nodes.len() as u32;
        self.nodes.push(Node::default());
        if node == ROOT {
            self.first.resize(self.first.len().max(word as usize + 1), ROOT);
            if let Some(slot) = self.first.get_mut(word as usize) {
                *slot = next;
            }
        } else if let Some(from) = self.nodes.get_mut(node as usize) {
            let at = from.steps.partition_point(|(other, _)| *other < word);
            from.steps.insert(at, (word, next));
        }
        next
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = self.words.len() as u32 + 1;
        self.words.entry(word, || next).copied().unwrap_or(UNKNOWN)
    }

    /// The number of a word with this mark; of a plural that is not listed, its singular's.
    pub fn word(&self, word: &str, own: u32) -> u32 {
        match self.words.get(word, own) {
            Some(number) => *number,
            None => word
                .strip_suffix('s')
                .filter(|singular| singular.len() > 3)
                .and_then(|singular| self.words.get(singular, mark(singular.as_bytes())))
                .copied()
                .unwrap_or(UNKNOWN),
        }
    }

    /// The phrases that the first of some atoms begins, pushed onto `marks`, shortest first; gives their lists.
    pub fn marks(&self, atoms: &[Atom], marks: &mut Vec<Mark>) -> Lists {
        let mut lists = Lists::default();
        let mut node = ROOT;
        for (atom, len) in atoms.iter().zip(1_u16..) {
            if atom.kind == AtomKind::Line {
                break;
            }
            // Most words begin no phrase, and most phrases are of one word.
            let Some(next) = self.step(node, atom.word) else { break };
            let Some(reached) = self.nodes.get(next as usize) else { break };
            lists = lists.and(reached.lists);
            for (class, payload) in &reached.ends {
                marks.push(Mark { class: *class, payload: *payload, len });
            }
            if reached.steps.is_empty() {
                break;
            }
            node = next;
        }
        lists
    }
}
