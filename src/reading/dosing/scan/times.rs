//! How often, and on which days of the cycle.

use super::Scanner;
use crate::reading::dosing::days;
use crate::reading::dosing::part::What;
use crate::reading::dosing::timing;
use crate::reading::dosing::vocabulary::{NameKind, Role, Sense};
use crate::reading::numbers::{self, Found};

impl Scanner<'_> {
    /// `minute 0`, `hour 24`: the number of a moment.
    pub(super) fn is_moment(&self, at: usize) -> bool {
        let named = at > 0 && matches!(self.tokens.text(at - 1), "minute" | "hour" | "visit" | "timepoint");
        named && self.vocabulary.units().unit(self.tokens, at + 1).is_none()
    }

    /// `x 6` behind the interval of days or of a regimen: so many cycles.
    pub(super) fn bare_times(&self, at: usize) -> Option<Found<What>> {
        const FAR: usize = 48;
        let count = self.tokens.number(at + 1).filter(|n| n.fract() == 0.0 && (2.0..=12.0).contains(n))?;
        let ends = matches!(
            self.tokens.text(at + 2),
            "" | "\n" | "." | "," | ";" | ")" | "(" | "and" | "followed" | "then"
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
        let told = self.tokens.text(at).starts_with('q') || self.tokens.is(at, "every");
        let after = matches!(self.tokens.text(found.end), "from" | "after" | "following");
        if self.cycles.apart(found.end) && !(after && told) && !self.tokens.is(found.end, "from") {
            return Some(Found::new(What::Other, found.end));
        }
        const BETWEEN: &[&str] =
            &["per", "as", "a", "one", "treatment", "/", "is", "each", "therapy", "dosing"];
        // "each 21-day (3-week) cycle".
        let again = self.cycles.past_restated(Found::new(every, found.end));
        let mut noun = again;
        while noun < again + 3 && BETWEEN.contains(&self.tokens.text(noun)) {
            noun += 1;
        }
        let links = noun - again;
        if let Some(Found { value: Sense::Role(Role::Cycle), end }) = self.vocabulary.sense(self.tokens, noun)
            && (links > 0 || self.tokens.number(end).is_none())
        {
            // "each 21-28 day cycle" has no one length.
            if found.value.or_every.is_some() {
                return Some(Found::new(What::Stray, end));
            }
            // "each 21-day cycle" tells a length, "every 21-day cycle" an interval too.
            let interval = !self.tokens.is(at, "each") && links == 0;
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
        let after = found.end + usize::from(self.tokens.is(found.end, ")"));
        let week = matches!(self.tokens.text(after), "of" | "," | "in")
            && (matches!(self.tokens.text(after + 1), "week" | "weeks" | "month" | "months")
                || self.tokens.is(after + 1, "that"));
        // "D0, W4 and W20": days of the study.
        let mut next = found.end;
        while next < found.end + 3 && matches!(self.tokens.text(next), "," | "and" | "at") {
            next += 1;
        }
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
        let between = at > 0 && self.tokens.is(at - 1, "between");
        // "at Visit 1 (Day 1) and Visit 3": one of the visits.
        let visit = at > 2
            && self.tokens.is(at - 3, "visit")
            && self.tokens.is(at - 1, "(")
            && (after + 1..after + 3).any(|word| self.tokens.is(word, "visit"));
        let elsewhere = self.counted_from_elsewhere(at, single) || between || visit;
        if elsewhere || week || calendar || !single && self.once_within(at) {
            // "starting on day 1 of cycle 1".
            let of_cycle = elsewhere
                && self.tokens.is(found.end, "of")
                && self.tokens.is(found.end + 1, "cycle")
                && self.tokens.number(found.end + 2).is_some();
            return Some(Found::new(What::Other, found.end + if of_cycle { 3 } else { 0 }));
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
                    || text == "day" && self.tokens.is(word + 1, "0")
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

    /// `over 46 hours starting on day 1`: the day that a long infusion is given on.
    fn infused_long(&self) -> bool {
        const LONG: f64 = 0.25;
        let mut before =
            self.parts.iter().rev().skip_while(|part| part.what == What::Other).map(|part| &part.what);
        matches!(before.next(), Some(What::Infusion(least, _)) if least.days() > LONG)
    }

    pub(super) fn counted_from_elsewhere(&self, at: usize, single: bool) -> bool {
        let mut word = at;
        let start = at.saturating_sub(3);
        while word > start {
            word -= 1;
            let begins = matches!(self.tokens.text(word), "starting" | "beginning" | "commencing" | "from");
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
                    return single && !(begins && self.infused_long());
                }
                _ => return false,
            }
        }
        false
    }

    /// `first day of each cycle`, `1st day of`.
    pub(super) fn first_days(&self, at: usize) -> Option<Found<What>> {
        let first = numbers::ordinal(self.tokens, at)?;
        if let Some(days) = self.ordinal_days(at) {
            return Some(days);
        }
        // "the first day (D1) of each cycle".
        let again = self.tokens.is(first.end + 1, "(") && self.tokens.is(first.end + 3, ")");
        let past = first.end + 1 + if again { 3 } else { 0 };
        let of = matches!(self.tokens.text(past), "of" | "in");
        let cycle = (past + 1..past + 7)
            .any(|word| matches!(self.tokens.text(word), "cycle" | "cycles" | "course" | "courses"));
        // "twice on the first day, then once daily": of the treatment.
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let after = self.tokens.text(first.end + 1);
        let treatment = after == "of"
            && (first.end + 2..first.end + 5)
                .any(|word| matches!(self.tokens.text(word), "treatment" | "therapy" | "dosing"));
        let ends = matches!(after, "." | "" | "\n") && self.dosed_before();
        let alone =
            (treatment || ends || matches!(after, "," | "and" | "then" | "followed" | ";" | ")" | "+"))
                && first.value == 1
                && (before(1) == "the" && (before(2) == "on" || self.just_dosed(at - 1))
                    || before(1) == "on"
                    || self.just_dosed(at))
                && self.tokens.is(first.end, "day");
        let day = self.tokens.is(first.end, "day") && of && cycle;
        (day || alone).then(|| Found::new(What::Days(vec![first.value as i32]), first.end + 1))
    }

    /// `1st and 8th day of each cycle`, `first, eighth and fifteenth days of`.
    fn ordinal_days(&self, at: usize) -> Option<Found<What>> {
        const MOST: usize = 8;
        let mut list = Vec::new();
        let mut end = at;
        while list.len() < MOST {
            let Some(next) = numbers::ordinal(self.tokens, end) else { break };
            list.push(i32::try_from(next.value).ok()?);
            end = next.end + usize::from(matches!(self.tokens.text(next.end), "day" | "days"));
            let comma = usize::from(self.tokens.is(end, ","));
            let and = usize::from(matches!(self.tokens.text(end + comma), "and" | "&"));
            if comma + and == 0 || numbers::ordinal(self.tokens, end + comma + and).is_none() {
                break;
            }
            end += comma + and;
        }
        let days = matches!(self.tokens.text(end.saturating_sub(1)), "day" | "days");
        let of = matches!(self.tokens.text(end), "of" | "in");
        let cycle = (end + 1..end + 12)
            .any(|word| matches!(self.tokens.text(word), "cycle" | "cycles" | "course" | "courses"));
        let rising = list.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        (list.len() > 1 && days && of && cycle && rising).then(|| Found::new(What::Days(list), end))
    }

    /// A dose or how often ends right before `at`.
    pub(super) fn just_dosed(&self, at: usize) -> bool {
        self.parts
            .last()
            .is_some_and(|part| part.end == at && matches!(part.what, What::Amount(_) | What::Frequency(_)))
    }
}
