//! A dated course in words, for screens and print: which record, what is drawn, how it is counted, what was moved.

use super::start::weekday_name;
use super::{Basis, Dated, Entry, Kind, Run};
use crate::protocol::{Trial, display, phrase};

/// What every printed calendar says of itself.
pub const NOTICE: &str = "Counted from a registry record, which is not the protocol. For a patient, the approved protocol and its amendments hold.";

/// The record's version, or the day of its last update.
pub fn version(trial: &Trial) -> Option<&str> {
    let dates = [&trial.dates.last_update_posted, &trial.dates.last_update_submitted];
    let updated = dates.into_iter().flatten().map(|dated| dated.date.as_str());
    let version = trial.source.as_ref().and_then(|source| source.version.as_deref());
    version.into_iter().chain(updated).find(|text| !text.is_empty())
}

/// That visits were moved, and how later ones are counted.
pub fn moved(dated: &Dated) -> Option<String> {
    dated.is_moved().then(|| format!("visits were moved: {}", dated.later.words()))
}

/// `Registry record NCT…, version …`.
pub fn record(trial: &Trial) -> String {
    let version = version(trial).map_or("undated".to_owned(), |version| format!("version {version}"));
    format!("Registry record {}, {version}", display::line(&trial.id).text())
}

/// Arm and part.
pub fn title(dated: &Dated) -> String {
    let arm = dated.arm.as_deref().map_or("Treatment (no arm told)".to_owned(), line);
    match &dated.epoch {
        Some(epoch) => format!("{arm} · {}", line(&epoch.replace('_', " "))),
        None => arm,
    }
}

/// What is drawn and how it is counted, a line each.
pub fn about(dated: &Dated) -> Vec<String> {
    let mut lines =
        vec![format!("start {} {}: {}", weekday_name(dated.start), dated.start, dated.convention())];
    let until: Vec<String> = dated.until.iter().map(|event| phrase::event(event)).collect();
    let mut cycles = match (dated.drawn, dated.cycle) {
        (0, _) => "nothing given has a day that is known".to_owned(),
        (drawn, Some(cycle)) => format!("{} of {} drawn", phrase::cycles(drawn), phrase::period(cycle)),
        (1, None) => "one dose or cycle of each drawn; the words state no common cycle".to_owned(),
        (drawn, None) => format!("{drawn} doses or cycles of each drawn; the words state no common cycle"),
    };
    cycles.push_str(&match (dated.stated_cycles, dated.longest) {
        (Some(count), _) => format!("; the record states {}", phrase::cycles(count)),
        (None, Some(most)) => format!("; the record states a number for some treatments only, up to {most}"),
        (None, None) => "; the record states no number".to_owned(),
    });
    if !until.is_empty() {
        cycles.push_str(&format!("; until {}: not drawn", until.join(", ")));
    }
    lines.push(cycles);
    lines
}

/// A date or the first and last of a run.
pub fn dates(run: &Run<'_>) -> String {
    let day = |entry: &Entry| format!("{} {}", weekday_name(entry.date), entry.date);
    if run.is_long() { format!("{} – {}", day(run.from), day(run.to)) } else { day(run.from) }
}

/// What happens, with dose or stated time.
pub fn what(entry: &Entry) -> String {
    let name = line(&entry.what);
    let detail = line(&entry.detail);
    if detail.is_empty() { name } else { format!("{name} · {detail}") }
}

/// How sure the day is, where the words do not name it; the stated window; by how much it was moved.
pub fn remarks(entry: &Entry) -> String {
    let mut remarks = Vec::new();
    if let Some(days) = entry.window {
        remarks.push(format!("± {days} {}", if days == 1 { "day" } else { "days" }));
    }
    if entry.basis == Basis::Counted && entry.visit.is_some() && entry.kind == Kind::Dose {
        remarks.push("counted by the interval".to_owned());
    }
    match entry.moved() {
        0 => {}
        days => remarks.push(format!("moved {days:+} from {}", entry.planned)),
    }
    remarks.join("; ")
}

/// A text on one line, fit to be shown.
fn line(text: &str) -> String {
    display::line(text).text().trim().to_owned()
}
