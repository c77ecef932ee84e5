//! One writer at a time. The lock goes with the process that holds it, however that ends; a second writer is told who
//! holds it and since when. Readers need none.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::fault::{FaultKind, LibraryError};

/// The file that is locked, in the library's folder.
const FILE: &str = "writer.lock";

/// Who writes.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// Since when, in words.
    pub since: String,
}

/// The right to write, while it lives.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock; `since` is told to whoever wants it meanwhile.
    ///
    /// # Errors
    /// When somebody else holds it, or the folder cannot be written to.
    pub fn take(root: &Path, since: &str) -> Result<Self, LibraryError> {
        let path = root.join(FILE);
        let mut options = OpenOptions::new();
        let opened = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| LibraryError::io(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(&path, &mut file)),
            Err(TryLockError::Error(error)) => return Err(LibraryError::io(&path, &error)),
        }
        let holder = Holder { pid: std::process::id(), since: since.to_owned() };
        let text = serde_json::to_string(&holder).unwrap_or_default();
        let written =
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(text.as_bytes()));
        written.map_err(|error| LibraryError::io(&path, &error))?;
        Ok(Self { _file: file })
    }
}

fn busy(path: &Path, file: &mut File) -> LibraryError {
    let mut text = String::new();
    let holder: Option<Holder> =
        file.read_to_string(&mut text).ok().and_then(|_| serde_json::from_str(&text).ok());
    let (reason, remedy) = match holder {
        Some(Holder { pid, since }) => (
            format!("process {pid} has been writing to this library since {since}"),
            format!("wait until it is done, or end it (kill {pid})"),
        ),
        None => ("another process writes to this library".to_owned(), "wait until it is done".to_owned()),
    };
    LibraryError::new(FaultKind::Busy, path, reason, remedy)
}
