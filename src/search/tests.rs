use std::sync::Arc;

use super::*;
use crate::formats::Record;
use crate::library::Entry;
use crate::protocol::{
    Arm, Code, Dated, Eligibility, Endpoint, Enrollment, Intervention, Organization, RecordId, Site, Trial,
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
    let holds = |row: u64, test: &query::Test| phrase::holds(&entries[row as usize], test);
    let answer = search(&index, &query, &title, &holds).expect("an answer");
    assert_eq!(count(&index, &query, &holds, &|_| false).expect("a count"), answer.hits.len(), "{text}");
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

#[test]
fn a_beginning_of_many_ids_finds_all_their_trials() {
    let trials = (0..1_300).map(|at| trial(&format!("NCT8000{at:04}"), "Tablets"));
    let entries: Vec<Arc<Entry>> = trials.map(entry).collect();
    let index = TrialIndex::in_memory(&entries).expect("an index in memory");
    let title = |_: u64| "Tablets".to_owned();
    for text in ["nct", "nct8", "tablets nct80"] {
        let query = query::parse(text, &|_| None);
        let answer = search(&index, &query, &title, &|_, _| false).expect("an answer");
        assert!(answer.hits.len() > 500 && answer.more, "{text}: {}", answer.hits.len());
        assert_eq!(rows(&index, &query, &|_, _| false).expect("rows").len(), 1_300, "{text}");
    }
}

#[test]
fn what_must_not_be_said_is_looked_up_in_few_records_within_a_frame_and_in_all_by_who_can_wait() {
    let said = |at: usize| if at.is_multiple_of(2) { "survival overall" } else { "overall survival" };
    let trials = (0..60).map(|at| {
        let mut trial = trial(&format!("NCT800000{at:02}"), "Tablets");
        trial.description.brief = Some(said(at).to_owned());
        trial
    });
    let entries: Vec<Arc<Entry>> = trials.map(entry).collect();
    let index = TrialIndex::in_memory(&entries).expect("an index in memory");
    let query = query::parse("tablets -\"overall survival\" ", &|_| None);
    let title = |row: u64| entries[row as usize].trial.title.clone();
    let read = std::cell::Cell::new(0);
    let holds = |row: u64, test: &query::Test| {
        read.set(read.get() + 1);
        phrase::holds(&entries[row as usize], test)
    };
    let answer = search(&index, &query, &title, &holds).expect("an answer");
    assert!(read.get() <= 20 && answer.more, "{} read", read.get());
    assert!(
        !answer.hits.is_empty() && answer.hits.iter().all(|hit| hit.row.is_multiple_of(2)),
        "none that says it"
    );
    assert_eq!(search_through(&index, &query, &title, &holds).expect("an answer").hits.len(), 30);
    assert_eq!(rows(&index, &query, &holds).expect("rows").len(), 30);
}

/// The last digits of the ids that a query finds among trials with these titles, in order.
fn found_among(trials: Vec<Trial>, text: &str) -> String {
    let entries: Vec<Arc<Entry>> = trials.into_iter().map(entry).collect();
    let index = TrialIndex::in_memory(&entries).expect("an index in memory");
    let query = query::parse(text, &|_| None);
    let title = |row: u64| entries[row as usize].trial.title.clone();
    let holds = |row: u64, test: &query::Test| phrase::holds(&entries[row as usize], test);
    let answer = search(&index, &query, &title, &holds).expect("an answer");
    answer.hits.iter().map(|hit| (hit.row + 1).to_string()).collect::<Vec<_>>().join(" ")
}

fn titles(titles: &[&str]) -> Vec<Trial> {
    titles.iter().enumerate().map(|(at, title)| trial(&format!("NCT8000000{at}"), title)).collect()
}

#[test]
fn a_misspelling_finds_its_word_by_its_length_and_an_abbreviation_its_term() {
    let all = titles(&["Regorafenib", "Pembrolizumab", "Metformin", "Gout", "Asthma"]);
    for (query, ids) in [
        // Up to three letters none may differ, up to seven one, from eight on two.
        ("gut ", ""),
        ("goot ", "4"),
        ("ashtma ", "5"),
        ("astmha ", "5"),
        ("asthnna ", ""),
        ("regorafanib ", "1"),
        ("rigorafanib ", "1"),
        ("rigorefanib ", ""),
        ("rgrfnb ", "1"),
        ("rgrfnb", "1"),
        ("pembro ", "2"),
        ("pembro", "2"),
        ("metf", "3"),
        ("pmbrlzmb ", "2"),
    ] {
        assert_eq!(found_among(all.clone(), query), ids, "{query}");
    }
    // The index has one spelling of a word that is shortened in the other.
    let all = titles(&["Randomized", "Dialysis", "Supervised labelling"]);
    for (query, ids) in [("rndmsd ", "1"), ("rndmzd ", "1"), ("dlyss ", "2"), ("sprvsd lbllng ", "3")] {
        assert_eq!(found_among(all.clone(), query), ids, "{query}");
    }
    // What is one letter from another word may be short for a longer one all the same, behind it.
    let all = titles(&["Prostatectomy", "Asthma", "The PRST score", "Pastures"]);
    assert_eq!(found_among(all.clone(), "prstt "), "3 1");
    assert_eq!(found_among(all, "pastt "), "");
    // Of many longer words that have its letters, those that only lack vowels are meant.
    let near = (b'a'..=b'l').map(|letter| format!("dec{}sn", char::from(letter))).collect::<Vec<_>>();
    let mut all: Vec<&str> = near.iter().map(String::as_str).collect();
    all.push("Decision");
    assert!(found_among(titles(&all), "dcsn ").split(' ').any(|id| id == "13"));
}

#[test]
fn accents_case_greek_letters_and_spellings_fold() {
    let all = titles(&["Ménière's disease", "TNF-α in tumours", "Haemodialysis at a centre", "ŁÓDŹ cohort"]);
    for (query, ids) in [
        ("meniere", "1"),
        ("MÉNIÈRE", "1"),
        ("tnf-alpha", "2"),
        ("TNFα", "2"),
        ("tumor", "2"),
        ("tumours ", "2"),
        ("hemodialysis center ", "3"),
        ("haemodialysis centre ", "3"),
    ] {
        assert_eq!(found_among(all.clone(), query), ids, "{query}");
    }
}

#[test]
fn an_exact_word_beats_a_prefix_and_a_prefix_a_misspelling() {
    // Unfinished, the word is a prefix of others too.
    assert_eq!(found_among(titles(&["Painful feet", "Feet in pain", "Paint on feet"]), "feet pain"), "2 1 3");
    // A word that begins so goes before one that is spelt otherwise, and hides it.
    assert_eq!(found_among(titles(&["Asthma", "Asthenia"]), "asthe "), "2");
}

#[test]
fn a_word_in_the_title_goes_before_conditions_arms_and_criteria_and_ties_keep_their_order() {
    let [mut criteria, mut arm, mut drug, mut condition, title, other] =
        [1, 2, 3, 4, 5, 6].map(|number| trial(&format!("NCT8000000{number}"), "A study"));
    criteria.eligibility.text = Some("Known gout".to_owned());
    arm.arms = vec![Arm { label: "Gout".to_owned(), ..Arm::default() }];
    drug.interventions = vec![Intervention { name: "Gout diet".to_owned(), ..Intervention::default() }];
    condition.conditions = vec!["Gout".to_owned()];
    let title = Trial { title: "A study of gout".to_owned(), ..title };
    let twin = Trial { title: "A study of gout".to_owned(), ..other };
    let all = vec![criteria, arm, drug, condition, title, twin];
    for (query, ids) in [
        ("gout ", "5 6 4 3 2 1"),
        ("gout", "5 6 4 3 2 1"),
        // The first letters are terms of the index, longer beginnings are not.
        ("g", "5 6 4 3 2 1"),
        ("go", "5 6 4 3 2 1"),
        ("gou", "5 6 4 3 2 1"),
        ("title:g", "5 6"),
        ("cond:g", "4"),
        ("drug:go", "3"),
        ("arm:g", "2"),
        ("crit:g", "1"),
        ("id:n", "1 2 3 4 5 6"),
    ] {
        for _ in 0..2 {
            assert_eq!(found_among(all.clone(), query), ids, "{query}");
        }
    }
}

#[test]
fn every_field_of_words_is_asked_by_its_name() {
    let mut one = trial("NCT80000001", "Tinnitus");
    one.ids = vec![RecordId { id: "XY-77".to_owned(), ..RecordId::default() }];
    one.conditions = vec!["Deafness".to_owned()];
    one.interventions = vec![Intervention { name: "Betahistine".to_owned(), ..Intervention::default() }];
    one.arms = vec![Arm { label: "Waiting list".to_owned(), ..Arm::default() }];
    one.endpoints = vec![Endpoint {
        measure: "Loudness".to_owned(),
        description: Some("On a visual scale".to_owned()),
        ..Endpoint::default()
    }];
    one.eligibility.text = Some("No vertigo".to_owned());
    one.sponsor = Some(Organization { name: "Harbour Trust".to_owned(), ..Organization::default() });
    one.sites = vec![Site {
        facility: Some("Old Mill".to_owned()),
        city: Some("Porto".to_owned()),
        country: Some("Portugal".to_owned()),
        ..Site::default()
    }];
    one.study_type = Some(Code::from("INTERVENTIONAL"));
    one.eligibility.sex = Some(Code::from("FEMALE"));
    one.dates.completion = Some(Dated { date: "2026-04-30".to_owned(), kind: None });
    one.dates.last_update_posted = Some(Dated { date: "2025-11-02".to_owned(), kind: None });
    let all = vec![one, trial("NCT80000002", "Another")];
    for query in [
        "title:tinnitus",
        "cond:deafness",
        "drug:betahistine",
        "arm:\"waiting list\"",
        "outcome:loudness",
        "outcome:\"visual scale\"",
        "crit:vertigo",
        "crit:\"no vertigo\"",
        "sponsor:harbor",
        "site:mill",
        "city:porto",
        "country:portugal",
        "id:xy77",
        "type:interventional",
        "sex:female",
        "completion>=2026",
        "completion:2026-04",
        "updated<2026",
        "\"on a visual scale\"",
    ] {
        assert_eq!(found_among(all.clone(), &format!("{query} ")), "1", "{query}");
        assert_eq!(found_among(all.clone(), &format!("-{query} ")), "2", "not {query}");
    }
    for query in
        ["title:deafness", "cond:tinnitus", "city:portugal", "updated>2026", "outcome:\"scale visual\""]
    {
        assert_eq!(found_among(all.clone(), &format!("{query} ")), "", "{query}");
    }
}

#[test]
fn who_can_wait_gets_every_phrase_of_the_long_texts() {
    let text = |words: &str| Eligibility { text: Some(words.to_owned()), ..Eligibility::default() };
    let mut trials: Vec<Trial> = (0..30)
        .map(|at| Trial {
            eligibility: text("marrow of bone"),
            ..trial(&format!("NCT9000{at:04}"), "A study")
        })
        .collect();
    trials.push(Trial { eligibility: text("no bone marrow"), ..trial("NCT90000100", "A study") });
    let entries: Vec<Arc<Entry>> = trials.into_iter().map(entry).collect();
    let index = TrialIndex::in_memory(&entries).expect("an index in memory");
    let query = query::parse("crit:\"bone marrow\" ", &|_| None);
    let title = |row: u64| entries[row as usize].trial.title.clone();
    let holds = |row: u64, test: &query::Test| phrase::holds(&entries[row as usize], test);
    let rows = |answer: &Answer| answer.hits.iter().map(|hit| hit.row).collect::<Vec<_>>();
    let first = search(&index, &query, &title, &holds).expect("an answer");
    assert_eq!((rows(&first), first.more), (vec![], true));
    let whole = search_through(&index, &query, &title, &holds).expect("an answer");
    assert_eq!((rows(&whole), whole.more), (vec![30], false));
}
