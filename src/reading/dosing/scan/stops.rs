//! Which stops end a sentence, and which are an abbreviation's, a unit's or a code's own.

use super::Scanner;
use crate::reading::abbreviations::is_abbreviation;
use crate::reading::dosing::vocabulary::Sense;
use crate::reading::lexer::Kind;

impl Scanner<'_> {
    /// Whether the stop at `at` ends a sentence.
    pub(super) fn full_stop(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        // An ideographic stop stands nowhere else.
        if self.raw_char(at) == Some('。') {
            return true;
        }
        // "21 days as a cycle. (2.5 mg/kg, 5 mg/kg)": the doses of what was said before.
        if self.tokens.is(at + 1, "(") && self.vocabulary.units().quantity(self.tokens, at + 2).is_some() {
            return false;
        }
        let upper = self.raw_char(at + 1).is_some_and(char::is_uppercase);
        let before = self.tokens.text(at.saturating_sub(1));
        // "D. farinae": a genus, shortened.
        let genus = before.len() == 1
            && self.raw_char(at.saturating_sub(1)).is_some_and(char::is_uppercase)
            && self.raw_char(at + 1).is_some_and(char::is_lowercase);
        if genus && next.kind == Kind::Word {
            return false;
        }
        if !next.spaced && next.kind != Kind::Line {
            let word = next.kind == Kind::Word && before.len() > 2;
            return upper && word && !self.joins_code(at) || matches!(before, ")" | "]");
        }
        if next.kind == Kind::Line {
            return true;
        }
        // "Brand tab. (…)".
        let form = matches!(before, "tab" | "tabs" | "cap" | "caps" | "inj" | "amp" | "susp" | "tbl");
        if form && self.tokens.is(at + 1, "(") {
            return false;
        }
        if is_abbreviation(before) {
            return false;
        }
        // "80 mg po. D1-21", "500 mg b.i.d. for": a shorthand's own stop.
        let shorthand = before.len() <= 4
            && matches!(
                self.vocabulary.sense(self.tokens, at.saturating_sub(1)).map(|f| f.value),
                Some(Sense::Route(_) | Sense::Frequency(_))
            );
        // "75 mg. for three doses": a unit's own stop.
        let small = self.raw_char(at + 1).is_some_and(char::is_lowercase);
        let shorthand = shorthand || small && before.len() <= 3 && self.follows_amount(at);
        !shorthand || self.begins_sentence(at + 1)
    }

    /// A capital letter begins the word at `at`, and it is no shorthand.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        const SHORT: &[&str] = &["A", "An", "In", "On", "At", "If", "It", "No", "As", "By", "To", "We"];
        let word = self.raw.get(self.tokens.raw(at..at + 1)).unwrap_or_default();
        const LONGEST_SHORTHAND: usize = 4;
        // "2 g i.v. BID": another shorthand.
        let shorthand = word.len() <= LONGEST_SHORTHAND && !word.chars().any(char::is_lowercase);
        let long = word.len() > 2 && !shorthand && !word.bytes().any(|b| b.is_ascii_digit());
        word.starts_with(char::is_uppercase) && (long || SHORT.contains(&word))
    }

    /// `CAR.B7`: capitals before the stop at `at`, and behind it capitals with a number.
    fn joins_code(&self, at: usize) -> bool {
        let raw = |token: usize| self.raw.get(self.tokens.raw(token..token + 1)).unwrap_or_default();
        let capitals = |word: &str| !word.chars().any(char::is_lowercase);
        let behind = raw(at + 1);
        at > 0
            && capitals(raw(at - 1))
            && capitals(behind)
            && behind.bytes().any(|byte| byte.is_ascii_digit())
            && !behind.starts_with('D')
    }
}
