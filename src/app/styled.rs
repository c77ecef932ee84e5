//! Text with meaning: which stretch of it is a name, a warning, a match. What that looks like is the theme's business.

use std::ops::Range;

/// What a stretch of text is to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// The record's words, or ours.
    #[default]
    Plain,
    /// A name, a measure: what the eye looks for.
    Strong,
    /// Said in passing.
    Dim,
    /// What a value is called.
    Label,
    /// Above rows that belong together.
    Heading,
    /// A key that can be pressed.
    Key,
    /// Open, fine.
    Good,
    /// Needs a look.
    Warn,
    /// Stopped, wrong.
    Bad,
    /// Marks and counts.
    Accent,
}

/// A text and its tones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Styled {
    text: String,
    /// Where each run ends, and its tone; in order, without gaps.
    runs: Vec<(usize, Tone)>,
}

impl Styled {
    /// A text of one tone.
    pub fn new(text: impl AsRef<str>, tone: Tone) -> Self {
        Self::default().with(text, tone)
    }

    /// The same with more text behind it.
    #[must_use]
    pub fn with(mut self, text: impl AsRef<str>, tone: Tone) -> Self {
        self.push(text, tone);
        self
    }

    /// Adds text.
    pub fn push(&mut self, text: impl AsRef<str>, tone: Tone) {
        let text = text.as_ref();
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some((last, same)) if *same == tone => *last = end,
            _ => self.runs.push((end, tone)),
        }
    }

    /// The same with another behind it.
    #[must_use]
    pub fn append(mut self, other: &Self) -> Self {
        for (_, text, tone) in other.runs(0..other.text.len()) {
            self.push(text, tone);
        }
        self
    }

    /// The bare text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The runs inside `range`, each with its text and tone.
    pub fn runs(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, &str, Tone)> {
        let first = self.runs.partition_point(|(end, _)| *end <= range.start);
        let mut start = range.start;
        self.runs.iter().skip(first).map_while(move |(end, tone)| {
            let run = start..(*end).min(range.end);
            start = run.end;
            if run.is_empty() {
                return None;
            }
            Some((run.clone(), self.text.get(run)?, *tone))
        })
    }
}

impl From<&str> for Styled {
    fn from(text: &str) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl From<String> for Styled {
    fn from(text: String) -> Self {
        Self::new(text, Tone::Plain)
    }
}
