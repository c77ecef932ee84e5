//! `library.json`: of which format the library is, and in which folder its index lies. Replaced as a whole, so that a
//! rebuilt index takes the old one's place at one stroke.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenReadError;

use super::fault::{FaultKind, LibraryError};
use crate::library::index::schema;

/// The version of all that is kept: the index, the rows, the stored records.
pub const FORMAT: u32 = schema::VERSION;

/// The file's name.
pub const FILE: &str = "library.json";

/// What the file says.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// The index's folder, inside the library's.
    pub index: String,
    /// The program that made it.
    pub made_by: String,
}

impl Manifest {
    /// Of a library whose index is the `number`th.
    pub fn numbered(number: u64) -> Self {
        let made_by = format!("trialdeck {}", env!("CARGO_PKG_VERSION"));
        Self { format: FORMAT, index: format!("index-{number}"), made_by }
    }

    /// The manifest of the next index.
    pub fn next(&self) -> Self {
        let number = self.index.rsplit('-').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or_default();
        Self::numbered(number + 1)
    }

    /// What the library in a folder says of itself; `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(root: &Path) -> Result<Option<Self>, LibraryError> {
        if !root.is_dir() {
            return Ok(None);
        }
        let directory = directory(root)?;
        let bytes = match directory.atomic_read(Path::new(FILE)) {
            Ok(bytes) => bytes,
            Err(OpenReadError::FileDoesNotExist(_)) => return Ok(None),
            Err(error) => return Err(LibraryError::read(root, error)),
        };
        let manifest = serde_json::from_slice(&bytes)
            .map_err(|error| LibraryError::damaged(root.join(FILE), error.to_string()))?;
        Ok(Some(manifest))
    }

    /// Makes this the library's manifest.
    ///
    /// # Errors
    /// When it cannot be written; the one before is untouched then.
    pub fn write(&self, root: &Path) -> Result<(), LibraryError> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        let file = root.join(FILE);
        let failed = |error: std::io::Error| LibraryError::io(&file, &error);
        let directory = directory(root)?;
        directory.atomic_write(Path::new(FILE), &text).map_err(failed)?;
        directory.sync_directory().map_err(failed)
    }

    /// The folder of the index.
    pub fn folder(&self, root: &Path) -> PathBuf {
        root.join(&self.index)
    }

    /// Whether this program reads it.
    ///
    /// # Errors
    /// When it is of an older or newer format.
    pub fn check(&self, root: &Path) -> Result<(), LibraryError> {
        let reason = format!("the library is of format {}, this program's is {FORMAT}", self.format);
        let (kind, remedy) = match self.format.cmp(&FORMAT) {
            std::cmp::Ordering::Equal => return Ok(()),
            std::cmp::Ordering::Less => {
                (FaultKind::Older, "`trialdeck library compact` rebuilds it".to_owned())
            }
            std::cmp::Ordering::Greater => (FaultKind::Newer, format!("use {} or later", self.made_by)),
        };
        Err(LibraryError::new(kind, root.join(FILE), reason, remedy))
    }
}

/// A folder, for reading mapped files and writing whole ones.
pub fn directory(folder: &Path) -> Result<MmapDirectory, LibraryError> {
    MmapDirectory::open(folder).map_err(|error| LibraryError::index(folder, error.into()))
}
