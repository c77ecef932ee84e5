//! How many take part: `a total of 82 patients are planned`, `30 participants will be enrolled`, `sample size of 60`.

use super::sentence::Sentence;
use crate::protocol::Enrollment;

/// Words for those who take part.
const PEOPLE: &[&str] = &[
    "adults",
    "cases",
    "children",
    "individuals",
    "infants",
    "participants",
    "patients",
    "people",
    "persons",
    "subjects",
    "volunteers",
    "women",
    "men",
];
/// Words between the number and the people, or behind them, that change nothing.
const JOINING: &[&str] =
    &["eligible", "evaluable", "adult", "healthy", "consecutive", "of", "the", "enrolled", "study", "these"];
/// Verbs of taking part.
const TAKEN_IN: &[&str] = &[
    "enroll",
    "enrol",
    "enrolled",
    "enrolling",
    "include",
    "included",
    "planned",
    "recruit",
    "recruited",
    "randomized",
    "randomised",
    "expected",
    "involve",
    "involved",
];
/// Words that put it in the future.
const PLANNED: &[&str] =
    &["will", "plan", "plans", "planned", "expected", "intends", "aims", "anticipated", "to", "should"];
/// Words of parts of a study, and of other studies: their numbers are not the study's.
const PARTIAL: &[&str] = &[
    "each",
    "per",
    "arm",
    "cohort",
    "cohorts",
    "previous",
    "previously",
    "prior",
    "least",
    "first",
    "additional",
    "more",
    "stage",
    "another",
    "remaining",
    "group",
    "every",
    "escalation",
    "part",
    "phase",
    "site",
    "center",
    "centre",
    "interim",
    "step",
];
/// How far a verb may stand from the number.
const NEAR: usize = 8;
/// A study of fewer is not announced by its number; of more, the number is something else.
const SIZES: std::ops::RangeInclusive<f64> = 5.0..=1_000_000.0;

/// The number of participants; nothing when the prose gives different ones.
pub fn read(sentences: &[Sentence]) -> Option<Enrollment> {
    let found: Vec<(u64, bool, bool)> = sentences.iter().flat_map(all).collect();
    let totals: Vec<(u64, bool, bool)> = found.iter().copied().filter(|(_, _, total)| *total).collect();
    let found = if totals.is_empty() { found } else { totals };
    let (count, planned, _) = *found.first()?;
    let agree = found.iter().all(|(other, ..)| *other == count);
    agree.then(|| Enrollment { count: Some(count), kind: planned.then(|| "ESTIMATED".into()) })
}

/// Each number of participants of a sentence: the number, whether it is planned, whether it is called the total.
fn all(sentence: &Sentence) -> Vec<(u64, bool, bool)> {
    let partial = sentence.has(PARTIAL);
    (0..sentence.len()).filter_map(|at| at_number(sentence, at, partial)).collect()
}

fn at_number(sentence: &Sentence, at: usize, partial: bool) -> Option<(u64, bool, bool)> {
    let count = sentence.number(at).filter(|count| SIZES.contains(count) && count.fract() == 0.0)?;
    if matches!(sentence.word(at + 1), "-" | "%" | "to" | "+" | "/")
        || matches!(sentence.word(at.wrapping_sub(1)), "-" | "/" | "to" | "≥" | "<" | ">")
    {
        return None;
    }
    if sentence.word(at.wrapping_sub(1)) == "the" {
        return None;
    }
    let total = called_total(sentence, at);
    let people = (at + 1..at + 4).find(|next| !JOINING.contains(&sentence.word(*next)));
    let of_people = people.is_some_and(|next| PEOPLE.contains(&sentence.word(next)));
    let near = at.saturating_sub(NEAR)..at + NEAR;
    let says = |words: &[&str]| near.clone().any(|next| words.contains(&sentence.word(next)));
    let stated = match total {
        Some(Total::Size) => true,
        Some(Total::Of) => of_people && says(TAKEN_IN),
        None => of_people && says(TAKEN_IN) && !partial,
    };
    stated.then(|| (count as u64, says(PLANNED), total.is_some()))
}

enum Total {
    /// `a total of 82`, `a total of approximately 82`.
    Of,
    /// `sample size of 82`, `total number of subjects is expected to be 30`.
    Size,
}

fn called_total(sentence: &Sentence, at: usize) -> Option<Total> {
    let before = at.saturating_sub(12)..at;
    let close = at.saturating_sub(4)..at;
    let reads = |range: std::ops::Range<usize>, words: &[&str]| {
        range.clone().any(|from| from + words.len() <= at && sentence.reads(from, words))
    };
    let linked = close.clone().any(|next| matches!(sentence.word(next), "be" | "is" | "of" | "was"));
    if reads(close, &["total", "of"]) {
        return Some(Total::Of);
    }
    let sized = reads(before.clone(), &["sample", "size"])
        || reads(before.clone(), &["total", "number", "of"])
        || reads(before, &["planned", "number", "of"]);
    (sized && linked).then_some(Total::Size)
}
