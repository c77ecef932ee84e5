//! The status line's words: which record and version is shown, how old it is, and which keys are useful next.

use jiff::civil::Date;

use super::age;
use super::command::Command;
use super::desk::{self, DeskOf, DeskScreen, Row};
use super::finder::Aim;
use super::layer::{Layer, Line, Purpose};
use super::model::{Focus, Model};
use super::pane::Pane;
use super::patient::PatientScreen;
use super::querying;
use super::second;
use super::styled::{Styled, Tone};
use crate::protocol::{Trial, display};
use crate::search::{query, typed};

/// Which record this is, its version, its age; or what has just happened. In several lengths, the longest first:
/// the first that fits is drawn, the last is the least that must be told.
pub fn record(model: &Model) -> Vec<Styled> {
    if let Some(notice) = &model.notice {
        return vec![Styled::new(notice, Tone::Strong)];
    }
    if let Some(told) = querying(model) {
        return vec![told];
    }
    if let Some(sheet) = desk_record(model) {
        return sheet;
    }
    let Some(entry) = model.looked_at() else { return Vec::new() };
    let place = match (model.comparing(), model.patient()) {
        _ if model.finder().is_some() => String::new(),
        (Some(comparing), _) => format!("column {}/{} · ", comparing.column + 1, comparing.trials.len()),
        (_, Some(_)) => String::new(),
        (None, None) => format!("{}/{} · ", model.list.cursor + 1, model.list.order.len()),
    };
    let place = Styled::new(place, Tone::Dim);
    let id = identity(&entry.trial);
    let version = version(&entry.trial, model.today);
    vec![
        place.clone().append(&id).append(&version.long),
        place.append(&id).append(&version.short),
        id.append(&version.short),
    ]
}

/// What is wrong with the filter that is typed, or what cannot be answered yet.
fn querying(model: &Model) -> Option<Styled> {
    let Some(Layer::Line(Line { purpose: Purpose::Filter { .. }, input })) = model.layers.last() else {
        return None;
    };
    let text = input.text();
    let query = query::parse(&text, &typed::variable);
    let wrong = query.problems.first().map(|problem| Styled::new(querying::told(&text, problem), Tone::Bad));
    wrong.or_else(|| querying::still_reading(model, &text).map(|told| Styled::new(told, Tone::Warn)))
}

/// The record that a sheet of the desk is of, when one is on the screen.
fn desk_record(model: &Model) -> Option<Vec<Styled>> {
    let DeskOf::Sheet { key, record, .. } = &desk::screen(model)?.of else { return None };
    match record.and_then(|at| model.entry(at)) {
        Some(entry) => {
            let (id, version) = (identity(&entry.trial), version(&entry.trial, model.today));
            Some(vec![id.clone().append(&version.long), id.append(&version.short)])
        }
        None => {
            let id = Styled::new(display::line(&key.trial).text(), Tone::Strong);
            Some(vec![id.with(" · record not open", Tone::Warn)])
        }
    }
}

/// How many trials of what, how loading goes, what could not be read.
pub fn opened(model: &Model) -> Styled {
    let trials = model.count();
    let unit = if trials == 1 { "trial" } else { "trials" };
    let mut text = Styled::new(format!("{trials} {unit}"), Tone::Plain);
    text.push(format!(" · {}", display::line(&model.opened).text()), Tone::Dim);
    if model.load.running {
        loading(model, &mut text);
    }
    let ticked = model.list.ticked.len();
    if ticked > 0 {
        text.push(format!(" · {ticked} ticked"), Tone::Accent);
    }
    let faults =
        [(model.load.unreadable(), "unreadable"), (model.load.own.len() as u64, "wrong in your settings")];
    let told: Vec<String> = faults
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !told.is_empty() {
        text.push(format!(" · {} ", told.join(", ")), Tone::Bad);
        text.push(model.keymap.first(Command::Problems), Tone::Key);
    }
    text
}

/// Whether there is more to it than how many trials of what.
pub fn opened_tells(model: &Model) -> bool {
    let errors = model.load.unreadable() > 0 || !model.load.own.is_empty();
    model.load.running || errors || !model.list.ticked.is_empty()
}

fn loading(model: &Model, text: &mut Styled) {
    let progress = &model.load.progress;
    let word = if model.load.cancelled { " · stopping" } else { " · loading" };
    text.push(word, Tone::Accent);
    if progress.bytes > 0 {
        text.push(format!(" {}", bytes(progress.bytes)), Tone::Plain);
    }
    if progress.total_bytes > 0 {
        text.push(format!(" of {}", bytes(progress.total_bytes)), Tone::Dim);
    }
}

fn identity(trial: &Trial) -> Styled {
    let registered = !trial.ids.is_empty() && !trial.id.is_empty();
    let id = if registered {
        Styled::new(display::line(&trial.id).text(), Tone::Strong)
    } else {
        Styled::new("no registry id", Tone::Dim)
    };
    id.with(" · ", Tone::Dim)
}

/// A record's version and age, in two lengths.
struct Version {
    long: Styled,
    short: Styled,
}

fn version(trial: &Trial, today: Option<Date>) -> Version {
    let stated =
        age::last_update(trial).or(trial.source.as_ref().and_then(|source| source.version.as_deref()));
    let Some(stated) = stated else {
        let undated = Styled::new("record undated", Tone::Warn);
        return Version { long: undated.clone(), short: undated };
    };
    let date = display::line(stated);
    let mut long = Styled::new(format!("updated {}", date.text()), Tone::Plain);
    let mut short = Styled::new(date.text(), Tone::Plain);
    if let Some(months) = today.and_then(|today| age::months(stated, today)) {
        let old = age::is_old(months);
        let (sign, tone) = if old { (" ! ", Tone::Warn) } else { (", ", Tone::Dim) };
        for line in [&mut long, &mut short] {
            line.push(format!("{sign}{} ago", age::words(months)), tone);
        }
    }
    let unverified = today.and_then(|today| age::long_unverified(trial.dates.verified.as_ref(), today));
    if let Some(months) = unverified {
        long.push(format!(" ! verified {} ago", age::words(months)), Tone::Warn);
    }
    Version { long, short }
}

/// Bytes for people.
fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} kB", count / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", count / 1_000_000),
        _ => format!("{:.1} GB", count as f64 / 1e9),
    }
}

/// A key and what it does here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key.
    pub key: String,
    /// What it does, in a word or two.
    pub word: String,
    /// The way out, or the way to all other keys: it is told before any other that has no room.
    pub kept: bool,
}

/// What the key of searching does where the person is; none where it does nothing.
pub fn search_word(model: &Model) -> Option<&'static str> {
    match (model.layers.last(), model.focus, model.detail.pane) {
        (Some(Layer::Comparing(_) | Layer::Patient(_)), ..) | (None, Focus::List, _) => Some("filter"),
        (Some(_), ..) => None,
        (None, Focus::Detail, Pane::Sites | Pane::Eligibility) => Some("filter"),
        (None, Focus::Detail, _) => Some("find"),
    }
}

/// Whether letters are typed and not commands.
pub fn is_typing(model: &Model) -> bool {
    matches!(model.layers.last(), Some(Layer::Line(_) | Layer::Finder(_)))
}

/// The keys that are useful next, the most useful first.
pub fn keys(model: &Model) -> Vec<Hint> {
    if !model.pending.is_empty() {
        return vec![Hint { key: model.keymap.first(Command::Back), word: "cancel".to_owned(), kept: true }];
    }
    let commands: Vec<(Command, &str)> = match (model.layers.last(), model.focus) {
        (Some(Layer::Line(line)), _) => match line.purpose {
            Purpose::Filter { .. } | Purpose::Sites { .. } | Purpose::Criteria { .. } => {
                vec![(Command::Accept, "keep"), (Command::Back, "undo"), (Command::ResultDown, "next")]
            }
            Purpose::Note { .. } => vec![(Command::Accept, "keep"), (Command::Back, "close")],
            Purpose::Patient => vec![(Command::Accept, "weigh"), (Command::Back, "close")],
            Purpose::Trials { .. } => vec![(Command::Accept, "keep"), (Command::Back, "undo")],
            Purpose::Correct(_) => vec![(Command::Accept, "correct"), (Command::Back, "leave it")],
            Purpose::Initials(_) => vec![(Command::Accept, "sign"), (Command::Back, "leave it")],
            Purpose::Start => vec![(Command::Accept, "show the dates"), (Command::Back, "close")],
            Purpose::Find { .. } => {
                vec![(Command::Accept, "stay"), (Command::Back, "undo"), (Command::ResultDown, "next match")]
            }
            Purpose::Desk(_) => vec![(Command::Accept, "take it"), (Command::Back, "back")],
            Purpose::Rows { .. } => vec![(Command::Accept, "keep"), (Command::Back, "undo")],
            Purpose::Palette { .. } => {
                vec![(Command::Accept, "do it"), (Command::ResultDown, "next"), (Command::Back, "close")]
            }
        },
        (Some(Layer::Finder(finder)), _) if finder.aim == Aim::Add => {
            vec![(Command::Accept, "add"), (Command::ResultDown, "next"), (Command::Back, "close")]
        }
        (Some(Layer::Finder(_)), _) => vec![
            (Command::Accept, "go there"),
            (Command::NextKind, "next kind"),
            (Command::ResultDown, "next"),
            (Command::AcceptStay, "open and stay"),
            (Command::Back, "close"),
        ],
        (Some(Layer::Facets(_)), _) => {
            vec![
                (Command::Tick, "choose"),
                (Command::Down, "down"),
                (Command::Back, "close"),
                (Command::Help, "help"),
            ]
        }
        (Some(Layer::Dates(_)), _) => dates(),
        (Some(Layer::Patient(screen)), _) => patient(screen),
        (Some(Layer::Findings(screen)), _) => findings(screen.findings.is_empty()),
        (Some(Layer::Sheet(_)), _) => vec![(Command::Back, "close"), (Command::Down, "scroll")],
        (Some(Layer::Desk(screen)), _) => desk(screen),
        (Some(Layer::Comparing(comparing)), _) => {
            let back = if comparing.filter.is_empty() { "close" } else { "all rows" };
            let only = if comparing.differences_only { "all rows" } else { "differences only" };
            vec![
                (Command::Back, back),
                (Command::NextDifference, "next difference"),
                (Command::Differences, only),
                (Command::Source, "source"),
                (Command::Baseline, "baseline"),
                (Command::NextPane, "next section"),
                (Command::AddColumn, "add"),
                (Command::RemoveColumn, "remove"),
                (Command::Help, "help"),
            ]
        }
        (Some(Layer::Menu(_)), _) => {
            vec![(Command::Accept, "choose"), (Command::Down, "down"), (Command::Back, "close")]
        }
        (None, Focus::List) => list(model),
        (None, Focus::Detail) => detail(model),
    };
    commands
        .into_iter()
        .map(|(command, hint)| Hint {
            key: model.keymap.first(command),
            word: hint.to_owned(),
            kept: matches!(command, Command::Back | Command::Help),
        })
        .filter(|hint| !hint.key.is_empty())
        .collect()
}

/// On a screen of the desk.
fn desk(screen: &DeskScreen) -> Vec<(Command, &'static str)> {
    match (&screen.of, screen.row()) {
        (DeskOf::List { .. }, Row::Sheet(_)) => vec![
            (Command::Accept, "open"),
            (Command::Export, "export"),
            (Command::Delete, "delete"),
            (Command::Back, "close"),
            (Command::Help, "help"),
        ],
        (DeskOf::List { .. }, _) => {
            vec![(Command::Accept, "new sheet"), (Command::Back, "close"), (Command::Help, "help")]
        }
        (DeskOf::Sheet { open_only, .. }, _) => vec![
            (Command::Met, "met"),
            (Command::NotMet, "not met"),
            (Command::NotKnown, "open"),
            (Command::NotApplicable, "n/a"),
            (Command::Value, "value"),
            (Command::Note, "note"),
            (Command::NextOpen, "next open"),
            (Command::Only, if *open_only { "all" } else { "open only" }),
            (Command::Undo, "undo"),
            (Command::Export, "export"),
            (Command::Source, "source"),
            (Command::Back, "sheets"),
            (Command::Help, "help"),
        ],
    }
}

/// With one patient and many trials.
fn patient(screen: &PatientScreen) -> Vec<(Command, &'static str)> {
    let back = if screen.filter.is_empty() { "close" } else { "all trials" };
    vec![
        (Command::Back, back),
        (Command::Accept, "limits"),
        (Command::Source, "source"),
        (Command::Match, "facts"),
        (Command::Search, "filter"),
        (Command::Copy, "copy"),
        (Command::Help, "help"),
    ]
}

/// Among the findings, or where there are none.
fn findings(empty: bool) -> Vec<(Command, &'static str)> {
    let mut keys = vec![(Command::Back, "close")];
    if !empty {
        keys.extend([(Command::Accept, "to its row"), (Command::Source, "source"), (Command::Copy, "copy")]);
    }
    keys.extend([
        (Command::NextTrial, "next trial"),
        (Command::PreviousTrial, "previous"),
        (Command::Help, "help"),
    ]);
    keys
}

fn dates() -> Vec<(Command, &'static str)> {
    vec![
        (Command::VisitLater, "visit later"),
        (Command::VisitEarlier, "earlier"),
        (Command::CountFrom, "count from"),
        (Command::MoreCycles, "cycles"),
        (Command::Right, "arm"),
        (Command::Calendar, "start"),
        (Command::Export, "CSV"),
        (Command::Source, "source"),
        (Command::Undo, "undo"),
        (Command::Back, "close"),
        (Command::Help, "help"),
    ]
}

fn list(model: &Model) -> Vec<(Command, &'static str)> {
    let mut keys = Vec::new();
    if !model.list.filter.is_empty() {
        keys.push((Command::Back, "all trials"));
    } else if model.load.running && !model.load.cancelled {
        keys.push((Command::Back, "stop loading"));
    }
    if model.list.selected().is_some() {
        keys.extend([
            (Command::Open, "open"),
            (Command::Search, "filter"),
            (Command::Facets, "narrow"),
            (Command::Sort, "sort"),
            (Command::Tick, "tick"),
            (Command::Calendar, "calendar"),
            (Command::Compare, "compare"),
            (Command::Copy, "copy id"),
        ]);
    }
    keys.extend([(Command::Quit, "quit"), (Command::Help, "help")]);
    keys
}

fn detail(model: &Model) -> Vec<(Command, &'static str)> {
    let mut keys = Vec::new();
    if !model.detail.find.text.is_empty() {
        keys.extend([(Command::NextMatch, "next match"), (Command::PreviousMatch, "previous")]);
    }
    keys.push((Command::Back, back_word(model)));
    if model.detail.pane == Pane::Sites {
        let word = if model.detail.sites.recruiting_only { "all sites" } else { "recruiting only" };
        keys.extend([(Command::Search, "filter"), (Command::Only, word), (Command::Copy, "copy contact")]);
    } else if model.detail.pane == Pane::Eligibility {
        let word = if model.detail.criteria.limits_only { "all items" } else { "limits only" };
        keys.extend([(Command::Source, "source"), (Command::Only, word)]);
        keys.extend([(Command::NextTag, "next tag"), (Command::Search, "filter"), (Command::Copy, "copy")]);
    } else {
        keys.extend([(Command::Search, "find"), (Command::Copy, "copy"), (Command::Source, "source")]);
        if model.detail.pane == Pane::Schedule {
            let word = if model.detail.xray { "grids" } else { "x-ray" };
            keys.extend([(Command::XRay, word), (Command::Calendar, "calendar"), (Command::Export, "CSV")]);
        }
        if model.detail.pane == Pane::Endpoints {
            keys.push((Command::Sort, "sort"));
        }
    }
    keys.extend([(Command::NextPane, "next pane"), (Command::NextTrial, "next trial")]);
    if second::is_of(model.detail.pane) {
        keys.extend([(Command::AcceptReading, "accept"), (Command::CorrectReading, "correct")]);
    }
    keys.push((Command::Help, "help"));
    keys
}

/// What backing out does, in a detail pane.
fn back_word(model: &Model) -> &'static str {
    let detail = &model.detail;
    if !detail.find.text.is_empty() {
        "end search"
    } else if detail.pane == Pane::Sites && !detail.sites.is_empty() {
        "all sites"
    } else if detail.pane == Pane::Eligibility && !detail.criteria.is_empty() {
        "all items"
    } else if detail.pane == Pane::Schedule && detail.xray {
        "grids"
    } else if model.zoom {
        "unzoom"
    } else {
        "list"
    }
}

/// Which match of how many the person is at; `None` when nothing is searched.
pub fn found(model: &Model) -> Option<Styled> {
    let find = &model.detail.find;
    if find.text.trim().is_empty() {
        return None;
    }
    Some(match find.matches.len() {
        0 => Styled::new(" not found ", Tone::Warn),
        all => Styled::new(format!(" {} of {all} ", find.current + 1), Tone::Accent),
    })
}
