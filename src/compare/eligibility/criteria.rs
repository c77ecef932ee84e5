//! The criteria themselves: each with its like in the other trials, by the limits they set, else by their words.

use std::collections::BTreeSet;

use crate::compare::statement::Statement;
use crate::compare::{Cell, Row, Side};
use crate::protocol::{Criterion, CriterionRole, Limit, Section, Tag};
use crate::reading::criteria::vocabulary::Vocabulary;

/// How much of their words two criteria without limits must share to stand in one row.
const ALIKE: f64 = 0.5;
/// The same for two that limit some of the same variables.
const ALIKE_LIMITS: f64 = 0.15;
/// Columns of a row's label.
const LABEL: usize = 48;

/// A criterion with what it demands.
struct Item<'t> {
    criterion: &'t Criterion,
    statement: Statement,
}

/// A row in the making.
struct Group<'t> {
    section: Option<Section>,
    cells: Vec<Option<Item<'t>>>,
}

impl<'t> Group<'t> {
    /// How well an item fits: by what the row's first item demands.
    fn fit(&self, item: &Item<'t>) -> Option<f64> {
        let first = self.cells.iter().flatten().next()?;
        let (one, two) = (&first.statement, &item.statement);
        let shared = one.words.overlap(&two.words);
        if one.has_limits() && two.has_limits() {
            let (these, those) = (variables(one), variables(two));
            let agents = one
                .washouts
                .iter()
                .any(|a| two.washouts.iter().any(|b| crate::compare::relation::same_agent(a, b)));
            let common = agents || these.intersection(&those).next().is_some();
            let fits = common && (these == those || shared >= ALIKE_LIMITS);
            return fits.then_some(1.0 + shared);
        }
        let alike = shared >= ALIKE || one.words.within(&two.words);
        (alike && self.section == item.criterion.section).then_some(shared)
    }
}

fn variables(statement: &Statement) -> BTreeSet<&str> {
    statement.variables().collect()
}

/// The rows: criteria in the first trial's order, then what only later ones say.
pub fn rows(sides: &[Side<'_>], vocabulary: &Vocabulary) -> Vec<Row> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (column, side) in sides.iter().enumerate() {
        let from = groups.len();
        for item in items(side, vocabulary) {
            let best = groups
                .iter()
                .take(from)
                .enumerate()
                .filter(|(_, group)| group.cells.get(column).is_some_and(Option::is_none))
                .filter_map(|(index, group)| group.fit(&item).map(|fit| (index, fit)))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(index, _)| index);
            let index = best.unwrap_or_else(|| {
                let cells = sides.iter().map(|_| None).collect();
                groups.push(Group { section: item.criterion.section, cells });
                groups.len() - 1
            });
            if let Some(slot) = groups.get_mut(index).and_then(|group| group.cells.get_mut(column)) {
                *slot = Some(item);
            }
        }
    }
    let shared = |group: &Group<'_>| group.cells.iter().flatten().count() < 2;
    groups.sort_by_key(|group| (shared(group), group.section));
    groups.into_iter().map(row).collect()
}

fn items<'t>(side: &Side<'t>, vocabulary: &Vocabulary) -> Vec<Item<'t>> {
    let reading = &side.readings.criteria;
    let item = |(index, criterion): (usize, &'t Criterion)| {
        let inside =
            |limit: &&Limit| criterion.span.start <= limit.span.start && limit.span.end <= criterion.span.end;
        let limits: Vec<Limit> = reading.facts.iter().filter(inside).cloned().collect();
        let tags: Vec<Tag> = reading.tags.iter().filter(|tag| tag.item == index).cloned().collect();
        let excludes = criterion.section == Some(Section::Exclusion);
        let statement = Statement::of_item(&criterion.text, &limits, &tags, excludes, vocabulary);
        Item { criterion, statement }
    };
    let is_item = |(_, criterion): &(usize, &Criterion)| criterion.role == CriterionRole::Item;
    reading.criteria.iter().enumerate().filter(is_item).map(item).collect()
}

fn row(group: Group<'_>) -> Row {
    let section = match group.section {
        Some(Section::Inclusion) => "Must hold",
        Some(Section::Exclusion) => "Must not hold",
        None => "Criterion",
    };
    let alone = group.cells.iter().flatten().count() < 2 && group.cells.len() > 1;
    let words = group.cells.iter().flatten().next().map(|item| beginning(&item.criterion.text));
    let label = format!("{section}: {}", words.unwrap_or_default());
    let cells = group.cells.into_iter().map(cell).collect();
    Row::new(label, cells).grouped(if alone { "Only here" } else { "Criteria" })
}

fn cell(item: Option<Item<'_>>) -> Cell {
    let Some(item) = item else { return Cell::not_stated() };
    let span = item.criterion.span.in_field("eligibility.text".to_owned());
    let mut cell = Cell::stated(item.criterion.text.clone()).at(Some(span));
    cell.statement = Some(Box::new(item.statement));
    cell
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LABEL {
        return line;
    }
    let cut: String = line.chars().take(LABEL - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start);
    format!("{whole}…")
}
