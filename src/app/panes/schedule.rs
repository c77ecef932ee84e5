//! Schedule: what happens when. Doses as grids of the cycle, how the trial is built, examinations and time frames on
//! one axis of weeks, and every sentence that looks like dosing and could not be read, word for word.

use super::PaneView;
use super::cycle_grid::{self, Explained};
use super::endpoints::time_words;
use super::time_axis::TimeAxis;
use super::words::{self, line};
use crate::app::item::{Item, ItemKind};
use crate::app::styled::{Styled, Tone};
use crate::protocol::{
    Assessment, AssessmentKind, Coverage, DesignReading, Endpoint, Readings, Regimen, Role, Span, TimeFrame,
    Trial, phrase,
};

/// Columns left of the time axis.
const AXIS_INDENT: u16 = 2;
/// Columns from an examination's kind, or a part of the design, to its words.
const KIND: u16 = 14;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let readings = view.entry.readings();
    let frames = readings.assessments.iter().map(|found| &found.timing).chain(&readings.time_frames);
    let columns = usize::from(view.width.saturating_sub(2 * AXIS_INDENT));
    let axis = TimeAxis::of(frames, only_cycle(&readings.regimens), columns);
    let parts = [
        dosing(trial, readings, view.width),
        built(&readings.design),
        examined(readings, axis),
        measured(trial, &readings.time_frames, axis),
    ];
    let mut items: Vec<Item> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !items.is_empty() {
            items.push(Item::blank());
        }
        items.extend(part);
    }
    if items.is_empty() {
        items.push(Item::note(
            "The record states neither doses nor time frames. What it says in prose stands in the Overview.",
        ));
    } else if trial.arms.is_empty() && readings.regimens.is_empty() && readings.dosing.total() == 0 {
        items.insert(0, Item::note(told(readings)));
        items.insert(1, Item::blank());
    }
    items
}

/// The days of the cycle that all regimens share, if there is one.
fn only_cycle(regimens: &[Regimen]) -> Option<f64> {
    let mut cycles = regimens.iter().filter_map(|regimen| regimen.cycle).map(|cycle| cycle.days());
    let first = cycles.next()?;
    cycles.all(|cycle| cycle == first).then_some(first)
}

/// How much was read, a grid for each arm and epoch, and what could not be read.
fn dosing(trial: &Trial, readings: &Readings, width: u16) -> Vec<Item> {
    let mut items = Vec::new();
    if trial.arms.is_empty() && readings.regimens.is_empty() && readings.dosing.total() == 0 {
        return items;
    }
    items.push(Item::note(told(readings)));
    let mut explained = Explained::default();
    let mut section = |items: &mut Vec<Item>, title: &str, regimens: &[&Regimen]| {
        items.push(Item::blank());
        items.push(Item::heading(title));
        if regimens.is_empty() {
            items.push(Item::note("No dose or time read. The Arms pane has its words.").indented(1));
        }
        for (index, regimen) in regimens.iter().enumerate() {
            items.extend(cycle_grid::items(trial, regimen, index > 0, width, &mut explained));
        }
    };
    for arm in &trial.arms {
        section(&mut items, &line(&arm.label), &readings.regimens_of(Some(&arm.label)));
    }
    let untold = readings.regimens_of(None);
    if !untold.is_empty() {
        let title = if trial.arms.is_empty() { "Treatment" } else { "Which arm is not told" };
        section(&mut items, title, &untold);
    }
    items.extend(unread(trial, &readings.dosing));
    items
}

/// How much of the prose was read.
fn told(readings: &Readings) -> String {
    let coverage = &readings.dosing;
    let doses = match coverage.total() {
        0 => "no sentence that looks like dosing".to_owned(),
        total => format!("{} of {total} dosing sentences read", coverage.read()),
    };
    let examinations = match readings.assessments_read() {
        (_, 0) => String::new(),
        (read, total) => format!(" · {read} of {total} assessments read"),
    };
    format!("{doses}{examinations}")
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

/// How the trial is built, as far as its prose says: escalation, allocation, parts, numbers, follow-up.
fn built(design: &DesignReading) -> Vec<Item> {
    let mut items = Vec::new();
    let mut row = |label: &str, told: String, span: Option<&Span>| {
        items.push(Item::labelled(label, KIND, told).indented(1).from(span.cloned()));
    };
    if let Some(escalation) = &design.escalation {
        let levels = escalation.levels.map(|levels| format!("{levels} dose levels"));
        let window =
            escalation.dlt_window.map(|window| format!("DLT watched for {}", phrase::period(window)));
        let parts: Vec<String> = escalation.method.clone().into_iter().chain(levels).chain(window).collect();
        let told = if parts.is_empty() { "named, no rule read".to_owned() } else { parts.join(" · ") };
        row("escalation", told, escalation.spans.first());
    }
    if let Some(randomisation) = &design.randomisation {
        let ratio: Vec<String> = randomisation.ratio.iter().map(ToString::to_string).collect();
        let parts = std::iter::once(ratio.join(":")).chain(randomisation.methods.iter().cloned());
        let told: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        row("randomised", told.join(" · "), randomisation.spans.first());
    }
    let mut stages: Vec<&str> = Vec::new();
    for stage in &design.stages {
        if !stages.contains(&stage.name.as_str()) {
            stages.push(&stage.name);
        }
    }
    if !stages.is_empty() {
        row("parts", stages.join(" · "), design.stages.first().map(|stage| &stage.span));
    }
    if let Some(cohorts) = &design.cohorts {
        row("cohorts", cohorts.count.to_string(), Some(&cohorts.span));
    }
    if let Some(follow_up) = &design.follow_up {
        let least = if follow_up.at_least { "at least " } else { "" };
        row("follow-up", format!("{least}{}", phrase::period(follow_up.length)), Some(&follow_up.span));
    }
    if !items.is_empty() {
        items.insert(0, Item::heading("How it is built"));
    }
    items
}

/// Examinations, each with its time on the axis and in words; those of one kind at the same times below these.
fn examined(readings: &Readings, axis: Option<TimeAxis>) -> Vec<Item> {
    let mut groups: Vec<Vec<&Assessment>> = Vec::new();
    for assessment in &readings.assessments {
        match groups
            .iter_mut()
            .find(|group| group.first().is_some_and(|first| are_at_once(first, assessment)))
        {
            Some(group) => group.push(assessment),
            None => groups.push(vec![assessment]),
        }
    }
    let mut items = Vec::new();
    for group in groups {
        let Some(first) = group.first() else { continue };
        let bar = axis.filter(|_| !is_by_event(&first.timing)).and_then(|axis| axis.bar(&first.timing));
        if group.len() == 1 {
            items.push(examination(first));
        } else {
            let (times, tone) = times(first);
            items.push(Item { kind: ItemKind::Note, ..kind_row(first.kind, Styled::new(times, tone)) });
        }
        items.extend(bar.map(|bar| drawn(bar, Tone::Accent)));
        if group.len() > 1 {
            items.extend(group.into_iter().map(|one| {
                let name = Item::row(Styled::new(line(&one.name), Tone::Strong));
                name.indented(1 + KIND).from(Some(one.span.clone()))
            }));
        }
    }
    headed("What is examined when", axis, items)
}

/// A part with its heading, and the axis above where something stands on it.
fn headed(title: &str, axis: Option<TimeAxis>, rows: Vec<Item>) -> Vec<Item> {
    if rows.is_empty() {
        return rows;
    }
    let axis = axis.filter(|_| rows.iter().any(|row| row.fixed));
    let heads = [Item::heading(title)].into_iter().chain(axis.map(|axis| drawn(axis.header(), Tone::Dim)));
    heads.chain(rows).collect()
}

/// Whether two examinations are of one kind and at the same stated times.
fn are_at_once(one: &Assessment, other: &Assessment) -> bool {
    let told = time_words(&one.timing);
    let events = is_by_event(&one.timing) == is_by_event(&other.timing);
    one.kind == other.kind && events && !told.is_empty() && told == time_words(&other.timing)
}

/// Whether events are all that is told: the examination takes place at them, or goes on until then.
fn is_by_event(timing: &TimeFrame) -> bool {
    let events = TimeFrame { until: timing.until.clone(), span: timing.span.clone(), ..TimeFrame::default() };
    !timing.until.is_empty() && *timing == events
}

/// When it is, in words, and how loudly.
fn times(assessment: &Assessment) -> (String, Tone) {
    let by_event = if is_by_event(&assessment.timing) { "at or " } else { "" };
    let times = format!("{by_event}{}", time_words(&assessment.timing));
    if times.is_empty() {
        ("no time stated, or not read".to_owned(), Tone::Warn)
    } else {
        (times, Tone::Plain)
    }
}

fn examination(assessment: &Assessment) -> Item {
    let (times, tone) = times(assessment);
    let named = line(&assessment.name);
    // "imaging", which is of the kind imaging, is not said twice.
    let text = if named == kind_words(assessment.kind) {
        Styled::new(times, tone)
    } else {
        Styled::new(named, Tone::Strong).with(" · ", tone).with(times, tone)
    };
    kind_row(assessment.kind, text).from(Some(assessment.span.clone()))
}

fn kind_row(kind: AssessmentKind, text: Styled) -> Item {
    let lead = Styled::new(kind_words(kind), Tone::Label);
    Item { lead, hang: KIND, ..Item::row(text) }.indented(1)
}

fn kind_words(kind: AssessmentKind) -> &'static str {
    match kind {
        AssessmentKind::Imaging => "imaging",
        AssessmentKind::Laboratory => "laboratory",
        AssessmentKind::Questionnaire => "questionnaire",
        AssessmentKind::Biopsy => "biopsy",
        AssessmentKind::Examination => "examination",
        AssessmentKind::FollowUp => "follow-up",
    }
}

/// Every time frame once, in the record's order, with the endpoints that are measured then.
fn measured(trial: &Trial, readings: &[TimeFrame], axis: Option<TimeAxis>) -> Vec<Item> {
    let mut frames: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, endpoint) in trial.endpoints.iter().enumerate() {
        let frame = endpoint.time_frame.as_ref().map(|frame| frame.text.trim()).unwrap_or_default();
        match frames.iter_mut().find(|(known, _)| *known == frame) {
            Some((_, at)) => at.push(index),
            None => frames.push((frame, vec![index])),
        }
    }
    let mut items = Vec::new();
    for (frame, endpoints) in frames {
        let reading = endpoints.first().and_then(|at| readings.get(*at));
        let bar = axis.zip(reading).and_then(|(axis, reading)| axis.bar(reading));
        items.push(time_frame(frame, endpoints.first().copied().unwrap_or_default()));
        items.extend(bar.map(|bar| drawn(bar, Tone::Accent)));
        items.extend(endpoints.into_iter().filter_map(|at| Some(endpoint(at, trial.endpoints.get(at)?))));
    }
    headed("What is measured when", axis, items)
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
