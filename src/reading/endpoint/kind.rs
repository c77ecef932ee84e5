//! Which kind of endpoint an outcome is: the words that name one, weighed.
//!
//! Every phrase has a rank. Words of the measure count before words of the description, early words before late
//! ones; two rules look at the measure as a whole (a relation between two things, a share of patients that reach a mark).

use crate::protocol::Span;
use crate::reading::phrases::{Match, Phrases};

use super::Text;
use super::vocabulary::EndpointVocabulary;

/// What a step of rank weighs.
const RANK: i32 = 10;
/// What a word's distance from the beginning costs, up to [`FAR`] words.
const DISTANCE: i32 = 4;
/// Words further on cost no more.
const FAR: usize = 25;
/// What standing in the description costs: 25 ranks.
const DESCRIPTION: i32 = 250;
/// From this rank on a phrase names a kind by itself.
const CLEAR: i32 = 60;
/// A measure that speaks of a relation says so within its first words.
const OPENING: usize = 6;
/// In a relation the first of the clear kinds counts.
const RELATION: i32 = 2000;

/// A kind and the words it was read from.
pub(super) struct Read<'v> {
    pub kind: &'v str,
    pub span: Span,
}

/// A phrase that was found, with its weight.
struct Candidate<'v> {
    kind: &'v str,
    weight: i32,
    text: usize,
    hit: Match,
}

/// The kind of an outcome; nothing when no word names one.
pub(super) fn read<'v>(vocabulary: &'v EndpointVocabulary, texts: &[Text<'_>; 2]) -> Option<Read<'v>> {
    let relation = opens_with(&vocabulary.relation, &texts[0]);
    let mut best: Option<Candidate<'v>> = None;
    for (index, text) in texts.iter().enumerate() {
        for hit in vocabulary.kinds.find(&text.words) {
            let Some(ranked) = vocabulary.ranked.get(hit.payload) else { continue };
            if ranked.kind.is_empty() {
                continue;
            }
            let distance = DISTANCE * hit.start.min(FAR) as i32;
            let weight = if index == 0 && relation && ranked.rank >= CLEAR {
                RELATION - distance
            } else {
                ranked.rank * RANK - distance - if index == 0 { 0 } else { DESCRIPTION }
            };
            if best.as_ref().is_none_or(|best| weight > best.weight) {
                best = Some(Candidate { kind: &ranked.kind, weight, text: index, hit });
            }
        }
    }
    let best = best?;
    let kind = if best.kind == "FUNCTION" && share_that_reaches_a_mark(vocabulary, &texts[0]) {
        "EFFICACY_OTHER"
    } else {
        best.kind
    };
    Some(Read { kind, span: texts.get(best.text)?.span(best.hit.words()) })
}

/// Whether the phrases stand within the first words of the text.
fn opens_with(phrases: &Phrases, text: &Text<'_>) -> bool {
    phrases.find(&text.words).first().is_some_and(|hit| hit.start < OPENING)
}

/// "Proportion of patients achieving a 50% reduction": the share counts, not the scale.
fn share_that_reaches_a_mark(vocabulary: &EndpointVocabulary, measure: &Text<'_>) -> bool {
    let Some(share) = vocabulary.share.find(&measure.words).first().copied() else { return false };
    share.start < OPENING && vocabulary.mark.find(&measure.words).iter().any(|mark| mark.start >= share.start)
}
