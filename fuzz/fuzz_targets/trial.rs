//! A whole trial: its readings, its findings, its calendar, its printed form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::formats::own_json;
use trialdeck::{calendar, findings, reading};

fuzz_target!(|data: &[u8]| {
    let Ok(trial) = own_json::read(data, "fuzz.json", 1) else { return };
    let readings = reading::trial::read(&trial);
    findings::check(&trial, &readings);
    for course in calendar::courses(&trial, &readings).iter().take(4) {
        let start = calendar::start::parse("2026-12-01", None).expect("a date");
        calendar::dated(&trial, &readings, course, &calendar::Wanted::from(start));
    }
});
