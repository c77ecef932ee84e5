//! Endpoints: what is measured, by role, each with its words; what was read of them stands beside: kind, standard,
//! assessor, time.

use super::PaneView;
use super::words;
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::library::Entry;
use crate::protocol::{Endpoint, EndpointReading, Interval, Moment, Period, Role, TimeFrame, phrase};

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

/// What the endpoints are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Role, then as the record lists them.
    #[default]
    Role,
    /// Kind as read, those without one last.
    Kind,
    /// The latest time as read, those without one last.
    Time,
}

impl Order {
    /// All of them, with the key that chooses it and its name.
    pub const ALL: &'static [(Self, char, &'static str)] = &[
        (Self::Role, 'r', "role, as the record lists them"),
        (Self::Kind, 'k', "kind, as read"),
        (Self::Time, 't', "time, as read, earliest first"),
    ];
}

/// One endpoint with what was read of it.
struct Measured<'t> {
    index: usize,
    endpoint: &'t Endpoint,
    reading: Option<&'t EndpointReading>,
    frame: Option<&'t TimeFrame>,
}

impl Measured<'_> {
    fn kind(&self) -> Option<&str> {
        self.reading.and_then(|reading| reading.kind.as_deref())
    }

    /// The latest time that was read, in days.
    fn latest(&self) -> Option<f64> {
        let frame = self.frame?;
        let max = frame.max.map(|max| max.days());
        let points = frame.points.iter().map(Period::days);
        points.chain(max).reduce(f64::max)
    }

    fn role(&self) -> &'static str {
        ROLES.iter().find(|(role, _)| *role == self.endpoint.role).map_or("", |(_, title)| title)
    }
}

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let endpoints = &view.entry.trial.endpoints;
    if endpoints.is_empty() {
        return vec![Item::note(
            "The record lists no outcome measures. Its summary and description stand in the Overview.",
        )];
    }
    let readings = view.entry.readings();
    let all: Vec<Measured<'_>> = endpoints
        .iter()
        .enumerate()
        .map(|(index, endpoint)| Measured {
            index,
            endpoint,
            reading: readings.endpoints.get(index),
            frame: readings.time_frames.get(index),
        })
        .collect();
    let mut items = Vec::new();
    for (title, group) in groups(&all, view.order) {
        if !items.is_empty() {
            items.push(Item::blank());
        }
        items.push(Item::heading(format!("{title} · {}", group.len())));
        for (number, measured) in group.into_iter().enumerate() {
            items.extend(rows(number + 1, measured, view.order));
        }
    }
    items
}

/// The endpoints under their headings.
fn groups<'a, 't>(all: &'a [Measured<'t>], order: Order) -> Vec<(String, Vec<&'a Measured<'t>>)> {
    let mut groups: Vec<(String, Vec<&Measured<'t>>)> = match order {
        Order::Role => ROLES
            .iter()
            .map(|(role, title)| {
                let of_role = all.iter().filter(|measured| measured.endpoint.role == *role);
                ((*title).to_owned(), of_role.collect())
            })
            .collect(),
        Order::Kind => {
            let mut kinds: Vec<&str> = all.iter().filter_map(Measured::kind).collect();
            kinds.sort_unstable_by_key(|kind| kind_words(kind).to_lowercase());
            kinds.dedup();
            let of_kind = |kind: Option<&str>| all.iter().filter(|m| m.kind() == kind).collect();
            let known = kinds.into_iter().map(|kind| (kind_title(kind), of_kind(Some(kind))));
            known.chain([("Kind not read".to_owned(), of_kind(None))]).collect()
        }
        Order::Time => {
            let (mut timed, untimed): (Vec<_>, Vec<_>) = all.iter().partition(|m| m.latest().is_some());
            timed.sort_by(|a, b| a.latest().unwrap_or_default().total_cmp(&b.latest().unwrap_or_default()));
            vec![("By the latest time".to_owned(), timed), ("No time read".to_owned(), untimed)]
        }
    };
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

fn rows(number: usize, measured: &Measured<'_>, order: Order) -> Vec<Item> {
    let Measured { index, endpoint, .. } = measured;
    let measure = words::words(&endpoint.measure, format!("endpoints[{index}].measure"), Tone::Strong);
    let mut notes = badge(measured);
    if order != Order::Role {
        notes.insert(0, Styled::new(measured.role(), Tone::Dim));
    }
    let lead = Styled::new(format!("{number:>2}"), Tone::Accent);
    let mut items = vec![Item { lead, hang: NUMBER, notes, ..measure }];
    items.push(when(measured));
    if let Some(description) = endpoint.description.as_deref() {
        let rows = words::prose(description, &format!("endpoints[{index}].description"), NUMBER);
        items.extend(rows.into_iter().map(|row| Item { wide: true, ..row }));
    }
    items
}

/// Kind, standards and assessor.
fn badge(measured: &Measured<'_>) -> Vec<Styled> {
    let Some(reading) = measured.reading else { return Vec::new() };
    let mut first = match &reading.kind {
        Some(kind) => Styled::new(format!("[{}]", kind_words(kind)), Tone::Heading),
        None => Styled::new("kind not read", Tone::Dim),
    };
    for standard in &reading.criteria {
        first.push(format!(" · {standard}"), Tone::Plain);
    }
    if let Some(assessor) = &reading.assessor {
        first.push(format!(" · {}", assessor_words(assessor)), Tone::Plain);
    }
    let mut notes = vec![first];
    let parts: Vec<&str> =
        reading.parts.iter().map(|part| part.kind.as_deref().unwrap_or(&part.text)).collect();
    if !parts.is_empty() {
        notes.push(Styled::new(format!("of {}", words::line(&parts.join(", "))), Tone::Dim));
    }
    notes
}

fn when(measured: &Measured<'_>) -> Item {
    let Measured { index, endpoint, frame, .. } = measured;
    let text = endpoint.time_frame.as_ref().map(|frame| frame.text.as_str()).unwrap_or_default();
    let row = if text.trim().is_empty() {
        Item::row(Styled::new("time frame not stated", Tone::Dim))
    } else {
        let read = frame.map(time_words).unwrap_or_default();
        let notes = if read.is_empty() {
            vec![Styled::new("time not read", Tone::Dim)]
        } else if read.eq_ignore_ascii_case(text.trim()) {
            // The words say it already.
            Vec::new()
        } else {
            vec![Styled::new(read, Tone::Plain)]
        };
        Item { notes, ..words::words(text, format!("endpoints[{index}].time_frame.text"), Tone::Plain) }
    };
    Item { indent: NUMBER, lead: Styled::new("when", Tone::Label), hang: WHEN, ..row }
}

/// Kinds that are not written as they are coded.
const KINDS: &[(&str, &str)] = &[
    ("LOCAL_CONTROL", "local control"),
    ("IMMUNOGENICITY", "immunogenicity"),
    ("PAIN", "pain"),
    ("FUNCTION", "function"),
    ("BIOMARKER", "biomarker"),
    ("IMAGING", "imaging"),
    ("MORTALITY", "mortality"),
    ("FEASIBILITY", "feasibility"),
    ("EFFICACY_OTHER", "efficacy, other"),
    ("OTHER", "other"),
    ("AE", "safety"),
    ("QOL", "QoL"),
    ("DOR", "DoR"),
];

/// A kind as it is written.
pub(in crate::app) fn kind_words(kind: &str) -> String {
    KINDS.iter().find(|(code, _)| *code == kind).map_or(kind, |(_, words)| words).to_owned()
}

/// What a row of the comparison is called: a kind in words; a measure, or a kind that is an abbreviation, as it is.
pub(in crate::app) fn row_title(label: &str) -> String {
    let known = KINDS.iter().any(|(code, _)| *code == label);
    if known { kind_title(label) } else { label.to_owned() }
}

/// A kind above the rows that belong to it.
fn kind_title(kind: &str) -> String {
    capital(&kind_words(kind))
}

/// The first letter large.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn assessor_words(assessor: &str) -> String {
    match assessor {
        "central" => "central review".to_owned(),
        other => other.replace('_', " "),
    }
}

/// What was read of an endpoint, row by row: of its time frame, or of its measure and description.
pub fn read(entry: &Entry, index: usize, time: bool) -> Vec<(&'static str, Styled)> {
    let readings = entry.readings();
    let mut rows: Vec<(&'static str, Styled)> = Vec::new();
    if time {
        let words = readings.time_frames.get(index).map(time_words).unwrap_or_default();
        if !words.is_empty() {
            rows.push(("time", words.into()));
        }
        return rows;
    }
    let Some(reading) = readings.endpoints.get(index) else { return rows };
    rows.extend(reading.kind.as_ref().map(|kind| ("kind", kind_words(kind).into())));
    rows.extend(reading.criteria.iter().map(|standard| ("standard", standard.as_str().into())));
    rows.extend(reading.assessor.as_ref().map(|by| ("assessor", assessor_words(by).into())));
    rows.extend(reading.parts.iter().map(|part| {
        let kind = part.kind.as_deref().map(|kind| format!(" [{}]", kind_words(kind))).unwrap_or_default();
        ("part", Styled::new(format!("{}{kind}", words::line(&part.text)), Tone::Plain))
    }));
    rows
}

/// A time frame as it was read: `baseline to 24 months`, `at week 12, week 24`, `every 8 weeks until progression`.
pub(in crate::app) fn time_words(frame: &TimeFrame) -> String {
    let mut parts = Vec::new();
    let points: Vec<String> =
        if frame.moments.iter().filter(|m| m.after.is_none()).count() == frame.points.len() {
            moments(frame.moments.iter().filter(|m| m.after.is_none()))
        } else {
            frame.points.iter().map(|point| point_words(*point)).collect()
        };
    if !points.is_empty() {
        parts.push(format!("at {}", points.join(", ")));
    }
    let last = frame.points.iter().map(Period::days).fold(0.0, f64::max);
    if let Some(max) = frame.max.filter(|max| points.is_empty() || max.days() > last) {
        let how = match (frame.at_least, frame.about, frame.average) {
            (true, ..) => "at least ",
            (_, true, _) => "about ",
            (_, _, true) => "on average ",
            _ => "up to ",
        };
        parts.push(format!("{how}{}", phrase::period(max)));
    }
    for interval in &frame.intervals {
        parts.extend(interval_words(interval, frame.max));
    }
    if let Some(after) = &frame.after {
        parts.push(format!("{} after {}", phrase::period(after.value), phrase::event(&after.event)));
    }
    if !frame.until.is_empty() {
        let events: Vec<String> = frame.until.iter().map(|event| phrase::event(event)).collect();
        parts.push(format!("until {}", events.join(" or ")));
    }
    let is_baseline = frame.points.iter().any(|point| point.value == 0.0);
    // An event that has no name here says nothing; its words stand in the record.
    let told = |anchor: &&String| *anchor != "other" && !(is_baseline && *anchor == "baseline");
    if let Some(anchor) = frame.anchor.as_ref().filter(told) {
        parts.push(format!("from {}", phrase::event(anchor)));
    }
    if !parts.is_empty() && !frame.unread.is_empty() {
        parts.push("part not read".to_owned());
    }
    parts.join(", ")
}

/// A point by its distance; none is the baseline.
fn point_words(point: Period) -> String {
    if point.value == 0.0 { "baseline".to_owned() } else { phrase::period(point) }
}

/// `every 4 weeks (± 3 days) through cycle 4`; an end that is the whole frame's, `max`, is not told again.
fn interval_words(interval: &Interval, max: Option<Period>) -> Option<String> {
    let mut words = match (interval.every, interval.every_cycles) {
        (Some(every), _) => format!("every {}", phrase::interval(every)),
        (None, Some(1)) => "every cycle".to_owned(),
        (None, Some(cycles)) => format!("every {}", phrase::cycles(cycles)),
        (None, None) => return None,
    };
    if let Some(window) = interval.window {
        words.push_str(&format!(" (± {})", phrase::period(window)));
    }
    let until = interval.until.filter(|until| max.is_none_or(|max| max.days() != until.days()));
    match (interval.until_cycle, until) {
        (Some(cycle), _) => words.push_str(&format!(" through cycle {cycle}")),
        (None, Some(until)) => words.push_str(&format!(" for {}", phrase::period(until))),
        (None, None) => {}
    }
    Some(words)
}

/// Moments in words, those with a number and one unit together: `days 1, 8, 15`, `baseline`, `12 weeks`.
fn moments<'m>(moments: impl Iterator<Item = &'m Moment>) -> Vec<String> {
    let plain = |moment: &Moment| moment.numbered && moment.window.is_none() && moment.at.value != 0.0;
    let moments: Vec<&Moment> = moments.collect();
    let runs = moments.chunk_by(|one, next| plain(one) && plain(next) && one.at.unit == next.at.unit);
    let told = |run: &[&Moment]| match run {
        [] => String::new(),
        [one] => moment(one),
        [first, ..] => {
            let numbers: Vec<String> = run.iter().map(|one| one.at.value.to_string()).collect();
            format!("{}s {}", unit(first), numbers.join(", "))
        }
    };
    runs.map(told).collect()
}

/// The unit of a numbered moment.
fn unit(moment: &Moment) -> String {
    phrase::interval(Period { value: 1.0, ..moment.at })
}

/// `day 29`, `12 weeks`, with its tolerance.
fn moment(moment: &Moment) -> String {
    let window = moment.window.map(|window| format!(" ± {}", phrase::period(window))).unwrap_or_default();
    if moment.at.value == 0.0 {
        return format!("baseline{window}");
    }
    if moment.numbered {
        return format!("{} {}{window}", unit(moment), moment.at.value);
    }
    format!("{}{window}", phrase::period(moment.at))
}
