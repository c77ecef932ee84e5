//! Which words the patterns of some sets begin with: a text without any of them holds no match, and need not be cut into
//! words to see that.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::dictionary::{Dictionary, Ids, NUMBER};
use super::set::PhraseSet;
use crate::reading::hash::{MarkHasher, mark};
use crate::reading::lexer::{Kind, Token, Tokens};

/// The first words of all patterns of some sets, by their marks.
#[derive(Clone, Debug, Default)]
pub struct Openers {
    marks: HashSet<u32, BuildHasherDefault<MarkHasher>>,
    /// Whether any number is one.
    number: bool,
}

impl Openers {
    /// Those of sets that share a dictionary.
    pub fn of(dictionary: &Dictionary, sets: &[&PhraseSet]) -> Self {
        let opens = |ids: Ids| sets.iter().any(|set| set.opens_with(ids));
        let marks = dictionary.all().filter(|(_, ids)| opens(*ids)).map(|(mark, _)| mark).collect();
        Self { marks, number: opens(Ids { number: NUMBER, ..Ids::default() }) }
    }

    /// Whether a match may begin at any of these tokens. It may not be there all the same.
    pub fn any(&self, tokens: &Tokens, range: Range<usize>) -> bool {
        let start = range.start;
        let here = tokens.all().get(range).unwrap_or_default();
        here.iter().enumerate().any(|(offset, token)| {
            self.is_one(token) || token.joined && self.any_part(tokens.text(start + offset))
        })
    }

    fn is_one(&self, token: &Token) -> bool {
        match token.kind {
            Kind::Word | Kind::Sign => self.marks.contains(&token.mark),
            Kind::Number(_) => self.number || self.marks.contains(&token.mark),
            Kind::Line => false,
        }
    }

    /// The same of the parts of a joined word.
    fn any_part(&self, word: &str) -> bool {
        word.split(['-', '\'']).any(|part| {
            self.marks.contains(&mark(part.as_bytes()))
                || self.number && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    }
}
