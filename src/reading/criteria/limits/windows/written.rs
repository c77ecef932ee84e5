//! What was seen around a length of time, and whether that makes it a window.

use crate::protocol::Section;
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts::Op;
use crate::reading::criteria::limits::scope::{self, Under};
use crate::reading::criteria::vocabulary::{Class, Unit};

use super::find::{Form, Left, shared_in};

/// How far before a time the first of several may stand, in atoms.
const NEXT: usize = 32;

/// What was seen around a length of time.
pub(super) struct Written<'a> {
    pub item: &'a Item<'a>,
    pub at: usize,
    pub op: Option<Op>,
    pub unit: &'a Unit,
    pub end: usize,
    pub left: Left,
    pub after: Option<(Form, usize)>,
    pub past: bool,
    pub listed: bool,
}

impl Written<'_> {
    pub(super) fn form(&self) -> Option<Form> {
        let before = self.after.is_some_and(|(form, _)| form == Form::Before);
        let lower = self.op.is_some_and(Op::is_lower);
        // "for 3 weeks", "in 6 months": only with "past" or "before" they look back.
        if self.left.within && (self.past || before || self.left.truly) || self.past {
            return Some(Form::Within);
        }
        if before {
            return Some(Form::Before);
        }
        // "during the 4 weeks, or antihistamines during the 7 days, before entry".
        if self.left.within && self.op.is_none() && shared_in(self.item, self.at, self.end) {
            return Some(Form::Within);
        }
        // "≤ 14 days of registration".
        if self.op.is_some_and(|op| !op.is_lower()) && self.is_of_entry() {
            return Some(Form::Within);
        }
        // "major surgery < 4 weeks", "no radiotherapy ≤ 14 days".
        if self.op.is_some_and(|op| !op.is_lower()) && self.after.is_none() && self.is_bare_event() {
            return Some(Form::Within);
        }
        // "any anti-cancer agent ≤ 4 weeks or 5 half-lives".
        let excluded = self.item.section == Some(Section::Exclusion);
        let lives = self.end.saturating_sub(8).max(self.at)..self.end;
        let lives = || lives.clone().any(|at| self.item.atoms.is(at, Class::HalfLives));
        if excluded && self.op.is_some_and(|op| !op.is_lower()) && self.after.is_none() && lives() {
            return Some(Form::Within);
        }
        // "Inadequate washout, defined as:" over "hormones < 3 weeks".
        let short = self.op.is_some_and(|op| !op.is_lower());
        if excluded && self.listed && short && self.after.is_none() {
            return Some(Form::Within);
        }
        // "another malignancy in 5 years".
        let within = self.left.within && self.op.is_none() && self.after.is_none();
        if excluded && within && self.is_bare_event() {
            return Some(Form::Within);
        }
        // "Diagnosis of asthma > 3 months (by history)".
        if lower && self.after.is_none() && self.is_of_a_diagnosis() {
            return Some(Form::Before);
        }
        if self.after.is_some() && self.counts_on() || self.is_between_event_and_entry() {
            return Some(Form::Since);
        }
        // "steroids in less than 3 months" under exclusion.
        if excluded
            && self.op == Some(Op::Lt)
            && self.after.is_none()
            && self.item.atoms.text(self.at) == "in"
        {
            return Some(Form::Within);
        }
        // "immunosuppressants discontinued for less than 1 month".
        if excluded && self.op.is_some_and(|op| !op.is_lower()) && self.after.is_none() && self.is_stopped() {
            return Some(Form::Within);
        }
        // "stopped smoking since less than 12 months".
        if self.op == Some(Op::Lt) && self.item.atoms.text(self.at) == "since" {
            return Some(Form::Since);
        }
        let lasting = self.item.atoms.text(self.at.wrapping_sub(1)) == "for";
        // "no evidence of disease for > 5 years" in an exception; "no treatment for at least 2 weeks".
        let excepted = self.item.excepted || self.item.scope.is(self.at, Under::Exception);
        let free = excepted && self.unit.factor > 20.0 && !self.is_between_two()
            || (lasting || self.is_off()) && self.item.scope.is(self.at, Under::LongNegation)
            || self.is_exposure_free();
        // "… with no evidence of that disease for five years".
        let clean =
            excepted && lasting && self.op.is_none() && self.unit.factor > 300.0 && self.is_free_of_disease();
        // "if they had at least 3 months of anticoagulation": for how long.
        let of = self.item.atoms.text(self.end) == "of";
        let healthy =
            ["disease", "remission", "complete", "surviv", "freedom", "follow", "continuous", "relapse"];
        let given = of && !healthy.iter().any(|stem| self.item.atoms.text(self.end + 1).starts_with(stem));
        let free = free && !given;
        let denied = lasting && self.op.is_none() && self.item.scope.is(self.at, Under::Negation);
        if (free && lower || clean || denied) && self.after.is_none() {
            return Some(Form::Since);
        }
        let washout = self.is_washout() || self.listed && lower;
        washout.then_some(Form::Washout)
    }

    /// Whether a time before "since" or "after" is counted on from an event: "4 weeks since" is, "up to 4 weeks
    /// after" is not, "4 weeks after" only as a least time.
    fn counts_on(&self) -> bool {
        let atoms = self.item.atoms;
        let after = atoms.is(self.end, Class::After);
        match self.op {
            // "less than 28 days after surgery" shuts out whoever had it since.
            Some(Op::Lt) if self.item.section == Some(Section::Exclusion) => true,
            // "less than 24 hours after injury": how recent it must be.
            Some(op) if !op.is_lower() && self.is_behind_an_event() => true,
            Some(op) => op.is_lower() || !after,
            None => {
                !after && atoms.text(self.end) != "from"
                    || self.listed
                    || self.is_next()
                    || self.item.scope.is(self.end, Under::Exception)
            }
        }
    }

    /// "chemotherapy-free for at least 4 weeks".
    fn is_exposure_free(&self) -> bool {
        let atoms = self.item.atoms;
        let lasting = usize::from(self.at > 0 && atoms.text(self.at - 1) == "for");
        let free = self.at.checked_sub(lasting + 1).filter(|at| *at > self.item.range.start);
        free.is_some_and(|at| atoms.text(at) == "free" && atoms.is(at - 1, Class::Exposure))
    }

    /// "off steroids ≥ 4 weeks".
    fn is_off(&self) -> bool {
        let first = self.at.saturating_sub(4).max(self.item.range.start);
        let atoms = self.item.atoms;
        // "off-label use".
        let off =
            |at: usize| atoms.text(at) == "off" && !matches!(atoms.text(at + 1), "label" | "pump" | "-");
        (first..self.at).any(off)
    }

    /// "discontinued for less than a month", "discontinuation of steroids for less than 2 weeks".
    fn is_stopped(&self) -> bool {
        let atoms = self.item.atoms;
        let first = self.at.saturating_sub(8).max(self.item.range.start);
        let stops = ["discontinu", "stopp", "withdraw", "ceas", "cessation", "suspend", "quit"];
        (first..self.at)
            .rev()
            .take_while(|at| {
                !atoms.is_any(*at, &[Class::Comma, Class::Semicolon, Class::Stop, Class::Or, Class::And])
            })
            .any(|at| stops.iter().any(|stem| atoms.text(at).starts_with(stem)))
    }

    /// "unless the interval between the last dose and the recurrence is ≥ 12 months".
    fn is_between_two(&self) -> bool {
        let first = self.item.scope.sentence(self.at, &self.item.range).start.max(self.at.saturating_sub(24));
        (first..self.at).any(|at| self.item.atoms.text(at) == "between")
    }

    /// An event right before the time, and nothing behind it: under exclusion one that happens on a day, under inclusion
    /// one that is denied.
    fn is_bare_event(&self) -> bool {
        let atoms = self.item.atoms;
        let Some(before) = self.left.start.checked_sub(1).filter(|at| *at >= self.item.range.start) else {
            return false;
        };
        let ends = self.end >= self.item.range.end
            || scope::is_stop(atoms, self.end)
            || atoms.is_any(self.end, &[Class::Or, Class::And, Class::Comma, Class::Semicolon])
            || atoms.is_any(self.end, &[Class::Open, Class::Close]);
        let event = if self.item.section == Some(Section::Exclusion) {
            atoms.is(before, Class::DayEvent) || is_cancer(atoms.text(before))
        } else {
            atoms.is(before, Class::Exposure) && self.item.scope.is(self.at, Under::Negation)
        };
        ends && event
    }

    /// "… post-assault", "… after the injury".
    fn is_behind_an_event(&self) -> bool {
        let Some((Form::Since, after)) = self.after else { return false };
        let at = after + usize::from(self.item.atoms.text(after) == "the");
        self.item.section != Some(Section::Exclusion) && self.item.atoms.is(at, Class::DayEvent)
    }

    /// Whether a diagnosis is named right before the time, and the clause ends with it.
    fn is_of_a_diagnosis(&self) -> bool {
        let atoms = self.item.atoms;
        let first = self.at.saturating_sub(6).max(self.item.range.start);
        let ends = self.end >= self.item.range.end
            || scope::is_stop(atoms, self.end)
            || atoms.is_any(self.end, &[Class::Open, Class::Close, Class::Comma, Class::Semicolon]);
        ends && (first..self.at).any(|at| atoms.is(at, Class::Diagnosis))
    }

    /// "… of registration".
    fn is_of_entry(&self) -> bool {
        let atoms = self.item.atoms;
        atoms.text(self.end) == "of" && (self.end + 1..self.end + 4).any(|at| is_own_entry(atoms.text(at)))
    }

    /// "4 weeks has elapsed", or any time in a list of washout periods.
    pub(super) fn is_elapsed(&self) -> bool {
        let words = self.end..self.after.map_or(self.end, |(_, end)| end);
        let lasting = self.item.atoms.text(self.at.wrapping_sub(1)) == "for" && self.after.is_none();
        // "6 weeks since nitrosoureas" as an item of its own.
        let sentence = self.item.scope.sentence(self.at, &self.item.range).start;
        let alone = self.op.is_none() && self.at == sentence && self.item.atoms.is(self.end, Class::Since);
        self.listed
            || lasting
            || alone
            || self.is_interval()
            || self.is_next()
            || words.into_iter().any(|at| matches!(self.item.atoms.text(at), "elapsed" | "elapse" | "passed"))
    }

    /// "an interval of 3 weeks since radiotherapy": so much at least, though no word says so.
    fn is_interval(&self) -> bool {
        let atoms = self.item.atoms;
        let first = self.at.saturating_sub(4).max(self.item.range.start);
        let free = |at: usize| atoms.text(at).ends_with("free");
        self.op.is_none()
            && atoms.is(self.end, Class::Since)
            && (first..self.at).any(|at| atoms.is(at, Class::Washout))
            && !(first.saturating_sub(3)..self.at).any(free)
    }

    /// "at least 3 weeks since radiotherapy, 4 weeks since other drugs and 6 weeks since mitomycin": the next of several,
    /// which all are at least so long.
    fn is_next(&self) -> bool {
        let item = self.item;
        let atoms = item.atoms;
        let first = item.scope.sentence(self.at, &item.range).start.max(self.at.saturating_sub(NEXT));
        let joined = self.at > first && atoms.is_any(self.at - 1, &[Class::And, Class::Comma, Class::Or]);
        if self.op.is_some() || !joined || !atoms.is(self.end, Class::Since) {
            return false;
        }
        let before = item.comparisons.partition_point(|c| c.end <= self.at);
        let mut earlier = item.comparisons.iter().take(before).rev().take_while(|c| c.start >= first);
        let least = earlier.any(|c| {
            let lower = c
                .parts
                .first()
                .is_some_and(|(op, amount)| op.is_lower() && amount.time(atoms, item.vocabulary).is_some());
            lower && atoms.is(c.end, Class::Since)
        });
        least || (first..self.at).any(|at| atoms.is(at, Class::Washout))
    }

    /// "no more than 12 weeks between surgery and randomisation".
    fn is_between_event_and_entry(&self) -> bool {
        let atoms = self.item.atoms;
        let until = (self.end + 14).min(self.item.range.end);
        let and = (self.end..until).find(|at| atoms.text(*at) == "and");
        self.op.is_some()
            && atoms.text(self.end) == "between"
            && and.is_some_and(|and| (and + 1..and + 4).any(|at| is_own_entry(atoms.text(at))))
    }

    /// "The interval between the last treatment and enrolment must be at least 4 weeks".
    fn is_between_and_entry(&self) -> bool {
        let atoms = self.item.atoms;
        let first = self.item.scope.sentence(self.at, &self.item.range).start.max(self.at.saturating_sub(16));
        let interval = |at: usize| {
            matches!(atoms.text(at), "interval" | "time" | "period") && atoms.text(at + 1) == "between"
        };
        let from = (first..self.at).find(|at| interval(*at));
        // "between the last chemotherapy and the first dose".
        let begins = |at: usize| match atoms.text(at) {
            "start" | "initiation" | "beginning" | "consent" => true,
            "first" => matches!(
                atoms.text(at + 1),
                "dose" | "administration" | "infusion" | "injection" | "treatment" | "study" | "day"
            ),
            _ => false,
        };
        let starts = |at: usize| atoms.text(at) == "and" && (at + 1..at + 4).any(begins);
        from.is_some_and(|from| (from..self.at).any(|at| is_own_entry(atoms.text(at)) || starts(at)))
    }

    /// "no evidence of disease", "disease-free", "in remission" before the time.
    fn is_free_of_disease(&self) -> bool {
        let first = self.at.saturating_sub(9).max(self.item.range.start);
        (first..self.at).any(|at| {
            matches!(
                self.item.atoms.text(at),
                "evidence" | "free" | "remission" | "disease-free" | "recurrence" | "cancer-free"
            )
        })
    }

    fn is_washout(&self) -> bool {
        // "an interval of 6 months between treatment and relapse".
        let until = (self.end + 14).min(self.item.range.end);
        let another = |at: usize| {
            self.item.atoms.is(at, Class::OwnEvent)
                || matches!(self.item.atoms.text(at), "diagnosis" | "relapse" | "progression")
        };
        if self.item.atoms.text(self.end) == "between" && (self.end..until).any(another) {
            return false;
        }
        let first = self.at.saturating_sub(6).max(self.item.range.start);
        let after = self.end..(self.end + 3).min(self.item.range.end);
        // A "platinum-free interval" is counted between treatment and relapse.
        // A cancer's disease-free interval is counted to entry.
        let cancer = self.item.section == Some(Section::Exclusion)
            && (self.at.saturating_sub(20).max(self.item.range.start)..self.at)
                .any(|at| is_cancer(self.item.atoms.text(at)));
        let free = |at: usize| {
            if cancer {
                return false;
            }
            let before: Vec<&str> =
                (1..=3).filter_map(|back| at.checked_sub(back)).map(|b| self.item.atoms.text(b)).collect();
            let treated = before.iter().any(|word| matches!(*word, "treatment" | "chemotherapy" | "therapy"));
            before.iter().any(|word| word.ends_with("free")) && !treated
        };
        if self.is_between_and_entry() {
            return true;
        }
        (first..self.at).chain(after).any(|at| self.item.atoms.is(at, Class::Washout) && !free(at))
    }
}

/// "malignancy < 5 years".
fn is_cancer(word: &str) -> bool {
    matches!(
        word,
        "malignancy" | "malignancies" | "cancer" | "cancers" | "tumor" | "tumour" | "tumors" | "tumours"
    )
}

/// Words that are the trial's beginning and nothing else's.
const OWN_ENTRY: &[&str] = &[
    "randomization",
    "randomisation",
    "enrollment",
    "enrolment",
    "registration",
    "screening",
    "inclusion",
    "study",
    "trial",
    "entry",
    "baseline",
];

/// Whether a word says from where windows are counted.
pub(super) fn is_own_entry(word: &str) -> bool {
    OWN_ENTRY.contains(&word)
}
