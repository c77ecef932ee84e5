//! What stands in brackets behind a part and only says it again, or how much it may be missed by: "orally (PO)",
//! "every 3 weeks (Q3W)", "every 3 weeks (±3 days)". It belongs to the part.

use super::Scanner;
use crate::reading::dosing::part::What;
use crate::reading::dosing::timing;
use crate::reading::dosing::vocabulary::{Frequency, Sense};
use crate::reading::numbers::Found;
use crate::reading::periods;

impl Scanner<'_> {
    /// Past such a bracket at `end`, which is where `what` ends.
    pub(super) fn past_again(&self, what: &What, end: usize) -> usize {
        let told = matches!(what, What::Route(_) | What::Frequency(_));
        if !told || !matches!(self.tokens.text(end), "(" | "[") {
            return end;
        }
        let inner = end + 1;
        let again = match (what, self.vocabulary.sense(self.tokens, inner)) {
            (What::Route(route), Some(Found { value: Sense::Route(other), end })) if *route == other => {
                Some(end)
            }
            (What::Frequency(how), _) => self.same_often(*how, inner).or_else(|| self.tolerance_at(inner)),
            _ => None,
        };
        again.filter(|close| matches!(self.tokens.text(*close), ")" | "]")).map_or(end, |close| close + 1)
    }

    /// The end of the same frequency at `at`.
    fn same_often(&self, how: Frequency, at: usize) -> Option<usize> {
        let found = match self.vocabulary.sense(self.tokens, at) {
            Some(Found { value: Sense::Frequency(id), end }) => {
                Found::new(self.vocabulary.frequency(id), end)
            }
            _ => timing::frequency(self.tokens, at)?,
        };
        alike(&found.value, &how).then_some(found.end)
    }

    /// The end of `±3 days` at `at`.
    fn tolerance_at(&self, at: usize) -> Option<usize> {
        let sign = matches!(self.tokens.text(at), "±" | "+/-");
        periods::period(self.tokens, at + 1).filter(|_| sign).map(|length| length.end)
    }
}

/// As often; three weeks are 21 days.
fn alike(one: &Frequency, other: &Frequency) -> bool {
    let days = |how: &Frequency| how.every.map(|every| every.days());
    let single = |how: &Frequency| how.or_every.is_none() && how.or_per_day.is_none();
    days(one) == days(other)
        && one.per_day == other.per_day
        && one.per_week == other.per_week
        && single(one)
        && single(other)
        && *one != Frequency::default()
}
