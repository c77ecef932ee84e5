//! Brackets and words that say of which people a value is: of a cohort, of an age.

use super::{Open, Reader, Under};
use crate::reading::criteria::limits::atoms::AtomKind;
use crate::reading::criteria::vocabulary::Class;

impl Reader<'_> {
    /// "0 - 2 (expansion cohorts)": a bracket right behind a comparison says whose it is.
    pub(super) fn of_a_cohort(&mut self, open: usize) {
        let before =
            self.next.checked_sub(1).filter(|i| self.comparisons.get(*i).is_some_and(|c| c.end == open));
        let Some(index) = before else { return };
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
        let close = (open + 1..open + 9).find(|at| self.atoms.is(*at, Class::Close));
        let words = open + 1..close.unwrap_or(open);
        let named = words.clone().any(|at| self.atoms.is(at, Class::Cohort) && self.atoms.text(at) != "only");
        // "≥ 40 kg (adolescents)".
        let named =
            named || !years && words.len() <= 2 && words.clone().any(|at| self.atoms.is(at, Class::AgeGroup));
        let everybody = words.clone().any(|at| {
            matches!(self.atoms.text(at), "all" | "both" | "any") || self.atoms.is(at, Class::Variable)
        });
        let first = self.comparisons.get(self.next).map_or(usize::MAX, |c| c.start);
        if named && !everybody && first >= words.end {
            self.hold(index);
        }
    }

    /// "for the second cohort", "in the expansion cohort": how many atoms, or none.
    pub(super) fn cohort_named(&self, at: usize) -> usize {
        if !self.atoms.is(at, Class::Whom) || self.atoms.text(at + 1) != "the" || self.atoms.text(at) == "if"
        {
            return 0;
        }
        let cohort = |word: &str| matches!(word, "cohort" | "cohorts" | "arm" | "arms" | "group" | "groups");
        let everybody = |word: &str| matches!(word, "all" | "both" | "any" | "age" | "same" | "study");
        let words = at + 2..at + 7;
        let found = words.clone().find(|i| cohort(self.atoms.text(*i)));
        let plain = |i: usize| self.atoms.get(i).is_some_and(|a| a.kind == AtomKind::Word);
        found
            .filter(|found| (at + 2..*found).all(|i| plain(i) && !everybody(self.atoms.text(i))))
            .map_or(0, |found| found + 1 - at)
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
        let told = (at + 1..age.end + 2).any(aged);
        let other = self.depth > 0 || self.next > 0 || self.comparisons.len() > self.next + 1;
        if only && told && other { words.len() + 1 } else { 0 }
    }
}
