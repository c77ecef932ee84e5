//! Taking things out: the menus of what to copy and of the form to export in, the registry's page, the pager.

use super::super::export::{Export, Form, Page};
use super::super::layer::{Layer, Menu, MenuKind, MenuRow};
use super::super::model::{Focus, Model};
use super::super::msg::Effect;
use super::super::pane::Pane;
use super::super::registry_page;
use super::super::taking::{self, Take};
use super::detail;
use crate::protocol::display;

/// Rows of a list that are exported at most.
const MOST_ROWS: usize = 100_000;

/// Opens the menu of what can be copied here.
pub(super) fn open_copy(model: &mut Model) {
    let choices = taking::choices(model);
    if choices.is_empty() {
        model.notice = Some("nothing to copy here".to_owned());
        return;
    }
    let takes = choices.iter().map(|(take, ..)| *take).collect();
    let rows = choices.into_iter().map(|(_, letter, text)| MenuRow::new(letter, text)).collect();
    open(model, MenuKind::Copy(takes), "Copy", rows);
}

/// Copies what was chosen.
pub(super) fn copy(model: &mut Model, take: Take, effects: &mut Vec<Effect>) {
    let Some(entry) = model.looked_at().cloned() else { return };
    let text = taking::text(model, take);
    match (take, text) {
        (_, Some(text)) => {
            let first = display::line(text.lines().next().unwrap_or_default()).text().to_owned();
            model.notice = Some(match text.lines().count() {
                0 | 1 => format!("copied: {first}"),
                lines => format!("copied: {lines} lines, the first of them {first}"),
            });
            effects.push(Effect::Copy(text));
        }
        (Take::Section, None) => {
            let pane = model.detail.pane;
            model.notice = Some(format!("copied: {} as Markdown", pane.title()));
            effects.push(Effect::CopyPage(Page::Panes(entry, vec![pane])));
        }
        (Take::Trial, None) => {
            model.notice = Some("copied: the trial as Markdown".to_owned());
            let panes = Pane::ALL.into_iter().filter(|pane| *pane != Pane::Record);
            effects.push(Effect::CopyPage(Page::Panes(entry, panes.collect())));
        }
        _ => {}
    }
}

/// Opens the menu of forms for what is on the screen.
pub(super) fn open_export(model: &mut Model) {
    let title = match (model.comparing(), model.focus) {
        (Some(_), _) => "Export the comparison as".to_owned(),
        (None, Focus::List) => "Export the list as".to_owned(),
        (None, Focus::Detail) => format!("Export {} as", model.detail.pane.title()),
    };
    let rows = Form::ALL.iter().map(|(_, letter, name, _)| MenuRow::new(*letter, *name)).collect();
    open(model, MenuKind::Form, &title, rows);
}

/// Exports in the form that was chosen.
pub(super) fn export(model: &mut Model, form: Form, effects: &mut Vec<Effect>) {
    if form == Form::Picture {
        effects.push(Effect::Picture);
        return;
    }
    if let Some(comparing) = model.comparing() {
        let comparison = Box::new(comparing.comparison.clone());
        effects.push(Effect::Export(Export::Comparison(comparison, form)));
        return;
    }
    match model.focus {
        Focus::List => {
            let shown = model.list.order.iter().take(MOST_ROWS);
            let heads = shown.filter_map(|row| model.head(*row).map(|head| head.into_owned())).collect();
            if model.list.order.len() > MOST_ROWS {
                model.notice = Some(format!("the first {MOST_ROWS} trials are exported"));
            }
            effects.push(Effect::Export(Export::List(heads, form)));
        }
        Focus::Detail if model.detail.pane == Pane::Schedule && form == Form::Csv => {
            detail::export_grid(model, effects);
        }
        Focus::Detail => {
            let Some(entry) = model.selected().cloned() else { return };
            effects.push(Effect::Export(Export::Pane(entry, model.detail.pane, form)));
        }
    }
}

/// Shows the address of the record's page, to be opened or copied.
pub(super) fn open_page(model: &mut Model) {
    let Some(entry) = model.selected() else { return };
    let Some(page) = registry_page::of(&entry.trial) else {
        model.notice = Some("the record has no id of a registry that is known here".to_owned());
        return;
    };
    let rows = vec![MenuRow::new('o', "open it in the browser"), MenuRow::new('y', "copy the address")];
    let address = page.address.clone();
    open(model, MenuKind::Page(address), &page.address, rows);
}

/// Opens or copies the page's address.
pub(super) fn page(model: &mut Model, address: &str, row: usize, effects: &mut Vec<Effect>) {
    if row == 0 {
        effects.push(Effect::Visit(address.to_owned()));
    } else {
        model.notice = Some(format!("copied: {address}"));
        effects.push(Effect::Copy(address.to_owned()));
    }
}

/// Shows the record in the person's own pager or editor.
pub(super) fn view(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.selected() {
        Some(entry) if entry.raw.is_some() => effects.push(Effect::View(entry.clone())),
        _ => model.notice = Some("there is no record to show".to_owned()),
    }
}

fn open(model: &mut Model, kind: MenuKind, title: &str, rows: Vec<MenuRow>) {
    model.layers.push(Layer::Menu(Menu { kind, title: title.to_owned(), rows, cursor: 0 }));
}
