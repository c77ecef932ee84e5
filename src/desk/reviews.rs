//! Second readers' verdicts on disk: one file a record in the program's data folder, written atomically, readable by its
//! owner alone. The user's own files are never touched.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::config::files::write_private;
use crate::library::Reviews;
use crate::protocol::Review;
use crate::reading::second::text_hash;

/// The verdicts below one folder.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The verdicts in `folder`, which need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// A record's file. Its name does not tell the record.
    pub fn file(&self, trial: &str) -> PathBuf {
        let hash = text_hash(trial);
        self.folder.join(format!("{}.json", hash.get(..32).unwrap_or(&hash)))
    }

    /// All verdicts, and what is wrong with files that could not be read: those are left as they are.
    pub fn load(&self) -> (Reviews, Vec<(PathBuf, String)>) {
        let (mut reviews, mut broken) = (Reviews::default(), Vec::new());
        let Ok(entries) = fs::read_dir(&self.folder) else { return (reviews, broken) };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
        paths.sort();
        for path in paths {
            match fs::read_to_string(&path) {
                Ok(text) => {
                    if let Err(reason) = reviews.take_in(&text) {
                        broken.push((path, reason));
                    }
                }
                Err(error) => broken.push((path, error.to_string())),
            }
        }
        (reviews, broken)
    }

    /// Keeps a verdict in the place of the one on the same row; or, with `keep` false, takes it back.
    ///
    /// # Errors
    /// When the record's file cannot be read or written; it is left as it is then.
    pub fn change(&self, review: &Review, keep: bool) -> io::Result<()> {
        let mut reviews = Reviews::default();
        match fs::read_to_string(self.file(&review.trial)) {
            Ok(text) => {
                reviews
                    .take_in(&text)
                    .map_err(|reason| io::Error::new(io::ErrorKind::InvalidData, reason))?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        if keep {
            reviews.put(review.clone());
        } else {
            reviews.take_back(review);
        }
        self.save(&reviews, &review.trial)
    }

    /// Writes a record's verdicts as they are now; a file without any goes.
    ///
    /// # Errors
    /// When it cannot be written; the earlier state is untouched then.
    pub fn save(&self, reviews: &Reviews, trial: &str) -> io::Result<()> {
        let path = self.file(trial);
        let Some(own) = reviews.only(trial) else {
            return match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        };
        write_private(&path, own.shared()?.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{RowKind, Span, Verdict};

    fn review(trial: &str) -> Review {
        Review {
            trial: trial.to_owned(),
            row: RowKind::Limit,
            span: Span::new("eligibility.text", 0..4),
            text: text_hash("a text"),
            read: serde_json::json!({ "variable": "anc" }),
            verdict: Verdict::Rejected,
            by: "AB".to_owned(),
            at: "2026-01-01T00:00:00Z".to_owned(),
        }
    }

    #[test]
    fn what_is_saved_is_loaded_and_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().join("readings"));
        let mut reviews = Reviews::default();
        reviews.put(review("X1"));
        reviews.put(review("X2"));
        for trial in ["X1", "X2"] {
            store.save(&reviews, trial).expect("saved");
        }
        assert_eq!(store.load(), (reviews.clone(), Vec::new()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(store.file("X1")).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert!(reviews.take_back(&review("X1")));
        store.save(&reviews, "X1").expect("saved");
        assert!(!store.file("X1").exists());
    }

    #[test]
    fn a_broken_file_is_told_and_the_others_load() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path());
        let mut reviews = Reviews::default();
        reviews.put(review("X1"));
        store.save(&reviews, "X1").expect("saved");
        fs::write(folder.path().join("odd.json"), "no JSON").expect("a file");
        let (loaded, broken) = store.load();
        assert_eq!((loaded.count(), broken.len()), (1, 1));
    }
}
