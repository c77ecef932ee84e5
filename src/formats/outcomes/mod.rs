//! Outcome lists as the registry's table exports and texts join them: `measure, description, time frame` with
//! commas, and `|` between outcomes. Finds the parts again by their shape.
//!
//! A comma may stand inside each of the three parts, so every way to cut an outcome is weighed: signs of a time frame
//! (how it opens, how much of it is words of time, what the record's other outcomes end in) and signs of a
//! description (how it opens, whether it says the measure again). The words are in
//! `assets/vocabulary/outcome_words.toml`, the weights in `outcome_weights.toml`, fitted by `fit`.
//! Where no cut is likelier than all others together, the text stays whole. What a time frame means is for
//! `reading::time_frame`.

mod choice;
mod description;
#[cfg(test)]
mod fit;
mod item;
mod peers;
mod table;
#[cfg(test)]
mod tests;
mod time_frame;
mod words;

pub use choice::{Cut, Parts, cut as cut_among};
pub use item::{Edge, Item};
pub use peers::Peers;

use crate::protocol::{Endpoint, Role, TimeFrameText};

/// A text of more bytes is not cut: the registry's own limits on the parts add up to a small part of it.
const LONGEST: usize = 64 << 10;

/// The outcomes of one record, in order, from its list of each role. The lists are read together: outcomes of one
/// record often end in the same time frame.
pub fn split(lists: &[(Option<Role>, &str)]) -> Vec<Endpoint> {
    let texts = lists.iter().flat_map(|(role, list)| separate(list).into_iter().map(|text| (*role, text)));
    let items: Vec<(Option<Role>, &str, Option<Item<'_>>)> =
        texts.map(|(role, text)| (role, text, item(text))).collect();
    let peers = Peers::of(items.iter().filter_map(|(.., item)| item.as_ref()));
    let cut = |text, item: Option<&_>| match item {
        Some(item) => endpoint(choice::cut(item, &peers).parts),
        None => endpoint(Parts { measure: text, ..Parts::default() }),
    };
    items.iter().map(|(role, text, item)| Endpoint { role: *role, ..cut(*text, item.as_ref()) }).collect()
}

/// Outcomes of which only the measures are listed.
pub fn measures(list: &str) -> impl Iterator<Item = Endpoint> {
    separate(list).into_iter().map(|measure| Endpoint { measure: measure.to_owned(), ..Endpoint::default() })
}

/// One outcome on its own, for telling whether a text is one at all.
pub fn cut(text: &str) -> Cut<'_> {
    let Some(item) = item(text) else {
        return Cut { parts: Parts { measure: text, ..Parts::default() }, ..Cut::default() };
    };
    let peers = Peers::of(std::iter::once(&item));
    choice::cut(&item, &peers)
}

/// A verb that makes a sentence.
pub fn is_verb(word: &str) -> bool {
    words::WORDS.is_verb(&word.to_lowercase())
}

/// Cuts a list at each `|` that is not escaped. Blank outcomes are left out.
pub fn separate(list: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut start = 0;
    for (at, _) in list.match_indices('|') {
        let escaped = list.get(..at).is_some_and(|before| before.ends_with('\\'));
        if !escaped {
            items.push(list.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    items.push(list.get(start..).unwrap_or_default());
    items.retain(|item| !item.trim().is_empty());
    items
}

/// Takes an outcome apart, unless it is too long to be one.
fn item(text: &str) -> Option<Item<'_>> {
    (text.len() <= LONGEST).then(|| Item::new(text))
}

fn endpoint(parts: Parts<'_>) -> Endpoint {
    Endpoint {
        role: None,
        measure: parts.measure.to_owned(),
        description: parts.description.map(str::to_owned),
        time_frame: parts.time_frame.map(|text| TimeFrameText { text: text.to_owned() }),
    }
}
