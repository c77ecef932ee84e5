//! The parts of a composite: the events after "composite of", or several endpoints under one name.

use crate::protocol::EndpointPart;

use super::Text;
use super::vocabulary::EndpointVocabulary;

/// From this rank on a phrase is an endpoint's own name.
const NAME: i32 = 94;
/// More parts than this are prose, not a list.
const MANY: usize = 12;
/// A part of more words than this is prose.
const LONG: usize = 12;

/// The parts, in the text's order; empty for what is not composite.
pub(super) fn read(vocabulary: &EndpointVocabulary, texts: &[Text<'_>; 2]) -> Vec<EndpointPart> {
    let events = texts.iter().find_map(|text| composite(vocabulary, text));
    events.unwrap_or_else(|| several_names(vocabulary, &texts[0]))
}

/// Several endpoints named in one measure ("PFS, OS and ORR"), when they are of different kinds.
fn several_names(vocabulary: &EndpointVocabulary, measure: &Text<'_>) -> Vec<EndpointPart> {
    let mut parts: Vec<EndpointPart> = Vec::new();
    for hit in &measure.kinds {
        let Some(ranked) = vocabulary.ranked.get(hit.payload).filter(|ranked| ranked.rank >= NAME) else {
            continue;
        };
        if parts.iter().any(|part| part.kind.as_deref() == Some(ranked.kind.as_str())) {
            continue;
        }
        let span = measure.span(hit.words());
        let text = span.of(measure.raw).unwrap_or_default().to_owned();
        parts.push(EndpointPart { text, kind: Some(ranked.kind.clone()), span });
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// The list after "composite of", "composed of", "composite endpoint …:", cut at commas and "and", "or".
fn composite(vocabulary: &EndpointVocabulary, text: &Text<'_>) -> Option<Vec<EndpointPart>> {
    let start = list_start(text)?;
    let sentence = text.words.get(start)?.sentence;
    let mut parts = Vec::new();
    let mut from = start;
    let mut at = start;
    loop {
        let word = text.words.get(at).filter(|word| word.sentence == sentence);
        let joint = word.is_none_or(|word| matches!(word.text, "and" | "or"));
        let comma = at > from && word.is_some() && comma_between(text, at - 1, at);
        if joint || comma {
            push(vocabulary, text, from..at, &mut parts);
            from = if joint { at + 1 } else { at };
        }
        if word.is_none() {
            break;
        }
        at += 1;
    }
    let list = (2..=MANY).contains(&parts.len());
    list.then_some(parts)
}

fn push(
    vocabulary: &EndpointVocabulary,
    text: &Text<'_>,
    words: std::ops::Range<usize>,
    parts: &mut Vec<EndpointPart>,
) {
    if words.is_empty() || words.len() > LONG {
        return;
    }
    let span = text.span(words.clone());
    let part = span.of(text.raw).unwrap_or_default().to_owned();
    let kind = text
        .kinds
        .iter()
        .filter(|hit| words.contains(&hit.start) && hit.end <= words.end)
        .filter_map(|hit| vocabulary.ranked.get(hit.payload))
        .find(|ranked| ranked.rank >= NAME)
        .map(|ranked| ranked.kind.clone());
    parts.push(EndpointPart { text: part, kind, span });
}

/// The first word of the list.
fn list_start(text: &Text<'_>) -> Option<usize> {
    let words = text.words;
    let at = (0..words.len()).find(|at| matches!(words.text(*at), "composite" | "composed"))?;
    let of = (at + 1..at + 6).find(|at| matches!(words.text(*at), "of" | "including" | "comprising"))?;
    Some(of + 1)
}

/// Whether a comma stands between two neighbouring words.
fn comma_between(text: &Text<'_>, left: usize, right: usize) -> bool {
    let (Some(left), Some(right)) = (text.words.get(left), text.words.get(right)) else { return false };
    let folded = text.words.tokens().folded().text();
    folded.get(left.end..right.start).is_some_and(|between| between.contains(','))
}
