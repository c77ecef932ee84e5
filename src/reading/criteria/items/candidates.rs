//! Places within a line where a list's next item may begin.

use super::heading::WORDS;
use super::marker::{self, Alphabet, Marks, Ordinal, Punctuation, Style};

/// A place within a line where a list's next item may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its first byte.
    pub at: usize,
    /// Its marker.
    pub marks: Marks,
    /// Its number; 0 for a bullet.
    pub ordinal: Ordinal,
    /// The line begins here, or a stop, colon or semicolon stands before it.
    pub after_stop: bool,
    /// The word before it is one that a number belongs to (`grade 2.`).
    after_number_word: bool,
    /// Words of a new sentence or clause follow.
    pub opens: bool,
}

impl Candidate {
    /// Whether it may be an item when its number is the awaited one.
    pub fn fits(&self) -> bool {
        let sure =
            matches!(self.ordinal.style.1, Punctuation::Parens | Punctuation::Close | Punctuation::Comma);
        let circled = self.ordinal.style.0 == Alphabet::Circled;
        self.is_bullet() || circled || self.after_stop || (sure || self.opens) && !self.after_number_word
    }

    /// Whether it is a bullet, not a number.
    pub fn is_bullet(&self) -> bool {
        self.ordinal.value == 0
    }
}

/// Every place where a number or a sure bullet stands that may begin an item. `awaited` makes letters worth a look.
pub(super) fn candidates(text: &str, awaited: &[(Style, u32)]) -> Vec<Candidate> {
    let mut found = Vec::new();
    if !may_hold(text) {
        return found;
    }
    let mut depth = 0_i32;
    let mut previous = ' ';
    let mut at = 0;
    loop {
        // What is left of a word holds nothing.
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if word > 0 && (!opens_word(previous) || word > 1 && is_plain_word(rest)) {
            at += word;
            previous = 'a';
            continue;
        }
        let Some(ch) = text.get(at..).and_then(|t| t.chars().next()) else { break };
        if opens_word(previous) && may_begin(ch) && !is_plain_word(rest) {
            let before = text.get(..at).unwrap_or_default().trim_end();
            if let Some(candidate) = candidate(text, at, depth, before, awaited) {
                let step = candidate.marks.len.max(1);
                previous = text.get(..at + step).and_then(|t| t.chars().next_back()).unwrap_or(' ');
                at += step;
                found.push(candidate);
                continue;
            }
        }
        match ch {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = (depth - 1).max(0),
            _ => {}
        }
        previous = ch;
        at += ch.len_utf8();
    }
    found
}

/// Characters beyond ASCII that often stand in criteria and neither count nor close anything.
const HARMLESS: &[char] = &['≥', '≤', '×', '°', '–', '—', '’', '“', '”', '®', '™', '²', '³', '±', 'µ', 'μ'];

/// Whether a number or a bullet may stand in a text at all. Most items hold none, and their signs say so: a number is
/// closed by a stop or a bracket right behind it, and something follows.
fn may_hold(text: &str) -> bool {
    let bytes = text.trim_end().as_bytes();
    let closes = |at: usize| {
        let mut before = bytes.get(..at).unwrap_or_default();
        before = before.strip_suffix(b"\\").unwrap_or(before);
        before = before.strip_suffix(b" ").unwrap_or(before);
        match before {
            // "1.5" counts nothing.
            [.., digit] if digit.is_ascii_digit() => {
                bytes.get(at) != Some(&b'.') || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            }
            [.., b'i' | b'v' | b'x' | b'I' | b'V' | b'X'] => true,
            [.., left, letter] => letter.is_ascii_alphabetic() && !left.is_ascii_alphanumeric(),
            [letter] => letter.is_ascii_alphabetic(),
            [] => false,
        }
    };
    memchr::memchr3_iter(b'.', b')', b']', bytes).any(|at| at + 1 < bytes.len() && closes(at))
        || !text.is_ascii() && text.chars().any(|ch| !ch.is_ascii() && !HARMLESS.contains(&ch))
}

/// Signs after which an item may begin.
fn opens_word(previous: char) -> bool {
    previous.is_whitespace()
        || matches!(previous, '.' | ';' | ',' | ':' | '，' | '；' | '。' | '：' | '、' | ')' | '）')
}

/// Whether a word of letters begins here that counts nothing: not a single letter before a sign, no Roman number.
fn is_plain_word(rest: &[u8]) -> bool {
    let letters = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphabetic()).count();
    match letters {
        0 => false,
        1 => {
            let sign = |at: usize| rest.get(at).is_some_and(|byte| matches!(byte, b' ' | b',' | b';'));
            sign(1)
                && !rest.get(2).is_some_and(|byte| matches!(byte, b')' | b'.' | b'\\') || !byte.is_ascii())
        }
        _ => !rest.iter().take(letters).all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x')),
    }
}

fn may_begin(ch: char) -> bool {
    ch.is_ascii_alphanumeric()
        || matches!(ch, '(' | '（' | '\\' | '[')
        || (!ch.is_ascii() && !ch.is_alphabetic() || "一二三四五六七八九十".contains(ch))
}

fn candidate(text: &str, at: usize, depth: i32, before: &str, awaited: &[(Style, u32)]) -> Option<Candidate> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if marker::is_bullet(first) {
        return bullet_candidate(rest, at, before);
    }
    let (mut ordinal, len) = marker::ordinal(rest)?;
    // A number further on in a list that this line goes on with.
    let counts = |own: &(Style, u32)| awaited.iter().any(|(style, next)| *style == own.0 && *next <= own.1);
    if let Some((style, value)) = ordinal.other.filter(|other| counts(other) || other.1 == 1) {
        (ordinal.style, ordinal.value) = (style, value);
    }
    let after = rest.get(len..)?;
    let next = after.trim_start().chars().next()?;
    let spaced = after.starts_with(char::is_whitespace);
    let closes_bracket = ordinal.style.1 == Punctuation::Close && depth > 0;
    let shape_fits = match ordinal.style {
        (Alphabet::Outline(_), _) | (_, Punctuation::None | Punctuation::Dash | Punctuation::Colon)
            if ordinal.style.0 != Alphabet::Circled =>
        {
            false
        }
        // "5. Pregnancy; 6.tumor patients": the number that the list goes on with.
        (Alphabet::Decimal, Punctuation::Dot) => {
            let goes_on = || before.ends_with([';', '；']) && counts(&(ordinal.style, ordinal.value));
            spaced && !next.is_ascii_digit() || next.is_uppercase() || next.is_alphabetic() && goes_on()
        }
        // "a.Neutrophils …; b.Platelets …": the letter that the list goes on with.
        (Alphabet::Lower, Punctuation::Dot) => {
            spaced || next.is_uppercase() && counts(&(ordinal.style, ordinal.value))
        }
        (_, Punctuation::Dot) => spaced,
        _ => true,
    };
    if closes_bracket || !shape_fits || ordinal.value > 60 {
        return None;
    }
    let last_word = last_word(before);
    let blank = after.len() - after.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']).len();
    Some(Candidate {
        at,
        marks: Marks { bullet: None, ordinal: Some(ordinal), len: len + blank, bullet_len: 0 },
        ordinal,
        after_stop: before.is_empty()
            || before.ends_with(['.', ';', ':', ',', '；', '。', '：', '，', '、', ')', '）']),
        after_number_word: WORDS.number_words.contains(&last_word)
            || last_word.ends_with(['<', '>', '≥', '≤', '=']),
        opens: next.is_uppercase() || (!next.is_ascii() && next.is_alphabetic()),
    })
}

/// The word that ends `text`, in lower case; long ones only in part.
fn last_word(text: &str) -> String {
    let tail: Vec<char> = text.chars().rev().take_while(|c| !c.is_whitespace()).take(16).collect();
    tail.into_iter().rev().flat_map(char::to_lowercase).collect()
}

/// A bullet sign in the middle of a line, set off by a blank and followed by words.
fn bullet_candidate(rest: &str, at: usize, before: &str) -> Option<Candidate> {
    let marks = marker::read(rest);
    let glyph = marks.bullet?;
    let sure = matches!(glyph, '•' | '●' | '▪' | '■' | '➢' | '◆' | '\u{F0B7}');
    let words = rest.get(marks.len..)?.starts_with(char::is_alphabetic) || marks.ordinal.is_some();
    let style = (Alphabet::Circled, Punctuation::Comma);
    (sure && words && !before.is_empty()).then_some(Candidate {
        at,
        ordinal: Ordinal { style, value: 0, other: None, weak: false, digits: (0, 0) },
        marks,
        after_stop: true,
        after_number_word: false,
        opens: true,
    })
}
