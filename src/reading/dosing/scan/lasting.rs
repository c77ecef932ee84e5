//! Lengths of time that stand alone, and numbers of cycles.

use super::Scanner;
use crate::protocol::{Period, PeriodUnit};
use crate::reading::dosing::lengths::infusion_time;
use crate::reading::dosing::part::What;
use crate::reading::dosing::timing;
use crate::reading::dosing::vocabulary::{Frequency, Sense};
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

impl Scanner<'_> {
    /// `× 4 cycles`, `x 7 days`.
    pub(super) fn times(&self, at: usize) -> Option<Found<What>> {
        let cycles = self.cycles.at_number(at + 1).filter(|found| matches!(found.value, What::Cycles(_)));
        cycles.or_else(|| self.bare_times(at)).or_else(|| {
            let found = self.cycles.lasting(at)?;
            matches!(found.value, What::Lasting(_) | What::OnOff(..) | What::DaysOf(..)).then_some(found)
        })
    }

    /// `of 21 days` behind a number of cycles: how long each is.
    pub(super) fn length_of_cycles(&self, at: usize) -> Option<Found<What>> {
        let counted = self
            .parts
            .last()
            .is_some_and(|part| part.end == at && matches!(part.what, What::Cycles(count) if count > 1));
        let length = periods::period(self.tokens, at + 1).filter(|_| counted)?;
        let long = length.value.unit >= PeriodUnit::Day && (7.0..=84.0).contains(&length.value.days());
        let each = length.end + usize::from(self.tokens.is(length.end, "each"));
        long.then(|| Found::new(What::Cycle(length.value, false), each))
    }

    /// `x4 cycles`, `x6`: the sign and the number in one word.
    pub(super) fn glued_times(&self, at: usize, text: &str) -> Option<Found<What>> {
        let count: u32 = text.strip_prefix('x')?.parse().ok()?;
        let cycles = matches!(self.tokens.text(at + 1), "cycles" | "courses") && (1..=200).contains(&count);
        if cycles {
            return Some(Found::new(What::Cycles(count), at + 2));
        }
        // "500 mg x2 daily", "x3 per day".
        let behind = at + 1 + usize::from(self.tokens.is(at + 1, ","));
        let daily = timing::per_unit(self.tokens, behind).filter(|unit| unit.value == PeriodUnit::Day)?;
        let often = Frequency { per_day: Some(f64::from(count)), ..Frequency::default() };
        (1..=6).contains(&count).then(|| Found::new(What::Frequency(often), daily.end))
    }

    /// A length of time on its own: how long an infusion takes, a rest, or how long the treatment lasts where it stands
    /// between commas.
    pub(super) fn bare_period(&self, at: usize) -> Option<Found<What>> {
        let length = periods::range(self.tokens, at)
            .map(|r| r.map(|(_, high)| high))
            .or_else(|| periods::period(self.tokens, at))?;
        if self.cycles.apart(length.end) {
            return Some(Found::new(What::Other, length.end));
        }
        if length.value.unit < PeriodUnit::Day {
            let infusion = (length.end..length.end + 3)
                .any(|word| matches!(self.tokens.text(word), "infusion" | "infusions" | "drip"))
                || self.is_infusions(at);
            let what = if infusion { infusion_time(self.tokens, at, length.value) } else { What::Other };
            return Some(Found::new(what, length.end));
        }
        let before = self.parts.last().map(|part| &part.what);
        let each = length.end + usize::from(self.tokens.is(length.end, "each"));
        if self.tokens.is(each, ")") && self.is_each_cycles(length.value) {
            return Some(Found::new(What::Cycle(length.value, false), each));
        }
        // "on day 1 of each subsequent cycle (28 days)".
        let of_cycle = at > 1 && self.tokens.text(at - 2) == "cycle";
        if of_cycle
            && before == Some(&What::Open)
            && self.tokens.text(length.end) == ")"
            && (7.0..=84.0).contains(&length.value.days())
        {
            return Some(Found::new(What::Cycle(length.value, false), length.end));
        }
        if self.tokens.text(length.end) == ")" && self.is_of_all_cycles(length.value) {
            return Some(Found::new(What::Lasting(length.value), length.end));
        }
        if self.tokens.is(length.end, "of")
            && matches!(self.tokens.text(length.end + 1), "treatment" | "therapy")
        {
            return Some(Found::new(What::Lasting(length.value), length.end + 2));
        }
        // "10 days in total" behind a comma.
        if before == Some(&What::Comma)
            && matches!(self.tokens.text(length.end), "in" | "of")
            && self.tokens.is(length.end + 1, "total")
        {
            return Some(Found::new(What::Lasting(length.value), length.end + 2));
        }
        // "Treatment duration is 12 weeks", "a 12-week treatment with X", "5 mg daily (12 weeks)".
        let daily = self
            .parts
            .len()
            .checked_sub(2)
            .and_then(|last| self.parts.get(last))
            .is_some_and(|part| matches!(&part.what, What::Frequency(how) if how.per_day.is_some()));
        let bracketed = before == Some(&What::Open) && daily && self.tokens.is(length.end, ")");
        let of_treatment = matches!(self.tokens.text(length.end), "treatment" | "therapy")
            && (matches!(self.tokens.text(length.end + 1), "with" | "of")
                || before == Some(&What::Comma)
                    && matches!(self.tokens.text(length.end + 1), "" | "," | "." | ";" | ")" | "\n"));
        // "12 weeks' duration".
        let behind = length.end + usize::from(matches!(self.tokens.text(length.end), "'" | "’"));
        if behind > length.end && self.tokens.is(behind, "duration") {
            return Some(Found::new(What::Lasting(length.value), behind + 1));
        }
        if self.tokens.is(length.end, "duration")
            && !matches!(self.tokens.text(length.end + 1), "study" | "trial")
            && !matches!(at.checked_sub(1).map_or("", |word| self.tokens.text(word)), "study" | "trial")
        {
            return Some(Found::new(What::Lasting(length.value), length.end + 1));
        }
        if bracketed && length.value.days() >= 3.0
            || of_treatment
            || self.is_duration(at)
            || before == Some(&What::Open) && self.is_epochs(at, length.end)
        {
            return Some(Found::new(What::Lasting(length.value), length.end + usize::from(of_treatment)));
        }
        // "1 year of X": but not "after 1 year of X".
        let earlier = at.checked_sub(1).map_or("", |word| self.tokens.text(word));
        let past =
            ["after", "following", "least", "than", "complet", "previous", "prior", "within", "receiv"];
        if self.tokens.is(length.end, "of")
            && self.names.at(self.past_way(length.end + 1)).is_some()
            && !past.iter().any(|stem| earlier.starts_with(stem))
        {
            return Some(Found::new(What::Lasting(length.value), length.end));
        }
        // "6 mg/24 h - 10 days", "12-week, once weekly".
        let dash =
            matches!(before, Some(What::Amount(_) | What::Frequency(_))) && self.tokens.is(at - 1, "-");
        // "12-week double-blind treatment period: X 5 mg".
        if matches!(before, None | Some(What::Bound(_))) && self.cycles.is_treatments(length.end) {
            let headed = (length.end..length.end + 7).any(|word| self.tokens.is(word, ":"));
            if headed {
                return Some(Found::new(What::Lasting(length.value), length.end));
            }
        }
        let opens = matches!(before, None | Some(What::Bound(_))) && self.tokens.is(length.end, ",");
        // "at baseline, 3 months, and progression": when something is looked at.
        let point = before == Some(&What::Comma)
            && at > 1
            && matches!(self.tokens.text(at - 2), "baseline" | "screening" | "enrollment" | "admission");
        // "100 mg; BID; 8 weeks".
        let often = |back: usize| {
            let part = self.parts.len().checked_sub(back).and_then(|at| self.parts.get(at));
            matches!(part.map(|part| &part.what), Some(What::Frequency(_)))
        };
        let listed = before == Some(&What::Semicolon) && often(2);
        let set_off = !point
            && (matches!(before, Some(What::Comma | What::Open | What::Frequency(_)))
                || dash
                || opens
                || listed);
        let followed = matches!(before, Some(What::Frequency(_)))
            && matches!(self.tokens.text(length.end), "followed" | "then");
        let closed = followed || matches!(self.tokens.text(length.end), "," | "." | ")" | ";" | "" | "\n");
        let what = if set_off && closed && before != Some(&What::Open) {
            What::Lasting(length.value)
        } else {
            What::Other
        };
        Some(Found::new(what, length.end))
    }

    /// "infusion time of", "infusion duration:" stands before the length at `at`.
    fn is_infusions(&self, at: usize) -> bool {
        const LINKS: &[&str] = &[
            "of",
            "is",
            "be",
            "will",
            ":",
            "=",
            "approximately",
            "about",
            "at",
            "least",
            "time",
            "duration",
        ];
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let Some(back) = (1..6).find(|back| !LINKS.contains(&word(*back))) else { return false };
        let told = (1..back).any(|back| matches!(word(back), "time" | "duration"));
        told && matches!(word(back), "infusion" | "infusions")
    }

    /// Past "daily", "oral", "twice daily oral" at `at`.
    fn past_way(&self, at: usize) -> usize {
        let way = |at: usize| match self.vocabulary.sense(self.tokens, at) {
            Some(Found { value: Sense::Frequency(_) | Sense::Route(_), end }) => end,
            _ => at,
        };
        way(way(at))
    }

    /// `Maintenance phase (8 weeks):`, `during the open-label period (8 weeks)`: how long a part of the treatment is.
    fn is_epochs(&self, at: usize, end: usize) -> bool {
        const PARTS: &[&str] = &["phase", "period", "epoch", "stage", "treatment", "therapy", "extension"];
        const LOOKED_AT: &[&str] = &[
            "screening",
            "run-in",
            "follow-up",
            "followup",
            "washout",
            "wash-out",
            "observation",
            "baseline",
            "follow",
            "up",
            "rest",
            "recovery",
            "lead-in",
            "off",
            "drug-free",
            "treatment-free",
            "withdrawal",
            "study",
        ];
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let heads = self.tokens.is(end + 1, ":");
        let numbered = matches!(word(3), "first" | "second" | "third" | "fourth")
            && (4..6).any(|back| word(back) == "in")
            && self.dosed_before();
        let during = numbered || (3..7).any(|back| word(back) == "during");
        let closed = self.tokens.is(end, ")");
        // "throughout the study (24 weeks)", "for the whole study period (24 weeks)".
        let whole = matches!(word(2), "study" | "trial" | "period" | "duration")
            && !matches!(
                word(3),
                "follow-up" | "screening" | "run-in" | "washout" | "up" | "observation" | "extension"
            )
            && (3..8).any(|back| {
                matches!(word(back), "throughout" | "entire" | "whole" | "during" | "duration" | "for")
            })
            && (3..8).any(|back| {
                matches!(word(back), "study" | "trial" | "duration") || back == 3 && word(2) == "study"
            })
            && self.dosed_before();
        closed && whole
            || closed && PARTS.contains(&word(2)) && !LOOKED_AT.contains(&word(3)) && (heads || during)
    }

    /// `number of cycles: 6`.
    pub(super) fn cycles_told(&self, at: usize) -> Option<Found<What>> {
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let count = numbers::number(self.tokens, at)?;
        let sign = matches!(word(1), ":" | "=" | "is");
        let told = sign && matches!(word(2), "cycles" | "courses") && word(3) == "of" && word(4) == "number";
        let whole = count.value.fract() == 0.0 && (1.0..=100.0).contains(&count.value);
        (told && whole).then(|| Found::new(What::Cycles(count.value as u32), count.end))
    }

    /// `treatment duration is`, `the total duration of treatment will be`, `treatment period:`, `treatment lasts` before a
    /// length. How long a study or its follow-up lasts is something else.
    fn is_duration(&self, at: usize) -> bool {
        const FAR: usize = 6;
        const LINKS: &[&str] = &[
            "is",
            "was",
            "will",
            "be",
            "of",
            "approximately",
            "about",
            "around",
            "~",
            ":",
            "=",
            "-",
            "for",
            "a",
            "total",
            "up",
            "to",
            "equals",
            "maximum",
        ];
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let mut back = 1;
        while back < FAR && LINKS.contains(&word(back)) {
            back += 1;
        }
        let of_treatment = matches!(
            word(back),
            "treatment"
                | "therapy"
                | "dosing"
                | "intervention"
                | "supplementation"
                | "medication"
                | "administration"
                | "use"
                | "intake"
        );
        let closed = matches!(self.tokens.text(at + 2), "," | "." | ")" | ";" | "" | "\n");
        match word(back) {
            "duration" | "period" | "length" if back > 1 => {
                matches!(
                    word(back + 1),
                    "treatment" | "therapy" | "dosing" | "intervention" | "supplementation"
                )
            }
            // ", treatment duration 6 months".
            "duration" if closed => {
                matches!(word(back + 1), "treatment" | "therapy" | "supplementation")
            }
            "lasts" | "lasted" | "last" => {
                let will = usize::from(matches!(word(back + 1), "will" | "would"));
                let period = usize::from(matches!(word(back + 1 + will), "period" | "phase" | "course"));
                matches!(
                    word(back + 1 + will + period),
                    "treatment" | "therapy" | "intervention" | "supplementation" | "dosing" | "regimen"
                )
            }
            _ if of_treatment => {
                let the = usize::from(word(back + 1) == "the");
                let told =
                    word(back + 1 + the) == "of" && matches!(word(back + 2 + the), "duration" | "length");
                told && (back > 1 || closed)
            }
            _ => false,
        }
    }

    /// "35 cycles (about 2 years)", "17 infusions (1 year)": long enough for all of them.
    fn is_of_all_cycles(&self, length: Period) -> bool {
        const CYCLE: f64 = 21.0;
        const WEEK: f64 = 7.0;
        let mut back = self.parts.iter().rev().filter(|part| part.what != What::Other);
        let open = back.next().is_some_and(|part| part.what == What::Open);
        let least = match back.next().map(|part| &part.what) {
            Some(What::Cycles(count)) => self.interval_near().unwrap_or(CYCLE) * f64::from(*count),
            Some(What::Doses(count)) => WEEK * f64::from(*count),
            _ => return false,
        };
        const ROUNDED: f64 = 0.95;
        open && length.days() >= 28.0 && length.days() >= least * ROUNDED
    }

    /// How many days an interval has that was told a little before.
    fn interval_near(&self) -> Option<f64> {
        const NEAR: usize = 5;
        self.parts.iter().rev().take(NEAR).find_map(|part| match &part.what {
            What::Frequency(how) => how.every.map(|every| every.days()),
            What::Cycle(length, _) => Some(length.days()),
            _ => None,
        })
    }

    /// "8 cycles (21 days": too short for all of them, so that it is one cycle's length.
    fn is_each_cycles(&self, length: Period) -> bool {
        let open = self.parts.last().is_some_and(|part| part.what == What::Open);
        let counted = self.parts.iter().rev().nth(1).map(|part| &part.what);
        matches!(counted, Some(What::Cycles(count)) if open && (7.0..7.0 * f64::from(*count)).contains(&length.days()))
    }
}
