//! What one sentence says of one treatment, while it is being put together.

use crate::protocol::Period;
use crate::reading::quantities::{Quantity, Unit, UnitKind, Values};

use super::part::{Rank, What};
use super::vocabulary::{Frequency, NameKind};

/// How a treatment is joined to the one before it in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Given together, or one of a list.
    And,
    /// An alternative.
    Or,
    /// A component of one product, or an alternative: `/`.
    Slash,
    /// After it.
    Then,
    /// Not joined.
    Apart,
}

/// Slots of an entry, as bits: which were told twice with different values.
pub(super) mod slot {
    pub const DOSE: u8 = 1;
    pub const ROUTE: u8 = 2;
    pub const FREQUENCY: u8 = 4;
    pub const DAYS: u8 = 8;
    pub const CYCLE: u8 = 16;
    pub const CYCLES: u8 = 32;
    pub const LASTING: u8 = 64;
}

/// What is known of one giving of a treatment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots {
    pub values: Option<Values>,
    pub unit: Option<Unit>,
    pub route: Option<u16>,
    /// The route was said of another dose of the same treatment: one of its own replaces it.
    pub route_lent: bool,
    /// The dose was said of another route of the same treatment: one of its own replaces it.
    pub values_lent: bool,
    pub frequency: Frequency,
    /// How often was said, and not understood.
    pub often_unread: bool,
    /// Times of the day that are named ("at night"), as bits: so many a day where nothing else tells how often.
    pub hours: u8,
    /// The interval was said to follow the days ("days 1 and 15, then monthly"): it is no cycle of theirs.
    pub interval_follows: bool,
    pub days: Vec<i32>,
    pub cycle: Option<Period>,
    /// The cycle's length was said as an interval ("every 3-week cycle").
    pub cycle_is_interval: bool,
    pub cycles: Option<u32>,
    /// Which cycles, where the text numbers them.
    pub mark: Option<(u32, Option<u32>)>,
    pub lasting: Option<Period>,
    pub doses: Option<u32>,
    pub rest: Option<Period>,
    pub infusion: Option<(Period, Option<Period>)>,
    /// What one fraction of a radiation is.
    pub fraction: Option<Quantity>,
    pub stop: Vec<u16>,
    /// Slots with conflicting values: they are left out in the end.
    pub conflicts: u8,
}

/// What became of a value that was put into a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It is in, or was there already.
    Done,
    /// Another value is there.
    Taken,
    /// It belongs to no slot.
    None,
}

impl Slots {
    /// Whether anything but the name is known.
    pub fn any(&self) -> bool {
        self.values.is_some()
            || self.route.is_some()
            || self.scheduled()
            || self.bounded()
            || self.cycle.is_some()
            || self.fraction.is_some()
    }

    /// How often or on which days.
    pub fn scheduled(&self) -> bool {
        self.frequency != Frequency::default() || !self.days.is_empty()
    }

    /// For how long or how often in all.
    pub fn bounded(&self) -> bool {
        self.cycles.is_some() || self.lasting.is_some()
    }

    /// Given on and on: daily or at an interval, without days of a cycle.
    pub fn continuous(&self) -> bool {
        self.days.is_empty() && (self.frequency.per_day.is_some() || self.frequency.every.is_some())
    }

    /// Given so often a day or a week, without days of a cycle.
    pub fn continuous_or_weekly(&self) -> bool {
        self.continuous() || self.days.is_empty() && self.frequency.per_week.is_some()
    }

    /// The bit of the slot that a part fills.
    pub fn bit(what: &What) -> u8 {
        match what {
            What::Amount(_) => slot::DOSE,
            What::Route(_) => slot::ROUTE,
            What::Frequency(_) => slot::FREQUENCY,
            What::Days(_) => slot::DAYS,
            What::Cycle(..) | What::OnOff(..) | What::DaysOf(..) | What::Rest(_) => slot::CYCLE,
            What::Cycles(_) | What::CycleMark(..) => slot::CYCLES,
            What::Lasting(_) => slot::LASTING,
            _ => 0,
        }
    }

    /// Puts a part's value into its slot, if nothing else is there.
    pub fn put(&mut self, what: &What) -> Put {
        match what {
            What::Amount(quantity) => self.put_amount(quantity),
            What::Route(route) => {
                if std::mem::take(&mut self.route_lent) {
                    self.route = None;
                }
                fill(&mut self.route, *route)
            }
            What::Frequency(frequency) => self.put_frequency(*frequency),
            What::Days(days) => {
                if self.days.is_empty() {
                    self.days.clone_from(days);
                }
                done(self.days == *days)
            }
            What::Cycle(length, interval) => {
                let put = fill_period(&mut self.cycle, *length);
                self.cycle_is_interval |= *interval && put == Put::Done;
                put
            }
            What::OnOff(on, off) => {
                let both = Period::new(on.days() + off.days(), crate::protocol::PeriodUnit::Day);
                self.put_run(*on, both)
            }
            What::DaysOf(on, cycle) => self.put_run(*on, *cycle),
            What::Rest(off) => fill(&mut self.rest, *off),
            What::Cycles(count) => fill(&mut self.cycles, *count),
            What::CycleMark(first, last) => fill(&mut self.mark, (*first, *last)),
            What::Lasting(length) => fill_period(&mut self.lasting, *length),
            What::Doses(count) => {
                let _ = fill(&mut self.doses, *count);
                Put::Done
            }
            What::Fraction(each) => {
                let _ = self.fraction.get_or_insert_with(|| each.clone());
                Put::Done
            }
            What::Infusion(least, most) => {
                // Longer for a first infusion, shorter for later ones: the first said stands.
                let _ = fill(&mut self.infusion, (*least, *most));
                Put::Done
            }
            What::Stop(event) => {
                if !self.stop.contains(event) {
                    self.stop.push(*event);
                }
                Put::Done
            }
            _ => Put::None,
        }
    }

    /// The first days of a cycle of a length.
    fn put_run(&mut self, on: Period, cycle: Period) -> Put {
        let days: Vec<i32> = (1..=on.days() as i32).collect();
        let fits = self.days.is_empty() || self.days == days;
        if !fits || fill_period(&mut self.cycle, cycle) == Put::Taken {
            return Put::Taken;
        }
        self.days = days;
        Put::Done
    }

    fn put_amount(&mut self, quantity: &Quantity) -> Put {
        let (Some(values), Some(unit)) = (&self.values, &self.unit) else {
            self.values = Some(quantity.values.clone());
            self.unit = Some(quantity.unit.clone());
            return Put::Done;
        };
        if *values == quantity.values && unit.name == quantity.unit.name {
            return Put::Done;
        }
        if std::mem::take(&mut self.values_lent) {
            self.values = Some(quantity.values.clone());
            self.unit = Some(quantity.unit.clone());
            return Put::Done;
        }
        // A dose told in tablets or millilitres and told again in milligrams is one dose.
        let (old, new) = (rank(unit), rank(&quantity.unit));
        if new < old {
            self.values = Some(quantity.values.clone());
            self.unit = Some(quantity.unit.clone());
            return Put::Done;
        }
        done(new > old)
    }

    fn put_frequency(&mut self, new: Frequency) -> Put {
        let own = &mut self.frequency;
        let same = |own: Option<f64>, new: Option<f64>| own.is_none() || new.is_none() || own == new;
        let every = match (own.every, new.every) {
            (Some(own), Some(new)) => own.days() == new.days(),
            _ => true,
        };
        // "twice a week for a month, then weekly": not both.
        let weekly = |often: &Frequency| often.every.is_some_and(|every| every.days() == 7.0);
        let other = own.per_week.is_some() && weekly(&new) || new.per_week.is_some() && weekly(own);
        if other {
            return Put::Taken;
        }
        if !(same(own.per_day, new.per_day) && same(own.per_week, new.per_week) && every) {
            return Put::Taken;
        }
        own.per_day = own.per_day.or(new.per_day);
        own.per_week = own.per_week.or(new.per_week);
        own.every = own.every.or(new.every);
        own.or_every = own.or_every.or(new.or_every);
        own.or_per_day = own.or_per_day.or(new.or_per_day);
        Put::Done
    }
}

/// What is given comes before what is taken or drawn up, a concentration comes last.
fn rank(unit: &Unit) -> u8 {
    match unit.kind {
        UnitKind::Amount if unit.name.ends_with("/ml") => 3,
        UnitKind::Amount => 0,
        UnitKind::Count => 1,
        UnitKind::Volume => 2,
        UnitKind::Level if unit.name == "auc" => 0,
        UnitKind::Level | UnitKind::Body => 3,
    }
}

fn done(fits: bool) -> Put {
    if fits { Put::Done } else { Put::Taken }
}

fn fill<T: PartialEq + Copy>(slot: &mut Option<T>, value: T) -> Put {
    done(*slot.get_or_insert(value) == value)
}

fn fill_period(slot: &mut Option<Period>, value: Period) -> Put {
    done(slot.get_or_insert(value).days() == value.days())
}

/// One treatment of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub name: String,
    pub kind: NameKind,
    pub link: Link,
    pub slots: Slots,
    pub phase: Option<u16>,
    /// First token and first token after it.
    pub first: usize,
    pub end: usize,
    /// A class whose members the text names: the members stand for it.
    pub dropped: bool,
    /// It is given by itself, as the text says.
    pub alone: bool,
    /// It follows a treatment of the same sentence ("then"), or is given with one that does.
    pub follows: bool,
    /// "or" stands before it: it is given instead of what was told before.
    pub instead: bool,
    /// Its dose stands behind the rank of a group.
    pub rank: Option<Rank>,
    /// Its dose is told as the first one ("first dose of 5 mg").
    pub begins: bool,
    /// The name stands in the text, not only in the label or in a sentence before.
    pub named: bool,
}

impl Entry {
    /// Takes tokens into the entry's span.
    pub fn cover(&mut self, first: usize, end: usize) {
        self.first = self.first.min(first);
        self.end = self.end.max(end);
    }
}
