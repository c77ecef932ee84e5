//! Slots of a sentence that names no treatment.

use super::{NARROW_GAP, Reader, WIDEST_GAP};
use crate::reading::dosing::entry::Put;
use crate::reading::dosing::part::What;
use crate::reading::dosing::word_classes::WordClass;

impl Reader<'_> {
    /// A slot in a sentence that names no treatment.
    pub(super) fn nameless(&mut self, at: usize) {
        let Some(part) = self.parts.get(at) else { return };
        if self.is_denied_behind(at) || self.is_of_object(at) {
            self.out.unread = true;
            return;
        }
        // "Both drugs are given every 3 weeks", under a label that names both.
        let of_all = self.out.of_all && self.last_is_pronoun && self.subject.name.is_none();
        let before_any = self.subject.from_label && !of_all || self.amount_in_sentence();
        if before_any {
            let near = if self.subject.from_label { NARROW_GAP } else { WIDEST_GAP };
            let plain = matches!(part.what, What::Route(_)) && self.between.words <= WIDEST_GAP;
            // "daily articles", "weekly emails": said of the noun behind it.
            let of_noun = matches!(part.what, What::Frequency(_))
                && self.parts.get(at + 1).is_some_and(|next| {
                    matches!(next.what, What::Other | What::Unknown) && next.first == part.end
                });
            if self.subject.from_label && (of_noun || self.words > WIDEST_GAP) {
                return;
            }
            if self.subject.name.is_some()
                && (self.between.words <= near || plain || self.amount_in_sentence())
                && self.implied(at).is_some()
            {
                self.slot(at);
            }
            return;
        }
        let plain = self.between.words == 0 || self.between.give && self.between.words <= 2;
        let safe = match &part.what {
            What::Cycle(..) | What::Stop(_) => true,
            What::CycleMark(..) => false,
            What::Cycles(_) | What::Lasting(_) => plain || self.until || self.last_is_pronoun,
            What::Frequency(_)
            | What::Days(_)
            | What::Route(_)
            | What::OnOff(..)
            | What::DaysOf(..)
            | What::Rest(_) => {
                plain && (self.between.give || self.last_is_pronoun || self.between.words == 0)
            }
            _ => false,
        };
        // "Cycles repeat every 28 days": of every row so far.
        let of_rows = matches!(part.what, What::Cycle(..)) && !self.subject.first;
        if safe && !of_rows && self.subject.name.is_some() && (!self.last_is_pronoun || self.subject.begins())
        {
            if self.implied(at).is_some() {
                self.slot(at);
            }
            return;
        }
        // "16-20 weeks (at least 12 weeks for some)": the first stands.
        let again = safe && matches!(part.what, What::Lasting(_)) && self.in_bracket();
        if again && self.out.general.lasting.is_some() {
            return;
        }
        if !safe || self.out.general.put(&part.what) == Put::Taken {
            self.out.unread = true;
            return;
        }
        let (first, end) = self.out.general_span.unwrap_or((part.first, part.end));
        self.out.general_span = Some((first.min(part.first), end.max(part.end)));
    }

    /// "They also used emollients twice a day": the verb has an object of its own, without an article.
    fn is_of_object(&self, at: usize) -> bool {
        let (Some(verb), Some(object), Some(part)) = (
            at.checked_sub(2).and_then(|verb| self.parts.get(verb)),
            at.checked_sub(1).and_then(|object| self.parts.get(object)),
            self.parts.get(at),
        ) else {
            return false;
        };
        let word = self.tokens.text(object.first);
        verb.what == What::Give
            && matches!(
                self.tokens.text(verb.first),
                "use" | "used" | "uses" | "apply" | "applied" | "applies"
            )
            && matches!(object.what, What::Other | What::Unknown)
            && verb.end == object.first
            && object.end == object.first + 1
            && object.end == part.first
            && word.ends_with('s')
            && !self.is(object.first, WordClass::GivingNouns)
            && !["medic", "treat", "drug", "product", "patch"].iter().any(|stem| word.starts_with(stem))
    }

    pub(super) fn amount_in_sentence(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.what, What::Amount(_)))
    }
}
