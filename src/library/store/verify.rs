//! Whether a library's files are what was written: every byte is read.

use std::path::{Path, PathBuf};

use tantivy::index::SegmentComponent;
use tantivy::{Index, TantivyError};

use super::fault::LibraryError;
use super::manifest::{self, Manifest};
use super::{Library, rows_of};

/// The files of a segment, besides that of what was removed from it.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::Store,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
];

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that were looked at.
    pub files: usize,
    /// Files that are damaged or lost.
    pub damaged: Vec<PathBuf>,
    /// Records that were read.
    pub records: u64,
    /// What is wrong with records.
    pub faults: Vec<String>,
}

impl Verified {
    /// Whether everything is as it should be.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.faults.is_empty()
    }
}

/// Checks every file's checksum, then reads every record. `progress` is told the number of records so far.
///
/// # Errors
/// When there is no library, or it is of another format.
pub fn verify(root: &Path, progress: &mut dyn FnMut(u64)) -> Result<Verified, LibraryError> {
    let manifest = Manifest::read(root)?.ok_or_else(|| LibraryError::missing(root))?;
    manifest.check(root)?;
    let folder = manifest.folder(root);
    let mut found = Verified::default();
    files(&folder, &mut found)?;
    if found.damaged.is_empty() {
        records(root, &mut found, progress);
    }
    found.damaged.sort();
    Ok(found)
}

fn files(folder: &Path, found: &mut Verified) -> Result<(), LibraryError> {
    let fault = |error: TantivyError| LibraryError::index(folder, error);
    let index = Index::open(manifest::directory(folder)?).map_err(fault)?;
    let metas = index.load_metas().map_err(fault)?;
    for segment in &metas.segments {
        let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
        for component in COMPONENTS.iter().cloned().chain(deletes) {
            let file = segment.relative_path(component);
            found.files += 1;
            if !index.directory().validate_checksum(&file).unwrap_or(false) {
                found.damaged.push(folder.join(file));
            }
        }
    }
    if let Some(name) = &metas.payload {
        found.files += 1;
        if !rows_of(folder, Some(name)).is_ok_and(|rows| rows.is_sound()) {
            found.damaged.push(folder.join(name));
        }
    }
    Ok(())
}

fn records(root: &Path, found: &mut Verified, progress: &mut dyn FnMut(u64)) {
    let library = match Library::open(root) {
        Ok(library) => library,
        Err(error) => return found.faults.push(error.to_string()),
    };
    let mut read = 0;
    let done = library.for_each(&|_| true, &mut |_, _| {
        read += 1;
        progress(read);
        true
    });
    found.records = read;
    if let Err(error) = done {
        found.faults.push(error.to_string());
    }
    let listed = library.rows().live().count() as u64;
    if found.faults.is_empty() && listed != read {
        found.faults.push(format!("{read} records are stored, {listed} are listed"));
    }
}
