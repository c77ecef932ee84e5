//! Where the person was, on disk: one small file a set of opened files in the state folder, for its owner alone, written
//! whole or not at all. One that cannot be read is as good as none; the oldest go when there are many.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::app::session::Session;
use crate::config::files::write_private;

/// Bytes of a file at most.
const LARGEST: u64 = 512 << 10;
/// Files at most.
const MOST: usize = 200;

/// What is opened, as far as it is the same another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened(Vec<String>);

impl Opened {
    /// The bundled samples.
    pub fn samples() -> Self {
        Self(vec!["samples".to_owned()])
    }

    /// The library in a folder.
    pub fn library(folder: &Path) -> Self {
        Self(vec!["library".to_owned(), whole(folder)])
    }

    /// Files and folders, in whatever order. None for what comes through a pipe.
    pub fn paths(paths: &[PathBuf]) -> Option<Self> {
        if paths.iter().any(|path| path.as_os_str() == "-") {
            return None;
        }
        let mut paths: Vec<String> = paths.iter().map(|path| whole(path)).collect();
        paths.sort();
        paths.dedup();
        paths.insert(0, "files".to_owned());
        Some(Self(paths))
    }
}

/// A path that means the same from every folder.
fn whole(path: &Path) -> String {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()).to_string_lossy().into_owned()
}

/// What a file holds.
#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    opened: Vec<String>,
    session: Session,
}

/// The file of what is opened.
#[derive(Clone, Debug)]
pub struct SessionFile {
    path: PathBuf,
    opened: Opened,
}

impl SessionFile {
    /// The file below a folder, which need not exist yet.
    pub fn below(folder: &Path, opened: Opened) -> Self {
        let hash = Sha256::digest(opened.0.join("\0"));
        let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { path: folder.join(format!("{name}.json")), opened }
    }

    /// What was kept, if it is there and whole.
    pub fn read(&self) -> Option<Session> {
        let mut bytes = Vec::new();
        File::open(&self.path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
        let kept: Kept = serde_json::from_slice(&bytes)
            .inspect_err(|error| tracing::warn!("{}: not used: {error}", self.path.display()))
            .ok()?;
        (kept.opened == self.opened.0).then(|| kept.session.bounded())
    }

    /// Keeps where the person was; where everybody begins is not kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, session: &Session) -> io::Result<()> {
        if session.is_start() {
            return match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let kept = Kept { opened: self.opened.0.clone(), session: session.clone() };
        let bytes = serde_json::to_vec(&kept)?;
        if bytes.len() as u64 >= LARGEST {
            return Err(io::Error::other("too much to keep"));
        }
        write_private(&self.path, &bytes)?;
        self.path.parent().map_or(Ok(()), make_room)
    }
}

/// The files that were written longest ago go when there are too many.
fn make_room(folder: &Path) -> io::Result<()> {
    let files = fs::read_dir(folder)?.flatten();
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "json"));
    let age = |file: &fs::DirEntry| file.metadata().and_then(|data| data.modified()).ok();
    let mut files: Vec<(Option<SystemTime>, PathBuf)> = files.map(|file| (age(&file), file.path())).collect();
    files.sort();
    let more = files.len().saturating_sub(MOST);
    files.iter().take(more).try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Tab;

    fn session(filter: &str) -> Session {
        let tab = Tab { filter: filter.to_owned(), ticked: vec!["NCT90000001".to_owned()], ..Tab::default() };
        Session { tabs: vec![tab], ..Session::default() }
    }

    #[test]
    fn a_session_comes_back_for_the_same_files_only() {
        let home = tempfile::tempdir().expect("a folder");
        let (one, other) = (home.path().join("one.json"), home.path().join("other.json"));
        fs::write(&one, "{}").expect("written");
        let file = |paths: &[PathBuf]| {
            SessionFile::below(&home.path().join("state"), Opened::paths(paths).expect("files"))
        };
        file(&[one.clone(), other.clone()]).write(&session("knee")).expect("kept");
        let roundabout = home.path().join("./one.json");
        assert_eq!(file(&[other.clone(), roundabout, one.clone()]).read(), Some(session("knee").bounded()));
        assert_eq!(file(&[one]).read(), None);
        assert_eq!(Opened::paths(&["-".into()]), None);
        let other = [other];
        file(&other).write(&session("")).expect("kept");
        file(&other).write(&Session::default().bounded()).expect("taken away");
        assert_eq!(file(&other).read(), None);
    }

    #[test]
    fn a_damaged_file_is_none_and_is_written_over_for_its_owner_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let file = SessionFile::below(home.path(), Opened::samples());
        for broken in ["", "{", "[]", "{\"opened\":[\"files\"],\"session\":{}}", "\u{0}\u{0}"] {
            fs::write(&file.path, broken).expect("written");
            assert_eq!(file.read(), None, "{broken:?}");
        }
        fs::write(&file.path, vec![b' '; LARGEST as usize + 9]).expect("written");
        assert_eq!(file.read(), None);
        file.write(&session("knee")).expect("kept");
        assert_eq!(file.read(), Some(session("knee")));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file.path).expect("metadata").permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn the_oldest_go_when_there_are_many() {
        let home = tempfile::tempdir().expect("a folder");
        for number in 0..MOST + 5 {
            let opened = Opened(vec![number.to_string()]);
            SessionFile::below(home.path(), opened).write(&session("knee")).expect("kept");
        }
        assert_eq!(fs::read_dir(home.path()).expect("a list").count(), MOST);
    }
}
