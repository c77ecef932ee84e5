//! Signs and what they weigh: each sign takes a step or a word, and the table says how much that speaks for a cut.

use std::collections::HashMap;
use std::sync::LazyLock;

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

/// The signs seen of one way to cut, by name.
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
    pub fn score(&self, signs: &[(&'static str, Seen<'_>)]) -> f32 {
        signs.iter().filter_map(|(name, seen)| Some(self.0.get(*name)?.of(*seen))).sum()
    }
}

/// The two questions asked of an outcome.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Table {
    /// Where does the time frame begin?
    pub time_frame: Question,
    /// Given that: where does the description begin?
    pub description: Question,
}

/// The embedded table; empty if it does not parse, which a test rules out.
pub static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

pub(super) const SOURCE: &str = include_str!("../../../assets/vocabulary/outcome_weights.toml");
