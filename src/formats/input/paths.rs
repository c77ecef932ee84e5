//! The files below the paths that were named.

use std::path::{Path, PathBuf};

use crate::formats::RecordError;

/// The files to read, in order.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files, and what was named but cannot be read.
    pub items: Vec<Result<PathBuf, RecordError>>,
    /// Bytes of all of them, as far as known.
    pub total_bytes: u64,
}

/// Lists the files below `paths`: each path in the order given, a folder's files by name, hidden ones left out.
pub fn list(paths: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    for path in paths {
        if path.as_os_str() == "-" {
            listing.items.push(Ok(path.clone()));
        } else if path.is_dir() {
            folder(path, &mut listing);
        } else {
            file(path, &mut listing);
        }
    }
    listing
}

fn file(path: &Path, listing: &mut Listing) {
    match std::fs::metadata(path) {
        Ok(metadata) => {
            listing.total_bytes += metadata.len();
            listing.items.push(Ok(path.to_owned()));
        }
        Err(error) => listing.items.push(Err(failure(path, &error))),
    }
}

/// Folders that a link leads to are not gone into: a link may lead back up.
fn folder(path: &Path, listing: &mut Listing) {
    let mut waiting = vec![path.to_owned()];
    while let Some(path) = waiting.pop() {
        let entries = match std::fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                listing.items.push(Err(failure(&path, &error)));
                continue;
            }
        };
        let mut below: Vec<_> = entries.flatten().filter(|entry| !is_hidden(&entry.path())).collect();
        below.sort_by_key(std::fs::DirEntry::file_name);
        let mut folders = Vec::new();
        for entry in below {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_symlink() && entry.path().is_dir() => {}
                _ => file(&entry.path(), listing),
            }
        }
        waiting.extend(folders.into_iter().rev());
    }
}

/// Names that begin with a dot, and the folder that one system's archiver adds.
pub(super) fn is_hidden(path: &Path) -> bool {
    let hidden = |name: &str| name.starts_with('.') || name == "__MACOSX";
    path.file_name().is_some_and(|name| hidden(&name.to_string_lossy()))
}

pub(super) fn failure(path: &Path, error: &std::io::Error) -> RecordError {
    RecordError { file: path.display().to_string(), place: None, reason: format!("cannot be read: {error}") }
}
