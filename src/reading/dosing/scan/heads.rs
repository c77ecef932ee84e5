//! What heads a line or a part of one: groups and their ranks, names in front of a colon, sentences without a stop.

use super::Scanner;
use crate::reading::dosing::part::{Part, Rank, What};
use crate::reading::numbers::Found;

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

    /// `-1` behind "level".
    pub(super) fn numbers_a_level(&self, at: usize) -> bool {
        at > 0
            && self.is_numbered(at - 1)
            && self.tokens.number(at + 1).is_some()
            && self.tokens.get(at + 1).is_some_and(|token| !token.spaced)
    }

    /// `Cohort 2:`, `Arm B:`, `Dose level 3:` inside a line: what follows is said of others.
    pub(super) fn heads_a_group(&self, at: usize) -> bool {
        let word = matches!(self.tokens.text(at), "cohort" | "arm" | "group");
        let short = self.tokens.text(at + 1).len() <= 2;
        word && short && self.tokens.text(at + 2) == ":"
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

    /// `dose level 2`, `DL-1`, `cohort 3`: the rank of a group, which a dose of its own may follow.
    pub(super) fn rank(&self, at: usize) -> Option<Found<What>> {
        let text = self.tokens.text(at);
        let rank = match text {
            "level" | "levels" | "dl" => Rank::Level,
            "dose" if matches!(self.tokens.text(at + 2), ":" | "is" | "=" | "was") => Rank::Level,
            "cohort" => Rank::Cohort,
            // "Low-dose group: 5 mg; high-dose group: 10 mg"
            _ if text.ends_with("-dose")
                && matches!(self.tokens.text(at + 1), "group" | "cohort" | "arm") =>
            {
                return (self.tokens.text(at + 2) == ":")
                    .then(|| Found::new(What::Rank(Rank::Level), at + 2));
            }
            // "Dose1:", "DL2:"
            _ => {
                let rest = text.strip_prefix("dose").or_else(|| text.strip_prefix("dl"))?;
                let number = !rest.is_empty() && rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit());
                return (number && self.tokens.text(at + 1) == ":")
                    .then(|| Found::new(What::Rank(Rank::Level), at + 1));
            }
        };
        let sign = at + 1 + usize::from(matches!(self.tokens.text(at + 1), "-" | "+"));
        let number = self.tokens.number(sign)?;
        // "at level 5 mg": a dose.
        let amount = self.vocabulary.units().quantity(self.tokens, sign).is_some();
        let small = number.fract() == 0.0 && number <= 30.0;
        (small && !amount).then(|| Found::new(What::Rank(rank), sign + 1))
    }
}
