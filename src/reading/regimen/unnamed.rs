//! What an arm gets without a name that the dosing reader knows ("continue with the earlier drug until progression"):
//! the words as they stand, and the events that end it. Nothing else is read of them.

use crate::protocol::{Administration, Span};
use crate::reading::lexer::{Tokens, lex};
use crate::reading::time_frame;

/// Words behind which stands what is given.
const GIVEN: &[&[&str]] = &[
    &["continue", "with"],
    &["continues", "with"],
    &["continued", "with"],
    &["receive"],
    &["receives"],
    &["treated", "with"],
];

/// Events that end a treatment; others end an observation.
const ENDS: &[&str] = &["progression", "toxicity", "withdrawal", "death", "relapse"];

/// Words of a name at most.
const LONGEST: usize = 8;

/// The first such sentence of a text as a row.
pub(super) fn read(text: &str, field: &str) -> Option<Administration> {
    let tokens = lex(text);
    let verbs = (0..tokens.len()).filter_map(|at| Some((at, behind_verb(&tokens, at)?)));
    verbs.filter_map(|(_, first)| row(&tokens, text, first, field)).next()
}

fn behind_verb(tokens: &Tokens, at: usize) -> Option<usize> {
    let matches =
        |words: &&&[&str]| words.iter().enumerate().all(|(offset, word)| tokens.text(at + offset) == *word);
    GIVEN.iter().find(matches).map(|words| at + words.len())
}

fn row(tokens: &Tokens, text: &str, first: usize, field: &str) -> Option<Administration> {
    let until = (first..(first + LONGEST + 1).min(tokens.len())).find(|at| tokens.text(*at) == "until")?;
    // A name is words alone: a number or a sign would be a dose or another clause.
    let is_name = (first..until).all(|at| tokens.text(at).chars().all(|c| c.is_alphabetic() || c == '-'));
    if until == first || !is_name {
        return None;
    }
    let end =
        (until..tokens.len()).find(|at| matches!(tokens.text(*at), "." | ";" | "\n")).unwrap_or(tokens.len());
    let words = tokens.raw(until..end);
    let stop = time_frame::read(text.get(words.clone())?).until;
    let ends = !stop.is_empty() && stop.iter().all(|event| ENDS.contains(&event.as_str()));
    let range = tokens.raw(first..until).start..words.end;
    ends.then(|| Administration {
        drug: text.get(tokens.raw(first..until)).unwrap_or_default().to_lowercase(),
        stop,
        text: text.get(range.clone()).unwrap_or_default().to_owned(),
        span: Span::new(field.to_owned(), range),
        ..Administration::default()
    })
}
