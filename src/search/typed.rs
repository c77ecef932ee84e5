//! Typed limits: what a trial's criteria demand of a patient, asked by number, answered with the words it was read
//! from.
//!
//! A limit's effect is what a patient must satisfy: exclusions are turned round; limits under a condition or in an
//! exception do not count. Values are compared in the variable's canonical unit, multiples of a limit of normal only
//! among themselves.

use super::query::{Comparator, Test};
use crate::protocol::{Limit, LimitValue, Section, Span};
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::units::{canonical, same};

/// What a limit demands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    /// At least, or more than when it is strict.
    Least { value: f64, strict: bool },
    /// At most, or less than when it is strict.
    Most { value: f64, strict: bool },
    /// Just this.
    Exactly(f64),
    /// Anything but this.
    Not(f64),
}

/// Whether a variable's name is one of the vocabulary's, and how it is spelt there.
pub fn variable(name: &str) -> Option<String> {
    Vocabulary::embedded().variable(name).map(|known| known.name.clone())
}

/// Whether the limits answer a typed test with yes; the words that prove it, none of them for `ecog:none`.
pub fn proof(limits: &[Limit], test: &Test) -> Option<Vec<Span>> {
    let vocabulary = Vocabulary::embedded();
    match test {
        Test::Unlimited { variable } => {
            let stated = limits.iter().any(|limit| limit.variable == *variable && counts(limit));
            (!stated).then(Vec::new)
        }
        Test::Limit { variable, comparator, value, unit } => {
            let asked = asked(vocabulary, variable, *value, unit.as_deref())?;
            let demands: Vec<(Bound, &Limit)> = limits
                .iter()
                .filter(|limit| limit.variable == *variable && counts(limit))
                .filter_map(|limit| Some((demand(vocabulary, limit, &asked.1)?, limit)))
                .collect();
            answer(&demands, *comparator, asked.0)
        }
        Test::Text { .. } | Test::Compare { .. } => None,
    }
}

fn counts(limit: &Limit) -> bool {
    !limit.conditional && !limit.except && limit.section.is_some()
}

/// The asked value and its canonical unit; without a unit it is in the canonical one.
fn asked(vocabulary: &Vocabulary, variable: &str, value: f64, unit: Option<&str>) -> Option<(f64, String)> {
    let known = vocabulary.variable(variable)?;
    let Some(unit) = unit else { return Some((value, known.canonical.clone())) };
    // A unit is typed in any case, and in short.
    let spelt = ["ULN", "LLN", unit].into_iter().find(|name| name.eq_ignore_ascii_case(unit))?;
    canonical(vocabulary, variable, value, spelt).map(|(value, unit)| (value, unit.to_owned()))
}

/// What a limit demands in the unit that was asked for.
fn demand(vocabulary: &Vocabulary, limit: &Limit, unit: &str) -> Option<Bound> {
    let LimitValue::Number(number) = &limit.value else { return None };
    let (value, own) = canonical(vocabulary, &limit.variable, number.0, limit.unit.as_deref()?)?;
    if own != unit {
        return None;
    }
    let stated = match limit.op.as_str() {
        "<" => Bound::Most { value, strict: true },
        "<=" => Bound::Most { value, strict: false },
        ">" => Bound::Least { value, strict: true },
        ">=" => Bound::Least { value, strict: false },
        _ => Bound::Exactly(value),
    };
    Some(if limit.section == Some(Section::Exclusion) { turned(stated) } else { stated })
}

/// What must hold for a bound not to.
fn turned(bound: Bound) -> Bound {
    match bound {
        Bound::Least { value, strict } => Bound::Most { value, strict: !strict },
        Bound::Most { value, strict } => Bound::Least { value, strict: !strict },
        Bound::Exactly(value) => Bound::Not(value),
        Bound::Not(value) => Bound::Exactly(value),
    }
}

fn answer(demands: &[(Bound, &Limit)], comparator: Comparator, value: f64) -> Option<Vec<Span>> {
    if demands.is_empty() {
        return None;
    }
    let spans = |keep: &dyn Fn(&Bound) -> bool| {
        demands
            .iter()
            .filter(|(bound, _)| keep(bound))
            .map(|(_, limit)| limit.span.clone())
            .collect::<Vec<_>>()
    };
    let proving = match comparator {
        Comparator::Equal => {
            let lets_in = demands.iter().all(|(bound, _)| admits(*bound, value));
            return lets_in.then(|| spans(&|_| true));
        }
        Comparator::AtMost => spans(&|bound| at_most(*bound, value, false)),
        Comparator::Less => spans(&|bound| at_most(*bound, value, true)),
        Comparator::AtLeast => spans(&|bound| at_least(*bound, value, false)),
        Comparator::Greater => spans(&|bound| at_least(*bound, value, true)),
    };
    (!proving.is_empty()).then_some(proving)
}

/// Whether a patient with that value satisfies the bound.
fn admits(bound: Bound, value: f64) -> bool {
    match bound {
        Bound::Least { value: least, strict } => {
            value > least && !same(value, least) || same(value, least) && !strict
        }
        Bound::Most { value: most, strict } => {
            value < most && !same(value, most) || same(value, most) && !strict
        }
        Bound::Exactly(only) => same(value, only),
        Bound::Not(other) => !same(value, other),
    }
}

/// Whether the bound demands at most `value` (less, when `strict`), or something stricter.
fn at_most(bound: Bound, value: f64, strict: bool) -> bool {
    match bound {
        Bound::Most { value: most, strict: own } => {
            if same(most, value) {
                own || !strict
            } else {
                most < value
            }
        }
        Bound::Exactly(only) => {
            if same(only, value) {
                !strict
            } else {
                only < value
            }
        }
        Bound::Least { .. } | Bound::Not(_) => false,
    }
}

/// Whether the bound demands at least `value` (more, when `strict`), or something stricter.
fn at_least(bound: Bound, value: f64, strict: bool) -> bool {
    match bound {
        Bound::Least { value: least, strict: own } => {
            if same(least, value) {
                own || !strict
            } else {
                least > value
            }
        }
        Bound::Exactly(only) => {
            if same(only, value) {
                !strict
            } else {
                only > value
            }
        }
        Bound::Most { .. } | Bound::Not(_) => false,
    }
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
        let strict = "Inclusion Criteria:\n\n* ECOG performance status 0-1\n* ANC >= 1500/uL\n\n\
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
            ("platelets>=100 ", true),
            ("platelets=90 ", false),
            ("hemoglobin:none ", true),
            ("hemoglobin>=9 ", false),
        ] {
            assert_eq!(asks(strict, query), holds, "{query}");
        }
    }

    #[test]
    fn conditions_and_exceptions_do_not_count() {
        let text = "Inclusion Criteria:\n\n* AST <= 5 x ULN if liver metastases are present";
        assert!(!asks(text, "ast<=5uln "));
        assert!(asks(text, "ast:none "));
    }
}
