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

use crate::protocol::{Criterion, CriterionRole, Section, Span, Stance, Tag};
use crate::reading::lexer::Tokens;
use crate::reading::phrases::{Match, Words};

use stance::Clues;
pub use vocabulary::TagVocabulary;

/// The embedded vocabulary, compiled once. Should it not compile (a test sees to it that it does), nothing is read.
static EMBEDDED: LazyLock<TagVocabulary> = LazyLock::new(|| TagVocabulary::embedded().unwrap_or_default());

/// Reads the tags of all items of an eligibility text, in the text's order. `tokens`: the text's.
pub fn read(text: &str, tokens: &Tokens, criteria: &[Criterion]) -> Vec<Tag> {
    read_with(&EMBEDDED, text, tokens, criteria)
}

/// Reads the tags with a vocabulary of the caller's.
pub fn read_with(
    vocabulary: &TagVocabulary,
    text: &str,
    tokens: &Tokens,
    criteria: &[Criterion],
) -> Vec<Tag> {
    let mut tags = Vec::new();
    for (index, item) in criteria.iter().enumerate().filter(|(_, c)| c.role == CriterionRole::Item) {
        let range = tokens.starting_at(item.span.start)..tokens.starting_at(item.span.end);
        // Most items speak of none.
        if !vocabulary.openers.any(tokens, range.clone()) {
            continue;
        }
        let words = Words::within(tokens, text, range);
        let rows = of_item(vocabulary, &words, item.section).into_iter().map(|found| Tag {
            topic: found.topic,
            of: found.of,
            stance: found.stance,
            item: index,
            span: Span::new(item.span.field.clone(), words.raw(found.words)),
        });
        push_once(&mut tags, rows);
    }
    tags
}

/// The topics and genes of one item.
fn of_item(vocabulary: &TagVocabulary, words: &Words<'_>, section: Option<Section>) -> Vec<Found> {
    let numbered = vocabulary.dictionary.number(words);
    let (hits, genes) = (vocabulary.topics.find(&numbered), vocabulary.genes.find(&numbered));
    if hits.is_empty() && genes.is_empty() {
        return Vec::new();
    }
    let clues = Clues::of(vocabulary, &numbered, section);
    let mut found = topics(vocabulary, &clues, hits);
    if !genes.is_empty() {
        found.extend(gene::read(vocabulary, &numbered, &clues, genes));
    }
    found.sort_by_key(|found| found.words.start);
    found
}

/// A tag before it has its place in the text.
struct Found {
    topic: String,
    of: Vec<String>,
    stance: Stance,
    words: std::ops::Range<usize>,
}

/// The topics of an item's words, genes apart.
fn topics(vocabulary: &TagVocabulary, clues: &Clues<'_, '_>, hits: Vec<Match>) -> Vec<Found> {
    let mut found = Vec::new();
    for hit in hits {
        let Some(mention) = vocabulary.mentions.get(hit.payload) else { continue };
        let Some(topic) = vocabulary.topic(mention) else { continue };
        let stance = match clues.stance(hit.words(), mention.opposite, topic.turned_requires) {
            Stance::Forbidden if topic.never_forbidden => Stance::Mentioned,
            stance => stance,
        };
        found.push(Found {
            topic: topic.name.clone(),
            of: clues.qualifiers(hit.start),
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
