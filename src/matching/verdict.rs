//! A patient against one trial: a line a limit.

use serde::Serialize;

use super::limit::{Canonical, Truth, holds};
use super::patient::Patient;
use crate::protocol::{Limit, LimitValue, Period, PeriodUnit, Section, Span, Trial};

/// One thing the record asks of a patient.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The variable, or `sex`.
    pub variable: String,
    /// What is asked, in words: `anc >= 1.5 10^9/L`.
    pub asked: String,
    /// Whether the patient satisfies it: for an exclusion, whether it does not apply.
    pub satisfied: Truth,
    /// For a washout that is not over: in how many days it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_in_days: Option<f64>,
    /// Alternatives carry the same number: one of them is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<usize>,
    /// The words it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A patient against one trial.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Verdict {
    /// Every limit that binds, in the record's order.
    pub lines: Vec<Line>,
    /// Limits that hold under a condition or in an exception: not weighed, to be looked at.
    pub set_aside: usize,
    /// In how many days every washout that is not over will be; none when nothing has to be waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_in_days: Option<f64>,
}

impl Verdict {
    /// Whether the patient satisfies everything that binds: `No` when anything fails, `Yes` only when all is known.
    pub fn overall(&self) -> Truth {
        let units = self.units();
        if units.contains(&Truth::No) {
            Truth::No
        } else if units.contains(&Truth::Unknown) {
            Truth::Unknown
        } else {
            Truth::Yes
        }
    }

    /// How many units (a limit, or a group of alternatives) have this truth.
    pub fn count(&self, truth: Truth) -> usize {
        self.units().into_iter().filter(|unit| *unit == truth).count()
    }

    /// One truth for each limit, and one for each group of alternatives.
    fn units(&self) -> Vec<Truth> {
        let mut units = Vec::new();
        let mut last_group = None;
        for line in &self.lines {
            match line.alternative {
                None => units.push(line.satisfied),
                Some(group) if last_group == Some(group) => {}
                Some(group) => {
                    let members = self.lines.iter().filter(|l| l.alternative == Some(group));
                    units.push(Truth::any(members.map(|l| l.satisfied)));
                    last_group = Some(group);
                }
            }
        }
        units
    }
}

/// Weighs every limit of a trial. `limits` are those read from its criteria, in the text's order.
pub fn verdict(patient: &Patient, trial: &Trial, limits: &[Limit], canonical: Canonical<'_>) -> Verdict {
    let mut verdict = Verdict { lines: record_lines(patient, trial, limits), ..Verdict::default() };
    let text = trial.eligibility.text.as_deref().unwrap_or_default();
    let mut group = 0;
    let mut before: Option<&Limit> = None;
    let mut rest = limits.iter().peekable();
    while let Some(limit) = rest.next() {
        let excluded = limit.section == Some(Section::Exclusion);
        // What shuts out only together with something else decides nothing by itself.
        if limit.conditional || limit.except || limit.section.is_none() || (limit.alternative && excluded) {
            verdict.set_aside += 1;
            continue;
        }
        let mut line = weighed(patient, limit, canonical);
        // "NYHA III or IV" is one range read as two limits: it shuts out who is within both.
        if let Some(high) = rest.next_if(|next| excluded && is_range(limit, next)) {
            let within = stated(patient, limit, canonical).and(stated(patient, high, canonical));
            line.satisfied = within.contrary();
            line.asked = format!("{} and {}", asked(limit), told(high));
        }
        if let Some(last) =
            verdict.lines.last_mut().filter(|_| before.is_some_and(|b| one_of(text, b, limit)))
        {
            if last.alternative.is_none() {
                group += 1;
                last.alternative = Some(group);
            }
            line.alternative = last.alternative;
        }
        verdict.lines.push(line);
        before = Some(limit);
    }
    let waits =
        verdict.lines.iter().filter(|line| line.satisfied == Truth::No).filter_map(|l| l.opens_in_days);
    verdict.opens_in_days =
        waits.fold(None, |most: Option<f64>, days| Some(most.map_or(days, |m| m.max(days))));
    verdict
}

/// Whether two inclusion limits that follow each other are alternatives of one another: both marked, in one line.
fn one_of(text: &str, one: &Limit, other: &Limit) -> bool {
    let between = text.get(one.span.end..other.span.start).unwrap_or_default();
    one.alternative && other.alternative && !between.contains('\n')
}

/// Two limits that are the ends of one range.
fn is_range(low: &Limit, high: &Limit) -> bool {
    let ends = low.op.starts_with('>') && high.op.starts_with('<');
    ends && low.variable == high.variable && low.span == high.span && !high.conditional && !high.except
}

/// Whether what a limit says is so, an exclusion not turned round.
fn stated(patient: &Patient, limit: &Limit, canonical: Canonical<'_>) -> Truth {
    if limit.variable == "washout" {
        return washout(patient, limit, canonical).0;
    }
    patient
        .value(&limit.variable)
        .map_or(Truth::Unknown, |(value, unit)| holds(limit, value, unit, canonical))
}

fn weighed(patient: &Patient, limit: &Limit, canonical: Canonical<'_>) -> Line {
    let truth = stated(patient, limit, canonical);
    let satisfied = if limit.section == Some(Section::Exclusion) { truth.contrary() } else { truth };
    let opens = if limit.variable == "washout" { washout(patient, limit, canonical).1 } else { None };
    Line {
        variable: limit.variable.clone(),
        asked: asked(limit),
        satisfied,
        opens_in_days: opens.filter(|_| satisfied == Truth::No),
        alternative: None,
        span: Some(limit.span.clone()),
    }
}

/// A washout: how long ago the agent was last given, and in how many days the time is over.
fn washout(patient: &Patient, limit: &Limit, canonical: Canonical<'_>) -> (Truth, Option<f64>) {
    let Some(exposure) = limit.agent.as_deref().and_then(|agent| patient.exposure(agent)) else {
        return (Truth::Unknown, None);
    };
    let truth = holds(limit, exposure.days_ago, "day", canonical);
    let LimitValue::Number(bound) = &limit.value else { return (truth, None) };
    let days = limit.unit.as_deref().and_then(|unit| days(bound.0, unit));
    (truth, days.map(|days| (days - exposure.days_ago).max(0.0).ceil()))
}

/// A length of time in days.
fn days(value: f64, unit: &str) -> Option<f64> {
    let unit = match unit {
        "hour" => PeriodUnit::Hour,
        "day" => PeriodUnit::Day,
        "week" => PeriodUnit::Week,
        "month" => PeriodUnit::Month,
        "year" => PeriodUnit::Year,
        _ => return None,
    };
    Some(Period::new(value, unit).days())
}

/// What a limit asks, with `not` before an exclusion's.
pub fn asked(limit: &Limit) -> String {
    let not = if limit.section == Some(Section::Exclusion) { "not " } else { "" };
    format!("{not}{}", told(limit))
}

/// A limit as the text states it.
fn told(limit: &Limit) -> String {
    let value = match &limit.value {
        LimitValue::Number(number) => number.to_string(),
        LimitValue::Class(class) => class.clone(),
    };
    let unit = limit.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
    let agent = limit.agent.as_deref().map(|a| format!(" since {a}")).unwrap_or_default();
    format!("{} {} {value}{}{agent}", limit.variable, limit.op, unit.trim_end())
}

/// Sex and ages as the record's own fields state them; ages only when the text's limits do not say them.
fn record_lines(patient: &Patient, trial: &Trial, limits: &[Limit]) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(sex) = trial.eligibility.sex.as_ref().filter(|sex| sex.as_str() != "ALL") {
        let satisfied = match &patient.sex {
            Some(known) if known.eq_ignore_ascii_case(sex.as_str()) => Truth::Yes,
            Some(_) => Truth::No,
            None => Truth::Unknown,
        };
        lines.push(line("sex", format!("sex {}", sex.label().to_lowercase()), satisfied));
    }
    if limits.iter().any(|limit| limit.variable == "age" && !limit.conditional && !limit.except) {
        return lines;
    }
    let bounds = [
        (&trial.eligibility.minimum_age, ">=", 0.0),
        // A maximum of 75 years lets in who is not yet 76.
        (&trial.eligibility.maximum_age, "<", 1.0),
    ];
    for (bound, op, further) in bounds {
        let Some((number, unit)) = bound.as_deref().and_then(age) else { continue };
        let satisfied = patient.age.map_or(Truth::Unknown, |years| {
            let (known, bound) = (years * 365.25, Period::new(number + further, unit).days());
            let within = if op == "<" { known < bound } else { known >= bound - 0.5 };
            if within { Truth::Yes } else { Truth::No }
        });
        let sign = if op == "<" { "<=" } else { op };
        lines.push(line("age", format!("age {sign} {}", bound.as_deref().unwrap_or_default()), satisfied));
    }
    lines
}

fn line(variable: &str, asked: String, satisfied: Truth) -> Line {
    Line {
        variable: variable.to_owned(),
        asked,
        satisfied,
        opens_in_days: None,
        alternative: None,
        span: None,
    }
}

/// A registry's age: `18 Years`.
fn age(text: &str) -> Option<(f64, PeriodUnit)> {
    let mut parts = text.split_whitespace();
    let number = parts.next()?.parse().ok()?;
    let unit = match parts.next()?.to_lowercase().trim_end_matches('s') {
        "year" => PeriodUnit::Year,
        "month" => PeriodUnit::Month,
        "week" => PeriodUnit::Week,
        "day" => PeriodUnit::Day,
        "hour" => PeriodUnit::Hour,
        _ => return None,
    };
    Some((number, unit))
}
