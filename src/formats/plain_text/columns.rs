//! Which of the lines after the interventions belong together: up to three columns of outcomes, then the detailed
//! description.
//!
//! A line break (and an empty line) may stand inside an outcome's description. So a column ends at a line only if the
//! outcome that stands there is complete: it ends in a time frame, or has no comma at all.

use super::layout::Line;
use super::lines::is_prose;
use crate::formats::outcomes;

/// Columns of outcomes that the export has.
const COLUMNS: usize = 3;
/// An outcome is not longer than this many bytes (the registry's own limits on its parts add up to a fifth of it),
const LONGEST: usize = 8 << 10;
/// nor than this many lines.
const MOST_LINES: usize = 64;
/// The certainty of a column's end that is no guess.
const CERTAIN: f32 = 1.0;
/// Words from which on a line without a time frame is a detailed description even if no stop ends it.
const LONG: usize = 40;
/// Ends of sentences that the description of an outcome rarely has.
const SENTENCES: usize = 2;

/// Columns of outcomes, and the lines of the detailed description.
pub fn of<'l, 't>(text: &'t str, tail: &'l [Line<'t>]) -> (Vec<&'l [Line<'t>]>, &'l [Line<'t>]) {
    let spaced = double_spaced(tail);
    let (outcomes, detail) = tail.split_at(detail_start(tail, spaced));
    let mut ends: Vec<(usize, f32)> = Vec::new();
    // Where the outcome that is not complete yet begins: its first byte and its first line.
    let mut begun = None;
    for (at, line) in outcomes.iter().enumerate() {
        let last_bar =
            line.text.rfind('|').filter(|bar| !line.text.get(..*bar).is_some_and(|t| t.ends_with('\\')));
        begun = match last_bar {
            Some(bar) => Some((line.start + bar + 1, at)),
            None => begun.or(Some((line.start, at))),
        };
        let certainty = match (outcomes.get(at + 1), begun) {
            (None, _) => CERTAIN,
            (Some(next), Some((start, first)))
                if may_begin_column(line, next, spaced) && at - first < MOST_LINES =>
            {
                complete(text.get(start..line.end()).unwrap_or_default())
            }
            _ => 0.0,
        };
        if certainty > 0.0 {
            ends.push((at + 1, certainty));
            begun = None;
        }
    }
    join_surplus(&mut ends);
    let mut columns = Vec::new();
    let mut from = 0;
    for (end, _) in ends {
        columns.extend(outcomes.get(from..end));
        from = end;
    }
    (columns, detail)
}

/// The detailed description is the last line, if that is one, and with it the lines before that are no more an
/// outcome's end than it is.
fn detail_start(tail: &[Line<'_>], spaced: bool) -> usize {
    let Some((last, before)) = tail.split_last() else { return 0 };
    let whole = |line: &Line<'_>| complete(outcomes::separate(line.text).pop().unwrap_or_default()) > 0.0;
    let follows_outcome =
        before.last().is_none_or(|line| whole(line) && may_begin_column(line, last, spaced));
    if !is_detail(last.text, follows_outcome) {
        return tail.len();
    }
    let kept = before.iter().rposition(|line| !is_detail(line.text, false) || whole(line));
    kept.map_or(0, |at| at + 1)
}

/// All lines have an empty line between them: then it means nothing.
fn double_spaced(tail: &[Line<'_>]) -> bool {
    tail.len() > 1
        && tail.windows(2).all(|pair| matches!(pair, [line, next] if next.number > line.number + 1))
}

/// A new column does not begin after an empty line, with a bullet or with a small letter.
fn may_begin_column(line: &Line<'_>, next: &Line<'_>, spaced: bool) -> bool {
    let adjacent = spaced || next.number == line.number + 1;
    let first = next.text.chars().next().unwrap_or(' ');
    adjacent && !first.is_whitespace() && !matches!(first, '*' | '-' | '•' | '●' | '▪' | '–' | '·')
}

/// How likely an outcome is complete; 0 for not.
fn complete(outcome: &str) -> f32 {
    if outcome.len() > LONGEST {
        return 0.0;
    }
    if !outcome.contains(", ") {
        return CERTAIN;
    }
    let cut = outcomes::cut(outcome);
    if cut.parts.time_frame.is_some() { cut.time_frame } else { 0.0 }
}

/// More columns than there can be: the least certain ends were none.
fn join_surplus(ends: &mut Vec<(usize, f32)>) {
    while ends.len() > COLUMNS {
        let inner = ends.len() - 1;
        let least = ends.iter().take(inner).enumerate().min_by(|a, b| a.1.1.total_cmp(&b.1.1));
        let Some((at, _)) = least else { return };
        ends.remove(at);
    }
}

/// Prose about the study, not outcomes. After the end of an outcome a line without any comma is taken for it too.
fn is_detail(text: &str, follows_outcome: bool) -> bool {
    if outcomes::separate(text).len() > 1 {
        return false;
    }
    let cut = outcomes::cut(text);
    let words = text.split_whitespace().count();
    match cut.parts.time_frame {
        None => is_prose(text) || words >= LONG || (follows_outcome && !text.contains(", ")),
        Some(frame) => {
            let before = text.strip_suffix(frame).unwrap_or_default().trim_end_matches(", ");
            (is_prose(text) || words >= LONG) && !before.ends_with('.') && says_something(before)
        }
    }
}

/// More than the name of a measure and its description: a verb or a second sentence before the first comma, or
/// several sentences after it.
fn says_something(text: &str) -> bool {
    let first = text.split(", ").next().unwrap_or_default();
    let verb = first.split_whitespace().any(outcomes::is_verb);
    verb || first.contains(". ") || text.matches(". ").count() >= SENTENCES
}
