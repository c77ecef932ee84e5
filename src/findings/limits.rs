//! Limits of the criteria: units that are missing, values that cannot be meant, limits that leave nobody.

use crate::protocol::{CriterionRole, Limit, LimitValue, Section, Span};

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
        explanation: "The two ends of a range cannot both be met, or an exclusion shuts out all whom the inclusion asks for.",
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
    let joins =
        ["and ", "and/or ", "or ", "but ", "at ", "either "].iter().any(|word| rest.starts_with(word));
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
    hits.extend(per_millilitre(subject));
    hits
}

/// Cells that are counted in a microlitre.
const COUNTS: &[&str] = &["platelets", "anc", "wbc", "lymphocytes", "cd4"];
/// From this number on a count is not one of thousands.
const WHOLE_COUNT: f64 = 100.0;

/// "Platelets ≥ 100,000/mL": in a microlitre there are as many; in a millilitre it is a thousandth.
fn per_millilitre(subject: &Subject<'_>) -> Vec<Hit> {
    let text = subject.trial.eligibility.text.as_deref().unwrap_or_default();
    let facts = subject.readings.criteria.facts.iter();
    let counts = facts.filter(|fact| {
        fact.unit.is_none()
            && COUNTS.contains(&fact.variable.as_str())
            && number(fact).is_some_and(|value| value >= WHOLE_COUNT)
    });
    let odd = counts.filter_map(|fact| {
        let rest = text.get(fact.span.end..)?;
        let unit = ["/mL", "/ mL", "/ml", "/ ml"].into_iter().find(|unit| rest.starts_with(unit))?;
        // "/mL3" is another slip.
        let ends = !rest.get(unit.len()..)?.starts_with(char::is_alphanumeric);
        ends.then(|| Span::new("eligibility.text", fact.span.start..fact.span.end + unit.len()))
    });
    odd.map(|span| {
        let said = span.of(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        Hit::new(format!("\"{said}\": so many are in a microlitre"), vec![span])
    })
    .collect()
}

/// A limit that holds for everybody.
fn is_plain(fact: &Limit, section: Section) -> bool {
    fact.section == Some(section)
        && !fact.conditional
        && !fact.except
        && !fact.alternative
        && fact.variable != "washout"
}

/// A range that runs backwards, written as one phrase ("≥ 75 and ≤ 18 years"), and an exclusion of all that the
/// inclusion asks for. Two limits of one variable under one heading are mostly of different groups, or a condition and
/// what it asks for.
fn contradict(subject: &Subject<'_>) -> Vec<Hit> {
    let mut hits = backwards(subject);
    hits.extend(shut_out(subject));
    hits
}

/// What one variable may be, in one unit; an end that is not stated is open.
struct Window<'l> {
    least: f64,
    most: f64,
    of: &'l Limit,
}

impl<'l> Window<'l> {
    /// The window of the limits in the same words: one, or two ends of a range.
    fn of(limits: &[&'l Limit]) -> Option<Self> {
        let (first, rest) = limits.split_first()?;
        let mut window = Self { least: f64::NEG_INFINITY, most: f64::INFINITY, of: first };
        for limit in std::iter::once(first).chain(rest) {
            let value = number(limit)?;
            match limit.op.as_str() {
                ">" | ">=" => window.least = window.least.max(value),
                "<" | "<=" => window.most = window.most.min(value),
                _ => return None,
            }
        }
        Some(window)
    }

    /// Whether this window leaves nothing of another one.
    fn covers(&self, other: &Self) -> bool {
        self.least <= other.least && other.most <= self.most
    }
}

/// An exclusion that shuts out everybody whom the inclusion lets in ("ECOG 0–2" under both).
fn shut_out(subject: &Subject<'_>) -> Vec<Hit> {
    let windows = |section: Section| {
        let mut facts: Vec<&Limit> =
            subject.readings.criteria.facts.iter().filter(|fact| is_plain(fact, section)).collect();
        facts.sort_by_key(|fact| (&fact.variable, &fact.unit, fact.span.start, fact.span.end));
        let same = |one: &&Limit, other: &&Limit| {
            one.variable == other.variable && one.unit == other.unit && one.span == other.span
        };
        facts.chunk_by(same).filter_map(Window::of).collect::<Vec<_>>()
    };
    // More headings than the two part the criteria among groups or stages.
    let criteria = &subject.readings.criteria.criteria;
    if criteria.iter().filter(|criterion| criterion.role == CriterionRole::Heading).count() > 2 {
        return Vec::new();
    }
    let (wanted, excluded) = (windows(Section::Inclusion), windows(Section::Exclusion));
    let alone = |window: &&Window<'_>| {
        wanted.iter().filter(|other| other.of.variable == window.of.variable).count() == 1
    };
    let mut hits = Vec::new();
    for window in wanted.iter().filter(alone) {
        let against = excluded.iter().find(|other| {
            other.of.variable == window.of.variable && other.of.unit == window.of.unit && other.covers(window)
        });
        if let Some(other) = against {
            let said = format!(
                "\"{}\" is asked for, \"{}\" shut out",
                words(subject, window.of),
                words(subject, other.of)
            );
            hits.push(Hit::new(said, vec![span(window.of), span(other.of)]));
        }
    }
    hits
}

fn backwards(subject: &Subject<'_>) -> Vec<Hit> {
    let inclusion = subject.readings.criteria.facts.iter().filter(|fact| is_plain(fact, Section::Inclusion));
    let facts: Vec<&Limit> = inclusion.collect();
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
