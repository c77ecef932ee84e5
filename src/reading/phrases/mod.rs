//! Finding a vocabulary's phrases in a text: a word stream over the lexer's tokens, and a trie of word patterns.
//!
//! Knows how phrases are written (plurals, hyphens, British and American spelling, abbreviations in capitals),
//! nothing of what they mean: each pattern carries a payload that its reader understands.
//!
//! A pattern is words with blanks between them: `a|b` is either word, `word?` may be missing, `..` stands for up to
//! [`GAP`] words of the same sentence, `#` for a number. A word in capitals (`OS`) is only found where the text writes it
//! with capitals too (`OS`, `DoR` for `DOR`), so that an abbreviation is not taken for an everyday word; one that mixes
//! small letters and capitals (`pCR`, `IgA`) only where the text writes it just so.

use std::collections::HashMap;
use std::ops::Range;

mod forms;
mod words;

use forms::forms;
pub use words::{Word, Words};

/// How many words a `..` in a pattern may stand for.
pub const GAP: usize = 4;

/// The dictionary's number for `#`, any number.
const NUMBER: u32 = 1;

/// Whether a pattern's word mixes small letters and capitals, other than by a capital at its beginning.
fn mixed(word: &str) -> bool {
    let rest = word.chars().skip(1);
    word.chars().any(char::is_lowercase) && rest.clone().any(char::is_uppercase)
}

/// A pattern's place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which pattern, as the number that was given when it was added.
    pub payload: usize,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

impl Match {
    /// Its words.
    pub fn words(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A set of patterns, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Phrases {
    /// A word's number, written small and, if a pattern asks for them, with capitals. 0 is no word.
    dictionary: HashMap<String, Entry>,
    /// Words that must be written just so.
    exact: HashMap<String, u32>,
    next_word: u32,
    nodes: Vec<Node>,
    edges: HashMap<(u32, u32), u32>,
}

/// What a word of the text may be: each 0 where it is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ids {
    exact: u32,
    capitals: u32,
    any: u32,
    number: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    any: u32,
    capitals: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    payload: Option<usize>,
    gap: Option<u32>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self {
            dictionary: HashMap::new(),
            exact: HashMap::new(),
            next_word: NUMBER + 1,
            nodes: vec![Node::default()],
            edges: HashMap::new(),
        }
    }
}

impl Phrases {
    /// Adds a pattern. The first of two equal patterns keeps its payload.
    pub fn add(&mut self, pattern: &str, payload: usize) {
        let mut ends = vec![0_u32];
        let mut gap = false;
        for slot in pattern.split_whitespace() {
            if slot == ".." {
                gap = true;
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
                    let to = self.step(from, word);
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            ends = reached;
            gap = false;
        }
        for end in ends.into_iter().filter(|end| *end != 0) {
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
    fn step(&mut self, from: u32, word: &str) -> u32 {
        let mut at = from;
        for part in word.split('-').filter(|part| !part.is_empty()) {
            let id = self.word(part);
            at = match self.edges.get(&(at, id)) {
                Some(to) => *to,
                None => {
                    let to = self.new_node();
                    self.edges.insert((at, id), to);
                    to
                }
            };
        }
        at
    }

    fn new_node(&mut self) -> u32 {
        self.nodes.push(Node::default());
        (self.nodes.len() - 1) as u32
    }

    /// A pattern word's number; new words come with their plural and British forms.
    fn word(&mut self, word: &str) -> u32 {
        if word == "#" {
            return NUMBER;
        }
        if mixed(word) {
            return self.exact_word(word);
        }
        let lower = word.to_lowercase();
        let with_capitals = word != lower;
        let known = self.dictionary.get(&lower).map_or(0, |e| if with_capitals { e.capitals } else { e.any });
        if known != 0 {
            return known;
        }
        let id = self.next_word;
        self.next_word += 1;
        for form in forms(&lower) {
            let entry = self.dictionary.entry(form).or_default();
            let slot = if with_capitals { &mut entry.capitals } else { &mut entry.any };
            if *slot == 0 {
                *slot = id;
            }
        }
        id
    }

    /// The number of a word that must be written just so; its plural is it too.
    fn exact_word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.exact.get(word) {
            return *known;
        }
        let id = self.next_word;
        self.next_word += 1;
        self.exact.insert(word.to_owned(), id);
        self.exact.insert(format!("{word}s"), id);
        // The folded form leads there too, so that the word is looked at.
        self.dictionary.entry(word.to_lowercase()).or_default();
        id
    }

    /// All matches, leftmost first and the longest of those that start together; they do not overlap.
    pub fn find(&self, words: &Words<'_>) -> Vec<Match> {
        let ids: Vec<Ids> = words.all().iter().map(|word| self.ids(word)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < ids.len() {
            match self.longest(words, &ids, at) {
                Some(hit) => {
                    at = hit.end.max(at + 1);
                    found.push(hit);
                }
                None => at += 1,
            }
        }
        found
    }

    fn ids(&self, word: &Word<'_>) -> Ids {
        let exact = if word.capitals && !self.exact.is_empty() {
            self.exact.get(word.raw).copied().unwrap_or_default()
        } else {
            0
        };
        let entry = self.dictionary.get(word.text).copied().unwrap_or_default();
        let number = if word.number { NUMBER } else { 0 };
        Ids { exact, capitals: if word.capitals { entry.capitals } else { 0 }, any: entry.any, number }
    }

    fn longest(&self, words: &Words<'_>, ids: &[Ids], start: usize) -> Option<Match> {
        if *ids.get(start)? == Ids::default() {
            return None;
        }
        let mut best = None;
        self.walk(words, ids, start, start, 0, &mut best);
        best
    }

    fn walk(
        &self,
        words: &Words<'_>,
        ids: &[Ids],
        start: usize,
        at: usize,
        node: u32,
        best: &mut Option<Match>,
    ) {
        let Some(here) = self.nodes.get(node as usize) else { return };
        if let Some(payload) = here.payload
            && best.is_none_or(|b| at > b.end)
        {
            *best = Some(Match { payload, start, end: at });
        }
        self.edge(words, ids, start, at, node, best);
        if let Some(gap) = here.gap {
            // The fewest words that lead to a match: "time to … progression" ends at the first progression.
            for skipped in 0..=GAP {
                if best.is_some_and(|best| best.end > at) {
                    break;
                }
                self.edge(words, ids, start, at + skipped, gap, best);
            }
        }
    }

    /// Follows the word at `at` from `node`, if it stands in the sentence the match began in.
    fn edge(
        &self,
        words: &Words<'_>,
        ids: &[Ids],
        start: usize,
        at: usize,
        node: u32,
        best: &mut Option<Match>,
    ) {
        let (Some(ids_here), Some(word), Some(first)) = (ids.get(at), words.get(at), words.get(start)) else {
            return;
        };
        if word.sentence != first.sentence {
            return;
        }
        let Ids { exact, capitals, any, number } = *ids_here;
        for id in [exact, capitals, any, number] {
            if id != 0
                && let Some(to) = self.edges.get(&(node, id))
            {
                self.walk(words, ids, start, at + 1, *to, best);
            }
        }
    }
}

#[cfg(test)]
mod tests;
