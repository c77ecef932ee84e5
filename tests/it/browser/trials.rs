//! Trials made up for these tests.

use trialdeck::protocol::{Code, Dated, Dates, RecordId, Trial};

/// A trial that states an id, a title, a status, a phase and a condition.
pub fn short(id: &str, title: &str, status: &str, phases: &[&str], condition: &str) -> Trial {
    Trial {
        id: id.to_owned(),
        ids: vec![RecordId { id: id.to_owned(), kind: Some(Code::from("NCT")), domain: None }],
        title: title.to_owned(),
        status: Some(Code::from(status)),
        phases: phases.iter().copied().map(Code::from).collect(),
        conditions: vec![condition.to_owned()],
        dates: Dates { last_update_posted: Some(dated("2025-11-02")), ..Dates::default() },
        ..Trial::default()
    }
}

pub fn dated(date: &str) -> Dated {
    Dated { date: date.to_owned(), kind: None }
}

/// A handful of trials that differ in every column of the list.
pub fn handful() -> Vec<Trial> {
    let old = Trial {
        dates: Dates {
            last_update_posted: Some(dated("2019-06-30")),
            verified: Some(dated("2019-06")),
            ..Dates::default()
        },
        ..short("NCT90000003", "Walking after knee replacement", "UNKNOWN", &["NA"], "Osteoarthritis, Knee")
    };
    vec![
        short("NCT90000001", "Daily tablet against night cramps", "RECRUITING", &["PHASE2"], "Muscle Cramp"),
        short(
            "NCT90000002",
            "Two doses of a nasal spray for hay fever in children aged six to eleven years",
            "COMPLETED",
            &["PHASE2", "PHASE3"],
            "Allergic Rhinitis",
        ),
        old,
        Trial {
            title: "No registry has seen this one".to_owned(),
            id: "notes".to_owned(),
            ..Trial::default()
        },
        short("NCT90000005", "肝細胞癌に対する併用療法", "NOT_YET_RECRUITING", &["PHASE1"], "肝細胞癌"),
    ]
}
