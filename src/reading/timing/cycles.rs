//! How long the cycles are that a text counts in.

use super::atoms::{Atom, Link, Mark, Noun, Placed, Time, Unit};
use crate::protocol::{Period, PeriodUnit};

/// No text states more cycles than this; a larger number is something else.
const MOST_CYCLES: f64 = 400.0;

/// The lengths of cycles that a text states, in days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cycles {
    /// Of every cycle without an own one.
    general: Option<f64>,
    /// The other length that every cycle may have ("21 or 28 days"); `general` is the longer one.
    other: Option<f64>,
    /// Of single cycles ("cycle 1 is 28 days").
    single: Vec<(f64, f64)>,
    /// From a cycle onwards ("cycle 2 onwards = 21 days").
    onwards: Option<(f64, f64)>,
    /// Two lengths for the same cycles: neither counts.
    ambiguous: bool,
}

impl Cycles {
    /// Takes the statements of a cycle's length out of the atoms; they stay there as fillers.
    pub fn take(atoms: &mut [Placed]) -> Self {
        let mut cycles = Self::default();
        for at in 0..atoms.len() {
            if let Some((whose, time, cycle)) = stated_length(atoms, at) {
                cycles.add(whose, atoms.get(time).map(|placed| &placed.atom));
                // "Day 1 of each cycle (21 days)" is a repeat too.
                let repeat = matches!(atoms.get(cycle).map(|p| &p.atom), Some(Atom::Every(_)));
                let aside = matches!(atoms.get(cycle + 1).map(|p| &p.atom), Some(Atom::Mark(Mark::Open)));
                if !(repeat && aside) {
                    take_out(atoms.get_mut(cycle));
                }
                take_out(atoms.get_mut(time));
            }
        }
        cycles
    }

    /// The first day of a cycle in days after the first day of the first; `None` when a length is not stated.
    pub fn start(&self, cycle: f64) -> Option<f64> {
        let first = self.single.iter().map(|(cycle, _)| *cycle).fold(1.0, f64::min);
        if !(first..MOST_CYCLES).contains(&cycle) || cycle.fract() != 0.0 {
            return None;
        }
        let mut start = 0.0;
        let mut at = first;
        while at < cycle {
            start += self.length(at)?;
            at += 1.0;
        }
        Some(start)
    }

    /// The first day of a cycle when all cycles have the other one of two lengths.
    pub fn other_start(&self, cycle: f64) -> Option<f64> {
        let other = self.other?;
        Self { general: Some(other), other: None, ..self.clone() }.start(cycle)
    }

    /// The length of the first `count` cycles together, a cycle 0 included.
    pub fn total(&self, count: f64) -> Option<Period> {
        self.start(count + 1.0).map(|days| Period::new(days, PeriodUnit::Day))
    }

    /// The length of all cycles that have one of their own, when each has ("cycle 0 is 3 days, cycle 1 is 21 days").
    pub fn general(&self) -> Option<f64> {
        self.general.filter(|_| !self.ambiguous && self.other.is_none())
    }

    fn length(&self, cycle: f64) -> Option<f64> {
        let single = self.single.iter().find(|(at, _)| *at == cycle).map(|(_, days)| *days);
        let onwards = self.onwards.filter(|(from, _)| cycle >= *from).map(|(_, days)| days);
        single.or(onwards).or(self.general.filter(|_| !self.ambiguous))
    }

    fn add(&mut self, whose: Whose, atom: Option<&Atom>) {
        if let Some((shorter, longer)) = atom.and_then(either_length)
            && whose == Whose::All
            && self.general.is_none()
        {
            (self.other, self.general) = (Some(shorter), Some(longer));
            return;
        }
        let days = match atom {
            Some(Atom::Time(time)) => single_length(time),
            Some(Atom::Every(every)) => match every.unit {
                Unit::Of(unit) => Some(Period::new(every.value, unit).days()),
                _ => None,
            },
            _ => None,
        };
        let Some(days) = days else {
            self.ambiguous = true;
            return;
        };
        match whose {
            Whose::All => {
                self.ambiguous |= self.general.is_some_and(|known| known != days);
                self.general = Some(days);
            }
            Whose::One(cycle) => self.single.push((cycle, days)),
            Whose::From(cycle) => self.onwards = Some((cycle, days)),
        }
    }
}

/// What only states a length becomes a filler; a repeat and a count of cycles keep their own meaning.
fn take_out(placed: Option<&mut Placed>) {
    let Some(placed) = placed else { return };
    let keeps = match &placed.atom {
        Atom::Every(every) => every.unit != Unit::Cycle,
        Atom::Time(time) => time.unit == Unit::Cycle && !time.numbered && !is_one(time),
        _ => false,
    };
    if !keeps {
        placed.atom = Atom::Filler;
    }
}

/// "1 cycle", "one cycle".
fn is_one(time: &Time) -> bool {
    matches!(time.amounts.as_slice(), [one] if one.value == 1.0 && one.to.is_none())
}

/// Which cycles a length is of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Whose {
    All,
    One(f64),
    From(f64),
}

/// The one number of a length of time, in days.
fn single_length(time: &Time) -> Option<f64> {
    match (time.amounts.as_slice(), time.unit) {
        ([one], Unit::Of(unit)) if one.to.is_none() => Some(Period::new(one.value, unit).days()),
        _ => None,
    }
}

/// "21 or 28 days": the shorter and the longer one, in days.
fn either_length(atom: &Atom) -> Option<(f64, f64)> {
    let Atom::Time(time) = atom else { return None };
    match (time.amounts.as_slice(), time.unit) {
        ([one, two], Unit::Of(unit)) if one.to.is_none() && two.to.is_none() => {
            let days = |value| Period::new(value, unit).days();
            Some((days(one.value.min(two.value)), days(one.value.max(two.value))))
        }
        _ => None,
    }
}

/// Whether a cycle's length is stated at `at`: whose it is, the atom with the length and that of the cycle.
fn stated_length(atoms: &[Placed], at: usize) -> Option<(Whose, usize, usize)> {
    match &atoms.get(at)?.atom {
        Atom::Every(every) if every.cycle => Some((Whose::All, at, at)),
        Atom::Time(time) if is_length(time) => cycle_after(atoms, at).map(|cycle| (Whose::All, at, cycle)),
        Atom::Noun(Noun::Cycle) => length_after(atoms, at).map(|(time, _)| (Whose::All, time, at)),
        Atom::Every(every) if every.unit == Unit::Cycle && every.value == 1.0 => {
            length_after(atoms, at).map(|(time, _)| (Whose::All, time, at))
        }
        Atom::Time(time) if time.unit == Unit::Cycle => {
            let (length, onwards) = length_after(atoms, at)?;
            let whose = match time.amounts.as_slice() {
                [one] if time.numbered && onwards => Whose::From(one.value),
                [one] if time.numbered => Whose::One(one.value),
                _ => Whose::All,
            };
            Some((whose, length, at))
        }
        _ => None,
    }
}

fn is_length(time: &Time) -> bool {
    let days_or_more = matches!(time.unit, Unit::Of(unit) if unit >= PeriodUnit::Day);
    days_or_more && !time.numbered
}

/// "28 days per cycle", "21-day cycle", "4 weeks/cycle": the atom that says "cycle".
fn cycle_after(atoms: &[Placed], at: usize) -> Option<usize> {
    for next in at + 1..at + 5 {
        let cycle = match &atoms.get(next)?.atom {
            Atom::Filler | Atom::Noun(Noun::Treatment) | Atom::Mark(Mark::Slash) => continue,
            Atom::Noun(Noun::Cycle) => true,
            Atom::Every(every) => every.unit == Unit::Cycle && every.value == 1.0,
            Atom::Time(time) => time.unit == Unit::Cycle && !time.numbered && is_one(time),
            _ => false,
        };
        return cycle.then_some(next);
    }
    None
}

/// "cycle = 21 days", "each cycle is of 3 weeks", "cycles (28 days)", "cycle 2 onwards: 21 days".
fn length_after(atoms: &[Placed], at: usize) -> Option<(usize, bool)> {
    let mut onwards = false;
    for offset in 1..=6 {
        match &atoms.get(at + offset)?.atom {
            Atom::Time(time) if is_length(time) => return Some((at + offset, onwards)),
            Atom::Link(Link::Then) => onwards = true,
            Atom::Filler | Atom::Link(Link::Of) | Atom::Unknown | Atom::Qualifier(_) => {}
            Atom::Mark(Mark::Equals | Mark::Colon) => {}
            // "cycles (28 days)"; but "cycle 1 (28 days)" is a time in other words.
            Atom::Mark(Mark::Open) if !matches!(atoms.get(at).map(|p| &p.atom), Some(Atom::Time(_))) => {}
            _ => return None,
        }
    }
    None
}
