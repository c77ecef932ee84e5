//! The registry's table exports: every shared file loads, and the table and the JSON of the same studies agree.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use trialdeck::formats::{Record, RecordError, ctgov_csv, ctgov_json};
use trialdeck::protocol::{Dated, Trial};

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(path);
    if !path.exists() {
        println!("skipped: ../shared is not here");
        return None;
    }
    Some(path)
}

fn read(path: PathBuf) -> Vec<Result<Record, RecordError>> {
    let bytes = std::fs::read(path).expect("a readable file");
    assert!(ctgov_csv::looks_like(&bytes));
    let mut records = Vec::new();
    ctgov_csv::read(&Arc::new(bytes), "table.csv", &mut |record| records.push(record));
    records
}

#[test]
fn every_table_loads_row_by_row() {
    for (file, rows) in [
        ("old_27cols_583_SearchResults.csv", 583),
        ("old_27cols_crlf_2_short.csv", 2),
        ("old_27cols_tab_40_SearchResults.tsv", 40),
        ("v2_11cols_lf_490_ctg-studies.csv", 490),
        ("v2_30cols_crlf_120_ctg-studies.csv", 120),
        ("v2_30cols_lf_554_ctg-studies.csv", 554),
    ] {
        let Some(path) = shared(&format!("ctgov_csv/{file}")) else { return };
        let records = read(path);
        let problems: Vec<&RecordError> = records.iter().filter_map(|record| record.as_ref().err()).collect();
        assert!(problems.is_empty(), "{file}: {problems:?}");
        assert_eq!(records.len(), rows, "{file}");
        for record in records.iter().flatten() {
            assert!(record.trial.id.starts_with("NCT"), "{file}: {}", record.trial.id);
            let raw = record.raw.as_ref().expect("a record of its own");
            let fields = ctgov_csv::fields(raw);
            let number =
                fields.iter().find(|field| field.path == "NCT Number").map(|field| field.value.as_str());
            assert_eq!(number, Some(record.trial.id.as_str()), "{file}");
        }
    }
}

/// Of how many studies a field agrees, of how many both state it.
#[derive(Default)]
struct Agreement(BTreeMap<&'static str, (usize, usize)>);

impl Agreement {
    fn count<T: PartialEq + std::fmt::Debug>(&mut self, id: &str, field: &'static str, table: &T, json: &T) {
        let (good, all) = self.0.entry(field).or_default();
        *all += 1;
        *good += usize::from(table == json);
        if table != json {
            println!("{id}: {field}: table {table:?}\n    JSON {json:?}");
        }
    }

    fn both<T: PartialEq + std::fmt::Debug>(
        &mut self,
        id: &str,
        field: &'static str,
        table: &Option<T>,
        json: &Option<T>,
    ) {
        if table.is_some() && json.is_some() {
            self.count(id, field, table, json);
        }
    }
}

#[test]
fn the_table_and_the_json_of_the_same_studies_agree() {
    let Some(table) = shared("ctgov_csv/v2_30cols_crlf_120_ctg-studies.csv") else { return };
    let Some(json) = shared("ctgov_v2_json/bulk_array/neuro_120_ctg-studies.json") else { return };
    let studies: Vec<Value> =
        serde_json::from_slice(&std::fs::read(json).expect("a readable file")).expect("JSON");
    let studies: HashMap<String, Trial> = studies
        .iter()
        .map(|study| {
            let bytes = serde_json::to_vec(study).expect("JSON");
            let trial = ctgov_json::read(&bytes, "twin.json", 1).expect("a study").expect("a study");
            (trial.id.clone(), trial)
        })
        .collect();
    let mut agreement = Agreement::default();
    let rows = read(table);
    assert_eq!(rows.len(), studies.len());
    for row in rows.into_iter().flatten() {
        let table = row.trial;
        let id = table.id.clone();
        compare(&mut agreement, &id, &table, studies.get(&id).expect("the same studies"));
    }
    for (field, (good, all)) in &agreement.0 {
        println!("twin: {field}: {good} of {all}");
        let least = match *field {
            "outcome" => 0.93,
            "site" => 0.95,
            _ => 1.0,
        };
        assert!(*good as f64 >= least * *all as f64, "{field}: {good} of {all}");
    }
}

fn compare(agreement: &mut Agreement, id: &str, table: &Trial, json: &Trial) {
    agreement.count(id, "title", &table.title, &json.title);
    agreement.both(id, "acronym", &table.acronym, &json.acronym);
    agreement.both(id, "status", &table.status, &json.status);
    agreement.both(id, "study type", &table.study_type, &json.study_type);
    agreement.count(id, "phases", &table.phases, &json.phases);
    let count = |trial: &Trial| trial.enrollment.as_ref().and_then(|enrollment| enrollment.count);
    agreement.both(id, "enrollment", &count(table), &count(json));
    agreement.count(id, "conditions", &table.conditions, &json.conditions);
    let ids = |trial: &Trial| trial.ids.iter().map(|id| id.id.clone()).collect::<Vec<_>>();
    agreement.count(id, "ids", &ids(table), &ids(json));
    let interventions = |trial: &Trial| {
        trial.interventions.iter().map(|one| (one.kind.clone(), one.name.clone())).collect::<Vec<_>>()
    };
    agreement.count(id, "interventions", &interventions(table), &interventions(json));
    agreement.count(id, "sponsor", &table.sponsor, &json.sponsor);
    let names = |trial: &Trial| trial.collaborators.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    agreement.count(id, "collaborators", &names(table), &names(json));
    agreement.both(id, "sex", &table.eligibility.sex, &json.eligibility.sex);
    agreement.count(id, "age groups", &table.eligibility.age_groups, &json.eligibility.age_groups);
    agreement.both(id, "results", &table.has_results, &json.has_results);
    agreement.both(id, "summary", &table.description.brief, &json.description.brief);
    agreement.both(id, "allocation", &table.design.allocation, &json.design.allocation);
    agreement.both(id, "model", &table.design.intervention_model, &json.design.intervention_model);
    agreement.both(id, "purpose", &table.design.purpose, &json.design.purpose);
    agreement.both(id, "masking", &table.design.masking, &json.design.masking);
    agreement.count(id, "who is masked", &table.design.who_masked, &json.design.who_masked);
    let date = |dated: &Option<Dated>| dated.as_ref().map(|dated| dated.date.clone());
    for (field, table, json) in [
        ("start", &table.dates.start, &json.dates.start),
        ("primary completion", &table.dates.primary_completion, &json.dates.primary_completion),
        ("completion", &table.dates.completion, &json.dates.completion),
        ("first posted", &table.dates.first_posted, &json.dates.first_posted),
        ("last update", &table.dates.last_update_posted, &json.dates.last_update_posted),
        ("results first posted", &table.dates.results_first_posted, &json.dates.results_first_posted),
    ] {
        agreement.both(id, field, &date(table), &date(json));
    }
    let documents = |trial: &Trial| trial.documents.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
    agreement.count(id, "documents", &documents(table), &documents(json));
    agreement.count(id, "number of sites", &table.sites.len(), &json.sites.len());
    for (table, json) in table.sites.iter().zip(&json.sites) {
        let words = |site: &trialdeck::protocol::Site| {
            [&site.facility, &site.city, &site.state, &site.zip, &site.country].map(Clone::clone)
        };
        agreement.count(id, "site", &words(table), &words(json));
    }
    agreement.count(id, "number of outcomes", &table.endpoints.len(), &json.endpoints.len());
    for (table, json) in table.endpoints.iter().zip(&json.endpoints) {
        agreement.count(id, "outcome", table, json);
    }
}
