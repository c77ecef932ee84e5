//! The words that patterns are made of, each with a number: a text's words are looked up once for all sets of patterns
//! that share a dictionary.

use super::spelling::{forms, mixed};
use super::{Word, Words};
use crate::reading::fold::fold;
use crate::reading::hash::{MarkedWords, WordMap, mark};

/// The number of `#`, any number.
pub(super) const NUMBER: u32 = 1;

/// The words of one or more sets of patterns.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// A word's number, written small and, if a pattern asks for them, with capitals. 0 is no word.
    words: MarkedWords<Entry>,
    /// Words that must be written just so.
    exact: WordMap<u32>,
    next: u32,
}

/// What a word of the text may be: each 0 where it is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ids {
    pub exact: u32,
    pub capitals: u32,
    pub any: u32,
    pub number: u32,
}

impl Ids {
    /// In the order in which they are tried.
    pub fn all(self) -> [u32; 4] {
        [self.exact, self.capitals, self.any, self.number]
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    any: u32,
    capitals: u32,
}

/// A text's words with their numbers in a dictionary.
#[derive(Debug)]
pub struct Numbered<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) ids: Vec<Ids>,
    /// Which words have a number at all.
    pub(super) known: Vec<u32>,
}

impl<'w, 't> Numbered<'w, 't> {
    /// The words.
    pub fn words(&self) -> &'w Words<'t> {
        self.words
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { words: MarkedWords::default(), exact: WordMap::default(), next: NUMBER + 1 }
    }
}

impl Dictionary {
    /// Looks every word of a text up.
    pub fn number<'w, 't>(&self, words: &'w Words<'t>) -> Numbered<'w, 't> {
        let mut ids = Vec::with_capacity(words.len());
        let mut known = Vec::with_capacity(words.len());
        for (at, word) in words.all().iter().enumerate() {
            let own = self.ids(word);
            if own != Ids::default() {
                known.push(at as u32);
            }
            ids.push(own);
        }
        Numbered { words, ids, known }
    }

    fn ids(&self, word: &Word<'_>) -> Ids {
        let number = if word.number { NUMBER } else { 0 };
        let entry = self.words.get(word.text, word.mark).copied().unwrap_or_default();
        if !word.capitals {
            return Ids { exact: 0, capitals: 0, any: entry.any, number };
        }
        let plural = word.raw.strip_suffix('s').is_some_and(|stem| stem.ends_with(char::is_uppercase));
        Ids {
            exact: self.exact.get(word.raw).copied().unwrap_or_default(),
            capitals: if plural { 0 } else { entry.capitals },
            any: entry.any,
            number,
        }
    }

    /// What every known word may be, with the mark it has in a folded text.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, Ids)> {
        let words = self
            .words
            .iter()
            .map(|(mark, entry)| (mark, Ids { any: entry.any, capitals: entry.capitals, ..Ids::default() }));
        let exact = self
            .exact
            .iter()
            .map(|(word, id)| (mark(fold(word).text().as_bytes()), Ids { exact: *id, ..Ids::default() }));
        words.chain(exact)
    }

    /// A pattern word's number; new words come with their plural and British forms.
    pub(super) fn word(&mut self, word: &str) -> u32 {
        if word == "#" {
            return NUMBER;
        }
        if mixed(word) {
            return self.exact_word(word);
        }
        let lower = word.to_lowercase();
        let with_capitals = word != lower;
        let entry = self.words.get(&lower, mark(lower.as_bytes())).copied().unwrap_or_default();
        let known = if with_capitals { entry.capitals } else { entry.any };
        if known != 0 {
            return known;
        }
        let id = self.new_id();
        if with_capitals {
            // "CRs" is the plural of "CR"; "CRS" is another word.
            self.exact.entry(format!("{word}s").into()).or_insert(id);
            if let Some(entry) = self.words.entry(&lower, Entry::default) {
                entry.capitals = id;
            }
            return id;
        }
        for form in forms(&lower) {
            if let Some(entry) = self.words.entry(&form, Entry::default).filter(|entry| entry.any == 0) {
                entry.any = id;
            }
        }
        id
    }

    /// The number of a word that must be written just so; its plural is it too.
    fn exact_word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.exact.get(word) {
            return *known;
        }
        let id = self.new_id();
        self.exact.insert(word.into(), id);
        self.exact.insert(format!("{word}s").into(), id);
        id
    }

    fn new_id(&mut self) -> u32 {
        let id = self.next;
        self.next += 1;
        id
    }
}
