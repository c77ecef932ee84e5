use super::*;
use crate::reading::lexer::lex;

fn found(patterns: &[&str], raw: &str) -> Vec<String> {
    let mut phrases = Phrases::default();
    for (payload, pattern) in patterns.iter().enumerate() {
        phrases.add(pattern, payload);
    }
    let tokens = lex(raw);
    let words = Words::of(&tokens, raw);
    phrases.find(&words).iter().map(|hit| raw[words.raw(hit.words())].to_owned()).collect()
}

#[test]
fn hyphens_plurals_and_spelling_do_not_matter() {
    for (pattern, raw, hit) in [
        ("progression free survival", "Progression-Free survival rate", "Progression-Free survival"),
        ("antibody", "anti-drug antibodies", "antibodies"),
        ("tumor response", "Tumour responses", "Tumour responses"),
        ("AE", "all AEs", "AEs"),
        ("patient impression", "Patient's impression", "Patient's impression"),
    ] {
        assert_eq!(found(&[pattern], raw), [hit], "{raw}");
    }
}

#[test]
fn an_abbreviation_is_found_in_capitals_only() {
    assert_eq!(found(&["OS"], "the os pubis and OS"), ["OS"]);
}

#[test]
fn a_word_of_small_letters_and_capitals_is_found_written_just_so() {
    assert_eq!(found(&["pCR"], "PCR, pcr and pCR"), ["pCR"]);
    assert_eq!(found(&["IGA", "IgA level"], "IgA levels and IGA"), ["IgA levels", "IGA"]);
}

#[test]
fn alternatives_options_gaps_and_numbers() {
    let patterns = ["time to .. progression|relapse", "rate of? death", "grade #"];
    let raw = "Time to first documented progression, rate of death, grade 3. Time to\nprogression";
    assert_eq!(found(&patterns, raw), ["Time to first documented progression", "rate of death", "grade 3"]);
}

#[test]
fn the_longest_of_those_that_start_together_wins() {
    let raw = "complete response rate";
    assert_eq!(found(&["complete", "complete response", "response rate"], raw), ["complete response"]);
}
