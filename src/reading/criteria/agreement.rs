//! Whether the record's structured ages and sex say what its eligibility text says.
//!
//! Only plain contradictions and gaps are told: a trial whose cohorts have ages of their own is in agreement when one
//! of them is the record's.

use crate::protocol::{CriteriaReading, CriterionRole, Eligibility, Limit, LimitValue, Section, Span};
use crate::reading::units;

use super::vocabulary::Vocabulary;

/// A structured field that says something else than the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The field, as a path in the trial's JSON form (`eligibility.minimum_age`).
    pub field: &'static str,
    /// What the field says; empty where it says nothing.
    pub recorded: String,
    /// What the text says, in plain words.
    pub stated: String,
    /// The words in the eligibility text.
    pub span: Span,
}

/// Every disagreement, ages first. `text` is the eligibility text that `reading` was read from.
pub fn disagreements(eligibility: &Eligibility, text: &str, reading: &CriteriaReading) -> Vec<Disagreement> {
    let mut found = Vec::new();
    found.extend(age(reading, "eligibility.minimum_age", eligibility.minimum_age.as_deref(), true));
    found.extend(age(reading, "eligibility.maximum_age", eligibility.maximum_age.as_deref(), false));
    found.extend(sex(eligibility, text, reading));
    found
}

/// One end of the ages.
fn age(
    reading: &CriteriaReading,
    field: &'static str,
    recorded: Option<&str>,
    lower: bool,
) -> Option<Disagreement> {
    let ends: Vec<(&Limit, f64)> = reading
        .facts
        .iter()
        .filter(|limit| limit.variable == "age" && !limit.except)
        .filter(|limit| is_lower(limit) == Some(lower))
        .filter_map(|limit| Some((limit, in_days(limit)?)))
        .collect();
    let (first, _) = ends.iter().find(|(limit, _)| !limit.conditional)?;
    let recorded_days = recorded.and_then(recorded_age);
    let agrees = match recorded_days {
        // "Older than 17" and "18 years" are the same to a registry.
        Some(days) => {
            ends.iter().any(|(_, end)| units::same(*end, days) || (end - days).abs() <= 366.0 && end < &days)
        }
        None => recorded.is_some_and(|text| !text.trim().is_empty() && recorded_age(text).is_none()),
    };
    (!agrees).then(|| Disagreement {
        field,
        recorded: recorded.unwrap_or_default().to_owned(),
        stated: stated(first),
        span: first.span.clone(),
    })
}

/// Whether a limit bounds what is allowed from below; `None` for `=`.
fn is_lower(limit: &Limit) -> Option<bool> {
    let excluded = limit.section == Some(Section::Exclusion);
    match limit.op.as_str() {
        ">" | ">=" => Some(!excluded),
        "<" | "<=" => Some(excluded),
        _ => None,
    }
}

fn in_days(limit: &Limit) -> Option<f64> {
    let LimitValue::Number(value) = &limit.value else { return None };
    units::days(Vocabulary::embedded(), value.0, limit.unit.as_deref()?)
}

/// "18 Years", "6 Months" in days.
fn recorded_age(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let unit = unit.trim().to_lowercase();
    let unit = unit.strip_suffix('s').unwrap_or(&unit);
    if unit == "minute" {
        return number.parse().ok().map(|minutes: f64| minutes / 1_440.0);
    }
    units::days(Vocabulary::embedded(), number.parse().ok()?, unit)
}

fn stated(limit: &Limit) -> String {
    let value = match &limit.value {
        LimitValue::Number(number) => number.to_string(),
        LimitValue::Class(class) => class.clone(),
    };
    let side = if limit.section == Some(Section::Exclusion) { "excluded: " } else { "" };
    format!("{side}{} {value} {}", limit.op, limit.unit.as_deref().unwrap_or_default()).trim_end().to_owned()
}

/// Words for both sexes.
const BOTH: &[&str] = &[
    "male or female",
    "female or male",
    "male and female",
    "female and male",
    "men and women",
    "women and men",
    "men or women",
    "women or men",
    "males and females",
    "females and males",
    "males or females",
    "both sexes",
    "either sex",
    "both genders",
    "any gender",
    "either gender",
    "male/female",
    "all genders",
];
/// Words that begin a criterion for one sex.
const ONE: &[(&str, &[&str])] = &[
    (
        "FEMALE",
        &[
            "female patients",
            "female subjects",
            "female participants",
            "females",
            "women",
            "adult women",
            "adult female",
            "female",
        ],
    ),
    (
        "MALE",
        &[
            "male patients",
            "male subjects",
            "male participants",
            "males",
            "men",
            "adult men",
            "adult male",
            "male",
        ],
    ),
];

/// A record for one sex over a text for both, or the other way round.
fn sex(eligibility: &Eligibility, text: &str, reading: &CriteriaReading) -> Option<Disagreement> {
    let recorded = eligibility.sex.as_ref()?.as_str();
    let included = reading
        .criteria
        .iter()
        .filter(|c| c.role == CriterionRole::Item && c.section != Some(Section::Exclusion) && c.depth == 0);
    for criterion in included {
        let words = criterion.text.to_lowercase();
        if let Some(both) = BOTH.iter().find(|both| words.contains(**both)) {
            let span = span_of(text, criterion.span.range(), both)?;
            return matches!(recorded, "MALE" | "FEMALE").then(|| told(recorded, "both sexes", span));
        }
    }
    // One sex only counts where it stands with the age: "women of childbearing potential must …" is no limit.
    let aged = reading
        .facts
        .iter()
        .filter(|f| f.variable == "age" && !f.conditional && f.section != Some(Section::Exclusion));
    for limit in aged {
        let criterion = reading
            .criteria
            .iter()
            .find(|c| c.span.start <= limit.span.start && limit.span.end <= c.span.end)?;
        let words = criterion.text.to_lowercase();
        for (code, openings) in ONE {
            let opens = openings.iter().find(|opening| begins(&words, opening));
            if let Some(opening) = opens.filter(|_| *code != recorded && !mentions_other(&words, code)) {
                let span = span_of(text, criterion.span.range(), opening)?;
                let stated = if *code == "MALE" { "men" } else { "women" };
                return Some(told(recorded, stated, span));
            }
        }
    }
    None
}

/// Whether a criterion begins with a phrase, as whole words, and goes on to an age.
fn begins(words: &str, opening: &str) -> bool {
    words.strip_prefix(opening).is_some_and(|rest| {
        let rest = rest.trim_start_matches([' ', ',', '(', '>', '\\', '=', '≥']);
        rest.starts_with("age")
            || rest.starts_with("between")
            || rest.starts_with(|c: char| c.is_ascii_digit())
            || rest.starts_with("over")
            || rest.starts_with("older")
            || rest.starts_with("at least")
    })
}

fn mentions_other(words: &str, code: &str) -> bool {
    let other: &[&str] =
        if code == "MALE" { &["female", "women", "woman"] } else { &[" male", " men", " man"] };
    other.iter().any(|word| words.contains(word))
}

fn told(recorded: &str, stated: &str, span: Span) -> Disagreement {
    Disagreement { field: "eligibility.sex", recorded: recorded.to_owned(), stated: stated.to_owned(), span }
}

/// Where a phrase stands in a part of the text; its case may differ.
fn span_of(text: &str, range: std::ops::Range<usize>, phrase: &str) -> Option<Span> {
    let part = text.get(range.clone())?;
    let at = part.char_indices().map(|(at, _)| at).find(|at| {
        part.get(*at..at + phrase.len()).is_some_and(|found| found.eq_ignore_ascii_case(phrase))
    })?;
    Some(Span::new("eligibility.text", range.start + at..range.start + at + phrase.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::criteria::read;

    fn told_of(sex: &str, minimum: Option<&str>, maximum: Option<&str>, text: &str) -> Vec<String> {
        let eligibility = Eligibility {
            sex: Some(sex.into()),
            minimum_age: minimum.map(str::to_owned),
            maximum_age: maximum.map(str::to_owned),
            ..Eligibility::default()
        };
        let found = disagreements(&eligibility, text, &read(text));
        found
            .iter()
            .map(|d| {
                let words = d.span.of(text).expect("a span inside the text");
                format!("{} {:?} / {} «{words}»", d.field, d.recorded, d.stated)
            })
            .collect()
    }

    #[test]
    fn ages_that_differ_are_told_with_their_words() {
        assert_eq!(
            told_of("ALL", Some("18 Years"), None, "Inclusion Criteria:\n* Age 20 to 75 years"),
            [
                "eligibility.minimum_age \"18 Years\" / >= 20 year «Age 20 to 75 years»",
                "eligibility.maximum_age \"\" / <= 75 year «Age 20 to 75 years»",
            ]
        );
    }

    #[test]
    fn ages_that_agree_are_not() {
        for text in [
            "Inclusion Criteria:\n* Age 18 to 75 years",
            "Inclusion Criteria:\n* Older than 17 years\nExclusion Criteria:\n* Age above 75",
            "Inclusion Criteria:\n* Men: 18 to 75 years\n* Consent",
        ] {
            assert_eq!(told_of("ALL", Some("18 Years"), Some("75 Years"), text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_sex_that_differs_is_told() {
        assert_eq!(
            told_of(
                "MALE",
                Some("18 Years"),
                None,
                "Inclusion Criteria:\n* Male or female, at least 18 years old"
            ),
            ["eligibility.sex \"MALE\" / both sexes «Male or female»"]
        );
        assert_eq!(
            told_of("ALL", Some("18 Years"), None, "Inclusion Criteria:\n* Women aged 18 years or older"),
            ["eligibility.sex \"ALL\" / women «Women»"]
        );
        let childbearing =
            "Inclusion Criteria:\n* Age ≥ 18 years\n* Women of childbearing potential use contraception";
        assert_eq!(told_of("ALL", Some("18 Years"), None, childbearing), [""; 0]);
    }
}
