//! Signs that a column ends at a line, and that the last line is the detailed description.

use super::Rough;
use crate::formats::outcomes::{self, Cut, Edge, Item, Peers};
use crate::formats::plain_text::layout::Line;
use crate::formats::plain_text::lines::is_prose;
use crate::formats::weighing::{Seen, Signs, class, up_to, yes};

/// An outcome is not longer than this many bytes (the registry's own limits on its parts add up to a fifth of it),
const LONGEST: usize = 8 << 10;
/// nor than this many lines.
const MOST_LINES: usize = 64;
/// Classes of likelihoods.
const LIKELIHOODS: &[f32] = &[0.1, 0.3, 0.5, 0.7, 0.9, 0.98];
/// Classes of the share of words of time.
const SHARES: &[f32] = &[0.2, 0.4, 0.6, 0.8, 0.99];
/// Classes of lengths in words.
const LENGTHS: &[usize] = &[5, 10, 20, 40, 80, 160];
/// Classes of a time frame's length, and of a first clause's.
const SHORT_LENGTHS: &[usize] = &[2, 4, 8, 16, 32];

/// The lines after the interventions, and what their outcomes share.
pub struct Tail<'i, 't> {
    text: &'t str,
    lines: &'i [Line<'t>],
    peers: Peers<'i>,
    spaced: bool,
}

/// The outcomes of each line, as if a line were a column.
pub fn rough_items<'t>(lines: &[Line<'t>]) -> Rough<'t> {
    let texts = lines.iter().flat_map(|line| outcomes::separate(line.text));
    texts.filter(|text| text.len() <= LONGEST).map(Item::new).collect()
}

/// How likely a line on its own ends in a time frame.
pub fn ends_outcome(line: &str) -> f32 {
    let last = outcomes::separate(line).pop().unwrap_or_default();
    if last.len() > LONGEST { 0.0 } else { complete(&outcomes::cut(last)) }
}

impl<'i, 't> Tail<'i, 't> {
    /// The lines, with what the outcomes on them share.
    pub fn new(text: &'t str, lines: &'i [Line<'t>], peers: Peers<'i>) -> Self {
        Self { text, lines, peers, spaced: double_spaced(lines) }
    }

    /// The signs of the column that begins at line `column` ending at line `at`, after `before` other columns.
    pub fn end_signs(&self, at: usize, column: usize, before: usize) -> Signs<'t> {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return Vec::new();
        };
        let (outcome, lines) = self.outcome_at(at, column);
        let item = Item::new(outcome);
        let cut = outcomes::cut_among(&item, &self.peers);
        let mut signs = completeness(&item, &cut, &self.peers);
        let next_first = first_outcome(next.text);
        signs.extend([
            ("lines", up_to(4, lines)),
            ("columns_before", up_to(3, before)),
            ("adjacent", yes(self.adjacent(at))),
            ("line_lists", yes(line.text.contains('|'))),
            ("next_begins", Seen::Step(beginning(next.text))),
            ("next_lists", yes(next.text.contains('|'))),
            ("next_is_last", yes(at + 2 == self.lines.len())),
            ("next_is_prose", yes(is_prose(next.text))),
            ("next_is_complete", class(complete(&cut_alone(next_first)), LIKELIHOODS)),
            ("next_length", class(words(next_first), LENGTHS)),
        ]);
        signs
    }

    /// The signs of the last line being the detailed description.
    pub fn detail_signs(&self) -> Signs<'t> {
        let Some((last, before)) = self.lines.split_last() else { return Vec::new() };
        let text = last.text.get(..LONGEST).unwrap_or(last.text);
        let item = Item::new(text);
        let cut = outcomes::cut_among(&item, &self.peers);
        let first = text.split(", ").next().unwrap_or_default();
        let verb = first.split_whitespace().any(outcomes::is_verb);
        let mut signs = completeness(&item, &cut, &self.peers);
        signs.extend([
            ("lists", yes(outcomes::separate(text).len() > 1)),
            ("length", class(words(text), LENGTHS)),
            ("sentences", up_to(5, item.counts(0..item.pieces()).sentences)),
            ("first_length", class(words(first), SHORT_LENGTHS)),
            ("first_has_verb", yes(verb)),
            ("first_has_sentence", yes(first.contains(". "))),
            ("begins", Seen::Step(beginning(text))),
            ("opens_with", Seen::Word(opening(text))),
            ("only_line", yes(before.is_empty())),
            ("adjacent", yes(before.is_empty() || self.adjacent(before.len() - 1))),
            (
                "line_before_is_complete",
                class(before.last().map_or(1.0, |line| ends_outcome(line.text)), LIKELIHOODS),
            ),
            ("line_before_lists", yes(before.last().is_some_and(|line| line.text.contains('|')))),
        ]);
        signs
    }

    /// The outcome that stands at the end of a line of the column, and over how many lines it goes. One that is too long
    /// is nothing.
    fn outcome_at(&self, at: usize, column: usize) -> (&'t str, usize) {
        let lines = self.lines.get(column..=at).unwrap_or_default();
        let begins = |line: &&Line<'t>| line.text.contains('|');
        let over = lines
            .iter()
            .rev()
            .take(MOST_LINES)
            .position(|line| begins(&line))
            .map_or(lines.len(), |back| back + 1);
        let (Some(first), Some(last)) = (lines.get(lines.len() - over), lines.last()) else {
            return ("", over);
        };
        let start = if over > MOST_LINES { last.end() } else { first.start };
        let text = self.text.get(start..last.end()).unwrap_or_default();
        let outcome = outcomes::separate(text).pop().unwrap_or_default();
        (if outcome.len() > LONGEST { "" } else { outcome }, over)
    }

    fn adjacent(&self, at: usize) -> bool {
        match (self.lines.get(at), self.lines.get(at + 1)) {
            (Some(line), Some(next)) => self.spaced || next.number == line.number + 1,
            _ => true,
        }
    }
}

/// Whether an outcome is complete: how it ends, and who else ends so.
fn completeness<'t>(item: &Item<'_>, cut: &Cut<'_>, peers: &Peers<'_>) -> Signs<'t> {
    let pieces = item.pieces();
    let last = item.counts(pieces - 1..pieces);
    let frame = cut.parts.time_frame;
    let before = frame.map_or(Edge::Other, |frame| {
        let text = item.text(0..pieces);
        let rest = text.strip_suffix(frame).unwrap_or(text);
        Edge::of(rest.trim_end_matches(", ").chars().next_back())
    });
    vec![
        ("complete", class(complete(cut), LIKELIHOODS)),
        ("no_comma", yes(pieces == 1)),
        ("frame_shared", up_to(3, frame.map_or(0, |frame| peers.ending(frame)))),
        ("frame_length", class(frame.map_or(0, words), SHORT_LENGTHS)),
        ("frame_stands_behind", Seen::Step(before as usize)),
        ("ends", Seen::Step(item.trailing(pieces - 1) as usize)),
        ("last_time_share", class(last.time_share(), SHARES)),
        ("last_has_duration", yes(last.durations > 0)),
    ]
}

/// How likely there is a time frame.
fn complete(cut: &Cut<'_>) -> f32 {
    if cut.parts.time_frame.is_some() { cut.time_frame } else { 0.0 }
}

fn cut_alone(text: &str) -> Cut<'_> {
    if text.len() > LONGEST { Cut::default() } else { outcomes::cut(text) }
}

fn first_outcome(text: &str) -> &str {
    text.split('|').next().unwrap_or_default()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The first word, as it stands there; longer ones tell nothing.
fn opening(text: &str) -> &str {
    text.split_whitespace().next().filter(|word| word.len() <= 12).unwrap_or_default()
}

/// What a line begins with: a capital, another letter, a digit, a bullet, anything else.
fn beginning(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_uppercase() => 0,
        Some(c) if c.is_alphabetic() => 1,
        Some(c) if c.is_ascii_digit() => 2,
        Some('*' | '-' | '•' | '●' | '▪' | '–' | '·') => 3,
        _ => 4,
    }
}

/// All lines have an empty line between them: then it means nothing.
fn double_spaced(lines: &[Line<'_>]) -> bool {
    lines.len() > 1
        && lines.windows(2).all(|pair| matches!(pair, [line, next] if next.number > line.number + 1))
}
