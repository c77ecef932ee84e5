//! Descriptions of arms and treatments. A NUL parts the text from its label.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::reading::dosing;

fuzz_target!(|text: &str| {
    let (text, label) = text.split_once('\0').unwrap_or((text, ""));
    for row in dosing::read(text, label) {
        let words = row.span.of(text).or_else(|| row.span.of(label));
        assert!(words.is_some(), "{row:?} stands in neither text");
    }
});
