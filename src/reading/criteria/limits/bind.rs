//! Which variable a comparison is of.
//!
//! The variables named before it in its sentence, if its unit fits them; else the one right after it.

use std::ops::Range;

use crate::protocol::{LimitValue, Number};
use crate::reading::criteria::vocabulary::{Class, Variable, VariableKind, Vocabulary};

use super::amounts::{self, Amount, Comparison, Op, UnitAt};
use super::atoms::{AtomKind, Atoms};
use super::draft::Draft;
use super::scope::{self, Scope, Under};

/// A variable that comparisons may be of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    /// Its index in the vocabulary.
    pub variable: u16,
    /// Where it is named.
    pub start: usize,
    /// First atom after its name.
    pub end: usize,
}

/// Reads one item's limits.
pub struct Binder<'a> {
    /// The text.
    pub atoms: &'a Atoms,
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// The item's atoms.
    pub range: Range<usize>,
    /// Its comparisons, in order.
    pub comparisons: &'a [Comparison],
    /// Its structure.
    pub scope: &'a Scope,
}

/// What the binder found.
#[derive(Debug, Default)]
pub struct Bound {
    /// The limits.
    pub drafts: Vec<Draft>,
    /// The comparisons (by index) that are of a variable.
    pub taken: Vec<usize>,
    /// Variables named at the end without a comparison: those of the item's members.
    pub open: Vec<Subject>,
}

/// How far a variable may stand before its comparison, in words that are not of the vocabulary.
const FAR: usize = 14;
/// The same where the number has no unit to tell by.
const NEAR: usize = 8;

/// People beside the patient whose ages are stated.
const KIN: &[&str] = &[
    "parent",
    "parents",
    "mother",
    "mothers",
    "father",
    "fathers",
    "caregiver",
    "caregivers",
    "guardian",
    "guardians",
    "partner",
    "partners",
    "carer",
    "carers",
];

/// The variables in force while an item is gone through.
#[derive(Default)]
struct State {
    subjects: Vec<Subject>,
    /// A comparison of theirs was read: a further variable begins anew.
    used: bool,
    /// Words since the last of them was named.
    words: usize,
    /// Only joints stand between the last comparison and here.
    tight: bool,
    /// The last comparison was negated by its comparator ("not < 45").
    negated: bool,
}

impl Binder<'_> {
    /// Goes through the item once. `inherited`: variables that a parent names.
    pub fn bind(&self, inherited: &[Subject]) -> Bound {
        let mut bound = Bound::default();
        let mut state = State { subjects: inherited.to_vec(), ..State::default() };
        let mut next = 0;
        let mut at = self.range.start;
        while at < self.range.end {
            if let Some(comparison) = self.comparisons.get(next).filter(|c| c.start == at) {
                self.take(next, comparison, &mut state, &mut bound);
                next += 1;
                at = comparison.end;
                continue;
            }
            at += self.step(at, &mut state, &mut bound);
        }
        if !state.used {
            bound.open = state.subjects;
        }
        bound
    }

    /// Looks at what is no comparison.
    fn step(&self, at: usize, state: &mut State, bound: &mut Bound) -> usize {
        let blocked = self.atoms.takes(at, Class::NotVariable);
        let named = self.atoms.mark(at, Class::Variable);
        let named_len = named.map_or(0, |mark| usize::from(mark.len));
        if blocked > 0 && blocked >= named_len {
            // "creatinine and urea ≤ 1.5 × ULN": what is only joined to a variable takes nothing from it.
            let joined = at > 0 && [Class::And, Class::Or].iter().any(|class| self.atoms.is(at - 1, *class));
            if !joined || state.used {
                state.subjects.clear();
            }
            return blocked;
        }
        if let Some(mark) = named.filter(|mark| self.is_named(at, mark.payload)) {
            let subject = Subject { variable: mark.payload, start: at, end: at + named_len };
            self.name(subject, state);
            if let Some(end) = self.score_alone(subject, state, bound) {
                return end - at;
            }
            return named_len;
        }
        let pressure = self.atoms.takes(at, Class::BloodPressure);
        if pressure > 0 {
            *state = State::default();
            self.pressure_pair(at + pressure, bound);
            return pressure;
        }
        if let Some(len) = self.mirrored(at, bound).or_else(|| self.bound_first(at, state, bound)) {
            return len;
        }
        if scope::is_stop(self.atoms, at) || self.atoms.is(at, Class::Semicolon) {
            let goes_on = self.atoms.is(at, Class::Semicolon)
                && (self.comparison_begins(at + 1) || self.condition_begins(at + 1));
            if !goes_on {
                *state = State::default();
            }
            return 1;
        }
        let joint =
            [Class::And, Class::Or, Class::Comma, Class::Open, Class::Close, Class::Inclusive, Class::To]
                .iter()
                .any(|class| self.atoms.is(at, *class));
        let filler =
            matches!(self.atoms.text(at), "also" | "must" | "be" | "years" | "old" | "of" | "than" | "at");
        state.tight &= joint || filler;
        if self.atoms.get(at).is_some_and(|a| a.kind == AtomKind::Word) {
            state.words += 1;
        }
        1
    }

    /// Adds a variable to those in force, or begins anew.
    fn name(&self, subject: Subject, state: &mut State) {
        // "ECOG performance status": the general word adds nothing to the scale's name.
        let general = self.vocabulary.variable_at(subject.variable).is_some_and(|v| !v.by_value.is_empty());
        let scale = |s: &Subject| {
            self.vocabulary.variable_at(s.variable).is_some_and(|v| v.kind == VariableKind::Score)
        };
        if general && state.subjects.iter().any(scale) {
            return;
        }
        let joined =
            !state.used && !state.subjects.is_empty() && state.words <= FAR && self.is_joined(subject, state);
        let own_name = state.subjects.iter().any(|s| s.variable == subject.variable);
        if !joined && !own_name {
            state.subjects.clear();
        }
        if own_name && state.used && state.tight {
            return;
        }
        if own_name && state.used {
            state.subjects.clear();
            state.subjects.push(subject);
        } else if !own_name {
            state.subjects.push(subject);
        }
        state.used = false;
        state.words = 0;
    }

    /// "ALT and AST", "AST/ALT", "ALT (SGPT), AST (SGOT)": variables that share what follows.
    fn is_joined(&self, subject: Subject, state: &State) -> bool {
        let Some(last) = state.subjects.last() else { return false };
        let between = last.end..subject.start;
        // "WBC 2400 per µl, platelets < …": the first has a number of its own.
        let number =
            |at: usize| self.atoms.digits(at).is_some() && self.atoms.mark(at, Class::Variable).is_none();
        if between.len() > 2 * FAR || between.clone().any(number) {
            return false;
        }
        let joint = |at: usize| {
            [Class::And, Class::Or, Class::Comma, Class::Open, Class::Close]
                .iter()
                .any(|class| self.atoms.is(at, *class))
        };
        between.is_empty() || between.clone().any(joint) || self.atoms.is(subject.end, Class::Close)
    }

    /// Short names that are also something else stand only where they can be meant.
    fn is_named(&self, at: usize, variable: u16) -> bool {
        let Some(variable) = self.vocabulary.variable_at(variable) else { return false };
        // "no longer than 2 years of age": "age" after the number is its unit's.
        let after_number = at > 0 && self.atoms.digits(at - 1).is_some();
        !(variable.name == "age" && after_number && self.atoms.text(at) == "aged")
    }

    /// A comparison: of the variables in force, or of the one right after it.
    fn take(&self, index: usize, comparison: &Comparison, state: &mut State, bound: &mut Bound) {
        // "grade > 2 neuropathy" is of no variable.
        let grade = comparison.start.checked_sub(1).map(|at| self.atoms.text(at));
        if matches!(grade, Some("grade" | "grades" | "gr" | "toxicity" | "ctcae")) {
            *state = State::default();
            return;
        }
        if state.used && !state.tight && self.is_time(comparison) {
            state.subjects.clear();
        }
        let far = if state.used { false } else { state.words > FAR };
        let before = if far { Vec::new() } else { self.fitting(&state.subjects, comparison, state.words) };
        let own = self.scope.is(comparison.start, Under::OwnCondition);
        let after = self.named_after(comparison);
        // "< 150 systolic / < 100 diastolic": each of its own.
        let before = if after.is_some_and(|s| self.is_pressure(s)) { Vec::new() } else { before };
        if !before.is_empty() {
            if !own {
                let mut own = comparison.clone();
                if state.negated
                    && state.tight
                    && own.parts.iter().all(|(op, _)| matches!(op, Op::Gt | Op::Lt))
                {
                    own.parts.iter_mut().for_each(|(op, _)| *op = op.negated());
                }
                for subject in &before {
                    self.emit(index, *subject, &own, bound);
                }
            }
            bound.taken.push(index);
            state.used = true;
            state.tight = true;
            state.negated = comparison.negated;
            return;
        }
        if let Some(subject) = after {
            if !own {
                self.emit(index, subject, comparison, bound);
                self.other_pressure(subject, comparison, bound);
            }
            bound.taken.push(index);
            return;
        }
        if let Some(variable) = self.index_of("age").filter(|_| !own && self.is_age_by_person(comparison)) {
            let subject = Subject { variable, start: comparison.start, end: comparison.start };
            self.emit(index, subject, comparison, bound);
            bound.taken.push(index);
            *state = State { subjects: vec![subject], used: true, tight: true, ..State::default() };
        }
    }

    /// Whether nothing but "and" or "or" stands between `at` and a comparison.
    fn comparison_begins(&self, at: usize) -> bool {
        let joint = usize::from(self.atoms.is(at, Class::Or) || self.atoms.is(at, Class::And));
        self.comparison_from(at).is_some_and(|c| c.start <= at + joint)
    }

    /// "…; if liver metastases, then ≤ 5 × ULN": a condition, and a comparison before any other variable.
    fn condition_begins(&self, at: usize) -> bool {
        let joint = usize::from(self.atoms.is(at, Class::Or) || self.atoms.is(at, Class::And));
        if !self.atoms.is(at + joint, Class::If) {
            return false;
        }
        let until = (at + 24).min(self.range.end);
        self.comparison_from(at).is_some_and(|c| {
            c.start < until
                && (at..c.start).all(|i| {
                    !(self.atoms.is(i, Class::Variable)
                        || self.atoms.is(i, Class::Semicolon)
                        || scope::is_stop(self.atoms, i))
                })
        })
    }

    /// The first comparison that begins at `at` or later.
    fn comparison_from(&self, at: usize) -> Option<&Comparison> {
        self.comparisons.get(self.comparisons.partition_point(|c| c.start < at))
    }

    fn index_of(&self, name: &str) -> Option<u16> {
        self.vocabulary.variables().iter().position(|v| v.name == name).and_then(|i| u16::try_from(i).ok())
    }

    fn is_time(&self, comparison: &Comparison) -> bool {
        comparison.parts.iter().any(|(_, amount)| amount.time(self.atoms, self.vocabulary).is_some())
    }

    /// Those of the subjects that the comparison's units and values fit.
    fn fitting(&self, subjects: &[Subject], comparison: &Comparison, words: usize) -> Vec<Subject> {
        let fits = |subject: &&Subject| {
            self.vocabulary.variable_at(subject.variable).is_some_and(|variable| {
                comparison.parts.iter().all(|(_, amount)| self.fits(variable, amount, comparison, words))
            })
        };
        subjects.iter().filter(fits).copied().collect()
    }

    fn fits(&self, variable: &Variable, amount: &Amount, comparison: &Comparison, words: usize) -> bool {
        match variable.kind {
            VariableKind::Class => false,
            VariableKind::Score => {
                let whole = amount.value.fract() == 0.0 || variable.name == "pdl1_cps";
                let unit = !amount.has_unit()
                    || amount.unit_of(self.atoms, self.vocabulary, &variable.units).is_some();
                whole && unit && words <= NEAR + 4 && in_range(variable, amount.value) && !self.counts(amount)
            }
            VariableKind::Time => {
                let bare =
                    variable.default.is_some() && !amount.has_unit() && words <= NEAR && !self.counts(amount);
                amount.time(self.atoms, self.vocabulary).is_some() || bare && in_range(variable, amount.value)
            }
            VariableKind::Measure => {
                let unit = amount.unit_of(self.atoms, self.vocabulary, &self.dimensions(variable)).is_some();
                let dimensionless = variable.units.iter().any(|u| u == "none");
                let plus = variable.units.iter().any(|u| u == "plus") && self.atoms.text(amount.end) == "+";
                let bare = (variable.bare || dimensionless)
                    && words <= NEAR
                    && (comparison.stated || comparison.range)
                    && self.is_bare(variable, amount);
                unit || plus || bare
            }
        }
    }

    /// A number without a unit that can be a value all the same.
    fn is_bare(&self, variable: &Variable, amount: &Amount) -> bool {
        let digits = self.atoms.digits(amount.start).is_some();
        // Cells and masses are written in units that differ a thousandfold; the others in one.
        let one_unit = !variable.units.iter().any(|u| u == "cells" || u == "mass");
        digits
            && !amount.has_unit()
            && !self.counts(amount)
            && (!one_unit || in_range(variable, amount.value))
    }

    /// The dimensions a variable's values may have; cells are also written `G/L`.
    fn dimensions(&self, variable: &Variable) -> Vec<String> {
        let mut dimensions = variable.units.clone();
        if dimensions.iter().any(|d| d == "cells") {
            dimensions.push("mass".to_owned());
        }
        dimensions
    }

    /// Whether a word after the number says that it counts something else ("2 doses").
    fn counts(&self, amount: &Amount) -> bool {
        let at = amount.end;
        let Some(next) = self.atoms.get(at) else { return false };
        if next.kind != AtomKind::Word {
            return false;
        }
        let counted = [Class::Prior, Class::Line, Class::Regimen, Class::Exposure, Class::Unit, Class::Times];
        let unit_like = matches!(
            self.atoms.text(at),
            "times"
                | "mg"
                | "ml"
                | "doses"
                | "cycles"
                | "sites"
                | "lesions"
                | "weeks"
                | "points"
                | "episodes"
                | "days"
        );
        let score_word = matches!(self.atoms.text(at), "points" | "point" | "score");
        (counted.iter().any(|class| self.atoms.is(at, *class)) || unit_like) && !score_word
    }

    /// "≥ 18 years of age", "> 450 ms QTc", "≥ 90 mmHg diastolic": the variable right after the comparison.
    fn named_after(&self, comparison: &Comparison) -> Option<Subject> {
        let last = comparison.parts.last()?.1;
        let end = comparison.end;
        let age_words = self.atoms.takes(last.end, Class::AgeAfter);
        if age_words > 0 && self.is_time(comparison) {
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
        for at in end..end + 3 {
            if let Some(mark) = self.atoms.mark(at, Class::Variable) {
                let subject = Subject { variable: mark.payload, start: at, end: at + usize::from(mark.len) };
                let blocked = self.atoms.takes(at, Class::NotVariable) >= usize::from(mark.len);
                // The next comparison claims a variable that stands between the two.
                // Unless each has its own behind it: "< 150 systolic / < 100 diastolic".
                let claimed = self.comparison_from(subject.end).is_some_and(|c| {
                    c.start <= subject.end + 3 && self.atoms.mark(c.end, Class::Variable).is_none()
                });
                let age = |v: &Variable| v.name == "age";
                let unit = last.has_unit()
                    || self.vocabulary.variable_at(mark.payload).is_some_and(age)
                    || at == end && self.is_pressure(subject);
                let fits = !self.fitting(&[subject], comparison, 0).is_empty();
                return (fits && unit && !blocked && !claimed).then_some(subject);
            }
            if !matches!(self.atoms.text(at), "of" | "in" | "for" | "serum" | "the" | "their") {
                return None;
            }
        }
        None
    }

    /// "> 150 mmHg systolic / 100 mmHg diastolic": the comparator is said once.
    fn other_pressure(&self, first: Subject, comparison: &Comparison, bound: &mut Bound) {
        let slash = self.atoms.text(first.end) == "/" || self.atoms.is(first.end, Class::Or);
        let (Some((op, _)), true) = (comparison.parts.first(), slash && self.is_pressure(first)) else {
            return;
        };
        let Some(amount) = amounts::amount(self.atoms, first.end + 1) else { return };
        let Some(mark) = self.atoms.mark(amount.end, Class::Variable) else { return };
        let subject =
            Subject { variable: mark.payload, start: amount.start, end: amount.end + usize::from(mark.len) };
        if self.is_pressure(subject) {
            let other = Comparison {
                parts: vec![(*op, amount)],
                range: false,
                start: amount.start,
                end: amount.end,
                ..comparison.clone()
            };
            self.emit(usize::MAX, subject, &other, bound);
        }
    }

    /// "a node > 5 cm in diameter", "lesions longer than 10 mm in diameter".
    fn size_of_lesion(&self, comparison: &Comparison) -> Option<Subject> {
        let end = comparison.end;
        let measured = self.atoms.text(end) == "in"
            && matches!(
                self.atoms.text(end + 1),
                "diameter" | "size" | "dimension" | "longest" | "greatest" | "largest"
            );
        let first = comparison.start.saturating_sub(8).max(self.range.start);
        let lesion = (first..comparison.start).any(|at| {
            matches!(
                self.atoms.text(at),
                "lesion" | "lesions" | "tumor" | "tumors" | "node" | "nodes" | "mass" | "nodule"
            )
        });
        let variable = self.index_of("tumor_size").filter(|_| measured && lesion)?;
        let subject = Subject { variable, start: comparison.start, end: end + 2 };
        (!self.fitting(&[subject], comparison, 0).is_empty()).then_some(subject)
    }

    /// "Parents over 18 years": somebody else's age. Not "parents and children (ages 8-18)".
    fn is_age_of_kin(&self, at: usize) -> bool {
        let sentence = self.scope.sentence(at, &self.range);
        let first = at.saturating_sub(7).max(sentence.start);
        let people = (first..at).rev().map(|i| self.atoms.text(i)).find(|word| {
            KIN.contains(word)
                || matches!(*word, "child" | "children" | "patients" | "participants" | "subjects")
        });
        people.is_some_and(|word| KIN.contains(&word))
    }

    fn is_pressure(&self, subject: Subject) -> bool {
        let pressure = |v: &Variable| matches!(v.name.as_str(), "sbp" | "dbp");
        self.vocabulary.variable_at(subject.variable).is_some_and(pressure)
    }

    /// Ages that are no entry limit: at diagnosis, at menopause.
    fn is_age_of_other(&self, comparison: &Comparison) -> bool {
        let sentence = self.scope.sentence(comparison.start, &self.range);
        let near =
            comparison.start.saturating_sub(12).max(sentence.start)..(comparison.end + 10).min(sentence.end);
        // "first symptoms from ≤ 60 years of age", "consent by patients aged > 16".
        let pair = |at: usize| {
            let (word, next) = (self.atoms.text(at), self.atoms.text(at + 1));
            word == "first" && next.starts_with("symptom")
                || matches!(word, "consent" | "assent") && matches!(next, "by" | "of")
        };
        if near.clone().take_while(|at| *at < comparison.start).any(pair) {
            return true;
        }
        near.into_iter().any(|at| {
            let word = self.atoms.text(at);
            [
                "menopaus",
                "postmenopaus",
                "amenorrh",
                "menses",
                "menstru",
                "childbearing",
                "menarch",
                "tissue",
                "specimen",
                "sample",
                "biops",
                "archiv",
                "ovariectom",
                "oophorectom",
                "onset",
            ]
            .iter()
            .any(|stem| word.contains(stem))
        })
    }

    /// "Adults ≥ 18 years", "≥ 18 years": years on their own after a person, and nothing else in the clause.
    fn is_age_by_person(&self, comparison: &Comparison) -> bool {
        let years = comparison.parts.iter().all(|(_, amount)| {
            amount
                .time(self.atoms, self.vocabulary)
                .is_some_and(|unit| matches!(unit.name.as_str(), "year" | "month"))
        });
        let years = years || self.is_bracketed_age(comparison);
        if !years || self.is_age_of_other(comparison) {
            return false;
        }
        let bracket = |at: &usize| self.atoms.is(*at, Class::Open) || self.atoms.is(*at, Class::Comma);
        // "residents who are nineteen years or older", "you must be 21 years or older".
        let be = |at: &usize| {
            matches!(self.atoms.text(*at), "who" | "are" | "is" | "be" | "must" | "should" | "that")
        };
        let stated = self.atoms.takes(comparison.end.saturating_sub(2), Class::GeAfter) > 0;
        let before = (self.range.start..comparison.start).rev().find(|at| !(bracket(at) || stated && be(at)));
        // On its own at the beginning only in years: "≥ 6 months" may be anything's.
        let in_years = comparison
            .parts
            .iter()
            .all(|(_, a)| a.time(self.atoms, self.vocabulary).is_none_or(|unit| unit.name == "year"));
        if before.is_none() && !in_years {
            return false;
        }
        let person = before.is_none_or(|at| {
            self.atoms.is(at, Class::Person)
                || self.atoms.is(at, Class::Sex)
                || self.atoms.is(at, Class::Colon) && self.range.start + 2 >= at
                || self.atoms.text(comparison.start) == "from"
                || stated && self.atoms.text(comparison.start - 1) == "be"
                || stated && self.atoms.text(comparison.start - 1) == "are"
        });
        let after = comparison.end;
        let ends = after >= self.range.end
            || scope::is_stop(self.atoms, after)
            || [
                Class::Comma,
                Class::Semicolon,
                Class::Close,
                Class::Open,
                Class::Person,
                Class::Sex,
                Class::And,
                Class::Or,
            ]
            .iter()
            .any(|class| self.atoms.is(after, *class))
            || matches!(self.atoms.text(after), "at" | "who" | "with" | "inclusive");
        person && ends && !self.scope.is(comparison.start, Under::OwnCondition)
    }

    /// "Adults (> 18)": the number alone in the brackets after the people it is the age of.
    fn is_bracketed_age(&self, comparison: &Comparison) -> bool {
        let before = comparison.start.checked_sub(1);
        let open = before.filter(|at| self.atoms.is(*at, Class::Open));
        let people = open.map_or(before, |at| at.checked_sub(1));
        let people = people.map(|at| self.atoms.text(at)).unwrap_or_default();
        let named = matches!(
            people,
            "adult" | "adults" | "children" | "child" | "minors" | "adolescents" | "elderly"
        );
        let ages = comparison.parts.iter().all(|(_, a)| !a.has_unit() && (1.0..=100.0).contains(&a.value));
        // "Adults > 18 or of legal age".
        let ends =
            [Class::Comma, Class::Or, Class::And].iter().any(|class| self.atoms.is(comparison.end, *class));
        let bare = comparison.stated && (ends || comparison.end >= self.range.end);
        named && ages && if open.is_some() { self.atoms.is(comparison.end, Class::Close) } else { bare }
    }

    /// "ECOG 1", "KPS 100": a score with nothing but the number after it.
    fn score_alone(&self, subject: Subject, state: &mut State, bound: &mut Bound) -> Option<usize> {
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
        let comparison = Comparison {
            parts,
            range: false,
            list: false,
            better: None,
            negated: false,
            stated: true,
            start: at,
            end: after,
        };
        self.emit(usize::MAX, subject, &comparison, bound);
        state.used = true;
        state.tight = true;
        Some(after)
    }

    /// "18 ≤ age ≤ 75", "18 years < age": the number first.
    fn mirrored(&self, at: usize, bound: &mut Bound) -> Option<usize> {
        self.atoms.digits(at)?;
        // "1.18 ≤ age": the item's number is glued to the age.
        if at == self.range.start
            && self.atoms.text(at).split_once('.').is_some_and(|(_, rest)| rest.len() > 1)
        {
            return None;
        }
        let amount = amounts::amount(self.atoms, at)?;
        let (op, len) = amounts::comparator(self.atoms, amount.end)?;
        let named = self.atoms.mark(amount.end + len, Class::Variable)?;
        let start = amount.end + len;
        let subject = Subject { variable: named.payload, start, end: start + usize::from(named.len) };
        // Only where a second comparison follows the variable: "≥ 5, > ULN" reads otherwise.
        let second = self.comparison_from(subject.end).filter(|c| c.start == subject.end);
        let mut first = amount;
        if !first.has_unit() {
            first.unit = second.and_then(|c| c.parts.first()).map_or(UnitAt::None, |(_, a)| a.unit);
        }
        let end = subject.start;
        let comparison = Comparison {
            parts: vec![(op.mirrored(), first)],
            range: true,
            list: false,
            better: None,
            negated: false,
            stated: true,
            start: at,
            end,
        };
        if self.fitting(&[subject], &comparison, 0).is_empty() {
            return None;
        }
        self.emit(usize::MAX, subject, &comparison, bound);
        Some(amount.end + len - at)
    }

    /// "minimum age of 18 years", "at least age 18": the comparator first, then the variable.
    fn bound_first(&self, at: usize, state: &mut State, bound: &mut Bound) -> Option<usize> {
        let (op, len) = amounts::comparator(self.atoms, at)?;
        let named = self.atoms.mark(at + len, Class::Variable)?;
        let subject = Subject { variable: named.payload, start: at, end: at + len + usize::from(named.len) };
        let filler =
            (0..2).take_while(|i| matches!(self.atoms.text(subject.end + i), "of" | ":" | "is")).count();
        let start = subject.end + filler;
        let amount = amounts::amount(self.atoms, start)?;
        let parts = vec![(op, amount)];
        let comparison = Comparison {
            parts,
            range: false,
            list: false,
            better: None,
            negated: false,
            stated: true,
            start,
            end: amount.end,
        };
        let taken = self.comparison_from(start).is_some_and(|c| c.start < amount.end);
        if taken || op == Op::Eq || self.fitting(&[subject], &comparison, 0).is_empty() {
            return None;
        }
        self.emit(usize::MAX, subject, &comparison, bound);
        *state = State { subjects: vec![subject], used: true, tight: true, ..State::default() };
        Some(amount.end - at)
    }

    /// A pair after "blood pressure": "> 140/90 mmHg".
    fn pressure_pair(&self, from: usize, bound: &mut Bound) {
        let until = (from + 14).min(self.range.end);
        for at in from..until {
            if self.atoms.is(at, Class::Semicolon) || scope::is_stop(self.atoms, at) {
                return;
            }
            let Some((op, len)) = amounts::comparator(self.atoms, at) else { continue };
            let Some((systolic, diastolic)) = amounts::pressures(self.atoms, at + len) else { continue };
            for (name, mut amount) in [("sbp", systolic), ("dbp", diastolic)] {
                amount.unit = diastolic.unit;
                let Some(variable) = self.index_of(name) else { continue };
                let subject = Subject { variable, start: from.saturating_sub(1), end: from };
                let comparison = Comparison {
                    parts: vec![(op, amount)],
                    range: false,
                    list: false,
                    better: None,
                    negated: false,
                    stated: true,
                    start: at,
                    end: diastolic.end,
                };
                self.emit(usize::MAX, subject, &comparison, bound);
            }
            return;
        }
    }

    /// Writes a comparison's limits down.
    fn emit(&self, index: usize, subject: Subject, comparison: &Comparison, bound: &mut Bound) {
        let Some(variable) = self.vocabulary.variable_at(subject.variable) else { return };
        let at = comparison.start;
        if variable.name == "age" && self.is_age_of_other(comparison) {
            return;
        }
        let negated = self.scope.is(subject.start, Under::Negation) && variable.kind == VariableKind::Measure;
        let (conditional, except) = self.held(index, variable, at, bound);
        let start = subject.start.min(at);
        let mut drafts = Vec::new();
        for (op, amount) in &comparison.parts {
            let name = by_value(variable, comparison);
            let op = comparison.better.map_or(*op, |better| graded(variable, better));
            let op = if negated { op.negated() } else { op };
            let Some((value, unit)) = self.value(variable, amount) else { return };
            drafts.push(Draft {
                variable: name,
                op,
                value: LimitValue::Number(Number(value)),
                unit,
                conditional,
                except,
                alternative: false,
                agent: None,
                atoms: start..comparison.end.max(subject.end),
            });
        }
        bound.drafts.extend(drafts);
    }

    /// Whether a limit holds under a condition, and whether it stands in an exception.
    fn held(&self, index: usize, variable: &Variable, at: usize, bound: &Bound) -> (bool, bool) {
        let person = matches!(variable.name.as_str(), "age" | "weight" | "height" | "bmi");
        let conditional = variable.name == "age" && self.is_age_of_kin(at)
            || self.scope.is_conditioned(index)
            || self.scope.is(at, Under::Condition)
            || self.scope.is(at, Under::Sex) && !person;
        let in_exception = self.scope.is(at, Under::Exception);
        // Another limit for the same variable, outside: the exception only sets a different limit.
        let alternative =
            bound.drafts.iter().rev().take(32).any(|d| d.variable == variable.name && !d.except);
        (conditional || in_exception, in_exception && !alternative)
    }

    /// The value and unit as facts print them; nothing where the value cannot be meant.
    fn value(&self, variable: &Variable, amount: &Amount) -> Option<(f64, Option<String>)> {
        if variable.kind == VariableKind::Score {
            return Some((amount.value, Some(String::new())));
        }
        if variable.kind == VariableKind::Time {
            let unit = amount.time(self.atoms, self.vocabulary).map(|unit| unit.name.clone());
            return Some((amount.value, unit.or_else(|| variable.default.clone())));
        }
        let dimensions = self.dimensions(variable);
        let Some(unit) = amount.unit_of(self.atoms, self.vocabulary, &dimensions) else {
            let value = if amount.dotted && variable.units.iter().any(|u| u == "cells") {
                amount.value * 1000.0
            } else {
                amount.value
            };
            let unitless = variable.units.iter().any(|u| u == "none");
            return Some((value, unitless.then(String::new)));
        };
        self.measured(variable, unit, amount)
    }
}

fn in_range(variable: &Variable, value: f64) -> bool {
    variable.range.is_none_or(|(low, high)| (low..=high).contains(&value))
}

/// "or better", "or worse": which way that is on the variable's scale.
fn graded(variable: &Variable, better: bool) -> Op {
    if variable.low_is_better == better { Op::Le } else { Op::Ge }
}

/// A "performance status" is the scale that its value fits.
fn by_value(variable: &Variable, comparison: &Comparison) -> String {
    let largest = comparison.parts.iter().map(|(_, amount)| amount.value).fold(0.0, f64::max);
    variable.by_value.iter().find(|v| largest <= v.up_to).map_or(&variable.name, |v| &v.name).clone()
}
