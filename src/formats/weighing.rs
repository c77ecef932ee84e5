//! Weighing signs: a question with several possible answers, the signs seen of each, and a table of what they weigh.
//!
//! Readers of forms without field names ask such questions (does the time frame begin here, or there?). The tables are
//! in `assets/vocabulary`, fitted to records whose answers are known (see `fit`).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// What was seen of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seen<'i> {
    /// A small number: a count, yes or no, a class of sizes.
    Step(usize),
    /// A word, or a pair of edges in words.
    Word(&'i str),
}

/// Yes or no as a step.
pub fn yes(value: bool) -> Seen<'static> {
    Seen::Step(usize::from(value))
}

/// A count as a step, the last step standing for all that are larger.
pub fn up_to(last: usize, count: impl TryInto<usize>) -> Seen<'static> {
    Seen::Step(count.try_into().unwrap_or(last).min(last))
}

/// The class of a value: how many of the bounds it exceeds.
pub fn class<T: PartialOrd>(value: T, bounds: &[T]) -> Seen<'static> {
    Seen::Step(bounds.iter().filter(|bound| value > **bound).count())
}

/// The signs seen of one answer, by name.
pub type Signs<'i> = Vec<(&'static str, Seen<'i>)>;

/// What each value of one sign weighs.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Weights {
    /// By step, from 0.
    Steps(Vec<f32>),
    /// By word; others weigh nothing.
    Words(HashMap<String, f32>),
}

impl Weights {
    fn of(&self, seen: Seen<'_>) -> f32 {
        let weight = match (self, seen) {
            (Self::Steps(steps), Seen::Step(step)) => steps.get(step),
            (Self::Words(words), Seen::Word(word)) => words.get(word),
            _ => None,
        };
        weight.copied().unwrap_or_default()
    }
}

/// What all signs of one question weigh.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Question(HashMap<String, Weights>);

impl Question {
    /// The sum of what the signs weigh.
    fn score(&self, signs: &[(&'static str, Seen<'_>)]) -> f32 {
        signs.iter().filter_map(|(name, seen)| Some(self.0.get(*name)?.of(*seen))).sum()
    }

    /// How likely each answer is, from the signs of each; they add up to one.
    pub fn likelihoods<'i>(&self, answers: impl Iterator<Item = Signs<'i>>) -> Vec<f32> {
        let scores: Vec<f32> = answers.map(|signs| self.score(&signs)).collect();
        let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| (score - best).exp()).collect();
        let all: f32 = powers.iter().sum();
        powers.into_iter().map(|power| power / all).collect()
    }

    /// How likely the answer is yes, from the signs of it.
    pub fn likelihood(&self, signs: &[(&'static str, Seen<'_>)]) -> f32 {
        1.0 / (1.0 + (-self.score(signs)).exp())
    }
}
