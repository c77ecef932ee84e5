//! One outcome taken apart: its pieces between `, `, its words, and what can be counted in any run of pieces.

use std::ops::{Range, Sub};

use super::words::WORDS;

/// Words beyond which a piece is no longer an item of a list.
const SHORT_PIECE: usize = 4;
/// Share of words of time below which a piece is plain text.
const PLAIN_SHARE: f32 = 0.6;

/// What kind of character stands at an edge of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A capital letter.
    Capital,
    /// Any other letter.
    Letter,
    /// A digit.
    Digit,
    /// A full stop.
    Stop,
    /// A closing bracket.
    Close,
    /// Anything else, and nothing.
    Other,
}

impl Edge {
    /// The kind of a character.
    pub fn of(ch: Option<char>) -> Self {
        match ch {
            Some('.' | '。') => Self::Stop,
            Some(')' | ']' | '}' | '）') => Self::Close,
            Some(c) if c.is_uppercase() => Self::Capital,
            Some(c) if c.is_alphabetic() => Self::Letter,
            Some(c) if c.is_numeric() => Self::Digit,
            _ => Self::Other,
        }
    }
}

/// Counts over a run of pieces.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Words, numbers and signs.
    pub tokens: u32,
    /// Of them, numbers, signs and words of time.
    pub time: u32,
    /// Pieces with few words of time.
    pub plain_pieces: u32,
    /// Pieces with a length or point of time (`6 weeks`, `week 6`).
    pub durations: u32,
    /// Sentences that begin inside a piece.
    pub sentences: u32,
    /// Round brackets opened minus closed.
    pub brackets: i32,
    /// Pieces that begin with a capital.
    pub capitals: u32,
    /// Pieces that begin with a capital outside of brackets.
    pub open_capitals: u32,
    /// Pieces of a few words.
    pub short_pieces: u32,
    /// Words of four letters and more.
    pub long_words: u32,
    /// Of them, those with a capital.
    pub long_capitals: u32,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.tokens += other.tokens;
        self.time += other.time;
        self.plain_pieces += other.plain_pieces;
        self.durations += other.durations;
        self.sentences += other.sentences;
        self.brackets += other.brackets;
        self.capitals += other.capitals;
        self.open_capitals += other.open_capitals;
        self.short_pieces += other.short_pieces;
        self.long_words += other.long_words;
        self.long_capitals += other.long_capitals;
    }

    /// Share of words of time, 0 to 1.
    pub fn time_share(&self) -> f32 {
        if self.tokens == 0 { 0.0 } else { self.time as f32 / self.tokens as f32 }
    }

    /// Share of capitals among the longer words, 0 to 1; nothing without such words.
    pub fn title_share(&self) -> Option<f32> {
        (self.long_words > 0).then(|| self.long_capitals as f32 / self.long_words as f32)
    }
}

impl Sub for Counts {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            tokens: self.tokens - other.tokens,
            time: self.time - other.time,
            plain_pieces: self.plain_pieces - other.plain_pieces,
            durations: self.durations - other.durations,
            sentences: self.sentences - other.sentences,
            brackets: self.brackets - other.brackets,
            capitals: self.capitals - other.capitals,
            open_capitals: self.open_capitals - other.open_capitals,
            short_pieces: self.short_pieces - other.short_pieces,
            long_words: self.long_words - other.long_words,
            long_capitals: self.long_capitals - other.long_capitals,
        }
    }
}

/// The text between two commas.
#[derive(Clone, Debug)]
struct Piece {
    bytes: Range<usize>,
    tokens: Range<usize>,
    /// Brackets of any kind that are open where it begins.
    depth: u32,
}

/// One outcome.
#[derive(Clone, Debug)]
pub struct Item<'t> {
    text: &'t str,
    /// The text with ASCII letters in lower case: the same bytes otherwise.
    lower: String,
    tokens: Vec<Range<usize>>,
    pieces: Vec<Piece>,
    /// Counts over the first 0, 1, 2, … pieces.
    sums: Vec<Counts>,
}

impl<'t> Item<'t> {
    /// Takes an outcome apart. Linear in its length.
    pub fn new(text: &'t str) -> Self {
        let mut item = Self {
            text,
            lower: text.to_ascii_lowercase(),
            tokens: Vec::new(),
            pieces: Vec::new(),
            sums: vec![Counts::default()],
        };
        let mut start = 0;
        let mut depth = 0;
        for end in text.match_indices(", ").map(|(at, _)| at).chain([text.len()]) {
            depth = item.push(start..end, depth);
            start = end + 2;
        }
        item
    }

    /// Adds a piece; gives the brackets open at its end.
    fn push(&mut self, bytes: Range<usize>, depth: u32) -> u32 {
        let text = self.text;
        let piece = text.get(bytes.clone()).unwrap_or_default();
        let first = self.tokens.len();
        self.tokens.extend(tokens(piece).map(|token| token.start + bytes.start..token.end + bytes.start));
        self.pieces.push(Piece { bytes, tokens: first..self.tokens.len(), depth });
        let counts = self.count(self.pieces.len() - 1, piece);
        let mut sum = self.sums.last().copied().unwrap_or_default();
        sum.add(&counts);
        self.sums.push(sum);
        depth_after(piece, depth)
    }

    fn count(&self, at: usize, piece: &str) -> Counts {
        let words: Vec<&str> = self.words(at..at + 1).collect();
        let time = words.iter().filter(|word| is_time(word)).count();
        let capital = self.leading(at) == Edge::Capital;
        let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 3;
        let raw = piece.split(|c: char| !c.is_alphanumeric()).filter(long);
        let (mut long_words, mut long_capitals) = (0, 0);
        for word in raw {
            long_words += 1;
            long_capitals += u32::from(word.starts_with(char::is_uppercase));
        }
        let mut counts = Counts {
            tokens: words.len() as u32,
            time: time as u32,
            durations: u32::from(has_duration(&words)),
            sentences: sentences(piece),
            brackets: piece.matches('(').count() as i32 - piece.matches(')').count() as i32,
            capitals: u32::from(capital),
            open_capitals: u32::from(capital && self.depth(at) == 0),
            short_pieces: u32::from(words.len() <= SHORT_PIECE),
            long_words,
            long_capitals,
            ..Counts::default()
        };
        counts.plain_pieces = u32::from(counts.time_share() < PLAIN_SHARE);
        counts
    }

    /// How many pieces; at least one.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// The text of a run of pieces.
    pub fn text(&self, run: Range<usize>) -> &'t str {
        self.text.get(self.bytes(run)).unwrap_or_default()
    }

    /// The same in lower case, as far as ASCII goes.
    pub fn lower(&self, run: Range<usize>) -> &str {
        self.lower.get(self.bytes(run)).unwrap_or_default()
    }

    fn bytes(&self, run: Range<usize>) -> Range<usize> {
        let Some(last) = run.end.checked_sub(1).filter(|last| *last >= run.start) else { return 0..0 };
        match (self.pieces.get(run.start), self.pieces.get(last)) {
            (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
            _ => 0..0,
        }
    }

    /// Counts over a run of pieces.
    pub fn counts(&self, run: Range<usize>) -> Counts {
        match (self.sums.get(run.start), self.sums.get(run.end)) {
            (Some(before), Some(all)) if run.start <= run.end => *all - *before,
            _ => Counts::default(),
        }
    }

    /// Words, numbers and signs of a run of pieces, in lower case; the commas between the pieces are left out.
    pub fn words(&self, run: Range<usize>) -> impl Iterator<Item = &str> {
        let first = self.pieces.get(run.start).map_or(0, |piece| piece.tokens.start);
        let last = run.end.checked_sub(1).and_then(|last| self.pieces.get(last));
        let last = last.map_or(first, |piece| piece.tokens.end);
        let tokens = self.tokens.get(first..last).unwrap_or_default();
        tokens.iter().map(|token| self.lower.get(token.clone()).unwrap_or_default())
    }

    /// The first so many words of the text from a piece on, with what stands between them.
    pub fn opening(&self, piece: usize, words: usize) -> &str {
        let Some(first) = self.pieces.get(piece).map(|piece| piece.tokens.start) else { return "" };
        let tokens = self.tokens.get(first..).unwrap_or_default();
        match (tokens.first(), tokens.iter().take(words).next_back()) {
            (Some(first), Some(last)) => self.lower.get(first.start..last.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// Brackets that are open where a piece begins.
    pub fn depth(&self, piece: usize) -> u32 {
        self.pieces.get(piece).map_or(0, |piece| piece.depth)
    }

    /// The character that a piece begins with.
    pub fn leading(&self, piece: usize) -> Edge {
        Edge::of(self.text(piece..piece + 1).chars().next())
    }

    /// The character that a piece ends with.
    pub fn trailing(&self, piece: usize) -> Edge {
        Edge::of(self.text(piece..piece + 1).chars().next_back())
    }
}

/// Runs of letters, runs of digits, single signs.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| !c.is_whitespace())?;
        let mut end = start + first.len_utf8();
        let belongs = |c: char| match () {
            () if first.is_alphabetic() => c.is_alphabetic(),
            () if first.is_ascii_digit() => c.is_ascii_digit(),
            () => false,
        };
        while let Some((at, c)) = chars.next_if(|(_, c)| belongs(*c)) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

fn is_time(word: &str) -> bool {
    !word.starts_with(char::is_alphabetic) || WORDS.is_time(word)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || WORDS.is_number(word)
}

/// A unit of time with a number on either side.
fn has_duration(words: &[&str]) -> bool {
    let after = words.windows(2).any(|pair| matches!(pair, [a, b] if is_number(a) && WORDS.is_unit(b)));
    let before = words.windows(2).any(
        |pair| matches!(pair, [a, b] if WORDS.is_unit(a) && b.starts_with(|c: char| c.is_ascii_digit())),
    );
    after || before
}

/// How often a capital follows a stop, a semicolon or a colon and a blank.
fn sentences(text: &str) -> u32 {
    let mut count = 0;
    let mut last = [' '; 2];
    for ch in text.chars() {
        let [before, blank] = last;
        count += u32::from(ch.is_uppercase() && blank.is_whitespace() && matches!(before, '.' | ';' | ':'));
        last = [blank, ch];
    }
    count
}

fn depth_after(text: &str, depth: u32) -> u32 {
    text.chars().fold(depth, |depth, c| match c {
        '(' | '[' | '{' | '（' => depth + 1,
        ')' | ']' | '}' | '）' => depth.saturating_sub(1),
        _ => depth,
    })
}
