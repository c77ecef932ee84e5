//! A quick hash for the tables of our own words.
//!
//! The readers look every word of a text up in tables that are built from this program's vocabularies. No text can put
//! a key into them, so nothing is to be had from keys that collide, and the standard library's guard against that,
//! which costs half of a look-up, is not needed.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from words of a vocabulary.
pub type WordMap<V> = HashMap<Box<str>, V, BuildHasherDefault<WordHasher>>;

/// Multiply and rotate, eight bytes at a step (the scheme of Firefox and of the Rust compiler).
#[derive(Clone, Copy, Debug, Default)]
pub struct WordHasher(u64);

/// An odd number with well spread bits.
const SPREAD: u64 = 0x517c_c1b7_2722_0a95;

impl WordHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SPREAD);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            self.add(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            self.add(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

/// A word's mark: its hash, made once where the word is cut, from its length and its first and last bytes. Two words
/// may have the same one.
pub fn mark(word: &[u8]) -> u32 {
    let (first, last) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
            }
            _ => (word.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
        },
    };
    let mut hasher = WordHasher::default();
    hasher.add(first);
    hasher.add(last ^ word.len() as u64);
    // The higher bits depend on all of the bytes.
    (hasher.0 >> 32) as u32
}

/// A map by the marks of words.
pub type Marked<V> = HashMap<u32, V, BuildHasherDefault<MarkHasher>>;

/// A table of words that is asked with the mark that the lexer gave a word: a word that is not in it is mostly told by
/// that alone.
#[derive(Clone, Debug)]
pub struct MarkedWords<V> {
    by_mark: Marked<Vec<(Box<str>, V)>>,
    /// A bit for the upper half of each mark: most words of a text are in no table, and that tells it. A table of a few
    /// words, as they are made for one text, has none.
    known: Box<[u64]>,
    len: usize,
}

/// From so many words on a table has its bits.
const MANY: usize = 64;

/// Upper halves of marks, in words of as many bits.
const HALVES: usize = (1 << 16) / 64;

/// The place of a mark's bit, and the bit.
fn known_bit(mark: u32) -> (usize, u64) {
    let half = mark >> 16;
    (half as usize / 64, 1 << (half % 64))
}

/// Sets a mark's bit; nothing where there are no bits.
fn set_bit(known: &mut [u64], mark: u32) {
    let (place, bit) = known_bit(mark);
    if let Some(known) = known.get_mut(place) {
        *known |= bit;
    }
}

impl<V> Default for MarkedWords<V> {
    fn default() -> Self {
        Self { by_mark: Marked::default(), known: Box::default(), len: 0 }
    }
}

impl<V> MarkedWords<V> {
    /// What is known of a word with this mark.
    pub fn get(&self, word: &str, mark: u32) -> Option<&V> {
        self.get_with(mark, || word)
    }

    /// [`Self::get`] for a word that is looked at only where one of the table has its mark.
    pub fn get_with<'w>(&self, mark: u32, word: impl FnOnce() -> &'w str) -> Option<&V> {
        let (place, bit) = known_bit(mark);
        if self.known.get(place).is_some_and(|known| known & bit == 0) {
            return None;
        }
        let same = self.by_mark.get(&mark)?;
        let word = word();
        same.iter().find(|(own, _)| &**own == word).map(|(_, value)| value)
    }

    /// What is known of a word; `new` makes it for a word that is not in the table yet.
    pub fn entry(&mut self, word: &str, new: impl FnOnce() -> V) -> Option<&mut V> {
        let mark = mark(word.as_bytes());
        self.know(mark);
        let same = self.by_mark.entry(mark).or_default();
        let place = same.iter().position(|(own, _)| &**own == word).unwrap_or(same.len());
        if place == same.len() {
            same.push((word.into(), new()));
            self.len += 1;
        }
        same.get_mut(place).map(|(_, value)| value)
    }

    /// Sets the bit of a mark, where the table has bits; where it has become large enough, makes them.
    fn know(&mut self, mark: u32) {
        if self.known.is_empty() && self.len >= MANY {
            self.known = vec![0; HALVES].into();
            self.by_mark.keys().for_each(|mark| set_bit(&mut self.known, *mark));
        }
        set_bit(&mut self.known, mark);
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.len
    }

    /// No word at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Every word's mark, and what is known of it; in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &V)> {
        self.by_mark.iter().flat_map(|(mark, same)| same.iter().map(|(_, value)| (*mark, value)))
    }
}

/// Marks are spread already: one multiplication fills the bits that the map looks at first.
#[derive(Clone, Copy, Debug, Default)]
pub struct MarkHasher(u64);

impl Hasher for MarkHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = u64::from(mark(bytes));
    }

    fn write_u32(&mut self, mark: u32) {
        self.0 = u64::from(mark).wrapping_mul(SPREAD);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again() {
        let words =
            ["", "a", "week", "weeks", "progression", "progressions", "treatment discontinuation", "µ"];
        let map: WordMap<usize> = words.iter().enumerate().map(|(at, word)| ((*word).into(), at)).collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(map.get(*word), Some(&at), "{word}");
        }
        assert_eq!(map.get("month"), None);
    }

    #[test]
    fn a_table_of_marked_words_finds_them_while_it_grows() {
        let word = |at: usize| format!("word{at}");
        let mut table = MarkedWords::default();
        for size in 0..3 * MANY {
            table.entry(&word(size), || size);
            let found = |at: usize| table.get(&word(at), mark(word(at).as_bytes())).copied();
            assert!((0..=size).all(|at| found(at) == Some(at)), "{size}");
            assert_eq!(found(size + 1), None);
        }
    }
}
