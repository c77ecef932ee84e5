//! A patient against one trial: a line a limit.

use std::ops::Range;

use serde::Serialize;

use super::exposure::{Agent, Given};
use super::limit::{Canonical, Truth, bound, holds, keeps};
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
    /// Which of the trial's limits it is: one, or the two ends of a range; none for the record's own fields.
    #[serde(skip)]
    pub limits: Range<usize>,
}

/// A patient's facts, made ready to be weighed against many trials.
#[derive(Clone, Debug)]
pub struct Known<'p> {
    patient: &'p Patient,
    /// What was given, and how many days ago.
    given: Vec<(Given, f64)>,
}

impl<'p> Known<'p> {
    /// Makes a patient's facts ready.
    pub fn of(patient: &'p Patient) -> Self {
        let given = patient.last_exposure.iter();
        let given = given.map(|exposure| (Given::read(&exposure.agent), exposure.days_ago)).collect();
        Self { patient, given }
    }
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

    /// Whether nothing but time since something stands in the way.
    pub fn waits(&self) -> bool {
        let failed = |line: &&Line| line.satisfied == Truth::No && line.alternative.is_none();
        let groups_fail = self.lines.iter().filter_map(|line| line.alternative).any(|group| {
            let members = self.lines.iter().filter(|line| line.alternative == Some(group));
            Truth::any(members.map(|line| line.satisfied)) == Truth::No
        });
        self.opens_in_days.is_some()
            && !groups_fail
            && self.lines.iter().filter(failed).all(|line| line.opens_in_days.is_some())
    }

    /// How many times since something are not known.
    pub fn open_washouts(&self) -> usize {
        let open = |line: &&Line| line.variable == "washout" && line.satisfied == Truth::Unknown;
        self.lines.iter().filter(open).count()
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
pub fn verdict(known: &Known<'_>, trial: &Trial, limits: &[Limit], canonical: Canonical<'_>) -> Verdict {
    let mut verdict = Verdict { lines: record_lines(known.patient, trial, limits), ..Verdict::default() };
    let text = trial.eligibility.text.as_deref().unwrap_or_default();
    let mut group = 0;
    let mut before: Option<&Limit> = None;
    let mut rest = limits.iter().enumerate().peekable();
    while let Some((index, limit)) = rest.next() {
        let excluded = limit.section == Some(Section::Exclusion);
        // What shuts out only together with something else decides nothing by itself.
        if limit.conditional || limit.except || limit.section.is_none() || (limit.alternative && excluded) {
            verdict.set_aside += 1;
            continue;
        }
        let mut line = weighed(known, limit, canonical);
        line.limits = index..index + 1;
        // "ECOG 0 or 1" and "NYHA III or IV" are each one range read as two limits: who is within both is let in, or out.
        if let Some((_, high)) = rest.next_if(|(_, next)| is_range(limit, next)) {
            let within = stated(known, limit, canonical).and(stated(known, high, canonical));
            line.satisfied = if excluded { within.contrary() } else { within };
            line.opens_in_days = line.opens_in_days.filter(|_| line.satisfied == Truth::No);
            line.limits.end += 1;
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
    let same = low.variable == high.variable
        && low.span == high.span
        && low.section == high.section
        && low.alternative == high.alternative;
    ends && same && !high.conditional && !high.except
}

/// Whether what a limit says is so, an exclusion not turned round.
fn stated(known: &Known<'_>, limit: &Limit, canonical: Canonical<'_>) -> Truth {
    if limit.variable == "washout" {
        return washout(known, limit, canonical).0;
    }
    let value = known.patient.value(&limit.variable);
    value.map_or(Truth::Unknown, |(value, unit)| holds(limit, value, unit, canonical))
}

fn weighed(known: &Known<'_>, limit: &Limit, canonical: Canonical<'_>) -> Line {
    let (truth, opens) = match limit.variable.as_str() {
        "washout" => washout(known, limit, canonical),
        _ => (stated(known, limit, canonical), None),
    };
    let satisfied = if limit.section == Some(Section::Exclusion) { truth.contrary() } else { truth };
    Line {
        variable: limit.variable.clone(),
        asked: asked(limit),
        satisfied,
        opens_in_days: opens.filter(|_| satisfied == Truth::No),
        alternative: None,
        span: Some(limit.span.clone()),
        limits: 0..0,
    }
}

/// A washout: whether what it says of the time since something is so, and in how many days that changes.
fn washout(known: &Known<'_>, limit: &Limit, canonical: Canonical<'_>) -> (Truth, Option<f64>) {
    const UNKNOWN: (Truth, Option<f64>) = (Truth::Unknown, None);
    if known.given.is_empty() {
        return UNKNOWN;
    }
    let (Some((days, _)), Some(agent)) = (
        bound(limit, canonical).filter(|(_, unit)| unit == "day"),
        limit.agent.as_deref().and_then(Agent::read),
    ) else {
        return UNKNOWN;
    };
    // "less than 4 weeks since" speaks of what was recent; "at least 4 weeks since" of what was not.
    let of_recent = limit.op.starts_with('<');
    let recent = |ago: f64| match keeps(&limit.op, ago, days) {
        held if of_recent => held,
        held => held.contrary(),
    };
    let given: Vec<(Given, Truth)> =
        known.given.iter().map(|(given, ago)| (given.clone(), recent(*ago))).collect();
    let truth = agent.recent(&given);
    // The day itself is late enough after "at least 28 days", and not after "more than 28 days".
    let on_the_day = recent(days) != Truth::Yes;
    let left = known.given.iter().filter(|(given, ago)| agent.means(given) && recent(*ago) == Truth::Yes);
    let left = left.map(|(_, ago)| if on_the_day { (days - ago).ceil() } else { (days - ago).floor() + 1.0 });
    let most = left.fold(None, |most: Option<f64>, left| Some(most.map_or(left, |m| m.max(left))));
    (if of_recent { truth } else { truth.contrary() }, most)
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

/// Sex and ages as the record's own fields state them; an end of the ages only where the text does not state it.
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
    for bound in record_ages(trial).filter(|bound| !limits.iter().any(|limit| bound.is_told_by(limit))) {
        let satisfied = patient.age.map_or(Truth::Unknown, |age| bound.holds(age));
        lines.push(line("age", bound.asked(), satisfied));
    }
    lines
}

/// An age that the record's own field states.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordAge<'t> {
    /// `>=`, or `<` for a maximum: one of 75 years lets in who is not yet 76.
    pub op: &'static str,
    text: &'t str,
    bound: Period,
}

impl RecordAge<'_> {
    /// What is asked, as the field says it.
    pub fn asked(&self) -> String {
        let sign = if self.op == "<" { "<=" } else { self.op };
        format!("age {sign} {}", self.text)
    }

    /// Whether a limit of the text states this end for everybody.
    fn is_told_by(&self, limit: &Limit) -> bool {
        let inclusion = limit.section == Some(Section::Inclusion);
        let same = if limit.op == "=" { true } else { limit.op.get(..1) == self.op.get(..1) };
        limit.variable == "age"
            && inclusion
            && same
            && !(limit.conditional || limit.except || limit.alternative)
    }

    /// The bound in years.
    pub fn years(&self) -> f64 {
        self.bound.days() / 365.25
    }

    fn holds(&self, years: f64) -> Truth {
        let (known, bound) = (years * 365.25, self.bound.days());
        let within = if self.op == "<" { known < bound } else { known >= bound - 0.5 };
        if within { Truth::Yes } else { Truth::No }
    }
}

/// The ages that the record's own fields state.
pub(super) fn record_ages(trial: &Trial) -> impl Iterator<Item = RecordAge<'_>> {
    let own = &trial.eligibility;
    let bounds = [(&own.minimum_age, ">=", 0.0), (&own.maximum_age, "<", 1.0)];
    bounds.into_iter().filter_map(|(text, op, further)| {
        let text = text.as_deref()?;
        let (number, unit) = age(text)?;
        Some(RecordAge { op, text, bound: Period::new(number + further, unit) })
    })
}

fn line(variable: &str, asked: String, satisfied: Truth) -> Line {
    Line {
        variable: variable.to_owned(),
        asked,
        satisfied,
        opens_in_days: None,
        alternative: None,
        span: None,
        limits: 0..0,
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
