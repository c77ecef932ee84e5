//! An outcome's measure and description → [`EndpointReading`]: kind, standards, assessor, parts of a composite.
//!
//! [`vocabulary`] holds the words (tables in `assets/vocabulary`, which a user's file can extend), [`kind`] weighs
//! them, [`standard`] reads standards with their versions, [`parts`] takes composites apart. When it is measured
//! is the time-frame reader's.

mod kind;
mod parts;
mod standard;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::LazyLock;

use crate::protocol::{EndpointReading, Span};

use super::lexer::lex;
use super::phrases::{Match, Numbered, Words};
pub(crate) use kind::UNNAMED;
pub use vocabulary::{EndpointVocabulary, VocabularyError};

/// The embedded vocabulary, compiled once. Should it not compile (a test sees to it that it does), nothing is read.
static EMBEDDED: LazyLock<EndpointVocabulary> =
    LazyLock::new(|| EndpointVocabulary::embedded().unwrap_or_default());

/// The vocabulary that comes with the program.
pub fn embedded() -> &'static EndpointVocabulary {
    &EMBEDDED
}

/// Reads what kind of endpoint it is, with the embedded vocabulary.
pub fn read(measure: &str, description: &str) -> EndpointReading {
    read_with(&EMBEDDED, measure, description)
}

/// Reads what kind of endpoint it is, with a vocabulary of the caller's.
pub fn read_with(vocabulary: &EndpointVocabulary, measure: &str, description: &str) -> EndpointReading {
    let tokens = (lex(measure), lex(description));
    let words = (Words::of(&tokens.0, measure), Words::of(&tokens.1, description));
    let text = |field, raw, words| {
        let numbered = vocabulary.dictionary.number(words);
        Text { field, raw, words, kinds: vocabulary.kinds.find(&numbered), numbered }
    };
    let texts = [text("measure", measure, &words.0), text("description", description, &words.1)];
    let mut reading = EndpointReading::default();
    if let Some(read) = kind::read(vocabulary, &texts) {
        reading.kind = Some(read.kind.to_owned());
        reading.span = Some(read.span);
    }
    for (name, span) in standard::standards(vocabulary, &texts) {
        reading.criteria.push(name);
        reading.criteria_spans.push(span);
    }
    // "Emotional health" by SF-36: what a questionnaire of quality of life asks is quality of life.
    let life = |name: &str| LIFE.iter().any(|life| name.starts_with(life));
    let asked = reading.criteria.iter().any(|name| life(name));
    let only_symptom = || {
        let opens = |span: &Span| span.field != "measure" && span.start < OPENS;
        let named = reading.criteria.iter().zip(&reading.criteria_spans);
        let opening = named.into_iter().any(|(name, span)| life(name) && opens(span));
        let [measure, _] = &texts;
        opening && vocabulary.counted.find(&measure.numbered).is_empty()
    };
    let in_measure = |names: &[&str]| {
        let named = reading.criteria.iter().zip(&reading.criteria_spans);
        let of = |name: &str| names.iter().any(|prefix| name.starts_with(prefix));
        named.into_iter().any(|(name, span)| span.field == "measure" && of(name))
    };
    // "Response by Lugano 2014": what is judged by a standard for tumors is the tumor's response.
    let responds = reading.span.as_ref().is_some_and(|span| {
        let said = span.of(if span.field == "measure" { measure } else { description });
        said.is_some_and(|said| RESPONSES.iter().any(|word| said.eq_ignore_ascii_case(word)))
    });
    if responds && reading.kind.as_deref() == Some("EFFICACY_OTHER") && in_measure(RESPONSE_STANDARDS) {
        reading.kind = Some("ORR".to_owned());
    }
    let of_life = match reading.kind.as_deref() {
        Some("FUNCTION") => asked,
        // "Constipation", "measured on the EORTC QLQ": what such a questionnaire asks too.
        Some("EFFICACY_OTHER") => asked && only_symptom(),
        _ => false,
    };
    if of_life {
        reading.kind = Some("QOL".to_owned());
    }
    // "Toxicities judged by the investigator to be …" defines them; it says nothing of who looked for them.
    let says = |span: &Span, words: &[&str]| {
        let said = span.of(description).unwrap_or_default().to_lowercase();
        words.iter().any(|word| said.contains(word))
    };
    let relates = |span: &Span| {
        let behind = description.get(span.end..).unwrap_or_default().trim_start().to_lowercase();
        RELATES.iter().any(|words| behind.starts_with(words))
    };
    let defined = |span: &Span| {
        span.field != "measure"
            && match reading.kind.as_deref() {
                // How much of a drug is found is nobody's judgement: "the date that the investigator determined …".
                Some("DLT" | "MTD" | "RP2D" | "PK" | "IMMUNOGENICITY") => true,
                Some("BIOMARKER") => says(span, JUDGED),
                // "The investigator assessed the relationship of each event to the drug": who looked for them is not told.
                Some("AE") => relates(span),
                // "A questionnaire made by the investigators".
                Some("OTHER" | "FEASIBILITY") => says(span, &["investigator"]),
                _ => false,
            }
    };
    if let Some((who, span)) = standard::assessor(vocabulary, &texts).filter(|(_, span)| !defined(span)) {
        reading.assessor = Some(who);
        reading.assessor_span = Some(span);
    }
    reading.parts = parts::read(vocabulary, &texts);
    reading
}

/// A laboratory value is measured and read, but not so: what is, stands beside it.
const JUDGED: &[&str] = &["determin", "judg", "opinion"];

/// Behind the words for who judged: whether an event came of the treatment.
const RELATES: &[&str] =
    &["the relationship", "the causal", "the relation ", "relationship", "causality", "relatedness"];

/// A description opens with an instrument that stands within so many bytes.
const OPENS: usize = 40;

/// The standards that are questionnaires of quality of life.
const LIFE: &[&str] = &["SF-36", "SF-12", "EQ-5D", "EORTC QLQ", "FACT"];

/// Standards by which tumors are said to respond.
pub const RESPONSE_STANDARDS: &[&str] = &[
    "RECIST", "iRECIST", "mRECIST", "imRECIST", "irRC", "PERCIST", "Choi", "RANO", "iRANO", "Lugano",
    "Cheson", "iwCLL",
];

/// Words for a response that say no more.
const RESPONSES: &[&str] = &[
    "response",
    "responses",
    "treatment response",
    "treatment responses",
    "clinical response",
    "response to treatment",
    "response to therapy",
];

/// From this rank on a phrase is an endpoint's own name.
const NAME: i32 = 94;
/// Words for adverse events name their kind wherever they stand, from this rank on.
const EVENTS: i32 = 86;

/// The endpoints that words of any prose call by name, in the text's order: their kinds and the words' places.
pub fn names_in(words: &Words<'_>) -> Vec<(&'static str, std::ops::Range<usize>)> {
    let vocabulary: &'static EndpointVocabulary = &EMBEDDED;
    let named = |hit: Match| {
        let ranked = vocabulary.ranked.get(hit.payload)?;
        let is_name = ranked.rank >= NAME || (ranked.kind == "AE" && ranked.rank >= EVENTS);
        (is_name && !ranked.kind.is_empty()).then(|| (ranked.kind.as_str(), hit.words()))
    };
    vocabulary.kinds.find(&vocabulary.dictionary.number(words)).into_iter().filter_map(named).collect()
}

/// One of the two texts of an outcome.
struct Text<'t> {
    field: &'static str,
    raw: &'t str,
    words: &'t Words<'t>,
    /// The words as the vocabulary knows them.
    numbered: Numbered<'t, 't>,
    /// The phrases that name kinds.
    kinds: Vec<Match>,
}

impl Text<'_> {
    /// The span of a range of words.
    fn span(&self, words: std::ops::Range<usize>) -> Span {
        Span::new(self.field, self.words.raw(words))
    }
}
