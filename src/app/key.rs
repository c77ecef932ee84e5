//! One key as a person writes it: `j`, `ctrl-d`, `shift-tab`, `<`.
//!
//! Terminals report the same key in several ways; [`Key`] evens that out, so that it can be compared and shown.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is part of the character for keys that write one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys that have a name: as written, and as shown.
const NAMES: &[(&str, KeyCode, &str)] = &[
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("space", KeyCode::Char(' '), "Space"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("bs", KeyCode::Backspace, "Backspace"),
    ("delete", KeyCode::Delete, "Del"),
    ("del", KeyCode::Delete, "Del"),
    ("insert", KeyCode::Insert, "Ins"),
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("pageup", KeyCode::PageUp, "PgUp"),
    ("pgup", KeyCode::PageUp, "PgUp"),
    ("pagedown", KeyCode::PageDown, "PgDn"),
    ("pgdown", KeyCode::PageDown, "PgDn"),
    ("pgdn", KeyCode::PageDown, "PgDn"),
    ("lt", KeyCode::Char('<'), "<"),
];

/// Modifiers as written before a key.
const MODIFIERS: &[(&str, KeyModifiers)] = &[
    ("ctrl-", KeyModifiers::CONTROL),
    ("c-", KeyModifiers::CONTROL),
    ("alt-", KeyModifiers::ALT),
    ("a-", KeyModifiers::ALT),
    ("shift-", KeyModifiers::SHIFT),
    ("s-", KeyModifiers::SHIFT),
];

impl Key {
    /// The key of an event.
    pub fn of(event: KeyEvent) -> Self {
        Self::even(event.code, event.modifiers)
    }

    /// Reads a key as the configuration writes it.
    ///
    /// # Errors
    /// A sentence that says what is not understood.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut rest = written;
        let mut modifiers = KeyModifiers::NONE;
        while let Some((name, modifier)) =
            MODIFIERS.iter().find(|(name, _)| rest.len() > name.len() && rest.starts_with(name))
        {
            modifiers |= *modifier;
            rest = rest.get(name.len()..).unwrap_or_default();
        }
        let code = code(rest).ok_or_else(|| format!("`{written}` is not a key"))?;
        Ok(Self::even(code, modifiers))
    }

    /// Reads keys as somebody types them: letters as they are, others by name in angle brackets (`jj<tab>/dose<esc>`).
    ///
    /// # Errors
    /// A sentence that says what is not understood.
    pub fn sequence(text: &str) -> Result<Vec<Self>, String> {
        let mut keys = Vec::new();
        let mut rest = text.chars();
        while let Some(first) = rest.next() {
            let named = (first == '<').then(|| rest.as_str().split_once('>')).flatten();
            match named {
                Some((name, after)) => {
                    keys.push(Self::parse(name)?);
                    rest = after.chars();
                }
                None => keys.push(Self::even(KeyCode::Char(first), KeyModifiers::NONE)),
            }
        }
        Ok(keys)
    }

    /// The character it writes into a line, if it writes one.
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// The event a terminal would report for it.
    pub fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }

    fn even(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers = modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                // With Shift some terminals report the small letter, some the capital.
                let c = if modifiers.contains(KeyModifiers::SHIFT) { capital(c) } else { c };
                modifiers -= KeyModifiers::SHIFT;
                KeyCode::Char(if modifiers.contains(KeyModifiers::CONTROL) {
                    c.to_ascii_lowercase()
                } else {
                    c
                })
            }
            other => other,
        };
        Self { code, modifiers }
    }
}

fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

fn code(written: &str) -> Option<KeyCode> {
    let mut chars = written.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Some(KeyCode::Char(only));
    }
    if let Some((_, code, _)) = NAMES.iter().find(|(name, ..)| *name == written) {
        return Some(*code);
    }
    let number: u8 = written.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, shown) in
            [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")]
        {
            if self.modifiers.contains(modifier) {
                f.write_str(shown)?;
            }
        }
        match self.code {
            KeyCode::F(number) => write!(f, "F{number}"),
            code => match NAMES.iter().find(|(_, named, _)| *named == code) {
                Some((.., shown)) if code != KeyCode::Char('<') => f.write_str(shown),
                _ => match code {
                    KeyCode::Char(c) => write!(f, "{c}"),
                    other => write!(f, "{other}"),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_shown() {
        for (written, shown) in [
            ("j", "j"),
            ("G", "G"),
            ("<", "<"),
            ("lt", "<"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("ctrl-d", "Ctrl-d"),
            ("c-D", "Ctrl-d"),
            ("shift-tab", "Shift-Tab"),
            ("s-a", "A"),
            ("alt-left", "Alt-←"),
            ("space", "Space"),
            ("f1", "F1"),
            ("pgdn", "PgDn"),
            ("肝", "肝"),
        ] {
            assert_eq!(Key::parse(written).map(|key| key.to_string()).as_deref(), Ok(shown), "{written}");
        }
        for wrong in ["", "f0", "f13", "hyper-x", "ctrl-", "enterr"] {
            assert!(Key::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_terminals_report_in_different_ways_is_the_same_key() {
        let key = |code, modifiers| Key::of(KeyEvent::new(code, modifiers));
        let shift = KeyModifiers::SHIFT;
        assert_eq!(key(KeyCode::BackTab, shift), key(KeyCode::Tab, shift));
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::NONE), key(KeyCode::Tab, shift));
        assert_eq!(key(KeyCode::Char('S'), shift), key(KeyCode::Char('S'), KeyModifiers::NONE));
        assert_eq!(key(KeyCode::Char('s'), shift), key(KeyCode::Char('S'), KeyModifiers::NONE));
        assert_eq!(key(KeyCode::Char('?'), shift), key(KeyCode::Char('?'), KeyModifiers::NONE));
    }
}
