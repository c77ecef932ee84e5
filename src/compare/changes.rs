//! Two versions of one record: what has changed, in words.

use super::cell::{State, related};
use super::{Cell, Comparison, Relation, Row, SectionName};

/// Rows that say what a record is at a moment and not what the trial does.
const PASSING: &[&str] = &["Last update"];

/// Whether the columns are versions of one record.
pub fn are_versions(comparison: &Comparison) -> bool {
    let mut ids = comparison.trials.iter();
    let first = ids.next();
    comparison.trials.len() > 1 && ids.all(|id| Some(id) == first)
}

/// A line for everything that differs between the first two columns: `Enrolment: 82 → 120`, `Washout: chemotherapy:
/// 4 weeks → 2 weeks (looser)`, `secondary endpoint added: OS`.
pub fn changes(comparison: &Comparison) -> Vec<String> {
    let sections = comparison.sections.iter();
    sections.flat_map(|section| section.rows.iter().filter_map(|row| change(section.name, row))).collect()
}

fn change(section: SectionName, row: &Row) -> Option<String> {
    let [before, after, ..] = row.cells.as_slice() else { return None };
    if !row.differs && before.text == after.text || PASSING.contains(&row.label.as_str()) {
        return None;
    }
    let what = subject(section, row, if after.state == State::NotStated { before } else { after });
    match (before.state, after.state) {
        (State::NotStated, State::NotStated) => None,
        (State::NotStated, _) => Some(format!("{what} added{}", told(&what, row, after))),
        (_, State::NotStated) => Some(format!("{what} removed{}", told(&what, row, before))),
        _ if before.text == after.text => None,
        _ => {
            let word = related(before, after).filter(|relation| *relation != Relation::Same);
            let word = word.map(|relation| format!(" ({})", relation.word())).unwrap_or_default();
            let name = if what == "criterion" { &what } else { &row.label };
            Some(format!("{name}: {} → {}{word}", line(&before.text), line(&after.text)))
        }
    }
}

/// What a row is about, as one would name it when it comes or goes.
fn subject(section: SectionName, row: &Row, cell: &Cell) -> String {
    match section {
        SectionName::Endpoints => {
            let role = cell.text.split([' ', '·']).next().filter(|role| !role.is_empty());
            format!("{} endpoint", role.unwrap_or("an"))
        }
        SectionName::Eligibility if row.label.starts_with("Must") => "criterion".to_owned(),
        _ => row.label.clone(),
    }
}

/// What came or went, after its name.
fn told(subject: &str, row: &Row, cell: &Cell) -> String {
    match subject {
        "criterion" => format!(": {}", line(&cell.text)),
        _ if subject.ends_with(" endpoint") => format!(": {}", row.label),
        _ => format!(": {}", line(&cell.text)),
    }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
