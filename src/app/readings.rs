//! What was read of some words, in full: for the sheet that shows the words themselves.

use super::item::Item;
use super::panes::{eligibility, endpoints};
use super::styled::{Styled, Tone};
use crate::library::Entry;
use crate::matching::words::{Binding, entered, label, sign, told};
use crate::protocol::{Limit, LimitValue, Span};

/// Columns from a reading's name to what it says.
const LABEL: u16 = 10;
/// Columns they are moved in, below their words.
const MOVED_IN: u16 = 4;

/// The rows, with an empty line before and behind them; none for words that have no reading of this kind.
pub fn items(entry: &Entry, span: &Span) -> Vec<Item> {
    let mut items: Vec<Item> = if span.field == "eligibility.text" {
        criteria(entry, span)
    } else if let Some(index) = endpoint(&span.field) {
        endpoints::read(entry, index, span.field.ends_with("time_frame.text"))
            .into_iter()
            .map(|(name, value)| Item::labelled(name, LABEL, value))
            .collect()
    } else {
        return Vec::new();
    };
    if items.is_empty() {
        items.push(Item::note("Nothing was read of these words; they stay as they are."));
    }
    let items = items.into_iter().map(|item| item.indented(MOVED_IN));
    std::iter::once(Item::blank()).chain(items).chain([Item::blank()]).collect()
}

/// `endpoints[3].measure` → 3.
fn endpoint(field: &str) -> Option<usize> {
    field.strip_prefix("endpoints[")?.split_once(']')?.0.parse().ok()
}

/// Limits and tags that stand in a span of the criteria.
fn criteria(entry: &Entry, span: &Span) -> Vec<Item> {
    let reading = &entry.readings().criteria;
    let inside = |other: &Span| span.range().contains(&other.start);
    let limits: Vec<&Limit> = reading.facts.iter().filter(|fact| inside(&fact.span)).collect();
    let mut items = Vec::new();
    for told in told(&limits) {
        let tone = if told.binding == Binding::Plain { Tone::Strong } else { Tone::Plain };
        let text = Styled::new(told.binding.words(), Tone::Warn).with(told.text, tone);
        items.push(Item::labelled("limit", LABEL, text));
        let stated = limits.iter().skip(told.first).take(told.count).map(|limit| as_stated(limit));
        let stated = format!("as stated {}", stated.collect::<Vec<_>>().join(", "));
        let text = Styled::new(stated, Tone::Dim).with(format!(" · {}", told.binding.sentence()), Tone::Dim);
        items.push(Item::labelled("", LABEL, text));
    }
    let tags = reading.tags.iter().filter(|tag| inside(&tag.span));
    items.extend(tags.map(|tag| Item::labelled("tag", LABEL, eligibility::tag_words(tag))));
    items
}

/// A limit with its own number and unit.
pub(super) fn as_stated(limit: &Limit) -> String {
    let value = match (&limit.value, limit.unit.as_deref()) {
        (LimitValue::Class(class), _) => class.clone(),
        (LimitValue::Number(number), Some(unit)) => entered(number.0, unit),
        (LimitValue::Number(number), None) => format!("{number} (no unit)"),
    };
    format!("{} {} {value}", label(&limit.variable), sign(&limit.op))
}
