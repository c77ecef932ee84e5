//! A second reader's verdicts on the rows that were read: which rows can be judged, which verdict is whose, and the
//! readings as they are with the verdicts.
//!
//! A verdict holds for one row of one text. When the text, or what is read of it, is another, the row is asked anew.

mod correct;
mod rows;
#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

use super::vocabularies::Vocabularies;
use crate::protocol::{Readings, Review, RowKind, Span, Trial, Verdict};

pub use correct::check;
pub use rows::Row;

/// A row that can be judged, as it was read, with what was said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What was read.
    pub row: Row,
    /// The words it was read from.
    pub span: Span,
    /// The verdict that holds.
    pub review: Option<Review>,
    /// A verdict on the same words of an earlier text, or on what was read of them then.
    pub earlier: Option<Review>,
}

impl Judged {
    /// A verdict on this row, not signed yet. None when the record has no such text.
    pub fn review(&self, trial: &Trial, verdict: Verdict) -> Option<Review> {
        Some(Review {
            trial: trial.id.clone(),
            row: self.row.kind(),
            span: self.span.clone(),
            text: text_hash(trial.text(&self.span.field)?),
            read: self.row.value(),
            verdict,
            by: String::new(),
            at: String::new(),
        })
    }
}

/// SHA-256 of a text in hexadecimal.
pub fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every row of the readings that can be judged, with the verdicts on it.
pub fn judged(trial: &Trial, readings: &Readings, reviews: &[Review]) -> Vec<Judged> {
    let mut all: Vec<Judged> = Vec::new();
    for (row, span) in rows::of(trial, readings) {
        // A treatment that several arms share is one row.
        if all.iter().any(|known| known.span == span && known.row == row) {
            continue;
        }
        let mut judged = Judged { row, span, review: None, earlier: None };
        if !reviews.is_empty() {
            judged.find(trial, reviews);
        }
        all.push(judged);
    }
    all
}

impl Judged {
    fn find(&mut self, trial: &Trial, reviews: &[Review]) {
        let Some(own) = self.review(trial, Verdict::Accepted) else { return };
        self.review = newest(reviews.iter().filter(|review| review.is_of_same_row(&own)));
        if self.review.is_some() {
            return;
        }
        let (kind, field) = (own.row, &self.span.field);
        // The same reading of a text that has changed since, or another reading of the same words.
        let alike = |review: &&Review| {
            review.row == kind
                && review.span.field == *field
                && (review.text != own.text && review.read == own.read
                    || review.text == own.text && review.span == own.span)
        };
        self.earlier = newest(reviews.iter().filter(alike));
    }
}

fn newest<'r>(reviews: impl Iterator<Item = &'r Review>) -> Option<Review> {
    reviews.max_by(|one, other| one.at.cmp(&other.at)).cloned()
}

/// Changes the readings as the verdicts say: what was rejected goes, what was corrected is read from the correction.
/// Gives every row as it was read, with its verdict.
pub fn apply(
    words: &Vocabularies,
    trial: &Trial,
    readings: &mut Readings,
    reviews: &[Review],
) -> Vec<Judged> {
    let all = judged(trial, readings, reviews);
    for judged in &all {
        match judged.review.as_ref().map(|review| &review.verdict) {
            Some(Verdict::Rejected) => correct::take_away(readings, judged),
            Some(Verdict::Corrected(said)) => correct::put_right(words, readings, judged, said),
            Some(Verdict::Accepted) | None => {}
        }
    }
    all
}

/// The kind of row that a field's words can be judged as on their own: an outcome's measure, its time frame.
pub fn kind_of_field(field: &str) -> Option<RowKind> {
    if !field.starts_with("endpoints[") {
        None
    } else if field.ends_with("].measure") {
        Some(RowKind::Kind)
    } else if field.ends_with("].time_frame.text") {
        Some(RowKind::TimeFrame)
    } else {
        None
    }
}
