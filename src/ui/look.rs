//! Looks as the configuration writes them: `cyan bold`, `#f0c674 on #1d1f21 underlined`.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

const COLORS: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// Reads a look: a colour, `on` and a colour behind it, and modifiers, in any order; nothing at all is the plain look.
///
/// # Errors
/// A sentence that says what is not understood.
pub fn parse(written: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            let behind = words.next().ok_or("a colour is needed behind `on`")?;
            style = style.bg(color(behind)?);
        } else {
            style = style.fg(color(word)?);
        }
    }
    Ok(style)
}

/// A colour by its name, its number in the terminal's 256, or as `#rrggbb`.
fn color(word: &str) -> Result<Color, String> {
    if let Some((_, color)) = COLORS.iter().find(|(name, _)| *name == word) {
        return Ok(*color);
    }
    if word.starts_with('#') && word.len() == 7 {
        return Color::from_str(word)
            .map_err(|_| format!("`{word}` is no colour: #rrggbb has six digits 0 to f"));
    }
    if let Ok(number) = word.parse() {
        return Ok(Color::Indexed(number));
    }
    let (colors, modifiers) = (names(COLORS), names(MODIFIERS));
    Err(format!("`{word}` is no look: there are {colors}, 0 to 255, #rrggbb, on, {modifiers}"))
}

fn names<T>(table: &[(&str, T)]) -> String {
    table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_read() {
        let plain = Style::new();
        for (written, style) in [
            ("", plain),
            ("cyan", plain.fg(Color::Cyan)),
            ("bold dark-gray", plain.fg(Color::DarkGray).add_modifier(Modifier::BOLD)),
            ("#102030 on #ffffff", plain.fg(Color::Rgb(16, 32, 48)).bg(Color::Rgb(255, 255, 255))),
            ("on 208 underlined", plain.bg(Color::Indexed(208)).add_modifier(Modifier::UNDERLINED)),
        ] {
            assert_eq!(parse(written), Ok(style), "{written}");
        }
        for (wrong, told) in
            [("blu", "`blu` is no look"), ("red on", "behind `on`"), ("#12345z", "six digits")]
        {
            assert!(parse(wrong).is_err_and(|reason| reason.contains(told)), "{wrong}");
        }
        assert!(parse("256").is_err());
    }
}
