//! Arms, endpoints and eligibility: what the protocol asks for.

use super::{Page, joined, with_remark};
use crate::output::document::Block;
use crate::protocol::{
    Code, Criterion, CriterionRole, Endpoint, EndpointReading, Limit, LimitValue, Readings, Role, Trial,
};

pub(super) fn arms(trial: &Trial, page: &mut Page) {
    page.heading(&format!("Arms ({})", trial.arms.len()));
    let before = page.blocks.len();
    for arm in &trial.arms {
        page.subheading(with_remark(&arm.label, arm.kind.as_ref().map(Code::label)));
        page.prose(arm.description.as_ref());
        for intervention in &arm.interventions {
            page.item(0, intervention.clone());
        }
    }
    page.none_since(before, "The record lists no arms.");
    page.heading(&format!("Interventions ({})", trial.interventions.len()));
    let before = page.blocks.len();
    for intervention in &trial.interventions {
        let name =
            if intervention.name.is_empty() { "Intervention without a name" } else { &intervention.name };
        page.subheading(with_remark(name, intervention.kind.as_ref().map(Code::label)));
        page.field("Also called", intervention.other_names.join("; "));
        page.prose(intervention.description.as_ref());
    }
    page.none_since(before, "The record lists no interventions.");
}

/// The roles, in the order they are printed in.
const ROLES: &[(Option<Role>, &str)] = &[
    (Some(Role::Primary), "Primary"),
    (Some(Role::Secondary), "Secondary"),
    (Some(Role::Other), "Other"),
    (None, "Role not stated"),
];

pub(super) fn endpoints(trial: &Trial, readings: &Readings, page: &mut Page) {
    page.heading(&format!("Endpoints ({})", trial.endpoints.len()));
    let before = page.blocks.len();
    for (role, title) in ROLES {
        let of_role: Vec<(usize, &Endpoint)> =
            trial.endpoints.iter().enumerate().filter(|(_, endpoint)| endpoint.role == *role).collect();
        if of_role.is_empty() {
            continue;
        }
        page.subheading(format!("{title} ({})", of_role.len()));
        for (index, endpoint) in of_role {
            page.item(0, endpoint.measure.clone());
            if let Some(kind) = readings.endpoints.get(index).map(kind).filter(|kind| !kind.is_empty()) {
                page.note(1, kind);
            }
            if let Some(time_frame) = &endpoint.time_frame {
                page.item(1, format!("When: {}", time_frame.text));
            }
            if let Some(description) = &endpoint.description {
                page.item(1, description.clone());
            }
        }
    }
    page.none_since(before, "The record lists no outcome measures.");
}

/// What was read of an endpoint, in a line.
fn kind(reading: &EndpointReading) -> String {
    let standards = reading.criteria.join(", ");
    joined([reading.kind.as_deref(), Some(standards.as_str()), reading.assessor.as_deref()], " · ")
}

pub(super) fn eligibility(trial: &Trial, readings: &Readings, page: &mut Page) {
    page.heading("Eligibility");
    let before = page.blocks.len();
    let eligibility = &trial.eligibility;
    page.code("Sex", eligibility.sex.as_ref());
    let gender = eligibility.gender_based.and_then(|based| based.then(|| "yes".to_owned()));
    page.field("By gender", gender);
    page.field("Gender in words", eligibility.gender_description.clone());
    page.field("Minimum age", eligibility.minimum_age.clone());
    page.field("Maximum age", eligibility.maximum_age.clone());
    page.codes("Age groups", &eligibility.age_groups);
    let healthy =
        eligibility.healthy_volunteers.map(|accepted| if accepted { "accepted" } else { "not accepted" });
    page.field("Healthy volunteers", healthy.map(str::to_owned));
    page.field("Population", eligibility.population.clone());
    page.code("Sampling", eligibility.sampling.as_ref());
    if let Some(text) = &eligibility.text {
        page.subheading("Criteria");
        let items = &readings.criteria.criteria;
        if items.is_empty() {
            page.prose(Some(text));
        }
        for (index, item) in items.iter().enumerate() {
            let end = items.get(index + 1).map_or(usize::MAX, |next| next.span.start);
            criterion(item, page);
            for fact in readings
                .criteria
                .facts
                .iter()
                .filter(|fact| (item.span.start..end).contains(&fact.span.start))
            {
                page.note(item.depth + 2, limit(fact));
            }
        }
    }
    page.none_since(before, "The record says nothing of who may enter.");
}

fn criterion(item: &Criterion, page: &mut Page) {
    let marker = match (&item.number, item.role) {
        (Some(number), _) => format!("{number}."),
        (None, CriterionRole::Item) => "-".to_owned(),
        (None, CriterionRole::Heading) => {
            return page.blocks.push(Block::Note(item.depth, item.text.clone()));
        }
    };
    page.blocks.push(Block::Item(item.depth, marker, item.text.clone()));
}

/// A limit in a line: `ecog <= 1`.
fn limit(fact: &Limit) -> String {
    let value = match &fact.value {
        LimitValue::Number(number) => number.to_string(),
        LimitValue::Class(class) => class.clone(),
    };
    let unit = fact.unit.as_deref().unwrap_or("unit not stated");
    let words =
        joined([Some(fact.variable.as_str()), Some(fact.op.as_str()), Some(value.as_str()), Some(unit)], " ");
    let mut remarks = Vec::new();
    remarks.extend(fact.agent.clone());
    if fact.except {
        remarks.push("in an exception".to_owned());
    } else if fact.conditional {
        remarks.push("under a condition".to_owned());
    }
    format!("→ {}", with_remark(&words, Some(remarks.join(", "))))
}
