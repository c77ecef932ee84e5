//! The user's configuration, brought to what the browser needs: keys, looks, options; and what of it cannot be used.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::app::Keymap;
use crate::config::Loaded;
use crate::config::paths::Paths;
use crate::config::settings::{Settings, Wrong};
use crate::desk::sheet::RETENTION_DAYS;
use crate::reading::vocabularies::Fault;
use crate::runtime;
use crate::ui::{Depth, Themes};

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Unless NO_COLOR is set or the terminal is dumb
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl When {
    /// Whether there are colours here (<https://no-color.org>).
    pub fn here(self) -> bool {
        match self {
            Self::Auto => variable("NO_COLOR").is_empty() && variable("TERM") != "dumb",
            Self::Always => true,
            Self::Never => false,
        }
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// How many colours the terminal says it has.
fn depth() -> Depth {
    let (colorterm, term) = (variable("COLORTERM"), variable("TERM"));
    if ["truecolor", "24bit"].contains(&colorterm.as_str()) || term.ends_with("-direct") {
        Depth::True
    } else if term.contains("256color") {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

fn color(settings: &Settings, wrong: &mut Vec<Wrong>) -> When {
    let Some(written) = &settings.color else { return When::Auto };
    When::from_str(&written.value, false).unwrap_or_else(|_| {
        let reason = format!("color: “{}” is not one of auto, always, never", written.value);
        wrong.push(Wrong::at(written.line, reason));
        When::Auto
    })
}

/// What the configuration comes to.
#[derive(Debug)]
pub struct Configured {
    /// The keys.
    pub keymap: Keymap,
    /// The looks, in colour.
    pub themes: Themes,
    /// Whether there are colours.
    pub color: When,
    /// Draw with ASCII characters only.
    pub ascii: bool,
    /// Take the mouse at the start.
    pub mouse: bool,
    /// Begin where the person was when the same files were open last.
    pub session: bool,
    /// For how many days sheets are kept.
    pub keep_sheets: u16,
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
    let known = runtime::background_told_by(&variable("COLORFGBG"));
    let mut wrong = Vec::new();
    let themes = Themes::of(&loaded.settings, depth(), known, &mut wrong);
    let color = color(&loaded.settings, &mut wrong);
    loaded.wrong.extend(wrong);
    Configured {
        keymap,
        themes,
        color,
        ascii: loaded.settings.ascii.unwrap_or_default(),
        mouse: loaded.settings.mouse.unwrap_or_default(),
        session: loaded.settings.session.unwrap_or(true),
        keep_sheets: loaded.settings.keep_sheets.unwrap_or(RETENTION_DAYS),
        faults: loaded.faults(),
        file: loaded.file,
    }
}
