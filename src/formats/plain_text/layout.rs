//! Lines, and which layout they are in.

use super::{labels, lines, page};

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A registry export's prose columns, one a line.
    Lines,
    /// A trial page copied as text.
    Page,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    /// Its number in the text, from 1.
    pub number: usize,
    /// Its first byte in the text.
    pub start: usize,
    /// Its words, without the line end.
    pub text: &'t str,
}

impl Line<'_> {
    /// One past its last byte in the text.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The lines that are not blank.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let words = line.trim_end_matches(['\n', '\r']);
        if !words.trim().is_empty() {
            lines.push(Line { number: index + 1, start, text: words });
        }
        start += line.len();
    }
    lines
}

/// The layout of a text, if it is a trial in one of the two.
pub fn of(text: &str) -> Option<Layout> {
    let lines = lines(text);
    if lines.first()?.text.starts_with(['#', '<', '{']) {
        return None;
    }
    let labelled =
        lines.windows(2).any(|pair| matches!(pair, [label, value] if labels::is_pair(label, value)));
    let framed = lines.iter().any(|line| page::time_frame(line.text).is_some());
    if lines::has_interventions(&lines) && !labelled {
        return Some(Layout::Lines);
    }
    if labelled || framed {
        return Some(Layout::Page);
    }
    (may_be_a_title(lines.first()?.text) && lines::are_columns(&lines)).then_some(Layout::Lines)
}

/// Whether a text's first line may be a trial's title, and is not a list of criteria that happens to look like one
/// of outcomes: no bullet or number, no heading.
fn may_be_a_title(line: &str) -> bool {
    let line = line.trim();
    let numbered = line.split_once(['.', ')']).is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    !numbered && !line.starts_with(['-', '*', '•', '(']) && !line.ends_with([':', ';'])
}
