//! Where in the record a reading comes from.

use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bytes `start..end` of one field's verbatim text. Always on character boundaries, inside the text, not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// The field's path in the trial's JSON form (`arms[0].description`, `eligibility.text`); for a text that was
    /// given on its own, the name of that input (`text`, `label`, `measure`, `description`).
    pub field: Cow<'static, str>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span of `field`.
    pub fn new(field: impl Into<Cow<'static, str>>, range: Range<usize>) -> Self {
        Self { field: field.into(), start: range.start, end: range.end }
    }

    /// The bytes as a range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The same bytes under another field's name: a reader of bare text says `text`, the trial knows which text.
    pub fn in_field(&self, field: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), start: self.start, end: self.end }
    }

    /// The words themselves, or nothing when the span does not fit the text.
    pub fn of<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.range())
    }
}

/// A row that was read from a text and can say from which words.
pub trait Spanned {
    /// The words the row was read from.
    fn span(&self) -> &Span;
}
