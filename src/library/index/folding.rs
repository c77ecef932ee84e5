//! A trial's texts → the lists of words that its document has in each field. A word that was met before is not
//! folded again: its folded form and its short beginnings are looked up.

use rustc_hash::FxHashMap;

use super::tokenizers::{SAME_PLACE, SHORT, beginning};
use super::words::{fold_writing, respell, split, without_joints};

/// So many different writings are remembered; then all are forgotten, which bounds the memory.
const MOST_REMEMBERED: usize = 300_000;

/// How the words of a text are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Each where it stands, for phrases.
    Places,
    /// Each once.
    Once,
}

/// Folds words, and remembers them.
#[derive(Debug, Default)]
pub struct Folder {
    writings: FxHashMap<Box<str>, Writing>,
    terms: FxHashMap<Box<str>, u32>,
    texts: Vec<Term>,
    /// The number of the list that is being made: one a field and document.
    list: u32,
    /// The number of the list that the document begins with.
    document: u32,
    /// The terms of the document, in the order in which they came up.
    met: Vec<u32>,
}

/// A word as it was written.
#[derive(Clone, Copy, Debug)]
struct Writing {
    term: u32,
    /// Its short beginnings, and those of its spelling where that differs.
    beginnings: [u32; 2 * SHORT],
    /// Its term is of another spelling.
    respelt: bool,
}

/// A term, and where it was met last.
#[derive(Debug)]
struct Term {
    text: Box<str>,
    in_list: u32,
    in_document: u32,
}

/// No beginning.
const NONE: u32 = u32::MAX;

impl Folder {
    /// Begins a document.
    pub fn start(&mut self) {
        if self.writings.len() > MOST_REMEMBERED {
            *self = Self::default();
        }
        self.list += 1;
        self.document = self.list;
        self.met.clear();
    }

    /// The list of one field of the document; empty when its texts have no word. With `beginnings`, the short ones of
    /// its words are in it too. Texts whose words have no place come last.
    pub fn field<'t>(
        &mut self,
        texts: impl IntoIterator<Item = (&'t str, Keeping)>,
        beginnings: bool,
    ) -> String {
        self.list += 1;
        let mut list = String::new();
        let mut short = Vec::new();
        let mut loose = false;
        for (text, keeping) in texts {
            // Words without a place stand behind all others, next to none of them.
            if keeping == Keeping::Once && !loose {
                list.push('\n');
                loose = true;
            }
            split(text, &mut |range, _, joined| {
                let Some(raw) = text.get(range) else { return };
                let writing = self.writing(raw, joined);
                short.extend(writing.beginnings.iter().filter(|_| beginnings));
                let first = self.meet(writing);
                if keeping == Keeping::Places || first {
                    self.push(&mut list, writing.term, joined || keeping == Keeping::Once);
                }
            });
            if !loose {
                // A phrase ends with its text.
                list.push('\n');
            }
        }
        for term in short {
            if self.is_first_in_list(term) {
                self.push(&mut list, term, true);
            }
        }
        if list.chars().all(|c| c == '\n') { String::new() } else { list }
    }

    /// Every term of the document, and every short beginning of one, once.
    pub fn all(&self) -> String {
        let mut list = String::with_capacity(self.met.len() * 7);
        for term in &self.met {
            self.push(&mut list, *term, false);
        }
        list
    }

    fn push(&self, list: &mut String, term: u32, same_place: bool) {
        if let Some(term) = self.texts.get(term as usize) {
            // A word of nothing but accents leaves its place empty.
            if same_place && !term.text.is_empty() {
                list.push(SAME_PLACE);
            }
            if !(same_place && term.text.is_empty()) {
                list.push_str(&term.text);
                list.push('\n');
            }
        }
    }

    /// Notes that a word stands in the field and document; whether it is the first time in this field.
    fn meet(&mut self, writing: Writing) -> bool {
        let first = self.is_first_in_list(writing.term);
        if first || writing.respelt {
            for term in std::iter::once(writing.term).chain(writing.beginnings) {
                let document = self.document;
                let term_of = self.texts.get_mut(term as usize);
                if let Some(of) = term_of.filter(|of| of.in_document != document) {
                    of.in_document = document;
                    self.met.push(term);
                }
            }
        }
        first
    }

    fn is_first_in_list(&mut self, term: u32) -> bool {
        let list = self.list;
        let found = self.texts.get_mut(term as usize).filter(|term| term.in_list != list);
        found.map(|term| term.in_list = list).is_some()
    }

    fn writing(&mut self, raw: &str, joined: bool) -> Writing {
        if let Some(known) = self.writings.get(raw) {
            return *known;
        }
        let mut text = if joined { fold_writing(&without_joints(raw)) } else { fold_writing(raw) };
        let spelt = text.clone();
        respell(&mut text);
        let mut beginnings = [NONE; 2 * SHORT];
        let written = [Some(&text), Some(&spelt).filter(|spelt| **spelt != text)].into_iter().flatten();
        let short = written.flat_map(|written| {
            let ends = written.char_indices().map(|(at, c)| at + c.len_utf8()).take(SHORT);
            ends.filter_map(|end| written.get(..end))
        });
        for (place, short) in beginnings.iter_mut().zip(short) {
            *place = self.term(beginning(short));
        }
        let respelt = spelt != text;
        let writing = Writing { term: self.term(text), beginnings, respelt };
        self.writings.insert(raw.into(), writing);
        writing
    }

    fn term(&mut self, text: String) -> u32 {
        let text = text.into_boxed_str();
        if let Some(known) = self.terms.get(&text) {
            return *known;
        }
        let number = self.texts.len() as u32;
        self.terms.insert(text.clone(), number);
        self.texts.push(Term { text, in_list: 0, in_document: 0 });
        number
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn listed(list: &str) -> Vec<&str> {
        list.split('\n').filter(|word| !word.is_empty()).map(|word| word.trim_matches(SAME_PLACE)).collect()
    }

    #[test]
    fn each_field_has_its_words_and_all_has_each_once() {
        let mut folder = Folder::default();
        folder.start();
        let texts = [("TAS-102 and TAS", Keeping::Places), ("and Tumour", Keeping::Once)];
        let list = folder.field(texts, false);
        assert_eq!(list, "tas\n102\n\u{2}tas102\nand\ntas\n\n\n\u{2}tumor\n");
        let title = folder.field([("Tumours", Keeping::Places)], true);
        assert_eq!(listed(&title), ["tumors", "\u{1}t", "\u{1}tu"]);
        let all = folder.all();
        let words: Vec<&str> = listed(&all).into_iter().filter(|word| !word.starts_with('\u{1}')).collect();
        assert_eq!(words, ["tas", "102", "tas102", "and", "tumor", "tumors"]);
        assert_eq!(listed(&all).iter().filter(|word| **word == "\u{1}t").count(), 1);
        folder.start();
        assert_eq!(folder.field([("...", Keeping::Places)], true), "");
        assert_eq!(folder.all(), "");
    }

    proptest::proptest! {
        #[test]
        fn a_list_has_the_words_of_its_text(text in "[-a-cé./ ]{0,40}|\\PC{0,80}") {
            let mut folder = Folder::default();
            folder.start();
            let list = folder.field([(text.as_str(), Keeping::Places)], false);
            let words: Vec<String> = words(&text).into_iter().map(|word| word.text).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
            proptest::prop_assert_eq!(listed(&list), words);
        }
    }
}
