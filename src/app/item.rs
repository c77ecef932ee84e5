//! What a pane is made of: headings and rows, each with its words and where in the record they stand.
//!
//! Panes build [`Item`]s; `content` lays them out in lines; `ui` draws the lines that are visible.

use std::sync::Arc;

use super::styled::{Styled, Tone};
use crate::protocol::Span;

/// What kind of item it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// The cursor can stand on it.
    #[default]
    Row,
    /// Names the rows below it; level 1 stands in the table of contents.
    Heading(u8),
    /// Said by the program, or white space: passed over by the cursor.
    Note,
}

/// One thing in a pane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What kind.
    pub kind: ItemKind,
    /// Columns it is moved in.
    pub indent: u16,
    /// What stands in front of the text on its first line: a bullet, a number, a label.
    pub lead: Styled,
    /// Columns from the indent to the text. A lead that is wider stands on a line of its own.
    pub hang: u16,
    /// The text, wrapped.
    pub text: Styled,
    /// Cut at the edge with a mark and not wrapped (grids).
    pub fixed: bool,
    /// What was read of it, a line or more each: in a column beside the text where there is room, else below it.
    pub notes: Vec<Styled>,
    /// Takes the column of the notes too, having none of its own.
    pub wide: bool,
    /// Where in the record the text stands, when it is the record's.
    pub source: Option<Span>,
    /// What copying the row gives, when it is not its text.
    pub copy: Option<Arc<str>>,
}

impl Item {
    /// What copying the row gives.
    pub fn copied(&self) -> &str {
        self.copy.as_deref().unwrap_or_else(|| self.text.text())
    }

    /// A row of plain text.
    pub fn row(text: impl Into<Styled>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A heading that the table of contents shows.
    pub fn heading(text: impl AsRef<str>) -> Self {
        Self { kind: ItemKind::Heading(1), text: Styled::new(text, Tone::Heading), ..Self::default() }
    }

    /// A heading inside a part.
    pub fn subheading(text: impl AsRef<str>) -> Self {
        Self { kind: ItemKind::Heading(2), text: Styled::new(text, Tone::Strong), ..Self::default() }
    }

    /// Something the program says.
    pub fn note(text: impl AsRef<str>) -> Self {
        Self { kind: ItemKind::Note, text: Styled::new(text, Tone::Dim), ..Self::default() }
    }

    /// An empty line.
    pub fn blank() -> Self {
        Self { kind: ItemKind::Note, ..Self::default() }
    }

    /// A value with what it is called in front, values aligned `hang` columns in.
    pub fn labelled(label: &str, hang: u16, text: impl Into<Styled>) -> Self {
        Self { lead: Styled::new(label, Tone::Label), hang, text: text.into(), ..Self::default() }
    }

    /// The same, moved in.
    #[must_use]
    pub fn indented(mut self, indent: u16) -> Self {
        self.indent = indent;
        self
    }

    /// The same with its place in the record.
    #[must_use]
    pub fn from(mut self, source: Option<Span>) -> Self {
        self.source = source;
        self
    }

    /// Whether the cursor can stand on it.
    pub fn is_row(&self) -> bool {
        self.kind == ItemKind::Row
    }
}
