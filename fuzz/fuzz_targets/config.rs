//! The configuration: options, keys, chords, colours; what is wrong is told with its line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::config::settings::Settings;

fuzz_target!(|text: &str| {
    let (_, wrong) = Settings::read(text);
    let lines = text.lines().count().max(1) + 1;
    for wrong in wrong {
        assert!(wrong.line.is_none_or(|line| line >= 1 && line <= lines), "{wrong:?}");
    }
});
