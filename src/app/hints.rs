//! The status line's words: which record and version is shown, how old it is, and which keys are useful next.

use super::age;
use super::command::Command;
use super::layer::{Layer, Purpose};
use super::model::{Focus, Model};
use super::pane::Pane;
use super::styled::{Styled, Tone};
use crate::protocol::Trial;

/// Which record this is, its version, its age; or how loading goes, or what has just happened.
pub fn record(model: &Model) -> Styled {
    if let Some(notice) = &model.notice {
        return Styled::new(notice, Tone::Strong);
    }
    let mut line = Styled::default();
    if model.load.running {
        loading(model, &mut line);
    }
    if let Some(entry) = model.selected() {
        if !line.is_empty() {
            line.push(" · ", Tone::Dim);
        }
        line.push(format!("{}/{}", model.list.cursor + 1, model.list.order.len()), Tone::Plain);
        identity(model, &entry.trial, &mut line);
    }
    line
}

fn loading(model: &Model, line: &mut Styled) {
    let progress = &model.load.progress;
    let word = if model.load.cancelled { "stopping" } else { "loading" };
    line.push(word, Tone::Accent);
    line.push(format!(" {} records", progress.records.max(model.trials.len() as u64)), Tone::Plain);
    line.push(format!(" {}", bytes(progress.bytes)), Tone::Dim);
    if progress.total_bytes > 0 {
        line.push(format!(" of {}", bytes(progress.total_bytes)), Tone::Dim);
    }
    if progress.errors > 0 {
        line.push(format!(" · {} unreadable", progress.errors), Tone::Bad);
    }
}

fn identity(model: &Model, trial: &Trial, line: &mut Styled) {
    let registered = !trial.ids.is_empty() && !trial.id.is_empty();
    line.push(" · ", Tone::Dim);
    if registered {
        line.push(&trial.id, Tone::Strong);
    } else {
        line.push("no registry id", Tone::Dim);
    }
    line.push(" · ", Tone::Dim);
    let version =
        age::last_update(trial).or(trial.source.as_ref().and_then(|source| source.version.as_deref()));
    let Some(version) = version else {
        line.push("record undated", Tone::Warn);
        return;
    };
    line.push(format!("updated {version}"), Tone::Plain);
    let Some(today) = model.today else { return };
    if let Some(months) = age::months(version, today) {
        if age::is_old(months) {
            line.push(format!(" ! {} ago", age::words(months)), Tone::Warn);
        } else {
            line.push(format!(", {} ago", age::words(months)), Tone::Dim);
        }
    }
    if let Some(months) = age::long_unverified(trial.dates.verified.as_ref(), today) {
        line.push(format!(" ! verified {} ago", age::words(months)), Tone::Warn);
    }
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

/// The keys that are useful next, the most useful first: key and word.
pub fn keys(model: &Model) -> Vec<(String, String)> {
    let commands: Vec<(Command, &str)> = match (model.layers.last(), model.focus) {
        (Some(Layer::Line(line)), _) => match line.purpose {
            Purpose::Filter { .. } | Purpose::Sites { .. } => {
                vec![(Command::Accept, "keep"), (Command::Back, "undo"), (Command::ResultDown, "next")]
            }
            Purpose::Find { .. } => {
                vec![(Command::Accept, "stay"), (Command::Back, "undo"), (Command::ResultDown, "next match")]
            }
            Purpose::Palette { .. } => {
                vec![(Command::Accept, "do it"), (Command::ResultDown, "next"), (Command::Back, "close")]
            }
        },
        (Some(Layer::Sheet(_)), _) => vec![(Command::Back, "close"), (Command::Down, "scroll")],
        (Some(Layer::Menu(_)), _) => {
            vec![(Command::Accept, "choose"), (Command::Down, "down"), (Command::Back, "close")]
        }
        (None, Focus::List) => list(model),
        (None, Focus::Detail) => detail(model),
    };
    commands
        .into_iter()
        .map(|(command, hint)| (model.keymap.first(command), hint.to_owned()))
        .filter(|(key, _)| !key.is_empty())
        .collect()
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
            (Command::Sort, "sort"),
            (Command::Tick, "tick"),
            (Command::Copy, "copy id"),
        ]);
    }
    keys.extend([(Command::Help, "help"), (Command::Quit, "quit")]);
    keys
}

fn detail(model: &Model) -> Vec<(Command, &'static str)> {
    let mut keys = Vec::new();
    if !model.detail.find.text.is_empty() {
        keys.extend([(Command::NextMatch, "next match"), (Command::PreviousMatch, "previous")]);
    }
    keys.push((Command::Back, if model.areas.list.is_empty() { "to the list" } else { "back" }));
    if model.detail.pane == Pane::Sites {
        let word = if model.detail.sites.recruiting_only { "all sites" } else { "recruiting only" };
        keys.extend([(Command::Search, "filter"), (Command::Only, word), (Command::Copy, "copy contact")]);
    } else {
        keys.extend([(Command::Search, "find"), (Command::Copy, "copy")]);
    }
    keys.extend([
        (Command::NextPane, "next pane"),
        (Command::NextTrial, "next trial"),
        (Command::Help, "help"),
    ]);
    keys
}
