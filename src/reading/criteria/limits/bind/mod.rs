//! Which variable a comparison is of.
//!
//! The variables named before it in its sentence, if its unit fits them; else the one right after it.

mod ages;
mod changes;
mod emit;
mod fits;
mod forms;
mod held;
mod pressures;
mod scales;

use super::Item;
use super::amounts::{COMPARATORS, Comparison};
use super::atoms::{AtomKind, Atoms};
use super::draft::Draft;
use super::scope::{self, Scope, Under};
use crate::protocol::Section;
use crate::reading::criteria::vocabulary::{Class, Lists, Variable, VariableKind, Vocabulary};
use std::ops::Range;

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
    /// The text as it is written.
    pub text: &'a str,
    /// The text cut and marked.
    pub atoms: &'a Atoms<'a>,
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// The item's atoms.
    pub range: Range<usize>,
    /// Its comparisons, in order.
    pub comparisons: &'a [Comparison],
    /// Its structure.
    pub scope: &'a Scope,
    /// It stands under exclusion.
    pub shuts_out: bool,
}

impl<'a> Binder<'a> {
    /// The reader of an item.
    pub(super) fn of(item: &Item<'a>) -> Self {
        Self {
            text: item.text,
            atoms: item.atoms,
            vocabulary: item.vocabulary,
            range: item.range.clone(),
            comparisons: item.comparisons,
            scope: item.scope,
            shuts_out: item.section == Some(Section::Exclusion),
        }
    }
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

/// An item of so many words hands on what it took over.
const FEW: usize = 4;

/// Lists whose phrases name a variable, begin a limit or end a sentence.
const LOOKED_AT: Lists = Lists::NUMERIC.and(Lists::of(COMPARATORS)).and(Lists::of(&[
    Class::NotVariable,
    Class::Variable,
    Class::BloodPressure,
    Class::Stop,
    Class::Semicolon,
]));

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
    /// The last comparison, by index.
    last: Option<usize>,
}

impl Binder<'_> {
    /// Goes through the item once. `inherited`: variables that a parent names.
    pub fn bind(&self, inherited: &[Subject]) -> Bound {
        let mut bound = Bound::default();
        let mut state = State { subjects: inherited.to_vec(), ..State::default() };
        let mut next = 0;
        let mut at = self.range.start;
        while at < self.range.end {
            // "age range of 18-60": the comparison's first words belong to the name that was just passed.
            let begun = |c: &&Comparison| c.start < at;
            while self.comparisons.get(next).filter(begun).is_some_and(|c| !values_from(c, at)) {
                next += 1;
            }
            if let Some(comparison) = self.comparisons.get(next).filter(|c| c.start <= at) {
                self.take(next, comparison, &mut state, &mut bound);
                next += 1;
                at = comparison.end;
                continue;
            }
            at += self.step(at, &mut state, &mut bound);
        }
        // What an item takes over from above it hands on only where it says little itself.
        let own = |subject: &Subject| self.range.contains(&subject.start);
        if !state.used && (state.words <= FEW || state.subjects.iter().any(own)) {
            bound.open = state.subjects;
        }
        bound
    }

    /// Looks at what is no comparison.
    fn step(&self, at: usize, state: &mut State, bound: &mut Bound) -> usize {
        // Most words are of no such list.
        if !self.atoms.lists(at).meets(LOOKED_AT) {
            return self.pass(at, state);
        }
        let blocked = self.atoms.takes(at, Class::NotVariable);
        let named = self.atoms.mark(at, Class::Variable);
        let named_len = named.map_or(0, |mark| usize::from(mark.len));
        if blocked > 0 && blocked >= named_len {
            // "creatinine and urea ≤ 1.5 × ULN": what is only joined to a variable takes nothing from it.
            let joined = at > 0 && self.atoms.is_any(at - 1, &[Class::And, Class::Or]);
            // "Karnofsky or Lansky (age-dependent) score".
            let aside = at > 0
                && self.atoms.text(at) == "age"
                && self.atoms.is(at - 1, Class::Open)
                && self.atoms.is(at + blocked, Class::Close);
            if (!joined || state.used) && !aside {
                state.subjects.clear();
            }
            return blocked;
        }
        // "Karnofsky (for > 16 years of age)": the age says of whom the scale is.
        if named.is_some() && self.scope.is(at, Under::OwnCondition) && self.atoms.text(at) == "age" {
            return named_len;
        }
        if named.is_some() && self.is_of_a_change(at) {
            state.subjects.clear();
            return named_len;
        }
        let pressure = self.atoms.takes(at, Class::BloodPressure);
        if let Some(mark) = named.filter(|mark| pressure <= named_len && self.is_named(at, mark.payload)) {
            let subject = Subject { variable: mark.payload, start: at, end: at + named_len };
            self.name(subject, state);
            if let Some(end) = self.score_alone(subject, state, bound) {
                return end - at;
            }
            if let Some(end) = self.multiple_alone(subject.end, state, bound) {
                return end - at;
            }
            return named_len;
        }
        if pressure > 0 {
            *state = State::default();
            self.pressure_pair(at + pressure, bound);
            return pressure;
        }
        if let Some(len) = self.mirrored(at, bound).or_else(|| self.bound_first(at, state, bound)) {
            return len;
        }
        if scope::is_stop(self.atoms, at) || self.atoms.is(at, Class::Semicolon) {
            let semicolon = self.atoms.is(at, Class::Semicolon);
            let goes_on = self.label_begins(at + 1)
                || semicolon && (self.comparison_begins(at + 1) || self.condition_begins(at + 1));
            if !goes_on {
                *state = State::default();
            }
            return 1;
        }
        self.pass(at, state)
    }

    /// Passes over what is neither a variable nor a sentence's end.
    fn pass(&self, at: usize, state: &mut State) -> usize {
        let joint = Lists::of(&[
            Class::And,
            Class::Or,
            Class::Comma,
            Class::Open,
            Class::Close,
            Class::Inclusive,
            Class::To,
        ]);
        let filler =
            |word: &str| matches!(word, "also" | "must" | "be" | "years" | "old" | "of" | "than" | "at");
        state.tight = state.tight && (self.atoms.lists(at).meets(joint) || filler(self.atoms.text(at)));
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
        if !own_name {
            state.last = None;
        }
        if !joined && !own_name {
            state.subjects.clear();
        }
        if own_name && state.used && state.tight {
            // "ALT and AST < 2.5 × ULN, ALT < 1.5 × ULN": of this one only.
            if state.subjects.len() > 1 {
                state.subjects = vec![subject];
                state.used = false;
                state.words = 0;
            }
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
        let number = |at: usize| {
            self.atoms.digits(at).is_some()
                && self.atoms.mark(at, Class::Variable).is_none()
                && !self.scope.is(at, Under::OwnCondition)
        };
        if between.len() > 2 * FAR || between.clone().any(number) {
            return false;
        }
        let joint = |at: usize| {
            self.atoms.is_any(at, &[Class::And, Class::Or, Class::Comma, Class::Open, Class::Close])
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
        if bound.taken.last().is_some_and(|last| *last >= index) {
            return;
        }
        if self.is_change(comparison) || self.is_of_slices(comparison) || self.is_excess(comparison) {
            return;
        }
        // "grade > 2 neuropathy" is of no variable.
        let grade = comparison.start.checked_sub(1).map(|at| self.atoms.text(at));
        if matches!(grade, Some("grade" | "grades" | "gr" | "toxicity" | "ctcae"))
            && !self.is_of_a_scale(state)
        {
            *state = State::default();
            return;
        }
        if state.used
            && !state.tight
            && (self.is_time(comparison) || self.is_of_another_scale(state, comparison.start))
            || self.is_of_a_status(state, comparison)
            || state.used && self.is_of_a_stranger(state, comparison)
        {
            state.subjects.clear();
        }
        // What stands above an item is of its first words: not of "at least one site" far on.
        let own = state.subjects.iter().any(|s| self.range.contains(&s.start));
        let bare = comparison.parts.iter().all(|(_, amount)| !amount.has_unit());
        let above = !own && bare && state.words > FEW;
        let far = if state.used { false } else { state.words > FAR || above };
        let before = if far { Vec::new() } else { self.fitting(&state.subjects, comparison, state.words) };
        let own = self.scope.is(comparison.start, Under::OwnCondition);
        let score = |s: &Subject| {
            self.vocabulary.variable_at(s.variable).is_some_and(|v| v.kind == VariableKind::Score)
        };
        let exact = fits::is_exact(comparison);
        let after = self.named_after(comparison).filter(|subject| !exact || score(subject));
        // "< 150 systolic / < 100 diastolic", "WBC of 3,000 with at least 1500 granulocytes": each of its own.
        let own_behind =
            after.is_some_and(|s| self.is_pressure(s) || state.used && s.start == comparison.end);
        let before = if own_behind { Vec::new() } else { before };
        let general =
            |s: &Subject| self.vocabulary.variable_at(s.variable).is_some_and(|v| !v.by_value.is_empty());
        if !own && before.iter().all(general) && self.take_scales(index, comparison, state, bound) {
            return;
        }
        if !own && self.respectively(index, &before, bound) {
            state.used = true;
            state.tight = true;
            return;
        }
        if !before.is_empty() {
            if !own {
                let mut own = comparison.clone();
                if state.tight && self.is_denied_too(state.last, &own) {
                    own.parts.iter_mut().for_each(|(op, _)| *op = op.negated());
                }
                for subject in &before {
                    self.emit(index, *subject, &own, bound);
                    self.other_sex(*subject, &own, bound);
                }
            }
            bound.taken.push(index);
            state.used = true;
            state.tight = true;
            state.last = Some(index);
            return;
        }
        if let Some(subject) = after {
            if !own {
                self.emit_joined(index, subject, bound);
                self.emit(index, subject, comparison, bound);
                self.other_pressure(subject, comparison, bound);
            }
            bound.taken.push(index);
            if own_behind {
                *state = State { subjects: vec![subject], used: true, tight: true, ..State::default() };
            }
            return;
        }
        if exact {
            return;
        }
        if let Some(variable) =
            self.index_of("weight").filter(|_| !own && self.is_weight_by_person(comparison))
        {
            let subject = Subject { variable, start: comparison.start, end: comparison.start };
            self.emit(index, subject, comparison, bound);
            bound.taken.push(index);
            *state = State { subjects: vec![subject], used: true, tight: true, ..State::default() };
            return;
        }
        if let Some(variable) = self.index_of("age").filter(|_| !own && self.is_age_by_person(comparison)) {
            let subject = Subject { variable, start: comparison.start, end: comparison.start };
            self.emit(index, subject, comparison, bound);
            bound.taken.push(index);
            let last = Some(index);
            *state = State { subjects: vec![subject], used: true, tight: true, last, ..State::default() };
        }
    }

    /// "> 140 mmHg or < 90 mmHg systolic": what "or" joins to a comparison is of the variable behind both.
    fn emit_joined(&self, index: usize, subject: Subject, bound: &mut Bound) {
        let Some(before) = index.checked_sub(1) else { return };
        let (Some(first), Some(second)) = (self.comparisons.get(before), self.comparisons.get(index)) else {
            return;
        };
        let joint = first.end..second.start;
        let joined = joint.len() == 1 && self.atoms.is_any(first.end, &[Class::Or, Class::And]);
        let units = first.parts.iter().all(|(_, amount)| amount.has_unit());
        // "for at least 6 months or up to 12 months of age": the first says how long something went on.
        let lasting = first.start.checked_sub(1).is_some_and(|at| self.atoms.text(at) == "for");
        let free = !bound.taken.contains(&before) && !lasting;
        if joined && units && free && !self.fitting(&[subject], first, 0).is_empty() {
            self.emit(before, subject, first, bound);
            bound.taken.push(before);
        }
    }

    /// Whether nothing but "and" or "or" stands between `at` and a comparison.
    fn comparison_begins(&self, at: usize) -> bool {
        let joint = usize::from(self.atoms.is(at, Class::Or) || self.atoms.is(at, Class::And));
        // "…; females: > 470 ms".
        let sex = self.atoms.takes(at + joint, Class::Sex);
        let colon = usize::from(sex > 0 && self.atoms.is(at + joint + sex, Class::Colon));
        self.comparison_from(at).is_some_and(|c| c.start <= at + joint + sex + colon)
    }

    /// "…; if liver metastases, then ≤ 5 × ULN": a condition, and a comparison before any other variable.
    fn condition_begins(&self, at: usize) -> bool {
        let joint = usize::from(self.atoms.is(at, Class::Or) || self.atoms.is(at, Class::And));
        // "…; participants with Gilbert's syndrome ≤ 3 × ULN".
        let people = self.atoms.is(at + joint, Class::Population)
            && matches!(self.atoms.text(at + joint + 1), "with" | "who" | "having");
        let otherwise = self.atoms.text(at + joint) == "otherwise";
        if !self.atoms.is(at + joint, Class::If) && !people && !otherwise {
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

    /// "…; patients with liver metastases: ≤ 5 × ULN": people, a colon, and right behind it a comparison with a unit.
    fn label_begins(&self, at: usize) -> bool {
        let until = (at + 14).min(self.range.end);
        let Some(colon) = (at..until).find(|i| self.atoms.is(*i, Class::Colon)) else { return false };
        let words = at..colon;
        let named = words.clone().any(|i| self.atoms.is(i, Class::Variable) || scope::is_stop(self.atoms, i));
        let people =
            words.clone().any(|i| self.atoms.is(i, Class::Population) || self.atoms.is(i, Class::Cohort));
        let compared =
            |c: &Comparison| c.start == colon + 1 && c.parts.iter().all(|(_, amount)| amount.has_unit());
        people && !named && self.comparison_from(colon).is_some_and(compared)
    }

    /// The first comparison that begins at `at` or later.
    fn comparison_from(&self, at: usize) -> Option<&Comparison> {
        self.comparisons.get(self.comparisons.partition_point(|c| c.start < at))
    }

    fn index_of(&self, name: &str) -> Option<u16> {
        self.vocabulary.index_of(name)
    }

    fn is_time(&self, comparison: &Comparison) -> bool {
        comparison.parts.iter().any(|(_, amount)| amount.time(self.atoms, self.vocabulary).is_some())
    }
}

/// Whether a comparison's values all stand at `at` or later.
fn values_from(comparison: &Comparison, at: usize) -> bool {
    comparison.parts.first().is_some_and(|(_, amount)| amount.start >= at)
}

pub(super) fn in_range(variable: &Variable, value: f64) -> bool {
    variable.range.is_none_or(|(low, high)| (low..=high).contains(&value))
}
