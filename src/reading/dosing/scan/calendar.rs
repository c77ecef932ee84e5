//! Weeks and months by number: points in the calendar of a study, and how long a treatment lasts by them.

use super::Scanner;
use crate::protocol::{Period, PeriodUnit};
use crate::reading::dosing::part::What;
use crate::reading::dosing::timing;
use crate::reading::numbers::{self, Found};

impl Scanner<'_> {
    /// `weeks 1-5`, `months 1 to 3`, `week 1 through 6`.
    pub(super) fn calendar(&self, at: usize) -> Option<Found<What>> {
        if self.numbers_one(at + 1) {
            return Some(Found::new(What::Other, at + 2));
        }
        // "10 mg at week 4 until week 12": from then on, no range.
        let point = at > 0 && self.tokens.is(at - 1, "at");
        let range =
            numbers::range(self.tokens, at + 1).or_else(|| self.range_through(at + 1).filter(|_| !point))?;
        let (first, last) = range.value;
        let whole = first.fract() == 0.0 && last.fract() == 0.0 && last < 1000.0;
        let months = self.tokens.text(at).starts_with("month");
        let what = match months {
            false => What::Weeks(first as u32, last as u32),
            true if first <= 1.0 && self.dosed_before() => {
                What::Lasting(Period::new(last, PeriodUnit::Month))
            }
            true => What::Other,
        };
        whole.then(|| Found::new(what, range.end))
    }

    /// `in the evening before surgery`, "a single dose at night": on one day only.
    pub(super) fn is_of_a_visit(&self, at: usize, end: usize) -> bool {
        const FAR: usize = 12;
        let moment = matches!(
            self.tokens.text(end),
            "of" | "before" | "prior" | "after" | "on" | "preceding" | "following"
        );
        let sentence = (at.saturating_sub(FAR)..at).rev();
        let mut sentence = sentence.take_while(|word| !matches!(self.tokens.text(*word), "." | "\n" | ";"));
        moment || sentence.any(|word| matches!(self.tokens.text(word), "single" | "one-time" | "before"))
    }

    /// `1 through 6`, `1 through week 6`.
    fn range_through(&self, at: usize) -> Option<Found<(f64, f64)>> {
        let first = self.tokens.number(at)?;
        let joined = matches!(self.tokens.text(at + 1), "through" | "thru" | "until" | "to" | "-");
        let unit = usize::from(matches!(self.tokens.text(at + 2), "week" | "weeks" | "month" | "months"));
        let last = self.tokens.number(at + 2 + unit).filter(|last| joined && *last > first)?;
        Some(Found::new((first, last), at + 3 + unit))
    }

    /// `between week 0 and week 12`: how long, where the weeks are counted from the start.
    pub(super) fn between_weeks(&self, at: usize) -> Option<Found<What>> {
        let word = |ahead: usize| self.tokens.text(at + ahead);
        let (singular, plural) = match word(1) {
            "week" | "weeks" => ("week", PeriodUnit::Week),
            "month" | "months" => ("month", PeriodUnit::Month),
            _ => return None,
        };
        let first = self.tokens.number(at + 2)?;
        let last = at + 4 + usize::from(word(4) == singular);
        let weeks = self.tokens.number(last).filter(|last| last.fract() == 0.0 && *last > 1.0)?;
        let counted = word(3) == "and" && first <= 1.0 && self.dosed_before();
        counted.then(|| Found::new(What::Lasting(Period::new(weeks, plural)), last + 1))
    }

    /// The end of `weeks 0, 2 and 6`: points in time, which tell no interval. Single ones are read elsewhere.
    pub(super) fn visits(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 40;
        if !matches!(self.tokens.text(at), "week" | "weeks" | "month" | "months") {
            return None;
        }
        let whole = |at: usize| self.tokens.number(at).is_some_and(|number| number.fract() == 0.0);
        let mut end = at + 1;
        let mut count = 0;
        while count < LONGEST {
            let mut next = end;
            while next < end + 3
                && (next > end || count > 0)
                && matches!(
                    self.tokens.text(next),
                    "," | "and" | "&" | "week" | "weeks" | "month" | "months" | "at"
                )
            {
                next += 1;
            }
            let dosed = self.vocabulary.units().quantity(self.tokens, next).is_some();
            let parted = count == 0 || next > end;
            if !whole(next) || dosed || !parted || timing::frequency(self.tokens, next).is_some() {
                break;
            }
            count += 1;
            end = next + 1;
        }
        (count > 1 && self.dosed_before()).then_some(end)
    }

    /// "week 1 and 32 mg": the number is the week's, whatever follows it.
    fn numbers_one(&self, at: usize) -> bool {
        let plain = self.tokens.number(at).is_some_and(|week| week.fract() == 0.0);
        let joined = matches!(self.tokens.text(at + 1), "and" | "," | "or" | "&");
        plain && joined && self.vocabulary.units().quantity(self.tokens, at).is_some()
    }

    /// Something was given in this sentence so far.
    pub(super) fn dosed_before(&self) -> bool {
        const FAR: usize = 24;
        let sentence = self.parts.iter().rev().take(FAR);
        let mut sentence = sentence.take_while(|part| !matches!(part.what, What::Bound(_)));
        sentence.any(|part| matches!(part.what, What::Name(..) | What::Amount(_) | What::Frequency(_)))
    }

    /// `through week 36`: how long, where the weeks are counted from the start.
    pub(super) fn through_week(&self, at: usize) -> Option<Found<What>> {
        const FAR: usize = 5;
        let from = at.checked_sub(2).filter(|week| matches!(self.tokens.text(*week), "week" | "weeks"));
        // "at week 4 until week 12" counts to the end, "from week 4 until week 12" from the middle.
        let point = from.and_then(|week| week.checked_sub(1)).is_some_and(|at| self.tokens.text(at) == "at");
        // "starting at week 12 up to week 52".
        let later = (1..=FAR).find(|back| {
            at.checked_sub(*back).is_some_and(|word| {
                matches!(self.tokens.text(word), "starting" | "beginning" | "commencing" | "from")
            })
        });
        let starts = later.is_some_and(|back| {
            (at - back..at).any(|word| {
                matches!(self.tokens.text(word), "week" | "month")
                    && self.tokens.number(word + 1).is_some_and(|first| first > 1.0)
            })
        });
        let late = starts
            || from.and_then(|week| self.tokens.number(week + 1)).is_some_and(|first| first > 1.0) && !point;
        let unit = match self.tokens.text(at + 1) {
            "week" => PeriodUnit::Week,
            "month" => PeriodUnit::Month,
            _ => return None,
        };
        let last = self.tokens.number(at + 2).filter(|last| last.fract() == 0.0 && *last > 0.0)?;
        let what = if late { What::Other } else { What::Lasting(Period::new(last, unit)) };
        Some(Found::new(what, at + 3))
    }

    /// `through day 28`: how long, where the days are counted from the start; a day behind a plus is counted from elsewhere.
    pub(super) fn through_day(&self, at: usize) -> Option<Found<What>> {
        const FEWEST: f64 = 3.0;
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let last = self.tokens.number(at + 2).filter(|last| last.fract() == 0.0 && *last >= FEWEST)?;
        let late = word(2) == "day" && !matches!(word(1), "0" | "1");
        let of_cycle = matches!(self.tokens.text(at + 3), "of" | "," | "and" | "or" | "+" | "post");
        let what =
            if late || of_cycle { What::Other } else { What::Lasting(Period::new(last, PeriodUnit::Day)) };
        Some(Found::new(what, at + 3))
    }

    /// "continued" right before `at`.
    pub(super) fn continues(&self, at: usize) -> bool {
        at > 0
            && matches!(
                self.tokens.text(at - 1),
                "continued" | "continuing" | "continue" | "continues" | "maintained"
            )
    }

    /// `from day 1`, `from week 0`, `from baseline` right before `at`.
    pub(super) fn starts_first(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        matches!(word(1), "baseline" | "randomization" | "randomisation" | "enrollment" | "enrolment")
            && word(2) == "from"
            || word(1) == "baseline"
            || matches!(word(2), "day" | "week") && matches!(word(1), "0" | "1") && word(3) == "from"
    }
}
