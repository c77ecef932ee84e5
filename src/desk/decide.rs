//! What a stated limit decides about a number, and what it leaves open. Three-valued: unknown never counts as met.
//!
//! Criteria say more than their limits ("unless prior approval is granted", "except basal cell carcinoma"): where words
//! beside the limit could matter, nothing is decided and the person is asked.

use super::sheet::{Answer, Entered, Question};
use crate::matching::limit::{self, Truth};
use crate::matching::words::{Binding, is_range};
use crate::protocol::{Limit, LimitValue, Number, Section};
use crate::reading::criteria::typed;
use crate::reading::criteria::vocabulary::Vocabulary;
use crate::reading::units;

/// Whether an entered value keeps to a limit as the text states it (an exclusion's is not turned round).
pub fn holds(limit: &Limit, entered: &Entered) -> Truth {
    let vocabulary = Vocabulary::embedded();
    if let LimitValue::Class(_) = &limit.value {
        // Classes count A, B, C as 1, 2, 3.
        let Some((value, unit)) = typed::canonical(limit, vocabulary) else { return Truth::Unknown };
        let as_number = Limit { value: LimitValue::Number(Number(value)), unit: Some(unit), ..limit.clone() };
        return limit::holds(&as_number, entered.value, &entered.unit, &|_, _, _| None);
    }
    let canonical = |variable: &str, value: f64, unit: &str| match variable {
        "washout" => units::days(vocabulary, value, unit).map(|days| (days, "day".to_owned())),
        _ => {
            units::canonical(vocabulary, variable, value, unit).map(|(value, unit)| (value, unit.to_owned()))
        }
    };
    limit::holds(limit, entered.value, &entered.unit, &canonical)
}

/// What a question's limits and the entered numbers decide about its answer, as far as they do. `below` are the limits
/// of its parts, which may relax it.
///
/// A broken limit decides an inclusion (not met), unless another limit on the same variable, under a condition or in
/// an exception, might let the value in. An exclusion is decided (met) only when its one limit, or the two ends of a
/// range, hold and nothing else stands in it. Everything else is the person's to say.
pub fn decided(question: &Question, limits: &[(&Limit, Truth)], below: &[&Limit]) -> Option<Answer> {
    let binds = |limit: &Limit| Binding::of(limit) == Binding::Plain;
    match question.section? {
        Section::Inclusion => {
            let relaxed = |limit: &Limit| {
                let here = limits.iter().any(|(other, truth)| {
                    other.variable == limit.variable && !binds(other) && *truth != Truth::No
                });
                here || below.iter().any(|other| other.variable == limit.variable && !binds(other))
            };
            let broken =
                limits.iter().any(|(limit, truth)| binds(limit) && *truth == Truth::No && !relaxed(limit));
            broken.then_some(Answer::NotMet)
        }
        Section::Exclusion => {
            let all_hold = limits.iter().all(|(limit, truth)| binds(limit) && *truth == Truth::Yes);
            let (first, _) = limits.first()?;
            let one = match limits {
                [_] => true,
                [(low, _), (high, _)] => is_range(low, high),
                _ => false,
            };
            let says_it_all =
                first.variable != "washout" && below.is_empty() && nothing_else(question, first);
            (one && all_hold && says_it_all).then_some(Answer::Met)
        }
    }
}

/// Letters and digits that may stand beside a limit without saying more.
const BESIDE: usize = 4;

/// Whether a limit is all that a question says.
fn nothing_else(question: &Question, limit: &Limit) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let whole = letters(&question.text);
    // The span is in bytes of the whole text; the question's own words begin behind its bullet.
    let length = limit.span.end.saturating_sub(limit.span.start);
    let start = question.text.len().checked_sub(question.span.1.saturating_sub(limit.span.start));
    let words = start.and_then(|start| question.text.get(start..start + length)).unwrap_or_default();
    letters(words) + BESIDE >= whole
}

/// Words that say that one of the parts is enough.
const ANY: &[&str] =
    &["one of", "any of", "one or more", "at least one", "either", "any one", "1 of the", "at least 1"];
/// Words that say that the parts must come together.
const ALL: &[&str] = &["all of", "both of", "both:", "and all", "together with"];

/// Whether the parts of a question do not count one by one: under inclusion one of them is enough, under exclusion
/// they shut out only together.
pub fn one_is_enough(whole: &Question) -> bool {
    let text = whole.text.to_lowercase();
    let words = match whole.section {
        Some(Section::Inclusion) => ANY,
        Some(Section::Exclusion) => ALL,
        None => return false,
    };
    words.iter().any(|word| text.contains(word))
}
