//! Finding words in a pane: every place they stand at, and which of them the person is at.

use std::ops::Range;

use super::content::Content;
use crate::search::letters;

/// One place the words stand at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The item.
    pub item: usize,
    /// In its lead, not in its text.
    pub in_lead: bool,
    /// Bytes of that text.
    pub range: Range<usize>,
}

/// What is looked for in the pane, and where it was found.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The words as typed; case and accents do not matter.
    pub text: String,
    /// Where they stand, in order.
    pub matches: Vec<Match>,
    /// The match the person is at.
    pub current: usize,
}

impl Find {
    /// Looks again, in this content.
    pub fn look(&mut self, content: &Content) {
        self.matches.clear();
        let wanted = letters::plain(self.text.trim());
        if wanted.is_empty() {
            return;
        }
        for (index, item) in content.items.iter().enumerate() {
            for (in_lead, text) in [(true, item.lead.text()), (false, item.text.text())] {
                let found = occurrences(text, &wanted);
                self.matches.extend(found.into_iter().map(|range| Match { item: index, in_lead, range }));
            }
        }
        self.current = self.current.min(self.matches.len().saturating_sub(1));
    }

    /// Lights words without searching them: all that a filter asks for, in plain letters. A search that is on stays.
    pub fn light(&mut self, content: &Content, words: &[String]) {
        if !self.text.trim().is_empty() {
            return;
        }
        self.matches.clear();
        self.current = usize::MAX;
        for (index, item) in content.items.iter().enumerate().filter(|(_, item)| item.is_row()) {
            let mut found: Vec<Range<usize>> =
                words.iter().flat_map(|word| occurrences(item.text.text(), word)).collect();
            found.sort_by_key(|range| (range.start, range.end));
            self.matches.extend(found.into_iter().map(|range| Match { item: index, in_lead: false, range }));
        }
    }

    /// Goes to the first match at or behind an item, round the end.
    pub fn go_from(&mut self, item: usize) -> Option<usize> {
        self.current = self.matches.iter().position(|found| found.item >= item).unwrap_or_default();
        self.item()
    }

    /// Goes `steps` matches on, round the end, and gives the item there.
    pub fn step(&mut self, steps: isize) -> Option<usize> {
        let count = self.matches.len();
        self.current = (self.current + count).saturating_add_signed(steps).checked_rem(count)?;
        self.item()
    }

    /// The matches in one item.
    pub fn in_item(&self, item: usize) -> impl Iterator<Item = (&Match, bool)> {
        let first = self.matches.partition_point(|found| found.item < item);
        let current = self.current;
        self.matches
            .iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, found)| found.item == item)
            .map(move |(at, found)| (found, at == current))
    }

    fn item(&self) -> Option<usize> {
        self.matches.get(self.current).map(|found| found.item)
    }
}

/// Where `wanted` (in plain letters) stands in `text`, as bytes of `text`; occurrences do not overlap.
pub fn occurrences(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let plain = letters::plain(text);
    let mut found = Vec::new();
    // Plain letters differ in bytes but not in number: walk both texts together.
    let mut pairs = text.char_indices().zip(plain.char_indices());
    let mut byte_at = |plain_at: usize| {
        pairs
            .find(|(_, (at, _))| *at == plain_at)
            .map(|((raw_at, letter), _)| (raw_at, raw_at + letter.len_utf8()))
    };
    for (at, hit) in plain.match_indices(wanted) {
        let Some(last) = hit.char_indices().next_back().map(|(offset, _)| at + offset) else { break };
        let Some((start, one_letter)) = byte_at(at) else { break };
        let end = if last == at { one_letter } else { byte_at(last).map_or(text.len(), |(_, end)| end) };
        found.push(start..end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        assert_eq!(occurrences("Ärzte, ÄRZTE", "arzte"), [0..6, 8..14]);
        assert_eq!(occurrences("5 mg IV, 10 mg PO", "mg"), [2..4, 12..14]);
        assert_eq!(occurrences("肝癌と肝炎", "肝"), [0..3, 9..12]);
        assert!(occurrences("dose", "doses").is_empty());
    }
}
