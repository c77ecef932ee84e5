//! Allocation, masking and model where a sentence says them of this study: `this is a randomized, open-label …`.

use super::sentence::Sentence;
use crate::protocol::{Code, Design};

/// What may be said of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    Allocation,
    Masking,
    Model,
}

use Aspect::{Allocation, Masking, Model};

/// Phrases, token by token, and what they say.
const PHRASES: &[(&[&str], Aspect, &str)] = &[
    (&["randomized"], Allocation, "RANDOMIZED"),
    (&["randomised"], Allocation, "RANDOMIZED"),
    (&["non-randomized"], Allocation, "NON_RANDOMIZED"),
    (&["non-randomised"], Allocation, "NON_RANDOMIZED"),
    (&["nonrandomized"], Allocation, "NON_RANDOMIZED"),
    (&["open-label"], Masking, "NONE"),
    (&["open-labeled"], Masking, "NONE"),
    (&["open-labelled"], Masking, "NONE"),
    (&["open", "label"], Masking, "NONE"),
    (&["single-arm"], Model, "SINGLE_GROUP"),
    (&["single", "arm"], Model, "SINGLE_GROUP"),
    (&["single-group"], Model, "SINGLE_GROUP"),
    (&["parallel-group"], Model, "PARALLEL"),
    (&["parallel", "group"], Model, "PARALLEL"),
    (&["crossover"], Model, "CROSSOVER"),
    (&["cross-over"], Model, "CROSSOVER"),
];
/// Words for what is designed.
const STUDIES: &[&str] = &["study", "trial", "project", "research", "investigation"];
/// Words that begin a sentence about this study.
const OWN: &[&str] = &[
    "this",
    "the",
    "a",
    "an",
    "it",
    "we",
    "our",
    "present",
    "current",
    "using",
    "prospective",
    "multicenter",
];
/// Words of sentences about other studies and about parts of this one.
const FOREIGN: &[&str] = &[
    "previous",
    "previously",
    "prior",
    "earlier",
    "published",
    "showed",
    "shown",
    "reported",
    "recent",
    "ongoing",
    "extension",
    "cohort",
    "cohorts",
    "part",
    "period",
    "periods",
    "stage",
    "lead-in",
    "run-in",
    "followed",
    "several",
    "lack",
    "controlled-trials",
    "trials",
    "studies",
    "phases",
];

/// Ways to write that somebody does not know the treatment. Who and how many they are takes the registry's code; the
/// words alone do not tell (most studies called double-blind mask three or four parties).
const BLIND: &[&str] = &["single", "double", "triple", "quadruple"];

/// Adds what no field states yet. What sentences say differently is not added.
pub fn add(design: &mut Design, title: &str, sentences: &[Sentence]) {
    let title = Sentence::new(title);
    let own: Vec<&Sentence> =
        std::iter::once(&title).chain(sentences.iter().filter(|sentence| is_own(sentence))).collect();
    let mut said: Vec<(Aspect, &str)> = own.iter().flat_map(|sentence| all(sentence)).collect();
    let blinded = sentences.iter().chain([&title]).any(tells_of_blinding);
    said.retain(|(aspect, _)| *aspect != Masking || !blinded);
    if design.masking.is_none() && design.masking_description.is_none() {
        design.masking_description = own.iter().find_map(|sentence| blinding(sentence)).map(str::to_owned);
    }
    for (aspect, field) in [
        (Allocation, &mut design.allocation),
        (Masking, &mut design.masking),
        (Model, &mut design.intervention_model),
    ] {
        if field.is_none() {
            *field = only(&said, aspect);
        }
    }
}

fn is_own(sentence: &Sentence) -> bool {
    (0..3).any(|at| OWN.contains(&sentence.word(at))) && sentence.has(STUDIES) && !sentence.has(FOREIGN)
}

fn all(sentence: &Sentence) -> Vec<(Aspect, &'static str)> {
    let at_token = |at: usize| {
        let phrase = PHRASES.iter().find(|(words, ..)| sentence.reads(at, words))?;
        let negated = matches!(sentence.word(at.wrapping_sub(1)), "not" | "non" | "no");
        (!negated).then_some((phrase.1, phrase.2))
    };
    (0..sentence.len()).filter_map(at_token).collect()
}

fn tells_of_blinding(sentence: &Sentence) -> bool {
    (0..sentence.len()).any(|at| sentence.word(at).contains("blind") || sentence.word(at).contains("masked"))
}

/// `double-blind`, as it stands in the sentence.
fn blinding(sentence: &Sentence) -> Option<&str> {
    (0..sentence.len()).find_map(|at| {
        let (count, joined) = match sentence.word(at).split_once('-') {
            Some((count, rest)) => (count, rest.starts_with("blind")),
            None => (sentence.word(at), false),
        };
        let end = match joined {
            true => at + 1,
            false if sentence.word(at + 1).starts_with("blind") => at + 2,
            false => return None,
        };
        BLIND.contains(&count).then(|| sentence.raw(at..end))
    })
}

fn only(said: &[(Aspect, &str)], aspect: Aspect) -> Option<Code> {
    let mut values = said.iter().filter(|(other, _)| *other == aspect).map(|(_, value)| *value);
    let first = values.next()?;
    values.all(|other| other == first).then(|| first.into())
}
