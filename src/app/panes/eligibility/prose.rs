//! Where a record lists no criteria: the sentences of its summary and description that say who takes part, as they
//! stand.

use super::criteria::tag_words;
use super::words;
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::matching::words::told;
use crate::protocol::{Limit, Trial};
use crate::reading::{criteria, population};

/// Sentences that are shown at most.
const MOST: usize = 12;
/// Columns from a sentence's mark to its words.
const HANG: u16 = 2;

/// The sentences under a heading; none when none says who takes part.
pub fn items(trial: &Trial) -> Vec<Item> {
    let fields = [
        ("description.brief", trial.description.brief.as_deref()),
        ("description.detailed", trial.description.detailed.as_deref()),
    ];
    let mut items: Vec<Item> = Vec::new();
    for (field, text) in fields {
        let Some(text) = text else { continue };
        for range in population::sentences(text) {
            let sentence = text.get(range.clone()).unwrap_or_default();
            let source = crate::protocol::Span::new(field, range);
            let row = Item::row(words::line(sentence)).from(Some(source));
            items.push(Item {
                lead: Styled::new("“", Tone::Dim), hang: HANG, notes: notes(sentence), ..row
            });
        }
    }
    let more = items.len().saturating_sub(MOST);
    items.truncate(MOST);
    if items.is_empty() {
        return items;
    }
    items.insert(0, Item::heading("Its prose says of who takes part"));
    if more > 0 {
        items.push(Item::note(format!("… and {more} more sentences in the Overview")));
    }
    items.insert(0, Item::blank());
    items
}

/// Limits and tags in a sentence. It is no criterion: they are what it speaks of.
fn notes(sentence: &str) -> Vec<Styled> {
    let reading = criteria::read(sentence);
    let limits: Vec<&Limit> = reading.facts.iter().collect();
    let limits = told(&limits).into_iter().map(|told| format!("{}{}", told.binding.words(), told.text));
    let mut notes: Vec<String> = limits.collect();
    for tag in &reading.tags {
        let words = tag_words(tag);
        if !notes.contains(&words) {
            notes.push(words);
        }
    }
    notes.into_iter().map(|words| Styled::new(words, Tone::Dim)).collect()
}
