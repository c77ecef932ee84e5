//! How one trial's demand stands to another's: the same, stricter, looser, or different in more than one way.
//!
//! Where that cannot be told from what was read (words differ and no limit was read, one is under a condition that
//! the other does not know), nothing is said.

use std::cmp::Ordering;

use serde::Serialize;

use super::statement::{Extra, Kind, Statement, Washout};
use crate::protocol::Stance;
use crate::reading::criteria::typed::{Bound, Bounds, Gap};
use crate::reading::units;

/// How a demand stands to another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// They ask the same.
    Same,
    /// It lets fewer patients in.
    Stricter,
    /// It lets more patients in.
    Looser,
    /// Stricter in one thing and looser in another, or about different things.
    Different,
}

impl Relation {
    /// The word people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Stricter => "stricter",
            Self::Looser => "looser",
            Self::Different => "different",
        }
    }
}

/// How `other` stands to `base`; none where it cannot be told.
pub fn relation(base: &Statement, other: &Statement) -> Option<Relation> {
    if !base.has_limits() && !other.has_limits() {
        return by_words(base, other);
    }
    if !base.has_limits() || !other.has_limits() {
        return None;
    }
    let mut found = Found::default();
    bounds(base, other, &mut found);
    washouts(base, other, &mut found);
    extras(base, other, &mut found);
    found.unclear |= base.unlike != other.unlike && !same_but_span(base, other);
    let relation = found.relation()?;
    let same_words = base.qualifiers == other.qualifiers;
    (relation == Relation::Different || same_words).then_some(relation)
}

fn same_but_span(base: &Statement, other: &Statement) -> bool {
    let told = |s: &Statement| {
        let key =
            |l: &crate::protocol::Limit| (l.variable.clone(), l.op.clone(), l.value.clone(), l.unit.clone());
        s.unlike.iter().map(key).collect::<Vec<_>>()
    };
    told(base) == told(other)
}

/// What was found so far.
#[derive(Default)]
struct Found {
    stricter: bool,
    looser: bool,
    different: bool,
    unclear: bool,
}

impl Found {
    fn add(&mut self, order: Ordering) {
        match order {
            Ordering::Greater => self.stricter = true,
            Ordering::Less => self.looser = true,
            Ordering::Equal => {}
        }
    }

    fn relation(&self) -> Option<Relation> {
        if self.different || (self.stricter && self.looser) {
            return Some(Relation::Different);
        }
        if self.unclear {
            return None;
        }
        Some(match (self.stricter, self.looser) {
            (true, _) => Relation::Stricter,
            (_, true) => Relation::Looser,
            _ => Relation::Same,
        })
    }
}

fn bounds(base: &Statement, other: &Statement, found: &mut Found) {
    for one in &base.bounds {
        match other.bounds.iter().find(|b| b.variable == one.variable && b.unit == one.unit) {
            Some(two) => interval(one, two, found),
            None if other.bounds.iter().any(|b| b.variable == one.variable) => found.different = true,
            None => found.looser = true,
        }
    }
    let further = |two: &&Bounds| !base.bounds.iter().any(|b| b.variable == two.variable);
    found.stricter |= other.bounds.iter().any(|two| further(&two));
}

/// Two intervals of one variable in one unit.
fn interval(one: &Bounds, two: &Bounds, found: &mut Found) {
    found.add(end(one.lower.as_ref(), two.lower.as_ref(), true));
    found.add(end(one.upper.as_ref(), two.upper.as_ref(), false));
    let known = |gap: &Gap, gaps: &[Gap]| {
        gaps.iter().any(|g| units::same(g.low, gap.low) && units::same(g.high, gap.high))
    };
    found.looser |= one.gaps.iter().any(|gap| !known(gap, &two.gaps));
    found.stricter |= two.gaps.iter().any(|gap| !known(gap, &one.gaps));
}

/// How strict the second end is beside the first.
fn end(one: Option<&Bound>, two: Option<&Bound>, lower: bool) -> Ordering {
    match (one, two) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(one), Some(two)) if units::same(one.value, two.value) => one.inclusive.cmp(&two.inclusive),
        (Some(one), Some(two)) => values(one.value, two.value, lower),
    }
}

fn values(one: f64, two: f64, lower: bool) -> Ordering {
    if units::same(one, two) {
        return Ordering::Equal;
    }
    let order = two.total_cmp(&one);
    if lower { order } else { order.reverse() }
}

/// How much of their words two agents must share to be one.
const SAME_AGENT: f64 = 0.5;

fn washouts(base: &Statement, other: &Statement, found: &mut Found) {
    let mut matched = vec![false; other.washouts.len()];
    for one in &base.washouts {
        let best = other
            .washouts
            .iter()
            .enumerate()
            .filter(|(index, two)| matched.get(*index) == Some(&false) && same_agent(one, two))
            .max_by(|a, b| one.agent.overlap(&a.1.agent).total_cmp(&one.agent.overlap(&b.1.agent)));
        match best {
            Some((index, two)) => {
                if let Some(slot) = matched.get_mut(index) {
                    *slot = true;
                }
                found.unclear |= one.binds != two.binds;
                found.add(values(one.days, two.days, true));
            }
            None => found.looser = true,
        }
    }
    found.stricter |= matched.contains(&false);
}

/// Whether two washouts are after the same thing.
pub fn same_agent(one: &Washout, two: &Washout) -> bool {
    (one.agent.is_empty() && two.agent.is_empty()) || one.agent.overlap(&two.agent) >= SAME_AGENT
}

/// Limits that do not bind by themselves, each against its like; one that has no like makes its side looser where
/// it is a way in.
fn extras(base: &Statement, other: &Statement, found: &mut Found) {
    let like = |one: &Extra, two: &Extra| {
        one.kind == two.kind && one.variable == two.variable && one.unit == two.unit && one.lower == two.lower
    };
    for one in &base.extras {
        match other.extras.iter().find(|two| like(one, two)) {
            Some(two) => found.add(values(one.value, two.value, one.lower)),
            None if is_way_in(one, base, other) => found.stricter = true,
            None => found.unclear = true,
        }
    }
    for two in other.extras.iter().filter(|two| !base.extras.iter().any(|one| like(one, two))) {
        if is_way_in(two, other, base) {
            found.looser = true;
        } else {
            found.unclear = true;
        }
    }
}

/// Whether a limit that only one side has lets in patients whom the other side shuts out.
fn is_way_in(extra: &Extra, side: &Statement, beside: &Statement) -> bool {
    let looser_than = |bounds: &[Bounds]| {
        bounds.iter().filter(|b| b.variable == extra.variable && b.unit == extra.unit).any(|bounds| {
            let end = if extra.lower { &bounds.lower } else { &bounds.upper };
            end.as_ref().is_some_and(|end| values(end.value, extra.value, extra.lower) == Ordering::Less)
        })
    };
    match extra.kind {
        Kind::Except => true,
        Kind::Conditional => looser_than(&side.bounds),
        // With another way to fulfil it, what the other side demands outright is one of several.
        Kind::Alternative => {
            side.extras.iter().filter(|e| e.kind == Kind::Alternative).any(|e| is_demanded(e, &beside.bounds))
        }
    }
}

/// Whether an alternative is demanded at least as strictly by bounds.
fn is_demanded(extra: &Extra, bounds: &[Bounds]) -> bool {
    bounds.iter().filter(|b| b.variable == extra.variable && b.unit == extra.unit).any(|bounds| {
        let end = if extra.lower { &bounds.lower } else { &bounds.upper };
        end.as_ref().is_some_and(|end| values(extra.value, end.value, extra.lower) != Ordering::Less)
    })
}

/// Without limits only the same words, or opposite demands on the same thing, can be told.
fn by_words(base: &Statement, other: &Statement) -> Option<Relation> {
    let opposite = base.tags.iter().any(|one| {
        other
            .tags
            .iter()
            .any(|two| one.topic == two.topic && one.of == two.of && opposed(one.stance, two.stance))
    });
    if opposite {
        return Some(Relation::Different);
    }
    let same = base.words == other.words && !base.words.is_empty() && base.excludes == other.excludes;
    same.then_some(Relation::Same)
}

fn opposed(one: Stance, two: Stance) -> bool {
    matches!((one, two), (Stance::Required, Stance::Forbidden) | (Stance::Forbidden, Stance::Required))
}
