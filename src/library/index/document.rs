//! A trial → the index's document: which of its texts goes into which field.

use jiff::civil::Date;
use tantivy::TantivyDocument;

use super::schema::{Fields, TEXT_FIELDS, TextField};
use crate::protocol::{Code, Dated, EndpointReading, Trial};

/// The age above which nobody is shut out, in days: stands for a maximum that is not stated.
pub const NO_MAXIMUM: u64 = 1_000_000;

/// The document of one trial. `row` is its place in the list; `endpoints` the kinds that were read, empty when
/// the prose is not read yet.
pub fn document(fields: &Fields, trial: &Trial, endpoints: &[EndpointReading], row: u64) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.key, trial.id.to_lowercase());
    for id in &trial.ids {
        doc.add_text(fields.ids, id.id.to_lowercase());
    }
    doc.add_u64(fields.row, row);
    for field in TEXT_FIELDS {
        for text in texts(trial, field) {
            doc.add_text(fields.text(field), text);
            doc.add_text(fields.all, text);
        }
    }
    add_codes(&mut doc, fields, trial, endpoints);
    add_numbers(&mut doc, fields, trial);
    doc
}

/// The texts of one field.
fn texts(trial: &Trial, field: TextField) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    match field {
        TextField::Id => {
            let ids = || std::iter::once(&trial.id).chain(trial.ids.iter().map(|id| &id.id));
            out.extend(ids().map(String::as_str));
            // People remember the digits, with or without the leading zeros.
            out.extend(ids().map(|id| id.trim_start_matches(|c: char| c.is_ascii_alphabetic())));
            out.extend(ids().map(|id| id.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '0')));
        }
        TextField::Title => {
            out.push(&trial.title);
            out.extend(trial.official_title.as_deref());
            out.extend(trial.acronym.as_deref());
        }
        TextField::Condition => {
            out.extend(trial.conditions.iter().chain(&trial.keywords).map(String::as_str));
        }
        TextField::Drug => {
            for intervention in &trial.interventions {
                out.push(&intervention.name);
                out.extend(intervention.other_names.iter().map(String::as_str));
                out.extend(intervention.description.as_deref());
            }
        }
        TextField::Arm => {
            for arm in &trial.arms {
                out.push(&arm.label);
                out.extend(arm.description.as_deref());
            }
        }
        TextField::Outcome => {
            for endpoint in &trial.endpoints {
                out.push(&endpoint.measure);
                out.extend(endpoint.description.as_deref());
            }
        }
        TextField::Criteria => {
            out.extend(trial.eligibility.text.as_deref());
            out.extend(trial.eligibility.population.as_deref());
        }
        TextField::Sponsor => {
            out.extend(trial.sponsor.iter().chain(&trial.collaborators).map(|o| o.name.as_str()));
        }
        TextField::Site => out.extend(trial.sites.iter().filter_map(|s| s.facility.as_deref())),
        TextField::City => out.extend(trial.sites.iter().filter_map(|s| s.city.as_deref())),
        TextField::Country => out.extend(trial.sites.iter().filter_map(|s| s.country.as_deref())),
        TextField::Elsewhere => {
            out.extend(trial.description.brief.as_deref());
            out.extend(trial.description.detailed.as_deref());
            out.extend(trial.why_stopped.as_deref());
            out.extend(trial.officials.iter().filter_map(|o| o.name.as_deref()));
            out.extend(trial.sites.iter().filter_map(|s| s.state.as_deref()));
        }
    }
    out
}

/// A registry's word as a term: lower case.
pub fn code_term(code: &str) -> String {
    code.to_lowercase().replace([' ', '-'], "_")
}

fn add_codes(doc: &mut TantivyDocument, fields: &Fields, trial: &Trial, endpoints: &[EndpointReading]) {
    for (field, code) in [
        (fields.status, &trial.status),
        (fields.study_type, &trial.study_type),
        (fields.sex, &trial.eligibility.sex),
    ] {
        if let Some(code) = code {
            doc.add_text(field, code_term(code.as_str()));
        }
    }
    for endpoint in endpoints {
        if let Some(kind) = &endpoint.kind {
            doc.add_text(fields.kind, code_term(kind));
        }
        for standard in &endpoint.criteria {
            doc.add_text(fields.standard, code_term(standard));
        }
    }
}

fn add_numbers(doc: &mut TantivyDocument, fields: &Fields, trial: &Trial) {
    for phase in trial.phases.iter().filter_map(phase_number) {
        doc.add_u64(fields.phase, phase);
    }
    if let Some(count) = trial.enrollment.as_ref().and_then(|e| e.count) {
        doc.add_u64(fields.enrolment, count);
    }
    let ages = [&trial.eligibility.minimum_age, &trial.eligibility.maximum_age]
        .map(|age| age.as_deref().and_then(age_days));
    if ages.iter().any(Option::is_some) {
        doc.add_u64(fields.min_age, ages[0].unwrap_or(0));
        doc.add_u64(fields.max_age, ages[1].unwrap_or(NO_MAXIMUM));
    }
    for (field, date) in [
        (fields.start, &trial.dates.start),
        (fields.completion, &trial.dates.completion),
        (fields.updated, &trial.dates.last_update_posted),
    ] {
        if let Some(day) = date.as_ref().and_then(first_day) {
            doc.add_i64(field, day);
        }
    }
}

/// A phase's number; 0 for early phase 1, nothing for "not applicable".
pub fn phase_number(phase: &Code) -> Option<u64> {
    match phase.as_str() {
        "EARLY_PHASE1" => Some(0),
        "PHASE1" => Some(1),
        "PHASE2" => Some(2),
        "PHASE3" => Some(3),
        "PHASE4" => Some(4),
        _ => None,
    }
}

/// A registry's age (`18 Years`, `6 Months`) in whole days, years of 365.25 and months of 30.4375 days.
pub fn age_days(text: &str) -> Option<u64> {
    let mut parts = text.split_whitespace();
    let number: f64 = parts.next()?.parse().ok()?;
    let unit = parts.next().unwrap_or("years").to_lowercase();
    let days = match unit.trim_end_matches('s') {
        "year" => 365.25,
        "month" => 30.4375,
        "week" => 7.0,
        "day" => 1.0,
        "hour" | "minute" => 0.0,
        _ => return None,
    };
    let days = number * days;
    (days.is_finite() && days >= 0.0).then_some(days as u64)
}

/// A date of the record as a day number; the first of the month when only the month is stated.
fn first_day(dated: &Dated) -> Option<i64> {
    let mut parts = dated.date.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: i8 = parts.next().map_or(Some(1), |m| m.parse().ok())?;
    let day: i8 = parts.next().map_or(Some(1), |d| d.parse().ok())?;
    Date::new(year, month, day).ok().map(day_number)
}

/// Days since 1970-01-01.
pub fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    date.since(epoch).map_or(0, |span| i64::from(span.get_days()))
}
