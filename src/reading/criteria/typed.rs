//! What a patient must satisfy: a trial's limits as bounds, one a variable and unit.
//!
//! Exclusions are turned round; exceptions, conditional limits and alternatives do not count, for they shut nobody out
//! by themselves. Every bound names the limit it comes from, so that its words can be shown. Search, comparison and
//! matching ask here.

use crate::protocol::{Limit, LimitValue, Section, Span};
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::units;

/// The unit of Child-Pugh classes, which count A, B, C as 1, 2, 3.
pub const CLASS: &str = "class";

/// One end of what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The value, in the bounds' unit.
    pub value: f64,
    /// Whether the value itself is allowed.
    pub inclusive: bool,
    /// The words it was read from.
    pub span: Span,
}

/// Values that shut a patient out, from one to another, both included.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The least of them.
    pub low: f64,
    /// The greatest of them.
    pub high: f64,
    /// The words it was read from.
    pub span: Span,
}

/// What a trial demands of one variable, in one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// The variable's name.
    pub variable: String,
    /// The variable's canonical unit, or `ULN` or `LLN`; empty for none.
    pub unit: String,
    /// The strictest lower end.
    pub lower: Option<Bound>,
    /// The strictest upper end.
    pub upper: Option<Bound>,
    /// Values in between that shut out.
    pub gaps: Vec<Gap>,
}

impl Bounds {
    /// Whether a patient with this value is shut out by no stated limit.
    pub fn admits(&self, value: f64) -> bool {
        let same = |bound: &Bound| units::same(bound.value, value);
        let above = self.lower.as_ref().is_none_or(|b| if same(b) { b.inclusive } else { value > b.value });
        let below = self.upper.as_ref().is_none_or(|b| if same(b) { b.inclusive } else { value < b.value });
        above && below && !self.gaps.iter().any(|gap| (gap.low..=gap.high).contains(&value))
    }

    /// Whether the trial demands at least as much as `op value` says: `<= 1` holds of a trial whose upper end is 1
    /// or less. `op` is `<` `<=` `>` `>=`; any other asks whether the value is admitted.
    pub fn demands(&self, op: &str, value: f64) -> bool {
        let end = match op {
            "<" | "<=" => &self.upper,
            ">" | ">=" => &self.lower,
            _ => return self.admits(value),
        };
        let Some(bound) = end else { return false };
        if units::same(bound.value, value) {
            return matches!(op, "<=" | ">=") || !bound.inclusive;
        }
        if matches!(op, "<" | "<=") { bound.value < value } else { bound.value > value }
    }
}

/// The bounds of a trial, in the order its variables are first bound. Windows ("washout") are none: they are each of
/// an agent of their own.
pub fn bounds(limits: &[Limit], vocabulary: &Vocabulary) -> Vec<Bounds> {
    let mut all: Vec<Bounds> = Vec::new();
    let mut index = 0;
    while let Some(limit) = limits.get(index) {
        index += 1;
        if !binds(limit) {
            continue;
        }
        let Some((value, unit)) = canonical(limit, vocabulary) else { continue };
        let excluded = limit.section == Some(Section::Exclusion);
        let range = limits.get(index).filter(|next| excluded && is_range(limit, next));
        let high = range.and_then(|next| canonical(next, vocabulary)).map(|(high, _)| high);
        let Some(bounds) = entry(&mut all, &limit.variable, &unit) else { continue };
        match high {
            Some(high) => {
                index += 1;
                shut_out(bounds, vocabulary, value, high, &limit.span);
            }
            None if excluded && limit.op == "=" => shut_out(bounds, vocabulary, value, value, &limit.span),
            None => tighten(bounds, limit, value, excluded),
        }
    }
    all.retain(|b| b.lower.is_some() || b.upper.is_some() || !b.gaps.is_empty());
    all
}

/// Whether a limit binds every patient by itself.
pub fn binds(limit: &Limit) -> bool {
    !limit.conditional && !limit.except && !limit.alternative && limit.variable != "washout"
}

/// A limit's value in its variable's canonical unit; a class in [`CLASS`]. `None` where the text gives no unit.
pub fn canonical(limit: &Limit, vocabulary: &Vocabulary) -> Option<(f64, String)> {
    match &limit.value {
        LimitValue::Number(number) => {
            let unit = limit.unit.as_deref()?;
            // Counts (prior lines) are no variable of the vocabulary: they have one unit, which is none.
            if unit.is_empty() {
                return Some((number.0, String::new()));
            }
            let (value, unit) = units::canonical(vocabulary, &limit.variable, number.0, unit)?;
            // A slip of the text's unit (creatinine < 130 mmol/L) is told, and nothing is reckoned with it.
            let variable = vocabulary.variable(&limit.variable)?;
            let meant = variable.canonical != unit
                || variable.range.is_none_or(|(low, high)| (low..=high).contains(&value));
            meant.then(|| (value, unit.to_owned()))
        }
        LimitValue::Class(class) => {
            let letter = class.bytes().next().filter(u8::is_ascii_uppercase)?;
            let score: String = class.chars().skip(1).collect();
            match score.parse() {
                Ok(score) => Some((score, String::new())),
                Err(_) => Some((f64::from(letter - b'A') + 1.0, CLASS.to_owned())),
            }
        }
    }
}

/// Two limits that are the ends of one range ("class III or IV").
fn is_range(low: &Limit, high: &Limit) -> bool {
    let ends = matches!(low.op.as_str(), ">" | ">=") && matches!(high.op.as_str(), "<" | "<=");
    ends && low.variable == high.variable && low.span == high.span && binds(high)
}

/// The bounds of a variable in a unit, begun if there are none.
fn entry<'a>(all: &'a mut Vec<Bounds>, variable: &str, unit: &str) -> Option<&'a mut Bounds> {
    let is_it = |b: &Bounds| b.variable == variable && b.unit == unit;
    if !all.iter().any(is_it) {
        all.push(Bounds {
            variable: variable.to_owned(),
            unit: unit.to_owned(),
            lower: None,
            upper: None,
            gaps: Vec::new(),
        });
    }
    all.iter_mut().find(|b| is_it(b))
}

/// An excluded range: a bound where it reaches the scale's end, a gap elsewhere.
fn shut_out(bounds: &mut Bounds, vocabulary: &Vocabulary, low: f64, high: f64, span: &Span) {
    let (least, most) = scale(vocabulary, &bounds.variable, &bounds.unit);
    let bound = |value| Bound { value, inclusive: false, span: span.clone() };
    if high >= most {
        keep_stricter(&mut bounds.upper, bound(low), false);
    } else if low <= least {
        keep_stricter(&mut bounds.lower, bound(high), true);
    } else {
        bounds.gaps.push(Gap { low, high, span: span.clone() });
    }
}

/// The ends of a variable's scale, as far as patients go (ECOG 5 is death).
fn scale(vocabulary: &Vocabulary, variable: &str, unit: &str) -> (f64, f64) {
    match (variable, unit) {
        (_, CLASS) => (1.0, 3.0),
        ("ecog", _) => (0.0, 4.0),
        _ => vocabulary.variable(variable).and_then(|v| v.range).unwrap_or((f64::MIN, f64::MAX)),
    }
}

fn tighten(bounds: &mut Bounds, limit: &Limit, value: f64, excluded: bool) {
    let strict = matches!(limit.op.as_str(), "<" | ">");
    let lower = match limit.op.as_str() {
        ">" | ">=" => !excluded,
        "<" | "<=" => excluded,
        _ => {
            let bound = Bound { value, inclusive: true, span: limit.span.clone() };
            keep_stricter(&mut bounds.lower, bound.clone(), true);
            keep_stricter(&mut bounds.upper, bound, false);
            return;
        }
    };
    let bound = Bound { value, inclusive: strict == excluded, span: limit.span.clone() };
    keep_stricter(if lower { &mut bounds.lower } else { &mut bounds.upper }, bound, lower);
}

fn keep_stricter(end: &mut Option<Bound>, bound: Bound, lower: bool) {
    let stricter = end.as_ref().is_none_or(|known| {
        if units::same(known.value, bound.value) {
            known.inclusive && !bound.inclusive
        } else if lower {
            bound.value > known.value
        } else {
            bound.value < known.value
        }
    });
    if stricter {
        *end = Some(bound);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::criteria::read;

    /// "variable unit lower upper" of each bound, brackets as in intervals.
    fn shown(text: &str) -> Vec<String> {
        let reading = read(text);
        bounds(&reading.facts, Vocabulary::embedded())
            .iter()
            .map(|b| {
                let low = b.lower.as_ref().map_or("(".to_owned(), |l| {
                    format!("{}{:.4}", if l.inclusive { "[" } else { "(" }, l.value)
                });
                let high = b.upper.as_ref().map_or(")".to_owned(), |u| {
                    format!("{:.4}{}", u.value, if u.inclusive { "]" } else { ")" })
                });
                format!("{} {} {low}..{high}", b.variable, b.unit)
            })
            .collect()
    }

    #[test]
    fn exclusions_are_turned_round() {
        assert_eq!(
            shown(
                "Inclusion Criteria:\n* Age 18 to 75\nExclusion Criteria:\n* Platelets < 100,000/mm3\n* NYHA class III or IV"
            ),
            ["age year [18.0000..75.0000]", "platelets 10^9/L [100.0000..)", "nyha  (..3.0000)"]
        );
    }

    #[test]
    fn the_strictest_of_several_counts_whatever_its_unit() {
        assert_eq!(
            shown(
                "Inclusion Criteria:\n* Hemoglobin ≥ 80 g/L\n* Hemoglobin at least 9 g/dL\n* Life expectancy > 12 weeks"
            ),
            ["hemoglobin g/dL [9.0000..)", "life_expectancy month (2.7598..)"]
        );
    }

    #[test]
    fn conditions_exceptions_and_alternatives_do_not_count() {
        assert_eq!(
            shown(
                "Inclusion Criteria:\n* ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)\n* Creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min"
            ),
            ["alt ULN (..2.5000]"]
        );
    }

    #[test]
    fn questions_are_answered_by_the_bounds() {
        let reading = read("Inclusion Criteria:\n* ECOG 0 or 1\nExclusion Criteria:\n* Child-Pugh B");
        let all = bounds(&reading.facts, Vocabulary::embedded());
        let of = |name: &str| all.iter().find(|b| b.variable == name).expect("bounds");
        assert!(
            of("ecog").demands("<=", 1.0) && of("ecog").demands("<=", 2.0) && !of("ecog").demands("<=", 0.0)
        );
        assert!(of("ecog").admits(1.0) && !of("ecog").admits(2.0));
        assert!(
            of("child_pugh").admits(1.0) && !of("child_pugh").admits(2.0) && of("child_pugh").admits(3.0)
        );
        let span = &of("ecog").upper.as_ref().expect("an upper end").span;
        assert_eq!(span.of("Inclusion Criteria:\n* ECOG 0 or 1"), Some("ECOG 0 or 1"));
    }
}
