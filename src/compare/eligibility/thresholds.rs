//! The matrix of limits: a row for each variable and unit that any trial limits, the strictest of a row marked.
//!
//! Multiples of a normal range and absolute values are rows of their own. A trial that speaks of a variable without
//! a limit that could be read shows its words.

use crate::compare::relation::{Relation, relation};
use crate::compare::similar::Content;
use crate::compare::statement::{self, Statement};
use crate::compare::{Cell, Mark, Row, Side};
use crate::protocol::{Criterion, CriterionRole, Limit, LimitValue, phrase};
use crate::reading::criteria::typed::{self, Bound, Bounds};
use crate::reading::criteria::vocabulary::{Variable, Vocabulary};

/// The rows: variables in the order in which the trials first limit them.
pub fn rows(sides: &[Side<'_>], vocabulary: &Vocabulary) -> Vec<Row> {
    let columns: Vec<Column<'_>> = sides.iter().map(|side| Column::of(side, vocabulary)).collect();
    keys(&columns).into_iter().map(|(variable, unit)| row(&columns, &variable, &unit, vocabulary)).collect()
}

/// A trial's limits.
struct Column<'t> {
    side: &'t Side<'t>,
    bounds: Vec<Bounds>,
    /// Limits that do not bind by themselves.
    loose: Vec<&'t Limit>,
    /// Each item with its words.
    items: Vec<(&'t Criterion, Content)>,
}

impl<'t> Column<'t> {
    fn of(side: &'t Side<'t>, vocabulary: &Vocabulary) -> Self {
        let reading = &side.readings.criteria;
        let loose = reading
            .facts
            .iter()
            .filter(|limit| !typed::binds(limit) && limit.variable != "washout")
            .collect();
        let items = reading.criteria.iter().filter(|item| item.role == CriterionRole::Item);
        let items = items.map(|item| (item, Content::of(&item.text))).collect();
        Self { side, bounds: statement::bounds(&reading.facts, vocabulary), loose, items }
    }

    fn limits(&self, variable: &str) -> bool {
        self.bounds.iter().any(|b| b.variable == variable)
            || self.loose.iter().any(|l| l.variable == variable)
    }

    /// The first item that names a variable without a limit on it.
    fn mention(&self, variable: &Variable) -> Option<&'t Criterion> {
        let names = variable.words.iter().filter(|name| name.len() > 2);
        let names: Vec<&String> = names.collect();
        let item = self.items.iter().find(|(item, words)| {
            names.iter().any(|name| {
                let first = name.split([' ', '-']).next().unwrap_or_default();
                words.has(first) && has_words(&item.text, name)
            })
        });
        item.map(|(item, _)| *item)
    }
}

/// Whether a text has a name in it, word for word.
fn has_words(text: &str, name: &str) -> bool {
    let text = text.to_lowercase();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(name).any(|(at, found)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
        edge(before) && edge(after)
    })
}

/// Every variable and unit, in the order of the trials' texts.
fn keys(columns: &[Column<'_>]) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for bounds in columns.iter().flat_map(|column| &column.bounds) {
        let key = (bounds.variable.clone(), bounds.unit.clone());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    // A variable's units stand together.
    let order: Vec<String> = keys.iter().map(|(variable, _)| variable.clone()).collect();
    keys.sort_by_key(|(variable, _)| order.iter().position(|known| known == variable));
    keys
}

fn row(columns: &[Column<'_>], variable: &str, unit: &str, vocabulary: &Vocabulary) -> Row {
    let cells = columns.iter().map(|column| cell(column, variable, unit, vocabulary)).collect::<Vec<_>>();
    let name = vocabulary.variable(variable).map(|v| v.label.clone()).filter(|label| !label.is_empty());
    let name = name.unwrap_or_else(|| variable.replace('_', " "));
    let label = match unit {
        "" | typed::CLASS => name,
        "ULN" | "LLN" => format!("{name}, × {unit}"),
        _ => format!("{name}, {unit}"),
    };
    let mut row = Row::new(label, cells).grouped("Limits");
    mark_strictest(&mut row.cells);
    row
}

fn cell(column: &Column<'_>, variable: &str, unit: &str, vocabulary: &Vocabulary) -> Cell {
    let bounds = column.bounds.iter().find(|b| b.variable == variable && b.unit == unit);
    let mut parts: Vec<String> = bounds.map(|bounds| as_written(bounds, column)).into_iter().collect();
    let mut span = bounds.and_then(|b| b.lower.as_ref().or(b.upper.as_ref())).map(|end| end.span.clone());
    span = span.or_else(|| bounds.and_then(|b| b.gaps.first()).map(|gap| gap.span.clone()));
    for limit in column.loose.iter().filter(|limit| limit.variable == variable) {
        let Some((value, _)) = typed::canonical(limit, vocabulary).filter(|(_, own)| own == unit) else {
            continue;
        };
        parts.push(told_loose(limit, value));
        span = span.or_else(|| Some(limit.span.clone()));
    }
    parts.dedup();
    if let Some(bounds) = bounds.filter(|bounds| is_contradictory(bounds)) {
        return contradiction(bounds, column).at(span);
    }
    if parts.is_empty() {
        return other_words(column, variable, vocabulary);
    }
    let mut cell = Cell::stated(parts.join("; ")).at(span);
    if let Some(bounds) = bounds {
        cell.value = single(bounds).map(crate::protocol::Number);
        cell.unit = cell.value.map(|_| bounds.unit.clone());
        cell.statement = Some(Box::new(Statement { bounds: vec![bounds.clone()], ..Statement::default() }));
    }
    cell
}

/// Limits for different groups of patients, read as if they all bound everybody, leave nobody: they were not read.
fn is_contradictory(bounds: &Bounds) -> bool {
    matches!((&bounds.lower, &bounds.upper), (Some(low), Some(high)) if low.value > high.value)
}

fn contradiction(bounds: &Bounds, column: &Column<'_>) -> Cell {
    let text = column.side.trial.eligibility.text.as_deref().unwrap_or_default();
    let ends = [&bounds.lower, &bounds.upper].into_iter().flatten();
    let words: Vec<&str> = ends.filter_map(|end| end.span.of(text)).collect();
    Cell::not_read(format!("limits that exclude each other: {}", words.join("; ")))
}

/// Bounds in the canonical unit, and as the text writes them where its unit is another.
fn as_written(bounds: &Bounds, column: &Column<'_>) -> String {
    let told = told(bounds);
    let ((Some(end), None) | (None, Some(end))) = (&bounds.lower, &bounds.upper) else { return told };
    let facts = &column.side.readings.criteria.facts;
    let limit = facts.iter().find(|limit| limit.variable == bounds.variable && limit.span == end.span);
    match limit.and_then(|limit| limit.unit.as_deref().map(|unit| (&limit.value, unit))) {
        Some((LimitValue::Number(value), unit)) if !unit.is_empty() && unit != bounds.unit => {
            let plural = if TIMES.contains(&unit) && value.0 != 1.0 { "s" } else { "" };
            format!("{told} ({value} {unit}{plural})")
        }
        _ => told,
    }
}

/// Units that take a plural.
const TIMES: &[&str] = &["hour", "day", "week", "month", "year"];

/// What a trial says that has no limit of this variable in this unit.
fn other_words(column: &Column<'_>, variable: &str, vocabulary: &Vocabulary) -> Cell {
    if column.limits(variable) {
        return Cell::not_stated();
    }
    let mention = vocabulary.variable(variable).and_then(|variable| column.mention(variable));
    let Some(item) = mention else { return Cell::not_stated() };
    Cell::not_read(item.text.clone()).at(Some(item.span.in_field("eligibility.text".to_owned())))
}

/// A limit with one end only, as a number.
fn single(bounds: &Bounds) -> Option<f64> {
    match (&bounds.lower, &bounds.upper) {
        (Some(end), None) | (None, Some(end)) if bounds.gaps.is_empty() => Some(end.value),
        (Some(low), Some(high)) if low.value == high.value => Some(low.value),
        _ => None,
    }
}

/// Bounds as people write them: `≥ 1.5`, `18–75`, `< 2`.
pub fn told(bounds: &Bounds) -> String {
    let value = |value: f64| class(value, &bounds.unit);
    let sign = |bound: &Bound, lower: bool| match (lower, bound.inclusive) {
        (true, true) => "≥",
        (true, false) => ">",
        (false, true) => "≤",
        (false, false) => "<",
    };
    let mut parts = Vec::new();
    match (&bounds.lower, &bounds.upper) {
        (Some(low), Some(high)) if low.inclusive && high.inclusive && low.value == high.value => {
            parts.push(value(low.value));
        }
        (Some(low), Some(high)) if low.inclusive && high.inclusive => {
            parts.push(format!("{}–{}", value(low.value), value(high.value)));
        }
        (low, high) => {
            parts.extend(low.as_ref().map(|low| format!("{} {}", sign(low, true), value(low.value))));
            parts.extend(high.as_ref().map(|high| format!("{} {}", sign(high, false), value(high.value))));
        }
    }
    for gap in &bounds.gaps {
        let range = if gap.low == gap.high {
            value(gap.low)
        } else {
            format!("{}–{}", value(gap.low), value(gap.high))
        };
        parts.push(format!("not {range}"));
    }
    parts.join(", ")
}

fn told_loose(limit: &Limit, value: f64) -> String {
    let why = if limit.except {
        "in an exception"
    } else if limit.conditional {
        "under a condition"
    } else {
        "or another"
    };
    let value = match &limit.value {
        LimitValue::Class(class) => class.clone(),
        LimitValue::Number(_) => rounded(value),
    };
    let sign = match limit.op.as_str() {
        "<=" => "≤",
        ">=" => "≥",
        other => other,
    };
    let not = if limit.section == Some(crate::protocol::Section::Exclusion) { "not " } else { "" };
    format!("{not}{sign} {value} ({why})")
}

/// A value of a bound; a class by its letter.
fn class(value: f64, unit: &str) -> String {
    if unit != typed::CLASS {
        return rounded(value);
    }
    match value as u8 {
        letter @ 1..=26 => char::from(b'A' + letter - 1).to_string(),
        _ => rounded(value),
    }
}

/// Four significant digits are more than any limit has; conversions leave more.
fn rounded(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let scale = 10_f64.powf(3.0 - value.abs().log10().floor());
    phrase::number((value * scale).round() / scale)
}

/// Marks the cells that are at least as strict as all others, when not all are the same.
pub fn mark_strictest(cells: &mut [Cell]) {
    let statements: Vec<Option<Statement>> =
        cells.iter().map(|cell| cell.statement.as_deref().cloned()).collect();
    let known: Vec<&Statement> = statements.iter().flatten().collect();
    if known.len() < 2 {
        return;
    }
    let all_same =
        known.windows(2).all(|pair| matches!(pair, [one, two] if relation(one, two) == Some(Relation::Same)));
    if all_same {
        return;
    }
    for (cell, own) in cells.iter_mut().zip(&statements) {
        let Some(own) = own else { continue };
        let strictest = known
            .iter()
            .all(|other| matches!(relation(other, own), Some(Relation::Same | Relation::Stricter)));
        if strictest {
            cell.mark = Some(Mark::Strictest);
        }
    }
}
