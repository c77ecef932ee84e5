//! Eligibility texts: no sentence is lost, every limit stands in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::reading::criteria;

fuzz_target!(|text: &str| {
    let reading = criteria::read(text);
    for fact in &reading.facts {
        assert!(fact.span.of(text).is_some(), "{fact:?}");
    }
    let mut end = 0;
    for item in &reading.criteria {
        let gap = text.get(end.min(item.span.start)..item.span.start).expect("a boundary");
        assert!(gap.trim().is_empty(), "lost: {gap:?}");
        end = end.max(item.span.end);
    }
    assert!(text.get(end..).expect("a boundary").trim().is_empty(), "lost behind {end}");
});
