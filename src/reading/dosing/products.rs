//! Names that say what a treatment is: "tri-lipid skin barrier cream", "cow's milk formula", "Lactobacillus rhamnosus
//! GG". Their words are tables ([`WordClass`]); here is how they are put together.

use crate::reading::lexer::Kind;
use crate::reading::numbers::{self, Found};

use super::names::{Name, Names};
use super::vocabulary::{NameKind, WordClass};

/// Words of one name.
const LONGEST: usize = 7;

/// Words of a name that no table has.
const MOST_UNKNOWN: usize = 3;

impl Names<'_> {
    /// A product that is called by what it is.
    pub(super) fn product(&self, at: usize) -> Option<Found<Name>> {
        let is = |at: usize, part: WordClass| self.classes(at).has(part);
        let mut end = at;
        let mut unknown = 0;
        let mut substance = false;
        let mut head = None;
        while end < at + LONGEST && self.tokens.get(end).is_some_and(|token| token.kind == Kind::Word) {
            let of = is(end, WordClass::ProductOf) && !self.is_acronym(end);
            let made_of = end > at && is(end - 1, WordClass::ProductOf);
            let strong = is(end, WordClass::ProductHead) && !self.is_acronym(end);
            let ends = strong && (end > at || of) || is(end, WordClass::ProductWeakHead) && made_of;
            if !(of || ends || strong || is(end, WordClass::ProductQuality)) {
                unknown += 1;
                if unknown > MOST_UNKNOWN || !self.is_unknown(end) {
                    break;
                }
                substance = true;
            }
            substance |= of;
            if ends && substance && end > at {
                head = Some(end + 1);
            }
            end += 1;
        }
        let end = head?;
        let other = is(end, WordClass::ProductNot);
        (!other).then(|| Found::new(Name { kind: NameKind::Agent, core_end: end, code: false }, end))
    }

    /// "CoQ10 in soybean oil": what the treatment is given in.
    pub(super) fn is_vehicle(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.tokens.text(at));
        before(1) == "in" || before(2) == "in" && matches!(before(1), "a" | "an" | "the" | "some")
    }

    /// The same, where the name is one that medicines are dissolved in.
    pub(super) fn is_solvent(&self, at: usize, end: usize) -> bool {
        let solvent = matches!(self.tokens.text(end - 1), "oil" | "juice" | "milk" | "formula");
        // "infused over an hour with saline as follows: 5 mg/kg".
        let flushed = self.tokens.is(end, "as") && self.tokens.is(end + 1, "follows");
        let salt = matches!(self.tokens.text(end - 1), "saline" | "dextrose" | "glucose" | "water");
        solvent && self.is_vehicle(at) || salt && flushed
    }

    /// Short and all in capitals: "TEA" is no tea.
    fn is_acronym(&self, at: usize) -> bool {
        let raw = self.raw.get(self.tokens.raw(at..at + 1)).unwrap_or_default();
        raw.len() <= 4 && raw.chars().all(char::is_uppercase)
    }

    /// Whether the name of a product may begin with the word.
    pub(super) fn begins_product(&self, at: usize) -> bool {
        let parts = self.classes(at);
        [WordClass::ProductOf, WordClass::ProductHead, WordClass::ProductQuality]
            .iter()
            .any(|part| parts.has(*part))
    }

    /// What is made of a plant or a food that has a name of its own.
    pub(super) fn is_extracted(&self, at: usize) -> bool {
        matches!(
            self.tokens.text(at),
            "oil"
                | "juice"
                | "tea"
                | "seed"
                | "seeds"
                | "leaf"
                | "leaves"
                | "root"
                | "honey"
                | "peptides"
                | "hydrolysate"
        )
    }

    /// A word that no table has and that may be a part of a name.
    fn is_unknown(&self, at: usize) -> bool {
        self.may_name(at)
            && self.vocabulary.sense(self.tokens, at).is_none()
            && numbers::word_value(self.tokens.text(at)).is_none()
            && self.core(at).is_none()
    }

    /// `Lactobacillus rhamnosus HN001`, `L. reuteri DSM 17938`, `Bifidobacterium animalis ssp. lactis Bb-12`.
    pub(super) fn strain(&self, at: usize) -> Option<usize> {
        let is = |at: usize, part: WordClass| self.classes(at).has(part);
        let mut end = if is(at, WordClass::ProductGenus) {
            at + 1
        } else if is(at + 2, WordClass::ProductSpecies)
            && self.tokens.text(at).len() == 1
            && self.tokens.is(at + 1, ".")
        {
            at + 2
        } else {
            return None;
        };
        let species = is(end, WordClass::ProductSpecies);
        end += usize::from(species);
        // "ssp. lactis", "subsp. infantis".
        if species && matches!(self.tokens.text(end), "ssp" | "subsp" | "subspecies" | "var" | "spp") {
            let stop = usize::from(self.tokens.is(end + 1, "."));
            end += 1 + stop + usize::from(is(end + 1 + stop, WordClass::ProductSpecies));
        }
        end = self.past_strain(end);
        Some(end)
    }

    /// The number of a strain: `HN001`, `GG`, `Lpc-37`, `DSM 17938`.
    fn past_strain(&self, at: usize) -> usize {
        const COLLECTIONS: &[&str] =
            &["dsm", "atcc", "cncm", "ncimb", "lmg", "nctc", "ccfm", "cect", "nrrl", "kctc", "cgmcc"];
        let start = at + usize::from(matches!(self.tokens.text(at), "strain" | "strains"));
        let text = self.tokens.text(start);
        let number = |at: usize| {
            self.tokens.number(at).is_some() || self.tokens.text(at).bytes().any(|b| b.is_ascii_digit())
        };
        if COLLECTIONS.contains(&text) && number(start + 1) {
            return start + 2;
        }
        let raw = self.raw.get(self.tokens.raw(start..start + 1)).unwrap_or_default();
        let word = self.tokens.get(start).is_some_and(|token| token.kind == Kind::Word);
        let written = raw.chars().next().is_some_and(char::is_uppercase) && raw.len() <= 10;
        let code =
            text.bytes().any(|b| b.is_ascii_digit()) || raw.chars().all(char::is_uppercase) && raw.len() <= 4;
        if word && written && code && !matches!(text, "cfu" | "po" | "iv" | "bid" | "qd") {
            start + 1
        } else {
            at
        }
    }
}
