//! How long a treatment lasts: "for 12 weeks", "up to 2 years", "for 14 days of each 21-day cycle"; and the times that
//! only stand apart from something else.

use crate::protocol::{Period, PeriodUnit};
use crate::reading::lexer::Tokens;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;

use super::cycles::Cycles;
use super::part::What;
use super::timing;
use super::word_classes::WordClass;

/// How long one infusion takes, from token `at` on: `length`, or both ends of a range.
pub(super) fn infusion_time(tokens: &Tokens, at: usize, length: Period) -> What {
    match periods::range(tokens, at) {
        Some(range) => What::Infusion(range.value.0, Some(range.value.1)),
        None => What::Infusion(length, None),
    }
}

impl Cycles<'_> {
    /// A length of treatment behind "for", "up to", "during", "x", "maximum of": `for up to 12 weeks`. Hours and minutes
    /// are the time of one infusion.
    pub(super) fn lasting(&self, at: usize) -> Option<Found<What>> {
        let head = self.tokens.text(at);
        // "determined at 1 week": when, not for how long.
        if head == "at" && !matches!(self.tokens.text(at + 1), "least" | "most" | "max" | "maximum" | "a") {
            return None;
        }
        // "older than or equal to 4 years": how old they are; "extended to 10 days": what may be.
        if head == "to"
            && at > 0
            && matches!(
                self.tokens.text(at - 1),
                "equal" | "extended" | "prolonged" | "extend" | "shortened" | "extending"
            )
        {
            return None;
        }
        let mut start = at;
        let mut found = None;
        while start < at + 8 {
            if start > at
                && let Some(length) = periods::range(self.tokens, start)
                    .map(|range| range.map(|(_, high)| high))
                    .or_else(|| periods::period(self.tokens, start))
                    .or_else(|| self.first_of(start))
                    .or_else(|| self.one_of(at, start))
            {
                if self.times_cycles(length.end) {
                    return None;
                }
                found = Some(length);
                break;
            }
            let counts = numbers::may_begin(self.tokens, start) || self.tokens.is(start, "between");
            if start > at && counts && (self.count(start).is_some() || self.doses_at(start)) {
                return None;
            }
            let opens = start == at && head == "in";
            if !self.classes.has(start, WordClass::LengthLinks) && !opens && !self.is_of_study(start) {
                return None;
            }
            start += 1;
        }
        let length = found?;
        if self.is_of_other(at) {
            return Some(Found::new(What::Other, length.end));
        }
        // "patients over 75 years": how old they are.
        const OLDEST_TREATMENT: f64 = 20.0;
        if length.value.unit == PeriodUnit::Year
            && (length.value.value > OLDEST_TREATMENT || self.of_people(at))
        {
            return Some(Found::new(What::Other, length.end));
        }
        // "for 3 weeks (21 days) as 1 cycle".
        if let Some(cycle) = self.length_first(start) {
            return Some(cycle);
        }
        // "for 6 days every week": so often a week.
        if length.value.unit == PeriodUnit::Day
            && let Some(often) =
                timing::frequency(self.tokens, start).filter(|often| often.value.per_week.is_some())
        {
            return Some(often.map(What::Frequency));
        }
        if let Some(both) = self.before_and_after(head, length) {
            return Some(both);
        }
        if self.begins_before(at, length) {
            return Some(Found::new(What::Other, length.end));
        }
        // "for 84 days (± 5 days)".
        let about = head == "for"
            && self.tokens.is(length.end, "(")
            && matches!(self.tokens.text(length.end + 1), "±" | "+/-");
        let goes_on = || head == "for" && (self.at_surgery(length.end) || self.begins_after(at, length));
        if self.apart(length.end) && !about && !goes_on() {
            return Some(Found::new(What::Other, length.end));
        }
        if length.value.unit < PeriodUnit::Day {
            // "every 6 hours for 24 hours": how long it is given so.
            let days = (length.value.days() * 1e6).round() / 1e6;
            let whole = days >= 1.0 && days.fract() == 0.0 && head == "for" && self.hourly_before(at);
            let what = match whole {
                true => What::Lasting(Period::new(days, PeriodUnit::Day)),
                false => infusion_time(self.tokens, start, length.value),
            };
            return Some(Found::new(what, length.end));
        }
        if let Some(days) = self.days_of_cycle(start, length).or_else(|| self.days_of_one_cycle(length)) {
            return Some(days);
        }
        // "over 10 days for 3 successive months": of each of them.
        if length.value.days() <= 15.0 && self.successive_months(length.end) {
            return Some(length.map(|days| What::DaysOf(days, Period::new(1.0, PeriodUnit::Month))));
        }
        let long = length.value.days() >= 7.0;
        match head {
            "within" | "over" if self.tokens.is(at + 1, "the") && !self.over_all(at + 2) => {
                Some(Found::new(What::Other, length.end))
            }
            "in" if self.tokens.is(at + 1, "the") && self.is_treatments(length.end) => {
                Some(Found::new(What::Lasting(length.value), length.end))
            }
            // "twice a day within 12 months" is for 12 months.
            "within" | "in" if !(long && self.often_before(at)) => Some(Found::new(What::Other, length.end)),
            _ => Some(Found::new(What::Lasting(length.value), self.past_total(length.end))),
        }
    }

    /// `Screening takes`, `the observation period lasts` ends before `at`: nothing is given meanwhile.
    fn is_of_other(&self, at: usize) -> bool {
        const LINKS: &[&str] = &[
            "takes",
            "take",
            "lasts",
            "last",
            "lasting",
            "will",
            "may",
            "can",
            "period",
            "phase",
            "is",
            "be",
            "performed",
            "done",
            "conducted",
            "occurs",
            "place",
        ];
        const OTHERS: &[&str] =
            &["screening", "washout", "wash-out", "observation", "recruitment", "enrolment", "enrollment"];
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let Some(back) = (1..6).find(|back| !LINKS.contains(&word(*back))) else { return false };
        let told =
            (1..back).any(|back| matches!(word(back), "takes" | "take" | "lasts" | "last" | "lasting"));
        told && OTHERS.contains(&word(back))
    }

    /// `for 5 days of cycle 1`: its first days.
    fn days_of_one_cycle(&self, length: Found<Period>) -> Option<Found<What>> {
        const MOST: f64 = 35.0;
        let of = matches!(self.tokens.text(length.end), "of" | "in" | "during");
        let cycle = self.tokens.is(length.end + 1, "cycle") && self.tokens.number(length.end + 2).is_some();
        // "for 7 days in cycle 2 beginning on day 5": other days.
        let later = matches!(
            self.tokens.text(length.end + 3),
            "beginning" | "starting" | "from" | "commencing" | "on"
        );
        let days = length.value.days();
        let few = length.value.unit == PeriodUnit::Day && days.fract() == 0.0 && days <= MOST;
        (of && cycle && few && !later)
            .then(|| Found::new(What::Days((1..=days as i32).collect()), length.end))
    }

    /// `for 7 days before surgery and 14 days after it`: both together.
    fn before_and_after(&self, head: &str, length: Found<Period>) -> Option<Found<What>> {
        const FAR: usize = 7;
        const LINKS: &[&str] = &["for", "another", "continuing", "continued", "an", "additional", "then"];
        let word = |at: usize| self.tokens.text(at);
        if head != "for" || !matches!(word(length.end), "before" | "prior" | "preceding" | "pre") {
            return None;
        }
        let and = (length.end + 1..length.end + FAR)
            .take_while(|at| !matches!(word(*at), "." | ";" | "\n" | ","))
            .find(|at| word(*at) == "and")?;
        let second = (and + 1..and + 4).find(|at| !LINKS.contains(&word(*at)))?;
        let later = periods::period(self.tokens, second)?;
        let after = matches!(word(later.end), "after" | "following" | "post" | "afterwards");
        let days = |length: Period| length.unit >= PeriodUnit::Day;
        let (first, second) = (length.value, later.value);
        (after && days(first) && days(second))
            .then(|| Found::new(What::Lasting(first.plus(second)), later.end))
    }

    /// `starting 2 weeks before surgery and continuing for 4 weeks after it`: the second part alone.
    fn begins_before(&self, at: usize, length: Found<Period>) -> bool {
        const FAR: usize = 10;
        let word = |at: usize| self.tokens.text(at);
        if !matches!(word(length.end), "after" | "following" | "post") {
            return false;
        }
        let sentence =
            (at.saturating_sub(FAR)..at).rev().take_while(|at| !matches!(word(*at), "." | ";" | "\n"));
        let (mut before, mut starts) = (false, false);
        for at in sentence {
            before |= matches!(word(at), "before" | "prior");
            starts |= before
                && (word(at).starts_with("start") || word(at).starts_with("begin") || word(at) == "from");
        }
        starts
    }

    /// `double-blind treatment period`, `treatment phase` behind a length.
    pub(super) fn is_treatments(&self, at: usize) -> bool {
        let mut word = at;
        while word < at + 3 && (self.classes.has(word, WordClass::StudyKinds) || self.tokens.is(word, ",")) {
            word += 1;
        }
        let treatment = matches!(self.tokens.text(word), "treatment" | "dosing" | "intervention");
        treatment && matches!(self.tokens.text(word + 1), "period" | "phase" | "epoch")
    }

    /// `study period of`: a length is that of the study, which is the treatment's too.
    fn is_of_study(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "study" | "trial")
            && matches!(self.tokens.text(at + 1), "period" | "duration")
            && self.tokens.is(at + 2, "of")
    }

    /// `course of`, `period of` behind "over the".
    fn over_all(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "course" | "period" | "duration" | "entire")
    }

    /// `week`, `month`, `year` behind "for a": one of them.
    fn one_of(&self, head: usize, at: usize) -> Option<Found<Period>> {
        let one = self.single(at)?;
        let for_a = at == head + 2
            && matches!(self.tokens.text(at - 1), "a" | "another")
            && matches!(self.tokens.text(head), "for" | "over" | "during");
        let whole = !matches!(self.tokens.text(at + 1), "of" | "-" | "or" | "long");
        (for_a && whole).then_some(one)
    }

    /// `month` behind "the first": one of them.
    fn first_of(&self, at: usize) -> Option<Found<Period>> {
        let one = self.single(at)?;
        let first = at >= 2 && self.tokens.is(at - 1, "first") && self.tokens.is(at - 2, "the");
        let whole = !matches!(self.tokens.text(at + 1), "of" | "after" | "following" | "post");
        (first && whole).then_some(one)
    }

    /// `week`, `month`, `year` without a number.
    fn single(&self, at: usize) -> Option<Found<Period>> {
        let unit = match self.tokens.text(at) {
            "week" => PeriodUnit::Week,
            "month" => PeriodUnit::Month,
            "year" => PeriodUnit::Year,
            _ => return None,
        };
        Some(Found::new(Period::new(1.0, unit), at + 1))
    }

    /// People stand right before `at`: "children over 6 years".
    fn of_people(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.tokens.text(before));
        let head = matches!(self.tokens.text(at), "over" | "up" | "within");
        head && matches!(
            before,
            "patients"
                | "participants"
                | "subjects"
                | "children"
                | "adults"
                | "people"
                | "women"
                | "men"
                | "infants"
                | "those"
                | "aged"
                | "age"
                | "adolescents"
                | "individuals"
        )
    }

    /// `for 3 successive months`, `during 3 consecutive months`.
    fn successive_months(&self, at: usize) -> bool {
        let named = matches!(self.tokens.text(at + 2), "successive" | "consecutive");
        let months = periods::period(self.tokens, at + 1);
        matches!(self.tokens.text(at), "for" | "during" | "over" | "in")
            && named
            && months.is_some_and(|months| months.value.unit == PeriodUnit::Month && months.value.value > 1.0)
    }

    /// `prior to radical prostatectomy`, `postoperatively`: what the treatment lasts until, or begins after.
    fn at_surgery(&self, at: usize) -> bool {
        const FAR: usize = 5;
        (at..at + FAR).any(|word| {
            let text = self.tokens.text(word);
            matches!(text, "surgery" | "operation" | "resection" | "postoperatively" | "preoperatively")
                || text.ends_with("ectomy")
        })
    }

    /// `daily for 52 weeks following the titration`: so long, and when it begins.
    fn begins_after(&self, at: usize, length: Found<Period>) -> bool {
        const FAR: usize = 5;
        let after = matches!(self.tokens.text(length.end), "after" | "following");
        let last = (length.end..length.end + FAR)
            .any(|word| matches!(self.tokens.text(word), "last" | "each" | "every" | "end" | "final"));
        // "for up to 1 year after completion of chemotherapy".
        let completed = self.tokens.text(length.end + 1) == "completion"
            && self.tokens.text(at) == "for"
            && !(length.end + 2..length.end + 5).any(|word| {
                let text = self.tokens.text(word);
                matches!(text, "treatment" | "therapy" | "study" | "dosing" | "medication")
            });
        after && !last && length.value.days() >= 7.0 && (completed || self.often_before(at))
    }

    /// `every 6 hours`, `q6h` ends right before `at`.
    fn hourly_before(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |before| self.tokens.text(before));
        let short = word(1).starts_with('q') && word(1).ends_with('h');
        short || word(3) == "every" && matches!(word(1), "hours" | "h" | "hrs" | "hr")
    }

    /// How often ends right before `at`.
    fn often_before(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |before| self.tokens.text(before));
        let every = word(3) == "every" && matches!(word(1), "days" | "weeks" | "months");
        every
            || matches!(
                word(1),
                "day" | "daily" | "bid" | "tid" | "qd" | "week" | "weekly" | "month" | "monthly" | "times"
            )
    }

    /// `two doses`: not a length.
    fn doses_at(&self, at: usize) -> bool {
        numbers::number(self.tokens, at).is_some_and(|count| {
            matches!(self.tokens.text(count.end), "doses" | "administrations" | "infusions" | "injections")
        })
    }

    fn past_total(&self, mut at: usize) -> usize {
        const TOTAL: &[&str] = &["total", "treatment", "period", "duration", "of", "therapy", "in", "dosing"];
        let start = at;
        while at < start + 3 && TOTAL.contains(&self.tokens.text(at)) {
            at += 1;
        }
        if at > start && matches!(self.tokens.text(at - 1), "of" | "in") { start } else { at }
    }

    /// `for 14 days of each 21-day cycle`, `for 5 days every 28 days`, `for 14 days, followed by 7 days off`.
    pub(super) fn days_of_cycle(&self, start: usize, length: Found<Period>) -> Option<Found<What>> {
        const LINKS: &[&str] = &[
            "of", "in", "each", "every", "per", "out", "a", "the", "/", "within", "during", "q", "(", ")",
            ",", ";",
        ];
        if let Some(on_off) = self.on_off(start) {
            return Some(on_off);
        }
        let mut at = length.end;
        let mut linked = false;
        while at < length.end + 4 {
            // "for 10 days of each month".
            let month = matches!(self.tokens.text(at), "month" | "monthly") && linked;
            let month = month.then(|| Found::new(Period::new(1.0, PeriodUnit::Month), at + 1));
            let cycle = periods::period(self.tokens, at).filter(|_| linked).or(month);
            if let Some(cycle) = cycle.filter(|_| length.value.days() < 29.0 || month.is_none()) {
                let longer = cycle.value.days() >= length.value.days() && cycle.value.unit >= PeriodUnit::Day;
                let end =
                    self.noun_past(cycle.end, &["treatment", "therapy", "-", "dosing"]).unwrap_or(cycle.end);
                return longer.then(|| Found::new(What::DaysOf(length.value, cycle.value), end));
            }
            let text = self.tokens.text(at);
            if !LINKS.contains(&text) {
                return None;
            }
            linked |= !matches!(text, "a" | "the" | "(" | ")" | "," | ";");
            at += 1;
        }
        None
    }

    /// A time told from something else: `30 minutes before meals`, `4 weeks after the last dose`, `12 hours apart`.
    pub(super) fn apart(&self, at: usize) -> bool {
        let word = at + usize::from(matches!(self.tokens.text(at), "(" | ")" | "-"));
        self.classes.has(word, WordClass::Apart)
            || matches!(self.tokens.text(word), "in" | "between")
                && (self.tokens.is(word, "between") || self.tokens.is(word + 1, "between"))
            || self.tokens.is(word, "of")
                // "of a meal", but not "of a 28-day cycle".
                && self.tokens.number(word + 2).is_none()
                && matches!(
                    self.tokens.text(word + 1),
                    "meals" | "a" | "meal" | "food" | "follow-up" | "age" | "rest"
                )
    }
}
