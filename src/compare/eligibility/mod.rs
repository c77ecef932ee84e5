//! Who may enter: the record's own fields, a matrix of limits, washouts, genes, and the criteria themselves.

mod criteria;
mod findings;
mod thresholds;
mod washouts;

use super::{Cell, Row, Side};
use crate::protocol::Eligibility;
use crate::reading::criteria::vocabulary::Vocabulary;

/// The rows of the section.
pub fn rows(sides: &[Side<'_>]) -> Vec<Row> {
    let vocabulary = Vocabulary::embedded();
    let mut rows = facts(sides);
    rows.extend(thresholds::rows(sides, vocabulary));
    rows.extend(washouts::rows(sides, vocabulary));
    rows.extend(findings::rows(sides));
    rows.extend(criteria::rows(sides, vocabulary));
    rows
}

/// A row's label and how a trial's cell is made.
type Fact = (&'static str, fn(&Eligibility) -> Cell);

const FACTS: &[Fact] = &[
    ("Sex", |e| Cell::stated(e.sex.as_ref().map(|sex| sex.label()).unwrap_or_default())),
    ("Ages", |e| Cell::stated(ages(e))),
    ("Healthy volunteers", |e| {
        Cell::stated(e.healthy_volunteers.map_or("", |yes| if yes { "accepted" } else { "no" }))
    }),
];

fn facts(sides: &[Side<'_>]) -> Vec<Row> {
    let row = |(label, cell): &Fact| {
        Row::new(*label, sides.iter().map(|side| cell(&side.trial.eligibility)).collect())
            .grouped("In the record's fields")
    };
    FACTS.iter().map(row).filter(|row| row.cells.iter().any(|cell| !cell.text.is_empty())).collect()
}

/// `18 Years – 75 Years`, `18 Years and older`.
fn ages(eligibility: &Eligibility) -> String {
    match (eligibility.minimum_age.as_deref(), eligibility.maximum_age.as_deref()) {
        (Some(least), Some(most)) => format!("{least} – {most}"),
        (Some(least), None) => format!("{least} and older"),
        (None, Some(most)) => format!("up to {most}"),
        (None, None) => String::new(),
    }
}
