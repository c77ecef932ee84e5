//! Design and status: the record's own fields, one row each.

use std::collections::BTreeSet;

use super::{Cell, Row, Side};
use crate::protocol::{Code, Dated, Trial};

/// A row's label and how a trial's cell is made.
type Line = (&'static str, fn(&Trial) -> Cell);

/// The rows, in reading order.
const LINES: &[Line] = &[
    ("Title", |t| Cell::stated(&t.title)),
    ("Status", |t| code(&t.status)),
    ("Study type", |t| code(&t.study_type)),
    ("Phase", |t| codes(&t.phases)),
    ("Allocation", |t| code(&t.design.allocation)),
    ("Intervention model", |t| code(&t.design.intervention_model)),
    ("Observational model", |t| code(&t.design.observational_model)),
    ("Time perspective", |t| code(&t.design.time_perspective)),
    ("Masking", |t| code(&t.design.masking)),
    ("Who is masked", |t| codes(&t.design.who_masked)),
    ("Purpose", |t| code(&t.design.purpose)),
    ("Enrolment", enrolment),
    ("Conditions", |t| Cell::stated(t.conditions.join("; "))),
    ("Start", |t| date(&t.dates.start)),
    ("Primary completion", |t| date(&t.dates.primary_completion)),
    ("Completion", |t| date(&t.dates.completion)),
    ("Sponsor", |t| Cell::stated(t.sponsor.as_ref().map_or("", |s| &s.name))),
    ("Sites", |t| Cell::stated(if t.sites.is_empty() { String::new() } else { t.sites.len().to_string() })),
    ("Countries", countries),
    ("Results posted", |t| Cell::stated(t.has_results.map_or("", |has| if has { "yes" } else { "no" }))),
    ("Why stopped", |t| Cell::stated(t.why_stopped.as_deref().unwrap_or_default())),
    ("Last update", |t| date(&t.dates.last_update_posted)),
];

/// The rows of which at least one trial says something.
pub fn rows(sides: &[Side<'_>]) -> Vec<Row> {
    LINES
        .iter()
        .map(|(label, cell)| Row::new(*label, sides.iter().map(|side| cell(side.trial)).collect()))
        .filter(|row| row.cells.iter().any(|cell| !cell.text.is_empty()))
        .collect()
}

fn code(code: &Option<Code>) -> Cell {
    Cell::stated(code.as_ref().map(Code::label).unwrap_or_default())
}

fn codes(codes: &[Code]) -> Cell {
    Cell::stated(codes.iter().map(Code::label).collect::<Vec<_>>().join(", "))
}

fn date(dated: &Option<Dated>) -> Cell {
    let Some(dated) = dated else { return Cell::not_stated() };
    let planned = dated.kind.as_ref().is_some_and(|kind| kind.as_str() == "ESTIMATED");
    Cell::stated(format!("{}{}", dated.date, if planned { " (planned)" } else { "" }))
}

fn enrolment(trial: &Trial) -> Cell {
    let Some(enrollment) = &trial.enrollment else { return Cell::not_stated() };
    let Some(count) = enrollment.count else { return Cell::not_stated() };
    let kind = enrollment.kind.as_ref().map(|kind| format!(" ({})", kind.label().to_lowercase()));
    Cell::stated(format!("{count}{}", kind.unwrap_or_default())).with_value(count as f64, "participants")
}

fn countries(trial: &Trial) -> Cell {
    let countries: BTreeSet<&str> = trial.sites.iter().filter_map(|site| site.country.as_deref()).collect();
    Cell::stated(countries.into_iter().collect::<Vec<_>>().join(", "))
}
