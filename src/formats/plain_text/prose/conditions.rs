//! The condition of a text that lists none: what the patients have, `patients with advanced gastric cancer`.

use std::collections::BTreeMap;

use super::sentence::Sentence;

/// Words for those who have it.
const PEOPLE: &[&str] =
    &["adults", "children", "individuals", "participants", "patients", "people", "subjects", "women", "men"];
/// Words that a condition's name does not go beyond.
const ENDS: &[&str] = &[
    "a",
    "after",
    "also",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "but",
    "by",
    "can",
    "compared",
    "during",
    "failed",
    "following",
    "for",
    "from",
    "had",
    "has",
    "have",
    "having",
    "if",
    "in",
    "into",
    "is",
    "may",
    "on",
    "or",
    "receiving",
    "refractory",
    "requiring",
    "scheduled",
    "should",
    "than",
    "that",
    "the",
    "their",
    "through",
    "to",
    "treated",
    "undergoing",
    "until",
    "using",
    "versus",
    "was",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
    "suffering",
    "experiencing",
    "taking",
    "admitted",
    "presenting",
    "attending",
    "aged",
];
/// Last words of what is a condition's name and no mere property of the patients.
const DISEASES: &[&str] = &[
    "adenocarcinoma",
    "anemia",
    "arthritis",
    "asthma",
    "cancer",
    "cancers",
    "carcinoma",
    "deficiency",
    "dementia",
    "depression",
    "dermatitis",
    "diabetes",
    "disease",
    "diseases",
    "disorder",
    "disorders",
    "eczema",
    "epilepsy",
    "failure",
    "fibrosis",
    "fracture",
    "fractures",
    "glioblastoma",
    "headache",
    "headaches",
    "hepatitis",
    "herniation",
    "hypertension",
    "infection",
    "infections",
    "injury",
    "insomnia",
    "leukemia",
    "leukaemia",
    "lymphoma",
    "lymphomas",
    "malignancies",
    "malignancy",
    "melanoma",
    "mesothelioma",
    "metastases",
    "metastasis",
    "migraine",
    "myeloma",
    "neoplasm",
    "neoplasms",
    "obesity",
    "osteoarthritis",
    "pain",
    "pneumonia",
    "psoriasis",
    "rhinitis",
    "sarcoma",
    "sarcomas",
    "schizophrenia",
    "sclerosis",
    "sepsis",
    "stenosis",
    "stroke",
    "syndrome",
    "tumor",
    "tumors",
    "tumour",
    "tumours",
    "urticaria",
    "allergy",
    "covid-19",
];
/// Words of a name at most.
const LONGEST: usize = 8;

/// What the patients are said to have, where a sentence names a disease; the one said most often, first of equals.
pub fn read(sentences: &[Sentence]) -> Option<String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for sentence in sentences {
        for at in 0..sentence.len() {
            if PEOPLE.contains(&sentence.word(at)) && sentence.word(at + 1) == "with" {
                found.extend(name(sentence, at + 2));
            }
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (folded, _) in &found {
        *counts.entry(folded).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    let first = found.iter().find(|(folded, _)| counts.get(folded.as_str()) == Some(&most))?;
    Some(first.1.clone())
}

/// The name that begins at a token, folded and as it stands in the text.
fn name(sentence: &Sentence, start: usize) -> Option<(String, String)> {
    let ends = |at: &usize| !sentence.is_word(*at) || ENDS.contains(&sentence.word(*at));
    let end = (start..=start + LONGEST).find(ends)?;
    let last = sentence.word(end.checked_sub(1).filter(|last| *last >= start)?);
    DISEASES.contains(&last).then(|| {
        let raw = sentence.raw(start..end);
        (raw.to_lowercase(), raw.to_owned())
    })
}
