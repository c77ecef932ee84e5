//! The structure of an item's sentences: where conditions, exceptions and negations reach.

mod labels;
mod reader;

use std::ops::Range;

use crate::protocol::Section;
use crate::reading::abbreviations::is_abbreviation;
use crate::reading::criteria::vocabulary::{Class, Lists};

use super::amounts::Comparison;
use super::atoms::{AtomKind, Atoms};
use reader::Reader;
pub(super) use reader::people::names_some;

/// What a stretch of text is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// "for patients with liver metastases, …": limits there hold for some.
    Condition,
    /// The condition's own words: comparisons there are no limits.
    OwnCondition,
    /// One sex. Kept apart: an age after "women" is no condition.
    Sex,
    /// "except …".
    Exception,
    /// "no …", up to the next comma.
    Negation,
    /// "no …", up to the sentence's end.
    LongNegation,
    /// An exception in brackets.
    BracketedException,
    /// "… are eligible" under exclusion: a sentence that lets in.
    LetIn,
}

/// Every kind, in the order of its number.
const KINDS: [Under; 8] = [
    Under::Condition,
    Under::OwnCondition,
    Under::Sex,
    Under::Exception,
    Under::Negation,
    Under::LongNegation,
    Under::BracketedException,
    Under::LetIn,
];

impl Under {
    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What reaches where in one item.
#[derive(Debug, Default)]
pub struct Scope {
    start: usize,
    /// One entry an atom: a bit for each kind of region around it.
    under: Vec<u8>,
    /// Comparisons (by index, rising) that a condition after them holds.
    conditioned: Vec<usize>,
    /// The sentences' ends.
    stops: Vec<usize>,
}

impl Scope {
    /// Whether `at` is under something.
    pub fn is(&self, at: usize, under: Under) -> bool {
        let index = at.checked_sub(self.start);
        index.and_then(|i| self.under.get(i)).is_some_and(|bits| bits & under.bit() != 0)
    }

    /// Whether a condition after the comparison holds it.
    pub fn is_conditioned(&self, comparison: usize) -> bool {
        self.conditioned.binary_search(&comparison).is_ok()
    }

    /// The sentence around `at` within `range`.
    pub fn sentence(&self, at: usize, range: &Range<usize>) -> Range<usize> {
        let split = self.stops.partition_point(|stop| *stop <= at);
        let start = split.checked_sub(1).and_then(|i| self.stops.get(i)).map_or(range.start, |stop| stop + 1);
        let end = self.stops.get(split).copied().unwrap_or(range.end);
        start.min(end)..end
    }

    /// Lays the regions over the atoms: one pass each way, however they overlap.
    fn lay(&mut self, range: &Range<usize>, regions: &[(Under, Range<usize>)]) {
        if regions.is_empty() {
            return;
        }
        self.start = range.start;
        self.under = vec![0; range.len()];
        let at = |index: usize| index.clamp(range.start, range.end) - range.start;
        let mut steps = vec![0_i32; range.len() + 1];
        // Most items have regions of one kind or two.
        for kind in KINDS {
            let mut own = regions.iter().filter(|(under, _)| *under == kind).peekable();
            if own.peek().is_none() {
                continue;
            }
            steps.fill(0);
            for (_, atoms) in own {
                for (index, change) in [(at(atoms.start), 1), (at(atoms.end), -1)] {
                    if let Some(count) = steps.get_mut(index) {
                        *count += change;
                    }
                }
            }
            let mut open = 0;
            for (bits, change) in self.under.iter_mut().zip(&steps) {
                open += change;
                if open > 0 {
                    *bits |= kind.bit();
                }
            }
        }
    }
}

/// What the cut into atoms leaves of "e.g.", "i.e.", "s.c.": letters whose point ends no sentence.
const LETTERS: &[&str] = &["e", "g", "i", "s", "t"];

/// Whether a sentence ends at `at`.
pub fn is_stop(atoms: &Atoms<'_>, at: usize) -> bool {
    if !atoms.is(at, Class::Stop) {
        return false;
    }
    let spaced = atoms.get(at + 1).is_none_or(|next| next.spaced || next.kind == AtomKind::Line);
    let previous = at.checked_sub(1).map(|p| atoms.text(p)).unwrap_or_default();
    // "i.e." and "etc." go on; a missing blank after the point ("surgery.Patients") still ends the sentence.
    let abbreviated = LETTERS.contains(&previous) || is_abbreviation(previous);
    let glued = previous.len() > 3 && atoms.text(at + 1).len() > 2;
    (spaced || glued) && !abbreviated
}

/// Works the structure out in one pass over the item's atoms.
/// `lists`: those of all its phrases. `member`: the item stands under another.
pub fn scope(
    atoms: &Atoms<'_>,
    range: Range<usize>,
    lists: Lists,
    comparisons: &[Comparison],
    section: Option<Section>,
    member: bool,
) -> Scope {
    let exclusion = (section == Some(Section::Exclusion)).then_some(range.start);
    let (mut scope, mut regions) = Reader::new(atoms, comparisons, exclusion).read(&range);
    // "However, participants ≥ 70 years with … may be included": for those only.
    let under = if section == Some(Section::Exclusion) { Under::Exception } else { Under::Condition };
    if lists.meets(Lists::of(&[Class::LetsIn])) {
        labels::sentences_that_let_in(atoms, &range, &scope, under, &mut regions);
    }
    let labelled = lists.meets(Lists::of(&[Class::Colon]));
    if labelled {
        labels::label(atoms, &range, comparisons, member, &mut regions);
    }
    labels::of_a_cohort(atoms, &range, &scope, under, &mut regions);
    labels::of_a_value(atoms, &range, &scope, comparisons, &mut regions);
    labels::of_a_test(atoms, comparisons, &mut regions);
    if labelled {
        labels::inside(atoms, &range, &scope, comparisons, &mut regions);
    }
    labels::second::limits(atoms, comparisons, &mut regions);
    scope.lay(&range, &regions);
    scope
}
