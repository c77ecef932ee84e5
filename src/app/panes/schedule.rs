//! Schedule: what happens when. Doses as grids of the cycle, time frames on one axis, and every sentence that looks
//! like dosing and could not be read, word for word.

use super::time_axis::TimeAxis;
use super::words::{self, line};
use super::{PaneView, cycle_grid};
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::protocol::{Coverage, Endpoint, Readings, Regimen, Role, TimeFrame, Trial};

/// Columns left of the time axis.
const AXIS_INDENT: u16 = 2;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let readings = view.entry.readings();
    let mut items = dosing(trial, readings, view.width);
    let measured = measured(trial, &readings.time_frames, view.width);
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

/// How much was read, a grid for each arm and epoch, and what could not be read.
fn dosing(trial: &Trial, readings: &Readings, width: u16) -> Vec<Item> {
    let mut items = Vec::new();
    if trial.arms.is_empty() && readings.regimens.is_empty() && readings.dosing.total() == 0 {
        return items;
    }
    items.push(Item::note(told(&readings.dosing)));
    for arm in &trial.arms {
        let of_arm: Vec<&Regimen> =
            readings.regimens.iter().filter(|regimen| regimen.arm.as_deref() == Some(&arm.label)).collect();
        section(&mut items, &line(&arm.label), &of_arm, width);
    }
    let untold: Vec<&Regimen> = readings.regimens.iter().filter(|regimen| regimen.arm.is_none()).collect();
    if !untold.is_empty() {
        let title = if trial.arms.is_empty() { "Treatment" } else { "Which arm is not told" };
        section(&mut items, title, &untold, width);
    }
    items.extend(unread(trial, &readings.dosing));
    items
}

/// How much of the dosing prose was read.
fn told(coverage: &Coverage) -> String {
    match coverage.total() {
        0 => "The arms' words hold no dose or time that could be read.".to_owned(),
        total => {
            format!("{} of {total} dosing sentences read · s shows the words behind a row", coverage.read())
        }
    }
}

fn section(items: &mut Vec<Item>, title: &str, regimens: &[&Regimen], width: u16) {
    items.push(Item::blank());
    items.push(Item::heading(title));
    if regimens.is_empty() {
        items.push(Item::note("No dose or time read. The Arms pane has its words.").indented(1));
    }
    for regimen in regimens {
        items.extend(cycle_grid::items(regimen, width));
    }
}

/// The sentences that look like dosing and were not, or not wholly, read.
fn unread(trial: &Trial, coverage: &Coverage) -> Vec<Item> {
    let mut items = Vec::new();
    for sentence in coverage.sentences.iter().filter(|sentence| !sentence.read) {
        let Some(text) = trial.text(&sentence.span.field).and_then(|text| sentence.span.of(text)) else {
            continue;
        };
        if items.is_empty() {
            items.push(Item::blank());
            items.push(Item::heading("Not read, or not wholly"));
        }
        let row = Item { lead: Styled::new("┄", Tone::Warn), hang: 2, ..Item::row(line(text)) };
        items.push(row.from(Some(sentence.span.clone())));
    }
    items
}

/// Every time frame once, in the record's order, with the endpoints that are measured then.
fn measured(trial: &Trial, readings: &[TimeFrame], width: u16) -> Vec<Item> {
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
    let axis = TimeAxis::of(readings, usize::from(width.saturating_sub(2 * AXIS_INDENT)));
    items.extend(axis.map(|axis| drawn(axis.header(), Tone::Dim)));
    for (frame, endpoints) in frames {
        let reading = endpoints.first().and_then(|at| readings.get(*at));
        let bar = axis.zip(reading).and_then(|(axis, reading)| axis.bar(reading));
        items.extend(bar.map(|bar| drawn(bar, Tone::Accent)));
        items.push(time_frame(frame, endpoints.first().copied().unwrap_or_default()));
        items.extend(endpoints.into_iter().filter_map(|at| Some(endpoint(at, trial.endpoints.get(at)?))));
    }
    items
}

/// A line of the axis: passed over by the cursor, cut at the edge.
fn drawn(line: String, tone: Tone) -> Item {
    Item { text: Styled::new(line, tone), fixed: true, ..Item::blank() }.indented(AXIS_INDENT)
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
