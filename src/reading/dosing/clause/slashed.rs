//! Doses that slashes join, for names that slashes join.

use super::Reader;
use crate::reading::dosing::entry::{Link, Slots};
use crate::reading::dosing::part::What;
use crate::reading::quantities::{Between as Joined, Unit, Values};

impl Reader<'_> {
    /// "A/B 24/26 mg, then 97/103 mg": the next dose of each.
    fn several_again(&mut self, first: usize, list: &[f64], at: usize) -> bool {
        let count = list.len();
        let dosed = self.out.entries.get(first..first + count).is_some_and(|entries| {
            entries.iter().enumerate().all(|(i, entry)| {
                (i == 0 || entry.link == Link::Slash) && matches!(entry.slots.values, Some(Values::One(_)))
            })
        });
        let Some(What::Amount(quantity)) = self.what(at).filter(|_| dosed && self.brackets.is_empty()) else {
            return false;
        };
        let unit = quantity.unit.clone();
        for (i, value) in list.iter().enumerate() {
            let link = if i == 0 { Link::Then } else { Link::Slash };
            let route = self.out.entries.get(first + i).and_then(|entry| entry.slots.route);
            let slots = Slots { route, route_lent: route.is_some(), ..Slots::default() };
            self.again(first + i, at, link, slots);
            self.set_dose(self.out.entries.len() - 1, *value, &unit, at);
        }
        true
    }

    /// "amoxicillin-clavulanate 875/125 mg": a row for each of what the product's name joins.
    fn splits_product(&mut self, cur: usize, list: &[f64], at: usize) -> bool {
        let Some(What::Amount(quantity)) = self.what(at) else { return false };
        let unit = quantity.unit.clone();
        let last = cur + 1 == self.out.entries.len();
        let entry = self.out.entries.get(cur).filter(|entry| last && entry.slots.values.is_none());
        let Some(entry) = entry else { return false };
        let names: Vec<String> = entry.name.split('-').map(str::to_owned).collect();
        if !joins(&entry.name, list.len()) {
            return false;
        }
        let slots = entry.slots.clone();
        for (i, (name, value)) in names.into_iter().zip(list).enumerate() {
            if i > 0 {
                self.again(cur, at, Link::Slash, slots.clone());
            }
            if let Some(entry) = self.out.entries.get_mut(cur + i) {
                (entry.name, entry.named) = (name, true);
            }
            self.set_dose(cur + i, *value, &unit, at);
        }
        true
    }

    /// The part at `at` is a product's name that joins so many.
    pub(super) fn joins_names(&self, at: usize, count: usize) -> bool {
        let name = self.parts.get(at).filter(|part| matches!(part.what, What::Name(..)));
        name.is_some_and(|part| joins(self.tokens.slice(part.first..part.end), count))
    }

    fn set_dose(&mut self, index: usize, value: f64, unit: &Unit, at: usize) {
        let (start, end) = self.parts.get(at).map_or((0, 0), |part| (part.first, part.end));
        if let Some(entry) = self.out.entries.get_mut(index) {
            entry.slots.values = Some(Values::One(value));
            entry.slots.unit = Some(unit.clone());
            entry.cover(start, end);
        }
    }

    /// `A/B 160/4.5 mcg`, `A and B at 10 mg and 20 mg, respectively`: a dose each.
    pub(super) fn several_for(&mut self, cur: usize, at: usize) -> bool {
        let parts = self.parts;
        let Some(What::Amount(quantity)) = parts.get(at).map(|part| &part.what) else { return false };
        let Values::Several(list, between) = &quantity.values else { return false };
        let count = list.len();
        let slashed = *between == Joined::Slash;
        if slashed && self.splits_product(cur, list, at) {
            return true;
        }
        let Some(first) = (cur + 1).checked_sub(count) else { return false };
        let joined = self.out.entries.get(first..=cur).is_some_and(|entries| {
            entries.iter().enumerate().all(|(i, entry)| {
                let link = i == 0
                    || (slashed && entry.link == Link::Slash)
                    || (self.respectively && matches!(entry.link, Link::And | Link::Or));
                link && entry.slots.values.is_none() && !entry.dropped
            })
        });
        if !joined {
            return slashed && self.several_again(first, list, at);
        }
        for (index, value) in (first..).zip(list) {
            self.set_dose(index, *value, &quantity.unit, at);
        }
        true
    }
}

/// "amoxicillin-clavulanate": so many names in one.
fn joins(name: &str, count: usize) -> bool {
    const SHORTEST: usize = 6;
    let whole = |name: &str| name.len() >= SHORTEST && name.bytes().all(|b| b.is_ascii_alphabetic());
    name.split('-').count() == count && name.split('-').all(whole)
}
