//! Writes a registry record (API v2) in the two plain-text layouts.

use serde_json::Value;

const DISCLAIMER: &str = "For informational purposes only, not medical advice.";

/// Lists of outcomes, in the order of their columns.
pub const OUTCOMES: [&str; 3] = ["primaryOutcomes", "secondaryOutcomes", "otherOutcomes"];

/// A text's words with single blanks.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

pub fn list<'v>(value: &'v Value, path: &str) -> &'v [Value] {
    value.pointer(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The outcomes of one list.
pub fn outcomes<'v>(protocol: &'v Value, list_name: &str) -> &'v [Value] {
    list(protocol, &format!("/outcomesModule/{list_name}"))
}

/// `TYPE: name` of each intervention.
pub fn interventions(protocol: &Value) -> Vec<String> {
    list(protocol, "/armsInterventionsModule/interventions")
        .iter()
        .map(|one| format!("{}: {}", text(one, "/type"), text(one, "/name")))
        .collect()
}

/// One column a line; empty ones are left out.
pub fn lines(protocol: &Value) -> String {
    let title = match text(protocol, "/identificationModule/briefTitle") {
        "" => text(protocol, "/identificationModule/officialTitle"),
        title => title,
    };
    let conditions: Vec<&str> =
        list(protocol, "/conditionsModule/conditions").iter().filter_map(Value::as_str).collect();
    let mut rows = vec![
        title.to_owned(),
        flat(text(protocol, "/descriptionModule/briefSummary")),
        conditions.join("|"),
        interventions(protocol).join("|"),
    ];
    for name in OUTCOMES {
        let joined: Vec<String> = outcomes(protocol, name).iter().map(joined).collect();
        rows.push(joined.join("|"));
    }
    rows.push(flat(text(protocol, "/descriptionModule/detailedDescription")));
    rows.retain(|row| !row.is_empty());
    rows.join("\n") + "\n"
}

fn joined(outcome: &Value) -> String {
    let parts = ["/measure", "/description", "/timeFrame"].map(|part| text(outcome, part));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A trial page copied as text.
pub fn page(protocol: &Value) -> String {
    let mut rows = vec![flat(text(protocol, "/descriptionModule/briefSummary"))];
    for (label, path) in [
        ("Study Type", "/designModule/studyType"),
        ("Allocation", "/designModule/designInfo/allocation"),
        ("Purpose", "/designModule/designInfo/primaryPurpose"),
        ("Masking", "/designModule/designInfo/maskingInfo/masking"),
        ("Enrollment", "/designModule/enrollmentInfo/count"),
    ] {
        let value = match protocol.pointer(path) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => continue,
        };
        rows.extend([label.to_owned(), value]);
    }
    rows.extend(intervention_descriptions(protocol));
    if let Some(site) = list(protocol, "/contactsLocationsModule/locations").first() {
        let place = ["/city", "/state", "/country"].map(|part| text(site, part));
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        rows.extend([text(site, "/facility").to_owned(), place.join(", ")]);
    }
    let mut status = text(protocol, "/statusModule/overallStatus");
    for outcome in OUTCOMES.iter().take(2).flat_map(|list| outcomes(protocol, list)) {
        rows.push(format!("{status}{}", text(outcome, "/measure")));
        status = "";
        rows.push(flat(text(outcome, "/description")));
        if !text(outcome, "/timeFrame").is_empty() {
            rows.push(format!("Time frame: {}", text(outcome, "/timeFrame")));
        }
    }
    rows.push(status.to_owned());
    rows.push(DISCLAIMER.to_owned());
    rows.retain(|row| !row.is_empty());
    rows.join("\n") + "\n"
}

/// The descriptions of the interventions that have one.
pub fn intervention_descriptions(protocol: &Value) -> Vec<String> {
    list(protocol, "/armsInterventionsModule/interventions")
        .iter()
        .map(|one| flat(text(one, "/description")))
        .filter(|description| !description.is_empty())
        .collect()
}
