//! Names of drugs: one drug spelt two ways, a known drug misspelt.

use std::collections::BTreeSet;

use super::distance::distance;
use super::subject::{Passage, Subject};
use super::{Hit, Rule, Severity};

/// Shorter words are too often near one another.
const SHORTEST: usize = 7;
/// Spellings up to this far apart are one name.
const NEAR: usize = 2;
/// From this length on one letter more may differ from a known drug's name.
const LONG: usize = 11;
/// Names that begin and end alike may differ in so much of the middle.
const ALIKE: usize = 4;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "drug-spelt-two-ways",
        severity: Severity::Warning,
        title: "A drug spelt two ways",
        explanation: "The prose writes a drug's name otherwise than the list of interventions. Searches find only one spelling, and a \
                      reader cannot be sure that one drug is meant.",
        check: spelt_two_ways,
    },
    Rule {
        id: "drug-misspelt",
        severity: Severity::Note,
        title: "A known drug misspelt",
        explanation: "The name is almost that of a known drug. Searches for the drug do not find it.",
        check: misspelt,
    },
];

/// A drug's name in the prose: lower case, and its place.
struct Name {
    text: String,
    span: crate::protocol::Span,
}

fn spelt_two_ways(subject: &Subject<'_>) -> Vec<Hit> {
    let own = own_names(subject);
    let listed: Vec<&String> = own.iter().filter(|name| is_drug(subject, name)).collect();
    let mut hits = Vec::new();
    for name in once(subject, |name| !own.contains(name) && !subject.vocabulary.drugs.contains_key(name)) {
        let meant = listed.iter().find(|listed| one_name(&name.text, listed));
        if let Some(meant) = meant {
            hits.push(Hit::new(
                format!("\"{}\" in the text, \"{meant}\" in the interventions", name.text),
                vec![name.span],
            ));
        }
    }
    hits
}

fn misspelt(subject: &Subject<'_>) -> Vec<Hit> {
    let own = own_names(subject);
    let mut hits = Vec::new();
    for name in once(subject, |name| {
        !own.contains(name) && !subject.vocabulary.drugs.contains_key(name) && ends_like_a_drug(subject, name)
    }) {
        if own.iter().any(|own| one_name(&name.text, own)) {
            continue;
        }
        let most = if name.text.len() >= LONG { NEAR + 1 } else { NEAR };
        let same_start = |drug: &&String| drug.chars().next() == name.text.chars().next();
        let near = subject.vocabulary.drugs.keys().filter(same_start);
        let mut near: Vec<(usize, &String)> =
            near.filter_map(|drug| Some((distance(&name.text, drug, most)?, drug))).collect();
        near.sort();
        if let Some((_, drug)) = near.first() {
            hits.push(Hit::new(format!("\"{}\" looks like {drug}", name.text), vec![name.span]));
        }
    }
    hits
}

/// Whether two spellings are of one name: nearly the same, or the same at both ends.
fn one_name(name: &str, other: &str) -> bool {
    if name == other || plural(name, other) || plural(other, name) {
        return false;
    }
    let near = distance(name, other, NEAR).is_some() && name.chars().next() == other.chars().next();
    let ends = |ending: &str| name.ends_with(ending) && other.ends_with(ending);
    let begins = name.chars().take(3).eq(other.chars().take(3));
    near || (begins && (ends("mab") || ends("nib")) && distance(name, other, ALIKE).is_some())
}

fn plural(one: &str, many: &str) -> bool {
    many.strip_prefix(one).is_some_and(|rest| matches!(rest, "s" | "es"))
}

/// Every word of the interventions' names, of their other names, and of the keywords.
fn own_names(subject: &Subject<'_>) -> BTreeSet<String> {
    let trial = subject.trial;
    let interventions =
        trial.interventions.iter().flat_map(|given| given.other_names.iter().chain([&given.name]));
    let names =
        interventions.chain(&trial.keywords).chain(trial.arms.iter().flat_map(|arm| &arm.interventions));
    names.flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase).collect()
}

fn is_drug(subject: &Subject<'_>, name: &str) -> bool {
    name.len() >= SHORTEST && (subject.vocabulary.drugs.contains_key(name) || ends_like_a_drug(subject, name))
}

fn ends_like_a_drug(subject: &Subject<'_>, name: &str) -> bool {
    name.is_ascii() && subject.vocabulary.drug_endings.iter().any(|ending| name.ends_with(ending.as_str()))
}

/// Words of the prose long enough for a drug's name that pass, each once, where it stands first.
fn once(subject: &Subject<'_>, passes: impl Fn(&str) -> bool) -> Vec<Name> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for passage in &subject.prose {
        for name in long_words(passage) {
            if passes(&name.text) && seen.insert(name.text.clone()) {
                names.push(name);
            }
        }
    }
    names
}

fn long_words(passage: &Passage<'_>) -> Vec<Name> {
    let words = passage.words();
    let long = |at: &usize| {
        let text = words.text(*at);
        text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let name = |at: usize| Name { text: words.text(at).to_owned(), span: passage.span(&words, at..at + 1) };
    (0..words.len()).filter(long).map(name).collect()
}
