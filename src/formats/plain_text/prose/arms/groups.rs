//! Two named groups: `the treatment group receives …, while the control group …`.

use std::ops::Range;

use super::super::sentence::Sentence;
use super::given;
use crate::protocol::{Arm, Intervention};

/// Words of the group that something else is compared with.
const CONTROL: &[&str] =
    &["control", "controls", "placebo", "sham", "comparator", "comparison", "conventional"];
/// Words of the group that gets what is studied.
const STUDIED: &[&str] =
    &["active", "experiment", "experimental", "intervention", "interventional", "study", "test", "treatment"];
/// Words that a group's name does not go back beyond.
const BEFORE: &[&str] = &[
    "a",
    "all",
    "an",
    "and",
    "any",
    "as",
    "assigned",
    "between",
    "both",
    "by",
    "compared",
    "each",
    "either",
    "every",
    "for",
    "from",
    "in",
    "into",
    "is",
    "its",
    "no",
    "of",
    "on",
    "one",
    "or",
    "other",
    "our",
    "per",
    "same",
    "second",
    "single",
    "than",
    "that",
    "the",
    "their",
    "these",
    "third",
    "this",
    "three",
    "to",
    "two",
    "versus",
    "vs",
    "was",
    "were",
    "while",
    "whereas",
    "will",
    "with",
    "within",
    "receiving",
    "are",
    "be",
    "to",
    "parallel",
    "age",
    "first",
];
/// Verbs that say what happens to a group.
const VERBS: &[&str] = &[
    "continue",
    "continues",
    "continued",
    "get",
    "gets",
    "is",
    "receive",
    "receives",
    "received",
    "receiving",
    "take",
    "takes",
    "undergo",
    "undergoes",
    "use",
    "uses",
    "was",
    "will",
    "wear",
    "perform",
    "performs",
];
/// Words that begin what is said of the other group.
const OTHERWISE: &[&str] = &["while", "whereas", "but", "and"];
/// Words of a name at most, `group` left aside.
const LONGEST: usize = 3;

/// A group that is named somewhere.
struct Mention {
    sentence: usize,
    /// Its name, `group` included.
    tokens: Range<usize>,
    /// The name's words, folded.
    words: Vec<String>,
    control: bool,
}

/// The two groups; nothing when fewer or more are named.
pub fn read(interventions: &[Intervention], sentences: &[Sentence]) -> Vec<Arm> {
    let mentions: Vec<Mention> = sentences
        .iter()
        .enumerate()
        .flat_map(|(index, sentence)| (0..sentence.len()).filter_map(move |at| mention(sentence, index, at)))
        .collect();
    let keywords: Vec<String> = interventions.iter().flat_map(|one| given::keywords(&one.name)).collect();
    let is_studied = |mention: &&Mention| {
        let known = |word: &String| STUDIED.contains(&word.as_str()) || given::names(word, &keywords);
        mention.words.iter().any(known)
    };
    let (control, rest): (Vec<&Mention>, Vec<&Mention>) =
        mentions.iter().partition(|mention| mention.control);
    if rest.is_empty() || !rest.iter().all(is_studied) {
        return Vec::new();
    }
    let arms = [rest, control].map(|mentions| arm(&mentions, interventions, sentences));
    arms.into_iter().collect::<Option<Vec<Arm>>>().unwrap_or_default()
}

/// The group whose name ends at a token.
fn mention(sentence: &Sentence, index: usize, at: usize) -> Option<Mention> {
    if !matches!(sentence.word(at), "group" | "arm") {
        return None;
    }
    let belongs = |before: &usize| sentence.is_word(*before) && !BEFORE.contains(&sentence.word(*before));
    let start = (0..at).rev().take(LONGEST + 1).take_while(belongs).last()?;
    if at - start > LONGEST {
        return None;
    }
    let words: Vec<String> = (start..at).map(|word| sentence.word(word).to_owned()).collect();
    let control = words.iter().any(|word| CONTROL.contains(&word.as_str()));
    Some(Mention { sentence: index, tokens: start..at + 1, words, control })
}

/// The arm that all of these mentions name; nothing when they name different ones.
fn arm(mentions: &[&Mention], interventions: &[Intervention], sentences: &[Sentence]) -> Option<Arm> {
    let fullest = mentions.iter().copied().max_by_key(|mention| mention.words.len())?;
    let one = mentions.iter().all(|mention| mention.words.iter().all(|word| fullest.words.contains(word)));
    if !one {
        return None;
    }
    let first = mentions.iter().copied().find(|mention| mention.words.len() == fullest.words.len())?;
    let label = sentences.get(first.sentence)?.raw(first.tokens.clone()).to_owned();
    let clauses = mentions.iter().filter_map(|mention| {
        let sentence = sentences.get(mention.sentence)?;
        Some((sentence, clause(sentence, mention)?))
    });
    let told = clauses.into_iter().next();
    let mut given = told
        .as_ref()
        .map(|(sentence, clause)| given::mentioned(interventions, sentence, clause.clone()))
        .unwrap_or_default();
    for intervention in interventions {
        let keywords = given::keywords(&intervention.name);
        let named = fullest.words.iter().any(|word| given::names(word, &keywords));
        let same = intervention.name.eq_ignore_ascii_case(&label);
        if (named || same) && !given.contains(&intervention.name) {
            given.push(intervention.name.clone());
        }
    }
    let description = told.map(|(sentence, clause)| sentence.raw(clause).to_owned());
    Some(Arm { label, kind: None, description, interventions: given })
}

/// What a sentence says of a group from its name on, if its name is the subject.
fn clause(sentence: &Sentence, mention: &Mention) -> Option<Range<usize>> {
    let verb = mention.tokens.end;
    if !VERBS.contains(&sentence.word(verb)) {
        return None;
    }
    let mut start = mention.tokens.start;
    if start > 0 && sentence.word(start - 1) == "the" {
        start -= 1;
    }
    let ends = |at: &usize| {
        let turn = sentence.word(*at) == "," && OTHERWISE.contains(&sentence.word(at + 1));
        let other = (at + 1..at + 6).any(|near| matches!(sentence.word(near), "group" | "arm"));
        sentence.word(*at) == ";" || (turn && other)
    };
    let end = (verb..sentence.len()).find(ends).unwrap_or(sentence.len());
    Some(start..end)
}
