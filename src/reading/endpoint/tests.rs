//! What the endpoint reader makes of phrases. The table of phrases stands beside this file.

use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// One phrase and what it must be read as.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    measure: String,
    #[serde(default)]
    description: String,
    kind: Option<String>,
    #[serde(default)]
    criteria: Vec<String>,
    assessor: Option<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[test]
fn the_embedded_vocabulary_compiles() {
    EndpointVocabulary::embedded().expect("a vocabulary");
}

#[test]
fn phrases_are_read_as_the_table_says() {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("a table of cases");
    assert!(cases.case.len() >= 100, "{} cases", cases.case.len());
    let mut wrong = Vec::new();
    for case in &cases.case {
        let read = read(&case.measure, &case.description);
        let shown = (&read.kind, &read.criteria, &read.assessor);
        if shown != (&case.kind, &case.criteria, &case.assessor) {
            wrong.push(format!("{} | {}: {shown:?}", case.measure, case.description));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The breadth of the vocabulary: a line a measure.
#[test]
fn measures_of_every_field_are_of_the_kind_that_the_table_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("kinds.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split(" | ");
        let (kind, measure) = (cells.next(), cells.next().unwrap_or_default());
        let read = read(measure, cells.next().unwrap_or_default());
        count += 1;
        if read.kind.as_deref() != kind {
            wrong.push(format!("{line}: {:?}", read.kind));
        }
    }
    assert!(count >= 600, "{count} measures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn how_much_of_a_drug_is_found_is_of_the_drug() {
    for measure in
        ["Serum levels of zolbetamab", "Zolbetamab level in blood", "Level of free zolbetamab in skin"]
    {
        assert_eq!(read(measure, "").kind.as_deref(), Some("PK"), "{measure}");
    }
    for measure in [
        "Total cholesterol levels",
        "Effect of zolbetamab on IgE levels",
        "Change of serum ferritin level under zolbetinib",
    ] {
        assert_eq!(read(measure, "").kind.as_deref(), Some("BIOMARKER"), "{measure}");
    }
}

#[test]
fn the_plural_of_an_abbreviation_has_a_small_s() {
    assert_eq!(read("Number of DLTs in cycle 1", "").kind.as_deref(), Some("DLT"));
    assert_ne!(read("Number of CRs at week 12", "").kind.as_deref(), Some("AE"));
    assert_eq!(read("Patients with CRS", "").kind.as_deref(), Some("AE"));
    assert_ne!(read("Achievement of CR or better", "").kind.as_deref(), Some("AE"));
}

#[test]
fn a_composite_lists_its_parts() {
    let read = read(
        "Time to the first event of a composite of cardiovascular death, stroke, or unplanned revascularisation",
        "",
    );
    let parts: Vec<&str> = read.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(parts, ["cardiovascular death", "stroke", "unplanned revascularisation"]);
}

#[test]
fn several_endpoints_in_one_measure_are_its_parts() {
    let read = read("ORR, DCR and OS of the expansion part", "");
    let kinds: Vec<Option<&str>> = read.parts.iter().map(|part| part.kind.as_deref()).collect();
    assert_eq!(kinds, [Some("ORR"), Some("DCR"), Some("OS")]);
}

#[test]
fn spans_are_the_words_it_was_read_from() {
    let (measure, description) =
        ("Progression‐free survival", "According to RECIST, version 1.1, by the investigator");
    let read = read(measure, description);
    assert_eq!(read.span.as_ref().and_then(|span| span.of(measure)), Some(measure));
    let spans: Vec<_> = read.criteria_spans.iter().map(|span| span.of(description)).collect();
    assert_eq!(spans, [Some("RECIST, version 1.1")]);
    assert_eq!(
        read.assessor_span.and_then(|span| span.of(description).map(str::to_owned)).as_deref(),
        Some("by the investigator")
    );
}

#[test]
fn a_users_file_comes_before_the_embedded_words() {
    let own = "[[phrases]]\nkind = \"QOL\"\nrank = 99\nwords = [\"clinic happiness index\"]\n";
    let vocabulary = EndpointVocabulary::extended("own.toml", own).expect("a vocabulary");
    assert_eq!(read_with(&vocabulary, "Clinic Happiness Index", "").kind.as_deref(), Some("QOL"));
    assert_eq!(read_with(&vocabulary, "Overall survival", "").kind.as_deref(), Some("OS"));
}

#[test]
fn a_wrong_file_is_named() {
    let error = EndpointVocabulary::extended("own.toml", "[[phrases]]\nkind = 3\n").expect_err("not a kind");
    assert!(error.to_string().starts_with("own.toml: "), "{error}");
}

fn all_spans(read: &EndpointReading) -> Vec<Span> {
    let parts = read.parts.iter().map(|part| &part.span);
    let single = read.span.iter().chain(&read.assessor_span);
    single.chain(&read.criteria_spans).chain(parts).cloned().collect()
}

fn spans_stand_in_their_texts(measure: &str, description: &str) {
    for span in all_spans(&read(measure, description)) {
        let text = if span.field == "measure" { measure } else { description };
        assert!(span.of(text).is_some_and(|words| !words.is_empty()), "{span:?} in {text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(measure in "\\PC{0,80}", description in "(?s).{0,80}") {
        spans_stand_in_their_texts(&measure, &description);
    }

    #[test]
    fn any_mixture_of_its_words_is_read_without_panic(
        words in proptest::collection::vec(
            prop_oneof![
                Just("RECIST"), Just("v1.1"), Just("(version"), Just("1.1)"), Just("QLQ-C30"), Just("FACT-G"),
                Just("composite of"), Just("death,"), Just("or"), Just("PFS"), Just("’s"), Just("−"), Just("10\\^9"),
                Just("EQ-5D-5L"), Just("PCWG3"), Just("by investigator"), Just("time to"), Just("progression"), Just("無"),
            ],
            0..24,
        ),
    ) {
        let text = words.join(" ");
        spans_stand_in_their_texts(&text, &text);
    }
}

/// A megabyte; less without optimisation, where a megabyte takes its time.
const LONG: usize = if cfg!(debug_assertions) { 50_000 } else { 1_000_000 };

/// What is quadratic does not come back from a megabyte of one word. The time is for the bench.
#[test]
fn adversarial_megabytes_are_read() {
    for unit in
        ["rate ", "score, ", "((", "7 ", "or ", "in patients ", "composite of ", "RECIST v1.1 ", "EORTC QLQ "]
    {
        let text = unit.repeat(LONG / unit.len());
        read(&text, &text);
    }
}

/// Every outcome of the corpus is read, and every span stands in its text.
#[test]
fn the_whole_corpus_is_read() {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json"));
    if !data.is_dir() {
        println!("skipped: ../shared is not here");
        return;
    }
    let mut outcomes = 0;
    for folder in ["single", "bulk_array", "paged"] {
        for file in std::fs::read_dir(data.join(folder)).expect("a folder").flatten() {
            let bytes = std::fs::read(file.path()).expect("a file");
            let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) else { continue };
            outcomes += outcomes_of(&json);
        }
    }
    assert!(outcomes > 5_000, "{outcomes} outcomes");
}

/// Reads every object with a `measure` below a JSON value; gives how many there are.
fn outcomes_of(json: &serde_json::Value) -> usize {
    match json {
        serde_json::Value::Array(members) => members.iter().map(outcomes_of).sum(),
        serde_json::Value::Object(object) => {
            let text = |key: &str| object.get(key).and_then(serde_json::Value::as_str);
            let here = text("measure").map_or(0, |measure| {
                spans_stand_in_their_texts(measure, text("description").unwrap_or_default());
                1
            });
            here + object.values().map(outcomes_of).sum::<usize>()
        }
        _ => 0,
    }
}
