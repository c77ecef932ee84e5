//! What is said beside the doses: examinations, what is withheld, what is given once among what is given again and again.

use super::Reader;
use crate::reading::dosing::entry::Entry;
use crate::reading::dosing::part::What;
use crate::reading::dosing::word_classes::WordClass;
use crate::reading::numbers;

impl Reader<'_> {
    /// "Echocardiography is done every 3 months and X …": how often something is looked at.
    pub(super) fn is_of_examination(&self, at: usize) -> bool {
        const FAR: usize = 12;
        let Some(part) = self.parts.get(at) else { return false };
        if !matches!(part.what, What::Frequency(_)) || !self.out.entries.is_empty() {
            return false;
        }
        let out = usize::from(self.word_before(part.first) == "out");
        let done = part.first.checked_sub(1 + out).filter(|token| self.is(*token, WordClass::Examined));
        let told = |done: usize| {
            (done.saturating_sub(FAR)..done).any(|token| self.is(token, WordClass::GivingNouns))
                || self
                    .parts
                    .iter()
                    .take(at)
                    .any(|part| matches!(part.what, What::Name(..) | What::Route(_) | What::Amount(_)))
        };
        done.is_some_and(|done| !told(done))
    }

    /// "X is withheld if …", "X will be interrupted": nothing is given of it.
    pub(super) fn is_withheld(&self, end: usize) -> bool {
        const FAR: usize = 3;
        let verb = (end..end + FAR).find(|token| !self.is(*token, WordClass::Auxiliaries));
        verb.is_some_and(|verb| verb > end && self.is(verb, WordClass::Withheld))
    }

    /// "X 300 mg as a single IV dose on day 1, plus Y 1500 mg every 4 weeks": what is said of Y's further doses is not said
    /// of X. Where Y has days, the interval is that of their cycle.
    pub(super) fn is_given_once_before(&self, index: usize, last: usize, what: &What) -> bool {
        let repeats = match what {
            What::Days(days) => days.len() > 1,
            What::Frequency(_) | What::Cycles(_) | What::Lasting(_) | What::Stop(_) => true,
            _ => false,
        };
        if !repeats || index >= last {
            return false;
        }
        let (Some(entry), Some(next), Some(later)) =
            (self.out.entries.get(index), self.out.entries.get(index + 1), self.out.entries.get(last))
        else {
            return false;
        };
        later.slots.days.is_empty()
            && later.name != entry.name
            && self.says_once(entry, next.first)
            && !self.says_once(later, later.end + 1)
    }

    /// "a single dose", "a single IV infusion", "once," among the words of an entry.
    fn says_once(&self, entry: &Entry, until: usize) -> bool {
        const FAR: usize = 24;
        const NEAR: usize = 3;
        if entry.slots.values.is_none() || entry.slots.frequency.every.is_some() {
            return false;
        }
        // "a single dose of X".
        let ahead = (entry.first.saturating_sub(NEAR)..entry.first)
            .any(|token| self.tokens.text(token) == "single" && self.is(token + 1, WordClass::OneGiving));
        ahead
            || (entry.first..until.min(entry.first + FAR)).any(|token| match self.tokens.text(token) {
                "single" => (token + 1..=token + NEAR).any(|noun| self.is(noun, WordClass::OneGiving)),
                "once" => matches!(self.tokens.text(token + 1), "," | ";" | "on" | "and" | "plus"),
                "one-time" | "single-dose" => true,
                _ => false,
            })
    }

    /// "participants will receive an intravenous infusion of the manufactured product": of what has no name here.
    pub(super) fn is_of_something_else(&self, at: usize) -> bool {
        let route = matches!(self.what(at), Some(What::Route(_)));
        let of = matches!(self.what(at + 1), Some(What::Of));
        let unknown = matches!(self.what(at + 2), Some(What::Unknown | What::Other))
            && !matches!(self.what(at + 3), Some(What::Name(..)));
        route && of && unknown && self.between.give && !self.out.entries.is_empty()
    }

    /// "four 0.2 mL injections": so many of it at once.
    pub(super) fn is_counted(&self, at: usize) -> bool {
        let before = self.parts.get(at).and_then(|part| part.first.checked_sub(1));
        before.is_some_and(|token| {
            self.tokens.number(token).is_some() || numbers::word_value(self.tokens.text(token)).is_some()
        })
    }

    fn word_before(&self, token: usize) -> &str {
        token.checked_sub(1).map_or("", |before| self.tokens.text(before))
    }
}
