//! Which lines are headings, and which section they open.
//!
//! Their wording is a table (`assets/vocabulary/eligibility_headings.toml`); the rules here are about shape: how
//! much of the line the words fill, whether a colon ends it, whether it carries a bullet.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem::Finder;
use serde::Deserialize;

use crate::protocol::Section;
use crate::reading::fold::{Folded, fold};
use crate::reading::hash::{MarkHasher, mark};
use crate::reading::lexer::{Kind, Token, Tokens, lex};

/// The words of headings, and of what stands beside the criteria.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    inclusion: Vec<String>,
    exclusion: Vec<String>,
    sentence: Vec<String>,
    both: Vec<String>,
    labels: Vec<String>,
    /// Rows of a register's form.
    pub forms: Vec<String>,
    /// Beginnings of a paragraph about the items before it.
    pub notes: Vec<String>,
    /// Words that a number belongs to.
    pub number_words: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(TABLE).unwrap_or_default());

const TABLE: &str = include_str!("../../../../assets/vocabulary/eligibility_headings.toml");

/// The terms, ready to be looked for all at once. `None` only if there are none.
struct Terms {
    inclusion: Option<AhoCorasick>,
    exclusion: Option<AhoCorasick>,
    both: Option<AhoCorasick>,
    /// Any of them, in capitals or not.
    any: Option<AhoCorasick>,
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let all = WORDS.inclusion.iter().chain(&WORDS.exclusion).chain(&WORDS.both);
    Terms {
        inclusion: AhoCorasick::new(&WORDS.inclusion).ok(),
        exclusion: AhoCorasick::new(&WORDS.exclusion).ok(),
        both: AhoCorasick::new(&WORDS.both).ok(),
        any: AhoCorasick::builder().ascii_case_insensitive(true).build(all).ok(),
    }
});

/// The marks of one telling word of each term.
static TERM_WORDS: LazyLock<HashSet<u32, BuildHasherDefault<MarkHasher>>> = LazyLock::new(|| {
    let terms = WORDS.inclusion.iter().chain(&WORDS.exclusion).chain(&WORDS.both);
    terms.filter_map(|term| telling(lex(term).all())).collect()
});

/// The first long word of a term ("exclude the participant"); of one without, its last that is not short.
fn telling(term: &[Token]) -> Option<u32> {
    let mut long = term.iter().filter(|token| token.end - token.start > SHORT);
    let word = long.next().or_else(|| term.iter().rfind(|token| token.end - token.start >= SHORT));
    word.map(|token| token.mark)
}

/// Shorter words tell nothing.
const SHORT: u32 = 4;

/// The places in a text where sections may be named: most paragraphs have none and need no further look.
#[derive(Debug)]
pub struct Names(Vec<usize>);

impl Names {
    /// Those of a text that was cut into `tokens`.
    pub fn of(text: &str, tokens: &Tokens) -> Self {
        let ascii = text.is_ascii();
        let mut places = tokens.folded().forward();
        let mut found = Vec::new();
        for (index, token) in tokens.all().iter().enumerate() {
            if token.kind != Kind::Word || token.end - token.start < SHORT {
                continue;
            }
            let part = |part: &str| TERM_WORDS.contains(&mark(part.as_bytes()));
            // What is written in another alphabet without blanks may hold a name.
            if TERM_WORDS.contains(&token.mark)
                || token.joined && tokens.text(index).split(['-', '\'']).any(part)
                || !ascii && !tokens.text(index).is_ascii()
            {
                found.push(places.raw(token.start as usize..token.end as usize).start);
            }
        }
        Self(found)
    }

    /// Whether one of them is where a heading would name its section that begins the words in a range.
    pub fn may_head(&self, words: Range<usize>) -> bool {
        let next = self.0.partition_point(|place| *place < words.start);
        let end = words.end.min(words.start + HEADING_BYTES);
        self.0.get(next).is_some_and(|place| *place < end)
    }
}

/// What a section's name within a paragraph has in it.
static STEMS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| [Finder::new("clusion"), Finder::new("CLUSION")]);

/// What a heading says about the items below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A section.
    Section(Section),
    /// Criteria of both kinds, or of a kind it does not name.
    Unnamed,
}

/// A heading found at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it opens.
    pub opens: Opens,
    /// Bytes of it; what follows in the paragraph is not heading.
    pub len: usize,
}

/// Longest heading, in words.
const HEADING_WORDS: usize = 14;
/// How far into a paragraph a heading's colon may stand, in bytes.
const HEADING_BYTES: usize = 200;

/// The section heading that `text` (a paragraph without its marker) begins with. `marked`: it carries a bullet or
/// number, so it must be more than a mention.
pub fn section(text: &str, marked: bool) -> Option<Found> {
    let head = prefix(text, HEADING_BYTES);
    // Most paragraphs name no section, and need not be folded to see that.
    if is_plain(head) && TERMS.any.as_ref().is_some_and(|any| !any.is_match(head)) {
        return None;
    }
    let folded = fold(head);
    let (title, len) = title(&folded);
    let colon = title.ends_with([':', '.']) && (title.ends_with(':') || len < text.len());
    let title_words = words(title).count();
    let (at, term_len, opens) = term(title)?;
    // "Adults who consent. Exclusion criteria: …": the sentence before it is a criterion.
    let before = title.get(..at)?.trim_end();
    if before.ends_with(['.', ';']) && words(before).count() > 1 {
        return None;
    }
    let starts = words(title.get(..at)?).count() <= 6;
    if colon {
        let begins = words(title.get(..at)?).count() <= if marked { 3 } else { HEADING_WORDS };
        // Most headings are short, and need not be gone through word by word.
        let plain = !marked && title_words <= HEADING_WORDS;
        let sentence = !plain && has_sentence_word(title);
        let long = title_words > if sentence { 30 } else { HEADING_WORDS };
        return (begins && !long && !(marked && sentence)).then_some(Found { opens, len });
    }
    let end = folded.raw(0..at + term_len).end;
    if at == 0 && !marked && title_words >= 7 && runs_on(head, end) {
        return Some(Found { opens, len: end });
    }
    // "Inclusion in another trial" is a criterion.
    let bare = marked && at == 0 && title_words > 1 && !title.get(..term_len)?.contains(' ');
    if bare {
        return None;
    }
    // "* Exclusion criteria in accordance with the product's label" is one too.
    let rest = words(title).count().saturating_sub(words(title.get(..term_len)?).count());
    if marked && at == 0 && rest > 5 {
        return None;
    }
    let whole = len == text.len() && title_words <= HEADING_WORDS && !title.ends_with([',', ';']);
    if whole && starts && !has_sentence_word(title) && (!marked || at == 0 || is_qualified(title, at)) {
        return Some(Found { opens, len });
    }
    // "Inclusion Criteria Age over 18 …" without a colon: the term itself is the heading if it is set like one.
    let set_off = head.get(..end)?.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase()));
    (at == 0 && !marked && term_len > 12 && set_off && title_words > 4).then_some(Found { opens, len: end })
}

/// "Exclusion criteria Patients with …": a sentence about people begins right behind the words at `end`.
fn runs_on(head: &str, end: usize) -> bool {
    let (Some(term), Some(rest)) = (head.get(..end), head.get(end..)) else { return false };
    let people = ["Patients ", "Subjects ", "Participants ", "Individuals ", "Women "];
    let rest = rest.trim_start();
    term.to_lowercase().ends_with("criteria") && people.iter().any(|word| rest.starts_with(word))
}

/// Signs of other alphabets that stand between words and hide none.
const SIGNS: &[char] = &['≥', '≤', '×', '°', '–', '—', '’', '“', '”', '•', '®', '™', '²', '³', '±', 'µ', 'μ'];

/// Whether a section's name would be found in a text without folding it.
fn is_plain(head: &str) -> bool {
    let hiding =
        || memchr::memchr3(b'\\', b'&', b'\t', head.as_bytes()).or(memchr::memchr(b'\r', head.as_bytes()));
    if head.is_ascii() && hiding().is_none() {
        return true;
    }
    let mut chars = head.chars().peekable();
    while let Some(ch) = chars.next() {
        let hides = match ch {
            // An escape before a sign hides no word.
            '\\' => chars.peek().is_none_or(|next| next.is_alphanumeric() || matches!(next, '_' | '-')),
            '&' | '\t' | '\r' => true,
            _ => !ch.is_ascii() && !SIGNS.contains(&ch),
        };
        if hides {
            return false;
        }
    }
    true
}

/// Whether only words like "key" or "main" stand before the term.
fn is_qualified(title: &str, at: usize) -> bool {
    let before = title.get(..at).unwrap_or_default();
    words(before)
        .all(|w| matches!(w, "key" | "main" | "major" | "general" | "specific" | "other" | "additional"))
}

/// Whether a paragraph is wholly in capitals and short: a heading by its look.
pub fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && text.len() <= 80 && !text.chars().any(char::is_lowercase) && words(text).count() >= 2
}

/// The older registry layout's label that `text` begins with (`Life expectancy:`), with its colon: its length.
pub fn label(text: &str) -> Option<usize> {
    let colon = prefix(text, 40).find(':')?;
    let name = text.get(..colon)?.trim().to_lowercase();
    WORDS.labels.contains(&name).then_some(colon + 1)
}

/// A section heading inside a paragraph ("… able to consent. Exclusion Criteria: pregnancy"): where it starts.
pub fn inside(text: &str) -> Option<usize> {
    if STEMS.iter().all(|stem| stem.find(text.as_bytes()).is_none()) {
        return None;
    }
    ["xclusion", "XCLUSION", "nclusion", "NCLUSION"]
        .iter()
        .filter_map(|needle| {
            let hit = memchr::memmem::find(text.as_bytes(), needle.as_bytes())?;
            let start = hit.checked_sub(1).filter(|start| *start > 0)?;
            let before = text.get(..start)?;
            let rest = text.get(start..)?;
            let set = rest.starts_with(|c: char| c.is_ascii_uppercase())
                && before.ends_with([' ', '.', ';', '\u{A0}']);
            // At the paragraph's end the colon may be missing: "… prior therapy. Exclusion Criteria".
            let ends = (rest.trim_end().len() <= 40).then(|| rest.trim_end().len());
            let colon = prefix(rest, 40).find([':', '：']).or(ends)?;
            let title = rest.get(..colon)?.to_lowercase();
            let term = WORDS.inclusion.iter().chain(&WORDS.exclusion).any(|t| *t == title.trim_end());
            let unmistakable = title.contains("criteria");
            let sentence_end = before.trim_end().ends_with(['.', ';', '-', ')', '。']);
            let stated = rest.get(colon..).is_some_and(|rest| rest.starts_with([':', '：']));
            (set && term && if stated { unmistakable || sentence_end } else { unmistakable && sentence_end })
                .then_some(start)
        })
        .min()
}

/// The first words that name a section: where, how long, which.
fn term(title: &str) -> Option<(usize, usize, Opens)> {
    let exclusion = find_any(title, TERMS.exclusion.as_ref());
    let without = match exclusion {
        Some((at, len)) => blank_out(title, at, len),
        None => title.to_owned(),
    };
    let inclusion = find_any(&without, TERMS.inclusion.as_ref());
    let both = find_any(&without, TERMS.both.as_ref());
    match (inclusion, exclusion, both) {
        // "Inclusion Criteria: … will be excluded" names its section first; "inclusion/exclusion" names none.
        (Some(i), Some(e), _) if e.0.abs_diff(i.0 + i.1) <= 5 => Some((i.0, i.1, Opens::Unnamed)),
        // "To be eligible, patients should not meet …" shuts out.
        (Some(_), Some(e), _) if title.get(e.0..e.0 + e.1).is_some_and(|t| t.ends_with("not meet")) => {
            Some((e.0, e.1, Opens::Section(Section::Exclusion)))
        }
        (Some(i), Some(e), _) if i.0 < e.0 => Some((i.0, i.1, Opens::Section(Section::Inclusion))),
        (_, Some(e), Some(b)) if b.0 < e.0 => Some((b.0, b.1, Opens::Unnamed)),
        (_, Some((at, len)), _) => Some((at, len, Opens::Section(Section::Exclusion))),
        (Some((at, len)), None, _) => Some((at, len, Opens::Section(Section::Inclusion))),
        (None, None, Some((at, len))) => Some((at, len, Opens::Unnamed)),
        (None, None, None) => None,
    }
}

fn blank_out(title: &str, at: usize, len: usize) -> String {
    let mut out = title.to_owned();
    if title.is_char_boundary(at) && title.is_char_boundary(at + len) {
        out.replace_range(at..at + len, &" ".repeat(len));
    }
    out
}

/// The first of the phrases that stands in `title` as whole words, and the longest of those: where, and how long.
fn find_any(title: &str, phrases: Option<&AhoCorasick>) -> Option<(usize, usize)> {
    phrases?
        .find_overlapping_iter(title)
        .map(|hit| (hit.start(), hit.len()))
        .filter(|(at, len)| is_whole(title, *at, *len))
        .min_by_key(|(at, len)| (*at, std::cmp::Reverse(*len)))
}

fn is_whole(title: &str, at: usize, len: usize) -> bool {
    let before = title.get(..at).and_then(|t| t.chars().next_back());
    let after = title.get(at + len..).and_then(|t| t.chars().next());
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    free(before) && free(after)
}

/// The part of a folded head that can be a title: up to and with its first colon, else all of its first line.
/// With it the raw bytes it covers.
fn title(folded: &Folded) -> (&str, usize) {
    let text = folded.text();
    let text_end = text.find('\n').unwrap_or(text.len());
    let line = text.get(..text_end).unwrap_or(text);
    let end = line.find(':').map_or_else(|| stop_after_criteria(line).unwrap_or(text_end), |colon| colon + 1);
    let title = text.get(..end).unwrap_or(text);
    let raw = if end == 0 { 0 } else { folded.raw(0..end).end };
    (title, raw)
}

/// "Inclusion criteria. Age over 18. …": a stop does a colon's work.
fn stop_after_criteria(line: &str) -> Option<usize> {
    let stop = line.find(". ")?;
    let title = line.get(..stop)?;
    ((title.ends_with("criteria") || title.ends_with("criterion")) && words(title).count() <= 4)
        .then_some(stop + 1)
}

fn has_sentence_word(title: &str) -> bool {
    words(title).any(|word| WORDS.sentence.iter().any(|s| s == word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'')).filter(|w| !w.is_empty())
}

/// The longest prefix of at most `bytes` bytes.
fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        toml::from_str::<Words>(TABLE).expect("a sound table");
    }
}
