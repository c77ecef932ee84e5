//! The exports' columns by their headers, and where each cell's value goes.

use super::values;
use crate::formats::{codes, outcomes, places};
use crate::protocol::{Dated, Enrollment, Organization, RecordId, Role, Trial};

/// What the cells of one row state.
#[derive(Debug, Default)]
pub struct Row {
    trial: Trial,
    /// Outcomes with their time frames, by role.
    outcomes: Vec<(Option<Role>, String)>,
    /// Names of outcomes, in the older form.
    measures: String,
}

/// Puts a cell's value where it belongs.
type Place = fn(&mut Row, &str);

/// Headers in lower case, of the current export and of the older one.
const COLUMNS: &[(&str, Place)] = &[
    ("nct number", |row, cell| {
        row.trial.id = cell.to_owned();
        row.trial.ids.insert(0, RecordId { id: cell.to_owned(), kind: Some("NCT".into()), domain: None });
    }),
    ("study title", |row, cell| row.trial.title = cell.to_owned()),
    ("title", |row, cell| row.trial.title = cell.to_owned()),
    ("acronym", |row, cell| row.trial.acronym = Some(cell.to_owned())),
    ("study status", |row, cell| row.trial.status = Some(codes::status(cell))),
    ("status", |row, cell| row.trial.status = Some(codes::status(cell))),
    ("brief summary", |row, cell| row.trial.description.brief = Some(cell.to_owned())),
    ("study results", |row, cell| row.trial.has_results = values::has_results(cell)),
    ("conditions", |row, cell| row.trial.conditions = values::list(cell).map(str::to_owned).collect()),
    ("interventions", |row, cell| {
        row.trial.interventions = values::list(cell).map(codes::intervention).collect();
    }),
    ("primary outcome measures", |row, cell| row.outcomes.push((Some(Role::Primary), cell.to_owned()))),
    ("secondary outcome measures", |row, cell| row.outcomes.push((Some(Role::Secondary), cell.to_owned()))),
    ("other outcome measures", |row, cell| row.outcomes.push((Some(Role::Other), cell.to_owned()))),
    ("outcome measures", |row, cell| row.measures = cell.to_owned()),
    ("sponsor", |row, cell| sponsor(row).name = cell.to_owned()),
    ("collaborators", |row, cell| row.trial.collaborators = values::list(cell).map(organization).collect()),
    ("sponsor/collaborators", |row, cell| {
        let mut names = values::list(cell).map(organization);
        if let Some(first) = names.next() {
            sponsor(row).name = first.name;
        }
        row.trial.collaborators = names.collect();
    }),
    ("funder type", |row, cell| sponsor(row).class = Some(codes::funder(cell))),
    // Several funders are listed once a class, in no stated order: only a single one is the sponsor's.
    ("funded bys", |row, cell| {
        if !cell.contains('|') {
            sponsor(row).class = Some(codes::funder(cell));
        }
    }),
    ("sex", |row, cell| row.trial.eligibility.sex = Some(codes::sex(cell))),
    ("gender", |row, cell| row.trial.eligibility.sex = Some(codes::sex(cell))),
    ("age", |row, cell| values::ages(&mut row.trial.eligibility, cell)),
    ("phases", |row, cell| row.trial.phases = codes::phases(cell)),
    ("enrollment", |row, cell| {
        row.trial.enrollment = cell.parse().ok().map(|count| Enrollment { count: Some(count), kind: None });
    }),
    ("study type", |row, cell| row.trial.study_type = Some(codes::study_type(cell))),
    ("study design", |row, cell| values::design(&mut row.trial.design, cell)),
    ("study designs", |row, cell| values::design(&mut row.trial.design, cell)),
    ("other ids", |row, cell| {
        let other = values::list(cell).map(|id| RecordId { id: id.to_owned(), ..RecordId::default() });
        row.trial.ids.extend(other);
    }),
    ("start date", |row, cell| row.trial.dates.start = date(cell)),
    ("primary completion date", |row, cell| row.trial.dates.primary_completion = date(cell)),
    ("completion date", |row, cell| row.trial.dates.completion = date(cell)),
    ("first posted", |row, cell| row.trial.dates.first_posted = date(cell)),
    ("results first posted", |row, cell| row.trial.dates.results_first_posted = date(cell)),
    ("last update posted", |row, cell| row.trial.dates.last_update_posted = date(cell)),
    ("locations", |row, cell| row.trial.sites = values::list(cell).map(places::site).collect()),
    ("study documents", |row, cell| {
        row.trial.documents = values::list(cell).map(values::document).collect();
    }),
    ("rank", |_, _| {}),
    ("study url", |_, _| {}),
    ("url", |_, _| {}),
];

/// What the older export writes into an empty cell.
const NOTHING: &str = "null";

/// Whether a header names one of the exports' columns.
pub fn is_known(header: &str) -> bool {
    place(header).is_some()
}

fn place(header: &str) -> Option<Place> {
    let header = header.trim().to_lowercase();
    COLUMNS.iter().find(|(known, _)| *known == header).map(|(_, place)| *place)
}

impl Row {
    /// Takes the cell under a header. An empty cell states nothing, an unknown column is left out.
    pub fn put(&mut self, header: &str, cell: &str) {
        let stated = !cell.trim().is_empty() && cell != NOTHING;
        if let Some(place) = place(header).filter(|_| stated) {
            place(self, cell);
        }
    }

    /// The trial; `None` when the row has neither a registry number nor a title.
    pub fn trial(self) -> Option<Trial> {
        let mut trial = self.trial;
        if trial.id.is_empty() && trial.title.is_empty() {
            return None;
        }
        let lists: Vec<(Option<Role>, &str)> =
            self.outcomes.iter().map(|(role, list)| (*role, list.as_str())).collect();
        trial.endpoints = outcomes::split(&lists);
        trial.endpoints.extend(outcomes::measures(&self.measures));
        Some(trial)
    }
}

fn sponsor(row: &mut Row) -> &mut Organization {
    row.trial.sponsor.get_or_insert_default()
}

fn organization(name: &str) -> Organization {
    Organization { name: name.to_owned(), class: None }
}

fn date(cell: &str) -> Option<Dated> {
    Some(Dated { date: values::iso_date(cell), kind: None })
}
