//! What can be taken out by copying: the id, a citation, the cell or the row under the cursor, the section, the trial.

use super::age;
use super::content::Content;
use super::item::{Item, ItemKind};
use super::layer::Layer;
use super::marks;
use super::model::{Focus, Model};
use super::registry_page;
use super::wrap;
use crate::protocol::{Trial, display};

/// Something to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The record's id.
    Id,
    /// How the record is cited.
    Citation,
    /// What the cursor is on.
    Cell,
    /// The same with what stands before and beside it.
    Row,
    /// The pane as Markdown.
    Section,
    /// The trial as Markdown.
    Trial,
}

/// Columns of a text that a choice shows.
const SHOWN: usize = 60;

/// What a screen over the panes offers: the finding, the visit, the trial that fits.
const OVER: &[(Take, char, &str)] = &[
    (Take::Cell, 'y', "row"),
    (Take::Section, 's', "all rows, as text"),
    (Take::Id, 'i', "id"),
    (Take::Citation, 'c', "citation"),
    (Take::Trial, 't', "the whole trial, as Markdown"),
];

/// What there is to take where the person is: with its letter and a few words. The first is the nearest at hand, and has the
/// letter of the copy key.
pub fn choices(model: &Model) -> Vec<(Take, char, String)> {
    let all: &[(Take, char, &str)] = match model.focus {
        _ if over(model).is_some() => OVER,
        Focus::List => &[
            (Take::Id, 'y', "id"),
            (Take::Citation, 'c', "citation"),
            (Take::Cell, 'l', "title"),
            (Take::Row, 'r', "row"),
            (Take::Trial, 't', "the whole trial, as Markdown"),
        ],
        Focus::Detail => &[
            (Take::Cell, 'y', "cell"),
            (Take::Row, 'r', "row"),
            (Take::Section, 's', "section"),
            (Take::Id, 'i', "id"),
            (Take::Citation, 'c', "citation"),
            (Take::Trial, 't', "the whole trial, as Markdown"),
        ],
    };
    let told = |take: Take, name: &str| match take {
        Take::Section if over(model).is_some() => text(model, take).map(|_| name.to_owned()),
        Take::Section => Some(format!("section: {}, as Markdown", model.detail.pane.title())),
        Take::Trial => Some(name.to_owned()),
        _ => {
            let text = text(model, take).filter(|text| !text.is_empty())?;
            let first = text.lines().next().unwrap_or_default();
            let (shown, more) = wrap::cut(first, SHOWN);
            Some(format!("{name}: {shown}{}", if more || first.len() < text.len() { "…" } else { "" }))
        }
    };
    if model.looked_at().is_none() {
        return Vec::new();
    }
    all.iter().filter_map(|(take, letter, name)| Some((*take, *letter, told(*take, name)?))).collect()
}

/// The text of what is taken; none for what is a page.
pub fn text(model: &Model, take: Take) -> Option<String> {
    let trial = &model.looked_at()?.trial;
    match (take, model.focus) {
        (Take::Id, _) => Some(trial.id.clone()),
        (Take::Citation, _) => Some(citation(trial)),
        (Take::Cell, _) if over(model).is_some() => over_row(model).map(cell),
        (Take::Section, _) if over(model).is_some() => over(model).map(|(content, _)| lines(content)),
        (Take::Cell, Focus::List) => Some(marks::title(trial).into_owned()),
        (Take::Row, Focus::List) => Some(row(trial)),
        (Take::Cell, Focus::Detail) => item(model).map(cell),
        (Take::Row, Focus::Detail) => item(model).map(whole),
        (Take::Section | Take::Trial, _) => None,
    }
}

fn item(model: &Model) -> Option<&Item> {
    let detail = &model.detail;
    detail.content.items.get(detail.position().cursor).filter(|item| item.kind != ItemKind::Note)
}

/// The screen that lies over the panes, with the row under its cursor: the findings, the calendar, the patient's trials.
fn over(model: &Model) -> Option<(&Content, usize)> {
    match model.layers.last()? {
        Layer::Findings(screen) => Some((&screen.content, screen.position.cursor)),
        Layer::Dates(dates) => Some((&dates.content, dates.position.cursor)),
        Layer::Patient(screen) => Some((&screen.content, screen.position.cursor)),
        _ => None,
    }
}

fn over_row(model: &Model) -> Option<&Item> {
    let (content, cursor) = over(model)?;
    content.items.get(cursor).filter(|item| item.is_row())
}

/// Headings and rows, a line each.
fn lines(content: &Content) -> String {
    let told = content.items.iter().filter(|item| item.kind != ItemKind::Note).map(whole);
    told.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn cell(item: &Item) -> String {
    item.copied().to_owned()
}

/// What stands before the text, the text, and what was read of it.
fn whole(item: &Item) -> String {
    let parts = std::iter::once(item.lead.text()).chain([item.text.text()]);
    let parts = parts.chain(item.notes.iter().map(|note| note.text()));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// Id, status, phase, title, conditions, parted by tabs: what a spreadsheet takes.
fn row(trial: &Trial) -> String {
    let status = trial.status.as_ref().map(|status| status.label()).unwrap_or_default();
    let cells = [
        trial.id.clone(),
        status,
        marks::phase(&trial.phases),
        marks::title(trial).into_owned(),
        trial.conditions.join("; "),
    ];
    cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t")
}

/// Title, registry and id, sponsor, the version of the record, its page: what a reader needs to find it again.
pub fn citation(trial: &Trial) -> String {
    let line = |text: &str| display::line(text).text().trim().trim_end_matches('.').to_owned();
    let page = registry_page::of(trial);
    let mut parts = vec![line(&marks::title(trial))];
    parts.push(match &page {
        Some(page) => format!("{} {}", page.registry, page.id),
        None => line(&trial.id),
    });
    parts.extend(trial.sponsor.as_ref().map(|sponsor| line(&sponsor.name)));
    let version = age::last_update(trial)
        .map(|date| format!("Record updated {date}"))
        .or_else(|| trial.source.as_ref()?.version.as_ref().map(|version| format!("Record of {version}")));
    parts.push(version.map_or_else(|| "Record undated".to_owned(), |version| line(&version)));
    parts.retain(|part| !part.is_empty());
    let cited = parts.join(". ");
    match page {
        Some(page) => format!("{cited}. {}", page.address),
        None => format!("{cited}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Dated, Organization};

    #[test]
    fn a_citation_says_which_record_and_which_version() {
        let mut trial = Trial {
            id: "NCT01234567".to_owned(),
            title: "A study of tablets.".to_owned(),
            sponsor: Some(Organization { name: "Example Clinic".to_owned(), ..Organization::default() }),
            ..Trial::default()
        };
        trial.dates.last_update_posted = Some(Dated { date: "2025-11-02".to_owned(), kind: None });
        assert_eq!(
            citation(&trial),
            "A study of tablets. ClinicalTrials.gov NCT01234567. Example Clinic. Record updated 2025-11-02. \
             https://clinicaltrials.gov/study/NCT01234567"
        );
        let bare = Trial { id: "notes".to_owned(), title: "Notes".to_owned(), ..Trial::default() };
        assert_eq!(citation(&bare), "Notes. notes. Record undated.");
    }
}
