use super::*;
use crate::protocol::{Code, Endpoint, EndpointReading, Enrollment, Period, PeriodUnit, Role, TimeFrame};

fn trial(id: &str, phase: &str, count: u64) -> Trial {
    Trial {
        id: id.to_owned(),
        phases: vec![Code::from(phase)],
        enrollment: Some(Enrollment { count: Some(count), kind: Some(Code::from("ESTIMATED")) }),
        ..Trial::default()
    }
}

fn endpoint(measure: &str, role: Role) -> Endpoint {
    Endpoint { measure: measure.to_owned(), role: Some(role), ..Endpoint::default() }
}

fn kind(kind: &str) -> EndpointReading {
    EndpointReading { kind: Some(kind.to_owned()), ..EndpointReading::default() }
}

fn shown(comparison: &Comparison) -> Vec<String> {
    let rows = comparison.sections.iter().flat_map(|section| &section.rows);
    rows.map(|row| {
        let cells: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
        format!("{}{} | {}", if row.differs { "≠ " } else { "= " }, row.label, cells.join(" | "))
    })
    .collect()
}

#[test]
fn design_rows_tell_what_differs() {
    let (one, other) = (trial("A", "PHASE2", 82), trial("B", "PHASE2", 120));
    let readings = Readings::default();
    let sides = [Side { trial: &one, readings: &readings }, Side { trial: &other, readings: &readings }];
    let comparison = compare(&sides, &[SectionName::Design]);
    assert_eq!(
        shown(&comparison),
        ["= Phase | Phase 2 | Phase 2", "≠ Enrolment | 82 (planned) | 120 (planned)"]
    );
}

#[test]
fn endpoints_align_by_kind_then_by_words() {
    let mut one = trial("A", "PHASE2", 1);
    one.endpoints = vec![
        endpoint("Progression-free survival", Role::Primary),
        endpoint("Density of infiltrating lymphocytes", Role::Other),
    ];
    let mut other = trial("B", "PHASE2", 1);
    other.endpoints = vec![
        endpoint("Infiltrating lymphocytes, density", Role::Secondary),
        endpoint("OS", Role::Primary),
        endpoint("PFS", Role::Secondary),
    ];
    let two_years = TimeFrame { max: Some(Period::new(2.0, PeriodUnit::Year)), ..TimeFrame::default() };
    let first = Readings {
        endpoints: vec![kind("PFS"), kind("BIOMARKER")],
        time_frames: vec![two_years, TimeFrame::default()],
        ..Readings::default()
    };
    let second =
        Readings { endpoints: vec![kind("BIOMARKER"), kind("OS"), kind("PFS")], ..Readings::default() };
    let sides = [Side { trial: &one, readings: &first }, Side { trial: &other, readings: &second }];
    let comparison = compare(&sides, &[SectionName::Endpoints]);
    assert_eq!(
        shown(&comparison),
        [
            "≠ PFS | primary · 24 mo | secondary",
            "≠ OS |  | primary",
            "≠ Density of infiltrating lymphocytes | other | secondary",
        ]
    );
}

#[test]
fn what_was_not_read_is_neither_same_nor_different() {
    assert!(!cell::differ(&[Cell::stated("80 mg"), Cell::not_read("by level"), Cell::stated("80 MG")]));
    assert!(cell::differ(&[Cell::stated("80 mg"), Cell::not_stated()]));
    let months = |value: f64| Cell::stated("…").with_value(value, "month");
    assert!(!cell::differ(&[months(23.99), months(24.0)]));
}
