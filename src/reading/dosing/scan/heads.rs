//! What heads a line or a part of one: groups and their ranks, names in front of a colon, sentences without a stop.

use super::Scanner;
use crate::reading::dosing::part::{Part, Rank, What};
use crate::reading::dosing::word_classes::WordClass;
use crate::reading::numbers::Found;
use crate::reading::quantities::Values;

impl Scanner<'_> {
    /// A word that a number behind it only names one of.
    pub(super) fn is_numbered(&self, at: usize) -> bool {
        matches!(
            self.tokens.text(at),
            "level" | "levels" | "arm" | "group" | "cohort" | "part" | "phase" | "stage" | "step"
        )
    }

    /// `cohort1`, `group2`: the number is written together with the word.
    pub(super) fn names_a_group(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        let word = text.trim_end_matches(|c: char| c.is_ascii_digit());
        word.len() < text.len()
            && matches!(word, "cohort" | "group" | "arm" | "level" | "part" | "phase" | "stage" | "step")
    }

    /// `(placebo group)`: the name from `at` to `end` only tells which group was spoken of.
    pub(super) fn names_whose(&self, at: usize, end: usize) -> bool {
        // "Group A (X group): 5 mg": there the treatment is named.
        let mut sentence = self.parts.iter().rev().take_while(|part| !matches!(part.what, What::Bound(_)));
        at > 0
            && sentence.any(|part| {
                let beside = part.end + 1 == at && part.end > 0 && self.tokens.text(part.end - 1).len() > 1;
                matches!(part.what, What::Name(..)) || part.what == What::Unknown && beside
            })
            && self.tokens.is(at - 1, "(")
            && matches!(self.tokens.text(end), "group" | "arm" | "cohort" | "groups" | "arms" | "cohorts")
            && self.tokens.is(end + 1, ")")
    }

    /// `-1` behind "level".
    pub(super) fn numbers_a_level(&self, at: usize) -> bool {
        at > 0
            && self.is_numbered(at - 1)
            && self.tokens.number(at + 1).is_some()
            && self.tokens.get(at + 1).is_some_and(|token| !token.spaced)
    }

    /// `Cohort 2:`, `Arm B:`, `Dose level 3:` inside a line: what follows is said of others.
    pub(super) fn heads_a_group(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "cohort" | "arm" | "group")
            && self.tokens.text(at + 1).len() <= 2
            && self.tokens.is(at + 2, ":")
    }

    /// "Cohort 1: 5 mg, cohort 2: 10 mg and cohort 3: …": what stands behind the head before is a dose alone.
    pub(super) fn lists_cohorts(&self) -> bool {
        let joint = |part: &&Part| matches!(part.what, What::Comma | What::Semicolon | What::And | What::Or);
        let before = self.parts.iter().rev();
        let joined = before.clone().take_while(joint).count();
        let mut before = before.skip(joined).map(|part| &part.what);
        joined > 0
            && matches!(before.next(), Some(What::Amount(_)))
            && before.next() == Some(&What::Colon)
            && matches!(before.next(), Some(What::Rank(_)))
    }

    /// "… for 6 months Valtumab is given …": the stop is missing.
    pub(super) fn starts_unmarked(&self, at: usize, mut end: usize) -> bool {
        // "… (5 mg q3w) Valtumab/Zorafenib will be given …".
        while matches!(self.tokens.text(end), "/" | "and")
            && let Some(next) = self.names.at(end + 1)
            && end < at + 8
        {
            end = next.end;
        }
        let verb = matches!(self.tokens.text(end), "is" | "are" | "was" | "were" | "will");
        let capital = self.raw_char(at).is_some_and(char::is_uppercase);
        let after = self.parts.last().is_some_and(|part| {
            part.end == at
                && matches!(
                    part.what,
                    What::Lasting(_)
                        | What::Frequency(_)
                        | What::Days(_)
                        | What::Cycles(_)
                        | What::Cycle(..)
                        | What::Stop(_)
                        | What::Close
                )
        });
        verb && capital && after
    }

    /// "Lactobacillus rhamnosus HN001": the words before a code, where they are no words of this language.
    pub(super) fn take_species(&mut self) {
        if let Some(Part { what: What::Unknown, first, end }) = self.parts.last().cloned()
            && end == self.at
            && self.raw_char(first).is_some_and(char::is_uppercase)
        {
            self.parts.pop();
            self.at = first;
        }
    }

    /// "Milk powder immunotherapy:" at the head of a line: its words are one name with the class behind them.
    pub(super) fn take_heading(&mut self) {
        const LONGEST: usize = 5;
        let plain = |part: &&Part| matches!(part.what, What::Other | What::Unknown);
        let words = self.parts.iter().rev().take_while(plain).count();
        let start = self.parts.len() - words;
        let headed =
            start == 0 || matches!(self.parts.get(start - 1), Some(Part { what: What::Bound(_), .. }));
        let first = self.parts.get(start).map_or(self.at, |part| part.first);
        if headed && words > 0 && self.at - first <= LONGEST {
            self.parts.truncate(start);
            self.at = first;
        }
    }

    /// The end of `Low-dose group:`, `high dose cohort:`: a group beside others, whose dose follows.
    pub(super) fn heads_dose_group(&self, at: usize) -> Option<usize> {
        let text = self.tokens.text(at);
        let rank = |word: &str| matches!(word, "low" | "medium" | "middle" | "mid" | "intermediate" | "high");
        let group = match text.strip_suffix("-dose") {
            Some(glued) if rank(glued) => at + 1,
            None if rank(text) && self.tokens.is(at + 1, "dose") => at + 2,
            _ => return None,
        };
        let named = matches!(self.tokens.text(group), "group" | "cohort" | "arm");
        (named && self.tokens.is(group + 1, ":")).then_some(group + 2)
    }

    /// `Drug:`, as registries head an intervention: what follows is said of another than what stood before.
    pub(super) fn heads_kind(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "drug" | "drugs" | "biological" | "intervention")
            && self.tokens.is(at + 1, ":")
            && self.raw_char(at).is_some_and(char::is_uppercase)
    }

    /// `escalating doses (10, 20, 40 mg)`, `escalating doses of X (10, 20, 40 mg)`: the doses of a planned rise are all told.
    ///
    /// The sign before the doses.
    pub(super) fn heads_levels(&self, at: usize, end: usize) -> Option<usize> {
        const RISING: &[&str] = &["escalating", "ascending", "increasing"];
        let doses = matches!(self.tokens.text(end), "doses" | "dosages" | "dose");
        if !RISING.contains(&self.tokens.text(at)) || !doses {
            return None;
        }
        let group = matches!(self.tokens.text(end + 1), "level" | "levels" | "cohorts" | "groups");
        let mut sign = end + 1 + usize::from(group);
        if self.tokens.is(sign, "of")
            && let Some(name) = self.names.at(sign + 1)
        {
            sign = name.end;
        }
        let signed = matches!(self.tokens.text(sign), "(" | "of" | ":" | "[" | "at" | ",");
        (signed && self.several_doses(sign + 1)).then_some(if group { sign } else { end + 1 })
    }

    /// Three doses or more at `at`.
    fn several_doses(&self, at: usize) -> bool {
        self.vocabulary
            .units()
            .quantity(self.tokens, at)
            .is_some_and(|found| matches!(&found.value.values, Values::Several(list, _) if list.len() > 2))
    }

    /// `dose escalation will follow to 50, 100 and 200 mg`, `escalated to the maximum dose: 50, 100, 200 mg`: three doses or
    /// more behind a word for a rise are its levels. The end of the words between.
    pub(super) fn leads_to_levels(&self, at: usize, end: usize) -> Option<usize> {
        const FAR: usize = 9;
        const LINKS: &[&str] = &[
            "dose",
            "doses",
            "dosage",
            "will",
            "follow",
            "be",
            "is",
            "are",
            "was",
            "were",
            "proceed",
            "the",
            "a",
            "up",
            "in",
            "with",
            "as",
            "follows",
            "following",
            "sequentially",
            "sequential",
            "stepwise",
            "subsequent",
            "levels",
            "level",
            "cohorts",
            "cohort",
            "of",
            "from",
            "scheme",
            "schedule",
            "steps",
            "maximum",
            "tolerated",
            "mtd",
            "then",
            "at",
            "occur",
            "performed",
            "done",
            "continue",
            "continued",
            "planned",
        ];
        if !self.is(at, WordClass::Rises) {
            return None;
        }
        let mut word = end - usize::from(self.tokens.text(end.saturating_sub(1)) == "to");
        while word < end + FAR {
            let text = self.tokens.text(word);
            if matches!(text, "to" | ":" | "(" | "of" | "through" | "via") && self.several_doses(word + 1) {
                return Some(word);
            }
            if text != "to" && text != ":" && !LINKS.contains(&text) {
                return None;
            }
            word += 1;
        }
        None
    }

    /// People are counted at `at`: `of 30 patients`, `total of up to 12 subjects`.
    pub(super) fn counts_people(&self, at: usize) -> bool {
        const FAR: usize = 6;
        let number = (at..at + 4).find(|word| self.tokens.number(*word).is_some());
        // "of 300 mg for patients" is a dose.
        number.filter(|number| self.vocabulary.units().quantity(self.tokens, *number).is_none()).is_some_and(
            |number| {
                (number + 1..number + FAR)
                    .take_while(|word| !matches!(self.tokens.text(*word), "," | "." | ";" | "\n"))
                    .any(|word| self.is(word, WordClass::People))
            },
        )
    }

    /// `1 - 10 mg` behind "level": the number is the level's, the dash stands for a colon.
    fn dashed(&self, at: usize) -> bool {
        let apart = |at: usize| self.tokens.get(at).is_some_and(|token| token.spaced);
        self.tokens.is(at + 1, "-")
            && apart(at + 1)
            && apart(at + 2)
            && self.vocabulary.units().quantity(self.tokens, at + 2).is_some()
    }

    /// `A:` behind "dose": a letter for a number.
    fn is_lettered(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        text.len() == 1
            && text.bytes().all(|b| b.is_ascii_lowercase())
            && self.tokens.is(at + 1, ":")
            && self.vocabulary.units().quantity(self.tokens, at + 2).is_some()
    }

    /// `dose level 2`, `DL-1`, `cohort 3`: the rank of a group, which a dose of its own may follow.
    pub(super) fn rank(&self, at: usize) -> Option<Found<What>> {
        let text = self.tokens.text(at);
        // "in two doses. Dose 1 will be 20 mg …": one after the other, no levels.
        if text == "dose" && self.tokens.is(at + 2, "will") && self.tokens.number(at + 1).is_some() {
            return Some(Found::new(What::Then, at + 2));
        }
        let rank = match text {
            "level" | "levels" | "dl" => Rank::Level,
            // "Dose A: 10 mg, dose B: 20 mg".
            "dose" if self.is_lettered(at + 1) => return Some(Found::new(What::Rank(Rank::Level), at + 2)),
            "dose" if matches!(self.tokens.text(at + 2), ":" | "is" | "=" | "was") => Rank::Level,
            "cohort" => Rank::Cohort,
            // "Dose1:", "DL2:"
            _ => {
                let rest = text.strip_prefix("dose").or_else(|| text.strip_prefix("dl"))?;
                let rest = rest.trim_start_matches('-');
                let number = !rest.is_empty() && rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit());
                let sign = matches!(self.tokens.text(at + 1), ":" | "=" | "-" | "(" | "is")
                    || text.starts_with("dl")
                        && self.vocabulary.units().quantity(self.tokens, at + 1).is_some();
                return (number && sign).then(|| Found::new(What::Rank(Rank::Level), at + 1));
            }
        };
        let sign = at + 1 + usize::from(matches!(self.tokens.text(at + 1), "-" | "+"));
        let number = self.tokens.number(sign)?;
        // "20 mg in cohort 1, 40 mg in cohort 2": the number is the cohort's, what follows the comma another dose.
        let listed = text != "levels" && matches!(self.tokens.text(sign + 1), "," | "and");
        // "at level 5 mg": a dose.
        let amount =
            self.vocabulary.units().quantity(self.tokens, sign).is_some() && !self.dashed(sign) && !listed;
        let small = number.fract() == 0.0 && number <= 30.0;
        (small && !amount).then(|| Found::new(What::Rank(rank), sign + 1))
    }
}
