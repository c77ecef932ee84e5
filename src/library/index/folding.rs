//! Words as they are written → numbered terms. A writing that was met before is not folded again: its term and the short
//! beginnings of it are looked up.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::{beginning, fold_writing, respell, short_beginning, without_joints};

/// So many different writings are remembered; then all are forgotten, which bounds the memory.
const MOST_REMEMBERED: usize = 400_000;

/// No term.
pub const NONE: u32 = u32::MAX;

/// A word as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The number of its term; [`NONE`] for a word of nothing but accents.
    pub term: u32,
    /// The number of the short beginning of its spelling, as a term, where the term begins otherwise; else [`NONE`].
    pub spelt: u32,
}

/// A writing that is known.
#[derive(Clone, Copy, Debug)]
struct Known {
    writing: Writing,
    /// The text, of those of which each word is wanted once, in which it was met last.
    met: u32,
}

/// Terms by their number, and the writings that are known.
#[derive(Debug, Default)]
pub struct Folder {
    short: FxHashMap<Packed, Known>,
    long: FxHashMap<Box<str>, Known>,
    terms: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    /// The text that is gone over, so that no word of it is looked at twice.
    text: u32,
}

/// A writing of at most fifteen bytes, and its length: to be compared without looking elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Packed(u64, u64);

impl Packed {
    /// Of a stretch of a text.
    fn of(text: &str, range: &Range<usize>) -> Option<Self> {
        let length = range.len() as u64;
        if length > 15 {
            return None;
        }
        let bytes = text.as_bytes();
        let wide = match bytes.get(range.start..).and_then(<[u8]>::first_chunk::<16>) {
            Some(chunk) => *chunk,
            // Near the end of the text.
            None => {
                let mut chunk = [0; 16];
                chunk.iter_mut().zip(bytes.get(range.clone())?).for_each(|(to, from)| *to = *from);
                chunk
            }
        };
        let wide = u128::from_le_bytes(wide) & !(u128::MAX << (8 * length));
        Some(Self(wide as u64, (wide >> 64) as u64 | length << 56))
    }
}

impl Folder {
    /// The writing of the word in a stretch of a text; a whole of parts with joints is `joined`.
    pub fn writing(&mut self, text: &str, range: Range<usize>, joined: bool) -> Writing {
        let known = match Packed::of(text, &range) {
            Some(packed) => self.short.get(&packed),
            None => text.get(range.clone()).and_then(|raw| self.long.get(raw)),
        };
        match known {
            Some(known) => known.writing,
            None => self.learnt(text, range, joined, 0),
        }
    }

    /// The same for a word that has not been met since [`Folder::start`].
    pub fn unmet(&mut self, text: &str, range: Range<usize>, joined: bool) -> Option<Writing> {
        let now = self.text;
        let known = match Packed::of(text, &range) {
            Some(packed) => self.short.get_mut(&packed),
            None => text.get(range.clone()).and_then(|raw| self.long.get_mut(raw)),
        };
        match known {
            Some(known) => (std::mem::replace(&mut known.met, now) != now).then_some(known.writing),
            None => Some(self.learnt(text, range, joined, now)),
        }
    }

    /// Begins a text of which each word is wanted once.
    pub fn start(&mut self) {
        self.text = self.text.wrapping_add(1);
    }

    fn learnt(&mut self, text: &str, range: Range<usize>, joined: bool, met: u32) -> Writing {
        let raw = text.get(range.clone()).unwrap_or_default();
        let known = Known { writing: self.folded(raw, joined), met };
        match Packed::of(text, &range) {
            Some(packed) => self.short.insert(packed, known),
            None => self.long.insert(raw.into(), known),
        };
        known.writing
    }

    fn folded(&mut self, raw: &str, joined: bool) -> Writing {
        let spelt = if joined { fold_writing(&without_joints(raw)) } else { fold_writing(raw) };
        let mut text = spelt.clone();
        respell(&mut text);
        let short = short_beginning(&spelt);
        let term = if text.is_empty() { NONE } else { self.term(&text) };
        let spelt = if text.starts_with(short) { NONE } else { self.term(&beginning(short)) };
        Writing { term, spelt }
    }

    /// The number of a term.
    pub fn term(&mut self, text: &str) -> u32 {
        if let Some(known) = self.terms.get(text) {
            return *known;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.terms.insert(text.into(), number);
        self.texts.push(text.into());
        number
    }

    /// The text of a term.
    pub fn text(&self, term: u32) -> &str {
        self.texts.get(term as usize).map_or("", |text| text)
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Forgets everything when there is too much of it. Terms have other numbers after that.
    pub fn tidy(&mut self) {
        if self.texts.len() > MOST_REMEMBERED {
            *self = Self::default();
        }
    }

    /// About how many bytes it takes.
    pub fn memory(&self) -> usize {
        let writings = (self.short.capacity() + self.long.capacity()) * 32;
        writings + (self.terms.capacity() + self.texts.len()) * 40
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_word_have_one_term() {
        let mut folder = Folder::default();
        let term = |folder: &mut Folder, raw: &str| folder.writing(raw, 0..raw.len(), false).term;
        let tumor = term(&mut folder, "tumor");
        for raw in ["Tumour", "TUMOR", "tumour"] {
            assert_eq!(term(&mut folder, raw), tumor, "{raw}");
        }
        let long = term(&mut folder, "Hypogammaglobulinaemia");
        assert_eq!(term(&mut folder, "hypogammaglobulinemia"), long);
        let joined = folder.writing("(TAS-102)", 1..8, true).term;
        assert_eq!(folder.text(joined), "tas102");
        assert_eq!(folder.writing("\u{301}", 0..2, false).term, NONE);
    }

    #[test]
    fn another_spelling_has_its_own_beginning() {
        let mut folder = Folder::default();
        for (raw, spelt) in [("Oesophagus", "\u{1}oe"), ("Tumour", ""), ("pain", ""), ("\u{301}", "")] {
            let writing = folder.writing(raw, 0..raw.len(), false);
            assert_eq!(folder.text(writing.spelt), spelt, "{raw}");
        }
    }

    #[test]
    fn of_one_text_each_word_is_given_once() {
        let mut folder = Folder::default();
        let text = "pain of painful pain";
        for _ in 0..2 {
            folder.start();
            let met = [0..4, 5..7, 8..15, 16..20].map(|range| folder.unmet(text, range, false).is_some());
            assert_eq!(met, [true, true, true, false]);
        }
    }

    proptest::proptest! {
        #[test]
        fn packed_writings_tell_words_apart(one in "[ab]{0,17}", other in "[ab]{0,17}") {
            let (a, b) = (Packed::of(&one, &(0..one.len())), Packed::of(&other, &(0..other.len())));
            proptest::prop_assert_eq!(a.is_none(), one.len() > 15);
            proptest::prop_assert!(a.is_none() || (a == b) == (one == other));
            let inside = format!("{other}{one}{other}{other}");
            proptest::prop_assert!(Packed::of(&inside, &(other.len()..other.len() + one.len())) == a);
        }

        #[test]
        fn what_is_remembered_is_what_would_be_folded(words in proptest::collection::vec("[a-cA-C]{1,3}|\\PC{1,20}", 1..20)) {
            let mut folder = Folder::default();
            for _ in 0..2 {
                for word in &words {
                    let term = folder.writing(word, 0..word.len(), false).term;
                    let text = if term == NONE { "" } else { folder.text(term) };
                    proptest::prop_assert_eq!(text, super::super::words::fold_word(word));
                }
            }
        }
    }
}
