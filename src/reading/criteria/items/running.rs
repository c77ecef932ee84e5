//! A section that is one run of words: "bleeding; infection; pregnancy".

use super::marker::Marks;
use super::segments::{Kind, Segment, trimmed};

/// Fewer parts than this are a sentence with a semicolon in it.
const FEWEST: usize = 3;
/// A part has so many letters at least.
const SHORTEST: usize = 6;

/// Takes a section's only item apart at its semicolons.
pub(super) fn take_apart(text: &str, segments: Vec<Segment>) -> Vec<Segment> {
    let alone = alone(&segments);
    if !alone.iter().any(|alone| *alone) {
        return segments;
    }
    let mut out = Vec::with_capacity(segments.len());
    for (segment, alone) in segments.into_iter().zip(alone) {
        let cuts = if alone { cuts(segment.words(text)) } else { Vec::new() };
        if cuts.len() + 1 < FEWEST {
            out.push(segment);
            continue;
        }
        let (base, end) = (segment.body, segment.span.end);
        let starts = cuts.iter().map(|at| base + at);
        let ends = starts.clone().skip(1).chain(std::iter::once(end));
        let first = Segment {
            span: trimmed(text, segment.span.start..base + cuts.first().copied().unwrap_or(0)),
            ..segment.clone()
        };
        let bullet = segment.marks.bullet;
        out.push(first);
        out.extend(starts.zip(ends).map(|(start, end)| {
            let span = trimmed(text, start..end);
            let marks = Marks { bullet, ..Marks::default() };
            Segment { body: span.start, span, inline: true, after_blank: false, marks, ..segment.clone() }
        }));
    }
    out
}

/// Which segments are all that their section has.
fn alone(segments: &[Segment]) -> Vec<bool> {
    let section = |at: Option<usize>| {
        at.and_then(|at| segments.get(at)).is_none_or(|s| matches!(s.kind, Kind::Section(_)))
    };
    let only = |at: usize| {
        segments.get(at).is_some_and(|s| s.kind == Kind::Item && s.ordinal().is_none())
            && section(at.checked_sub(1))
            && section(Some(at + 1))
    };
    (0..segments.len()).map(only).collect()
}

/// Where the parts behind semicolons begin; none where a part is too short to be a criterion.
fn cuts(words: &str) -> Vec<usize> {
    let mut depth = 0_i32;
    let mut found = Vec::new();
    for (at, sign) in words.char_indices() {
        match sign {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = (depth - 1).max(0),
            ';' | '；' if depth == 0 => found.push(at + sign.len_utf8()),
            _ => {}
        }
    }
    // "Washout: 3 weeks for creams; 4 weeks for light therapy" is one criterion with its list.
    let first = found.first().and_then(|at| words.get(..*at)).unwrap_or(words);
    if first.contains([':', '：']) {
        return Vec::new();
    }
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
    // The last may be followed by nothing.
    if found.last().is_some_and(|at| words.get(*at..).is_none_or(|rest| letters(rest) == 0)) {
        found.pop();
    }
    let ends = found.iter().copied().chain(std::iter::once(words.len()));
    let starts = std::iter::once(0).chain(found.iter().copied());
    let short = starts
        .zip(ends)
        .any(|(start, end)| words.get(start..end).is_none_or(|part| letters(part) < SHORTEST));
    if short { Vec::new() } else { found }
}
