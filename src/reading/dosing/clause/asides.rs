//! What is said beside the doses: examinations, what is withheld, what is given once among what is given again and again.

use super::Reader;
use crate::reading::dosing::entry::Entry;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::Frequency;
use crate::reading::dosing::word_classes::WordClass;
use crate::reading::numbers;

impl Reader<'_> {
    /// "Echocardiography is done every 3 months and X …": how often something is looked at.
    pub(super) fn is_of_examination(&self, at: usize) -> bool {
        const FAR: usize = 12;
        let Some(part) = self.parts.get(at) else { return false };
        if !matches!(part.what, What::Frequency(_)) {
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
        // "…; meters are provided and self-monitoring is done twice weekly": of what stands before it.
        let other = self.between.joint() && self.between.words > 1 && !self.last_is_pronoun;
        if !self.out.entries.is_empty() {
            return done.is_some() && other;
        }
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
        const NEAR: usize = 6;
        if entry.slots.values.is_none() || entry.slots.frequency.every.is_some() {
            return false;
        }
        // "a single dose of X", but not "A as a single dose, X".
        let apart = |token: usize| matches!(self.tokens.text(token), "," | ";" | "." | "and" | "plus" | "+");
        let ahead = (entry.first.saturating_sub(NEAR)..entry.first).any(|token| {
            self.tokens.is(token, "single")
                && self.is(token + 1, WordClass::OneGiving)
                && !(token..entry.first).any(apart)
        });
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
        // "A every 3 weeks and 10 subcutaneous injections of the vaccine".
        let other = self.what(at + 2) == Some(&What::Pronoun) && self.between.and && !self.after_verb;
        route && of && (unknown && self.between.give || other) && !self.out.entries.is_empty()
    }

    /// "four 0.2 mL injections": so many of it at once.
    pub(super) fn is_counted(&self, at: usize) -> bool {
        let before = self.parts.get(at).and_then(|part| part.first.checked_sub(1));
        before.is_some_and(|token| {
            self.tokens.number(token).is_some() || numbers::word_value(self.tokens.text(token)).is_some()
        })
    }

    /// "Oral iron is not allowed": a way of giving something that has no name here, and that is not given.
    pub(super) fn is_denied_behind(&self, at: usize) -> bool {
        const NEAR: usize = 4;
        let way = matches!(self.what(at), Some(What::Route(_)));
        let thing = matches!(self.what(at + 1), Some(What::Unknown | What::Other));
        let denied = |part: &Part| {
            part.what == What::Doubt
                && matches!(self.tokens.text(part.first), "not" | "no" | "prohibited" | "never")
        };
        way && thing && self.parts.iter().skip(at + 2).take(NEAR).any(denied)
    }

    /// "A weekly, with a newly started oral antidepressant daily": how often and how something is given that has no name here.
    pub(super) fn is_of_unnamed(&self, at: usize) -> bool {
        let triple = match self.what(at) {
            Some(What::Route(_)) => self.parts.get(at..at + 3),
            Some(What::Frequency(_)) => at.checked_sub(2).and_then(|first| self.parts.get(first..=at)),
            _ => None,
        };
        let Some([way, thing, often]) = triple else { return false };
        let shape = matches!(way.what, What::Route(_))
            && matches!(thing.what, What::Other | What::Unknown)
            && matches!(often.what, What::Frequency(_));
        let beside = way.end == thing.first && thing.end == thing.first + 1 && thing.end == often.first;
        let adjective = matches!(
            self.tokens.text(way.first),
            "oral" | "intravenous" | "topical" | "inhaled" | "subcutaneous"
        );
        shape && beside && adjective && self.between.joint() && !self.out.entries.is_empty()
    }

    /// "A 5 mg daily; diet counselling every 2 weeks": how often people do something.
    pub(super) fn is_of_doing(&self, at: usize) -> bool {
        let other = usize::from(matches!(self.back(at, 1), Some(What::Other)));
        let doing = matches!(self.back(at, 1 + other), Some(What::Program));
        doing && matches!(self.what(at), Some(What::Frequency(_) | What::Lasting(_)))
    }

    /// "A 5 mg daily; actigraphy for 7 days": of something else that is set off by a semicolon.
    pub(super) fn is_set_off(&self, at: usize) -> bool {
        const LONGEST: usize = 3;
        let slot = matches!(self.what(at), Some(What::Frequency(_) | What::Lasting(_)));
        let word = at.checked_sub(1).and_then(|before| self.parts.get(before));
        let thing = word.is_some_and(|word| {
            matches!(word.what, What::Other)
                && word.end <= word.first + LONGEST
                && self.parts.get(at).is_some_and(|part| part.first == word.end)
        });
        let again = at > 0
            && matches!(self.back(at, 1), Some(What::Frequency(_)))
            && matches!(self.what(at), Some(What::Lasting(_)))
            && self.is_set_off(at - 1);
        // "daily for 52 weeks, spirometry every 13 weeks": how often the treatment is given was told.
        let interval = matches!(self.what(at), Some(What::Frequency(how)) if how.every.is_some());
        let told = self
            .cur
            .and_then(|cur| self.out.entries.get(cur))
            .is_some_and(|entry| entry.slots.frequency != Frequency::default() && entry.slots.bounded());
        let sign = match self.back(at, 2) {
            Some(What::Semicolon) => self.between.semicolon,
            Some(What::Comma) => interval && (told || self.stepped),
            _ => false,
        };
        again || slot && thing && sign && !self.between.give
    }

    /// "A twice daily to a trough of 5 ng/ml": how often A is given, and what for.
    pub(super) fn is_to_a_level(&self, at: usize) -> bool {
        let Some([often, seen]) = self.parts.get(at..at + 2) else { return false };
        matches!(often.what, What::Frequency(_))
            && self.tokens.text(often.end) == "to"
            && seen.first > often.end
            && !self.out.entries.is_empty()
    }

    fn word_before(&self, token: usize) -> &str {
        token.checked_sub(1).map_or("", |before| self.tokens.text(before))
    }
}
