//! One limit in many wordings (`rewordings.toml`): whatever the wording, the limits stay the same.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Phrase, shown};
use crate::reading::criteria::read;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The wordings of each blank; the first is the plainest.
    ways: HashMap<String, Vec<String>>,
    phrase: Vec<Phrase>,
    /// Wordings that a phrase does not bear.
    #[serde(default)]
    except: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    words: String,
    because: String,
}

/// Every wording of a phrase: each blank in turn takes all of its wordings, the others their first.
fn wordings(phrase: &str, ways: &HashMap<String, Vec<String>>) -> Vec<String> {
    let mut pieces = phrase.split('{');
    let start = pieces.next().unwrap_or_default();
    let blanks: Vec<(&[String], &str)> = pieces
        .map(|piece| {
            let (name, rest) = piece.split_once('}').expect("a closed blank");
            (ways.get(name).unwrap_or_else(|| panic!("no wordings of {name}")).as_slice(), rest)
        })
        .collect();
    let filled = |turn: usize, way: &str| {
        let mut words = start.to_owned();
        for (index, (own, rest)) in blanks.iter().enumerate() {
            words.push_str(if index == turn { way } else { own.first().map_or("", String::as_str) });
            words.push_str(rest);
        }
        words
    };
    let turns = blanks.iter().enumerate();
    turns
        .flat_map(|(turn, (own, _))| own.iter().map(move |way| (turn, way)))
        .map(|(turn, way)| filled(turn, way))
        .collect()
}

#[test]
fn a_limit_is_the_same_in_all_its_wordings() {
    let table: Table = toml::from_str(include_str!("../phrases/rewordings.toml")).expect("a sound table");
    let (mut read_so_far, mut wrong) = (0, Vec::new());
    for phrase in &table.phrase {
        let (heading, words) = match (&phrase.inclusion, &phrase.exclusion) {
            (Some(words), _) => ("Inclusion", words),
            (_, Some(words)) => ("Exclusion", words),
            _ => panic!("a phrase stands under one heading"),
        };
        for words in wordings(words, &table.ways) {
            let excepted = table.except.iter().any(|e| e.words == words && !e.because.is_empty());
            let found: Vec<String> =
                read(&format!("{heading} Criteria:\n\n* {words}")).facts.iter().map(shown).collect();
            read_so_far += 1;
            // An exception that is none any more is to be taken off the list.
            if (found == phrase.limits) == excepted {
                wrong.push(format!("{words}\n   expected {:?}\n   found    {found:?}", phrase.limits));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {read_so_far} wordings:\n{}", wrong.len(), wrong.join("\n"));
}
