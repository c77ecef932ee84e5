//! The context column of wide screens: the key facts, and what stands in the shown pane.

use super::overview;
use super::words::line;
use crate::app::content::Content;
use crate::app::item::Item;
use crate::app::pane::Pane;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::protocol::{Role, Trial};

/// Columns from a fact's label to its value, here.
const LABEL: u16 = 11;
/// Columns of a heading's name at most: some records have whole sentences for headings.
const LONGEST_NAME: usize = 72;
/// Endpoints that are told at most.
const MOST: usize = 12;

/// The column's items. `here` is the item the person is at.
pub fn items(pane: Pane, trial: &Trial, content: &Content, here: usize) -> Vec<Item> {
    if pane == Pane::Overview {
        return glance(trial);
    }
    let mut items = vec![Item::heading("Key facts")];
    items.extend(overview::key_facts(trial).into_iter().map(|fact| Item { hang: LABEL, ..fact }));
    items.extend(conditions(trial));
    items.push(Item::blank());
    items.extend(outline(pane, content, here));
    items
}

fn conditions(trial: &Trial) -> Option<Item> {
    let conditions: Vec<String> = trial.conditions.iter().map(|condition| line(condition)).collect();
    (!conditions.is_empty()).then(|| Item::labelled("Condition", LABEL, conditions.join(", ")))
}

/// The headings of the pane, the one the person is under marked.
fn outline(pane: Pane, content: &Content, here: usize) -> Vec<Item> {
    let headings: Vec<(usize, &Item)> = content.outline().collect();
    if headings.len() < 2 {
        return Vec::new();
    }
    let current = headings.iter().rposition(|(at, _)| *at <= here);
    let mut items = vec![Item::heading(format!("In {}", pane.title()))];
    for (index, (_, heading)) in headings.iter().enumerate() {
        let at = current == Some(index);
        let lead = if at { Styled::new("▸", Tone::Accent) } else { Styled::new("·", Tone::Dim) };
        let text = Styled::new(name(heading), if at { Tone::Strong } else { Tone::Plain });
        items.push(Item { lead, hang: 2, ..Item::row(text) });
    }
    items
}

/// A heading without what is said in passing.
fn name(heading: &Item) -> String {
    let text = &heading.text;
    let runs = text.runs(0..text.text().len()).filter(|(_, _, tone)| *tone != Tone::Dim);
    let name: String = runs.map(|(_, words, _)| words).collect();
    match wrap::cut(name.trim_end(), LONGEST_NAME) {
        (start, true) => format!("{} …", start.rsplit_once(' ').map_or(start, |(words, _)| words)),
        (whole, false) => whole.to_owned(),
    }
}

/// Arms and primary endpoints, beside the overview.
fn glance(trial: &Trial) -> Vec<Item> {
    let mut items = Vec::new();
    if !trial.arms.is_empty() {
        items.push(Item::heading("Arms"));
        items.extend(trial.arms.iter().map(|arm| bullet(&arm.label)));
        items.push(Item::blank());
    }
    let primary: Vec<_> =
        trial.endpoints.iter().filter(|endpoint| endpoint.role == Some(Role::Primary)).collect();
    if !primary.is_empty() {
        items.push(Item::heading("Primary endpoints"));
        items.extend(primary.iter().take(MOST).map(|endpoint| bullet(&endpoint.measure)));
        if primary.len() > MOST {
            items.push(Item::note(format!("… and {} more", primary.len() - MOST)));
        }
        items.push(Item::blank());
    }
    items.push(Item::heading("Counts"));
    for (label, count) in [
        ("Arms", trial.arms.len()),
        ("Treatments", trial.interventions.len()),
        ("Endpoints", trial.endpoints.len()),
        ("Sites", trial.sites.len()),
    ] {
        items.push(Item::labelled(label, LABEL, count.to_string()));
    }
    items
}

fn bullet(text: &str) -> Item {
    Item { lead: Styled::new("•", Tone::Dim), hang: 2, ..Item::row(line(text)) }
}
