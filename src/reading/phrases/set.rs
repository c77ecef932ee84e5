//! A set of patterns as a trie over a dictionary's numbers.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::dictionary::{Dictionary, Ids, Numbered};
use super::{GAP, Match};
use crate::reading::hash::WordHasher;

/// A set of patterns, ready to be looked for. All of its patterns are of one dictionary's words.
#[derive(Clone, Debug)]
pub struct PhraseSet {
    nodes: Vec<Node>,
    /// By `edge_key`: the node that a word's number leads to from a node.
    edges: HashMap<u64, u32, BuildHasherDefault<WordHasher>>,
    /// By a word's number: the node it leads to from the root; 0 for none.
    first: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    payload: Option<usize>,
    gap: Option<u32>,
    /// Whether a word leads on from here.
    leads: bool,
}

/// The trie's root.
const ROOT: u32 = 0;

impl Default for PhraseSet {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], edges: HashMap::default(), first: Vec::new() }
    }
}

impl PhraseSet {
    /// Adds a pattern. The first of two equal patterns keeps its payload.
    pub fn add(&mut self, dictionary: &mut Dictionary, pattern: &str, payload: usize) {
        let mut ends = vec![ROOT];
        let mut gap = false;
        for slot in pattern.split_whitespace() {
            if slot == ".." {
                // A gap that begins a pattern says nothing.
                gap = ends != [ROOT];
                continue;
            }
            let (slot, optional) = match slot.strip_suffix('?') {
                Some(slot) => (slot, true),
                None => (slot, false),
            };
            let mut reached = if optional && !gap { ends.clone() } else { Vec::new() };
            for from in ends {
                let from = if gap { self.gap_of(from) } else { from };
                for word in slot.split('|') {
                    let to = self.path(dictionary, from, word);
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            ends = reached;
            gap = false;
        }
        for end in ends.into_iter().filter(|end| *end != ROOT) {
            if let Some(node) = self.nodes.get_mut(end as usize) {
                node.payload.get_or_insert(payload);
            }
        }
    }

    fn gap_of(&mut self, from: u32) -> u32 {
        if let Some(gap) = self.nodes.get(from as usize).and_then(|node| node.gap) {
            return gap;
        }
        let gap = self.new_node();
        if let Some(node) = self.nodes.get_mut(from as usize) {
            node.gap = Some(gap);
        }
        gap
    }

    /// Follows one pattern word, which may be hyphenated, from a node; gives the node it leads to.
    fn path(&mut self, dictionary: &mut Dictionary, from: u32, word: &str) -> u32 {
        let mut at = from;
        for part in word.split('-').filter(|part| !part.is_empty()) {
            let id = dictionary.word(part);
            at = match self.step(at, id) {
                Some(to) => to,
                None => self.new_step(at, id),
            };
        }
        at
    }

    fn new_step(&mut self, from: u32, id: u32) -> u32 {
        let to = self.new_node();
        if from == ROOT {
            let index = id as usize;
            if self.first.len() <= index {
                self.first.resize(index + 1, ROOT);
            }
            if let Some(slot) = self.first.get_mut(index) {
                *slot = to;
            }
        } else {
            self.edges.insert(edge_key(from, id), to);
        }
        if let Some(from) = self.nodes.get_mut(from as usize) {
            from.leads = true;
        }
        to
    }

    fn new_node(&mut self) -> u32 {
        self.nodes.push(Node::default());
        (self.nodes.len() - 1) as u32
    }

    /// The node that a word leads to.
    fn step(&self, from: u32, id: u32) -> Option<u32> {
        if from == ROOT {
            return self.first.get(id as usize).copied().filter(|to| *to != ROOT);
        }
        self.edges.get(&edge_key(from, id)).copied()
    }

    /// All matches, leftmost first and the longest of those that start together; they do not overlap.
    pub fn find(&self, text: &Numbered<'_, '_>) -> Vec<Match> {
        let mut found = Vec::new();
        let mut free = 0;
        for start in text.known.iter().map(|at| *at as usize) {
            if start >= free
                && self.opens(text, start)
                && let Some(hit) = self.longest(text, start)
            {
                free = hit.end.max(start + 1);
                found.push(hit);
            }
        }
        found
    }

    /// Whether a pattern begins with the word at `start`.
    fn opens(&self, text: &Numbered<'_, '_>, start: usize) -> bool {
        let ids = text.ids.get(start).copied().unwrap_or_default();
        self.opens_with(ids)
    }

    /// Whether a pattern begins with a word that may be any of these.
    pub(super) fn opens_with(&self, ids: Ids) -> bool {
        ids.all().iter().any(|id| *id != 0 && self.step(ROOT, *id).is_some())
    }

    /// The node that a word of this number opens.
    pub(super) fn opened(&self, id: u32) -> Option<u32> {
        if id == 0 { None } else { self.step(ROOT, id) }
    }

    /// Whether more than a second word decides about a match from here: it may end, or go on behind a gap.
    pub(super) fn is_open(&self, node: u32) -> bool {
        self.nodes.get(node as usize).is_some_and(|node| node.payload.is_some() || node.gap.is_some())
    }

    /// Every word but a first one: the node it follows, and its number.
    pub(super) fn followers(&self) -> impl Iterator<Item = (u32, u32)> {
        self.edges.keys().map(|key| ((key >> 32) as u32, *key as u32))
    }

    fn longest(&self, text: &Numbered<'_, '_>, start: usize) -> Option<Match> {
        let mut best = None;
        self.walk(text, start, start, ROOT, &mut best);
        best
    }

    fn walk(&self, text: &Numbered<'_, '_>, start: usize, at: usize, node: u32, best: &mut Option<Match>) {
        let Some(here) = self.nodes.get(node as usize) else { return };
        if let Some(payload) = here.payload
            && best.is_none_or(|b| at > b.end)
        {
            *best = Some(Match { payload, start, end: at });
        }
        if here.leads {
            self.edge(text, start, at, node, best);
        }
        if let Some(gap) = here.gap {
            // The fewest words that lead to a match: "time to … progression" ends at the first progression.
            for skipped in 0..=GAP {
                if best.is_some_and(|best| best.end > at) {
                    break;
                }
                self.edge(text, start, at + skipped, gap, best);
            }
        }
    }

    /// Follows the word at `at` from `node`, if it stands in the sentence the match began in.
    fn edge(&self, text: &Numbered<'_, '_>, start: usize, at: usize, node: u32, best: &mut Option<Match>) {
        let ids: Ids = text.ids.get(at).copied().unwrap_or_default();
        if ids == Ids::default() {
            return;
        }
        let sentence = |at: usize| text.words.get(at).map(|word| word.sentence);
        if sentence(at) != sentence(start) {
            return;
        }
        for id in ids.all() {
            if id != 0
                && let Some(to) = self.step(node, id)
            {
                self.walk(text, start, at + 1, to, best);
            }
        }
    }
}

/// The key of the step that a word's number makes from a node.
fn edge_key(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}
