//! Dated courses, printed: text, Markdown, CSV, iCalendar. What could not be dated is printed too, word for word.

mod csv;
mod ics;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

pub use self::csv::csv;
pub use self::ics::ics;
use super::guard::{markdown_cell, one_line};
use crate::calendar::start::weekday_name;
use crate::calendar::{Basis, Dated, Entry, Run, runs};
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

/// `registry record NCT…, version …`.
pub fn record(trial: &Trial) -> String {
    let version = version(trial).map_or("undated".to_owned(), |version| format!("version {version}"));
    format!("registry record {}, {version}", one_line(&trial.id))
}

/// Arm and part.
pub fn title(dated: &Dated) -> String {
    let arm = dated.arm.as_deref().map_or("Treatment (no arm told)".to_owned(), one_line);
    match &dated.epoch {
        Some(epoch) => format!("{arm} · {}", one_line(&epoch.replace('_', " "))),
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
        (1, None) => "one dose or course of days drawn; the words state no cycle".to_owned(),
        (drawn, None) => format!("{drawn} doses or cycles of each drawn; the words state no common cycle"),
    };
    cycles.push_str(&match dated.stated_cycles {
        Some(count) => format!("; the record states {}", phrase::cycles(count)),
        None => "; the record states no number".to_owned(),
    });
    if !until.is_empty() {
        cycles.push_str(&format!("; until {}: not drawn", until.join(", ")));
    }
    lines.push(cycles);
    if dated.is_moved() {
        lines.push(format!("visits were moved: {}", dated.later.words()));
    }
    lines
}

/// A date or the first and last of a run.
pub fn dates(run: &Run<'_>) -> String {
    let day = |entry: &Entry| format!("{} {}", weekday_name(entry.date), entry.date);
    if run.is_long() { format!("{} – {}", day(run.from), day(run.to)) } else { day(run.from) }
}

/// What happens, with dose or stated time.
pub fn what(entry: &Entry) -> String {
    let name = one_line(display::line(&entry.what).text());
    let detail = one_line(display::line(&entry.detail).text());
    if detail.is_empty() { name } else { format!("{name} · {detail}") }
}

/// How sure the day is, where the words do not name it; the stated window; by how much it was moved.
pub fn remarks(entry: &Entry) -> String {
    let mut remarks = Vec::new();
    if let Some(days) = entry.window {
        remarks.push(format!("± {days} {}", if days == 1 { "day" } else { "days" }));
    }
    if entry.basis == Basis::Counted && entry.visit.is_some() && entry.kind == crate::calendar::Kind::Dose {
        remarks.push("counted by the interval".to_owned());
    }
    match entry.moved() {
        0 => {}
        days => remarks.push(format!("moved {days:+} from {}", entry.planned)),
    }
    remarks.join("; ")
}

/// Columns of a page.
const WIDTH: usize = 100;

/// Prints courses for a terminal.
///
/// # Errors
/// When the output cannot be written.
pub fn text(trial: &Trial, courses: &[Dated], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", one_line(display::line(&trial.title).text()))?;
    writeln!(out, "{}. {NOTICE}", capital(&record(trial)))?;
    for dated in courses {
        writeln!(out, "\n{}", title(dated))?;
        for line in about(dated) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)?;
        table(dated, out)?;
        if !dated.undated.is_empty() {
            writeln!(out, "\n  Not dated")?;
        }
        for undated in &dated.undated {
            hanging(&format!("{} ({})", one_line(&undated.told()), undated.why), "  - ", "    ", out)?;
        }
    }
    Ok(())
}

fn table(dated: &Dated, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 4]> = runs(&dated.entries)
        .iter()
        .map(|run| [dates(run), run.number(), what(run.from), remarks(run.from)])
        .collect();
    if rows.is_empty() {
        return writeln!(out, "  No date is known.");
    }
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let (first, second) = (widest(0), widest(1));
    let mut before = "";
    for [dates, number, what, remarks] in &rows {
        // A date is printed once.
        let shown = if dates == before { "" } else { dates };
        before = dates;
        let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
        let lead = format!("  {shown}{}  {number}{}  ", pad(shown, first), pad(number, second));
        let told = if remarks.is_empty() { what.clone() } else { format!("{what} ({remarks})") };
        hanging(&told, &lead, &" ".repeat(lead.width()), out)?;
    }
    Ok(())
}

/// Words in lines: the first behind `lead`, the others behind `rest`.
fn hanging(text: &str, lead: &str, rest: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut line = lead.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.width() + 1 + word.width() > WIDTH {
            writeln!(out, "{}", line.trim_end())?;
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    writeln!(out, "{}", line.trim_end())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Prints courses as Markdown, their dates as tables.
///
/// # Errors
/// When the output cannot be written.
pub fn markdown(trial: &Trial, courses: &[Dated], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", markdown_cell(display::line(&trial.title).text()))?;
    writeln!(out, "{}. {NOTICE}", markdown_cell(&capital(&record(trial))))?;
    for dated in courses {
        writeln!(out, "\n## {}\n", markdown_cell(&title(dated)))?;
        for line in about(dated) {
            writeln!(out, "- {}", markdown_cell(&line))?;
        }
        writeln!(out, "\n| date | visit | what | remarks |\n|---|---|---|---|")?;
        for run in runs(&dated.entries) {
            let cells = [dates(&run), run.number(), what(run.from), remarks(run.from)];
            writeln!(out, "| {} |", cells.map(|cell| markdown_cell(&cell)).join(" | "))?;
        }
        if !dated.undated.is_empty() {
            writeln!(out, "\n### Not dated\n")?;
        }
        for undated in &dated.undated {
            writeln!(out, "- {} ({})", markdown_cell(&undated.told()), markdown_cell(&undated.why))?;
        }
    }
    Ok(())
}
