//! Paragraphs → segments: one heading or one item each, in the text's order, not yet nested.
//!
//! Takes headings off the paragraphs they run into, and takes lists apart that run on within a line.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::candidates::{Candidate, candidates};
use super::heading::{self, Names, Opens};
use super::lines::Paragraph;
use super::marker::{self, Alphabet, Marks, Ordinal, Punctuation, Style};
use super::running;
use crate::reading::hash::WordHasher;

/// What a segment is, as far as its own words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading that opens a section.
    Section(Opens),
    /// A heading within a section.
    Heading,
    /// Anything else.
    Item,
}

/// One heading or item.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// All of its bytes.
    pub span: Range<usize>,
    /// Where its own words begin, after bullet and number.
    pub body: usize,
    /// Bytes at its end that are not its words: empty bullets, rulers.
    pub trailing: usize,
    /// Columns of blanks before its line.
    pub indent: usize,
    /// Whether an empty line stands before it.
    pub after_blank: bool,
    /// Whether it continues a line that another segment began.
    pub inline: bool,
    /// Its bullet and number.
    pub marks: Marks,
    /// What it is.
    pub kind: Kind,
}

impl Segment {
    /// Its words, marker taken off.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.body..self.span.end - self.trailing).unwrap_or_default()
    }

    /// Its number, if it has one.
    pub fn ordinal(&self) -> Option<Ordinal> {
        self.marks.ordinal
    }
}

/// Cuts paragraphs into segments.
pub fn segments(text: &str, names: &Names, paragraphs: &[Paragraph]) -> Vec<Segment> {
    let mut found = Vec::with_capacity(paragraphs.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let list_follows = || {
            paragraphs.get(index + 1).is_some_and(|next| {
                let marks = marker::read(text.get(next.span.clone()).unwrap_or_default());
                marks.bullet.is_some() || marks.ordinal.is_some_and(|o| o.value == 1)
            })
        };
        cut_headings(text, names, paragraph, list_follows, &mut found);
    }
    let mut found = confirm(text, found);
    // "I. one. II. two": a list goes on within its line in the alphabet it began in.
    resolve_letters(&mut found);
    let mut found = inline_lists(text, found);
    resolve_letters(&mut found);
    running::take_apart(text, found)
}

/// How many headings are looked for in one paragraph.
const MOST_HEADINGS: usize = 32;

/// Takes section headings off a paragraph, before and within it.
fn cut_headings(
    text: &str,
    names: &Names,
    paragraph: &Paragraph,
    list_follows: impl Fn() -> bool,
    out: &mut Vec<Segment>,
) {
    let mut span = paragraph.span.clone();
    let mut inline = false;
    // Each turn takes one heading off. No honest paragraph has many.
    for _ in 0..MOST_HEADINGS {
        if span.is_empty() {
            return;
        }
        let mut segment = segment(text, span.clone(), paragraph, inline);
        let words = segment.words(text);
        let marked = segment.marks.bullet.is_some() || segment.marks.ordinal.is_some();
        let found =
            names.may_head(segment.body..segment.span.end).then(|| heading::section(words, marked)).flatten();
        if let Some(found) = found.filter(|found| found.len > 0) {
            let end = segment.body + found.len;
            segment.span.end = end;
            segment.kind = Kind::Section(found.opens);
            out.push(segment);
            span = trimmed(text, end..span.end);
            if is_title(text.get(span.clone()).unwrap_or_default()) && list_follows() {
                out.push(Segment { kind: Kind::Heading, ..self::segment(text, span, paragraph, true) });
                return;
            }
        } else if let Some(at) = heading::inside(words) {
            let end = segment.body + at;
            segment.span = trimmed(text, span.start..end);
            out.push(segment);
            span = trimmed(text, end..span.end);
        } else if let Some(len) = heading::label(words).filter(|_| !marked) {
            segment.span.end = segment.body + len;
            segment.kind = Kind::Heading;
            span = trimmed(text, segment.span.end..span.end);
            out.push(segment);
        } else {
            out.push(segment);
            return;
        }
        inline = true;
    }
    out.push(segment(text, span, paragraph, true));
}

/// What follows a heading's colon and names the group or says that all must hold, before a list.
fn is_title(rest: &str) -> bool {
    let marks = marker::read(rest);
    let marked = marks.bullet.is_some() || marks.ordinal.is_some();
    let short = rest.split_whitespace().count() <= 12 && !rest.ends_with(['.', ';', ',']);
    !rest.is_empty() && !marked && (rest.ends_with([':', '：']) || short)
}

fn segment(text: &str, span: Range<usize>, paragraph: &Paragraph, inline: bool) -> Segment {
    let marks = marker::read(text.get(span.clone()).unwrap_or_default());
    Segment {
        body: span.start + marks.len,
        trailing: 0,
        span,
        indent: paragraph.indent,
        after_blank: paragraph.after_blank,
        inline,
        marks,
        kind: Kind::Item,
    }
}

pub(super) fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let Some(slice) = text.get(span.clone()) else { return span };
    let start = span.start + (slice.len() - slice.trim_start().len());
    let end = (span.start + slice.trim_end().len()).max(start);
    start..end
}

/// Numbers, each as its list writes it.
type Numbers = HashSet<(Style, u32), BuildHasherDefault<WordHasher>>;

/// Drops numbers that are none: a weak one stands only if its list has a neighbour of it.
fn confirm(text: &str, mut segments: Vec<Segment>) -> Vec<Segment> {
    let mut seen = Numbers::default();
    for segment in &segments {
        seen.extend(segment.ordinal().into_iter().flat_map(readings));
    }
    // "a. one b. two" in one line has its neighbour there.
    for segment in &mut segments {
        let Some(ordinal) = segment.ordinal().filter(|o| o.weak) else { continue };
        let held = readings(ordinal).any(|(style, value)| {
            value < 100
                && (seen.contains(&(style, value + 1)) || value > 1 && seen.contains(&(style, value - 1)))
        });
        let follows = || {
            let next: Vec<(Style, u32)> =
                readings(ordinal).map(|(style, value)| (style, value + 1)).collect();
            // Not "U.S. residents": the next letter, not just any.
            let counts_on =
                |c: &Candidate| ordinal.value == 1 || next.contains(&(c.ordinal.style, c.ordinal.value));
            ordinal.style.1 != Punctuation::None
                && candidates(segment.words(text), &next).iter().any(counts_on)
        };
        if !held && !follows() {
            segment.marks.ordinal = None;
            segment.body = segment.span.start + segment.marks.bullet_len;
            segment.marks.len = segment.marks.bullet_len;
        }
    }
    segments
}

/// Both readings of a number that may be a letter or Roman.
fn readings(ordinal: Ordinal) -> impl Iterator<Item = (Style, u32)> {
    std::iter::once((ordinal.style, ordinal.value)).chain(ordinal.other)
}

/// Decides between letter and Roman reading: by what the lists so far expect, else Roman for a first `i`.
fn resolve_letters(segments: &mut [Segment]) {
    let mut expected = Numbers::default();
    for segment in segments {
        if matches!(segment.kind, Kind::Section(_)) {
            expected.clear();
        }
        let Some(ordinal) = &mut segment.marks.ordinal else { continue };
        if let Some((style, value)) = ordinal.other {
            let letter = expected.contains(&(ordinal.style, ordinal.value));
            if !letter && (value == 1 || expected.contains(&(style, value))) {
                (ordinal.style, ordinal.value) = (style, value);
            }
        }
        expected.insert((ordinal.style, ordinal.value + 1));
    }
}

/// Takes apart lists that run on within a line: "… 1) one 2) two", or "… 9. the next number of the outer list".
fn inline_lists(text: &str, segments: Vec<Segment>) -> Vec<Segment> {
    let later = Later::new(&segments);
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    let mut expected = Expected::default();
    let mut bullets = 0;
    for (index, mut segment) in segments.into_iter().enumerate() {
        let following = Following { later: &later, index, written: None };
        if matches!(segment.kind, Kind::Section(_)) {
            expected = Expected::default();
        }
        let mut written = None;
        if let Some(ordinal) = &mut segment.marks.ordinal {
            let style = expected.style(*ordinal);
            written = (style != ordinal.style).then_some(ordinal.style);
            ordinal.style = style;
            expected.saw(ordinal.style, ordinal.value);
        }
        let following = Following { written, ..following };
        if segment.kind != Kind::Item {
            bullets = 0;
            out.push(segment);
            continue;
        }
        if segment.marks.bullet.is_some() && segment.indent == 0 {
            bullets += 1;
            let last = if segment.ordinal().is_none() { counts_on(text, &segment, bullets) } else { None };
            if let Some(last) = last {
                expected.saw(NUMBERED, last);
                let (bullet, first) = (segment.marks.bullet, out.len() + 1);
                split_inline(text, segment, following, &mut expected, &mut out);
                // They are the bullets' list, not one within the bullet.
                out.iter_mut().skip(first).for_each(|part| part.marks.bullet = bullet);
                continue;
            }
        }
        split_inline(text, segment, following, &mut expected, &mut out);
    }
    out
}

/// `7. `
const NUMBERED: Style = (Alphabet::Decimal, Punctuation::Dot);

/// A list whose numbers became bullets, but for its last items ("* … 7. the next 8. and the next" as sixth bullet):
/// both of the next two numbers stand in the item, in order. The number before them.
fn counts_on(text: &str, segment: &Segment, bullets: u32) -> Option<u32> {
    // Most items hold no number with a point behind it.
    let bytes = segment.words(text).as_bytes();
    let pointed = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    if !memchr::memchr_iter(b'.', bytes).any(pointed) {
        return None;
    }
    let found = candidates(segment.words(text), &[]);
    let numbered = |c: &&Candidate| c.ordinal.style == NUMBERED && c.fits();
    // "* one; 3. two; 4. three; 5. four": some numbers were lost.
    let later = found.iter().filter(numbered).find(|c| c.ordinal.value > 1 && c.after_stop);
    let later = later.map_or(bullets + 1, |c| c.ordinal.value);
    let counted = |first: u32| {
        let awaited = |next: u32, c: &Candidate| if c.ordinal.value == next { next + 1 } else { next };
        found.iter().filter(numbered).fold(first, awaited) - first
    };
    let own = (counted(bullets + 1) > 1).then_some(bullets);
    own.or_else(|| (counted(later) > 2).then(|| later - 1))
}

/// Where each style's numbers stand, and where sections begin.
#[derive(Debug, Default)]
struct Later {
    numbers: HashMap<Style, Vec<(usize, u32)>, BuildHasherDefault<WordHasher>>,
    sections: Vec<usize>,
}

impl Later {
    fn new(segments: &[Segment]) -> Self {
        let mut later = Self::default();
        for (index, segment) in segments.iter().enumerate() {
            if matches!(segment.kind, Kind::Section(_)) {
                later.sections.push(index);
            }
            if let Some(ordinal) = segment.ordinal() {
                later.numbers.entry(ordinal.style).or_default().push((index, ordinal.value));
            }
        }
        later
    }
}

/// The numbers on the lines behind one segment, within its section.
#[derive(Clone, Copy)]
struct Following<'a> {
    later: &'a Later,
    index: usize,
    /// How the line's own number is written, where it goes on with a list of another punctuation.
    written: Option<Style>,
}

impl Following<'_> {
    /// The next number of a style.
    fn next(&self, style: Style) -> Option<u32> {
        let numbers = self.later.numbers.get(&style)?;
        let (at, value) = numbers.get(numbers.partition_point(|(at, _)| *at <= self.index))?;
        let sections = &self.later.sections;
        let section = sections.get(sections.partition_point(|start| *start <= self.index));
        section.is_none_or(|start| at <= start).then_some(*value)
    }
}

/// The numbers that lists begun so far would go on with, innermost last.
#[derive(Debug, Default)]
struct Expected(Vec<(Style, u32)>);

impl Expected {
    /// "7. …, 8) …" over "9) …": a number that only goes on with a list of another punctuation is that list's.
    fn style(&self, ordinal: Ordinal) -> Style {
        let (alphabet, _) = ordinal.style;
        let own = self.0.iter().any(|(style, _)| *style == ordinal.style);
        let counted = alphabet == Alphabet::Decimal && ordinal.value > 1 && !ordinal.weak && !own;
        // "14. …" over "16) …": one was lost.
        let follows = |next: u32| ordinal.value == next || next > 2 && ordinal.value == next + 1;
        let other = self.0.iter().rev().find(|((of, _), next)| *of == alphabet && follows(*next));
        other.filter(|_| counted).map_or(ordinal.style, |(style, _)| *style)
    }

    fn saw(&mut self, style: Style, value: u32) {
        if let Some(at) = self.0.iter().rposition(|(s, next)| *s == style && *next == value) {
            self.0.truncate(at + 1);
            if let Some(last) = self.0.last_mut() {
                last.1 = value + 1;
            }
        } else {
            if value > 1 {
                self.0.retain(|(s, _)| *s != style);
            }
            self.0.push((style, value + 1));
            // Lists nest a few levels deep; more are lists that have ended.
            if self.0.len() > 8 {
                self.0.remove(0);
            }
        }
    }
}

/// Whether a place within a line begins a sister of the line's bullet: a number with a bullet given to it.
fn is_sister(cut: &Candidate) -> bool {
    cut.marks.bullet.is_some() && cut.ordinal.style.0 == Alphabet::Circled
}

fn split_inline(
    text: &str,
    segment: Segment,
    following: Following<'_>,
    expected: &mut Expected,
    out: &mut Vec<Segment>,
) {
    let base = segment.body;
    let mut found = candidates(segment.words(text), &expected.0);
    for candidate in &mut found {
        // A digit and a bracket in running words are a number of the outer list only where the next line goes on so.
        let goes_on = following.next(candidate.ordinal.style) == Some(candidate.ordinal.value + 1);
        // "4) one 5) two" behind "3.": the line's own way to write them.
        let own = following.written == Some(candidate.ordinal.style);
        if (candidate.after_stop || candidate.opens) && (goes_on || own) {
            candidate.ordinal.style = expected.style(candidate.ordinal);
            candidate.marks.ordinal = Some(candidate.ordinal);
        }
    }
    let seconds: HashMap<Style, usize> = found
        .iter()
        .enumerate()
        .filter(|(_, c)| c.ordinal.value == 2 && c.fits())
        .map(|(index, c)| (c.ordinal.style, index))
        .collect();
    let mut cuts: Vec<Candidate> = Vec::new();
    for (index, candidate) in found.iter().enumerate() {
        let (style, value) = (candidate.ordinal.style, candidate.ordinal.value);
        let awaited = expected.0.iter().any(|(s, next)| *s == style && *next == value);
        // "1. Any of: 1. one; 2. two" over "2. …": the line's own list goes on with the next line, the other one in it.
        let own = segment.ordinal().is_some_and(|o| o.style == style && o.value + 1 == value);
        let within =
            own && cuts.last().is_some_and(|c| c.ordinal.style == style && c.ordinal.value + 1 == value);
        let later_line = value > 1 && following.next(style) == Some(value) && !within;
        let starts =
            value == 1 && candidate.after_stop && seconds.get(&style).is_some_and(|second| *second > index);
        // "* one * two; ③ three": the first circled numbers became bullets, and the others are the bullets' sisters.
        let lost = !awaited
            && style.0 == Alphabet::Circled
            && value > 1
            && candidate.after_stop
            && segment.ordinal().is_none();
        let sister = segment.marks.bullet.filter(|_| lost || cuts.last().is_some_and(is_sister));
        if (awaited && value > 1 && candidate.fits() && !later_line)
            || starts
            || candidate.is_bullet()
            || lost && sister.is_some()
        {
            expected.saw(style, value);
            let mut cut = *candidate;
            cut.marks.bullet = cut.marks.bullet.or(sister);
            cuts.push(cut);
        }
    }
    let mut rest = segment.span.end;
    let mut parts = Vec::with_capacity(cuts.len());
    for cut in cuts.iter().rev() {
        let start = base + cut.at;
        let span = trimmed(text, start..rest);
        parts.push(Segment {
            body: (start + cut.marks.len).min(span.end),
            span,
            trailing: 0,
            inline: true,
            after_blank: false,
            marks: cut.marks,
            kind: Kind::Item,
            indent: segment.indent,
        });
        rest = start;
    }
    let head = trimmed(text, segment.span.start..rest);
    if !head.is_empty() {
        out.push(Segment { body: segment.body.min(head.end), span: head, ..segment });
    }
    out.extend(parts.into_iter().rev());
}
