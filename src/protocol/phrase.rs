//! Rows in short words, as a person would say them: doses, routes, times. For screens, comparisons and print.

use super::{Administration, DurationBound, Period, PeriodUnit, Trial};

/// Units that are not written in lower case.
const UNIT_WORDS: &[(&str, &str)] = &[
    ("iu", "IU"),
    ("iu/kg", "IU/kg"),
    ("iu/m2", "IU/m2"),
    ("ml", "mL"),
    ("mg/ml", "mg/mL"),
    ("gy", "Gy"),
    ("cgy", "cGy"),
    ("mci", "mCi"),
    ("mbq", "MBq"),
    ("gbq", "GBq"),
    ("vp", "VP"),
    ("pfu", "PFU"),
];

/// Routes that people abbreviate in capitals.
const ROUTE_WORDS: &[(&str, &str)] = &[
    ("iv", "IV"),
    ("sc", "SC"),
    ("im", "IM"),
    ("ia", "intra-arterial"),
    ("it", "intrathecal"),
    ("ip", "IP"),
    ("other", "other route"),
];

/// Numbers from here on are written as powers of ten.
const LARGE: f64 = 1e6;

/// Digits of an exponent.
const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// A number; a large one as a power of ten (`5×10⁷`).
pub fn number(value: f64) -> String {
    if value < LARGE {
        return value.to_string();
    }
    let mut exponent = value.log10().floor() as u32;
    let mut mantissa = value / 10_f64.powi(exponent as i32);
    if mantissa >= 10.0 {
        mantissa /= 10.0;
        exponent += 1;
    }
    let mantissa = (mantissa * 1e6).round() / 1e6;
    let raised: String =
        exponent.to_string().chars().filter_map(|c| RAISED.get(c.to_digit(10)? as usize)).collect();
    format!("{mantissa}×10{raised}")
}

/// A unit as it is written.
pub fn unit(unit: &str) -> &str {
    UNIT_WORDS.iter().find(|(code, _)| *code == unit).map_or(unit, |(_, words)| words)
}

/// A route in words.
pub fn route(route: &str) -> &str {
    ROUTE_WORDS.iter().find(|(code, _)| *code == route).map_or(route, |(_, words)| words)
}

/// A treatment's name with the capitals of the record, where it is more than a word at the start of a sentence: a code
/// (`XY-101`), an abbreviation, a name. Rows keep names in lower case.
pub fn written(trial: &Trial, name: &str) -> String {
    let treatments = trial.interventions.iter();
    let named = treatments.clone().flat_map(|one| std::iter::once(&one.name).chain(&one.other_names));
    let arms = trial.arms.iter();
    let told = arms.clone().filter_map(|arm| arm.description.as_ref());
    let told = told.chain(treatments.filter_map(|one| one.description.as_ref()));
    let prose = [&trial.description.brief, &trial.description.detailed].into_iter().flatten();
    let mut texts = named.chain(arms.map(|arm| &arm.label)).chain(told).chain(prose).chain([&trial.title]);
    let found = texts.find_map(|text| written_in(text, name));
    found.filter(|found| is_name(found)).unwrap_or(name).to_owned()
}

/// Where a text has the name as words of their own, whatever their case.
fn written_in<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let lower = text.to_lowercase();
    if name.is_empty() || lower.len() != text.len() {
        return None;
    }
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |at: &usize| {
        let before = lower.get(..*at).and_then(|text| text.chars().next_back());
        let behind = lower.get(at + name.len()..).and_then(|text| text.chars().next());
        !is_word(before) && !is_word(behind)
    };
    let at = lower.match_indices(name).map(|(at, _)| at).find(whole)?;
    text.get(at..at + name.len())
}

/// Whether the capitals are more than the one of a sentence's first word.
fn is_name(words: &str) -> bool {
    let mut letters = words.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    letters.clone().any(char::is_uppercase) || first && letters.any(|c| c.is_ascii_digit())
}

fn amount(value: &str, of: Option<&str>) -> String {
    match of {
        Some("auc") => format!("AUC {value}"),
        Some("%") => format!("{value}%"),
        Some(name) => format!("{value} {}", unit(name)),
        None => value.to_owned(),
    }
}

/// How much of it, and for whom: `80 mg`, `60–75 mg/m2`, `AUC 5`, `150 mg if weight < 50 kg`; `by level` for an
/// escalation; empty when no dose is stated.
pub fn dose(row: &Administration) -> String {
    joined([amount_of(row), whom(row)], " ")
}

/// As it is written; in brackets where no word leads to it: `12 mg oral (body weight ≥ 60 kg)`.
fn whom(row: &Administration) -> String {
    let Some(whom) = row.whom.as_deref() else { return String::new() };
    let first = whom.split(' ').next().unwrap_or_default().to_lowercase();
    let led = matches!(first.as_str(), "if" | "when" | "for" | "in" | "with");
    if led { whom.to_owned() } else { format!("({whom})") }
}

fn amount_of(row: &Administration) -> String {
    let value = match (row.dose, row.dose_max) {
        (Some(dose), Some(most)) => format!("{}–{}", number(dose.0), number(most.0)),
        (Some(dose), None) => number(dose.0),
        (None, _) if !row.levels.is_empty() => return "by level".to_owned(),
        (None, Some(most)) => format!("up to {}", number(most.0)),
        (None, None) => return String::new(),
    };
    amount(&value, row.unit.as_deref())
}

/// The levels of an escalation: `5×10⁷ → 5×10⁸ VP`; empty when there are none.
pub fn levels(row: &Administration) -> String {
    if row.levels.is_empty() {
        return String::new();
    }
    let levels: Vec<String> = row.levels.iter().map(|level| number(level.0)).collect();
    amount(&levels.join(" → "), row.unit.as_deref())
}

/// Dose and route, and for whom: `80 mg IV`, `150 mg oral if weight < 50 kg`.
pub fn dose_and_route(row: &Administration) -> String {
    let route = row.route.as_deref().map(route).unwrap_or_default();
    joined([amount_of(row), route.to_owned(), whom(row)], " ")
}

/// How often on a day or in a week: `twice a day`, `3 times a week`, `every 3 weeks`.
pub fn frequency(row: &Administration) -> String {
    let times = |count: f64, per: &str| match count {
        1.0 => format!("once a {per}"),
        2.0 => format!("twice a {per}"),
        _ => format!("{count} times a {per}"),
    };
    let parts = [
        row.per_day.map(|n| times(n.0, "day")).unwrap_or_default(),
        row.per_week.map(|n| times(n.0, "week")).unwrap_or_default(),
        row.every.map(|length| format!("every {}", interval(length))).unwrap_or_default(),
    ];
    joined(parts, ", ")
}

/// Days of the cycle with runs drawn together: `days 1–5, 8`; empty when none are stated.
pub fn days(row: &Administration) -> String {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for day in &row.days {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *day => *last = *day,
            _ => runs.push((*day, *day)),
        }
    }
    if runs.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = runs
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect();
    let word = if row.days.len() == 1 { "day" } else { "days" };
    format!("{word} {}", shown.join(", "))
}

/// Everything about when: frequency, days, cycle, cycles, duration, how many doses, how long one takes.
pub fn timing(row: &Administration) -> String {
    let parts = [
        frequency(row),
        days(row),
        row.cycle.map(|cycle| format!("{} cycle", adjective(cycle))).unwrap_or_default(),
        row.cycles.map(cycles).unwrap_or_default(),
        lasting(row),
    ];
    joined(parts, ", ")
}

/// How long it lasts: `for 1 year, 4 doses, over 30 minutes`.
pub fn lasting(row: &Administration) -> String {
    let length = duration(row);
    let parts = [
        if length.is_empty() { length } else { format!("for {length}") },
        row.doses
            .map(|count| if count == 1 { "1 dose".to_owned() } else { format!("{count} doses") })
            .unwrap_or_default(),
        row.infusion_time.map(|least| over(least, row.infusion_time_max)).unwrap_or_default(),
    ];
    joined(parts, ", ")
}

/// The length of the treatment: `at least 6 months`; empty when none is stated.
pub fn duration(row: &Administration) -> String {
    let bound = match row.duration_bound {
        None => "",
        Some(DurationBound::AtLeast) => "at least ",
        Some(DurationBound::UpTo) => "up to ",
        Some(DurationBound::About) => "about ",
    };
    row.duration.map(|length| format!("{bound}{}", period(length))).unwrap_or_default()
}

/// How long one infusion takes: `over 30 minutes`, `over 6–10 minutes`.
fn over(least: Period, most: Option<Period>) -> String {
    match most {
        None => format!("over {}", period(least)),
        Some(most) if most.unit == least.unit => format!("over {}–{}", least.value, period(most)),
        Some(most) => format!("over {} to {}", period(least), period(most)),
    }
}

/// How many cycles.
pub fn cycles(count: u32) -> String {
    if count == 1 { "1 cycle".to_owned() } else { format!("{count} cycles") }
}

/// A length of time: `3 weeks`, `1 day`.
pub fn period(period: Period) -> String {
    let unit = unit_word(period.unit);
    if period.value == 1.0 { format!("1 {unit}") } else { format!("{} {unit}s", period.value) }
}

/// A length of time behind "every": `3 weeks`, `day`.
pub fn interval(length: Period) -> String {
    if length.value == 1.0 { unit_word(length.unit).to_owned() } else { period(length) }
}

/// A length of time before a noun: `28-day`.
pub fn adjective(period: Period) -> String {
    format!("{}-{}", period.value, unit_word(period.unit))
}

fn unit_word(unit: PeriodUnit) -> &'static str {
    match unit {
        PeriodUnit::Second => "second",
        PeriodUnit::Minute => "minute",
        PeriodUnit::Hour => "hour",
        PeriodUnit::Day => "day",
        PeriodUnit::Week => "week",
        PeriodUnit::Month => "month",
        PeriodUnit::Year => "year",
    }
}

/// The part of the treatment that a regimen is: what no words say is said where another part stands above it.
pub fn part(epoch: Option<&str>, later: bool) -> String {
    match epoch {
        Some(epoch) => event(epoch),
        None if later => "part of the treatment not told".to_owned(),
        None => String::new(),
    }
}

/// An event's code in words: `end_of_study` → `end of study`.
pub fn event(code: &str) -> String {
    // One that has no name of its own; which one it is stands in the words.
    if code == "other" { "another event".to_owned() } else { code.replace('_', " ") }
}

fn joined<const N: usize>(parts: [String; N], separator: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Number;

    #[test]
    fn a_name_has_the_capitals_of_the_record() {
        let mut trial = Trial::default();
        trial.description.detailed =
            Some("Drugamab 5 mg with XY-101, after XY-1010. Cell-M1 cells, and FOLFOX.".to_owned());
        for (name, shown) in [
            ("xy-101", "XY-101"),
            ("cell-m1", "Cell-M1"),
            ("folfox", "FOLFOX"),
            ("drugamab", "drugamab"),
            ("othermab", "othermab"),
            ("xy-10", "xy-10"),
        ] {
            assert_eq!(written(&trial, name), shown);
        }
    }

    #[test]
    fn a_row_reads_as_one_would_say_it() {
        let row = Administration {
            dose: Some(Number(35.0)),
            unit: Some("mg/m2".to_owned()),
            route: Some("oral".to_owned()),
            per_day: Some(Number(2.0)),
            days: vec![1, 2, 3, 4, 5, 8],
            cycle: Some(Period::new(28.0, PeriodUnit::Day)),
            cycles: Some(6),
            ..Administration::default()
        };
        assert_eq!(dose_and_route(&row), "35 mg/m2 oral");
        let light = Administration { whom: Some("if weight < 50 kg".to_owned()), ..row.clone() };
        assert_eq!(dose(&light), "35 mg/m2 if weight < 50 kg");
        assert_eq!(dose_and_route(&light), "35 mg/m2 oral if weight < 50 kg");
        let light = Administration { whom: Some("body weight < 50 kg".to_owned()), ..row.clone() };
        assert_eq!(dose_and_route(&light), "35 mg/m2 oral (body weight < 50 kg)");
        assert_eq!(timing(&row), "twice a day, days 1–5, 8, 28-day cycle, 6 cycles");
    }

    #[test]
    fn levels_and_odd_units_keep_their_writing() {
        let row = Administration {
            levels: vec![Number(5e7), Number(1e10)],
            unit: Some("vp".to_owned()),
            ..Administration::default()
        };
        assert_eq!((dose(&row).as_str(), levels(&row).as_str()), ("by level", "5×10⁷ → 1×10¹⁰ VP"));
        let auc = Administration {
            dose: Some(Number(5.0)),
            unit: Some("auc".to_owned()),
            ..Administration::default()
        };
        assert_eq!(dose(&auc), "AUC 5");
        assert_eq!(number(1.5), "1.5");
    }
}
