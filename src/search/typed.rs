//! Typed limits: what a trial's criteria demand of a patient, asked by number, answered with the words it was read
//! from.
//!
//! A limit's effect is what a patient must satisfy: exclusions are turned round; limits under a condition or in an
//! exception do not count. Values are compared in the variable's canonical unit, multiples of a limit of normal only
//! among themselves.

use super::query::{Comparator, Field, Operand, Query, Test};
use crate::library::index::document::code_term;
use crate::library::store::{End, Facts, Range};
use crate::protocol::{Limit, Readings, Span};
use crate::reading::criteria::typed::{Bound, Bounds, Gap, binds, bounds};
use crate::reading::criteria::vocabulary::{Variable, Vocabulary};
use crate::reading::units::canonical;

/// Whether a variable's name is one of the vocabulary's, and how it is spelt there.
pub fn variable(name: &str) -> Option<String> {
    Vocabulary::embedded().variable(name).map(|known| known.name.clone())
}

/// Whether values of a variable can be in a unit.
pub fn has_unit(variable: &str, unit: &str) -> bool {
    let vocabulary = Vocabulary::embedded();
    vocabulary.variable(variable).is_none() || asked(vocabulary, variable, 1.0, Some(unit)).is_some()
}

/// Whether a query asks for something that is read out of the prose.
pub fn asks_readings(query: &Query) -> bool {
    let mut tests = query.clauses.iter().flat_map(|clause| &clause.any).map(|atom| &atom.test);
    tests.any(|test| {
        matches!(
            test,
            Test::Limit { .. }
                | Test::Unlimited { .. }
                | Test::Compare { field: Field::Kind | Field::Standard, .. }
        )
    })
}

/// Whether a test asks the limits of the criteria.
pub fn is_limit(test: &Test) -> bool {
    matches!(test, Test::Limit { .. } | Test::Unlimited { .. })
}

/// Whether the limits answer a typed test with yes; the words that prove it, none of them for `ecog:none`.
pub fn proof(limits: &[Limit], test: &Test) -> Option<Vec<Span>> {
    let vocabulary = Vocabulary::embedded();
    match test {
        Test::Unlimited { variable } => {
            let stated = limits.iter().any(|limit| limit.variable == *variable && binds(limit));
            (!stated).then(Vec::new)
        }
        Test::Limit { variable, comparator, value, unit } => {
            let (value, unit) = asked(vocabulary, variable, *value, unit.as_deref())?;
            let bounds = bounds(limits, vocabulary);
            let bounds = bounds.iter().find(|b| b.variable == *variable && b.unit == unit)?;
            bounds.demands(sign(*comparator), value).then(|| spans(bounds, *comparator))
        }
        Test::Text { .. } | Test::Compare { .. } => None,
    }
}

/// Whether a trial's readings answer a test with yes: a typed limit, or the kind or standard of an endpoint.
pub fn holds(readings: &Readings, test: &Test) -> bool {
    match test {
        Test::Compare { field: Field::Kind, operand: Operand::Word(word), .. } => {
            let word = code_term(word);
            let kinds = readings.endpoints.iter().filter_map(|endpoint| endpoint.kind.as_deref());
            kinds.into_iter().any(|kind| code_term(kind) == word)
        }
        Test::Compare { field: Field::Standard, operand: Operand::Word(word), .. } => {
            // A standard without a version means every version of it.
            let word = code_term(word);
            let mut standards = readings.endpoints.iter().flat_map(|endpoint| &endpoint.criteria);
            standards.any(|standard| code_term(standard).starts_with(&word))
        }
        _ => proof(&readings.criteria.facts, test).is_some(),
    }
}

/// The same of what was read before.
pub fn holds_of(facts: &Facts, test: &Test) -> bool {
    match test {
        Test::Compare { field: Field::Kind, operand: Operand::Word(word), .. } => {
            facts.kinds.iter().any(|kind| code_term(kind) == code_term(word))
        }
        Test::Compare { field: Field::Standard, operand: Operand::Word(word), .. } => {
            facts.standards.iter().any(|standard| code_term(standard).starts_with(&code_term(word)))
        }
        Test::Unlimited { variable } => !facts.stated.contains(variable),
        Test::Limit { variable, comparator, value, unit } => {
            let Some((value, unit)) = asked(Vocabulary::embedded(), variable, *value, unit.as_deref()) else {
                return false;
            };
            let range = facts.ranges.iter().find(|range| range.variable == *variable && range.unit == unit);
            range.is_some_and(|range| bounds_of(range).demands(sign(*comparator), value))
        }
        Test::Text { .. } | Test::Compare { .. } => false,
    }
}

/// Bounds without the words they were read from.
fn bounds_of(range: &Range) -> Bounds {
    let bound = |(value, inclusive): End| Bound { value, inclusive, span: Span::default() };
    let gap = |(low, high): &(f64, f64)| Gap { low: *low, high: *high, span: Span::default() };
    Bounds {
        variable: range.variable.clone(),
        unit: range.unit.clone(),
        lower: range.lower.map(bound),
        upper: range.upper.map(bound),
        gaps: range.gaps.iter().map(gap).collect(),
    }
}

fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Less => "<",
        Comparator::AtMost => "<=",
        Comparator::Equal => "=",
        Comparator::AtLeast => ">=",
        Comparator::Greater => ">",
    }
}

/// The words of the ends that the answer rests on.
fn spans(bounds: &Bounds, comparator: Comparator) -> Vec<Span> {
    let (lower, upper) = match comparator {
        Comparator::Less | Comparator::AtMost => (None, bounds.upper.as_ref()),
        Comparator::AtLeast | Comparator::Greater => (bounds.lower.as_ref(), None),
        Comparator::Equal => (bounds.lower.as_ref(), bounds.upper.as_ref()),
    };
    let mut spans: Vec<Span> = lower.into_iter().chain(upper).map(|bound| bound.span.clone()).collect();
    spans.dedup();
    spans
}

/// The asked value and its canonical unit; without a unit it is in the canonical one.
fn asked(vocabulary: &Vocabulary, variable: &str, value: f64, unit: Option<&str>) -> Option<(f64, String)> {
    let known = vocabulary.variable(variable)?;
    let Some(unit) = unit else { return Some((value, known.canonical.clone())) };
    let spelt = spelt(vocabulary, known, unit).unwrap_or(unit);
    canonical(vocabulary, variable, value, spelt).map(|(value, unit)| (value, unit.to_owned()))
}

/// The name of a unit that was typed in any case, or in any of the ways it is written: `uln`, `/ul`, `G/DL`, `years`.
fn spelt<'v>(vocabulary: &'v Vocabulary, variable: &Variable, typed: &str) -> Option<&'v str> {
    if let Some(unit) = vocabulary.unit(typed) {
        return Some(&unit.name);
    }
    let typed = typed.to_lowercase().replace(['µ', 'μ'], "u");
    let dimensions: Vec<&str> = variable.units.iter().map(String::as_str).chain(["time"]).collect();
    let mut units = vocabulary.units_of(&dimensions);
    let named = units.find(|unit| unit.name.to_lowercase() == typed || unit.words.contains(&typed));
    named.map(|unit| unit.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::criteria;
    use crate::search::query::parse;

    fn asks(text: &str, query: &str) -> bool {
        let limits = criteria::read(text).facts;
        let query = parse(query, &variable);
        assert!(query.problems.is_empty(), "{:?}", query.problems);
        query.clauses.iter().all(|clause| clause.any.iter().any(|atom| proof(&limits, &atom.test).is_some()))
    }

    #[test]
    fn typed_limits_ask_what_a_patient_must_satisfy() {
        let strict = "Inclusion Criteria:\n\n* ECOG performance status 0-1\n* ANC >= 1500/uL\n* No more than 2 prior lines of therapy\n\n\
                      Exclusion Criteria:\n\n* Platelets < 100 x 10^9/L";
        for (query, holds) in [
            ("ecog<=1 ", true),
            ("ecog<=2 ", true),
            ("ecog<=0 ", false),
            ("ecog=1 ", true),
            ("ecog=2 ", false),
            ("ecog:none ", false),
            ("anc>=1.5 ", true),
            ("anc>=1 ", true),
            ("anc>=2 ", false),
            ("anc>=1500/uL ", true),
            ("anc>=1500/ul ", true),
            ("ANC>=1500/UL ", true),
            ("anc>=1500/µl ", true),
            ("anc>=1.5k/ul ", true),
            ("anc>=2000/ul ", false),
            ("platelets>=100 ", true),
            ("platelets=90 ", false),
            ("hemoglobin:none ", true),
            ("prior_lines<=2 ", true),
            ("prior_lines=3 ", false),
            ("hemoglobin>=9 ", false),
        ] {
            assert_eq!(asks(strict, query), holds, "{query}");
        }
    }

    #[test]
    fn what_was_read_before_answers_as_the_prose_does() {
        for entry in crate::library::samples() {
            let facts = Facts::of(&entry);
            for query in [
                "ecog<=1",
                "ecog=2",
                "ecog:none",
                "anc>=1.5",
                "platelets>=75",
                "nyha:none",
                "kind:pfs",
                "kind:os",
                "standard:recist",
            ] {
                let query = parse(&format!("{query} "), &variable);
                for test in query.clauses.iter().flat_map(|clause| &clause.any).map(|atom| &atom.test) {
                    assert_eq!(
                        holds_of(&facts, test),
                        holds(entry.readings(), test),
                        "{} {test:?}",
                        entry.trial.id
                    );
                }
            }
        }
    }

    #[test]
    fn an_excluded_range_leaves_what_is_outside_of_it() {
        let text =
            "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* NYHA class III or IV heart failure";
        assert!(asks(text, "nyha=2 "));
        assert!(!asks(text, "nyha=3 "));
    }

    #[test]
    fn conditions_and_exceptions_do_not_count() {
        let text = "Inclusion Criteria:\n\n* AST <= 5 x ULN if liver metastases are present";
        assert!(!asks(text, "ast<=5uln "));
        assert!(asks(text, "ast:none "));
    }
}
