//! Finding and reading the user's configuration file, and the keymaps that ship.

use std::fs;
use std::path::{Path, PathBuf};

use super::settings::{Binding, Settings, Wrong};
use crate::reading::vocabularies::Fault;

/// The largest configuration file that is read, in bytes: a longer one is something else.
const LARGEST: u64 = 1 << 20;

/// The keymaps that `keymap = "…"` names, each with its file; the defaults' own needs none.
pub const KEYMAPS: &[(&str, &str)] =
    &[("default", ""), ("emacs", include_str!("../../assets/config/emacs.toml"))];

/// A configuration that was read.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What it says.
    pub settings: Settings,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// What cannot be used.
    pub wrong: Vec<Wrong>,
}

impl Loaded {
    /// Reads a file that need not be there.
    pub fn of_file(path: &Path) -> Self {
        match text(path) {
            Ok(None) => Self::default(),
            Ok(Some(text)) => {
                let (settings, wrong) = Settings::read(&text);
                Self { settings, file: Some(path.to_owned()), wrong }
            }
            Err(reason) => Self {
                file: Some(path.to_owned()),
                wrong: vec![Wrong { line: None, reason }],
                ..Self::default()
            },
        }
    }

    /// A file that was named is not there.
    pub fn absent(&mut self, path: &Path) {
        self.file = Some(path.to_owned());
        let reason = "there is no such file; the defaults are used".to_owned();
        self.wrong.push(Wrong { line: None, reason });
    }

    /// The keys of the file, of the keymap it names, and of the defaults: an earlier one goes before a later one.
    pub fn keys(&mut self) -> [Vec<Binding>; 3] {
        let keymap = self.settings.keymap.clone();
        let named = keymap.as_ref().map_or("default", |named| named.value.as_str());
        let preset = KEYMAPS.iter().find(|(name, _)| *name == named);
        if let (None, Some(named)) = (preset, &keymap) {
            let known: Vec<&str> = KEYMAPS.iter().map(|(name, _)| *name).collect();
            let reason =
                format!("keymap: there is no keymap “{}”; there are {}", named.value, known.join(", "));
            self.wrong.push(Wrong::at(named.line, reason));
        }
        let preset = preset.map(|(_, text)| Settings::read(text).0.keys).unwrap_or_default();
        [self.settings.keys.clone(), preset, Settings::read(super::DEFAULT).0.keys]
    }

    /// What cannot be used, in the order of the lines, with the file's name.
    pub fn faults(&self) -> Vec<Fault> {
        let file = self.file.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        let mut wrong = self.wrong.clone();
        wrong.sort_by_key(|wrong| wrong.line);
        wrong.into_iter().map(|Wrong { line, reason }| Fault { file: file.clone(), line, reason }).collect()
    }
}

/// A file's text; `None` when there is no such file.
fn text(path: &Path) -> Result<Option<String>, String> {
    let size = match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot be read: {error}; check the file's permissions")),
        Ok(metadata) => metadata.len(),
    };
    if size > LARGEST {
        return Err(format!("is larger than {} MiB: a configuration is short", LARGEST >> 20));
    }
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) => Err(format!("cannot be read as text: {error}; save it as UTF-8")),
    }
}
