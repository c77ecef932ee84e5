//! Comparisons that are not written variable first: "ECOG 1", "18 ≤ age", "minimum age of 18".

use super::{Binder, Bound, FAR, State, Subject, in_range};
use crate::reading::criteria::limits::amounts::{Amount, Comparison, Op, UnitAt};
use crate::reading::criteria::limits::{amounts, scope};
use crate::reading::criteria::vocabulary::{Class, Variable, VariableKind};

impl Binder<'_> {
    /// "> 450 ms for men and 470 ms for women": the comparator is said once.
    pub(super) fn other_sex(&self, subject: Subject, first: &Comparison, bound: &mut Bound) {
        let [(op, own)] = first.parts.as_slice() else { return };
        if self.slashed_sexes(subject, first, bound) {
            return;
        }
        let Some(end) = self.past_sex(self.past_bracket(first.end)) else { return };
        let joint = self.atoms.is_any(end, &[Class::And, Class::Or, Class::Comma]);
        let at = end + usize::from(joint || self.atoms.text(end) == "/");
        let Some(mut amount) = amounts::amount(self.atoms, at).filter(|_| at > end) else { return };
        // "450 (males)/470 (females) ms": the unit is said once, at the end.
        let sexes = self.past_sex(self.past_bracket(amount.end));
        if let Some(behind) = sexes.filter(|_| !own.has_unit() && !amount.has_unit()) {
            self.unit_of_both(subject, own, &mut amount, behind, bound);
        }
        if sexes.is_none() || own.has_unit() && amount.has_unit() && !alike(self, own, &amount) {
            return;
        }
        if !amount.has_unit() {
            amount.unit = own.unit;
        }
        let other =
            Comparison { start: amount.start, end: amount.end, parts: vec![(*op, amount)], ..first.clone() };
        if self.fitting(&[subject], &other, 0).is_empty() {
            return;
        }
        let from = bound.drafts.len().saturating_sub(1);
        self.emit(usize::MAX, subject, &other, bound);
        bound.drafts.iter_mut().skip(from).for_each(|draft| draft.conditional = true);
    }

    /// "WBC, ANC and platelets ≥ 3, 1.5 and 100 × 10^9/L, respectively": a value for each, the unit once at the end.
    pub(super) fn respectively(&self, index: usize, subjects: &[Subject], bound: &mut Bound) -> bool {
        const FAR: usize = 14;
        let Some(comparison) = self.comparisons.get(index).filter(|_| !subjects.is_empty()) else {
            return false;
        };
        let [(op, first)] = comparison.parts.as_slice() else { return false };
        let (mut values, mut end) = (vec![*first], first.end);
        while let Some(amount) = self.listed_value(end) {
            values.push(amount);
            end = amount.end;
        }
        let until = (end + FAR).min(self.range.end);
        let mut behind = (end..until).take_while(|at| !scope::is_stop(self.atoms, *at));
        if values.len() == 1 || !behind.any(|at| self.atoms.text(at) == "respectively") {
            return false;
        }
        let unit = values.last().map_or(UnitAt::None, |last| last.unit);
        // "≤ 450 and 470 ms in men and women, respectively": each is of some; of more values than names nothing is known.
        let of_some = subjects.len() == 1;
        let each = if of_some { subjects.repeat(values.len()) } else { subjects.to_vec() };
        let told = each.len() == values.len();
        let from = bound.drafts.len();
        for (subject, value) in each.into_iter().zip(values).filter(|_| told) {
            let unit = if value.has_unit() { value.unit } else { unit };
            let parts = vec![(*op, Amount { unit, ..value })];
            self.emit(index, subject, &Comparison { end, parts, ..comparison.clone() }, bound);
        }
        bound.drafts.iter_mut().skip(from).for_each(|draft| draft.conditional |= of_some);
        let last = self.comparisons.partition_point(|c| c.start < end);
        bound.taken.extend(index..last.max(index + 1));
        true
    }

    /// The next value of a list that ends at `end`: ", 1.5", "and ≥ 100".
    fn listed_value(&self, end: usize) -> Option<Amount> {
        let joints = (end..end + 2).take_while(|at| self.atoms.is_any(*at, &[Class::Comma, Class::And]));
        let at = end + joints.count();
        let at = at + amounts::comparator(self.atoms, at).map_or(0, |(_, len)| len);
        amounts::amount(self.atoms, at).filter(|_| at > end)
    }

    /// "450/470 ms (men/women)": a value for each sex.
    fn slashed_sexes(&self, subject: Subject, first: &Comparison, bound: &mut Bound) -> bool {
        let [(op, own)] = first.parts.as_slice() else { return false };
        let slash = self.atoms.text(first.end) == "/";
        let Some(amount) = amounts::amount(self.atoms, first.end + 1).filter(|_| slash) else { return false };
        let sexes = amounts::both_sexes(self.atoms, amount.end).is_some();
        let parts = vec![(*op, amount)];
        let other = Comparison { start: amount.start, end: amount.end, parts, ..first.clone() };
        if !sexes || own.unit != amount.unit || self.fitting(&[subject], &other, 0).is_empty() {
            return false;
        }
        let from = bound.drafts.len().saturating_sub(1);
        self.emit(usize::MAX, subject, &other, bound);
        bound.drafts.iter_mut().skip(from).for_each(|draft| draft.conditional = true);
        true
    }

    /// The unit behind the second sex's value is that of the first sex's too.
    fn unit_of_both(&self, subject: Subject, own: &Amount, other: &mut Amount, at: usize, bound: &mut Bound) {
        let len = self.atoms.takes(at, Class::Unit);
        let Some(variable) = self.vocabulary.variable_at(subject.variable).filter(|_| len > 0) else {
            return;
        };
        other.unit = UnitAt::Words { at, len };
        let shared = Amount { unit: other.unit, ..*own };
        if let (Some((_, unit)), Some(draft)) = (self.value(variable, &shared), bound.drafts.last_mut())
            && draft.unit.is_none()
        {
            draft.unit = unit;
        }
    }

    /// "60 kg (132 lbs) for men": the same in another unit.
    fn past_bracket(&self, at: usize) -> usize {
        let number = self.atoms.is(at, Class::Open) && self.atoms.is_numeric(at + 1);
        let close = (at..at + 6).find(|i| self.atoms.is(*i, Class::Close)).filter(|_| number);
        close.map_or(at, |close| close + 1)
    }

    /// "for men", "(men)" at `at`: where it ends.
    fn past_sex(&self, at: usize) -> Option<usize> {
        let open = usize::from(self.atoms.is(at, Class::Open));
        let word = usize::from(matches!(self.atoms.text(at + open), "for" | "in" | "if"));
        let word = if self.atoms.is(at + open, Class::Sex) { 0 } else { word };
        let sex = self.atoms.takes(at + open + word, Class::Sex);
        let end = at + open + word + sex;
        (sex > 0).then(|| end + usize::from(open == 1 && self.atoms.is(end, Class::Close)))
    }

    /// "ECOG 1", "KPS 100": a score with nothing but the number after it.
    pub(super) fn score_alone(
        &self,
        subject: Subject,
        state: &mut State,
        bound: &mut Bound,
    ) -> Option<usize> {
        let variable = self.vocabulary.variable_at(subject.variable)?;
        if variable.kind != VariableKind::Score || variable.name == "pdl1_cps" {
            return None;
        }
        let mut at = subject.end;
        for _ in 0..6 {
            let word = self.atoms.text(at);
            let filler = matches!(
                word,
                "performance"
                    | "status"
                    | "score"
                    | "ps"
                    | "of"
                    | ":"
                    | "is"
                    | "("
                    | ")"
                    | "scale"
                    | "grade"
                    | "="
                    | "must"
                    | "be"
                    | "equal"
                    | "to"
            );
            if !filler || self.comparison_from(at).is_some_and(|c| c.start == at) {
                break;
            }
            at += 1;
        }
        let amount = amounts::amount(self.atoms, at).filter(|a| !a.has_unit() && a.value.fract() == 0.0)?;
        let taken = self.comparison_from(at).is_some_and(|c| c.start == at);
        let after = amount.end;
        let ends = after >= self.range.end
            || scope::is_stop(self.atoms, after)
            || matches!(self.atoms.text(after), "at" | "without" | "within")
            || [Class::Comma, Class::Semicolon, Class::Close]
                .iter()
                .any(|class| self.atoms.is(after, *class));
        if taken
            || !ends
            || !in_range(variable, amount.value)
            || at == subject.end && self.atoms.get(at)?.start == self.atoms.get(at - 1)?.end
        {
            return None;
        }
        let parts = vec![(Op::Eq, amount)];
        let comparison = Comparison::stated(parts, at, after);
        self.emit(usize::MAX, subject, &comparison, bound);
        state.used = true;
        state.tight = true;
        Some(after)
    }

    /// "Bilirubin 1.5 × ULN" under inclusion: a multiple of the upper limit with no comparator is at most that.
    pub(super) fn multiple_alone(&self, end: usize, state: &mut State, bound: &mut Bound) -> Option<usize> {
        if self.shuts_out || !self.atoms.is_numeric(end) && !self.atoms.is_numeric(end + 1) {
            return None;
        }
        let at = end + usize::from(matches!(self.atoms.text(end), "of" | ":" | "to"));
        let amount = amounts::amount(self.atoms, at)?;
        amount.unit_of(self.atoms, self.vocabulary, &["upper_limit".to_owned()])?;
        let taken = self.comparison_from(at).is_some_and(|c| c.start < amount.end);
        let goes_on = self.atoms.is_any(amount.end, &[Class::To, Class::GeAfter, Class::LeAfter]);
        let first = at.saturating_sub(8).max(self.range.start);
        let high = (first..at).any(|i| {
            ["elevat", "increas", "rais", "abnormal", "high"]
                .iter()
                .any(|stem| self.atoms.text(i).starts_with(stem))
        });
        if taken || goes_on || high {
            return None;
        }
        let comparison = Comparison::stated(vec![(Op::Le, amount)], at, amount.end);
        let fitting = self.fitting(&state.subjects, &comparison, state.words);
        for subject in &fitting {
            self.emit(usize::MAX, *subject, &comparison, bound);
        }
        (!fitting.is_empty()).then(|| {
            state.used = true;
            state.tight = true;
            amount.end
        })
    }

    /// "60 to 100 on the Lansky (under 16 years) or Karnofsky scale": the scales stand behind the score. Whether any do.
    pub(super) fn take_scales(
        &self,
        index: usize,
        comparison: &Comparison,
        state: &mut State,
        bound: &mut Bound,
    ) -> bool {
        let scales = self.scales_behind(comparison.end);
        let subjects: Vec<Subject> = scales.iter().map(|(subject, _)| *subject).collect();
        let fitting = self.fitting(&subjects, comparison, 0);
        if fitting.is_empty() || fitting.len() != subjects.len() {
            return false;
        }
        // "performance status of 0 or 1 on the ECOG scale": the words in front are a part of it.
        let near = state.subjects.last().filter(|_| state.words <= FAR && !state.used).map(|s| s.start);
        for (mut subject, of_some) in scales {
            subject.start = near.unwrap_or(subject.start);
            let from = bound.drafts.len();
            self.emit(index, subject, comparison, bound);
            bound.drafts.iter_mut().skip(from).for_each(|draft| draft.conditional |= of_some);
        }
        bound.taken.push(index);
        *state = State { used: true, ..State::default() };
        true
    }

    /// The scales named behind "on", "by" or "per", each with whether it is of some only ("Lansky (under 16 years)").
    fn scales_behind(&self, end: usize) -> Vec<(Subject, bool)> {
        let mut found = Vec::new();
        let mut at = end;
        if !matches!(self.atoms.text(at), "on" | "by" | "per" | "using") {
            return found;
        }
        at += 1 + usize::from(matches!(self.atoms.text(at + 1), "the" | "a" | "either"));
        while let Some(mark) = self.atoms.mark(at, Class::Variable) {
            let scale = |v: &Variable| v.kind == VariableKind::Score && v.by_value.is_empty();
            if !self.vocabulary.variable_at(mark.payload).is_some_and(scale) {
                break;
            }
            let subject = Subject { variable: mark.payload, start: at, end: at + usize::from(mark.len) };
            at = subject.end;
            let close = (at..at + 10).find(|i| self.atoms.is(*i, Class::Close));
            let bracket = close.filter(|_| self.atoms.is(at, Class::Open));
            let of_some = bracket.is_some_and(|close| (at..close).any(|i| self.atoms.is_numeric(i)));
            at = bracket.map_or(at, |close| close + 1);
            found.push((subject, of_some));
            if !self.atoms.is_any(at, &[Class::Or, Class::And, Class::Comma]) {
                break;
            }
            at += 1;
        }
        found
    }

    /// "18 ≤ age ≤ 75", "18 years < age": the number first.
    pub(super) fn mirrored(&self, at: usize, bound: &mut Bound) -> Option<usize> {
        self.atoms.digits(at)?;
        // "1.18 ≤ age": the item's number is glued to the age.
        if at == self.range.start
            && self.atoms.text(at).split_once('.').is_some_and(|(_, rest)| rest.len() > 1)
        {
            return None;
        }
        let amount = amounts::amount(self.atoms, at)?;
        // "18 years old ≤ age".
        let after = amount.end + self.atoms.takes(amount.end, Class::AgeAfter);
        let (op, len) = amounts::comparator(self.atoms, after)?;
        let named = self.atoms.mark(after + len, Class::Variable)?;
        let start = after + len;
        let subject = Subject { variable: named.payload, start, end: start + usize::from(named.len) };
        // Only where a second comparison follows the variable: "≥ 5, > ULN" reads otherwise.
        let second = self.comparison_from(subject.end).filter(|c| c.start == subject.end);
        let mut first = amount;
        if !first.has_unit() {
            first.unit = second.and_then(|c| c.parts.first()).map_or(UnitAt::None, |(_, a)| a.unit);
        }
        let end = subject.start;
        let comparison =
            Comparison { range: true, ..Comparison::stated(vec![(op.mirrored(), first)], at, end) };
        if self.fitting(&[subject], &comparison, 0).is_empty() {
            return None;
        }
        self.emit(usize::MAX, subject, &comparison, bound);
        Some(after + len - at)
    }

    /// "minimum age of 18 years", "at least age 18": the comparator first, then the variable.
    pub(super) fn bound_first(&self, at: usize, state: &mut State, bound: &mut Bound) -> Option<usize> {
        let (op, len) = amounts::comparator(self.atoms, at)?;
        // "over the age of 18".
        let len = len + usize::from(self.atoms.text(at + len) == "the");
        let named = self.atoms.mark(at + len, Class::Variable)?;
        let subject = Subject { variable: named.payload, start: at, end: at + len + usize::from(named.len) };
        let filler =
            (0..2).take_while(|i| matches!(self.atoms.text(subject.end + i), "of" | ":" | "is")).count();
        let start = subject.end + filler;
        let amount = amounts::amount(self.atoms, start)?;
        let parts = vec![(op, amount)];
        let comparison = Comparison::stated(parts, start, amount.end);
        let taken = self.comparison_from(start).is_some_and(|c| c.start < amount.end);
        if taken || op == Op::Eq || self.fitting(&[subject], &comparison, 0).is_empty() {
            return None;
        }
        self.emit(usize::MAX, subject, &comparison, bound);
        *state = State { subjects: vec![subject], used: true, tight: true, ..State::default() };
        Some(amount.end - at)
    }

    /// "≥ 18 years of age", "> 450 ms QTc", "≥ 90 mmHg diastolic": the variable right after the comparison.
    pub(super) fn named_after(&self, comparison: &Comparison) -> Option<Subject> {
        let last = comparison.parts.last()?.1;
        let end = comparison.end;
        let age_words = self.atoms.takes(last.end, Class::AgeAfter);
        // "20-70 age": the word alone is enough for a range.
        let outside = (comparison.start.saturating_sub(3)..comparison.start)
            .any(|at| matches!(self.atoms.text(at), "not" | "out"));
        let bare = comparison.range
            && !outside
            && self.atoms.text(last.end) == "age"
            && comparison.parts.iter().all(|(_, a)| !a.has_unit() && (0.0..=110.0).contains(&a.value));
        if age_words > 0 && (self.is_time(comparison) || bare) {
            let variable = self.index_of("age")?;
            return (!self.is_age_of_other(comparison)).then_some(Subject {
                variable,
                start: comparison.start,
                end: last.end + age_words,
            });
        }
        if let Some(subject) = self.size_of_lesion(comparison) {
            return Some(subject);
        }
        // "≥ 160 mmHg (systolic) or ≥ 100 mmHg (diastolic)".
        let named = |at: usize| self.atoms.mark(at, Class::Variable);
        let bracketed = |at: usize| {
            named(at + 1).filter(|mark| {
                let end = at + 1 + usize::from(mark.len);
                self.atoms.is(at, Class::Open)
                    && self.atoms.is(end, Class::Close)
                    && self.is_pressure(Subject { variable: mark.payload, start: at + 1, end })
            })
        };
        if let Some(mark) = bracketed(end) {
            let subject =
                Subject { variable: mark.payload, start: end + 1, end: end + 1 + usize::from(mark.len) };
            return (!self.fitting(&[subject], comparison, 0).is_empty()).then_some(subject);
        }
        for at in end..end + 3 {
            if let Some(mark) = self.atoms.mark(at, Class::Variable) {
                if self.is_of_a_change(at) {
                    return None;
                }
                let subject = Subject { variable: mark.payload, start: at, end: at + usize::from(mark.len) };
                let blocked = self.atoms.takes(at, Class::NotVariable) >= usize::from(mark.len);
                // The next comparison claims a variable that stands between the two.
                // Unless each has its own behind it: "< 150 systolic / < 100 diastolic".
                let claimed = self.comparison_from(subject.end).is_some_and(|c| {
                    c.start <= subject.end + 3
                        && self.atoms.mark(c.end, Class::Variable).is_none()
                        && !(subject.end..c.start).any(|at| self.atoms.is(at, Class::Variable))
                });
                let age = |v: &Variable| v.name == "age";
                let unit = last.has_unit()
                    || self.vocabulary.variable_at(mark.payload).is_some_and(age)
                    || at == end && (comparison.stated || self.is_pressure(subject));
                let fits = !self.fitting(&[subject], comparison, 0).is_empty();
                return (fits && unit && !blocked && !claimed).then_some(subject);
            }
            if !matches!(self.atoms.text(at), "of" | "in" | "for" | "serum" | "the" | "their") {
                return None;
            }
        }
        None
    }
}

/// Whether two amounts are in one unit.
fn alike(binder: &Binder<'_>, one: &Amount, other: &Amount) -> bool {
    let words = |amount: &Amount| match amount.unit {
        UnitAt::Words { at, len } => Some(binder.atoms.slice(at..at + len)),
        _ => None,
    };
    words(one) == words(other)
}
