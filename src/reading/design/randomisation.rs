//! Allocation by chance: in which ratio and by which method.

use std::ops::Range;

use super::sentence::Sentence;
use crate::protocol::{DesignReading, Randomisation};

/// How far a word of allocation may stand from a ratio.
const REACH: usize = 14;

/// Shares of an allocation ratio are small numbers; "1:100" is a dilution.
const LARGEST_SHARE: f64 = 10.0;

/// Adds what a sentence says.
pub fn add(sentence: &Sentence<'_>, design: &mut DesignReading) {
    let vocabulary = sentence.vocabulary;
    if let Some((ratio, range)) = ratio(sentence) {
        let randomisation = design.randomisation.get_or_insert_default();
        if randomisation.ratio.is_empty() {
            randomisation.ratio = ratio;
            randomisation.spans.push(sentence.span(range));
        }
    }
    if sentence.all(&vocabulary.random).is_empty() {
        return;
    }
    for (method, range) in sentence.all(&vocabulary.randomisation_method) {
        let name = vocabulary.name(method);
        let randomisation: &mut Randomisation = design.randomisation.get_or_insert_default();
        if randomisation.methods.iter().all(|known| known != name) {
            randomisation.methods.push(name.to_owned());
            randomisation.spans.push(sentence.span(range));
        }
    }
}

/// "1:1", "2:1:1", "2 to 1", near a word of allocation.
fn ratio(sentence: &Sentence<'_>) -> Option<(Vec<u32>, Range<usize>)> {
    let mut at = sentence.range.start;
    while at < sentence.range.end {
        let (shares, end) = shares(sentence, at);
        let ratio = shares.len() > 1
            && !matches!(sentence.text(end), "%" | "am" | "pm" | "dilution")
            && sentence.near(&sentence.vocabulary.random, &(at..end), REACH);
        if ratio {
            return Some((shares, at..end));
        }
        at = end.max(at + 1);
    }
    None
}

fn shares(sentence: &Sentence<'_>, at: usize) -> (Vec<u32>, usize) {
    let mut shares = Vec::new();
    let mut next = at;
    let mut end = at;
    while let Some(share) = sentence.tokens.number(next).filter(|share| is_share(*share)) {
        shares.push(share as u32);
        end = next + 1;
        let joined = match (sentence.text(end), sentence.text(end + 1)) {
            (":", _) => end + 1,
            // "2 to 1" is also a range: only where "ratio" follows.
            ("to", _) if matches!(sentence.text(end + 2), "ratio" | "randomization" | "randomisation") => {
                end + 1
            }
            _ => break,
        };
        next = joined;
    }
    (shares, end)
}

fn is_share(value: f64) -> bool {
    value.fract() == 0.0 && (1.0..=LARGEST_SHARE).contains(&value)
}
