//! Sentences of a summary or description that say who takes part, by the words of `assets/vocabulary/population.toml`.
//!
//! No criteria are made of them: where a record lists none, they are shown as they stand.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    people: Vec<String>,
    leads: Vec<String>,
    between: usize,
    alone: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the embedded file, so a fault here cannot leave the workshop.
    toml::from_str(include_str!("../../assets/vocabulary/population.toml")).unwrap_or_default()
});

/// The sentences that say who takes part, as bytes of the text, in its order. Linear in its length.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    split(text).into_iter().filter(|range| text.get(range.clone()).is_some_and(says_who)).collect()
}

/// Sentences without the white space around them: they end at a line's end, or at a stop before a blank and a capital
/// (or anything that has no small form).
fn split(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let ends = match letter {
            '\n' | '。' | '；' => true,
            '.' | '!' | '?' => {
                let mut behind = text.get(end..).unwrap_or_default().chars();
                match (behind.next(), behind.next()) {
                    (Some(blank), Some(next)) => blank.is_whitespace() && !next.is_lowercase(),
                    _ => true,
                }
            }
            _ => false,
        };
        if ends {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    let trimmed = found.into_iter().map(|range| {
        let sentence = text.get(range.clone()).unwrap_or_default();
        let start = range.start + (sentence.len() - sentence.trim_start().len());
        start..start + sentence.trim().len()
    });
    trimmed.filter(|range| !range.is_empty()).collect()
}

fn says_who(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    if WORDS.alone.iter().any(|phrase| sentence.contains(phrase.as_str())) {
        return true;
    }
    let words: Vec<&str> =
        sentence.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let is_people = |people: &String| word == people || word.strip_suffix('s') == Some(people.as_str());
        WORDS.people.iter().any(is_people)
            && (at + 1..=at + 1 + WORDS.between).any(|next| leads(&words, next))
    })
}

/// Whether the words from here on lead to what people must be.
fn leads(words: &[&str], at: usize) -> bool {
    WORDS.leads.iter().any(|lead| {
        let mut here = words.iter().skip(at);
        lead.split(' ').all(|word| here.next() == Some(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn the_embedded_words_are_read() {
        assert!(!WORDS.people.is_empty() && !WORDS.leads.is_empty());
    }

    #[test]
    fn sentences_that_say_who_takes_part_are_told_from_others() {
        assert_eq!(
            shown(
                "Snow is cold. The trial includes patients with confirmed winter itch. 80 patients are planned, with \
                 imaging every month.\nSubjects in whom creams failed may enter. Dosing is oral, e.g. twice daily."
            ),
            [
                "The trial includes patients with confirmed winter itch.",
                "Subjects in whom creams failed may enter.",
            ]
        );
        assert_eq!(shown("A drug for cream-resistant itch"), ["A drug for cream-resistant itch"]);
        assert!(shown("Participants are visited at home.").is_empty());
        assert!(shown("").is_empty());
    }
}
