//! Dates as a spreadsheet's rows: one for every day on which something happens, then what has no date.

use std::io::{self, Write};

use crate::calendar::start::weekday_name;
use crate::calendar::told::{title, version};
use crate::calendar::{Basis, Dated, Entry, Kind, Undated};
use crate::output::guard::{csv_cell, one_line};
use crate::protocol::Trial;

const HEADER: [&str; 16] = [
    "trial",
    "record version",
    "arm",
    "part",
    "date",
    "weekday",
    "planned",
    "moved days",
    "kind",
    "visit",
    "what",
    "detail",
    "window days",
    "basis",
    "source",
    "words",
];

/// Prints courses as CSV. Cells that a spreadsheet would take for a formula are defused.
///
/// # Errors
/// When the output cannot be written.
pub fn csv(trial: &Trial, courses: &[Dated], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for dated in courses {
        let common = [
            trial.id.clone(),
            version(trial).unwrap_or_default().to_owned(),
            dated.arm.clone().unwrap_or_else(|| title(dated)),
            dated.epoch.clone().unwrap_or_default(),
        ];
        for entry in &dated.entries {
            write(&mut writer, &common, entry_cells(trial, entry))?;
        }
        for undated in &dated.undated {
            write(&mut writer, &common, undated_cells(undated))?;
        }
    }
    writer.flush()
}

fn write(
    writer: &mut ::csv::Writer<&mut dyn Write>,
    common: &[String],
    cells: [String; 12],
) -> io::Result<()> {
    let cells = common.iter().chain(&cells).map(|cell| csv_cell(&one_line(cell)));
    writer.write_record(cells).map_err(io::Error::other)
}

fn entry_cells(trial: &Trial, entry: &Entry) -> [String; 12] {
    let source = entry.span.as_ref().map(|span| span.field.clone().into_owned());
    let words = entry.span.as_ref().and_then(|span| span.of(trial.text(&span.field)?));
    [
        entry.date.to_string(),
        weekday_name(entry.date).to_owned(),
        entry.planned.to_string(),
        // A sign would be taken for a formula's.
        if entry.moved() == 0 { String::new() } else { entry.moved().to_string() },
        match entry.kind {
            Kind::Cycle => "cycle",
            Kind::Dose => "dose",
            Kind::Assessment => "assessment",
        }
        .to_owned(),
        entry.number.clone(),
        entry.what.clone(),
        entry.detail.clone(),
        entry.window.map(|days| days.to_string()).unwrap_or_default(),
        match entry.basis {
            Basis::Named => "day named",
            Basis::Daily => "daily",
            Basis::Counted => "counted by the interval",
            Basis::Baseline => "at or before",
        }
        .to_owned(),
        source.unwrap_or_default(),
        words.unwrap_or_default().to_owned(),
    ]
}

fn undated_cells(undated: &Undated) -> [String; 12] {
    let mut cells: [String; 12] = Default::default();
    let told = [
        (4, "not dated".to_owned()),
        (6, undated.what.clone()),
        (7, undated.why.clone().into_owned()),
        (10, undated.span.as_ref().map(|span| span.field.clone().into_owned()).unwrap_or_default()),
        (11, undated.words.clone()),
    ];
    for (at, text) in told {
        if let Some(cell) = cells.get_mut(at) {
            *cell = text;
        }
    }
    cells
}
