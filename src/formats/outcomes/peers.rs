//! What the outcomes of one record share: endings, openings, and how many parts they tend to have.

use std::collections::HashMap;

use super::item::Item;

/// Pieces from the end (or the beginning) of an outcome beyond which no part is looked for: bounds the work on a
/// text made of commas.
pub const REACH: usize = 48;

/// The record's outcomes, counted.
#[derive(Debug, Default)]
pub struct Peers<'i> {
    endings: HashMap<&'i str, u32>,
    openings: HashMap<&'i str, u32>,
    sole_endings: HashMap<&'i str, u32>,
    beginnings: HashMap<&'i str, u32>,
    /// Outcomes in all.
    all: u32,
    /// Outcomes by their commas: none, one, more.
    by_commas: [u32; 3],
}

impl<'i> Peers<'i> {
    /// Counts what the outcomes share.
    pub fn of(items: impl Iterator<Item = &'i Item<'i>>) -> Self {
        let mut peers = Self::default();
        for item in items {
            peers.add(item);
        }
        peers
    }

    fn add(&mut self, item: &'i Item<'i>) {
        let pieces = item.pieces();
        self.all += 1;
        if let Some(count) = self.by_commas.get_mut((pieces - 1).min(2)) {
            *count += 1;
        }
        for piece in first_start(item)..pieces {
            *self.endings.entry(item.text(piece..pieces)).or_default() += 1;
            *self.openings.entry(item.opening(piece, 3)).or_default() += 1;
        }
        for piece in 1..pieces.min(REACH) {
            *self.beginnings.entry(item.text(0..piece)).or_default() += 1;
        }
        if pieces == 2 {
            *self.sole_endings.entry(item.text(1..2)).or_default() += 1;
        }
    }

    /// How many outcomes end in this text after a comma, this one included.
    pub fn ending(&self, text: &str) -> u32 {
        self.endings.get(text).copied().unwrap_or_default()
    }

    /// How many pieces open with these words, this one included.
    pub fn opening(&self, words: &str) -> u32 {
        self.openings.get(words).copied().unwrap_or_default()
    }

    /// How many outcomes have one comma and this text after it.
    pub fn sole_ending(&self, text: &str) -> u32 {
        self.sole_endings.get(text).copied().unwrap_or_default()
    }

    /// How many outcomes begin with this text and a comma, this one included.
    pub fn beginning(&self, text: &str) -> u32 {
        self.beginnings.get(text).copied().unwrap_or_default()
    }

    /// How many outcomes have no comma.
    pub fn without_comma(&self) -> u32 {
        self.by_commas[0]
    }

    /// Thirds of the outcomes that have exactly one comma: 0, 1, 2 (two thirds and more).
    pub fn thirds_with_one_comma(&self) -> usize {
        self.thirds(self.by_commas[1])
    }

    /// Thirds of the outcomes that have two commas or more.
    pub fn thirds_with_more_commas(&self) -> usize {
        self.thirds(self.by_commas[2])
    }

    fn thirds(&self, count: u32) -> usize {
        (count * 3).checked_div(self.all).unwrap_or_default().min(2) as usize
    }
}

/// The first piece at which a time frame is looked for.
pub fn first_start(item: &Item<'_>) -> usize {
    item.pieces().saturating_sub(REACH).max(1)
}
