//! Record: every field as it came, with its path, and where the file is.

use std::sync::Arc;

use super::PaneView;
use super::words::{fact, line};
use crate::app::item::{Item, ItemKind};
use crate::app::styled::{Styled, Tone};
use crate::formats::RecordField;
use crate::protocol::{Source, display};

/// Columns from a field's name to its value.
const NAME: u16 = 26;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let mut items = view.entry.trial.source.as_ref().map(source).unwrap_or_default();
    let fields = match view.most_fields {
        Some(most) => view.entry.first_record_fields(most),
        None => view.entry.record_fields(),
    };
    if fields.is_empty() {
        items.push(Item::note(
            "The record's own text is not at hand, only what was read from it (the other panes).",
        ));
        return items;
    }
    items.push(Item::note(match view.most_fields {
        Some(most) if most == fields.len() => {
            format!("the first {most} fields, as they came: the others follow")
        }
        _ => format!("{} fields, as they came", fields.len()),
    }));
    let mut parent = None;
    for field in &fields {
        let (above, name) = split(&field.path);
        if parent != Some(above) {
            items.push(Item::blank());
            if !above.is_empty() {
                items.push(Item {
                    kind: ItemKind::Heading(if above.contains('[') { 2 } else { 1 }),
                    text: Styled::new(line(above), Tone::Label),
                    ..Item::default()
                });
            }
            parent = Some(above);
        }
        items.extend(rows(name, field));
    }
    items
}

/// Where the record is.
fn source(source: &Source) -> Vec<Item> {
    let mut items = vec![
        Item { copy: Some(source.file.as_str().into()), ..fact("File", line(&source.file)) },
        fact("Record", format!("number {} in the file", source.record)),
        fact("Format", line(&source.format)),
    ];
    items.extend(source.version.as_deref().map(|version| fact("Version", line(version))));
    items
}

/// A path's last part, and what stands before it.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

/// A field: its name before the first line of its value.
fn rows(name: &str, field: &RecordField) -> Vec<Item> {
    let value = display::verbatim(&field.value);
    // A row that shows all of the value as it is copies itself.
    let whole: Option<Arc<str>> =
        (value.text() != field.value || value.text().contains('\n')).then(|| field.value.as_str().into());
    let mut items: Vec<Item> = Vec::new();
    for (index, text) in value.text().split('\n').enumerate() {
        let lead = if index == 0 { line(name) } else { String::new() };
        items.push(Item {
            lead: Styled::new(lead, Tone::Dim),
            hang: NAME,
            text: Styled::new(text, Tone::Plain),
            copy: whole.clone(),
            ..Item::default()
        });
    }
    items
}
