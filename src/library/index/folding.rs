//! Words as they are written → numbered terms. A writing that was met before is not folded again: its term and the short
//! beginnings of it are looked up.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::{beginning, fold_writing, respell, short_beginning, without_joints};

/// So many different writings are remembered; then all are forgotten, which bounds the memory.
const MOST_REMEMBERED: usize = 400_000;

/// No term.
pub const NONE: u32 = u32::MAX;
/// The term of a word that has not been looked up yet.
const UNKNOWN: u32 = NONE - 1;

/// A word in a text.
#[derive(Clone, Copy, Debug)]
pub struct Token<'t> {
    raw: &'t str,
    packed: Packed,
    /// A whole of parts with joints.
    joined: bool,
    /// Where it stands among the words of its field.
    pub place: u32,
}

impl<'t> Token<'t> {
    /// The word in a stretch of a text.
    pub fn new(text: &'t str, range: Range<usize>, joined: bool, place: u32) -> Self {
        let packed = Packed::of(text, &range);
        Self { raw: text.get(range).unwrap_or_default(), packed, joined, place }
    }
}

/// A word as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The number of its term; [`NONE`] for a word of nothing but accents, and for one that is not wanted again.
    pub term: u32,
    /// The number of the short beginning of its spelling, as a term, where the term begins otherwise; else [`NONE`].
    pub spelt: u32,
}

impl Writing {
    const NOTHING: Self = Self { term: NONE, spelt: NONE };
    const UNKNOWN: Self = Self { term: UNKNOWN, spelt: NONE };
}

/// A writing that is known.
#[derive(Clone, Copy, Debug)]
struct Known {
    writing: Writing,
    /// The text, of those of which each word is wanted once, in which it was met last.
    met: u32,
}

impl Known {
    /// What is written, unless it was met in this text.
    fn meet(&mut self, text: u32) -> Writing {
        let again = std::mem::replace(&mut self.met, text) == text;
        if again { Writing::NOTHING } else { self.writing }
    }
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

/// A writing of at most fifteen bytes, and its length: to be compared without looking elsewhere. One number stands for all
/// that are longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Packed(u64, u64);

impl Packed {
    const LONGER: Self = Self(u64::MAX, u64::MAX);

    /// Of a stretch of a text.
    fn of(text: &str, range: &Range<usize>) -> Self {
        let length = range.len() as u64;
        if length > 15 {
            return Self::LONGER;
        }
        let bytes = text.as_bytes();
        let wide = match bytes.get(range.start..).and_then(<[u8]>::first_chunk::<16>) {
            Some(chunk) => *chunk,
            // Near the end of the text.
            None => {
                let mut chunk = [0; 16];
                chunk
                    .iter_mut()
                    .zip(bytes.get(range.clone()).unwrap_or_default())
                    .for_each(|(to, from)| *to = *from);
                chunk
            }
        };
        let wide = u128::from_le_bytes(wide) & !(u128::MAX << (8 * length));
        Self(wide as u64, (wide >> 64) as u64 | length << 56)
    }
}

impl Folder {
    /// The writings of words. Nearly all are known: these are looked up one right after the other, with nothing in
    /// between that would have to wait for memory.
    pub fn writings(&mut self, tokens: &[Token<'_>], out: &mut Vec<Writing>) {
        out.clear();
        let short = &self.short;
        out.extend(
            tokens.iter().map(|token| short.get(&token.packed).map_or(Writing::UNKNOWN, |k| k.writing)),
        );
        for (token, writing) in tokens.iter().zip(out).filter(|(_, writing)| writing.term == UNKNOWN) {
            *writing = self.writing(token);
        }
    }

    /// The same, with nothing for words that have been met since [`Folder::start`].
    pub fn unmet(&mut self, tokens: &[Token<'_>], out: &mut Vec<Writing>) {
        out.clear();
        let (now, short) = (self.text, &mut self.short);
        out.extend(tokens.iter().map(|token| match short.get_mut(&token.packed) {
            Some(known) => known.meet(now),
            None => Writing::UNKNOWN,
        }));
        for (token, writing) in tokens.iter().zip(out).filter(|(_, writing)| writing.term == UNKNOWN) {
            *writing = match self.known(token) {
                Some(known) => known.meet(now),
                None => self.learnt(token, now),
            };
        }
    }

    /// Begins a text of which each word is wanted once.
    pub fn start(&mut self) {
        self.text = self.text.wrapping_add(1);
    }

    fn writing(&mut self, token: &Token<'_>) -> Writing {
        match self.known(token) {
            Some(known) => known.writing,
            None => self.learnt(token, 0),
        }
    }

    fn known(&mut self, token: &Token<'_>) -> Option<&mut Known> {
        match token.packed {
            Packed::LONGER => self.long.get_mut(token.raw),
            packed => self.short.get_mut(&packed),
        }
    }

    fn learnt(&mut self, token: &Token<'_>, met: u32) -> Writing {
        let known = Known { writing: self.folded(token.raw, token.joined), met };
        match token.packed {
            Packed::LONGER => self.long.insert(token.raw.into(), known),
            packed => self.short.insert(packed, known),
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

    fn written(folder: &mut Folder, raw: &str, joined: bool) -> Writing {
        let mut writings = Vec::new();
        folder.writings(&[Token::new(raw, 0..raw.len(), joined, 0)], &mut writings);
        writings[0]
    }

    #[test]
    fn writings_of_one_word_have_one_term() {
        let mut folder = Folder::default();
        let term = |folder: &mut Folder, raw: &str| written(folder, raw, false).term;
        let tumor = term(&mut folder, "tumor");
        for raw in ["Tumour", "TUMOR", "tumour"] {
            assert_eq!(term(&mut folder, raw), tumor, "{raw}");
        }
        let long = term(&mut folder, "Hypogammaglobulinaemia");
        assert_eq!(term(&mut folder, "hypogammaglobulinemia"), long);
        let joined = written(&mut folder, "TAS-102", true).term;
        assert_eq!(folder.text(joined), "tas102");
        assert_eq!(written(&mut folder, "\u{301}", false).term, NONE);
    }

    #[test]
    fn another_spelling_has_its_own_beginning() {
        let mut folder = Folder::default();
        for (raw, spelt) in [("Oesophagus", "\u{1}oe"), ("Tumour", ""), ("pain", ""), ("\u{301}", "")] {
            let writing = written(&mut folder, raw, false);
            assert_eq!(folder.text(writing.spelt), spelt, "{raw}");
        }
    }

    #[test]
    fn of_one_text_each_word_is_given_once() {
        let mut folder = Folder::default();
        let text = "pain of hypogammaglobulinemia pain hypogammaglobulinemia";
        let tokens = [0..4, 5..7, 8..29, 30..34, 35..56].map(|range| Token::new(text, range, false, 0));
        let mut writings = Vec::new();
        for _ in 0..2 {
            folder.start();
            folder.unmet(&tokens, &mut writings);
            let given: Vec<bool> = writings.iter().map(|writing| writing.term != NONE).collect();
            assert_eq!(given, [true, true, true, false, false]);
            folder.unmet(&tokens, &mut writings);
            assert!(writings.iter().all(|writing| writing.term == NONE));
        }
    }

    proptest::proptest! {
        #[test]
        fn packed_writings_tell_words_apart(one in "[ab]{0,17}", other in "[ab]{0,17}") {
            let (a, b) = (Packed::of(&one, &(0..one.len())), Packed::of(&other, &(0..other.len())));
            proptest::prop_assert_eq!(a == Packed::LONGER, one.len() > 15);
            proptest::prop_assert!(a == Packed::LONGER || (a == b) == (one == other));
            let inside = format!("{other}{one}{other}{other}");
            proptest::prop_assert!(Packed::of(&inside, &(other.len()..other.len() + one.len())) == a);
        }

        #[test]
        fn what_is_remembered_is_what_would_be_folded(words in proptest::collection::vec("[a-cA-C]{1,3}|\\PC{1,20}", 1..20)) {
            let mut folder = Folder::default();
            for _ in 0..2 {
                for word in &words {
                    let term = written(&mut folder, word, false).term;
                    let text = if term == NONE { "" } else { folder.text(term) };
                    proptest::prop_assert_eq!(text, super::super::words::fold_word(word));
                }
            }
        }
    }
}
