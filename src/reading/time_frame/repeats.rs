//! Repeats ("every 8 weeks") and what they are counted from.

use std::ops::Range;

use super::draft::{Firmness, Repeat, Role};
use super::listen::{Last, Lead, Listener};
use super::tail::{self, Tail};
use crate::protocol::{Period, PeriodUnit};
use crate::reading::timing::atoms::{Atom, Every, Link, Noun, Unit};

impl Listener<'_> {
    /// "weekly symptom score", "q3w regimen": says how something is given or scored, not when it is measured.
    pub(super) fn is_adjective(&self, every: &Every, at: usize) -> bool {
        match self.atom(at + 1) {
            Some(Atom::Unknown) => every.adverb,
            Some(Atom::Noun(Noun::Treatment | Noun::Dose)) => true,
            // "Weekly throughout treatment" is a repeat.
            Some(Atom::Event(id)) => {
                every.adverb && !self.event(*id).is_some_and(|event| event.id.ends_with("_whole"))
            }
            // "Symptom score weekly", but not "of drug use each week".
            None | Some(Atom::Mark(_)) => {
                let one_word = self.atoms.get(at).is_some_and(|placed| placed.pieces.len() == 1);
                every.adverb && one_word && at > 0 && self.atom(at - 1) == Some(&Atom::Unknown)
            }
            _ => false,
        }
    }

    pub(super) fn repeat(&mut self, every: &Every, pieces: Range<usize>) {
        self.close_until();
        self.terms += 1;
        self.lead = Lead::None;
        self.new_list();
        self.last = Last::Nothing;
        self.unknown = 0;
        self.firm = Firmness::default();
        let (period, cycles) = match every.unit {
            Unit::Of(unit) => (Some(Period::new(every.value, unit)), None),
            Unit::Cycle => {
                let days = self.cycles.general().map(|days| Period::new(days * every.value, PeriodUnit::Day));
                (days, Some(every.value as u32))
            }
            Unit::Visit => return,
        };
        let window_unit = match every.unit {
            Unit::Of(unit) => Some(every.window_unit.unwrap_or(unit)),
            _ => every.window_unit,
        };
        let window = every.window.zip(window_unit).map(|(value, unit)| Period::new(value, unit));
        self.draft.open = true;
        // "4 and 12 weeks after surgery, then every 12 weeks up to 2 years": all from the operation.
        if let Some(last) = self.draft.times.last().filter(|last| last.role != Role::Bound) {
            self.draft.repeats_from.clone_from(&last.after);
        }
        self.draft.repeats.push(Repeat { every: period, cycles, window, pieces });
    }

    /// "every 8 weeks after the last dose", "every 3 months from randomisation".
    pub(super) fn repeat_tail(&mut self, at: usize) -> usize {
        let link = (at..at + 3).find_map(|next| match self.atom(next) {
            Some(Atom::Link(link)) => Some(*link),
            _ => None,
        });
        if let Some((Tail::After(id), end)) = tail::tail(self.pieces, self.atoms, at)
            .filter(|found| !found.0.is_vague() && link != Some(Link::Of))
        {
            if let Some(event) = id.and_then(|id| self.event(id)) {
                match (&event.after, &event.from) {
                    // "every 8 weeks from the first response": where the frame starts.
                    (Some(after), Some(from)) if after == "other" && link == Some(Link::From) => {
                        self.draft.counted_from.get_or_insert_with(|| from.clone());
                    }
                    (Some(after), _) => self.draft.base = Some(after.clone()),
                    (None, Some(from)) if self.draft.counted_from.is_none() => {
                        self.draft.counted_from = Some(from.clone());
                    }
                    _ => {}
                }
            }
            return end;
        }
        at
    }
}
