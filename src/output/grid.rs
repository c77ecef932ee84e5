//! The grids of a trial as a spreadsheet's rows: one for each treatment of an arm and part, a column a day of the cycle.

use std::io::{self, Write};

use super::guard::{csv_cell, one_line};
use crate::calendar::grid::{Day, days_of_regimen, days_of_row};
use crate::calendar::told::version;
use crate::protocol::{Administration, Readings, Regimen, Trial, phrase};

const HEADER: [&str; 16] = [
    "trial",
    "record version",
    "arm",
    "part",
    "cycle",
    "cycles",
    "until",
    "drug",
    "dose",
    "levels",
    "route",
    "frequency",
    "days",
    "duration",
    "source",
    "words",
];

/// Prints the grids. A day's cell says `given` where the words name the day, `daily`, or `counted` by the interval; it
/// is empty where nothing is given or the words name no days.
///
/// # Errors
/// When the output cannot be written.
pub fn csv(trial: &Trial, readings: &Readings, out: &mut dyn Write) -> io::Result<()> {
    let days = readings.regimens.iter().filter_map(days_of_regimen).max().unwrap_or(0);
    let mut writer = csv::Writer::from_writer(out);
    let header = HEADER.iter().map(|name| (*name).to_owned()).chain((1..=days).map(|day| format!("D{day}")));
    writer.write_record(header).map_err(io::Error::other)?;
    for regimen in &readings.regimens {
        for row in &regimen.administrations {
            let cells = cells(trial, regimen, row).into_iter().chain(laid(regimen, row, days));
            writer.write_record(cells.map(|cell| csv_cell(&one_line(&cell)))).map_err(io::Error::other)?;
        }
    }
    writer.flush()
}

fn cells(trial: &Trial, regimen: &Regimen, row: &Administration) -> [String; 16] {
    let cycle = row.cycle.or(regimen.cycle);
    let events: Vec<String> = row.stop.iter().map(|event| phrase::event(event)).collect();
    [
        trial.id.clone(),
        version(trial).unwrap_or_default().to_owned(),
        regimen.arm.clone().unwrap_or_else(|| "no arm told".to_owned()),
        regimen.epoch.clone().unwrap_or_default(),
        cycle.map(phrase::period).unwrap_or_default(),
        row.cycles.map(|count| count.to_string()).unwrap_or_default(),
        events.join("; "),
        row.drug.clone(),
        phrase::dose(row),
        phrase::levels(row),
        row.route.as_deref().map(phrase::route).unwrap_or_default().to_owned(),
        phrase::frequency(row),
        phrase::days(row),
        phrase::duration(row),
        row.span.field.clone().into_owned(),
        row.text.clone(),
    ]
}

fn laid(regimen: &Regimen, row: &Administration, all: usize) -> Vec<String> {
    let days = days_of_regimen(regimen).and_then(|days| days_of_row(row, days)).unwrap_or_default();
    let mut cells: Vec<String> = days
        .into_iter()
        .map(|day| match day {
            Day::Named => "given",
            Day::Daily => "daily",
            Day::Counted => "counted",
            Day::Not | Day::Beyond => "",
        })
        .map(str::to_owned)
        .collect();
    cells.resize(all, String::new());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading;

    #[test]
    fn a_row_a_treatment_and_a_column_a_day() {
        let mut trial = Trial { id: "=T".to_owned(), ..Trial::default() };
        trial.description.detailed = Some(
            "Drugamab 80 mg IV on days 1 and 3 and othermab 5 mg orally once daily in each 7-day cycle."
                .to_owned(),
        );
        let mut out = Vec::new();
        csv(&trial, &reading::trial::read(&trial), &mut out).expect("memory is written");
        let out = String::from_utf8(out).expect("text");
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!((rows.len(), header.len(), header.get(16)), (2, 16 + 7, Some("D1")));
        assert_eq!(
            (&rows[0][0], &rows[0][7], &rows[0][16], &rows[0][17], &rows[0][18]),
            ("'=T", "drugamab", "given", "", "given")
        );
        assert!(rows[1].iter().skip(16).all(|cell| cell == "daily"), "{out}");
    }
}
