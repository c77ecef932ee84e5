//! Whether a name is what is given, or only spoken of.

use super::{Reader, unlisted};
use crate::reading::dosing::part::What;
use crate::reading::dosing::vocabulary::NameKind;
use crate::reading::dosing::word_classes::WordClass;

impl Reader<'_> {
    /// "on day 1 of concurrent chemotherapy", "during radiotherapy", "before surgery": a time, not a giving.
    pub(super) fn is_context(&self, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let dosed = match self.what(at + 1) {
            Some(What::Amount(_)) => true,
            Some(What::Open) => matches!(self.what(at + 2), Some(What::Amount(_))),
            _ => false,
        };
        if dosed && !self.tokens.is(part.end, "=") {
            return false;
        }
        if self.is_withheld(part.end) {
            return true;
        }
        let before = |back: usize| part.first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let before_is = |back: usize, class: WordClass| {
            part.first.checked_sub(back).is_some_and(|token| self.is(token, class))
        };
        if before_is(1, WordClass::Contexts) {
            return true;
        }
        // "A IV over 90 minutes following B weekly": after which A is given.
        if before(1) == "following" && !self.out.entries.is_empty() {
            return true;
        }
        // "suboptimal response to A", "allergy to B": spoken of.
        if before(1) == "to" && before_is(2, WordClass::SpokenOf) {
            return true;
        }
        // "plant material with 9.5% A and 0.1% B": what it holds.
        if at > 0
            && self.what(at - 1) == Some(&What::Stray)
            && before(1) == "%"
            && self.parts.get(at - 1).is_some_and(|strength| strength.end == part.first)
        {
            return true;
        }
        // "before the irradiation", "during the chemotherapy".
        if before(1) == "the" && matches!(before(2), "before" | "after" | "during" | "following") {
            return true;
        }
        // "4 hours after A = 20 g/m2": what the dose is counted from.
        let later = matches!(before(1), "after" | "post" | "following" | "before");
        if later && self.tokens.is(part.end, "=") && crate::reading::periods::unit(before(2)).is_some() {
            return true;
        }
        // "with an AB123 pen-injector": what it is given with.
        if self.is(part.end, WordClass::Devices) {
            return true;
        }
        // "delivered as heated intraperitoneal chemotherapy": as what.
        let class = matches!(self.what(at), Some(What::Name(NameKind::Class, _)));
        if class && !self.out.entries.is_empty() && (1..=4).any(|back| before(back) == "as") {
            return true;
        }
        // "a placebo in the same vial as X": what it looks like.
        let looks = |token: usize| {
            matches!(
                self.tokens.text(token),
                "identical" | "identical-looking" | "same" | "similar" | "appearance" | "looking" | "looks"
            )
        };
        if before(1) == "as" && (part.first.saturating_sub(10)..part.first).any(looks) {
            return true;
        }
        // "in the days around each infusion of X": when.
        if before(1) == "of"
            && matches!(before(2), "infusion" | "dose" | "injection" | "administration")
            && matches!(before(3), "each" | "every" | "the" | "first" | "last")
            && matches!(
                before(4),
                "surrounding"
                    | "around"
                    | "before"
                    | "after"
                    | "following"
                    | "to"
                    | "preceding"
                    | "during"
                    | "the"
                    | "of"
            )
        {
            return true;
        }
        // "in nasal saline irrigation", "in 5% dextrose": what it is dissolved in.
        let solvent =
            ["saline", "sodium chloride", "dextrose", "glucose", "water", " oil", "juice", "milk", "formula"]
                .iter()
                .any(|word| self.tokens.slice(part.first..part.end).contains(word));
        if solvent && (1..=3).any(|back| before(back) == "in") {
            return true;
        }
        // "with 0.9% sodium chloride solution".
        let percent = before(1) == "%" && before(3) == "with";
        if solvent && (percent || before(1) == "with" && self.tokens.is(part.end, "solution")) {
            return true;
        }
        // "randomised to the X arm": whose group, not what is given.
        let group = matches!(self.tokens.text(part.end), "arm" | "arms" | "group" | "groups");
        if group
            && matches!(before(1), "the" | "/")
            && part.first > self.parts.first().map_or(0, |first| first.first) + 1
        {
            return true;
        }
        let of = at > 1 && self.what(at - 1) == Some(&What::Of);
        let lettered = before(2).len() == 1 && matches!(before(3), "dose" | "level");
        let given = before(2).ends_with("dose") || lettered || before_is(2, WordClass::GivingNouns);
        of && !given && matches!(self.what(at - 2), Some(What::Days(_) | What::Other | What::Unknown))
    }

    /// "a probiotic comprising strains A, B and C, one sachet daily": the strains are what it is made of.
    pub(super) fn is_strain_of(&self, at: usize) -> bool {
        const FAR: usize = 6;
        let Some(part) = self.parts.get(at) else { return false };
        let Some(whole) = self.out.entries.last().filter(|entry| entry.named && !entry.slots.any()) else {
            return false;
        };
        let made = whole.name.contains("probiotic") || whole.name.contains("synbiotic");
        let start = whole.end;
        let told = (start..(start + FAR).min(part.first)).any(|token| {
            matches!(
                self.tokens.text(token),
                "comprising" | "consisting" | "composed" | "containing" | "contains" | "mixture" | ":" | "("
            )
        });
        made && told
    }

    /// A short name that stands where a treatment is given: "C is given weekly".
    pub(super) fn is_given(&self, at: usize) -> bool {
        self.brackets.is_empty() && unlisted::is_given(self.parts, self.source, at)
    }

    /// "one dose of XYvac3 on day 1": what is given has a name that no table knows.
    pub(super) fn is_dosed(&self, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let before = |back: usize| part.first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        before(1) == "of"
            && matches!(before(2), "dose" | "doses" | "injection" | "injections" | "infusion" | "infusions")
            && self.tokens.slice(part.first..part.end).bytes().any(|b| b.is_ascii_digit())
    }
}
