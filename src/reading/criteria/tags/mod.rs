//! What criteria speak of apart from limits: genes, prior therapy, performance status, measurable disease,
//! contraception, CNS metastases, organ function, pregnancy, HIV, HBV, HCV; each required or forbidden.
//!
//! The words are `assets/vocabulary/tags.toml`; [`stance`] says what follows for a patient, [`gene`] reads alterations.
//! Headings say nothing of a patient and are left out. Limits on the same variables are the limit reader's.

mod gene;
mod stance;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::LazyLock;

use crate::protocol::{Criterion, CriterionRole, Span, Stance, Tag};
use crate::reading::lexer::lex;
use crate::reading::phrases::Words;

use stance::Clues;
pub use vocabulary::TagVocabulary;

/// The embedded vocabulary, compiled once. Should it not compile (a test sees to it that it does), nothing is read.
static EMBEDDED: LazyLock<TagVocabulary> = LazyLock::new(|| TagVocabulary::embedded().unwrap_or_default());

/// Reads the tags of all items of an eligibility text, in the text's order.
pub fn read(text: &str, criteria: &[Criterion]) -> Vec<Tag> {
    read_with(&EMBEDDED, text, criteria)
}

/// Reads the tags with a vocabulary of the caller's.
pub fn read_with(vocabulary: &TagVocabulary, text: &str, criteria: &[Criterion]) -> Vec<Tag> {
    let mut tags = Vec::new();
    for (index, item) in criteria.iter().enumerate().filter(|(_, c)| c.role == CriterionRole::Item) {
        let Some(raw) = item.span.of(text) else { continue };
        let tokens = lex(raw);
        let words = Words::of(&tokens, raw);
        let clues = Clues::of(vocabulary, &words, item.section);
        let mut found = topics(vocabulary, &clues);
        found.extend(gene::read(vocabulary, &clues));
        found.sort_by_key(|found| found.words.start);
        let rows = found.into_iter().map(|found| {
            let raw = words.raw(found.words);
            let range = item.span.start + raw.start..item.span.start + raw.end;
            Tag {
                topic: found.topic,
                of: found.of,
                stance: found.stance,
                item: index,
                span: Span::new(item.span.field.clone(), range),
            }
        });
        push_once(&mut tags, rows);
    }
    tags
}

/// A tag before it has its place in the text.
struct Found {
    topic: String,
    of: Vec<String>,
    stance: Stance,
    words: std::ops::Range<usize>,
}

/// The topics of an item's words, genes apart.
fn topics(vocabulary: &TagVocabulary, clues: &Clues<'_, '_>) -> Vec<Found> {
    let mut found = Vec::new();
    for hit in vocabulary.topics.find(clues.words) {
        let Some(mention) = vocabulary.mentions.get(hit.payload) else { continue };
        let Some(topic) = vocabulary.topic(mention) else { continue };
        let stance = match clues.stance(hit.words(), mention.opposite, topic.turned_requires) {
            Stance::Forbidden if topic.never_forbidden => Stance::Mentioned,
            stance => stance,
        };
        found.push(Found {
            topic: topic.name.clone(),
            of: clues.qualifiers(vocabulary, hit.start),
            stance,
            words: hit.words(),
        });
    }
    found
}

/// Adds an item's tags, each topic with the same words and stance once.
fn push_once(tags: &mut Vec<Tag>, rows: impl Iterator<Item = Tag>) {
    for row in rows {
        let same = |tag: &Tag| {
            (tag.item, &tag.topic, &tag.of, tag.stance) == (row.item, &row.topic, &row.of, row.stance)
        };
        if !tags.iter().rev().take_while(|tag| tag.item == row.item).any(same) {
            tags.push(row);
        }
    }
}
