//! What stands before the first name of a sentence: said of that name, of the whole sentence, or of something that has no
//! name here.

use super::Reader;
use crate::reading::dosing::entry::Slots;
use crate::reading::dosing::part::What;

impl Reader<'_> {
    /// Gives what stands before the first name to it, or to the whole sentence.
    pub(super) fn take_lead(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        for at in lead {
            let shared = self.lead_is_whole
                || matches!(
                    self.what(at),
                    Some(What::Cycles(_) | What::Cycle(..) | What::CycleMark(..) | What::Days(_))
                );
            if shared {
                self.whole.push(at);
            } else {
                let route = matches!(self.what(at), Some(What::Route(_)));
                self.lead_route |= route;
                // "subcutaneous abdominal injection of A".
                let word = self.what(at + 1).is_some_and(|what| *what == What::Other) && self.short(at + 1);
                self.lead_of |= route && self.what(at + 1 + usize::from(word)) == Some(&What::Of);
                self.put(0, at);
                self.lead_put.push(at);
            }
        }
    }

    /// "Counselling once weekly for 12 weeks plus A 5 mg": what stands before "plus" was said of something that has no
    /// name here.
    pub(super) fn drop_lead(&mut self, at: usize) {
        self.drop_lead_route(at);
        let next = matches!(
            (self.what(at + 1), self.what(at + 2)),
            (Some(What::Name(..)), _)
                | (Some(What::Amount(_)), Some(What::Of | What::Name(..)))
                | (Some(What::Unknown), Some(What::Amount(_)))
        );
        let first = self
            .lead
            .first()
            .or(self.whole.first())
            .and_then(|at| self.parts.get(*at))
            .map(|part| part.first);
        let named = first.is_some_and(|first| {
            self.parts
                .iter()
                .take_while(|part| part.first < first)
                .any(|part| matches!(part.what, What::Unknown))
        });
        let given = self.parts.iter().take(at).any(|part| matches!(part.what, What::Give | What::Colon));
        let slot = self.back(at, 1).is_some_and(|what| Slots::bit(what) != 0)
            && !at.checked_sub(1).is_some_and(|way| self.is_route_of_class(way));
        if self.out.entries.is_empty() && next && named && slot && !given {
            self.lead.clear();
            self.whole.clear();
            self.lead_is_whole = false;
            self.out.unread = true;
        }
    }

    /// "Oral herbal soup + intravenous injection of A": what is swallowed has no name here.
    fn drop_lead_route(&mut self, at: usize) {
        if !self.out.entries.is_empty() || !matches!(self.what(at + 1), Some(What::Route(_))) {
            return;
        }
        let unnamed = |lead: usize| {
            self.parts
                .get(lead + 1..at)
                .unwrap_or_default()
                .iter()
                .any(|part| matches!(part.what, What::Unknown | What::Other))
        };
        let other = |lead: &usize| {
            matches!(self.what(*lead), Some(What::Route(_)))
                && self.what(*lead) != self.what(at + 1)
                && unnamed(*lead)
        };
        if self.lead.iter().chain(&self.whole).any(other) {
            self.lead.clear();
            self.whole.clear();
            self.lead_is_whole = false;
            self.out.unread = true;
        }
    }
}
