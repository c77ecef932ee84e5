//! Who takes part: conditions, how many, ages, sex, what was taken before.

use std::collections::BTreeSet;

use crate::protocol::{Limit, LimitValue, Section, Span};

use crate::reading::phrases::Words;

use super::subject::{Role, Subject, whole};
use super::{Hit, Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "condition-is-none",
        severity: Severity::Warning,
        title: "A condition that is none",
        explanation: "The list of conditions names a treatment or a topic. Searches by disease do not find the record.",
        check: condition,
    },
    Rule {
        id: "enrolment-disagrees",
        severity: Severity::Warning,
        title: "Enrolment in prose and field disagree",
        explanation: "The text plans another number of participants than the field.",
        check: enrolment,
    },
    Rule {
        id: "age-disagrees",
        severity: Severity::Error,
        title: "Ages in text and field disagree",
        explanation: "The criteria state another age than the field that searches go by; a patient would be found, or lost, wrongly.",
        check: age,
    },
    Rule {
        id: "sex-disagrees",
        severity: Severity::Error,
        title: "Sex in text and field disagree",
        explanation: "The field admits one sex, the criteria both.",
        check: sex,
    },
    Rule {
        id: "class-of-prior-drug",
        severity: Severity::Warning,
        title: "Resistance to a class that was not given",
        explanation: "The text asks for resistance to a class of drugs; the drugs it names as given before are of another class.",
        check: prior_class,
    },
];

fn condition(subject: &Subject<'_>) -> Vec<Hit> {
    let none = |name: &str| {
        subject.vocabulary.not_conditions.iter().any(|other| name.trim().eq_ignore_ascii_case(other))
    };
    let conditions = subject.trial.conditions.iter().enumerate().filter(|(_, name)| none(name));
    conditions
        .map(|(index, name)| {
            Hit::new(
                format!("\"{}\" is no condition", name.trim()),
                whole(format!("conditions[{index}]"), name),
            )
        })
        .collect()
}

/// Totals below this are of a part or a group.
const FEW: u64 = 5;

fn enrolment(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(enrollment) = &subject.trial.enrollment else { return Vec::new() };
    let planned = enrollment.kind.as_ref().is_none_or(|kind| kind.as_str() != "ACTUAL");
    let Some(count) = enrollment.count.filter(|_| planned) else { return Vec::new() };
    let mut totals: Vec<(u64, Span)> = Vec::new();
    for passage in subject.of_role(Role::Description) {
        let words = passage.words();
        for (hit, span) in passage.all(&subject.vocabulary.enrolled) {
            if !is_total(&words, hit.words()) {
                continue;
            }
            let number =
                hit.words().filter_map(|at| words.text(at).replace(',', "").parse::<u64>().ok()).next();
            totals.extend(number.filter(|number| *number >= FEW).map(|number| (number, span)));
        }
    }
    let distinct: BTreeSet<u64> = totals.iter().map(|(number, _)| *number).collect();
    match totals.into_iter().next() {
        Some((number, span)) if distinct.len() == 1 && number != count => {
            vec![Hit::new(format!("{number} in the text, {count} in the field"), vec![span])]
        }
        _ => Vec::new(),
    }
}

/// Words of a sentence that counts a part, or not exactly.
const NO_TOTAL: &[&str] = &[
    "each",
    "per",
    "group",
    "groups",
    "cohort",
    "cohorts",
    "arm",
    "arms",
    "additional",
    "part",
    "stage",
    "phase",
    "first",
    "further",
    "approximately",
    "about",
    "around",
    "up",
    "maximum",
    "minimum",
    "least",
    "out",
];

/// Whether a sentence states a total: no part of it, no range, no estimate.
fn is_total(words: &Words<'_>, hit: std::ops::Range<usize>) -> bool {
    let sentence = words.get(hit.start).map(|word| word.sentence);
    let in_sentence = (0..words.len()).filter(|at| words.get(*at).map(|word| word.sentence) == sentence);
    let part = in_sentence.into_iter().any(|at| NO_TOTAL.contains(&words.text(at)));
    let number = hit.clone().find(|at| words.get(*at).is_some_and(|word| word.number));
    let range = number
        .and_then(|at| at.checked_sub(1))
        .is_some_and(|at| words.text(at) == "to" || words.get(at).is_some_and(|word| word.number));
    let second = number.is_some_and(|at| words.get(at + 1).is_some_and(|word| word.number));
    !part && !range && !second
}

/// Ages nearer than this are one, in years.
const SAME_AGE: f64 = 0.1;

fn age(subject: &Subject<'_>) -> Vec<Hit> {
    let eligibility = &subject.trial.eligibility;
    let mut hits = Vec::new();
    for (field, stated, ops) in [
        ("minimum_age", &eligibility.minimum_age, [">=", ">"]),
        ("maximum_age", &eligibility.maximum_age, ["<=", "<"]),
    ] {
        let limits = ages(subject, &ops);
        let Some(years) = stated.as_deref().and_then(years) else { continue };
        // A limit of one group or centre only may be the field's.
        let any = subject.readings.criteria.facts.iter().filter(|fact| fact.variable == "age");
        let all_other = any.map(|limit| Age { limit, strict: false }).all(|age| !age.is_field(years));
        let near = |limit: &Age<'_>| limit.strict && (limit.years() - years).abs() <= 1.0 + SAME_AGE;
        let one = limits.iter().map(|(limit, _)| limit.years().to_bits()).collect::<BTreeSet<_>>().len() == 1;
        if let (true, true, Some((limit, span))) = (all_other, one, limits.first())
            && !near(limit)
        {
            let text = stated.as_deref().unwrap_or_default();
            let mut spans = vec![span.clone()];
            spans.extend(whole(format!("eligibility.{field}"), text));
            hits.push(Hit::new(
                format!("{} years in the criteria, {text} in the field", limit.years()),
                spans,
            ));
        }
    }
    hits
}

/// An age limit of the criteria.
struct Age<'l> {
    limit: &'l Limit,
    strict: bool,
}

impl Age<'_> {
    /// Whether the field's age is this one; a field of whole years cuts "17.5" down, and "5 years" are so until the
    /// sixth birthday ("71 months").
    fn is_field(&self, years: f64) -> bool {
        let own = self.years();
        let cut = own.fract() > 0.0 && (own.floor() - years).abs() < f64::EPSILON;
        let lasts = years.fract() > 0.0 && (own..own + 1.0).contains(&years);
        (own - years).abs() <= SAME_AGE || cut || lasts
    }

    fn years(&self) -> f64 {
        let LimitValue::Number(number) = &self.limit.value else { return f64::NAN };
        match self.limit.unit.as_deref() {
            Some("month") => number.0 / 12.0,
            Some("week") => number.0 / 52.18,
            Some("day") => number.0 / 365.25,
            _ => number.0,
        }
    }
}

/// Age limits that hold for everybody, with one of the comparisons.
fn ages<'s>(subject: &'s Subject<'_>, ops: &[&str]) -> Vec<(Age<'s>, Span)> {
    let facts = subject
        .readings
        .criteria
        .facts
        .iter()
        .filter(|fact| fact.variable == "age" && ops.contains(&fact.op.as_str()));
    let plain =
        facts.filter(|fact| fact.section == Some(Section::Inclusion) && !fact.conditional && !fact.except);
    plain
        .map(|limit| {
            (
                Age { limit, strict: matches!(limit.op.as_str(), "<" | ">") },
                limit.span.in_field("eligibility.text"),
            )
        })
        .collect()
}

/// `18 Years` as years.
fn years(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: f64 = number.parse().ok()?;
    match unit.to_lowercase().trim_end_matches('s') {
        "year" => Some(number),
        "month" => Some(number / 12.0),
        "week" => Some(number / 52.18),
        "day" => Some(number / 365.25),
        _ => None,
    }
}

fn sex(subject: &Subject<'_>) -> Vec<Hit> {
    let eligibility = &subject.trial.eligibility;
    let field = eligibility.sex.as_ref().filter(|sex| matches!(sex.as_str(), "MALE" | "FEMALE"));
    let (Some(field), Some(text)) = (field, eligibility.text.as_deref()) else { return Vec::new() };
    let tokens = crate::reading::lexer::lex(text);
    let words = crate::reading::phrases::Words::of(&tokens, text);
    let first_item =
        subject.readings.criteria.criteria.iter().filter(|item| item.section == Some(Section::Inclusion));
    let inclusion: Vec<_> = first_item.map(|item| item.span.range()).collect();
    for hit in subject.vocabulary.both_sexes.find(&words) {
        let raw = words.raw(hit.words());
        if inclusion.iter().any(|item| item.start <= raw.start && raw.end <= item.end)
            && starts_item(&inclusion, raw.start)
        {
            let span = Span::new("eligibility.text", raw);
            let said = span.of(text).unwrap_or_default().to_owned();
            return vec![Hit::new(format!("\"{said}\" in the criteria, {field} in the field"), vec![span])];
        }
    }
    Vec::new()
}

/// Whether a place is near the beginning of an item: there it is said who may enter.
fn starts_item(items: &[std::ops::Range<usize>], at: usize) -> bool {
    const NEAR: usize = 24;
    items.iter().any(|item| item.start <= at && at <= item.start + NEAR)
}

/// Words that a drug given before stands with.
const BEFORE: &[&str] = &["previously", "prior", "previous", "failed", "pretreated"];

fn prior_class(subject: &Subject<'_>) -> Vec<Hit> {
    for passage in subject.free_text() {
        let words = passage.words();
        let resistant = (0..words.len()).find(|at| {
            words.text(*at) == "pd"
                && words.text(at + 1) == "1"
                && words.text(at + 2) == "inhibitor"
                && matches!(words.text(at + 3), "resistant" | "refractory" | "resistance")
        });
        let Some(at) = resistant else { continue };
        let given = drugs_given_before(subject);
        let of = |class: &str| {
            given.iter().any(|(drug, _)| subject.vocabulary.drugs.get(drug).is_some_and(|c| c == class))
        };
        if of("pdl1") && !of("pd1") {
            let names: Vec<&str> = given.iter().map(|(drug, _)| drug.as_str()).collect();
            let mut spans = vec![passage.span(&words, at..at + 4)];
            spans.extend(given.iter().map(|(_, span)| span.clone()));
            return vec![Hit::new(
                format!("resistance to PD-1 inhibitors; given before: {}, of PD-L1", names.join(", ")),
                spans,
            )];
        }
    }
    Vec::new()
}

/// Drugs of the PD-1 and PD-L1 classes in sentences that speak of earlier treatment.
fn drugs_given_before(subject: &Subject<'_>) -> Vec<(String, Span)> {
    let mut given = Vec::new();
    for passage in subject.free_text() {
        let words = passage.words();
        let sentence = |at: usize| words.get(at).map(|word| word.sentence);
        for at in 0..words.len() {
            let class = subject.vocabulary.drugs.get(words.text(at)).filter(|class| class.starts_with("pd"));
            let before = || {
                (0..at).any(|other| sentence(other) == sentence(at) && BEFORE.contains(&words.text(other)))
            };
            if class.is_some() && before() {
                given.push((words.text(at).to_owned(), passage.span(&words, at..at + 1)));
            }
        }
    }
    given
}
