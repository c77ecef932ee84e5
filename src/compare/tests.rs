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
            "≠ Density of infiltrating lymphocytes | other | secondary",
            "≠ OS |  | primary",
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

/// A trial with an eligibility text, and its readings.
fn with_criteria(id: &str, text: &str) -> (Trial, Readings) {
    let mut one = trial(id, "PHASE2", 1);
    one.eligibility.text = Some(text.to_owned());
    let readings = crate::reading::trial::read(&one);
    (one, readings)
}

fn marked(comparison: &Comparison, groups: &[&str]) -> Vec<String> {
    let rows = comparison.sections.iter().flat_map(|section| &section.rows);
    let rows = rows.filter(|row| groups.contains(&row.group));
    rows.map(|row| {
        let cell = |cell: &Cell| {
            let text = match cell.state {
                State::NotStated => "–".to_owned(),
                State::NotRead => format!("not read: {}", cell.text),
                State::Stated => cell.text.clone(),
            };
            if cell.mark == Some(Mark::Strictest) { format!("{text} ◆") } else { text }
        };
        format!("{} | {}", row.label, row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
    })
    .collect()
}

#[test]
fn limits_stand_in_one_unit_and_the_strictest_is_marked() {
    let (one, first) = with_criteria(
        "A",
        "Inclusion Criteria:\n* ECOG 0 or 1\n* ANC ≥ 1.5 x 10^9/L\n* ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)\n\
         * Creatinine ≤ 1.5 × ULN\nExclusion Criteria:\n* Chemotherapy within 4 weeks before first dose",
    );
    let (other, second) = with_criteria(
        "B",
        "Inclusion Criteria:\n* ECOG 0-2\n* Neutrophils at least 2000/mm3\n* ALT adequate for treatment\n\
         * Creatinine ≤ 1.5 mg/dL\nExclusion Criteria:\n* Chemotherapy within 14 days of first dose",
    );
    let sides = [Side { trial: &one, readings: &first }, Side { trial: &other, readings: &second }];
    let comparison = compare(&sides, &[SectionName::Eligibility]);
    assert_eq!(
        marked(&comparison, &["Limits", "Washouts"]),
        [
            "ECOG | ≤ 1 ◆ | ≤ 2",
            "Neutrophils, 10^9/L | ≥ 1.5 | ≥ 2 (2000 /mm3) ◆",
            "ALT, × ULN | ≤ 2.5; ≤ 5 (under a condition) | not read: ALT adequate for treatment",
            "Creatinine, × ULN | ≤ 1.5 | –",
            "Creatinine, mg/dL | – | ≤ 1.5",
            "Washout: Chemotherapy | 4 weeks ◆ | 14 days",
        ]
    );
}

#[test]
fn criteria_stand_beside_their_like_and_tell_how_they_relate() {
    let (one, first) = with_criteria(
        "A",
        "Inclusion Criteria:\n* Platelets ≥ 100 x 10^9/L\n* Signed informed consent before any procedure\n\
         Exclusion Criteria:\n* Uncontrolled asthma",
    );
    let (other, second) = with_criteria(
        "B",
        "Inclusion Criteria:\n* Signed informed consent before any study procedure\n* Platelet count ≥ 75,000/mm3",
    );
    let sides = [Side { trial: &one, readings: &first }, Side { trial: &other, readings: &second }];
    let comparison = compare(&sides, &[SectionName::Eligibility]);
    let rows = comparison.sections.iter().flat_map(|section| &section.rows);
    let told: Vec<String> = rows
        .filter(|row| ["Criteria", "Only here"].contains(&row.group))
        .map(|row| {
            let relation = match row.cells.as_slice() {
                [base, other] => related(base, other).map_or("-", Relation::word),
                _ => "-",
            };
            format!("{} [{relation}] {}", row.label, row.group)
        })
        .collect();
    assert_eq!(
        told,
        [
            "Must hold: Platelets ≥ 100 x 10^9/L [looser] Criteria",
            "Must hold: Signed informed consent before any procedure [-] Criteria",
            "Must not hold: Uncontrolled asthma [-] Only here",
        ]
    );
}

#[test]
fn a_drug_under_another_spelling_is_one_row_and_what_was_not_read_shows_its_words() {
    let treated = |id: &str, drug: &str, words: &str| {
        let mut one = trial(id, "PHASE2", 1);
        one.interventions = vec![crate::protocol::Intervention {
            name: drug.to_owned(),
            description: (!words.is_empty()).then(|| words.to_owned()),
            ..Default::default()
        }];
        let readings = crate::reading::trial::read(&one);
        (one, readings)
    };
    let (one, first) = treated("A", "Cadonilimab", "10 mg/kg IV on day 1 of each 21-day cycle");
    let (other, second) = treated("B", "Cadunilimab injection", "As the local label says");
    let (third, last) = treated("C", "cadonilimab", "");
    let sides = [
        Side { trial: &one, readings: &first },
        Side { trial: &other, readings: &second },
        Side { trial: &third, readings: &last },
    ];
    let comparison = compare(&sides, &[SectionName::Arms]);
    assert_eq!(
        marked(&comparison, &["Treatments"]),
        [
            "Cadonilimab | 10 mg/kg IV, day 1, 21-day cycle | not read: As the local label says | listed; dose not stated"
        ]
    );
}

/// A trial of one treatment in those words, and what is read of it.
fn treated(id: &str, words: &str) -> (Trial, Readings) {
    let mut one = trial(id, "PHASE2", 1);
    one.interventions = vec![crate::protocol::Intervention {
        name: "Drugamab".to_owned(),
        description: Some(words.to_owned()),
        ..Default::default()
    }];
    one.description.detailed = Some("Tumour imaging is done every 6 weeks.".to_owned());
    let readings = crate::reading::trial::read(&one);
    (one, readings)
}

#[test]
fn cycles_lie_on_one_axis_and_visits_are_counted() {
    let (one, first) = treated("A", "Drugamab 5 mg/kg IV on day 1 of each 21-day cycle");
    let (other, second) = treated("B", "Drugamab 100 mg orally once daily on days 1-14 of each 28-day cycle");
    let sides = [Side { trial: &one, readings: &first }, Side { trial: &other, readings: &second }];
    let comparison = compare(&sides, &[SectionName::Schedule]);
    let told = marked(&comparison, &["Treatment"]);
    assert_eq!(told, ["Cycles | 21-day cycle | 28-day cycle", "Days with doses in 12 weeks | 4 | 42"]);
    let bars: Vec<(usize, String)> =
        comparison.overlay.iter().map(|lane| (lane.column, lane.bar(36))).collect();
    assert_eq!(
        bars,
        [
            (0, "1  ·  ·  1  ·  ·  1  ·  ·  1  ·  ·".to_owned()),
            (1, "7  7  ·  ·  7  7  ·  ·  7  7  ·  ·".to_owned()),
        ]
    );
}

#[test]
fn a_cycle_that_was_not_read_is_not_said_to_be_unstated() {
    let (one, first) = treated("A", "Drugamab 5 mg/kg IV on day 1 of each 21-day cycle");
    let (other, second) = treated("B", "Drugamab 5 mg/kg IV on day 1 of each 21-28 day cycle");
    let sides = [Side { trial: &one, readings: &first }, Side { trial: &other, readings: &second }];
    let comparison = compare(&sides, &[SectionName::Schedule]);
    assert_eq!(
        marked(&comparison, &["Treatment"])[0],
        "Cycles | 21-day cycle | not read: Drugamab 5 mg/kg IV on day 1 of each 21-28 day cycle"
    );
}

#[test]
fn what_goes_on_without_a_stated_end_is_not_drawn_as_given_once_and_arms_alike_stand_together() {
    let mut one = trial("A", "PHASE2", 1);
    let arm = |label: &str| crate::protocol::Arm {
        label: label.to_owned(),
        interventions: vec!["XY-101".to_owned()],
        ..Default::default()
    };
    one.arms = vec![arm("First"), arm("Second")];
    one.interventions = vec![crate::protocol::Intervention {
        name: "XY-101".to_owned(),
        description: Some("XY-101 5 mg orally once daily".to_owned()),
        ..Default::default()
    }];
    let readings = crate::reading::trial::read(&one);
    let comparison = compare(&[Side { trial: &one, readings: &readings }], &[SectionName::Schedule]);
    let lanes: Vec<String> = comparison
        .overlay
        .iter()
        .map(|lane| format!("{} | {} | {}", lane.course, lane.what, lane.bar(36)))
        .collect();
    assert_eq!(lanes, ["First, Second | XY-101 5 mg oral | 1+ ┄  ┄  ┄  ┄  ┄  ┄  ┄  ┄  ┄  ┄  ┄"]);
}

#[test]
fn changes_between_versions_are_told_in_words() {
    let (mut one, first) = with_criteria(
        "NCT1",
        "Inclusion Criteria:\n* ECOG 0 or 1\nExclusion Criteria:\n* Chemotherapy within 4 weeks before first dose",
    );
    let (mut other, mut second) = with_criteria(
        "NCT1",
        "Inclusion Criteria:\n* ECOG 0 or 1\nExclusion Criteria:\n* Chemotherapy within 2 weeks before first dose",
    );
    one.enrollment = Some(Enrollment { count: Some(82), kind: None });
    other.enrollment = Some(Enrollment { count: Some(120), kind: None });
    other.endpoints = vec![endpoint("Overall survival", Role::Secondary)];
    second.endpoints = vec![kind("OS")];
    let sides = [Side { trial: &one, readings: &first }, Side { trial: &other, readings: &second }];
    let comparison = compare(&sides, &SECTIONS);
    assert!(are_versions(&comparison));
    assert_eq!(
        changes(&comparison),
        [
            "Enrolment: 82 → 120",
            "secondary endpoint added: OS",
            "Washout: Chemotherapy: 4 weeks → 2 weeks (looser)",
            "criterion: Chemotherapy within 4 weeks before first dose → Chemotherapy within 2 weeks before first dose (looser)",
        ]
    );
}
