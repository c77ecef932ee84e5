//! How fast the readers go through prose, on one core.
//!
//! `cargo bench --bench readers`. The text is written for this bench: arms as registries describe them, sentences with
//! a dose and sentences without one.

use divan::Bencher;
use divan::counter::BytesCount;
use trialdeck::reading::lexer::lex;
use trialdeck::reading::{criteria, dosing, endpoint, time_frame};

fn main() {
    divan::main();
}

/// Descriptions of a few constructions.
const ARMS: &[&str] = &[
    "Participants receive valtumab 240 mg intravenously (IV) over 30 minutes on Day 1 of each 21-day cycle plus zorafenib 8 mg orally once daily until disease progression, unacceptable toxicity or withdrawal of consent.",
    "Carboplatin (AUC 5 on day 1) and pemetrexed (500 mg/m\\^2 on day 1) in a 3-week cycle for up to four cycles, followed by maintenance with pemetrexed every 3 weeks.",
    "The study team will contact every participant by telephone and ask about symptoms, use of other medicines and any visit to a hospital since the last contact. Questionnaires are completed at home.",
    "Tumour assessments are done by the local radiologist at baseline and every 8 weeks; the results are collected centrally and are not shown to the treating physician.",
    "In the induction phase patients are given rituximab 375 mg/m² IV on days 1, 8, 15 and 22 of cycle 1, then on day 1, in 28-day cycles. In the maintenance phase zorafenib 80 mg po qd.",
    "Prednisone 1 mg/kg/day for 2 weeks; 0.5 mg/kg/day for 2 weeks; 0.25 mg/kg/day for 2 weeks.",
];

/// Time frames of a few constructions.
const TIMES: &[&str] = &[
    "From randomisation until the date of first documented progression or death from any cause, whichever comes first, assessed up to approximately 36 months",
    "Baseline, weeks 4, 8 (± 3 days), 12 and 24, then every 12 weeks until the end of treatment (each cycle is 21 days)",
    "Pre-dose, 0.5, 1, 2, 4, 8, 24 and 48 hours after the first dose on Day 1 and Day 15 of cycles 1 and 3",
    "Through study completion, an average of 1 year",
    "Up to 30 days after the last dose of study treatment",
    "Percentage of participants who answer the questionnaire at home",
];

/// Outcomes: what is measured, and its description.
const OUTCOMES: &[(&str, &str)] = &[
    (
        "Objective response rate",
        "Share of participants with complete or partial response by RECIST 1.1, as judged by a blinded independent review.",
    ),
    (
        "Number of participants with adverse events",
        "Graded by CTCAE version 5.0, from the first dose to 30 days after the last.",
    ),
    (
        "Change in the quality of life",
        "EORTC QLQ-C30 questionnaire; a higher score of the global scale is a better outcome.",
    ),
    ("Serum concentration of valtumab", "Samples are taken before the infusion and at its end."),
];

/// An eligibility text.
const CRITERIA: &str = "Inclusion Criteria:\n\n* Age 18 years or older\n* Histologically confirmed carcinoma of the stomach that cannot be resected\n* ECOG performance status 0-1\n* Absolute neutrophil count \\>= 1.5 x 10\\^9/L, platelets \\>= 100 x 10\\^9/L, haemoglobin \\>= 9 g/dL\n* AST and ALT \\<= 2.5 x ULN (\\<= 5 x ULN if liver metastases are present)\n* Written informed consent\n\nExclusion Criteria:\n\n* Chemotherapy within 4 weeks before the first dose\n* Other malignancy, except basal cell carcinoma that has been free of disease for more than 5 years\n* Known hypersensitivity to any of the study drugs or to what they are dissolved in\n* Pregnancy or breast feeding\n";

/// The texts one after the other, as many as make up about a megabyte.
fn megabyte(texts: &[&'static str]) -> Vec<&'static str> {
    let once: usize = texts.iter().map(|text| text.len()).sum();
    texts.iter().copied().cycle().take(texts.len() * (1_000_000 / once)).collect()
}

fn bytes(texts: &[&str]) -> BytesCount {
    BytesCount::new(texts.iter().map(|text| text.len()).sum::<usize>())
}

/// The limit that the readers are compared with: the same bytes only folded and cut into words.
#[divan::bench]
fn lexing_alone(bencher: Bencher<'_, '_>) {
    let texts = megabyte(ARMS);
    bencher
        .counter(bytes(&texts))
        .bench_local(|| texts.iter().map(|text| lex(divan::black_box(text)).len()).sum::<usize>());
}

/// To reach: 20 MB/s.
#[divan::bench]
fn dosing_reader(bencher: Bencher<'_, '_>) {
    let texts = megabyte(ARMS);
    bencher.counter(bytes(&texts)).bench_local(|| {
        texts.iter().map(|text| dosing::read(divan::black_box(text), "").len()).sum::<usize>()
    });
}

/// To reach: 20 MB/s.
#[divan::bench]
fn time_frame_reader(bencher: Bencher<'_, '_>) {
    let texts = megabyte(TIMES);
    bencher.counter(bytes(&texts)).bench_local(|| {
        texts.iter().map(|text| time_frame::read(divan::black_box(text)).points.len()).sum::<usize>()
    });
}

#[divan::bench]
fn endpoint_reader(bencher: Bencher<'_, '_>) {
    let once: usize = OUTCOMES.iter().map(|(measure, more)| measure.len() + more.len()).sum();
    let outcomes: Vec<_> = OUTCOMES.iter().cycle().take(OUTCOMES.len() * (1_000_000 / once)).collect();
    let all: usize = outcomes.iter().map(|(measure, more)| measure.len() + more.len()).sum();
    bencher.counter(BytesCount::new(all)).bench_local(|| {
        let kinds =
            outcomes.iter().map(|(measure, more)| endpoint::read(divan::black_box(measure), more).kind);
        kinds.flatten().count()
    });
}

#[divan::bench]
fn criteria_reader(bencher: Bencher<'_, '_>) {
    let texts = megabyte(&[CRITERIA]);
    bencher.counter(bytes(&texts)).bench_local(|| {
        texts.iter().map(|text| criteria::read(divan::black_box(text)).facts.len()).sum::<usize>()
    });
}
