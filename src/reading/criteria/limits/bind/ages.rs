//! Ages: years beside a person, ages that are somebody else's or of another time.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Binder;
use crate::reading::criteria::limits::amounts::{Amount, Comparison, Op};
use crate::reading::criteria::limits::scope;
use crate::reading::criteria::limits::scope::Under;
use crate::reading::criteria::vocabulary::Class;

/// Beginnings of what is weeks old and no person.
const THINGS: &[&str] = &[
    "injur", "fractur", "wound", "lesion", "scan", "biops", "sample", "specimen", "imag", "thromb",
    "infarct", "ruptur", "tear", "burn", "scar", "ulcer", "mri", "clot", "stroke",
];

/// How many words before a verb may name the span of time that it is said of.
const SPAN: usize = 12;

/// Parts of words beside which an age is an event's or a sample's.
static OF_OTHERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let stems = [
        "menopaus",
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
        "follicle",
    ];
    AhoCorasick::new(stems).ok()
});

impl Binder<'_> {
    /// "an injury over 4 weeks old", "a less than 4 week old fracture": years are a person's.
    fn is_age_of_a_thing(&self, comparison: &Comparison) -> bool {
        let years = comparison.parts.iter().any(|(_, amount)| {
            amount.time(self.atoms, self.vocabulary).is_none_or(|unit| unit.name == "year")
        });
        let end = comparison.end + self.atoms.takes(comparison.end, Class::AgeAfter);
        let after = end + usize::from(self.atoms.is(end, Class::Close));
        let before = comparison.start.checked_sub(1).filter(|at| *at >= self.range.start);
        let thing = |at: usize| THINGS.iter().any(|stem| self.atoms.text(at).starts_with(stem));
        // "an MRI that is available (not older than 2 years before entry)".
        let first = comparison.start.saturating_sub(5).max(self.range.start);
        let back = self.atoms.takes(after, Class::Before) > 0 && (first..comparison.start).any(thing);
        back || !years && (thing(after) || before.is_some_and(thing))
    }

    /// Ages that are no entry limit: at diagnosis, at menopause.
    pub(super) fn is_age_of_other(&self, comparison: &Comparison) -> bool {
        let sentence = self.scope.sentence(comparison.start, &self.range);
        let near =
            comparison.start.saturating_sub(12).max(sentence.start)..(comparison.end + 10).min(sentence.end);
        // "first symptoms from ≤ 60 years of age", "consent by patients aged > 16".
        let pair = |at: usize| {
            let (word, next) = (self.atoms.text(at), self.atoms.text(at + 1));
            word == "first" && next.starts_with("symptom")
                || matches!(word, "consent" | "assent") && matches!(next, "by" | "of")
                || word == "sudden" && next == "death"
                || word == "family" && next.starts_with("member")
                || word == "assent" && matches!(next, "from" | "for" | "in" | "if")
        };
        if near.clone().take_while(|at| *at < comparison.start).any(pair) {
            return true;
        }
        // "participants under 18 years provide written assent".
        if self.is_age_of_a_group(comparison, sentence.start)
            || self.is_age_of_consent(comparison, sentence.end)
        {
            return true;
        }
        // "scale ≥ 1.5 (by age: 65-74 years ≥ 1.5 points)": points are no years, and the ages beside them no limit.
        let points = |at: usize| matches!(self.atoms.text(at), "point" | "points");
        let pointed = |at: usize| self.atoms.is_numeric(at) && points(at + 1);
        let beside = (comparison.end..comparison.end + 3)
            .take_while(|at| !self.atoms.is_any(*at, &[Class::Comma, Class::And, Class::Semicolon]));
        if points(comparison.end) || beside.into_iter().any(pointed) {
            return true;
        }
        // "assent of minors (at and above 7 years of age)".
        let first = comparison.start.saturating_sub(28).max(sentence.start);
        let open =
            (first..comparison.start).rev().find(|at| self.atoms.is_any(*at, &[Class::Open, Class::Close]));
        let open = open.filter(|at| self.atoms.is(*at, Class::Open));
        if open.is_some_and(|open| (first..open).any(|at| self.atoms.text(at) == "assent")) {
            return true;
        }
        if self.is_age_of_a_thing(comparison) || self.is_age_before_birth(comparison) {
            return true;
        }
        // "a minimum of 75 children < 6 years": how many there will be.
        let counted = comparison
            .start
            .checked_sub(2)
            .is_some_and(|at| self.atoms.digits(at).is_some() && self.atoms.is(at + 1, Class::Person));
        if counted {
            return true;
        }
        // "a smoking history of more than 10 pack-years".
        if (comparison.start..comparison.end + 2).any(|at| self.atoms.text(at).starts_with("pack")) {
            return true;
        }
        // "women of nonchildbearing potential, aged 20 to 70": what is said of the age begins behind the comma.
        let aged = comparison.start > 0 && self.atoms.text(comparison.start - 1) == "aged";
        let comma = |at: &usize| self.atoms.is_any(*at, &[Class::Comma, Class::Close]);
        let own = (near.start..comparison.start).rev().find(comma).filter(|_| aged);
        let near = own.unwrap_or(near.start)..near.end;
        // "women aged 20 to 40 with regular menses": what is said of them behind their age.
        let people = |at: usize| self.atoms.is_any(at, &[Class::Sex, Class::Population]);
        let first = comparison.start.saturating_sub(1 + usize::from(aged));
        let theirs = first >= self.range.start
            && people(first)
            && self.atoms.text(comparison.end + self.atoms.takes(comparison.end, Class::AgeAfter)) == "with";
        let near = if theirs { near.start..comparison.end } else { near };
        // "sudden death of a first-degree relative under 40 years".
        let relative = |at: usize| {
            let (word, next) = (self.atoms.text(at), self.atoms.text(at + 1));
            matches!(word, "degree" | "direct") && matches!(next, "relative" | "relatives")
        };
        near.clone().any(relative)
            || OF_OTHERS.as_ref().is_some_and(|stems| stems.is_match(self.atoms.slice(near)))
    }

    /// "born < 32 weeks' gestation", "≥ 37 weeks of gestation": weeks before birth.
    fn is_age_before_birth(&self, comparison: &Comparison) -> bool {
        let weeks = comparison.parts.iter().any(|(_, amount)| {
            amount
                .time(self.atoms, self.vocabulary)
                .is_some_and(|unit| matches!(unit.name.as_str(), "week" | "day"))
        });
        let end = comparison.end;
        let gestation = |at: usize| {
            ["gestation", "pregnan", "amenorr"].iter().any(|stem| self.atoms.text(at).starts_with(stem))
                || matches!(self.atoms.text(at), "ga" | "pma")
        };
        let of = |at: usize| matches!(self.atoms.text(at), "'" | "’" | "of" | "s" | "'s" | "in");
        let named = (end..end + 3).find(|at| !of(*at)).is_some_and(gestation);
        let born =
            comparison.start > 0 && matches!(self.atoms.text(comparison.start - 1), "born" | "delivered");
        let at = comparison.start > 1
            && self.atoms.text(comparison.start - 1) == "at"
            && self.atoms.text(comparison.start - 2) == "born";
        weeks && (named || born || at)
    }

    /// "Able to do spirometry. Subjects < 8 years of age who cannot …": a later sentence on the youngest, under inclusion.
    fn is_age_of_a_group(&self, comparison: &Comparison, sentence: usize) -> bool {
        let upper = comparison.parts.iter().all(|(op, _)| matches!(op, Op::Lt));
        let people = comparison.start.saturating_sub(1);
        let later =
            people == sentence && sentence > self.range.start && self.atoms.is(people, Class::Population);
        let who = |at: usize| matches!(self.atoms.text(at), "who" | "can" | "may" | "will" | "with");
        !self.shuts_out && upper && later && (comparison.end..comparison.end + 4).any(who)
    }

    /// "Participants under 18 years provide written assent", "subjects aged 7-12 and 13-15 years will be provided with a
    /// consent form": who signs what.
    fn is_age_of_consent(&self, comparison: &Comparison, end: usize) -> bool {
        let text = |at: usize| self.atoms.text(at);
        let signs = |at: usize| {
            matches!(text(at), "provide" | "give" | "sign")
                && (at + 1..at + 4).any(|next| text(next) == "assent")
        };
        let near = comparison.end..(comparison.end + 10).min(end);
        let will = |at: usize| {
            text(at) == "will" && text(at + 1) == "be" && {
                matches!(text(at + 2), "provided" | "asked" | "given" | "offered" | "required")
            }
        };
        let consent = |at: usize| matches!(text(at), "consent" | "assent" | "information");
        let told = near.clone().find(|at| will(*at));
        told.is_some_and(|will| (will..end.min(will + 16)).any(consent))
            || (comparison.end..comparison.end + 5).any(signs)
    }

    /// "Adults ≥ 18 years", "≥ 18 years": years on their own after a person, and nothing else in the clause.
    pub(super) fn is_age_by_person(&self, comparison: &Comparison) -> bool {
        let years = comparison.parts.iter().all(|(_, amount)| {
            amount
                .time(self.atoms, self.vocabulary)
                .is_some_and(|unit| matches!(unit.name.as_str(), "year" | "month"))
        });
        let years = years || self.is_bracketed_age(comparison) || self.is_older(comparison);
        if !years || self.is_age_of_other(comparison) {
            return false;
        }
        let bracket = |at: &usize| self.atoms.is_any(*at, &[Class::Open, Class::Comma, Class::Semicolon]);
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
        let person = self.says_age(comparison)
            || before.is_none_or(|at| {
                // "the time … is ≤ 6 months" is nobody's age.
                let verb = matches!(self.atoms.text(at), "be" | "being" | "is" | "are");
                // "ex-smokers for over five years".
                let former = self.atoms.text(at) == "smokers"
                    && at
                        .checked_sub(1)
                        .is_some_and(|b| matches!(self.atoms.text(b), "ex" | "former" | "past" | "non"));
                let of_people = !verb || in_years && !self.is_of_a_span(at);
                self.atoms.is(at, Class::Person) && !former && of_people
                    || self.atoms.is(at, Class::Sex)
                    || self.atoms.is(at, Class::Colon) && self.range.start + 2 >= at
                    || self.atoms.text(comparison.start) == "from"
                    || stated && self.atoms.text(comparison.start - 1) == "be"
                    || stated && self.atoms.text(comparison.start - 1) == "are"
            });
        let after = comparison.end;
        let ends = self.says_age(comparison)
            || after >= self.range.end
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

    /// "Time since diagnosis must be greater than 5 years": what is so long is a span of time, nobody's age.
    fn is_of_a_span(&self, verb: usize) -> bool {
        let sentence = self.scope.sentence(verb, &self.range);
        let spans = ["time", "interval", "duration", "period", "expectancy", "since"];
        (sentence.start.max(verb.saturating_sub(SPAN))..verb)
            .any(|at| spans.iter().any(|stem| self.atoms.text(at).starts_with(stem)))
    }

    /// "18 years of age or older", "21 years or older": years, and words that only ages have.
    fn says_age(&self, comparison: &Comparison) -> bool {
        let Some((_, amount)) = comparison.parts.last() else { return false };
        let in_years = amount.time(self.atoms, self.vocabulary).is_some_and(|unit| unit.name == "year");
        let first = comparison.parts.first().map_or(comparison.start, |(_, amount)| amount.start);
        if in_years && (comparison.start..first).any(|at| matches!(self.atoms.text(at), "older" | "younger"))
        {
            return true;
        }
        let last = comparison.end.checked_sub(1).map(|at| self.atoms.text(at)).unwrap_or_default();
        let bracket = comparison.start.checked_sub(1).is_some_and(|at| self.atoms.is(at, Class::Open));
        in_years && !bracket && matches!(last, "older" | "younger" | "elder")
    }

    /// "Younger than 18 or older than 80": only people are that.
    fn is_older(&self, comparison: &Comparison) -> bool {
        let first = comparison.start..comparison.parts.first().map_or(comparison.start, |(_, a)| a.start);
        let words = first.into_iter().any(|at| matches!(self.atoms.text(at), "older" | "younger" | "aged"));
        words && comparison.parts.iter().all(|(_, a)| !a.has_unit() && (1.0..=110.0).contains(&a.value))
    }

    /// "≥ 45 kg for females", "Men > 50 kg": kilograms on their own beside a person, or at an item's beginning.
    pub(super) fn is_weight_by_person(&self, comparison: &Comparison) -> bool {
        let kilograms = |(_, amount): &(Op, Amount)| {
            let unit = amount.unit_of(self.atoms, self.vocabulary, &["body_mass".to_owned()]);
            unit.is_some_and(|unit| unit.name == "kg")
        };
        let before = comparison.start.checked_sub(1).filter(|at| *at >= self.range.start);
        let person = |at: usize| self.atoms.is(at, Class::Person) || self.atoms.is(at, Class::Sex);
        let ends = comparison.end;
        let behind = ends >= self.range.end
            || self
                .atoms
                .is_any(ends, &[Class::Sex, Class::Person, Class::Semicolon, Class::Comma, Class::Close])
            || scope::is_stop(self.atoms, ends);
        comparison.stated
            && behind
            && before.is_none_or(person)
            && !comparison.parts.is_empty()
            && comparison.parts.iter().all(kilograms)
    }

    /// "Adults (> 18)": the number alone in the brackets after the people it is the age of.
    pub(super) fn is_bracketed_age(&self, comparison: &Comparison) -> bool {
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

    /// "Parents over 18 years": somebody else's age. Not "parents and children (ages 8-18)".
    pub(super) fn is_age_of_kin(&self, at: usize) -> bool {
        let sentence = self.scope.sentence(at, &self.range);
        let first = at.saturating_sub(7).max(sentence.start);
        let kin = |i: usize| self.atoms.is(i, Class::Kin);
        let own = |i: usize| {
            matches!(self.atoms.text(i), "child" | "children" | "patients" | "participants" | "subjects")
        };
        (first..at).rev().find(|i| kin(*i) || own(*i)).is_some_and(kin)
    }
}
