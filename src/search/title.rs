//! How well a title matches the words that are looked for, as a whole: what fuzzy-matcher says of it.
//!
//! Aligning a word with a title takes microseconds, and a thousand titles a frame. Most titles have the word itself at the
//! beginning of one of theirs: what that is worth is known without aligning anything. In others its letters stand in order
//! over several words, which nearly every title has for nearly every word and which says nothing: a word is aligned with
//! one word of the title at a time.

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

/// So many bytes of a word within another one say something.
const FEWEST_WITHIN: usize = 3;

/// The words that are looked for.
pub struct Weigher<'w>(Vec<(&'w str, Finder<'w>)>);

impl<'w> Weigher<'w> {
    /// For folded words.
    pub fn new(words: impl Iterator<Item = &'w str>) -> Self {
        Self(words.map(|word| (word, Finder::new(word))).collect())
    }

    /// The sum over the words for a folded title; a word whose letters no word of it has counts nothing.
    pub fn weigh(&self, title: &str) -> i64 {
        let weights = self.0.iter().map(|(word, finder)| {
            let opening = finder.find_iter(title.as_bytes()).filter_map(|at| opening(title, at)).max();
            match opening {
                Some(opening) => {
                    opening - BEFORE - FOLLOWS + word.chars().count() as i64 * (LETTER + FOLLOWS)
                }
                None if word.len() < FEWEST_WITHIN => 0,
                None => within_a_word(title, word),
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

/// What the best alignment with one word of the title is worth; the blank before it tells that it begins there.
fn within_a_word(title: &str, word: &str) -> i64 {
    let mut best = None;
    let mut start = 0;
    for end in memchr::memchr_iter(b' ', title.as_bytes()).chain([title.len()]) {
        let part = title.get(start..end).unwrap_or_default();
        if has_letters(part, word) {
            // What a matcher keeps from one text tells in the score of the next: each has its own.
            best = best.max(SkimMatcherV2::default().fuzzy_match(part, word));
        }
        start = end;
    }
    best.unwrap_or_default()
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
    fn letters_over_several_words_say_nothing() {
        assert_eq!(weigh("oral etoposide given over a longer period", "regor"), 0);
        assert_eq!(weigh("a pilot", "il"), 0, "nor do two of them within one");
        assert_eq!(weigh("trial of pembrolizumab in gout", "pmbrlz"), weigh("a pembrolizumab", "pmbrlz"));
        assert!(weigh("trial of pembrolizumab", "pmbrlz") > weigh("trial of xpembrolizumab", "pmbrlz"));
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
