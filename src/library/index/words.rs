//! Text → the words of the index: case, accents, Greek letters and British spellings folded alike for texts and
//! queries.
//!
//! A word with inner joints (`TAS-102`, `PD-L1`) gives its parts and, at the place of the last, the whole without
//! joints (`tas102`), so that each way of writing finds the others.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of the index and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// Folded but for its spelling, where that differs: what somebody types who is half through a British word.
    pub as_spelt: Option<String>,
    /// Bytes of the text it stands in.
    pub range: Range<usize>,
    /// Its number in the text; a joined whole has that of its last part, so that numbers never go down.
    pub position: usize,
    /// A whole made of joined parts that are given too.
    pub joined: bool,
}

#[derive(Debug, Deserialize)]
struct Spelling {
    greek: BTreeMap<char, String>,
    inside: BTreeMap<String, String>,
    ending: BTreeMap<String, String>,
}

static SPELLING: LazyLock<Spelling> =
    LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        toml::from_str(include_str!("../../../assets/vocabulary/spelling.toml")).unwrap_or_else(|_| {
            Spelling { greek: BTreeMap::new(), inside: BTreeMap::new(), ending: BTreeMap::new() }
        })
    });

/// The longest word that is indexed, in bytes; longer ones (sequences, encoded data) are cut there.
const LONGEST: usize = 60;

/// Up to how many characters the beginnings of words are terms of their own: with longer ones the dictionary's
/// range is small enough to walk.
pub const SHORT: usize = 2;

/// Keeps the terms of short beginnings apart from whole words.
pub const MARK: char = '\u{1}';

/// The term of a short beginning.
pub fn beginning(prefix: &str) -> String {
    format!("{MARK}{prefix}")
}

/// The short beginning of a word: its first characters, or all of it.
pub fn short_beginning(word: &str) -> &str {
    let end = word.char_indices().nth(SHORT).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

/// Folds one word.
pub fn fold_word(raw: &str) -> String {
    let mut folded = fold_writing(raw);
    respell(&mut folded);
    folded
}

/// Folds case, accents and Greek letters; not the spelling. ASCII goes a short way.
pub fn fold_writing(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len());
    if raw.is_ascii() {
        folded.push_str(raw);
        folded.make_ascii_lowercase();
    } else {
        fold_letters(raw, &mut folded);
    }
    if folded.len() > LONGEST {
        let cut = (0..=LONGEST).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
        folded.truncate(cut);
    }
    folded
}

fn fold_letters(raw: &str, folded: &mut String) {
    for ch in raw.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match SPELLING.greek.get(&ch) {
            Some(name) => folded.push_str(name),
            None => folded.push(ch),
        }
    }
}

/// Brings British spellings to American ones.
pub(super) fn respell(word: &mut String) {
    if word.len() < 4 || !word.is_ascii() {
        return;
    }
    let spelling = &*SPELLING;
    for (british, american) in &spelling.inside {
        if word.contains(british.as_str()) {
            *word = word.replace(british.as_str(), american);
        }
    }
    for (british, american) in &spelling.ending {
        if let Some(stem) = word.strip_suffix(british.as_str()).filter(|stem| stem.len() >= 3) {
            *word = format!("{stem}{american}");
            return;
        }
    }
}

/// The other spellings of a word that was shortened by its vowels, as far as they differ in other letters: `rndmsd` is
/// `rndmzd`, as `randomised` is `randomized`.
pub fn respell_shortened(word: &str) -> Vec<String> {
    let bare = |text: &str| text.chars().filter(|letter| !is_vowel(*letter)).collect::<String>();
    let rule = |(british, american): (&String, &String)| {
        Some((bare(british), bare(american))).filter(|(british, american)| british != american)
    };
    let inside = SPELLING.inside.iter().filter_map(rule);
    let inside = inside.map(|(british, american)| word.replace(&british, &american));
    let ending = SPELLING.ending.iter().filter_map(rule);
    let ending =
        ending.filter_map(|(british, american)| Some(format!("{}{american}", word.strip_suffix(&british)?)));
    inside.chain(ending).filter(|respelt| respelt != word).collect()
}

/// The letters that are left out when a word is shortened.
pub fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    split(text, &mut |range, position, joined| {
        let raw = text.get(range.clone()).unwrap_or_default();
        let whole = joined.then(|| without_joints(raw));
        words.push(word(whole.as_deref().unwrap_or(raw), range, position, joined));
    });
    words
}

/// The letters and digits of a word with inner joints.
pub(super) fn without_joints(raw: &str) -> String {
    raw.chars().filter(|c| !is_joint(*c)).collect()
}

/// Tells where the words of a text stand: the bytes, the number, and whether it is a whole of parts told before.
pub(super) fn split(text: &str, found: &mut impl FnMut(Range<usize>, usize, bool)) {
    let bytes = text.as_bytes();
    let plain = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len())
    };
    let mut position = 0;
    let mut at = 0;
    while let Some((ch, length)) = char_at(text, at) {
        if !ch.is_alphanumeric() {
            at += length;
            continue;
        }
        let start = at;
        let mut part = at;
        let mut parts = 1;
        at = plain(at + length);
        while let Some((ch, length)) = char_at(text, at) {
            if is_joint(ch) {
                if !char_at(text, at + length).is_some_and(|(next, _)| next.is_alphanumeric()) {
                    break;
                }
                found(part..at, position, false);
                position += 1;
                parts += 1;
                part = at + length;
            } else if !(ch.is_alphanumeric() || (!ch.is_ascii() && is_combining_mark(ch))) {
                break;
            }
            at = plain(at + length);
        }
        found(part..at, position, false);
        position += 1;
        if parts > 1 && at - start <= LONGEST {
            found(start..at, position - 1, true);
        }
    }
}

/// The character at a byte, and its length in bytes.
fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    match *text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some((char::from(byte), 1)),
        _ => text.get(at..)?.chars().next().map(|ch| (ch, ch.len_utf8())),
    }
}

fn is_joint(ch: char) -> bool {
    matches!(ch, '-' | '‐' | '‑' | '–' | '/' | '.' | '_' | '\'' | '’')
}

fn word(raw: &str, range: Range<usize>, position: usize, joined: bool) -> Word {
    let as_spelt = fold_writing(raw);
    let mut text = as_spelt.clone();
    respell(&mut text);
    let as_spelt = Some(as_spelt).filter(|spelt| *spelt != text);
    Word { text, as_spelt, range, position, joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        words(text).iter().map(|w| w.text.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn writings_of_one_word_meet() {
        for (one, other) in [
            ("Tumour", "tumor"),
            ("haemoglobin", "hemoglobin"),
            ("randomised", "randomized"),
            ("centre", "center"),
            ("Sjögren", "sjogren"),
            ("TNF-α", "tnf-alpha"),
            ("anaemia", "anemia"),
            ("ｃａｎｃｅｒ", "cancer"),
        ] {
            assert_eq!(shown(one), shown(other), "{one}");
        }
    }

    #[test]
    fn a_shortened_word_is_respelt_in_what_is_left_of_it() {
        let mut missed = Vec::new();
        for written in [
            "randomised",
            "randomisation",
            "catalyse",
            "dialysis",
            "sulphate",
            "labelled",
            "programme",
            "anaemia",
            "centre",
        ] {
            let bare = |word: &str| -> String {
                let letters = word.char_indices().filter(|(at, letter)| *at == 0 || !is_vowel(*letter));
                letters.map(|(_, letter)| letter).collect()
            };
            let (short, wanted) = (bare(written), bare(&fold_word(written)));
            let respelt = respell_shortened(&short);
            if short != wanted && !respelt.contains(&wanted) {
                missed.push((written, respelt));
            }
        }
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn joined_words_give_parts_and_whole() {
        assert_eq!(shown("TAS-102 and PD-L1, 1.5 mg/kg"), "tas 102 tas102 and pd l1 pdl1 1 5 15 mg kg mgkg");
        assert_eq!(shown("end."), "end");
    }

    #[test]
    fn the_embedded_table_reads() {
        assert!(!SPELLING.greek.is_empty() && !SPELLING.inside.is_empty() && !SPELLING.ending.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn ranges_lie_in_the_text_and_positions_never_go_down(text in "[-a-c./ ]{0,40}|\\PC{0,80}") {
            for word in words(&text) {
                proptest::prop_assert!(text.get(word.range).is_some());
            }
            // tantivy counts on it: a position below the last one of the same word breaks its segment.
            proptest::prop_assert!(words(&text).is_sorted_by_key(|word| word.position));
        }
    }
}
