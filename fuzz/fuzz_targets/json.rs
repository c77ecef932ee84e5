//! Records as JSON: registry studies, searches, arrays, lines, whatever comes close.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../records.rs"]
mod records;

fuzz_target!(|data: &[u8]| records::read(data));
