//! Names of what is given in a treatment's place, or with it: "X matching placebo", "placebo identical to X", "vehicle for
//! X".

use crate::reading::lexer::Kind;
use crate::reading::numbers::{self, Found};

use super::names::{Name, Names};
use super::vocabulary::{NameKind, Role, Sense, WordClass};

impl Names<'_> {
    /// "for", "matching", "identical in appearance to", "that looks like": the token behind what ties a placebo to its drug.
    fn past_likeness(&self, at: usize) -> usize {
        const FAR: usize = 7;
        const LINKS: &[&str] =
            &["to", "for", "of", "in", "with", "as", "that", "which", "is", "are", "the", "colour", "color"];
        let mut end = at;
        let mut like = matches!(self.tokens.text(at), "for" | "to" | "of");
        while end < at + FAR {
            if self.classes(end).has(WordClass::Likeness) {
                like = true;
            } else if !LINKS.contains(&self.tokens.text(end)) {
                break;
            }
            end += 1;
        }
        if like { end } else { at }
    }

    /// "placebo identical to X granules": X may be a name that no table has.
    fn nowhere_known(&self, at: usize, start: usize, link: bool) -> Option<Found<Name>> {
        const LONGEST: usize = 3;
        let word = |at: usize| {
            let text = self.tokens.text(at);
            let plain = self.tokens.get(at).is_some_and(|word| word.kind == Kind::Word);
            // "matching placebo for twelve weeks" names none.
            plain && self.sense(at).is_none() && numbers::word_value(text).is_none()
        };
        let like = link && (at..start).any(|word| self.classes(word).has(WordClass::Likeness));
        let end = (start..start + LONGEST).find(|at| !word(*at)).unwrap_or(start + LONGEST);
        (like && end > start)
            .then(|| Found::new(Name { kind: NameKind::Agent, core_end: end, code: false }, end))
    }

    /// "vehicle for X": what X is given in, without it.
    pub(super) fn vehicle_for(&self, at: usize) -> Option<Found<Name>> {
        let heads = matches!(self.tokens.text(at), "vehicle" | "vehicles")
            && matches!(self.tokens.text(at + 1), "for" | "of" | "to");
        let article = usize::from(self.tokens.is(at + 2, "the"));
        heads.then(|| self.core(at + 2 + article))?
    }

    /// "X vehicle", "X cream vehicle": the same.
    pub(super) fn with_vehicle(&self, found: Found<Name>) -> Found<Name> {
        let mut end = found.end;
        while end < found.end + 2 && self.is_form(end) {
            end += 1;
        }
        let vehicle =
            matches!(self.tokens.text(end), "vehicle" | "vehicles") && found.value.kind == NameKind::Agent;
        if vehicle { Found::new(Name { core_end: end + 1, ..found.value }, end + 1) } else { found }
    }

    /// "placebo matching X", "X placebo", "X-matching placebo": the placebo is what is given.
    pub(super) fn placebo(&self, at: usize, found: Found<Name>) -> Option<Found<Name>> {
        let placebo = |at: usize| self.is_placebo(at);
        if placebo(found.end.checked_sub(1)?) {
            let mut end = found.end;
            // "placebo capsules matching X".
            while self.is_form(end) {
                end += 1;
            }
            let drug = self.past_likeness(end);
            let link = drug > end;
            let matching = matches!(self.tokens.text(at), "matching" | "matched");
            if link || matching {
                end = drug;
                if let Some(mut drug) =
                    self.core(end).or_else(|| self.product(end)).or_else(|| self.nowhere_known(at, end, link))
                {
                    // "placebo to A/B": to the product.
                    while self.tokens.is(drug.end, "/")
                        && self.tight(drug.end + 1)
                        && let Some(next) = self.core(drug.end + 1)
                    {
                        drug = next;
                    }
                    // "placebo matching X" is the placebo, "placebo X" has a name of its own.
                    let core_end = if link { found.value.core_end } else { drug.value.core_end };
                    return Some(Found::new(Name { core_end, ..found.value }, drug.end));
                }
            }
            return None;
        }
        let mut end = found.end;
        if self.tokens.is(end, "-") {
            end += 1;
        }
        if matches!(self.tokens.text(end), "matching" | "matched" | "dummy") {
            end += 1;
        }
        (at < end && placebo(end)).then(|| Found::new(Name { core_end: end + 1, ..found.value }, end + 1))
    }

    pub(super) fn is_placebo(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "placebo" | "placebos")
    }

    pub(super) fn is_form(&self, at: usize) -> bool {
        matches!(
            self.sense(at),
            Some(Found { value: Sense::Role(Role::Form), end }) if end == at + 1
        )
    }
}
