//! Dates as an iCalendar file (RFC 5545): all-day events, one for each run of days, with ids that stay the same for the
//! same trial, start and visit, so that a calendar program updates what was moved.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::calendar::told::{NOTICE, record, remarks, title, version};
use crate::calendar::{Dated, Entry, Kind, Run, runs};
use crate::output::guard::one_line;
use crate::protocol::{Trial, display};

/// Octets of a line without its line break.
const LINE: usize = 75;

/// Prints courses as one calendar. What has no date stands in the calendar's description.
///
/// # Errors
/// When the output cannot be written.
pub fn ics(trial: &Trial, courses: &[Dated], out: &mut dyn Write) -> io::Result<()> {
    line("BEGIN:VCALENDAR", out)?;
    line("VERSION:2.0", out)?;
    line("PRODID:-//trialdeck//trialdeck//EN", out)?;
    line("CALSCALE:GREGORIAN", out)?;
    property("X-WR-CALNAME", &format!("{} {}", trial.id, display::line(&trial.title).text()), out)?;
    property("X-WR-CALDESC", &description(trial, courses), out)?;
    for dated in courses {
        for run in runs(&dated.entries) {
            event(trial, dated, &run, out)?;
        }
    }
    line("END:VCALENDAR", out)
}

fn description(trial: &Trial, courses: &[Dated]) -> String {
    let mut text = format!("{}. {NOTICE}", record(trial));
    for dated in courses {
        for undated in &dated.undated {
            text.push_str(&format!("\nNot dated ({}): {} ({})", title(dated), undated.told(), undated.why));
        }
    }
    text
}

fn event(trial: &Trial, dated: &Dated, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entry = run.from;
    let Ok(end) = run.to.date.tomorrow() else { return Ok(()) };
    line("BEGIN:VEVENT", out)?;
    line(&format!("UID:{}@trialdeck", uid(trial, dated, entry)), out)?;
    line(&format!("DTSTAMP:{}", stamp(trial, dated)), out)?;
    line(&format!("DTSTART;VALUE=DATE:{}", entry.date.strftime("%Y%m%d")), out)?;
    line(&format!("DTEND;VALUE=DATE:{}", end.strftime("%Y%m%d")), out)?;
    property("SUMMARY", &summary(run), out)?;
    property("DESCRIPTION", &told(trial, dated, entry), out)?;
    let category = match entry.kind {
        Kind::Cycle => "CYCLE",
        Kind::Dose => "DOSE",
        Kind::Assessment => "ASSESSMENT",
    };
    line(&format!("CATEGORIES:{category}"), out)?;
    line("TRANSP:TRANSPARENT", out)?;
    line("END:VEVENT", out)
}

fn summary(run: &Run<'_>) -> String {
    let entry = run.from;
    let detail = if entry.kind == Kind::Dose { entry.detail.as_str() } else { "" };
    let window = entry.window.map(|days| format!("(± {days} d)")).unwrap_or_default();
    let parts = [run.number(), one_line(&entry.what), one_line(detail), window];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How it was counted, and the record's words.
fn told(trial: &Trial, dated: &Dated, entry: &Entry) -> String {
    let mut lines = vec![title(dated)];
    if !entry.detail.is_empty() {
        lines.push(one_line(&entry.detail));
    }
    let remarks = remarks(entry);
    if !remarks.is_empty() {
        lines.push(remarks);
    }
    let words = entry.span.as_ref().and_then(|span| span.of(trial.text(&span.field)?));
    lines.extend(words.map(|words| format!("“{}”", one_line(words))));
    lines.push(format!("{}. {NOTICE}", record(trial)));
    lines.join("\n")
}

/// The same for the same trial, arm, start, row and visit: moving a visit keeps it.
fn uid(trial: &Trial, dated: &Dated, entry: &Entry) -> String {
    let mut hasher = Sha256::new();
    let visit = match entry.visit {
        Some(visit) => format!("{} {} {}", visit.track, visit.cycle, visit.day),
        None => format!("{} {}", entry.planned, entry.detail),
    };
    let parts = [
        trial.id.as_str(),
        dated.arm.as_deref().unwrap_or_default(),
        dated.epoch.as_deref().unwrap_or_default(),
        &dated.start.to_string(),
        &format!("{:?} {}", entry.kind, entry.row),
        &entry.what,
        &visit,
    ];
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The record's date, or the start's: the same input gives the same bytes.
fn stamp(trial: &Trial, dated: &Dated) -> String {
    let stated = version(trial).and_then(|version| version.get(..10)?.parse::<jiff::civil::Date>().ok());
    format!("{}T000000Z", stated.unwrap_or(dated.start).strftime("%Y%m%d"))
}

/// A property with a text value, escaped.
fn property(name: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut escaped = String::with_capacity(text.len());
    for part in text.split('\n').map(one_line) {
        if !escaped.is_empty() {
            escaped.push_str("\\n");
        }
        for letter in part.chars() {
            if matches!(letter, '\\' | ';' | ',') {
                escaped.push('\\');
            }
            escaped.push(letter);
        }
    }
    line(&format!("{name}:{escaped}"), out)
}

/// A content line, folded: at most [`LINE`] octets each, no letter torn apart.
fn line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut room = LINE;
    let mut folded = String::with_capacity(text.len() + text.len() / LINE * 3 + 2);
    for letter in text.chars() {
        if letter.len_utf8() > room {
            folded.push_str("\r\n ");
            room = LINE - 1;
        }
        folded.push(letter);
        room -= letter.len_utf8();
    }
    folded.push_str("\r\n");
    out.write_all(folded.as_bytes())
}
