//! What can go wrong with a library on disk, in words that name the file and the remedy.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};

/// What kind of fault it is, for those who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no library there.
    Missing,
    /// Made by an earlier program: to be rebuilt from its stored records.
    Older,
    /// Made by a later program.
    Newer,
    /// Somebody else writes.
    Busy,
    /// A file is cut short, lost or changed.
    Damaged,
    /// The system refused.
    System,
}

/// A fault of a library.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}; {remedy}", file.display())]
pub struct LibraryError {
    /// What kind.
    pub kind: FaultKind,
    /// The file or folder.
    pub file: PathBuf,
    /// What is wrong.
    pub reason: String,
    /// What helps.
    pub remedy: String,
}

/// Said where a file of the library is damaged.
const DAMAGED: &str = "`trialdeck library verify` names every damaged file, `trialdeck library compact --drop-damaged` \
                       saves the records that can still be read";
/// Said where something could not be written.
const UNTOUCHED: &str = "the library is as it was before";

impl LibraryError {
    /// A fault of that kind.
    pub fn new(
        kind: FaultKind,
        file: impl Into<PathBuf>,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { kind, file: file.into(), reason: reason.into(), remedy: remedy.into() }
    }

    /// There is no library in the folder.
    pub fn missing(root: &Path) -> Self {
        Self::new(FaultKind::Missing, root, "there is no library here", "`trialdeck add PATH` makes one")
    }

    /// A file is not as it was written.
    pub fn damaged(file: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::new(FaultKind::Damaged, file, reason, DAMAGED)
    }

    /// The system refused to read or write a file.
    pub fn io(file: impl Into<PathBuf>, error: &io::Error) -> Self {
        let remedy = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                format!("make room on the disk and try again; {UNTOUCHED}")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                format!("choose a folder you may write to with --library DIR; {UNTOUCHED}")
            }
            _ => format!("see to the disk or choose another folder with --library DIR; {UNTOUCHED}"),
        };
        Self::new(FaultKind::System, file, error.to_string(), remedy)
    }

    /// A fault of the index in `folder`.
    pub fn index(folder: &Path, error: TantivyError) -> Self {
        match error {
            TantivyError::IoError(error) => Self::io(folder, &error),
            TantivyError::OpenDirectoryError(error) => match error {
                OpenDirectoryError::DoesNotExist(file) => Self::damaged(file, "the folder is lost"),
                other => Self::new(FaultKind::System, folder, other.to_string(), UNTOUCHED),
            },
            TantivyError::OpenReadError(error) => Self::read(folder, error),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
                Self::io(folder.join(filepath), &io_error)
            }
            TantivyError::DataCorruption(corruption) => Self::damaged(folder, format!("{corruption:?}")),
            other => Self::damaged(folder, other.to_string()),
        }
    }

    /// A file of the index in `folder` that does not open.
    pub fn read(folder: &Path, error: OpenReadError) -> Self {
        match error {
            OpenReadError::FileDoesNotExist(file) => Self::damaged(folder.join(file), "the file is lost"),
            OpenReadError::IoError { io_error, filepath } => match io_error.kind() {
                io::ErrorKind::PermissionDenied => Self::io(folder.join(filepath), &io_error),
                _ => Self::damaged(folder.join(filepath), format!("cut short or changed ({io_error})")),
            },
            OpenReadError::IncompatibleIndex(what) => Self::new(
                FaultKind::Newer,
                folder,
                format!("not of a form this program reads ({what:?})"),
                "use the trialdeck that made it",
            ),
        }
    }
}
