//! What `show --format json` prints, changed, is read without harm; what was read is written and read to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use trialdeck::formats::own_json;

fuzz_target!(|data: &[u8]| {
    if let Ok(trial) = own_json::read(data, "fuzz.json", 1) {
        let once = serde_json::to_vec(&trial).expect("a trial is written");
        let again = own_json::read(&once, "fuzz.json", 1).expect("what was written is read");
        assert_eq!(serde_json::to_vec(&again).expect("a trial is written"), once);
    }
});
