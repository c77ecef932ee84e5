//! Arms: who gets what. A matrix where that is clearer, then each arm with its words and its interventions' words.

use super::PaneView;
use super::overview::masking_words;
use super::words::{self, code, line};
use crate::app::item::{Item, ItemKind};
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::protocol::{Arm, Intervention, Trial};

/// Columns of the matrix for one arm.
const ARM_COLUMNS: usize = 3;
/// The narrowest column for names in the matrix.
const NARROWEST_NAME: usize = 12;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    if trial.arms.is_empty() && trial.interventions.is_empty() {
        return vec![Item::note(
            "The record lists neither arms nor interventions. The Overview has its summary, the Record every field.",
        )];
    }
    let mut items = vec![Item::note(design(trial))];
    items.extend(matrix(trial, usize::from(view.width)));
    let mut described = vec![None; trial.interventions.len()];
    for (index, arm) in trial.arms.iter().enumerate() {
        items.push(Item::blank());
        items.push(arm_heading(trial, index, arm));
        items.extend(arm_rows(trial, index, arm, &mut described));
    }
    items.extend(untied(trial));
    items
}

/// `Randomized · parallel · open label · 2 arms · 3 interventions`.
fn design(trial: &Trial) -> String {
    let design = &trial.design;
    let mut parts: Vec<String> =
        [&design.allocation, &design.intervention_model, &design.observational_model]
            .into_iter()
            .flatten()
            .filter(|value| value.as_str() != "NA")
            .map(code)
            .collect();
    parts.extend(design.masking.as_ref().map(|masking| match masking.as_str() {
        "NONE" => "Open label".to_owned(),
        other => format!("{} masked", masking_words(other, &code(masking))),
    }));
    let groups = if design.observational_model.is_some() { "group" } else { "arm" };
    parts.push(counted(trial.arms.len(), groups));
    parts.push(counted(trial.interventions.len(), "intervention"));
    parts.join(" · ")
}

fn counted(count: usize, unit: &str) -> String {
    match count {
        0 => format!("no {unit} listed"),
        1 => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    }
}

/// An arm's letter: `A` … `Z`, then its number.
fn letter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index @ 0..26) => char::from(b'A' + index).to_string(),
        _ => (index + 1).to_string(),
    }
}

fn has_letters(trial: &Trial) -> bool {
    trial.arms.len() > 1
}

/// Which arm gets which intervention, when there is something to tell apart and the room for it.
fn matrix(trial: &Trial, width: usize) -> Vec<Item> {
    let arms = trial.arms.len();
    let tied = trial.interventions.iter().filter(|intervention| is_tied(trial, intervention)).count();
    let room = width.saturating_sub(arms * ARM_COLUMNS);
    if arms < 2 || tied < 2 || room < NARROWEST_NAME {
        return Vec::new();
    }
    let longest = trial.interventions.iter().map(|given| wrap::width(&given.name)).max().unwrap_or_default();
    let name_width = longest.min(room.saturating_sub(1)).max(NARROWEST_NAME);
    let mut items = vec![Item::blank(), Item::heading("Who gets what")];
    let letters: String = (0..arms).map(|arm| format!("{:>ARM_COLUMNS$}", letter(arm))).collect();
    let head = Styled::new(" ".repeat(name_width), Tone::Plain).with(letters, Tone::Strong);
    items.push(Item { kind: ItemKind::Note, text: head, fixed: true, ..Item::default() });
    for (index, intervention) in trial.interventions.iter().enumerate() {
        items.push(matrix_row(trial, index, intervention, name_width));
    }
    items
}

fn matrix_row(trial: &Trial, index: usize, intervention: &Intervention, name_width: usize) -> Item {
    let name = line(&intervention.name);
    let (shown, more) = wrap::cut(&name, name_width);
    let mut text = Styled::new(shown, Tone::Plain).with(if more { "…" } else { "" }, Tone::Dim);
    let used = wrap::width(text.text());
    text.push(" ".repeat(name_width.saturating_sub(used)), Tone::Plain);
    for arm in &trial.arms {
        let given = arm.interventions.contains(&intervention.name);
        text.push(" ".repeat(ARM_COLUMNS - 1), Tone::Plain);
        text.push(if given { "●" } else { "·" }, if given { Tone::Accent } else { Tone::Dim });
    }
    let source = words::words(&intervention.name, format!("interventions[{index}].name"), Tone::Plain).source;
    Item { text, fixed: true, source, copy: Some(name.into()), ..Item::default() }
}

fn arm_heading(trial: &Trial, index: usize, arm: &Arm) -> Item {
    let mut text = Styled::default();
    if has_letters(trial) {
        text.push(format!("{}  ", letter(index)), Tone::Accent);
    }
    let label = line(&arm.label);
    text.push(if label.is_empty() { "(arm without a name)" } else { &label }, Tone::Heading);
    if let Some(kind) = &arm.kind {
        text.push(format!("  {}", code(kind)), Tone::Dim);
    }
    let source = words::words(&arm.label, format!("arms[{index}].label"), Tone::Plain).source;
    Item { text, source, ..Item::heading("") }
}

fn arm_rows(trial: &Trial, index: usize, arm: &Arm, described: &mut [Option<usize>]) -> Vec<Item> {
    let field = format!("arms[{index}].description");
    let mut items = arm.description.as_deref().map(|text| words::prose(text, &field, 0)).unwrap_or_default();
    for (at, name) in arm.interventions.iter().enumerate() {
        let known = trial.interventions.iter().position(|intervention| intervention.name == *name);
        let Some(known) = known else {
            let row = words::words(name, format!("arms[{index}].interventions[{at}]"), Tone::Strong);
            items.push(bulleted(row));
            continue;
        };
        let Some(intervention) = trial.interventions.get(known) else { continue };
        let mut row = name_row(known, intervention);
        let first = described.get_mut(known).map(|first| *first.get_or_insert(index));
        match first {
            Some(first) if first != index && intervention.description.is_some() => {
                row.text.push(format!("  described under {}", letter(first)), Tone::Dim);
                items.push(row);
            }
            _ => {
                items.push(row);
                items.extend(description(known, intervention));
            }
        }
    }
    if items.is_empty() {
        items.push(Item::note("The record says no more about this arm."));
    }
    items
}

fn bulleted(row: Item) -> Item {
    Item { lead: Styled::new("•", Tone::Accent), hang: 2, ..row }
}

fn name_row(index: usize, intervention: &Intervention) -> Item {
    let mut row = words::words(&intervention.name, format!("interventions[{index}].name"), Tone::Strong);
    if intervention.name.is_empty() {
        row.text.push("(no name)", Tone::Dim);
    }
    if let Some(kind) = &intervention.kind {
        row.text.push(format!("  {}", code(kind)), Tone::Dim);
    }
    if !intervention.other_names.is_empty() {
        let others: Vec<String> = intervention.other_names.iter().map(|name| line(name)).collect();
        row.text.push(format!("  also {}", others.join(", ")), Tone::Dim);
    }
    bulleted(row)
}

fn description(index: usize, intervention: &Intervention) -> Vec<Item> {
    let field = format!("interventions[{index}].description");
    intervention.description.as_deref().map(|text| words::prose(text, &field, 2)).unwrap_or_default()
}

fn is_tied(trial: &Trial, intervention: &Intervention) -> bool {
    trial.arms.iter().any(|arm| arm.interventions.contains(&intervention.name))
}

/// Interventions that the record gives to no arm.
fn untied(trial: &Trial) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, intervention) in trial.interventions.iter().enumerate() {
        if is_tied(trial, intervention) {
            continue;
        }
        if items.is_empty() {
            let title =
                if trial.arms.is_empty() { "Interventions" } else { "Not given to an arm by the record" };
            items.extend([Item::blank(), Item::heading(title)]);
        }
        items.push(name_row(index, intervention));
        items.extend(description(index, intervention));
    }
    items
}
