//! Verdicts on rows of made-up records.

use super::*;
use crate::protocol::{Arm, Endpoint, Role, TimeFrameText};
use crate::reading::trial::read;

fn trial() -> Trial {
    let arm = |label: &str| Arm {
        label: label.to_owned(),
        description: Some("Drugamab 80 mg IV on days 1 and 15 of each 28-day cycle.".to_owned()),
        ..Arm::default()
    };
    let mut trial = Trial { id: "X1".to_owned(), arms: vec![arm("A")], ..Trial::default() };
    trial.endpoints = vec![Endpoint {
        role: Some(Role::Primary),
        measure: "Overall survival".to_owned(),
        description: None,
        time_frame: Some(TimeFrameText { text: "2 years".to_owned() }),
    }];
    trial.description.detailed = Some("CT at baseline and every 6 weeks.".to_owned());
    trial.eligibility.text = Some(
        "Inclusion Criteria:\n\n* ANC ≥ 1.5 x 10^9/L, platelets ≥ 100 x 10^9/L\n* ECOG 0-1\n".to_owned(),
    );
    trial
}

fn row_of(trial: &Trial, kind: RowKind) -> Judged {
    let rows = judged(trial, &read(trial), &[]);
    rows.into_iter().find(|judged| judged.row.kind() == kind).expect("a row of that kind")
}

fn signed(trial: &Trial, kind: RowKind, verdict: Verdict) -> Review {
    let review = row_of(trial, kind).review(trial, verdict).expect("a text");
    Review { by: "AB".to_owned(), at: "2026-01-02T03:04:05Z".to_owned(), ..review }
}

/// The readings with one verdict, and the rows.
fn with(trial: &Trial, review: Review) -> (Readings, Vec<Judged>) {
    let mut readings = read(trial);
    let rows = apply(&Vocabularies::default(), trial, &mut readings, &[review]);
    (readings, rows)
}

fn corrected(kind: RowKind, said: &str) -> Readings {
    let trial = trial();
    with(&trial, signed(&trial, kind, Verdict::Corrected(said.to_owned()))).0
}

#[test]
fn every_kind_of_row_can_be_judged() {
    let rows = judged(&trial(), &read(&trial()), &[]);
    for kind in [RowKind::Dosing, RowKind::Assessment, RowKind::Kind, RowKind::TimeFrame, RowKind::Limit] {
        assert!(rows.iter().any(|judged| judged.row.kind() == kind), "{kind:?}");
    }
}

#[test]
fn an_accepted_row_stays_as_it_was_read() {
    let trial = trial();
    let (readings, rows) = with(&trial, signed(&trial, RowKind::Limit, Verdict::Accepted));
    assert_eq!(readings, read(&trial));
    assert_eq!(rows.iter().filter(|judged| judged.review.is_some()).count(), 1);
}

#[test]
fn what_was_rejected_goes() {
    let trial = trial();
    let rejected = |kind| with(&trial, signed(&trial, kind, Verdict::Rejected)).0;
    assert!(rejected(RowKind::Dosing).regimens.is_empty());
    assert!(rejected(RowKind::Assessment).assessments.len() < read(&trial).assessments.len());
    assert_eq!(rejected(RowKind::Kind).endpoints[0].kind, None);
    assert_eq!(rejected(RowKind::TimeFrame).time_frames[0], Default::default());
    assert!(rejected(RowKind::Limit).criteria.facts.iter().all(|limit| limit.variable != "anc"));
}

#[test]
fn what_was_corrected_is_read_from_the_correction() {
    let given = corrected(RowKind::Dosing, "100 mg orally on days 1 to 3 of each 21-day cycle");
    let row = &given.regimens[0].administrations[0];
    assert_eq!(
        (row.drug.as_str(), row.route.as_deref(), &row.days[..]),
        ("drugamab", Some("oral"), &[1, 2, 3][..])
    );
    assert_eq!(given.regimens[0].cycle.map(|cycle| cycle.to_string()).as_deref(), Some("P21D"));
    assert_eq!(row.span.field, "arms[0].description");
    let kind = corrected(RowKind::Kind, "progression-free survival");
    assert_eq!(kind.endpoints[0].kind.as_deref(), Some("PFS"));
    let frame = corrected(RowKind::TimeFrame, "up to 36 months");
    assert_eq!(frame.time_frames[0].max.map(|max| max.to_string()).as_deref(), Some("P36M"));
    let limit = corrected(RowKind::Limit, ">= 1.0 x 10^9/L").criteria.facts.remove(0);
    assert_eq!(
        (limit.variable.as_str(), limit.op.as_str(), limit.unit.as_deref()),
        ("anc", ">=", Some("10^9/L"))
    );
    assert_eq!(serde_json::json!(limit.value), serde_json::json!(1));
    let examined = corrected(RowKind::Assessment, "every 8 weeks");
    assert!(
        examined.assessments.iter().any(|row| row.timing.every.is_some_and(|every| every.days() == 56.0))
    );
}

#[test]
fn what_cannot_be_read_is_no_correction() {
    let trial = trial();
    let refused = |kind, said: &str| {
        let row = row_of(&trial, kind).row;
        check(&Vocabularies::default(), &row, said).expect_err("no correction")
    };
    assert!(refused(RowKind::Dosing, "blue").contains("80 mg IV"));
    assert!(refused(RowKind::TimeFrame, "soon").contains("no time"));
    assert!(refused(RowKind::Kind, "xyzzy").contains("no kind"));
    assert!(refused(RowKind::Limit, "blue").contains("no limit"));
    assert!(refused(RowKind::Limit, "ANC ≥ 1.5 x 10^9/L and platelets ≥ 90 x 10^9/L").contains("2 limits"));
    let (readings, _) = with(&trial, signed(&trial, RowKind::Kind, Verdict::Corrected("xyzzy".to_owned())));
    assert_eq!(readings, read(&trial));
}

#[test]
fn a_changed_text_asks_again() {
    let trial = trial();
    let review = signed(&trial, RowKind::Limit, Verdict::Rejected);
    let mut changed = trial.clone();
    changed.eligibility.text = trial.eligibility.text.map(|text| format!("{text}* Able to walk\n"));
    let (readings, rows) = with(&changed, review);
    assert_eq!(readings, read(&changed));
    let anc = rows.iter().find(|judged| judged.earlier.is_some()).expect("asked again");
    assert_eq!(anc.row.kind(), RowKind::Limit);
    assert_eq!(anc.review, None);
}

#[test]
fn the_newest_verdict_on_a_row_holds() {
    let trial = trial();
    let first = signed(&trial, RowKind::Kind, Verdict::Rejected);
    let second =
        Review { verdict: Verdict::Accepted, at: "2026-02-01T00:00:00Z".to_owned(), ..first.clone() };
    let mut readings = read(&trial);
    apply(&Vocabularies::default(), &trial, &mut readings, &[second, first]);
    assert_eq!(readings.endpoints[0].kind.as_deref(), Some("OS"));
}

#[test]
fn a_treatment_of_two_arms_is_one_row() {
    let mut trial = trial();
    trial.arms.push(Arm {
        label: "B".to_owned(),
        interventions: vec!["drugamab".to_owned()],
        ..Arm::default()
    });
    let rows = judged(&trial, &read(&trial), &[]);
    assert_eq!(rows.iter().filter(|judged| judged.row.kind() == RowKind::Dosing).count(), 1);
}
