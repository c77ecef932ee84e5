//! What is planned to change: parts of the treatment, rises of the dose, levels and cohorts.

use super::{Mute, Reader};
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::part::{Part, Rank, What};
use crate::reading::dosing::vocabulary::NameKind;
use crate::reading::dosing::word_classes::WordClass;
use crate::reading::quantities::Values;

impl Reader<'_> {
    /// "(cohorts 150 mg, 600 mg)": several doses right behind the word.
    pub(super) fn in_cohorts(&self, at: usize) -> bool {
        let several = matches!(self.what(at), Some(What::Amount(quantity)) if matches!(quantity.values, Values::Several(..)));
        let before = self.parts.get(at).and_then(|part| part.first.checked_sub(1));
        several
            && before.is_some_and(|token| matches!(self.tokens.text(token), "cohort" | "cohorts" | "levels"))
    }

    /// "Dose level 1: 10 mg", or "10 mg (dose level 1)", "10 mg in cohort 1,": the rank of the next dose, or of the last.
    pub(super) fn take_rank(&mut self, at: usize, rank: Rank) {
        let heads = match at.checked_sub(1).and_then(|before| self.what(before)) {
            None
            | Some(What::Comma | What::Semicolon | What::And | What::Or | What::Colon | What::Bound(_)) => {
                true
            }
            Some(What::Open) => !matches!(self.back(at, 2), Some(What::Amount(_))),
            _ => false,
        };
        let ends = matches!(
            self.what(at + 1),
            None | Some(What::Comma | What::Semicolon | What::And | What::Close | What::Bound(_))
        );
        // "starting dose 100 mg; dose level -1 is 75 mg": what it may be reduced to.
        let below = self
            .parts
            .get(at)
            .is_some_and(|part| (part.first..part.end).any(|token| self.tokens.is(token, "-")));
        let told = |entry: &Entry| entry.slots.values.is_some() && entry.rank.is_none();
        if heads && below && self.cur.and_then(|cur| self.out.entries.get(cur)).is_some_and(told) {
            self.mute = Some(Mute::Doubt(self.brackets.len()));
            return;
        }
        let last = self.cur.and_then(|cur| self.out.entries.get_mut(cur));
        match last.filter(|entry| !heads && ends && entry.slots.values.is_some()) {
            Some(entry) => entry.rank = entry.rank.or(Some(rank)),
            None => self.rank = Some(rank),
        }
    }

    /// "escalated through 5, 10 and 20 mg every 4 weeks": how often the dose rises.
    pub(super) fn is_of_steps(&self, at: usize) -> bool {
        const FAR: usize = 8;
        let interval = matches!(self.what(at), Some(What::Frequency(how)) if how.every.is_some());
        let Some(Part { what: What::Amount(doses), first, .. }) =
            at.checked_sub(1).and_then(|before| self.parts.get(before)).filter(|_| interval)
        else {
            return false;
        };
        let several = matches!(&doses.values, Values::Several(list, _) if list.len() > 2);
        several
            && (first.saturating_sub(FAR)..*first).any(|token| self.is(token, WordClass::Rises))
            && (1..=2).any(|back| {
                first
                    .checked_sub(back)
                    .is_some_and(|token| matches!(self.tokens.text(token), "through" | "to"))
            })
    }

    /// "Eligible patients may receive X 5 mg every 4 weeks": what the plan leaves open is whether, not how much and how
    /// often; with another condition beside it, or given against something, it is no plan.
    pub(super) fn allows_plan(&self, at: usize) -> bool {
        const MAY: &[&str] = &["may", "can", "could", "eligible for", "eligible to", "will be eligible"];
        const GIVEN: &[&str] = &[
            "receive",
            "receiving",
            "given",
            "treated",
            "administered",
            "continue",
            "start",
            "take",
            "initiate",
            "undergo",
            "get",
        ];
        const AGAINST: &[&str] = &[
            "rescue",
            "premedication",
            "premedicated",
            "prophylaxis",
            "prophylactic",
            "supportive",
            "pain",
            "nausea",
            "symptoms",
            "symptom",
            "exacerbation",
            "exacerbations",
            "additional",
            "concomitant",
            "stable",
            "relief",
            "breakthrough",
            "dose-reduction",
            "discretion",
            "toxicity",
            "flare",
            "other",
            "any",
        ];
        let word = |part: &Part| self.tokens.slice(part.first..part.end);
        let Some(part) = self.parts.get(at) else { return false };
        let given = self
            .parts
            .get(at + 1)
            .is_some_and(|next| next.what == What::Give && GIVEN.contains(&self.tokens.text(next.first)));
        let named = matches!(
            self.parts.get(at + 2..).unwrap_or_default(),
            [Part { what: What::Name(..), .. }, ..]
                | [
                    Part { what: What::Route(_) | What::Other | What::Give, .. },
                    Part { what: What::Name(..), .. },
                    ..
                ]
        );
        let alone = self.parts.iter().enumerate().all(|(other, part)| {
            other == at || !matches!(part.what, What::Doubt | What::AsNeeded | What::Lacking | What::Prior)
        });
        let (first, end) =
            (self.parts.first().map_or(0, |part| part.first), self.parts.last().map_or(0, |part| part.first));
        let aim = (first..end).any(|token| AGAINST.contains(&self.tokens.text(token)));
        let behind = self.parts.get(at + 2..).unwrap_or_default();
        let scheduled = behind.iter().any(|part| matches!(part.what, What::Frequency(_) | What::Days(_)));
        // "Patients may receive up to 12 cycles": how many at most.
        let other = usize::from(matches!(self.what(at + 1), Some(What::Other)));
        let counted = matches!(self.what(at + 1 + other), Some(What::Give))
            && matches!(self.what(at + 2 + other), Some(What::Cycles(_)))
            && matches!(self.what(at + 3 + other), Some(What::Bound(_) | What::Of | What::Comma));
        // "Cycles may be repeated every 28 days for 6 cycles".
        let cycles = part.first.checked_sub(1).is_some_and(|token| {
            matches!(self.tokens.text(token), "cycles" | "cycle" | "courses" | "course")
        });
        let rest = self.parts.get(at + 1..).unwrap_or_default();
        let mut rest = rest.iter().take_while(|part| part.what != What::Semicolon);
        let again = cycles
            && self.tokens.is(part.end, "be")
            && self.tokens.is(part.end + 1, "repeated")
            && !rest.any(|part| matches!(part.what, What::Doubt | What::AsNeeded));
        MAY.contains(&word(part)) && (again || alone && !aim && (given && named && scheduled || counted))
    }

    /// A planned rise, in a sentence that makes nothing depend on anything.
    pub(super) fn rises(&self, word: &str) -> bool {
        const STEMS: &[&str] = &[
            "increas",
            "escalat",
            "titrat",
            "uptitrat",
            "up-titrat",
            "reach",
            "attain",
            "achiev",
            "add",
            "aim",
        ];
        const IF: &[&str] = &["if", "unless", "may", "might", "could", "can", "in", "whenever", "not", "no"];
        STEMS.iter().any(|stem| word.starts_with(stem))
            && !self
                .parts
                .iter()
                .any(|part| part.what == What::Doubt && IF.contains(&self.tokens.text(part.first)))
    }

    /// "X 5 mg will be given if …", "… was used as rescue": what no plan gives to everybody.
    pub(super) fn drop_conditional(&mut self, at: usize, word: &str) {
        const FAR: usize = 12;
        let conditional = matches!(word, "if" | "in" | "when" | "for" | "whenever" | "rescue");
        let given = self.back(at, 1) == Some(&What::Give);
        let rest = self.parts.get(at..).unwrap_or_default();
        let passing = rest.iter().take(FAR).any(|part| part.what == What::Passing);
        if !conditional || passing || !self.brackets.is_empty() {
            return;
        }
        // "8 mg daily, 4 mg if …": another dose of the same.
        let told = matches!(self.back(at, 1), Some(What::Amount(_) | What::Frequency(_) | What::Route(_)));
        if let Some(cur) = self.cur.filter(|cur| told && self.is_other_dose_of_before(*cur))
            && let Some(entry) = self.out.entries.get_mut(cur)
        {
            entry.dropped = true;
            self.out.unread = true;
        }
        // "100 mcg IV if the pressure falls": no plan gives it, nothing says how often.
        if let Some(entry) =
            self.cur.and_then(|cur| self.out.entries.get_mut(cur)).filter(|_| told && word != "rescue")
        {
            let slots = &entry.slots;
            let planned = slots.scheduled() || slots.bounded() || slots.cycle.is_some();
            entry.dropped |= slots.values.is_some() && !planned;
            self.out.unread |= entry.dropped;
        }
        if !given {
            return;
        }
        for entry in &mut self.out.entries {
            entry.dropped |= !entry.slots.scheduled() && !entry.slots.bounded();
        }
        self.out.unread = true;
    }

    /// A dose of a treatment that the sentence has told one of before.
    fn is_other_dose_of_before(&self, cur: usize) -> bool {
        let before = cur.checked_sub(1).and_then(|before| self.out.entries.get(before));
        before.zip(self.out.entries.get(cur)).is_some_and(|(before, entry)| {
            !entry.named && before.name == entry.name && before.slots.values.is_some()
        })
    }

    /// Told how often, and not yet for how long.
    pub(super) fn lasts_weeks(&self, cur: usize) -> bool {
        self.out.entries.get(cur).is_some_and(|entry| {
            let slots = &entry.slots;
            let open = !slots.bounded() && slots.cycle.is_none() && slots.days.is_empty();
            // "100 mg in weeks 1-2, 200 mg in weeks 3-12", "66 Gy in 24 fractions from week 1 to 5".
            let dosed = slots.values.is_some() && !slots.scheduled();
            open && (slots.continuous_or_weekly() || dosed)
        })
    }

    pub(super) fn is_radiation(&self, cur: usize) -> bool {
        self.out.entries.get(cur).is_some_and(|entry| entry.kind == NameKind::Radiation)
    }

    /// "the phase of A in combination with B": a part of the treatment of its own.
    pub(super) fn combines(&self, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let combined =
            (part.first..part.end).any(|token| matches!(self.tokens.text(token), "combination" | "combined"));
        let start = part.first.saturating_sub(6);
        combined && (start..part.first).any(|token| matches!(self.tokens.text(token), "phase" | "stage"))
    }

    /// "increasing to 1000 mg at week 4": a planned step where nothing makes it depend on anything.
    pub(super) fn step(&mut self, at: usize) {
        // "increased to 6 g, then adjusted to a level": the rise itself is planned.
        let later = |part: &Part| {
            self.parts.get(at).is_some_and(|step| part.first > step.first)
                && self.tokens.text(part.first).starts_with("adjust")
        };
        let planned =
            !self.parts.iter().filter(|part| !later(part)).any(|part| {
                matches!(part.what, What::Doubt | What::Passing | What::AsNeeded | What::Stop(_))
            });
        let dosed = self
            .cur
            .and_then(|cur| self.out.entries.get(cur))
            .is_some_and(|entry| entry.slots.values.is_some());
        // "increased to a target dose of 150 mg".
        let target = usize::from(self.what(at + 1) == Some(&What::Starting));
        if planned && dosed && matches!(self.what(at + 1 + target), Some(What::Amount(_))) {
            self.between.then = true;
            self.between.words = 0;
            self.stepped = true;
        } else if planned
            && dosed
            && matches!(self.what(at + 1), None | Some(What::Other | What::Unknown | What::Observe))
        {
            // "A 10 units daily, titrated to fasting glucose, plus B 5 mg": what the dose of A aims at.
            self.mute = Some(Mute::Trailing(self.brackets.len()));
        } else {
            self.mute = Some(Mute::Doubt(self.brackets.len()));
        }
    }

    /// "… once daily for 7 days (lead-in), then …": in brackets by itself, said of what stands before. "Part 2
    /// (maintenance): …" heads what follows.
    fn is_aside(&self, at: usize) -> bool {
        let opened = at.checked_sub(1).and_then(|before| self.what(before)) == Some(&What::Open);
        let alone = self.what(at + 1) == Some(&What::Close) && self.what(at + 2) != Some(&What::Colon);
        // "280 mg (loading dose, week 0)": when that is stands beside it.
        let dosed = || self.inside(at - 1).iter().any(|part| matches!(part.what, What::Amount(_)));
        let dated = || self.is_loading_dose(at) && self.what(at + 1) == Some(&What::Comma) && !dosed();
        opened && (alone || dated())
    }

    /// "5 mg daily in the induction phase, followed by …": the part of the treatment is told behind a dose and its schedule.
    fn is_of_row_before(&self, at: usize) -> bool {
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let before = |back: usize| first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let article = usize::from(matches!(before(1), "the" | "a" | "an"));
        let within = matches!(before(1 + article), "in" | "during");
        let comma = usize::from(self.what(at + 1) == Some(&What::Comma));
        let ends = match self.what(at + 1 + comma) {
            Some(What::Then) => true,
            // "… in the induction phase and 3 mg daily in the maintenance phase".
            Some(What::And) => matches!(self.what(at + 2 + comma), Some(What::Amount(_))),
            None | Some(What::Bound(_) | What::Semicolon) => comma == 0,
            _ => false,
        };
        let told =
            |entry: &Entry| entry.slots.values.is_some() && entry.slots.scheduled() && entry.phase.is_none();
        within
            && ends
            && self.brackets.is_empty()
            && self.out.phase.is_none()
            && self.cur.and_then(|cur| self.out.entries.get(cur)).is_some_and(told)
    }

    /// "Loading dose", and not "loading phase".
    fn is_loading_dose(&self, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let mut words = (part.first..part.end).map(|token| self.tokens.text(token));
        words.clone().any(|word| word == "loading") && words.any(|word| word.starts_with("dose"))
    }

    pub(super) fn phase(&mut self, at: usize, phase: u16) {
        const FAR: usize = 3;
        const NEAR: usize = 8;
        // "600 mg loading dose": said of the dose before it.
        let amount = |back: usize| {
            at.checked_sub(back).is_some_and(|at| matches!(self.what(at), Some(What::Amount(_))))
        };
        let route = at > 0 && matches!(self.what(at - 1), Some(What::Route(_)));
        // But "5 mg. Maintenance phase:" heads what follows.
        let headed = self.what(at + 1) == Some(&What::Colon);
        // "600 mg (2 × 300 mg) loading dose".
        let counted = at > 0
            && matches!(self.what(at - 1), Some(What::Close))
            && (2..=NEAR)
                .find(|back| self.back(at, *back) == Some(&What::Open))
                .is_some_and(|open| amount(open + 1));
        let of_dose = (amount(1) || route && amount(2) || counted) && !headed || self.is_aside(at);
        if of_dose && let Some(entry) = self.cur.and_then(|cur| self.out.entries.get_mut(cur)) {
            // A dose that is not the treatment's has no row.
            let own = counted || self.parts.get(at).is_some_and(|part| entry.end + FAR >= part.first);
            entry.phase = Some(phase).filter(|_| own).or(entry.phase);
            return;
        }
        // "600 mg loading dose of X, followed by 300 mg": of the first only.
        if self.pending.last().is_some_and(|pending| pending + 1 == at) && !headed {
            self.phase_of_next = Some(phase);
            return;
        }
        // "X: loading dose of 400 mg, then 200 mg daily": of that dose only.
        if self.is_loading_dose(at) {
            match self.cur.and_then(|cur| self.out.entries.get_mut(cur)) {
                Some(entry) if entry.slots.values.is_none() => entry.phase = Some(phase),
                _ => self.phase_of_next = Some(phase),
            }
            return;
        }
        if self.is_of_row_before(at) {
            let Some(cur) = self.cur else { return };
            let first = self.trail.unwrap_or(cur).min(cur);
            for entry in self.out.entries.get_mut(first..=cur).into_iter().flatten() {
                entry.phase = entry.phase.or(Some(phase));
            }
            return;
        }
        self.out.phase = Some(phase);
        if headed || self.out.entries.is_empty() {
            self.out.phase_after = Some(phase);
            let end = self.parts.get(at).map_or(0, |part| part.end);
            self.phase_includes =
                ["includ", "consist", "compris"].iter().any(|stem| self.tokens.text(end).starts_with(stem));
        }
        self.trail = None;
        self.between.phase = true;
        self.between.words += 1;
        // "Build-up phase (day 1): 0.2 ml; maintenance phase: 0.5 ml every 4 weeks": another part of the treatment.
        let told = |entry: &Entry| entry.phase != Some(phase) && entry.slots.scheduled();
        if headed
            && let Some(cur) = self.cur
            && self.out.entries.get(cur).is_some_and(told)
        {
            self.again(cur, at, Link::Apart, Slots::default());
        }
    }
}
