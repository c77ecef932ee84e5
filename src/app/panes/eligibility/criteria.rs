//! The criteria, numbered and nested as the text has them: limits lit in the words, and beside them what was read.

use std::ops::Range;

use super::narrowing::{self, CriteriaFilter, Shown};
use super::words;
use crate::app::item::{Item, ItemKind};
use crate::app::styled::{Styled, Tone};
use crate::matching::words::{Binding, told};
use crate::protocol::{CriteriaReading, Criterion, CriterionRole, Limit, Section, Stance, Tag, display};

/// Columns from an item's number to its words at least and at most; what stands deeper is moved in by them.
const STEP: u16 = 3;
const WIDEST_LEAD: u16 = 8;
/// Deeper than this items move in no further.
const DEEPEST: usize = 6;

/// The criteria that the filter leaves. `text` is the eligibility text.
pub fn items(text: &str, reading: &CriteriaReading, filter: &CriteriaFilter) -> Vec<Item> {
    let mut items = Vec::new();
    if reading.criteria.iter().all(|criterion| criterion.section.is_none()) {
        items.push(Item::note("The text does not say what is inclusion and what is exclusion."));
        items.push(Item::blank());
    }
    let shown = narrowing::shown(reading, filter);
    if !filter.is_empty() {
        items.push(Item::note(summary(reading, filter, &shown)));
    }
    let numbers = numbers(&reading.criteria);
    let columns = Columns::of(&reading.criteria, &numbers);
    let mut section = None;
    for (index, (criterion, shown)) in reading.criteria.iter().zip(shown).enumerate() {
        let first_of_section = criterion.section.is_some() && criterion.section != section;
        if criterion.role == CriterionRole::Heading {
            section = criterion.section;
        }
        if shown == Shown::Hidden {
            continue;
        }
        match criterion.role {
            CriterionRole::Heading => {
                if !items.is_empty() && !items.last().is_some_and(|item| *item == Item::blank()) {
                    items.push(Item::blank());
                }
                items.push(heading(criterion, first_of_section, reading, &columns));
            }
            CriterionRole::Item => {
                let number = numbers.get(index).copied().flatten();
                items.push(item(text, reading, index, number, shown == Shown::Context, &columns));
            }
        }
    }
    items
}

/// What of the text is shown, and by what it was chosen.
fn summary(reading: &CriteriaReading, filter: &CriteriaFilter, shown: &[Shown]) -> String {
    let is_item = |criterion: &&Criterion| criterion.role == CriterionRole::Item;
    let all = reading.criteria.iter().filter(is_item).count();
    let found = reading
        .criteria
        .iter()
        .zip(shown)
        .filter(|(criterion, shown)| is_item(criterion) && **shown == Shown::Found)
        .count();
    let mut text = match found {
        0 => "no item of this text".to_owned(),
        _ => format!("{found} of {all} items"),
    };
    if filter.limits_only {
        text.push_str(" · with limits");
    }
    if let Some(topic) = &filter.topic {
        text.push_str(&format!(" · about {}", topic_words(topic)));
    }
    if !filter.text.trim().is_empty() {
        text.push_str(&format!(" · matching {}", filter.text.trim()));
    }
    text
}

/// A number of our own for each outermost item that has none in the text, from 1 in each section.
fn numbers(criteria: &[Criterion]) -> Vec<Option<usize>> {
    let mut section = None;
    let mut count = 0;
    criteria
        .iter()
        .map(|criterion| {
            if criterion.section != section {
                (section, count) = (criterion.section, 0);
            }
            if criterion.role == CriterionRole::Heading || criterion.depth > 0 {
                return None;
            }
            count += 1;
            criterion.number.is_none().then_some(count)
        })
        .collect()
}

fn heading(
    criterion: &Criterion,
    first_of_section: bool,
    reading: &CriteriaReading,
    columns: &Columns,
) -> Item {
    let level = if criterion.depth == 0 { 1 } else { 2 };
    let tone = if level == 1 { Tone::Heading } else { Tone::Strong };
    let shown = display::prose(&criterion.text);
    let mut text = Styled::new(shown.text().trim(), tone);
    if first_of_section {
        let count = match criterion.section {
            Some(Section::Inclusion) => reading.inclusion_items,
            Some(Section::Exclusion) => reading.exclusion_items,
            None => 0,
        };
        let name = text.text().trim_end_matches([':', '：']).to_owned();
        text = Styled::new(&name, tone).with(format!(" · {count}"), Tone::Dim);
        text.push(said_otherwise(&name, criterion.section), Tone::Warn);
    }
    Item { kind: ItemKind::Heading(level), indent: columns.indent(criterion.depth), text, ..Item::default() }
        .from(Some(criterion.span.clone()))
}

/// What a heading is read as, where its own words do not say.
fn said_otherwise(name: &str, section: Option<Section>) -> &'static str {
    let name = name.to_lowercase();
    match section {
        Some(Section::Inclusion) if !name.contains("inclusion") => " · read as inclusion",
        Some(Section::Exclusion) if !name.contains("exclusion") => " · read as exclusion",
        _ => "",
    }
}

fn item(
    text: &str,
    reading: &CriteriaReading,
    index: usize,
    number: Option<usize>,
    context: bool,
    columns: &Columns,
) -> Item {
    let Some(criterion) = reading.criteria.get(index) else { return Item::blank() };
    let limits: Vec<&Limit> =
        reading.facts.iter().filter(|fact| criterion.span.range().contains(&fact.span.start)).collect();
    let (lead, tone) = lead(criterion, number);
    let hang = columns.hang(criterion.depth);
    // Numbers end in one column.
    let lead = Styled::new(format!("{lead:>width$}", width = usize::from(hang) - 1), tone);
    let words = if context {
        Styled::new(display::prose(&criterion.text).text().trim(), Tone::Dim)
    } else {
        lit(text, criterion, limits.iter().map(|limit| limit.span.range()))
    };
    let notes = if context { Vec::new() } else { notes(reading, index, &limits) };
    Item {
        indent: columns.indent(criterion.depth),
        hang,
        lead,
        text: words,
        notes,
        source: Some(criterion.span.clone()),
        ..Item::default()
    }
}

/// An item's words with its limits lit. `ranges` are bytes of the whole text.
pub fn lit(text: &str, criterion: &Criterion, ranges: impl Iterator<Item = Range<usize>>) -> Styled {
    let shown = display::prose(&criterion.text);
    let blanks = shown.text().len() - shown.text().trim_start().len();
    let all = shown.text().trim();
    // The item's words begin behind its bullet or number.
    let raw = criterion.span.of(text).unwrap_or_default();
    let Some(offset) = raw.find(criterion.text.as_str()).map(|at| at + criterion.span.start) else {
        return Styled::new(all, Tone::Plain);
    };
    let mut styled = Styled::default();
    let mut done = 0;
    for range in ranges {
        let inside = range.start.saturating_sub(offset)..range.end.saturating_sub(offset);
        let there = shown.shown_range(inside);
        let from = there.start.saturating_sub(blanks).clamp(done, all.len());
        let to = there.end.saturating_sub(blanks).clamp(from, all.len());
        styled.push(all.get(done..from).unwrap_or_default(), Tone::Plain);
        styled.push(all.get(from..to).unwrap_or_default(), Tone::Strong);
        done = to;
    }
    styled.push(all.get(done..).unwrap_or_default(), Tone::Plain);
    styled
}

/// What was read of an item: its limits, then what it speaks of.
fn notes(reading: &CriteriaReading, index: usize, limits: &[&Limit]) -> Vec<Styled> {
    let mut notes: Vec<Styled> = told(limits)
        .into_iter()
        .map(|told| match told.binding {
            Binding::Plain => {
                let (limit, since) = told.parts();
                Styled::new(limit, Tone::Strong).with(since, Tone::Plain)
            }
            binding => Styled::new(binding.words(), Tone::Warn).with(told.text, Tone::Plain),
        })
        .collect();
    let mut tags: Vec<String> = Vec::new();
    // A performance status that is told as a limit needs no tag.
    let scored = limits.iter().any(|limit| SCALES.contains(&limit.variable.as_str()));
    let tags_here = reading.tags.iter().filter(|tag| tag.item == index);
    let tags_here: Vec<&Tag> =
        tags_here.filter(|tag| !(scored && tag.topic == "performance_status")).collect();
    for tag in &tags_here {
        if tags_here.iter().any(|other| says_more(other, tag)) {
            continue;
        }
        let words = tag_words(tag);
        if !tags.contains(&words) {
            tags.push(words);
        }
    }
    notes.extend(tags.into_iter().map(|words| Styled::new(words, Tone::Dim)));
    notes
}

/// Whether one tag says all that another does, and more.
fn says_more(other: &Tag, tag: &Tag) -> bool {
    let narrower = other.stance == tag.stance && tag.of.is_empty() && !other.of.is_empty();
    let firmer = tag.stance == Stance::Mentioned && other.stance != Stance::Mentioned && tag.of.is_empty();
    other.topic == tag.topic && (narrower || firmer)
}

/// Scales of performance status.
const SCALES: &[&str] = &["ecog", "karnofsky", "lansky", "performance_status"];

/// Topics that are not written as they are named.
const TOPICS: &[(&str, &str)] = &[
    ("cns_metastases", "CNS metastases"),
    ("hiv", "HIV"),
    ("hbv", "hepatitis B"),
    ("hcv", "hepatitis C"),
    ("gene", "genes"),
];

/// A topic in words.
pub fn topic_words(topic: &str) -> String {
    TOPICS
        .iter()
        .find(|(name, _)| *name == topic)
        .map_or_else(|| topic.replace('_', " "), |(_, words)| (*words).to_owned())
}

/// What an item says of a topic: `HIV: excluded`, `KIT exon 17: required`.
pub fn tag_words(tag: &Tag) -> String {
    let name = match (tag.topic.as_str(), tag.of.is_empty()) {
        ("gene", false) => tag.of.join(" or "),
        (topic, true) => topic_words(topic),
        (topic, false) => format!("{} ({})", topic_words(topic), tag.of.join(", ")),
    };
    let stance = match tag.stance {
        Stance::Required => "required",
        Stance::Forbidden => "excluded",
        Stance::Allowed => "allowed",
        Stance::Mentioned => "mentioned",
    };
    format!("{name}: {stance}")
}

/// What stands in front of an item: its own number, our count, or a bullet.
fn lead(criterion: &Criterion, number: Option<usize>) -> (String, Tone) {
    match (&criterion.number, number) {
        (Some(own), _) => (format!("{own}."), Tone::Accent),
        (None, Some(counted)) => (counted.to_string(), Tone::Dim),
        (None, None) => ("•".to_owned(), Tone::Accent),
    }
}

/// Where the words of each depth begin: all of one depth in one column.
struct Columns {
    hangs: Vec<u16>,
}

impl Columns {
    fn of(criteria: &[Criterion], numbers: &[Option<usize>]) -> Self {
        let mut hangs = vec![STEP; DEEPEST + 1];
        for (criterion, number) in criteria.iter().zip(numbers) {
            if criterion.role == CriterionRole::Item
                && let Some(hang) = hangs.get_mut(criterion.depth.min(DEEPEST))
            {
                *hang = (*hang).max(words::hang(&lead(criterion, *number).0)).min(WIDEST_LEAD);
            }
        }
        Self { hangs }
    }

    /// Columns from an item's lead to its words.
    fn hang(&self, depth: usize) -> u16 {
        self.hangs.get(depth.min(DEEPEST)).copied().unwrap_or(STEP)
    }

    /// Columns before an item's lead: those of the depths above it.
    fn indent(&self, depth: usize) -> u16 {
        self.hangs.iter().take(depth.min(DEEPEST)).sum()
    }
}
