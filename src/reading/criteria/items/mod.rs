//! An eligibility text as headings and items: section, own number, depth, and the bytes of each.
//!
//! Nothing is lost: the spans together cover all of the text but white space. Reading what an item says is left to
//! the readers beside it.

mod heading;
mod lines;
mod marker;
mod nesting;
mod segments;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::protocol::{Criterion, CriterionRole, Section, Span};
use heading::Opens;
use nesting::{Before, Outlook, Stack};
use segments::{Kind, Segment};

/// Splits a text. Linear in its length.
pub fn split(text: &str) -> Vec<Criterion> {
    split_with_words(text).into_iter().map(|(criterion, _)| criterion).collect()
}

/// Splits a text and gives with each heading or item the bytes of its own words, after bullet and number.
pub fn split_with_words(text: &str) -> Vec<(Criterion, Range<usize>)> {
    let paragraphs = lines::paragraphs(text);
    let segments = without_empty(text, segments::segments(text, &paragraphs));
    let placed = place(text, &segments);
    let criteria = segments.iter().zip(placed);
    criteria
        .map(|(segment, placed)| {
            let words = segment.body..segment.span.end - segment.trailing;
            (criterion(text, segment, &placed), words)
        })
        .collect()
}

/// How many top-level items stand under inclusion and under exclusion. Items of a text that names no section are
/// requirements, so they count as inclusion.
pub fn count(criteria: &[Criterion]) -> (usize, usize) {
    let items = criteria.iter().filter(|c| c.role == CriterionRole::Item && c.depth == 0);
    let (exclusion, inclusion): (Vec<_>, Vec<_>) = items.partition(|c| c.section == Some(Section::Exclusion));
    (inclusion.len(), exclusion.len())
}

/// Where a segment was placed.
#[derive(Clone, Debug)]
struct Placed {
    role: CriterionRole,
    section: Option<Section>,
    depth: usize,
}

/// Bullets without words and rulers belong to what stands before them (at the start: after them).
fn without_empty(text: &str, segments: Vec<Segment>) -> Vec<Segment> {
    let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
    let mut carried: Option<usize> = None;
    for mut segment in segments {
        let empty = !segment.words(text).chars().any(char::is_alphanumeric) && segment.ordinal().is_none();
        match kept.last_mut() {
            Some(last) if empty => {
                last.trailing += segment.span.end - last.span.end;
                last.span.end = segment.span.end;
                continue;
            }
            None if empty => {
                carried.get_or_insert(segment.span.start);
                continue;
            }
            _ => {}
        }
        if let Some(start) = carried.take() {
            segment.span.start = start;
        }
        kept.push(segment);
    }
    // A text of signs only.
    if let (Some(start), true) = (carried, kept.is_empty()) {
        kept.push(Segment {
            span: start..text.trim_end().len(),
            body: start,
            trailing: 0,
            indent: 0,
            after_blank: true,
            inline: false,
            marks: marker::Marks::default(),
            kind: Kind::Item,
        });
    }
    kept
}

fn place(text: &str, segments: &[Segment]) -> Vec<Placed> {
    let parts = parts(segments);
    let outlook = Outlook::new(segments, &parts);
    let mut stack = Stack::default();
    let mut placed: Vec<Placed> = Vec::with_capacity(segments.len());
    let mut section = None;
    let mut before = Before::default();
    for (index, (segment, part)) in segments.iter().zip(&parts).enumerate() {
        let next = segments.get(index + 1);
        let role = match segment.kind {
            Kind::Section(opens) => {
                section = opened(section, opens);
                CriterionRole::Heading
            }
            Kind::Heading => CriterionRole::Heading,
            Kind::Item if is_subheading(text, segment, next) && !stack.goes_on(&outlook, *part, index) => {
                CriterionRole::Heading
            }
            Kind::Item => CriterionRole::Item,
        };
        let depth = if role == CriterionRole::Heading {
            stack.clear();
            0
        } else {
            stack.place(segment, before, &outlook, *part, index)
        };
        before = Before { introduces: role == CriterionRole::Item && introduces(segment.words(text)) };
        placed.push(Placed { role, section, depth });
    }
    by_sense(text, segments, &mut placed);
    placed
}

/// The number of section headings before each segment.
fn parts(segments: &[Segment]) -> Vec<usize> {
    let mut part = 0;
    segments
        .iter()
        .map(|segment| {
            part += usize::from(matches!(segment.kind, Kind::Section(_)));
            part
        })
        .collect()
}

/// The section after a heading: one that names none keeps the section it stands in.
fn opened(current: Option<Section>, opens: Opens) -> Option<Section> {
    match opens {
        Opens::Section(section) => Some(section),
        Opens::Unnamed => current,
    }
}

/// A line without bullet or number that names the list after it.
fn is_subheading(text: &str, segment: &Segment, next: Option<&Segment>) -> bool {
    if segment.marks.bullet.is_some() || segment.ordinal().is_some() || segment.inline || segment.indent > 1 {
        return false;
    }
    let words = segment.words(text);
    let starts_list = next.is_some_and(|n| {
        n.kind == Kind::Item && n.ordinal().map_or(n.marks.bullet.is_some(), |o| o.value == 1)
    });
    let count = words.split_whitespace().count();
    let colon = words.ends_with([':', '：']);
    let title = !words.ends_with(['.', ';', ',', '。', '；']) && count <= 8 && segment.after_blank;
    (colon && (starts_list || count <= 6)) || (title && starts_list) || heading::is_capitals(words)
}

/// Words that announce a list.
fn introduces(words: &str) -> bool {
    let end = words.trim_end();
    let tail: String = end.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let tail = tail.to_lowercase();
    end.ends_with([':', '：'])
        || ["following", "defined as", "defined by", "as follows", "any of", "all of", "one of", "criteria"]
            .iter()
            .any(|phrase| tail.contains(phrase))
}

/// What the markup says against the sense is put right, one section at a time.
fn by_sense(text: &str, segments: &[Segment], placed: &mut [Placed]) {
    let mut start = 0;
    while start < placed.len() {
        let end = placed
            .iter()
            .skip(start)
            .position(|p| p.role == CriterionRole::Heading)
            .map_or(placed.len(), |n| start + n);
        promote_below_first(text, segments, placed, start..end);
        lower_case_members(text, segments, placed, start..end);
        start = end + 1;
    }
    headed_twice(text, segments, placed);
}

/// A list whose every item stands under its first one, which announces nothing: they are its sisters.
fn promote_below_first(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let Some((first, rest)) = placed.get_mut(range.clone()).and_then(<[Placed]>::split_first_mut) else {
        return;
    };
    let Some(segment) = segments.get(range.start) else { return };
    let announces = introduces(segment.words(text));
    let all_below = first.depth == 0 && rest.iter().all(|p| p.depth > 0);
    let marked = segment.marks.bullet.is_some() || segment.ordinal().is_some();
    let sisters = segments.iter().skip(range.start + 1).take(rest.len());
    let bulleted = sisters
        .zip(rest.iter())
        .filter(|(s, p)| p.depth == 1 && !s.inline && s.marks.bullet.is_some())
        .count();
    // "Any patient who meets one of these criteria is excluded:" over all the items is the list's heading.
    let heads = announces && rest.len() >= 2 && is_about_criteria(segment.words(text));
    if all_below && marked && (heads || !announces && bulleted >= 2) {
        for p in rest {
            p.depth -= 1;
        }
        if heads {
            first.role = CriterionRole::Heading;
        }
    }
}

/// Whether a sentence speaks of entering the trial as such.
fn is_about_criteria(words: &str) -> bool {
    let folded = words.to_lowercase();
    let entering = ["eligible", "excluded", "included", "exclude", "enrolled", "inclusion", "exclusion"];
    folded.contains("following") && entering.iter().any(|word| folded.contains(word))
}

/// A bullet that ends in a colon, and after it bullets of its own depth that go on in lower case: its members.
fn lower_case_members(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let mut parent: Option<usize> = None;
    for index in range {
        let (Some(segment), Some(own)) = (segments.get(index), placed.get(index)) else { return };
        let words = segment.words(text);
        let lower = words.starts_with(char::is_lowercase);
        match parent {
            Some(depth) if own.depth == depth && lower => {
                if let Some(own) = placed.get_mut(index) {
                    own.depth += 1;
                }
                continue;
            }
            Some(depth) if own.depth > depth => continue,
            _ => {}
        }
        parent = (words.ends_with([':', '：']) && !lower).then_some(own.depth);
    }
}

/// A text with inclusion items, then "Eligibility criteria" over items that shut out, and no exclusion heading: the
/// second heading is miswritten.
fn headed_twice(text: &str, segments: &[Segment], placed: &mut [Placed]) {
    let has_exclusion = placed.iter().any(|p| p.section == Some(Section::Exclusion));
    let Some(heading) = segments.iter().rposition(|s| s.kind == Kind::Section(Opens::Unnamed)) else {
        return;
    };
    let included = placed.iter().take(heading).any(|p| p.role == CriterionRole::Item && p.section.is_some());
    if has_exclusion || !included {
        return;
    }
    let shuts_out =
        segments.iter().skip(heading + 1).filter(|s| is_exclusion_by_words(s.words(text))).count();
    if shuts_out >= 3 {
        for p in placed.iter_mut().skip(heading) {
            p.section = Some(Section::Exclusion);
        }
    }
}

/// Openings that only an exclusion criterion has.
fn is_exclusion_by_words(words: &str) -> bool {
    let folded = words.to_lowercase();
    [
        "pregnant",
        "history of",
        "known history",
        "known hypersensitivity",
        "active hepatitis",
        "positive human immuno",
        "previous exposure",
        "participat",
        "major surg",
        "allerg",
    ]
    .iter()
    .any(|opening| folded.starts_with(opening))
}

fn criterion(text: &str, segment: &Segment, placed: &Placed) -> Criterion {
    let number = segment.ordinal().and_then(|o| {
        let start = segment.span.start;
        let marker_start = segment.body.saturating_sub(segment.marks.len).max(start);
        text.get(marker_start + o.digits.0..marker_start + o.digits.1)
    });
    Criterion {
        role: placed.role,
        section: placed.section,
        number: number.map(str::to_owned),
        depth: placed.depth,
        text: segment.words(text).trim().to_owned(),
        span: Span::new("text", segment.span.clone()),
    }
}
