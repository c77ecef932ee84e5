//! Which treatments before the last one a schedule is said of as well.

use super::Reader;
use super::following::Following;
use super::schedule::is_long_run;
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::part::What;
use crate::reading::dosing::vocabulary::{Frequency, NameKind};

impl Reader<'_> {
    /// "A and B are given at 5 mg/kg and 200 mg, respectively": a dose for each, in units of their own.
    pub(super) fn tells_each_dose(&mut self, at: usize) -> bool {
        const FAR: usize = 16;
        if self.each_told > at {
            return true;
        }
        let behind = self.parts.get(at..).unwrap_or_default().iter().take(FAR);
        let doses = behind
            .take_while(|part| matches!(part.what, What::Amount(_) | What::And | What::Comma))
            .filter(|part| matches!(part.what, What::Amount(_)));
        let open = |entry: &&Entry| !entry.dropped && entry.slots.values.is_none();
        let all = self.out.entries.len();
        doses.count() == all && self.out.entries.iter().filter(open).count() == all && self.tells_each(at)
    }

    /// Radiation has no cycles; a class that its members replace has nothing.
    pub(super) fn skips(&self, index: usize, what: &What) -> bool {
        self.out.entries.get(index).is_none_or(|entry| {
            entry.dropped
                || entry.kind == NameKind::Radiation
                    && matches!(
                        what,
                        What::Cycles(_) | What::Cycle(..) | What::CycleMark(..) | What::Route(_)
                    )
        })
    }

    /// "8 mg/kg loading dose and 6 mg/kg every 3 weeks until progression": the first dose is given once, the interval and
    /// the end are those of the doses behind it.
    pub(super) fn told_of_next(&self, index: usize, last: usize, what: &What) -> bool {
        let lasts = matches!(what, What::Stop(_) | What::Frequency(_) | What::Cycles(_) | What::Lasting(_));
        let Some(first) = self.out.entries.get(index).filter(|entry| lasts && entry.begins) else {
            return false;
        };
        let next = self.out.entries.get(index + 1..=last).unwrap_or_default();
        next.iter().any(|next| next.name == first.name && !next.begins && next.slots.values.is_some())
    }

    /// The first entry that a slot behind `last` is also said of.
    pub(super) fn share_start(&self, what: &What, last: usize) -> usize {
        if matches!(what, What::Stop(_)) || self.until && matches!(what, What::Lasting(_)) {
            return self.sentence_start(last);
        }
        if self.last_is_pronoun && (self.after_verb || self.out.of_all) {
            return self.sentence_start(last);
        }
        let bracket = self.brackets.last().filter(|bracket| bracket.entry == Some(last));
        if bracket.is_some_and(|bracket| matches!(what, What::Route(_)) && self.is_of_a_form(bracket.open)) {
            return last;
        }
        let mut start = last;
        let outside = self.outside_of_addition(last);
        while start > 0 {
            // "A (with B 5 mg twice daily) every 3 weeks": how often B is given.
            if outside == Some(start - 1) {
                break;
            }
            let (Some(entry), Some(before)) = (self.out.entries.get(start), self.out.entries.get(start - 1))
            else {
                break;
            };
            // "A 3 g/m2 with B rescue 15 mg every 6 hours": how often B is given.
            if self.is_rescue(entry) && !matches!(what, What::Cycle(..) | What::Cycles(_) | What::Stop(_)) {
                break;
            }
            // "A IV and B PO daily": daily is what is swallowed, not what is infused.
            let ways = entry.slots.route.is_some() && before.slots.route.is_some();
            let daily = match what {
                What::Frequency(how) => how.per_day.is_some(),
                What::Days(_) => entry.slots.frequency.per_day.is_some(),
                _ => false,
            };
            // "A IV plus B days 1-14": what is given on many days running is swallowed.
            let run = matches!(what, What::Days(days) if is_long_run(days));
            if run && before.slots.route.is_some() && entry.slots.route.is_none() && bracket.is_none() {
                break;
            }
            // "A for 9 doses plus B for 9 cycles".
            if matches!(what, What::Cycles(_)) && before.slots.doses.is_some() {
                break;
            }
            // "SC or IV daily": the same treatment.
            let same = entry.name == before.name && entry.link == Link::Or;
            if ways && daily && !same && entry.slots.route != before.slots.route {
                break;
            }
            // "8 mg/kg loading, 6 mg/kg every 3 weeks": the first is given once.
            let once = before.begins && !entry.begins && before.name == entry.name;
            if once && !matches!(what, What::Route(_) | What::Stop(_)) {
                break;
            }
            // "160 mg at week 0, 80 mg at week 2 and 40 mg every other week": each of the first two at its own time.
            let interval = matches!(what, What::Frequency(how) if how.every.is_some())
                || matches!(what, What::Lasting(_));
            if interval && before.name == entry.name && self.at_a_point(before.end, entry.first) {
                break;
            }
            if self.is_given_once_before(start - 1, last, what) {
                break;
            }
            let joined = match entry.link {
                Link::Slash | Link::Or => true,
                // "A and B (day 1 of each cycle)": of both, where nothing else is said of them.
                Link::And => {
                    let bare = !entry.slots.any() && !before.slots.any();
                    let shared = self.trail.is_some_and(|trail| start > trail);
                    bracket.is_none() || !self.bracket_doses && (bare || shared)
                }
                Link::Then => {
                    let ahead = start.checked_sub(2).and_then(|ahead| self.out.entries.get(ahead));
                    let trailed = self.trail.is_some_and(|trail| trail < start);
                    let comma = self.between.comma;
                    let unread = start == 1 && self.often_unread_ahead(before.end);
                    let timed = matches!(what, What::Frequency(_) | What::Days(_) | What::Cycle(..));
                    let parted = (before.end..entry.first).any(|token| self.tokens.is(token, ";"));
                    let following = Following { what, before, entry, ahead, trailed, comma, parted };
                    !(unread && timed) && following.is_shared()
                }
                Link::Apart => false,
            };
            if !joined
                || !self.shares(before, what, start - 1, entry.link == Link::Slash)
                || self.is_announced(start - 1, last, what)
            {
                break;
            }
            start -= 1;
        }
        start
    }

    /// "A biweekly injection of A": how often was said before the token, and not understood.
    pub(super) fn often_unread_ahead(&self, end: usize) -> bool {
        let ahead = self.parts.iter().take_while(|part| part.first < end);
        ahead.into_iter().any(|part| {
            let last = self.tokens.text(part.end.saturating_sub(1));
            part.what == What::Stray && (last.ends_with("weekly") || last == "monthly")
        })
    }

    /// "A with B infusion (IV)": the bracket says how that infusion is given.
    fn is_of_a_form(&self, open: usize) -> bool {
        let before = self.parts.get(open).and_then(|open| open.first.checked_sub(1));
        before.is_some_and(|token| {
            matches!(self.tokens.text(token), "infusion" | "injection" | "tablet" | "tablets" | "capsules")
        })
    }

    /// "rescue" stands right behind the name.
    fn is_rescue(&self, entry: &Entry) -> bool {
        const NEAR: usize = 4;
        entry.named
            && (entry.first..entry.end.min(entry.first + NEAR)).any(|token| self.tokens.is(token, "rescue"))
    }

    /// "A nasal spray with B tablets, A 1 spray to each nostril, and B 2 mg": B was only announced, as A was before it.
    fn is_announced(&self, index: usize, last: usize, what: &What) -> bool {
        const FAR: usize = 3;
        let (Some(entry), Some(told)) = (self.out.entries.get(index), self.out.entries.get(last)) else {
            return false;
        };
        let bare = entry.slots.values.is_none() && !entry.dropped && entry.name != told.name;
        let before = self.out.entries.iter().take(index).rev().take(FAR);
        bare && told.named
            && (told.slots.values.is_some() || matches!(what, What::Route(_)))
            && before.into_iter().any(|before| before.name == told.name && before.slots.values.is_none())
    }

    /// "at week 0", "at baseline" stands between two entries.
    pub(super) fn at_a_point(&self, from: usize, to: usize) -> bool {
        const FAR: usize = 12;
        (from..to.min(from + FAR)).any(|token| {
            let text = self.tokens.text(token);
            let numbered = matches!(text, "week" | "month" | "visit" | "weeks" | "months");
            let point = numbered && self.tokens.number(token + 1).is_some() || text == "baseline";
            let at = token > 0 && matches!(self.tokens.text(token - 1), "at" | "on" | "in" | "(");
            point && at
        })
    }

    /// The first entry that is not parted from `last` by "then".
    pub(super) fn sentence_start(&self, last: usize) -> usize {
        (0..=last)
            .rev()
            .find(|index| self.out.entries.get(*index).is_some_and(|entry| entry.link == Link::Then))
            .unwrap_or(0)
    }

    /// Whether an entry further back takes part in a slot.
    pub(super) fn shares(&self, entry: &Entry, what: &What, index: usize, slashed: bool) -> bool {
        if entry.dropped {
            return true;
        }
        let again = self.out.entries.get(index + 1).is_some_and(|next| {
            next.name == entry.name
                && next.link != Link::Or
                && next.slots.route != entry.slots.route
                && !matches!(what, What::Cycle(..) | What::Cycles(_))
        });
        // "Every 3 weeks A, with B 160 mg or C 1000 mg daily": B as C.
        let either = self.out.entries.get(index + 1).is_some_and(|next| next.link == Link::Or && next.named);
        let lead = self.scheduled_by_lead() && !either && matches!(what, What::Frequency(_) | What::Days(_));
        if again || lead {
            return false;
        }
        let in_trail = self.trail.is_some_and(|trail| index >= trail);
        // "A in the morning, B every 3 weeks", "A in the evening, B twice a day": A has its time.
        let other = |how: &Frequency| {
            how.every.is_some_and(|every| every.days() >= 7.0) || how.per_day.is_some_and(|times| times > 1.0)
        };
        let timed = entry.slots.hours != 0 && matches!(what, What::Frequency(how) if other(how));
        if timed && !in_trail {
            return false;
        }
        let radiation = entry.kind == NameKind::Radiation;
        match what {
            What::Route(_) => {
                // "30 mg weekly and 2 g every 3 weeks, administered intravenously": all doses of the treatment.
                let dose_of_it = self.between.give
                    && self
                        .out
                        .entries
                        .get(index + 1)
                        .is_some_and(|next| next.name == entry.name && !next.named);
                entry.slots.route.is_none()
                    && !radiation
                    && (in_trail
                        || dose_of_it
                        || self.after_verb
                            && !(self.participle && entry.slots.scheduled() && !self.last_is_scheduled())
                        || slashed
                        || self.route_of_all && !entry.slots.scheduled()
                        || !entry.slots.any() && !self.lead_tells(what))
            }
            What::Infusion(..) | What::Fraction(_) | What::Doses(_) => false,
            What::Frequency(_) | What::Days(_) | What::OnOff(..) | What::DaysOf(..) => {
                // An interval behind days is a cycle's length: said of all that have days and no cycle yet.
                let interval =
                    matches!(what, What::Frequency(f) if f.every.is_some_and(|every| every.days() >= 7.0));
                // "160 mg/day, B 7.5 mg monthly": so much a day is not given once a month.
                let daily = entry.slots.unit.as_ref().is_some_and(|unit| unit.name.ends_with("/day"));
                if interval && daily && entry.slots.days.is_empty() {
                    return false;
                }
                if daily && self.is_of_one_giving(entry, index + 1, what) {
                    return false;
                }
                let waits = interval && fits_days(entry, what) && entry.slots.frequency.every.is_none();
                in_trail || (waits || !entry.slots.scheduled()) && entry.slots.cycle.is_none() && !radiation
            }
            What::Cycle(..) => {
                // "A daily + B twice daily in 28-day cycles": of both.
                let all = self.out.entries.last().is_some_and(|last| last.slots.continuous())
                    && self.brackets.is_empty();
                entry.slots.cycle.is_none() && (in_trail || all || !entry.slots.continuous()) || radiation
            }
            What::CycleMark(..) => entry.slots.mark.is_none() && (in_trail || !entry.slots.scheduled()),
            What::Cycles(_) => {
                let daily = entry.slots.continuous() && entry.slots.frequency.every.is_none();
                // "in cycle 1 A …, for 6 cycles": which of them was told.
                entry.slots.cycles.is_none() && entry.slots.mark.is_none() && (in_trail || !daily)
                    || radiation
            }
            What::Lasting(_) if in_trail && self.between.and => true,
            // "200 mg BID, 400 mg BID, 400 mg QD for 14 days": each of them.
            What::Lasting(_) if self.is_other_dose(entry, index) => entry.slots.lasting.is_none(),
            // "60 Gy with temozolomide daily for 42 days": so long the medicine is taken.
            What::Lasting(_) if radiation && self.is_taken_daily(index + 1) => false,
            What::Lasting(_) => {
                let open = entry.slots.lasting.is_none();
                open && (in_trail || !entry.slots.scheduled() && !entry.slots.bounded())
                    || open && self.is_beside(entry, index)
            }
            _ => false,
        }
    }

    /// "A 1 mg/kg/day plus B 25 mg/kg four times a day": how often B's dose is given, where A's is of a whole day.
    fn is_of_one_giving(&self, entry: &Entry, next: usize, what: &What) -> bool {
        let often = matches!(what, What::Frequency(how) if how.per_day.is_some());
        let next = self.out.entries.get(next).filter(|next| next.name != entry.name);
        let unit = next.and_then(|next| next.slots.unit.as_ref());
        often && unit.is_some_and(|unit| !unit.name.ends_with("/day"))
    }

    /// A medicine with a dose of its own and how often a day or a week.
    fn is_taken_daily(&self, index: usize) -> bool {
        self.out.entries.get(index).is_some_and(|entry| {
            entry.kind == NameKind::Agent
                && entry.slots.values.is_some()
                && entry.slots.continuous_or_weekly()
        })
    }

    fn last_is_scheduled(&self) -> bool {
        self.out.entries.last().is_some_and(|entry| entry.slots.scheduled())
    }

    /// "A 10 mg daily and B 500 mg twice daily for 12 weeks": two given side by side on and on.
    fn is_beside(&self, entry: &Entry, index: usize) -> bool {
        let plain = |entry: &Entry| {
            let slots = &entry.slots;
            slots.days.is_empty() && !slots.bounded() && slots.cycle.is_none() && slots.continuous_or_weekly()
        };
        self.brackets.is_empty()
            && plain(entry)
            && self.out.entries.get(index + 1).is_some_and(|next| {
                next.name != entry.name
                    && matches!(next.link, Link::And | Link::Or)
                    && !next.slots.bounded()
                    && next.slots.days.is_empty()
            })
    }

    /// The next entry is another dose of the same treatment.
    fn is_other_dose(&self, entry: &Entry, index: usize) -> bool {
        self.out.entries.get(index + 1).is_some_and(|next| {
            let doses = entry.slots.values.is_some() && next.slots.values.is_some();
            next.name == entry.name
                && matches!(next.link, Link::And | Link::Or)
                && doses
                && !entry.slots.bounded()
        })
    }

    /// What stands before the first name already fills this slot.
    pub(super) fn lead_tells(&self, what: &What) -> bool {
        self.whole.iter().any(|at| self.what(*at).is_some_and(|lead| Slots::bit(lead) == Slots::bit(what)))
    }

    /// What stands before the first name already says when.
    pub(super) fn scheduled_by_lead(&self) -> bool {
        self.whole.iter().any(|at| matches!(self.what(*at), Some(What::Frequency(_) | What::Days(_))))
    }
}

/// "A on days 1-21 and B weekly": an interval shorter than the days is no cycle of theirs.
fn fits_days(entry: &Entry, what: &What) -> bool {
    let What::Frequency(Frequency { every: Some(every), .. }) = what else { return false };
    let last = entry.slots.days.iter().max();
    last.is_some_and(|last| f64::from(*last) <= every.days().ceil())
}
