//! A stretch of the record's text with the words in question lit, and so much around them as makes them clear.

use std::ops::Range;

use crate::app::styled::{Styled, Tone};
use crate::protocol::display;

/// Letters that are shown before and behind the words at most.
const BEFORE: usize = 60;
const BEHIND: usize = 80;
/// Letters of the words themselves that are shown at most, half at each end.
const WORDS: usize = 240;

/// The words of `range` lit, between what stands around them on their lines.
pub(super) fn around(text: &str, range: Range<usize>) -> Styled {
    let (Some(before), Some(words), Some(behind)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return Styled::new(display::line(text).text(), Tone::Plain);
    };
    let mut shown = Styled::default();
    shown.push(display::line(&tail(before)).text(), Tone::Dim);
    shown.push(display::line(&middle(words)).text(), Tone::Strong);
    shown.push(display::line(&head(behind)).text(), Tone::Dim);
    shown
}

/// The end of the line that the words begin on.
fn tail(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    match line.char_indices().rev().nth(BEFORE - 1) {
        Some((at, _)) if at > 0 => format!("…{}", line.get(at..).unwrap_or_default()),
        _ => line.trim_start().to_owned(),
    }
}

/// The beginning of what follows on the same line.
fn head(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    match line.char_indices().nth(BEHIND) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.trim_end().to_owned(),
    }
}

/// Words that are long, without their middle.
fn middle(words: &str) -> String {
    let count = words.chars().count();
    if count <= WORDS {
        return words.to_owned();
    }
    let first: String = words.chars().take(WORDS / 2).collect();
    let last: String = words.chars().skip(count - WORDS / 2).collect();
    format!("{first} … {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_lit_in_their_line() {
        let text = "first line\nAged 18 to 55 years or so\nlast line";
        let at = text.find("55").expect("there");
        let shown = around(text, at..at + 8);
        assert_eq!(shown.text(), "Aged 18 to 55 years or so");
        let lit: Vec<&str> = shown
            .runs(0..shown.text().len())
            .filter(|(_, _, tone)| *tone == Tone::Strong)
            .map(|(_, words, _)| words)
            .collect();
        assert_eq!(lit, ["55 years"]);
    }

    #[test]
    fn what_is_far_away_is_left_off_with_a_mark() {
        let text = format!("{}word{}", "a".repeat(500), "é".repeat(500));
        let shown = around(&text, 500..504);
        assert_eq!(shown.text(), format!("…{}word{}…", "a".repeat(60), "é".repeat(80)));
        let long = around(&"x".repeat(900), 0..900);
        assert!(long.text().contains(" … "), "{}", long.text());
    }

    #[test]
    fn a_range_that_is_not_in_the_text_shows_the_text() {
        assert_eq!(around("é", 1..2).text(), "é");
    }
}
