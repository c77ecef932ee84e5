//! A treatment alone or with another: `X alone or in combination with Y`, `X combined with or without Y`.

use super::super::sentence::Sentence;
use super::given;
use crate::protocol::{Arm, Intervention};

/// What stands between the treatment and the other one.
const LINKS: &[&[&str]] = &[
    &["alone", "or", "in", "combination", "with"],
    &["alone", "or", "combined", "with"],
    &["alone", "or", "together", "with"],
    &["alone", "or", "with"],
    &["combined", "with", "or", "without"],
    &["in", "combination", "with", "or", "without"],
    &["with", "or", "without"],
];
/// Words that the other treatment's name does not go beyond.
const ENDS: &[&str] = &[
    "and",
    "as",
    "at",
    "before",
    "by",
    "compared",
    "during",
    "followed",
    "for",
    "from",
    "in",
    "is",
    "of",
    "on",
    "or",
    "than",
    "that",
    "the",
    "therapy-naive",
    "to",
    "treatment",
    "until",
    "versus",
    "vs",
    "was",
    "when",
    "which",
    "who",
    "will",
    "with",
    "are",
];
/// Words of the other treatment at most.
const LONGEST: usize = 5;

/// The two arms, from the fullest text there is: the sentences from the last to the first, then the title.
pub fn read(interventions: &[Intervention], title: &Sentence, sentences: &[Sentence]) -> Vec<Arm> {
    let told = sentences.iter().rev().chain([title]);
    told.into_iter().find_map(|sentence| arms(interventions, sentence)).unwrap_or_default()
}

fn arms(interventions: &[Intervention], sentence: &Sentence) -> Option<Vec<Arm>> {
    let plain = |one: &&Intervention| !leaves_choice(&one.name);
    interventions.iter().filter(plain).find_map(|intervention| {
        let keywords = given::keywords(&intervention.name);
        (0..sentence.len()).filter(|at| given::names(sentence.word(*at), &keywords)).find_map(|at| {
            let link = after_brackets(sentence, at + 1);
            let words = LINKS.iter().find(|words| sentence.reads(link, words))?;
            let start = link + words.len();
            let end = (start..=start + LONGEST)
                .find(|at| !sentence.is_word(*at) || ENDS.contains(&sentence.word(*at)))
                .filter(|end| *end > start && sentence.word(*end) != "or")?;
            let other = sentence.raw(start..end);
            let both = std::iter::once(intervention.name.clone())
                .chain(given::mentioned(interventions, sentence, start..end))
                .collect();
            let arm = |label: String, given: Vec<String>| Arm {
                label,
                kind: None,
                description: Some(sentence.raw.clone()),
                interventions: given,
            };
            Some(vec![
                arm(format!("{} alone", intervention.name), vec![intervention.name.clone()]),
                arm(format!("{} + {other}", intervention.name), both),
            ])
        })
    })
}

/// The name itself leaves a choice: `A with or without B`.
fn leaves_choice(name: &str) -> bool {
    name.split_whitespace().any(|word| word.eq_ignore_ascii_case("or"))
}

/// The token after a note in brackets, if one stands here.
fn after_brackets(sentence: &Sentence, at: usize) -> usize {
    if sentence.word(at) != "(" {
        return at;
    }
    (at..at + 8).find(|close| sentence.word(*close) == ")").map_or(at, |close| close + 1)
}
