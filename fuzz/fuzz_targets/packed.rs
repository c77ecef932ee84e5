//! Archives and compressed files, in one another.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../records.rs"]
mod records;

fuzz_target!(|data: &[u8]| records::read(data));
