//! Outcomes' measures and descriptions, parted by a NUL.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::reading::endpoint;

fuzz_target!(|text: &str| {
    let (measure, description) = text.split_once('\0').unwrap_or((text, ""));
    endpoint::read(measure, description);
});
