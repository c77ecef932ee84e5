//! What a limit is under: a negation, a condition, an exception.

use super::{Binder, Bound, NEAR};
use crate::reading::criteria::limits::amounts::{self, Amount, Comparison, Op};
use crate::reading::criteria::limits::scope::Under;
use crate::reading::criteria::vocabulary::{Class, Variable, VariableKind};

impl Binder<'_> {
    /// "no hemoglobin below 9", "do not have platelets < 100": a negation reaches a variable only from nearby. In tables
    /// that run on without stops it is of another row: a comparison, a colon or a capital letter begins anew.
    pub(super) fn is_negated(&self, at: usize) -> bool {
        if !self.scope.is(at, Under::Negation) {
            return false;
        }
        // "no uncontrolled hypertension despite drugs (defined as a systolic pressure > 160 mmHg)": what the bracket
        // explains is as near as the bracket.
        let bracket = self.explaining_bracket(at);
        // "… or anemia (hemoglobin < 8)": the word before the bracket names the variable too.
        let heads = !self.shuts_out && self.atoms.is(at + self.atoms.takes(at, Class::Variable), Class::Open);
        let (near, explained) = (bracket.unwrap_or(at), bracket.is_some() || heads);
        let far = if explained { 2 * NEAR } else { NEAR };
        let first = near.saturating_sub(far).max(self.range.start);
        // The "no" of "no less than 1500" denies nothing but its own comparison.
        let denies = |i: &usize| self.atoms.is(*i, Class::Negation) && !self.is_compared(*i);
        let Some(negation) = (first..near).rev().find(denies) else {
            return false;
        };
        // "hypertension that is not controlled (systolic > 150 mmHg)": control is denied, not the value.
        let controlled = (negation..near.min(negation + NEAR)).any(|i| {
            matches!(self.atoms.text(i), "control" | "controlled" | "controllable" | "managed" | "regulated")
        });
        let opened = (negation..at).any(|i| self.atoms.is(i, Class::Open));
        let verb = ["not", "cannot"].contains(&self.atoms.text(negation));
        if verb && controlled && opened {
            return false;
        }
        let colon = (negation..near).any(|i| self.atoms.is(i, Class::Colon));
        // "no neutropenia (ANC < 1000) or anaemia (hemoglobin < 8)": the brackets before explain what else is denied.
        let behind = self.comparisons.partition_point(|c| c.start <= negation);
        let between = self.comparisons.iter().skip(behind).take_while(|c| c.start < near);
        let compared = between.into_iter().any(|c| !(explained && self.atoms.is(c.end, Class::Close)));
        let titled = !explained && at > negation + 2 && self.is_title(at);
        !colon && !compared && !titled
    }

    /// The bracket around `at` that says what the words before it mean: "(defined as …", "(i.e. …", "(ANC < …".
    fn explaining_bracket(&self, at: usize) -> Option<usize> {
        let first = at.saturating_sub(2 * NEAR).max(self.range.start);
        let mut closed = 0_usize;
        let open = (first..at).rev().find(|i| {
            let opens = self.atoms.is(*i, Class::Open);
            let own = opens && closed == 0;
            closed =
                (closed + usize::from(self.atoms.is(*i, Class::Close))).saturating_sub(usize::from(opens));
            own
        })?;
        let means = |i: usize| {
            matches!(self.atoms.text(i), "defined" | "meaning" | "ie" | "namely")
                || self.atoms.text(i) == "i" && self.atoms.text(i + 2) == "e"
        };
        // "no hypoxia (SpO2 < 92 %)"; but what is "not controlled (systolic > 160 mmHg)" is denied no value.
        let denied = |i: usize| matches!(self.atoms.text(i), "no" | "without" | "absence" | "free");
        let named = !self.shuts_out
            && self.atoms.is(open + 1, Class::Variable)
            && (open.saturating_sub(2 * NEAR).max(self.range.start)..open).any(denied);
        (means(open + 1) || named).then_some(open)
    }

    /// Whether `at` stands inside a comparison.
    fn is_compared(&self, at: usize) -> bool {
        let next = self.comparisons.partition_point(|c| c.end <= at);
        self.comparisons.get(next).is_some_and(|c| c.start <= at)
    }

    /// "not < 45 or > 90": the two sides of a band that a denied comparator begins. Not "no less than 180, or > 160".
    pub(super) fn is_denied_too(&self, first: Option<usize>, second: &Comparison) -> bool {
        let first = first.and_then(|index| self.comparisons.get(index));
        let Some(Comparison { parts, end, .. }) = first.filter(|first| first.negated) else { return false };
        // "or more than" is a comparator itself.
        let value = second.parts.first().map_or(second.start, |(_, amount)| amount.start);
        let joined = (*end..value).any(|at| self.atoms.is(at, Class::Or));
        let outside = |own: &(Op, Amount), other: &(Op, Amount)| match (own.0, other.0) {
            (Op::Ge, Op::Gt) => other.1.value > own.1.value,
            (Op::Le, Op::Lt) => other.1.value < own.1.value,
            _ => false,
        };
        joined && parts.iter().zip(&second.parts).all(|(own, other)| outside(own, other))
    }

    /// Whether a word is written with a capital letter and small ones, as at the beginning of a row ("Platelets").
    fn is_title(&self, at: usize) -> bool {
        let mut chars = self.text.get(self.atoms.raw(at..at + 1)).unwrap_or_default().chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
    }

    /// Whether a limit holds under a condition, and whether it stands in an exception. `named`: the end of its variable.
    pub(super) fn held(
        &self,
        index: usize,
        variable: &Variable,
        at: usize,
        named: usize,
        bound: &Bound,
    ) -> (bool, bool) {
        let person = matches!(variable.name.as_str(), "age" | "weight" | "height" | "bmi");
        // "a life expectancy of less than a year due to other diseases" is short for anybody.
        let reason = variable.name == "life_expectancy"
            && self.comparisons.get(index).is_some_and(|c| self.atoms.is(c.end, Class::IfAfter));
        let conditional = self.is_of_each_sex(index)
            || variable.name == "age" && self.is_age_of_kin(at)
            || self.scope.is_conditioned(index) && !reason
            || self.scope.is(at, Under::Condition)
            || self.scope.is(at, Under::Sex) && !person;
        // "Lansky (for < 16 years of age) …".
        let of_some = self.atoms.is(named, Class::Open) && self.scope.is(named + 1, Under::OwnCondition);
        let of_some = of_some || variable.kind == VariableKind::Score && self.is_of_an_age_group(named);
        let conditional = conditional || of_some;
        let in_exception = self.scope.is(at, Under::Exception);
        // Another limit for the same variable, outside: the exception only sets a different limit.
        let alternative =
            bound.drafts.iter().rev().take(32).any(|d| d.variable == variable.name && !d.except);
        (conditional || in_exception, in_exception && !alternative)
    }

    /// "13-17/12-16 g/dL (men/women)": one of two ranges that a slash joins, for a sex each.
    fn is_of_each_sex(&self, index: usize) -> bool {
        let pair = |first: usize| {
            let Some([first, second]) = self.comparisons.get(first..first.saturating_add(2)) else {
                return false;
            };
            let slash = self.atoms.text(first.end) == "/" && second.start == first.end + 1;
            slash && amounts::both_sexes(self.atoms, second.end).is_some()
        };
        pair(index) || index.checked_sub(1).is_some_and(pair)
    }

    /// "Karnofsky (adults) or Lansky (younger children)": a bracket behind the scale's name with nothing but people in it.
    fn is_of_an_age_group(&self, open: usize) -> bool {
        let close = (open + 2..open + 6).find(|at| self.atoms.is(*at, Class::Close));
        let Some(close) = close.filter(|_| self.atoms.is(open, Class::Open)) else { return false };
        let people = |at: usize| self.atoms.is(at, Class::AgeGroup);
        let joint = |at: usize| self.atoms.is_any(at, &[Class::And, Class::Or, Class::Comma]);
        let words = open + 1..close;
        words.clone().any(people)
            && words.into_iter().all(|at| {
                people(at) || joint(at) || matches!(self.atoms.text(at), "younger" | "older" | "for" | "in")
            })
    }
}
