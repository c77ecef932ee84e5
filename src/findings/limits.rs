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
        explanation: "The two ends of a range cannot both be met.",
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
    "proteinuria",
    "pf_ratio",
    "respiratory_rate",
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
    let text = subject.trial.eligibility.text.as_deref().unwrap_or_default();
    let facts = subject.readings.criteria.facts.iter();
    let bare = facts.filter(|fact| {
        fact.unit.is_none()
            && !CLEAR.contains(&fact.variable.as_str())
            && number(fact).is_some()
            && ends_clause(text.get(fact.span.end..).unwrap_or_default())
    });
    bare.map(|fact| Hit::new(format!("\"{}\" has no unit", words(subject, fact)), vec![span(fact)])).collect()
}

/// Whether nothing stands behind a number that could be a unit in a writing we do not know (`/vL`, `x ULT`, `2+`).
fn ends_clause(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    let stops = rest.is_empty() || rest.starts_with([',', ';', '.', ')', '\n', '\r']);
    let joins = ["and ", "or ", "but ", "at "].iter().any(|word| rest.starts_with(word));
    stops || joins && !rest.starts_with("or ml")
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

/// Only a range that runs backwards, written as one phrase ("≥ 75 and ≤ 18 years"): two limits of one variable in
/// different places are mostly of different groups, or a condition and what it asks for.
fn contradict(subject: &Subject<'_>) -> Vec<Hit> {
    let plain = |fact: &&Limit| {
        fact.section == Some(Section::Inclusion)
            && !fact.conditional
            && !fact.except
            && !fact.alternative
            && fact.variable != "washout"
    };
    let facts: Vec<&Limit> = subject.readings.criteria.facts.iter().filter(plain).collect();
    let mut hits = Vec::new();
    for pair in facts.windows(2) {
        let [one, other] = pair else { continue };
        let bounds = [one, other].map(|limit| limit.op.starts_with('>'));
        let (low, high) = if bounds == [true, false] { (one, other) } else { (other, one) };
        let phrase = bounds[0] != bounds[1]
            && low.variable == high.variable
            && low.unit == high.unit
            && low.span.start == high.span.start
            && low.span.end == high.span.end;
        let (Some(least), Some(most)) = (number(low), number(high)) else { continue };
        let strict = low.op == ">" || high.op == "<";
        if phrase && (least > most || (strict && least >= most)) {
            hits.push(Hit::new(format!("\"{}\"", words(subject, low)), vec![span(low)]));
        }
    }
    hits
}
