//! A trial → the index's document: which of its texts goes into which field.

use jiff::civil::Date;
use rustc_hash::FxHashSet;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::schema::{Fields, TextField};
use crate::protocol::{Arm, Code, Dated, EndpointReading, Trial};

/// The age above which nobody is shut out, in days: stands for a maximum that is not stated.
pub const NO_MAXIMUM: u64 = 1_000_000;

/// The texts of a field in which phrases are looked up by the places of the words, each once.
pub fn placed<'t>(trial: &'t Trial, field: TextField, found: &mut dyn FnMut(&'t str)) {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    // A trial with a hundred sites names few countries.
    let mut all = |texts: &mut dyn Iterator<Item = &'t str>| {
        texts.filter(|text| seen.insert(text)).for_each(&mut *found);
    };
    match field {
        TextField::Id => {
            let ids = || std::iter::once(&trial.id).chain(trial.ids.iter().map(|id| &id.id));
            all(&mut ids().map(String::as_str));
            // People remember the digits, with or without the leading zeros.
            all(&mut ids().map(|id| id.trim_start_matches(|c: char| c.is_ascii_alphabetic())));
            all(&mut ids().map(|id| id.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '0')));
        }
        TextField::Title => {
            let more = trial.official_title.iter().chain(&trial.acronym);
            all(&mut std::iter::once(&trial.title).chain(more).map(String::as_str));
        }
        TextField::Condition => all(&mut trial.conditions.iter().chain(&trial.keywords).map(String::as_str)),
        TextField::Drug => {
            for intervention in &trial.interventions {
                all(&mut std::iter::once(intervention.name.as_str()));
                all(&mut intervention.other_names.iter().map(String::as_str));
                all(&mut intervention.description.as_deref().into_iter());
            }
        }
        TextField::Arm => {
            let texts = |arm: &'t Arm| std::iter::once(arm.label.as_str()).chain(arm.description.as_deref());
            all(&mut trial.arms.iter().flat_map(texts));
        }
        TextField::Outcome => all(&mut trial.endpoints.iter().map(|endpoint| endpoint.measure.as_str())),
        TextField::Sponsor => {
            all(&mut trial.sponsor.iter().chain(&trial.collaborators).map(|o| o.name.as_str()))
        }
        TextField::Site => all(&mut trial.sites.iter().filter_map(|s| s.facility.as_deref())),
        TextField::City => all(&mut trial.sites.iter().filter_map(|s| s.city.as_deref())),
        TextField::Country => all(&mut trial.sites.iter().filter_map(|s| s.country.as_deref())),
        TextField::Criteria | TextField::Elsewhere => {}
    }
}

/// The long texts of a field, whose words the index holds without their places: a phrase is looked for in the record.
pub fn loose(trial: &Trial, field: TextField) -> Vec<&str> {
    match field {
        TextField::Outcome => trial.endpoints.iter().filter_map(|e| e.description.as_deref()).collect(),
        TextField::Criteria => {
            let of = &trial.eligibility;
            of.text.as_deref().into_iter().chain(of.population.as_deref()).collect()
        }
        TextField::Elsewhere => {
            let told = [&trial.description.brief, &trial.description.detailed, &trial.why_stopped];
            let mut out: Vec<&str> = told.into_iter().filter_map(|text| text.as_deref()).collect();
            out.extend(trial.officials.iter().filter_map(|o| o.name.as_deref()));
            out.extend(trial.sites.iter().filter_map(|s| s.state.as_deref()));
            out
        }
        _ => Vec::new(),
    }
}

/// A registry's word as a term: lower case.
pub fn code_term(code: &str) -> String {
    code.to_lowercase().replace([' ', '-'], "_")
}

/// Tells the ids and the registry's words of a trial, each as one term of its field.
pub fn codes(
    fields: &Fields,
    trial: &Trial,
    endpoints: &[EndpointReading],
    found: &mut dyn FnMut(Field, &str),
) {
    found(fields.key, &trial.id.to_lowercase());
    for id in &trial.ids {
        found(fields.ids, &id.id.to_lowercase());
    }
    for (field, code) in [
        (fields.status, trial.status.as_ref()),
        (fields.study_type, trial.study_type.as_ref()),
        (fields.sex, trial.eligibility.sex.as_ref()),
        (fields.class, trial.sponsor.as_ref().and_then(|sponsor| sponsor.class.as_ref())),
    ] {
        if let Some(code) = code {
            found(field, &code_term(code.as_str()));
        }
    }
    for endpoint in endpoints {
        if let Some(kind) = &endpoint.kind {
            found(fields.kind, &code_term(kind));
        }
        for standard in &endpoint.criteria {
            found(fields.standard, &code_term(standard));
        }
    }
}

/// Puts a trial's numbers and dates into its document.
pub fn add_columns(doc: &mut TantivyDocument, fields: &Fields, trial: &Trial) {
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
pub fn first_day(dated: &Dated) -> Option<i64> {
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
