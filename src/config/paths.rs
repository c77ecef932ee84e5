//! The program's own folders, as the platform has them (`XDG_*` on Linux).

use std::path::PathBuf;

use directories::ProjectDirs;

/// The program's folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Notes, bookmarks, desk sheets, the library.
    pub data: PathBuf,
    /// Settings.
    pub config: PathBuf,
    /// State that may be lost.
    pub state: PathBuf,
}

impl Paths {
    /// The platform's folders for this user; none when there is no home to keep them in.
    pub fn of_user() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "trialdeck")?;
        let state = dirs.state_dir().unwrap_or_else(|| dirs.cache_dir()).to_path_buf();
        Some(Self { data: dirs.data_dir().to_path_buf(), config: dirs.config_dir().to_path_buf(), state })
    }

    /// All folders below one.
    pub fn below(root: &std::path::Path) -> Self {
        Self { data: root.join("data"), config: root.join("config"), state: root.join("state") }
    }

    /// Where the library is kept.
    pub fn library(&self) -> PathBuf {
        self.data.join("library")
    }

    /// Where the user's own words are.
    pub fn vocabulary(&self) -> PathBuf {
        self.config.join("vocabulary")
    }

    /// Where desk sheets are kept.
    pub fn sheets(&self) -> PathBuf {
        self.data.join("sheets")
    }
}
