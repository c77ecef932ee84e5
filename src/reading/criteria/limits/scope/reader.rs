//! The pass over an item's atoms that opens and closes regions: conditions, exceptions, negations, one sex.

pub(super) mod people;

use std::ops::Range;

use super::{Scope, Under, is_stop};
use crate::reading::criteria::limits::amounts::Comparison;
use crate::reading::criteria::limits::atoms::{AtomKind, Atoms};
use crate::reading::criteria::vocabulary::{Class, Lists};

/// A region that is still open.
struct Open {
    under: Under,
    start: usize,
    depth: usize,
    /// Ends at the next comma, "or" or "and" too.
    short: bool,
    /// Goes on past semicolons: "except: one; two".
    listed: bool,
}

/// Brackets deeper than this are one.
const DEEPEST: usize = 8;

/// Goes through an item's atoms once.
pub(super) struct Reader<'a> {
    atoms: &'a Atoms<'a>,
    comparisons: &'a [Comparison],
    scope: Scope,
    regions: Vec<(Under, Range<usize>)>,
    open: Vec<Open>,
    depth: usize,
    /// The first comparison that does not end before the atom looked at.
    next: usize,
    /// Where an exclusion begins.
    exclusion: Option<usize>,
}

/// Whether a negation is a verb's ("not previously irradiated") and not a noun's ("no hypertension") or a limit's.
fn is_of_a_verb(atoms: &Atoms<'_>, negation: usize) -> bool {
    let mut at = negation + atoms.takes(negation, Class::Negation);
    if !at.checked_sub(1).is_some_and(|last| matches!(atoms.text(last), "not" | "never")) {
        return false;
    }
    while atoms.text(at).ends_with("ly") || atoms.is(at, Class::BeforeVerb) {
        at += 1;
    }
    let verb = atoms.text(at);
    (verb.ends_with("ed") || verb.ends_with("ing")) && !atoms.is(at, Class::OfValues)
}

/// Lists whose phrases open or close a region.
const LOOKED_AT: Lists = Lists::of(&[
    Class::Open,
    Class::Close,
    Class::Stop,
    Class::Semicolon,
    Class::Comma,
    Class::Relative,
    Class::Neutral,
    Class::Except,
    Class::Sex,
    Class::If,
    Class::IfAfter,
    Class::Negation,
    Class::Or,
    Class::And,
    Class::Duty,
    Class::Whom,
]);

impl<'a> Reader<'a> {
    /// Nothing read yet.
    pub(super) fn new(atoms: &'a Atoms<'a>, comparisons: &'a [Comparison], exclusion: Option<usize>) -> Self {
        Self {
            exclusion,
            atoms,
            comparisons,
            scope: Scope::default(),
            regions: Vec::new(),
            open: Vec::new(),
            depth: 0,
            next: 0,
        }
    }

    /// The sentences and held comparisons of an item, and its regions, not yet laid over each other.
    pub(super) fn read(mut self, range: &Range<usize>) -> (Scope, Vec<(Under, Range<usize>)>) {
        let mut at = range.start;
        while at < range.end {
            at += self.step(at, range.end);
        }
        while let Some(open) = self.open.pop() {
            self.close(open, range.end);
        }
        (self.scope, self.regions)
    }

    /// Looks at one atom or phrase and gives how many atoms were taken.
    fn step(&mut self, at: usize, end: usize) -> usize {
        while self.comparisons.get(self.next).is_some_and(|c| c.end <= at) {
            self.next += 1;
        }
        // Inside a comparison nothing opens or closes.
        if let Some(comparison) = self.comparisons.get(self.next).filter(|c| c.start <= at && at < c.end) {
            return comparison.end - at;
        }
        // Most words do neither.
        if !self.atoms.lists(at).meets(LOOKED_AT) {
            return 1;
        }
        if self.atoms.is(at, Class::Open) {
            self.of_a_cohort(at);
            self.depth = (self.depth + 1).min(DEEPEST);
            return 1;
        }
        if self.atoms.is(at, Class::Close) {
            self.end_of_bracket(at);
            return 1;
        }
        if is_stop(self.atoms, at) || self.atoms.is(at, Class::Semicolon) {
            self.scope.stops.push(at);
            let stop = !self.atoms.is(at, Class::Semicolon);
            self.end_all(at, |open, depth| open.depth >= depth && (stop || !open.listed));
            return 1;
        }
        if self.atoms.is(at, Class::Comma) && !self.is_behind_example(at) {
            self.end_all(at, |open, depth| open.short && open.depth >= depth);
            return 1;
        }
        self.triggers(at, end)
    }

    /// The comma of "(i.e., …" ends nothing.
    fn is_behind_example(&self, comma: usize) -> bool {
        let mut words = (1..=2).filter_map(|back| comma.checked_sub(back)).map(|at| self.atoms.text(at));
        words.any(|word| matches!(word, "ie" | "eg" | "e" | "g" | "example" | "instance"))
    }

    fn triggers(&mut self, at: usize, end: usize) -> usize {
        if self.atoms.is(at, Class::Relative) {
            let atoms = self.atoms;
            self.end_all(at, |open, _| open.under == Under::Negation && is_of_a_verb(atoms, open.start));
        }
        let neutral = self.atoms.takes(at, Class::Neutral);
        if neutral > 0 {
            return neutral;
        }
        let except = self.atoms.takes(at, Class::Except);
        // "> 160 mmHg if not treated": right behind a value it is a condition like any other.
        let conditional = self.atoms.is(at, Class::If) && self.attached_closely(at).is_some();
        if except > 0 && !conditional {
            // "every week, but not every night, and FEV1 of 60-80 %": under inclusion it denies no more than its own words.
            let short = self.exclusion.is_none() && self.atoms.text(at) == "but";
            self.open_region(Under::Exception, at, short);
            return except;
        }
        let sex = self.atoms.takes(at, Class::Sex);
        let condition = self.atoms.takes(at, Class::If).max(self.cohort_named(at)).max(self.age_named(at));
        if condition > 0 && condition >= sex {
            self.condition(at, condition, end);
            return condition;
        }
        if sex > 0 && !self.is_both_sexes(at, sex) {
            self.sex(at);
            return sex;
        }
        if sex > 0 {
            return sex;
        }
        let condition_after = self.atoms.takes(at, Class::IfAfter);
        if condition_after > 0 {
            if let Some(index) = self.attached_closely(at) {
                self.hold(index);
                self.open_region(Under::OwnCondition, at, true);
            } else if self.open.iter().any(|open| open.under == Under::Exception) {
                self.open_region(Under::Condition, at, false);
            }
            return condition_after;
        }
        let negation = self.atoms.takes(at, Class::Negation);
        if negation > 0 {
            self.open_region(Under::Negation, at, true);
            self.open_region(Under::LongNegation, at, false);
            return negation;
        }
        if self.atoms.is(at, Class::Or) || self.atoms.is(at, Class::And) {
            let ends_own = self.comparisons.get(self.next).is_some();
            // "if ALT or AST > 2 × ULN": what the comparison is of goes on.
            let last = self.next.checked_sub(1).and_then(|i| self.comparisons.get(i)).map_or(0, |c| c.end);
            let goes_on = self.atoms.is(at + 1, Class::Variable);
            self.end_all(at, |open, depth| {
                let own = goes_on && open.under == Under::OwnCondition && last <= open.start;
                open.depth >= depth && open.short && open.under != Under::Negation && ends_own && !own
            });
            if self.atoms.text(at) == "but" {
                self.end_all(at, |open, _| matches!(open.under, Under::Negation | Under::LongNegation));
            }
        }
        // "Patients without a history of asthma must have …": what people without it must have is denied to nobody.
        if self.atoms.is(at, Class::Duty) && self.exclusion.is_none() {
            let atoms = self.atoms;
            let people = |open: &Open| {
                let first = open.start.saturating_sub(2);
                atoms.text(open.start) == "without"
                    && (first..open.start).any(|i| atoms.is(i, Class::Population))
            };
            self.end_all(at, |open, _| {
                matches!(open.under, Under::Negation | Under::LongNegation) && people(open)
            });
        }
        1
    }

    fn open_region(&mut self, under: Under, start: usize, short: bool) {
        let words = self.atoms.takes(start, Class::Except);
        let listed = under == Under::Exception && self.atoms.is(start + words, Class::Colon);
        let open = Open { under, start, depth: self.depth, short, listed };
        // One that reaches as far is open already.
        let known = |o: &Open| o.under == under && o.depth == open.depth && o.short == short;
        if !self.open.iter().any(known) {
            self.open.push(open);
        }
    }

    fn close(&mut self, open: Open, end: usize) {
        if open.under == Under::Exception && open.depth > 0 {
            self.regions.push((Under::BracketedException, open.start..end));
        }
        self.regions.push((open.under, open.start..end));
    }

    fn end_all(&mut self, at: usize, ends: impl Fn(&Open, usize) -> bool) {
        let depth = self.depth;
        let mut kept = Vec::with_capacity(self.open.len());
        for open in std::mem::take(&mut self.open) {
            if ends(&open, depth) {
                self.close(open, at);
            } else {
                kept.push(open);
            }
        }
        self.open = kept;
    }

    fn end_of_bracket(&mut self, at: usize) {
        if self.depth > 0 {
            self.end_all(at, |open, depth| open.depth >= depth);
            self.depth -= 1;
        }
    }

    /// Whether an exclusion is put as a condition: "If the patient had surgery within 4 weeks". What stands before a
    /// comma ("if on dialysis, …") is a condition all the same.
    fn is_the_criterion(&self, at: usize, end: usize) -> bool {
        let first = self.comparisons.get(self.next).map_or(end, |c| c.start).min(at + 60);
        let put = matches!(self.atoms.text(at), "if" | "when");
        put && self.exclusion == Some(at) && !(at..first).any(|i| self.atoms.is(i, Class::Comma))
    }

    /// "Participants were included if their age …": the condition is the criterion.
    fn is_of_entering(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.atoms.text(before)).unwrap_or_default();
        let entering = matches!(before, "included" | "enrolled" | "recruited" | "admitted" | "excluded");
        // "patients with liver metastases are included if …" is of those.
        let some =
            (at.saturating_sub(9)..at).any(|i| matches!(self.atoms.text(i), "with" | "who" | "having"));
        entering && !some && self.exclusion.is_none() && matches!(self.atoms.text(at), "if" | "when")
    }

    /// "will not be eligible if they have …" under exclusion: the condition is the criterion.
    fn is_of_barring(&self, at: usize) -> bool {
        let put = matches!(self.atoms.text(at), "if" | "when");
        if !put || self.exclusion.is_none() || at == 0 {
            return false;
        }
        let denied = || (at.saturating_sub(4)..at - 1).any(|i| self.atoms.text(i) == "not");
        match self.atoms.text(at - 1) {
            "excluded" | "ineligible" => !denied(),
            "eligible" | "enrolled" | "included" | "allowed" | "permitted" => denied(),
            _ => false,
        }
    }

    /// A condition holds the comparison right before it, or else what follows.
    fn condition(&mut self, at: usize, len: usize, end: usize) {
        if self.is_the_criterion(at, end) || self.is_of_entering(at) {
            return;
        }
        if self.is_of_barring(at) {
            // "patients with asthma are excluded if …" is of those.
            let some = |i: usize| matches!(self.atoms.text(i), "with" | "who" | "having");
            if (at.saturating_sub(20)..at).any(some) {
                self.open_region(Under::Condition, at, false);
            }
            return;
        }
        // "unless metastases are present in which case ≤ 5 × ULN" is of what follows.
        let ahead = self.atoms.text(at) == "in" && self.atoms.text(at + 1) == "which";
        match self.attached(at, len, end).filter(|_| !ahead) {
            Some(index) => {
                self.hold(index);
                self.open_region(Under::OwnCondition, at, true);
            }
            None => {
                // "in liver metastases ≤ 5 × ULN" is the limit, not what the metastases are like.
                let named = self.atoms.text(at + len - 1).starts_with("metasta");
                if !named && !ahead && self.is_own_comparison(at + len) {
                    self.open_region(Under::OwnCondition, at, true);
                }
                self.open_region(Under::Condition, at, false);
            }
        }
    }

    /// The comparison that a condition at `at` is attached to.
    fn attached(&self, at: usize, len: usize, end: usize) -> Option<usize> {
        let index = self.next.checked_sub(1)?;
        let comparison = self.comparisons.get(index)?;
        let held = self.attaches(comparison.end, at, at + len, end)
            || self
                .past_other_unit(comparison.end, at)
                .is_some_and(|end_of| self.attaches(end_of, at, at + len, end));
        held.then_some(index)
    }

    /// "< 2000 IU/mL (10^4 copies/mL) in patients with …": past the same value in another unit.
    fn past_other_unit(&self, from: usize, at: usize) -> Option<usize> {
        let open = self.atoms.is(from, Class::Open) && self.atoms.is_numeric(from + 1);
        let close = (from..at.min(from + 9)).find(|i| self.atoms.is(*i, Class::Close)).filter(|_| open)?;
        Some(close + 1)
    }

    /// The comparison right before `at`, nothing but a word or two between.
    fn attached_closely(&self, at: usize) -> Option<usize> {
        let index = self.next.checked_sub(1)?;
        let comparison = self.comparisons.get(index)?;
        // "mild asthma (FEV1 ≥ 70 %) due to pollen": what follows the bracket is said of what stands before it. Not
        // "≤ 2.5 × ULN (≤ 5 × ULN) with liver metastases".
        let closes = |i: usize| self.atoms.is(i, Class::Close) && !self.is_second(index, i);
        let comma = (comparison.end..at).any(|i| self.atoms.is(i, Class::Comma) || closes(i));
        (at - comparison.end <= 4 && !comma && self.attaches(comparison.end, at, at, at)).then_some(index)
    }

    /// Whether a comparison fills the bracket right behind the one before it, which closes at `close`.
    fn is_second(&self, index: usize, close: usize) -> bool {
        let first = index.checked_sub(1).and_then(|before| self.comparisons.get(before));
        let (Some(first), Some(second)) = (first, self.comparisons.get(index)) else { return false };
        second.end == close && second.start == first.end + 1 && self.atoms.is(first.end, Class::Open)
    }

    /// Marks the comparison and those it is joined with ("AST ≤ 5 and ALT ≤ 5 × ULN if …" only the last).
    fn hold(&mut self, index: usize) {
        if self.scope.conditioned.last() != Some(&index) {
            self.scope.conditioned.push(index);
        }
    }

    /// Whether nothing but filler stands between a comparison's end and a condition, or only a comma with no further
    /// comparison before the sentence ends.
    fn attaches(&self, q_end: usize, at: usize, after: usize, end: usize) -> bool {
        if at.saturating_sub(q_end) > 8 {
            return false;
        }
        let mut comma = false;
        for between in q_end..at {
            let stops = is_stop(self.atoms, between)
                || [Class::Semicolon, Class::Or, Class::Open, Class::And, Class::Variable, Class::Colon]
                    .iter()
                    .any(|class| self.atoms.is(between, *class));
            let entering = matches!(
                self.atoms.text(between),
                "included" | "excluded" | "enrolled" | "eligible" | "study"
            );
            // "≤ 1.5 × ULN except patients with … who may have ≤ 3 × ULN": the second is of those.
            let other = || self.atoms.is(between, Class::Except) && self.comparison_follows(after, end);
            // "men aged 18 to 60 who smoke when stressed": the condition is of what they do.
            let who = self.atoms.text(between) == "who" && matches!(self.atoms.text(at), "if" | "when");
            if stops || entering || who || other() {
                return false;
            }
            comma |= self.atoms.is(between, Class::Comma);
        }
        !comma || !self.comparison_follows(after, end)
    }

    /// Whether a comparison stands between `at` and the end of its sentence or bracket.
    fn comparison_follows(&self, at: usize, end: usize) -> bool {
        let Some(next) = self.comparisons.get(self.next) else { return false };
        let until = next.start.min(end).min(at + 60);
        // "if …, ALT (SGPT) and AST ≤ 5 × ULN": a bracket that opened on the way ends nothing.
        let mut opened = 0_usize;
        let broken = (at..until).any(|i| {
            opened += usize::from(self.atoms.is(i, Class::Open));
            let closes = self.atoms.is(i, Class::Close);
            let own = closes && opened > 0;
            opened -= usize::from(own);
            is_stop(self.atoms, i) || self.atoms.is(i, Class::Semicolon) || closes && !own
        });
        !broken && next.start < at + 60
    }

    /// "for patients with creatinine > 1.5 …": the variable right after the condition's words.
    fn is_own_comparison(&self, at: usize) -> bool {
        for at in at..at + 7 {
            if self.atoms.is(at, Class::Variable)
                || self.comparisons.get(self.next).is_some_and(|c| c.start == at)
            {
                return true;
            }
            if !self.atoms.is(at, Class::Passed) {
                return false;
            }
        }
        false
    }

    /// "male or female", "men and women": everybody.
    fn is_both_sexes(&self, at: usize, len: usize) -> bool {
        let joint = |at: usize| {
            self.atoms.is(at, Class::And) || self.atoms.is(at, Class::Or) || self.atoms.is(at, Class::Comma)
        };
        let after = at + len;
        let skip = usize::from(joint(after)) + usize::from(joint(after + 1) && joint(after));
        let pair_after = skip > 0
            && (self.atoms.is(after + skip, Class::Sex)
                || self.atoms.is(after + skip + 1, Class::Sex) && self.atoms.text(after + skip) == "non");
        let pair_before = (2..=5).any(|back| {
            at.checked_sub(back).is_some_and(|b| self.atoms.is(b, Class::Sex))
                && (1..back).any(|j| joint(at - j))
                && (1..back).all(|j| joint(at - j) || self.atoms.is(at - j, Class::Person))
        });
        pair_after || pair_before
    }

    /// A sex right after a comparison holds it; before one it holds what follows.
    fn sex(&mut self, at: usize) {
        if let Some(index) = self.held_by_sex(at) {
            self.hold(index);
            return;
        }
        // "Women of …": the sentence is theirs. Elsewhere only up to the next comma.
        let opens = at == 0 || !self.atoms.get(at - 1).is_some_and(|a| a.kind == AtomKind::Word);
        self.open_region(Under::Sex, at, !opens || self.depth > 0);
    }

    /// The comparison right before a sex: "≥ 12 g/dL for women", and past its other unit: "≥ 12 g/dL (7.5 mmol/L) for women".
    fn held_by_sex(&self, at: usize) -> Option<usize> {
        let last = self.next.checked_sub(1)?;
        let near = |end: usize| end <= at && at - end <= 3 && self.only_filler(end, at);
        if near(self.comparisons.get(last)?.end) {
            return Some(last);
        }
        [Some(last), last.checked_sub(1)].into_iter().flatten().find(|index| {
            let Some(end) = self.comparisons.get(*index).map(|c| c.end) else { return false };
            let close = (end..at.min(end + 9)).find(|i| self.atoms.is(*i, Class::Close));
            let other = close.filter(|_| self.atoms.is(end, Class::Open));
            other.is_some_and(|close| (end..close).any(|i| self.atoms.is_numeric(i)) && near(close + 1))
        })
    }

    fn only_filler(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| {
            self.atoms.is(i, Class::Open)
                || matches!(self.atoms.text(i), "in" | "for" | "if" | "a" | "[" | "among")
        })
    }
}
