//! A comparison as columns of text, Markdown tables or CSV.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::guard::{csv_cell, markdown_cell, one_line};
use crate::compare::{Cell, ComparedSection, Comparison, Mark, Row, SectionName, State, schedule};

/// Width of the labels and of each trial's column in the text form, in terminal columns.
const LABEL: usize = 22;
/// See [`LABEL`].
const COLUMN: usize = 36;

/// What a cell shows: its words, with a sign for what it stands out for.
fn shown(cell: &Cell) -> String {
    let text = match cell.state {
        State::NotStated => return "not stated".to_owned(),
        State::NotRead => format!("not read: {}", cell.text),
        State::Stated => cell.text.clone(),
    };
    match cell.mark {
        Some(Mark::Strictest) => format!("{text} ◆"),
        Some(Mark::Primary) => format!("● {text}"),
        None => text,
    }
}

/// Columns for a terminal. Rows that differ are marked with `≠`.
///
/// # Errors
/// When the output cannot be written.
pub fn text(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut header = vec![String::new()];
    header.extend(comparison.trials.iter().cloned());
    print_columns(&header, out)?;
    if !comparison.changes.is_empty() {
        writeln!(out, "\nWhat has changed")?;
    }
    for change in &comparison.changes {
        writeln!(out, "  {}", one_line(change))?;
    }
    for section in &comparison.sections {
        writeln!(out, "\n{}", section.name.title())?;
        if section.rows.is_empty() {
            writeln!(out, "  nothing to compare")?;
        }
        if section.name == SectionName::Schedule {
            overlay(comparison, out)?;
        }
        for row in &section.rows {
            let mut cells = vec![format!("{} {}", if row.differs { "≠" } else { " " }, row.label)];
            cells.extend(row.cells.iter().map(shown));
            print_columns(&cells, out)?;
        }
    }
    Ok(())
}

/// Columns of a treatment's name above the bars.
const TREATMENT: usize = 40;

/// The trials' first weeks above one another, a cell a day.
fn overlay(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    if comparison.overlay.is_empty() {
        return Ok(());
    }
    let width = usize::MAX;
    writeln!(out, "  {:TREATMENT$}  {}", "", schedule::axis(width))?;
    let mut before = ("", usize::MAX);
    for lane in &comparison.overlay {
        if before != (lane.course.as_str(), lane.column) {
            let id = comparison.trials.get(lane.column).map(String::as_str).unwrap_or_default();
            writeln!(out, "{}", one_line(&[id, lane.course.as_str()].join("  ")))?;
            before = (lane.course.as_str(), lane.column);
        }
        for (at, line) in wrap(&lane.what, TREATMENT).into_iter().enumerate() {
            let fill = " ".repeat(TREATMENT.saturating_sub(line.width()));
            let bar = if at == 0 { lane.bar(width) } else { String::new() };
            writeln!(out, "{}", format!("  {line}{fill}  {bar}").trim_end())?;
        }
    }
    writeln!(out, "  █ a day the words name, ━ daily, ▪ counted by the stated interval, · not given\n")
}

/// Prints cells side by side, each wrapped to its column.
fn print_columns(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .enumerate()
        .map(|(index, cell)| wrap(cell, if index == 0 { LABEL } else { COLUMN }))
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let mut printed = String::new();
        for (index, cell) in wrapped.iter().enumerate() {
            let words = cell.get(line).map(String::as_str).unwrap_or_default();
            let width = if index == 0 { LABEL } else { COLUMN };
            printed.push_str(words);
            printed.push_str(&" ".repeat((width + 2).saturating_sub(words.width())));
        }
        writeln!(out, "{}", printed.trim_end())?;
    }
    Ok(())
}

/// Breaks a text at blanks into lines of at most `width` terminal columns; a longer word has its own line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in one_line(paragraph).split(' ') {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// A Markdown table a section.
///
/// # Errors
/// When the output cannot be written.
pub fn markdown(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let ids: Vec<String> = comparison.trials.iter().map(|id| markdown_cell(id)).collect();
    writeln!(out, "# {}\n", ids.join(" · "))?;
    writeln!(out, "Compared from registry records, which are not the protocols.")?;
    if !comparison.changes.is_empty() {
        writeln!(out, "\n## What has changed\n")?;
    }
    for change in &comparison.changes {
        writeln!(out, "- {}", markdown_cell(change))?;
    }
    for section in &comparison.sections {
        writeln!(out, "\n## {}\n", section.name.title())?;
        if section.rows.is_empty() {
            writeln!(out, "Nothing to compare.")?;
            continue;
        }
        writeln!(out, "| | {} | |", ids.join(" | "))?;
        writeln!(out, "|---|{}---|", "---|".repeat(ids.len()))?;
        for row in &section.rows {
            markdown_row(row, out)?;
        }
    }
    Ok(())
}

fn markdown_row(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = row.cells.iter().map(|cell| markdown_cell(&shown(cell))).collect();
    let differs = if row.differs { "differs" } else { "" };
    writeln!(out, "| {} | {} | {differs} |", markdown_cell(&row.label), cells.join(" | "))
}

/// One table for all sections: section, row, whether it differs, a column a trial.
///
/// # Errors
/// When the output cannot be written.
pub fn csv(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let header =
        ["section", "row", "differs"].into_iter().chain(comparison.trials.iter().map(String::as_str));
    writer.write_record(header.map(csv_cell))?;
    for section in &comparison.sections {
        for row in &section.rows {
            writer.write_record(csv_row(section, row).iter().map(|cell| csv_cell(cell)))?;
        }
    }
    writer.flush()
}

fn csv_row(section: &ComparedSection, row: &Row) -> Vec<String> {
    let mut cells = vec![section.name.title().to_owned(), row.label.clone(), row.differs.to_string()];
    cells.extend(row.cells.iter().map(shown));
    cells
}
