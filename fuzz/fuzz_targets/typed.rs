//! What people type or hand over: facts of a patient, a start date, a code word, a patient as JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::calendar::start;
use trialdeck::desk::code;
use trialdeck::matching::{Patient, facts};

fuzz_target!(|text: &str| {
    let _ = facts::read(text);
    let _ = start::parse(text, None);
    code::resembles(text);
    let _ = serde_json::from_str::<Patient>(text);
});
