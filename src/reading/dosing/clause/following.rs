//! Two givings one after the other ("A followed by B every 3 weeks"): whether what is told behind the second is said of the
//! first as well.

use super::schedule::is_long_run;
use crate::reading::dosing::entry::{Entry, Link};
use crate::reading::dosing::part::What;
use crate::reading::dosing::vocabulary::{Frequency, NameKind};

/// Two entries that "then" joins, and what is told behind the second.
pub(super) struct Following<'e> {
    pub what: &'e What,
    pub before: &'e Entry,
    pub entry: &'e Entry,
    /// The entry before both.
    pub ahead: Option<&'e Entry>,
    /// The second shares the schedule that is being read.
    pub trailed: bool,
    /// A comma stands before what is told.
    pub comma: bool,
    /// A semicolon stands between them.
    pub parted: bool,
}

impl Following<'_> {
    /// Whether it is said of both.
    pub(super) fn is_shared(&self) -> bool {
        // "A biweekly followed by B every 3 weeks".
        if self.before.slots.often_unread && self.is_timed() {
            return false;
        }
        let cycle_of_one = self.same_drug() && matches!(self.what, What::Cycle(..));
        cycle_of_one
            || self.told_of_neither()
            || self.on_one_day()
            || self.counts_both()
            || self.is_cycle_of_days()
            || self.is_regimens()
            || self.counts_one()
            || self.at_one_interval()
            || self.is_interval_again()
    }

    fn same_drug(&self) -> bool {
        self.entry.name == self.before.name
    }

    /// How often, on which days, in what cycles.
    fn is_timed(&self) -> bool {
        matches!(self.what, What::Frequency(_) | What::Days(_) | What::Cycle(..))
    }

    /// A week or longer from one to the next.
    fn is_interval(&self) -> bool {
        matches!(self.what, What::Frequency(how) if is_long_interval(how))
    }

    /// Either both have a way of giving, or none.
    fn routed_alike(&self) -> bool {
        self.before.slots.route.is_some() == self.entry.slots.route.is_some()
    }

    /// "A followed by B every 3 weeks": nothing else is said of either. "On days 1 and 8 of cycle 1, then on day 1, in
    /// 28-day cycles": one treatment, one cycle.
    fn told_of_neither(&self) -> bool {
        let bare = |entry: &Entry| {
            entry.kind == NameKind::Agent && entry.slots.values.is_none() && entry.slots.route.is_none()
        };
        let open = self.trailed || !self.entry.slots.any();
        // "A on day 1 followed by B weekly": how often B is given.
        let own =
            self.is_interval() && !self.before.slots.days.is_empty() && self.entry.slots.days.is_empty();
        if own && !self.same_drug() {
            return false;
        }
        bare(self.entry) && bare(self.before) && self.is_timed() && open
    }

    /// "A 200 mg IV followed by B IV every 3 weeks": one after the other, at one interval; but not "A; then B weekly".
    fn at_one_interval(&self) -> bool {
        self.is_interval()
            && !self.same_drug()
            && !self.parted
            && self.entry.phase == self.before.phase
            && !self.before.slots.scheduled()
            && !self.before.slots.bounded()
            && self.routed_alike()
    }

    /// "IV A followed by IV B every 3 weeks on day 1 of a 21-day cycle": the day as the interval.
    fn is_interval_again(&self) -> bool {
        let often = self.before.slots.frequency;
        self.is_timed()
            && !self.same_drug()
            && self.trailed
            && often == self.entry.slots.frequency
            && often.every.is_some()
    }

    /// "A 400 mg day 1 then 2400 mg, every 2 weeks": the interval is the cycle's.
    fn is_cycle_of_days(&self) -> bool {
        self.is_interval()
            && self.comma
            && self.same_drug()
            && !self.before.slots.days.is_empty()
            && self.before.slots.frequency == Frequency::default()
    }

    /// "A 85 mg, B 400 mg bolus then 2400 mg, every 2 weeks": the regimen's interval.
    fn is_regimens(&self) -> bool {
        let dosed_ahead = self.ahead.is_some_and(|ahead| {
            ahead.name != self.before.name
                && self.before.link == Link::And
                && !ahead.slots.scheduled()
                && ahead.slots.values.is_some()
        });
        self.is_interval()
            && self.comma
            && self.same_drug()
            && !self.before.slots.scheduled()
            && !self.before.slots.bounded()
            && dosed_ahead
    }

    /// "... for 12 cycles", of one treatment whose schedule is shared.
    fn counts_one(&self) -> bool {
        matches!(self.what, What::Cycles(_)) && self.same_drug() && self.trailed
    }

    /// "A on day 1 every 3 weeks, then B on day 1 every 3 weeks for 6 cycles": of cycles of one length.
    fn counts_both(&self) -> bool {
        let (before, entry) = (&self.before.slots, &self.entry.slots);
        let in_cycles = before.cycle.is_some() || before.frequency.every.is_some() && !before.days.is_empty();
        matches!(self.what, What::Cycles(_))
            && !self.same_drug()
            && in_cycles
            && before.cycle == entry.cycle
            && before.frequency == entry.frequency
            && !before.bounded()
    }

    /// "A 175 mg/m2 IV over 3 hours followed by B AUC 6 IV on day 1 of a 21-day cycle for 6 cycles": one after the other on
    /// that day.
    fn on_one_day(&self) -> bool {
        let (before, entry) = (&self.before.slots, &self.entry.slots);
        let dosed = before.values.is_some() && entry.values.is_some();
        let open = before.frequency == Frequency::default()
            && !before.bounded()
            && before.cycle.is_none()
            && before.rest.is_none()
            && !is_long_run(&before.days);
        self.tells_few_days()
            && self.entry.named
            && !self.same_drug()
            && self.entry.phase == self.before.phase
            && self.entry.kind == self.before.kind
            && dosed
            && self.routed_alike()
            && open
            && self.days_agree()
    }

    /// Few days, or what comes behind them: the cycle, the interval, how many.
    fn tells_few_days(&self) -> bool {
        let days = !self.entry.slots.days.is_empty();
        match self.what {
            What::Days(days) => !is_long_run(days),
            What::Cycle(..) | What::Cycles(_) => days,
            What::Frequency(how) => {
                is_long_interval(how) && days && self.entry.slots.frequency == Frequency::default()
            }
            _ => false,
        }
    }

    /// The first has no days where they are told, and the second's where something is told of them.
    fn days_agree(&self) -> bool {
        let (before, entry) = (&self.before.slots.days, &self.entry.slots.days);
        match self.what {
            What::Days(_) => before.is_empty(),
            What::Cycle(..) => before == entry || !before.is_empty(),
            _ => before == entry,
        }
    }
}

fn is_long_interval(how: &Frequency) -> bool {
    how.every.is_some_and(|every| every.days() >= 7.0)
}
