//! Limits in a few words, in their variable's canonical unit, so that limits of different texts compare at a glance.
//!
//! A limit that does not bind every patient by itself always says so in front; an exclusion's begins with `out if`. What
//! the text does not state (a unit) is said to be missing, and a converted value that had to be rounded carries `~`.

use crate::protocol::{Limit, LimitValue, Section, phrase};
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::units;

/// How a limit binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Every patient, by itself.
    Plain,
    /// Only under a condition that the text states.
    Conditional,
    /// It stands in an exception: it lets in.
    Exception,
    /// One of several of which one is enough.
    OneOf,
    /// Shuts out only together with others.
    Together,
}

impl Binding {
    /// How a limit binds.
    pub fn of(limit: &Limit) -> Self {
        match (limit.except, limit.conditional, limit.alternative, limit.section) {
            (true, ..) => Self::Exception,
            (_, true, ..) => Self::Conditional,
            (_, _, true, Some(Section::Exclusion)) => Self::Together,
            (_, _, true, _) => Self::OneOf,
            _ => Self::Plain,
        }
    }

    /// What is said in front of the limit; nothing for a plain one.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Conditional => "if: ",
            Self::Exception => "except: ",
            Self::OneOf => "one of: ",
            Self::Together => "together: ",
        }
    }

    /// The same as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Plain => "binds every patient",
            Self::Conditional => "holds only under a condition that the text states",
            Self::Exception => "stands in an exception: it lets in, and shuts nobody out",
            Self::OneOf => "one of several of which one is enough",
            Self::Together => "shuts out only together with others",
        }
    }
}

/// A limit, or the two ends of a range, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// How it binds.
    pub binding: Binding,
    /// `Neutrophils ≥ 1.5 ×10⁹/L`, `out if NYHA 3–4`, without what [`Binding::words`] says.
    pub text: String,
    /// The first of the limits it tells, as an index.
    pub first: usize,
    /// How many it tells: 2 for a range.
    pub count: usize,
}

impl Told {
    /// The limit itself, and for a time since something what it is counted from.
    pub fn parts(&self) -> (&str, &str) {
        let at = self.text.find(" since ").unwrap_or(self.text.len());
        self.text.split_at(at)
    }
}

/// Limits in words, in their order; the two ends of a range are one.
pub fn told(limits: &[&Limit]) -> Vec<Told> {
    let mut all = Vec::new();
    let mut index = 0;
    while let Some(limit) = limits.get(index) {
        let other = limits.get(index + 1).filter(|next| is_range(limit, next));
        // An exception lets in: what it says holds as it stands.
        let turned = limit.section == Some(Section::Exclusion) && !limit.except;
        let out = if turned { "out if " } else { "" };
        let text = match other {
            Some(high) => format!("{out}{}", range(limit, high)),
            None => format!("{out}{}", one(limit)),
        };
        let count = if other.is_some() { 2 } else { 1 };
        all.push(Told { binding: Binding::of(limit), text, first: index, count });
        index += count;
    }
    all
}

/// Whether two limits are the ends of one range, both included ("ECOG 0-1").
pub fn is_range(low: &Limit, high: &Limit) -> bool {
    low.op == ">="
        && high.op == "<="
        && low.variable == high.variable
        && low.span == high.span
        && low.unit == high.unit
        && Binding::of(low) == Binding::of(high)
}

/// What people call a variable.
pub fn label(variable: &str) -> String {
    match variable {
        "washout" => "Time since".to_owned(),
        _ => match Vocabulary::embedded().variable(variable).map(|known| known.label.as_str()) {
            Some(label) if !label.is_empty() => label.to_owned(),
            _ => variable.replace('_', " "),
        },
    }
}

/// A comparison's sign.
pub fn sign(op: &str) -> &str {
    match op {
        "<=" => "≤",
        ">=" => "≥",
        other => other,
    }
}

fn one(limit: &Limit) -> String {
    let (value, unit) = amount(limit);
    if limit.variable == "washout" {
        return format!("{} {value}{unit} since {}", sign(&limit.op), agent(limit));
    }
    let op = match &limit.value {
        LimitValue::Class(_) if limit.op == "=" => String::new(),
        _ => format!("{} ", sign(&limit.op)),
    };
    format!("{} {op}{value}{unit}", label(&limit.variable))
}

fn range(low: &Limit, high: &Limit) -> String {
    let ((from, _), (to, unit)) = (amount(low), amount(high));
    if low.variable == "washout" {
        return format!("{from}–{to}{unit} since {}", agent(low));
    }
    format!("{} {from}–{to}{unit}", label(&low.variable))
}

/// What a time is counted from, without what is excepted from it.
pub fn agent(limit: &Limit) -> String {
    let words = limit.agent.as_deref().unwrap_or("it");
    let end = [", except", " except", ", unless", " unless", " other than"]
        .iter()
        .filter_map(|word| words.find(word))
        .min();
    let words = words.get(..end.unwrap_or(words.len())).unwrap_or(words).trim().trim_end_matches([',', ';']);
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        // A word at the start of its sentence, and no abbreviation.
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            let rest = words.get(first.len_utf8()..).unwrap_or_default();
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => words.to_owned(),
    }
}

/// A limit's value and its unit with a blank in front where one belongs, both canonical.
fn amount(limit: &Limit) -> (String, String) {
    let number = match &limit.value {
        LimitValue::Class(class) => return (class.clone(), String::new()),
        LimitValue::Number(number) => number.0,
    };
    let Some(unit) = limit.unit.as_deref() else { return (plain(number), " (no unit stated)".to_owned()) };
    let (value, unit) = canonical(&limit.variable, number, unit);
    let unit = counted(&value, &unit);
    (value, unit)
}

/// A unit behind its number: `1 month`, `2 months`.
fn counted(value: &str, unit: &str) -> String {
    let words = unit_words(unit);
    if value == "1" && TIMES.contains(&unit) { words.trim_end_matches('s').to_owned() } else { words }
}

/// Units that have a plural.
const TIMES: &[&str] = &["hour", "day", "week", "month", "year"];

/// A value of a variable in the unit that limits on it are told in, rounded to be read, and that unit.
pub fn canonical(variable: &str, number: f64, unit: &str) -> (String, String) {
    let vocabulary = Vocabulary::embedded();
    if variable == "washout" {
        // Months and years have no whole number of days: they stay as the text counts.
        return match unit {
            "hour" | "week" => match units::days(vocabulary, number, unit) {
                Some(days) => (rounded(days, number), "day".to_owned()),
                None => (plain(number), unit.to_owned()),
            },
            _ => (plain(number), unit.to_owned()),
        };
    }
    match units::canonical(vocabulary, variable, number, unit) {
        Some((value, canonical)) => (rounded(value, number), canonical.to_owned()),
        None => (plain(number), unit.to_owned()),
    }
}

/// A converted value to four figures, with `~` where that drops something. `stated` is what it was converted from.
fn rounded(value: f64, stated: f64) -> String {
    if (value - stated).abs() <= value.abs() * 1e-9 {
        return plain(stated);
    }
    if value == 0.0 || !value.is_finite() {
        return plain(value);
    }
    let digits = 3 - value.abs().log10().floor() as i32;
    let scale = 10_f64.powi(digits);
    let short = (value * scale).round() / scale;
    let exact = (short - value).abs() <= value.abs() * 1e-9;
    // Binary fractions print their dust: cut it off at the figures that count.
    let text = format!("{short:.places$}", places = usize::try_from(digits.max(0)).unwrap_or(0));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if exact { text.to_owned() } else { format!("~{text}") }
}

/// A number to four figures, with `~` where that drops something.
pub fn short(value: f64) -> String {
    rounded(value, f64::NAN)
}

fn plain(value: f64) -> String {
    phrase::number(value)
}

/// How units are written for people.
const UNIT_WORDS: &[(&str, &str)] = &[
    ("10^9/L", " ×10⁹/L"),
    ("10^6/L", " ×10⁶/L"),
    ("10^3/uL", " ×10³/µL"),
    ("/uL", " /µL"),
    ("/mm3", " /mm³"),
    ("umol/L", " µmol/L"),
    ("ug/L", " µg/L"),
    ("ug/dL", " µg/dL"),
    ("mL/min/1.73m2", " mL/min/1.73 m²"),
    ("kg/m2", " kg/m²"),
    ("ULN", " × ULN"),
    ("LLN", " × LLN"),
    ("%", "%"),
    ("C", " °C"),
    ("F", " °F"),
    ("hour", " hours"),
    ("day", " days"),
    ("week", " weeks"),
    ("month", " months"),
    ("year", " years"),
    ("", ""),
];

/// A unit for people, with a blank in front where one belongs.
pub fn unit_words(unit: &str) -> String {
    UNIT_WORDS
        .iter()
        .find(|(code, _)| *code == unit)
        .map_or_else(|| format!(" {unit}"), |(_, words)| (*words).to_owned())
}

/// A number entered, with its unit, as it was entered.
pub fn entered(value: f64, unit: &str) -> String {
    let value = plain(value);
    format!("{value}{}", counted(&value, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::criteria::read;

    fn shown(text: &str) -> Vec<String> {
        let facts = read(text).facts;
        let facts: Vec<&Limit> = facts.iter().collect();
        told(&facts).into_iter().map(|told| format!("{}{}", told.binding.words(), told.text)).collect()
    }

    #[test]
    fn limits_are_told_in_one_unit_a_variable() {
        for (text, expected) in [
            ("Inclusion Criteria:\n* ANC >= 1500/uL", "Neutrophils ≥ 1.5 ×10⁹/L"),
            ("Inclusion Criteria:\n* Hemoglobin at least 90 g/L", "Haemoglobin ≥ 9 g/dL"),
            ("Inclusion Criteria:\n* Creatinine ≤ 133 µmol/L", "Creatinine ≤ ~1.504 mg/dL"),
            ("Inclusion Criteria:\n* Age 18 to 75 years", "Age 18–75 years"),
            (
                "Inclusion Criteria:\n* ALT no more than 2.5 times the upper limit of normal",
                "ALT ≤ 2.5 × ULN",
            ),
            ("Exclusion Criteria:\n* NYHA class III or IV heart failure", "out if NYHA 3–4"),
            (
                "Exclusion Criteria:\n* Chemotherapy within 4 weeks before the first dose",
                "out if < 28 days since chemotherapy",
            ),
            ("Inclusion Criteria:\n* Child-Pugh A", "Child-Pugh A"),
            ("Exclusion Criteria:\n* Stroke within 1 month", "out if < 1 month since stroke"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_does_not_bind_everybody_says_so() {
        assert_eq!(
            shown("Inclusion Criteria:\n* ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)"),
            ["ALT ≤ 2.5 × ULN", "if: ALT ≤ 5 × ULN"]
        );
        assert_eq!(
            shown("Inclusion Criteria:\n* Creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min"),
            ["one of: Creatinine ≤ 1.5 × ULN", "one of: Creatinine clearance ≥ 60 mL/min"]
        );
        let exception = shown(
            "Exclusion Criteria:\n* Other malignancy, except those free of disease for more than 5 years",
        );
        assert_eq!(exception, ["except: > 5 years since malignancy"]);
    }
}
