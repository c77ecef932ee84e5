//! "then", "followed by": what was said before it is over, and which part of the treatment goes on.

use super::Reader;
use crate::reading::dosing::part::What;

impl Reader<'_> {
    pub(super) fn then(&mut self, at: usize) {
        // "X for 30 days, then Y": what was said first was said of something else.
        if self.out.entries.is_empty() && !(self.lead.is_empty() && self.whole.is_empty()) {
            self.lead.clear();
            self.whole.clear();
            self.out.unread = true;
        }
        // "A as induction, followed by B": a phase told behind its treatment is over.
        if !self.out.entries.is_empty() {
            if std::mem::take(&mut self.phase_includes) || self.ends_conditioning(at) {
                self.out.phase_after = None;
            }
            self.out.phase = self.out.phase_after;
        }
        self.between.then = true;
        let word = self.parts.get(at).map_or("", |part| self.tokens.text(part.first));
        if !matches!(word, "before" | "prior") {
            self.between.words = 0;
        }
        self.until = false;
    }

    /// "Conditioning with A and B, followed by cells": the cells are what it was done for. Days that are counted down to
    /// them go on with it: "A on days -6 to -3, followed by B on day -2".
    fn ends_conditioning(&self, at: usize) -> bool {
        let conditioning =
            self.out.phase.is_some_and(|phase| self.source.vocabulary.phase(phase) == "conditioning");
        conditioning && !self.counts_down_behind(at)
    }

    /// The next days behind the part, before the next such word, are all before day 0.
    fn counts_down_behind(&self, at: usize) -> bool {
        let behind = self.parts.iter().skip(at + 1).take_while(|part| part.what != What::Then);
        let days = behind.into_iter().find_map(|part| match &part.what {
            What::Days(days) => Some(days),
            _ => None,
        });
        days.is_some_and(|days| days.iter().all(|day| *day < 0))
    }
}
