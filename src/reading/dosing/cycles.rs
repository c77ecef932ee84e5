//! Cycles: "21-day cycle", "4-6 cycles", "from cycle 2 on". How long a treatment lasts is `lengths`', time on and off `rests`'.

use crate::protocol::{Period, PeriodUnit};
use crate::reading::lexer::Tokens;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

use super::part::What;
use super::vocabulary::{Role, Sense, Vocabulary};
use super::word_classes::Classes;

/// More cycles than this are something else.
const MOST_CYCLES: f64 = 200.0;

/// The grammar of cycles over one text.
pub(super) struct Cycles<'t> {
    pub tokens: &'t Tokens,
    pub vocabulary: &'t Vocabulary,
    pub classes: &'t Classes,
}

impl Cycles<'_> {
    /// The end of a word for cycles at `at`.
    fn noun(&self, at: usize) -> Option<usize> {
        match self.vocabulary.sense(self.tokens, at)? {
            Found { value: Sense::Role(Role::Cycle), end } => Some(end),
            _ => None,
        }
    }

    /// A word for cycles past up to three of `words`.
    pub(super) fn noun_past(&self, mut at: usize, words: &[&str]) -> Option<usize> {
        for _ in 0..4 {
            if let Some(end) = self.noun(at) {
                return Some(end);
            }
            if !words.contains(&self.tokens.text(at)) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// What starts with a number: a cycle's length, a number of cycles, time on and off.
    pub(super) fn at_number(&self, at: usize) -> Option<Found<What>> {
        self.on_off(at)
            .or_else(|| self.run_of(at))
            .or_else(|| self.days_out_of(at))
            .or_else(|| self.length_first(at))
            .or_else(|| self.count(at))
    }

    /// `2w/3w`, `14 d/21 d`: so much of each cycle.
    fn run_of(&self, at: usize) -> Option<Found<What>> {
        let on = periods::period(self.tokens, at)?;
        let cycle = periods::period(self.tokens, on.end + 1).filter(|_| self.tokens.is(on.end, "/"))?;
        let days = |length: Period| {
            matches!(length.unit, PeriodUnit::Day | PeriodUnit::Week) && length.value.fract() == 0.0
        };
        let shorter = days(on.value) && days(cycle.value) && on.value.days() < cycle.value.days();
        let all = cycle.value.days() <= 42.0 && on.value.days() >= 3.0;
        (shorter && all).then(|| Found::new(What::DaysOf(on.value, cycle.value), cycle.end))
    }

    /// `21 days out of a 28-day cycle`, `14 days of each 21-day cycle`.
    fn days_out_of(&self, at: usize) -> Option<Found<What>> {
        let on = periods::period(self.tokens, at)?;
        let of = matches!(self.tokens.text(on.end), "of" | "out");
        let found = self.days_of_cycle(at, on).filter(|_| of)?;
        let noun = self.tokens.text(found.end - 1);
        (noun.starts_with("cycle") || noun.starts_with("course")).then_some(found)
    }

    /// `21-day cycle`, `28 days as a treatment cycle`, `4 weeks per cycle`, `21 days/cycle`.
    pub(super) fn length_first(&self, at: usize) -> Option<Found<What>> {
        const BETWEEN: &[&str] = &[
            "a",
            "an",
            "as",
            "one",
            "1",
            "per",
            "/",
            "is",
            "each",
            "for",
            "treatment",
            "therapy",
            "study",
            "dosing",
            "in",
            "every",
            "the",
            "(",
            "constitutes",
            "chemotherapy",
            "consecutive",
            "therapeutic",
            "medication",
            "administration",
            "induction",
            "consolidation",
            "maintenance",
            ",",
        ];
        let length = periods::period(self.tokens, at)?;
        if length.value.unit < PeriodUnit::Day {
            return None;
        }
        let length = Found::new(length.value, self.past_restated(length));
        if self.times_cycles(length.end) {
            return Some(Found::new(What::Cycle(length.value, false), length.end));
        }
        let between = match self.tokens.text(length.end) {
            // "for 12 weeks in cycle 1", "3 weeks, cycle 1": not the cycle's length.
            "in" | "," | "(" | "for" | "every" => {
                let named = self.tokens.text(length.end + 1);
                matches!(named, "a" | "one" | "each" | "1" | "as").then_some(BETWEEN)
            }
            _ => Some(BETWEEN),
        }?;
        let end = self.noun_past(length.end, between)?;
        // "28 days cycle 1": the number names the cycle.
        if end > length.end && self.tokens.number(end).is_some() && !self.tokens.is(end - 1, "cycles") {
            return None;
        }
        // "a 16-week course" is how long the treatment lasts, "each 21-day course" a cycle.
        let before = at.checked_sub(1).map_or("", |before| self.tokens.text(before));
        let cycle = matches!(before, "each" | "every" | "per" | "of" | "in" | "x" | "×" | "=" | "is" | "(");
        // "21 days as a course".
        let told = (length.end..end)
            .any(|word| matches!(self.tokens.text(word), "as" | "one" | "1" | "per" | "is" | "constitutes"));
        if self.tokens.is(end - 1, "course") && !before.is_empty() && !cycle && !told {
            return Some(Found::new(What::Lasting(length.value), end));
        }
        Some(Found::new(What::Cycle(length.value, false), end))
    }

    /// `x 4 cycles` behind a length: how long each is.
    pub(super) fn times_cycles(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "x" | "×" | "*")
            && self.tokens.number(at + 1).is_some()
            && self.noun(at + 2).is_some()
    }

    /// Past the same length in brackets: `3 weeks (21 days)`.
    pub(super) fn past_restated(&self, length: Found<Period>) -> usize {
        if !self.tokens.is(length.end, "(") {
            return length.end;
        }
        match periods::period(self.tokens, length.end + 1) {
            Some(again) if again.value.days() == length.value.days() && self.tokens.is(again.end, ")") => {
                again.end + 1
            }
            _ => length.end,
        }
    }

    /// `6 cycles`, `4-6 treatment cycles`, `up to four cycles` (the number's part).
    pub(super) fn count(&self, at: usize) -> Option<Found<What>> {
        const BETWEEN: &[&str] = &[
            "full",
            "consecutive",
            "additional",
            "more",
            "complete",
            "total",
            "-",
            "further",
            "planned",
            "identical",
        ];
        let (most, end) = match numbers::range(self.tokens, at) {
            Some(range) => (range.value.1, range.end),
            None => {
                let number = numbers::number(self.tokens, at)?;
                let or = self.tokens.is(number.end, "or");
                match numbers::number(self.tokens, number.end + 1).filter(|_| or) {
                    Some(second) => (second.value.max(number.value), second.end),
                    None => (number.value, number.end),
                }
            }
        };
        let end = match self.noun_past(end, BETWEEN) {
            Some(end) => end,
            // "six 21-day cycles": the length stands between and is read next.
            None => {
                let length = self.length_first(end).filter(|_| end == at + 1)?;
                let cycles = matches!(self.tokens.text(length.end - 1), "cycles" | "courses");
                cycles.then_some(end)?
            }
        };
        let whole = most.fract() == 0.0 && (1.0..=MOST_CYCLES).contains(&most);
        // "of each 21 cycle": a length that lost its unit.
        if at > 0 && matches!(self.tokens.text(at - 1), "each" | "every") && most > 1.0 {
            return None;
        }
        // "1 cycle of 21 days", "1 cycle (28 days)", "21 days as 1 cycle", "4 doses (1 cycle)" tell what one is.
        let before = at.checked_sub(1).map_or("", |before| self.tokens.text(before));
        // "4 doses (1 cycle)".
        let bracketed = before == "(" && self.tokens.is(end, ")");
        let named = bracketed || matches!(before, "as" | "per" | "is" | "=");
        if most == 1.0 && (named || self.length_after(end).is_some()) {
            return None;
        }
        whole.then(|| Found::new(What::Cycles(most as u32), end))
    }

    /// What starts with a word for cycles: its length, or which cycles.
    pub(super) fn at_noun(&self, at: usize) -> Option<Found<What>> {
        let end = self.noun(at)?;
        if let Some(mark) = self.mark(end) {
            return Some(mark);
        }
        let length = self.length_after(end)?;
        Some(if self.is_whole_course(at, end, length.end) {
            length.map(|what| match what {
                What::Cycle(length, _) => What::Lasting(length),
                what => what,
            })
        } else {
            length
        })
    }

    /// "a course of 14 days", "course of treatment: 3 months": how long the treatment lasts. "Each course is 28 days" and
    /// "one course repeats every 3 weeks" tell a cycle.
    fn is_whole_course(&self, at: usize, end: usize, past: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.tokens.text(before));
        let one = matches!(
            before,
            "each"
                | "every"
                | "per"
                | "one"
                | "1"
                | "="
                | "as"
                | "first"
                | "second"
                | "next"
                | "subsequent"
                | "/"
        );
        let course = (at..end).any(|word| self.tokens.is(word, "course"));
        let again = (end..past).any(|word| {
            let text = self.tokens.text(word);
            text.starts_with("repeat")
                || matches!(text, "every" | "ever" | "interval" | "intervals" | "again" | "each")
        });
        let counted = matches!(self.tokens.text(past), "x" | "×" | "*");
        course && !one && !again && !counted
    }

    /// `is 28 days`, `of 21 days`, `length = 3 weeks`, `repeat every 3 weeks` behind a word for cycles.
    fn length_after(&self, mut at: usize) -> Option<Found<What>> {
        const LINKS: &[&str] = &[
            "is",
            "was",
            "are",
            "were",
            "will",
            "be",
            "would",
            "being",
            "last",
            "lasts",
            "lasting",
            "lasted",
            "consists",
            "consisting",
            "consist",
            "of",
            "length",
            "lengths",
            "duration",
            "period",
            "time",
            "=",
            ":",
            "defined",
            "as",
            "equals",
            "repeat",
            "repeats",
            "repeated",
            "repeating",
            "every",
            "ever",
            "(",
            "in",
            "a",
            "an",
            "the",
            "-",
            "at",
            "length:",
            "comprises",
            "comprising",
            "each",
            "is:",
            "interval",
            "intervals",
            "approximately",
            "about",
            "treatment",
            "again",
            "for",
        ];
        let start = at;
        while at < start + 6 {
            if let Some(length) = periods::period(self.tokens, at)
                && length.value.unit >= PeriodUnit::Day
            {
                let direct = at > start;
                let total = self.tokens.is(start, "(") || self.tokens.is(start, "for");
                let single = start >= 2
                    && matches!(self.tokens.text(start - 2), "1" | "one" | "each" | "a" | "every" | "per");
                return (direct && (!total || single))
                    .then(|| Found::new(What::Cycle(length.value, false), length.end));
            }
            if !LINKS.contains(&self.tokens.text(at)) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Which cycles, behind the word: `1-4`, `1`, `2 and beyond`, `1, 2 and 3`.
    fn mark(&self, at: usize) -> Option<Found<What>> {
        let at = at + usize::from(self.tokens.is(at, "#"));
        // "cycle 2 day 1" names a day, "cycle 21 days" a length.
        let length = periods::period(self.tokens, at)
            .is_some_and(|length| numbers::number(self.tokens, length.end).is_none());
        if length || self.tokens.is(at, "one") {
            return None;
        }
        let whole = |value: f64| {
            (value.fract() == 0.0 && (1.0..=MOST_CYCLES).contains(&value)).then_some(value as u32)
        };
        if let Some(range) = numbers::range(self.tokens, at) {
            let (first, last) = (whole(range.value.0)?, whole(range.value.1)?);
            let last = (!self.goes_on(range.end)).then_some(last);
            return Some(Found::new(What::CycleMark(first, last), range.end));
        }
        let first = whole(self.tokens.number(at)?)?;
        let mut last = first;
        let mut end = at + 1;
        while matches!(self.tokens.text(end), "," | "and" | "&" | "through" | "to") {
            // "of cycle 1, 56 mg/m2 thereafter": a dose.
            let dosed = self.vocabulary.units().quantity(self.tokens, end + 1).is_some();
            match self.tokens.number(end + 1).and_then(whole) {
                Some(next) if next > last && !dosed => {
                    last = next;
                    end += 2;
                }
                _ => break,
            }
        }
        let onward = match self.tokens.text(end) {
            _ if self.goes_on(end) => true,
            "and" | "," | "or" => matches!(
                self.tokens.text(end + 1),
                "beyond"
                    | "onward"
                    | "onwards"
                    | "after"
                    | "later"
                    | "subsequent"
                    | "thereafter"
                    | "further"
                    | "above"
                    | "following"
                    | "all"
            ),
            "onward" | "onwards" | "+" => true,
            _ => false,
        };
        // "cycle 1 = 28 days", "cycles 2 onwards: 21 days".
        let past = end + usize::from(onward);
        if matches!(self.tokens.text(past), "=" | "is" | "lasts" | ":")
            && let Some(length) = periods::period(self.tokens, past + 1)
            && length.value.unit >= PeriodUnit::Day
            && matches!(self.tokens.text(length.end), ")" | "," | "." | ";" | "" | "\n")
        {
            return Some(Found::new(What::Cycle(length.value, false), length.end));
        }
        Some(Found::new(What::CycleMark(first, (!onward).then_some(last)), end))
    }

    /// `and every third cycle thereafter`, `, then every other cycle`: the treatment does not end with the last number.
    fn goes_on(&self, at: usize) -> bool {
        let mut every = at;
        while every < at + 3 && matches!(self.tokens.text(every), "and" | "," | "then" | ";") {
            every += 1;
        }
        every > at
            && matches!(self.tokens.text(every), "every" | "each")
            && (every + 1..every + 4).any(|word| matches!(self.tokens.text(word), "cycle" | "cycles"))
    }
}
