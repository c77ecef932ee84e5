//! What second readers have said, by record: in memory, and in the form that a team shares. Where it is kept on disk is
//! the desk's business.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::protocol::{Review, display};

/// The form that verdicts are shared in.
const VERSION: u32 = 1;
/// Letters of a second reader's initials at most.
pub const MOST_INITIALS: usize = 12;
/// Letters of a correction at most.
pub const MOST_WORDS: usize = 2_000;

/// All verdicts, by the record's id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviews {
    by_trial: BTreeMap<String, Arc<Vec<Review>>>,
}

/// The verdicts of a team, as a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    trialdeck_readings: u32,
    reviews: Vec<Review>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Verdicts on rows that had none.
    pub added: usize,
    /// Verdicts that took an older one's place.
    pub newer: usize,
    /// Verdicts that are here already, or have a newer one here.
    pub known: usize,
}

impl Reviews {
    /// The verdicts on a record's rows, if there are any.
    pub fn of(&self, trial: &str) -> Option<Arc<Vec<Review>>> {
        self.by_trial.get(trial).cloned()
    }

    /// The records that have verdicts, by id.
    pub fn trials(&self) -> impl Iterator<Item = &str> {
        self.by_trial.keys().map(String::as_str)
    }

    /// How many verdicts there are.
    pub fn count(&self) -> usize {
        self.by_trial.values().map(|reviews| reviews.len()).sum()
    }

    /// The verdicts on one record's rows alone.
    #[must_use]
    pub fn only(&self, trial: &str) -> Option<Self> {
        let own = self.of(trial)?;
        Some(Self { by_trial: BTreeMap::from([(trial.to_owned(), own)]) })
    }

    /// Puts a verdict in the place of the one on the same row.
    pub fn put(&mut self, review: Review) {
        let reviews = Arc::make_mut(self.by_trial.entry(review.trial.clone()).or_default());
        reviews.retain(|known| !known.is_of_same_row(&review));
        reviews.push(review);
    }

    /// Takes the verdict on a row back; says whether there was one.
    pub fn take_back(&mut self, review: &Review) -> bool {
        let Some(reviews) = self.by_trial.get_mut(&review.trial) else { return false };
        let reviews = Arc::make_mut(reviews);
        let before = reviews.len();
        reviews.retain(|known| !known.is_of_same_row(review));
        let taken = reviews.len() < before;
        if reviews.is_empty() {
            self.by_trial.remove(&review.trial);
        }
        taken
    }

    /// All of them as JSON, for a team.
    ///
    /// # Errors
    /// Only when memory cannot be written.
    pub fn shared(&self) -> io::Result<String> {
        let reviews = self.by_trial.values().flat_map(|reviews| reviews.iter().cloned()).collect();
        Ok(serde_json::to_string_pretty(&Shared { trialdeck_readings: VERSION, reviews })?)
    }

    /// Takes a team's verdicts in: of two on one row the later holds. Gives the ids of the records that changed too.
    ///
    /// # Errors
    /// What is wrong with the text, with its line; nothing is taken in then.
    pub fn take_in(&mut self, text: &str) -> Result<(Imported, Vec<String>), String> {
        let shared: Shared =
            serde_json::from_str(text).map_err(|error| format!("no readings of a team: {error}"))?;
        if shared.trialdeck_readings != VERSION {
            let version = shared.trialdeck_readings;
            return Err(format!("readings of version {version}: this program knows version {VERSION}"));
        }
        if let Some(reason) = shared.reviews.iter().find_map(fault) {
            return Err(reason);
        }
        let (mut imported, mut changed) = (Imported::default(), Vec::new());
        for review in shared.reviews {
            let known = self.of(&review.trial).unwrap_or_default();
            match known.iter().find(|known| known.is_of_same_row(&review)) {
                Some(known) if known.at >= review.at => {
                    imported.known += 1;
                    continue;
                }
                Some(_) => imported.newer += 1,
                None => imported.added += 1,
            }
            changed.push(review.trial.clone());
            self.put(review);
        }
        changed.sort();
        changed.dedup();
        Ok((imported, changed))
    }
}

/// Why a verdict of somebody else's cannot be taken.
fn fault(review: &Review) -> Option<String> {
    let of = format!("the verdict on {} of {}", review.row.words(), display::line(&review.trial).text());
    let said = match &review.verdict {
        crate::protocol::Verdict::Corrected(said) => said.chars().count(),
        _ => 0,
    };
    if review.trial.trim().is_empty() {
        return Some(format!("{of}: a record's id is missing"));
    }
    if !is_initials(&review.by) {
        return Some(format!("{of}: `by` holds initials, 1 to {MOST_INITIALS} letters"));
    }
    if review.at.parse::<jiff::Timestamp>().is_err() {
        return Some(format!("{of}: `at` is a time as 2026-11-21T14:05:00Z"));
    }
    (said > MOST_WORDS).then(|| format!("{of}: a correction of more than {MOST_WORDS} letters"))
}

/// Whether a text can be initials.
pub fn is_initials(text: &str) -> bool {
    let letters = text.chars().count();
    (1..=MOST_INITIALS).contains(&letters)
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{RowKind, Span, Verdict};
    use crate::reading::second::text_hash;

    fn review(trial: &str, start: usize, at: &str) -> Review {
        Review {
            trial: trial.to_owned(),
            row: RowKind::Limit,
            span: Span::new("eligibility.text", start..start + 4),
            text: text_hash("a text"),
            read: serde_json::json!({ "variable": "anc" }),
            verdict: Verdict::Corrected("ANC ≥ 1 x 10^9/L".to_owned()),
            by: "AB".to_owned(),
            at: at.to_owned(),
        }
    }

    const EARLY: &str = "2026-01-01T00:00:00Z";
    const LATE: &str = "2026-02-01T00:00:00Z";

    #[test]
    fn of_two_verdicts_on_a_row_the_later_holds() {
        let mut here = Reviews::default();
        here.put(review("X1", 0, LATE));
        let mut there = Reviews::default();
        there.put(review("X1", 0, EARLY));
        there.put(review("X1", 9, EARLY));
        let (imported, changed) = here.take_in(&there.shared().expect("JSON")).expect("taken in");
        assert_eq!(imported, Imported { added: 1, newer: 0, known: 1 });
        assert_eq!(changed, ["X1"]);
        let (imported, _) = there.take_in(&here.shared().expect("JSON")).expect("taken in");
        assert_eq!(imported, Imported { added: 0, newer: 1, known: 1 });
        assert_eq!(here.count(), 2);
    }

    #[test]
    fn what_is_no_verdict_is_refused_whole() {
        let mut reviews = Reviews::default();
        let text = |change: fn(&mut Review)| {
            let mut wrong = review("X1", 0, EARLY);
            change(&mut wrong);
            serde_json::to_string(&Shared {
                trialdeck_readings: 1,
                reviews: vec![review("X0", 0, EARLY), wrong],
            })
            .expect("JSON")
        };
        for (wrong, told) in [
            ("{}".to_owned(), "no readings"),
            ("{\"trialdeck_readings\": 9, \"reviews\": []}".to_owned(), "version 9"),
            (text(|review| review.by = "\u{1b}[31m".to_owned()), "initials"),
            (text(|review| review.at = "yesterday".to_owned()), "`at`"),
            (text(|review| review.trial = " ".to_owned()), "id is missing"),
        ] {
            let reason = reviews.take_in(&wrong).expect_err("refused");
            assert!(reason.contains(told), "{reason}");
        }
        assert_eq!(reviews.count(), 0);
    }
}
