//! Arms and interventions: what belongs to what.

use std::collections::BTreeSet;

use super::subject::{Role, Subject, whole};
use super::{Hit, Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "group-as-intervention",
        severity: Severity::Warning,
        title: "A group listed as an intervention",
        explanation: "The intervention's name is that of a group. What the group is given stays open.",
        check: group_as_intervention,
    },
    Rule {
        id: "arm-without-intervention",
        severity: Severity::Warning,
        title: "An arm without an intervention",
        explanation: "The arm is not called one without intervention, and none is linked to it.",
        check: arm_without_intervention,
    },
    Rule {
        id: "intervention-without-arm",
        severity: Severity::Warning,
        title: "An intervention without an arm",
        explanation: "No arm is given it, while others are linked to arms.",
        check: intervention_without_arm,
    },
    Rule {
        id: "chemotherapy-not-listed",
        severity: Severity::Warning,
        title: "Chemotherapy given and not listed",
        explanation: "Title or summary has the drug given with chemotherapy; the interventions name none, so what is given is open.",
        check: chemotherapy_not_listed,
    },
];

/// Whether the record is prose alone: what is linked to what was told by its words, no registry said so.
fn out_of_prose(subject: &Subject<'_>) -> bool {
    subject.trial.source.as_ref().is_some_and(|source| source.format.starts_with("text-"))
}

fn group_as_intervention(subject: &Subject<'_>) -> Vec<Hit> {
    let group = |name: &str| {
        subject.vocabulary.group_names.iter().any(|group| name.trim().eq_ignore_ascii_case(group))
    };
    let mut hits = Vec::new();
    for (index, given) in
        subject.trial.interventions.iter().enumerate().filter(|(_, given)| group(&given.name))
    {
        let kind = given
            .kind
            .as_ref()
            .map(|kind| format!(" as {}", kind.label().to_lowercase()))
            .unwrap_or_default();
        let spans = whole(format!("interventions[{index}].name"), &given.name);
        hits.push(Hit::new(format!("\"{}\" is listed{kind}", given.name.trim()), spans));
    }
    hits
}

fn arm_without_intervention(subject: &Subject<'_>) -> Vec<Hit> {
    let trial = subject.trial;
    let linked = trial.arms.iter().any(|arm| !arm.interventions.is_empty());
    if out_of_prose(subject) || !subject.is_interventional() || trial.interventions.is_empty() || !linked {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (index, arm) in trial.arms.iter().enumerate() {
        let none = arm.kind.as_ref().is_some_and(|kind| kind.as_str() == "NO_INTERVENTION");
        if arm.interventions.is_empty() && !none {
            let spans = whole(format!("arms[{index}].label"), &arm.label);
            hits.push(Hit::new(format!("\"{}\" has none", arm.label.trim()), spans));
        }
    }
    hits
}

fn intervention_without_arm(subject: &Subject<'_>) -> Vec<Hit> {
    let given: BTreeSet<String> = subject
        .trial
        .arms
        .iter()
        .flat_map(|arm| &arm.interventions)
        .map(|name| name.trim().to_lowercase())
        .collect();
    if given.is_empty() || out_of_prose(subject) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (index, intervention) in subject.trial.interventions.iter().enumerate() {
        let name = intervention.name.trim();
        if !name.is_empty() && !given.contains(&name.to_lowercase()) {
            let spans = whole(format!("interventions[{index}].name"), &intervention.name);
            hits.push(Hit::new(format!("\"{name}\" is given in no arm"), spans));
        }
    }
    hits
}

fn chemotherapy_not_listed(subject: &Subject<'_>) -> Vec<Hit> {
    let vocabulary = subject.vocabulary;
    let listed = |role: Role| {
        subject.of_role(role).any(|passage| passage.first(&vocabulary.chemotherapy_listed).is_some())
    };
    let other_names = subject.trial.interventions.iter().flat_map(|given| &given.other_names);
    let other = other_names
        .map(|name| name.to_lowercase())
        .any(|name| name.contains("chemo") || name.contains("platin") || name.contains("taxel"));
    let in_arms = listed(Role::Arm) && !out_of_prose(subject);
    if subject.trial.interventions.is_empty() || listed(Role::Intervention) || in_arms || other {
        return Vec::new();
    }
    let given = subject
        .free_text()
        .find_map(|passage| Some((passage, passage.first(&vocabulary.chemotherapy_given)?)));
    let Some((passage, span)) = given else { return Vec::new() };
    let text = span.of(passage.text).unwrap_or_default().to_owned();
    vec![Hit::new(format!("\"{text}\", and no chemotherapy among the interventions"), vec![span])]
}
