//! The user's configuration, brought to what the browser needs: keys, looks, options; and what of it cannot be used.

use std::path::{Path, PathBuf};

use crate::app::Keymap;
use crate::config::Loaded;
use crate::config::paths::Paths;
use crate::reading::vocabularies::Fault;
use crate::ui::Theme;

/// What the configuration comes to.
#[derive(Debug)]
pub struct Configured {
    /// The keys.
    pub keymap: Keymap,
    /// The looks, in colour.
    pub theme: Theme,
    /// Take the mouse at the start.
    pub mouse: bool,
    /// What cannot be used, in the order of the lines.
    pub faults: Vec<Fault>,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
}

/// Reads the file that is named, else the user's own; without one there are the defaults.
pub fn read(named: Option<&Path>) -> Configured {
    let own = Paths::of_user().map(|paths| paths.settings());
    let mut loaded = named.or(own.as_deref()).map(Loaded::of_file).unwrap_or_default();
    if let (Some(path), None) = (named, &loaded.file) {
        loaded.absent(path);
    }
    let keymap = Keymap::configured(&mut loaded);
    let mut theme = Theme::sixteen();
    for colors in &loaded.settings.colors {
        loaded.wrong.extend(theme.take(&colors.theme.value, &colors.styles));
    }
    Configured {
        keymap,
        theme,
        mouse: loaded.settings.mouse.unwrap_or_default(),
        faults: loaded.faults(),
        file: loaded.file,
    }
}
