//! Pairs of criteria as records word them, and how the second stands to the first.

use super::statement::Statement;
use super::*;
use crate::reading::criteria::read;
use crate::reading::criteria::vocabulary::Vocabulary;

/// What the table says of a pair: as [`Relation`], or that it cannot be told.
fn told(section: &str, base: &str, other: &str) -> &'static str {
    let statement = |text: &str| {
        let text = format!("{section} Criteria:\n* {text}");
        let reading = read(&text);
        let excludes = section == "Exclusion";
        Statement::of_item(&text, &reading.facts, &reading.tags, excludes, Vocabulary::embedded())
    };
    relation(&statement(base), &statement(other)).map_or("?", Relation::word)
}

const IN: &str = "Inclusion";
const OUT: &str = "Exclusion";

/// Section, first criterion, second criterion, how the second stands to the first.
const PAIRS: &[(&str, &str, &str, &str)] = &[
    (IN, "ECOG performance status 0 or 1", "ECOG PS ≤ 1", "same"),
    (IN, "ECOG 0-1", "ECOG performance status of 0, 1 or 2", "looser"),
    (IN, "ECOG 0-2", "ECOG 0", "stricter"),
    (IN, "Karnofsky performance status ≥ 70%", "KPS of at least 80", "stricter"),
    (IN, "Age ≥ 18 years", "Aged 18 years or older", "same"),
    (IN, "Age 18 to 75 years", "Age ≥ 18 years", "looser"),
    (IN, "Age 18-75 years", "Age 20-70 years", "stricter"),
    (IN, "Age 18-70 years", "Age 20-75 years", "different"),
    (IN, "ANC ≥ 1.5 x 10^9/L", "Absolute neutrophil count at least 1500/mm3", "same"),
    (IN, "ANC ≥ 1,500/µL", "Neutrophils ≥ 1.0 × 10\\^9/L", "looser"),
    (IN, "Platelets ≥ 100 x 10^9/L", "Platelet count ≥ 75,000/mm3", "looser"),
    (IN, "Platelets ≥ 100,000/mm3", "Platelets > 100,000/mm3", "stricter"),
    (IN, "Hemoglobin ≥ 9 g/dL", "Haemoglobin ≥ 90 g/L", "same"),
    (IN, "Hemoglobin ≥ 9.0 g/dL", "Hb ≥ 10 g/dL", "stricter"),
    (IN, "Total bilirubin ≤ 1.5 × ULN", "Bilirubin ≤ 1.5 times the upper limit of normal", "same"),
    (IN, "Total bilirubin ≤ 1.5 × ULN", "Total bilirubin ≤ 2 x ULN", "looser"),
    (IN, "Total bilirubin ≤ 1.5 × ULN", "Total bilirubin ≤ 1.5 mg/dL", "different"),
    (IN, "ALT and AST ≤ 2.5 × ULN", "AST and ALT ≤ 3 × ULN", "looser"),
    (IN, "ALT ≤ 2.5 × ULN", "ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)", "looser"),
    (IN, "ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)", "ALT ≤ 2.5 × ULN", "stricter"),
    (
        IN,
        "ALT ≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)",
        "ALT ≤ 2.5 × ULN (≤ 3 × ULN if liver metastases)",
        "stricter",
    ),
    (IN, "Creatinine clearance ≥ 60 mL/min", "Creatinine clearance ≥ 50 mL/min", "looser"),
    (
        IN,
        "Serum creatinine ≤ 1.5 × ULN",
        "Serum creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min",
        "looser",
    ),
    (
        IN,
        "Creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min",
        "Creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 50 mL/min",
        "looser",
    ),
    (IN, "Life expectancy of at least 3 months", "Life expectancy ≥ 12 weeks", "looser"),
    (IN, "Life expectancy of at least 12 weeks", "Life expectancy of more than 6 months", "stricter"),
    (IN, "LVEF ≥ 50%", "Left ventricular ejection fraction ≥ 45%", "looser"),
    (IN, "BMI between 18 and 30 kg/m2", "BMI 19-28 kg/m2", "stricter"),
    (IN, "INR ≤ 1.5", "INR ≤ 1.5 unless on anticoagulants", "?"),
    (IN, "Platelets ≥ 100 x 10^9/L", "Platelets ≥ 100 x 10^9/L without transfusion", "?"),
    (IN, "ANC ≥ 1.5 x 10^9/L", "Platelets ≥ 100 x 10^9/L", "different"),
    (IN, "ANC ≥ 1.5 x 10^9/L", "ANC ≥ 1.5 x 10^9/L and platelets ≥ 100 x 10^9/L", "stricter"),
    (IN, "Measurable disease", "Measurable disease", "same"),
    (IN, "Written informed consent", "Able to sign a consent form", "?"),
    (OUT, "Platelets < 100,000/mm3", "Platelets < 75,000/mm3", "looser"),
    (OUT, "QTc > 470 ms", "QTc interval > 450 msec", "stricter"),
    (OUT, "QTcF > 470 ms", "QTcF ≥ 470 ms", "stricter"),
    (OUT, "NYHA class III or IV", "NYHA class II-IV heart failure", "stricter"),
    (
        OUT,
        "Chemotherapy within 4 weeks before the first dose",
        "Chemotherapy within 2 weeks of first dose",
        "looser",
    ),
    (OUT, "Major surgery within 28 days", "Major surgery within 4 weeks before enrolment", "same"),
    (OUT, "Major surgery within 4 weeks", "Radiotherapy within 4 weeks", "different"),
    (OUT, "Other malignancy within 5 years", "Other malignancy within 3 years", "looser"),
    (
        OUT,
        "Other malignancy, except those free of disease for > 5 years",
        "Other malignancy, except those free of disease for > 2 years",
        "looser",
    ),
    (OUT, "Systolic blood pressure > 160 mmHg", "Systolic blood pressure > 140 mmHg", "stricter"),
    (OUT, "More than 2 prior lines of therapy", "More than 3 prior lines of therapy", "looser"),
    (OUT, "Active hepatitis B", "Known HIV infection", "?"),
    (OUT, "Pregnant or breastfeeding women", "Pregnant or breastfeeding women.", "same"),
];

#[test]
fn pairs_stand_to_each_other_as_a_reader_would_say() {
    let wrong: Vec<String> = PAIRS
        .iter()
        .map(|(section, base, other, expected)| (told(section, base, other), base, other, expected))
        .filter(|(found, _, _, expected)| found != *expected)
        .map(|(found, base, other, expected)| format!("{base} / {other}: {found}, not {expected}"))
        .collect();
    assert!(PAIRS.len() >= 40);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PAIRS.len(), wrong.join("\n"));
}

#[test]
fn the_other_way_round_stricter_is_looser() {
    for (section, base, other, _) in PAIRS {
        let turned = match told(section, base, other) {
            "stricter" => "looser",
            "looser" => "stricter",
            same => same,
        };
        assert_eq!(told(section, other, base), turned, "{other} / {base}");
    }
}
