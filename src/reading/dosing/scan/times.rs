//! Schedules that start with a word of their own, and lengths of time that stand alone.

use super::Scanner;
use crate::protocol::{Period, PeriodUnit};
use crate::reading::dosing::days;
use crate::reading::dosing::part::What;
use crate::reading::dosing::timing;
use crate::reading::dosing::vocabulary::{Frequency, NameKind, Role, Sense};
use crate::reading::dosing::weekdays::weekdays;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

impl Scanner<'_> {
    /// `minute 0`, `hour 24`: the number of a moment.
    pub(super) fn is_moment(&self, at: usize) -> bool {
        let named = at > 0 && matches!(self.tokens.text(at - 1), "minute" | "hour" | "visit" | "timepoint");
        named && self.vocabulary.units().unit(self.tokens, at + 1).is_none()
    }

    /// `× 4 cycles`, `x 7 days`.
    pub(super) fn times(&self, at: usize) -> Option<Found<What>> {
        let cycles = self.cycles.at_number(at + 1).filter(|found| matches!(found.value, What::Cycles(_)));
        cycles.or_else(|| self.bare_times(at)).or_else(|| {
            let found = self.cycles.lasting(at)?;
            matches!(found.value, What::Lasting(_) | What::OnOff(..) | What::DaysOf(..)).then_some(found)
        })
    }

    /// `x 6` behind the interval of days or of a regimen: so many cycles.
    fn bare_times(&self, at: usize) -> Option<Found<What>> {
        const FAR: usize = 48;
        let count = self.tokens.number(at + 1).filter(|n| n.fract() == 0.0 && (2.0..=12.0).contains(n))?;
        let ends = matches!(
            self.tokens.text(at + 2),
            "" | "\n" | "." | "," | ";" | ")" | "and" | "followed" | "then"
        );
        let interval = self.parts.last().is_some_and(|part| {
            let long = matches!(&part.what, What::Frequency(how) if how.every.is_some_and(|every| every.days() >= 14.0));
            part.end == at && (long || matches!(part.what, What::Cycle(..)))
        });
        let sentence =
            self.parts.iter().rev().take(FAR).take_while(|part| !matches!(part.what, What::Bound(_)));
        let cycled = ends
            && interval
            && sentence.into_iter().any(|part| {
                matches!(part.what, What::Days(_) | What::Name(NameKind::Regimen, _) | What::Cycle(..))
            });
        cycled.then(|| Found::new(What::Cycles(count as u32), at + 2))
    }

    /// `3 weeks × 4 cycles = 12 weeks`: how long all of them are.
    pub(super) fn sums_cycles(&self, at: usize) -> Option<Found<What>> {
        let counted =
            self.parts.last().is_some_and(|part| part.end == at && matches!(part.what, What::Cycles(_)));
        let length = periods::period(self.tokens, at + 1).filter(|_| counted)?;
        (length.value.unit >= PeriodUnit::Day).then(|| length.map(What::Lasting))
    }

    /// `of 21 days` behind a number of cycles: how long each is.
    pub(super) fn length_of_cycles(&self, at: usize) -> Option<Found<What>> {
        let counted = self
            .parts
            .last()
            .is_some_and(|part| part.end == at && matches!(part.what, What::Cycles(count) if count > 1));
        let length = periods::period(self.tokens, at + 1).filter(|_| counted)?;
        let long = length.value.unit >= PeriodUnit::Day && (7.0..=84.0).contains(&length.value.days());
        let each = length.end + usize::from(self.tokens.text(length.end) == "each");
        long.then(|| Found::new(What::Cycle(length.value, false), each))
    }

    /// `x4 cycles`, `x6`: the sign and the number in one word.
    pub(super) fn glued_times(&self, at: usize, text: &str) -> Option<Found<What>> {
        let count: u32 = text.strip_prefix('x')?.parse().ok()?;
        let cycles = matches!(self.tokens.text(at + 1), "cycles" | "courses") && (1..=200).contains(&count);
        cycles.then(|| Found::new(What::Cycles(count), at + 2))
    }

    /// `every 3 weeks`, `q3w`; `every 3-week cycle` is a cycle's length as well.
    pub(super) fn interval(&self, at: usize) -> Option<Found<What>> {
        let found = timing::frequency(self.tokens, at)?;
        let Some(every) = found.value.every else {
            let read = found.value.per_day.is_some() || found.value.per_week.is_some();
            return Some(if read { found.map(What::Frequency) } else { Found::new(What::Stray, found.end) });
        };
        if self.is_of_a_rise(at, found.end) {
            return Some(Found::new(What::Other, found.end));
        }
        // "q2w after failure of X" is how often, "once 2 weeks after" when.
        let told = self.tokens.text(at).starts_with('q') || self.tokens.text(at) == "every";
        let after = matches!(self.tokens.text(found.end), "from" | "after" | "following");
        if self.cycles.apart(found.end) && !(after && told) && self.tokens.text(found.end) != "from" {
            return Some(Found::new(What::Other, found.end));
        }
        const BETWEEN: &[&str] =
            &["per", "as", "a", "one", "treatment", "/", "is", "each", "therapy", "dosing"];
        let mut noun = found.end;
        while noun < found.end + 3 && BETWEEN.contains(&self.tokens.text(noun)) {
            noun += 1;
        }
        let links = noun - found.end;
        if let Some(Found { value: Sense::Role(Role::Cycle), end }) = self.vocabulary.sense(self.tokens, noun)
            && (links > 0 || self.tokens.number(end).is_none())
        {
            // "each 21-day cycle" tells a length, "every 21-day cycle" an interval too.
            let interval = self.tokens.text(at) != "each" && links == 0;
            return Some(Found::new(What::Cycle(every, interval), end));
        }
        Some(found.map(What::Frequency))
    }

    /// Days of the cycle, unless the words before make them a start or a point in calendar weeks.
    pub(super) fn days(&self, at: usize) -> Option<Found<What>> {
        let mut found = days::days(self.tokens, at)?;
        // "on Day-1 and Day-16": a hyphen, where nothing happens that days are counted down to.
        if self.tokens.text(at).starts_with("day")
            && found.value.iter().all(|day| *day < 0)
            && self.hyphened(at)
        {
            found.value.iter_mut().for_each(|day| *day = -*day);
        }
        if !matches!(self.tokens.text(at), "day" | "days" | "d" | "ds" | "dd") && found.value.is_empty() {
            return None;
        }
        let single = found.value.len() == 1;
        let after = found.end + usize::from(self.tokens.text(found.end) == ")");
        let week = matches!(self.tokens.text(after), "of" | "," | "in")
            && (matches!(self.tokens.text(after + 1), "week" | "weeks" | "month" | "months")
                || self.tokens.text(after + 1) == "that");
        // "D0, W4 and W20": days of the study.
        let next = found.end
            + usize::from(matches!(self.tokens.text(found.end), "," | "and"))
            + usize::from(self.tokens.text(found.end + 1) == "and");
        let calendar = next > found.end && {
            let text = self.tokens.text(next);
            let glued = text
                .strip_prefix(['w', 'm'])
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
            glued
                || matches!(text, "week" | "weeks" | "month" | "months")
                    && self.tokens.number(next + 1).is_some()
        };
        // "between day 30 and day 100": one of those.
        let between = at > 0 && self.tokens.text(at - 1) == "between";
        // "at Visit 1 (Day 1) and Visit 3": one of the visits.
        let visit = at > 2
            && self.tokens.text(at - 3) == "visit"
            && self.tokens.text(at - 1) == "("
            && (after + 1..after + 3).any(|word| self.tokens.text(word) == "visit");
        let elsewhere = self.counted_from_elsewhere(at, single) || between || visit;
        if elsewhere || week || calendar || !single && self.once_within(at) {
            return Some(Found::new(What::Other, found.end));
        }
        Some(found.map(What::Days))
    }

    /// `Day-16` in a text that speaks of no transplant and no cells.
    fn hyphened(&self, at: usize) -> bool {
        const COUNTED_TO: &[&str] = &[
            "transplant",
            "conditioning",
            "lymphodep",
            "hsct",
            "asct",
            "allo",
            "sct",
            "bmt",
            "stem",
            "car",
            "cell",
            "myeloablat",
            "t-cell",
            "graft",
            "reinfusion",
            "surgery",
            "operation",
            "delivery",
            "ovulation",
            "screening",
        ];
        let glued = self.tokens.text(at).contains('-');
        let speaks = || {
            (0..self.tokens.len()).any(|word| {
                let text = self.tokens.text(word);
                COUNTED_TO.iter().any(|stem| text.starts_with(stem))
                    || matches!(text, "day0" | "d0")
                    || text == "day" && self.tokens.text(word + 1) == "0"
            })
        };
        glued && !*self.counted_down.get_or_init(speaks)
    }

    /// `once during days 7-14`: one day of those, nobody knows which.
    fn once_within(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        matches!(before(1), "during" | "between" | "within" | "on")
            && matches!(before(2), "once" | "time")
            && before(1) != "on"
    }

    pub(super) fn counted_from_elsewhere(&self, at: usize, single: bool) -> bool {
        let mut word = at;
        let start = at.saturating_sub(3);
        while word > start {
            word -= 1;
            match self.tokens.text(word) {
                "on" | "at" | "the" | "cycle" | "of" | "with" | "(" | "[" => {}
                // "from Part C day 1".
                letter
                    if letter.len() == 1
                        && word > 0
                        && matches!(self.tokens.text(word - 1), "part" | "period" | "stage") =>
                {
                    return single;
                }
                "study" | "week" | "weeks" | "trial" | "part" | "period" | "visit" | "post-transplant"
                | "treatment" => {
                    return word + 1 == at;
                }
                "starting" | "start" | "started" | "starts" | "begin" | "beginning" | "begins" | "began"
                | "initiated" | "commencing" | "commence" | "from" | "until" | "by" | "before" | "after"
                | "since" | "within" | "till" | "than" | "between" | "baseline" | "completion" | "end" => {
                    return single;
                }
                _ => return false,
            }
        }
        false
    }

    /// `first day of each cycle`, `1st day of`.
    pub(super) fn first_days(&self, at: usize) -> Option<Found<What>> {
        let first = numbers::ordinal(self.tokens, at)?;
        // "the first day (D1) of each cycle".
        let again = self.tokens.text(first.end + 1) == "(" && self.tokens.text(first.end + 3) == ")";
        let past = first.end + 1 + if again { 3 } else { 0 };
        let of = matches!(self.tokens.text(past), "of" | "in");
        let cycle = (past + 1..past + 5)
            .any(|word| matches!(self.tokens.text(word), "cycle" | "cycles" | "course" | "courses"));
        // "twice on the first day, then once daily": of the treatment.
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let after = self.tokens.text(first.end + 1);
        let alone = matches!(after, "," | "and" | "then" | "followed" | ";" | ")" | "+")
            && first.value == 1
            && (before(1) == "the" && (before(2) == "on" || self.just_dosed(at - 1))
                || before(1) == "on"
                || self.just_dosed(at))
            && self.tokens.text(first.end) == "day";
        let day = self.tokens.text(first.end) == "day" && of && cycle;
        (day || alone).then(|| Found::new(What::Days(vec![first.value as i32]), first.end + 1))
    }

    /// A dose or how often ends right before `at`.
    pub(super) fn just_dosed(&self, at: usize) -> bool {
        self.parts
            .last()
            .is_some_and(|part| part.end == at && matches!(part.what, What::Amount(_) | What::Frequency(_)))
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
                .any(|word| matches!(self.tokens.text(word), "infusion" | "infusions" | "drip"));
            return Some(Found::new(
                if infusion { What::Infusion(length.value) } else { What::Other },
                length.end,
            ));
        }
        let before = self.parts.last().map(|part| &part.what);
        if self.tokens.text(length.end) == ")" && self.is_each_cycles(length.value) {
            return Some(Found::new(What::Cycle(length.value, false), length.end));
        }
        if self.tokens.text(length.end) == "of"
            && matches!(self.tokens.text(length.end + 1), "treatment" | "therapy")
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
        let bracketed = before == Some(&What::Open) && daily && self.tokens.text(length.end) == ")";
        let of_treatment = matches!(self.tokens.text(length.end), "treatment" | "therapy")
            && (matches!(self.tokens.text(length.end + 1), "with" | "of")
                || before == Some(&What::Comma)
                    && matches!(self.tokens.text(length.end + 1), "" | "," | "." | ";" | ")" | "\n"));
        if self.tokens.text(length.end) == "duration"
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
        if self.tokens.text(length.end) == "of"
            && self.names.at(self.past_way(length.end + 1)).is_some()
            && !past.iter().any(|stem| earlier.starts_with(stem))
        {
            return Some(Found::new(What::Lasting(length.value), length.end));
        }
        // "6 mg/24 h - 10 days", "12-week, once weekly".
        let dash =
            matches!(before, Some(What::Amount(_) | What::Frequency(_))) && self.tokens.text(at - 1) == "-";
        let opens = matches!(before, None | Some(What::Bound(_))) && self.tokens.text(length.end) == ",";
        let set_off = matches!(before, Some(What::Comma | What::Open | What::Frequency(_))) || dash || opens;
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
        let heads = self.tokens.text(end + 1) == ":";
        let during = (3..7).any(|back| word(back) == "during");
        let closed = self.tokens.text(end) == ")";
        closed && PARTS.contains(&word(2)) && !LOOKED_AT.contains(&word(3)) && (heads || during)
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
            "treatment" | "therapy" | "dosing" | "intervention" | "supplementation" | "medication"
        );
        match word(back) {
            "duration" | "period" | "length" if back > 1 => {
                matches!(
                    word(back + 1),
                    "treatment" | "therapy" | "dosing" | "intervention" | "supplementation"
                )
            }
            "lasts" | "lasted" | "last" => {
                let will = usize::from(matches!(word(back + 1), "will" | "would"));
                let period = usize::from(matches!(word(back + 1 + will), "period" | "phase" | "course"));
                matches!(
                    word(back + 1 + will + period),
                    "treatment" | "therapy" | "intervention" | "supplementation" | "dosing"
                )
            }
            _ if of_treatment && back > 1 => {
                let the = usize::from(word(back + 1) == "the");
                word(back + 1 + the) == "of" && word(back + 2 + the) == "duration"
            }
            _ => false,
        }
    }

    /// "8 cycles (21 days": too short for all of them, so that it is one cycle's length.
    fn is_each_cycles(&self, length: Period) -> bool {
        let open = self.parts.last().is_some_and(|part| part.what == What::Open);
        let counted = self.parts.iter().rev().nth(1).map(|part| &part.what);
        matches!(counted, Some(What::Cycles(count)) if open && (7.0..7.0 * f64::from(*count)).contains(&length.days()))
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

    /// `spaced by one week`, `separated by 14 days`, `at intervals of 3 weeks`.
    fn interval_behind(&self, at: usize) -> Option<Found<What>> {
        const LINKS: &[&str] = &["by", "at", "of", ":", "is", "approximately", "about", "~"];
        let mut start = at + 1;
        while start < at + 3 && LINKS.contains(&self.tokens.text(start)) {
            start += 1;
        }
        // "intervals 3 weeks": a word is missing, or a sentence is broken.
        let said = start > at + 1 || !self.tokens.text(at).starts_with("interval");
        let length = periods::period(self.tokens, start).filter(|_| said)?;
        let days = length.value.unit >= PeriodUnit::Day && periods::range(self.tokens, start).is_none();
        days.then(|| {
            length.map(|every| What::Frequency(Frequency { every: Some(every), ..Frequency::default() }))
        })
    }

    /// "after an interval of 2 weeks", "drug-free interval of 7 days": nothing is given meanwhile.
    fn is_pause(&self, at: usize) -> bool {
        const FAR: usize = 4;
        (at.saturating_sub(FAR)..at).rev().take_while(|word| self.tokens.text(*word) != ".").any(|word| {
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

    /// Constructions that start with a word of their own.
    pub(super) fn grammar(&self, at: usize, text: &str) -> Option<Found<What>> {
        match text {
            "until" | "till" | "to"
                if matches!(self.tokens.text(at + 1), "week" | "month")
                    && self.dosed_before()
                    && (text != "to" || self.starts_first(at) || self.continues(at)) =>
            {
                self.through_week(at)
            }
            "up" if self.tokens.text(at + 1) == "to"
                && matches!(self.tokens.text(at + 2), "week" | "month")
                && self.dosed_before() =>
            {
                self.through_week(at + 1)
            }
            "up" if self.tokens.text(at + 1) == "to"
                && self.tokens.text(at + 2) == "day"
                && self.dosed_before() =>
            {
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
            "until" | "till" | "through" | "thru"
                if self.tokens.text(at + 1) == "day" && self.dosed_before() =>
            {
                self.through_day(at)
            }
            "until" | "till" | "through"
                if self.tokens.text(at + 1) == "the"
                    && self.tokens.text(at + 2) == "end"
                    && self.tokens.text(at + 3) == "of"
                    && matches!(self.tokens.text(at + 4), "week" | "month")
                    && self.dosed_before() =>
            {
                self.through_week(at + 3)
            }
            "through" if self.dosed_before() => self.through_week(at),
            "a" if matches!(self.tokens.text(at + 1), "maximum" | "total" | "period" | "duration") => {
                self.cycles.lasting(at)
            }
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
            "two" | "three" | "four" | "six" if self.tokens.text(at + 1) == "weekly" => self.weekly(at),
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
                let later = sentence.into_iter().any(|word| self.tokens.text(word) == "will");
                later.then(|| Found::new(What::Prior, at + 2))
            }
            // Twice a week, or every two weeks? Nobody can tell.
            "biweekly" | "bi-weekly" | "bimonthly" | "bi-monthly" => Some(Found::new(What::Stray, at + 1)),
            "first" | "second" | "third" => self.first_days(at),
            "week" | "weeks" | "month" | "months" => self.calendar(at),
            _ if text.starts_with('q') => self.interval(at),
            _ if text.starts_with('d') => self.days(at),
            _ if text.starts_with("auc") || text == "area" => self.amount(at),
            _ if text.starts_with('x') => self.glued_times(at, text),
            _ => None,
        }
    }
}
