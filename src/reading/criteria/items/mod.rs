//! An eligibility text as headings and items: section, own number, depth, and the bytes of each.
//!
//! Nothing is lost: the spans together cover all of the text but white space. Reading what an item says is left to
//! the readers beside it.

mod candidates;
mod heading;
mod lines;
mod marker;
mod members;
mod nesting;
mod running;
mod segments;
mod sense;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::protocol::{Criterion, CriterionRole, Section, Span};
use crate::reading::lexer::{Tokens, lex};
use heading::{Names, Opens};
use nesting::{Before, Outlook, Stack};
use segments::{Kind, Segment};

/// Splits a text. Linear in its length.
pub fn split(text: &str) -> Vec<Criterion> {
    split_with_words(text, &lex(text)).into_iter().map(|(criterion, _)| criterion).collect()
}

/// Splits a text that the lexer cut into `tokens`, and gives with each heading or item the bytes of its own words, after
/// bullet and number.
pub fn split_with_words(text: &str, tokens: &Tokens) -> Vec<(Criterion, Range<usize>)> {
    let paragraphs = lines::paragraphs(text);
    let segments = without_empty(text, segments::segments(text, &Names::of(text, tokens), &paragraphs));
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
    // What stands before a text's first section is a foreword.
    let headed = criteria.iter().any(|c| c.section == Some(Section::Inclusion));
    let counts =
        |c: &&Criterion| c.role == CriterionRole::Item && c.depth == 0 && (c.section.is_some() || !headed);
    let items = criteria.iter().filter(counts);
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
    // With a bullet of its own it was given as a criterion.
    let is_unspecified = |segment: &Segment| {
        let words = segment.words(text);
        is_unspecified(words) && (segment.marks.bullet.is_none() || words.contains(':'))
    };
    let labels = capital_labels(text, segments, &parts);
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
            Kind::Item if is_form(segment.words(text)) => CriterionRole::Heading,
            Kind::Item if is_unspecified(segment) || labels.contains(&index) => CriterionRole::Heading,
            Kind::Item
                if is_subheading(text, segment, index.checked_sub(1).and_then(|i| segments.get(i)), next)
                    && !stack.goes_on(&outlook, *part, index) =>
            {
                CriterionRole::Heading
            }
            Kind::Item => CriterionRole::Item,
        };
        let unmarked =
            segment.marks.bullet.is_none() && segment.marks.ordinal.is_none() && segment.after_blank;
        before.own_paragraph = unmarked && is_own_paragraph(segment.words(text));
        let depth = if role == CriterionRole::Heading {
            stack.clear();
            0
        } else {
            stack.place(segment, before, &outlook, *part, index)
        };
        let words = if role == CriterionRole::Item { segment.words(text) } else { "" };
        before = Before { words, ..Before::default() };
        placed.push(Placed { role, section, depth });
    }
    sense::put_right(text, segments, &mut placed);
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

/// "* SMOKING CRITERIA:" over bullets of its own depth, more than once in a section: headings that were given a bullet.
fn capital_labels(text: &str, segments: &[Segment], parts: &[usize]) -> Vec<usize> {
    let label = |index: &usize| {
        let Some(segment) = segments.get(*index) else { return false };
        let alike = |next: &Segment| {
            next.kind == Kind::Item
                && next.marks.bullet == segment.marks.bullet
                && next.indent == segment.indent
        };
        segment.kind == Kind::Item
            && segment.marks.bullet.is_some()
            && segment.ordinal().is_none()
            && segment.words(text).trim_end().ends_with(':')
            && heading::is_capitals(segment.words(text))
            && segments.get(index + 1).is_some_and(alike)
    };
    let found: Vec<usize> = (0..segments.len()).filter(label).collect();
    let twice = |index: &usize| found.iter().filter(|at| parts.get(**at) == parts.get(*index)).count() > 1;
    found.iter().copied().filter(twice).collect()
}

/// The section after a heading: one that names none keeps the section it stands in.
fn opened(current: Option<Section>, opens: Opens) -> Option<Section> {
    match opens {
        Opens::Section(section) => Some(section),
        Opens::Unnamed => current,
    }
}

/// A line without bullet or number that names the list after it.
fn is_subheading(text: &str, segment: &Segment, last: Option<&Segment>, next: Option<&Segment>) -> bool {
    // "PATIENT CHARACTERISTICS:" over "Age" over its bullets.
    let parted = last.is_some_and(|last| last.kind == Kind::Heading);
    let inside = (segment.inline || segment.indent > 1) && !parted;
    if segment.marks.bullet.is_some() || segment.ordinal().is_some() || inside {
        return false;
    }
    let words = segment.words(text);
    let starts_list = next.is_some_and(|n| {
        n.kind == Kind::Item && n.ordinal().map_or(n.marks.bullet.is_some(), |o| o.value == 1)
    });
    let count = words.split_whitespace().count();
    let colon = words.ends_with([':', '：']);
    let title = !words.ends_with(['.', ';', ',', '。', '；'])
        && count <= 8
        && (segment.after_blank || parted)
        // "QTc ≥ 480 ms" over bullets is a criterion among them.
        && !words.contains(['≥', '≤', '<', '>']);
    // "ECOG 0-1" as a line of its own is no heading; "GROUP 2" is.
    let capitals = heading::is_capitals(words) && {
        let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
        let part = ["group", "cohort", "part", "phase", "arm", "stage", "step", "study"];
        let limit = words.bytes().any(|byte| byte.is_ascii_digit()) && !part.contains(&first.as_str());
        colon || starts_list || !limit
    };
    (colon && (starts_list || count <= 6)) || (title && starts_list) || capitals
}

/// "F.1.3 Elderly (>=65 years) yes": a row of a register's form, no criterion.
pub fn is_form(words: &str) -> bool {
    heading::WORDS.forms.iter().any(|row| words.starts_with(row.as_str()))
}

/// "Life expectancy: Not specified." asks for nothing.
fn is_unspecified(words: &str) -> bool {
    let (name, said) = words.split_once(':').unwrap_or(("", words));
    name.split_whitespace().count() <= 4
        && said.trim().trim_end_matches('.').eq_ignore_ascii_case("not specified")
}

/// Whether a paragraph reads like a criterion and not like a note on those before it.
fn is_own_paragraph(words: &str) -> bool {
    let begins =
        |note: &String| words.get(..note.len()).is_some_and(|start| start.eq_ignore_ascii_case(note));
    // "FVC: forced vital capacity" explains a word.
    let explains = words.find([':', '=']).and_then(|at| words.get(..at)).is_some_and(|name| {
        name.len() <= 12 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
    });
    // "Treatment with one earlier drug will be allowed." lets in, what stands before it does not.
    let end = words.trim_end().trim_end_matches('.').to_lowercase();
    let lets_in = ["allowed", "permitted", "acceptable"].iter().any(|word| end.ends_with(word))
        || end.ends_with("exclusion criteria") && end.contains(" not ");
    let joint = ["or", "and", "and/or"].iter().any(|joint| words.trim().eq_ignore_ascii_case(joint));
    !explains && !joint && !lets_in && !heading::WORDS.notes.iter().any(begins)
}

/// Ends of a sentence that announce a list.
static ANNOUNCES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases =
        ["following", "defined as", "defined by", "as follows", "any of", "all of", "one of", "criteria"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(phrases).ok()
});

/// How many characters at a sentence's end may hold such words.
const TAIL: usize = 60;

/// Words that announce a list.
fn introduces(words: &str) -> bool {
    let end = words.trim_end();
    if end.ends_with([':', '：']) {
        return true;
    }
    let plain = end.get(end.len().saturating_sub(TAIL)..).filter(|tail| tail.is_ascii());
    let tail = plain.unwrap_or_else(|| {
        let start = end.char_indices().rev().nth(TAIL - 1).map_or(0, |(at, _)| at);
        end.get(start..).unwrap_or(end)
    });
    ANNOUNCES.as_ref().is_some_and(|phrases| phrases.is_match(tail))
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
