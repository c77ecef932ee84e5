//! How well a title matches the words that are looked for, as a whole: what fuzzy-matcher says of it.
//!
//! Aligning a word with a title takes microseconds, and a thousand titles a frame. Most titles have the word itself at the
//! beginning of one of theirs: what that is worth is known without aligning anything.

use std::cell::LazyCell;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

/// What fuzzy-matcher gives for a letter, and for one that follows the letter before it.
const LETTER: i64 = 16;
const FOLLOWS: i64 = 4;
/// What it takes for the letters before the first one, however many.
const BEFORE: i64 = 1;
/// What it adds for a letter at the beginning of the text, behind a blank or bracket, and behind other punctuation.
const OPENS: i64 = 16;
const HEAD: i64 = 8;
const BREAK: i64 = 7;

/// The words that are looked for.
pub struct Weigher<'w>(Vec<(&'w str, Finder<'w>)>);

impl<'w> Weigher<'w> {
    /// For folded words.
    pub fn new(words: impl Iterator<Item = &'w str>) -> Self {
        Self(words.map(|word| (word, Finder::new(word))).collect())
    }

    /// The sum over the words for a folded title; a word of which it has not all letters counts nothing.
    pub fn weigh(&self, title: &str) -> i64 {
        // What a matcher keeps from one text tells in the score of the next: each title has its own.
        let matcher = LazyCell::new(SkimMatcherV2::default);
        let weights = self.0.iter().map(|(word, finder)| {
            let opening = finder.find_iter(title.as_bytes()).filter_map(|at| opening(title, at)).max();
            match opening {
                Some(opening) => {
                    opening - BEFORE - FOLLOWS + word.chars().count() as i64 * (LETTER + FOLLOWS)
                }
                None if has_letters(title, word) => matcher.fuzzy_match(title, word).unwrap_or_default(),
                None => 0,
            }
        });
        weights.sum()
    }
}

/// What a place counts as the beginning of a word; `None` inside one.
fn opening(title: &str, at: usize) -> Option<i64> {
    match title.get(..at)?.chars().next_back() {
        None => Some(OPENS),
        Some(' ' | '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '{' | '}') => Some(HEAD),
        Some(before) if before.is_ascii_punctuation() => Some(BREAK),
        Some(_) => None,
    }
}

/// Whether the letters of a word stand in a text in order.
fn has_letters(text: &str, word: &str) -> bool {
    let mut letters = text.bytes();
    word.bytes().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weigh(title: &str, word: &str) -> i64 {
        Weigher::new(std::iter::once(word)).weigh(title)
    }

    #[test]
    fn a_title_weighs_what_fuzzy_matcher_says() {
        for (title, word) in [
            ("gout", "gout"),
            ("a study of gout", "gout"),
            ("a study of (gout)", "gout"),
            ("covid-19 and gout", "19"),
            ("gouty arthritis", "gout"),
            ("pembrolizumab", "pmbrlz"),
            ("a study", "gout"),
            ("of ménière's disease", "disease"),
            ("", "gout"),
        ] {
            let asked = SkimMatcherV2::default().fuzzy_match(title, word).unwrap_or_default();
            assert_eq!(weigh(title, word), asked, "{word} in {title}");
        }
    }

    #[test]
    fn the_better_beginning_counts() {
        assert!(weigh("gout and gout", "gout") > weigh("on gout", "gout"));
        assert!(weigh("anti-gout and gout", "gout") > weigh("anti-gout", "gout"));
        assert!(weigh("on gout", "gout") > weigh("on burgout", "gout"));
    }

    proptest::proptest! {
        #[test]
        fn a_word_at_a_beginning_is_worth_what_the_alignment_finds(before in "([u-z]{1,5}[ -])*", word in "a?b?c?d?e?f?g", after in "[u-z ]{0,9}") {
            let title = format!("{before}{word}{after}");
            let asked = SkimMatcherV2::default().fuzzy_match(&title, &word);
            proptest::prop_assert_eq!(Some(weigh(&title, &word)), asked);
        }
    }
}
