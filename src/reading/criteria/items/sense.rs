//! Items put right by their sense, where the markup nests them against it.

use std::ops::Range;

use super::heading::Opens;
use super::segments::{Kind, Segment};
use super::{Placed, introduces, members};
use crate::protocol::{CriterionRole, Section};

/// What the markup says against the sense is put right, one section at a time.
pub(super) fn put_right(text: &str, segments: &[Segment], placed: &mut [Placed]) {
    let mut start = 0;
    while start < placed.len() {
        let end = placed
            .iter()
            .skip(start)
            .position(|p| p.role == CriterionRole::Heading)
            .map_or(placed.len(), |n| start + n);
        staircase(text, segments, placed, start..end);
        promote_below_first(text, segments, placed, start..end);
        lower_case_members(text, segments, placed, start..end);
        limit_members(text, segments, placed, start..end);
        joined_members(text, segments, placed, start..end);
        members::put_right(text, segments, placed, start..end);
        start = end + 1;
    }
    headed_twice(text, segments, placed);
}

/// Fewer steps than this are a list within a list.
const STEPS: usize = 3;

/// A list whose every item is set deeper than the one before it, and none announces anything: they are sisters.
fn staircase(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let Some(own) = placed.get_mut(range.clone()) else { return };
    let steps = own.iter().zip(0..).take_while(|(p, depth)| p.depth == *depth).count();
    let announces = || segments.iter().skip(range.start).take(own.len()).any(|s| introduces(s.words(text)));
    let one_top = own.iter().filter(|p| p.depth == 0).count() == 1;
    if steps >= STEPS && one_top && !announces() {
        own.iter_mut().for_each(|p| p.depth = 0);
    }
}

/// A list whose every item stands under its first one, which announces nothing: they are its sisters.
fn promote_below_first(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let Some((first, rest)) = placed.get_mut(range.clone()).and_then(<[Placed]>::split_first_mut) else {
        return;
    };
    let Some(segment) = segments.get(range.start) else { return };
    let announces = || introduces(segment.words(text));
    let below = rest.iter().take_while(|p| p.depth > 0).count();
    // "Patients who meet any of these criteria are excluded:" over items is the list's heading.
    let plain = segment.marks.bullet.is_none() && segment.ordinal().is_none() && below < 2;
    // "1. Excluded if any of the following: * … 2. …" is the first of a list, not its heading.
    let goes_on = segment.ordinal().is_some_and(|own| {
        let next =
            |s: &Segment| s.ordinal().is_some_and(|o| o.style == own.style && o.value == own.value + 1);
        let sisters = segments.iter().skip(range.start + 1).zip(rest.iter());
        own.value == 1 && sisters.into_iter().any(|(s, p)| p.depth == 0 && next(s))
    });
    let heads = (below >= 2 || plain && rest.len() >= 2) && !goes_on;
    if first.depth == 0 && heads && is_about_criteria(segment.words(text)) {
        rest.iter_mut().take(below).for_each(|p| p.depth -= 1);
        // With a limit of its own it stays an item.
        if !holds_a_number(segment.words(text)) {
            first.role = CriterionRole::Heading;
        }
        return;
    }
    let all_below = first.depth == 0 && rest.iter().all(|p| p.depth > 0);
    let marked = segment.marks.bullet.is_some() || segment.ordinal().is_some();
    let sisters = segments.iter().skip(range.start + 1).take(rest.len());
    let alike = |s: &Segment| s.ordinal().map(|o| o.style) == segment.ordinal().map(|o| o.style);
    let bulleted = sisters
        .zip(rest.iter())
        .filter(|(s, p)| p.depth == 1 && !s.inline && (s.marks.bullet.is_some() || alike(s)))
        .count();
    if all_below && marked && bulleted >= 2 && !announces() {
        for p in rest {
            p.depth -= 1;
        }
    }
}

/// Whether words hold a number that is not an item's own ("criteria (3) and (4) are looked at later").
pub(super) fn holds_a_number(words: &str) -> bool {
    let bytes = words.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let own = |at: usize| {
        let open = at.checked_sub(1).is_some_and(|before| bytes.get(before) == Some(&b'('));
        open && bytes.get(at + 1) == Some(&b')')
    };
    (0..bytes.len()).any(|at| digit(at) && !own(at))
}

/// Whether a sentence speaks of entering the trial as such.
pub(super) fn is_about_criteria(words: &str) -> bool {
    let folded = words.to_lowercase();
    let entering = [
        "eligible",
        "excluded",
        "included",
        "exclude",
        "enrolled",
        "inclusion",
        "exclusion",
        "not enter",
        "enter the",
        "not participate",
        "not take part",
        "apply:",
        "applies:",
        "are met:",
        "is met:",
    ];
    let listed = folded.contains("following") || folded.contains("these criteria");
    let met = folded.contains(" meet") && folded.contains("criteria");
    listed && (met || entering.iter().any(|word| folded.contains(word)))
}

/// A bullet that ends in a colon, and after it bullets of its own depth that go on in lower case: its members.
fn lower_case_members(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let mut parent: Option<usize> = None;
    for index in range {
        let (Some(segment), Some(own)) = (segments.get(index), placed.get(index)) else { return };
        let words = segment.words(text);
        // "5. Any of the following:" over "6. measurable disease": its number says what it is.
        let lower = words.starts_with(char::is_lowercase) && segment.ordinal().is_none();
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

/// Fewer limits than this are not taken for a list's members.
const FEWEST_LIMITS: usize = 2;
/// A limit of a list is told in so many words at most.
const LIMIT_WORDS: usize = 16;

/// "* Adequate organ function:" and after it bullets of its own depth that are nothing but a limit each: its members.
fn limit_members(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let words = |index: usize| segments.get(index).map_or("", |segment| segment.words(text));
    let mut index = range.start;
    while index < range.end {
        let Some(depth) = placed.get(index).filter(|p| p.role == CriterionRole::Item).map(|p| p.depth) else {
            return;
        };
        let announced = words(index).trim_end().ends_with([':', '：']) && !is_limit(words(index));
        let same = |at: &usize| {
            placed.get(*at).is_some_and(|p| p.depth == depth)
                && segments.get(*at).is_some_and(|s| s.marks.bullet.is_some() && s.ordinal().is_none())
        };
        let members = (index + 1..range.end).take_while(|at| announced && same(at) && is_limit(words(*at)));
        let members = members.count();
        if members >= FEWEST_LIMITS {
            placed.iter_mut().skip(index + 1).take(members).for_each(|p| p.depth += 1);
        }
        index += 1 + members;
    }
}

/// "* defined as one of the following:" and after it bullets of its own depth that "or" joins: its members, the one behind
/// the last "or" too.
fn joined_members(text: &str, segments: &[Segment], placed: &mut [Placed], range: Range<usize>) {
    let words = |index: usize| segments.get(index).map_or("", |segment| segment.words(text));
    let bullet =
        |at: usize| segments.get(at).is_some_and(|s| s.marks.bullet.is_some() && s.ordinal().is_none());
    let mut index = range.start;
    while index < range.end {
        let Some(depth) = placed.get(index).filter(|p| p.role == CriterionRole::Item).map(|p| p.depth) else {
            return;
        };
        let below = |at: &usize| {
            *at < range.end
                && bullet(*at)
                && placed.get(*at).is_some_and(|p| p.depth == depth || p.depth == depth + 1)
        };
        let opens = words(index).trim_end().ends_with([':', '：']);
        let joined =
            (index + 1..range.end).take_while(|at| opens && below(at) && is_joined(words(*at))).count();
        let members = joined + usize::from(joined > 0 && below(&(index + 1 + joined)));
        placed.iter_mut().skip(index + 1).take(members).for_each(|p| p.depth = depth + 1);
        index += 1 + members;
    }
}

/// Ends in "or" or "and": something of the same kind follows.
pub(super) fn is_joined(words: &str) -> bool {
    let last =
        words.trim_end().trim_end_matches([',', ';']).rsplit([' ', ',', ';']).next().unwrap_or_default();
    ["or", "and", "and/or"].iter().any(|joint| last.eq_ignore_ascii_case(joint))
}

/// A short line with a number and a comparison.
pub(super) fn is_limit(words: &str) -> bool {
    let compares = [
        ">",
        "<",
        "≥",
        "≤",
        "=",
        "at least",
        "less than",
        "greater than",
        "more than",
        "within",
        "or more",
        "or greater",
        "or higher",
        "or above",
        "or less",
        "or lower",
        "or below",
        "up to",
        "at most",
        "exceed",
        " above ",
        " below ",
    ];
    words.bytes().any(|byte| byte.is_ascii_digit())
        && words.split_whitespace().count() <= LIMIT_WORDS
        && compares.iter().any(|sign| words.contains(sign))
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
