//! Which construction a word of its own begins: the dispatch of the grammar, and the small ones.

use super::Scanner;
use crate::protocol::{Period, PeriodUnit};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::timing;
use crate::reading::dosing::vocabulary::{Frequency, Role, Sense};
use crate::reading::dosing::weekdays::weekdays;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

impl Scanner<'_> {
    /// Constructions that start with a word of their own.
    pub(super) fn grammar(&self, at: usize, text: &str) -> Option<Found<What>> {
        if let Some(site) = self.injected_at(at, text) {
            return Some(site);
        }
        match text {
            "until" | "till" | "to"
                if matches!(self.tokens.text(at + 1), "week" | "month")
                    && self.dosed_before()
                    && (text != "to" || self.starts_first(at) || self.continues(at)) =>
            {
                self.through_week(at)
            }
            "up" if self.tokens.is(at + 1, "to")
                && matches!(self.tokens.text(at + 2), "week" | "month")
                && self.dosed_before() =>
            {
                self.through_week(at + 1)
            }
            "up" if self.tokens.is(at + 1, "to") && self.tokens.is(at + 2, "day") && self.dosed_before() => {
                self.through_day(at + 1)
            }
            "for" | "up" | "during" | "maximum" | "max" | "total" | "x" | "duration" | "over" | "within"
            | "maximal" | "to" | "at" | "lasting" | "lasts" | "throughout" => {
                // "The study duration is 2 years": no one is treated for so long.
                let of_study = text == "duration"
                    && at > 0
                    && matches!(
                        self.tokens.text(at - 1),
                        "study" | "trial" | "project" | "follow-up" | "observation"
                    );
                if of_study {
                    return None;
                }
                if text == "x"
                    && let Some(found) = self.times(at)
                {
                    return Some(found);
                }
                self.cycles.lasting(at)
            }
            "until" | "till" | "through" | "thru" if self.tokens.is(at + 1, "day") && self.dosed_before() => {
                self.through_day(at)
            }
            "until" | "till" | "through"
                if self.tokens.is(at + 1, "the")
                    && self.tokens.is(at + 2, "end")
                    && self.tokens.is(at + 3, "of")
                    && matches!(self.tokens.text(at + 4), "week" | "month")
                    && self.dosed_before() =>
            {
                self.through_week(at + 3)
            }
            "through" if self.dosed_before() => self.through_week(at),
            "a" if matches!(self.tokens.text(at + 1), "maximum" | "total" | "period" | "duration") => {
                self.cycles.lasting(at)
            }
            // "on both days 1 and 8".
            "both" if matches!(self.tokens.text(at + 1), "day" | "days") => self.days(at + 1),
            // "IV in 30 minutes".
            "in" if self.infused_before(at) => {
                self.cycles.lasting(at).filter(|found| matches!(found.value, What::Infusion(..)))
            }
            // "weekly in four weeks".
            "in" if matches!(self.parts.last(), Some(Part { what: What::Frequency(_), end, .. }) if *end == at) => {
                self.cycles.lasting(at).filter(|found| matches!(found.value, What::Lasting(_)))
            }
            "washout" | "wash-out" => self.pause_told(at),
            "spaced" | "separated" => self.interval_behind(at),
            "interval" | "intervals" if !self.is_pause(at) => self.interval_behind(at),
            "between" => self.between_weeks(at),
            _ if text.ends_with("day") || text.ends_with("days") || text.len() == 3 => {
                let named = weekdays(self.tokens, at, false).map(|found| found.map(What::Frequency));
                named.or_else(|| self.grammar_of_words(at, text))
            }
            _ => self.grammar_of_words(at, text),
        }
    }

    /// The rest of [`grammar`](Self::grammar).
    fn grammar_of_words(&self, at: usize, text: &str) -> Option<Found<What>> {
        match text {
            "two" | "three" | "four" | "six" if self.tokens.is(at + 1, "weekly") => self.weekly(at),
            "per" if self.one_a_day(at).is_some() => self.one_a_day(at),
            "every" | "each" | "per" | "once" => {
                let sense = self.vocabulary.sense(self.tokens, at);
                if matches!(sense.map(|s| s.value), Some(Sense::Frequency(_))) {
                    return None;
                }
                self.interval(at)
            }
            "repeat" | "repeated" | "repeats" | "repeating" | "recycled" => {
                let link =
                    at + 1 + usize::from(matches!(self.tokens.text(at + 1), "once" | "as" | "the" | "at"));
                let found = timing::frequency(self.tokens, link)?;
                // "treatment repeats every 3 weeks" tells the cycle; "5 mg, repeated every 3 weeks" how often, unless
                // days or cycles were told before.
                let every = found.value.every?;
                let cycle = text != "repeated" || self.of_cycles(at) || self.days_before();
                Some(if cycle {
                    found.map(|_| What::Cycle(every, false))
                } else {
                    found.map(What::Frequency)
                })
            }
            // "participants who received A will now be given B": A was before.
            "who" if matches!(self.tokens.text(at + 1), "received" | "completed" | "had") => {
                const NEAR: usize = 200;
                let sentence =
                    (at + 2..at + NEAR).take_while(|word| !matches!(self.tokens.text(*word), "." | "\n"));
                let later = sentence.into_iter().any(|word| self.tokens.is(word, "will"));
                later.then(|| Found::new(What::Prior, at + 2))
            }
            // Twice a week, or every two weeks? Nobody can tell.
            "biweekly" | "bi-weekly" | "bimonthly" | "bi-monthly" => Some(Found::new(What::Stray, at + 1)),
            "first" | "second" | "third" => self.first_days(at),
            "week" | "weeks" | "month" | "months" => self.calendar(at),
            // "Q2" without its unit.
            "q1" | "q2" | "q3" | "q4" if self.interval(at).is_none() && self.sets_off(at) => {
                Some(Found::new(What::Stray, at + 1))
            }
            // "on an every-3-week schedule".
            _ if text.starts_with("every-") => {
                timing::joined_interval(text, at).map(|how| how.map(What::Frequency))
            }
            _ if text.starts_with('q') => self.interval(at),
            _ if text.starts_with('d') => self.days(at),
            _ if text.starts_with("auc") || text == "area" => self.amount(at),
            _ if text.starts_with('x') => self.glued_times(at, text),
            _ => None,
        }
    }

    /// A way of giving, or the word for an infusion, ends right before `at`.
    fn infused_before(&self, at: usize) -> bool {
        let route =
            self.parts.last().is_some_and(|part| part.end == at && matches!(part.what, What::Route(_)));
        route || at > 0 && self.tokens.text(at - 1).starts_with("infus")
    }

    /// Signs or nothing stand on both sides of the word at `at`.
    fn sets_off(&self, at: usize) -> bool {
        let sign = |text: &str| matches!(text, "," | ";" | ")" | "(" | "/" | "." | "" | "\n");
        at > 0
            && sign(self.tokens.text(at + 1))
            && (sign(self.tokens.text(at - 1)) || self.follows_amount(at))
    }

    /// `spaced by one week`, `separated by 14 days`, `at intervals of 3 weeks`.
    fn interval_behind(&self, at: usize) -> Option<Found<What>> {
        const LINKS: &[&str] = &["by", "at", "of", ":", "is", "approximately", "about", "~"];
        let mut start = at + 1;
        while start < at + 3 && LINKS.contains(&self.tokens.text(start)) {
            start += 1;
        }
        // "intervals 3 weeks": a word is missing, or a sentence is broken.
        // But "dose interval 4 weeks", ", interval 2 days".
        let before = at.checked_sub(1).map_or("", |word| self.tokens.text(word));
        let field = matches!(
            before,
            "dose" | "dosage" | "," | ";" | "(" | "administration" | "injection" | "treatment"
        );
        let said = start > at + 1 || !self.tokens.text(at).starts_with("interval") || field;
        let length = periods::period(self.tokens, start).filter(|_| said)?;
        let days = length.value.unit >= PeriodUnit::Day && periods::range(self.tokens, start).is_none();
        days.then(|| {
            length.map(|every| What::Frequency(Frequency { every: Some(every), ..Frequency::default() }))
        })
    }

    /// `washout for 2 weeks`, `wash-out period (4 weeks)`: how long nothing is given.
    fn pause_told(&self, at: usize) -> Option<Found<What>> {
        const LINKS: &[&str] = &["period", "phase", "for", "of", ":", "(", "lasting", "is", "interval"];
        let mut start = at + 1;
        while start < at + 4 && LINKS.contains(&self.tokens.text(start)) {
            start += 1;
        }
        let length = periods::period(self.tokens, start)?;
        Some(Found::new(What::Other, length.end))
    }

    /// "after an interval of 2 weeks", "drug-free interval of 7 days": nothing is given meanwhile.
    fn is_pause(&self, at: usize) -> bool {
        const FAR: usize = 4;
        (at.saturating_sub(FAR)..at).rev().take_while(|word| !self.tokens.is(*word, ".")).any(|word| {
            let text = self.tokens.text(word);
            text.ends_with("-free")
                || text.starts_with("wash")
                || matches!(
                    text,
                    "after"
                        | "following"
                        | "followed"
                        | "by"
                        | "rest"
                        | "break"
                        | "free"
                        | "no"
                        | "within"
                        | "dosing"
                )
        })
    }

    /// `three weekly X`: every three weeks; `three weekly doses` counts them.
    fn weekly(&self, at: usize) -> Option<Found<What>> {
        const COUNTED: &[&str] = &[
            "dose",
            "doses",
            "injections",
            "infusions",
            "sessions",
            "treatments",
            "administrations",
            "visits",
            "cycles",
            "applications",
            "instillations",
            "vaccinations",
            "fractions",
        ];
        let counts = (at + 2..at + 5).any(|word| COUNTED.contains(&self.tokens.text(word)));
        let weeks = numbers::word_value(self.tokens.text(at)).filter(|_| !counts)?;
        let every = Some(Period::new(weeks, PeriodUnit::Week));
        Some(Found::new(What::Frequency(Frequency { every, ..Frequency::default() }), at + 2))
    }

    /// Cycles are what the sentence speaks of before `at`.
    fn of_cycles(&self, at: usize) -> bool {
        const FAR: usize = 8;
        let sentence = (at.saturating_sub(FAR)..at).rev();
        let mut sentence = sentence.take_while(|word| !matches!(self.tokens.text(*word), "." | "\n" | ";"));
        sentence.any(|word| {
            let sense = self.vocabulary.sense(self.tokens, word);
            matches!(sense, Some(Found { value: Sense::Role(Role::Cycle), .. }))
        })
    }

    /// Days of the cycle were told a little before.
    fn days_before(&self) -> bool {
        const FAR: usize = 48;
        self.parts.iter().rev().take(FAR).any(|part| matches!(part.what, What::Days(_)))
    }
}
