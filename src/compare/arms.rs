//! Arms and treatments: arms aligned by role and what they share, then one row a drug, whatever its spelling.

use std::collections::BTreeSet;

use super::{Cell, Row, Side};
use crate::protocol::{Administration, Arm, Intervention, Span, phrase};
use crate::reading::names::{alike, key};

/// Characters of the longest arm label that is repeated beside each drug.
const LONGEST_LABEL: usize = 24;

/// The rows of the section.
pub fn rows(sides: &[Side<'_>]) -> Vec<Row> {
    let mut rows = vec![Row::new("Arms", sides.iter().map(count).collect())];
    rows.extend(arm_rows(sides));
    rows.extend(treatment_rows(sides));
    rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
    rows
}

fn count(side: &Side<'_>) -> Cell {
    match side.trial.arms.len() {
        0 => Cell::not_stated(),
        count => Cell::stated(count.to_string()).with_value(count as f64, "arms"),
    }
}

/// An arm in the making of a row.
struct Aligned<'t> {
    role: String,
    given: BTreeSet<String>,
    cells: Vec<Option<(usize, &'t Arm)>>,
}

/// Arms of one role that share most of what is given stand in one row.
fn arm_rows(sides: &[Side<'_>]) -> Vec<Row> {
    let mut aligned: Vec<Aligned<'_>> = Vec::new();
    for (column, side) in sides.iter().enumerate() {
        for (index, arm) in side.trial.arms.iter().enumerate() {
            let role = arm.kind.as_ref().map(|kind| kind.label()).unwrap_or_default();
            let given: BTreeSet<String> = arm.interventions.iter().map(|name| key(name)).collect();
            let best = aligned
                .iter_mut()
                .filter(|row| row.role == role && row.cells.get(column).is_some_and(Option::is_none))
                .map(|row| (row.given.intersection(&given).count(), row))
                // Where no role is stated only what is given tells which arms belong together.
                .filter(|(shared, _)| *shared > 0 || !role.is_empty())
                .max_by_key(|(shared, _)| *shared)
                .map(|(_, row)| row);
            let row = match best {
                Some(row) => row,
                None => {
                    let cells = sides.iter().map(|_| None).collect();
                    aligned.push(Aligned { role, given, cells });
                    let Some(last) = aligned.last_mut() else { continue };
                    last
                }
            };
            if let Some(slot) = row.cells.get_mut(column) {
                *slot = Some((index, arm));
            }
        }
    }
    aligned.into_iter().map(arm_row).collect()
}

/// A label with the letter by which the drugs' rows call the arm.
fn arm_name_at(index: usize, label: &str) -> String {
    match u8::try_from(index) {
        Ok(index @ 0..26) if label.chars().count() > LONGEST_LABEL => {
            format!("{} = {label}", char::from(b'A' + index))
        }
        _ => label.to_owned(),
    }
}

fn arm_row(aligned: Aligned<'_>) -> Row {
    let label = if aligned.role.is_empty() { "Arm (role not stated)" } else { &aligned.role };
    let cell = |found: Option<(usize, &Arm)>| {
        let Some((index, arm)) = found else { return Cell::not_stated() };
        let mut text = arm_name_at(index, &arm.label);
        if !arm.interventions.is_empty() {
            text.push_str(&format!(": {}", arm.interventions.join(" + ")));
        }
        let span = Span::new(format!("arms[{index}].label"), 0..arm.label.len());
        Cell::stated(text).at((!arm.label.is_empty()).then_some(span))
    };
    Row::new(label, aligned.cells.into_iter().map(cell).collect()).grouped("Arms")
}

/// A drug under all the names that the trials have for it.
struct Drug {
    label: String,
    names: BTreeSet<String>,
}

impl Drug {
    fn is(&self, name: &str) -> bool {
        self.names.iter().any(|known| alike(known, name))
    }
}

fn treatment_rows(sides: &[Side<'_>]) -> Vec<Row> {
    let row = |drug: Drug| {
        let cells = sides.iter().map(|side| treatment(side, &drug)).collect();
        Row::new(drug.label, cells).grouped("Treatments")
    };
    drugs(sides).into_iter().map(row).collect()
}

/// Every treatment that is listed or was read, once.
fn drugs(sides: &[Side<'_>]) -> Vec<Drug> {
    let mut drugs: Vec<Drug> = Vec::new();
    for side in sides {
        for given in &side.trial.interventions {
            let names: BTreeSet<String> =
                std::iter::once(&given.name).chain(&given.other_names).map(|name| key(name)).collect();
            join(&mut drugs, &given.name, names);
        }
        for row in side.readings.regimens.iter().flat_map(|regimen| &regimen.administrations) {
            join(&mut drugs, &row.drug, BTreeSet::from([key(&row.drug)]));
        }
    }
    drugs
}

fn join(drugs: &mut Vec<Drug>, label: &str, names: BTreeSet<String>) {
    let names: BTreeSet<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return;
    }
    match drugs.iter_mut().find(|drug| names.iter().any(|name| drug.is(name))) {
        Some(drug) => drug.names.extend(names),
        None => drugs.push(Drug { label: label.to_owned(), names }),
    }
}

/// What a trial says of one drug: each way it is given once, with the arms where they differ.
fn treatment(side: &Side<'_>, drug: &Drug) -> Cell {
    let mut ways: Vec<(String, Vec<String>, &Administration)> = Vec::new();
    for regimen in &side.readings.regimens {
        for row in regimen.administrations.iter().filter(|row| drug.is(&key(&row.drug))) {
            let named = if alike(&key(&row.drug), &key(&drug.label)) { "" } else { row.drug.as_str() };
            let told = told(row, named);
            let arm = regimen.arm.as_deref().map(|label| arm_name(side, label)).unwrap_or_default();
            match ways.iter_mut().find(|(known, ..)| *known == told) {
                Some((_, arms, _)) if !arms.contains(&arm) => arms.push(arm),
                Some(_) => {}
                None => ways.push((told, vec![arm], row)),
            }
        }
    }
    let Some((_, _, first)) = ways.first() else { return listed(side, drug) };
    let span = first.span.clone();
    let several = ways.len() > 1;
    let lines = ways.iter().map(|(told, arms, _)| {
        let arms: Vec<&str> = arms.iter().map(String::as_str).filter(|arm| !arm.is_empty()).collect();
        if several && !arms.is_empty() { format!("{told} ({})", arms.join("; ")) } else { told.clone() }
    });
    Cell::stated(lines.collect::<Vec<_>>().join("\n")).at(Some(span))
}

/// An arm's label; by its letter where the label is a sentence.
pub(super) fn arm_name(side: &Side<'_>, label: &str) -> String {
    let place = side.trial.arms.iter().position(|arm| arm.label == label);
    match place.and_then(|index| u8::try_from(index).ok()) {
        Some(index @ 0..26) if label.chars().count() > LONGEST_LABEL => {
            format!("arm {}", char::from(b'A' + index))
        }
        _ => label.to_owned(),
    }
}

/// Name (where the row stands under another), dose, route, when and until when.
fn told(row: &Administration, named: &str) -> String {
    let epoch = row.epoch.as_deref().map(|epoch| format!("{}:", phrase::event(epoch))).unwrap_or_default();
    let levels = phrase::levels(row);
    let levels = if levels.is_empty() { levels } else { format!("({levels})") };
    let dose = [named.to_owned(), epoch, phrase::dose_and_route(row), levels];
    let dose = dose.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let until: Vec<String> = row.stop.iter().map(|event| phrase::event(event)).collect();
    let until = if until.is_empty() { String::new() } else { format!("until {}", until.join(", ")) };
    let parts = [dose, phrase::timing(row), until];
    let told = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if told.is_empty() { "given; no dose or time read".to_owned() } else { told }
}

/// A drug without a row: its words where the record has some, else that it is listed.
fn listed(side: &Side<'_>, drug: &Drug) -> Cell {
    let is_it = |given: &Intervention| {
        drug.is(&key(&given.name)) || given.other_names.iter().any(|name| drug.is(&key(name)))
    };
    let Some(index) = side.trial.interventions.iter().position(is_it) else { return Cell::not_stated() };
    let given = side.trial.interventions.get(index);
    match given.and_then(|given| given.description.as_deref()).filter(|words| !words.trim().is_empty()) {
        Some(words) => {
            let span = Span::new(format!("interventions[{index}].description"), 0..words.len());
            Cell::not_read(words).at(Some(span))
        }
        None => {
            let span =
                given.map(|given| Span::new(format!("interventions[{index}].name"), 0..given.name.len()));
            Cell::stated("listed; dose not stated").at(span)
        }
    }
}
