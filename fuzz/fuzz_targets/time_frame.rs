//! Outcomes' time frames.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::reading::time_frame;

fuzz_target!(|text: &str| {
    time_frame::read(text);
});
