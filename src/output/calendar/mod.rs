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
use crate::calendar::told::{NOTICE, about, dates, moved, record, remarks, title, what};
use crate::calendar::{Dated, runs};
use crate::protocol::{Trial, display};

/// Columns of a page.
const WIDTH: usize = 100;

/// Prints courses for a terminal.
///
/// # Errors
/// When the output cannot be written.
pub fn text(trial: &Trial, courses: &[Dated], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", one_line(display::line(&trial.title).text()))?;
    writeln!(out, "{}. {NOTICE}", record(trial))?;
    for dated in courses {
        writeln!(out, "\n{}", one_line(&title(dated)))?;
        for line in about(dated).into_iter().chain(moved(dated)) {
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
        .map(|run| [dates(run), run.number(), one_line(&what(run.from)), remarks(run.from)])
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

/// Prints courses as Markdown, their dates as tables.
///
/// # Errors
/// When the output cannot be written.
pub fn markdown(trial: &Trial, courses: &[Dated], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", markdown_cell(display::line(&trial.title).text()))?;
    writeln!(out, "{}. {NOTICE}", markdown_cell(&record(trial)))?;
    for dated in courses {
        writeln!(out, "\n## {}\n", markdown_cell(&title(dated)))?;
        for line in about(dated).into_iter().chain(moved(dated)) {
            writeln!(out, "- {}", markdown_cell(&line))?;
        }
        writeln!(out, "\n| date | visit | what | remarks |\n|---|---|---|---|")?;
        for run in runs(&dated.entries) {
            let cells = [dates(&run), run.number(), one_line(&what(run.from)), remarks(run.from)];
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
