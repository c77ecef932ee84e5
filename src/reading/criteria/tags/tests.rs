//! What the tag reader makes of criteria.

use std::path::Path;

use proptest::prelude::*;

use super::super::items;
use super::*;
use crate::reading::lexer::lex;

/// `topic of… stance` of each tag.
fn shown(text: &str) -> Vec<String> {
    let tags = read(text, &lex(text), &items::split(text));
    let of = |tag: &Tag| if tag.of.is_empty() { String::new() } else { format!("[{}] ", tag.of.join(", ")) };
    tags.iter().map(|tag| format!("{} {}{:?}", tag.topic, of(tag), tag.stance).to_lowercase()).collect()
}

fn inclusion(item: &str) -> Vec<String> {
    shown(&format!("Inclusion Criteria:\n\n* {item}\n"))
}

fn exclusion(item: &str) -> Vec<String> {
    shown(&format!("Exclusion Criteria:\n\n* {item}\n"))
}

#[test]
fn the_embedded_vocabulary_compiles() {
    TagVocabulary::embedded().expect("a vocabulary");
}

#[test]
fn inclusion_criteria() {
    for (item, tags) in [
        ("KIT exon 17 mutation confirmed by sequencing", vec!["gene [kit exon 17] required"]),
        ("EGFR T790M found in blood or tissue", vec!["gene [egfr t790m] required"]),
        ("PD-L1 ≥ 1% on tumour cells", vec!["gene [pd-l1 ≥ 1%] required"]),
        ("Tumour with a PD-L1 TPS of at least 50%", vec!["gene [pd-l1 tps ≥ 50%] required"]),
        ("BRAF V600E or KRAS G12C", vec!["gene [braf v600e, kras g12c] required"]),
        ("EGFR exon 19 deletion or L858R", vec!["gene [egfr exon 19 deletion, egfr l858r] required"]),
        ("No EGFR mutation and no ALK fusion", vec!["gene [egfr mutation, alk fusion] forbidden"]),
        ("HER2-negative tumour", vec!["gene [her2 positive] forbidden"]),
        ("BRAF wild-type melanoma", vec!["gene [braf mutation] forbidden"]),
        ("BRAF wild type or mutant", vec!["gene [braf mutation] mentioned"]),
        ("Result of the EGFR mutation test is known", vec!["gene [egfr mutation] mentioned"]),
        ("At least one measurable lesion by RECIST 1.1", vec!["measurable_disease required"]),
        ("ECOG 0 or 1", vec!["performance_status required"]),
        ("Adequate liver function", vec!["organ_function required"]),
        ("Women use contraception during the study", vec!["contraception required"]),
        ("Negative serum pregnancy test", vec!["pregnancy forbidden"]),
        ("Not pregnant or breast-feeding", vec!["pregnancy forbidden"]),
        ("No brain metastases", vec!["cns_metastases forbidden"]),
        ("Stable brain metastases are allowed", vec!["cns_metastases [stable] allowed"]),
        ("HIV negative", vec!["hiv forbidden"]),
        ("Negative tests for HBsAg", vec!["hbv forbidden"]),
        ("Chronic hepatitis B", vec!["hbv [chronic] required"]),
        ("At least two prior lines of chemotherapy", vec!["prior_therapy required"]),
        ("Treatment-naive disease", vec!["prior_therapy forbidden"]),
        ("Patients with hepatitis C must have finished treatment", vec!["hcv mentioned"]),
        ("Cohort B: ALK rearrangement", vec!["gene [alk rearrangement] mentioned"]),
        ("PD-L1 expression is not required", vec!["gene [pd-l1 expression] mentioned"]),
    ] {
        assert_eq!(inclusion(item), tags, "{item}");
    }
}

#[test]
fn exclusion_criteria() {
    for (item, tags) in [
        (
            "Known EGFR mutation or ALK rearrangement",
            vec!["gene [egfr mutation, alk rearrangement] forbidden"],
        ),
        ("Tumour without a KIT mutation", vec!["gene [kit mutation] required"]),
        ("Earlier use of an anti-PD-L1 antibody", vec![]),
        ("Treatment with an EGFR TKI within two weeks", vec![]),
        ("Pregnant or nursing women", vec!["pregnancy forbidden"]),
        ("Unwilling to use contraception", vec!["contraception required"]),
        ("Active or untreated brain metastases", vec!["cns_metastases [active, untreated] forbidden"]),
        (
            "Leptomeningeal disease; patients with treated brain metastases are eligible",
            vec!["cns_metastases forbidden", "cns_metastases [treated] allowed"],
        ),
        ("Impaired renal function", vec!["organ_function required"]),
        ("HIV infection", vec!["hiv forbidden"]),
        ("Active hepatitis B or hepatitis C", vec!["hcv [active] forbidden"]),
        ("Prior treatment with a checkpoint inhibitor", vec!["prior_therapy forbidden"]),
        ("No measurable disease", vec!["measurable_disease required"]),
        ("Brain metastases unless treated and stable", vec!["cns_metastases forbidden"]),
    ] {
        assert_eq!(exclusion(item), tags, "{item}");
    }
}

#[test]
fn a_text_without_headings_concludes_little() {
    assert_eq!(shown("ECOG is recorded at each visit"), ["performance_status mentioned"]);
}

#[test]
fn a_span_is_the_words_of_the_tag() {
    let text = "Inclusion Criteria:\n\n* Adults\n* Tumour with a KIT exon 17 mutation\n";
    let tags = read(text, &lex(text), &items::split(text));
    assert_eq!(tags.first().and_then(|tag| tag.span.of(text)), Some("KIT exon 17 mutation"));
    assert_eq!(tags.first().map(|tag| tag.item), Some(2));
}

fn spans_stand_in(text: &str) -> usize {
    let tags = read(text, &lex(text), &items::split(text));
    for tag in &tags {
        assert!(tag.span.of(text).is_some_and(|words| !words.is_empty()), "{tag:?} in {text:?}");
    }
    tags.len()
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(?s).{0,120}") {
        spans_stand_in(&text);
    }

    #[test]
    fn any_mixture_of_its_words_is_read_without_panic(
        words in proptest::collection::vec(
            prop_oneof![
                Just("EGFR"), Just("ALK"), Just("exon"), Just("19"), Just("deletion"), Just("or"), Just("L858R"), Just("no"),
                Just("PD-L1"), Just("≥ 1%"), Just("negative"), Just("pregnant"), Just("unless"), Just("brain metastases"),
                Just("(HBV)"), Just("must"), Just("\n* "), Just("Exclusion Criteria:\n"), Just("inhibitor"), Just("。"),
            ],
            0..24,
        ),
    ) {
        spans_stand_in(&words.join(" "));
    }
}

/// Every eligibility text of the corpus is read, and every span stands in its text.
#[test]
fn the_whole_corpus_is_read() {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json/single"));
    if !data.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let mut tags = 0;
    for file in std::fs::read_dir(data).expect("a folder").flatten() {
        let bytes = std::fs::read(file.path()).expect("a file");
        let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) else { continue };
        let text = json.pointer("/protocolSection/eligibilityModule/eligibilityCriteria");
        tags += text.and_then(serde_json::Value::as_str).map_or(0, spans_stand_in);
    }
    assert!(tags > 300, "{tags} tags");
}
