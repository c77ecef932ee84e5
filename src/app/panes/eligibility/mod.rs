//! Eligibility: who may enter. The hard facts, then the criteria as the nested lists the text has, with what was read
//! of each beside it.

mod criteria;
mod facts;
mod narrowing;
mod prose;

use super::PaneView;
use super::words;
use crate::app::item::Item;

pub use criteria::tag_words;
pub use narrowing::{CriteriaFilter, topics};

/// Facts have no notes: they take the whole width.
fn wide(item: Item) -> Item {
    Item { wide: true, ..item }
}

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let eligibility = &view.entry.trial.eligibility;
    let text = eligibility.text.as_deref().filter(|text| !text.trim().is_empty());
    let mut items = Vec::new();
    // What is looked for comes first: the facts give way.
    if !view.criteria.hides_facts() {
        items.extend(facts::items(view.entry).into_iter().map(wide));
        items.push(Item::blank());
    }
    let reading = &view.entry.readings().criteria;
    match text {
        None => {
            items
                .push(Item::note("The record has no eligibility criteria (registry tables leave them out)."));
            items.extend(prose::items(&view.entry.trial));
        }
        Some(text) if reading.criteria.is_empty() => items.extend(words::prose(text, "eligibility.text", 0)),
        Some(text) => items.extend(criteria::items(text, reading, view.criteria)),
    }
    if view.criteria.is_empty() {
        items.extend(facts::others(eligibility).into_iter().map(wide));
    }
    items
}
