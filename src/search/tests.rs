use std::sync::Arc;

use super::*;
use crate::formats::Record;
use crate::library::Entry;
use crate::protocol::{
    Arm, Code, Dated, Eligibility, Endpoint, Enrollment, Intervention, RecordId, Site, Trial,
};

fn entry(trial: Trial) -> Arc<Entry> {
    Arc::new(Entry::new(Record { trial, raw: None }))
}

fn trial(id: &str, title: &str) -> Trial {
    Trial { id: id.to_owned(), title: title.to_owned(), ..Trial::default() }
}

/// Five trials that differ in one thing each.
fn trials() -> Vec<Arc<Entry>> {
    let mut regorafenib = trial("NCT90000001", "Regorafenib in refractory sarcoma");
    regorafenib.ids = vec![RecordId { id: "ABC-123-07".to_owned(), ..RecordId::default() }];
    regorafenib.phases = vec![Code::from("PHASE2")];
    regorafenib.status = Some(Code::from("RECRUITING"));
    regorafenib.enrollment = Some(Enrollment { count: Some(82), kind: None });
    regorafenib.eligibility =
        Eligibility { minimum_age: Some("18 Years".to_owned()), ..Eligibility::default() };

    let mut listed = trial("NCT90000002", "A second-line study in bowel cancer");
    listed.interventions = vec![Intervention { name: "regorafenib".to_owned(), ..Intervention::default() }];
    listed.conditions = vec!["Colorectal tumour".to_owned()];
    listed.phases = vec![Code::from("PHASE3")];
    listed.status = Some(Code::from("NOT_YET_RECRUITING"));

    let mut pembrolizumab = trial("NCT90000003", "Pembrolizumab against PD-L1 positive lung cancer");
    pembrolizumab.arms = vec![Arm { label: "placebo and chemotherapy".to_owned(), ..Arm::default() }];
    pembrolizumab.sites = vec![Site { city: Some("Zürich".to_owned()), ..Site::default() }];
    pembrolizumab.dates.start = Some(Dated { date: "2025-03".to_owned(), kind: None });

    let mut haemoglobin = trial("NCT90000004", "Haemoglobin in anaemia of chronic disease");
    haemoglobin.endpoints =
        vec![Endpoint { measure: "Change in haemoglobin".to_owned(), ..Endpoint::default() }];
    haemoglobin.eligibility = Eligibility {
        minimum_age: Some("6 Months".to_owned()),
        maximum_age: Some("17 Years".to_owned()),
        text: Some("Lung cancer within five years".to_owned()),
        ..Eligibility::default()
    };
    [regorafenib, listed, pembrolizumab, haemoglobin, trial("NCT90000005", "TAS-102 and cancer of the lung")]
        .map(entry)
        .into()
}

/// The last digits of the ids found, in order.
fn found(text: &str) -> String {
    let entries = trials();
    let index = TrialIndex::in_memory(&entries).expect("an index in memory");
    let query = query::parse(text, &|_| None);
    let title = |row: u64| entries[row as usize].trial.title.clone();
    let answer = search(&index, &query, &title, &|_, _| false).expect("an answer");
    assert_eq!(count(&index, &query, &|_, _| false).expect("a count"), answer.hits.len(), "{text}");
    answer.hits.iter().map(|hit| (hit.row + 1).to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_found_however_they_are_typed() {
    for (query, ids) in [
        ("", "1 2 3 4 5"),
        ("regorafenib ", "1 2"),
        ("r", "1 2"),
        ("rego", "1 2"),
        ("regorafanib", "1 2"),
        ("regorafanib ", "1 2"),
        ("rgrfnb", "1 2"),
        ("pembro lung", "3"),
        ("cancer lung ", "3 5 4"),
        ("\"lung cancer\"", "3 4"),
        ("cancer -lung ", "2"),
        ("sarcoma OR anemia", "1 4"),
        ("hemoglobin ", "4"),
        ("tumor ", "2"),
        ("zurich ", "3"),
        ("pdl1 ", "3"),
        ("tas102 ", "5"),
        ("tas-102 ", "5"),
        ("drug:regorafenib ", "2"),
        ("title:lung ", "3 5"),
        ("nothingatall ", ""),
    ] {
        assert_eq!(found(query), ids, "{query}");
    }
}

#[test]
fn an_id_or_a_part_of_it_jumps_first() {
    for (query, ids) in [
        ("NCT90000003", "3"),
        ("nct9000", "1 2 3 4 5"),
        ("90000004", "4"),
        ("ABC-123", "1"),
        ("id:abc12307", "1"),
    ] {
        assert_eq!(found(query), ids, "{query}");
    }
}

#[test]
fn fields_of_the_record_are_compared() {
    for (query, ids) in [
        ("phase:2", "1"),
        ("phase>=2", "1 2"),
        ("status:recruiting", "1"),
        ("status:not", "2"),
        ("enrolment>80", "1"),
        ("enrolment<80", ""),
        ("age<=17", "4"),
        ("age:30", "1"),
        ("start>=2025", "3"),
        ("start<2025", ""),
        ("phase:3 OR city:zurich", "3 2"),
        ("-phase:2 cancer ", "2 3 5 4"),
    ] {
        assert_eq!(found(query), ids, "{query}");
    }
}
