//! Members of a list that the markup puts beside the item that announces them.
//!
//! "* One of the following:" over bullets of its own depth: where the list ends is told by the words alone, by a criterion
//! that stands by itself (age, consent, performance status, …). Where nothing tells it, all stay as they are written.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::segments::Segment;
use super::sense::{holds_a_number, is_about_criteria, is_joined, is_limit};
use super::{Placed, introduces};
use crate::protocol::CriterionRole;

/// More members than this are not taken without anything that ends them.
const OPEN_ENDED: usize = 6;
/// More members than this are none.
const MOST: usize = 12;
/// A label has so many words at most.
const LABEL_WORDS: usize = 6;

/// The words of `assets/vocabulary/eligibility_members.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    alone: Vec<String>,
    subjects: Vec<String>,
    said_of_subjects: Vec<String>,
    exceptions: Vec<String>,
    lets_in: Vec<String>,
    lists: Vec<String>,
    functions: Vec<String>,
    compared: Vec<String>,
    fertility: Vec<String>,
    groups: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(TABLE).unwrap_or_default());

const TABLE: &str = include_str!("../../../../assets/vocabulary/eligibility_members.toml");

/// Whether a text begins with one of some words.
fn begin(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// Whether a text ends with one of some words.
fn end(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

/// Whether one of some words stands in a text.
fn hold(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// One section's items, as they were placed.
struct Part<'a> {
    text: &'a str,
    segments: &'a [Segment],
    range: Range<usize>,
}

impl Part<'_> {
    fn words(&self, index: usize) -> &str {
        self.segments.get(index).map_or("", |segment| segment.words(self.text).trim())
    }

    /// The bullets behind `index` that stand at its own depth, up to the first that does not.
    fn beside(&self, placed: &[Placed], index: usize) -> Vec<usize> {
        let bullet = |at: usize| {
            self.segments.get(at).filter(|s| s.ordinal().is_none() && !s.inline).and_then(|s| s.marks.bullet)
        };
        let depth = |at: usize| placed.get(at).map(|p| p.depth);
        let (Some(glyph), Some(own)) = (bullet(index), depth(index)) else { return Vec::new() };
        let mut found = Vec::new();
        for at in index + 1..self.range.end {
            match depth(at) {
                Some(depth) if depth == own && bullet(at) == Some(glyph) => found.push(at),
                // What stands under one of them goes with it; right under the first nothing may.
                Some(depth) if depth > own && !found.is_empty() => {}
                _ => break,
            }
        }
        found
    }
}

/// Puts members under the item that announces them, within one section.
pub(super) fn put_right(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let part = Part { text, segments, range: range.clone() };
    let announced = |index: &usize| part.words(*index).ends_with([':', '：']);
    let openers: Vec<usize> = range.clone().filter(announced).collect();
    let labels = openers.iter().filter(|index| is_group(part.words(**index))).count();
    let mut from = range.start;
    for index in openers.iter().copied() {
        if index < from {
            continue;
        }
        let beside = part.beside(placed, index);
        if beside.is_empty() {
            continue;
        }
        let heads = is_about_criteria(part.words(index)) && !holds_a_number(part.words(index));
        if index == range.start && heads && beside.len() > 1 {
            // "* Patients who meet any of these criteria are not eligible:" over bullets beside it.
            if let Some(own) = placed.get_mut(index) {
                own.role = CriterionRole::Heading;
            }
            continue;
        }
        let count = members(&part, placed, index, &beside, labels);
        let Some(last) = count.checked_sub(1).and_then(|last| beside.get(last)) else { continue };
        let depth = placed.get(index).map_or(0, |p| p.depth);
        // What stands under the last of them goes with it.
        let below = placed.iter().take(range.end).skip(last + 1).take_while(|p| p.depth > depth).count();
        let end = last + 1 + below;
        for p in placed.iter_mut().take(end).skip(index + 1) {
            p.depth += 1;
        }
        from = end;
    }
    alternatives(&part, placed);
}

/// How many of the bullets beside an announcing one are its members.
fn members(part: &Part<'_>, placed: &[Placed], index: usize, beside: &[usize], labels: usize) -> usize {
    let words = part.words(index);
    let lower = words.to_lowercase();
    let run = |fits: &dyn Fn(&str) -> bool| beside.iter().take_while(|at| fits(part.words(**at))).count();
    let ends = |word: &str| word.ends_with([':', '：']);
    if is_function(&lower) {
        return run(&|member| is_measured(member));
    }
    if hold(&WORDS.fertility, &lower) {
        let run = run(&|member| hold(&WORDS.fertility, &member.to_lowercase()) && !ends(member));
        return if run < 2 { 0 } else { run };
    }
    if end(&WORDS.exceptions, &lower) {
        return run(&|member| hold(&WORDS.lets_in, &member.to_lowercase()));
    }
    if is_group(words) && (labels > 1 || lower.starts_with("part ") && index > part.range.start) {
        return run(&|member| !is_group(member) || !ends(member));
    }
    if !introduces(words.trim_end_matches([':', '：']))
        && !end(&WORDS.lists, lower.trim_end_matches([':', '：', ' ']))
    {
        return 0;
    }
    let first = beside.first().map_or("", |at| part.words(*at)).to_lowercase();
    let alike = first_word(&first).to_owned();
    let run = run(&|member| {
        let lower = member.to_lowercase();
        !ends(member) && (!stands_alone(&lower) || first_word(&lower) == alike && !stands_alone(&first))
    });
    let all = run == beside.len();
    if all && (2..=OPEN_ENDED).contains(&run) {
        return run;
    }
    // "one; two; three." in a list whose other items end in stops.
    let goes_on = |at: usize| part.words(at).ends_with([';', ',']) || is_joined(part.words(at));
    let before = (part.range.start..index)
        .rev()
        .find(|at| placed.get(*at).map(|p| p.depth) == placed.get(index).map(|p| p.depth));
    let differs = before.is_some_and(|at| !goes_on(at));
    if differs && beside.first().is_some_and(|at| goes_on(*at)) {
        let on = beside.iter().take_while(|at| goes_on(**at)).count();
        if on < beside.len() || on <= OPEN_ENDED {
            return (on + 1).min(beside.len());
        }
    }
    if all || !(2..=MOST).contains(&run) { 0 } else { run }
}

fn first_word(words: &str) -> &str {
    words.split_whitespace().next().unwrap_or_default()
}

/// "Liver function (within 7 days):", "Blood routine:": values follow.
fn is_function(lower: &str) -> bool {
    let label = lower.split('(').next().unwrap_or_default();
    label.split_whitespace().count() <= LABEL_WORDS && hold(&WORDS.functions, label)
}

/// A short line with a value that is measured, not only a time.
fn is_measured(words: &str) -> bool {
    const LONGEST: usize = 40;
    let first = words.split_whitespace().take(10).collect::<Vec<_>>().join(" ");
    words.split_whitespace().count() <= LONGEST
        && !words.ends_with([':', '：'])
        && hold(&WORDS.compared, &first)
        && (is_limit(words) || words.bytes().any(|byte| byte.is_ascii_digit()))
        && !stands_alone(&words.to_lowercase())
}

/// "Healthy volunteers:", "Part 2 (head and neck):": a part of the patients.
fn is_group(words: &str) -> bool {
    let label = words.trim_end_matches([':', '：', ' ']);
    let lower = label.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or_default();
    let last = lower.split('(').next().unwrap_or_default().split_whitespace().next_back().unwrap_or_default();
    words.ends_with([':', '：'])
        && label.split_whitespace().count() <= LABEL_WORDS
        && WORDS.groups.iter().any(|word| *word == first || *word == last)
}

/// Whether an item is a criterion by itself, whatever list it stands behind.
fn stands_alone(lower: &str) -> bool {
    let said = |words: &str| begin(&WORDS.said_of_subjects, words);
    begin(&WORDS.alone, lower) || without_subject(lower).is_some_and(said)
}

/// What is said behind "patients", "the subject".
fn without_subject(lower: &str) -> Option<&str> {
    let (first, said) = lower.strip_prefix("the ").unwrap_or(lower).split_once(' ')?;
    WORDS.subjects.iter().any(|subject| subject == first).then_some(said)
}

/// "* Either a history of … * OR a positive test": what "or" begins with belongs to the item before it.
fn alternatives(part: &Part<'_>, placed: &mut [Placed]) {
    for index in part.range.start + 1..part.range.end {
        let words = part.words(index);
        let joined = first_word(words).trim_end_matches([',', ':']);
        let joined = ["or", "and/or"].iter().any(|joint| joined.eq_ignore_ascii_case(joint));
        let marked = part
            .segments
            .get(index)
            .is_some_and(|s| s.marks.bullet.is_some() && s.ordinal().is_none() && !s.inline);
        if !(joined && marked) {
            continue;
        }
        let Some(before) = index
            .checked_sub(1)
            .and_then(|before| placed.get(before))
            .filter(|p| p.role == CriterionRole::Item)
        else {
            continue;
        };
        let depth = before.depth;
        if let Some(own) = placed.get_mut(index).filter(|own| own.depth == depth && own.depth == 0) {
            own.depth += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        toml::from_str::<Words>(TABLE).expect("a sound table");
    }

    #[test]
    fn of_whom_a_criterion_is_said_hides_no_opening() {
        for alone in [
            "the subject is able to swallow",
            "patients must use contraception",
            "participant willing to come",
        ] {
            assert!(stands_alone(alone), "{alone}");
        }
        assert!(!stands_alone("patients with asthma"));
    }
}
