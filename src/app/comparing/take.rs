//! What can be copied out of a comparison.

use super::Comparing;
use crate::app::wrap;
use crate::compare::{ComparedSection, Comparison, State};

/// Columns of a text that a choice shows.
const SHOWN: usize = 60;

/// Something to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The cell under the cursor.
    Cell,
    /// Its row.
    Row,
    /// The rows that are shown, as Markdown.
    Section,
    /// Every section, as Markdown.
    All,
    /// The trials' ids.
    Ids,
}

/// What there is to take: with its letter and a few words. The first has the letter of the copy key.
pub fn choices(comparing: &Comparing) -> Vec<(Take, char, String)> {
    let told = |name: &str, text: String| {
        let first = text.lines().next().unwrap_or_default().replace('\t', "  ");
        let (shown, more) = wrap::cut(&first, SHOWN);
        format!("{name}: {shown}{}", if more || text.lines().nth(1).is_some() { "…" } else { "" })
    };
    let mut choices = Vec::new();
    choices.extend(cell(comparing).map(|text| (Take::Cell, 'y', told("cell", text))));
    choices.extend(row(comparing).map(|text| (Take::Row, 'r', told("row", text))));
    let (shown, all) = (shown(comparing).len(), comparing.section_rows().len());
    if shown > 0 {
        let rows = if shown == all { format!("{all} rows") } else { format!("{shown} of {all} rows") };
        let title = comparing.section_name().title();
        choices.push((Take::Section, 's', format!("section: {title}, {rows}, as Markdown")));
    }
    choices.push((Take::All, 'c', "the whole comparison, as Markdown".to_owned()));
    choices.push((Take::Ids, 'i', told("ids", comparing.ids().join(", "))));
    choices
}

/// The text of what is taken; none for what is a page.
pub fn text(comparing: &Comparing, take: Take) -> Option<String> {
    match take {
        Take::Cell => cell(comparing),
        Take::Row => row(comparing),
        Take::Ids => Some(ids(comparing)),
        Take::Section | Take::All => None,
    }
}

/// The page that is taken: the whole, or the rows that are shown.
pub fn page(comparing: &Comparing, take: Take) -> Comparison {
    let mut page = comparing.comparison.clone();
    if take == Take::Section {
        let rows = shown(comparing).into_iter().filter_map(|row| comparing.section_rows().get(row).cloned());
        page.changes.clear();
        page.sections = vec![ComparedSection { name: comparing.section_name(), rows: rows.collect() }];
    }
    page
}

/// The rows that are shown, by index.
fn shown(comparing: &Comparing) -> Vec<usize> {
    comparing.rows.iter().copied().flatten().collect()
}

fn cell(comparing: &Comparing) -> Option<String> {
    comparing.cell().map(|cell| cell.text.clone()).filter(|text| !text.is_empty())
}

/// The row with its label, parted by tabs: what a spreadsheet takes.
fn row(comparing: &Comparing) -> Option<String> {
    let row = comparing.row()?;
    let cells = row.cells.iter().map(|cell| match cell.state {
        State::NotStated => "not stated".to_owned(),
        State::NotRead => format!("not read: {}", cell.text),
        State::Stated => cell.text.clone(),
    });
    let cells = std::iter::once(row.label.clone()).chain(cells);
    Some(cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect::<Vec<_>>().join("\t"))
}

fn ids(comparing: &Comparing) -> String {
    comparing.ids().join("\n")
}
