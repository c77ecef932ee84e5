//! Limits of the criteria: units that are missing, values that cannot be meant, limits that leave nobody.

use crate::protocol::{Limit, LimitValue, Section, Span};

use super::subject::Subject;
use super::{Hit, Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "limit-without-unit",
        severity: Severity::Warning,
        title: "A limit without a unit",
        explanation: "The value means different things in different units (platelets ≥ 100).",
        check: without_unit,
    },
    Rule {
        id: "limit-implausible",
        severity: Severity::Warning,
        title: "A limit that cannot be meant",
        explanation: "No patient, or every patient, is beyond this value in this unit; mostly the unit or a power of ten is wrong.",
        check: implausible,
    },
    Rule {
        id: "limits-contradict",
        severity: Severity::Error,
        title: "Limits that leave nobody",
        explanation: "Two limits on one variable cannot both be met.",
        check: contradict,
    },
];

/// Variables that are not measured in the laboratory: a number alone is clear.
const CLEAR: &[&str] = &[
    "age",
    "washout",
    "life_expectancy",
    "ecog",
    "karnofsky",
    "lansky",
    "inr",
    "prior_lines",
    "nyha",
    "child_pugh",
    "lvef",
    "spo2",
    "sbp",
    "dbp",
    "heart_rate",
    "bmi",
    "hba1c",
    "pdl1_cps",
    "pdl1_tps",
    "fev1",
    "temperature",
    "tumor_size",
    "qtc",
    "weight",
    "height",
];

fn number(limit: &Limit) -> Option<f64> {
    match &limit.value {
        LimitValue::Number(number) => Some(number.0),
        LimitValue::Class(_) => None,
    }
}

fn span(limit: &Limit) -> Span {
    limit.span.in_field("eligibility.text")
}

fn words(subject: &Subject<'_>, limit: &Limit) -> String {
    let text = subject.trial.eligibility.text.as_deref().unwrap_or_default();
    limit.span.of(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_unit(subject: &Subject<'_>) -> Vec<Hit> {
    let facts = subject.readings.criteria.facts.iter();
    let bare = facts.filter(|fact| {
        fact.unit.is_none() && !CLEAR.contains(&fact.variable.as_str()) && number(fact).is_some()
    });
    bare.map(|fact| Hit::new(format!("\"{}\" has no unit", words(subject, fact)), vec![span(fact)])).collect()
}

fn implausible(subject: &Subject<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for fact in &subject.readings.criteria.facts {
        let unit = fact.unit.as_deref().unwrap_or_default();
        let range = subject
            .vocabulary
            .plausible
            .iter()
            .find(|range| range.variable == fact.variable && range.unit == unit);
        let (Some(range), Some(value)) = (range.filter(|_| fact.unit.is_some()), number(fact)) else {
            continue;
        };
        if value < range.low || value > range.high {
            hits.push(Hit::new(
                format!("\"{}\": {} {value} {unit}", words(subject, fact), fact.variable),
                vec![span(fact)],
            ));
        }
    }
    hits
}

fn contradict(subject: &Subject<'_>) -> Vec<Hit> {
    let plain = |fact: &&Limit| {
        fact.section == Some(Section::Inclusion)
            && !fact.conditional
            && !fact.except
            && fact.variable != "washout"
    };
    let facts: Vec<&Limit> = subject.readings.criteria.facts.iter().filter(plain).collect();
    let mut hits = Vec::new();
    for low in facts.iter().filter(|fact| fact.op.starts_with('>')) {
        let same = |other: &&&Limit| {
            other.variable == low.variable && other.unit == low.unit && other.op.starts_with('<')
        };
        for high in facts.iter().filter(same) {
            let (Some(least), Some(most)) = (number(low), number(high)) else { continue };
            let strict = low.op == ">" || high.op == "<";
            if least > most || (strict && least >= most) {
                let message = format!("\"{}\" and \"{}\"", words(subject, low), words(subject, high));
                hits.push(Hit::new(message, vec![span(low), span(high)]));
            }
        }
    }
    hits
}
