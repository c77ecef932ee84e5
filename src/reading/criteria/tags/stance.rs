//! Whether a mention requires, forbids or allows: the section it stands in, what negates it, what excepts it.

use std::ops::Range;

use crate::protocol::{Section, Stance};
use crate::reading::phrases::{Match, Numbered, Words};

use super::vocabulary::TagVocabulary;

/// How many words before a mention a negation reaches ("no active infection, bleeding, or brain metastases").
const REACH: usize = 9;
/// How many words behind a mention its contrary may stand ("HBsAg must be negative").
const BEHIND: usize = 5;
/// How far behind a mention a second half of what is said may begin.
const HALF: usize = 6;
/// Words that may stand among those that narrow a mention.
const BESIDE: &[&str] = &["and", "or", "actively", "clinically", "currently"];
/// Words that end a negation's reach.
const BREAKS: &[&str] =
    &["but", "must", "should", "who", "which", "agree", "agrees", "willing", "whose", "and/or", "then"];

/// Words for those whom a statement is made about.
const PATIENTS: &[&str] = &["patients", "subjects", "participants", "those", "individuals", "women", "men"];

/// Words that carry on a statement behind "and".
const GOES_ON: &[&str] = &["previously", "have", "has", "had", "not", "without", "who", "are", "is", "no"];

/// An item's words and everything in them that decides what a mention means.
pub(super) struct Clues<'w, 't> {
    pub words: &'w Words<'t>,
    pub section: Option<Section>,
    before: Vec<Match>,
    after: Vec<Match>,
    allowed: Vec<Match>,
    barred: Vec<Match>,
    exception: Vec<Match>,
    duty: Vec<Match>,
    waived: Vec<Match>,
    result: Vec<Match>,
    qualifiers: Vec<Match>,
}

impl<'w, 't> Clues<'w, 't> {
    pub fn of(vocabulary: &TagVocabulary, words: &Numbered<'w, 't>, section: Option<Section>) -> Self {
        Self {
            words: words.words(),
            section,
            before: vocabulary.before.find(words),
            after: vocabulary.after.find(words),
            allowed: vocabulary.allowed.find(words),
            barred: vocabulary.barred.find(words),
            exception: vocabulary.exception.find(words),
            duty: vocabulary.duty.find(words),
            waived: vocabulary.waived.find(words),
            result: vocabulary.result.find(words),
            qualifiers: vocabulary.qualifiers.find(words),
        }
    }

    /// What a mention means for a patient. `opposite`: its words state the topic's contrary; `turned_requires`: a
    /// negated mention under exclusion requires it.
    pub fn stance(&self, mention: Range<usize>, opposite: bool, turned_requires: bool) -> Stance {
        let negated = self.negated(&mention);
        self.decide(mention, negated, opposite, turned_requires)
    }

    /// As [`Self::stance`] for words that hold their own contrary: only what stands before can turn them.
    pub fn stance_of_words(&self, mention: Range<usize>, contrary: bool) -> Stance {
        let negated = self.negated_before(&mention);
        self.decide(mention, negated, contrary, true)
    }

    fn decide(&self, mention: Range<usize>, negated: bool, opposite: bool, turned_requires: bool) -> Stance {
        if self.conditional(&mention) || has(&self.waived, self.clause(&mention)) {
            return Stance::Mentioned;
        }
        let sentence = self.sentence(&mention);
        let clause = self.clause(&mention);
        let excepted = has(&self.exception, sentence.start..mention.start);
        if has(&self.barred, clause.clone()) && !excepted {
            return if opposite { Stance::Required } else { Stance::Forbidden };
        }
        if has(&self.allowed, clause) {
            return if negated && !opposite { Stance::Forbidden } else { Stance::Allowed };
        }
        if excepted {
            return Stance::Mentioned;
        }
        let negated = negated != opposite;
        let duty = self.duty_before(&mention);
        match (self.section, negated) {
            (Some(Section::Inclusion), false) => Stance::Required,
            (Some(Section::Inclusion), true) => Stance::Forbidden,
            (Some(Section::Exclusion), false) if duty && turned_requires => Stance::Required,
            (Some(Section::Exclusion), false) if duty => Stance::Mentioned,
            (Some(Section::Exclusion), false) => Stance::Forbidden,
            // "A negative pregnancy test" under exclusion restates what is wanted.
            (Some(Section::Exclusion), true) if opposite && !turned_requires => Stance::Forbidden,
            (Some(Section::Exclusion), true) if turned_requires => Stance::Required,
            (Some(Section::Exclusion), true) => Stance::Mentioned,
            (None, true) => Stance::Forbidden,
            (None, false) if duty => Stance::Required,
            (None, false) => Stance::Mentioned,
        }
    }

    /// Words before a mention that narrow it: `active`, `untreated`.
    pub fn qualifiers(&self, start: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut at = start;
        while at > 0 {
            match self.qualifiers.iter().rfind(|hit| hit.end == at) {
                Some(hit) => {
                    found.push(hit.words().map(|at| self.words.text(at)).collect::<Vec<_>>().join(" "));
                    at = hit.start;
                }
                None if BESIDE.contains(&self.words.text(at - 1)) => at -= 1,
                None => break,
            }
        }
        found.reverse();
        found
    }

    /// The words of the sentence a mention stands in.
    pub fn sentence(&self, mention: &Range<usize>) -> Range<usize> {
        let Some(sentence) = self.words.get(mention.start).map(|word| word.sentence) else {
            return mention.clone();
        };
        let here = |at: &usize| self.words.get(*at).is_some_and(|word| word.sentence == sentence);
        let start = (0..mention.start).rev().take_while(here).last().unwrap_or(mention.start);
        let end =
            (mention.start..self.words.len()).take_while(here).last().map_or(mention.end, |last| last + 1);
        start..end
    }

    /// The words of a mention's sentence up to an exception or a bracket behind it.
    fn clause(&self, mention: &Range<usize>) -> Range<usize> {
        let sentence = self.sentence(mention);
        let exception = self.exception.iter().map(|hit| hit.start).find(|start| *start >= mention.end);
        let bracket = (mention.end..sentence.end).find(|at| self.opens_bracket(*at));
        let end = exception.unwrap_or(sentence.end).min(bracket.unwrap_or(sentence.end)).min(sentence.end);
        sentence.start..end
    }

    /// Whether a bracket stands before a word that holds more than an abbreviation.
    fn opens_bracket(&self, at: usize) -> bool {
        let (Some(before), Some(word)) =
            (at.checked_sub(1).and_then(|at| self.words.get(at)), self.words.get(at))
        else {
            return false;
        };
        let folded = self.words.tokens().folded().text();
        let between = folded.get(before.end..word.start).unwrap_or_default();
        let closed = folded.get(word.end..).is_some_and(|rest| rest.trim_start().starts_with([')', ']']));
        between.contains(['(', '[']) && !closed
    }

    /// Whether something before or behind the mention turns it round.
    fn negated(&self, mention: &Range<usize>) -> bool {
        let behind = mention.end..self.sentence(mention).end.min(mention.end + BEHIND);
        self.negated_before(mention) || self.reached_by(&self.result, mention) || has(&self.after, behind)
    }

    fn negated_before(&self, mention: &Range<usize>) -> bool {
        self.reached_by(&self.before, mention)
    }

    /// Whether one of the phrases before a mention reaches it. At the beginning of a sentence it reaches all of a list.
    fn reached_by(&self, phrases: &[Match], mention: &Range<usize>) -> bool {
        let start = self.sentence(mention).start;
        let open = |range: Range<usize>| range.clone().all(|at| !BREAKS.contains(&self.words.text(at)));
        let alone = |mut range: Range<usize>| range.all(|at| self.words.text(at) != "and");
        phrases.iter().filter(|hit| hit.start >= start && hit.end <= mention.start).any(|hit| {
            let between = hit.end..mention.start;
            let opening = hit.start <= start + 1 && alone(between.clone());
            (opening || between.len() < REACH) && open(between)
        })
    }

    /// "… and previously untreated", "… not treated before": the mention is one half of what
    /// is excluded.
    pub fn goes_on(&self, mention: &Range<usize>, contrary: bool) -> bool {
        let carried = |at: usize| self.words.text(at) == "and" && GOES_ON.contains(&self.words.text(at + 1));
        let halved =
            || (mention.end..mention.end + HALF).any(|at| matches!(self.words.text(at), "not" | "without"));
        let excluded = self.section == Some(Section::Exclusion);
        excluded && (carried(mention.end) || carried(mention.end + 1) || (!contrary && halved()))
    }

    /// A duty stated in the same sentence before the mention ("must use contraception").
    fn duty_before(&self, mention: &Range<usize>) -> bool {
        has(&self.duty, self.sentence(mention).start..mention.start)
    }

    /// A duty stated behind the mention: "patients with brain metastases must be off steroids" speaks of some patients.
    pub fn duty_behind(&self, mention: &Range<usize>) -> bool {
        has(&self.duty, mention.end..self.sentence(mention).end)
    }

    /// The item speaks of one cohort, or of patients in a case: what it says does not hold for all.
    fn conditional(&self, mention: &Range<usize>) -> bool {
        let first = self.first_word();
        let label =
            |text: &str| matches!(text, "cohort" | "part" | "arm" | "phase" | "group" | "cohorts" | "arms");
        let labelled = first == "note"
            || label(first)
            || (first == "for" && (1..4).any(|at| label(self.words.text(at))));
        labelled || (self.of_some_patients(mention) && self.duty_behind(mention))
    }

    /// "Patients with …", "for those with …", "if …": the mention says of whom the rest is said.
    fn of_some_patients(&self, mention: &Range<usize>) -> bool {
        let start = self.sentence(mention).start;
        let case = matches!(self.words.text(start), "for" | "if" | "in" | "when" | "where");
        let some = (start..mention.start).any(|at| {
            PATIENTS.contains(&self.words.text(at))
                && matches!(self.words.text(at + 1), "with" | "who" | "known" | "having")
        });
        (case || some) && !self.duty_before(mention)
    }

    /// The first word that is no number of the item.
    fn first_word(&self) -> &str {
        (0..self.words.len().min(3))
            .filter_map(|at| self.words.get(at))
            .find(|word| !word.number && word.text.len() > 1)
            .map_or("", |word| word.text)
    }
}

/// Whether one of the matches stands within a range.
pub(super) fn has(matches: &[Match], range: Range<usize>) -> bool {
    matches.iter().any(|hit| hit.start >= range.start && hit.end <= range.end)
}
