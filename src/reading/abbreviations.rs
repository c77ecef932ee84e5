//! Abbreviations whose stop ends no sentence: one list for all that cuts prose into sentences. What only one reader meets,
//! as the letters that its tokens leave of "e.g.", stands there.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Default, Deserialize)]
struct Table {
    words: String,
}

static WORDS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
    // A broken file reads as an empty one, and a test tells.
    let table: Table =
        toml::from_str(include_str!("../../assets/vocabulary/abbreviations.toml")).unwrap_or_default();
    table.words.split_whitespace().map(Box::from).collect()
});

/// Whether a word in lower case is an abbreviation, without its stop.
pub fn is_abbreviation(word: &str) -> bool {
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_of_an_abbreviation_is_known() {
        for (word, known) in [("approx", true), ("vs", true), ("day", false), ("", false)] {
            assert_eq!(is_abbreviation(word), known, "{word}");
        }
    }
}
