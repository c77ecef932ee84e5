//! Words as they are written → numbered terms. A writing that was met before is not folded again: its term and the short
//! beginnings of it are looked up.

use rustc_hash::FxHashMap;

use super::words::{SHORT, beginning, fold_writing, respell, without_joints};

/// So many different writings are remembered; then all are forgotten, which bounds the memory.
const MOST_REMEMBERED: usize = 400_000;

/// No term.
pub const NONE: u32 = u32::MAX;

/// A word as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The number of its term; [`NONE`] for a word of nothing but accents.
    pub term: u32,
    /// The number of its beginnings.
    beginnings: u32,
}

/// The terms of a word's short beginnings, and of those of its spelling where that differs.
pub type Beginnings = [u32; 2 * SHORT];

/// Terms by their number, and the writings that are known.
#[derive(Debug, Default)]
pub struct Folder {
    short: FxHashMap<Packed, Writing>,
    long: FxHashMap<Box<str>, Writing>,
    terms: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    /// Few words begin in their own way: the beginnings by their number, and their numbers.
    beginnings: Vec<Beginnings>,
    numbered: FxHashMap<Beginnings, u32>,
}

/// A writing of at most fifteen bytes, and its length: to be compared without looking elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Packed(u64, u64);

impl Packed {
    fn of(raw: &str) -> Option<Self> {
        let bytes = raw.as_bytes();
        let length = bytes.len() as u64;
        let (low, high) = match bytes {
            [] => (0, 0),
            [only] => (u64::from(*only), 0),
            [first, second] => (u64::from(*first) | u64::from(*second) << 8, 0),
            [first, second, third] => {
                (u64::from(*first) | u64::from(*second) << 8 | u64::from(*third) << 16, 0)
            }
            _ if length < 8 => {
                let (first, last) = (bytes.first_chunk::<4>()?, bytes.last_chunk::<4>()?);
                let rest = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - length));
                (u64::from(u32::from_le_bytes(*first)) | rest << 32, 0)
            }
            _ if length < 16 => {
                let (first, last) = (bytes.first_chunk::<8>()?, bytes.last_chunk::<8>()?);
                let rest = u64::from_le_bytes(*last).checked_shr(8 * (16 - length as u32));
                (u64::from_le_bytes(*first), rest.unwrap_or_default())
            }
            _ => return None,
        };
        Some(Self(low, high | length << 56))
    }
}

impl Folder {
    /// The writing of a word; a whole of parts with joints is `joined`.
    pub fn writing(&mut self, raw: &str, joined: bool) -> Writing {
        let packed = Packed::of(raw);
        let known = match &packed {
            Some(packed) => self.short.get(packed),
            None => self.long.get(raw),
        };
        if let Some(known) = known {
            return *known;
        }
        let writing = self.folded(raw, joined);
        match packed {
            Some(packed) => self.short.insert(packed, writing),
            None => self.long.insert(raw.into(), writing),
        };
        writing
    }

    fn folded(&mut self, raw: &str, joined: bool) -> Writing {
        let spelt = if joined { fold_writing(&without_joints(raw)) } else { fold_writing(raw) };
        let mut text = spelt.clone();
        respell(&mut text);
        let mut beginnings = [NONE; 2 * SHORT];
        let written = [Some(&text), Some(&spelt).filter(|spelt| **spelt != text)].into_iter().flatten();
        let short = written.flat_map(|written| {
            let ends = written.char_indices().map(|(at, c)| at + c.len_utf8()).take(SHORT);
            ends.filter_map(|end| written.get(..end))
        });
        for (place, short) in beginnings.iter_mut().zip(short) {
            *place = self.term(&beginning(short));
        }
        let term = if text.is_empty() { NONE } else { self.term(&text) };
        let next = u32::try_from(self.beginnings.len()).unwrap_or(NONE);
        let number = *self.numbered.entry(beginnings).or_insert(next);
        if number == next {
            self.beginnings.push(beginnings);
        }
        Writing { term, beginnings: number }
    }

    /// The short beginnings of a word; the places behind the last have [`NONE`].
    pub fn beginnings(&self, writing: Writing) -> Beginnings {
        self.beginnings.get(writing.beginnings as usize).copied().unwrap_or([NONE; 2 * SHORT])
    }

    /// Whether a word has beginnings of another spelling.
    pub fn is_respelt(&self, writing: Writing) -> bool {
        self.beginnings(writing).get(SHORT).is_some_and(|beginning| *beginning != NONE)
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
        let writings = (self.short.capacity() + self.long.capacity()) * 28;
        writings + (self.terms.capacity() + self.texts.len()) * 40
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_word_have_one_term() {
        let mut folder = Folder::default();
        let term = |folder: &mut Folder, raw: &str| folder.writing(raw, false).term;
        let tumor = term(&mut folder, "tumor");
        for raw in ["Tumour", "TUMOR", "tumour"] {
            assert_eq!(term(&mut folder, raw), tumor, "{raw}");
        }
        let long = term(&mut folder, "Hypogammaglobulinaemia");
        assert_eq!(term(&mut folder, "hypogammaglobulinemia"), long);
        let joined = folder.writing("TAS-102", true).term;
        assert_eq!(folder.text(joined), "tas102");
        assert_eq!(folder.writing("\u{301}", false).term, NONE);
    }

    #[test]
    fn beginnings_are_those_of_the_word_and_of_its_spelling() {
        let mut folder = Folder::default();
        let writing = folder.writing("Oesophagus", false);
        let told: Vec<&str> = folder.beginnings(writing).into_iter().map(|term| folder.text(term)).collect();
        assert_eq!(told, ["\u{1}e", "\u{1}es", "\u{1}o", "\u{1}oe"]);
    }

    proptest::proptest! {
        #[test]
        fn packed_writings_tell_words_apart(one in "[ab]{0,17}", other in "[ab]{0,17}") {
            let (a, b) = (Packed::of(&one), Packed::of(&other));
            proptest::prop_assert_eq!(a.is_none(), one.len() > 15);
            proptest::prop_assert!(a.is_none() || (a == b) == (one == other));
        }

        #[test]
        fn what_is_remembered_is_what_would_be_folded(words in proptest::collection::vec("[a-cA-C]{1,3}|\\PC{1,20}", 1..20)) {
            let mut folder = Folder::default();
            for _ in 0..2 {
                for word in &words {
                    let term = folder.writing(word, false).term;
                    let text = if term == NONE { "" } else { folder.text(term) };
                    proptest::prop_assert_eq!(text, super::super::words::fold_word(word));
                }
            }
        }
    }
}
