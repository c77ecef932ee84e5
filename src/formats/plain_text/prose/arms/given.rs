//! Listed interventions as sentences mention them: by a word of their name, also misspelt by a letter or two.

use std::ops::Range;

use super::super::sentence::Sentence;
use crate::protocol::Intervention;
use crate::reading::lexer::lex;

/// Words of names that tell nothing of which intervention it is.
const GENERAL: &[&str] = &[
    "active",
    "and",
    "arm",
    "artery",
    "based",
    "best",
    "capsule",
    "capsules",
    "care",
    "cell",
    "cells",
    "combination",
    "combined",
    "comparator",
    "control",
    "conventional",
    "daily",
    "dose",
    "drug",
    "for",
    "from",
    "group",
    "hepatic",
    "high",
    "infusion",
    "injection",
    "intervention",
    "intravenous",
    "low",
    "medical",
    "oral",
    "or",
    "placebo",
    "plus",
    "program",
    "sham",
    "solution",
    "standard",
    "study",
    "surgery",
    "tablet",
    "tablets",
    "test",
    "the",
    "therapy",
    "training",
    "treatment",
    "usual",
    "with",
];
/// Shortest word of a name that counts.
const SHORTEST: usize = 3;
/// From this length on a word may be misspelt by one letter.
const MISSPELT: usize = 8;
/// From this length on, by two.
const TWICE_MISSPELT: usize = 10;
/// Letters at each end that are then right.
const ENDS: usize = 3;

/// The words of a name by which it is found, folded.
pub fn keywords(name: &str) -> Vec<String> {
    let tokens = lex(name);
    (0..tokens.len())
        .map(|at| tokens.text(at))
        .filter(|word| {
            word.len() >= SHORTEST && word.starts_with(char::is_alphabetic) && !GENERAL.contains(word)
        })
        .map(str::to_owned)
        .collect()
}

/// Whether a word is one of the keywords.
pub fn names(word: &str, keywords: &[String]) -> bool {
    keywords.iter().any(|keyword| keyword == word || is_misspelt(word, keyword))
}

/// Names of the interventions that a range of tokens mentions, in the list's order.
pub fn mentioned(interventions: &[Intervention], sentence: &Sentence, tokens: Range<usize>) -> Vec<String> {
    let in_range = |intervention: &&Intervention| {
        let keywords = keywords(&intervention.name);
        tokens.clone().any(|at| names(sentence.word(at), &keywords))
    };
    interventions.iter().filter(in_range).map(|intervention| intervention.name.clone()).collect()
}

/// One letter changed, left out or added in a long word, or two changed in a very long one, its ends kept.
fn is_misspelt(word: &str, keyword: &str) -> bool {
    let (word, keyword): (Vec<char>, Vec<char>) = (word.chars().collect(), keyword.chars().collect());
    let longest = word.len().max(keyword.len());
    if word.len().min(keyword.len()) < MISSPELT || word.len().abs_diff(keyword.len()) > 1 {
        return false;
    }
    let same = word.iter().zip(&keyword).take_while(|(a, b)| a == b).count();
    let same_end = word.iter().rev().zip(keyword.iter().rev()).take_while(|(a, b)| a == b).count();
    if same > 0 && same + same_end + 1 >= longest {
        return true;
    }
    let changed = word.iter().zip(&keyword).filter(|(a, b)| a != b).count();
    word.len() == keyword.len()
        && longest >= TWICE_MISSPELT
        && changed == 2
        && same >= ENDS
        && same_end >= ENDS
}
