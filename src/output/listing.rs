//! A list of trials as a table, JSON or CSV.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::guard;
use crate::protocol::{Code, Trial, display};

/// Widest a condition is printed in the table, in terminal columns.
const CONDITION: usize = 32;
/// Put where a text was cut.
const CUT: char = '…';
/// The members of a trial's JSON that a list prints.
const MEMBERS: &[&str] = &["id", "title", "status", "phases", "study_type", "enrollment", "conditions"];
/// What stands between the values of a list in one cell; the registry's own sign.
const BETWEEN: &str = "|";

/// A line a trial: id, status, phase, number of participants, first condition, title.
///
/// # Errors
/// When the output cannot be written.
pub fn table<'t>(
    trials: impl Iterator<Item = Cow<'t, Trial>> + Clone,
    out: &mut dyn Write,
) -> io::Result<()> {
    // Made twice and not kept: a registry is long.
    let head = ["Id", "Status", "Phase", "N", "Condition", "Title"].map(str::to_owned);
    let rows = std::iter::once(head).chain(trials.map(|trial| row(&trial)));
    let mut widths = [0; 6];
    for row in rows.clone() {
        for (width, cell) in widths.iter_mut().zip(&row) {
            *width = (*width).max(cell.width());
        }
    }
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn row(trial: &Trial) -> [String; 6] {
    let shown = |text: &str| guard::one_line(display::line(text).text());
    let label = |code: &Code| shown(&code.label());
    let count = trial.enrollment.as_ref().and_then(|enrollment| enrollment.count);
    let condition = trial.conditions.first().map(|first| match trial.conditions.len() {
        1 => cut(&shown(first), CONDITION),
        more => format!("{} +{}", cut(&shown(first), CONDITION - 3), more - 1),
    });
    [
        shown(&trial.id),
        trial.status.as_ref().map(label).unwrap_or_default(),
        trial.phases.iter().map(label).collect::<Vec<_>>().join("/"),
        count.map(|count| count.to_string()).unwrap_or_default(),
        condition.unwrap_or_default(),
        shown(&trial.title),
    ]
}

/// At most so many columns of a text, with a mark where it was cut.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if kept.width() + grapheme.width() + 1 > width {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push(CUT);
    kept
}

/// A Markdown table, a row a trial.
///
/// # Errors
/// When the output cannot be written.
pub fn markdown<'t>(trials: impl Iterator<Item = Cow<'t, Trial>>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| Id | Status | Phase | N | Condition | Title |\n|---|---|---|---|---|---|")?;
    for trial in trials {
        let cells = row(&trial).map(|cell| guard::markdown_cell(&cell));
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// An array of the trials' first members.
///
/// # Errors
/// When the output cannot be written.
pub fn json<'t>(trials: impl Iterator<Item = Cow<'t, Trial>>, out: &mut dyn Write) -> serde_json::Result<()> {
    // Written as they come and not kept: a registry is long.
    super::json::pretty(&Members(RefCell::new(trials)), out)
}

/// Trials' first members, made when they are written: once.
struct Members<I>(RefCell<I>);

impl<'t, I: Iterator<Item = Cow<'t, Trial>>> Serialize for Members<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.borrow_mut().by_ref().map(|trial| members(&trial)))
    }
}

fn members(trial: &Trial) -> Map<String, Value> {
    let all = json!({
        "id": trial.id,
        "title": trial.title,
        "status": trial.status,
        "phases": trial.phases,
        "study_type": trial.study_type,
        "enrollment": trial.enrollment,
        "conditions": trial.conditions,
    });
    let mut members = Map::new();
    for key in MEMBERS {
        let value = all.get(key).cloned().unwrap_or_default();
        if !matches!(&value, Value::Null) && value != json!("") && value != json!([]) {
            members.insert((*key).to_owned(), value);
        }
    }
    members
}

/// A row a trial, with a header; lists joined as the registry joins them.
///
/// # Errors
/// When the output cannot be written.
pub fn csv<'t>(trials: impl Iterator<Item = Cow<'t, Trial>>, out: &mut dyn Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "id",
        "title",
        "status",
        "phases",
        "study_type",
        "enrollment",
        "enrollment_kind",
        "conditions",
    ])?;
    let code = |code: &Option<Code>| code.as_ref().map(|code| code.0.clone()).unwrap_or_default();
    for trial in trials {
        let enrollment = trial.enrollment.clone().unwrap_or_default();
        let phases: Vec<&str> = trial.phases.iter().map(Code::as_str).collect();
        let cells = [
            trial.id.clone(),
            trial.title.clone(),
            code(&trial.status),
            phases.join(BETWEEN),
            code(&trial.study_type),
            enrollment.count.map(|count| count.to_string()).unwrap_or_default(),
            code(&enrollment.kind),
            trial.conditions.join(BETWEEN),
        ];
        writer.write_record(cells.iter().map(|cell| guard::csv_cell(display::verbatim(cell).text())))?;
    }
    writer.flush()?;
    Ok(())
}
