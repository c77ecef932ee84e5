//! A dose that stands before its name: "10 mg of X", "6 g (two capsules) of X", "160 mg daily or 240 mg daily of X".

use super::Reader;
use crate::reading::dosing::part::{Part, What};
use crate::reading::quantities::UnitKind;

impl Reader<'_> {
    /// The name that the dose at `at` stands before, if it is that name's.
    pub(super) fn forward(&self, at: usize) -> Option<usize> {
        self.forward_past(at, 2)
    }

    /// [`forward`](Self::forward), past at most so many alternatives.
    fn forward_past(&self, at: usize, others: usize) -> Option<usize> {
        let mut next = at + 1;
        // The first part behind the dose and a bracket of its own.
        let mut behind = next;
        let mut of = false;
        loop {
            match self.what(next)? {
                What::Of => of = true,
                What::Route(_) => {}
                // "200 mcg/day, intranasal X": the sentence begins with the dose.
                What::Comma
                    if at == 0
                        && next == 1
                        && self.out.entries.is_empty()
                        && matches!(self.what(2), Some(What::Route(_) | What::Name(..))) => {}
                // "600 mg loading dose of X".
                What::Phase(_) if next == at + 1 && self.what(next + 1) == Some(&What::Of) => {}
                // "1 drop daily of X".
                What::Frequency(_) if next == behind && self.what(next + 1) == Some(&What::Of) => {}
                // "0.5 ml of 1% preservative-free X": the strength stands between.
                What::Stray if of => {}
                // "160 mg daily or 240 mg daily of X": each of them.
                What::Frequency(_)
                    if next == at + 1
                        && others > 0
                        && self.what(next + 1) == Some(&What::Or)
                        && matches!(self.what(next + 2), Some(What::Amount(_))) =>
                {
                    return self.forward_past(next + 2, others - 1);
                }
                What::Or
                    if next == at + 1
                        && others > 0
                        && matches!(self.what(next + 1), Some(What::Amount(_))) =>
                {
                    return self.forward_past(next + 1, others - 1);
                }
                // "one tablet (5 mg) of X".
                What::Close
                    if next == at + 1
                        && self.what(next + 1) == Some(&What::Of)
                        && (self.cur.is_none()
                            || matches!(self.back(at, 2), Some(What::Stray | What::Amount(_)))) => {}
                // "30 ml of (0.25%) X".
                What::Open
                    if of && self.is_strength(next + 1) && self.what(next + 2) == Some(&What::Close) =>
                {
                    next += 2;
                }
                // "and 8 mg (2 ml) X".
                What::Open
                    if next == at + 1
                        && self.back(at, 1) == Some(&What::And)
                        && matches!(self.inside(next), [Part { what: What::Amount(volume), .. }] if volume.unit.kind == UnitKind::Volume)
                        && matches!(self.what(next + 3), Some(What::Name(..))) =>
                {
                    return Some(next + 3);
                }
                // "6 g (two capsules) of X", "10 mg (one tablet) X", "10 mg (one tablet) twice daily of X".
                What::Open if next == at + 1 => {
                    let named = |part: &Part| matches!(part.what, What::Name(..));
                    let inside = self.inside(next);
                    let close = next + 1 + inside.len();
                    let of = self.what(close + 1) == Some(&What::Of);
                    if self.what(close) != Some(&What::Close) || !of && inside.iter().any(named) {
                        return None;
                    }
                    (next, behind) = (close, close + 1);
                }
                What::Name(..) => break,
                What::Other | What::Unknown
                    if matches!(self.what(next + 1), Some(What::Name(..)))
                        && self.short(next)
                        && (of || next == at + 1) => {}
                // "25 mg gluteal intramuscular injection of X".
                What::Other | What::Unknown
                    if next == at + 1
                        && self.short(next)
                        && matches!(self.what(next + 1), Some(What::Route(_)))
                        && self.what(next + 2) == Some(&What::Of)
                        && !self.is_counted(at) => {}
                What::Amount(quantity) if (of || next == at + 1) && quantity.unit.name == "%" => {}
                What::Unknown
                    if of || self.what(next + 1).is_none_or(|what| !matches!(what, What::Amount(_))) =>
                {
                    break;
                }
                _ => return None,
            }
            next += 1;
        }
        if of {
            return Some(next);
        }
        // "(137 mcg aclastin and 50 mcg fluticasone)": each dose before its name.
        let listed = self.in_bracket()
            && matches!(self.what(next + 1), Some(What::And))
            && matches!(self.what(next + 2), Some(What::Amount(_)));
        // "1.6 g X and 1.1 g Y and 23 mg zorafen": each dose stands before its name.
        let in_turn = self.named_behind && self.between.joint() && self.between.words == 0 && {
            let end = self.parts.get(at).map_or(0, |part| part.end);
            self.parts.get(next).is_some_and(|name| name.first == end)
        };
        if matches!(self.what(next), Some(What::Unknown)) && self.cur.is_some() && !listed && !in_turn {
            return None;
        }
        let open = self.cur.and_then(|cur| self.out.entries.get(cur)).is_some_and(|entry| {
            let beside =
                !self.between.joint() && !self.between.give && !self.between.colon && self.between.words == 0;
            entry.slots.values.is_none() && beside && self.brackets.is_empty()
        });
        (!open || self.is_strength_of_next(at, next)).then_some(next)
    }

    /// "placebo: 100 ml of 0.9% saline": how strong what it is made of is, and no dose of the placebo.
    fn is_strength_of_next(&self, at: usize, next: usize) -> bool {
        let percent = matches!(self.what(at), Some(What::Amount(quantity)) if quantity.unit.name == "%");
        let placebo =
            self.cur.and_then(|cur| self.out.entries.get(cur)).is_some_and(|entry| entry.name == "placebo");
        percent && next == at + 1 && (placebo || self.back(at, 1) == Some(&What::Of))
    }

    /// "0.25%".
    fn is_strength(&self, at: usize) -> bool {
        let told = matches!(self.what(at), Some(What::Amount(_) | What::Stray));
        told && self.parts.get(at).is_some_and(|part| self.tokens.is(part.end.saturating_sub(1), "%"))
    }

    /// At most two words.
    pub(super) fn short(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.end - part.first <= 2)
    }
}
