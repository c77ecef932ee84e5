//! The program's own folders, as the platform has them (`XDG_*` on Linux).

use std::path::{Path, PathBuf};

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
    /// This user's folders: below `XDG_DATA_HOME`, `XDG_CONFIG_HOME` and `XDG_STATE_HOME` where these are set, else where
    /// the platform keeps such things. None when there is neither, nor a home.
    pub fn of_user() -> Option<Self> {
        Self::of(
            |name| std::env::var_os(name).map(PathBuf::from),
            ProjectDirs::from("", "", "trialdeck").as_ref(),
        )
    }

    fn of(variable: impl Fn(&str) -> Option<PathBuf>, platform: Option<&ProjectDirs>) -> Option<Self> {
        // A relative path counts as not set (XDG Base Directory Specification).
        let folder = |name: &str, usual: Option<&Path>| {
            let named = variable(name).filter(|path| path.is_absolute()).map(|path| path.join("trialdeck"));
            named.or_else(|| usual.map(Path::to_path_buf))
        };
        Some(Self {
            data: folder("XDG_DATA_HOME", platform.map(ProjectDirs::data_dir))?,
            config: folder("XDG_CONFIG_HOME", platform.map(ProjectDirs::config_dir))?,
            state: folder(
                "XDG_STATE_HOME",
                platform.map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.cache_dir())),
            )?,
        })
    }

    /// All folders below one.
    pub fn below(root: &Path) -> Self {
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

    /// The user's settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// Where second readers' verdicts are kept.
    pub fn readings(&self) -> PathBuf {
        self.data.join("readings")
    }

    /// Where it is kept where the person was, for each set of opened files.
    pub fn sessions(&self) -> PathBuf {
        self.state.join("sessions")
    }

    /// Where desk sheets are kept.
    pub fn sheets(&self) -> PathBuf {
        self.data.join("sheets")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_goes_before_the_platforms_folders_and_must_be_absolute() {
        let dirs = ProjectDirs::from("", "", "trialdeck").expect("a home");
        let set = |name: &str| match name {
            "XDG_CONFIG_HOME" => Some(PathBuf::from("/elsewhere")),
            "XDG_DATA_HOME" => Some(PathBuf::from("relative")),
            _ => None,
        };
        let paths = Paths::of(set, Some(&dirs)).expect("folders");
        assert_eq!(paths.settings(), Path::new("/elsewhere/trialdeck/config.toml"));
        assert_eq!(paths.data, dirs.data_dir());
        assert_eq!(Paths::of(|_| None, None), None, "no home and nothing set");
        let everywhere = |_: &str| Some(PathBuf::from("/elsewhere"));
        assert_eq!(
            Paths::of(everywhere, None).expect("folders").library(),
            Path::new("/elsewhere/trialdeck/library")
        );
    }
}
