//! Which theme is used: one by name, or one for each background; those that ship and the user's own.

use ratatui::style::{Color, Style};

use super::theme::{LOOKS, Theme};
use crate::config::settings::{At, Colors, Settings, ThemeName, Wrong};

/// The themes that ship beside the terminal's own colours, each with its file.
pub const SHIPPED: &[(&str, &str)] = &[
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("high-contrast-light", include_str!("../../assets/themes/high-contrast-light.toml")),
    ("colorblind", include_str!("../../assets/themes/colorblind.toml")),
    ("colorblind-light", include_str!("../../assets/themes/colorblind-light.toml")),
];

/// The name of the terminal's own colours.
const TERMINAL: &str = "terminal";
/// Stands for dark and light.
const AUTO: &str = "auto";
/// In a theme of one's own: the theme that it changes.
const LIKE: &str = "like";

/// The terminal's background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Light letters stand on it.
    Dark,
    /// Dark letters stand on it.
    Light,
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Its own sixteen: themes of exact colours cannot be shown.
    Sixteen,
    /// xterm's 256: the nearest are taken.
    Indexed,
    /// All.
    True,
}

/// The theme, or the two of which the background chooses one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themes {
    /// What the first frame is drawn with.
    pub first: Theme,
    /// On a dark and on a light background, where the terminal has to be asked.
    pub by_background: Option<(Theme, Theme)>,
}

impl Themes {
    /// One theme, whatever the background.
    pub fn one(theme: Theme) -> Self {
        Self { first: theme, by_background: None }
    }

    /// What a configuration asks for. `known` is the background, where it is known without asking. What cannot be used
    /// is told, and left out.
    pub fn of(settings: &Settings, depth: Depth, known: Option<Background>, wrong: &mut Vec<Wrong>) -> Self {
        for colors in &settings.colors {
            let looks: Vec<_> = colors.styles.iter().filter(|(name, _)| name != LIKE).cloned().collect();
            wrong.extend(Theme::default().take(&colors.theme.value, &looks));
        }
        let mut named = |name: &At<String>| match shown(name, &settings.colors, depth) {
            Ok(theme) => Some(theme),
            Err(reason) => {
                wrong.push(reason);
                None
            }
        };
        let sixteen = || with_own(Theme::sixteen(), TERMINAL, &settings.colors);
        let (dark, light) = match &settings.theme {
            None => return Self::one(sixteen()),
            Some(ThemeName::One(name)) if name.value == AUTO => {
                let at = |value: &str| At { value: value.to_owned(), line: name.line };
                (named(&at("dark")), named(&at("light")))
            }
            Some(ThemeName::One(name)) => return Self::one(named(name).unwrap_or_else(sixteen)),
            Some(ThemeName::ByBackground { dark, light }) => (named(dark), named(light)),
        };
        let (dark, light) = (dark.unwrap_or_else(sixteen), light.unwrap_or_else(sixteen));
        match known {
            Some(Background::Dark) => Self::one(dark),
            Some(Background::Light) => Self::one(light),
            // The terminal's own colours fit every background until it has answered.
            None => Self { first: sixteen(), by_background: Some((dark, light)) },
        }
    }
}

/// The theme of that name in the colours that the terminal has.
fn shown(name: &At<String>, own: &[Colors], depth: Depth) -> Result<Theme, Wrong> {
    let theme = theme(&name.value, own, &mut Vec::new()).map_err(|reason| Wrong::at(name.line, reason))?;
    Ok(match depth {
        Depth::True => theme,
        Depth::Indexed => indexed(theme),
        Depth::Sixteen if is_exact(&theme) => with_own(Theme::sixteen(), TERMINAL, own),
        Depth::Sixteen => theme,
    })
}

/// A theme by its name: a shipped one with the user's changes, or one of the user's own. `above` are the themes that
/// are like this one.
fn theme(name: &str, own: &[Colors], above: &mut Vec<String>) -> Result<Theme, String> {
    if name == TERMINAL {
        return Ok(with_own(Theme::sixteen(), name, own));
    }
    if let Some((_, text)) = SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        let base = with_own(Theme::default(), name, &Settings::read(text).0.colors);
        return Ok(with_own(base, name, own));
    }
    let Some(colors) = own.iter().find(|colors| colors.theme.value == name) else {
        let shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        let known = shipped.join(", ");
        return Err(format!("theme: there is no theme “{name}”; there are {TERMINAL}, {AUTO}, {known}"));
    };
    if above.iter().any(|other| other == name) {
        return Err(format!("colors.{name}.{LIKE}: a theme cannot be like itself; name one that ships"));
    }
    above.push(name.to_owned());
    let like = colors.styles.iter().find(|(name, _)| name == LIKE).map_or(TERMINAL, |(_, like)| &like.value);
    Ok(with_own(theme(like, own, above)?, name, own))
}

/// A theme with the looks that a configuration gives to it.
fn with_own(mut theme: Theme, name: &str, own: &[Colors]) -> Theme {
    for colors in own.iter().filter(|colors| colors.theme.value == name) {
        // What is wrong has been told when the configuration was read.
        theme.take(name, &colors.styles);
    }
    theme
}

fn is_exact(theme: &Theme) -> bool {
    let exact = |color: Option<Color>| matches!(color, Some(Color::Rgb(..)));
    let mut theme = theme.clone();
    LOOKS.iter().any(|look| {
        let style = (look.of)(&mut theme);
        exact(style.fg) || exact(style.bg)
    })
}

/// The theme in xterm's 256 colours.
fn indexed(mut theme: Theme) -> Theme {
    let near = |color: Color| match color {
        Color::Rgb(r, g, b) => Color::Indexed(nearest(r, g, b)),
        other => other,
    };
    for look in LOOKS {
        let style: &mut Style = (look.of)(&mut theme);
        style.fg = style.fg.map(near);
        style.bg = style.bg.map(near);
    }
    theme
}

/// The nearest of xterm's cube and greys, 16 to 255.
fn nearest(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |(x, y, z): (u8, u8, u8)| {
        [(r, x), (g, y), (b, z)].iter().map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>()
    };
    let cube = (0..216u8).map(|n| {
        let step = |n: u8| STEPS.get(usize::from(n)).copied().unwrap_or_default();
        (16 + n, (step(n / 36), step(n / 6 % 6), step(n % 6)))
    });
    let greys = (0..24u8).map(|n| (232 + n, (8 + 10 * n, 8 + 10 * n, 8 + 10 * n)));
    cube.chain(greys).min_by_key(|(_, color)| distance(*color)).map_or(15, |(index, _)| index)
}

#[cfg(test)]
#[path = "themes_tests.rs"]
mod tests;
