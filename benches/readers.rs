//! How fast the readers go through prose, on one core.
//!
//! `cargo bench --bench readers`. The text is written for this bench: arms as registries describe them, sentences with
//! a dose and sentences without one.

use divan::Bencher;
use divan::counter::BytesCount;
use trialdeck::reading::dosing;

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

/// The descriptions one after the other, as many texts as make up about a megabyte.
fn texts() -> Vec<&'static str> {
    let once: usize = ARMS.iter().map(|text| text.len()).sum();
    ARMS.iter().copied().cycle().take(ARMS.len() * (1_000_000 / once)).collect()
}

#[divan::bench]
fn dosing_reader(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        texts.iter().map(|text| dosing::read(divan::black_box(text), "").len()).sum::<usize>()
    });
}
