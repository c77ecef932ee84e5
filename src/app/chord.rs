//! Keys pressed one after the other for one command: mostly one, in a chord several (`ctrl-x ctrl-c`).

use std::fmt;

use super::key::Key;

/// The keys of a command, in order; at least one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chord(Vec<Key>);

impl Chord {
    /// Reads keys as the configuration writes them, with blanks between the keys of a chord.
    ///
    /// # Errors
    /// A sentence that says what is not understood.
    pub fn parse(written: &str) -> Result<Self, String> {
        let keys = written.split_whitespace().map(Key::parse).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err("there is no key between the quotes; the space bar is \"space\"".to_owned());
        }
        Ok(Self(keys))
    }

    /// The keys.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// The keys that are still to be pressed after these; `None` when it does not begin with them.
    pub fn after(&self, pressed: &[Key]) -> Option<&[Key]> {
        self.0.strip_prefix(pressed)
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

/// Keys as they are shown.
pub fn shown(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}
