//! What each tone looks like. Colour is never the only carrier: every theme also differs in weight, underline,
//! reverse or sign.

use ratatui::style::{Color, Modifier, Style};

use crate::app::styled::Tone;

/// The styles of everything that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The record's words.
    pub plain: Style,
    /// Names and measures.
    pub strong: Style,
    /// Said in passing; separators.
    pub dim: Style,
    /// What a value is called.
    pub label: Style,
    /// Above rows that belong together.
    pub heading: Style,
    /// A key that can be pressed.
    pub key: Style,
    /// Open, fine.
    pub good: Style,
    /// Needs a look.
    pub warn: Style,
    /// Stopped, wrong.
    pub bad: Style,
    /// Marks and counts.
    pub accent: Style,
    /// Letters that matched; laid over the text's own style.
    pub found: Style,
    /// The match the person is at.
    pub found_here: Style,
    /// Title of the side that has the keys.
    pub focused: Style,
    /// Title of a side that has not.
    pub unfocused: Style,
    /// The row under the cursor, where the keys go.
    pub cursor: Style,
    /// The row under the cursor of a side that has not the keys.
    pub cursor_elsewhere: Style,
    /// The sheet or line over the panes.
    pub sheet: Style,
}

impl Theme {
    /// The terminal's own 16 colours.
    pub fn sixteen() -> Self {
        let style = Style::new();
        let colour = |colour: Color| style.fg(colour);
        Self {
            dim: style.add_modifier(Modifier::DIM),
            label: colour(Color::Cyan),
            heading: colour(Color::Cyan).add_modifier(Modifier::BOLD),
            key: colour(Color::Yellow),
            good: colour(Color::Green),
            warn: colour(Color::Yellow),
            bad: colour(Color::Red),
            accent: colour(Color::Cyan),
            found: colour(Color::Yellow).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            focused: colour(Color::Cyan).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
            ..Self::mono()
        }
    }

    /// No colour at all: weight, underline and reverse.
    pub fn mono() -> Self {
        let style = Style::new();
        let modified = |modifier: Modifier| style.add_modifier(modifier);
        Self {
            plain: style,
            strong: modified(Modifier::BOLD),
            dim: modified(Modifier::DIM),
            label: modified(Modifier::DIM),
            heading: modified(Modifier::BOLD.union(Modifier::UNDERLINED)),
            key: modified(Modifier::BOLD),
            good: style,
            warn: modified(Modifier::BOLD),
            bad: modified(Modifier::BOLD),
            accent: style,
            found: modified(Modifier::BOLD.union(Modifier::UNDERLINED)),
            found_here: modified(Modifier::REVERSED),
            focused: modified(Modifier::BOLD.union(Modifier::REVERSED)),
            unfocused: modified(Modifier::BOLD),
            cursor: modified(Modifier::REVERSED),
            cursor_elsewhere: modified(Modifier::BOLD),
            sheet: style,
        }
    }

    /// The style of a tone.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => self.plain,
            Tone::Strong => self.strong,
            Tone::Dim => self.dim,
            Tone::Label => self.label,
            Tone::Heading => self.heading,
            Tone::Key => self.key,
            Tone::Good => self.good,
            Tone::Warn => self.warn,
            Tone::Bad => self.bad,
            Tone::Accent => self.accent,
        }
    }
}
