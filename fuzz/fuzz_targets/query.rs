//! The query language.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::search::query::parse;

fuzz_target!(|text: &str| {
    parse(text, &|word| (word.len() < 5).then(|| word.to_lowercase()));
});
