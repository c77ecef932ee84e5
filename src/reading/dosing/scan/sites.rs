//! Where something is injected, where no word for a way of giving says it: "injected around the sciatic nerve".

use super::Scanner;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::WordClass;
use crate::reading::lexer::Kind;
use crate::reading::numbers::Found;

impl Scanner<'_> {
    /// `into an inguinal lymph node`, `towards the otic ganglion`, `in the knee joint` behind a word for injecting.
    pub(super) fn injected_at(&self, at: usize, text: &str) -> Option<Found<What>> {
        if !matches!(
            text,
            "into" | "around" | "towards" | "toward" | "near" | "at" | "in" | "to" | "about" | "beside"
        ) {
            return None;
        }
        let end = self.site(at + 1)?;
        let route = self.vocabulary.route_id("other")?;
        (self.injected_before(at) && !self.routed_before()).then(|| Found::new(What::Route(route), end))
    }

    /// Past a part of the body that things are injected into, and the words that say which one.
    fn site(&self, at: usize) -> Option<usize> {
        const FAR: usize = 6;
        let mut site = None;
        for word in at..at + FAR {
            if self.tokens.get(word).is_none_or(|token| token.kind != Kind::Word) {
                break;
            }
            if self.is(word, WordClass::Sites) {
                site = Some(word + 1);
            } else if site.is_some()
                || matches!(self.tokens.text(word), "and" | "or" | "with" | "for" | "by" | "of" | "to")
            {
                break;
            }
        }
        site
    }

    /// A word for injecting stands in the sentence a little before `at`.
    fn injected_before(&self, at: usize) -> bool {
        const FAR: usize = 16;
        const STEMS: &[&str] = &["inject", "infiltrat", "instill", "deposit", "block"];
        (at.saturating_sub(FAR)..at)
            .rev()
            .take_while(|word| !matches!(self.tokens.text(*word), "." | ";" | "\n"))
            .any(|word| STEMS.iter().any(|stem| self.tokens.text(word).starts_with(stem)))
    }

    /// The sentence has told a way of giving already.
    fn routed_before(&self) -> bool {
        const FAR: usize = 16;
        let near = self.parts.iter().rev().take(FAR);
        near.take_while(|part| !matches!(part.what, What::Bound(_)))
            .any(|part| matches!(part, Part { what: What::Route(_), .. }))
    }
}
