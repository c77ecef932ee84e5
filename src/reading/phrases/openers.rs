//! Which words the patterns of some sets begin with: a text without any of them holds no match, and need not be cut into
//! words to see that.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::dictionary::{Dictionary, Ids, NUMBER};
use super::set::PhraseSet;
use crate::reading::hash::{Marked, WordHasher, mark};
use crate::reading::lexer::{Kind, Token, Tokens};

/// The first words of all patterns of some sets, by their marks.
#[derive(Clone, Debug, Default)]
pub struct Openers {
    /// Whether a pattern may end with the word, or go on with anything; else one of `pairs` must follow.
    marks: Marked<bool>,
    /// The first two words of patterns.
    pairs: HashSet<(u32, u32), BuildHasherDefault<WordHasher>>,
    /// Whether any number is one.
    number: bool,
}

impl Openers {
    /// Those of sets that share a dictionary.
    pub fn of(dictionary: &Dictionary, sets: &[&PhraseSet]) -> Self {
        let any_number = Ids { number: NUMBER, ..Ids::default() };
        let number = sets.iter().any(|set| set.opens_with(any_number));
        let mut openers = Self { number, ..Self::default() };
        let mut written: HashMap<u32, Vec<u32>> = HashMap::new();
        for (mark, ids) in dictionary.all() {
            ids.all().into_iter().for_each(|id| written.entry(id).or_default().push(mark));
        }
        for set in sets {
            let mut opened: HashMap<u32, Vec<u32>> = HashMap::new();
            for (id, marks) in &written {
                let Some(node) = set.opened(*id) else { continue };
                opened.entry(node).or_default().extend(marks);
                for mark in marks {
                    *openers.marks.entry(*mark).or_default() |= set.is_open(node);
                }
            }
            for (node, second) in set.followers() {
                for first in opened.get(&node).into_iter().flatten() {
                    // A number may be written in any way.
                    if second == NUMBER {
                        openers.marks.insert(*first, true);
                    }
                    let seconds = written.get(&second).into_iter().flatten();
                    openers.pairs.extend(seconds.map(|second| (*first, *second)));
                }
            }
        }
        openers
    }

    /// Whether a match may begin at any of these tokens. It may not be there all the same.
    pub fn any(&self, tokens: &Tokens, range: Range<usize>) -> bool {
        let start = range.start;
        let mut rest = tokens.all().get(range).unwrap_or_default();
        let mut at = start;
        while let Some((token, behind)) = rest.split_first() {
            if self.is_one(token, behind) || token.joined && self.any_part(tokens.text(at)) {
                return true;
            }
            rest = behind;
            at += 1;
        }
        false
    }

    fn is_one(&self, token: &Token, behind: &[Token]) -> bool {
        match token.kind {
            Kind::Line => false,
            Kind::Number(_) if self.number => true,
            _ => self.marks.get(&token.mark).is_some_and(|alone| *alone || self.goes_on(token.mark, behind)),
        }
    }

    /// Whether the word behind an opening one goes on with a pattern of its.
    fn goes_on(&self, opening: u32, behind: &[Token]) -> bool {
        // Of the signs only this one is a word.
        let percent = mark(b"%");
        let next = behind.iter().find(|token| token.kind != Kind::Sign || token.mark == percent);
        next.is_some_and(|next| next.joined || self.pairs.contains(&(opening, next.mark)))
    }

    /// Whether a part of a joined word is one.
    fn any_part(&self, word: &str) -> bool {
        word.split(['-', '\'']).any(|part| {
            self.marks.contains_key(&mark(part.as_bytes()))
                || self.number && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    }
}
