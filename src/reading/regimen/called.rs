//! Whether two rows speak of one treatment, under one name or two.

use crate::protocol::{Administration, Intervention};
use crate::reading::names::{alike, key};

/// The names by which a trial calls one intervention: "drugamab (Brandix)", and those it lists besides.
#[derive(Debug, Default)]
pub(super) struct Called {
    keys: Vec<String>,
}

impl Called {
    /// The names of an intervention. None where its text gives several treatments: its names are theirs then, not one's.
    pub fn of(given: &Intervention, rows: &[Administration]) -> Self {
        let one = rows.iter().all(|row| rows.first().is_some_and(|first| same_drug(first, row)));
        if !one {
            return Self::default();
        }
        let brackets = given.name.split(['(', '[']).skip(1);
        let inside = brackets.filter_map(|part| part.split([')', ']']).next());
        let others = given.other_names.iter().map(String::as_str);
        let all = std::iter::once(given.name.as_str()).chain(inside).chain(others);
        Self { keys: all.map(key).filter(|name| !name.is_empty()).collect() }
    }

    /// Whether a row is of this intervention, by any of its names.
    pub fn is_name_of(&self, row: &Administration) -> bool {
        let drug = key(&row.drug);
        self.keys.iter().any(|name| alike(name, &drug))
    }

    /// Whether two rows are of one treatment.
    pub fn same(&self, one: &Administration, other: &Administration) -> bool {
        same_drug(one, other) || self.is_name_of(one) && self.is_name_of(other)
    }
}

pub(super) fn same_drug(one: &Administration, other: &Administration) -> bool {
    alike(&key(&one.drug), &key(&other.drug))
}

/// Whether one name is the other with more words: "botulinum toxin" and "botulinum toxin type a", "placebo" and "placebo
/// for drugamab", "NDV 3A vaccine" and "NDV-3A".
pub(super) fn is_short_for(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let begins = |long: &str, short: &str| {
        is_telling(short) && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
    };
    let placebo = |long: &str, short: &str| short == "placebo" && long.ends_with(" placebo");
    one == other
        || begins(&one, &other)
        || begins(&other, &one)
        || placebo(&one, &other)
        || placebo(&other, &one)
}

/// Whether a name goes on in the other with how strong the product is, and a row's dose does not speak against it: "drugamab
/// 0.1%" for "drugamab".
pub(super) fn is_strength_of(named: &Administration, other: &Administration) -> bool {
    let Some(rest) = named.drug.to_lowercase().strip_prefix(&other.drug.to_lowercase()).map(str::to_owned)
    else {
        return false;
    };
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let number = rest.trim_start();
    let unit = number.trim_start_matches(digits).trim_start();
    let strength = number.get(..number.len() - number.trim_start_matches(digits).len()).unwrap_or_default();
    rest.starts_with(' ')
        && other.unit.as_deref() == Some(unit)
        && other.dose.is_some_and(|dose| strength.parse().is_ok_and(|strength: f64| strength == dose.0))
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace('-', " ")
}

/// Names of fewer letters may begin others by chance; a number, or a name that is everywhere the same, does not.
fn is_telling(name: &str) -> bool {
    const LONG: usize = 8;
    let code = name.chars().any(|c| c.is_ascii_digit()) && name.chars().any(char::is_alphabetic);
    name.len() >= LONG || name == "placebo" || code && name.len() >= SHORTEST_CODE
}

/// "AB1" is too short to be sure.
const SHORTEST_CODE: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Number;

    fn row(drug: &str, dose: Option<f64>) -> Administration {
        Administration { drug: drug.to_owned(), dose: dose.map(Number), ..Administration::default() }
    }

    #[test]
    fn an_intervention_goes_by_its_names_while_it_is_one_treatment() {
        let given = Intervention {
            name: "Drugamab (Brandix)".to_owned(),
            other_names: vec!["DR-50".to_owned()],
            ..Intervention::default()
        };
        let rows = [row("drugamab", None)];
        let called = Called::of(&given, &rows);
        assert!(called.same(&row("brandix", None), &row("DR-50", None)));
        assert!(!called.same(&row("othermab", None), &row("drugamab", None)));
        let two = [row("drugamab", None), row("othermab", None)];
        assert!(!Called::of(&given, &two).same(&row("brandix", None), &row("DR-50", None)));
    }

    #[test]
    fn longer_names_and_strengths() {
        for (one, other, same) in [
            ("placebo", "Placebo for drugamab", true),
            ("drugamab placebo", "placebo", true),
            ("NDV 3A vaccine", "NDV-3A", true),
            ("insulin", "insulin glargine", false),
            ("AB1", "AB1 tosylate", false),
        ] {
            assert_eq!(is_short_for(one, other), same, "{one} | {other}");
        }
        let of =
            |dose, unit: &str| Administration { unit: Some(unit.to_owned()), ..row("drugamab", Some(dose)) };
        let named = row("Drugamab 0.1%", None);
        assert!(is_strength_of(&named, &of(0.1, "%")));
        assert!(!is_strength_of(&named, &of(0.5, "%")));
        assert!(!is_strength_of(&named, &of(0.1, "ml")));
        assert!(!is_strength_of(&row("interleukin 2", None), &row("interleukin", Some(2.0))));
    }
}
