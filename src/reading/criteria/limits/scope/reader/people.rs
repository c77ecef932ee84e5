//! Brackets and words that say of which people a value is: of a cohort, of an age.

use std::ops::Range;

use super::{Open, Reader, Under};
use crate::reading::criteria::limits::amounts::Comparison;
use crate::reading::criteria::limits::atoms::{AtomKind, Atoms};
use crate::reading::criteria::vocabulary::Class;

/// How many atoms a bracket takes that says of whom a limit is.
const WIDE: usize = 9;

/// The words of the bracket that opens at `open`; none where it is longer.
fn in_brackets(atoms: &Atoms<'_>, open: usize) -> Range<usize> {
    let close = (open + 1..open + WIDE).find(|at| atoms.is(*at, Class::Close));
    open + 1..close.unwrap_or(open + 1)
}

fn is_of_everybody(atoms: &Atoms<'_>, words: &Range<usize>) -> bool {
    words.clone().any(|at| matches!(atoms.text(at), "all" | "both" | "any") || atoms.is(at, Class::Variable))
}

/// Whether the bracket at `open` says that what stands before it is of some: "(expansion cohorts)", "(Part 2 only)",
/// "(melanoma patients only)", "(for treatments A and B)".
pub fn names_some(atoms: &Atoms<'_>, open: usize) -> bool {
    let words = in_brackets(atoms, open);
    let cohort = words.clone().any(|at| atoms.is(at, Class::Cohort) && atoms.text(at) != "only");
    let only = words.len() >= 2
        && atoms.text(words.end - 1) == "only"
        && words.clone().any(|at| atoms.is(at, Class::Population));
    // "(for treatments A and B)": the letters of arms.
    let letter =
        |at: usize| atoms.text(at).len() == 1 && atoms.text(at).bytes().all(|b| b.is_ascii_alphabetic());
    let treatments = atoms.text(words.start) == "for"
        && words.clone().any(|at| atoms.text(at).starts_with("treatment"))
        && words.clone().any(letter);
    atoms.is(open, Class::Open) && (cohort || only || treatments) && !is_of_everybody(atoms, &words)
}

/// Past closed brackets before the one at `open`: "≥ 9 g/dL (90 g/L) (part 2 only)".
fn before_brackets(atoms: &Atoms<'_>, open: usize) -> usize {
    let mut at = open;
    while at > 0 && atoms.is(at - 1, Class::Close) {
        let first = at.saturating_sub(WIDE);
        match (first..at - 1).rev().find(|at| atoms.is(*at, Class::Open)) {
            Some(opened) => at = opened,
            None => break,
        }
    }
    at
}

impl Reader<'_> {
    /// "0 - 2 (expansion cohorts)": a bracket right behind a comparison says whose it is.
    pub(super) fn of_a_cohort(&mut self, open: usize) {
        let end = before_brackets(self.atoms, open);
        let before =
            self.next.checked_sub(1).filter(|i| self.comparisons.get(*i).is_some_and(|c| c.end == end));
        let Some(index) = before else { return };
        if end < open && !names_some(self.atoms, open) {
            return;
        }
        // "Lansky ≥ 60 (age < 16)": the bracket says of whom.
        let aged = matches!(self.atoms.text(open + 1), "age" | "aged" | "ages");
        let years = ["year", "old", "month"].iter().any(|word| self.atoms.text(open - 1).starts_with(word));
        if aged && !years {
            self.hold(index);
            self.open.push(Open {
                under: Under::OwnCondition,
                start: open,
                depth: self.depth + 1,
                short: true,
                listed: false,
            });
            return;
        }
        let words = in_brackets(self.atoms, open);
        // "≥ 40 kg (adolescents)".
        let named = names_some(self.atoms, open)
            || !years
                && words.len() <= 2
                && words.clone().any(|at| self.atoms.is(at, Class::AgeGroup))
                && !is_of_everybody(self.atoms, &words);
        let first = self.comparisons.get(self.next).map_or(usize::MAX, |c| c.start);
        if named && first >= words.end {
            self.hold(index);
        }
    }

    /// "for the second cohort", "in the expansion cohort": how many atoms, or none.
    pub(super) fn cohort_named(&self, at: usize) -> usize {
        // "for cisplatin arm"; without "the" only "for" says whose it is.
        let the = self.atoms.text(at + 1) == "the";
        if !self.atoms.is(at, Class::Whom)
            || self.atoms.text(at) == "if"
            || !the && self.atoms.text(at) != "for"
        {
            return 0;
        }
        let cohort = |word: &str| matches!(word, "cohort" | "cohorts" | "arm" | "arms" | "group" | "groups");
        let everybody = |word: &str| matches!(word, "all" | "both" | "any" | "age" | "same" | "study");
        let first = at + 1 + usize::from(the);
        let words = first..at + 7;
        let found = words.clone().find(|i| cohort(self.atoms.text(*i)));
        let plain = |i: usize| self.atoms.get(i).is_some_and(|a| a.kind == AtomKind::Word);
        found
            .filter(|found| (first..*found).all(|i| plain(i) && !everybody(self.atoms.text(i))))
            .map_or(0, |found| found + 1 - at)
    }

    /// "Karnofsky ≥ 60 for > 16 years", "Lansky ≥ 60 for ≤ 16": beside a scale from 0 to 100 a number so small behind "for" is an age.
    fn is_bare_age_of_a_scale(&self, at: usize, age: &Comparison) -> bool {
        let young = |value: f64| (10.0..=21.0).contains(&value);
        let years = self.atoms.text(age.end - 1).starts_with("year");
        let bare = age.stated && age.parts.iter().all(|(_, a)| (years || !a.has_unit()) && young(a.value));
        let scale = |i: usize| matches!(self.atoms.text(i), "lansky" | "karnofsky" | "kps" | "lps");
        bare && (at.saturating_sub(8)..at).any(scale)
    }

    /// "(for > 16 years of age)", "for aged 12 to 15": of whom another value is. How many atoms stand before the age.
    pub(super) fn age_named(&self, at: usize) -> usize {
        if !self.atoms.is(at, Class::Whom) {
            return 0;
        }
        let Some(age) = self.comparisons.get(self.next).filter(|c| c.start > at && c.start <= at + 3) else {
            return 0;
        };
        let words = at + 1..age.start;
        let aged = |at: usize| matches!(self.atoms.text(at), "age" | "aged" | "ages" | "old");
        let people = |at: usize| {
            self.atoms.is(at, Class::Person)
                || self.atoms.is(at, Class::Population)
                || self.atoms.text(at) == "those"
        };
        let only = words.clone().all(|at| aged(at) || people(at));
        let told = (at + 1..age.end + 2).any(aged) || self.is_bare_age_of_a_scale(at, age);
        let other = self.depth > 0 || self.next > 0 || self.comparisons.len() > self.next + 1;
        if only && told && other { words.len() + 1 } else { 0 }
    }
}
