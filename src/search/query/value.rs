//! Comparators and the values they compare with.

use jiff::civil::Date;

use super::field::FieldKind;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=` or `:`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
}

/// The signs, longest first, so that `<=` is not taken for `<`.
const SIGNS: &[(&str, Comparator)] = &[
    ("<=", Comparator::AtMost),
    (">=", Comparator::AtLeast),
    ("=<", Comparator::AtMost),
    ("=>", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("<", Comparator::Less),
    (">", Comparator::Greater),
    ("=", Comparator::Equal),
    (":", Comparator::Equal),
];

impl Comparator {
    /// The comparator at the start of a text, and its length in bytes.
    pub fn at_start(text: &str) -> Option<(Self, usize)> {
        SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, c)| (*c, sign.len()))
    }

    /// Whether `left` stands in this relation to `right`.
    pub fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::AtLeast => left >= right,
            Self::Greater => left > right,
        }
    }
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A whole number, or a phase (0 is early phase 1).
    Count(u64),
    /// An age in days.
    AgeDays(f64),
    /// A span of days, both ends inside: `2025-01` is its whole month.
    Days(Date, Date),
    /// A registry's word, in lower case.
    Word(String),
}

/// Age units by their first letters, in days.
const AGE_UNITS: &[(&str, f64)] =
    &[("years", 365.25), ("months", 30.4375), ("mo", 30.4375), ("weeks", 7.0), ("days", 1.0)];

impl Operand {
    /// Reads a value for a field of that kind.
    ///
    /// # Errors
    /// A message that says what would be right.
    pub fn read(kind: FieldKind, text: &str) -> Result<Self, String> {
        match kind {
            FieldKind::Count => text
                .replace(',', "")
                .parse()
                .map(Self::Count)
                .map_err(|_| wrong(text, "a whole number", "100")),
            FieldKind::Phase => phase(text).ok_or_else(|| wrong(text, "a phase", "2")),
            FieldKind::Age => age(text).ok_or_else(|| wrong(text, "an age", "17, 6m or 2w")),
            FieldKind::Date => date(text).ok_or_else(|| wrong(text, "a date", "2025, 2025-01 or 2025-01-31")),
            FieldKind::Words | FieldKind::Code => Ok(Self::Word(text.to_lowercase())),
        }
    }
}

fn wrong(text: &str, what: &str, example: &str) -> String {
    if text.is_empty() {
        format!("{what} is missing, such as {example}")
    } else {
        format!("\"{text}\" is not {what}, such as {example}")
    }
}

fn phase(text: &str) -> Option<Operand> {
    let lower = text.to_lowercase();
    if lower == "none" {
        return Some(Operand::Word(lower));
    }
    let number = match lower.trim_start_matches("phase").trim_start_matches('_').trim() {
        "0" | "early" | "early_phase1" => 0,
        "1" | "i" => 1,
        "2" | "ii" => 2,
        "3" | "iii" => 3,
        "4" | "iv" => 4,
        _ => return None,
    };
    Some(Operand::Count(number))
}

fn age(text: &str) -> Option<Operand> {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.parse().ok()?;
    let unit = unit.trim().to_lowercase();
    if unit.is_empty() {
        return Some(Operand::AgeDays(number * 365.25));
    }
    let (_, days) = AGE_UNITS.iter().find(|(name, _)| name.starts_with(&unit))?;
    Some(Operand::AgeDays(number * days))
}

fn date(text: &str) -> Option<Operand> {
    let mut parts = text.split('-');
    let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some(Operand::Days(first, last))
}
