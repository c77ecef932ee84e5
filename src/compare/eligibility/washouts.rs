//! How long to wait after what: washouts of the same agent in one row, the longest marked.

use super::thresholds::mark_strictest;
use crate::compare::relation::same_agent;
use crate::compare::statement::{Statement, Washout};
use crate::compare::{Cell, Row, Side};
use crate::protocol::{Limit, Span};
use crate::reading::criteria::vocabulary::Vocabulary;

/// A washout and where it stands.
struct Found {
    washout: Washout,
    told: String,
    span: Span,
}

/// A row in the making.
struct Group {
    label: String,
    first: Washout,
    cells: Vec<Vec<Found>>,
}

/// The rows, in the order in which the trials name the agents.
pub fn rows(sides: &[Side<'_>], vocabulary: &Vocabulary) -> Vec<Row> {
    let mut groups: Vec<Group> = Vec::new();
    for (column, side) in sides.iter().enumerate() {
        for limit in side.readings.criteria.facts.iter().filter(|limit| limit.variable == "washout") {
            let Some(found) = found(limit, vocabulary) else { continue };
            let group = match groups.iter_mut().position(|group| same_agent(&group.first, &found.washout)) {
                Some(index) => index,
                None => {
                    groups.push(Group {
                        label: label(&found.washout),
                        first: found.washout.clone(),
                        cells: sides.iter().map(|_| Vec::new()).collect(),
                    });
                    groups.len() - 1
                }
            };
            if let Some(cell) = groups.get_mut(group).and_then(|group| group.cells.get_mut(column)) {
                cell.push(found);
            }
        }
    }
    let alone = |group: &Group| group.cells.iter().filter(|cell| !cell.is_empty()).count() < 2;
    groups.sort_by_key(alone);
    groups.into_iter().map(row).collect()
}

fn label(washout: &Washout) -> String {
    if washout.name.is_empty() { "Washout".to_owned() } else { format!("Washout: {}", washout.name.trim()) }
}

fn found(limit: &Limit, vocabulary: &Vocabulary) -> Option<Found> {
    let excludes = limit.section == Some(crate::protocol::Section::Exclusion);
    let statement = Statement::of_item("", std::slice::from_ref(limit), &[], excludes, vocabulary);
    let washout = statement.washouts.into_iter().next()?;
    let crate::protocol::LimitValue::Number(value) = &limit.value else { return None };
    let unit = limit.unit.as_deref().unwrap_or_default();
    let plural = if value.0 == 1.0 { "" } else { "s" };
    let told = format!("{value} {unit}{plural}{}", if washout.binds { "" } else { " (under a condition)" });
    Some(Found { washout, told, span: limit.span.clone() })
}

fn row(group: Group) -> Row {
    let cells = group.cells.into_iter().map(cell).collect();
    let mut row = Row::new(group.label, cells).grouped("Washouts");
    mark_strictest(&mut row.cells);
    row
}

/// Of several for one agent, the longest that binds is what a patient has to wait for.
fn cell(mut found: Vec<Found>) -> Cell {
    found.sort_by(|a, b| {
        b.washout.binds.cmp(&a.washout.binds).then(b.washout.days.total_cmp(&a.washout.days))
    });
    let Some(first) = found.first() else { return Cell::not_stated() };
    let mut told: Vec<&str> = Vec::new();
    for one in &found {
        if !told.contains(&one.told.as_str()) {
            told.push(&one.told);
        }
    }
    let cell = Cell::stated(told.join("; ")).at(Some(first.span.clone()));
    if !first.washout.binds {
        return cell;
    }
    let washouts = vec![Washout { agent: Default::default(), ..first.washout.clone() }];
    let mut cell = cell.with_value(first.washout.days, "day");
    cell.statement = Some(Box::new(Statement { washouts, ..Statement::default() }));
    cell
}
