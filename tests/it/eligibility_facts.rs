//! What was read of eligibility and endpoints, as facts for queries: printed with their words, asked by search, and
//! asserted for the four source documents.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::Path;

use assert_cmd::Command;
use jiff::civil::date;
use serde_json::Value;
use trialdeck::desk::export::RecordNow;
use trialdeck::desk::sheet::{Entered, Sheet};
use trialdeck::desk::{export, value};
use trialdeck::library::{self, Entry};
use trialdeck::matching::limit::Truth;
use trialdeck::protocol::LimitValue;
use trialdeck::reading::population;

const RECORD: &str = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":"Snow"},
"eligibilityModule":{"eligibilityCriteria":"Inclusion Criteria:\n\n* ECOG 0-1\n* ALT <= 2.5 x ULN (<= 5 x ULN if liver metastases)\n* No more than 2 prior lines of therapy\n\nExclusion Criteria:\n\n* Other malignancy, except those free of disease for more than 5 years\n* Known HIV infection"}}}"#;

fn printed(args: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("snow.json");
    std::fs::write(&file, RECORD).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
    let output = command.args(args).arg("--from").arg(&file).output().expect("the program runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// `variable op value unit [flags] “words”` of each fact.
fn facts(eligibility: &Value) -> Vec<String> {
    let text = eligibility["text"].as_str().expect("a text");
    let items = eligibility["criteria"].as_array().expect("criteria").iter();
    let facts = items.filter_map(|item| item["facts"].as_array()).flatten();
    facts
        .map(|fact| {
            let at = |end: &str| fact["span"][end].as_u64().expect("a place") as usize;
            assert_eq!(fact["span"]["field"], "eligibility.text");
            let flags = ["if", "except", "alternative"].iter().filter(|flag| fact[**flag] == true);
            let flags = flags.copied().collect::<Vec<_>>().join(" ");
            let word = |key: &str| fact[key].as_str().unwrap_or_default().to_owned();
            let words = &text[at("start")..at("end")];
            format!(
                "{} {} {} {} [{flags}] “{words}”",
                word("variable"),
                word("op"),
                fact["value"],
                word("unit")
            )
        })
        .collect()
}

#[test]
fn facts_are_printed_with_their_words_and_say_what_they_do_not_bind() {
    let trial = printed(&["show", "NCT90000001", "--section", "eligibility", "--format", "json"]);
    assert_eq!(
        facts(&trial["eligibility"]),
        [
            "ecog >= 0  [] “ECOG 0-1”",
            "ecog <= 1  [] “ECOG 0-1”",
            "alt <= 2.5 ULN [] “ALT <= 2.5 x ULN”",
            "alt <= 5 ULN [if] “ALT <= 2.5 x ULN (<= 5 x ULN”",
            "prior_lines <= 2  [] “No more than 2 prior lines of therapy”",
            "washout > 5 year [if except] “for more than 5 years”",
        ]
    );
    let criteria = trial["eligibility"]["criteria"].as_array().expect("criteria");
    let tag = &criteria.last().expect("an item")["tags"][0];
    assert_eq!((&tag["topic"], &tag["stance"]), (&Value::from("hiv"), &Value::from("forbidden")));
    assert_eq!(tag["span"]["field"], "eligibility.text");
}

/// Every span of the bundled samples: an item's is its words, a limit's lies in its item and holds a value.
#[test]
fn the_samples_spans_are_their_words() {
    let empty = tempfile::tempdir().expect("a folder");
    spans_are_their_words(&|args| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
        let output =
            command.args(args).env("XDG_DATA_HOME", empty.path()).output().expect("the program runs");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    });
}

/// Eligibility texts with limits of every form, with signs of several bytes, escapes and wrapped lines before them.
const LIMITED: &[&str] = &[
    "Inclusion Criteria:\\n\\n* Âge ≥ 18 ans, i.e. age ≥ 18 years\\n* ANC \\\\>= 1.5×10\\\\^9/L; platelets ≥ 100'000/µL\\n* ALT and AST ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)\\n* QTc ≤ 450 ms for men and 470 ms for women\\n\\nExclusion Criteria:\\n\\n1. Chemotherapy within 4 weeks, or radiotherapy within two weeks, before entry\\n2. NYHA class III–IV; Child-Pugh B7 or worse\\n3. BP > 150/95 mmHg",
    "Inclusion Criteria:\\r\\n\\r\\n  - Wörter vorweg … ECOG performance status 0, 1 or\\r\\n    2; Karnofsky 70 to 100 %\\r\\n  - Life expectancy of at least three months\\r\\n  - Creatinine ≤ 1.5 mg/dL or clearance of creatinine ≥ 60 mL/min\\r\\n\\r\\nExclusion Criteria:\\r\\n\\r\\n  - More than 3 prior lines of therapy\\r\\n  - Other malignancy, except those free of disease for > 5 years",
    "年龄１８～７５岁 Age：１８～７５ years, both sexes; Hb ≥ 90 g/L； LVEF ≥ 50 % . No surgery in the past year",
];

/// The same for records whose criteria set limits; and every limit is there.
#[test]
fn the_spans_of_limits_are_their_words() {
    let folder = tempfile::tempdir().expect("a folder");
    for (index, text) in LIMITED.iter().enumerate() {
        let id = format!("NCT9000010{index}");
        let record = RECORD.replace("NCT90000001", &id);
        let from = record.find("Inclusion Criteria").expect("a text");
        let to = record.rfind("\"}}}").expect("an end");
        let own = format!("{}{text}{}", &record[..from], &record[to..]);
        std::fs::write(folder.path().join(format!("{id}.json")), own).expect("written");
    }
    let counted = spans_are_their_words(&|args| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trialdeck"));
        let output = command.args(args).arg("--from").arg(folder.path()).output().expect("the program runs");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    });
    assert_eq!(counted, [16, 9, 5]);
}

/// Checks the spans of all trials that a command lists; how many limits each has.
fn spans_are_their_words(run: &dyn Fn(&[&str]) -> Value) -> Vec<usize> {
    let mut counted = Vec::new();
    for trial in run(&["list", "--format", "json"]).as_array().expect("trials") {
        let id = trial["id"].as_str().expect("an id");
        let eligibility = &run(&["show", id, "--section", "eligibility", "--format", "json"])["eligibility"];
        let text = eligibility["text"].as_str().unwrap_or_default();
        let range = |of: &Value| {
            let at = |end: &str| of["span"][end].as_u64().expect("a place") as usize;
            at("start")..at("end")
        };
        for item in eligibility["criteria"].as_array().into_iter().flatten() {
            let own = item["text"].as_str().expect("words");
            assert!(text[range(item)].contains(own), "{id}: {own:?}");
            for fact in item["facts"].as_array().into_iter().flatten() {
                let words = &text[range(fact)];
                let inside = range(fact).start >= range(item).start && range(fact).end <= range(item).end;
                let valued = words.chars().any(char::is_numeric)
                    || fact["value"].is_string()
                    || ["normal", "one", "two", "three", "year", "month", "week", "i", "I"]
                        .iter()
                        .any(|w| words.contains(w));
                assert!(inside && valued, "{id}: {words:?} of {own:?}");
            }
        }
        let facts = |item: &Value| item["facts"].as_array().map_or(0, Vec::len);
        counted.push(eligibility["criteria"].as_array().into_iter().flatten().map(facts).sum());
    }
    counted
}

#[test]
fn search_asks_the_same_facts() {
    for (query, found) in [
        ("ecog<=1 ", 1),
        ("ecog=2 ", 0),
        ("alt<=2.5uln ", 1),
        ("alt<=2uln ", 0),
        ("prior_lines<=2 ", 1),
        ("prior_lines=3 ", 0),
        ("ecog:none ", 0),
        ("anc:none ", 1),
    ] {
        let hits = printed(&["search", query, "--format", "json"]);
        assert_eq!(hits.as_array().map(Vec::len), Some(found), "{query}");
    }
}

fn document(name: &str) -> Option<std::sync::Arc<Entry>> {
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds")).join(format!("{name}.txt"));
    if !file.exists() {
        println!("skipped: ../shared is not here");
        return None;
    }
    let loaded = library::load_all(&[file], &library::Cancel::new());
    loaded.entries.into_iter().next()
}

/// Kind, standards and assessor of each endpoint.
fn kinds(entry: &Entry) -> Vec<String> {
    let readings = entry.readings().endpoints.iter();
    let told = readings.map(|reading| {
        let kind = reading.kind.as_deref().unwrap_or("–");
        format!("{kind} {} {}", reading.criteria.join("+"), reading.assessor.as_deref().unwrap_or_default())
    });
    told.map(|words| words.trim().to_owned()).collect()
}

#[test]
fn the_endpoints_of_the_source_documents_have_their_kinds() {
    for (name, expected) in [
        (
            "gist-regorafenib-envafolimab",
            &[
                "PFS mRECIST 1.1 investigator",
                "OS mRECIST 1.1 investigator",
                "ORR mRECIST 1.1 investigator",
                "AE CTCAE 5.0+Clavien-Dindo",
                "BIOMARKER",
            ][..],
        ),
        ("gastric-rak-cells", &["PFS", "OS", "ORR", "TTP"]),
        (
            "crc-bioTTT001",
            &[
                "AE CTCAE 5.0",
                "MTD",
                "OS",
                "PFS",
                "ORR  investigator",
                "PK",
                "BIOMARKER",
                "BIOMARKER",
                "IMMUNOGENICITY",
            ],
        ),
        ("sclc-cadonilimab", &["PFS RECIST", "OS RECIST", "ORR RECIST", "DCR"]),
    ] {
        let Some(entry) = document(name) else { return };
        assert_eq!(kinds(&entry), expected, "{name}");
    }
}

#[test]
fn the_prose_of_the_source_documents_says_who_takes_part() {
    for (name, expected) in [
        (
            "gist-regorafenib-envafolimab",
            &[
                "histologically confirmed",
                "KIT exon 17 mutation",
                "failed standard treatment",
                "at least one evaluable lesion",
            ][..],
        ),
        ("gastric-rak-cells", &["recurrent or metastatic gastric cancer where frontline therapy has failed"]),
        ("crc-bioTTT001", &["liver metastases from colorectal cancer"]),
        (
            "sclc-cadonilimab",
            &[
                "PD-1 inhibitor-resistant",
                "ES-SCLC",
                "failed first-line systemic therapy",
                "with or without atezolizumab",
            ],
        ),
    ] {
        let Some(entry) = document(name) else { return };
        assert_eq!(entry.trial.eligibility.text, None, "{name} lists no criteria");
        let description = &entry.trial.description;
        let texts = [description.brief.as_deref(), description.detailed.as_deref()];
        let sentences: Vec<&str> = texts
            .into_iter()
            .flatten()
            .flat_map(|text| population::sentences(text).into_iter().filter_map(|range| text.get(range)))
            .collect();
        for words in expected {
            assert!(
                sentences.iter().any(|sentence| sentence.contains(words)),
                "{name}: {words}: {sentences:#?}"
            );
        }
    }
}

/// Enters every limit's own value, in its own unit, on a sheet of every record: what includes its bound holds, what
/// does not include it does not.
#[test]
fn a_limits_own_value_keeps_to_it_unless_the_bound_is_left_out() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ctgov_v2_json/bulk_array"));
    if !folder.exists() {
        println!("skipped: ../shared is not here");
        return;
    }
    let loaded = library::load_all(&[folder.to_path_buf()], &library::Cancel::new());
    let mut weighed = 0;
    for entry in loaded.entries {
        let mut sheet = Sheet::begin("heron", &entry.trial, &entry.readings().criteria, date(2026, 1, 1));
        assert_eq!(sheet.open(), sheet.questions.len(), "{}", entry.trial.id);
        for question in &mut sheet.questions {
            for limit in question.limits.clone() {
                let (LimitValue::Number(value), Some(unit)) = (&limit.value, &limit.unit) else { continue };
                let (variable, agent) = (limit.variable.clone(), limit.agent.clone());
                question.entered = vec![Entered { variable, value: value.0, unit: unit.clone(), agent }];
                let expected = if matches!(limit.op.as_str(), "<" | ">") { Truth::No } else { Truth::Yes };
                assert_eq!(question.truth(&limit), expected, "{}: {limit:?}", entry.trial.id);
                assert!(value::units(&limit).contains(unit) || unit.is_empty(), "{limit:?}");
                weighed += 1;
            }
            question.entered.clear();
        }
        assert!(export::csv(&sheet, RecordNow::Same).is_ok());
        assert!(export::page(&sheet, RecordNow::Same).ends_with("</html>\n"));
    }
    assert!(weighed > 1000, "{weighed}");
}
