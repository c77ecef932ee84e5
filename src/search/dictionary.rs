//! A typed word → the words of the index that may be meant.
//!
//! The documents are never searched for a misspelling: the dictionary is, and its words are looked up.

use std::sync::{Arc, LazyLock};

use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};
use tantivy_fst::Automaton;

use crate::library::index::words::{SHORT, beginning, is_vowel, respell_shortened};

/// How a word of the index relates to the typed one; better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same word.
    Exact,
    /// It begins with what was typed.
    Prefix,
    /// One or two letters differ.
    Misspelt,
    /// The typed letters occur in it in order.
    Abbreviated,
}

/// The words that a typed word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The word as typed, folded.
    pub word: String,
    /// The whole word counts.
    pub exact: bool,
    /// Every word that begins so counts.
    pub prefix: bool,
    /// Further words of the index, nearest first, with their likeness.
    pub others: Vec<(String, Likeness)>,
}

/// How many other words a misspelling or abbreviation may stand for.
const MOST_OTHERS: usize = 8;

/// How many words of a dictionary are looked at for one abbreviation or misspelling.
const MOST_LOOKED_AT: usize = 2_000;

/// For one letter that differs and for two. Making one takes milliseconds, more than all else of a keystroke.
static BUILDERS: [LazyLock<LevenshteinAutomatonBuilder>; 2] = [
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true)),
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true)),
];

/// Finds what a folded word may mean. `unfinished` says that more letters may follow.
///
/// # Errors
/// When the index cannot be read.
pub fn meaning(
    searcher: &Searcher,
    all: Field,
    names: &[Field],
    word: &str,
    unfinished: bool,
) -> Result<Meaning, TantivyError> {
    let mut meaning = Meaning { word: word.to_owned(), exact: true, prefix: unfinished, others: Vec::new() };
    let known = searcher.doc_freq(&Term::from_field_text(all, word))? > 0;
    if known || (unfinished && has_prefix(searcher, all, word)?) {
        return Ok(meaning);
    }
    meaning.exact = false;
    if !unfinished && word.chars().count() > 2 && has_prefix(searcher, all, word)? {
        meaning.prefix = true;
        return Ok(meaning);
    }
    meaning.prefix = false;
    meaning.others = misspelt(searcher, all, word, unfinished)?;
    // "hdch" is one letter from many a sign; that must not hide what it is short for.
    if meaning.others.is_empty() || is_shortened(word) {
        let near: Vec<String> = meaning.others.iter().map(|(other, _)| other.clone()).collect();
        let short = abbreviated(searcher, names, word)?.into_iter();
        meaning.others.extend(short.filter(|(other, _)| !near.contains(other)));
    }
    Ok(meaning)
}

/// Whether a word has no vowel behind its first letter: as words are shortened.
fn is_shortened(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.all(|c| c.is_alphabetic() && !is_vowel(c))
}

/// Whether a term is the word with vowels: of its other letters none is missing.
fn lacks_only_vowels(word: &str, term: &str) -> bool {
    let mut at = 0;
    term.chars().filter(|letter| std::mem::replace(&mut at, 1) == 0 || !is_vowel(*letter)).eq(word.chars())
}

/// Whether any word of the index begins so.
fn has_prefix(searcher: &Searcher, all: Field, word: &str) -> Result<bool, TantivyError> {
    if word.chars().count() <= SHORT {
        return Ok(searcher.doc_freq(&Term::from_field_text(all, &beginning(word)))? > 0);
    }
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(all)?;
        let mut stream = index.terms().range().ge(word.as_bytes()).into_stream()?;
        if stream.advance() && stream.key().starts_with(word.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many letters may differ, by the word's length: short words have too many neighbours.
fn tolerance(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

fn misspelt(
    searcher: &Searcher,
    all: Field,
    word: &str,
    unfinished: bool,
) -> Result<Vec<(String, Likeness)>, TantivyError> {
    let most = tolerance(word.chars().count());
    for distance in 1..=most {
        let Some(builder) = BUILDERS.get(usize::from(distance) - 1) else { continue };
        let dfa = if unfinished { builder.build_prefix_dfa(word) } else { builder.build_dfa(word) };
        let found = search(searcher, &[all], &Misspelling(Arc::new(dfa)))?;
        if !found.is_empty() {
            return Ok(nearest(found, word, Likeness::Misspelt, &|_| true));
        }
    }
    Ok(Vec::new())
}

fn abbreviated(
    searcher: &Searcher,
    names: &[Field],
    word: &str,
) -> Result<Vec<(String, Likeness)>, TantivyError> {
    if word.len() < 4 {
        return Ok(Vec::new());
    }
    let mut found = search(searcher, names, &Subsequence(word.as_bytes()))?;
    // The words of the index are in one spelling, and a shortened one may be of the other.
    let respelt = if is_shortened(word) { respell_shortened(word) } else { Vec::new() };
    for respelt in &respelt {
        found.extend(search(searcher, names, &Subsequence(respelt.as_bytes()))?);
    }
    let whole = |term: &str| {
        lacks_only_vowels(word, term) || respelt.iter().any(|other| lacks_only_vowels(other, term))
    };
    Ok(nearest(found, word, Likeness::Abbreviated, &whole))
}

/// Those to which the word is `whole`, then the words nearest in length, then the most used, then by the alphabet.
fn nearest(
    mut found: Vec<(String, u64)>,
    word: &str,
    likeness: Likeness,
    whole: &dyn Fn(&str) -> bool,
) -> Vec<(String, Likeness)> {
    // A word comes once from each segment and field that it is in.
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.dedup_by(|again, first| {
        let same = again.0 == first.0;
        first.1 += if same { again.1 } else { 0 };
        same
    });
    found.sort_by(|a, b| {
        let far = |term: &str| term.len().abs_diff(word.len());
        let key = |found: &(String, u64)| (!whole(&found.0), far(&found.0), std::cmp::Reverse(found.1));
        key(a).cmp(&key(b))
    });
    found.into_iter().take(MOST_OTHERS).map(|(term, _)| (term, likeness)).collect()
}

/// Every whole word that the automaton takes, with the number of documents it is in.
fn search<A>(searcher: &Searcher, fields: &[Field], automaton: &A) -> Result<Vec<(String, u64)>, TantivyError>
where
    for<'a> &'a A: Automaton,
    for<'a> <&'a A as Automaton>::State: Clone,
{
    let mut found: Vec<(String, u64)> = Vec::new();
    for segment in searcher.segment_readers() {
        for field in fields {
            let index = segment.inverted_index(*field)?;
            let mut stream = index.terms().search(automaton).into_stream()?;
            while stream.advance() && found.len() < MOST_LOOKED_AT {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                if !term.starts_with('\u{1}') {
                    found.push((term.to_owned(), u64::from(stream.value().doc_freq)));
                }
            }
        }
    }
    Ok(found)
}

/// Takes words within the automaton's distance.
#[derive(Clone)]
struct Misspelling(Arc<levenshtein_automata::DFA>);

impl Automaton for Misspelling {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// Takes words that begin with the same letter and hold the others in order. The state is how many have been seen;
/// `None` once it cannot match any more.
#[derive(Clone, Copy)]
struct Subsequence<'w>(&'w [u8]);

impl Automaton for Subsequence<'_> {
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn is_match(&self, state: &Option<usize>) -> bool {
        *state == Some(self.0.len())
    }

    fn can_match(&self, state: &Option<usize>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<usize>, byte: u8) -> Option<usize> {
        let seen = (*state)?;
        match self.0.get(seen) {
            Some(next) if *next == byte => Some(seen + 1),
            _ if seen == 0 => None,
            _ => Some(seen),
        }
    }
}
