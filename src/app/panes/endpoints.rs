//! Endpoints: what is measured, by role, each with its time frame and description.

use super::PaneView;
use super::words;
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::protocol::{Endpoint, Role};

/// Columns from an endpoint's number to its measure.
const NUMBER: u16 = 4;
/// Columns from `when` to the time frame.
const WHEN: u16 = 5;

/// The roles in the order they are shown.
const ROLES: &[(Option<Role>, &str)] = &[
    (Some(Role::Primary), "Primary"),
    (Some(Role::Secondary), "Secondary"),
    (Some(Role::Other), "Other"),
    (None, "Role not stated"),
];

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let endpoints = &view.entry.trial.endpoints;
    if endpoints.is_empty() {
        return vec![Item::note(
            "The record lists no outcome measures. Its summary and description stand in the Overview.",
        )];
    }
    let mut items = Vec::new();
    for (role, title) in ROLES {
        let of_role: Vec<(usize, &Endpoint)> =
            endpoints.iter().enumerate().filter(|(_, endpoint)| endpoint.role == *role).collect();
        if of_role.is_empty() {
            continue;
        }
        if !items.is_empty() {
            items.push(Item::blank());
        }
        items.push(Item::heading(format!("{title} · {}", of_role.len())));
        for (number, (index, endpoint)) in of_role.into_iter().enumerate() {
            items.extend(rows(number + 1, index, endpoint));
        }
    }
    items
}

fn rows(number: usize, index: usize, endpoint: &Endpoint) -> Vec<Item> {
    let measure = words::words(&endpoint.measure, format!("endpoints[{index}].measure"), Tone::Strong);
    let mut items =
        vec![Item { lead: Styled::new(format!("{number:>2}"), Tone::Accent), hang: NUMBER, ..measure }];
    items.push(when(index, endpoint));
    if let Some(description) = endpoint.description.as_deref() {
        items.extend(words::prose(description, &format!("endpoints[{index}].description"), NUMBER));
    }
    items
}

fn when(index: usize, endpoint: &Endpoint) -> Item {
    let text = endpoint.time_frame.as_ref().map(|frame| frame.text.as_str()).unwrap_or_default();
    let row = if text.trim().is_empty() {
        Item::row(Styled::new("time frame not stated", Tone::Dim))
    } else {
        words::words(text, format!("endpoints[{index}].time_frame.text"), Tone::Plain)
    };
    Item { indent: NUMBER, lead: Styled::new("when", Tone::Label), hang: WHEN, ..row }
}
