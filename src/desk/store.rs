//! Desk sheets on disk: one JSON file each in the program's data folder, written atomically, readable by the owner
//! alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::sheet::{Sheet, text_hash};
use crate::config::files::write_private;

/// The sheets below one folder.
#[derive(Clone, Debug)]
pub struct Sheets {
    folder: PathBuf,
}

/// What stands in the folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sheets, by code word and trial.
    pub sheets: Vec<Sheet>,
    /// Files that could not be read as sheets, with the reason.
    pub broken: Vec<(PathBuf, String)>,
}

impl Sheets {
    /// The sheets in `folder`, which need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The file of one patient's sheet for one trial. Its name tells neither.
    pub fn file(&self, code: &str, trial: &str) -> PathBuf {
        let hash = text_hash(&format!("{code}\n{trial}"));
        self.folder.join(format!("{}.json", hash.get(..32).unwrap_or(&hash)))
    }

    /// Writes a sheet, replacing its earlier state.
    ///
    /// # Errors
    /// When it cannot be written; the earlier state is untouched then.
    pub fn save(&self, sheet: &Sheet) -> io::Result<()> {
        let bytes = serde_json::to_vec_pretty(sheet)?;
        write_private(&self.file(&sheet.code, &sheet.trial), &bytes)
    }

    /// The sheet of a patient for a trial, if there is one.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn load(&self, code: &str, trial: &str) -> io::Result<Option<Sheet>> {
        match fs::read(self.file(code, trial)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every sheet, and every file that is none.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn list(&self) -> io::Result<Listing> {
        let mut listing = Listing::default();
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(listing),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_none_or(|ext| ext != "json") {
                continue;
            }
            match read(&path) {
                Ok(sheet) => listing.sheets.push(sheet),
                Err(error) => listing.broken.push((path, error.to_string())),
            }
        }
        listing.sheets.sort_by(|a, b| (&a.code, &a.trial).cmp(&(&b.code, &b.trial)));
        listing.broken.sort();
        Ok(listing)
    }

    /// Deletes a patient's sheet for a trial; says whether there was one.
    ///
    /// # Errors
    /// When it is there and cannot be deleted.
    pub fn delete(&self, code: &str, trial: &str) -> io::Result<bool> {
        match fs::remove_file(self.file(code, trial)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn read(path: &Path) -> io::Result<Sheet> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}
