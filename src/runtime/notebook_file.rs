//! The notebook on disk: bookmarks, notes and searches in one file of the data folder, for its owner alone. Every change
//! is made to what stands there now: another program that is open loses nothing. A file that cannot be read is left alone.

use std::fs;
use std::io;
use std::path::Path;

use crate::app::notebook::{Change, Notebook};
use crate::config::files::write_private;

/// What is kept; nothing yet is an empty notebook.
///
/// # Errors
/// A sentence with the file and the remedy, when it is there and cannot be read.
pub(super) fn read(file: &Path) -> Result<Notebook, String> {
    let told = |error: &dyn std::fmt::Display| {
        format!(
            "{}: the bookmarks and notes cannot be read ({error}): nothing new is kept until the file is mended or moved",
            file.display()
        )
    };
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| told(&error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Notebook::default()),
        Err(error) => Err(told(&error)),
    }
}

/// Makes a change.
///
/// # Errors
/// A sentence, when what stands there cannot be read or the file not be written.
pub(super) fn change(file: &Path, change: &Change) -> Result<(), String> {
    let mut notebook = read(file)?;
    notebook.make(change);
    let bytes = serde_json::to_vec_pretty(&notebook).map_err(|error| error.to_string())?;
    write_private(file, &bytes).map_err(|error| format!("{}: not kept: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_two_programs_are_both_kept_and_a_damaged_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("data/notebook.json");
        assert_eq!(read(&file), Ok(Notebook::default()));
        let note = |id: &str| Change::Note(id.to_owned(), "a note".to_owned());
        change(&file, &note("NCT90000001")).expect("kept");
        change(&file, &note("NCT90000002")).expect("kept");
        assert_eq!(read(&file).expect("read").notes.len(), 2);
        fs::write(&file, "{ broken").expect("written");
        let fault = change(&file, &note("NCT90000003")).expect_err("a fault");
        assert!(fault.contains("notebook.json"), "{fault}");
        assert_eq!(fs::read_to_string(&file).expect("read"), "{ broken");
    }
}
