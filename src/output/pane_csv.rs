//! A pane of a trial as the rows of a spreadsheet: the record's words in their columns, and beside them what was read.

use std::io::{self, Write};

use super::guard;
use super::trial::Section;
use crate::library::Entry;
use crate::protocol::{Code, Role, Trial, display};

/// Writes a section's rows under a header; each begins with the trial's id.
///
/// # Errors
/// When the output cannot be written.
pub fn csv(entry: &Entry, section: Section, out: &mut dyn Write) -> io::Result<()> {
    let (header, rows) = match section {
        Section::Arms => arms(&entry.trial),
        Section::Endpoints => endpoints(entry),
        Section::Eligibility => criteria(entry),
        Section::Sites => sites(&entry.trial),
        Section::Overview | Section::Schedule | Section::Record => fields(entry),
    };
    let mut writer = csv::Writer::from_writer(out);
    let cell = |text: &str| guard::csv_cell(display::verbatim(text).text());
    writer.write_record(std::iter::once("trial").chain(header.iter().copied()))?;
    for row in rows {
        writer
            .write_record(std::iter::once(cell(&entry.trial.id)).chain(row.iter().map(|text| cell(text))))?;
    }
    writer.flush()
}

type Table = (&'static [&'static str], Vec<Vec<String>>);

fn code(code: Option<&Code>) -> String {
    code.map(Code::label).unwrap_or_default()
}

fn arms(trial: &Trial) -> Table {
    let row = |arm: &crate::protocol::Arm| {
        vec![
            arm.label.clone(),
            code(arm.kind.as_ref()),
            arm.interventions.join("|"),
            arm.description.clone().unwrap_or_default(),
        ]
    };
    (&["arm", "kind", "interventions", "description"], trial.arms.iter().map(row).collect())
}

fn endpoints(entry: &Entry) -> Table {
    let readings = entry.readings();
    let rows = entry.trial.endpoints.iter().enumerate().map(|(at, endpoint)| {
        let role = match endpoint.role {
            Some(Role::Primary) => "primary",
            Some(Role::Secondary) => "secondary",
            Some(Role::Other) => "other",
            None => "",
        };
        let read = readings.endpoints.get(at);
        vec![
            role.to_owned(),
            endpoint.measure.clone(),
            endpoint.time_frame.as_ref().map(|frame| frame.text.clone()).unwrap_or_default(),
            read.and_then(|read| read.kind.clone()).unwrap_or_default(),
            read.map(|read| read.criteria.join("|")).unwrap_or_default(),
            read.and_then(|read| read.assessor.clone()).unwrap_or_default(),
            endpoint.description.clone().unwrap_or_default(),
        ]
    });
    let header =
        &["role", "measure", "time_frame", "kind_read", "standard_read", "assessor_read", "description"];
    (header, rows.collect())
}

fn criteria(entry: &Entry) -> Table {
    let criteria = &entry.readings().criteria.criteria;
    let rows = criteria.iter().map(|criterion| {
        let json = serde_json::to_value(criterion).unwrap_or_default();
        let text = |key: &str| match json.get(key) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        };
        ["section", "role", "number", "depth", "text"].map(text).to_vec()
    });
    (&["section", "role", "number", "depth", "text"], rows.collect())
}

fn sites(trial: &Trial) -> Table {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let row = |site: &crate::protocol::Site| {
        vec![
            text(&site.facility),
            text(&site.city),
            text(&site.state),
            text(&site.zip),
            text(&site.country),
            code(site.status.as_ref()),
        ]
    };
    (&["facility", "city", "state", "zip", "country", "status"], trial.sites.iter().map(row).collect())
}

fn fields(entry: &Entry) -> Table {
    let rows = entry.record_fields().into_iter().map(|field| vec![field.path, field.value]);
    (&["field", "value"], rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::samples;

    #[test]
    fn every_pane_has_a_row_a_thing() {
        for entry in samples() {
            for (section, rows) in [
                (Section::Arms, entry.trial.arms.len()),
                (Section::Endpoints, entry.trial.endpoints.len()),
                (Section::Sites, entry.trial.sites.len()),
                (Section::Eligibility, entry.readings().criteria.criteria.len()),
                (Section::Overview, entry.record_fields().len()),
            ] {
                let mut bytes = Vec::new();
                csv(&entry, section, &mut bytes).expect("written");
                let mut reader = csv::Reader::from_reader(bytes.as_slice());
                let read = reader.records().collect::<Result<Vec<_>, _>>().expect("rows");
                assert_eq!(read.len(), rows, "{section:?} of {}", entry.trial.id);
                assert!(read.iter().all(|row| row.get(0) == Some(entry.trial.id.as_str())));
            }
        }
    }
}
