//! One path that all follow: `subjects were first treated with X … will enter the treatment phase of X with Y`.

use super::super::sentence::Sentence;
use super::given;
use crate::protocol::{Arm, Intervention};

/// Words for those who are treated.
const PEOPLE: &[&str] = &["participants", "patients", "subjects"];
/// What stands before the first treatment.
const FIRST: &[&[&str]] =
    &[&["first", "treated", "with"], &["first", "receive"], &["first", "receives"], &["first", "given"]];
/// What stands before the second.
const THEN: &[&[&str]] = &[
    &["enter", "the", "treatment", "phase", "of"],
    &["enters", "the", "treatment", "phase", "of"],
    &["followed", "by"],
    &["then", "receive"],
    &["then", "be", "treated", "with"],
    &["then", "treated", "with"],
];
/// Words that a treatment's name does not go beyond.
const ENDS: &[&str] = &[
    "after", "at", "before", "during", "for", "in", "once", "on", "over", "the", "then", "until", "when",
    "will", "followed",
];
/// Words of a treatment at most.
const LONGEST: usize = 14;

/// The one arm, if the two treatments together are all that is listed.
pub fn read(interventions: &[Intervention], sentences: &[Sentence]) -> Vec<Arm> {
    let first = find(sentences, FIRST).filter(|found| {
        let sentence = sentences.get(found.sentence);
        sentence.is_some_and(|sentence| (0..found.start).any(|at| PEOPLE.contains(&sentence.word(at))))
    });
    let (Some(first), Some(then)) = (first, find(sentences, THEN)) else { return Vec::new() };
    if (then.sentence, then.start) <= (first.sentence, first.start) {
        return Vec::new();
    }
    let parts = [&first, &then]
        .map(|found| sentences.get(found.sentence).map(|sentence| treatment(sentence, found.start)));
    let [Some(one), Some(other)] = parts else { return Vec::new() };
    let span = sentences.get(first.sentence..=then.sentence).unwrap_or_default();
    let told = |intervention: &Intervention| {
        let keywords = given::keywords(&intervention.name);
        span.iter().any(|sentence| (0..sentence.len()).any(|at| given::names(sentence.word(at), &keywords)))
    };
    if interventions.is_empty() || !interventions.iter().all(told) || one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    let description: Vec<&str> = span.iter().map(|sentence| sentence.raw.as_str()).collect();
    vec![Arm {
        label: format!("{one}, then {other}"),
        kind: None,
        description: Some(description.join(" ")),
        interventions: interventions.iter().map(|intervention| intervention.name.clone()).collect(),
    }]
}

/// Where a treatment's name begins.
struct Found {
    sentence: usize,
    start: usize,
}

fn find(sentences: &[Sentence], phrases: &[&[&str]]) -> Option<Found> {
    sentences.iter().enumerate().find_map(|(index, sentence)| {
        (0..sentence.len()).find_map(|at| {
            let words = phrases.iter().find(|words| sentence.reads(at, words))?;
            Some(Found { sentence: index, start: at + words.len() })
        })
    })
}

/// The words of a treatment, up to a sign or a word that belongs to something else.
fn treatment(sentence: &Sentence, start: usize) -> &str {
    let ends = |at: &usize| {
        let combination = sentence.reads(*at, &["in", "combination"]);
        !sentence.is_word(*at) || (ENDS.contains(&sentence.word(*at)) && !combination)
    };
    let end = (start..start + LONGEST).find(ends).unwrap_or(start + LONGEST);
    sentence.raw(start..end)
}
