//! What each tone looks like. Colour is never the only carrier: every theme also differs in weight, underline,
//! reverse or sign.
//!
//! The looks stand in tables: those of the terminal's own colours in `assets/config/default.toml`, the others in
//! `assets/themes`. Which theme is used is said in `themes`.

use std::sync::LazyLock;

use ratatui::style::{Modifier, Style};

use super::look;
use crate::app::styled::Tone;
use crate::config;
use crate::config::settings::{At, Settings, Wrong};

macro_rules! looks {
    ($( $field:ident, $name:literal, $what:literal; )*) => {
        /// The styles of everything that is drawn.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Theme {
            $( #[doc = $what] pub $field: Style, )*
        }

        /// Every look: its name in the configuration, what it is for, and where it is kept.
        pub const LOOKS: &[Look] = &[
            $( Look { name: $name, what: $what, of: |theme| &mut theme.$field }, )*
        ];
    };
}

/// A row of the table of looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Its name in the configuration.
    pub name: &'static str,
    /// What it is for, in one line.
    pub what: &'static str,
    /// Where a theme keeps it.
    pub of: fn(&mut Theme) -> &mut Style,
}

looks! {
    screen, "screen", "The whole screen, before anything is drawn on it";
    plain, "plain", "The record's words";
    strong, "strong", "Names and measures";
    dim, "dim", "Said in passing; separators";
    label, "label", "What a value is called";
    heading, "heading", "Above rows that belong together";
    key, "key", "A key that can be pressed";
    good, "good", "Open, fine";
    warn, "warn", "Needs a look";
    bad, "bad", "Stopped, wrong";
    accent, "accent", "Marks and counts";
    found, "found", "Letters that matched; laid over the text's own look";
    found_here, "found-here", "The match the person is at; laid over the text's own look";
    focused, "focused", "Title of the side that has the keys";
    unfocused, "unfocused", "Title of a side that has not";
    cursor, "cursor", "The row under the cursor, where the keys go; laid over the text's own look";
    cursor_elsewhere, "cursor-elsewhere", "The row under the cursor of the other side; laid over the text's own look";
}

static SIXTEEN: LazyLock<Theme> = LazyLock::new(|| {
    let mut theme = Theme::default();
    for colors in Settings::read(config::DEFAULT).0.colors {
        theme.take(&colors.theme.value, &colors.styles);
    }
    theme
});

impl Theme {
    /// The terminal's own 16 colours.
    pub fn sixteen() -> Self {
        SIXTEEN.clone()
    }

    /// No colour at all: weight, underline and reverse.
    pub fn mono() -> Self {
        let style = Style::new();
        let modified = |modifier: Modifier| style.add_modifier(modifier);
        Self {
            screen: style,
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
        }
    }

    /// Takes looks that a configuration gives to the theme `name`, and tells those that cannot be used.
    pub fn take(&mut self, name: &str, styles: &[(String, At<String>)]) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for (look_name, written) in styles {
            let path = format!("colors.{name}.{look_name}");
            let Some(look) = LOOKS.iter().find(|look| look.name == look_name) else {
                let reason = "there is no such look; `trialdeck config --print-default` lists them";
                wrong.push(Wrong::at(written.line, format!("{path}: {reason}")));
                continue;
            };
            match look::parse(&written.value) {
                Ok(style) => *(look.of)(self) = style,
                Err(reason) => wrong.push(Wrong::at(written.line, format!("{path}: {reason}"))),
            }
        }
        wrong
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
