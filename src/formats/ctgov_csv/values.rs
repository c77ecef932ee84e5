//! Values of cells: lists, dates, ages, designs, documents.

use crate::formats::codes;
use crate::protocol::{Design, Document, Eligibility};

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The values of a cell that lists them with `|`.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|value| !value.trim().is_empty())
}

/// `YES`, `NO`; `Has Results`, `No Results Available`.
pub fn has_results(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "has results" => Some(true),
        "no" | "no results available" => Some(false),
        _ => None,
    }
}

/// `May 2014` → `2014-05`, `February 5, 2014` → `2014-02-05`. Any other date stays as it is.
pub fn iso_date(cell: &str) -> String {
    written_out(cell).unwrap_or_else(|| cell.to_owned())
}

fn written_out(cell: &str) -> Option<String> {
    let (month_and_day, year) = cell.trim().rsplit_once(' ')?;
    let year: u16 = year.parse().ok()?;
    let (month, day) = match month_and_day.trim_end_matches(',').split_once(' ') {
        Some((month, day)) => (month, Some(day.trim().parse::<u8>().ok()?)),
        None => (month_and_day.trim_end_matches(','), None),
    };
    let month = MONTHS.iter().position(|name| *name == month.to_lowercase())? + 1;
    Some(match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    })
}

/// `ADULT, OLDER_ADULT`; `18 Years to 70 Years   (Adult, Older Adult)`, `18 Years and older …`, `up to 17 Years …`.
pub fn ages(eligibility: &mut Eligibility, cell: &str) {
    let (limits, groups) = match cell.split_once('(') {
        Some((limits, groups)) => (limits.trim(), groups.trim().trim_end_matches(')')),
        None if cell.contains(|c: char| c.is_ascii_digit()) => (cell.trim(), ""),
        None => ("", cell),
    };
    eligibility.age_groups =
        groups.split(',').filter(|group| !group.trim().is_empty()).map(codes::age_group).collect();
    let (least, most) = if let Some(least) = limits.strip_suffix(" and older") {
        (Some(least), None)
    } else if let Some(most) = strip_up_to(limits) {
        (None, Some(most))
    } else if let Some((least, most)) = limits.split_once(" to ") {
        (Some(least), Some(most))
    } else {
        (None, None)
    };
    eligibility.minimum_age = least.map(|age| age.trim().to_owned());
    eligibility.maximum_age = most.map(|age| age.trim().to_owned());
}

fn strip_up_to(limits: &str) -> Option<&str> {
    limits.strip_prefix("up to ").or_else(|| limits.strip_prefix("Up to "))
}

/// `Allocation: RANDOMIZED|Intervention Model: PARALLEL|Masking: SINGLE (OUTCOMES_ASSESSOR)|Primary Purpose: TREATMENT`.
pub fn design(design: &mut Design, cell: &str) {
    for part in list(cell) {
        let Some((label, value)) = part.split_once(':') else { continue };
        let value = value.trim();
        // The current export writes `Time Perspective: p` for every observational study: no value at all.
        if value.chars().count() < 2 {
            continue;
        }
        let model = || Some(codes::model(value));
        match label.trim().to_lowercase().as_str() {
            "allocation" => design.allocation = Some(codes::allocation(value)),
            "intervention model" => design.intervention_model = model(),
            "observational model" => design.observational_model = model(),
            "time perspective" => design.time_perspective = model(),
            "primary purpose" => design.purpose = Some(codes::purpose(value)),
            "masking" => {
                design.masking = Some(codes::masking(value));
                design.who_masked = codes::who_masked(value);
            }
            _ => {}
        }
    }
}

/// `Study Protocol, https://…`; the older form has the label in quotation marks.
pub fn document(cell: &str) -> Document {
    let (label, url) = match cell.rsplit_once(", ") {
        Some((label, url)) if url.starts_with("http") => (label, Some(url.to_owned())),
        _ => (cell, None),
    };
    Document { label: Some(label.trim_matches('"').to_owned()), url, ..Document::default() }
}
