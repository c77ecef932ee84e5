//! The four sample trials that the program carries with it.

use std::sync::Arc;

use super::Entry;
use crate::formats::{Format, RawRecord, Record, own_json};

/// What a sample's record says its file is.
pub const FILE: &str = "sample";

/// The samples in trialdeck's own JSON, one trial each.
const SAMPLES: &[&str] = &[
    include_str!("../../assets/trials/crc-biottt001.json"),
    include_str!("../../assets/trials/sclc-cadonilimab.json"),
    include_str!("../../assets/trials/gist-regorafenib-envafolimab.json"),
    include_str!("../../assets/trials/gastric-rak-cells.json"),
];

/// The bundled sample trials.
pub fn samples() -> Vec<Arc<Entry>> {
    let read = |(number, text): (u64, &&str)| {
        let trial = own_json::read(text.as_bytes(), FILE, number).ok()?;
        let buffer = Arc::new(text.as_bytes().to_vec());
        let raw = RawRecord { format: Format::OwnJson, range: 0..buffer.len(), buffer };
        Some(Arc::new(Entry::new(Record { trial, raw: Some(raw) })))
    };
    (1..).zip(SAMPLES).filter_map(read).collect()
}
