//! Records as a table, comma or tab separated.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../records.rs"]
mod records;

fuzz_target!(|data: &[u8]| records::read(data));
