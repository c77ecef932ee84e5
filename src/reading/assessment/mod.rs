//! Prose → [`Assessment`]s: which examination takes place when.
//!
//! In each sentence the names of examinations are looked up; the words behind a name (up to the next one, or to where
//! the sentence turns to what is given) say when, else the words before it. The language of time is `timing`'s, what a
//! sequence of its atoms means `time_frame`'s. A name without a time gives an assessment without one.

mod of_trial;
mod vocabulary;

use std::ops::Range;

pub use of_trial::{of_trial, of_trial_with};
pub use vocabulary::Vocabulary;

use super::lexer::{Tokens, lex};
use super::time_frame;
use super::timing::atoms::{Atom, Link, Placed, Qualifier};
use super::timing::cycles::Cycles;
use super::timing::pieces::Pieces;
use super::timing::words::Vocabulary as TimeWords;
use crate::protocol::{Assessment, AssessmentKind, Span, TimeFrame};

/// How far behind its name a time may begin, in pieces.
const FARTHEST_TIME: usize = 40;

/// Names this many tokens apart ("CT and MRI") are examined together.
const TOGETHER: usize = 2;

/// Reads the examinations out of a text.
pub fn read(text: &str) -> Vec<Assessment> {
    read_with(Vocabulary::embedded(), TimeWords::embedded(), text)
}

/// [`read`] with vocabularies of the caller's.
pub fn read_with(vocabulary: &Vocabulary, words: &TimeWords, text: &str) -> Vec<Assessment> {
    let tokens = lex(text);
    let pieces = Pieces::new(text, &tokens, words);
    read_pieces(vocabulary, text, &tokens, &pieces)
}

/// [`read_with`] over the text's tokens and pieces.
fn read_pieces(vocabulary: &Vocabulary, text: &str, tokens: &Tokens, pieces: &Pieces<'_>) -> Vec<Assessment> {
    let reader = Reader { text, tokens, pieces, vocabulary };
    let mut found = Vec::new();
    let mut names = reader.names().into_iter().peekable();
    for sentence in sentences(pieces) {
        let mut own = Vec::new();
        while let Some(name) = names.next_if(|name| name.pieces.start < sentence.end) {
            if name.pieces.start >= sentence.start {
                own.push(name);
            }
        }
        reader.sentence(&sentence, &own, &mut found);
    }
    found
}

/// What may stand between the names of a list.
const LISTS: &[&str] = &[",", "and", "or", "/", "&", "the", "a", "an", "as", "well", "(", ")"];

/// What may stand between "before" and the examination that is meant by it.
const ANCHORED: &[&str] = &["the", "a", "an", "each", "every", "any", "first", "last", "initial", "final"];

/// How far from each other they may stand, in pieces.
const FARTHEST_NEXT: usize = 4;

/// Most names in one list.
const LONGEST_LIST: usize = 12;

/// The name of an examination in the text.
#[derive(Clone, Debug)]
struct Name {
    kind: AssessmentKind,
    pieces: Range<usize>,
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    pieces: &'a Pieces<'a>,
    vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    /// The names in the text, those that stand together as one.
    fn names(&self) -> Vec<Name> {
        let mut names: Vec<(AssessmentKind, Range<usize>)> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let Some(found) = self.vocabulary.text.at(self.tokens, at) else {
                at += 1;
                continue;
            };
            match names.last_mut() {
                Some((kind, last)) if self.joined(last.end, at) && *kind == found.value => {
                    last.end = found.end
                }
                _ => names.push((found.value, at..found.end)),
            }
            at = found.end;
        }
        let mut piece = 0;
        names
            .into_iter()
            .map(|(kind, tokens)| {
                let start = self.piece_of(tokens.start, &mut piece);
                let end = self.piece_of(tokens.end, &mut piece);
                Name { kind, pieces: start..end.max(start + 1) }
            })
            .collect()
    }

    /// Only "and", "or" or a comma stand between two names.
    fn joined(&self, from: usize, to: usize) -> bool {
        to - from <= TOGETHER
            && (from..to).all(|at| matches!(self.tokens.text(at), "and" | "or" | "," | "/" | "and/or" | "&"))
    }

    /// The first piece at or behind a token; `from` is where to begin to look, and moves on.
    fn piece_of(&self, token: usize, from: &mut usize) -> usize {
        let Some(start) = self.tokens.get(token).map(|token| token.start) else { return self.pieces.len() };
        while self.pieces.get(*from).is_some_and(|piece| piece.start < start) {
            *from += 1;
        }
        *from
    }

    fn sentence(&self, sentence: &Range<usize>, names: &[Name], found: &mut Vec<Assessment>) {
        let mut free = sentence.start;
        for (index, name) in names.iter().enumerate() {
            let next = names.get(index + 1).map_or(sentence.end, |next| next.pieces.start);
            let before = free..name.pieces.start;
            let (last, next) = match self.last_together(names, index) {
                last if last > index => {
                    (last, names.get(last + 1).map_or(sentence.end, |next| next.pieces.start))
                }
                last => (last, next),
            };
            let after = names.get(last).map_or(name.pieces.end, |last| last.pieces.end);
            let behind = after..self.stop(after..next);
            free = name.pieces.end;
            if !self.is_planned(&before) {
                continue;
            }
            if self.is_anchor(&before) {
                found.push(self.assessment(name, TimeFrame::default()));
                continue;
            }
            if let Some(timing) =
                self.timing(behind.clone(), name.kind, behind.end == next && next < sentence.end)
            {
                if last == index {
                    free = behind.end;
                }
                found.push(self.assessment(name, timing));
            } else if let Some(timing) = self.timing_before(before, name.kind) {
                found.push(self.assessment(name, timing));
            } else {
                found.push(self.assessment(name, TimeFrame::default()));
            }
        }
    }

    /// The last of the names that stand in one list with a name: "ECG, vital signs and laboratory tests".
    fn last_together(&self, names: &[Name], index: usize) -> usize {
        let listed = |pair: &[Name]| match pair {
            [one, next] => {
                next.pieces.start.saturating_sub(one.pieces.end) <= FARTHEST_NEXT
                    && (one.pieces.end..next.pieces.start).all(|at| LISTS.contains(&self.pieces.text(at)))
            }
            _ => false,
        };
        let rest = names.get(index..).unwrap_or_default();
        index + rest.windows(2).take(LONGEST_LIST).take_while(|pair| listed(pair)).count()
    }

    /// Where the words behind a name begin to speak of what is given.
    fn stop(&self, range: Range<usize>) -> usize {
        let end = range.end.min(range.start + FARTHEST_TIME);
        let first = self.pieces.get(range.start).map_or(0, |piece| piece.start);
        let token = self.tokens.all().partition_point(|token| token.start < first);
        let mut piece = range.start;
        for at in token..self.tokens.len() {
            let start = self.piece_of(at, &mut piece);
            if start >= end {
                break;
            }
            if self.vocabulary.stops.at(self.tokens, at).is_some() {
                return start;
            }
        }
        end
    }

    fn is_planned(&self, before: &Range<usize>) -> bool {
        let near = before.end.saturating_sub(3).max(before.start)..before.end;
        !near.clone().any(|at| self.vocabulary.not_planned.contains(self.pieces.text(at)))
    }

    /// "Before the first biopsy and then monthly": what is done then is something else.
    fn is_anchor(&self, before: &Range<usize>) -> bool {
        let near = before.end.saturating_sub(FARTHEST_NEXT).max(before.start)..before.end;
        let mut words = near.rev().map(|at| self.pieces.text(at));
        let governing = words.find(|word| !ANCHORED.contains(word));
        matches!(governing, Some("before" | "after" | "until"))
    }

    /// What the words in a range say of the time, if they say when something is examined; `goes_on` when the name of
    /// another examination follows them.
    fn timing(&self, range: Range<usize>, kind: AssessmentKind, goes_on: bool) -> Option<TimeFrame> {
        let mut atoms = super::timing::scan::scan(self.pieces, range);
        let cycles = Cycles::take(&mut atoms);
        let atoms = super::timing::compose::compose(self.pieces, atoms);
        // What the last words govern comes behind the range ("before or during" the next examination).
        let governs = |placed: &Placed| matches!(placed.atom, Atom::Link(_) | Atom::Mark(_) | Atom::Filler);
        let end = atoms.iter().rposition(|placed| !governs(placed)).map_or(0, |last| last + 1);
        let cut = goes_on
            && atoms.get(end..).unwrap_or_default().iter().any(|placed| matches!(placed.atom, Atom::Link(_)));
        let atoms = atoms.get(..if cut { end } else { atoms.len() }).unwrap_or_default();
        let frame = time_frame::read_atoms(self.pieces, atoms, &cycles);
        let when = says_when(&frame, atoms, kind) && !is_only_compared(&frame, atoms);
        (when && !self.is_how_old(&frame, atoms)).then_some(frame)
    }

    /// "Of children from 8 to 12 years old", "in adults between 18 and 65 years of age": who is examined, not when.
    fn is_how_old(&self, frame: &TimeFrame, atoms: &[Placed]) -> bool {
        let old = |placed: &Placed| self.pieces.text(placed.pieces.start) == "old";
        let born = frame.after.as_ref().is_some_and(|after| after.event == "birth");
        let range = atoms.first().zip(atoms.last()).map(|(first, last)| first.pieces.start..last.pieces.end);
        let between = |range: Range<usize>| {
            let from = range.start.saturating_sub(1);
            (from..range.end).any(|at| matches!(self.pieces.text(at), "between" | "aged"))
        };
        born && (atoms.iter().any(old) || range.is_some_and(between))
    }

    /// "At baseline and every 8 weeks, CT …": the time opens the sentence.
    fn timing_before(&self, range: Range<usize>, kind: AssessmentKind) -> Option<TimeFrame> {
        let near = range.end.saturating_sub(FARTHEST_TIME).max(range.start)..range.end;
        let atoms = super::timing::scan::scan(self.pieces, near.clone());
        let first = atoms.iter().find(|placed| !matches!(placed.atom, Atom::Filler | Atom::Mark(_)))?;
        let opens = matches!(
            first.atom,
            Atom::Link(Link::At | Link::Before | Link::After | Link::Until | Link::For)
                | Atom::Every(_)
                | Atom::Time(_)
        );
        // "The following observations": a list, not a time.
        let at = first.pieces.start;
        if self.pieces.text(at) == "following" && at > 0 && self.pieces.text(at - 1) == "the" {
            return None;
        }
        let stop = self.stop(near.clone());
        (opens && stop >= near.end).then(|| self.timing(near, kind, true)).flatten()
    }

    fn assessment(&self, name: &Name, timing: TimeFrame) -> Assessment {
        let words = self.pieces.raw(name.pieces.clone());
        let span = match &timing.span {
            Some(span) => words.start.min(span.start)..words.end.max(span.end),
            None => words.clone(),
        };
        let name_text = self.text.get(words).unwrap_or_default();
        Assessment {
            name: name_text.split_whitespace().collect::<Vec<_>>().join(" "),
            kind: name.kind,
            timing,
            span: Span::new("text", span),
        }
    }
}

/// Whether a frame tells when something is examined and not only how long something lasts.
fn says_when(frame: &TimeFrame, atoms: &[Placed], kind: AssessmentKind) -> bool {
    let named = !frame.points.is_empty() || frame.every.is_some() || frame.after.is_some();
    let repeated = frame.intervals.iter().any(|interval| interval.every_cycles.is_some());
    let bounded =
        atoms.iter().any(|placed| matches!(placed.atom, Atom::Link(Link::Until | Link::UpTo | Link::To)));
    let at_event = !frame.until.is_empty() && !bounded;
    let followed = kind == AssessmentKind::FollowUp && frame.max.is_some();
    named || repeated || at_event || followed
}

/// "An increase from baseline of 10 mmHg": what is compared, not when it is measured.
fn is_only_compared(frame: &TimeFrame, atoms: &[Placed]) -> bool {
    let start = matches!(frame.points.as_slice(), [only] if only.value == 0.0);
    let changes = atoms.iter().any(|placed| placed.atom == Atom::Qualifier(Qualifier::Change));
    let other = frame.after.is_some() || !frame.until.is_empty() || !frame.intervals.is_empty();
    let before = atoms.iter().any(|placed| placed.atom == Atom::Link(Link::Before));
    start && changes && !other && !before
}

/// The sentences of a text, as ranges of pieces.
fn sentences(pieces: &Pieces<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..pieces.len() {
        let ends = match pieces.text(at) {
            "." | "?" | "!" => pieces.spaced(at + 1) && pieces.begins_sentence(at + 1),
            ";" | "\n" | "•" | "|" => true,
            _ => false,
        };
        if ends {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences.push(start..pieces.len());
    sentences
}

#[cfg(test)]
mod tests;
