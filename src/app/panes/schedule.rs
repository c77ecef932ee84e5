//! Schedule: what happens when, in the record's own words. Doses by arm, time frames with what is measured then.

use super::PaneView;
use super::words::{self, line};
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::protocol::{Endpoint, Role, Trial};

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let mut items = dosing(trial);
    let measured = measured(trial);
    if !items.is_empty() && !measured.is_empty() {
        items.push(Item::blank());
    }
    items.extend(measured);
    if items.is_empty() {
        items.push(Item::note(
            "The record states neither doses nor time frames. What it says in prose stands in the Overview.",
        ));
    }
    items
}

/// Every arm with its words and its interventions' words.
fn dosing(trial: &Trial) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, arm) in trial.arms.iter().enumerate() {
        let field = format!("arms[{index}].description");
        let mut rows =
            arm.description.as_deref().map(|text| words::prose(text, &field, 0)).unwrap_or_default();
        for (at, intervention) in trial.interventions.iter().enumerate() {
            if arm.interventions.contains(&intervention.name) {
                rows.extend(given(trial, at));
            }
        }
        section(&mut items, &line(&arm.label), rows);
    }
    if trial.arms.is_empty() && !trial.interventions.is_empty() {
        let rows = (0..trial.interventions.len()).flat_map(|at| given(trial, at)).collect();
        section(&mut items, "Interventions", rows);
    }
    items
}

fn section(items: &mut Vec<Item>, title: &str, mut rows: Vec<Item>) {
    if rows.is_empty() {
        rows.push(Item::note("No words about doses or times."));
    }
    if !items.is_empty() {
        items.push(Item::blank());
    }
    items.push(Item::heading(title));
    items.extend(rows);
}

/// An intervention's words behind its name.
fn given(trial: &Trial, index: usize) -> Vec<Item> {
    let Some(intervention) = trial.interventions.get(index) else { return Vec::new() };
    let Some(description) = intervention.description.as_deref() else { return Vec::new() };
    let name = words::words(&intervention.name, format!("interventions[{index}].name"), Tone::Strong);
    let mut items = vec![Item { lead: Styled::new("•", Tone::Accent), hang: 2, ..name }];
    items.extend(words::prose(description, &format!("interventions[{index}].description"), 2));
    items
}

/// Every time frame once, in the record's order, with the endpoints that are measured then.
fn measured(trial: &Trial) -> Vec<Item> {
    let mut frames: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, endpoint) in trial.endpoints.iter().enumerate() {
        let frame = endpoint.time_frame.as_ref().map(|frame| frame.text.trim()).unwrap_or_default();
        match frames.iter_mut().find(|(known, _)| *known == frame) {
            Some((_, at)) => at.push(index),
            None => frames.push((frame, vec![index])),
        }
    }
    let mut items = Vec::new();
    if !frames.is_empty() {
        items.push(Item::heading("What is measured when"));
    }
    for (frame, endpoints) in frames {
        items.push(time_frame(frame, endpoints.first().copied().unwrap_or_default()));
        items.extend(endpoints.into_iter().filter_map(|at| Some(endpoint(at, trial.endpoints.get(at)?))));
    }
    items
}

fn time_frame(frame: &str, index: usize) -> Item {
    if frame.is_empty() {
        return Item::row(Styled::new("time frame not stated", Tone::Dim));
    }
    words::words(frame, format!("endpoints[{index}].time_frame.text"), Tone::Plain)
}

fn endpoint(index: usize, endpoint: &Endpoint) -> Item {
    let (sign, tone) = match endpoint.role {
        Some(Role::Primary) => ("primary", Tone::Accent),
        Some(Role::Secondary) => ("secondary", Tone::Dim),
        Some(Role::Other) => ("other", Tone::Dim),
        None => ("–", Tone::Dim),
    };
    let measure = words::words(&endpoint.measure, format!("endpoints[{index}].measure"), Tone::Strong);
    Item { indent: 2, lead: Styled::new(sign, tone), hang: 11, ..measure }
}
