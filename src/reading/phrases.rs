//! Finding a vocabulary's phrases in a text: a word stream over the lexer's tokens, and a trie of word patterns.
//!
//! Knows how phrases are written (plurals, hyphens, British and American spelling, abbreviations in capitals),
//! nothing of what they mean: each pattern carries a payload that its reader understands.
//!
//! A pattern is words with blanks between them: `a|b` is either word, `word?` may be missing, `..` stands for up to
//! [`GAP`] words of the same sentence, `#` for a number. A word in capitals (`OS`) is only found where the text writes it
//! with capitals too (`OS`, `DoR` for `DOR`), so that an abbreviation is not taken for an everyday word; one that mixes
//! small letters and capitals (`pCR`, `IgA`) only where the text writes it just so.

use std::collections::HashMap;
use std::ops::Range;

use super::lexer::{Kind, Tokens};

/// How many words a `..` in a pattern may stand for.
pub const GAP: usize = 4;

/// The dictionary's number for `#`, any number.
const NUMBER: u32 = 1;

/// One word of a text: a token, or the part of a hyphenated one.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// Its folded text.
    pub text: &'t str,
    /// As the text writes it.
    pub raw: &'t str,
    /// Its place in the folded text.
    pub start: usize,
    /// One past its last byte in the folded text.
    pub end: usize,
    /// The text writes it with at least two capitals, or its only letter is one.
    pub capitals: bool,
    /// It is a number.
    pub number: bool,
    /// Which sentence it stands in, from 0. A full stop, a semicolon and a line end close one.
    pub sentence: u32,
}

/// A text as words.
#[derive(Debug)]
pub struct Words<'t> {
    tokens: &'t Tokens,
    words: Vec<Word<'t>>,
}

impl<'t> Words<'t> {
    /// The words of a text. `raw` is the text that `tokens` were cut from. Linear.
    pub fn of(tokens: &'t Tokens, raw: &'t str) -> Self {
        let mut words = Vec::with_capacity(tokens.len());
        let mut sentence = 0;
        for (index, token) in tokens.all().iter().enumerate() {
            let text = tokens.text(index);
            match token.kind {
                Kind::Line => sentence += 1,
                Kind::Sign if matches!(text, "." | ";" | "?" | "!") => sentence += 1,
                Kind::Sign if text == "%" => {
                    words.push(Word {
                        text,
                        raw: text,
                        start: token.start as usize,
                        end: token.end as usize,
                        capitals: false,
                        number: false,
                        sentence,
                    });
                }
                Kind::Sign => {}
                Kind::Number(_) => words.push(Word {
                    text,
                    raw: text,
                    start: token.start as usize,
                    end: token.end as usize,
                    capitals: false,
                    number: true,
                    sentence,
                }),
                Kind::Word => push_parts(&mut words, tokens, raw, text, token.start as usize, sentence),
            }
        }
        Self { tokens, words }
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// No word at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at `index`.
    pub fn get(&self, index: usize) -> Option<&Word<'t>> {
        self.words.get(index)
    }

    /// The folded text of the word at `index`; empty past the end.
    pub fn text(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| word.text)
    }

    /// The raw bytes that a range of words came from; `0..0` for an empty range.
    pub fn raw(&self, range: Range<usize>) -> Range<usize> {
        let last = range.end.checked_sub(1).and_then(|last| self.words.get(last));
        match (self.words.get(range.start), last) {
            (Some(first), Some(last)) if range.start < range.end => {
                self.tokens.folded().raw(first.start..last.end)
            }
            _ => 0..0,
        }
    }

    /// The tokens they were cut from.
    pub fn tokens(&self) -> &'t Tokens {
        self.tokens
    }
}

/// The parts of a word token between its hyphens and apostrophes; a possessive `s` is dropped.
fn push_parts<'t>(
    words: &mut Vec<Word<'t>>,
    tokens: &'t Tokens,
    raw: &'t str,
    text: &'t str,
    start: usize,
    sentence: u32,
) {
    let mut from = 0;
    let mut after_apostrophe = false;
    for (at, sign) in text.match_indices(['-', '\'']).chain([(text.len(), "")]) {
        let part = text.get(from..at).unwrap_or_default();
        let possessive = after_apostrophe && part == "s";
        if !part.is_empty() && !possessive {
            let range = start + from..start + at;
            let written = raw.get(tokens.folded().raw(range.clone())).unwrap_or_default();
            words.push(Word {
                text: part,
                raw: written,
                start: range.start,
                end: range.end,
                capitals: in_capitals(written),
                number: part.bytes().all(|byte| byte.is_ascii_digit()),
                sentence,
            });
        }
        after_apostrophe = sign == "'";
        from = at + sign.len();
    }
}

/// Whether a pattern's word mixes small letters and capitals, other than by a capital at its beginning.
fn mixed(word: &str) -> bool {
    let rest = word.chars().skip(1);
    word.chars().any(char::is_lowercase) && rest.clone().any(char::is_uppercase)
}

/// At least two capitals, or a capital and no other letter.
fn in_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|ch| ch.is_uppercase()).count();
    capitals >= 2 || (capitals == 1 && text.chars().filter(|ch| ch.is_alphabetic()).count() == 1)
}

/// A pattern's place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which pattern, as the number that was given when it was added.
    pub payload: usize,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

impl Match {
    /// Its words.
    pub fn words(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A set of patterns, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Phrases {
    /// A word's number, written small and, if a pattern asks for them, with capitals. 0 is no word.
    dictionary: HashMap<String, Entry>,
    /// Words that must be written just so.
    exact: HashMap<String, u32>,
    next_word: u32,
    nodes: Vec<Node>,
    edges: HashMap<(u32, u32), u32>,
}

/// What a word of the text may be: each 0 where it is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ids {
    exact: u32,
    capitals: u32,
    any: u32,
    number: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    any: u32,
    capitals: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    payload: Option<usize>,
    gap: Option<u32>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self {
            dictionary: HashMap::new(),
            exact: HashMap::new(),
            next_word: NUMBER + 1,
            nodes: vec![Node::default()],
            edges: HashMap::new(),
        }
    }
}

impl Phrases {
    /// Adds a pattern. The first of two equal patterns keeps its payload.
    pub fn add(&mut self, pattern: &str, payload: usize) {
        let mut ends = vec![0_u32];
        let mut gap = false;
        for slot in pattern.split_whitespace() {
            if slot == ".." {
                gap = true;
                continue;
            }
            let (slot, optional) = match slot.strip_suffix('?') {
                Some(slot) => (slot, true),
                None => (slot, false),
            };
            let mut reached = if optional && !gap { ends.clone() } else { Vec::new() };
            for from in ends {
                let from = if gap { self.gap_of(from) } else { from };
                for word in slot.split('|') {
                    let to = self.step(from, word);
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            ends = reached;
            gap = false;
        }
        for end in ends.into_iter().filter(|end| *end != 0) {
            if let Some(node) = self.nodes.get_mut(end as usize) {
                node.payload.get_or_insert(payload);
            }
        }
    }

    fn gap_of(&mut self, from: u32) -> u32 {
        if let Some(gap) = self.nodes.get(from as usize).and_then(|node| node.gap) {
            return gap;
        }
        let gap = self.new_node();
        if let Some(node) = self.nodes.get_mut(from as usize) {
            node.gap = Some(gap);
        }
        gap
    }

    /// Follows one pattern word, which may be hyphenated, from a node; gives the node it leads to.
    fn step(&mut self, from: u32, word: &str) -> u32 {
        let mut at = from;
        for part in word.split('-').filter(|part| !part.is_empty()) {
            let id = self.word(part);
            at = match self.edges.get(&(at, id)) {
                Some(to) => *to,
                None => {
                    let to = self.new_node();
                    self.edges.insert((at, id), to);
                    to
                }
            };
        }
        at
    }

    fn new_node(&mut self) -> u32 {
        self.nodes.push(Node::default());
        (self.nodes.len() - 1) as u32
    }

    /// A pattern word's number; new words come with their plural and British forms.
    fn word(&mut self, word: &str) -> u32 {
        if word == "#" {
            return NUMBER;
        }
        if mixed(word) {
            return self.exact_word(word);
        }
        let lower = word.to_lowercase();
        let with_capitals = word != lower;
        let known = self.dictionary.get(&lower).map_or(0, |e| if with_capitals { e.capitals } else { e.any });
        if known != 0 {
            return known;
        }
        let id = self.next_word;
        self.next_word += 1;
        for form in forms(&lower) {
            let entry = self.dictionary.entry(form).or_default();
            let slot = if with_capitals { &mut entry.capitals } else { &mut entry.any };
            if *slot == 0 {
                *slot = id;
            }
        }
        id
    }

    /// The number of a word that must be written just so; its plural is it too.
    fn exact_word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.exact.get(word) {
            return *known;
        }
        let id = self.next_word;
        self.next_word += 1;
        self.exact.insert(word.to_owned(), id);
        self.exact.insert(format!("{word}s"), id);
        // The folded form leads there too, so that the word is looked at.
        self.dictionary.entry(word.to_lowercase()).or_default();
        id
    }

    /// All matches, leftmost first and the longest of those that start together; they do not overlap.
    pub fn find(&self, words: &Words<'_>) -> Vec<Match> {
        let ids: Vec<Ids> = words.words.iter().map(|word| self.ids(word)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < ids.len() {
            match self.longest(words, &ids, at) {
                Some(hit) => {
                    at = hit.end.max(at + 1);
                    found.push(hit);
                }
                None => at += 1,
            }
        }
        found
    }

    fn ids(&self, word: &Word<'_>) -> Ids {
        let exact = if word.capitals && !self.exact.is_empty() {
            self.exact.get(word.raw).copied().unwrap_or_default()
        } else {
            0
        };
        let entry = self.dictionary.get(word.text).copied().unwrap_or_default();
        let number = if word.number { NUMBER } else { 0 };
        Ids { exact, capitals: if word.capitals { entry.capitals } else { 0 }, any: entry.any, number }
    }

    fn longest(&self, words: &Words<'_>, ids: &[Ids], start: usize) -> Option<Match> {
        if *ids.get(start)? == Ids::default() {
            return None;
        }
        let mut best = None;
        self.walk(words, ids, start, start, 0, &mut best);
        best
    }

    fn walk(
        &self,
        words: &Words<'_>,
        ids: &[Ids],
        start: usize,
        at: usize,
        node: u32,
        best: &mut Option<Match>,
    ) {
        let Some(here) = self.nodes.get(node as usize) else { return };
        if let Some(payload) = here.payload
            && best.is_none_or(|b| at > b.end)
        {
            *best = Some(Match { payload, start, end: at });
        }
        self.edge(words, ids, start, at, node, best);
        if let Some(gap) = here.gap {
            // The fewest words that lead to a match: "time to … progression" ends at the first progression.
            for skipped in 0..=GAP {
                if best.is_some_and(|best| best.end > at) {
                    break;
                }
                self.edge(words, ids, start, at + skipped, gap, best);
            }
        }
    }

    /// Follows the word at `at` from `node`, if it stands in the sentence the match began in.
    fn edge(
        &self,
        words: &Words<'_>,
        ids: &[Ids],
        start: usize,
        at: usize,
        node: u32,
        best: &mut Option<Match>,
    ) {
        let (Some(ids_here), Some(word), Some(first)) = (ids.get(at), words.get(at), words.get(start)) else {
            return;
        };
        if word.sentence != first.sentence {
            return;
        }
        let Ids { exact, capitals, any, number } = *ids_here;
        for id in [exact, capitals, any, number] {
            if id != 0
                && let Some(to) = self.edges.get(&(node, id))
            {
                self.walk(words, ids, start, at + 1, *to, best);
            }
        }
    }
}

/// Spellings that differ by country: as the vocabularies write them, and otherwise.
const SPELLINGS: &[(&str, &str)] = &[
    ("tumor", "tumour"),
    ("edema", "oedema"),
    ("esoph", "oesoph"),
    ("hemo", "haemo"),
    ("hema", "haema"),
    ("emia", "aemia"),
    ("ization", "isation"),
    ("ized", "ised"),
    ("color", "colour"),
    ("behavior", "behaviour"),
    ("diarrhea", "diarrhoea"),
    ("anesth", "anaesth"),
    ("randomiz", "randomis"),
    ("pediatric", "paediatric"),
    ("program", "programme"),
    ("center", "centre"),
    ("fiber", "fibre"),
    ("estr", "oestr"),
    ("titer", "titre"),
    ("neutraliz", "neutralis"),
];

/// The ways in which a word may be written: itself, its plural, its British spelling.
fn forms(word: &str) -> Vec<String> {
    let mut spelt = vec![word.to_owned()];
    for (here, there) in SPELLINGS {
        if word.contains(here) && !word.contains(there) {
            spelt.push(word.replace(here, there));
        }
    }
    let plurals: Vec<String> = spelt.iter().filter_map(|word| plural(word)).collect();
    spelt.extend(plurals);
    spelt
}

/// The regular plural of a word of three letters or more that does not end in `s` or a digit.
fn plural(word: &str) -> Option<String> {
    let last = word.chars().last()?;
    if word.chars().count() < 2 || !last.is_alphabetic() || !last.is_ascii() || last == 's' {
        return None;
    }
    let stem = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    Some(match stem {
        Some(stem) if word.len() > 3 => format!("{stem}ies"),
        _ if word.ends_with(['x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::lexer::lex;
    use super::*;

    fn found(patterns: &[&str], raw: &str) -> Vec<String> {
        let mut phrases = Phrases::default();
        for (payload, pattern) in patterns.iter().enumerate() {
            phrases.add(pattern, payload);
        }
        let tokens = lex(raw);
        let words = Words::of(&tokens, raw);
        phrases.find(&words).iter().map(|hit| raw[words.raw(hit.words())].to_owned()).collect()
    }

    #[test]
    fn hyphens_plurals_and_spelling_do_not_matter() {
        for (pattern, raw, hit) in [
            ("progression free survival", "Progression-Free survival rate", "Progression-Free survival"),
            ("antibody", "anti-drug antibodies", "antibodies"),
            ("tumor response", "Tumour responses", "Tumour responses"),
            ("AE", "all AEs", "AEs"),
            ("patient impression", "Patient's impression", "Patient's impression"),
        ] {
            assert_eq!(found(&[pattern], raw), [hit], "{raw}");
        }
    }

    #[test]
    fn an_abbreviation_is_found_in_capitals_only() {
        assert_eq!(found(&["OS"], "the os pubis and OS"), ["OS"]);
    }

    #[test]
    fn a_word_of_small_letters_and_capitals_is_found_written_just_so() {
        assert_eq!(found(&["pCR"], "PCR, pcr and pCR"), ["pCR"]);
        assert_eq!(found(&["IGA", "IgA level"], "IgA levels and IGA"), ["IgA levels", "IGA"]);
    }

    #[test]
    fn alternatives_options_gaps_and_numbers() {
        let patterns = ["time to .. progression|relapse", "rate of? death", "grade #"];
        let raw = "Time to first documented progression, rate of death, grade 3. Time to\nprogression";
        assert_eq!(
            found(&patterns, raw),
            ["Time to first documented progression", "rate of death", "grade 3"]
        );
    }

    #[test]
    fn the_longest_of_those_that_start_together_wins() {
        let raw = "complete response rate";
        assert_eq!(found(&["complete", "complete response", "response rate"], raw), ["complete response"]);
    }
}
