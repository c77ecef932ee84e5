//! A text as atoms: the shared lexer's tokens, compound words taken apart, with the vocabulary's marks on them.
//!
//! `child-pugh` and `child pugh` are the same two atoms, `x10` is a sign and a number, `18-year-old` is 18, year, old.

use std::ops::Range;

use crate::reading::criteria::vocabulary::{Class, Lists, Mark, Trie};
use crate::reading::hash::mark;
use crate::reading::lexer::{Kind, Token, Tokens};

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AtomKind {
    /// A word or a part of a compound.
    Word,
    /// Digits.
    Number(f64),
    /// Anything else.
    Sign,
    /// A line end.
    Line,
}

/// One word, number or sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// Its word's number in the vocabulary.
    pub word: u32,
    /// First byte in the folded text.
    pub start: u32,
    /// One past its last byte in the folded text.
    pub end: u32,
    /// Whether a blank, a line end or a dropped hyphen stands before it.
    pub spaced: bool,
}

/// A text cut into atoms and marked.
#[derive(Debug)]
pub struct Atoms<'t> {
    tokens: &'t Tokens,
    atoms: Vec<Atom>,
    /// Each atom's folded text, kept because it is what is asked for most.
    texts: Vec<&'t str>,
    marks: Vec<Mark>,
    /// Where each atom's marks begin in `marks`; one more at the end.
    starts: Vec<u32>,
    /// The lists that each atom's marks are of: most questions are answered by it.
    lists: Vec<Lists>,
}

impl<'t> Atoms<'t> {
    /// Cuts further and marks a text that the lexer cut into `tokens`. Linear in its length.
    pub fn of(text: &str, tokens: &'t Tokens, trie: &Trie) -> Self {
        let most = tokens.len() + tokens.len() / 8;
        let mut cut = Cut { trie, atoms: Vec::with_capacity(most), texts: Vec::with_capacity(most) };
        for (index, token) in tokens.all().iter().enumerate() {
            if token.kind == Kind::Line && is_wrap(text, tokens, index) {
                continue;
            }
            cut.token(tokens, index, *token);
        }
        let Cut { atoms, texts, .. } = cut;
        let mut marks = Vec::with_capacity(atoms.len());
        let mut starts = Vec::with_capacity(atoms.len() + 1);
        let mut all_lists = Vec::with_capacity(atoms.len());
        let mut rest = atoms.as_slice();
        while let Some((atom, behind)) = rest.split_first() {
            starts.push(marks.len() as u32);
            let lists = trie.marks(rest, &mut marks);
            let number = matches!(atom.kind, AtomKind::Number(value) if value.is_finite());
            all_lists.push(if number { lists.and(Lists::NUMERIC) } else { lists });
            rest = behind;
        }
        starts.push(marks.len() as u32);
        Self { tokens, atoms, texts, marks, starts, lists: all_lists }
    }

    /// The tokens that the text was cut into first.
    pub fn tokens(&self) -> &'t Tokens {
        self.tokens
    }

    /// How many atoms.
    pub fn len(&self) -> usize {
        self.atoms.len()
    }

    /// No atom at all.
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// The atom at `index`.
    pub fn get(&self, index: usize) -> Option<&Atom> {
        self.atoms.get(index)
    }

    /// An atom's folded text; empty past the end.
    pub fn text(&self, index: usize) -> &'t str {
        self.texts.get(index).copied().unwrap_or_default()
    }

    /// The folded text of a range of atoms.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.folded_range(range).and_then(|r| self.tokens.folded().text().get(r)).unwrap_or_default()
    }

    /// The raw bytes of a range of atoms; an empty range gives `0..0`.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        self.folded_range(range).map(|r| self.tokens.folded().raw(r)).unwrap_or(0..0)
    }

    fn folded_range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
        Some(self.get(range.start)?.start as usize..self.get(last)?.end as usize)
    }

    /// The value of a number atom.
    pub fn digits(&self, index: usize) -> Option<f64> {
        match self.get(index)?.kind {
            AtomKind::Number(value) if value.is_finite() => Some(value),
            _ => None,
        }
    }

    /// Every mark that begins at `index`, shortest first.
    pub fn marks(&self, index: usize) -> &[Mark] {
        let (Some(from), Some(to)) = (self.starts.get(index), self.starts.get(index + 1)) else { return &[] };
        self.marks.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The longest phrase of a list that begins at `index`.
    pub fn mark(&self, index: usize, class: Class) -> Option<Mark> {
        if !self.is(index, class) {
            return None;
        }
        self.marks(index).iter().rev().find(|mark| mark.class == class).copied()
    }

    /// How many atoms the longest phrase of a list takes at `index`; 0 for none.
    pub fn takes(&self, index: usize, class: Class) -> usize {
        self.mark(index, class).map_or(0, |mark| usize::from(mark.len))
    }

    /// Whether a phrase of a list begins at `index`.
    pub fn is(&self, index: usize, class: Class) -> bool {
        self.is_any(index, &[class])
    }

    /// Whether a phrase of one of some lists begins at `index`.
    #[inline]
    pub fn is_any(&self, index: usize, classes: &[Class]) -> bool {
        self.lists(index).meets(Lists::of(classes))
    }

    /// Whether a number stands at `index`, in digits or in words.
    pub fn is_numeric(&self, index: usize) -> bool {
        self.lists(index).meets(Lists::NUMERIC)
    }

    /// The lists of the phrases that begin at `index`.
    pub fn lists(&self, index: usize) -> Lists {
        self.lists.get(index).copied().unwrap_or_default()
    }

    /// The lists of all phrases that begin in a range.
    pub fn lists_in(&self, range: Range<usize>) -> Lists {
        let lists = self.lists.get(range).unwrap_or_default();
        lists.iter().fold(Lists::default(), |all, lists| all.and(*lists))
    }

    /// Whether anything in a range begins a phrase of one of some lists.
    pub fn has(&self, range: Range<usize>, classes: &[Class]) -> bool {
        let wanted = Lists::of(classes);
        self.lists.get(range).unwrap_or_default().iter().any(|lists| lists.meets(wanted))
    }

    /// The first atom from `from` on whose raw text ends after `raw`; the atoms' order is the text's.
    pub fn first_after(&self, raw: usize, from: usize) -> usize {
        let before = self.tokens.folded().ending_by(raw);
        let rest = self.atoms.get(from..).unwrap_or_default();
        from + rest.partition_point(|atom| atom.end as usize <= before)
    }
}

/// The atoms so far, each with its text.
struct Cut<'t, 'v> {
    trie: &'v Trie,
    atoms: Vec<Atom>,
    texts: Vec<&'t str>,
}

impl<'t> Cut<'t, '_> {
    fn push(&mut self, kind: AtomKind, text: &'t str, word: u32, start: u32, spaced: bool) {
        self.atoms.push(Atom { kind, word, start, end: start + text.len() as u32, spaced });
        self.texts.push(text);
    }

    /// Adds the part of a word, whose number is not known yet.
    fn part(&mut self, kind: AtomKind, text: &'t str, start: u32, spaced: bool) {
        let word = self.trie.word(text, mark(text.as_bytes()));
        self.push(kind, text, word, start, spaced);
    }

    /// Adds a token's atoms.
    fn token(&mut self, tokens: &'t Tokens, index: usize, token: Token) {
        let text = tokens.text(index);
        let kind = match token.kind {
            // The number of a marker written apart (`CD 4`) is a part of its name.
            Kind::Number(_) if index > 0 && tokens.text(index - 1) == "cd" => AtomKind::Word,
            Kind::Number(value) => AtomKind::Number(value),
            Kind::Sign => AtomKind::Sign,
            Kind::Line => AtomKind::Line,
            // Most words are whole.
            Kind::Word if token.joined || text.starts_with('x') => return self.word(text, token),
            Kind::Word => {
                let word = self.trie.word(text, token.mark);
                return self.push(AtomKind::Word, text, word, token.start, token.spaced);
            }
        };
        if kind == AtomKind::Sign && text == "-" && joins(tokens, index, token) {
            return;
        }
        let joined = self.atoms.last().is_some_and(|last| last.end < token.start);
        let word = self.trie.word(text, token.mark);
        self.push(kind, text, word, token.start, token.spaced || joined);
    }

    /// A word's parts: between hyphens, and a leading `x` before a number or a unit (`x10`, `xuln`) right after digits.
    fn word(&mut self, text: &'t str, token: Token) {
        let mut at = 0;
        for (part_index, part) in text.split('-').enumerate() {
            let start = token.start + at as u32;
            at += part.len() + 1;
            if part.is_empty() {
                continue;
            }
            let spaced = part_index > 0 || token.spaced;
            let after_number = !token.spaced && part_index == 0 && is_number(self.atoms.last());
            let factor = part.strip_prefix('x').filter(|rest| {
                !rest.is_empty()
                    && (rest.starts_with("10") || after_number && !rest.starts_with(char::is_numeric))
            });
            let Some(rest) = factor else {
                self.part(AtomKind::Word, part, start, spaced);
                continue;
            };
            self.part(AtomKind::Sign, part.get(..1).unwrap_or_default(), start, spaced);
            self.rest(rest, start + 1);
        }
    }

    /// What follows a leading `x`: digits and letters apart.
    fn rest(&mut self, rest: &'t str, start: u32) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, word) = rest.split_at(digits);
        if let Ok(value) = number.parse() {
            self.part(AtomKind::Number(value), number, start, false);
        }
        if !word.is_empty() {
            self.part(AtomKind::Word, word, start + digits as u32, false);
        }
    }
}

/// A line end in the middle of a sentence: words before it, and after it words in small letters, or a number that counts
/// such ("within" over "14 days").
fn is_wrap(text: &str, tokens: &Tokens, index: usize) -> bool {
    let small = |at: usize| {
        let Some(token) = tokens.get(at).filter(|token| token.kind == Kind::Word) else { return false };
        let raw = tokens.folded().raw(token.start as usize..token.end as usize);
        text.get(raw).is_some_and(|word| word.starts_with(char::is_lowercase))
    };
    // "age > 18" over "c. consent": a letter that counts the next item is no unit.
    let letter = |at: usize| tokens.text(at).len() == 1 && matches!(tokens.text(at + 1), "." | ")");
    if letter(index + 1) {
        return false;
    }
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let before = index.checked_sub(1).and_then(kind);
    match kind(index + 1) {
        Some(Kind::Word) => matches!(before, Some(Kind::Word | Kind::Number(_))) && small(index + 1),
        // "0, 1 or" over "2".
        Some(Kind::Number(_))
            if index > 0 && matches!(tokens.text(index - 1), "or" | "to" | "than" | "least") =>
        {
            true
        }
        Some(Kind::Number(_)) => index > 0 && small(index - 1) && small(index + 2),
        _ => false,
    }
}

/// A hyphen between a number and the word it counts (`24-hour`), nothing spaced.
fn joins(tokens: &Tokens, index: usize, token: Token) -> bool {
    let after_number = index > 0 && tokens.number(index - 1).is_some();
    let word = tokens.get(index + 1).is_some_and(|next| next.kind == Kind::Word && !next.spaced);
    after_number && word && !token.spaced
}

fn is_number(atom: Option<&Atom>) -> bool {
    atom.is_some_and(|atom| matches!(atom.kind, AtomKind::Number(_)))
}
