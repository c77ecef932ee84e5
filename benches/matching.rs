//! What matching costs: one patient against 10,000 trials whose readings are there.
//!
//! `cargo bench --bench matching`. With what comes to light (washouts, alternatives, the next question) it must stay
//! under 200 ms; `walk` is the floor: the same limits looked at once, nothing weighed.

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use trialdeck::app::patient::{Trials, Weigh};
use trialdeck::formats::Record;
use trialdeck::library::Entry;
use trialdeck::matching::facts;
use trialdeck::protocol::{Eligibility, Trial};

const TRIALS: usize = 10_000;
const FACTS: &str =
    "B7, 61 f, ecog 1, anc 1.2, platelets 95, lines 2, chemotherapy 20 days ago, surgery 100 days ago";

/// Criteria as long as those of many oncology records.
const CRITERIA: [&str; 3] = [
    "Inclusion Criteria:\n* Age 18 to 75 years\n* ECOG 0 or 1\n* Life expectancy of at least 12 weeks\n\
     * ANC ≥ 1.5 x 10^9/L, platelets ≥ 100 x 10^9/L, hemoglobin ≥ 9 g/dL\n\
     * Creatinine ≤ 1.5 x ULN or creatinine clearance ≥ 60 mL/min\n\
     * ALT and AST ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)\n* Total bilirubin ≤ 1.5 x ULN\n\
     Exclusion Criteria:\n* Chemotherapy or radiotherapy within 4 weeks before the first dose\n\
     * Major surgery within 28 days before the first dose\n* NYHA class III or IV heart failure",
    "Inclusion Criteria:\n* Age ≥ 18 years\n* ECOG ≤ 2\n* Neutrophils of at least 1,000/mm3\n* Platelets ≥ 75,000/mm3\n\
     * At least 3 weeks since the last dose of chemotherapy\nExclusion Criteria:\n* LVEF < 50%\n\
     * Prior therapy with a PD-1 inhibitor within 3 months before the first dose\n\
     * Myocardial infarction or unstable angina within 6 months before the first dose",
    "Inclusion Criteria:\n* Adults aged 20 to 80 years\n* HbA1c between 7.0 and 10.5%\n* BMI 22 to 45 kg/m2\n\
     Exclusion Criteria:\n* eGFR < 45 mL/min/1.73m2\n* Systemic corticosteroids within 2 weeks before the first dose",
];

fn main() {
    divan::main();
}

fn job() -> Weigh {
    let entry = |number: usize| {
        let text = CRITERIA.iter().cycle().nth(number % CRITERIA.len()).copied().unwrap_or_default();
        let eligibility = Eligibility {
            text: Some(text.to_owned()),
            minimum_age: Some("18 Years".to_owned()),
            ..Eligibility::default()
        };
        let trial = Trial { id: format!("NCT{number:08}"), eligibility, ..Trial::default() };
        let entry = Entry::new(Record { trial, raw: None });
        entry.readings();
        Arc::new(entry)
    };
    let patient = facts::read(FACTS).unwrap_or_default().patient;
    let trials =
        (0..TRIALS).filter_map(|number| Some((u32::try_from(number).ok()?, entry(number)))).collect();
    Weigh { generation: 0, patient, trials: Trials::Open(trials) }
}

/// Weighing them all, sorting them, and finding the next question.
#[divan::bench]
fn weigh_10_000(bencher: Bencher<'_, '_>) {
    let job = job();
    bencher.bench_local(|| job.run(&|| false, &mut |_| {}));
}

/// Every limit of the same trials looked at once.
#[divan::bench]
fn walk_10_000(bencher: Bencher<'_, '_>) {
    let job = job();
    bencher.bench_local(|| {
        let Trials::Open(trials) = &job.trials else { return 0 };
        let limits = trials.iter().flat_map(|(_, entry)| &entry.readings().criteria.facts);
        limits.filter(|limit| black_box(limit).variable == "anc").count()
    });
}
